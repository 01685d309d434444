import { armError } from '../kernel/errors.ts'
import { durationOf } from '../kernel/durations.ts'
import { begin } from '../kernel/long-running.ts'
import { shortRegion } from '../kernel/regions.ts'
import { find, listUnder, nameOf, put, upperGroup } from '../kernel/resources.ts'
import { flat, unknownProperty, type Shape } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, Operation, Stored, View } from '../kernel/types.ts'
import { idOf, missing, objectOf, pick, scopeMissing, textOf, viewPhase, withState, type Phase } from './record.ts'
import { sourceMissing, storageProfileFrom, vmProblem } from './image-source.ts'
import { COMPUTE_API_VERSIONS } from './versions-spoken.ts'

export const IMAGE_TYPE = 'Microsoft.Compute/images'
const GROUP = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/images'

/** Median of recordings since 2022; 18 s from a disk, which nobody here asks for. */
const CREATE_MS = 5_000
const DELETE_MS = 5_000

const DISK: Shape = {
  ...flat('lun', 'osType', 'osState', 'blobUri', 'caching', 'diskSizeGB', 'storageAccountType', 'diskEncryptionSet'),
  snapshot: flat('id'),
  managedDisk: flat('id')
}

const SHAPE: Shape = {
  ...flat('id', 'name', 'type', 'location', 'tags', 'extendedLocation'),
  properties: {
    ...flat('hyperVGeneration', 'provisioningState'),
    sourceVirtualMachine: flat('id'),
    storageProfile: { osDisk: DISK, dataDisks: DISK, zoneResilient: 'any' }
  }
}

const base = { host: 'resource-manager', apiVersions: COMPUTE_API_VERSIONS, path: `${GROUP}/{imageName}` } as const
const GET_GRANT = 'Microsoft.Compute/GetImagesSubscriptionMaximum;359'

export const imageOperations: Operation[] = [
  {
    ...base,
    ...{
      id: 'Images_CreateOrUpdate',
      method: 'PUT',
      ratelimit: 'Microsoft.Compute/CreateImagesSubscriptionMaximum;59'
    },
    unknownProperty: body => unknownProperty(body, SHAPE),
    handle: create
  },
  { ...base, id: 'Images_Get', method: 'GET', query: ['$expand'], ratelimit: GET_GRANT, handle: get },
  {
    ...base,
    ...{ id: 'Images_Delete', method: 'DELETE', ratelimit: 'Microsoft.Compute/DeleteImagesSubscriptionMaximum;119' },
    handle: remove
  },
  { ...base, id: 'Images_ListByResourceGroup', method: 'GET', path: GROUP, ratelimit: GET_GRANT, handle: list }
]

export const viewImage: View = (record, now) => viewPhase(record, now)

function get(call: Call): Answer {
  const record = find(call.world, idOf(call), call.now)
  return record === undefined
    ? missing(call, idOf(call))
    : { status: 200, body: viewImage(record, call.now, call.world) }
}

function list(call: Call): Answer {
  const records = listUnder(call.world, idOf(call).replace(/\/providers\/.*$/i, ''), IMAGE_TYPE, call.now)
  const value = records.map(record => ({ ...viewImage(record, call.now, call.world), id: upperGroup(record.id) }))
  return scopeMissing(call) ?? { status: 200, body: { value } }
}

function create(call: Call): Answer {
  const body = objectOf(call.body)
  const properties = objectOf(body['properties'])
  const refused = scopeMissing(call) ?? problemOf(call, body, properties)
  if (refused !== undefined) return refused
  const before = find(call.world, idOf(call), call.now)
  const id = before?.id ?? idOf(call)
  const profile = storageProfileFrom(call, properties)
  const state = before === undefined ? 'Creating' : 'Updating'
  const whole = (storageProfile: JsonObject): JsonObject => ({
    ...{ name: nameOf(id), id, type: IMAGE_TYPE },
    ...{ location: shortRegion(String(body['location'])), ...pick(body, 'tags', 'extendedLocation') },
    properties: {
      ...pick(properties, 'sourceVirtualMachine'),
      storageProfile,
      provisioningState: 'Succeeded',
      hyperVGeneration: generationOf(call, properties) ?? 'V1'
    }
  })
  const endsAt = call.now + durationOf(call.world, 'image.create', CREATE_MS)
  const shown = whole(profile.begun)
  const phase: Phase = { state, endsAt, shown, ...(call.outcome && { outcome: call.outcome }) }
  put(call.world, { id, type: IMAGE_TYPE, createdAt: call.now, body: whole(profile.done), facts: { phase } })
  const headers = begin(call, {
    family: 'operations',
    location: String(body['location']),
    target: id,
    endsAt,
    notification: true
  })
  return { status: before === undefined ? 201 : 200, headers, body: withState(shown, state) }
}

function problemOf(call: Call, body: JsonObject, properties: JsonObject): Answer | undefined {
  if (textOf(body['location']) === undefined) return required('location')
  const vmId = textOf(objectOf(properties['sourceVirtualMachine'])['id'])
  if (vmId === undefined && objectOf(properties['storageProfile'])['osDisk'] === undefined)
    return required('storageProfile.osDisk')
  const refused = vmId === undefined ? sourceMissing(call, properties, String(body['location'])) : vmProblem(call, vmId)
  if (refused !== undefined) return refused
  return generationOf(call, properties) === undefined ? required('hyperVGeneration') : undefined
}

const required = (name: string): Answer =>
  armError(400, 'InvalidParameter', `Required parameter '${name}' is missing (null).`, { target: name })

/** As asked for, or as the OS disk's source tells; a VM's image is taken as the VM is. */
function generationOf({ world, now }: Call, properties: JsonObject): string | undefined {
  const asked = textOf(properties['hyperVGeneration'])
  if (asked !== undefined) return asked
  const vmId = textOf(objectOf(properties['sourceVirtualMachine'])['id'])
  if (vmId !== undefined) {
    const vm = find(world, vmId, now)
    return textOf(objectOf(objectOf(vm?.body['properties'])['instanceView'])['hyperVGeneration']) ?? 'V1'
  }
  const osDisk = objectOf(objectOf(properties['storageProfile'])['osDisk'])
  const source = textOf(objectOf(osDisk['snapshot'])['id']) ?? textOf(objectOf(osDisk['managedDisk'])['id'])
  const record: Stored | undefined = source === undefined ? undefined : find(world, source, now)
  return textOf(objectOf(record?.body['properties'])['hyperVGeneration'])
}

function remove(call: Call): Answer {
  const id = idOf(call)
  const record = find(call.world, id, call.now)
  if (record === undefined) return scopeMissing(call) ?? { status: 204 }
  const endsAt = record.deletedAt ?? call.now + durationOf(call.world, 'image.delete', DELETE_MS)
  if (call.outcome === undefined) record.deletedAt = endsAt
  const location = String(record.body['location'])
  const headers = begin(call, { family: 'operations', location, target: id, endsAt, monitor: true, notification: true })
  return { status: 202, headers }
}
