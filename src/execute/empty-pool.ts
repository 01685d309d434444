/** Takes a pool to zero nodes for a change, or gives it back: a pool is not left half-empty because its drain took too long. */
import { RunError } from '../model/failure.ts'
import type { Pool } from '../model/observed.ts'
import { nameOf } from '../model/arm-id.ts'
import { decideDrain, type DrainDecision } from '../plan/drain.ts'
import { leaseOf } from '../plan/lease.ts'
import { isAtZero } from '../plan/pool-standing.ts'
import { fixedScale } from '../plan/pool-steps.ts'
import { describeTargets, totalOf } from '../plan/wave-targets.ts'
import { nodesOf } from '../plan/wave.ts'
import { within } from '../shared/time-limit.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { refuseGoneImage } from './image-still-there.ts'
import { isBusy, patchPool, readPool, refuseChanged, stopResize } from './pool-changes.ts'
import { deallocationOption, formerScaleSettings } from './scale-body.ts'
import { watch } from './watch.ts'

type EmptyPool = StepOf<'empty-pool'>

/** Time that the pool needs to come back before the run's deadline. */
const WAY_BACK_MS = 10 * 60_000
/** A cancelled run has seconds left. */
const STOP_WITHIN_MS = 2_000

export async function emptyPool(run: Execution, step: EmptyPool): Performed {
  await refuseGoneImage(run)
  const ended = await drainOrStop(run, step)
  if (ended.kind === 'done') return ended.reason
  // Whatever ends the run from here on, the pool comes back by itself once that is asked for.
  const back = await giveBack(run, step)
  throw new RunError({
    reason: 'drain-timeout',
    message: `${ended.reason}; the pool got its former scale back, kept its image, and has ${back}`,
    wayOut: 'give the tasks longer (drain-timeout, within the deadline), or drain: requeue'
  })
}

async function drainOrStop(run: Execution, step: EmptyPool): Promise<DrainDecision> {
  const begun: Begun = {}
  try {
    return await drain(run, step, begun)
  } catch (error) {
    if (run.signal.aborted && begun.askedAt !== undefined) await stopDraining(run, step)
    else if (begun.askedAt !== undefined) await tryToGiveBack(run, step)
    throw error
  }
}

/** When zero nodes were asked for last, in ms since the epoch. */
type Begun = { askedAt?: number }

async function drain(run: Execution, step: EmptyPool, begun: Begun): Promise<DrainDecision> {
  const until = Math.min(run.clock.now() + step.drainTimeoutMs, run.deadlineAt - WAY_BACK_MS)
  let said = ''
  return watch(run, async restart => {
    const pool = await readPool(run, step.poolId)
    if (begun.askedAt === undefined) await refuseIfChanged(run, step, pool)
    const msSinceAsked = begun.askedAt === undefined ? undefined : run.clock.now() - begun.askedAt
    const decision = decideDrain(step, pool, { msSinceAsked, remainingMs: until - run.clock.now() })
    if (decision.reason !== said && decision.kind !== 'done') run.say(step.id, (said = decision.reason))
    if (decision.kind === 'too-late') {
      throw new RunError({
        reason: 'deadline-exceeded',
        message: decision.reason,
        wayOut: 'give the run longer (deadline); the pool is as it was'
      })
    }
    if (decision.kind === 'overruled') {
      throw new RunError({
        reason: 'pool-changed',
        message: decision.reason,
        wayOut: 'find out who changes the pool, then run again'
      })
    }
    if (decision.kind === 'done' || decision.kind === 'revert') return decision
    if (
      decision.kind === 'empty' &&
      (await askForZero(run, step, { pool, resizeTimeoutMs: decision.resizeTimeoutMs }))
    ) {
      begun.askedAt = run.clock.now()
      restart()
    }
    return undefined
  })
}

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
    await patchPool(run, pool, { body, metadata: step.keptMetadata, holdMs: resizeTimeoutMs })
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}

/**
 * The image took its time; the pool must still be what the plan was made from. A formula’s own resizes aren't a change of the
 * pool, though they change its ETag: hence its image and scale are compared, and the ETag is the fresh one.
 */
async function refuseIfChanged(run: Execution, step: EmptyPool, pool: Pool): Promise<void> {
  if (!isAtZero(pool)) refuseChanged(pool, step.found)
  if (!step.onlyIfIdle) return
  const endpoint = run.plan.pool?.accountEndpoint ?? ''
  const { tasks } = await run.azure.batchService(endpoint).activeWork(nameOf(step.poolId))
  const counted = step.hasOnlyFailedNodes === true ? 0 : totalOf(nodesOf(pool))
  if (counted + tasks > 0) {
    const has = `${describeTargets(nodesOf(pool))} and ${tasks} active or running tasks`
    const message = `pool ${nameOf(step.poolId)} was idle when the plan was made, and now has ${has}`
    throw new RunError({
      reason: 'pool-change-refused',
      message,
      wayOut: 'run again when it is idle, or say image-change: in-place'
    })
  }
}

/** The scale that the pool had, and its metadata without the note; returns what nodes it has once it is steady. */
export async function giveBack(run: Execution, step: EmptyPool): Promise<string> {
  // Whoever writes all metadata anew takes the lease off without a thought of it: then nobody holds the pool.
  const { metadata } = await readPool(run, step.poolId)
  if (leaseOf(metadata) === undefined) run.lease.isHeld = false
  await patchWhenSteady(run, step)
  run.say(step.id, 'the pool gets its former scale back')
  return watch(run, async () => {
    const pool = await readPool(run, step.poolId)
    return pool.allocationState === 'Steady' ? describeTargets(nodesOf(pool)) : undefined
  })
}

/** Batch takes no scale while it resizes, and somebody may begin a resize just before. */
async function patchWhenSteady(run: Execution, step: EmptyPool): Promise<void> {
  const body = { properties: { scaleSettings: formerScaleSettings(step.formerScale) } }
  for (;;) {
    const pool = await steadyPool(run, step)
    try {
      await patchPool(run, pool, { body, metadata: step.formerMetadata })
      return
    } catch (error) {
      if (!isBusy(error)) throw error
    }
  }
}

/** The drain failed, and that is what the run reports: this is what can still be done. */
async function tryToGiveBack(run: Execution, step: EmptyPool): Promise<void> {
  try {
    if (isAtZero(await readPool(run, step.poolId))) await giveBack(run, step)
  } catch {
    run.say(step.id, 'the pool could not be given its former scale back; the next run does it')
  }
}

/** Batch takes no scale while it resizes: what is under way is stopped first. */
async function steadyPool(run: Execution, step: EmptyPool): Promise<Pool> {
  const pool = await stopResize(run, step.poolId)
  if (pool.allocationState === 'Steady') return pool
  run.say(step.id, `the pool is ${pool.allocationState}; its former scale waits until it is steady`)
  return watch(run, async () => {
    const seen = await readPool(run, step.poolId)
    return seen.allocationState === 'Steady' ? seen : undefined
  })
}

/** Best effort, in the seconds that a stopped run has: the nodes that are left stay. Never throws. */
async function stopDraining(run: Execution, step: EmptyPool): Promise<void> {
  try {
    await within(run.clock, STOP_WITHIN_MS, limit => stopResize({ ...run, azure: run.azure.until(limit) }, step.poolId))
    run.say(step.id, 'the drain is stopped; the next run goes on with the pool, and gives it its scale back')
  } catch (error) {
    if (error instanceof RunError && error.reason === 'pool-leased') return
    run.say(step.id, 'the drain could not be stopped; the pool goes on to zero nodes')
  }
}
