/** The closed loops of a pool that is let go of: its last change, and the first evaluation of a formula that takes over. */
import type { Pool, ResizeError } from '../model/observed.ts'
import { remedyOf } from '../model/remedy.ts'
import { describeTargets, nodesOf } from '../rules/node-targets.ts'
import type { Done, Halt, Wait } from './decision.ts'
import { describeError } from './wave.ts'

/** What a formula may take beyond its interval until it was evaluated. */
const EVALUATION_SLACK_MS = 5 * 60_000
/** The first has no samples yet; the next ones have some of an interval each. */
const MOST_EVALUATIONS = 3

export type HandOverDecision = Wait | { kind: 'change'; reason: string } | Done

/**
 * Batch takes no other scale while it resizes.
 * @param isChanged whether Batch has taken the pool’s last change
 */
export function decideHandOver(pool: Pool, isChanged: boolean): HandOverDecision {
  const { allocationState: state } = pool
  if (isChanged) return { kind: 'done', reason: `released, with ${describeTargets(nodesOf(pool))}` }
  if (state === 'Steady') return { kind: 'change', reason: 'the pool is Steady; it gets its last change' }
  return { kind: 'wait', reason: `the pool is ${state}; its last change waits until it is steady` }
}

export type EvaluationProgress = {
  /** Azure’s time of the evaluation that was seen last; undefined where there was none. */
  evaluatedAt: string | undefined
  /** Evaluations that have failed. */
  failures: number
  /** When the next one began to be waited for: ms since the first look. */
  fromMs: number
}

export type EvaluationDecision =
  | Wait
  | Done
  | Halt
  /** It failed, with an error that passes. */
  | { kind: 'await-next'; progress: EvaluationProgress; reason: string }

/** Ms that an evaluation is waited for, of a formula that is evaluated every `intervalMs`. */
export const evaluationPatienceMs = (intervalMs: number): number => intervalMs + EVALUATION_SLACK_MS

/**
 * An error that passes is given some evaluations more. Azure’s times are only ever compared with Azure’s.
 * @param view `msSinceBegun`: since the first look
 */
export function decideEvaluation(
  { evaluationIntervalMs }: { evaluationIntervalMs: number },
  { pool, msSinceBegun }: { pool: Pool; msSinceBegun: number },
  { evaluatedAt, failures, fromMs }: EvaluationProgress
): EvaluationDecision {
  const { evaluationTime, error } = pool.autoScaleRun ?? {}
  if (evaluationTime !== undefined && evaluationTime !== evaluatedAt) {
    if (error === undefined) {
      return { kind: 'done', reason: `the formula rules; ${describeTargets(nodesOf(pool))} now` }
    }
    const progress = { evaluatedAt: evaluationTime, failures: failures + 1, fromMs: msSinceBegun }
    if (remedyOf(error) !== 'retry' || progress.failures >= MOST_EVALUATIONS) return notEvaluated(error)
    return { kind: 'await-next', progress, reason: `${describeError(error)}; the next evaluation is waited for` }
  }
  const patienceMs = evaluationPatienceMs(evaluationIntervalMs)
  if (msSinceBegun - fromMs < patienceMs) return { kind: 'wait', reason: 'the formula was not evaluated yet' }
  return {
    kind: 'halt',
    failure: 'autoscale-failed',
    reason: `the formula was not evaluated within ${Math.round(patienceMs / 60_000)} minutes`,
    wayOut: 'look at the pool’s autoScaleRun; the nodes stay as they are until then'
  }
}

function notEvaluated(error: ResizeError): Halt {
  return {
    kind: 'halt',
    failure: 'autoscale-failed',
    reason: `the formula could not be evaluated: ${describeError(error)}`,
    wayOut: `${evaluationWayOut(error)}; the nodes stay as they are until then`
  }
}

function evaluationWayOut(error: ResizeError): string {
  if (error.code.toLowerCase() === 'insufficientsampledata')
    return 'let autoScale.formula ask GetSamplePercent whether there are samples before it takes them'
  switch (remedyOf(error)) {
    case 'retry':
      return 'run again later'
    case 'wait-for-quota':
      return 'ask for more quota of the Batch account, or shrink another pool, then run again'
    case 'fix-input':
    case 'give-up':
      return 'correct autoScale.formula in the pool spec'
  }
}
