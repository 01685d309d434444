/** The writes on a pool: one writer, each write under the ETag of what was last seen, secrets put in as late as can be. */
import { AzureError } from '../azure/errors.ts'
import { writeAgain } from '../azure/write-again.ts'
import { nameOf } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import { isJsonObject, objectOf, type JsonObject } from '../model/json.ts'
import type { Pool } from '../model/observed.ts'
import type { MetadataChange, PoolAddress } from '../model/plan.ts'
import { parseIso8601Ms } from '../shared/iso8601.ts'
import { describeHolder, heldMessage, leaseOf, takesLease } from '../rules/lease.ts'
import { isAsAsked } from '../rules/pool-standing.ts'
import { scaleIn } from '../rules/scale-body.ts'
import { poolKnown, type Execution } from './context.ts'
import { refuseChanged } from './expectations.ts'
import { holdOn } from './hold.ts'
import { newPoolBody, poolBody, type PoolChange } from './pool-body.ts'
import { refused } from './refused.ts'

/** What a lease lasts beyond the wait that it is taken for: time to look, and to write again. */
const LEASE_SLACK_MS = 15 * 60_000
/** A lease with less than this left is renewed where it can be. */
const RENEW_BELOW_MS = 5 * 60_000

const WHEN_GONE = 'find out who deletes it; run again when it is gone: a pool spec makes it again then'

export async function readPool(run: Execution, address: PoolAddress): Promise<Pool> {
  const { poolId, apiVersion } = address
  const pool = await run.azure.batch.getPool(poolId, apiVersion)
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
  poolKnown(run, address).pool = pool
  return pool
}

/** @param like the pool whose properties it has where the body writes none */
export async function createPool(run: Execution, address: PoolAddress, body: JsonObject, like?: Pool): Promise<Pool> {
  const { poolId, apiVersion } = address
  const sent = newPoolBody(run, body, { until: leaseEnd(run, resizeTimeoutMsOf(body)), like })
  const pool = await remembered(run, address, () => run.azure.batch.createPool(poolId, sent, apiVersion))
  poolKnown(run, address).isHeld = takesLease(pool.metadata)
  return pool
}

/** Nothing renews the lease while the first nodes come. */
function resizeTimeoutMsOf({ properties }: JsonObject): number {
  const scale = isJsonObject(properties) && isJsonObject(properties.scaleSettings) ? properties.scaleSettings : {}
  const timeout = isJsonObject(scale.fixedScale) ? scale.fixedScale.resizeTimeout : undefined
  return (typeof timeout === 'string' ? parseIso8601Ms(timeout) : undefined) ?? 0
}

/**
 * Changes `pool` as it was just seen. The lease is taken, renewed or released with the change itself, as its metadata says. Where
 * somebody else has written meanwhile, the pool is looked at again, and changed where its image and scale are as before.
 * @throws RunError `pool-leased` when another run holds the pool, `pool-changed` when it isn't as it was seen.
 */
export async function patchPool(
  run: Execution,
  address: PoolAddress,
  { pool, ...change }: PoolChange & { pool: Pool }
): Promise<Pool> {
  refuseHeld(run, address, pool)
  const until = leaseEnd(run, change.holdMs ?? 0)
  const now = run.azureNow()
  const sent = (seen: Pool): JsonObject => poolBody(run, seen, { ...change, until, now })
  const write = (seen: Pool): Promise<Pool> => {
    const condition = { ifMatch: seen.etag, apiVersion: address.apiVersion }
    return run.azure.batch.patchPool(seen.poolId, sent(seen), condition)
  }
  const lookAgain = async (before: Pool): Promise<{ seen: Pool; done: boolean }> => {
    const seen = await readPool(run, address)
    // Our own write, whose answer was lost, makes the next one fail too.
    if (isAsAsked(seen, sent(before))) return { seen, done: true }
    refuseHeld(run, address, seen)
    refuseChanged(seen, pool)
    return { seen, done: false }
  }
  const changed = await remembered(run, address, () => writeAgain(pool, { write, lookAgain }))
  const known = poolKnown(run, address)
  known.isHeld = takesLease(change.metadata.set)
  const scale = scaleIn(objectOf(change.body.properties).scaleSettings)
  if (scale !== undefined) known.left = scale
  return changed
}

/**
 * Stops a resize that is under way; Batch takes no condition with it, so the lease is looked at just before.
 * @throws RunError `pool-leased` when another run holds the pool: then the resize is that run's.
 */
export async function stopResize(run: Execution, address: PoolAddress): Promise<Pool> {
  const pool = await readPool(run, address)
  refuseHeld(run, address, pool)
  if (pool.allocationState !== 'Resizing') return pool
  return run.azure.batch.stopResize(address.poolId, address.apiVersion)
}

/** While a steady pool’s nodes are awaited, nothing else would renew it. */
export async function renewLease(
  run: Execution,
  step: PoolAddress & { metadata: MetadataChange },
  pool: Pool
): Promise<void> {
  if (pool.allocationState !== 'Steady') return
  const lease = leaseOf(pool.metadata)
  const isShort = lease === undefined || Date.parse(lease.until) - run.azureNow() < RENEW_BELOW_MS
  if (isShort) await patchPool(run, step, { pool, body: { properties: {} }, metadata: step.metadata })
}

const leaseEnd = (run: Execution, holdMs: number): number => run.azureNow() + holdMs + LEASE_SLACK_MS

export function refuseHeld(run: Execution, address: PoolAddress, pool: Pool): void {
  const lease = leaseOf(pool.metadata)
  if (lease === undefined && poolKnown(run, address).isHeld) {
    const message = `pool ${nameOf(pool.poolId)}: the lease of this run was taken off`
    throw new RunError({
      reason: 'pool-leased',
      message,
      wayOut: 'find out who works on the pool (a post step, a person), then run again'
    })
  }
  if (lease === undefined) return
  const state = holdOn(run, lease)
  if (state === 'held') {
    const { message, wayOut } = heldMessage(lease)
    throw new RunError({ reason: 'pool-leased', message: `pool ${nameOf(pool.poolId)}: ${message}`, wayOut })
  }
  if (state === 'ran-out' || state === 'earlier-attempt') {
    run.say('pool', `taken over from ${describeHolder(lease)}, whose lease ran until ${lease.until}`)
  }
}

async function remembered(run: Execution, address: PoolAddress, write: () => Promise<Pool>): Promise<Pool> {
  try {
    const pool = await write()
    poolKnown(run, address).pool = pool
    return pool
  } catch (error) {
    throw refusalOf(address, error)
  }
}

/** Batch takes no other scale while a resize is under way; the next look knows more. */
export function isBusy(error: unknown): boolean {
  return error instanceof AzureError && error.status === 409 && error.code === 'PoolBeingResized'
}

/** Undefined where Batch is busy with the pool. */
export async function unlessBusy<T>(change: Promise<T>): Promise<T | undefined> {
  try {
    return await change
  } catch (error) {
    if (isBusy(error)) return undefined
    throw error
  }
}

/** What Batch's refusal means here. */
function refusalOf({ apiVersion }: PoolAddress, error: unknown): unknown {
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
  const managed = apiVersion === '2019-08-01'
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
