/**
 * The closed loop of a pool that grows: one look at the pool in, one decision out. No clock, no network; the driver in
 * `execute/` counts nothing, so a run that was killed goes on from `undefined` with the pool as it is.
 */
import type { Pool, ResizeError } from '../model/observed.ts'
import type { ScalePoolStep, NodeTargets } from '../model/plan.ts'
import { resizeMeaning } from '../model/remedy.ts'
import { MORE_CAPACITY } from '../model/resize-errors.ts'
import { cut } from '../shared/plain-text.ts'
import { ask } from './ask-nodes.ts'
import {
  describeProgress,
  describeTargets,
  firstTargets,
  isShort,
  nodesOf,
  sameTargets,
  targetsOf,
  totalOf
} from '../rules/node-targets.ts'
import { overruledBy } from './overruled.ts'
import { judge } from './wave-verdict.ts'
import type { WaveDecision, WaveProgress, WaveView } from './wave-progress.ts'

export type { WaveDecision, WaveProgress, WaveView } from './wave-progress.ts'

/** What a region refuses at once is worth another try "after a few minutes" ("Azure Batch pool resizing failure", 2024-02-19). */
const LEAST_BETWEEN_ATTEMPTS_MS = 5 * 60_000

export function decideWave(step: ScalePoolStep, view: WaveView, progress: WaveProgress | undefined): WaveDecision {
  const { pool } = view
  const has = nodesOf(pool)
  const where = describeProgress(has, step.goal)
  if (pool.allocationState !== 'Steady')
    return { kind: 'wait', reason: `${where}; the pool is ${pool.allocationState}` }
  if (progress === undefined) return begin(step, view, where)
  // What a removal makes of the targets is Batch's own; the request that follows is under the pool's ETag.
  const overruled = progress.isReplacing === true ? undefined : overruledBy(pool, progress.found ?? progress.target)
  if (overruled !== undefined) return overruled
  if (progress.then !== undefined) {
    return ask(pool, progress.then, `${where}; now to ${describeTargets(progress.then)}`, progress)
  }
  return sameTargets(has, progress.target) ? judge(step, view, progress, where) : again(step, view, progress, where)
}

/**
 * This run has asked for nothing yet: errors that the pool still shows are of some earlier resize. Nodes that are there have
 * the image too, and are judged before any more are bought.
 */
function begin(step: ScalePoolStep, view: WaveView, where: string): WaveDecision {
  const { pool } = view
  const has = nodesOf(pool)
  if (totalOf(has) === 0 && totalOf(step.goal) > 0) {
    const target = firstTargets(step.goal, step.canaryNodes, step.waveSize)
    return ask(pool, target, `${where}; first wave to ${describeTargets(target)}`)
  }
  if (!isShort(has, step.goal) && isShort(step.goal, has)) {
    return ask(pool, step.goal, `${where}; the pool gets smaller`)
  }
  const asked = pool.scale.kind === 'fixed' && sameTargets(targetsOf(pool.scale), has)
  if (sameTargets(has, step.goal) && !asked) return ask(pool, step.goal, `${where}; to be held as a fixed scale`)
  const found = pool.scale.kind === 'fixed' ? { found: targetsOf(pool.scale) } : {}
  return judge(step, view, { target: has, attempt: 1, had: has, ...found }, where)
}

/** The resize has ended elsewhere than at its target. Only errors of this run's own resize count: stale ones stay for months. */
function again(
  step: ScalePoolStep,
  { pool, msSinceAsked }: WaveView,
  progress: WaveProgress,
  where: string
): WaveDecision {
  const errors = isOwnResize(pool, progress) ? (pool.resize?.errors ?? []) : []
  const cause = errors.map(error => error.code).join(', ') || 'no resize error'
  const stopping = errors
    .map(error => ({ error, meaning: resizeMeaning(error) }))
    .find(({ meaning }) => meaning.remedy !== 'retry')
  if (stopping !== undefined) {
    const { reason: failure, repetition, wayOut } = stopping.meaning
    return { kind: 'halt', failure, repetition, wayOut, reason: `${where}; ${describeError(stopping.error)}` }
  }
  const has = nodesOf(pool)
  const gained = distance(has, progress.target) < distance(progress.had, progress.target)
  if (!gained && progress.attempt >= step.resizeAttempts) {
    return {
      kind: 'halt',
      failure: 'allocation-failed',
      reason: `${where}; ${cause} after ${progress.attempt} ${progress.attempt === 1 ? 'attempt' : 'attempts'} without progress`,
      repetition: 'helps',
      wayOut: MORE_CAPACITY
    }
  }
  if (!gained && msSinceAsked < LEAST_BETWEEN_ATTEMPTS_MS) {
    const minutes = LEAST_BETWEEN_ATTEMPTS_MS / 60_000
    return { kind: 'wait', reason: `${where}; ${cause}: asked for again ${minutes} minutes after the last attempt` }
  }
  const attempt = gained ? 1 : progress.attempt + 1
  const which = gained ? 'again, as it came nearer' : `attempt ${attempt} of ${step.resizeAttempts}`
  return ask(pool, progress.target, `${where}; ${which}, at ${describeTargets(progress.target)} after ${cause}`, {
    ...progress,
    attempt
  })
}

function distance(a: NodeTargets, b: NodeTargets): number {
  return Math.abs(a.dedicated - b.dedicated) + Math.abs(a.lowPriority - b.lowPriority)
}

/** By time and targets: somebody else's resize can come after this run's. */
function isOwnResize({ resize }: Pool, { formerStartTime, target }: WaveProgress): boolean {
  if (resize?.startTime === undefined || resize.startTime === formerStartTime) return false
  return (
    (resize.targetDedicatedNodes ?? target.dedicated) === target.dedicated &&
    (resize.targetLowPriorityNodes ?? target.lowPriority) === target.lowPriority
  )
}

/** What Batch relays of another service may be long. */
const LONGEST_DETAIL = 2_000

export function describeError(error: ResizeError): string {
  const details = error.details.map(({ code, message }) => `${code}: ${cut(message, LONGEST_DETAIL)}`)
  return cut([`${error.code}: ${error.message}`, ...details].join('; '), 2 * LONGEST_DETAIL)
}
