import { find, listUnder } from '../kernel/resources.ts'
import type { Answer, Call, Operation, Stored, View, World } from '../kernel/types.ts'
import { idOf, missing, objectOf, scopeMissing, textOf, viewPhase } from './record.ts'
import { DISK_API_VERSIONS } from './versions-spoken.ts'
import { powerAt } from './vm-power.ts'

export const DISK_TYPE = 'Microsoft.Compute/disks'
const GROUP = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/disks'

export const diskOperations: Operation[] = [
  {
    id: 'Disks_Get',
    host: 'resource-manager',
    method: 'GET',
    path: `${GROUP}/{diskName}`,
    apiVersions: DISK_API_VERSIONS,
    ratelimit: 'Microsoft.Compute/LowCostGet3Min;14999,Microsoft.Compute/LowCostGet30Min;119999',
    handle: get
  },
  {
    id: 'Disks_ListByResourceGroup',
    host: 'resource-manager',
    method: 'GET',
    path: GROUP,
    apiVersions: DISK_API_VERSIONS,
    ratelimit: 'Microsoft.Compute/HighCostGet3Min;239,Microsoft.Compute/HighCostGet30Min;1919',
    handle: list
  }
]

/** `diskState` follows the VM that the disk is attached to: Attached, and Reserved while that is deallocated. */
export const viewDisk: View = (record, now, world) => {
  const shown = viewPhase(record, now)
  const vm = ownerOf(record, world, now)
  if (vm === undefined || powerAt(vm, now) !== 'deallocated') return shown
  return { ...shown, properties: { ...objectOf(shown['properties']), diskState: 'Reserved' } }
}

function ownerOf({ body }: Stored, world: World, now: number): Stored | undefined {
  const managedBy = textOf(body['managedBy'])
  return managedBy === undefined ? undefined : find(world, managedBy, now)
}

function get(call: Call): Answer {
  const record = find(call.world, idOf(call), call.now)
  if (record === undefined) return missing(call, idOf(call), 'Disk')
  return { status: 200, body: viewDisk(record, call.now, call.world) }
}

function list(call: Call): Answer {
  const scope = idOf(call).replace(/\/providers\/.*$/i, '')
  const value = listUnder(call.world, scope, DISK_TYPE, call.now).map(record => viewDisk(record, call.now, call.world))
  return scopeMissing(call) ?? { status: 200, body: { value } }
}
