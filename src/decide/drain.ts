/** The closed loop of a pool that is emptied: one look in, one decision out. */
import type { Pool } from '../model/observed.ts'
import type { DrainPoolStep } from '../model/plan.ts'
import { describeTargets, nodesOf, totalOf } from '../rules/node-targets.ts'

/** Batch takes no shorter resize timeout (ARM Batch contract, `resizeTimeout`). */
const SHORTEST_RESIZE_TIMEOUT_MS = 5 * 60_000
/**
 * Batch may show the pool as it was for a moment; and whether the same targets with another timeout begin a resize isn't known.
 * Where they don't, nothing comes of asking sooner.
 */
const LEAST_BETWEEN_MS = 5 * 60_000

export type DrainDecision = { reason: string } & (
  | { kind: 'empty'; resizeTimeoutMs: number }
  | { kind: 'wait' }
  | { kind: 'done' }
  /** Time is up: the pool gets its former size back. */
  | { kind: 'revert' }
  /** Nothing was asked for yet, and nothing must be: the pool could not be back before the run’s deadline. */
  | { kind: 'too-late' }
  /** Somebody else has asked for another scale since, or has stopped the resize. */
  | { kind: 'overruled' }
)

type DrainView = { msSinceAsked: number | undefined; remainingMs: number; formerStartTime?: string | undefined }

/**
 * @param view `msSinceAsked`: since this run has asked for zero nodes, undefined where it hasn't yet; `remainingMs`: what is left
 * of drain-timeout; `formerStartTime`: of the resize before the one that it has asked for
 */
export function decideDrain(
  step: DrainPoolStep,
  pool: Pool,
  { msSinceAsked, remainingMs, formerStartTime }: DrainView
): DrainDecision {
  const asked = msSinceAsked !== undefined
  const has = nodesOf(pool)
  const left = `${describeTargets(has)} left`
  if (pool.allocationState !== 'Steady') return { kind: 'wait', reason: `${left}; the pool is ${pool.allocationState}` }
  const heldAtZero =
    pool.scale.kind === 'fixed' && pool.scale.targetDedicatedNodes + pool.scale.targetLowPriorityNodes === 0
  if (totalOf(has) === 0 && heldAtZero && asked) return { kind: 'done', reason: 'no nodes left' }
  // A pool goes on to show the errors of its last resize: those of an earlier one are nobody’s answer to this run.
  const isOwn = pool.resize?.startTime !== formerStartTime
  const isStopped = isOwn && pool.resize?.errors.some(({ code }) => code === 'ResizeStopped') === true
  if (asked && (!heldAtZero || isStopped)) {
    return {
      kind: 'overruled',
      reason: `${left}, and somebody else has ${heldAtZero ? 'stopped the drain' : 'given the pool another scale'}`
    }
  }
  const enough = remainingMs >= SHORTEST_RESIZE_TIMEOUT_MS
  if (!asked && !enough) {
    return {
      kind: 'too-late',
      reason: `${left}; too little time is left to drain the pool and bring it back before the deadline`
    }
  }
  if (asked && enough && msSinceAsked < LEAST_BETWEEN_MS) {
    return { kind: 'wait', reason: `${left}; they are asked to go again 5 minutes after the last time` }
  }
  if (!asked || (totalOf(has) > 0 && enough)) {
    const resizeTimeoutMs = Math.max(remainingMs, SHORTEST_RESIZE_TIMEOUT_MS)
    return { kind: 'empty', resizeTimeoutMs, reason: `${left}; to zero by ${step.drain}` }
  }
  return { kind: 'revert', reason: `${left}, and the drain-timeout is up` }
}
