import { RunError } from '../model/failure.ts'
import type { Pool, ResizeError } from '../model/observed.ts'
import { remedyOf } from '../model/remedy.ts'
import { describeTargets, nodesOf } from '../rules/node-targets.ts'
import { describeError } from '../decide/wave.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { refuseUnexpected } from './expectations.ts'
import { refuseGoneImage } from './image-still-there.ts'
import { createPool as create, isBusy, patchPool as patch, readPool } from './pool-changes.ts'
import { takeStock } from './take-stock.ts'
import { utcSeconds } from '../shared/utc.ts'
import { watch } from './watch.ts'

/** What a formula may take beyond its interval until it was evaluated. */
const EVALUATION_SLACK_MS = 5 * 60_000
/** The first has no samples yet; the next ones have some of an interval each. */
const MOST_EVALUATIONS = 3

export async function createPool(run: Execution, step: StepOf<'create-pool'>): Performed {
  const pool = await create(run, step, step.body)
  await takeStock(run, step, pool)
  return `created; ${pool.allocationState}`
}

export async function patchPool(run: Execution, step: StepOf<'patch-pool'>): Performed {
  const pool = await readPool(run, step)
  await refuseUnexpected(run, step, pool)
  return change(run, step, pool)
}

export async function changePoolImage(run: Execution, step: StepOf<'change-pool-image'>): Performed {
  await refuseGoneImage(run, step.expects.newImageId)
  const pool = await readPool(run, step)
  await refuseUnexpected(run, step, pool)
  return change(run, step, pool)
}

async function change(run: Execution, step: StepOf<'patch-pool' | 'change-pool-image'>, pool: Pool): Performed {
  const { body, metadata } = step
  const undone = await takeStock(run, step, await patch(run, step, { pool, body, metadata }))
  return undone.length === 0 ? 'Batch took it' : `Batch took it, and left as it was: ${undone.join(', ')}`
}

/** The last PATCH; where it hands over to a formula, the formula's first evaluation is awaited. */
export async function finishPool(run: Execution, step: StepOf<'finish-pool'>): Performed {
  const before = await patchWhenSteady(run, step).catch((error: unknown) => {
    // A lease that is left costs later runs hours; what only lets go may be tried twice.
    if (step.housekeeping !== true || run.signal.aborted) throw error
    run.say(step.id, `${error instanceof Error ? error.message : String(error)}; tried once more`)
    return patchWhenSteady(run, step)
  })
  return evaluated(run, step, before)
}

async function evaluated(run: Execution, step: StepOf<'finish-pool'>, before: Pool): Performed {
  if (step.evaluationIntervalMs === undefined) return `released, with ${describeTargets(nodesOf(before))}`
  const seen = await firstEvaluation(run, step, before)
  return `the formula rules; ${describeTargets(nodesOf(seen))} now`
}

/** The pool once its formula was evaluated; an error that passes is given some evaluations more. */
async function firstEvaluation(run: Execution, step: StepOf<'finish-pool'>, before: Pool): Promise<Pool> {
  const patience = (step.evaluationIntervalMs ?? 0) + EVALUATION_SLACK_MS
  let last = before
  let failed = 0
  let until = run.clock.now() + patience
  run.say(step.id, `the formula’s first evaluation is awaited, until ${utcSeconds(until)} at the longest`)
  return watch(run, async () => {
    const pool = await readPool(run, step)
    if (hasEvaluatedSince(last, pool)) {
      const error = pool.autoScaleRun?.error
      if (error === undefined) return pool
      failed += 1
      if (remedyOf(error) !== 'retry' || failed >= MOST_EVALUATIONS) throw notEvaluated(error)
      run.say(step.id, `${describeError(error)}; the next evaluation is waited for`)
      last = pool
      until = run.clock.now() + patience
    }
    if (run.clock.now() < until) return undefined
    throw new RunError({
      reason: 'autoscale-failed',
      message: `the formula was not evaluated within ${Math.round(patience / 60_000)} minutes`,
      wayOut: 'look at the pool’s autoScaleRun; the nodes stay as they are until then'
    })
  })
}

function notEvaluated(error: ResizeError): RunError {
  return new RunError({
    reason: 'autoscale-failed',
    message: `the formula could not be evaluated: ${describeError(error)}`,
    wayOut: `${evaluationWayOut(error)}; the nodes stay as they are until then`
  })
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

/** Batch takes no other scale while it resizes; returns the pool as it was just before. */
function patchWhenSteady(run: Execution, step: StepOf<'finish-pool'>): Promise<Pool> {
  let isSaid = false
  return watch(run, async () => {
    const pool = await readPool(run, step)
    if (pool.allocationState !== 'Steady') {
      if (!isSaid) run.say(step.id, `the pool is ${pool.allocationState}; its last change waits until it is steady`)
      isSaid = true
      return undefined
    }
    try {
      await patch(run, step, { pool, body: step.body, metadata: step.metadata })
      return pool
    } catch (error) {
      if (isBusy(error)) return undefined
      throw error
    }
  })
}

/** Azure's times are only ever compared with Azure's. */
function hasEvaluatedSince(before: Pool, now: Pool): boolean {
  const time = now.autoScaleRun?.evaluationTime
  return time !== undefined && time !== before.autoScaleRun?.evaluationTime
}
