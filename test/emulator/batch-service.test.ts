import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import {
  ACCOUNT,
  batchWorld,
  fixedScale,
  MINUTE,
  patch,
  POOL,
  poolBody,
  propertiesOf,
  SECOND,
  steadyPool,
  VERSION
} from './batch-world.ts'

const value = (answer: { body?: unknown }): JsonObject[] => (answer.body as { value: JsonObject[] }).value
const AUTOSCALED = steadyPool({ scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes=2' } } })

test('a pool on the Batch service: its own names, lower-case states, an ETag without quotes', () => {
  const { service, world } = batchWorld({
    pools: [
      steadyPool({
        startTask: { commandLine: 'x', userIdentity: { autoUser: { scope: 'Pool', elevationLevel: 'Admin' } } }
      })
    ]
  })
  const answer = service('GET', '/pools/frames')
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json;odata=minimalmetadata',
    dataserviceversion: '3.0'
  })
  expect(answer.headers?.['etag']).toMatch(/^0x8D[0-9A-F]{13}$/)
  expect(answer.body).toMatchObject({
    'odata.metadata': 'https://render.eastus2.batch.emulated.azure/$metadata#pools/@Element',
    id: 'frames',
    eTag: answer.headers?.['etag'],
    state: 'active',
    allocationState: 'steady',
    vmSize: 'standard_d2s_v3',
    currentDedicatedNodes: 2,
    enableAutoScale: false,
    startTask: { userIdentity: { autoUser: { scope: 'pool', elevationLevel: 'admin' } } },
    virtualMachineConfiguration: {
      imageReference: { virtualMachineImageId: VERSION },
      nodeAgentSKUId: 'batch.node.ubuntu 22.04'
    }
  })
  expect(world.records.get(POOL.toLowerCase())?.body).not.toHaveProperty('eTag')
})

test('errors of the Batch service have no wrapper, and their text in message.value', () => {
  const { service } = batchWorld()
  const answer = service('GET', '/pools/none')
  expect([answer.status, answer.headers?.['content-type']]).toEqual([404, 'application/json;odata=minimalmetadata'])
  expect(answer.body).toMatchObject({ code: 'PoolNotFound', message: { lang: 'en-US' } })
  expect((answer.body as { message: JsonObject }).message['value']).toMatch(
    /^The specified pool does not exist\.\nRequestId:[-0-9a-f]{36}\nTime:2026-/
  )
})

test.each([
  ['resize', { targetDedicatedNodes: '4', targetLowPriorityNodes: 0 }, steadyPool(), 202],
  ['stopresize', undefined, steadyPool(), 202],
  ['enableautoscale', { autoScaleFormula: '$TargetDedicatedNodes=3' }, steadyPool(), 200],
  ['disableautoscale', undefined, AUTOSCALED, 200],
  ['resize', { targetDedicatedNodes: 1 }, AUTOSCALED, 409],
  ['resize', { targetDedicatedNodes: 1, resizeTimeout: 'PT1M' }, steadyPool(), 400],
  ['removenodes', { nodeList: ['none'] }, steadyPool(), 404],
  ['removenodes', { nodeList: [] }, steadyPool(), 400]
] as const)('POST %s %j', (verb, body, pool, status) => {
  const { service } = batchWorld({ pools: [pool] })
  const answer = service('POST', `/pools/frames/${verb}`, body === undefined ? {} : { body: body as never })
  expect(answer.status).toBe(status)
  if (status < 300)
    expect([answer.body, answer.headers?.['dataserviceid']]).toEqual([
      undefined,
      `https://render.eastus2.batch.emulated.azure/pools/frames/${verb}`
    ])
})

test('a resize that names neither target is a 400', () => {
  const { service } = batchWorld({ pools: [steadyPool()] })
  expect(service('POST', '/pools/frames/resize', { body: { resizeTimeout: 'PT10M' } })).toMatchObject({
    status: 400,
    body: { code: 'MissingRequiredProperty' }
  })
})

test('a resize while one is under way is a 409 PoolBeingResized', () => {
  const { service } = batchWorld({ pools: [steadyPool()] })
  service('POST', '/pools/frames/resize', { body: { targetDedicatedNodes: 5 } })
  expect(service('POST', '/pools/frames/resize', { body: { targetDedicatedNodes: 6 } })).toMatchObject({
    status: 409,
    body: { code: 'PoolBeingResized' }
  })
})

test('stopresize: stopping, then steady with resizeErrors', () => {
  const { service, pass } = batchWorld({ pools: [steadyPool()] })
  service('POST', '/pools/frames/resize', { body: { targetDedicatedNodes: 2, targetLowPriorityNodes: 3 } })
  service('POST', '/pools/frames/stopresize')
  expect(service('GET', '/pools/frames').body).toMatchObject({ allocationState: 'stopping', targetLowPriorityNodes: 3 })
  pass(6 * SECOND)
  const message = 'Desired number of low priority nodes could not be allocated due to a stop resize operation'
  expect(service('GET', '/pools/frames').body).toMatchObject({
    allocationState: 'steady',
    resizeErrors: [{ code: 'ResizeStopped', message }]
  })
})

test('removenodes takes the nodes that it names, and the target with them', () => {
  const { service, pass, nodes, pool } = batchWorld({ pools: [steadyPool({ currentDedicatedNodes: 3 })] })
  const [first, second, third] = nodes().map(node => String(node['id']))
  service('POST', '/pools/frames/removenodes', { body: { nodeList: [second ?? ''] } })
  pass(3 * MINUTE)
  expect(nodes().map(node => node['id'])).toEqual([first, third])
  expect(pool()['scaleSettings']).toMatchObject(fixedScale(2))
})

test('a node goes from creating to idle by way of its start task', () => {
  const { arm, pass, nodes } = batchWorld({
    behaviour: { nodes: { frames: { startMs: 50 * SECOND, startTaskMs: 20 * SECOND } } }
  })
  arm('PUT', POOL, { body: poolBody({ startTask: { commandLine: 'setup' }, scaleSettings: fixedScale(1) }) })
  pass(30 * SECOND)
  const seen = [0, 10, 40, 20].map(seconds => {
    pass(seconds * SECOND)
    return nodes()[0]?.['state']
  })
  expect(seen).toEqual(['creating', 'starting', 'waitingforstarttask', 'idle'])
  expect(nodes()[0]?.['startTaskInfo']).toMatchObject({ state: 'completed', exitCode: 0, result: 'success' })
})

test('nodes end as the world says, by their index', () => {
  const frames = {
    startTaskFails: [0],
    unusable: [1],
    preempted: [{ index: 3, afterMs: 2 * MINUTE }],
    runningTasks: [{ index: 2, endsAfterMs: 60 * MINUTE }]
  }
  const { arm, pass, nodes, service } = batchWorld({ behaviour: { nodes: { frames } } })
  arm('PUT', POOL, { body: poolBody({ startTask: { commandLine: 'setup' }, scaleSettings: fixedScale(3, 1) }) })
  pass(10 * MINUTE)
  expect(nodes().map(node => [node['state'], node['isDedicated']])).toEqual([
    ['starttaskfailed', true],
    ['unusable', true],
    ['running', true],
    ['preempted', false]
  ])
  expect(nodes()[0]?.['startTaskInfo']).toMatchObject({
    exitCode: 1,
    result: 'failure',
    failureInfo: { code: 'FailureExitCode' }
  })
  const [counts] = value(service('GET', "/nodecounts?$filter=poolId eq 'frames'"))
  expect(counts).toMatchObject({
    dedicated: { startTaskFailed: 1, unusable: 1, running: 1, idle: 0, upgradingOS: 0, total: 3 },
    lowPriority: { preempted: 1, total: 1 }
  })
})

test('a node shows its start task in the words of the Batch service, without secrets', () => {
  const userIdentity = { autoUser: { scope: 'Pool', elevationLevel: 'Admin' } }
  const containerSettings = { imageName: 'i', registry: { username: 'u', password: 'hidden' } }
  const startTask = { commandLine: 'x', userIdentity, containerSettings }
  const { nodes } = batchWorld({ pools: [steadyPool({ startTask })] })
  expect(nodes()[0]?.['startTask']).toEqual({
    commandLine: 'x',
    userIdentity: { autoUser: { scope: 'pool', elevationLevel: 'admin' } },
    containerSettings: { imageName: 'i', registry: { username: 'u' } }
  })
})

test('a preempted node that Azure gives back boots anew, under its own id', () => {
  const frames = { preempted: [{ index: 0, afterMs: 2 * MINUTE, restoredAfterMs: 10 * MINUTE }] }
  const { arm, pass, nodes } = batchWorld({ behaviour: { nodes: { frames } } })
  arm('PUT', POOL, { body: poolBody({ scaleSettings: fixedScale(0, 1) }) })
  const seen: unknown[] = []
  const ids = new Set<unknown>()
  for (const ms of [110 * SECOND, 5 * MINUTE, 6 * MINUTE, 2 * MINUTE]) {
    pass(ms)
    seen.push(nodes()[0]?.['state'])
    ids.add(nodes()[0]?.['id'])
  }
  expect(seen).toEqual(['idle', 'preempted', 'starting', 'idle'])
  expect(ids.size).toBe(1)
})

test('dedicated nodes are never preempted', () => {
  const frames = { preempted: [{ index: 0, afterMs: 1 }] }
  const { nodes } = batchWorld({ pools: [steadyPool()], behaviour: { nodes: { frames } } })
  expect(nodes()[0]?.['state']).toBe('idle')
})

test('a page that holds all has no odata.nextLink', () => {
  const { service } = batchWorld({ pools: [steadyPool()] })
  expect(service('GET', '/pools/frames/nodes?maxresults=2').body).not.toHaveProperty(['odata.nextLink'])
})

test('counts of 2022-10-01.16.0 lack the states that came later', () => {
  const { service } = batchWorld({ pools: [steadyPool()] })
  const [counts] = value(service('GET', '/nodecounts', { apiVersion: '2022-10-01.16.0' }))
  expect(counts?.['dedicated']).not.toHaveProperty('upgradingOS')
})

test('a start task that nobody waits for leaves the node idle, though it fails', () => {
  const { arm, pass, nodes } = batchWorld({ behaviour: { nodes: { frames: { startTaskFails: 'all' } } } })
  arm('PUT', POOL, {
    body: poolBody({ startTask: { commandLine: 'x', waitForSuccess: false }, scaleSettings: fixedScale(1) })
  })
  pass(10 * MINUTE)
  expect(nodes()[0]).toMatchObject({ state: 'idle', startTaskInfo: { result: 'failure' } })
})

test('one node, and its absence', () => {
  const { service, nodes } = batchWorld({ pools: [steadyPool()] })
  const id = String(nodes()[0]?.['id'])
  expect(id).toMatch(/^tvmps_[0-9a-f]{64}_d$/)
  expect(service('GET', `/pools/frames/nodes/${id}`).body).toMatchObject({ id, state: 'idle' })
  expect(service('GET', '/pools/frames/nodes/none')).toMatchObject({ status: 404, body: { code: 'NodeNotFound' } })
})

test('lists are paged by odata.nextLink, cut by $select and filtered by state', () => {
  const { service, send } = batchWorld({ pools: [steadyPool({ currentDedicatedNodes: 3 })] })
  const first = service('GET', '/pools/frames/nodes?maxresults=2&$select=id,state')
  expect(value(first).map(node => Object.keys(node))).toEqual([
    ['id', 'state'],
    ['id', 'state']
  ])
  const next = send('GET', String((first.body as JsonObject)['odata.nextLink']))
  expect([value(next).length, (next.body as JsonObject)['odata.nextLink']]).toEqual([1, undefined])
  expect(value(service('GET', "/pools/frames/nodes?$filter=state eq 'unusable'"))).toEqual([])
})

test.each([
  ['/pools?maxresults=-5', 400],
  ["/pools?$filter=creationTime gt DateTime'2026-01-01'", 501]
])('GET %s: %i', (path, status) => {
  expect(batchWorld({ pools: [steadyPool()] }).service('GET', path).status).toBe(status)
})

test('lists are filtered by what a text begins with, alone and together with comparisons, over both hosts', () => {
  const others = ["it's", 'frames-2', 'cels'].map(name => steadyPool({}, `${ACCOUNT}/pools/${name}`))
  const { service, arm } = batchWorld({ pools: [steadyPool(), ...others] })
  const ids = (filter: string): unknown[] => value(service('GET', `/pools?$filter=${filter}`)).map(({ id }) => id)
  expect(ids("startswith(id, 'frames')")).toEqual(['frames', 'frames-2'])
  expect(ids("startswith(id,'frames') and id ne 'frames'")).toEqual(['frames-2'])
  expect(ids("startswith(id, 'it''') or (startswith(id, 'c'))")).toEqual(['cels', "it's"])
  const names = (filter: string): unknown[] =>
    value(arm('GET', `${ACCOUNT}/pools?$filter=${filter}`)).map(({ name }) => name)
  expect(names("startswith(name, 'frames')")).toEqual(['frames', 'frames-2'])
  expect(names("properties/allocationState eq 'Resizing'")).toEqual([])
})

const START_TASK = { commandLine: 'setup', waitForSuccess: true }

test('updateproperties replaces what it can: what is omitted or empty is removed', () => {
  const { service, pool } = batchWorld({
    pools: [steadyPool({ startTask: START_TASK, metadata: [{ name: 'a', value: '1' }] })]
  })
  const before = service('GET', '/pools/frames').headers?.['etag']
  const body = { metadata: [{ name: 'b', value: '2' }], startTask: { commandLine: 'other' }, certificateReferences: [] }
  const answer = service('POST', '/pools/frames/updateproperties', { body })
  expect(answer).toMatchObject({
    status: 204,
    headers: { dataserviceid: expect.stringMatching(/\/updateproperties$/) }
  })
  expect([answer.body, answer.headers?.['etag'] === before]).toEqual([undefined, false])
  expect(pool()).toMatchObject({ metadata: [{ name: 'b', value: '2' }], startTask: { commandLine: 'other' } })
  service('POST', '/pools/frames/updateproperties', { body: { metadata: [], applicationPackageReferences: [] } })
  for (const name of ['metadata', 'startTask', 'applicationPackages']) expect(pool()).not.toHaveProperty(name)
  expect(pool()).toMatchObject({ currentDedicatedNodes: 2, vmSize: 'STANDARD_D2S_V3' })
})

test('updateproperties keeps conditions, and names what it doesn’t know', () => {
  const { service } = batchWorld({ pools: [steadyPool()] })
  const ask = (body: JsonObject, headers = {}): number =>
    service('POST', '/pools/frames/updateproperties', { body, headers }).status
  expect(ask({}, { 'if-match': '0x8DE000000000000' })).toBe(412)
  expect(ask({ vmSize: 'standard_d4s_v3' })).toBe(501)
  expect(ask({ certificateReferences: [{ thumbprint: 'x', thumbprintAlgorithm: 'sha1' }] })).toBe(501)
})

test('running tasks of the world are the tasks of a job, which end or wait again', () => {
  const frames = {
    runningTasks: [
      { index: 0, endsAfterMs: 60 * MINUTE },
      { index: 1, endsAfterMs: MINUTE }
    ]
  }
  const { service, arm, pass } = batchWorld({ pools: [steadyPool()], behaviour: { nodes: { frames } } })
  const counts = (): unknown => (service('GET', '/jobs/work-on-frames/taskcounts').body as JsonObject)['taskCounts']
  expect(value(service('GET', "/jobs?$filter=state eq 'active'&$select=id,poolInfo"))).toEqual([
    { id: 'work-on-frames', poolInfo: { poolId: 'frames' } }
  ])
  expect(counts()).toEqual({ active: 0, running: 2, completed: 0, succeeded: 0, failed: 0 })
  pass(2 * MINUTE)
  expect(counts()).toMatchObject({ running: 1, completed: 1, succeeded: 1 })
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(0) }))
  expect(counts()).toMatchObject({ active: 1, running: 0 })
})

test('jobs of a world are shown as they are written, with their tasks apart', () => {
  const job = {
    id: `${ACCOUNT}/jobs/night`,
    type: 'Microsoft.Batch/batchAccounts/jobs',
    properties: { state: 'active', poolInfo: { poolId: 'frames' }, tasks: [{ id: 't', state: 'running' }] }
  }
  const { service } = batchWorld({ resources: [job] })
  expect(service('GET', '/jobs/night').body).not.toHaveProperty('tasks')
  expect(value(service('GET', '/jobs/night/tasks'))).toMatchObject([{ id: 't', state: 'running' }])
  expect(service('GET', '/jobs/none')).toMatchObject({ status: 404, body: { code: 'JobNotFound' } })
})

test('a write on the Batch service is seen over Resource Manager', () => {
  const { service, arm } = batchWorld({ pools: [steadyPool()] })
  const answer = service('POST', '/pools/frames/resize', {
    body: { targetDedicatedNodes: 9, nodeDeallocationOption: 'taskcompletion' }
  })
  const pool = arm('GET', POOL)
  expect(pool.headers?.['etag']).toBe(`W/"${answer.headers?.['etag']}"`)
  expect(propertiesOf(pool)['resizeOperationStatus']).toMatchObject({
    targetDedicatedNodes: 9,
    nodeDeallocationOption: 'TaskCompletion'
  })
})
