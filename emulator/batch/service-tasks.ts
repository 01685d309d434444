import { flat, unknownProperty, type Shape } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { answering, BatchRefusal, refuse, refuseMissing, SERVICE_HEADERS } from './batch-errors.ts'
import { checkId, newTask } from './job-body.ts'
import { setTasks, tasksOf } from './job-record.ts'
import { listOf, objectOf, textOf } from './json.ts'
import { changing, checkState, OPEN } from './job-change.ts'
import { namedJob } from './service-jobs.ts'
import { ITEM_QUERY, serviceRow, validatedAnswer } from './service-scope.ts'
import { etagOfTicks, httpDate, isoOf, ticksOf } from './time.ts'

const TASKS = '/jobs/{jobId}/tasks'
const query = ['timeout']

/** What of a new task is known here. */
const TASK: { [property: string]: Shape } = {
  ...flat('id', 'displayName', 'commandLine', 'containerSettings', 'exitConditions', 'resourceFiles', 'outputFiles'),
  ...flat('environmentSettings', 'affinityInfo', 'requiredSlots', 'userIdentity', 'dependsOn'),
  constraints: flat('maxWallClockTime', 'retentionTime', 'maxTaskRetryCount')
}
const knows = (shape: Shape): Pick<Operation, 'unknownProperty'> => ({
  unknownProperty: body => unknownProperty(body, shape)
})

export const serviceTaskOperations: Operation[] = [
  { ...serviceRow, ...knows(TASK), id: 'Task_Add', method: 'POST', path: TASKS, query, handle: answering(add) },
  {
    ...{ ...serviceRow, ...knows({ value: TASK }), id: 'Task_AddCollection', method: 'POST' },
    ...{ path: '/jobs/{jobId}/addtaskcollection', query, handle: answering(addAll) }
  },
  {
    ...{ ...serviceRow, id: 'Task_Get', method: 'GET', path: `${TASKS}/{taskId}`, query: ITEM_QUERY },
    handle: answering(get)
  }
]

const MOST_TASKS = 100

/** 201 without a body (recorded). Nothing runs it: it stays active. */
function add(call: Call): Answer {
  const task = addedTo(call, jobOf(call), objectOf(call.body))
  const location = locationOf(call, task)
  const headers = { location, dataserviceid: location, etag: String(task['eTag']), 'last-modified': httpDate(call.now) }
  return { status: 201, headers }
}

/** Each by itself: those that can't be added are told beside those that were. */
function addAll(call: Call): Answer {
  const tasks = listOf(objectOf(call.body)['value'])
  if (tasks.length === 0) refuseMissing(call, 'value')
  if (tasks.length > MOST_TASKS) {
    const message = 'The size of the request body exceeds the maximum size permitted.'
    refuse(call, { status: 413, code: 'RequestBodyTooLarge', message })
  }
  const job = jobOf(call)
  const metadata = `${call.origin}/$metadata#taskaddresult`
  return {
    status: 200,
    headers: { ...SERVICE_HEADERS },
    body: { 'odata.metadata': metadata, value: tasks.map(task => resultOf(call, job, task)) }
  }
}

function resultOf(call: Call, job: Stored, task: JsonObject): JsonObject {
  try {
    const { id = null, eTag = null, lastModified = null } = addedTo(call, job, task)
    return { status: 'success', taskId: id, eTag, lastModified, location: locationOf(call, task) }
  } catch (error) {
    if (!(error instanceof BatchRefusal)) throw error
    const { code = null, message = null } = objectOf(error.answer.body)
    return { status: 'clienterror', taskId: task['id'] ?? null, error: { code, message } }
  }
}

function jobOf(call: Call): Stored {
  const job = changing(call)
  checkState(call, job, OPEN)
  return job
}

function addedTo(call: Call, job: Stored, body: JsonObject): JsonObject {
  const id = textOf(body['id']) ?? refuseMissing(call, 'id')
  checkId(call, id)
  if (body['commandLine'] === undefined) refuseMissing(call, 'commandLine')
  const tasks = tasksOf(job)
  if (tasks.some(task => String(task['id']).toLowerCase() === id.toLowerCase())) {
    refuse(call, { status: 409, code: 'TaskExists', message: 'The specified task already exists.' })
  }
  const at = isoOf(call.now)
  const stamp = { eTag: etagOfTicks(ticksOf(call.now)), creationTime: at, lastModified: at }
  const task = { ...newTask(body), ...stamp, state: 'active', stateTransitionTime: at }
  setTasks(job, [...tasks, task])
  return task
}

const locationOf = (call: Call, task: JsonObject): string =>
  `${call.origin}/jobs/${call.params['jobId'] ?? ''}/tasks/${String(task['id'])}`

function get(call: Call): Answer {
  const wanted = call.params['taskId']?.toLowerCase()
  const task = namedJob(call).tasks.find(({ id }) => String(id).toLowerCase() === wanted)
  if (task !== undefined) return validatedAnswer(call, 'tasks', task)
  return refuse(call, { status: 404, code: 'TaskNotFound', message: 'The specified task does not exist.' })
}
