import { find, listUnder, put } from '../kernel/resources.ts'
import { unknownProperty } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { answering, refuse, refuseMissing, refuseProperty } from './batch-errors.ts'
import { checkId, checkJob, JOB_CHANGE, NEW_JOB, newJob } from './job-body.ts'
import { changing, checkState, done, OPEN, recordId, sameId, validators } from './job-change.ts'
import { jobProperties, JOB_TYPE, touchJob } from './job-record.ts'
import { SCHEDULE_TYPE } from './job-schedules.ts'
import { numberOf, objectOf, textOf } from './json.ts'
import { jobs } from './service-jobs.ts'
import { serviceAccount, serviceRow } from './service-scope.ts'
import { finishAfter } from './task-scheduling.ts'
import { etagOfTicks, isoOf, ticksOf } from './time.ts'

const query = ['timeout']

export const serviceJobWriteOperations: Operation[] = [
  {
    ...{ ...serviceRow, id: 'Job_Add', method: 'POST', path: '/jobs', query, handle: answering(add) },
    unknownProperty: body => unknownProperty(body, NEW_JOB)
  },
  {
    ...{ ...serviceRow, id: 'Job_Patch', method: 'PATCH', path: '/jobs/{jobId}', query, handle: answering(patch) },
    unknownProperty: body => unknownProperty(body, JOB_CHANGE)
  }
]

function add(call: Call): Answer {
  const body = objectOf(call.body)
  const id = textOf(body['id']) ?? refuseMissing(call, 'id')
  checkId(call, id)
  const poolId = textOf(objectOf(body['poolInfo'])['poolId']) ?? refuseMissing(call, 'poolInfo')
  checkJob(call, body)
  if (body['jobReleaseTask'] !== undefined && body['jobPreparationTask'] === undefined) {
    refuseMissing(call, 'jobPreparationTask')
  }
  checkRoom(call, id)
  const at = isoOf(call.now)
  const stamp = { eTag: etagOfTicks(ticksOf(call.now)), lastModified: at, creationTime: at, stateTransitionTime: at }
  const properties = { ...newJob(body), ...stamp, state: 'active', executionInfo: { startTime: at, poolId } }
  const record = { id: recordId(call, id), type: JOB_TYPE, createdAt: call.now, body: { properties }, facts: {} }
  put(call.world, record)
  // Whatever the job is called: recorded from 2020 to 2026.
  const location = `${call.origin}/jobs/job-1`
  return { status: 201, headers: { ...validators(record), location, dataserviceid: location } }
}

/** Throws the 409 for an id that is taken (recorded for a job), or for one job more than the account may have. */
function checkRoom(call: Call, id: string): void {
  const account = serviceAccount(call)
  const all = jobs(call)
  if (all.some(({ job }) => sameId(job['id'], id))) {
    refuse(call, { status: 409, code: 'JobExists', message: 'The specified job already exists.' })
  }
  const schedules = listUnder(call.world, account.id, SCHEDULE_TYPE, call.now)
  if (find(call.world, `${account.id}/jobSchedules/${id}`, call.now) !== undefined) {
    const message = 'A job schedule with the specified job id exists. Job and job schedule cannot have the same id.'
    refuse(call, { status: 409, code: 'JobScheduleWithSameIdExists', message })
  }
  const quota = numberOf(objectOf(account.body['properties'])['activeJobAndJobScheduleQuota'])
  const open = all.filter(({ job }) => job['state'] !== 'completed').length + schedules.length
  if (quota === undefined || open < quota) return
  const message = 'Active job and schedule quota for the account has been reached.'
  refuse(call, { status: 409, code: 'ActiveJobAndScheduleQuotaReached', message })
}

/** What is left out stays; another pool only while the job is disabled (service contract; microsoft/haste#99). */
function patch(call: Call): Answer {
  const record = changing(call)
  const { constraints, ...body } = objectOf(call.body)
  checkJob(call, body)
  checkState(call, record, OPEN)
  checkOnAllTasksComplete(call, record, body)
  if (body['poolInfo'] !== undefined) checkState(call, record, ['disabled'])
  const merged = constraints && {
    constraints: { ...objectOf(jobProperties(record)['constraints']), ...objectOf(constraints) }
  }
  touchJob(record, call.now, { ...newValues(body), ...(merged && newValues(merged)) })
  finishAfter(call.world, record, call.now)
  return done(call, record, 200)
}

/** "You may not change the value from terminatejob to noaction": 400 (service contract). */
function checkOnAllTasksComplete(call: Call, record: Stored, { onAllTasksComplete: value }: JsonObject): void {
  const isTakenBack = textOf(value)?.toLowerCase() === 'noaction'
  if (!isTakenBack || jobProperties(record)['onAllTasksComplete'] !== 'terminatejob') return
  const reason = 'The value cannot be changed from terminatejob to noaction'
  refuseProperty(call, { name: 'onAllTasksComplete', value: 'noaction', reason })
}

/** As a new job would have them, numbers above all. */
function newValues(body: JsonObject): JsonObject {
  const whole = newJob(body)
  return Object.fromEntries(Object.keys(body).map(name => [name, whole[name] ?? null]))
}
