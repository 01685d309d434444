/** After a change: whether the pool shows it. An answer of 200 doesn’t say so. */
import { RunError } from '../model/failure.ts'
import type { JsonObject } from '../model/json.ts'
import { nameOf } from '../model/arm-id.ts'
import type { Pool } from '../model/observed.ts'
import { writtenDifferences } from '../rules/pool-body.ts'
import { UNMADE_ITEM } from '../rules/pool-metadata.ts'
import type { PoolAddress } from '../model/plan.ts'
import { poolKnown, type Execution, type KnownPool } from './context.ts'
import { readPool } from './pool-changes.ts'

/**
 * What is not as written is said, and kept for the next write into the pool’s metadata. The run goes on, since it may have to
 * bring the pool back, and fails at its end.
 * @returns the paths of what Batch left as it was
 */
export async function takeStock(
  run: Execution,
  step: PoolAddress & { id: string; body: JsonObject },
  answered: Pool
): Promise<string[]> {
  if (writtenDifferences(step.body, answered).length === 0) return []
  const rows = writtenDifferences(step.body, await readPool(run, step))
  if (rows.length === 0) return []
  poolKnown(run, step).unmade = { stepId: step.id, rows }
  return rows.map(({ path }) => path)
}

/** Whether nodes that come now run another image than the one that was written. */
export function isImageUnmade({ unmade }: KnownPool): boolean {
  return unmade?.rows.some(({ path }) => path.endsWith('imageReference.id')) === true
}

/** What it means for the step that asked for it; undefined where Batch has made all of it. */
export function unmadeError({ pool, unmade }: KnownPool): RunError | undefined {
  if (unmade === undefined || pool === undefined) return undefined
  return new RunError({
    reason: 'pool-refused',
    message: `pool ${nameOf(pool.poolId)}: Batch answered well, and left ${unmade.rows.map(({ path }) => path).join(', ')} as it was`,
    wayOut:
      'take it out of the pool spec, or give the spec another name, so that a new pool is made with it; to have it tried again, ' +
      `delete "${UNMADE_ITEM}" from the pool’s metadata`
  })
}
