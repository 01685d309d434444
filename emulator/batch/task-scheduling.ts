import { durationOf } from '../kernel/durations.ts'
import { isGone, sameText } from '../kernel/resources.ts'
import type { JsonObject, Stored, World } from '../kernel/types.ts'
import { completeJob, finishDisabling } from './job-ends.ts'
import { jobFacts, jobProperties, jobState, JOB_TYPE, tasksOf, type TaskFact } from './job-record.ts'
import { openFacts, openRun, runningFacts, stopRun, taskFact } from './job-tasks.ts'
import { numberOf, objectOf, textOf } from './json.ts'
import { isWindows } from './node-files.ts'
import { preemptionOf } from './node-times.ts'
import { nodeState } from './nodes.ts'
import type { NodeFact, TaskRun } from './pool-facts.ts'
import { accountIdOf, factsOf } from './pool-record.ts'
import { outcomeOf } from './task-outcomes.ts'
import { choosePlace, isPrepared, nodeOfRun, placesOf, poolOfRun, readyTimes, type Place } from './task-places.ts'

/** From being added to running on an idle node: recorded 2.1 and 2.4 s (2019, 2020), documented 3.4 s. */
const START_MS = 2_400
const PREPARE_MS = 2_000

/**
 * Brings the tasks of all jobs up to `now`: event by event, in the order of time, nodes take what waits and runs end. What comes of it
 * depends on the facts before and on the time alone, not on who looks or how often.
 */
export function settleTasks(world: World, now: number): void {
  const jobs = jobsAtWork(world)
  if (jobs.length === 0) return
  const from = jobs.reduce((latest, job) => Math.max(latest, jobFacts(job).settledAt ?? job.createdAt), 0)
  const ready = poolsOfJobs(world, jobs, now).flatMap(pool => readyTimes({ world, pool, now }, from))
  for (let at: number | undefined = from; at !== undefined && at <= now; at = nextTime({ world, jobs, ready }, at)) {
    for (const job of jobs) endRuns(world, job, at)
    startTasks(world, jobs, at)
  }
  for (const job of jobs) jobFacts(job).settledAt = now
}

const jobsAtWork = (world: World): Stored[] =>
  [...world.records.values()].filter(
    record => record.deletedAt === undefined && sameText(record.type, JOB_TYPE) && openFacts(record).length > 0
  )

function poolOfJob(world: World, job: Stored, now: number): Stored | undefined {
  const poolId = textOf(objectOf(jobProperties(job)['poolInfo'])['poolId']) ?? ''
  const pool = world.records.get(`${accountIdOf(job.id)}/pools/${poolId}`.toLowerCase())
  return pool === undefined || isGone(pool, now) || pool.createdAt > now ? undefined : pool
}

function poolsOfJobs(world: World, jobs: Stored[], now: number): Stored[] {
  return [...new Set(jobs.flatMap(job => poolOfJob(world, job, now) ?? []))]
}

type Course = { world: World; jobs: Stored[]; ready: number[] }

/** The next time at which something can happen. */
function nextTime({ world, jobs, ready }: Course, after: number): number | undefined {
  const own = jobs.flatMap(openFacts).flatMap(fact => {
    const run = openRun(fact)
    return run === undefined ? [dueAt(world, fact)] : [run.endsAt, cutAt(world, run)]
  })
  const later = [...ready, ...own].filter(at => at > after && at < Infinity)
  return later.length === 0 ? undefined : later.reduce((first, at) => Math.min(first, at))
}

const dueAt = (world: World, fact: TaskFact): number => fact.waitingSince + durationOf(world, 'task.start', START_MS)

/** When the node of a run leaves, or is preempted. */
function cutAt(world: World, run: TaskRun): number {
  const [pool, node] = [poolOfRun(world, run), nodeOfRun(world, run)]
  if (pool === undefined || node === undefined) return Infinity
  const { preemptedAt } = preemptionOf({ world, pool, now: run.at }, node)
  return Math.min(node.leavingAt ?? Infinity, preemptedAt >= run.at ? preemptedAt : Infinity)
}

function endRuns(world: World, job: Stored, at: number): void {
  const running = runningFacts(job)
  for (const fact of running) {
    const run = openRun(fact)
    if (run !== undefined) endRun(world, { job, fact, run }, at)
  }
  if (runningFacts(job).length < running.length) finishAfter(world, job, at)
}

/** What follows for a job from one of its tasks having ended. */
export function finishAfter(world: World, job: Stored, at: number): void {
  finishDisabling(world, job, at)
  completeIfAllAre(world, job, at)
}

type Running = { job: Stored; fact: TaskFact; run: TaskRun }

function endRun(world: World, { job, fact, run }: Running, at: number): void {
  const [pool, node] = [poolOfRun(world, run), nodeOfRun(world, run)]
  if (pool === undefined || node === undefined) return
  // What runs on a node that nobody reaches is heard of no more.
  const isLost = nodeState({ world, pool, now: at }, node).state === 'unknown'
  if (run.endsAt <= at && run.endsAt <= cutAt(world, run) && !isLost) {
    endByItself(job, fact, run)
    return
  }
  if (cutAt(world, run) > at) return
  if ((node.leavingAt ?? Infinity) > at) stopRun(fact, at, 'recovery')
  else stopRun(fact, at, isTerminating(pool) ? 'user' : 'requeue')
}

/** A pool that is deleted requeues (service contract, Pool_Delete). */
const isTerminating = (pool: Stored): boolean =>
  pool.deletedAt === undefined && factsOf(pool).resize?.option === 'Terminate'

/** A failure is tried again as often as the task says; a time limit that is reached isn't. */
function endByItself(job: Stored, fact: TaskFact, run: TaskRun): void {
  run.ended = { at: run.endsAt, by: 'itself' }
  const task = bodyOf(job, run.taskId)
  const most = numberOf(objectOf(task['constraints'])['maxTaskRetryCount']) ?? 0
  if (run.exitCode === 0 || run.isTimeout || fact.retries >= most) {
    fact.ended = { at: run.endsAt, by: 'itself' }
    return
  }
  fact.isRetry = true
  fact.waitingSince = run.endsAt
}

const bodyOf = (job: Stored, taskId: string): JsonObject =>
  tasksOf(job).find(({ id }) => textOf(id)?.toLowerCase() === taskId.toLowerCase()) ?? {}

function completeIfAllAre(world: World, job: Stored, at: number): void {
  if (jobProperties(job)['onAllTasksComplete'] !== 'terminatejob' || jobState(job, at) !== 'active') return
  const tasks = tasksOf(job)
  if (tasks.length === 0 || openFacts(job).length > 0) return
  const isDone = (task: JsonObject): boolean =>
    taskFact(job, String(task['id'])) !== undefined || task['state'] === 'completed'
  if (tasks.every(isDone)) completeJob(world, job, { at, reason: 'AllTasksComplete' })
}

type Waiting = { job: Stored; task: JsonObject; fact: TaskFact }

/** Jobs by priority, then in the order in which they and their tasks were made. */
function startTasks(world: World, jobs: Stored[], at: number): void {
  const waiting = jobs
    .filter(job => jobState(job, at) === 'active')
    .sort((a, b) => priorityOf(b) - priorityOf(a) || a.createdAt - b.createdAt)
    .flatMap(job => waitingOf(world, job, at))
  const places = new Map<Stored, Place[]>()
  for (const one of waiting) {
    const pool = poolOfJob(world, one.job, at)
    if (pool === undefined || isAtMost(one.job)) continue
    const free = places.get(pool) ?? placesOf({ world, pool, now: at })
    places.set(pool, free)
    startTask(world, one, { pool, places: free, at })
  }
}

const priorityOf = (job: Stored): number => numberOf(jobProperties(job)['priority']) ?? 0

function isAtMost(job: Stored): boolean {
  const most = numberOf(jobProperties(job)['maxParallelTasks']) ?? -1
  return most > 0 && runningFacts(job).length >= most
}

function waitingOf(world: World, job: Stored, at: number): Waiting[] {
  return tasksOf(job).flatMap(task => {
    const fact = taskFact(job, String(task['id']))
    if (fact === undefined || fact.ended !== undefined || openRun(fact) !== undefined) return []
    return dueAt(world, fact) <= at && dependenciesOf(task).every(id => hasSucceeded(job, id))
      ? [{ job, task, fact }]
      : []
  })
}

function dependenciesOf(task: JsonObject): string[] {
  const ids = objectOf(task['dependsOn'])['taskIds']
  return Array.isArray(ids) ? ids.map(String) : []
}

function hasSucceeded(job: Stored, taskId: string): boolean {
  const fact = taskFact(job, taskId)
  if (fact === undefined) return tasksOf(job).some(task => task['id'] === taskId && task['state'] === 'completed')
  return fact.ended?.by === 'itself' && fact.runs.at(-1)?.exitCode === 0
}

type Ground = { pool: Stored; places: Place[]; at: number }

function startTask(world: World, { job, task, fact }: Waiting, { pool, places, at }: Ground): void {
  const look = { world, pool, now: at }
  const slots = numberOf(task['requiredSlots']) ?? 1
  const affinityId = textOf(objectOf(task['affinityInfo'])['affinityId'])
  const place = choosePlace(look, places, { slots, affinityId })
  if (place === undefined) return
  const { node } = place
  const jobId = job.id.split('/').at(-1) ?? ''
  const prepares = jobProperties(job)['jobPreparationTask'] !== undefined && !isPrepared(look, node, jobId)
  const startedAt = at + (prepares ? durationOf(world, 'job.prepare', PREPARE_MS) : 0)
  if (fact.isRetry === true) {
    fact.isRetry = false
    fact.retries++
    fact.lastRetryAt = startedAt
  }
  const run: TaskRun = {
    ...{ jobId, taskId: String(task['id']), poolId: pool.id, nodeId: node.id, slots, at, startedAt },
    ...{ retryCount: fact.retries, requeueCount: fact.requeues },
    ...outcomeOf(look, node, { task, jobId, startedAt, isWindows: isWindows(pool) })
  }
  place.free -= slots
  node.runs = [...(node.runs ?? []), run]
  fact.runs.push(run)
}

/** Ends what runs on a node that a user reboots. */
export function stopRunsOn(world: World, node: NodeFact, stop: { at: number; by: 'user' | 'requeue' }): void {
  for (const job of jobsAtWork(world)) {
    for (const fact of runningFacts(job)) if (openRun(fact)?.nodeId === node.id) stopRun(fact, stop.at, stop.by)
    finishAfter(world, job, stop.at)
  }
}
