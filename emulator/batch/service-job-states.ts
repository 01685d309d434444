import { durationOf } from '../kernel/durations.ts'
import { flat, unknownProperty } from '../kernel/shape.ts'
import type { Answer, Call, Operation, Stored } from '../kernel/types.ts'
import { answering, refuseMissing, refuseUnknown } from './batch-errors.ts'
import { checkJob } from './job-body.ts'
import { changing, checkState, done, OPEN } from './job-change.ts'
import { completeJob, finishDisabling, hasRunning } from './job-ends.ts'
import { isRunning, jobFacts, jobState, setTasks, tasksOf, touchJob } from './job-record.ts'
import { endTask, runningFacts, stopRun } from './job-tasks.ts'
import { objectOf, textOf } from './json.ts'
import { serviceRow } from './service-scope.ts'
import { endedByUser } from './task-view.ts'
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
  if (jobState(record, call.now) === 'active') jobFacts(record).changes.push({ state: 'disabling', at: call.now })
  finishDisabling(call.world, record, call.now)
  touchJob(record, call.now)
  return done(call, record, 202)
}

function stopTasks(record: Stored, now: number, option: string): void {
  for (const fact of runningFacts(record)) stopRun(fact, now, option === 'requeue' ? 'requeue' : 'user')
  const tasks = tasksOf(record).map(task => {
    if (!isRunning(task)) return task
    return option === 'requeue'
      ? { ...task, state: 'active', stateTransitionTime: isoOf(now) }
      : { ...task, ...endedByUser({}, now) }
  })
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
  const isBusy = hasRunning(record)
  stopTasks(record, call.now, 'terminate')
  const reason = textOf(objectOf(call.body)['terminateReason']) ?? 'UserTerminate'
  completeJob(call.world, record, { at: call.now, reason, isBusy })
  touchJob(record, call.now)
  return done(call, record, 202)
}

function remove(call: Call): Answer {
  const record = changing(call)
  const { changes } = jobFacts(record)
  jobFacts(record).changes = [...changes.filter(({ at }) => at <= call.now), { state: 'deleting', at: call.now }]
  record.deletedAt = call.now + durationOf(call.world, 'job.delete', DELETE_MS)
  for (const { id } of tasksOf(record)) endTask(record, String(id), call.now)
  return { status: 202 }
}
