/** Cores of the account, in vCPUs: what it may have, and what its pools use. */
import type { BatchAccount, Observed, Pool, VmSize } from '../model/observed.ts'

export type CoreKind = 'dedicated' | 'lowPriority'

type CoreLimit = {
  /** `dedicated cores of standardDSv5Family`. */
  cores: string
  kind: CoreKind
  /** Undefined where the account doesn’t tell. */
  quota: number | undefined
  /** By the pools that were given. */
  used: number
}

/** What limits nodes of `size` in the account: of each kind, and of its family where that is enforced. */
export function coreLimits(observed: Observed, size: VmSize, pools: readonly Pool[]): CoreLimit[] {
  const { account } = observed
  // There the subscription's quota counts, which the account doesn't tell (ARM Batch contract).
  if (account === undefined || account.poolAllocationMode === 'UserSubscription') return []
  const sizeOf = (pool: Pool): VmSize | undefined =>
    observed.vmSizes.find(({ name }) => name.toLowerCase() === pool.vmSize?.toLowerCase())
  const used = (of: readonly Pool[], nodes: (pool: Pool) => number): number =>
    of.reduce((sum, pool) => sum + nodes(pool) * (sizeOf(pool)?.vCpus ?? 0), 0)
  const dedicatedOf = (pool: Pool): number => pool.currentDedicatedNodes
  const isOfFamily = (pool: Pool): boolean => sizeOf(pool)?.familyName === size.familyName
  return [
    {
      cores: 'dedicated cores',
      kind: 'dedicated',
      quota: account.dedicatedCoreQuota,
      used: used(pools, dedicatedOf)
    },
    {
      cores: 'low-priority cores',
      kind: 'lowPriority',
      quota: account.lowPriorityCoreQuota,
      used: used(pools, pool => pool.currentLowPriorityNodes)
    },
    {
      cores: `dedicated cores of ${size.familyName ?? 'its family'}`,
      kind: 'dedicated',
      quota: familyQuota(account, size),
      used: used(pools.filter(isOfFamily), dedicatedOf)
    }
  ]
}

function familyQuota(account: BatchAccount, { familyName }: VmSize): number | undefined {
  if (!account.dedicatedCoreQuotaPerVMFamilyEnforced || familyName === undefined) return undefined
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return account.dedicatedCoreQuotaPerVMFamily?.find(({ name }) => plain(name) === plain(familyName))?.coreQuota
}
