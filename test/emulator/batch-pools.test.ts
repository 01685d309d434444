import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import {
  ACCOUNT,
  batchWorld,
  deployment,
  fixedScale,
  MANAGED_IMAGE,
  MINUTE,
  patch,
  POOL,
  poolBody,
  propertiesOf,
  SECOND,
  sku,
  steadyPool,
  versionIn,
  VERSION
} from './batch-world.ts'

const errorOf = (answer: { body?: unknown }): JsonObject => (answer.body as { error: JsonObject }).error
const errors = (pool: JsonObject): unknown => (pool['resizeOperationStatus'] as JsonObject | undefined)?.['errors']
const codes = (pool: JsonObject): string[] => ((errors(pool) ?? []) as { code: string }[]).map(({ code }) => code)

test('a PUT answers 200 at once with the whole pool, resizing, and an ETag that is also in the body', () => {
  const { arm } = batchWorld()
  const answer = arm('PUT', POOL, { body: poolBody() })
  expect(answer.status).toBe(200)
  expect(answer.headers?.['etag']).toMatch(/^W\/"0x8D[0-9A-F]{13}"$/)
  expect((answer.body as JsonObject)['etag']).toBe(answer.headers?.['etag'])
  expect(propertiesOf(answer)).toMatchObject({
    provisioningState: 'Succeeded',
    allocationState: 'Resizing',
    vmSize: 'STANDARD_D2S_V3',
    interNodeCommunication: 'Disabled',
    taskSlotsPerNode: 1,
    taskSchedulingPolicy: { nodeFillType: 'Spread' },
    scaleSettings: { fixedScale: { targetDedicatedNodes: 2, targetLowPriorityNodes: 0, resizeTimeout: 'PT15M' } },
    resizeOperationStatus: { targetDedicatedNodes: 2, nodeDeallocationOption: 'Requeue', resizeTimeout: 'PT15M' },
    currentDedicatedNodes: 0
  })
  expect(propertiesOf(answer)['resizeOperationStatus']).not.toHaveProperty('targetLowPriorityNodes')
})

test('nodes come one by one, the pool is steady while they are still creating, and the ETag stays', () => {
  const { arm, pass, pool, nodes } = batchWorld()
  const { headers } = arm('PUT', POOL, { body: poolBody() })
  pass(30 * SECOND)
  expect(pool()).toMatchObject({ allocationState: 'Resizing', currentDedicatedNodes: 1 })
  pass(2 * SECOND)
  expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 2 })
  expect(nodes().map(node => node['state'])).toEqual(['creating', 'creating'])
  pass(MINUTE)
  expect(nodes().map(node => node['state'])).toEqual(['idle', 'idle'])
  expect(arm('GET', POOL).headers?.['etag']).toBe(headers?.['etag'])
})

test('reading a pool changes nothing', () => {
  const looked = batchWorld()
  const unseen = batchWorld()
  for (const { arm } of [looked, unseen]) arm('PUT', POOL, { body: poolBody() })
  for (let look = 0; look < 50; look++) {
    looked.pass(SECOND)
    looked.arm('GET', POOL)
    looked.nodes()
  }
  unseen.pass(50 * SECOND)
  expect(looked.pool()).toEqual(unseen.pool())
  expect(looked.nodes()).toEqual(unseen.nodes())
})

test('a target of 0 still resizes for a moment', () => {
  const { arm, pass, pool } = batchWorld()
  expect(propertiesOf(arm('PUT', POOL, { body: poolBody({ scaleSettings: fixedScale(0) }) }))['allocationState']).toBe(
    'Resizing'
  )
  pass(2 * SECOND)
  expect(pool()['allocationState']).toBe('Steady')
})

test.each([
  { name: 'create only, on a pool', method: 'PUT', headers: { 'if-none-match': '*' } },
  { name: 'another ETag', method: 'PATCH', headers: { 'if-match': 'W/"0x8DE000000000000"' } }
])('412: $name', ({ method, headers }) => {
  const { arm } = batchWorld({ pools: [steadyPool()] })
  const answer = arm(method, POOL, { headers, body: poolBody() })
  expect([answer.status, errorOf(answer)['code']]).toEqual([412, 'ConditionNotMet'])
})

test('the present ETag in another spelling is answered 501: whether Azure takes it isn’t known', () => {
  const { arm } = batchWorld({ pools: [steadyPool()] })
  const etag = (arm('GET', POOL).headers?.['etag'] ?? '').replace('W/', '')
  const answer = arm('PATCH', POOL, { headers: { 'if-match': etag }, ...patch({ displayName: 'other' }) })
  expect(answer.status).toBe(501)
  expect(propertiesOf(arm('GET', POOL))).not.toHaveProperty('displayName')
})

test('a PATCH under the present ETag is taken, leaves what it omits, and changes the ETag', () => {
  const { arm } = batchWorld({ pools: [steadyPool({ displayName: 'kept' })] })
  const etag = arm('GET', POOL).headers?.['etag'] ?? ''
  const answer = arm('PATCH', POOL, {
    headers: { 'if-match': etag },
    ...patch({ metadata: [{ name: 'a', value: 'b' }] })
  })
  expect(propertiesOf(answer)).toMatchObject({
    displayName: 'kept',
    metadata: [{ name: 'a', value: 'b' }],
    allocationState: 'Steady'
  })
  expect(answer.headers?.['etag']).not.toBe(etag)
})

test('secrets and nodeDeallocationOption are never given back', () => {
  const { arm } = batchWorld()
  const more = {
    userAccounts: [{ name: 'u', password: 'hidden-1', linuxUserConfiguration: { sshPrivateKey: 'hidden-2' } }],
    mountConfiguration: [
      {
        azureFileShareConfiguration: {
          accountName: 'a',
          azureFileUrl: 'u',
          accountKey: 'hidden-3',
          relativeMountPath: 'm'
        }
      }
    ],
    scaleSettings: fixedScale(0, 0, { nodeDeallocationOption: 'Terminate' })
  }
  arm('PUT', POOL, { body: poolBody(more) })
  const body = arm('GET', POOL).body as { properties: JsonObject }
  expect(JSON.stringify(body)).not.toContain('hidden')
  expect(body.properties['userAccounts']).toEqual([
    { name: 'u', elevationLevel: 'NonAdmin', linuxUserConfiguration: {} }
  ])
  expect(body.properties['scaleSettings']).toEqual({
    fixedScale: { targetDedicatedNodes: 0, targetLowPriorityNodes: 0, resizeTimeout: 'PT15M' }
  })
})

test('the image of a pool changes only when it is steady and has no nodes', () => {
  const { arm, pass } = batchWorld({ pools: [steadyPool()] })
  const change = patch({ deploymentConfiguration: deployment(`${VERSION.slice(0, -5)}2.0.0`) })
  expect(errorOf(arm('PATCH', POOL, change))).toMatchObject({
    code: 'PropertyCannotBeUpdated',
    details: [{ code: 'Reason' }, { message: 'deploymentConfiguration' }, { code: 'PropertyPath' }]
  })
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(0) }))
  expect(arm('PATCH', POOL, change).status).toBe(400)
  pass(3 * MINUTE)
  expect(arm('PATCH', POOL, { ...change, apiVersion: '2023-11-01' }).status).toBe(400)
  expect(arm('PATCH', POOL, change).status).toBe(200)
})

test.each(['imageReference', 'nodeAgentSkuId'])(
  'a deploymentConfiguration without %s is a 400, also in a PATCH',
  name => {
    const { arm } = batchWorld({ pools: [steadyPool({ currentDedicatedNodes: 0 })] })
    const machine = { ...(deployment()['virtualMachineConfiguration'] as JsonObject), [name]: undefined }
    const answer = arm('PATCH', POOL, patch({ deploymentConfiguration: { virtualMachineConfiguration: machine } }))
    expect(answer.status).toBe(400)
  }
)

test('new nodes have the image that the pool has now', () => {
  const { arm, pass, nodes } = batchWorld({
    pools: [steadyPool({ currentDedicatedNodes: 0, deploymentConfiguration: deployment('old') })]
  })
  arm('PATCH', POOL, patch({ deploymentConfiguration: deployment() }))
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(1) }))
  pass(2 * MINUTE)
  expect(nodes()[0]?.['virtualMachineInfo']).toEqual({ imageReference: { virtualMachineImageId: VERSION } })
})

test('a second resize while one is under way is a 409', () => {
  const { arm } = batchWorld({ pools: [steadyPool()] })
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(4) }))
  const answer = arm('PATCH', POOL, patch({ scaleSettings: fixedScale(5) }))
  expect([answer.status, errorOf(answer)['code']]).toEqual([409, 'PoolBeingResized'])
})

test('the fixed scale that a pool has is no change: nothing begins, nothing under way is in its way, the ETag stays', () => {
  const { arm, pass, pool } = batchWorld({ pools: [steadyPool()] })
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(4) }))
  const asked = pool()
  expect(arm('PATCH', POOL, patch({ scaleSettings: fixedScale(4) })).status).toBe(200)
  expect(pool()).toEqual(asked)
  pass(MINUTE * 10)
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(4) }))
  expect(pool()['allocationState']).toBe('Steady')
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(4, 0, { resizeTimeout: 'PT16M' }) }))
  expect(pool()['allocationState']).toBe('Resizing')
})

test.each(['PT4M59S', 'PT0S', 'five minutes'])('a resizeTimeout of %s is a 400', resizeTimeout => {
  const { arm } = batchWorld({ pools: [steadyPool()] })
  expect(arm('PATCH', POOL, patch({ scaleSettings: fixedScale(4, 0, { resizeTimeout }) })).status).toBe(400)
})

test.each([{}, { ...fixedScale(1), autoScale: { formula: '$TargetDedicatedNodes=1' } }])(
  'exactly one kind of scale: %j',
  scaleSettings => {
    const { arm } = batchWorld({ pools: [steadyPool()] })
    expect(arm('PATCH', POOL, patch({ scaleSettings })).status).toBe(400)
  }
)

test('quota fails no call: the pool is steady a moment later, with the error and without nodes', () => {
  const { arm, pass, pool } = batchWorld({ account: { dedicatedCoreQuotaPerVMFamily: [] } })
  expect(arm('PUT', POOL, { body: poolBody() }).status).toBe(200)
  expect(errors(pool())).toBeUndefined()
  pass(1.5 * SECOND)
  expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 0 })
  expect(errors(pool())).toEqual([
    {
      code: 'AccountVMSeriesCoreQuotaReached',
      message: 'The specified account has reached VM series core quota for standardDSv3Family'
    }
  ])
})

test.each([
  { account: { dedicatedCoreQuota: 10 }, scale: fixedScale(8), code: 'AccountCoreQuotaReached', nodes: [3, 0] },
  {
    account: { lowPriorityCoreQuota: 8 },
    scale: fixedScale(1, 8),
    code: 'AccountLowPriorityCoreQuotaReached',
    nodes: [1, 4]
  }
])('quota counts the cores of all pools of the account: $code', ({ account, scale, code, nodes }) => {
  const other = steadyPool({}, `${ACCOUNT}/pools/other`)
  const { arm, pass, pool } = batchWorld({ account, pools: [other] })
  arm('PUT', POOL, { body: poolBody({ scaleSettings: scale }) })
  pass(MINUTE)
  expect(codes(pool())).toEqual([code])
  expect([pool()['currentDedicatedNodes'], pool()['currentLowPriorityNodes']]).toEqual(nodes)
})

test('a region short of cores ends the resize at its timeout with AllocationTimedout', () => {
  const { arm, pass, pool } = batchWorld({
    behaviour: { capacity: [{ region: 'East US 2', family: '*', from: 0, cores: 6 }] }
  })
  arm('PUT', POOL, { body: poolBody({ scaleSettings: fixedScale(5, 0, { resizeTimeout: 'PT5M' }) }) })
  pass(5 * MINUTE - 1)
  expect(pool()).toMatchObject({ allocationState: 'Resizing', currentDedicatedNodes: 3 })
  pass(1)
  expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 3 })
  expect(codes(pool())).toEqual(['AllocationTimedout'])
})

test('cores that come later in the resize are used', () => {
  const capacity = [
    { region: 'eastus2', family: 'standardDSv3Family', from: 0, cores: 2 },
    { region: 'eastus2', family: 'standardDSv3Family', from: 3 * MINUTE, cores: 100 }
  ]
  const { arm, pass, pool } = batchWorld({ behaviour: { capacity } })
  arm('PUT', POOL, { body: poolBody() })
  pass(2.9 * MINUTE)
  expect(pool()['currentDedicatedNodes']).toBe(1)
  pass(MINUTE)
  expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 2 })
  expect(errors(pool())).toBeUndefined()
})

test('cores that come after the timeout are too late', () => {
  const step = (from: number, cores: number) => ({ region: 'eastus2', family: '*', from, cores })
  const { arm, pass, pool } = batchWorld({ behaviour: { capacity: [step(0, 2), step(16 * MINUTE, 100)] } })
  arm('PUT', POOL, { body: poolBody() })
  pass(15 * MINUTE)
  expect(codes(pool())).toEqual(['AllocationTimedout'])
  pass(10 * MINUTE)
  expect(pool()['currentDedicatedNodes']).toBe(1)
})

test('a region that refuses says so at once, with a Reason, and gives what it has', () => {
  const behaviour = { capacity: [{ region: 'eastus2', family: '*', from: 0, cores: 2, refuses: true }] }
  const { arm, pass, pool } = batchWorld({ behaviour })
  arm('PUT', POOL, { body: poolBody() })
  pass(MINUTE)
  expect(pool()).toMatchObject({
    allocationState: 'Steady',
    currentDedicatedNodes: 1,
    resizeOperationStatus: { errors: [{ code: 'AllocationFailed', details: [{ code: 'Reason' }] }] }
  })
})

test('nodes that another pool gives up can be had by a resize under way', () => {
  const other = `${ACCOUNT}/pools/other`
  const behaviour = { capacity: [{ region: 'eastus2', family: '*', from: 0, cores: 4 }] }
  const { arm, pass, pool } = batchWorld({ behaviour, pools: [steadyPool({}, other)] })
  arm('PUT', POOL, { body: poolBody() })
  pass(2 * MINUTE)
  expect(pool()['currentDedicatedNodes']).toBe(0)
  arm('PATCH', other, patch({ scaleSettings: fixedScale(0) }))
  pass(4 * MINUTE)
  expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 2 })
})

test('stale errors of a world stay through a PATCH of metadata and go with the next resize', () => {
  const stale = {
    code: 'AllocationTimedout',
    message: 'Desired number of dedicated nodes could not be allocated as the resize timeout was reached'
  }
  const resizeOperationStatus = {
    targetDedicatedNodes: 5,
    nodeDeallocationOption: 'Requeue',
    resizeTimeout: 'PT15M',
    startTime: '2026-06-01T00:00:00Z',
    errors: [stale]
  }
  const { arm, pass, pool } = batchWorld({ pools: [steadyPool({ resizeOperationStatus })] })
  arm('PATCH', POOL, patch({ metadata: [] }))
  expect(pool()['resizeOperationStatus']).toEqual(resizeOperationStatus)
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(2) }))
  expect(errors(pool())).toBeUndefined()
  pass(MINUTE)
  expect(errors(pool())).toBeUndefined()
})

test('stopResize: Stopping, then steady with ResizeStopped and what there is; the ETag stays', () => {
  const { arm, pass, pool } = batchWorld()
  const { headers } = arm('PUT', POOL, { body: poolBody({ scaleSettings: fixedScale(50) }) })
  pass(32 * SECOND)
  const answer = arm('POST', `${POOL}/stopResize`)
  expect([answer.status, propertiesOf(answer)['allocationState'], answer.headers?.['etag']]).toEqual([
    200,
    'Stopping',
    headers?.['etag']
  ])
  pass(6 * SECOND)
  expect(pool()).toMatchObject({
    allocationState: 'Steady',
    currentDedicatedNodes: 3,
    resizeOperationStatus: { targetDedicatedNodes: 50 }
  })
  expect(codes(pool())).toEqual(['ResizeStopped'])
})

test('stopResize on a steady pool changes nothing', () => {
  const { arm, pool } = batchWorld({ pools: [steadyPool()] })
  const before = pool()
  expect(propertiesOf(arm('POST', `${POOL}/stopResize`))).toEqual(before)
})

test('stopResize on a pool that scales by itself is a 409 with the recorded reason', () => {
  const { arm } = batchWorld({
    pools: [steadyPool({ scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes=2' } } })]
  })
  const error = errorOf(arm('POST', `${POOL}/stopResize`))
  expect(error['code']).toBe('OperationInvalidForCurrentState')
  expect(error['details']).toEqual([
    { code: 'Reason', message: 'The specified pool has AutoScale enabled. AutoScale resize cannot be stopped' }
  ])
})

test('a PATCH to autoScale evaluates the formula and resizes', () => {
  const { arm, pass, pool } = batchWorld({ pools: [steadyPool()] })
  const answer = arm('PATCH', POOL, patch({ scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes=34' } } }))
  expect(propertiesOf(answer)).toMatchObject({
    allocationState: 'Resizing',
    scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes=34', evaluationInterval: 'PT15M' } },
    autoScaleRun: { results: '$TargetDedicatedNodes=34;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue' },
    resizeOperationStatus: { targetDedicatedNodes: 34 }
  })
  pass(2 * MINUTE)
  expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 34 })
})

test.each([
  ['$TargetDedicatedNodes = min(20, max(3, 2 + 2));', 4, 0],
  ['n = 3; $TargetLowPriorityNodes = n * 2; $TargetDedicatedNodes = 0', 0, 6],
  ['$TargetDedicatedNodes = $PendingTasks.GetSample(1);', 2, 0],
  ['$TargetDedicatedNodes = $CurrentDedicatedNodes + 1', 3, 0]
])('the formula "%s" wants %i dedicated and %i low-priority nodes', (formula, dedicated, lowPriority) => {
  const { arm } = batchWorld({ pools: [steadyPool()] })
  const answer = arm('PATCH', POOL, patch({ scaleSettings: { autoScale: { formula } } }))
  const results = (propertiesOf(answer)['autoScaleRun'] as JsonObject)['results']
  expect(results).toBe(
    `$TargetDedicatedNodes=${dedicated};$TargetLowPriorityNodes=${lowPriority};$NodeDeallocationOption=requeue`
  )
})

test('disableAutoScale fixes the pool at the nodes that it has, and shows no resize status for a moment', () => {
  const { arm, pass, pool } = batchWorld({
    pools: [steadyPool({ scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes=2' } } })]
  })
  const answer = arm('POST', `${POOL}/disableAutoScale`)
  expect(propertiesOf(answer)).toMatchObject({ allocationState: 'Resizing', scaleSettings: fixedScale(2) })
  expect(propertiesOf(answer)).not.toHaveProperty('resizeOperationStatus')
  pass(SECOND)
  expect(pool()['allocationState']).toBe('Steady')
})

test('idle nodes leave before running ones', () => {
  const runningTasks = [{ index: 1, endsAfterMs: 60 * MINUTE }]
  const { arm, pass, nodes } = batchWorld({
    pools: [steadyPool({ currentDedicatedNodes: 3 })],
    behaviour: { nodes: { frames: { runningTasks } } }
  })
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(1) }))
  expect(nodes().map(node => node['state'])).toEqual(['leavingpool', 'running', 'leavingpool'])
  pass(3 * MINUTE)
  expect(nodes().map(node => node['state'])).toEqual(['running'])
})

test('TaskCompletion waits for the tasks; Requeue does not', () => {
  const behaviour = { nodes: { frames: { runningTasks: [{ index: 0, endsAfterMs: 6 * MINUTE }] } } }
  for (const [nodeDeallocationOption, left] of [
    ['TaskCompletion', 1],
    ['Requeue', 0]
  ] as const) {
    const { arm, pass, pool } = batchWorld({ pools: [steadyPool()], behaviour })
    arm('PATCH', POOL, patch({ scaleSettings: fixedScale(0, 0, { nodeDeallocationOption }) }))
    pass(3 * MINUTE)
    expect(pool()['currentDedicatedNodes']).toBe(left)
    pass(6 * MINUTE)
    expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 0 })
  }
})

test('a drain that outlasts resizeTimeout leaves the running nodes, and an error', () => {
  const behaviour = { nodes: { frames: { runningTasks: [{ index: 0, endsAfterMs: 60 * MINUTE }] } } }
  const { arm, pass, pool } = batchWorld({ pools: [steadyPool()], behaviour })
  arm(
    'PATCH',
    POOL,
    patch({ scaleSettings: fixedScale(0, 0, { nodeDeallocationOption: 'TaskCompletion', resizeTimeout: 'PT10M' }) })
  )
  pass(10 * MINUTE - 1)
  expect(pool()).toMatchObject({ allocationState: 'Resizing', currentDedicatedNodes: 1 })
  pass(1)
  expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 1 })
  expect(codes(pool())).toEqual(['AllocationTimedout'])
})

test('DELETE is the one long-running operation: 202 with Location, 202, 200 empty, then 404', () => {
  const { arm, send, pass } = batchWorld({ pools: [steadyPool()] })
  const answer = arm('DELETE', POOL)
  const location = answer.headers?.['location'] ?? ''
  expect([answer.status, answer.body, answer.headers?.['retry-after']]).toEqual([202, undefined, '15'])
  expect(location).toContain('/poolOperationResults/delete-frames?api-version=2025-06-01')
  expect(propertiesOf(arm('GET', POOL))['provisioningState']).toBe('Deleting')
  expect(send('GET', location).status).toBe(202)
  pass(MINUTE)
  expect(send('GET', location)).toEqual({ status: 200 })
  expect(errorOf(arm('GET', POOL))['code']).toBe('PoolNotFound')
  expect(arm('DELETE', POOL).status).toBe(204)
})

test('lists are paged by nextLink, filtered by name and cut by $select', () => {
  const { arm, send } = batchWorld({ pools: ['a', 'b', 'c'].map(name => steadyPool({}, `${ACCOUNT}/pools/${name}`)) })
  const first = arm('GET', `${ACCOUNT}/pools?maxresults=2&$select=properties/vmSize`).body as {
    value: JsonObject[]
    nextLink: string
  }
  expect(first.value.map(pool => [pool['name'], pool['properties']])).toEqual([
    ['a', { vmSize: 'STANDARD_D2S_V3' }],
    ['b', { vmSize: 'STANDARD_D2S_V3' }]
  ])
  const second = send('GET', first.nextLink).body as { value: JsonObject[]; nextLink?: string }
  expect([second.value.length, second.nextLink]).toEqual([1, undefined])
  const filtered = arm('GET', `${ACCOUNT}/pools?$filter=name eq 'b'`).body as { value: JsonObject[] }
  expect(filtered.value).toHaveLength(1)
})

test.each([
  ['2025-06-01', { targetNodeCommunicationMode: 'Simplified' }, 'properties.targetNodeCommunicationMode'],
  ['2023-11-01', { upgradePolicy: { mode: 'automatic' } }, 'properties.upgradePolicy'],
  ['2019-08-01', { taskSlotsPerNode: 1 }, 'properties.taskSlotsPerNode'],
  ['2025-06-01', { startTask: { commandline: 'x' } }, 'properties.startTask.commandline']
])('with api-version %s %j is not known', (apiVersion, more, name) => {
  const { arm } = batchWorld()
  expect(arm('PUT', POOL, { apiVersion, body: poolBody(more) })).toEqual({ status: 501, body: name })
})

test('2019-08-01 shows maxTasksPerNode where later versions show taskSlotsPerNode', () => {
  const { arm } = batchWorld({ pools: [steadyPool({ taskSlotsPerNode: 4 })] })
  const properties = propertiesOf(arm('GET', POOL, { apiVersion: '2019-08-01' }))
  expect([properties['maxTasksPerNode'], properties['taskSlotsPerNode']]).toEqual([4, undefined])
})

test.each([
  { managedImagePools: 'refused', apiVersion: '2019-08-01', status: 400 },
  { managedImagePools: 'refused', apiVersion: '2025-06-01', status: 400 },
  { managedImagePools: 'accepted', apiVersion: '2025-06-01', status: 400 },
  { managedImagePools: 'accepted', apiVersion: '2019-08-01', status: 200 }
] as const)(
  'a managed image, $managedImagePools, over $apiVersion: $status',
  ({ managedImagePools, apiVersion, status }) => {
    const { arm, pass, pool } = batchWorld({ behaviour: { managedImagePools } })
    const answer = arm('PUT', POOL, {
      apiVersion,
      body: poolBody({ deploymentConfiguration: deployment(MANAGED_IMAGE) })
    })
    expect(answer.status).toBe(status)
    pass(MINUTE)
    if (status === 200) expect(pool()['currentDedicatedNodes']).toBe(2)
    else expect(JSON.stringify(errorOf(answer)['details'])).toContain('must be of the format /subscriptions/')
  }
)

test('an image without a replica in the region fails the allocation, not the call', () => {
  const { world, arm, pass, pool } = batchWorld()
  const moved = versionIn('West US')
  world.records.set(VERSION.toLowerCase(), {
    id: VERSION,
    type: String(moved['type']),
    createdAt: 0,
    body: moved,
    facts: {}
  })
  expect(arm('PUT', POOL, { body: poolBody() }).status).toBe(200)
  pass(2 * SECOND)
  expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 0 })
  expect(codes(pool())).toEqual(['AllocationFailed'])
})

test('a missing account is the 404 of the gateway', () => {
  const { arm } = batchWorld()
  const answer = arm('GET', `${ACCOUNT}x/pools/frames`)
  expect([answer.status, errorOf(answer)['code']]).toEqual([404, 'ResourceNotFound'])
})

test.each(['locations/eastus2/virtualMachineSkus', 'locations/EastUS2/quotas'])('%s is answered', path => {
  const { arm } = batchWorld()
  expect(
    arm('GET', `${ACCOUNT.slice(0, ACCOUNT.indexOf('/resourceGroups'))}/providers/Microsoft.Batch/${path}`).status
  ).toBe(200)
})

const sizesListed = ({ arm }: ReturnType<typeof batchWorld>, region: string): unknown[] => {
  const path = `${ACCOUNT.slice(0, ACCOUNT.indexOf('/resourceGroups'))}/providers/Microsoft.Batch/locations/${region}`
  return (arm('GET', `${path}/virtualMachineSkus`).body as { value: JsonObject[] }).value.map(({ name }) => name)
}

test('a region lists the sizes that the world says of it, and else those of every region', () => {
  const virtualMachineSkusByRegion = { westus3: [sku('Standard_D2s_v3', 2)], eastus2: [sku('Standard_D8s_v3', 8)] }
  const world = batchWorld({ behaviour: { virtualMachineSkusByRegion } })
  expect(sizesListed(world, 'EastUS2')).toEqual(['Standard_D8s_v3'])
  expect(world.arm('PUT', POOL, { body: poolBody() }).status).toBe(400)
  expect(sizesListed(batchWorld(), 'eastus2')).toEqual(['Standard_D2s_v3', 'Standard_D4s_v3'])
})

test('a region that lists nothing refuses no size, and counts the cores of none', () => {
  const world = batchWorld({
    account: { dedicatedCoreQuota: 2 },
    behaviour: { virtualMachineSkusByRegion: { eastus2: [] } }
  })
  expect(sizesListed(world, 'eastus2')).toEqual([])
  expect(
    world.arm('PUT', POOL, { body: poolBody({ vmSize: 'Standard_Unheard_Of', taskSlotsPerNode: 256 }) }).status
  ).toBe(200)
  world.pass(5 * MINUTE)
  expect(world.pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 2 })
})

test('5,000 nodes are planned and listed in well under a second', () => {
  const { arm, pass, service } = batchWorld({
    account: { dedicatedCoreQuota: 20_000, dedicatedCoreQuotaPerVMFamilyEnforced: false }
  })
  arm('PUT', POOL, { body: poolBody({ scaleSettings: fixedScale(5_000, 0, { resizeTimeout: 'PT90M' }) }) })
  pass(90 * MINUTE)
  const page = service('GET', '/pools/frames/nodes').body as { value: JsonObject[]; 'odata.nextLink': string }
  expect(page.value).toHaveLength(1_000)
  expect(page['odata.nextLink']).toContain('$skiptoken=1000')
})
