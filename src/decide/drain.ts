/** The closed loop of a pool that is emptied: one look in, one decision out. */
import type { Pool } from '../model/observed.ts'
import type { DrainPoolStep } from '../model/plan.ts'
import { describeTargets, nodesOf, totalOf } from '../rules/node-targets.ts'
import { isAtZero } from '../rules/pool-standing.ts'
import type { Done, Halt, Wait } from './decision.ts'

/** Batch takes no shorter resize timeout (ARM Batch contract, `resizeTimeout`). */
const SHORTEST_RESIZE_TIMEOUT_MS = 5 * 60_000
/**
 * Batch may show the pool as it was for a moment; and whether the same targets with another timeout begin a resize isn't known.
 * Where they don't, nothing comes of asking sooner.
 */
const LEAST_BETWEEN_MS = 5 * 60_000

export type DrainView = {
  pool: Pool
  /** Since this run has asked for zero nodes last; since the first look where it hasn't. */
  msSinceAsked: number
  /** What is left of drain-timeout. */
  remainingMs: number
}

/** Undefined before this run has asked for zero nodes. `formerStartTime`: of the resize before the one that it has asked for. */
export type DrainProgress = { formerStartTime: string | undefined } | undefined

export type DrainDecision =
  { kind: 'empty'; resizeTimeoutMs: number; progress: NonNullable<DrainProgress>; reason: string } | Wait | Done | Halt

export function decideDrain(
  step: DrainPoolStep,
  { pool, msSinceAsked, remainingMs }: DrainView,
  progress: DrainProgress
): DrainDecision {
  const asked = progress !== undefined
  const has = nodesOf(pool)
  const left = `${describeTargets(has)} left`
  if (pool.allocationState !== 'Steady') return { kind: 'wait', reason: `${left}; the pool is ${pool.allocationState}` }
  const heldAtZero = isAtZero(pool)
  if (totalOf(has) === 0 && heldAtZero && asked) return { kind: 'done', reason: 'no nodes left' }
  // A pool goes on to show the errors of its last resize: those of an earlier one are nobody’s answer to this run.
  const isOwn = pool.resize?.startTime !== progress?.formerStartTime
  const isStopped = isOwn && pool.resize?.errors.some(({ code }) => code === 'ResizeStopped') === true
  if (asked && (!heldAtZero || isStopped)) {
    return {
      kind: 'halt',
      failure: 'pool-changed',
      reason: `${left}, and somebody else has ${heldAtZero ? 'stopped the drain' : 'given the pool another scale'}`,
      wayOut: 'find out who changes the pool, then run again'
    }
  }
  const enough = remainingMs >= SHORTEST_RESIZE_TIMEOUT_MS
  if (!asked && !enough) {
    return {
      kind: 'halt',
      failure: 'deadline-exceeded',
      reason: `${left}; too little time is left to drain the pool and bring it back before the deadline`,
      wayOut: 'give the run longer (deadline); the pool is as it was'
    }
  }
  if (asked && enough && msSinceAsked < LEAST_BETWEEN_MS) {
    return { kind: 'wait', reason: `${left}; they are asked to go again 5 minutes after the last time` }
  }
  if (!asked || enough) {
    const resizeTimeoutMs = Math.max(remainingMs, SHORTEST_RESIZE_TIMEOUT_MS)
    const formerStartTime = pool.resize?.startTime
    return {
      kind: 'empty',
      resizeTimeoutMs,
      progress: { formerStartTime },
      reason: `${left}; to zero by ${step.drain}`
    }
  }
  return {
    kind: 'halt',
    failure: 'drain-timeout',
    reason: `${left}, and the drain-timeout is up`,
    wayOut: 'give the tasks longer (drain-timeout, within the deadline), or drain: requeue'
  }
}
