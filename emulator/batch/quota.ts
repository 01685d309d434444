import type { JsonObject, Stored, World } from '../kernel/types.ts'
import { listOf, numberOf, objectOf, textOf } from './json.ts'
import type { NodeFact, ResizeErrorFact } from './pool-facts.ts'
import { accountIdOf, accountOf, factsOf, poolsOf } from './pool-record.ts'
import { sizeOfPool } from './vm-sizes.ts'

/** How many nodes of a kind a pool may add, and the resize error of the quota that says so. */
export type Room = { nodes: number; error?: ResizeErrorFact }

type Question = { world: World; pool: Stored; now: number; isDedicated: boolean }

/**
 * Room under the quotas of the account, counted over all of its pools in vCPUs. The total and, where it is enforced, the
 * family's quota bound dedicated nodes (ARM specification, `dedicatedCoreQuotaPerVMFamilyEnforced`). Quotas that an account
 * lacks (user subscription) bound nothing.
 */
export function quotaRoom(question: Question): Room {
  const { world, pool, isDedicated } = question
  const size = sizeOfPool(world, pool)
  const account = objectOf(accountOf(world, pool.id)?.body['properties'])
  if (size === undefined) return { nodes: Infinity }
  const roomFor = (quota: number | undefined, family: string | undefined): number =>
    quota === undefined ? Infinity : Math.max(0, Math.floor((quota - coresInUse(question, family)) / size.vCpus))
  if (!isDedicated) {
    const nodes = roomFor(numberOf(account['lowPriorityCoreQuota']), undefined)
    return {
      nodes,
      error: {
        code: 'AccountLowPriorityCoreQuotaReached',
        message: 'The specified account has reached low priority core quota'
      }
    }
  }
  const ofAccount = roomFor(numberOf(account['dedicatedCoreQuota']), undefined)
  const ofFamily = roomFor(familyQuota(account, size.family), size.family)
  if (ofFamily <= ofAccount && ofFamily !== Infinity) {
    const message = `The specified account has reached VM series core quota for ${size.family}`
    return { nodes: ofFamily, error: { code: 'AccountVMSeriesCoreQuotaReached', message } }
  }
  return {
    nodes: ofAccount,
    error: { code: 'AccountCoreQuotaReached', message: 'The specified account has reached core quota' }
  }
}

function familyQuota(account: JsonObject, family: string): number | undefined {
  if (account['dedicatedCoreQuotaPerVMFamilyEnforced'] !== true) return undefined
  const entry = listOf(account['dedicatedCoreQuotaPerVMFamily']).find(
    ({ name }) => textOf(name)?.toLowerCase() === family.toLowerCase()
  )
  return numberOf(entry?.['coreQuota']) ?? 0
}

/** vCPUs of the account's nodes of one kind: those that are there, and those that a resize is about to make. */
function coresInUse({ world, pool, now, isDedicated }: Question, family: string | undefined): number {
  const held = (node: NodeFact): boolean =>
    node.isDedicated === isDedicated && (node.goneAt === undefined || node.goneAt > now)
  let cores = 0
  for (const other of poolsOf(world, now, accountIdOf(pool.id))) {
    const size = sizeOfPool(world, other)
    if (size === undefined || (family !== undefined && size.family.toLowerCase() !== family.toLowerCase())) continue
    cores += size.vCpus * factsOf(other).nodes.filter(held).length
  }
  return cores
}
