/** A Batch account that goes while it is looked at (BatchAccountEndToEndAsync, 2017 and 2019; canCRUDBatchAccount, 2021). */
import { expect, test } from '@jest/globals'
import { ACCOUNT, batchWorld, MINUTE, POOL, SECOND, steadyPool } from './batch-world.ts'

const deleting = () =>
  batchWorld({
    account: { provisioningState: 'Deleting' },
    pools: [steadyPool()],
    behaviour: { durationsMs: { deleting: MINUTE } }
  })

const TRAIL = /^The specified account does not exist\.\nRequestId:[0-9a-f-]{36}\nTime:\S+Z$/

test('an account that is being deleted is there until it is gone', () => {
  const { arm, service, pass } = deleting()
  pass(MINUTE - 1)
  expect(arm('GET', ACCOUNT)).toMatchObject({ status: 200, body: { properties: { provisioningState: 'Deleting' } } })
  expect(service('GET', '/pools/frames').status).toBe(200)
})

test('right after its deletion Batch itself says that an account isn’t there, and the gateway does later', () => {
  const { arm, pass } = deleting()
  pass(MINUTE)
  for (const path of [ACCOUNT, POOL]) {
    const answer = arm('GET', path)
    expect(answer.headers?.['x-ms-failure-cause']).toBeUndefined()
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'AccountNotFound', target: 'BatchAccount' } } })
    expect((answer.body as { error: { message: string } }).error.message).toMatch(TRAIL)
  }
  pass(30 * SECOND)
  expect(arm('GET', ACCOUNT)).toMatchObject({
    status: 404,
    headers: { 'x-ms-failure-cause': 'gateway' },
    body: { error: { code: 'ResourceNotFound' } }
  })
})

test.each([0, 10 * MINUTE])('its host knows no account from its deletion on (%s ms)', later => {
  const { service, pass } = deleting()
  pass(MINUTE + later)
  for (const [method, path] of [
    ['GET', '/pools'],
    ['GET', '/pools/frames'],
    ['POST', '/pools/frames/stopresize'],
    ['GET', '/jobs']
  ] as const) {
    const answer = service(method, path)
    expect(answer).toMatchObject({ status: 404, body: { code: 'AccountNotFound' } })
    expect((answer.body as { message: { value: string } }).message.value).toMatch(TRAIL)
    expect(answer.body).not.toHaveProperty('target')
  }
})

test('no list has it any more, and its pools go with it', () => {
  const { arm, world, pass } = deleting()
  const scope = ACCOUNT.replace(/\/resourceGroups.*/, '/providers/Microsoft.Batch/batchAccounts')
  const shown = (): unknown[] => (arm('GET', scope).body as { value: unknown[] }).value
  expect(shown()).toHaveLength(1)
  pass(MINUTE)
  expect(shown()).toEqual([])
  expect(world.records.get(POOL.toLowerCase())?.deletedAt).toBe(world.records.get(ACCOUNT.toLowerCase())?.deletedAt)
})
