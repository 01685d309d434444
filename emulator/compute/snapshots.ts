import { armError } from '../kernel/errors.ts'
import { durationOf } from '../kernel/durations.ts'
import { begin } from '../kernel/long-running.ts'
import { find, listUnder, nameOf, put } from '../kernel/resources.ts'
import { flat, unknownProperty, type Shape } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, LinkedAction, Operation, Stored, View } from '../kernel/types.ts'
import { hydrationOf, shownPercent } from './hydration.ts'
import { idOf, isType, missing, objectOf, pick, scopeMissing, textOf, viewPhase, type Phase } from './record.ts'
import { finished, sourceIdOf } from './snapshot-body.ts'
import { DISK_API_VERSIONS } from './versions-spoken.ts'

export const SNAPSHOT_TYPE = 'Microsoft.Compute/snapshots'

const GROUP = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/snapshots'

/** Median of recordings since 2022. */
const CREATE_MS = 1_000
const DELETE_MS = 500

const CREATION = flat(
  ...['createOption', 'sourceResourceId', 'sourceUri', 'storageAccountId', 'sourceUniqueId', 'logicalSectorSize'],
  ...['instantAccessDurationMinutes', 'provisionedBandwidthCopySpeed', 'uploadSizeBytes', 'elasticSanResourceId']
)

const SHAPE: Shape = {
  ...flat('id', 'name', 'type', 'location', 'tags', 'managedBy', 'extendedLocation'),
  sku: flat('name', 'tier'),
  properties: {
    ...flat('osType', 'hyperVGeneration', 'purchasePlan', 'supportedCapabilities', 'diskSizeGB', 'incremental'),
    ...flat('encryptionSettingsCollection', 'encryption', 'networkAccessPolicy', 'diskAccessId', 'securityProfile'),
    ...flat(
      'supportsHibernation',
      'publicNetworkAccess',
      'completionPercent',
      'copyCompletionError',
      'dataAccessAuthMode'
    ),
    ...flat(
      'timeCreated',
      'provisioningState',
      'diskState',
      'diskSizeBytes',
      'uniqueId',
      'incrementalSnapshotFamilyId'
    ),
    creationData: CREATION
  }
}

const row = (id: string, method: Operation['method'], handle: Operation['handle'], ratelimit: string): Operation => ({
  id,
  host: 'resource-manager',
  method,
  path: `${GROUP}/{snapshotName}`,
  apiVersions: DISK_API_VERSIONS,
  ratelimit,
  handle,
  ...((method === 'PUT' || method === 'PATCH') && { unknownProperty: body => unknownProperty(body, SHAPE) })
})

const bucket = (name: string, short: number, long: number): string =>
  `Microsoft.Compute/${name}3Min;${short},Microsoft.Compute/${name}30Min;${long}`

/** What Azure asks for on the disk itself: Azure/OpenShift#186. What it asks for on a snapshot that is copied isn't known. */
const READ_DISK = 'Microsoft.Compute/disks/beginGetAccess/action'

export const snapshotOperations: Operation[] = [
  {
    ...row('Snapshots_CreateOrUpdate', 'PUT', create, bucket('HighCostSnapshotCreateHydrate', 999, 7999)),
    linked: {
      actions: [READ_DISK],
      of: ({ body }) => linkedDisk(sourceIdOf(objectOf(objectOf(objectOf(body)['properties'])['creationData'])))
    }
  },
  row('Snapshots_Get', 'GET', get, bucket('LowCostGet', 14999, 119999)),
  row('Snapshots_Update', 'PATCH', update, bucket('CreateUpdateDisks', 2999, 24999)),
  row('Snapshots_Delete', 'DELETE', remove, bucket('DeleteDisks', 2999, 23999)),
  {
    ...row('Snapshots_ListByResourceGroup', 'GET', list, bucket('HighCostGet', 239, 1919)),
    path: GROUP
  }
]

export const viewSnapshot: View = (record, now, world) => shownPercent(record, viewPhase(record, now), { now, world })

function linkedDisk(id: string | undefined): LinkedAction[] {
  if (id === undefined || !isType(id, 'Microsoft.Compute/disks')) return []
  return [{ action: READ_DISK, scope: id }]
}

function get(call: Call): Answer {
  const record = find(call.world, idOf(call), call.now)
  if (record === undefined) return missing(call, idOf(call), 'Snapshot')
  return { status: 200, body: viewSnapshot(record, call.now, call.world) }
}

function list(call: Call): Answer {
  const scope = idOf(call).replace(/\/providers\/.*$/i, '')
  const records = listUnder(call.world, scope, SNAPSHOT_TYPE, call.now)
  const value = records.map(record => viewSnapshot(record, call.now, call.world))
  return scopeMissing(call) ?? { status: 200, body: { value } }
}

function create(call: Call): Answer {
  const scope = scopeMissing(call)
  if (scope !== undefined) return scope
  const body = objectOf(call.body)
  const creationData = objectOf(objectOf(body['properties'])['creationData'])
  if (textOf(body['location']) === undefined) return required('location')
  if (textOf(creationData['createOption']) === undefined) return required('creationData.createOption')
  const before = find(call.world, idOf(call), call.now)
  const sourceId = sourceIdOf(creationData)
  const source = sourceId === undefined ? undefined : find(call.world, sourceId, call.now)
  if (sourceId !== undefined && source === undefined) {
    return armError(404, 'NotFound', `Resource ${nameOf(sourceId)} is not found.`)
  }
  const id = before?.id ?? idOf(call)
  const shown: JsonObject = {
    name: nameOf(id),
    id,
    type: SNAPSHOT_TYPE,
    ...pick({ sku: before?.body['sku'], ...body }, 'location', 'tags', 'sku', 'properties')
  }
  const created = finished(call, { shown, source, before })
  const record: Stored = { id, type: SNAPSHOT_TYPE, createdAt: before?.createdAt ?? call.now, body: created, facts: {} }
  const hydration = hydrationOf(call, creationData, source)
  if (hydration !== undefined) record.facts['hydration'] = hydration
  return start(call, put(call.world, record), {
    shown,
    durationMs: durationOf(call.world, 'snapshot.create', CREATE_MS)
  })
}

const required = (name: string): Answer =>
  armError(400, 'InvalidParameter', `Required parameter '${name}' is missing (null).`, { target: name })

function update(call: Call): Answer {
  const record = find(call.world, idOf(call), call.now)
  if (record === undefined) return missing(call, idOf(call), 'Snapshot')
  const body = objectOf(call.body)
  const properties = { ...objectOf(record.body['properties']), ...objectOf(body['properties']) }
  record.body = { ...record.body, ...pick(body, 'tags', 'sku'), properties }
  const answer = start(call, record, { durationMs: durationOf(call.world, 'snapshot.update', 0) })
  return { ...answer, body: firstAnswerOfUpdate(record) }
}

/** Without name and id, and with two properties that are seen nowhere else. Recorded up to 2022. */
function firstAnswerOfUpdate({ body }: Stored): JsonObject {
  const shown = pick(objectOf(body['properties']), 'osType', 'creationData', 'diskSizeGB')
  const properties = { ...shown, provisioningState: 'Updating', isArmResource: true, faultDomain: 0 }
  return { ...pick(body, 'location', 'tags', 'sku'), properties }
}

/** 202 with both headers and two seconds, as recorded for PUT and PATCH of disks and snapshots. */
function start(call: Call, record: Stored, { shown, durationMs }: { shown?: JsonObject; durationMs: number }): Answer {
  const endsAt = call.now + durationMs
  const phase: Phase = {
    state: 'Updating',
    endsAt,
    ...(shown && { shown }),
    ...(call.outcome && { outcome: call.outcome })
  }
  record.facts['phase'] = phase
  const location = String(record.body['location'])
  const headers = begin(call, {
    ...{ family: 'DiskOperations', location, target: record.id, endsAt },
    ...{ monitor: true, output: true, retryAfter: 2 }
  })
  const body = viewPhase({ ...record, facts: { phase: { ...phase, endsAt: Infinity } } }, call.now)
  return { status: 202, headers, body }
}

function remove(call: Call): Answer {
  const id = idOf(call)
  const record = find(call.world, id, call.now)
  if (record === undefined) return scopeMissing(call) ?? { status: 204 }
  const endsAt = record.deletedAt ?? call.now + durationOf(call.world, 'snapshot.delete', DELETE_MS)
  if (call.outcome === undefined) record.deletedAt = endsAt
  const location = String(record.body['location'])
  return {
    status: 202,
    headers: begin(call, { family: 'DiskOperations', location, target: id, endsAt, monitor: true })
  }
}
