/** Takes a pool whose nodes have failed back to what it was: a plan of its own, by the performers of all steps, within the run’s deadline. */
import { nameOf } from '../model/arm-id.ts'
import { RunError, type FailureReason } from '../model/failure.ts'
import { bearingOf } from '../model/node-state.ts'
import type { RollbackEnd } from '../model/outcome.ts'
import type { Plan, PlannedRollback, Step } from '../model/plan.ts'
import { elapsedText } from '../shared/elapsed.ts'
import { messageOf } from '../shared/text.ts'
import type { attemptStep } from './attempt-step.ts'
import { poolKnown, type Execution } from './context.ts'
import { isImageUnmade, unmadeError } from './take-stock.ts'

export type RolledBack = {
  rollback: PlannedRollback
  end: RollbackEnd
  /** How it ended, with the names of pool and image: the end of a sentence. */
  message: string
  /** What it failed at. */
  failure?: { step: Step; error: unknown }
}

/** Nodes are at fault, and not the region, a quota, or somebody else. */
const BY_NODES: ReadonlySet<FailureReason> = new Set(['nodes-unhealthy', 'nodes-stuck', 'smoke-test-failed'])

/** @returns the way back of the pool that `step` has failed on, where its nodes are why, and run the image that they were given */
export function rollbackDue(
  run: Execution,
  { rollbacks = [] }: Plan,
  { step, error, isDone }: { step: Step; error: unknown; isDone: (stepId: string) => boolean }
): PlannedRollback | undefined {
  if (!('poolId' in step) || !(error instanceof RunError) || !BY_NODES.has(error.reason)) return undefined
  // Nodes that have run the former image all the time.
  if (isImageUnmade(poolKnown(run, step))) return undefined
  return rollbacks.find(({ poolId, after }) => poolId === step.poolId && isDone(after))
}

type Perform = (run: Execution, step: Step) => ReturnType<typeof attemptStep>

/** Step after step; the first that isn’t done ends it, unless it only tidies up. Never throws. */
export async function rollBack(run: Execution, rollback: PlannedRollback, perform: Perform): Promise<RolledBack> {
  const { steps, imageName, needsMs, poolId } = rollback
  const pool = `pool ${nameOf(poolId)}`
  const leftMs = run.deadlineAt - run.clock.now()
  if (leftMs < needsMs) {
    const message = `${pool} was not rolled back to ${imageName}: that may take ${elapsedText(needsMs)}, and ${elapsedText(Math.max(0, leftMs))} are left of the deadline`
    return { rollback, end: 'not-begun', message }
  }
  const own: Execution = { ...run, makesImage: false, known: { ...run.known, conditions: new Set() } }
  for (const step of steps) {
    if (run.signal.aborted) return { rollback, ...cutOff(run, pool, { step, imageName }) }
    const { outcome, error } = await perform(own, step)
    const unmade = isImageUnmade(poolKnown(own, rollback)) ? unmadeError(poolKnown(own, rollback)) : undefined
    if (unmade !== undefined) return { rollback, ...failed(pool, { step, error: unmade, imageName }) }
    if (outcome.status === 'done' || (outcome.status === 'failed' && step.housekeeping === true)) continue
    const ended = run.signal.aborted ? cutOff(run, pool, { step, imageName }) : failed(pool, { step, error, imageName })
    return { rollback, ...ended }
  }
  return {
    rollback,
    end: 'done',
    message: `${pool} was rolled back to ${imageName} and has ${healthyNodes(own, rollback)}`
  }
}

type At = { step: Step; imageName: string }

function cutOff({ signal }: Execution, pool: string, { step, imageName }: At): Omit<RolledBack, 'rollback'> {
  const message = `the rollback of ${pool} to ${imageName} was cut off at ${step.id}: ${messageOf(signal.reason)}`
  return { end: 'cut-off', message }
}

function failed(pool: string, { step, error, imageName }: At & { error: unknown }): Omit<RolledBack, 'rollback'> {
  const message = `the rollback of ${pool} to ${imageName} failed at ${step.id}: ${messageOf(error)}`
  return { end: 'failed', message, failure: { step, error } }
}

/** As last seen; a formula may want none. */
function healthyNodes(run: Execution, { poolId, steps }: PlannedRollback): string {
  const grows = steps.some(({ kind }) => kind === 'scale-pool' || kind === 'verify-nodes')
  const { nodes = [] } = poolKnown(run, { poolId })
  const healthy = grows ? nodes.filter(node => bearingOf(node) === 'healthy').length : 0
  if (healthy === 0) return 'no nodes, as before'
  return healthy === 1 ? '1 healthy node' : `${healthy} healthy nodes`
}
