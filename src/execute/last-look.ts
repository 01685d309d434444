/** How pool and nodes stand when all is done, or has failed: the report is of them, not of the last thing a step saw. */
import type { Azure } from '../azure/gateway.ts'
import type { Plan } from '../model/plan.ts'
import { nameOf } from '../model/arm-id.ts'
import type { Execution } from './context.ts'

/** Best effort: what a step saw is better than nothing. Never throws. */
export async function lastLook(azure: Azure, plan: Plan, seen: Execution['seen']): Promise<Execution['seen']> {
  const { pool: planned } = plan
  if (planned === undefined || seen.pool === undefined) return seen
  try {
    const pool = await azure.batch.getPool(planned.poolId, planned.apiVersion)
    if (pool === undefined) return seen
    const nodes = await azure.batchService(planned.accountEndpoint).listNodes(nameOf(planned.poolId))
    return { ...seen, pool, nodes }
  } catch {
    return seen
  }
}
