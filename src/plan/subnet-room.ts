/** Whether more nodes can join the network that the pool spec names. */
import { nameOf } from '../model/arm-id.ts'
import { namedByPool } from '../model/named-by-pool.ts'
import type { Subnet } from '../model/observed.ts'
import type { WantedPool, Situation } from './situation.ts'

/** Of each subnet: the first four addresses and the last ("Azure Virtual Network frequently asked questions"). */
export const KEPT_BY_AZURE = 5

/** The one that the spec names, where it could be looked at. */
export function subnetOf({ spec }: WantedPool, { observed }: Situation): Subnet | undefined {
  const { subnetId } = namedByPool(spec.pool)
  const network = observed.named?.network
  if (subnetId === undefined || network === undefined || 'unread' in network) return undefined
  return network.found?.subnets.find(one => one.name.toLowerCase() === nameOf(subnetId).toLowerCase())
}

/** Undefined where it has no IPv4 range. */
export function freeAddresses({ addressPrefixes, usedAddresses }: Subnet): number | undefined {
  const sizes = addressPrefixes.flatMap(sizeOf)
  if (sizes.length === 0) return undefined
  return Math.max(0, sizes.reduce((sum, size) => sum + size - KEPT_BY_AZURE, 0) - usedAddresses)
}

/** Addresses of an IPv4 range. */
function sizeOf(prefix: string): number[] {
  const [, bits] = /^[\d.]+\/(\d{1,2})$/.exec(prefix) ?? []
  return bits === undefined ? [] : [2 ** (32 - Number(bits))]
}
