import { armError, notEmulated } from '../kernel/errors.ts'
import { displayRegion, shortRegion } from '../kernel/regions.ts'
import { find, nameOf } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject, LinkedAction, Stored } from '../kernel/types.ts'
import { changeNotAllowed, required } from './galleries.ts'
import { completionPercent } from './hydration.ts'
import { idOf, isBusy, isType, listOf, objectOf, textOf, typeOf } from './record.ts'

/** Why a version can't be written like this. `before` is the version that is there. FIDELITY.md says which of it is a guess. */
export function versionProblem(call: Call, body: JsonObject, before: Stored | undefined): Answer | undefined {
  const name = nameOf(idOf(call))
  if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(name) || name.split('.').some(part => Number(part) > 2 ** 31 - 1)) {
    return invalid(
      'galleryImageVersionName',
      'The image version name is invalid. The image version name should follow Major(int).Minor(int).Patch(int) format, where int is between 0 and 2,147,483,647 (inclusive). For e.g: 1.0.0, 2018.12.1 etc'
    )
  }
  if (textOf(body['location']) === undefined) return required('location')
  if (before?.deletedAt !== undefined || before?.facts['markedForDeletion'] === true) {
    const message = `Operation 'Update Gallery Image Version' is not allowed on ${name}; since it is marked for deletion. You can only retry the Delete operation (or wait for an ongoing one to complete).`
    return armError(409, 'OperationNotAllowed', message)
  }
  if (before !== undefined && isBusy(before, call.now)) {
    return armError(409, 'Conflict', `The gallery image version '${name}' has another operation in progress.`)
  }
  const properties = objectOf(body['properties'])
  return (
    regionProblem(body, properties) ??
    (before === undefined ? sourceProblem(call, body) : changeProblem(properties, before))
  )
}

/** Write on a VM, disk or snapshot, read on an image or a version (Azure's page on the gallery, on RBAC). */
export const SOURCE_ACTIONS = [
  'Microsoft.Compute/virtualMachines/write',
  'Microsoft.Compute/disks/write',
  'Microsoft.Compute/snapshots/write',
  'Microsoft.Compute/images/read',
  'Microsoft.Compute/galleries/images/versions/read'
] as const

export function linkedSources(body: JsonObject): LinkedAction[] {
  return sourceIds(body).map(id => {
    const type = typeOf(id)
    const reads = /^Microsoft\.Compute\/(images|galleries\/images\/versions)$/i.test(type)
    return { action: `${type}/${reads ? 'read' : 'write'}`, scope: id }
  })
}

const invalid = (target: string, message: string): Answer => armError(400, 'InvalidParameter', message, { target })

const targetsOf = (properties: JsonObject): JsonObject[] =>
  listOf(objectOf(properties['publishingProfile'])['targetRegions'])

function regionProblem(body: JsonObject, properties: JsonObject): Answer | undefined {
  const targets = targetsOf(properties)
  const target = 'publishingProfile.targetRegions'
  const names = targets.map(({ name }) => String(name))
  const unknown = names.find(name => displayRegion(name) === undefined)
  if (unknown !== undefined) return invalid(target, `The region '${unknown}' is not a valid region.`)
  const location = String(body['location'])
  if (!names.some(name => shortRegion(name) === shortRegion(location))) {
    const regions = names.map(name => shortRegion(name)).join(',')
    return invalid(
      target,
      `Gallery image version publishing profile regions '${regions}' must contain the location of image version '${displayRegion(location) ?? location}'.`
    )
  }
  const count = targets
    .map(({ regionalReplicaCount }) => Number(regionalReplicaCount ?? 1))
    .find(replicas => replicas < 1 || replicas > 100)
  if (count === undefined) return undefined
  const property = 'galleryImageVersion.properties.publishingProfile.targetRegions.regionalReplicaCount'
  return invalid(
    property,
    `The value '${count}' of parameter '${property}' is out of range. The value must be between '1' and '100', inclusive.`
  )
}

function sourceProblem(call: Call, body: JsonObject): Answer | undefined {
  const sources = sourcesOf(body)
  // With a blob the id is that of its storage account, of which nothing is known here.
  const ids = sources.filter(({ uri }) => uri === undefined).flatMap(idsIn)
  if (ids.length === 0 && sources.every(({ uri }) => uri === undefined)) return required('storageProfile')
  for (const id of ids) {
    const problem = sourceAt(call, id, String(body['location']))
    if (problem !== undefined) return problem
  }
  return undefined
}

function sourcesOf(body: JsonObject): JsonObject[] {
  const profile = objectOf(objectOf(body['properties'])['storageProfile'])
  const disks = [objectOf(profile['osDiskImage']), ...listOf(profile['dataDiskImages'])]
  return [objectOf(profile['source']), ...disks.map(disk => objectOf(disk['source']))]
}

const sourceIds = (body: JsonObject): string[] => sourcesOf(body).flatMap(idsIn)

const idsIn = ({ id, virtualMachineId }: JsonObject): string[] =>
  [id, virtualMachineId].filter(one => typeof one === 'string')

function sourceAt(call: Call, id: string, location: string): Answer | undefined {
  const source = find(call.world, id, call.now)
  const anywhere = isType(id, 'Microsoft.Compute/galleries/images/versions')
  const near = shortRegion(String(source?.body['location'])) === shortRegion(location)
  if (source === undefined || (!anywhere && !near)) {
    const message = `Source ${id} is not found. Please check source exists, and is in the same region as gallery image version being created`
    return armError(404, 'NotFound', message, { target: id })
  }
  const percent = isType(id, 'Microsoft.Compute/snapshots') ? completionPercent(source, call.now) : undefined
  if (percent !== undefined && percent < 100) {
    return armError(
      409,
      'OperationNotAllowed',
      `The snapshot '${nameOf(id)}' is not complete: completionPercent is ${percent}.`
    )
  }
  return trustedLaunchProblem(call, id)
}

/**
 * VMs, disks and snapshots are no source of a generalized image that is TrustedLaunchSupported: microsoft/STL#4682. Of a specialized one
 * they are: recorded in test_gallery_specialized (2024-12).
 */
function trustedLaunchProblem(call: Call, id: string): Answer | undefined {
  const definition = find(call.world, idOf(call).split('/').slice(0, -2).join('/'), call.now)
  const { features: listed, osState } = objectOf(definition?.body['properties'])
  if (osState === 'Specialized') return undefined
  const features = listOf(listed)
  const security = features.find(({ name }) => name === 'SecurityType')?.['value']
  if (security !== 'TrustedLaunchSupported' || !/\/(snapshots|disks|virtualMachines)\/[^/]+$/i.test(id))
    return undefined
  const message = `The security type 'TrustedLaunchSupported' is not supported for the source id '${id}'. Currently only Vhd Blob, User Image and Gallery Image Version sources are supported for 'TrustedLaunchSupported' images.`
  return armError(400, 'InvalidParameter', message)
}

function changeProblem(properties: JsonObject, before: Stored): Answer | undefined {
  const was = objectOf(before.body['properties'])
  const mode = objectOf(properties['publishingProfile'])['replicationMode']
  const modeBefore = objectOf(was['publishingProfile'])['replicationMode'] ?? 'Full'
  if (mode !== undefined && mode !== modeBefore)
    return changeNotAllowed('galleryImageVersion.properties.publishingProfile.replicationMode')
  if (!sameSources(objectOf(properties['storageProfile']), objectOf(was['storageProfile'])))
    return changeNotAllowed('galleryImageVersion.properties.storageProfile')
  return shallowProblem(modeBefore, properties, was) ?? removalProblem(properties, was)
}

/** An empty profile is taken for the one that is there (recorded); another source isn't. */
function sameSources(asked: JsonObject, was: JsonObject): boolean {
  const ids = (profile: JsonObject): string[] =>
    [
      profile['source'],
      objectOf(profile['osDiskImage'])['source'],
      ...listOf(profile['dataDiskImages']).map(disk => disk['source'])
    ]
      .flatMap(source => Object.values(objectOf(source)))
      .map(value => String(value).toLowerCase())
  const before = ids(was)
  return ids(asked).every(id => before.includes(id))
}

function shallowProblem(mode: JsonObject[string], properties: JsonObject, was: JsonObject): Answer | undefined {
  if (mode !== 'Shallow') return undefined
  const before = new Map(
    targetsOf(was).map(({ name, regionalReplicaCount }) => [
      shortRegion(String(name)),
      Number(regionalReplicaCount ?? 1)
    ])
  )
  const grows = targetsOf(properties).some(
    ({ name, regionalReplicaCount }) => Number(regionalReplicaCount ?? 1) > (before.get(shortRegion(String(name))) ?? 0)
  )
  if (!grows) return undefined
  const message = 'A gallery image version with replication mode Shallow can gain neither regions nor replicas.'
  return armError(409, 'OperationNotAllowed', message)
}

/** How Azure refuses it isn't known: the answer that is public is one on an application version. */
function removalProblem(properties: JsonObject, was: JsonObject): Answer | undefined {
  const safety = { ...objectOf(was['safetyProfile']), ...objectOf(properties['safetyProfile']) }
  if (safety['allowDeletionOfReplicatedLocations'] === true) return undefined
  const kept = targetsOf(properties).map(({ name }) => shortRegion(String(name)))
  const lost = targetsOf(was).find(({ name }) => !kept.includes(shortRegion(String(name))))
  return lost && notEmulated('removing a region without allowDeletionOfReplicatedLocations')
}
