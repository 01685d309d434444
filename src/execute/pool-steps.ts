import {
  decideEvaluation,
  decideHandOver,
  evaluationPatienceMs,
  type EvaluationDecision,
  type EvaluationProgress,
  type HandOverDecision
} from '../decide/hand-over.ts'
import type { Pool } from '../model/observed.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { refuseUnexpected } from './expectations.ts'
import { refuseGoneImage } from './image-still-there.ts'
import { drive, SILENT } from './loop.ts'
import type { PoolChange } from './pool-body.ts'
import { createPool as create, patchPool as patch, readPool, unlessBusy } from './pool-changes.ts'
import { wholeOf } from '../rules/pool-body.ts'
import { takeStock } from './take-stock.ts'
import { utcSeconds } from '../shared/utc.ts'

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
  const known = poolKnown(run, step)
  if (step.restores === undefined) known.former ??= pool
  const how = await change(run, step, pool)
  // Nodes that failed with another image say nothing of this one.
  delete known.hasFailedNodes
  return how
}

async function change(run: Execution, step: StepOf<'patch-pool' | 'change-pool-image'>, pool: Pool): Performed {
  const written = writtenBy(run, step)
  const { id, poolId, accountEndpoint, apiVersion } = step
  const answered = await patch(run, step, { pool, ...written })
  const undone = await takeStock(run, { id, poolId, accountEndpoint, apiVersion, body: written.body }, answered)
  return undone.length === 0 ? 'Batch took it' : `Batch took it, and left as it was: ${undone.join(', ')}`
}

/** What is restored is put in here: the plan has only its names. */
function writtenBy(
  run: Execution,
  step: StepOf<'patch-pool' | 'change-pool-image'>
): Pick<PoolChange, 'body' | 'metadata' | 'isWhole'> {
  const { body, metadata, restores } = step
  if (restores === undefined) return { body, metadata }
  const { former } = poolKnown(run, step)
  if (former === undefined) throw new Error('internal error: nothing is known of the pool before its change')
  const items = former.metadata.filter(({ name }) => restores.metadata.includes(name))
  return {
    body: { ...body, properties: wholeOf(restores.properties, former) },
    metadata: { ...metadata, set: [...items, ...metadata.set] },
    isWhole: true
  }
}

/** The last PATCH; where it hands over to a formula, the formula's first evaluation is awaited. */
export async function finishPool(run: Execution, step: StepOf<'finish-pool'>): Performed {
  const { look: before, done } = await patchWhenSteady(run, step).catch((error: unknown) => {
    // A lease that is left costs later runs hours; what only lets go may be tried twice.
    if (step.housekeeping !== true || run.signal.aborted) throw error
    run.say(step.id, `${error instanceof Error ? error.message : String(error)}; tried once more`)
    return patchWhenSteady(run, step)
  })
  const { evaluationIntervalMs } = step
  return evaluationIntervalMs === undefined ? done.reason : evaluated(run, { ...step, evaluationIntervalMs }, before)
}

/** Until Batch takes it; the pool is looked at just before. */
function patchWhenSteady(run: Execution, step: StepOf<'finish-pool'>) {
  let isSaid = false
  return drive<Pool, boolean, HandOverDecision>(run, {
    progress: false,
    look: () => readPool(run, step),
    decide: decideHandOver,
    tell: reason => {
      if (!isSaid) run.say(step.id, reason)
      isSaid = true
    },
    act: async ({ kind }, { look: pool }) => {
      if (kind === 'wait') return undefined
      const { body, metadata } = step
      const taken = await unlessBusy(patch(run, step, { pool, body, metadata }))
      return taken === undefined ? undefined : { progress: true, look: pool }
    }
  })
}

type Evaluated = StepOf<'finish-pool'> & { evaluationIntervalMs: number }

async function evaluated(run: Execution, step: Evaluated, before: Pool): Performed {
  const until = run.clock.now() + evaluationPatienceMs(step.evaluationIntervalMs)
  run.say(step.id, `the formula’s first evaluation is awaited, until ${utcSeconds(until)} at the longest`)
  const { done } = await drive<{ pool: Pool; msSinceBegun: number }, EvaluationProgress, EvaluationDecision>(run, {
    progress: { evaluatedAt: before.autoScaleRun?.evaluationTime, failures: 0, fromMs: 0 },
    look: async ({ sinceMs }) => {
      const pool = await readPool(run, step)
      return { pool, msSinceBegun: sinceMs() }
    },
    decide: (view, progress) => decideEvaluation(step, view, progress),
    tell: SILENT,
    act: async decision => {
      if (decision.kind === 'wait') return undefined
      run.say(step.id, decision.reason)
      return { progress: decision.progress }
    }
  })
  return done.reason
}
