/** The temporary pool on which a change proves itself: made like the pool that is in use, and deleted whatever happens. */
import { AzureError } from '../azure/errors.ts'
import { nameOf } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { Pool } from '../model/observed.ts'
import { hiddenFromLike, writtenDifferences } from '../rules/pool-body.ts'
import { NO_CHANGE, released } from '../rules/pool-metadata.ts'
import { isAtZero } from '../rules/pool-standing.ts'
import { isProofOf } from '../rules/proof-pool.ts'
import { fixedScale } from '../rules/scale-body.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { createPool, patchPool, readPool, refuseHeld } from './pool-changes.ts'
import { NOTHING_TO_UNDO } from './undo-pool.ts'

/** For the nodes of a pool that can’t be deleted. */
const RESIZE_MS = 15 * 60_000

export async function createProofPool(run: Execution, step: StepOf<'create-proof-pool'>): Performed {
  const like = await readPool(run, step.like)
  refuseHidden(step, like)
  const pool = await createPool(run, step, step.body, like)
  // An answer may be behind.
  const isAsWritten = writtenDifferences(step.body, pool).length === 0
  const rows = isAsWritten ? [] : writtenDifferences(step.body, await readPool(run, step))
  if (rows.length > 0) {
    throw new RunError({
      reason: 'pool-refused',
      message: `temporary pool ${nameOf(pool.poolId)}: Batch answered well, and left ${rows.map(({ path }) => path).join(', ')} as it was`,
      wayOut: 'take it out of the pool spec, or say prove: canary'
    })
  }
  return `created; ${pool.allocationState}`
}

/** Asked for when the plan was made; somebody may have put one there since. */
function refuseHidden({ body, proofOf }: StepOf<'create-proof-pool'>, like: Pool): void {
  const hidden = hiddenFromLike(body, like)
  if (hidden.length === 0) return
  throw new RunError({
    reason: 'pool-changed',
    message: `pool ${proofOf} has since got ${hidden.join(', ')}, which no answer shows`,
    wayOut: 'write it into the pool spec, then run again with that; or say prove: canary'
  })
}

/**
 * Only ever what carries this action’s own mark, and nobody else holds. Its nodes leave in the minutes after, which nothing waits for:
 * there was room for both pools.
 */
export async function deleteProofPool(run: Execution, step: StepOf<'delete-proof-pool'>): Performed {
  const { poolId, apiVersion } = step
  const found = await run.azure.batch.getPool(poolId, apiVersion)
  if (found === undefined) return run.undoing === undefined ? 'gone already' : NOTHING_TO_UNDO
  if (found.provisioningState !== 'Deleting') {
    refuseOthers(step, found)
    poolKnown(run, step).isHeld = false
    refuseHeld(run, step, found)
    await deleteOrEmpty(run, step, found)
  }
  return 'is being deleted'
}

function refuseOthers({ proofOf }: StepOf<'delete-proof-pool'>, pool: Pool): void {
  if (isProofOf(pool, proofOf)) return
  throw new RunError({
    reason: 'pool-changed',
    message: `pool ${nameOf(pool.poolId)} no longer says that it is a temporary pool of this action`,
    wayOut: 'see whether somebody uses it; delete it where nobody does'
  })
}

/** Who may make pools and not delete them pays for no node, at least. */
async function deleteOrEmpty(run: Execution, step: StepOf<'delete-proof-pool'>, pool: Pool): Promise<void> {
  try {
    await run.azure.batch.deletePool(step.poolId, step.apiVersion)
  } catch (error) {
    if (!(error instanceof AzureError) || (error.status !== 403 && error.status !== 409)) throw error
    if (error.code === 'PoolBeingDeleted') return
    const isEmptied = isAtZero(pool) || (await empty(run, step, pool))
    throw new RunError({
      reason: error.status === 403 ? 'permission-denied' : 'pool-refused',
      message: `${error.message}${isEmptied ? '; it has no nodes, and costs nothing' : ''}`,
      wayOut: `delete pool ${nameOf(pool.poolId)} (az batch pool delete); give the identity a role with Microsoft.Batch/batchAccounts/pools/delete, or say prove: canary`,
      cause: error
    })
  }
}

async function empty(run: Execution, step: StepOf<'delete-proof-pool'>, pool: Pool): Promise<boolean> {
  const body = {
    properties: { scaleSettings: { fixedScale: fixedScale({ dedicated: 0, lowPriority: 0 }, RESIZE_MS) } }
  }
  try {
    await patchPool(run, step, { pool, body, metadata: released(NO_CHANGE) })
    return true
  } catch (error) {
    if (run.signal.aborted) throw error
    return false
  }
}
