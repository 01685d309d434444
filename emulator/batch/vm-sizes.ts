import type { World } from '../kernel/types.ts'
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
