import { nameOf } from '../kernel/resources.ts'
import type { JsonObject, Stored, World } from '../kernel/types.ts'
import { compact, objectOf, textOf } from './json.ts'
import { durationMs, etagOfTicks, isoOf, ticksOf } from './time.ts'

/** An invention of world files: `properties` is the schedule as the Batch service shows it. */
export const SCHEDULE_TYPE = 'Microsoft.Batch/batchAccounts/jobSchedules'

type Look = { world: World; now: number; origin: string }

/** The schedule as the Batch service shows it; `executionInfo` is derived where the world doesn't say it. */
export function scheduleView({ now, origin }: Look, record: Stored): JsonObject {
  const id = nameOf(record.id)
  const since = isoOf(record.createdAt)
  const written = objectOf(record.body['properties'])
  return {
    id,
    url: `${origin}/jobschedules/${id}`,
    eTag: etagOfTicks(ticksOf(record.createdAt)),
    lastModified: since,
    creationTime: since,
    state: 'active',
    stateTransitionTime: since,
    executionInfo: executionInfo({ now, origin }, record),
    ...written
  }
}

function executionInfo({ now, origin }: Omit<Look, 'world'>, record: Stored): JsonObject {
  const id = `${nameOf(record.id)}:job-1`
  const hasRun = runsSince(record) <= now
  return compact({
    nextRunTime: nextRunTime(record, now),
    recentJob: hasRun ? { id, url: `${origin}/jobs/${id}` } : undefined
  })
}

/** When the schedule makes its first job; never where it isn't active. */
function runsSince(record: Stored): number {
  const properties = objectOf(record.body['properties'])
  if ((properties['state'] ?? 'active') !== 'active') return Infinity
  const until = Date.parse(textOf(objectOf(properties['schedule'])['doNotRunUntil']) ?? '')
  const from = Math.max(record.createdAt, Number.isNaN(until) ? -Infinity : until)
  const after = Date.parse(textOf(objectOf(properties['schedule'])['doNotRunAfter']) ?? '')
  return from >= after ? Infinity : from
}

function nextRunTime(record: Stored, now: number): string | undefined {
  const first = runsSince(record)
  if (first === Infinity) return undefined
  if (first > now) return isoOf(first)
  const schedule = objectOf(objectOf(record.body['properties'])['schedule'])
  const interval = durationMs(textOf(schedule['recurrenceInterval']) ?? '')
  if (interval === undefined || interval <= 0) return undefined
  const next = first + (Math.floor((now - first) / interval) + 1) * interval
  return next >= Date.parse(textOf(schedule['doNotRunAfter']) ?? '') ? undefined : isoOf(next)
}

/** Of a job whose specification says nothing of them (recorded in 2025). */
const DEFAULTS = {
  priority: 0,
  maxParallelTasks: -1,
  usesTaskDependencies: false,
  allowTaskPreemption: false,
  onAllTasksComplete: 'noaction',
  onTaskFailure: 'noaction'
}

/**
 * The job that the schedule made at its first run, active since: a schedule has one active job at a time (Batch service
 * specification), and this one doesn't end. None where the world says the `executionInfo`, for then it has the jobs too.
 */
export function scheduledJob({ now, origin }: Look, record: Stored): JsonObject[] {
  const properties = objectOf(record.body['properties'])
  const since = runsSince(record)
  if (properties['executionInfo'] !== undefined || since > now) return []
  const specification = objectOf(properties['jobSpecification'])
  const id = `${nameOf(record.id)}:job-1`
  const at = isoOf(since)
  const job = compact({
    ...DEFAULTS,
    ...specification,
    id,
    url: `${origin}/jobs/${id}`,
    eTag: etagOfTicks(ticksOf(since)),
    lastModified: at,
    creationTime: at,
    state: 'active',
    stateTransitionTime: at,
    executionInfo: compact({ startTime: at, poolId: objectOf(specification['poolInfo'])['poolId'] })
  })
  return [job]
}
