import type { Call, JsonObject, Stored, World } from '../kernel/types.ts'
import { refuseProperty } from './batch-errors.ts'
import { listOf, numberOf, textOf } from './json.ts'
import { poolProperties } from './pool-nodes.ts'
import { regionOf } from './pool-record.ts'

export type VmSizeFacts = { name: string; family: string; vCpus: number }

/** What Batch lists for a region (short form). */
export function sizesIn({ behaviour }: World, region: string): JsonObject[] {
  return behaviour.virtualMachineSkusByRegion?.[region] ?? behaviour.virtualMachineSkus
}

/** The size of a pool, as Batch lists it for the region; undefined where it doesn't. */
export function sizeOfPool(world: World, pool: Stored): VmSizeFacts | undefined {
  return listedSize(world, regionOf(world, pool.id), textOf(poolProperties(pool)['vmSize']) ?? '')
}

/** A size that Batch lists for a region; undefined when it lists none of that name there. */
export function listedSize(world: World, region: string, name: string): VmSizeFacts | undefined {
  const sku = sizesIn(world, region).find(candidate => textOf(candidate['name'])?.toLowerCase() === name.toLowerCase())
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
export function checkTaskSlots(call: Call, id: string, properties: JsonObject): void {
  const name = properties['taskSlotsPerNode'] === undefined ? 'maxTasksPerNode' : 'taskSlotsPerNode'
  const slots = numberOf(properties[name])
  const size = listedSize(call.world, regionOf(call.world, id), textOf(properties['vmSize']) ?? '')
  if (slots === undefined || size === undefined) return
  const most = Math.min(SLOTS_PER_CORE * size.vCpus, MOST_SLOTS)
  if (slots >= 1 && slots <= most) return
  const reason = `The value must be between 1 and ${most}`
  refuseProperty(call, { name, path: `properties.${name}`, value: String(slots), reason })
}
