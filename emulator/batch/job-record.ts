import type { Json, JsonObject, Stored } from '../kernel/types.ts'
import { listOf, objectOf, textOf } from './json.ts'
import type { TaskRun } from './pool-facts.ts'
import { etagOfTicks, isoOf, isoOfTicks, ticksOf, ticksOfEtag } from './time.ts'

/** A resource of world files and of jobs that clients made: `properties` is the job as the Batch service shows it. */
export const JOB_TYPE = 'Microsoft.Batch/batchAccounts/jobs'

/** From `at` on the job is in this state; in order of time. */
type Change = { state: string; at: number }
type JobFacts = {
  changes: Change[]
  terminateReason?: string
  /** Those that clients added, by id in lower case; tasks of a world have none, and stay as they are written. */
  tasks?: Map<string, TaskFact>
  /** Until when it is known what became of its tasks. */
  settledAt?: number
}

export type TaskFact = {
  addedAt: number
  /** Since when it waits for a node, the last time. */
  waitingSince: number
  runs: TaskRun[]
  /** Whether it failed, and is to be tried again. */
  isRetry?: boolean
  retries: number
  lastRetryAt?: number
  requeues: number
  lastRequeueAt?: number
  /** Since when it is completed. */
  ended?: { at: number; by: 'itself' | 'user' }
}

const RESTING = ['active', 'disabled', 'completed']

export const jobProperties = (record: Stored): JsonObject => objectOf(record.body['properties'])

export function jobFacts(record: Stored): JobFacts {
  record.facts['job'] ??= { changes: [] } satisfies JobFacts
  return record.facts['job'] as JobFacts
}

/** The state at `now`; a world's job is in the state that it was written with until somebody changes it. */
export function jobState(record: Stored, now: number): string {
  if (record.deletedAt !== undefined) return 'deleting'
  const change = jobFacts(record).changes.findLast(({ at }) => at <= now)
  return change?.state ?? textOf(jobProperties(record)['state']) ?? 'active'
}

/** What of a job follows from what was asked of it, and when; nothing for a job that nobody has changed. */
export function changedJob(record: Stored, now: number): JsonObject {
  const { changes, terminateReason } = jobFacts(record)
  const past = changes.filter(({ at }) => at <= now)
  const state = jobState(record, now)
  const last = past.at(-1)
  if (last === undefined) return {}
  const before = past.slice(0, -1).findLast(one => RESTING.includes(one.state)) ?? firstOf(record)
  return {
    state,
    stateTransitionTime: isoOf(last.at),
    previousState: before.state,
    previousStateTransitionTime: isoOf(before.at),
    executionInfo: {
      startTime: isoOf(record.createdAt),
      ...objectOf(jobProperties(record)['executionInfo']),
      ...(state === 'completed' && { endTime: isoOf(last.at) }),
      ...(terminateReason !== undefined && { terminateReason })
    }
  }
}

function firstOf(record: Stored): Change {
  const { state, stateTransitionTime } = jobProperties(record)
  const since = Date.parse(textOf(stateTransitionTime) ?? '')
  return { state: textOf(state) ?? 'active', at: Number.isNaN(since) ? record.createdAt : since }
}

/** A write: other values, another ETag, also within a millisecond. */
export function touchJob(record: Stored, now: number, properties: JsonObject = {}): void {
  const present = jobProperties(record)
  const before = ticksOfEtag(textOf(present['eTag']) ?? '') ?? ticksOf(record.createdAt)
  const ticks = ticksOf(now) > before ? ticksOf(now) : before + 1n
  const stamp = { eTag: etagOfTicks(ticks), lastModified: isoOfTicks(ticks) }
  record.body = { ...record.body, properties: { ...present, ...properties, ...stamp } }
}

export const etagOfJob = (record: Stored): string =>
  textOf(jobProperties(record)['eTag']) ?? etagOfTicks(ticksOf(record.createdAt))

export function isRunning(task: JsonObject): boolean {
  return ['running', 'preparing'].includes(textOf(task['state']) ?? '')
}

export const tasksOf = (record: Stored): JsonObject[] => listOf(jobProperties(record)['tasks'])

export function setTasks(record: Stored, tasks: Json[]): void {
  record.body = { ...record.body, properties: { ...jobProperties(record), tasks } }
}
