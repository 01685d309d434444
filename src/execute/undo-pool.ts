/**
 * Undoes what is half-done on a pool, by the run itself or by its post step: only ever while it is the run’s own. A performer that
 * finds nothing to undo returns an empty line.
 */
import { AzureError } from '../azure/errors.ts'
import { sameId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { Pool, Scale } from '../model/observed.ts'
import type { PoolAddress } from '../model/plan.ts'
import { holding, leaseOf } from '../rules/lease.ts'
import { failedItem, hasRestorePoint, hasRunNote, NO_CHANGE, released } from '../rules/pool-metadata.ts'
import { isAtZero } from '../rules/pool-standing.ts'
import { scaleSettingsOf } from '../rules/scale-body.ts'
import { describeTargets, nodesOf, sameTargets, targetsOf } from '../rules/node-targets.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { holdOn, isMainsOwn } from './hold.ts'
import { isBusy, patchPool, readPool, stopResize } from './pool-changes.ts'
import { watch } from './watch.ts'

export const NOTHING_TO_UNDO = ''

export async function stopPoolResize(run: Execution, step: StepOf<'stop-resize'>): Performed {
  const pool = await heldPool(run, step)
  if (pool?.allocationState !== 'Resizing') return NOTHING_TO_UNDO
  return `the resize is stopped, at ${describeTargets(nodesOf(await stopResize(run, step)))}`
}

/** Batch takes no scale while it resizes, and somebody may begin a resize just before. */
export async function restorePool(run: Execution, step: StepOf<'restore-pool'>): Performed {
  for (;;) {
    const pool = await steadyPool(run, step)
    if (pool === undefined) return NOTHING_TO_UNDO
    if (!isOnlyEmptied(pool, step)) {
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

/** With another image already in, its nodes are not proved: they only ever come in waves. */
function isOnlyEmptied(pool: Pool, { restorePoint }: StepOf<'restore-pool'>): boolean {
  return isAtZero(pool) && sameId(pool.imageId ?? '', restorePoint.imageId ?? '')
}

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
async function steadyPool(run: Execution, step: StepOf<'restore-pool'>): Promise<Pool | undefined> {
  const found = await watch(run, async () => {
    const pool = await heldPool(run, step, { orNobodys: true })
    if (pool === undefined || pool.allocationState === 'Steady') return { pool }
    if (pool.allocationState === 'Resizing') await stopResize(run, step)
    return undefined
  })
  return found.pool
}

/**
 * The pool while it is the run’s own; a main step that still runs finds it taken over by the post step, and stops.
 * @param orNobodys also where somebody has replaced all its metadata, and so taken the lease off without a thought of it: of a
 * run that has taken it over, and is done with it, the note stays
 */
async function heldPool(
  run: Execution,
  address: PoolAddress,
  { orNobodys = false }: { orNobodys?: boolean } = {}
): Promise<Pool | undefined> {
  const pool = await run.azure.batch.getPool(address.poolId, address.apiVersion)
  if (pool === undefined || pool.provisioningState === 'Deleting') return undefined
  const known = poolKnown(run, address)
  known.pool = pool
  const lease = leaseOf(pool.metadata)
  if (lease === undefined && known.isHeld && orNobodys && !hasRunNote(pool.metadata)) {
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

/** Undefined where Batch is busy with the pool. */
async function unlessBusy(change: Performed): Promise<string | undefined> {
  try {
    return await change
  } catch (error) {
    if (isBusy(error)) return undefined
    throw error
  }
}
