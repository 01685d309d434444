import type { Call, JsonObject, World } from '../kernel/types.ts'
import { refuseProperty } from './batch-errors.ts'
import { listOf, numberOf, textOf } from './json.ts'

export type VmSizeFacts = { name: string; family: string; vCpus: number }

/** A size that Batch lists in this world; undefined when it lists none of that name. */
export function vmSizeOf(world: World, name: string): VmSizeFacts | undefined {
  const sku = world.behaviour.virtualMachineSkus.find(
    candidate => textOf(candidate['name'])?.toLowerCase() === name.toLowerCase()
  )
  if (sku === undefined) return undefined
  const capability = listOf(sku['capabilities']).find(({ name: key }) => key === 'vCPUs' || key === 'Cores')
  return {
    name: textOf(sku['name']) ?? name,
    family: textOf(sku['familyName']) ?? '',
    vCpus: numberOf(capability?.['value']) ?? 1
  }
}

const SLOTS_PER_CORE = 4
const MOST_SLOTS = 256

/** "The maximum value is the smaller of 4 times the number of cores of the vmSize of the pool or 256" (contract). */
export function checkTaskSlots(call: Call, properties: JsonObject): void {
  const name = properties['taskSlotsPerNode'] === undefined ? 'maxTasksPerNode' : 'taskSlotsPerNode'
  const slots = numberOf(properties[name])
  const size = vmSizeOf(call.world, textOf(properties['vmSize']) ?? '')
  if (slots === undefined || size === undefined) return
  const most = Math.min(SLOTS_PER_CORE * size.vCpus, MOST_SLOTS)
  if (slots >= 1 && slots <= most) return
  const reason = `The value must be between 1 and ${most}`
  refuseProperty(call, { name, path: `properties.${name}`, value: String(slots), reason })
}
