import { expect, test } from '@jest/globals'
import type { Behaviour, JsonObject } from '../../emulator/kernel/types.ts'
import { batchWorld, MINUTE, poolBody, POOL, SECOND, steadyPool } from './batch-world.ts'

const startTask = { commandLine: 'setup', waitForSuccess: true }

/** A new pool of as many nodes, all through with their first start. */
function started(frames: Behaviour['nodes'][string], targets: JsonObject = { targetDedicatedNodes: 1 }) {
  const azure = batchWorld({ behaviour: { nodes: { frames } } })
  azure.arm('PUT', POOL, { body: poolBody({ startTask, scaleSettings: { fixedScale: targets } }) })
  azure.pass(5 * MINUTE)
  const stateOf = (index = 0): unknown => azure.nodes()[index]?.['state']
  const reboot = (index = 0, body: JsonObject = {}) =>
    azure.service('POST', `/pools/frames/nodes/${String(azure.nodes()[index]?.['id'])}/reboot`, { body })
  return { ...azure, stateOf, reboot }
}

test('a reboot takes the recorded 66 seconds and 5 of starting, keeps the id, and runs the start task again', () => {
  const { pass, nodes, stateOf, reboot } = started({ startTaskMs: 20 * SECOND })
  const [before] = nodes()
  expect(reboot(0, { nodeRebootOption: 'terminate' }).status).toBe(202)
  expect(nodes()[0]).toMatchObject({ state: 'rebooting', lastBootTime: before?.['lastBootTime'] })
  const seen = [65, 3, 5, 20].map(seconds => {
    pass(seconds * SECOND)
    return stateOf()
  })
  expect(seen).toEqual(['rebooting', 'starting', 'waitingforstarttask', 'idle'])
  const [after] = nodes()
  expect([after?.['id'], after?.['allocationTime']]).toEqual([before?.['id'], before?.['allocationTime']])
  expect(after?.['lastBootTime']).not.toBe(before?.['lastBootTime'])
})

test('a start task that fails a number of times on a node succeeds there after as many reboots', () => {
  const { pass, stateOf, reboot } = started({ startTaskFails: 'all', startTaskFailsTimes: 2 })
  const seen = [stateOf()]
  for (const _ of [1, 2]) {
    reboot()
    pass(2 * MINUTE)
    seen.push(stateOf())
  }
  expect(seen).toEqual(['starttaskfailed', 'starttaskfailed', 'idle'])
})

test('an unusable node that Batch gets back runs its start task then', () => {
  const { pass, stateOf } = started({ unusable: [0], unusableForMs: 20 * MINUTE, startTaskMs: 2 * MINUTE })
  const seen = [0, 17, 2].map(minutes => {
    pass(minutes * MINUTE)
    return stateOf()
  })
  expect(seen).toEqual(['unusable', 'waitingforstarttask', 'idle'])
})

test('a node that nobody knows the state of is unknown, in the counts too', () => {
  const { service, stateOf } = started({ unknown: [0] })
  expect(stateOf()).toBe('unknown')
  expect(service('GET', "/nodecounts?$filter=poolId eq 'frames'").body).toMatchObject({
    value: [{ dedicated: { unknown: 1, idle: 0 } }]
  })
})

test.each([
  [{ unusable: 'all' as const }, 'NodeStateUnusable'],
  [{ startMs: 20 * MINUTE }, 'NodeBeingStarted'],
  [{ unknown: 'all' as const }, 'NodeNotReady']
])('a node that can’t be asked (%j) is not rebooted: 409 %s', (frames, code) => {
  expect(started(frames).reboot()).toMatchObject({ status: 409, body: { code } })
})

test('a node that reboots can’t be rebooted', () => {
  const { reboot } = started({})
  reboot()
  expect(reboot()).toMatchObject({ status: 409, body: { code: 'NodeBeingRebooted' } })
})

test('only the options of the contract are taken, and only nodes that are there', () => {
  const { reboot, service } = started({})
  expect(reboot(0, { nodeRebootOption: 'Requeue' }).status).toBe(400)
  expect(reboot(0, { option: 'requeue' }).status).toBe(501)
  expect(service('POST', '/pools/frames/nodes/none/reboot', { body: {} }).status).toBe(404)
})

const autoScale = (formula: string): JsonObject => ({ autoScale: { formula, evaluationInterval: 'PT5M' } })

test('the first evaluation of a formula that takes samples fails, and leaves the pool as it is; the next one doesn’t', () => {
  const { arm, pass } = batchWorld({ pools: [steadyPool()] })
  const formula = '$TargetDedicatedNodes = avg($PendingTasks.GetSample(180 * TimeInterval_Second));'
  const set = arm('PATCH', POOL, { body: { properties: { scaleSettings: autoScale(formula) } } })
  expect(set).toMatchObject({
    status: 200,
    body: {
      properties: {
        allocationState: 'Steady',
        autoScaleRun: { error: { code: 'InsufficientSampleData', details: [{ code: 'Message' }] } }
      }
    }
  })
  pass(5 * MINUTE)
  const { properties } = arm('GET', POOL).body as { properties: JsonObject }
  expect(properties['autoScaleRun']).not.toHaveProperty('error')
})

test.each([
  '$TargetDedicatedNodes = 2;',
  '$n = $PendingTasks.GetSamplePercent(60) < 70 ? 2 : $PendingTasks.GetSample(60);'
])('a formula that takes no samples, or looks first how many there are, is evaluated at once: %s', formula => {
  const { arm } = batchWorld({ pools: [steadyPool()] })
  const { body } = arm('PATCH', POOL, { body: { properties: { scaleSettings: autoScale(formula) } } })
  expect((body as { properties: JsonObject }).properties['autoScaleRun']).not.toHaveProperty('error')
})

/** As `started`, with `runningTasks` of the world that end ten minutes after its beginning. */
const busy = () => started({ runningTasks: [{ index: 0, endsAfterMs: 10 * MINUTE }] })

test('a reimage takes the recorded 8 min 36 s and 17 s of starting, keeps the id, and runs the start task again', () => {
  const { pass, nodes, service, stateOf } = started({ startTaskMs: 20 * SECOND })
  const [before] = nodes()
  const path = `/pools/frames/nodes/${String(before?.['id'])}/reimage`
  expect(service('POST', path, { body: { nodeReimageOption: 'terminate' } }).status).toBe(202)
  expect(nodes()[0]).toMatchObject({ state: 'reimaging', lastBootTime: before?.['lastBootTime'] })
  expect(service('GET', "/nodecounts?$filter=poolId eq 'frames'").body).toMatchObject({
    value: [{ dedicated: { reimaging: 1, idle: 0 } }]
  })
  expect(service('POST', path, { body: {} })).toMatchObject({ status: 409, body: { code: 'NodeBeingReimaged' } })
  const seen = [515, 3, 17, 20].map(seconds => {
    pass(seconds * SECOND)
    return stateOf()
  })
  expect(seen).toEqual(['reimaging', 'starting', 'waitingforstarttask', 'idle'])
  const [after] = nodes()
  expect([after?.['id'], after?.['allocationTime']]).toEqual([before?.['id'], before?.['allocationTime']])
  expect(after?.['lastBootTime']).not.toBe(before?.['lastBootTime'])
})

test.each([
  ['reboot', 'nodeRebootOption', 'rebooting'],
  ['reimage', 'nodeReimageOption', 'reimaging']
])('a %s with taskcompletion begins when the node’s tasks are done', (restart, option, state) => {
  const { pass, nodes, service, stateOf } = busy()
  const path = `/pools/frames/nodes/${String(nodes()[0]?.['id'])}/${restart}`
  expect(service('POST', path, { body: { [option]: 'taskcompletion' } }).status).toBe(202)
  const seen = [0, 4, 2].map(minutes => {
    pass(minutes * MINUTE)
    return stateOf()
  })
  expect(seen).toEqual(['running', 'running', state])
})

test('a reimage takes its own option alone, and was refused for virtual machines by earlier versions', () => {
  const { nodes, service } = started({})
  const path = `/pools/frames/nodes/${String(nodes()[0]?.['id'])}/reimage`
  expect(service('POST', path, { body: { nodeRebootOption: 'requeue' } }).status).toBe(501)
  expect(service('POST', path, { body: { nodeReimageOption: 'now' } }).status).toBe(400)
  const apiVersion = '2022-10-01.16.0'
  expect(service('POST', path, { body: {}, apiVersion })).toMatchObject({
    status: 409,
    body: { code: 'OperationNotValidOnNode' }
  })
})

test('a start task may go well before it fails', () => {
  const { pass, stateOf, reboot } = started({
    startTaskFails: 'all',
    startTaskFailsFromTurn: 1,
    startTaskFailsTimes: 1
  })
  const seen = [stateOf()]
  for (const _ of [1, 2]) {
    reboot()
    pass(2 * MINUTE)
    seen.push(stateOf())
  }
  expect(seen).toEqual(['idle', 'starttaskfailed', 'idle'])
})
