import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import { batchWorld, MANAGED_IMAGE, MINUTE, POOL, propertiesOf, steadyPool, VERSION } from './batch-world.ts'

const newPool = (more: JsonObject = {}): JsonObject => ({
  id: 'frames',
  vmSize: 'standard_d2s_v3',
  virtualMachineConfiguration: {
    imageReference: { virtualMachineImageId: VERSION },
    nodeAgentSKUId: 'batch.node.ubuntu 22.04'
  },
  targetDedicatedNodes: '2',
  ...more
})
const codeOf = (answer: { body?: unknown }): unknown => (answer.body as JsonObject | undefined)?.['code']
const AUTOSCALED = steadyPool({ scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes=2' } } })

test('a pool is added without a body in the answer, and is the same pool over Resource Manager', () => {
  const { service, pool, pass, nodes } = batchWorld()
  const startTask = {
    commandLine: '/bin/true',
    userIdentity: { autoUser: { scope: 'pool', elevationLevel: 'admin' } }
  }
  const answer = service('POST', '/pools', {
    body: newPool({ startTask, metadata: [{ name: 'team', value: 'x' }], enableInterNodeCommunication: true })
  })
  expect([answer.status, answer.body]).toEqual([201, undefined])
  expect(answer.headers).toMatchObject({
    location: 'https://render.eastus2.batch.emulated.azure/pools/frames',
    etag: expect.stringMatching(/^0x8D[0-9A-F]{13}$/)
  })
  expect(pool()).toMatchObject({
    vmSize: 'STANDARD_D2S_V3',
    deploymentConfiguration: {
      virtualMachineConfiguration: { imageReference: { id: VERSION }, nodeAgentSkuId: 'batch.node.ubuntu 22.04' }
    },
    scaleSettings: { fixedScale: { targetDedicatedNodes: 2, targetLowPriorityNodes: 0, resizeTimeout: 'PT15M' } },
    interNodeCommunication: 'Enabled',
    startTask: { userIdentity: { autoUser: { scope: 'Pool', elevationLevel: 'Admin' } } },
    metadata: [{ name: 'team', value: 'x' }]
  })
  pass(5 * MINUTE)
  expect(nodes()).toHaveLength(2)
})

test('a pool may be added with a formula, which is evaluated at once', () => {
  const { service, pool } = batchWorld()
  const { targetDedicatedNodes: _, ...body } = newPool({
    enableAutoScale: true,
    autoScaleFormula: '$TargetDedicatedNodes=3'
  })
  expect(service('POST', '/pools', { body }).status).toBe(201)
  expect(pool()['scaleSettings']).toEqual({
    autoScale: { formula: '$TargetDedicatedNodes=3', evaluationInterval: 'PT15M' }
  })
})

test.each([
  ['that is there', newPool(), [steadyPool()], 409, 'PoolExists'],
  ['without an id', newPool({ id: undefined }), [], 400, 'MissingRequiredProperty'],
  ['of an unknown size', newPool({ vmSize: 'standard_none' }), [], 400, 'InvalidPropertyValue'],
  [
    'of a managed image',
    newPool({
      virtualMachineConfiguration: {
        imageReference: { virtualMachineImageId: MANAGED_IMAGE },
        nodeAgentSKUId: 'batch.node.ubuntu 22.04'
      }
    }),
    [],
    400,
    'InvalidPropertyValue'
  ],
  ['with targets and a formula', newPool({ enableAutoScale: true, autoScaleFormula: 'x=1' }), [], 400, undefined]
])('a pool %s is not added', (_, body, pools, status, code) => {
  const answer = batchWorld({ pools }).service('POST', '/pools', { body })
  expect(answer.status).toBe(status)
  if (code !== undefined) expect(codeOf(answer)).toBe(code)
})

test.each([
  ['resourceTags', { resourceTags: { team: 'x' } }, '2025-06-01', 501],
  ['resourceTags', { resourceTags: { team: 'x' } }, '2024-02-01.19.0', 201],
  ['upgradePolicy', { upgradePolicy: { mode: 'automatic' } }, '2022-10-01.16.0', 501],
  ['upgradePolicy', { upgradePolicy: { mode: 'automatic' } }, '2024-02-01.19.0', 201],
  ['certificateReferences', { certificateReferences: [] }, '2024-02-01.19.0', 501]
])('a new pool has %s only where the contract of the version is known to (%j, %s)', (_, more, apiVersion, status) => {
  expect(batchWorld().service('POST', '/pools', { body: newPool(more), apiVersion }).status).toBe(status)
})

test('a pool is deleted once: 202, then 409 while it goes, then it is not there', () => {
  const { service, pool, pass } = batchWorld({ pools: [steadyPool()] })
  const answer = service('DELETE', '/pools/frames')
  expect([answer.status, answer.headers?.['etag'], answer.body]).toEqual([202, undefined, undefined])
  expect(pool()['provisioningState']).toBe('Deleting')
  const again = service('DELETE', '/pools/frames')
  expect([again.status, codeOf(again)]).toEqual([409, 'PoolBeingDeleted'])
  pass(MINUTE)
  expect(service('DELETE', '/pools/frames').status).toBe(404)
})

test('whether a pool is there is asked by HEAD', () => {
  const { service, arm } = batchWorld({ pools: [steadyPool()] })
  const { status, headers, body } = service('HEAD', '/pools/frames')
  const etag = service('GET', '/pools/frames').headers?.['etag']
  expect([status, headers?.['etag'], body]).toEqual([200, etag, undefined])
  expect(service('HEAD', '/pools/none')).toEqual({ status: 404 })
  expect(propertiesOf(arm('GET', POOL))['allocationState']).toBe('Steady')
})

test('a formula is tried on a pool that scales by itself, and changes nothing', () => {
  const { service, pool } = batchWorld({ pools: [AUTOSCALED] })
  const before = pool()
  const answer = service('POST', '/pools/frames/evaluateautoscale', {
    body: { autoScaleFormula: '$TargetDedicatedNodes=7' }
  })
  expect([answer.status, answer.body]).toEqual([
    200,
    {
      'odata.metadata':
        'https://render.eastus2.batch.emulated.azure/$metadata#Microsoft.Azure.Batch.Protocol.Entities.AutoScaleRun',
      timestamp: expect.stringMatching(/^2026-/),
      results: '$TargetDedicatedNodes=7;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue'
    }
  ])
  expect(pool()).toEqual(before)
})

test.each([
  ['on a pool of fixed size', [steadyPool()], { autoScaleFormula: 'x=1' }, 409],
  ['without a formula', [AUTOSCALED], {}, 400]
])('no formula is tried %s', (_, pools, body, status) => {
  expect(batchWorld({ pools }).service('POST', '/pools/frames/evaluateautoscale', { body }).status).toBe(status)
})

test.each([
  ['2022-10-01.16.0', []],
  ['2024-02-01.19.0', ['upgradingOS']],
  ['2025-06-01', ['upgradingOS', 'deallocated', 'deallocating']]
])('node counts of %s have the states that its contract names', (apiVersion, names) => {
  const { body } = batchWorld({ pools: [steadyPool()] }).service('GET', '/nodecounts', { apiVersion })
  const { dedicated } = (body as { value: { dedicated: JsonObject }[] }).value[0] ?? { dedicated: {} }
  const newer = ['upgradingOS', 'deallocated', 'deallocating'].filter(name => name in dedicated)
  expect(newer).toEqual(names)
})
