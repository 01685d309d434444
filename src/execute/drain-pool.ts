/** Takes a pool to zero nodes for a change. Where that fails, the plan’s undoing gives it its scale back. */
import { RunError, type FailureReason } from '../model/failure.ts'
import { decideDrain, type DrainDecision } from '../decide/drain.ts'
import type { Pool } from '../model/observed.ts'
import type { NodeTargets } from '../model/plan.ts'
import { nodesOf, totalOf } from '../rules/node-targets.ts'
import { isAtZero } from '../rules/pool-standing.ts'
import { deallocationOption, fixedScale } from '../rules/scale-body.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { refuseUnexpected } from './expectations.ts'
import { refuseGoneImage } from './image-still-there.ts'
import { isBusy, patchPool, readPool, unlessBusy } from './pool-changes.ts'
import { watch } from './watch.ts'

type DrainPool = StepOf<'drain-pool'>

/** Time that the pool needs to come back before the run's deadline. */
const WAY_BACK_MS = 10 * 60_000

export async function drainPool(run: Execution, step: DrainPool): Performed {
  await refuseGoneImage(run, step.expects.newImageId)
  const until = Math.min(run.clock.now() + step.drainTimeoutMs, run.deadlineAt - WAY_BACK_MS)
  /** When zero nodes were asked for last, in ms since the epoch. */
  let askedAt: number | undefined
  let formerStartTime: string | undefined
  let said = ''
  return watch(run, async restart => {
    const pool = await readPool(run, step)
    if (askedAt === undefined) await refuseUnexpected(run, step, pool)
    const msSinceAsked = askedAt === undefined ? undefined : run.clock.now() - askedAt
    const decision = decideDrain(step, pool, {
      msSinceAsked,
      remainingMs: until - run.clock.now(),
      formerStartTime
    })
    if (decision.kind === 'done') return decision.reason
    if (decision.reason !== said) run.say(step.id, (said = decision.reason))
    if (isRefusal(decision.kind)) throw new RunError({ ...REFUSALS[decision.kind], message: decision.reason })
    if (decision.kind !== 'empty') return undefined
    if (await askForZero(run, step, { pool, resizeTimeoutMs: decision.resizeTimeoutMs })) {
      askedAt = run.clock.now()
      formerStartTime = pool.resize?.startTime
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

const NONE: NodeTargets = { dedicated: 0, lowPriority: 0 }

/** @returns whether Batch took it; it doesn't while it resizes. */
async function askForZero(
  run: Execution,
  step: DrainPool,
  { pool, resizeTimeoutMs }: { pool: Pool; resizeTimeoutMs: number }
): Promise<boolean> {
  const ask = (seen: Pool, targets: NodeTargets): Promise<Pool> => {
    const fixed = { ...fixedScale(targets, resizeTimeoutMs), nodeDeallocationOption: deallocationOption(step.drain) }
    const body = { properties: { scaleSettings: { fixedScale: fixed } } }
    return patchPool(run, step, { pool: seen, body, metadata: step.metadata, holdMs: resizeTimeoutMs })
  }
  try {
    // Batch takes the scale that a pool has already for no change, and begins no resize: it is asked by way of what is there.
    if (isAtZero(pool) && totalOf(nodesOf(pool)) > 0) {
      const known = poolKnown(run, step)
      known.onTheWay = nodesOf(pool)
      await ask(pool, nodesOf(pool))
      // Half-way there is no way back to where it was: somebody’s resize is waited for.
      await watch(run, async () => {
        const seen = await readPool(run, step)
        return seen.allocationState === 'Steady' ? unlessBusy(ask(seen, NONE)) : undefined
      })
      delete known.onTheWay
      return true
    }
    await ask(pool, NONE)
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}
