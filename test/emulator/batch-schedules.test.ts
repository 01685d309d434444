import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import { ACCOUNT, batchWorld, MINUTE } from './batch-world.ts'

const HOUR = 60 * MINUTE
const value = (answer: { body?: unknown }): JsonObject[] => (answer.body as { value: JsonObject[] }).value
const poolInfo = { poolId: 'frames' }

function withSchedule(schedule: JsonObject, more: JsonObject = {}) {
  const properties = { schedule, jobSpecification: { priority: 7, poolInfo }, ...more }
  const type = 'Microsoft.Batch/batchAccounts/jobSchedules'
  const azure = batchWorld({ resources: [{ id: `${ACCOUNT}/jobSchedules/nightly`, type, properties }] })
  const jobs = (): unknown[] => value(azure.service('GET', '/jobs')).map(({ id }) => id)
  const info = (): unknown => (azure.service('GET', '/jobschedules/nightly').body as JsonObject)['executionInfo']
  return { ...azure, jobs, info }
}

test('a schedule of a world, in the list and by itself, with the validators of its body', () => {
  const { service } = withSchedule({ recurrenceInterval: 'P1D' })
  const answer = service('GET', '/jobschedules/nightly')
  const body = answer.body as JsonObject
  expect(body).toMatchObject({
    'odata.metadata': 'https://render.eastus2.batch.emulated.azure/$metadata#jobschedules/@Element',
    id: 'nightly',
    state: 'active',
    schedule: { recurrenceInterval: 'P1D' },
    jobSpecification: { poolInfo }
  })
  expect(answer.headers).toMatchObject({ etag: body['eTag'], 'last-modified': 'Mon, 23 Nov 2026 00:00:00 GMT' })
  const { 'odata.metadata': _metadata, ...one } = body
  expect(value(service('GET', '/jobschedules'))).toEqual([one])
  expect(service('GET', '/jobschedules/none')).toMatchObject({ status: 404, body: { code: 'JobScheduleNotFound' } })
})

test('a schedule has made its first job, which is a job like any other', () => {
  const { service, jobs, info } = withSchedule({ recurrenceInterval: 'P1D' })
  expect(jobs()).toEqual(['nightly:job-1'])
  expect(service('GET', '/jobs/nightly:job-1').body).toMatchObject({
    state: 'active',
    priority: 7,
    poolInfo,
    executionInfo: { poolId: 'frames' }
  })
  expect(value(service('GET', '/jobschedules/nightly/jobs')).map(({ id }) => id)).toEqual(['nightly:job-1'])
  expect(info()).toEqual({
    nextRunTime: '2026-11-24T00:00:00Z',
    recentJob: { id: 'nightly:job-1', url: 'https://render.eastus2.batch.emulated.azure/jobs/nightly:job-1' }
  })
})

test('before doNotRunUntil there is no job, and the next run is then', () => {
  const { jobs, info, pass } = withSchedule({ doNotRunUntil: '2026-11-23T02:00:00Z', recurrenceInterval: 'PT1H' })
  expect([jobs(), info()]).toEqual([[], { nextRunTime: '2026-11-23T02:00:00Z' }])
  pass(3.5 * HOUR)
  expect([jobs(), info()]).toEqual([
    ['nightly:job-1'],
    expect.objectContaining({ nextRunTime: '2026-11-23T04:00:00Z' })
  ])
})

test.each([
  ['disabled', { state: 'disabled' }, { recurrenceInterval: 'P1D' }],
  ['over', {}, { doNotRunAfter: '2026-11-22T00:00:00Z' }]
])('a schedule that is %s makes no job', (_what, more, schedule) => {
  expect(withSchedule(schedule, more).jobs()).toEqual([])
})

test('a world that says executionInfo has the jobs too', () => {
  const executionInfo = { recentJob: { id: 'nightly:job-4' } }
  const { jobs, info } = withSchedule({ recurrenceInterval: 'P1D' }, { executionInfo })
  expect([jobs(), info()]).toEqual([[], executionInfo])
})

test('the job of a schedule is as its specification says, with what Azure adds', () => {
  const specification = { displayName: 'frames', poolInfo, commonEnvironmentSettings: [{ name: 'A', value: 'b' }] }
  const { service } = withSchedule({}, { jobSpecification: { ...specification, onAllTasksComplete: 'terminatejob' } })
  expect(service('GET', '/jobs/nightly:job-1').body).toMatchObject({
    ...specification,
    priority: 0,
    maxParallelTasks: -1,
    usesTaskDependencies: false,
    allowTaskPreemption: false,
    onAllTasksComplete: 'terminatejob',
    onTaskFailure: 'noaction'
  })
})

test('a job by itself has the validators of its body', () => {
  const { service } = withSchedule({})
  const { headers, body } = service('GET', '/jobs/nightly:job-1')
  expect(headers).toMatchObject({
    etag: (body as JsonObject)['eTag'],
    'last-modified': 'Mon, 23 Nov 2026 00:00:00 GMT'
  })
})
