/** The closed loop of a pool that was emptied and gets its former scale back: one look in, one decision out. */
import { sameId } from '../model/arm-id.ts'
import type { Pool, Scale } from '../model/observed.ts'
import type { NodeTargets, RestorePoolStep } from '../model/plan.ts'
import { leaseOf } from '../rules/lease.ts'
import { describeTargets, nodesOf, sameTargets, targetsOf } from '../rules/node-targets.ts'
import { hasRestorePoint, restorePointImageId } from '../rules/pool-metadata.ts'
import { isAtZero } from '../rules/pool-standing.ts'
import type { Done, Wait } from './decision.ts'

export type RestoreView = {
  /** Undefined where it is not the run’s any more, or gone. */
  pool: Pool | undefined
  /** What the drain asked for last on its way to zero nodes. */
  onTheWay?: NodeTargets | undefined
  /** Whether there is time to see its nodes come back. */
  isPatient: boolean
}

/** Undefined while nothing was written. `released`: how, for the report. */
export type RestoreProgress = { kind: 'restored' } | { kind: 'released'; how: string } | undefined

export type RestoreDecision =
  | Wait
  | { kind: 'stop-resize' | 'restore' | 'release'; reason: string }
  /** `isNothing`: nothing is left to be done on it; `isRestored`: it was seen with all its nodes. */
  | (Done & { isNothing?: true; isRestored?: true })

/** Batch takes no scale while it resizes: what is under way is stopped first. */
export function decideRestore(step: RestorePoolStep, view: RestoreView, progress: RestoreProgress): RestoreDecision {
  const { pool } = view
  if (progress?.kind === 'released') return { kind: 'done', reason: progress.how }
  if (pool === undefined) return { kind: 'done', reason: 'the pool is not this run’s any more', isNothing: true }
  if (progress?.kind === 'restored') return decideSeenBack(step, pool, view)
  if (pool.allocationState !== 'Steady') {
    const kind = pool.allocationState === 'Resizing' ? 'stop-resize' : 'wait'
    return { kind, reason: `the pool is ${pool.allocationState}` }
  }
  if (isOnlyEmptied(step, pool, view)) return { kind: 'restore', reason: 'the pool was emptied, and kept its image' }
  return leaseOf(pool.metadata) === undefined
    ? { kind: 'done', reason: 'the pool was not emptied, or has another image, and nobody holds it', isNothing: true }
    : { kind: 'release', reason: 'the pool was not emptied, or has another image' }
}

function decideSeenBack({ restorePoint }: RestorePoolStep, pool: Pool, { isPatient }: RestoreView): RestoreDecision {
  if (!isPatient) {
    return { kind: 'done', reason: 'got its former scale back, and kept its image; it grows from here' }
  }
  const has = describeTargets(nodesOf(pool))
  if (pool.allocationState !== 'Steady') return { kind: 'wait', reason: `${has}; the pool is ${pool.allocationState}` }
  return {
    kind: 'done',
    reason: `got its former scale back, kept its image, and has ${has}`,
    ...(hasAll(pool, restorePoint.scale) ? { isRestored: true } : {})
  }
}

/**
 * With another image already in, or other content under its id, its nodes are not proved: they only ever come in waves. Then the note
 * isn’t that of the drain any more.
 */
function isOnlyEmptied(
  { restorePoint, notedImageId }: RestorePoolStep,
  pool: Pool,
  { onTheWay }: RestoreView
): boolean {
  const isDrained = isAtZero(pool) || (onTheWay !== undefined && isScaledTo(pool, onTheWay))
  const isOfDrain =
    !hasRestorePoint(pool.metadata) || sameId(restorePointImageId(pool.metadata) ?? '', notedImageId ?? '')
  return isDrained && isOfDrain && sameId(pool.imageId ?? '', restorePoint.imageId ?? '')
}

const isScaledTo = ({ scale }: Pool, targets: NodeTargets): boolean =>
  scale.kind === 'fixed' && sameTargets(targetsOf(scale), targets)

/** How many a formula asks for is its own affair. */
function hasAll(pool: Pool, scale: Scale): boolean {
  return scale.kind === 'auto' || sameTargets(nodesOf(pool), targetsOf(scale))
}
