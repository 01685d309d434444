/** What Batch does, or shows, by the time alone. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import { ACCOUNT, batchWorld, fixedScale, MINUTE, patch, POOL, poolBody, SECOND, steadyPool } from './batch-world.ts'

const value = (answer: { body?: unknown }): JsonObject[] => (answer.body as { value: JsonObject[] }).value
const autoScale = (formula: string, evaluationInterval = 'PT10M'): JsonObject => ({
  scaleSettings: { autoScale: { formula, evaluationInterval } }
})
const evaluatedAt = (pool: JsonObject): unknown => (pool['autoScaleRun'] as JsonObject)['evaluationTime']

test('nodeCountsLagMs: counts show the pools as they were so long ago', () => {
  const { arm, service, pass } = batchWorld({ pools: [steadyPool()], behaviour: { nodeCountsLagMs: 5 * MINUTE } })
  const counts = (): unknown[] =>
    value(service('GET', '/nodecounts')).map(({ poolId, dedicated }) => [poolId, (dedicated as JsonObject)['total']])
  pass(MINUTE)
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(5) }))
  arm('PUT', `${ACCOUNT}/pools/new`, { body: poolBody() })
  pass(4 * MINUTE)
  expect(counts()).toEqual([['frames', 2]])
  pass(4 * MINUTE)
  expect(counts()).toEqual([
    ['frames', 5],
    ['new', 2]
  ])
})

test('counts are of now where the world says nothing', () => {
  const { arm, service, pass } = batchWorld({ pools: [steadyPool()] })
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(5) }))
  pass(MINUTE)
  expect(value(service('GET', '/nodecounts'))).toMatchObject([{ dedicated: { total: 5 } }])
})

test('a formula is evaluated each evaluationInterval; one that asks for what is there begins no resize', () => {
  const { arm, pool, pass } = batchWorld()
  arm('PUT', POOL, { body: poolBody(autoScale('$TargetDedicatedNodes=2')) })
  pass(9 * MINUTE)
  const before = pool()
  expect(evaluatedAt(before)).toBe('2026-11-23T00:00:00Z')
  pass(26 * MINUTE)
  const after = pool()
  expect(evaluatedAt(after)).toBe('2026-11-23T00:30:00Z')
  expect(after['resizeOperationStatus']).toEqual(before['resizeOperationStatus'])
  expect(after['lastModified']).toBe(before['lastModified'])
})

test('a formula that asks for another size at its next evaluation begins a resize then', () => {
  const { arm, pool, pass } = batchWorld({ pools: [steadyPool()] })
  arm('PATCH', POOL, patch(autoScale('$TargetDedicatedNodes=$CurrentDedicatedNodes+1')))
  pass(9 * MINUTE)
  expect(pool()).toMatchObject({ currentDedicatedNodes: 3, allocationState: 'Steady' })
  pass(MINUTE + SECOND)
  expect(pool()).toMatchObject({
    allocationState: 'Resizing',
    resizeOperationStatus: { targetDedicatedNodes: 4, startTime: '2026-11-23T00:10:00Z' }
  })
})

test('a formula changes the target of a resize that is still under way', () => {
  const durationsMs = { 'pool.nextNode': 6 * MINUTE }
  const { arm, pool, pass } = batchWorld({ pools: [steadyPool()], behaviour: { durationsMs } })
  arm('PATCH', POOL, patch(autoScale('$TargetDedicatedNodes=$CurrentDedicatedNodes+3')))
  pass(10 * MINUTE - 1)
  expect(pool()).toMatchObject({ currentDedicatedNodes: 4, resizeOperationStatus: { targetDedicatedNodes: 5 } })
  pass(1)
  expect(pool()).toMatchObject({
    allocationState: 'Resizing',
    currentDedicatedNodes: 4,
    resizeOperationStatus: { targetDedicatedNodes: 7, startTime: '2026-11-23T00:10:00Z' }
  })
})

test('what evaluations did is the same, however often one looked', () => {
  const after = (looks: number): JsonObject => {
    const { arm, pool, pass } = batchWorld({ pools: [steadyPool()] })
    arm('PATCH', POOL, patch(autoScale('$TargetDedicatedNodes=min(9,$CurrentDedicatedNodes+2)')))
    for (let look = 0; look < looks; look++) {
      pass((60 * MINUTE) / looks)
      pool()
    }
    return pool()
  }
  expect(after(1)).toEqual(after(60))
  expect(after(1)).toMatchObject({ currentDedicatedNodes: 9 })
})

test('a region that gains cores is asked again at the next evaluation', () => {
  const capacity = [
    { region: 'eastus2', family: '*', from: 0, cores: 2 },
    { region: 'eastus2', family: '*', from: 25 * MINUTE, cores: 100 }
  ]
  const { arm, pool, pass } = batchWorld({ behaviour: { capacity } })
  arm('PUT', POOL, { body: poolBody(autoScale('$TargetDedicatedNodes=3', 'PT20M')) })
  pass(19 * MINUTE)
  expect(pool()).toMatchObject({
    currentDedicatedNodes: 1,
    resizeOperationStatus: { errors: [{ code: 'AllocationTimedout' }] }
  })
  pass(20 * MINUTE)
  expect(pool()).toMatchObject({ currentDedicatedNodes: 3, allocationState: 'Steady' })
})

test('a formula on samples keeps the present size at every evaluation', () => {
  const { arm, pool, pass } = batchWorld({ pools: [steadyPool()] })
  arm('PATCH', POOL, patch(autoScale('$TargetDedicatedNodes=avg($PendingTasks.GetSample(1))')))
  pass(60 * MINUTE)
  expect(pool()).toMatchObject({ currentDedicatedNodes: 2, allocationState: 'Steady' })
})

test("a world's pool was evaluated last when it says, and is again an interval later", () => {
  const autoScaleRun = { evaluationTime: '2026-11-22T23:56:00Z', results: '$TargetDedicatedNodes=2' }
  const { pool, pass } = batchWorld({ pools: [steadyPool({ ...autoScale('$TargetDedicatedNodes=2'), autoScaleRun })] })
  expect(evaluatedAt(pool())).toBe('2026-11-22T23:56:00Z')
  pass(7 * MINUTE)
  expect(evaluatedAt(pool())).toBe('2026-11-23T00:06:00Z')
})

test('PATCH on the Batch service: 200 without a body, what is left out stays, the ETag changes', () => {
  const metadata = [{ name: 'owner', value: 'b' }]
  const { service, pass } = batchWorld({ pools: [steadyPool({ metadata: [{ name: 'a', value: 'b' }] })] })
  const before = service('GET', '/pools/frames')
  pass(SECOND)
  const answer = service('PATCH', '/pools/frames', { body: { metadata, startTask: { commandLine: 'x' } } })
  expect([answer.status, answer.body]).toEqual([200, undefined])
  const after = service('GET', '/pools/frames')
  expect(after.body).toMatchObject({ metadata, startTask: { commandLine: 'x' }, vmSize: 'standard_d2s_v3' })
  expect(after.headers?.['etag']).toBe(answer.headers?.['etag'])
  expect(after.headers?.['etag']).not.toBe(before.headers?.['etag'])
  service('PATCH', '/pools/frames', { body: { metadata: [] } })
  expect(service('GET', '/pools/frames').body).toMatchObject({ metadata: [], startTask: { commandLine: 'x' } })
})

test.each([
  [{ vmSize: 'standard_d4s_v3' }, {}, 400],
  [{ metadata: [] }, { 'if-match': '0x8D0000000000000' }, 412]
])('PATCH %j %j: %i', (body, headers, status) => {
  const { service } = batchWorld({ pools: [steadyPool()] })
  expect(service('PATCH', '/pools/frames', { body, headers }).status).toBe(status)
})
