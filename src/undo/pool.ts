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
import { changedMetadata, keptImageId, keptScale, NOTHING_OF_OURS } from '../plan/pool-metadata.ts'
import { describeTargets } from '../plan/wave-targets.ts'
import { nodesOf } from '../plan/wave.ts'
import { HOLD_MS, LOOK_EVERY_MS, MOST_TRIES, postsOwn, type Undoing } from './undoing.ts'

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
  const given = await giveBack(undoing, { ...held, pool }, own)
  return [...done, ...given, 'took the lease of the run off the pool']
}

/** What others change meanwhile is read again; where they have taken the pool over, it is theirs. */
async function giveBack(undoing: Undoing, held: Held, own: RunContext): Promise<string[]> {
  for (let { pool } = held, tries = 1; ; tries++) {
    const former = keptScale(pool)
    const isUnchanged = former !== undefined && keptImageId(pool.metadata) === pool.imageId
    // With another image already in, its nodes are unproved: the next run goes on with it.
    const metadata = isUnchanged
      ? changedMetadata(pool.metadata, NOTHING_OF_OURS)
      : withLease(pool.metadata, own, undefined)
    const scale: JsonObject = isUnchanged ? { scaleSettings: formerScaleSettings(former) } : {}
    try {
      await patch(undoing, { ...held, pool }, { properties: { ...scale, metadata } })
    } catch (error) {
      if (tries === MOST_TRIES || !(error instanceof AzureError) || error.status !== 412) throw error
      pool = await readOwn(undoing, held, { contexts: [own, undoing.context], otherwise: error })
      continue
    }
    if (isUnchanged) return ['gave the pool its former scale back; it grows to it from here']
    return former === undefined ? [] : ['the pool has its new image and not all its nodes; run again to bring it back']
  }
}

type Wanted = { contexts: readonly RunContext[]; otherwise: Error }

/** The pool as it is now, while it is the run's, or the post step's; else throws what has led here. */
async function readOwn({ azure }: Undoing, { pool, apiVersion, now }: Held, wanted: Wanted): Promise<Pool> {
  const seen = await azure.batch.getPool(pool.poolId, apiVersion)
  const isOwn = wanted.contexts.some(context => leaseState(leaseOf(seen?.metadata ?? []), context, now) === 'mine')
  if (seen === undefined || !isOwn) throw wanted.otherwise
  return seen
}

/** A main that still runs finds the lease taken, and stops. Where Batch takes no PATCH while it resizes, it is stopped first. */
async function claim(undoing: Undoing, held: Held, own: RunContext): Promise<Pool> {
  for (let { pool } = held, tries = 1; ; tries++) {
    const metadata = withLease(pool.metadata, own, held.now + HOLD_MS)
    try {
      return await patch(undoing, { ...held, pool }, { properties: { metadata } })
    } catch (error) {
      if (!(error instanceof AzureError)) throw error
      if (error.status === 409) return pool
      if (error.status !== 412 || tries === MOST_TRIES) throw error
      // It has changed since it was read: its nodes do that, too.
      pool = await readOwn(undoing, held, { contexts: [undoing.context], otherwise: error })
    }
  }
}

function patch({ azure }: Undoing, { pool, apiVersion }: Held, body: JsonObject): Promise<Pool> {
  return azure.batch.patchPool(pool.poolId, body, { ifMatch: pool.etag, apiVersion })
}
