import { AzureError } from '../azure/errors.ts'
import { RunError } from '../model/failure.ts'
import type { Pool } from '../model/observed.ts'
import type { EmptyPoolStep } from '../model/plan.ts'
import { decideDrain } from '../plan/drain.ts'
import { fixedScale } from '../plan/pool.ts'
import { describeTargets } from '../plan/wave-targets.ts'
import { describeError, nodesOf } from '../plan/wave.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { createPool as create, patchPool as patch, readPool } from './pool-changes.ts'
import { formerScaleSettings, deallocationOption } from './scale-body.ts'
import { watch } from './watch.ts'

export async function createPool(run: Execution, step: StepOf<'create-pool'>): Performed {
  const pool = await create(run, step.poolId, step.body)
  return `created; ${pool.allocationState}`
}

export async function patchPool(run: Execution, step: StepOf<'patch-pool'>): Performed {
  await patch(run, step.poolId, step)
  return 'changed'
}

/** To zero nodes, or back to what it was: a pool is not left half-empty because its drain took too long. */
export async function emptyPool(run: Execution, step: StepOf<'empty-pool'>): Performed {
  const until = run.clock.now() + step.drainTimeoutMs
  let asked = false
  let said = ''
  const ended = await watch(run, async restart => {
    const pool = await readPool(run, step.poolId)
    const decision = decideDrain(step, pool, { asked, remainingMs: until - run.clock.now() })
    if (decision.reason !== said && decision.kind !== 'done') run.say(step.id, (said = decision.reason))
    switch (decision.kind) {
      case 'wait':
        return undefined
      case 'empty': {
        const scale = fixedScale({ dedicated: 0, lowPriority: 0 }, decision.resizeTimeoutMs)
        const fixed = { ...scale, nodeDeallocationOption: deallocationOption(step.drain) }
        const body = { properties: { metadata: step.keptMetadata, scaleSettings: { fixedScale: fixed } } }
        await patch(run, step.poolId, { body, ifMatch: asked ? pool.etag : step.ifMatch })
        asked = true
        restart()
        return undefined
      }
      case 'done':
      case 'revert':
        return decision
    }
  })
  if (ended.kind === 'done') return ended.reason
  const back = await giveBack(run, step)
  throw new RunError(
    'drain-timeout',
    `${ended.reason}; the pool got its former scale back, kept its image, and has ${back}`,
    'give the tasks longer (drain-timeout), or drain: requeue'
  )
}

/** The scale that the pool had, and its metadata without the note; returns what nodes it has once it is steady. */
export async function giveBack(run: Execution, step: EmptyPoolStep & { id: string }): Promise<string> {
  const before = await readPool(run, step.poolId)
  const body = {
    properties: { metadata: step.formerMetadata, scaleSettings: formerScaleSettings(step.formerScale) }
  }
  await patch(run, step.poolId, { body, ifMatch: before.etag })
  run.say(step.id, 'the pool gets its former scale back')
  return watch(run, async () => {
    const pool = await readPool(run, step.poolId)
    return pool.allocationState === 'Steady' ? describeTargets(nodesOf(pool)) : undefined
  })
}

/** A refusal here finds the pool at zero nodes: it gets its former scale and image back before the run fails. */
export async function changePoolImage(run: Execution, step: StepOf<'change-pool-image'>): Performed {
  const pool = await readPool(run, step.poolId)
  try {
    await patch(run, step.poolId, { body: step.body, ifMatch: pool.etag })
  } catch (error) {
    const emptied = run.plan.steps.find(other => other.kind === 'empty-pool')
    if (emptied?.kind === 'empty-pool' && isRefusal(error)) await giveBack(run, emptied)
    throw error
  }
  return 'Batch took it'
}

function isRefusal(error: unknown): boolean {
  return (
    (error instanceof RunError && error.reason === 'pool-refused') ||
    (error instanceof AzureError && error.status !== undefined)
  )
}

/** The last PATCH; where it hands over to a formula, the formula's first evaluation is awaited. */
export async function finishPool(run: Execution, step: StepOf<'finish-pool'>): Performed {
  const before = await readPool(run, step.poolId)
  await patch(run, step.poolId, { body: step.body, ifMatch: before.etag })
  if (!step.awaitEvaluation) return 'done'
  const evaluated = await watch(run, async () => evaluationSince(before, await readPool(run, step.poolId)))
  if (evaluated.autoScaleRun?.error !== undefined) {
    throw new RunError(
      'autoscale-failed',
      `the formula could not be evaluated: ${describeError(evaluated.autoScaleRun.error)}`,
      'correct autoScale.formula in the pool spec; the nodes stay as they are until then'
    )
  }
  return `the formula rules; ${describeTargets(nodesOf(evaluated))} now`
}

/** Azure's times are only ever compared with Azure's. */
function evaluationSince(before: Pool, now: Pool): Pool | undefined {
  const time = now.autoScaleRun?.evaluationTime
  return time !== undefined && time !== before.autoScaleRun?.evaluationTime ? now : undefined
}
