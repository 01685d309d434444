import { durationOf } from '../kernel/durations.ts'
import type { Stored, World } from '../kernel/types.ts'
import { isRunning, jobFacts, jobProperties, jobState, tasksOf } from './job-record.ts'
import { runningFacts } from './job-tasks.ts'

/** Recorded 2025-09: 0.6 s from disabling to disabled. */
export const DISABLE_MS = 600
/** Recorded 2025-09: 31 s with a release task on a node. */
const TERMINATE_MS = 31_000

/** Whether tasks of the job run: a world's own, or those that clients added. */
export const hasRunning = (record: Stored): boolean =>
  tasksOf(record).some(isRunning) || runningFacts(record).length > 0

/** The job is terminating from now on, and completed when its release task would be done. */
export function completeJob(world: World, record: Stored, end: { at: number; reason: string; isBusy?: boolean }): void {
  const { at, reason, isBusy = false } = end
  const facts = jobFacts(record)
  const lasts = isBusy || jobProperties(record)['jobReleaseTask'] !== undefined
  facts.changes = [
    ...facts.changes.filter(change => change.at <= at),
    { state: 'terminating', at },
    { state: 'completed', at: at + (lasts ? durationOf(world, 'job.terminate', TERMINATE_MS) : DISABLE_MS) }
  ]
  facts.terminateReason = reason
}

/** A job that waits for its tasks with being disabled is so once none of them runs. */
export function finishDisabling(world: World, record: Stored, at: number): void {
  const endsAt = at + durationOf(world, 'job.disable', DISABLE_MS)
  if (jobState(record, at) !== 'disabling' || hasRunning(record) || jobState(record, endsAt) === 'disabled') return
  jobFacts(record).changes.push({ state: 'disabled', at: endsAt })
}
