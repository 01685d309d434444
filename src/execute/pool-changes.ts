/** The writes on a pool: one writer, each write under the ETag of what was last seen, secrets put in as late as can be. */
import { AzureError } from '../azure/errors.ts'
import { writeAgain } from '../azure/write-again.ts'
import { nameOf, type PoolId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Pool } from '../model/observed.ts'
import { parseIso8601Ms } from '../shared/iso8601.ts'
import { describeHolder, heldMessage, leaseOf, leaseState } from '../plan/lease.ts'
import { isAsAsked, isAsFound } from '../plan/pool-standing.ts'
import type { Execution } from './context.ts'
import { newPoolBody, poolBody, type PoolChange } from './pool-body.ts'
import { refused } from './refused.ts'

/** What a lease lasts beyond the wait that it is taken for: time to look, and to write again. */
const LEASE_SLACK_MS = 15 * 60_000
/** A lease with less than this left is renewed where it can be. */
const RENEW_BELOW_MS = 5 * 60_000

const WHEN_GONE = 'find out who deletes it; run again when it is gone: the pool is made anew then'

export async function readPool(run: Execution, poolId: PoolId): Promise<Pool> {
  const pool = await run.azure.batch.getPool(poolId, apiVersionOf(run))
  if (pool === undefined) {
    throw new RunError({
      reason: 'pool-changed',
      message: 'the pool is gone',
      wayOut: 'find out who deletes it, then run again'
    })
  }
  if (pool.provisioningState === 'Deleting') {
    throw new RunError({
      reason: 'pool-changed',
      message: `pool ${nameOf(poolId)} is being deleted`,
      wayOut: WHEN_GONE
    })
  }
  run.seen.pool = pool
  return pool
}

export async function createPool(run: Execution, poolId: PoolId, body: JsonObject): Promise<Pool> {
  const until = holds(run) ? leaseEnd(run, resizeTimeoutMsOf(body)) : undefined
  const leased = newPoolBody(run, body, until)
  const pool = await remembered(run, () => run.azure.batch.createPool(poolId, leased, apiVersionOf(run)))
  run.lease.isHeld = until !== undefined
  return pool
}

/** Nothing renews the lease while the first nodes come. */
function resizeTimeoutMsOf({ properties }: JsonObject): number {
  const scale = isJsonObject(properties) && isJsonObject(properties.scaleSettings) ? properties.scaleSettings : {}
  const timeout = isJsonObject(scale.fixedScale) ? scale.fixedScale.resizeTimeout : undefined
  return (typeof timeout === 'string' ? parseIso8601Ms(timeout) : undefined) ?? 0
}

/**
 * Changes `pool` as it was just seen. Takes or renews the lease with the change itself; where the plan has nothing more to
 * change, lets it go. Where somebody else has written meanwhile, the pool is looked at again, and changed where its image and
 * scale are as before.
 * @throws RunError `pool-leased` when another run holds the pool, `pool-changed` when it isn't as it was seen.
 */
export async function patchPool(run: Execution, pool: Pool, change: PoolChange): Promise<Pool> {
  refuseHeld(run, pool)
  const until = change.holdMs === undefined || !holds(run) ? undefined : leaseEnd(run, change.holdMs)
  const sent = (seen: Pool): JsonObject => poolBody(run, seen, { change, until })
  const write = (seen: Pool): Promise<Pool> => {
    const condition = { ifMatch: seen.etag, apiVersion: apiVersionOf(run) }
    return run.azure.batch.patchPool(seen.poolId, sent(seen), condition)
  }
  const lookAgain = async (before: Pool): Promise<{ seen: Pool; done: boolean }> => {
    const seen = await readPool(run, pool.poolId)
    // Our own write, whose answer was lost, makes the next one fail too.
    if (isAsAsked(seen, sent(before))) return { seen, done: true }
    refuseHeld(run, seen)
    refuseChanged(seen, pool)
    return { seen, done: false }
  }
  const changed = await remembered(run, () => writeAgain(pool, { write, lookAgain }))
  run.lease.isHeld = until !== undefined
  return changed
}

/** Whoever gives it another image or scale is at work on what this run is at work on. */
export function refuseChanged(pool: Pool, before: Pick<Pool, 'scale' | 'imageId'>): void {
  if (isAsFound(pool, before)) return
  throw new RunError({
    reason: 'pool-changed',
    message: `pool ${nameOf(pool.poolId)} has another image or scale than it had before`,
    wayOut: 'find out who changes the pool, then run again'
  })
}

/**
 * Stops a resize that is under way; Batch takes no condition with it, so the lease is looked at just before.
 * @throws RunError `pool-leased` when another run holds the pool: then the resize is that run's.
 */
export async function stopResize(run: Execution, poolId: PoolId): Promise<Pool> {
  const pool = await readPool(run, poolId)
  refuseHeld(run, pool)
  return pool.allocationState === 'Resizing' ? run.azure.batch.stopResize(poolId, apiVersionOf(run)) : pool
}

/** While a steady pool’s nodes are awaited, nothing else would renew it. */
export async function renewLease(run: Execution, pool: Pool): Promise<void> {
  if (pool.allocationState !== 'Steady') return
  const lease = leaseOf(pool.metadata)
  const isShort = lease === undefined || Date.parse(lease.until) - run.azureNow() < RENEW_BELOW_MS
  if (isShort) await patchPool(run, pool, { body: { properties: {} }, holdMs: 0 })
}

/** A plan that changes the pool in one write needs no lease. */
const holds = ({ plan }: Execution): boolean => plan.steps.some(({ kind }) => kind === 'finish-pool')

const leaseEnd = (run: Execution, holdMs: number): number => run.azureNow() + holdMs + LEASE_SLACK_MS

function refuseHeld(run: Execution, pool: Pool): void {
  const lease = leaseOf(pool.metadata)
  if (lease === undefined && run.lease.isHeld) {
    const message = `pool ${nameOf(pool.poolId)}: the lease of this run was taken off`
    throw new RunError({
      reason: 'pool-leased',
      message,
      wayOut: 'find out who works on the pool (a post step, a person), then run again'
    })
  }
  if (lease === undefined) return
  const state = leaseState(lease, run.context, run.azureNow())
  if (state === 'held') {
    const { message, wayOut } = heldMessage(lease)
    throw new RunError({ reason: 'pool-leased', message: `pool ${nameOf(pool.poolId)}: ${message}`, wayOut })
  }
  if (state === 'ran-out' || state === 'earlier-attempt') {
    run.say('pool', `taken over from ${describeHolder(lease)}, whose lease ran until ${lease.until}`)
  }
}

export function apiVersionOf({ plan }: Pick<Execution, 'plan'>) {
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
    return new RunError({
      reason: 'pool-changed',
      message: error.message,
      wayOut: 'somebody else keeps changing the pool; find out who, then run again',
      cause: error
    })
  }
  if (error.code === 'PoolBeingDeleted') {
    return new RunError({ reason: 'pool-changed', message: error.message, wayOut: WHEN_GONE, cause: error })
  }
  const managed = apiVersionOf(run) === '2019-08-01'
  if (error.status === 400 && managed) {
    return new RunError({
      reason: 'pool-refused',
      message: error.message,
      wayOut:
        'Batch takes custom images only from an Azure Compute Gallery: publish-to a gallery image definition ' +
        '(…/galleries/{gallery}/images/{definition}); the managed image can be the source of its first version',
      cause: error
    })
  }
  return refused(error, { reason: 'pool-refused' })
}
