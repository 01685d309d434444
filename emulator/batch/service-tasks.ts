import { flat, unknownProperty, type Shape } from '../kernel/shape.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { nameOf } from '../kernel/resources.ts'
import { answering, BatchRefusal, refuse, refuseMissing, refuseUnknown, SERVICE_HEADERS } from './batch-errors.ts'
import { checkId, newTask } from './job-body.ts'
import { changingWithin, checkMatch, checkState, OPEN, sameId } from './job-change.ts'
import { jobFacts, jobProperties, setTasks, tasksOf } from './job-record.ts'
import { endTask, queueTask, stopRun, taskFact } from './job-tasks.ts'
import { listOf, numberOf, objectOf, textOf } from './json.ts'
import { poolProperties } from './pool-nodes.ts'
import { namedTask } from './service-jobs.ts'
import { serviceId } from './service-pool-change.ts'
import { ITEM_QUERY, servicePools, serviceRow, validatedAnswer } from './service-scope.ts'
import { finishAfter } from './task-scheduling.ts'
import { endedByUser } from './task-view.ts'
import { etagOfTicks, httpDate, isoOf, ticksOf } from './time.ts'

const TASKS = '/jobs/{jobId}/tasks'
const query = ['timeout']

/** What of a new task is known here. */
const TASK: { [property: string]: Shape } = {
  ...flat('id', 'displayName', 'commandLine', 'containerSettings', 'resourceFiles', 'outputFiles'),
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
  },
  { ...serviceRow, id: 'Task_Delete', method: 'DELETE', path: `${TASKS}/{taskId}`, query, handle: answering(remove) },
  {
    ...{ ...serviceRow, id: 'Task_Terminate', method: 'POST', path: `${TASKS}/{taskId}/terminate`, query },
    handle: answering(terminate)
  }
]

const MOST_TASKS = 100

/** 201 without a body (recorded). It waits for a node of the job's pool. */
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
  const job = changingWithin(call)
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
  checkRunnable(call, job, body)
  const at = isoOf(call.now)
  const task = { ...newTask(body), ...stampOf(call.now), creationTime: at, state: 'active', stateTransitionTime: at }
  setTasks(job, [...tasks, task])
  queueTask(job, id, call.now)
  return task
}

const stampOf = (now: number): { eTag: string; lastModified: string } => ({
  eTag: etagOfTicks(ticksOf(now)),
  lastModified: isoOf(now)
})

/** Throws what Batch has against such a task, or the 501 of what nobody here knows how it would run. */
function checkRunnable(call: Call, job: Stored, body: JsonObject): void {
  const dependencies = objectOf(body['dependsOn'])
  if (body['dependsOn'] !== undefined && jobProperties(job)['usesTaskDependencies'] !== true) {
    const message =
      'A task was specified as depending on other tasks, but the job did not specify that it would use task dependencies.'
    refuse(call, { status: 400, code: 'TaskDependenciesNotSpecifiedOnJob', message })
  }
  if (dependencies['taskIdRanges'] !== undefined) refuseUnknown(call, 'dependencies on ranges of task ids')
  const most = objectOf(body['constraints'])['maxTaskRetryCount']
  if (numberOf(most) === -1) refuseUnknown(call, 'a task that is tried again without end')
  if (body['containerSettings'] !== undefined && !hasContainers(call, job))
    refuseUnknown(call, 'containerSettings of a task on a pool without containerConfiguration')
}

function hasContainers(call: Call, job: Stored): boolean {
  const poolId = textOf(objectOf(jobProperties(job)['poolInfo'])['poolId']) ?? ''
  const pool = servicePools(call).find(({ id }) => sameId(nameOf(id), poolId))
  const machine =
    pool && objectOf(objectOf(poolProperties(pool)['deploymentConfiguration'])['virtualMachineConfiguration'])
  return machine?.['containerConfiguration'] !== undefined
}

const locationOf = (call: Call, task: JsonObject): string =>
  `${call.origin}/jobs/${call.params['jobId'] ?? ''}/tasks/${String(task['id'])}`

/** 200 with the validators of its body, which running doesn't change (doc). */
function get(call: Call): Answer {
  return validatedAnswer(call, 'tasks', namedTask(call))
}

/** 204 with another ETag (recorded). A task that waits is completed without having begun. */
function terminate(call: Call): Answer {
  const { record, task } = taskToChange(call)
  if (task['state'] === 'completed') {
    refuse(call, { status: 409, code: 'TaskCompleted', message: 'The specified task is already in a completed state.' })
  }
  const fact = taskFact(record, String(task['id']))
  if (fact !== undefined) stopRun(fact, call.now, 'user')
  const stamp = stampOf(call.now)
  const written = fact === undefined ? endedByUser(task, call.now) : {}
  setTasks(
    record,
    tasksOf(record).map(one => (sameId(one['id'], String(task['id'])) ? { ...one, ...written, ...stamp } : one))
  )
  finishAfter(call.world, record, call.now)
  const headers = { etag: stamp.eTag, 'last-modified': httpDate(call.now), dataserviceid: serviceId(call) }
  return { status: 204, headers: { ...headers, dataserviceversion: '3.0' } }
}

/** 200 without ETag and body (recorded): it ends where it runs, and its files go with it. */
function remove(call: Call): Answer {
  const { record, task } = taskToChange(call)
  const id = String(task['id'])
  endTask(record, id, call.now)
  jobFacts(record).tasks?.delete(id.toLowerCase())
  setTasks(
    record,
    tasksOf(record).filter(one => !sameId(one['id'], id))
  )
  finishAfter(call.world, record, call.now)
  return { status: 200, headers: { dataserviceversion: '3.0' } }
}

function taskToChange(call: Call): { record: Stored; task: JsonObject } {
  const task = namedTask(call)
  const record = changingWithin(call)
  checkMatch(call, textOf(task['eTag']) ?? '')
  return { record, task }
}
