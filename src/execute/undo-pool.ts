/**
 * Undoes what is half-done on a pool, by the run itself or by its post step: only ever while it is the run’s own. A performer that
 * finds nothing to undo returns an empty line.
 */
import { AzureError } from '../azure/errors.ts'
import { decideRestore, type RestoreDecision, type RestoreProgress, type RestoreView } from '../decide/restore.ts'
import { RunError } from '../model/failure.ts'
import type { Pool } from '../model/observed.ts'
import type { PoolAddress } from '../model/plan.ts'
import { holding, leaseOf } from '../rules/lease.ts'
import { failedItem, hasRestorePoint, hasRunNote, NO_CHANGE, released } from '../rules/pool-metadata.ts'
import { scaleSettingsOf } from '../rules/scale-body.ts'
import { describeTargets, nodesOf } from '../rules/node-targets.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { holdOn, isMainsOwn } from './hold.ts'
import { drive, SILENT } from './loop.ts'
import { patchPool, readPool, stopResize, unlessBusy } from './pool-changes.ts'
import { watch } from './watch.ts'

export const NOTHING_TO_UNDO = ''

export async function stopPoolResize(run: Execution, step: StepOf<'stop-resize'>): Performed {
  const pool = await heldPool(run, step)
  if (pool?.allocationState !== 'Resizing') return NOTHING_TO_UNDO
  return `the resize is stopped, at ${describeTargets(nodesOf(await stopResize(run, step)))}`
}

export async function restorePool(run: Execution, step: StepOf<'restore-pool'>): Performed {
  const hold: Hold = { isWiped: false }
  const viewOf = (pool: Pool | undefined): RestoreView => ({
    pool,
    onTheWay: poolKnown(run, step).onTheWay,
    isPatient: run.undoing?.isPatient === true
  })
  const { done } = await drive<RestoreView, RestoreProgress, RestoreDecision>(run, {
    progress: undefined,
    // With its scale the pool gets its lease taken off: from then on it is nobody’s.
    look: async (_pace, progress) =>
      viewOf(await (progress === undefined ? heldPool(run, step, hold) : readPool(run, step))),
    decide: (view, progress) => decideRestore(step, view, progress),
    tell: SILENT,
    act: async ({ kind }, { look: { pool, isPatient }, pace }) => {
      if (pool === undefined || kind === 'wait') return undefined
      if (kind === 'stop-resize') {
        await stopResize(run, step)
        return undefined
      }
      if (kind === 'release') {
        return { progress: { kind: 'released', how: await release(run, step, pool) }, look: viewOf(pool) }
      }
      const isRestored = await giveScaleBack(run, step, pool)
      // Somebody has begun a resize just before, or its nodes come from now on.
      pace.restart()
      if (!isRestored) return { look: viewOf(await heldPool(run, step, hold)) }
      if (isPatient) run.say(step.id, 'gets its former scale back')
      return { progress: { kind: 'restored' }, look: viewOf(isPatient ? await readPool(run, step) : pool) }
    }
  })
  if (done.isNothing === true) return NOTHING_TO_UNDO
  if (done.isRestored === true) poolKnown(run, step).isRestored = true
  return done.reason
}

/** @returns whether Batch took it */
async function giveScaleBack(run: Execution, step: StepOf<'restore-pool'>, pool: Pool): Promise<boolean> {
  const body = { properties: { scaleSettings: scaleSettingsOf(step.restorePoint.scale) } }
  const taken = await unlessBusy(patchPool(run, step, { pool, body, metadata: step.metadata }))
  return taken !== undefined
}

/** Its nodes stay, as they are. */
export async function releasePool(run: Execution, step: StepOf<'release-pool'>): Performed {
  return watch(run, async () => {
    const pool = await heldPool(run, step)
    return pool === undefined ? NOTHING_TO_UNDO : unlessBusy(release(run, step, pool))
  })
}

/** The lease alone: the scale stays, and so does a note of the former one, by which the next run goes on. */
async function release(run: Execution, step: StepOf<'restore-pool' | 'release-pool'>, pool: Pool): Performed {
  const isNoted = step.kind === 'release-pool' && poolKnown(run, step).hasFailedNodes === true
  const metadata = { ...released(NO_CHANGE), set: isNoted ? failedItem(pool) : [] }
  await patchPool(run, step, { pool, body: { properties: {} }, metadata })
  const how = step.kind === 'restore-pool' ? 'keeps its scale, and is released' : 'released'
  return hasRestorePoint(pool.metadata) ? `${how}; not all its nodes are back: run again to bring it back` : how
}

/**
 * Whether somebody has replaced all metadata of the pool, and so taken the lease off without a thought of it. Of a run that has
 * taken it over, and is done with it, the note stays.
 */
type Hold = { isWiped: boolean }

/**
 * The pool while it is the run’s own; a main step that still runs finds it taken over by the post step, and stops.
 * @param hold given where a pool that is nobody’s will do as well
 */
async function heldPool(run: Execution, address: PoolAddress, hold?: Hold): Promise<Pool | undefined> {
  const pool = await run.azure.batch.getPool(address.poolId, address.apiVersion)
  if (pool === undefined || pool.provisioningState === 'Deleting') return undefined
  const known = poolKnown(run, address)
  known.pool = pool
  const lease = leaseOf(pool.metadata)
  if (hold !== undefined && lease === undefined && (known.isHeld || hold.isWiped) && !hasRunNote(pool.metadata)) {
    hold.isWiped = true
    known.isHeld = false
    return pool
  }
  if (holdOn(run, lease) !== 'mine') return undefined
  // Whoever takes it off from now on does so for a reason.
  known.isHeld = true
  return isMainsOwn(run, lease) ? claim(run, address, pool) : pool
}

/** While Batch takes no change, it takes none of a main step’s either. */
async function claim(run: Execution, address: PoolAddress, pool: Pool): Promise<Pool> {
  try {
    return await patchPool(run, address, { pool, body: { properties: {} }, metadata: holding(NO_CHANGE, run.context) })
  } catch (error) {
    const refusal = error instanceof RunError ? error.cause : error
    if (refusal instanceof AzureError && refusal.status === 409) return pool
    throw error
  }
}
