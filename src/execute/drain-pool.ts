/** Takes a pool to zero nodes for a change. Where that fails, the plan’s undoing gives it its scale back. */
import { RunError, type FailureReason } from '../model/failure.ts'
import type { Pool } from '../model/observed.ts'
import { decideDrain, type DrainDecision } from '../decide/drain.ts'
import { fixedScale } from '../rules/scale-body.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { refuseUnexpected } from './expectations.ts'
import { refuseGoneImage } from './image-still-there.ts'
import { isBusy, patchPool, readPool } from './pool-changes.ts'
import { deallocationOption } from '../rules/scale-body.ts'
import { watch } from './watch.ts'

type EmptyPool = StepOf<'drain-pool'>

/** Time that the pool needs to come back before the run's deadline. */
const WAY_BACK_MS = 10 * 60_000

export async function drainPool(run: Execution, step: EmptyPool): Performed {
  await refuseGoneImage(run, step.expects.newImageId)
  const until = Math.min(run.clock.now() + step.drainTimeoutMs, run.deadlineAt - WAY_BACK_MS)
  /** When zero nodes were asked for last, in ms since the epoch. */
  let askedAt: number | undefined
  let said = ''
  return watch(run, async restart => {
    const pool = await readPool(run, step)
    if (askedAt === undefined) await refuseUnexpected(run, step, pool)
    const msSinceAsked = askedAt === undefined ? undefined : run.clock.now() - askedAt
    const decision = decideDrain(step, pool, { msSinceAsked, remainingMs: until - run.clock.now() })
    if (decision.kind === 'done') return decision.reason
    if (decision.reason !== said) run.say(step.id, (said = decision.reason))
    if (isRefusal(decision.kind)) throw new RunError({ ...REFUSALS[decision.kind], message: decision.reason })
    if (decision.kind !== 'empty') return undefined
    if (await askForZero(run, step, { pool, resizeTimeoutMs: decision.resizeTimeoutMs })) {
      askedAt = run.clock.now()
      restart()
    }
    return undefined
  })
}

type Refusal = Extract<DrainDecision['kind'], 'too-late' | 'overruled' | 'revert'>

const REFUSALS: Readonly<Record<Refusal, { reason: FailureReason; wayOut: string }>> = {
  'too-late': { reason: 'deadline-exceeded', wayOut: 'give the run longer (deadline); the pool is as it was' },
  overruled: { reason: 'pool-changed', wayOut: 'find out who changes the pool, then run again' },
  revert: {
    reason: 'drain-timeout',
    wayOut: 'give the tasks longer (drain-timeout, within the deadline), or drain: requeue'
  }
}

const isRefusal = (kind: DrainDecision['kind']): kind is Refusal => kind in REFUSALS

/** @returns whether Batch took it; it doesn't while it resizes. */
async function askForZero(
  run: Execution,
  step: EmptyPool,
  { pool, resizeTimeoutMs }: { pool: Pool; resizeTimeoutMs: number }
): Promise<boolean> {
  const scale = fixedScale({ dedicated: 0, lowPriority: 0 }, resizeTimeoutMs)
  const fixed = { ...scale, nodeDeallocationOption: deallocationOption(step.drain) }
  const body = { properties: { scaleSettings: { fixedScale: fixed } } }
  try {
    await patchPool(run, step, { pool, body, metadata: step.metadata, holdMs: resizeTimeoutMs })
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}
