import { expect, test } from '@jest/globals'
import * as c from './caller.ts'

const SNAPSHOT = `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`
const put = (caller: c.Caller): c.Answer => caller.arm('PUT', SNAPSHOT, c.snapshotBody())

test('a fault meets the calls after those that it skips, as often as it says', () => {
  const respond = { status: 503, code: 'ServerBusy', message: 'later', headers: { 'Retry-After': '7' } }
  const caller = c.makeCaller({ faults: [{ operation: 'Snapshots_CreateOrUpdate', skip: 1, times: 2, respond }] })
  const answers = Array.from({ length: 4 }, () => put(caller))
  expect(answers.map(({ status }) => status)).toEqual([202, 503, 503, 202])
  expect(answers[1]).toMatchObject({
    headers: { 'retry-after': '7' },
    body: { error: { code: 'ServerBusy', message: 'later' } }
  })
  expect(caller.emulator.unusedFaults()).toEqual([])
})

test('a fault that has not met all its calls is unused', () => {
  const fault = { operation: 'Snapshots_CreateOrUpdate', times: 2, respond: { status: 500 } }
  const other = { operation: 'Snapshots_Get', times: 1, respond: { status: 500 } }
  const caller = c.makeCaller({ faults: [fault, other] })
  put(caller)
  expect(caller.emulator.unusedFaults()).toEqual([fault, other])
  put(caller)
  expect(caller.emulator.unusedFaults()).toEqual([other])
})

test('a fault without code and body is an empty answer, as the 503s of Compute were', () => {
  const caller = c.makeCaller({ faults: [{ operation: 'Snapshots_Get', times: 1, respond: { status: 503 } }] })
  const { status, headers, body } = caller.arm('GET', SNAPSHOT)
  expect([status, headers['content-type'], body]).toEqual([503, undefined, undefined])
})

test('two faults of one operation are used one after the other', () => {
  const caller = c.makeCaller()
  caller.emulator.addFaults(
    [500, 503].map(status => ({ operation: 'Snapshots_CreateOrUpdate', times: 1, respond: { status } }))
  )
  expect([put(caller), put(caller), put(caller)].map(({ status }) => status)).toEqual([500, 503, 202])
})

test('a fault can be for one URL only', () => {
  const caller = c.makeCaller({
    faults: [{ operation: 'Snapshots_Get', url: '/snapshots/b', times: 1, respond: { status: 500 } }]
  })
  expect(caller.arm('GET', SNAPSHOT).status).toBe(404)
  expect(caller.arm('GET', SNAPSHOT.replace('/os?', '/b?')).status).toBe(500)
})

test.each([
  ['before', 404],
  ['after', 200]
] as const)('a connection cut %s the call leaves the resource at %i', (reset, status) => {
  const caller = c.makeCaller({ faults: [{ operation: 'Snapshots_CreateOrUpdate', times: 1, respond: { reset } }] })
  const authorization = `Bearer ${caller.token('https://management.core.emulated.azure/').body.access_token}`
  const url = `${c.RESOURCE_MANAGER}${SNAPSHOT}`
  const answer = caller.emulator.handle({
    method: 'PUT',
    url,
    headers: { authorization },
    body: JSON.stringify(c.snapshotBody())
  })
  expect(answer.reset).toBe(true)
  expect(caller.arm('GET', SNAPSHOT).status).toBe(status)
})

test.each(['Failed', 'Canceled'] as const)(
  'an operation that ends %s begins well, says so while polled, and marks the resource',
  outcome => {
    const fault = {
      operation: 'Snapshots_CreateOrUpdate',
      times: 1,
      outcome,
      code: 'InternalError',
      message: 'disk gone'
    }
    const caller = c.makeCaller({ faults: [fault] })
    const { status, headers } = put(caller)
    expect(status).toBe(202)
    caller.time.now += 1_000
    const poll = caller.arm('GET', headers['azure-asyncoperation'] ?? '')
    const error = { code: 'InternalError', message: 'disk gone' }
    expect(poll).toMatchObject({ status: 200, body: { status: outcome, error } })
    expect(poll.body).not.toHaveProperty('properties')
    expect(caller.arm('GET', SNAPSHOT).body.properties.provisioningState).toBe(outcome)
  }
)

test('a deletion that fails leaves the resource', () => {
  const fault = {
    operation: 'Snapshots_Delete',
    times: 1,
    outcome: 'Failed' as const,
    code: 'InternalError',
    message: 'no'
  }
  const caller = c.makeCaller({ faults: [fault] })
  put(caller)
  caller.time.now += 2_000
  const { status, headers } = caller.arm('DELETE', SNAPSHOT)
  expect(status).toBe(202)
  caller.time.now += 60_000
  const poll = caller.arm('GET', headers['azure-asyncoperation'] ?? headers['location'] ?? '')
  expect(poll).toMatchObject({
    status: 200,
    body: { status: 'Failed', error: { code: 'InternalError', message: 'no' } }
  })
  expect(caller.arm('GET', SNAPSHOT).status).toBe(200)
  caller.arm('DELETE', SNAPSHOT)
  caller.time.now += 60_000
  expect(caller.arm('GET', SNAPSHOT).status).toBe(404)
})
