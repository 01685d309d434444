/** What clients do to jobs and tasks at the account's own host. */
import { expect, test } from '@jest/globals'
import type { Answer, JsonObject } from '../../emulator/kernel/types.ts'
import { ACCOUNT, batchWorld, SECOND } from './batch-world.ts'

const HOST = 'https://render.eastus2.batch.emulated.azure'
const value = (answer: Answer): JsonObject[] => (answer.body as { value: JsonObject[] }).value
const codeOf = ({ status, body }: Answer): unknown[] => [status, (body as JsonObject | undefined)?.['code']]
const NEW = { id: 'night', poolInfo: { poolId: 'frames' } }

/** A job as a world has it. */
const writtenJob = (properties: JsonObject): JsonObject => ({
  id: `${ACCOUNT}/jobs/day`,
  type: 'Microsoft.Batch/batchAccounts/jobs',
  properties: { poolInfo: { poolId: 'frames' }, ...properties }
})
const RUNNING = [
  { id: 'a', state: 'running' },
  { id: 'b', state: 'active' }
]

function withJob(body: JsonObject = NEW) {
  const world = batchWorld()
  const added = world.service('POST', '/jobs', { body })
  const job = (): JsonObject => world.service('GET', `/jobs/${String(body['id'])}`).body as JsonObject
  const ask = (verb: string, more?: JsonObject): Answer =>
    world.service('POST', `/jobs/night/${verb}`, more === undefined ? {} : { body: more })
  return { ...world, added, job, ask }
}

test('a new job is active, with the defaults of what it leaves out', () => {
  const { added, job } = withJob({
    ...NEW,
    constraints: { maxTaskRetryCount: '5' },
    jobPreparationTask: { commandLine: 'true' },
    jobReleaseTask: { commandLine: 'true' }
  })
  expect(added).toMatchObject({ status: 201, headers: { location: `${HOST}/jobs/job-1` } })
  expect(added.body).toBeUndefined()
  expect(job()).toMatchObject({
    ...{ id: 'night', url: `${HOST}/jobs/night`, state: 'active', eTag: added.headers?.['etag'] },
    ...{ priority: 0, maxParallelTasks: -1, onAllTasksComplete: 'noaction', poolInfo: { poolId: 'frames' } },
    constraints: { maxWallClockTime: 'P10675199DT2H48M5.4775807S', maxTaskRetryCount: 5 },
    jobPreparationTask: { id: 'jobpreparation', waitForSuccess: true, constraints: { retentionTime: 'P7D' } },
    jobReleaseTask: { id: 'jobrelease', maxWallClockTime: 'PT15M' },
    executionInfo: { startTime: '2026-11-23T00:00:00Z', poolId: 'frames' }
  })
})

test.each<[string, JsonObject, unknown[]]>([
  ['an id that is there', { ...NEW, id: 'NIGHT' }, [409, 'JobExists']],
  ['no id', { poolInfo: NEW.poolInfo }, [400, 'MissingRequiredProperty']],
  ['an id with a space', { ...NEW, id: 'a b' }, [400, 'InvalidPropertyValue']],
  ['no pool', { id: 'x' }, [400, 'MissingRequiredProperty']],
  ['an unknown word', { ...NEW, id: 'x', onAllTasksComplete: 'badValue' }, [400, 'InvalidPropertyValue']],
  ['a priority of 1001', { ...NEW, id: 'x', priority: 1_001 }, [400, 'InvalidPropertyValue']],
  ['no parallel task', { ...NEW, id: 'x', maxParallelTasks: 0 }, [400, 'InvalidPropertyValue']],
  [
    'a release task alone',
    { ...NEW, id: 'x', jobReleaseTask: { commandLine: 'true' } },
    [400, 'MissingRequiredProperty']
  ]
])('a new job with %s is refused', (_, body, expected) => {
  const { service } = withJob()
  expect(codeOf(service('POST', '/jobs', { body }))).toEqual(expected)
  expect(value(service('GET', '/jobs'))).toHaveLength(1)
})

test('an account has as many jobs and schedules as its quota; a completed job makes room', () => {
  const { service, pass } = batchWorld({ account: { activeJobAndJobScheduleQuota: 1 } })
  const add = (id: string): Answer => service('POST', '/jobs', { body: { ...NEW, id } })
  expect(add('a').status).toBe(201)
  expect(codeOf(add('b'))).toEqual([409, 'ActiveJobAndScheduleQuotaReached'])
  service('POST', '/jobs/a/terminate')
  pass(SECOND)
  expect(add('b').status).toBe(201)
})

test('a PATCH changes what it names, under the ETag that it was given', () => {
  const { service, job } = withJob()
  const before = job()
  const sent = { priority: '900', constraints: { maxTaskRetryCount: 3 } }
  const headers = { 'if-match': String(before['eTag']) }
  const answer = service('PATCH', '/jobs/night', { body: sent, headers })
  expect(answer).toMatchObject({ status: 200, headers: { dataserviceid: `${HOST}/jobs/night` } })
  expect(job()).toMatchObject({
    ...{ priority: 900, maxParallelTasks: -1, eTag: answer.headers?.['etag'] },
    constraints: { maxWallClockTime: 'P10675199DT2H48M5.4775807S', maxTaskRetryCount: 3 }
  })
  expect(codeOf(service('PATCH', '/jobs/night', { body: sent, headers }))).toEqual([412, 'ConditionNotMet'])
})

test('what a PATCH can’t change: a word that there isn’t, a termination taken back, the pool of a job that is active', () => {
  const { service, ask, pass, job } = withJob({ ...NEW, onAllTasksComplete: 'terminatejob' })
  const patch = (body: JsonObject): Answer => service('PATCH', '/jobs/night', { body })
  expect(patch({ onAllTasksComplete: 'badValue' }).body).toMatchObject({
    code: 'InvalidPropertyValue',
    values: [
      { key: 'PropertyName', value: 'onAllTasksComplete' },
      { key: 'PropertyValue', value: 'badValue' },
      { key: 'Reason', value: 'The value provided for one of the properties in the request body is invalid.' }
    ]
  })
  expect(codeOf(patch({ onAllTasksComplete: 'noaction' }))).toEqual([400, 'InvalidPropertyValue'])
  expect(codeOf(patch({ poolInfo: { poolId: 'other' } }))).toEqual([409, 'OperationInvalidForCurrentState'])
  ask('disable', { disableTasks: 'requeue' })
  pass(SECOND)
  expect(patch({ poolInfo: { poolId: 'other' } }).status).toBe(200)
  expect(job()).toMatchObject({ poolInfo: { poolId: 'other' } })
})

test('disable, enable: disabling for a moment, then disabled, then active', () => {
  const { ask, job, pass } = withJob()
  const first = job()['eTag']
  expect(ask('disable', { disableTasks: 'requeue' })).toMatchObject({
    status: 202,
    headers: { dataserviceid: `${HOST}/jobs/night/disable` }
  })
  expect(job()).toMatchObject({ state: 'disabling', previousState: 'active' })
  expect(job()['eTag']).not.toBe(first)
  pass(600)
  expect(job()).toMatchObject({
    ...{ state: 'disabled', stateTransitionTime: '2026-11-23T00:00:00.6Z' },
    ...{ previousState: 'active', previousStateTransitionTime: '2026-11-23T00:00:00Z' }
  })
  expect(ask('disable', { disableTasks: 'requeue' }).status).toBe(202)
  pass(SECOND)
  expect(job()).toMatchObject({ state: 'disabled', stateTransitionTime: '2026-11-23T00:00:00.6Z' })
  expect(ask('enable').status).toBe(202)
  expect(job()).toMatchObject({ state: 'active', previousState: 'disabled' })
})

test('a job that is enabled while it is disabling stays active', () => {
  const { ask, job, pass } = withJob()
  ask('disable', { disableTasks: 'requeue' })
  ask('enable')
  pass(SECOND)
  expect(job()['state']).toBe('active')
})

test.each([
  ['requeue', 'disabled', ['active', 'active']],
  ['terminate', 'disabled', ['completed', 'active']],
  ['wait', 'disabling', ['running', 'active']]
])('disable by %s: the job is %s, its tasks %j', (disableTasks, state, states) => {
  const { service, pass } = batchWorld({ resources: [writtenJob({ tasks: RUNNING })] })
  service('POST', '/jobs/day/disable', { body: { disableTasks } })
  pass(SECOND)
  expect(service('GET', '/jobs/day').body).toMatchObject({ state })
  expect(value(service('GET', '/jobs/day/tasks')).map(task => task['state'])).toEqual(states)
})

test.each([
  [{}, 'MissingRequiredProperty'],
  [{ disableTasks: 'drop' }, 'InvalidPropertyValue']
])('disable by %j is refused', (body, code) => {
  expect(codeOf(withJob().ask('disable', body))).toEqual([400, code])
})

test('terminate: terminating, then completed, and nothing more is taken', () => {
  const { service, ask, job, pass } = withJob()
  service('POST', '/jobs/night/tasks', { body: { id: 't', commandLine: 'true' } })
  expect(ask('terminate', { terminateReason: 'enough' }).status).toBe(202)
  expect(job()).toMatchObject({ state: 'terminating', executionInfo: { terminateReason: 'enough' } })
  expect(codeOf(ask('disable', { disableTasks: 'requeue' }))).toEqual([409, 'JobBeingTerminated'])
  pass(SECOND)
  expect(job()).toMatchObject({ state: 'completed', executionInfo: { endTime: '2026-11-23T00:00:00.6Z' } })
  expect(value(service('GET', '/jobs/night/tasks')).map(task => task['state'])).toEqual(['active'])
  for (const answer of [ask('enable'), ask('terminate'), service('PATCH', '/jobs/night', { body: { priority: 1 } })]) {
    expect(codeOf(answer)).toEqual([409, 'JobCompleted'])
  }
  const late = service('POST', '/jobs/night/tasks', { body: { id: 'late', commandLine: 'true' } })
  expect(codeOf(late)).toEqual([409, 'JobCompleted'])
})

test('a release task makes the end of a job last', () => {
  const tasks = { jobPreparationTask: { commandLine: 'true' }, jobReleaseTask: { commandLine: 'true' } }
  const { ask, job, pass } = withJob({ ...NEW, ...tasks })
  ask('terminate')
  pass(30 * SECOND)
  expect(job()).toMatchObject({ state: 'terminating', executionInfo: { terminateReason: 'UserTerminate' } })
  pass(SECOND)
  expect(job()['state']).toBe('completed')
})

test('delete: deleting, then gone; nothing is taken meanwhile', () => {
  const { service, ask, pass } = withJob()
  expect(service('DELETE', '/jobs/night')).toMatchObject({ status: 202 })
  expect(service('GET', '/jobs/night').body).toMatchObject({ state: 'deleting' })
  for (const answer of [service('DELETE', '/jobs/night'), ask('terminate')]) {
    expect(codeOf(answer)).toEqual([409, 'JobBeingDeleted'])
  }
  pass(5 * SECOND)
  expect(codeOf(service('GET', '/jobs/night'))).toEqual([404, 'JobNotFound'])
  expect(codeOf(service('DELETE', '/jobs/night'))).toEqual([404, 'JobNotFound'])
})

test('tasks are added one by one and many at a time, and found in any casing', () => {
  const { service } = withJob()
  const added = service('POST', '/jobs/night/tasks', { body: { id: 'One', commandLine: 'sleep 60' } })
  expect(added).toMatchObject({ status: 201, headers: { location: `${HOST}/jobs/night/tasks/One` } })
  expect(service('GET', '/jobs/NIGHT/tasks/one')).toMatchObject({
    status: 200,
    headers: { etag: added.headers?.['etag'] },
    body: { id: 'One', state: 'active', requiredSlots: 1, constraints: { retentionTime: 'P7D', maxTaskRetryCount: 0 } }
  })
  const many = [
    { id: 'two', commandLine: 'true' },
    { id: 'ONE', commandLine: 'true' }
  ]
  const answer = service('POST', '/jobs/night/addtaskcollection', { body: { value: many } })
  expect(value(answer)).toMatchObject([
    { status: 'success', taskId: 'two', location: `${HOST}/jobs/night/tasks/two` },
    { status: 'clienterror', taskId: 'ONE', error: { code: 'TaskExists' } }
  ])
  expect(value(service('GET', '/jobs/night/tasks')).map(({ id }) => id)).toEqual(['One', 'two'])
  expect(service('GET', '/jobs/night/taskcounts').body).toMatchObject({ taskCounts: { active: 2 } })
})

test.each<[string, string, JsonObject, unknown[]]>([
  ['a task without a command', 'night/tasks', { id: 't' }, [400, 'MissingRequiredProperty']],
  ['a task without an id', 'night/tasks', { commandLine: 'true' }, [400, 'MissingRequiredProperty']],
  ['a task of no job', 'none/tasks', { id: 't', commandLine: 'true' }, [404, 'JobNotFound']],
  ['no task at all', 'night/addtaskcollection', { value: [] }, [400, 'MissingRequiredProperty']]
])('%s is refused', (_, path, body, expected) => {
  expect(codeOf(withJob().service('POST', `/jobs/${path}`, { body }))).toEqual(expected)
})

test('a task that isn’t there is a 404', () => {
  expect(codeOf(withJob().service('GET', '/jobs/night/tasks/none'))).toEqual([404, 'TaskNotFound'])
})

test('the job of a schedule is changed as any other', () => {
  const schedule = {
    id: `${ACCOUNT}/jobSchedules/daily`,
    type: 'Microsoft.Batch/batchAccounts/jobSchedules',
    properties: { schedule: {}, jobSpecification: { poolInfo: { poolId: 'frames' } } }
  }
  const { service } = batchWorld({ resources: [schedule] })
  expect(service('PATCH', '/jobs/daily:job-1', { body: { priority: 7 } }).status).toBe(200)
  expect(value(service('GET', '/jobs')).map(({ id, priority }) => [id, priority])).toEqual([['daily:job-1', 7]])
  expect(codeOf(service('POST', '/jobs', { body: { ...NEW, id: 'daily' } }))).toEqual([
    409,
    'JobScheduleWithSameIdExists'
  ])
})
