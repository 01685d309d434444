import { nameOf } from '../kernel/resources.ts'
import type { Answer, Call, Operation, Stored } from '../kernel/types.ts'
import { answering, refuse } from './batch-errors.ts'
import { scheduleView } from './job-schedules.ts'
import { textOf } from './json.ts'
import { filterOf } from './odata-filter.ts'
import { jobs, serviceSchedules } from './service-jobs.ts'
import { ITEM_QUERY, LIST_QUERY, listAnswer, same, serviceRow, validatedAnswer } from './service-scope.ts'

const SCHEDULE = '/jobschedules/{jobScheduleId}'
const shared = { ...serviceRow, method: 'GET' } as const

export const serviceJobScheduleOperations: Operation[] = [
  { ...shared, id: 'JobSchedule_List', path: '/jobschedules', query: LIST_QUERY, handle: answering(list) },
  { ...shared, id: 'JobSchedule_Get', path: SCHEDULE, query: ITEM_QUERY, handle: answering(get) },
  {
    ...shared,
    id: 'Job_ListFromJobSchedule',
    path: `${SCHEDULE}/jobs`,
    query: LIST_QUERY,
    handle: answering(listJobs)
  }
]

function list(call: Call): Answer {
  const items = serviceSchedules(call).map(record => scheduleView(call, record))
  return listAnswer(call, 'jobschedules', { items: items.filter(filterOf(call)), view: same })
}

function named(call: Call): Stored {
  const found = serviceSchedules(call).find(({ id }) => nameOf(id) === call.params['jobScheduleId'])
  const message = 'The specified job schedule does not exist.'
  return found ?? refuse(call, { status: 404, code: 'JobScheduleNotFound', message })
}

function get(call: Call): Answer {
  return validatedAnswer(call, 'jobschedules', scheduleView(call, named(call)))
}

/** Jobs of a schedule are known by their name: `{schedule}:job-{n}` (recorded). */
function listJobs(call: Call): Answer {
  const prefix = `${nameOf(named(call).id)}:job-`
  const items = jobs(call)
    .map(({ job }) => job)
    .filter(job => textOf(job['id'])?.startsWith(prefix))
  return listAnswer(call, 'jobs', { items: items.filter(filterOf(call)), view: same })
}
