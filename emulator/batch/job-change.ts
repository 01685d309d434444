import { find, put } from '../kernel/resources.ts'
import type { Answer, Call, Stored } from '../kernel/types.ts'
import { refuse, refuseUnknown } from './batch-errors.ts'
import { etagOfJob, jobProperties, jobState, JOB_TYPE } from './job-record.ts'
import { textOf } from './json.ts'
import { jobs } from './service-jobs.ts'
import { serviceId } from './service-pool-change.ts'
import { serviceAccount } from './service-scope.ts'
import { httpDate, ticksOfEtag } from './time.ts'

/** States in which a job takes changes. */
export const OPEN = ['active', 'disabling', 'disabled']

export const recordId = (call: Call, id: string): string => `${serviceAccount(call).id}/jobs/${id}`

export const sameId = (a: unknown, b: string): boolean => String(a).toLowerCase() === b.toLowerCase()

/** The job of a write, once its conditions are met and it isn't being deleted. */
export function changing(call: Call): Stored {
  const record = written(call)
  checkMatch(call, etagOfJob(record))
  return notDeleting(call, record)
}

/** The job of a write to one of its tasks. */
export const changingWithin = (call: Call): Stored => notDeleting(call, written(call))

/** Throws the 412 for another ETag than the one that is asked for. */
export function checkMatch(call: Call, etag: string): void {
  const wanted = call.headers['if-match']
  if (wanted === undefined || wanted === '*' || ticksOfEtag(wanted) === ticksOfEtag(etag)) return
  const message = 'The condition specified using HTTP conditional header(s) is not met.'
  refuse(call, { status: 412, code: 'ConditionNotMet', message })
}

function notDeleting(call: Call, record: Stored): Stored {
  if (record.deletedAt === undefined) return record
  const message = 'The specified job has been marked for deletion and is being garbage collected.'
  return refuse(call, { status: 409, code: 'JobBeingDeleted', message })
}

/** The job's record; that of a job schedule gets one by its first change. */
function written(call: Call): Stored {
  const id = call.params['jobId'] ?? ''
  const there = find(call.world, recordId(call, id), call.now)
  if (there !== undefined) return there
  const found = jobs(call).find(({ job }) => sameId(job['id'], id))
  if (found === undefined)
    refuse(call, { status: 404, code: 'JobNotFound', message: 'The specified job does not exist.' })
  if (found.tasks.length > 0) refuseUnknown(call, 'changes of a job that a pool’s running tasks imply')
  const createdAt = Date.parse(textOf(found.job['creationTime']) ?? '')
  const record = { id: recordId(call, id), type: JOB_TYPE, createdAt, body: { properties: found.job }, facts: {} }
  return put(call.world, record)
}

const REFUSALS: Record<string, { code: string; message: string }> = {
  active: {
    code: 'OperationInvalidForCurrentState',
    message: 'The specified operation is not valid for the current state of the resource.'
  },
  disabling: { code: 'JobDisabled', message: 'The specified job is disabled.' },
  disabled: { code: 'JobDisabled', message: 'The specified job is disabled.' },
  terminating: { code: 'JobBeingTerminated', message: 'The specified job is being terminated.' },
  completed: { code: 'JobCompleted', message: 'The specified job is already in a completed state.' }
}

/** Throws the 409 of the state that the job is in, where it isn't one of these. */
export function checkState(call: Call, record: Stored, states: string[]): void {
  const state = jobState(record, call.now)
  if (states.includes(state)) return
  refuse(call, { status: 409, ...(REFUSALS[state] ?? refuseUnknown(call, `a job that is ${state}`)) })
}

/** The ETag is not in quotes here (recorded). */
export function validators(record: Stored): Record<string, string> {
  const modified = Date.parse(textOf(jobProperties(record)['lastModified']) ?? '')
  return { etag: etagOfJob(record), 'last-modified': httpDate(Number.isNaN(modified) ? record.createdAt : modified) }
}

/** Writes answer without a body (recorded). */
export const done = (call: Call, record: Stored, status: number): Answer => ({
  status,
  headers: { ...validators(record), dataserviceid: serviceId(call), dataserviceversion: '3.0' }
})
