import { nameOf } from '../kernel/resources.ts'
import type { JsonObject } from '../kernel/types.ts'
import type { TaskFact } from './job-record.ts'
import { compact, objectOf } from './json.ts'
import type { NodeFact, TaskRun } from './pool-facts.ts'
import { isoOf } from './time.ts'

const FAILED = 'The task exited with an exit code representing a failure'
export const FAILURE_EXIT_CODE = {
  category: 'usererror',
  code: 'FailureExitCode',
  message: FAILED,
  details: [{ name: 'Message', value: FAILED }]
}
const ENDED = 'The task was ended by user request'
export const ENDED_BY_USER = { category: 'usererror', code: 'TaskEnded', message: ENDED }
/** A task of a world that was ended. */
export const endedByUser = ({ executionInfo }: JsonObject, now: number): JsonObject => ({
  ...{ state: 'completed', stateTransitionTime: isoOf(now) },
  executionInfo: {
    ...{ retryCount: 0, requeueCount: 0, ...objectOf(executionInfo) },
    ...{ endTime: isoOf(now), failureInfo: ENDED_BY_USER, result: 'failure' }
  }
})
/** As pasted in tests of microsoft/accessibility-insights-service. */
const TIMED_OUT = {
  ...ENDED_BY_USER,
  details: [
    { name: 'Message', value: 'The maximum execution time configured on the task was exceeded' },
    { name: 'AdditionalErrorCode', value: 'FailureExitCode' }
  ]
}

/** What a node and a task that ran there are known by (recorded). */
export const affinityOf = ({ id }: Pick<NodeFact, 'id'>): string => `TVM:${id}`

/** Where the files of a run lie on its node; recorded 2019. */
export const rootOf = ({ jobId, taskId }: Pick<TaskRun, 'jobId' | 'taskId'>): string =>
  `workitems/${jobId}/job-1/${taskId}`

type Seen = { now: number; origin: string }

/** What became of a task until now. Running changes neither its ETag nor `lastModified` (doc). */
export function taskProgress(fact: TaskFact, seen: Seen): JsonObject {
  const run = fact.runs.at(-1)
  const [last, previous] = historyOf(fact, seen.now)
  return compact({
    state: last?.state,
    stateTransitionTime: last && isoOf(last.at),
    previousState: previous?.state,
    previousStateTransitionTime: previous && isoOf(previous.at),
    executionInfo: executionInfo(fact, seen.now),
    nodeInfo: run === undefined || last?.state === 'active' ? undefined : nodeInfo(run, seen)
  })
}

type Moment = { state: string; at: number }

/** The states of a task until `now`, the newest first. */
function historyOf({ addedAt, runs, ended }: TaskFact, now: number): Moment[] {
  const moments: Moment[] = [{ state: 'active', at: addedAt }]
  for (const run of runs) {
    const over = run.ended?.at ?? Infinity
    if (run.startedAt > run.at) moments.push({ state: 'preparing', at: run.at })
    if (run.startedAt < over) moments.push({ state: 'running', at: run.startedAt })
    if (over < Infinity && over !== ended?.at) moments.push({ state: 'active', at: over })
  }
  if (ended !== undefined) moments.push({ state: 'completed', at: ended.at })
  return moments.filter(({ at }) => at <= now).reverse()
}

function executionInfo(fact: TaskFact, now: number): JsonObject {
  const { ended, retries, lastRetryAt, requeues, lastRequeueAt } = fact
  const last = fact.runs.at(-1)
  const isShown = last !== undefined && last.ended?.at === ended?.at
  // A task that was ended while it waited has never begun.
  const unbegun = ended && { endTime: isoOf(ended.at), failureInfo: ENDED_BY_USER, result: 'failure' }
  return compact({
    ...(isShown ? runInfo(last, now) : unbegun),
    retryCount: retries,
    lastRetryTime: lastRetryAt === undefined ? undefined : isoOf(lastRetryAt),
    requeueCount: requeues,
    lastRequeueTime: lastRequeueAt === undefined ? undefined : isoOf(lastRequeueAt)
  })
}

function runInfo({ startedAt, ended, exitCode, isTimeout }: TaskRun, now: number): JsonObject {
  if (startedAt > now) return {}
  const startTime = isoOf(startedAt)
  if (ended === undefined || ended.at > now) return { startTime }
  const times = { startTime, endTime: isoOf(ended.at) }
  if (ended.by !== 'itself') return { ...times, failureInfo: ENDED_BY_USER, result: 'failure' }
  if (exitCode === 0) return { ...times, exitCode, result: 'success' }
  return { ...times, exitCode, failureInfo: isTimeout ? TIMED_OUT : FAILURE_EXIT_CODE, result: 'failure' }
}

/** As documented with an output of `az batch task show` (2017). */
function nodeInfo(run: TaskRun, { origin }: Seen): JsonObject {
  const nodeUrl = `${origin}/pools/${nameOf(run.poolId)}/nodes/${run.nodeId}`
  const taskRootDirectory = rootOf(run)
  return {
    ...{ affinityId: affinityOf({ id: run.nodeId }), nodeUrl, poolId: nameOf(run.poolId), nodeId: run.nodeId },
    ...{ taskRootDirectory, taskRootDirectoryUrl: `${nodeUrl}/files/${taskRootDirectory}` }
  }
}

/** Runs that have ended their task, or have failed, on the node. */
export const runsDoneOn = (node: NodeFact, now: number): TaskRun[] =>
  (node.runs ?? []).filter(
    ({ ended }) => ended !== undefined && ended.at <= now && ['itself', 'user'].includes(ended.by)
  )

/** How many Azure shows isn't known. */
const MOST_RECENT = 10

/** Of each task its last run on the node, the newest first; undefined where none ever ran there. */
export function recentTasks(node: NodeFact, { now, origin }: Seen): JsonObject[] | undefined {
  const seen = (node.runs ?? []).filter(run => run.at <= now)
  if (seen.length === 0) return undefined
  const byTask = new Map(seen.map(run => [rootOf(run), run]))
  return [...byTask.values()]
    .filter(run => run.ended === undefined || run.ended.at > now || ['itself', 'user'].includes(run.ended.by))
    .reverse()
    .slice(0, MOST_RECENT)
    .map(run => ({
      taskUrl: `${origin}/jobs/${run.jobId}/tasks/${run.taskId}`,
      ...{ jobId: run.jobId, taskId: run.taskId, taskState: stateOfRun(run, now) },
      executionInfo: { ...runInfo(run, now), retryCount: run.retryCount, requeueCount: run.requeueCount }
    }))
}

function stateOfRun({ startedAt, ended }: TaskRun, now: number): string {
  if (ended !== undefined && ended.at <= now) return 'completed'
  return startedAt <= now ? 'running' : 'preparing'
}
