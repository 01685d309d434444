import { listUnder } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { answering, refuse } from './batch-errors.ts'
import { JOB_TYPE } from './job-record.ts'
import { jobsOf } from './jobs.ts'
import type { Job } from './jobs.ts'
import { SCHEDULE_TYPE } from './job-schedules.ts'
import { numberOf, objectOf, textOf } from './json.ts'
import { filterOf } from './odata-filter.ts'
import {
  itemAnswer,
  ITEM_QUERY,
  LIST_QUERY,
  listAnswer,
  same,
  serviceAccount,
  servicePools,
  serviceRow,
  validatedAnswer
} from './service-scope.ts'

const shared = { ...serviceRow, method: 'GET' } as const

export const serviceJobOperations: Operation[] = [
  { ...shared, id: 'Job_List', path: '/jobs', query: LIST_QUERY, handle: answering(list) },
  { ...shared, id: 'Job_Get', path: '/jobs/{jobId}', query: ITEM_QUERY, handle: answering(get) },
  {
    ...shared,
    id: 'Job_GetTaskCounts',
    path: '/jobs/{jobId}/taskcounts',
    query: ['timeout'],
    handle: answering(taskCounts)
  },
  { ...shared, id: 'Task_List', path: '/jobs/{jobId}/tasks', query: LIST_QUERY, handle: answering(tasks) }
]

export function jobs(call: Call): Job[] {
  const { world, now, origin } = call
  const written = listUnder(world, serviceAccount(call).id, JOB_TYPE, now)
  return jobsOf({ world, now, origin }, { written, pools: servicePools(call), schedules: serviceSchedules(call) })
}

export function serviceSchedules(call: Call): Stored[] {
  return listUnder(call.world, serviceAccount(call).id, SCHEDULE_TYPE, call.now)
}

function list(call: Call): Answer {
  const items = jobs(call)
    .map(({ job }) => job)
    .filter(filterOf(call))
  return listAnswer(call, 'jobs', { items, view: same })
}

/** The job that the path names, in any casing (service contract), or 404. */
export function namedJob(call: Call): Job {
  const wanted = call.params['jobId']?.toLowerCase()
  const found = jobs(call).find(({ job }) => String(job['id']).toLowerCase() === wanted)
  return found ?? refuse(call, { status: 404, code: 'JobNotFound', message: 'The specified job does not exist.' })
}

/** The task that the path names, in any casing, or 404. */
export function namedTask(call: Call): JsonObject {
  const wanted = call.params['taskId']?.toLowerCase()
  const task = namedJob(call).tasks.find(({ id }) => String(id).toLowerCase() === wanted)
  return task ?? refuse(call, { status: 404, code: 'TaskNotFound', message: 'The specified task does not exist.' })
}

function get(call: Call): Answer {
  return validatedAnswer(call, 'jobs', namedJob(call).job)
}

function tasks(call: Call): Answer {
  return listAnswer(call, 'tasks', { items: namedJob(call).tasks.filter(filterOf(call)), view: same })
}

/** A task that is being prepared counts as running (Batch service specification). */
function taskCounts(call: Call): Answer {
  const { tasks } = namedJob(call)
  return itemAnswer(call, 'taskcountsresult', {
    taskCounts: sumsOf(tasks, () => 1),
    taskSlotCounts: sumsOf(tasks, task => numberOf(task['requiredSlots']) ?? 1)
  })
}

function sumsOf(tasks: JsonObject[], weight: (task: JsonObject) => number): JsonObject {
  const inState = (...states: string[]): JsonObject[] =>
    tasks.filter(task => states.includes(textOf(task['state']) ?? ''))
  const sum = (some: JsonObject[]): number => some.reduce((total, task) => total + weight(task), 0)
  const completed = sum(inState('completed'))
  const failed = sum(inState('completed').filter(task => objectOf(task['executionInfo'])['result'] === 'failure'))
  const succeeded = completed - failed
  return { active: sum(inState('active')), running: sum(inState('running', 'preparing')), completed, succeeded, failed }
}
