/** Jobs, job schedules and files of nodes that the Batch service had when an exchange with it was recorded. */
import type { Behaviour, Json, JsonObject } from '../../../emulator/kernel/types.ts'
import { isObject, pathOf } from './recorded-resources.ts'
import type { Recorded, Recording } from './recordings.ts'

type Work = { schedules: JsonObject[]; jobs: (JsonObject & { tasks?: JsonObject[] })[] }

/** As resources of a world, the schedules first. */
export function workBefore(recording: Recording, index: number, account: string): JsonObject[] {
  const { schedules, jobs } = workAt(recording, index)
  return [...schedules.map(one => ['jobSchedules', one] as const), ...jobs.map(one => ['jobs', one] as const)].map(
    ([kind, { id, ...properties }]) => ({
      id: `${account}/${kind}/${String(id)}`,
      type: `Microsoft.Batch/batchAccounts/${kind}`,
      properties
    })
  )
}

/** Whether the path names a job or a schedule that the recording doesn't show, and that was there. */
export function lacksWork(recording: Recording, index: number): boolean {
  const exchange = recording.exchanges[index]
  const [, kind, name] = /^\/(jobs|jobschedules)\/([^/]+)/.exec(exchange === undefined ? '' : pathOf(exchange)) ?? []
  if (name === undefined || exchange?.response.status === 404) return false
  if (exchange !== undefined && /^\/jobs\/[^/]+\/tasks\/[^/]+\/files/.test(pathOf(exchange))) return false
  const { schedules, jobs } = workAt(recording, index)
  return !(kind === 'jobs' ? jobs : schedules).some(({ id }) => id === name)
}

/** Schedules as any answer shows them, without what Azure derives; jobs as the answer itself shows them, for they change. */
function workAt({ exchanges }: Recording, index: number): Work {
  const exchange = exchanges[index]
  const schedules = new Map<string, JsonObject>()
  for (const one of exchanges.filter(other => hostOf(other) === hostOf(exchange))) {
    for (const { id, schedule, jobSpecification } of shownAs('jobschedules', one))
      schedules.set(String(id), { id, schedule, jobSpecification })
    const sent = one.op === 'dp:other.jobschedules' && one.request.method === 'POST' ? one.request.body : undefined
    if (isObject(sent) && !schedules.has(String(sent['id']))) schedules.set(String(sent['id']), asMade(sent, exchanges))
  }
  if (exchange === undefined) return { schedules: [], jobs: [] }
  const written = shownAs('jobs', exchange).filter(({ id }) => !schedules.has(String(id).split(':job-')[0] ?? ''))
  const [, job, task, below] = /^\/jobs\/([^/]+)\/tasks(?:\/([^/]+)(\/files)?)?/.exec(pathOf(exchange)) ?? []
  const shown = shownAs('tasks', exchange)
  const isEnded = task !== undefined && shown.length === 0 && exchange.response.status < 300
  const tasks = isEnded ? [{ id: task, state: 'active' }] : shown
  if (job === undefined) return { schedules: [...schedules.values()], jobs: written }
  return { schedules: [...schedules.values()], jobs: below === undefined ? [{ id: job, tasks }] : [] }
}

const hostOf = (exchange: Recorded | undefined): string => new URL(exchange?.request.uri ?? '').host

/** A schedule that no answer shows: its specification is the one of the job that it made, all that Azure adds included. */
function asMade(sent: JsonObject, exchanges: Recorded[]): JsonObject {
  const job = exchanges.flatMap(one => shownAs('jobs', one)).find(({ id }) => id === `${String(sent['id'])}:job-1`)
  if (job === undefined) return sent
  const known = Object.entries(job).filter(([name]) => !OF_THE_JOB.has(name))
  return { ...sent, jobSpecification: Object.fromEntries(known) }
}

const OF_THE_JOB = new Set(
  'id url eTag lastModified creationTime state stateTransitionTime executionInfo odata.metadata'.split(' ')
)

/** What an answer shows of this kind, by OData's own word for it. */
function shownAs(
  kind: 'jobs' | 'jobschedules' | 'tasks' | 'files',
  { response: { body, status } }: Recorded
): JsonObject[] {
  if (!isObject(body) || status !== 200) return []
  const { 'odata.metadata': metadata, ...shown } = body
  const [, element, single] = /#(\w+)(\/@Element)?$/.exec(String(metadata)) ?? []
  if (element !== kind) return []
  const items = single === undefined ? (body['value'] as JsonObject[]) : [shown]
  return items.map(({ url: _url, ...item }) => item)
}

const NODE = /^\/pools\/([^/]+)\/nodes\/[^/]+\/files/

/** Files as the recording shows them on nodes of the pool that an exchange names: a text, or one of the same length. */
export function filesOf({ exchanges }: Recording, exchange: Recorded): Behaviour['nodes'] {
  const [, pool] = NODE.exec(pathOf(exchange)) ?? []
  if (pool === undefined) return {}
  const texts = new Map<string, string>()
  for (const one of exchanges.filter(other => NODE.exec(pathOf(other))?.[1] === pool)) {
    for (const { name, properties } of shownAs('files', one))
      if (isObject(properties)) texts.set(String(name), ofLength(properties['contentLength']))
    const { method } = one.request
    const [, path] = /\/files\/([^?]+)/.exec(one.request.uri) ?? []
    if (path === undefined || method === 'DELETE') continue
    const { body, headers } = one.response
    const text = typeof body === 'string' ? body : ofLength(headers['content-length'])
    texts.set(decodeURIComponent(path), method === 'GET' ? text : (texts.get(decodeURIComponent(path)) ?? text))
  }
  return { [pool]: { files: [...texts].map(([path, text]) => ({ path, text })) } }
}

const ofLength = (length: Json | undefined): string => 'x'.repeat(Number(length ?? 0))

/** Files of Windows have a time of creation, those of Linux a mode. */
export function filesAreOfWindows(exchanges: Recorded[], exchange: Recorded): boolean {
  const [, pool] = NODE.exec(pathOf(exchange)) ?? []
  return exchanges.some(
    one => NODE.exec(pathOf(one))?.[1] === pool && one.response.headers['ocp-creation-time'] !== undefined
  )
}
