/** What Batch answers by 400 of the ports that a pool opens, beyond their types and bounds (`InboundNatPool`, ARM 2024-07-01). */
import { itemsOf, objectOf, type Json, type JsonObject } from '../model/json.ts'
import type { Path } from './pool-spec-document.ts'
import type { PathProblem } from './pool-spec-shape.ts'

/**
 * The node agent's. The contract keeps 22 and 3389 too; a PATCH with 3389 was recorded to be taken (azure-sdk-assets, PatchPool of
 * .NET, 2025-09-04), and since Batch maps SSH and RDP no more, whoever wants them must name these two.
 */
const RESERVED_BACKEND: readonly Json[] = [29_876, 29_877]
const RESERVED_FRONTEND = { from: 50_000, to: 55_000 }
const MOST_RULES = 25

/** @param value the pool’s `networkConfiguration` */
export function natPoolProblems(value: Json | undefined, path: Path): PathProblem[] {
  const network = objectOf(value)
  const pools = itemsOf(objectOf(network['endpointConfiguration'])['inboundNatPools'])
  const at = (...more: Path): Path => [...path, 'endpointConfiguration', 'inboundNatPools', ...more]
  if (pools.length === 0) return []
  const isClosed = objectOf(network['publicIPAddressConfiguration'])['provision'] === 'NoPublicIPAddresses'
  return [
    ...(isClosed ? [{ path: at(), message: 'is given, and NoPublicIPAddresses opens no port; leave one out' }] : []),
    ...twice(pools, 'name', at),
    ...twice(pools, 'backendPort', at),
    ...pools.flatMap((pool, index) => portProblems(pool, pools.slice(0, index), at(index))),
    ...ruleProblems(pools, at)
  ]
}

function portProblems(pool: JsonObject, before: JsonObject[], path: Path): PathProblem[] {
  const { backendPort } = pool
  const problems: PathProblem[] = []
  if (backendPort !== undefined && RESERVED_BACKEND.includes(backendPort)) {
    problems.push({
      path: [...path, 'backendPort'],
      message: `${String(backendPort)} is kept by Batch, which keeps ${RESERVED_BACKEND.join(' and ')}; use another port`
    })
  }
  const range = rangeOf(pool)
  if (range === undefined) return problems
  const from = [...path, 'frontendPortRangeStart']
  const text = `${range.from} to ${range.to}`
  if (range.from > range.to) problems.push({ path: from, message: `${text} is no range; the end comes first` })
  if (overlap(range, RESERVED_FRONTEND)) {
    problems.push({ path: from, message: `${text} has ports of 50000 to 55000, which Batch keeps; use others` })
  }
  if (before.some(other => overlap(range, rangeOf(other)))) {
    problems.push({
      path: from,
      message: `${text} overlaps the range of another NAT pool; each needs ports of its own`
    })
  }
  return problems
}

function twice(pools: JsonObject[], name: string, at: (...path: Path) => Path): PathProblem[] {
  return pools.flatMap((pool, index) => {
    const value = pool[name]
    const isTaken = value !== undefined && pools.slice(0, index).some(other => other[name] === value)
    return isTaken
      ? [{ path: at(index, name), message: `${JSON.stringify(value)} is there twice; each NAT pool needs its own` }]
      : []
  })
}

/** Rules of all NAT pools are counted together, and have priorities of their own. */
function ruleProblems(pools: JsonObject[], at: (...path: Path) => Path): PathProblem[] {
  const rules = pools.flatMap((pool, index) =>
    itemsOf(pool['networkSecurityGroupRules']).map(({ priority }, nth) => ({ priority, index, nth }))
  )
  const tooMany = { path: at(), message: `has ${rules.length} rules in all; ${MOST_RULES} at most` }
  const again = rules.flatMap(({ priority, index, nth }, order) =>
    rules.slice(0, order).some(other => other.priority === priority)
      ? [
          {
            path: at(index, 'networkSecurityGroupRules', nth, 'priority'),
            message: `${String(priority)} is there twice; each rule of a pool needs its own`
          }
        ]
      : []
  )
  return [...(rules.length > MOST_RULES ? [tooMany] : []), ...again]
}

type Range = { from: number; to: number }

function rangeOf({ frontendPortRangeStart: from, frontendPortRangeEnd: to }: JsonObject): Range | undefined {
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : undefined
}

const overlap = (a: Range, b: Range | undefined): boolean => b !== undefined && a.from <= b.to && b.from <= a.to
