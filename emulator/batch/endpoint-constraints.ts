import type { Json, JsonObject } from '../kernel/types.ts'
import { listOf, numberOf, objectOf, textOf } from './json.ts'
import type { Fault } from './pool-constraints.ts'

const MOST_POOLS = 5
const MOST_RULES = 25
/** The contract has 22 and 3389 too; 3389 was recorded to be taken (PatchPool of .NET, 2025-09-04), now that Batch maps neither. */
const RESERVED_BACKEND = [29_876, 29_877]
const RESERVED_FRONTEND = { from: 50_000, to: 55_000 }
const NAME = /^[a-z0-9](?:[\w.-]{0,75}\w)?$/i
const PATH = 'networkConfiguration.endpointConfiguration.inboundNatPools'

/** Inbound NAT pools that the contract answers by 400. */
export function endpointFaults(network: JsonObject): Fault[] {
  const pools = listOf(objectOf(network['endpointConfiguration'])['inboundNatPools'])
  if (pools.length === 0) return []
  const provision = textOf(objectOf(network['publicIPAddressConfiguration'])['provision'])
  return [
    ...(provision?.toLowerCase() === 'nopublicipaddresses'
      ? [{ path: PATH, reason: 'This cannot be specified if the IPAddressProvisioningType is NoPublicIPAddresses' }]
      : []),
    ...(pools.length > MOST_POOLS
      ? [{ path: PATH, value: pools.length, reason: 'The maximum number of inbound NAT pools per Batch pool is 5' }]
      : []),
    ...pools.flatMap((pool, index) => poolFaults(pool, index, pools)),
    ...ruleFaults(pools)
  ]
}

function poolFaults(pool: JsonObject, index: number, pools: JsonObject[]): Fault[] {
  const at = (name: string, reason: string): Fault => ({ path: `${PATH}[${index}].${name}`, value: pool[name], reason })
  const before = pools.slice(0, index)
  const isTaken = (name: string): boolean => before.some(other => sameValue(other[name], pool[name]))
  const backend = numberOf(pool['backendPort'])
  const range = rangeOf(pool)
  return [
    ...(NAME.test(textOf(pool['name']) ?? '') ? [] : [at('name', 'The name is not valid')]),
    ...(isTaken('name') ? [at('name', 'The name must be unique within a Batch pool')] : []),
    ...(isPort(backend, 65_535) && !RESERVED_BACKEND.includes(backend ?? 0)
      ? []
      : [at('backendPort', 'The port is reserved, or not between 1 and 65535')]),
    ...(isTaken('backendPort') ? [at('backendPort', 'The port must be unique within a Batch pool')] : []),
    ...(isPort(range.from, 65_534) && isPort(range.to, 65_534) && range.from <= range.to
      ? []
      : [at('frontendPortRangeStart', 'The range is not one of ports between 1 and 65534')]),
    ...([RESERVED_FRONTEND, ...before.map(rangeOf)].some(other => overlap(other, range))
      ? [at('frontendPortRangeStart', 'The range is reserved, or overlaps another one')]
      : [])
  ]
}

/** Rules of all NAT pools are counted together, and have priorities of their own. */
function ruleFaults(pools: JsonObject[]): Fault[] {
  const rules = pools.flatMap((pool, index) =>
    listOf(pool['networkSecurityGroupRules']).map((rule, nth) => ({
      path: `${PATH}[${index}].networkSecurityGroupRules[${nth}].priority`,
      value: rule['priority']
    }))
  )
  if (rules.length > MOST_RULES) {
    return [{ path: PATH, value: rules.length, reason: 'The maximum number of rules on a Batch pool is 25' }]
  }
  return rules.flatMap(({ path, value }, index) => {
    const priority = numberOf(value) ?? 0
    const isTaken = rules.slice(0, index).some(other => sameValue(other.value, value))
    if (isTaken) return [{ path, value, reason: 'Priorities within a pool must be unique' }]
    return priority < 150 || priority > 4_096 ? [{ path, value, reason: 'Allowed priorities are 150 to 4096' }] : []
  })
}

type Range = { from: number; to: number }

function rangeOf({ frontendPortRangeStart, frontendPortRangeEnd }: JsonObject): Range {
  return { from: numberOf(frontendPortRangeStart) ?? 0, to: numberOf(frontendPortRangeEnd) ?? 0 }
}

const overlap = (a: Range, b: Range): boolean => a.from <= b.to && b.from <= a.to
const isPort = (port: number | undefined, last: number): boolean => port !== undefined && port >= 1 && port <= last
const sameValue = (a: Json | undefined, b: Json | undefined): boolean =>
  String(a).toLowerCase() === String(b).toLowerCase()
