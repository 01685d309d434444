/** Disks that a recording shows only as those of a VM: of a VM that is deallocated, as one of its other answers tells them. */
import type { Json, JsonObject } from '../../../emulator/kernel/types.ts'
import { isObject } from './recorded-resources.ts'
import type { Recorded } from './recordings.ts'

/** Disks of the VM that a request names as its source, as resources of a world. */
export function disksOfSource(exchange: Recorded, exchanges: Recorded[]): JsonObject[] {
  const sent = isObject(exchange.request.body) ? exchange.request.body : {}
  const source = objectIn(objectIn(sent, 'properties'), 'sourceVirtualMachine')['id']
  const vms = exchanges.map(({ response }) => response.body).filter(body => isVm(body, String(source)))
  return vms.flatMap(vm => disksOf(vm as JsonObject))
}

const isVm = (body: Json, id: string): boolean =>
  isObject(body) &&
  String(body['id']).toLowerCase() === id.toLowerCase() &&
  'storageProfile' in objectIn(body, 'properties')

function disksOf(vm: JsonObject): JsonObject[] {
  const profile = objectIn(objectIn(vm, 'properties'), 'storageProfile')
  const data = Array.isArray(profile['dataDisks']) ? profile['dataDisks'].filter(isObject) : []
  return [objectIn(profile, 'osDisk'), ...data].flatMap(disk => {
    const { id, storageAccountType } = objectIn(disk, 'managedDisk')
    if (id === undefined || storageAccountType === undefined) return []
    const properties = { diskSizeGB: disk['diskSizeGB'], provisioningState: 'Succeeded' }
    return [
      { id, type: 'Microsoft.Compute/disks', location: vm['location'], sku: { name: storageAccountType }, properties }
    ]
  })
}

function objectIn(of: JsonObject, name: string): JsonObject {
  const value = of[name]
  return isObject(value) ? value : {}
}
