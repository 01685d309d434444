/** What a run still does when its steps are over: lets go of the pool, and looks at how things stand for the report. */
import { nameOf } from '../model/arm-id.ts'
import type { Pool } from '../model/observed.ts'
import type { Failure, StepOutcome } from '../model/outcome.ts'
import type { MetadataChange, Step } from '../model/plan.ts'
import { leaseOf, leaseState } from '../plan/lease.ts'
import { failedItem, keptImageId, keptScale, NO_CHANGE, NOTHING_OF_OURS } from '../plan/pool-metadata.ts'
import type { Execution } from './context.ts'
import { markFailed } from './mark-failed.ts'
import { within } from '../shared/time-limit.ts'
import { patchPool } from './pool-changes.ts'
import { formerScaleSettings } from './scale-body.ts'
import { startVm } from './vm-steps.ts'

export type Ended = {
  failure: Failure | undefined
  steps: readonly StepOutcome[]
  /** How long Azure asked to be left alone, in ms, when it refused what the run failed at. */
  restMs: number
}

type Failed = { failure: Failure; steps: readonly StepOutcome[] }

/** Best effort, and never throws: the run has ended, one way or the other. */
export async function aftermath(run: Execution, { failure, steps, restMs }: Ended): Promise<void> {
  if (restMs > 0 && hasWorkLeft(run.seen)) await run.clock.sleep(restMs, run.signal).catch(() => undefined)
  if (failure !== undefined) {
    const letGo = async (): Promise<void> => {
      await markFailed(run)
      await letGoOfPool(run, { failure, steps })
    }
    await Promise.all([startAgain(run, failure), letGo()])
  }
  await lastLook(run)
}

/** Where there is nothing to ask Azure for, nobody rests before it. */
const hasWorkLeft = ({ isImageBlamed, pool, vm }: Execution['seen']): boolean =>
  isImageBlamed === true || pool !== undefined || vm === 'held'

/** The report is of pool and nodes as they are, not of the last thing that a step saw. A cancelled run has time for no more. */
export async function lastLook(run: Execution): Promise<void> {
  const { pool: planned } = run.plan
  if (planned === undefined || run.seen.pool === undefined) return
  try {
    const pool = await run.azure.batch.getPool(planned.poolId, planned.apiVersion)
    if (pool === undefined) return
    const nodes = await run.azure.batchService(planned.accountEndpoint).listNodes(nameOf(planned.poolId))
    Object.assign(run.seen, { pool, nodes })
  } catch {
    // What a step saw is better than nothing.
  }
}

/** At the deadline there is no time to see it run: Azure goes on with a start that it has taken. */
const START_WITHIN_MS = 4_000

/** A VM that this run has stopped, and not started again. */
async function startAgain(run: Execution, { reason }: Failure): Promise<void> {
  const step = run.plan.steps.find(({ kind }) => kind === 'start-vm')
  if (step?.kind !== 'start-vm' || run.seen.vm !== 'held') return
  try {
    const start = (limit: AbortSignal) => startVm({ ...run, azure: run.azure.until(limit), signal: limit }, step)
    run.say(
      step.id,
      await (reason === 'deadline-exceeded' ? within(run.clock, START_WITHIN_MS, start) : start(run.signal))
    )
  } catch (error) {
    run.say(step.id, `not seen running again: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A drain that was stopped takes some seconds to stop. */
const LOOK_EVERY_MS = 2_000

/**
 * Takes the lease off, so that the next run needn't wait until it has run out. A pool that was being emptied, or was empty, and
 * still is as it was but for that, gets its former scale back with it.
 */
async function letGoOfPool(run: Execution, { failure, steps }: Failed): Promise<void> {
  const { pool: planned } = run.plan
  if (planned === undefined || run.seen.pool === undefined) return
  try {
    let pool = await run.azure.batch.getPool(planned.poolId, planned.apiVersion)
    const isMine = (one: typeof pool): one is Pool =>
      one !== undefined && leaseState(leaseOf(one.metadata), run.context, run.azureNow()) === 'mine'
    if (!isMine(pool)) return
    const former = keptScale(pool)
    if (!isOnlyEmptied(run.plan.steps, steps) || former === undefined || keptImageId(pool.metadata) !== pool.imageId) {
      await patchPool(run, pool, { body: { properties: {} }, metadata: noteOf(failure, pool) })
      return
    }
    while (pool.allocationState !== 'Steady') {
      await run.clock.sleep(LOOK_EVERY_MS, run.signal)
      pool = await run.azure.batch.getPool(planned.poolId, planned.apiVersion)
      if (!isMine(pool)) return
    }
    const body = { properties: { scaleSettings: formerScaleSettings(former) } }
    await patchPool(run, pool, { body, metadata: NOTHING_OF_OURS })
    run.say('pool', 'got its former scale back, and kept its image')
  } catch {
    run.say('pool', 'the lease of this run could not be taken off; it runs out by itself')
  }
}

/** Nodes that failed are of no use to anybody: the next run may change the pool without being told to drain it. */
function noteOf({ reason }: Failure, pool: Pool): MetadataChange {
  const isOfNodes = reason === 'nodes-unhealthy' || reason === 'nodes-stuck'
  return isOfNodes ? { ...NO_CHANGE, set: failedItem(pool) } : NO_CHANGE
}

/** Not one whose nodes are new: those are not proved. */
function isOnlyEmptied(steps: readonly Step[], outcomes: readonly StepOutcome[]): boolean {
  const isOf = (kind: Step['kind'], status: (status: StepOutcome['status']) => boolean): boolean =>
    outcomes.some(one => status(one.status) && steps.some(step => step.id === one.id && step.kind === kind))
  return (
    isOf('empty-pool', status => status !== 'not-started') && !isOf('change-pool-image', status => status === 'done')
  )
}
