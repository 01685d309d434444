/** Cores needed against the account's quota, in vCPUs. */
import { sameId } from '../../model/arm-id.ts'
import type { BatchAccount, Pool, VmSize } from '../../model/observed.ts'
import type { WantedPool, Situation } from '../situation.ts'
import { vmSizeOf } from './of-pool.ts'
import { error, warning, type Verdict } from './rule.ts'

/** The goal alone past the quota can never work; past what other pools leave, it may. */
export function quotaVerdicts(wanted: WantedPool, situation: Situation): Verdict[] {
  const { account, otherPools, vmSizes } = situation.observed
  const size = vmSizeOf(wanted, situation)
  if (account === undefined || wanted.scale.kind !== 'fixed' || size?.vCpus === undefined) return []
  // There the subscription's quota counts, which the account doesn't tell (ARM Batch contract).
  if (account.poolAllocationMode === 'UserSubscription') return []
  const { pool } = situation.observed
  const { dedicated, lowPriority } = wanted.scale.goal
  const others = otherPools.filter(pool => !sameId(pool.poolId, wanted.poolId))
  const coresOf = (pool: Pool): number =>
    vmSizes.find(({ name }) => name.toLowerCase() === pool.vmSize?.toLowerCase())?.vCpus ?? 0
  const familyOf = (pool: Pool): string | undefined =>
    vmSizes.find(({ name }) => name.toLowerCase() === pool.vmSize?.toLowerCase())?.familyName
  const used = (pools: readonly Pool[], nodes: (pool: Pool) => number): number =>
    pools.reduce((sum, pool) => sum + nodes(pool) * coresOf(pool), 0)
  const family = familyQuota(account, size)
  return [
    quotaVerdict(size, {
      ...{ kind: 'dedicated', cores: 'dedicated cores', nodes: dedicated, quota: account.dedicatedCoreQuota },
      has: pool?.currentDedicatedNodes ?? 0,
      used: used(others, pool => pool.currentDedicatedNodes)
    }),
    quotaVerdict(size, {
      ...{ kind: 'low-priority', cores: 'low-priority cores', nodes: lowPriority, quota: account.lowPriorityCoreQuota },
      has: pool?.currentLowPriorityNodes ?? 0,
      used: used(others, pool => pool.currentLowPriorityNodes)
    }),
    quotaVerdict(size, {
      ...{
        kind: 'dedicated',
        cores: `dedicated cores of ${size.familyName ?? 'its family'}`,
        nodes: dedicated,
        quota: family
      },
      has: pool?.currentDedicatedNodes ?? 0,
      used: used(
        others.filter(pool => familyOf(pool) === size.familyName),
        pool => pool.currentDedicatedNodes
      )
    })
  ].flatMap(verdict => verdict ?? [])
}

function familyQuota(account: BatchAccount, { familyName }: VmSize): number | undefined {
  if (!account.dedicatedCoreQuotaPerVMFamilyEnforced || familyName === undefined) return undefined
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return account.dedicatedCoreQuotaPerVMFamily?.find(({ name }) => plain(name) === plain(familyName))?.coreQuota
}

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
