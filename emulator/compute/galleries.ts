import { armError, parentNotFound } from '../kernel/errors.ts'
import { durationOf, type DurationName } from '../kernel/durations.ts'
import { begin } from '../kernel/long-running.ts'
import { shortRegion } from '../kernel/regions.ts'
import { find, listUnder, nameOf, put, upperGroup } from '../kernel/resources.ts'
import { flat, unknownProperty, type Shape } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, Operation, Stored, View } from '../kernel/types.ts'
import { idOf, missing, namesOf, objectOf, pick, scopeMissing, textOf, viewPhase, withState } from './record.ts'
import type { Phase } from './record.ts'
import { GALLERY_API_VERSIONS } from './versions-spoken.ts'

export const GALLERY_TYPE = 'Microsoft.Compute/galleries'
export const GALLERY_IMAGE_TYPE = `${GALLERY_TYPE}/images`
const GROUP = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/galleries'
export const GALLERY_PATH = `${GROUP}/{galleryName}`
export const GALLERY_IMAGE_PATH = `${GALLERY_PATH}/images/{galleryImageName}`

const GALLERY_SHAPE: Shape = {
  ...flat('id', 'name', 'type', 'location', 'tags', 'identity'),
  properties: {
    ...flat('description', 'identifier', 'provisioningState', 'softDeletePolicy', 'sharingStatus'),
    sharingProfile: flat('permissions')
  }
}

const IMAGE_SHAPE: Shape = {
  ...flat('id', 'name', 'type', 'location', 'tags'),
  properties: {
    ...flat('description', 'eula', 'privacyStatementUri', 'releaseNoteUri', 'osType', 'osState', 'hyperVGeneration'),
    ...flat('endOfLifeDate', 'recommended', 'disallowed', 'architecture', 'provisioningState', 'allowUpdateImage'),
    identifier: flat('publisher', 'offer', 'sku'),
    purchasePlan: flat('name', 'publisher', 'product'),
    features: flat('name', 'value', 'startsAtVersion')
  }
}

const grants = (name: string, short: number, long: number): string =>
  `Microsoft.Compute/${name}3Min;${short},Microsoft.Compute/${name}30Min;${long}`

const base = { host: 'resource-manager', apiVersions: GALLERY_API_VERSIONS } as const

export const galleryOperations: Operation[] = [
  {
    ...base,
    ...{ id: 'Galleries_CreateOrUpdate', method: 'PUT', path: GALLERY_PATH, handle: putGallery },
    unknownProperty: body => unknownProperty(body, GALLERY_SHAPE),
    ratelimit: grants('CreateUpdateGallery', 49, 299)
  },
  {
    ...base,
    ...{ id: 'Galleries_Get', method: 'GET', path: GALLERY_PATH, query: ['$select', '$expand'], handle: get },
    ratelimit: grants('GetGallery', 349, 2499)
  },
  {
    ...base,
    ...{ id: 'Galleries_ListByResourceGroup', method: 'GET', path: GROUP, handle: list },
    ratelimit: grants('GetGallery', 349, 2499)
  },
  {
    ...base,
    ...{ id: 'GalleryImages_CreateOrUpdate', method: 'PUT', path: GALLERY_IMAGE_PATH, handle: putImage },
    unknownProperty: body => unknownProperty(body, IMAGE_SHAPE),
    ratelimit: grants('CreateUpdateGalleryImage', 149, 749)
  },
  {
    ...base,
    ...{ id: 'GalleryImages_Get', method: 'GET', path: GALLERY_IMAGE_PATH, handle: get },
    ratelimit: grants('GetGalleryImage', 599, 2999)
  },
  {
    ...base,
    ...{ id: 'GalleryImages_ListByGallery', method: 'GET', path: `${GALLERY_PATH}/images`, handle: listImages },
    ratelimit: grants('GetGalleryImage', 599, 2999)
  },
  {
    ...base,
    ...{ id: 'GalleryImages_Delete', method: 'DELETE', path: GALLERY_IMAGE_PATH, handle: removeImage },
    ratelimit: grants('DeleteGalleryImage', 149, 749)
  }
]

export const viewGalleryThing: View = (record, now) => viewPhase(record, now)

function get(call: Call): Answer {
  const record = find(call.world, idOf(call), call.now)
  return record === undefined ? missing(call, idOf(call)) : { status: 200, body: viewPhase(record, call.now) }
}

function list(call: Call): Answer {
  const scope = idOf(call).replace(/\/providers\/.*$/i, '')
  const records = listUnder(call.world, scope, GALLERY_TYPE, call.now)
  const value = records.map(record => ({ ...viewPhase(record, call.now), id: upperGroup(record.id) }))
  return scopeMissing(call) ?? { status: 200, body: { value } }
}

function listImages(call: Call): Answer {
  const gallery = idOf(call).replace(/\/images$/i, '')
  if (find(call.world, gallery, call.now) === undefined) return missing(call, gallery)
  const records = listUnder(call.world, gallery, GALLERY_IMAGE_TYPE, call.now)
  return {
    status: 200,
    body: { value: records.map(record => viewPhase(record, call.now)) }
  }
}

/** The answer where the resource one level up isn't there. */
export function parentMissing(call: Call, id: string): Answer | undefined {
  const scope = scopeMissing(call)
  if (scope !== undefined) return scope
  const parent = id.split('/').slice(0, -2).join('/')
  return find(call.world, parent, call.now) === undefined ? parentNotFound(namesOf(parent).join('/')) : undefined
}

function putGallery(call: Call): Answer {
  const scope = scopeMissing(call)
  if (scope !== undefined) return scope
  const id = idOf(call)
  const body = objectOf(call.body)
  const uniqueName = `${call.params['subscriptionId']}-${nameOf(id).toUpperCase()}`
  const properties = {
    ...pick(objectOf(body['properties']), 'description', 'sharingProfile', 'softDeletePolicy'),
    identifier: { uniqueName }
  }
  return settle(call, {
    type: GALLERY_TYPE,
    key: 'gallery.create',
    body: { location: shortRegion(String(body['location'])), ...pick(body, 'tags', 'identity'), properties }
  })
}

/** Galleries and definitions: 201 or 200 with Azure-AsyncOperation alone, done at once by the recorded median. */
function settle(call: Call, made: { type: string; key: DurationName; body: JsonObject }): Answer {
  const before = find(call.world, idOf(call), call.now)
  const id = before?.id ?? idOf(call)
  const endsAt = call.now + durationOf(call.world, made.key, 0)
  const state = before === undefined ? 'Creating' : 'Updating'
  const body: JsonObject = { name: nameOf(id), id, type: made.type, ...made.body }
  const phase: Phase = { state, endsAt, ...(call.outcome && { outcome: call.outcome }) }
  put(call.world, {
    id,
    type: made.type,
    createdAt: before?.createdAt ?? call.now,
    body: withState(body, 'Succeeded'),
    facts: { phase }
  })
  const headers = begin(call, { family: 'capsOperations', location: String(body['location']), target: id, endsAt })
  return { status: before === undefined ? 201 : 200, headers, body: withState(body, state) }
}

function putImage(call: Call): Answer {
  const id = idOf(call)
  const body = objectOf(call.body)
  const before = find(call.world, id, call.now)
  const refused = parentMissing(call, id) ?? imageProblem(call, before)
  if (refused !== undefined) return refused
  const { features, hyperVGeneration, architecture, disallowed, ...rest } = objectOf(body['properties'])
  const was = objectOf(before?.body['properties'])
  const defaults = before === undefined ? defaultsOf(call.apiVersion) : was
  const shown: JsonObject = {
    hyperVGeneration: hyperVGeneration ?? defaults['hyperVGeneration'] ?? 'V1',
    architecture: architecture ?? was['architecture'] ?? 'x64',
    ...pick({ features: features ?? defaults['features'] }, 'features'),
    // an empty one isn't shown (recorded, 2025)
    ...(Object.keys(objectOf(disallowed)).length > 0 && { disallowed }),
    ...rest
  }
  const made = { ...pick(body, 'location', 'tags'), properties: shown }
  return settle(call, { type: GALLERY_IMAGE_TYPE, key: 'galleryImage.create', body: made })
}

/** Since 2025-03-03 a definition that doesn't say is V2 and TrustedLaunchSupported. Azure's page on the gallery. */
function defaultsOf(apiVersion: string): JsonObject {
  if (apiVersion < '2025-03-03') return { hyperVGeneration: 'V1' }
  return { hyperVGeneration: 'V2', features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }] }
}

const IMMUTABLE = ['osType', 'osState', 'hyperVGeneration', 'architecture']

function imageProblem(call: Call, before: Stored | undefined): Answer | undefined {
  const body = objectOf(call.body)
  const properties = objectOf(body['properties'])
  const identifier = objectOf(properties['identifier'])
  if (textOf(body['location']) === undefined) return required('location')
  for (const name of ['osType', 'osState', 'identifier']) if (properties[name] === undefined) return required(name)
  for (const name of ['publisher', 'offer', 'sku'])
    if (identifier[name] === undefined) return required(`identifier.${name}`)
  if (before !== undefined) return changeProblem(properties, objectOf(before.body['properties']))
  const gallery = idOf(call).split('/').slice(0, -2).join('/')
  const twin = listUnder(call.world, gallery, GALLERY_IMAGE_TYPE, call.now).find(({ body: other }) =>
    ['publisher', 'offer', 'sku'].every(
      name => objectOf(objectOf(other['properties'])['identifier'])[name] === identifier[name]
    )
  )
  if (twin === undefined) return undefined
  const by = `(publisher:${String(identifier['publisher'])}, offer:${String(identifier['offer'])}, sku:${String(identifier['sku'])})`
  const message = `Gallery image: ${nameOf(twin.id)} identified by ${by} already exists. Choose a different publisher, offer, sku combination.`
  return armError(409, 'OperationNotAllowed', message)
}

function changeProblem(properties: JsonObject, was: JsonObject): Answer | undefined {
  const plain = IMMUTABLE.find(name => properties[name] !== undefined && properties[name] !== was[name])
  const [to, from] = [objectOf(properties['identifier']), objectOf(was['identifier'])]
  const inner = ['publisher', 'offer', 'sku'].find(name => to[name] !== from[name])
  const changed = plain ?? (inner && `identifier.${inner}`)
  return changed === undefined ? undefined : changeNotAllowed(`galleryImage.properties.${changed}`)
}

export const changeNotAllowed = (name: string): Answer =>
  armError(409, 'PropertyChangeNotAllowed', `Changing property '${name}' is not allowed.`, { target: name })

export const required = (name: string): Answer =>
  armError(400, 'InvalidParameter', `Required parameter '${name}' is missing (null).`, { target: name })

function removeImage(call: Call): Answer {
  const id = idOf(call)
  const record = find(call.world, id, call.now)
  if (record === undefined) return scopeMissing(call) ?? { status: 204 }
  const nested = listUnder(call.world, id, `${GALLERY_IMAGE_TYPE}/versions`, call.now)
  if (nested.length > 0) return nestedThere(nested)
  return removeFrom(call, record, durationOf(call.world, 'galleryImage.delete', 0))
}

/** In the words of 2026, which name what is there. */
function nestedThere(nested: Stored[]): Answer {
  const ids = nested.slice(0, 5).map(({ id }) => id.split('/providers/')[1])
  const message = `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${ids.join(', ')}'. Please delete all nested resources before deleting this resource.`
  return armError(409, 'CannotDeleteResource', message)
}

/** 202 with both headers, as recorded for galleries and all that is in them. */
export function removeFrom(call: Call, record: Stored, durationMs: number): Answer {
  const endsAt = record.deletedAt ?? call.now + durationMs
  if (call.outcome === undefined) record.deletedAt = endsAt
  else record.facts['markedForDeletion'] = true
  const location = String(record.body['location'])
  return {
    status: 202,
    headers: begin(call, { family: 'capsOperations', location, target: record.id, endsAt, monitor: true })
  }
}
