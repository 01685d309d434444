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
 * What is not as written is said, and kept for the next write into the pool’s metadata. The run goes on, since it may have to
 * bring the pool back, and fails at its end.
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
  run.seen.unmade = { stepId: step.id, rows }
  return rows.map(({ path }) => path)
}

/** Whether nodes that come now run another image than the one that was written. */
export function isImageUnmade({ seen }: Pick<Execution, 'seen'>): boolean {
  return seen.unmade?.rows.some(({ path }) => path.endsWith('imageReference.id')) === true
}

export function unmadeError({ plan, seen }: Pick<Execution, 'plan' | 'seen'>): RunError | undefined {
  if (seen.unmade === undefined) return undefined
  const pool = plan.pool === undefined ? '' : nameOf(plan.pool.poolId)
  return new RunError({
    reason: 'pool-refused',
    message: `pool ${pool}: Batch answered well, and left ${seen.unmade.rows.map(({ path }) => path).join(', ')} as it was`,
    wayOut:
      'take it out of the pool spec, or give the spec another name, so that a new pool is made with it; to have it tried again, ' +
      `delete "${UNMADE_ITEM}" from the pool’s metadata`
  })
}
