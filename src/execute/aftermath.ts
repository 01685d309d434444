/** What a run still does when its steps are over: lets go of the pool, and looks at how things stand for the report. */
import { nameOf } from '../model/arm-id.ts'
import type { Failure } from '../model/outcome.ts'
import { leaseOf, leaseState } from '../plan/lease.ts'
import type { Execution } from './context.ts'
import { markFailed } from './mark-failed.ts'
import { patchPool } from './pool-changes.ts'

/** Best effort, and never throws: the run has ended, one way or the other. */
export async function aftermath(run: Execution, failure: Failure | undefined): Promise<void> {
  if (failure !== undefined) {
    await markFailed(run, failure)
    await releaseLease(run)
  }
  await lastLook(run)
}

/** The report is of pool and nodes as they are, not of the last thing that a step saw. A cancelled run has time for no more. */
export async function lastLook(run: Execution): Promise<void> {
  const { pool: planned } = run.plan
  if (planned === undefined || run.seen.pool === undefined) return
  try {
    const pool = await run.azure.batch.getPool(planned.poolId, planned.apiVersion)
    if (pool === undefined) return
    const nodes = await run.azure.batchService(planned.accountEndpoint).listNodes(nameOf(planned.poolId))
    Object.assign(run.seen, { pool, nodes })
  } catch {
    // What a step saw is better than nothing.
  }
}

/** So that the next run needn't wait until it has run out. */
async function releaseLease(run: Execution): Promise<void> {
  const { pool: planned } = run.plan
  if (planned === undefined || run.seen.pool === undefined) return
  try {
    const pool = await run.azure.batch.getPool(planned.poolId, planned.apiVersion)
    if (pool === undefined || leaseState(leaseOf(pool.metadata), run.context, run.azureNow()) !== 'mine') return
    await patchPool(run, pool, { body: { properties: {} } })
  } catch {
    run.say('pool', 'the lease of this run could not be taken off; it runs out by itself')
  }
}
