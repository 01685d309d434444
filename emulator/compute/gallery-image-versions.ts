import { armError } from '../kernel/errors.ts'
import { durationOf } from '../kernel/durations.ts'
import { begin } from '../kernel/long-running.ts'
import { find, listUnder, nameOf, put } from '../kernel/resources.ts'
import { flat, unknownProperty, type Shape } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, Operation, Stored, View } from '../kernel/types.ts'
import { GALLERY_IMAGE_PATH, parentMissing, removeFrom } from './galleries.ts'
import { idOf, missing, objectOf, pick, scopeMissing, viewPhase, withState, type Phase } from './record.ts'
import { failedRegions, replicate, replicationStatus } from './replication.ts'
import { shownProfiles } from './version-body.ts'
import { linkedSources, SOURCE_ACTIONS, versionProblem } from './version-rules.ts'
import { GALLERY_API_VERSIONS } from './versions-spoken.ts'

export const VERSION_TYPE = 'Microsoft.Compute/galleries/images/versions'
const PATH = `${GALLERY_IMAGE_PATH}/versions/{galleryImageVersionName}`

/** Median of recordings since 2022. */
const DELETE_MS = 135_000
/** An update that adds no replica took 150 s each time since 2022. */
const UPDATE_MS = 150_000

const DISK_IMAGE: Shape = { ...flat('lun', 'sizeInGB', 'hostCaching'), source: flat('id', 'uri', 'storageAccountId') }

const SHAPE: Shape = {
  ...flat('id', 'name', 'type', 'location', 'tags'),
  properties: {
    ...flat('provisioningState', 'replicationStatus', 'securityProfile', 'restore', 'validationsProfile'),
    publishingProfile: {
      ...flat('replicaCount', 'excludeFromLatest', 'publishedDate', 'endOfLifeDate', 'storageAccountType'),
      ...flat('replicationMode', 'targetExtendedLocations', 'storageAccountStrategy'),
      targetRegions: {
        ...flat('name', 'regionalReplicaCount', 'storageAccountType', 'encryption', 'excludeFromLatest'),
        ...flat('additionalReplicaSets')
      }
    },
    storageProfile: {
      source: flat('id', 'virtualMachineId', 'communityGalleryImageId'),
      osDiskImage: DISK_IMAGE,
      dataDiskImages: DISK_IMAGE
    },
    safetyProfile: flat(
      ...['reportedForPolicyViolation', 'allowDeletionOfReplicatedLocations', 'blockDeletionBeforeEndOfLife'],
      'policyViolations'
    )
  }
}

const base = { host: 'resource-manager', apiVersions: GALLERY_API_VERSIONS, path: PATH } as const
const WRITE =
  'Microsoft.Compute/CreateUpdateGalleryImageVersion3Min;374,Microsoft.Compute/CreateUpdateGalleryImageVersion30Min;1199'
const READ = 'Microsoft.Compute/GetGalleryImageVersion3Min;1999,Microsoft.Compute/GetGalleryImageVersion30Min;9999'
const DELETE =
  'Microsoft.Compute/DeleteGalleryImageVersion3Min;149,Microsoft.Compute/DeleteGalleryImageVersion30Min;999'
const known: Operation['unknownProperty'] = body => unknownProperty(body, SHAPE)

export const galleryImageVersionOperations: Operation[] = [
  {
    ...base,
    id: 'GalleryImageVersions_CreateOrUpdate',
    method: 'PUT',
    ratelimit: WRITE,
    unknownProperty: known,
    linked: { actions: SOURCE_ACTIONS, of: ({ body }) => linkedSources(objectOf(body)) },
    handle: create
  },
  {
    ...base,
    id: 'GalleryImageVersions_Update',
    method: 'PATCH',
    ratelimit: WRITE,
    unknownProperty: known,
    handle: update
  },
  { ...base, id: 'GalleryImageVersions_Get', method: 'GET', query: ['$expand'], ratelimit: READ, handle: get },
  { ...base, id: 'GalleryImageVersions_Delete', method: 'DELETE', ratelimit: DELETE, handle: remove },
  {
    ...base,
    ...{ id: 'GalleryImageVersions_ListByGalleryImage', method: 'GET', ratelimit: READ, handle: list },
    path: `${GALLERY_IMAGE_PATH}/versions`
  }
]

/** Without `replicationStatus`, which a GET shows only where it is asked for. */
export const viewVersion: View = (record, now) => {
  const shown = viewPhase(record, now)
  const { replicationStatus: _status, ...properties } = objectOf(shown['properties'])
  return { ...shown, properties }
}

function get(call: Call): Answer {
  const expand = call.query.get('$expand') ?? ''
  if (!/^(|ReplicationStatus)$/i.test(expand)) {
    return armError(501, 'NotEmulated', `$expand "${expand}" of a gallery image version is not emulated`)
  }
  const record = find(call.world, idOf(call), call.now)
  if (record === undefined) return missing(call, idOf(call))
  const shown = viewVersion(record, call.now, call.world)
  if (expand === '') return { status: 200, body: shown }
  const status = replicationStatus(record, call.now)
  return {
    status: 200,
    body: { ...shown, properties: { ...objectOf(shown['properties']), replicationStatus: status } }
  }
}

function list(call: Call): Answer {
  const definition = idOf(call).replace(/\/versions$/i, '')
  if (find(call.world, definition, call.now) === undefined) return missing(call, definition)
  const records = listUnder(call.world, definition, VERSION_TYPE, call.now)
  return { status: 200, body: { value: records.map(record => viewVersion(record, call.now, call.world)) } }
}

function create(call: Call): Answer {
  const id = idOf(call)
  const before = find(call.world, id, call.now)
  const refused = parentMissing(call, id) ?? versionProblem(call, objectOf(call.body), before)
  return refused ?? write(call, objectOf(call.body), before)
}

function update(call: Call): Answer {
  const before = find(call.world, idOf(call), call.now)
  if (before === undefined) return missing(call, idOf(call))
  const body = objectOf(call.body)
  const [was, asked] = [objectOf(before.body['properties']), objectOf(body['properties'])]
  const merged = {
    ...pick(before.body, 'location', 'tags'),
    ...pick(body, 'tags'),
    properties: {
      ...was,
      ...pick(asked, 'safetyProfile'),
      publishingProfile: { ...objectOf(was['publishingProfile']), ...objectOf(asked['publishingProfile']) }
    }
  }
  return versionProblem(call, merged, before) ?? write(call, merged, before)
}

/** 201, or 200 for one that is there, with Azure-AsyncOperation alone; it ends when every region has its replicas. */
function write(call: Call, body: JsonObject, before: Stored | undefined): Answer {
  const id = before?.id ?? idOf(call)
  const state = before === undefined ? 'Creating' : 'Updating'
  const { shown, done } = shownProfiles(call, body, before)
  const frame = { name: nameOf(id), id, type: VERSION_TYPE, ...pick(body, 'location', 'tags') }
  const regions = replicate(call, objectOf(done['publishingProfile']), before)
  const regional = call.outcome === undefined ? failedRegions(regions, call.now) : undefined
  const outcome = call.outcome ?? regional
  const copied = Math.max(call.now, ...regions.map(({ to }) => to))
  const least = before === undefined ? 0 : durationOf(call.world, 'galleryImageVersion.update', UPDATE_MS)
  const endsAt = Math.max(copied, call.now + least)
  const phase: Phase = {
    beganAt: call.now,
    state,
    endsAt,
    shown: { ...frame, properties: shown },
    ...(outcome && { outcome }),
    ...(regional && { regional: true as const })
  }
  const facts = { phase, regions }
  const record = {
    id,
    type: VERSION_TYPE,
    createdAt: before?.createdAt ?? call.now,
    body: { ...frame, properties: done },
    facts
  }
  put(call.world, record)
  const headers = begin(
    { ...call, ...(outcome && { outcome }) },
    { family: 'capsOperations', location: String(body['location']), target: id, endsAt }
  )
  return { status: before === undefined ? 201 : 200, headers, body: withState({ ...frame, properties: shown }, state) }
}

function remove(call: Call): Answer {
  const record = find(call.world, idOf(call), call.now)
  if (record === undefined) return scopeMissing(call) ?? { status: 204 }
  return removeFrom(call, record, durationOf(call.world, 'galleryImageVersion.delete', DELETE_MS))
}
