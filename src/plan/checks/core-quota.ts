/** Cores needed against the account's quota, in vCPUs. */
import { sameId } from '../../model/arm-id.ts'
import type { VmSize } from '../../model/observed.ts'
import { nodesOf } from '../../rules/node-targets.ts'
import { coreLimits, type CoreKind } from '../core-use.ts'
import type { WantedPool, Situation } from '../situation.ts'
import { vmSizeOf } from './of-pool.ts'
import { error, warning, type Verdict } from './rule.ts'

/** The goal alone past the quota can never work; past what other pools leave, it may. */
export function quotaVerdicts(wanted: WantedPool, situation: Situation): Verdict[] {
  const { observed } = situation
  const size = vmSizeOf(wanted, situation)
  if (wanted.scale.kind !== 'fixed' || size?.vCpus === undefined) return []
  const { goal } = wanted.scale
  const has = observed.pool === undefined ? { dedicated: 0, lowPriority: 0 } : nodesOf(observed.pool)
  const others = observed.otherPools.filter(pool => !sameId(pool.poolId, wanted.poolId))
  return coreLimits(observed, size, others).flatMap(limit => {
    const { kind } = limit
    return quotaVerdict(size, { ...limit, kind: KINDS[kind], nodes: goal[kind], has: has[kind] }) ?? []
  })
}

const KINDS: Readonly<Record<CoreKind, string>> = { dedicated: 'dedicated', lowPriority: 'low-priority' }

type QuotaQuestion = {
  kind: string
  cores: string
  nodes: number
  /** Nodes of the kind that the pool has: a quota that was lowered since takes none away. */
  has: number
  quota: number | undefined
  used: number
}

function quotaVerdict(
  { name, vCpus = 0 }: VmSize,
  { kind, cores, nodes, has, quota, used }: QuotaQuestion
): Verdict | undefined {
  const needed = nodes * vCpus
  if (quota === undefined || needed + used <= quota) return undefined
  const about = `pool-spec: ${nodes} ${kind} nodes of ${name} need ${needed} ${cores}`
  const wayOut = (left: number): string =>
    `ask for more quota of the Batch account, or for at most ${Math.max(0, Math.floor(left / vCpus))} ${kind} nodes`
  if (needed > quota && has >= nodes) {
    return warning(
      `${about}, and the account’s quota is ${quota}; the pool has them, and may not get them back`,
      wayOut(quota)
    )
  }
  return needed > quota
    ? error(`${about}, and the account’s quota is ${quota}`, wayOut(quota))
    : warning(`${about}; the account’s quota is ${quota}, of which its other pools have ${used}`, wayOut(quota - used))
}
