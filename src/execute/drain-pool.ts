/** Takes a pool to zero nodes for a change. Where that fails, the plan’s undoing gives it its scale back. */
import { decideDrain, type DrainDecision, type DrainProgress, type DrainView } from '../decide/drain.ts'
import type { Pool } from '../model/observed.ts'
import type { NodeTargets } from '../model/plan.ts'
import { nodesOf, totalOf } from '../rules/node-targets.ts'
import { isAtZero } from '../rules/pool-standing.ts'
import { deallocationOption, fixedScale } from '../rules/scale-body.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { refuseUnexpected } from './expectations.ts'
import { refuseGoneImage } from './image-still-there.ts'
import { drive, haltError, teller } from './loop.ts'
import { isBusy, patchPool, readPool, unlessBusy } from './pool-changes.ts'
import { watch } from './watch.ts'

type DrainPool = StepOf<'drain-pool'>

/** Time that the pool needs to come back before the run's deadline. */
const WAY_BACK_MS = 10 * 60_000

export async function drainPool(run: Execution, step: DrainPool): Performed {
  await refuseGoneImage(run, step.expects.newImageId)
  const until = Math.min(run.clock.now() + step.drainTimeoutMs, run.deadlineAt - WAY_BACK_MS)
  const tell = teller(run, step.id)
  const { done } = await drive<DrainView, DrainProgress, DrainDecision>(run, {
    progress: undefined,
    look: async ({ sinceMs }, progress) => {
      const pool = await readPool(run, step)
      if (progress === undefined) await refuseUnexpected(run, step, pool)
      return { pool, msSinceAsked: sinceMs(), remainingMs: until - run.clock.now() }
    },
    decide: (view, progress) => decideDrain(step, view, progress),
    tell,
    act: async (decision, { look: { pool }, pace }) => {
      if (decision.kind === 'wait') return undefined
      const { reason, resizeTimeoutMs, progress } = decision
      tell(reason)
      if (!(await askForZero(run, step, { pool, resizeTimeoutMs }))) return undefined
      pace.restart()
      return { progress }
    },
    errorOf: async halt => {
      tell(halt.reason)
      return haltError(halt)
    }
  })
  return done.reason
}

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
