import { durationOf } from '../kernel/durations.ts'
import { flat, unknownProperty } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { answering, refuseMissing, refuseUnknown } from './batch-errors.ts'
import { checkJob } from './job-body.ts'
import { changing, checkState, done, OPEN } from './job-change.ts'
import { isRunning, jobFacts, jobProperties, jobState, setTasks, tasksOf, touchJob } from './job-record.ts'
import { objectOf, textOf } from './json.ts'
import { serviceRow } from './service-scope.ts'
import { isoOf } from './time.ts'

const JOB = '/jobs/{jobId}'
const query = ['timeout']

export const serviceJobStateOperations: Operation[] = [
  {
    ...{ ...serviceRow, id: 'Job_Disable', method: 'POST', path: `${JOB}/disable`, query, handle: answering(disable) },
    unknownProperty: body => unknownProperty(body, flat('disableTasks'))
  },
  { ...serviceRow, id: 'Job_Enable', method: 'POST', path: `${JOB}/enable`, query, handle: answering(enable) },
  {
    ...{ ...serviceRow, id: 'Job_Terminate', method: 'POST', path: `${JOB}/terminate`, query: [...query, 'force'] },
    ...{ handle: answering(terminate), unknownProperty: body => unknownProperty(body, flat('terminateReason')) }
  },
  {
    ...serviceRow,
    id: 'Job_Delete',
    method: 'DELETE',
    path: JOB,
    query: [...query, 'force'],
    handle: answering(remove)
  }
]

/** Recorded 2025-09: 0.6 s from disabling to disabled. */
const DISABLE_MS = 600
/** Recorded 2025-09: 31 s with a release task on a node. */
const TERMINATE_MS = 31_000
/** Not recorded. */
const DELETE_MS = 5_000

/** With `wait` it stays disabling for as long as tasks run; else they wait again, or have failed. */
function disable(call: Call): Answer {
  const record = changing(call)
  const body = objectOf(call.body)
  const option = textOf(body['disableTasks']) ?? refuseMissing(call, 'disableTasks')
  checkJob(call, body)
  checkState(call, record, ['active', 'disabling', 'disabled'])
  if (option.toLowerCase() !== 'wait') stopTasks(record, call.now, option.toLowerCase())
  const isHeld = tasksOf(record).some(isRunning)
  const endsAt = call.now + durationOf(call.world, 'job.disable', DISABLE_MS)
  if (jobState(record, call.now) === 'active') jobFacts(record).changes.push({ state: 'disabling', at: call.now })
  if (!isHeld && jobState(record, endsAt) !== 'disabled')
    jobFacts(record).changes.push({ state: 'disabled', at: endsAt })
  touchJob(record, call.now)
  return done(call, record, 202)
}

function stopTasks(record: Stored, now: number, option: string): void {
  const failureInfo = { category: 'usererror', code: 'TaskEnded', message: 'Task was ended by user request' }
  const stopped: JsonObject =
    option === 'requeue'
      ? { state: 'active' }
      : {
          state: 'completed',
          executionInfo: { endTime: isoOf(now), failureInfo, result: 'failure', retryCount: 0, requeueCount: 0 }
        }
  const tasks = tasksOf(record).map(task =>
    isRunning(task) ? { ...task, ...stopped, stateTransitionTime: isoOf(now) } : task
  )
  setTasks(record, tasks)
}

function enable(call: Call): Answer {
  const record = changing(call)
  if (jobState(record, call.now) === 'active') refuseUnknown(call, 'enabling a job that is active')
  checkState(call, record, ['disabled', 'disabling'])
  const { changes } = jobFacts(record)
  // What was still to come doesn't come any more.
  jobFacts(record).changes = [...changes.filter(({ at }) => at <= call.now), { state: 'active', at: call.now }]
  touchJob(record, call.now)
  return done(call, record, 202)
}

/** "Any remaining active tasks will not be scheduled": they stay as they are (service contract). */
function terminate(call: Call): Answer {
  const record = changing(call)
  checkState(call, record, OPEN)
  const facts = jobFacts(record)
  const isBusy = jobProperties(record)['jobReleaseTask'] !== undefined || tasksOf(record).some(isRunning)
  stopTasks(record, call.now, 'terminate')
  const endsAt = call.now + (isBusy ? durationOf(call.world, 'job.terminate', TERMINATE_MS) : DISABLE_MS)
  facts.changes = [
    ...facts.changes.filter(({ at }) => at <= call.now),
    { state: 'terminating', at: call.now },
    { state: 'completed', at: endsAt }
  ]
  facts.terminateReason = textOf(objectOf(call.body)['terminateReason']) ?? 'UserTerminate'
  touchJob(record, call.now)
  return done(call, record, 202)
}

function remove(call: Call): Answer {
  const record = changing(call)
  const { changes } = jobFacts(record)
  jobFacts(record).changes = [...changes.filter(({ at }) => at <= call.now), { state: 'deleting', at: call.now }]
  record.deletedAt = call.now + durationOf(call.world, 'job.delete', DELETE_MS)
  return { status: 202 }
}
