import { nameOf } from '../kernel/resources.ts'
import type { JsonObject, Stored, World } from '../kernel/types.ts'
import { changedJob } from './job-record.ts'
import { scheduledJob } from './job-schedules.ts'
import { taskFact } from './job-tasks.ts'
import { listOf, objectOf } from './json.ts'
import { behaviourOf } from './node-tasks.ts'
import type { NodeFact } from './pool-facts.ts'
import { factsOf, worldStart } from './pool-record.ts'
import { taskProgress } from './task-view.ts'
import { etagOfTicks, isoOf, ticksOf } from './time.ts'

export type Job = { job: JsonObject; tasks: JsonObject[] }
type Work = { written: Stored[]; pools: Stored[]; schedules: Stored[] }
type Look = { world: World; now: number; origin: string }

/**
 * The jobs of an account: those that the world has as resources of type `Microsoft.Batch/batchAccounts/jobs` (`properties` is
 * the job as the Batch service shows it, and `properties.tasks` its tasks), those that its job schedules made, and for each pool with `runningTasks` one job
 * `work-on-{pool}` with a task for each of them, so that nodes never run what no job has.
 */
export function jobsOf(look: Look, { written, pools, schedules }: Work): Job[] {
  const jobs = written.map(record => writtenJob(look, record))
  const scheduled = schedules
    .flatMap(record => scheduledJob(look, record))
    .filter(job => !jobs.some(known => known.job['id'] === job['id']))
    .map(job => ({ job, tasks: [] }))
  return [...jobs, ...scheduled, ...pools.flatMap(pool => impliedJob(look, pool))]
}

function writtenJob({ origin, now }: Look, record: Stored): Job {
  const { tasks, ...job } = objectOf(record.body['properties'])
  const id = nameOf(record.id)
  const url = `${origin}/jobs/${id}`
  return {
    job: { id, url, ...stampOf(record.createdAt), state: 'active', ...job, ...changedJob(record, now) },
    tasks: listOf(tasks).map(task => ({
      ...{ url: `${url}/tasks/${String(task['id'])}`, state: 'active', ...task },
      ...progressOf(record, task, { now, origin })
    }))
  }
}

function progressOf(record: Stored, task: JsonObject, seen: { now: number; origin: string }): JsonObject {
  const fact = taskFact(record, String(task['id']))
  return fact === undefined ? {} : taskProgress(fact, seen)
}

/** A job and its tasks as its record would be written now. */
export function jobRecordView(record: Stored, now: number): JsonObject {
  const { tasks, ...properties } = objectOf(record.body['properties'])
  const shown = listOf(tasks).map(task => ({ ...task, ...progressOf(record, task, { now, origin: '' }) }))
  return {
    ...record.body,
    properties: { ...properties, ...(tasks !== undefined && { tasks: shown }), ...changedJob(record, now) }
  }
}

const stampOf = (since: number): JsonObject => ({
  eTag: etagOfTicks(ticksOf(since)),
  lastModified: isoOf(since),
  creationTime: isoOf(since)
})

function impliedJob(look: Look, pool: Stored): Job[] {
  const running = behaviourOf({ ...look, pool }).runningTasks ?? []
  if (running.length === 0) return []
  const id = `work-on-${nameOf(pool.id)}`
  const since = worldStart(look.world)
  const stamp = stampOf(since)
  const url = `${look.origin}/jobs/${id}`
  const nodes = factsOf(pool).nodes
  const tasks = running.map(({ index, endsAfterMs }, order) => ({
    id: `task-${order + 1}`,
    url: `${url}/tasks/task-${order + 1}`,
    ...stamp,
    ...taskState(
      { endsAt: since + endsAfterMs, since, now: look.now, pool },
      nodes.find(node => node.index === index)
    ),
    commandLine: 'work'
  }))
  const job = {
    id,
    url,
    ...stamp,
    state: 'active',
    stateTransitionTime: isoOf(since),
    priority: 0,
    poolInfo: { poolId: nameOf(pool.id) },
    executionInfo: { startTime: isoOf(since), poolId: nameOf(pool.id) }
  }
  return [{ job, tasks }]
}

type Run = { since: number; endsAt: number; now: number; pool: Stored }

/** A task whose node leaves before its end waits again (requeue), or has failed (terminate). */
function taskState({ since, endsAt, now, pool }: Run, node: NodeFact | undefined): JsonObject {
  const lostAt = node?.leavingAt ?? Infinity
  if (Math.min(lostAt, endsAt) > now) {
    return {
      state: 'running',
      stateTransitionTime: isoOf(since),
      executionInfo: { startTime: isoOf(since), retryCount: 0, requeueCount: 0 },
      nodeInfo: { nodeId: node?.id, poolId: nameOf(pool.id) }
    }
  }
  const option = factsOf(pool).resize?.option
  if (lostAt < endsAt && option !== 'Terminate') {
    return { state: 'active', stateTransitionTime: isoOf(lostAt), executionInfo: { retryCount: 0, requeueCount: 1 } }
  }
  const ended = Math.min(lostAt, endsAt)
  const result = lostAt < endsAt ? { exitCode: 1, result: 'failure' } : { exitCode: 0, result: 'success' }
  return {
    state: 'completed',
    stateTransitionTime: isoOf(ended),
    executionInfo: { startTime: isoOf(since), endTime: isoOf(ended), ...result, retryCount: 0, requeueCount: 0 }
  }
}
