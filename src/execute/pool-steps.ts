import { RunError } from '../model/failure.ts'
import type { Pool } from '../model/observed.ts'
import { describeTargets } from '../plan/wave-targets.ts'
import { describeError, nodesOf } from '../plan/wave.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { giveBack, isAtZero } from './empty-pool.ts'
import { createPool as create, isBusy, patchPool as patch, readPool } from './pool-changes.ts'
import { watch } from './watch.ts'

/** What a formula may take beyond its interval until it was evaluated. */
const EVALUATION_SLACK_MS = 5 * 60_000

export async function createPool(run: Execution, step: StepOf<'create-pool'>): Performed {
  const pool = await create(run, step.poolId, step.body)
  return `created; ${pool.allocationState}`
}

/** A formula’s own resizes may change the ETag; what somebody else changed on a pool of fixed scale stops the run. */
export async function patchPool(run: Execution, step: StepOf<'patch-pool'>): Performed {
  const pool = await readPool(run, step.poolId)
  const etag = pool.scale.kind === 'auto' ? pool.etag : step.ifMatch
  await patch(run, { ...pool, etag }, { body: step.body, holdMs: 0 })
  return 'changed'
}

/** Whatever goes wrong here finds the pool at zero nodes: it gets its former scale back before the run fails. */
export async function changePoolImage(run: Execution, step: StepOf<'change-pool-image'>): Performed {
  try {
    await patch(run, await readPool(run, step.poolId), { body: step.body, holdMs: 0 })
    return 'Batch took it'
  } catch (error) {
    const emptied = run.plan.steps.find(other => other.kind === 'empty-pool')
    if (emptied?.kind === 'empty-pool' && !run.signal.aborted && isAtZero(await readPool(run, step.poolId))) {
      await giveBack(run, emptied)
    }
    throw error
  }
}

/** The last PATCH; where it hands over to a formula, the formula's first evaluation is awaited. */
export async function finishPool(run: Execution, step: StepOf<'finish-pool'>): Performed {
  const before = await patchWhenSteady(run, step)
  if (step.evaluationIntervalMs === undefined) return `let go, with ${describeTargets(nodesOf(before))}`
  const patience = step.evaluationIntervalMs + EVALUATION_SLACK_MS
  const until = run.clock.now() + patience
  const evaluated = await watch(run, async () => {
    const pool = await readPool(run, step.poolId)
    if (hasEvaluatedSince(before, pool)) return pool
    if (run.clock.now() < until) return undefined
    throw new RunError(
      'autoscale-failed',
      `the formula was not evaluated within ${Math.round(patience / 60_000)} minutes`,
      'look at the pool’s autoScaleRun; the nodes stay as they are until then'
    )
  })
  if (evaluated.autoScaleRun?.error !== undefined) {
    throw new RunError(
      'autoscale-failed',
      `the formula could not be evaluated: ${describeError(evaluated.autoScaleRun.error)}`,
      'correct autoScale.formula in the pool spec; the nodes stay as they are until then'
    )
  }
  return `the formula rules; ${describeTargets(nodesOf(evaluated))} now`
}

/** Batch takes no other scale while it resizes; returns the pool as it was just before. */
function patchWhenSteady(run: Execution, step: StepOf<'finish-pool'>): Promise<Pool> {
  return watch(run, async () => {
    const pool = await readPool(run, step.poolId)
    if (pool.allocationState !== 'Steady') return undefined
    try {
      await patch(run, pool, { body: step.body })
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
