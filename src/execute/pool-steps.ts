import { sameId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { Pool } from '../model/observed.ts'
import { isAtZero } from '../plan/pool-standing.ts'
import { describeTargets } from '../plan/wave-targets.ts'
import { describeError, nodesOf } from '../plan/wave.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { giveBack } from './empty-pool.ts'
import { createPool as create, isBusy, patchPool as patch, readPool, refuseChanged } from './pool-changes.ts'
import { refuseUnmade, takeStock } from './take-stock.ts'
import { utcSeconds } from '../shared/utc.ts'
import { watch } from './watch.ts'

/** What a formula may take beyond its interval until it was evaluated. */
const EVALUATION_SLACK_MS = 5 * 60_000

export async function createPool(run: Execution, step: StepOf<'create-pool'>): Performed {
  const pool = await create(run, step.poolId, step.body)
  await takeStock(run, step, pool)
  return `created; ${pool.allocationState}`
}

/** A formula’s own resizes, and anybody’s metadata, change nothing of what matters here. */
export async function patchPool(run: Execution, step: StepOf<'patch-pool'>): Performed {
  const pool = await readPool(run, step.poolId)
  refuseChanged(pool, step.found)
  return change(run, step, pool)
}

/** Whatever goes wrong here finds the pool at zero nodes: it gets its former scale back before the run fails. */
export async function changePoolImage(run: Execution, step: StepOf<'change-pool-image'>): Performed {
  const { found } = step
  try {
    const pool = await readPool(run, step.poolId)
    // At zero, as it was found or as this run has left it.
    refuseChanged(pool, isAtZero(pool) ? { ...found, scale: pool.scale } : found)
    return await change(run, step, pool)
  } catch (error) {
    const emptied = run.plan.steps.find(other => other.kind === 'empty-pool')
    if (emptied?.kind !== 'empty-pool' || run.signal.aborted) throw error
    const pool = await readPool(run, step.poolId)
    // With another image already in, its nodes are unproved: they only ever come in waves.
    if (isAtZero(pool) && sameId(pool.imageId ?? '', found.imageId ?? '')) await giveBack(run, emptied)
    throw error
  }
}

async function change(run: Execution, step: StepOf<'patch-pool' | 'change-pool-image'>, pool: Pool): Performed {
  const { body, metadata } = step
  const undone = await takeStock(run, step, await patch(run, pool, { body, metadata, holdMs: 0 }))
  return undone.length === 0 ? 'Batch took it' : `Batch took it, and left as it was: ${undone.join(', ')}`
}

/** The last PATCH; where it hands over to a formula, the formula's first evaluation is awaited. */
export async function finishPool(run: Execution, step: StepOf<'finish-pool'>): Performed {
  const before = await patchWhenSteady(run, step)
  const ended = await evaluated(run, step, before)
  refuseUnmade(run)
  return ended
}

async function evaluated(run: Execution, step: StepOf<'finish-pool'>, before: Pool): Performed {
  if (step.evaluationIntervalMs === undefined) return `let go, with ${describeTargets(nodesOf(before))}`
  const patience = step.evaluationIntervalMs + EVALUATION_SLACK_MS
  const until = run.clock.now() + patience
  run.say(step.id, `the formula’s first evaluation is awaited, until ${utcSeconds(until)} at the longest`)
  const seen = await watch(run, async () => {
    const pool = await readPool(run, step.poolId)
    if (hasEvaluatedSince(before, pool)) return pool
    if (run.clock.now() < until) return undefined
    throw new RunError(
      'autoscale-failed',
      `the formula was not evaluated within ${Math.round(patience / 60_000)} minutes`,
      'look at the pool’s autoScaleRun; the nodes stay as they are until then'
    )
  })
  if (seen.autoScaleRun?.error !== undefined) {
    throw new RunError(
      'autoscale-failed',
      `the formula could not be evaluated: ${describeError(seen.autoScaleRun.error)}`,
      'correct autoScale.formula in the pool spec; the nodes stay as they are until then'
    )
  }
  return `the formula rules; ${describeTargets(nodesOf(seen))} now`
}

/** Batch takes no other scale while it resizes; returns the pool as it was just before. */
function patchWhenSteady(run: Execution, step: StepOf<'finish-pool'>): Promise<Pool> {
  let isSaid = false
  return watch(run, async () => {
    const pool = await readPool(run, step.poolId)
    if (pool.allocationState !== 'Steady') {
      if (!isSaid) run.say(step.id, `the pool is ${pool.allocationState}; its last change waits until it is steady`)
      isSaid = true
      return undefined
    }
    try {
      await patch(run, pool, { body: step.body, metadata: step.metadata })
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
