/** A pool that a run was at work on: its resize is stopped, or its former scale given back, and the lease taken off. */
import { AzureError } from '../azure/errors.ts'
import { formerScaleSettings } from '../execute/scale-body.ts'
import { parentId } from '../model/arm-id.ts'
import type { JsonObject } from '../model/json.ts'
import type { Pool } from '../model/observed.ts'
import type { PoolApiVersion } from '../model/plan.ts'
import type { RunContext } from '../model/spec.ts'
import type { ToUndo } from '../model/to-undo.ts'
import { leaseOf, leaseState, withLease } from '../plan/lease.ts'
import { foreignItems, keptImageId, keptScale } from '../plan/pool-metadata.ts'
import { describeTargets } from '../plan/wave-targets.ts'
import { nodesOf } from '../plan/wave.ts'
import { HOLD_MS, LOOK_EVERY_MS, postsOwn, type Undoing } from './undoing.ts'

type PoolToUndo = NonNullable<ToUndo['pool']>

export async function undoPool(undoing: Undoing, { poolId, apiVersion }: PoolToUndo): Promise<string[]> {
  const { azure, context } = undoing
  const account = await azure.batch.getAccount(parentId(poolId))
  const pool = await azure.batch.getPool(poolId, apiVersion)
  if (pool === undefined) return []
  const now = account?.readAt ?? undoing.clock.now()
  // The run never came to it, has let go of it itself, or another run has taken it over.
  if (leaseState(leaseOf(pool.metadata), context, now) !== 'mine') return []
  return letGo(undoing, { pool, apiVersion, now })
}

type Held = { pool: Pool; apiVersion: PoolApiVersion; now: number }

/** A resize under way is stopped; a pool that was emptied for another image, and still has its own, gets its scale back. */
async function letGo(undoing: Undoing, held: Held): Promise<string[]> {
  const done: string[] = []
  const { azure, context, clock, signal } = undoing
  const { apiVersion } = held
  let { pool } = held
  const own = postsOwn(context)
  pool = await claim(undoing, held, own)
  if (pool.allocationState === 'Resizing') {
    pool = await azure.batch.stopResize(pool.poolId, apiVersion)
    done.push(`stopped the resize that was under way, at ${describeTargets(nodesOf(pool))}`)
  }
  while (pool.allocationState !== 'Steady') {
    await clock.sleep(LOOK_EVERY_MS, signal)
    const seen = await azure.batch.getPool(pool.poolId, apiVersion)
    if (seen === undefined) return done
    pool = seen
  }
  const former = keptScale(pool)
  const isUnchanged = former !== undefined && keptImageId(pool.metadata) === pool.imageId
  // With another image already in, its nodes are unproved: the next run goes on with it.
  const metadata = isUnchanged ? foreignItems(pool.metadata) : withLease(pool.metadata, own, undefined)
  const scale: JsonObject = isUnchanged ? { scaleSettings: formerScaleSettings(former) } : {}
  pool = await patch(undoing, { ...held, pool }, { properties: { ...scale, metadata } })
  if (isUnchanged) done.push('gave the pool its former scale back; it grows to it from here')
  else if (former !== undefined)
    done.push('the pool has its new image and not all its nodes; run again to bring it back')
  return [...done, 'took the lease of the run off the pool']
}

/** A main that still runs finds the lease taken, and stops. Where Batch takes no PATCH while it resizes, it is stopped first. */
async function claim(undoing: Undoing, held: Held, own: RunContext): Promise<Pool> {
  const metadata = withLease(held.pool.metadata, own, held.now + HOLD_MS)
  try {
    return await patch(undoing, held, { properties: { metadata } })
  } catch (error) {
    if (!(error instanceof AzureError)) throw error
    if (error.status === 409) return held.pool
    // It has changed since it was read: its nodes do that, too.
    const pool = error.status === 412 ? await undoing.azure.batch.getPool(held.pool.poolId, held.apiVersion) : undefined
    if (pool === undefined || leaseState(leaseOf(pool.metadata), undoing.context, held.now) !== 'mine') throw error
    return claim(undoing, { ...held, pool }, own)
  }
}

function patch({ azure }: Undoing, { pool, apiVersion }: Held, body: JsonObject): Promise<Pool> {
  return azure.batch.patchPool(pool.poolId, body, { ifMatch: pool.etag, apiVersion })
}
