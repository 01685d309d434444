import { listUnder } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { answering, refuse } from './batch-errors.ts'
import { JOB_TYPE } from './job-record.ts'
import { jobsOf } from './jobs.ts'
import type { Job } from './jobs.ts'
import { SCHEDULE_TYPE } from './job-schedules.ts'
import { textOf } from './json.ts'
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

function get(call: Call): Answer {
  return validatedAnswer(call, 'jobs', namedJob(call).job)
}

function tasks(call: Call): Answer {
  return listAnswer(call, 'tasks', { items: namedJob(call).tasks.filter(filterOf(call)), view: same })
}

/** A task that is being prepared counts as running (Batch service specification). */
function taskCounts(call: Call): Answer {
  const all = namedJob(call).tasks
  const inState = (...states: string[]): number =>
    all.filter(task => states.includes(textOf(task['state']) ?? '')).length
  const failed = all.filter(task => task['state'] === 'completed' && resultOf(task) === 'failure').length
  const completed = inState('completed')
  const sums = {
    active: inState('active'),
    running: inState('running', 'preparing'),
    completed,
    succeeded: completed - failed,
    failed
  }
  return itemAnswer(call, 'taskcountsresult', { taskCounts: sums, taskSlotCounts: sums })
}

function resultOf(task: JsonObject): string | undefined {
  const info = task['executionInfo']
  return info !== null && typeof info === 'object' && !Array.isArray(info) ? textOf(info['result']) : undefined
}
