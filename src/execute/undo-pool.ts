/**
 * Undoes what is half-done on a pool, by the run itself or by its post step: only ever while it is the run’s own. A performer that
 * finds nothing to undo returns an empty line.
 */
import { AzureError } from '../azure/errors.ts'
import { sameId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { Pool, Scale } from '../model/observed.ts'
import type { NodeTargets, PoolAddress } from '../model/plan.ts'
import { holding, leaseOf } from '../rules/lease.ts'
import {
  failedItem,
  hasRestorePoint,
  hasRunNote,
  NO_CHANGE,
  released,
  restorePointImageId
} from '../rules/pool-metadata.ts'
import { isAtZero } from '../rules/pool-standing.ts'
import { scaleSettingsOf } from '../rules/scale-body.ts'
import { describeTargets, nodesOf, sameTargets, targetsOf } from '../rules/node-targets.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { holdOn, isMainsOwn } from './hold.ts'
import { patchPool, readPool, stopResize, unlessBusy } from './pool-changes.ts'
import { watch } from './watch.ts'

export const NOTHING_TO_UNDO = ''

export async function stopPoolResize(run: Execution, step: StepOf<'stop-resize'>): Performed {
  const pool = await heldPool(run, step)
  if (pool?.allocationState !== 'Resizing') return NOTHING_TO_UNDO
  return `the resize is stopped, at ${describeTargets(nodesOf(await stopResize(run, step)))}`
}

/** Batch takes no scale while it resizes, and somebody may begin a resize just before. */
export async function restorePool(run: Execution, step: StepOf<'restore-pool'>): Performed {
  const hold: Hold = { isWiped: false }
  for (;;) {
    const pool = await steadyPool(run, step, hold)
    if (pool === undefined) return NOTHING_TO_UNDO
    if (!isOnlyEmptied(run, step, pool)) {
      return leaseOf(pool.metadata) === undefined ? NOTHING_TO_UNDO : release(run, step, pool)
    }
    const body = { properties: { scaleSettings: scaleSettingsOf(step.restorePoint.scale) } }
    const restored = await unlessBusy(
      patchPool(run, step, { pool, body, metadata: step.metadata }).then(() => 'restored')
    )
    if (restored !== undefined) return seenBack(run, step)
  }
}

/** Its nodes stay, as they are. */
export async function releasePool(run: Execution, step: StepOf<'release-pool'>): Performed {
  return watch(run, async () => {
    const pool = await heldPool(run, step)
    return pool === undefined ? NOTHING_TO_UNDO : unlessBusy(release(run, step, pool))
  })
}

/**
 * With another image already in, or other content under its id, its nodes are not proved: they only ever come in waves. Then the note
 * isn’t that of the drain any more.
 */
function isOnlyEmptied(run: Execution, step: StepOf<'restore-pool'>, pool: Pool): boolean {
  const { restorePoint, notedImageId } = step
  const { onTheWay } = poolKnown(run, step)
  const isDrained = isAtZero(pool) || (onTheWay !== undefined && isScaledTo(pool, onTheWay))
  const isOfDrain =
    !hasRestorePoint(pool.metadata) || sameId(restorePointImageId(pool.metadata) ?? '', notedImageId ?? '')
  return isDrained && isOfDrain && sameId(pool.imageId ?? '', restorePoint.imageId ?? '')
}

const isScaledTo = ({ scale }: Pool, targets: NodeTargets): boolean =>
  scale.kind === 'fixed' && sameTargets(targetsOf(scale), targets)

/** The lease alone: the scale stays, and so does a note of the former one, by which the next run goes on. */
async function release(run: Execution, step: StepOf<'restore-pool' | 'release-pool'>, pool: Pool): Performed {
  const isNoted = step.kind === 'release-pool' && poolKnown(run, step).hasFailedNodes === true
  const metadata = { ...released(NO_CHANGE), set: isNoted ? failedItem(pool) : [] }
  await patchPool(run, step, { pool, body: { properties: {} }, metadata })
  const how = step.kind === 'restore-pool' ? 'keeps its scale, and is released' : 'released'
  return hasRestorePoint(pool.metadata) ? `${how}; not all its nodes are back: run again to bring it back` : how
}

async function seenBack(run: Execution, step: StepOf<'restore-pool'>): Performed {
  if (run.undoing?.isPatient !== true) return 'got its former scale back, and kept its image; it grows from here'
  run.say(step.id, 'gets its former scale back')
  const pool = await watch(run, async () => {
    const seen = await readPool(run, step)
    return seen.allocationState === 'Steady' ? seen : undefined
  })
  if (hasAll(pool, step.restorePoint.scale)) poolKnown(run, step).isRestored = true
  return `got its former scale back, kept its image, and has ${describeTargets(nodesOf(pool))}`
}

/** How many a formula asks for is its own affair. */
function hasAll(pool: Pool, scale: Scale): boolean {
  return scale.kind === 'auto' || sameTargets(nodesOf(pool), targetsOf(scale))
}

/** What is under way is stopped first. Undefined where the pool isn’t the run’s any more. */
async function steadyPool(run: Execution, step: StepOf<'restore-pool'>, hold: Hold): Promise<Pool | undefined> {
  const found = await watch(run, async () => {
    const pool = await heldPool(run, step, hold)
    if (pool === undefined || pool.allocationState === 'Steady') return { pool }
    if (pool.allocationState === 'Resizing') await stopResize(run, step)
    return undefined
  })
  return found.pool
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
