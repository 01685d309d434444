/** After a change: whether the pool shows it. An answer of 200 doesn’t say so. */
import { RunError } from '../model/failure.ts'
import type { JsonObject } from '../model/json.ts'
import { nameOf, type PoolId } from '../model/arm-id.ts'
import type { Pool } from '../model/observed.ts'
import { writtenDifferences } from '../plan/pool-body.ts'
import { UNMADE_ITEM } from '../plan/pool-metadata.ts'
import type { Execution } from './context.ts'
import { readPool } from './pool-changes.ts'

/**
 * What is not as written is said, and kept for the next write into the pool’s metadata. The run goes on where it still has to
 * bring the pool back, and fails at the end of it.
 * @returns the paths of what Batch left as it was
 */
export async function takeStock(
  run: Execution,
  step: { id: string; poolId: PoolId; body: JsonObject },
  answered: Pool
): Promise<string[]> {
  if (writtenDifferences(step.body, answered).length === 0) return []
  const rows = writtenDifferences(step.body, await readPool(run, step.poolId))
  if (rows.length === 0) return []
  run.seen.unmade = rows
  const goesOn = run.plan.steps.some(({ kind }) => kind === 'finish-pool')
  if (!goesOn) refuseUnmade(run)
  return rows.map(({ path }) => path)
}

export function refuseUnmade(run: Execution): void {
  const { unmade = [] } = run.seen
  if (unmade.length === 0) return
  const pool = run.plan.pool === undefined ? '' : nameOf(run.plan.pool.poolId)
  throw new RunError(
    'pool-refused',
    `pool ${pool}: Batch answered well, and left ${unmade.map(({ path }) => path).join(', ')} as it was`,
    'take it out of the pool spec, or give the spec another name, so that a new pool is made with it; to have it tried again, ' +
      `delete "${UNMADE_ITEM}" from the pool’s metadata`
  )
}
