/** The writes on a pool: each under the ETag of what was last seen, with secrets put in as late as can be. */
import { AzureError } from '../azure/errors.ts'
import type { PoolId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { JsonObject } from '../model/json.ts'
import type { Pool } from '../model/observed.ts'
import { resolveSecrets } from '../model/secret-reference.ts'
import type { Execution } from './context.ts'

export async function readPool(run: Execution, poolId: PoolId): Promise<Pool> {
  const pool = await run.azure.batch.getPool(poolId, apiVersionOf(run))
  if (pool === undefined)
    throw new RunError('pool-changed', 'the pool is gone', 'find out who deletes it, then run again')
  run.seen.pool = pool
  return pool
}

export async function createPool(run: Execution, poolId: PoolId, body: JsonObject): Promise<Pool> {
  return remembered(run, () => run.azure.batch.createPool(poolId, resolveSecrets(body, run.env), apiVersionOf(run)))
}

/** @throws RunError `pool-changed` when somebody else has changed the pool since `ifMatch`. */
export async function patchPool(
  run: Execution,
  poolId: PoolId,
  patch: { body: JsonObject; ifMatch: string }
): Promise<Pool> {
  const body = resolveSecrets(patch.body, run.env)
  return remembered(run, () =>
    run.azure.batch.patchPool(poolId, body, { ifMatch: patch.ifMatch, apiVersion: apiVersionOf(run) })
  )
}

export function apiVersionOf({ plan }: Execution) {
  return plan.pool?.apiVersion ?? '2025-06-01'
}

async function remembered(run: Execution, write: () => Promise<Pool>): Promise<Pool> {
  try {
    run.seen.pool = await write()
    return run.seen.pool
  } catch (error) {
    throw refusalOf(run, error)
  }
}

/** Batch takes no other scale while a resize is under way; the next look knows more. */
export function isBusy(error: unknown): boolean {
  return error instanceof AzureError && error.status === 409 && error.code === 'PoolBeingResized'
}

/** What Batch's refusal means here. */
function refusalOf(run: Execution, error: unknown): unknown {
  if (!(error instanceof AzureError) || isBusy(error)) return error
  if (error.status === 412) {
    return new RunError(
      'pool-changed',
      error.message,
      'somebody else has changed the pool; find out who, then run again',
      error
    )
  }
  const managed = apiVersionOf(run) === '2019-08-01'
  if (error.status === 400 && managed) {
    return new RunError(
      'pool-refused',
      error.message,
      'Batch takes custom images only from an Azure Compute Gallery: publish-to a gallery image definition ' +
        '(…/galleries/{gallery}/images/{definition}); the managed image can be the source of its first version',
      error
    )
  }
  return error.status === 400 || error.status === 409
    ? new RunError('pool-refused', error.message, 'change what the message names, then run again', error)
    : error
}
