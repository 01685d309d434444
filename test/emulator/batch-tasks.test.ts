/** How tasks that clients add run on the nodes of a pool. */
import { expect, test } from '@jest/globals'
import type { Answer, Behaviour, JsonObject } from '../../emulator/kernel/types.ts'
import { batchWorld, MINUTE, patch, POOL, SECOND, steadyPool, fixedScale } from './batch-world.ts'

const HOST = 'https://render.eastus2.batch.emulated.azure'
const value = (answer: Answer): JsonObject[] => (answer.body as { value: JsonObject[] }).value
const codeOf = ({ status, body }: Answer): unknown[] => [status, (body as JsonObject | undefined)?.['code']]

type Setup = {
  frames?: Behaviour['nodes'][string]
  pool?: JsonObject
  job?: JsonObject
  behaviour?: Partial<Behaviour>
}

/** A pool of two idle nodes, and a job on it. */
function withJob({ frames = {}, pool = {}, job = {}, behaviour = {} }: Setup = {}) {
  const azure = batchWorld({ pools: [steadyPool(pool)], behaviour: { ...behaviour, nodes: { frames } } })
  azure.service('POST', '/jobs', { body: { id: 'smoke', poolInfo: { poolId: 'frames' }, ...job } })
  const add = (id: string, more: JsonObject = {}): Answer =>
    azure.service('POST', '/jobs/smoke/tasks', { body: { id, commandLine: 'probe', ...more } })
  const task = (id: string): JsonObject => azure.service('GET', `/jobs/smoke/tasks/${id}`).body as JsonObject
  const states = (): unknown[] => value(azure.service('GET', '/jobs/smoke/tasks')).map(({ state }) => state)
  const nodeOf = (id: string): number =>
    azure.nodes().findIndex(node => node['id'] === (task(id)['nodeInfo'] as JsonObject)['nodeId'])
  const affinity = (index: number): JsonObject => ({
    affinityInfo: { affinityId: String(azure.nodes()[index]?.['affinityId']) }
  })
  return { ...azure, add, task, states, nodeOf, affinity }
}

test('a task is active, then running on an idle node, then completed', () => {
  const { add, task, pass, nodes } = withJob()
  const etag = add('a').headers?.['etag']
  pass(2_399)
  expect(task('a')).toMatchObject({ state: 'active', executionInfo: { retryCount: 0, requeueCount: 0 } })
  expect(task('a')).not.toHaveProperty('nodeInfo')
  pass(1)
  const [node] = nodes()
  const nodeUrl = `${HOST}/pools/frames/nodes/${String(node?.['id'])}`
  const nodeInfo = {
    ...{ affinityId: node?.['affinityId'], nodeUrl, poolId: 'frames', nodeId: node?.['id'] },
    taskRootDirectory: 'workitems/smoke/job-1/a',
    taskRootDirectoryUrl: `${nodeUrl}/files/workitems/smoke/job-1/a`
  }
  expect(task('a')).toMatchObject({
    ...{ state: 'running', stateTransitionTime: '2026-11-23T00:00:02.4Z', previousState: 'active', nodeInfo },
    executionInfo: { startTime: '2026-11-23T00:00:02.4Z', retryCount: 0, requeueCount: 0 }
  })
  pass(2 * SECOND)
  expect(task('a')).toMatchObject({
    ...{ state: 'completed', stateTransitionTime: '2026-11-23T00:00:04.4Z', previousState: 'running', nodeInfo },
    previousStateTransitionTime: '2026-11-23T00:00:02.4Z',
    ...{ eTag: etag, lastModified: '2026-11-23T00:00:00Z' }
  })
  expect(task('a')['executionInfo']).toEqual({
    ...{ startTime: '2026-11-23T00:00:02.4Z', endTime: '2026-11-23T00:00:04.4Z' },
    ...{ exitCode: 0, result: 'success', retryCount: 0, requeueCount: 0 }
  })
})

test('a node shows what runs on it, and what ran', () => {
  const { add, pass, nodes } = withJob()
  expect(nodes()[0]).not.toHaveProperty('recentTasks')
  add('a')
  pass(3 * SECOND)
  const recent = { taskUrl: `${HOST}/jobs/smoke/tasks/a`, jobId: 'smoke', taskId: 'a' }
  expect(nodes()[0]).toMatchObject({
    ...{ state: 'running', stateTransitionTime: '2026-11-23T00:00:02.4Z' },
    ...{ runningTasksCount: 1, runningTaskSlotsCount: 1, totalTasksRun: 0, totalTasksSucceeded: 0 },
    recentTasks: [{ ...recent, taskState: 'running' }]
  })
  pass(2 * SECOND)
  expect(nodes()[0]).toMatchObject({
    ...{ state: 'idle', stateTransitionTime: '2026-11-23T00:00:04.4Z' },
    ...{ runningTasksCount: 0, runningTaskSlotsCount: 0, totalTasksRun: 1, totalTasksSucceeded: 1 },
    recentTasks: [{ ...recent, taskState: 'completed', executionInfo: { exitCode: 0, result: 'success' } }]
  })
  expect(nodes()[1]).toMatchObject({ state: 'idle', totalTasksRun: 0 })
})

test('nobody need look: what comes of tasks depends on the time alone', () => {
  const run = (look: boolean): unknown => {
    const { add, pass, states, service } = withJob({ frames: { tasks: [{ times: 1, exitCode: 1, takesMs: 700 }] } })
    for (const id of ['a', 'b', 'c', 'd']) add(id, { constraints: { maxTaskRetryCount: 2 } })
    for (let second = 0; second < 60; second++) {
      pass(SECOND)
      if (look) states()
    }
    return service('GET', '/jobs/smoke/tasks').body
  }
  expect(run(false)).toEqual(run(true))
})

test('tasks wait for as long as no node has a slot free', () => {
  const { add, pass, states, service } = withJob({ frames: { tasks: [{ takesMs: MINUTE }] } })
  for (const id of ['a', 'b', 'c']) add(id)
  pass(3 * SECOND)
  expect(states()).toEqual(['running', 'running', 'active'])
  expect(service('GET', '/jobs/smoke/taskcounts').body).toMatchObject({ taskCounts: { active: 1, running: 2 } })
  pass(MINUTE)
  expect(states()).toEqual(['completed', 'completed', 'running'])
})

test('slots: several at once, no task where too few are left', () => {
  const { add, pass, states, nodes, nodeOf, service } = withJob({
    pool: { taskSlotsPerNode: 4 },
    frames: { tasks: [{ takesMs: MINUTE }] }
  })
  add('three', { requiredSlots: 3 })
  add('two', { requiredSlots: '2' })
  add('other', { requiredSlots: 2 })
  add('wide', { requiredSlots: 2 })
  pass(3 * SECOND)
  expect(states()).toEqual(['running', 'running', 'running', 'active'])
  expect([nodeOf('three'), nodeOf('two'), nodeOf('other')]).toEqual([0, 1, 1])
  expect(nodes().map(node => [node['runningTasksCount'], node['runningTaskSlotsCount']])).toEqual([
    [1, 3],
    [2, 4]
  ])
  expect(service('GET', '/jobs/smoke/taskcounts').body).toMatchObject({ taskSlotCounts: { active: 2, running: 7 } })
})

test('a pool that packs its nodes fills one before the next', () => {
  const pool = { taskSlotsPerNode: 2, taskSchedulingPolicy: { nodeFillType: 'Pack' } }
  const { add, pass, nodeOf } = withJob({ pool, frames: { tasks: [{ takesMs: MINUTE }] } })
  for (const id of ['a', 'b', 'c']) add(id)
  pass(3 * SECOND)
  expect(['a', 'b', 'c'].map(nodeOf)).toEqual([0, 0, 1])
})

test('tasks wait for nodes that boot, and run once their start task is through', () => {
  const startTask = { commandLine: 'mount', waitForSuccess: true }
  const { add, pass, states, task, arm } = withJob({
    pool: { currentDedicatedNodes: 0, scaleSettings: fixedScale(0), startTask },
    frames: { startMs: MINUTE, startTaskMs: 10 * SECOND }
  })
  add('a')
  pass(10 * MINUTE)
  expect(states()).toEqual(['active'])
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(1) }))
  pass(99 * SECOND)
  expect(states()).toEqual(['active'])
  pass(SECOND)
  expect(task('a')).toMatchObject({ state: 'running', stateTransitionTime: '2026-11-23T00:11:40Z' })
})

test.each([
  ['whose start task fails', { startTaskFails: 'all' as const }],
  ['that is unusable', { unusable: 'all' as const }],
  ['that nobody reaches', { unknown: 'all' as const }],
  ['that is busy with the world’s own tasks', { runningTasks: [0, 1].map(index => ({ index, endsAfterMs: MINUTE })) }]
])('no task runs on a node %s', (_, frames) => {
  const { add, pass, states } = withJob({ frames, pool: { startTask: { commandLine: 'mount', waitForSuccess: true } } })
  add('a')
  pass(30 * SECOND)
  expect(states()).toEqual(['active'])
})

test('a task takes a node at the moment at which the world’s own task on it ends', () => {
  const runningTasks = [0, 1].map(index => ({ index, endsAfterMs: (2 - index) * MINUTE }))
  const { add, pass, task, nodeOf } = withJob({ frames: { runningTasks } })
  add('a')
  pass(10 * MINUTE)
  expect(task('a')).toMatchObject({ state: 'completed', previousStateTransitionTime: '2026-11-23T00:01:00Z' })
  expect(nodeOf('a')).toBe(1)
})

test('affinityId: the node that it names, where it is idle; else another one', () => {
  const { add, pass, nodeOf, affinity } = withJob({ frames: { tasks: [{ takesMs: MINUTE }] } })
  add('a', affinity(1))
  add('b', affinity(1))
  pass(3 * SECOND)
  expect([nodeOf('a'), nodeOf('b')]).toEqual([1, 0])
})

test('a world may have an affinityId missed, the first time that a node is asked for', () => {
  const { add, pass, nodeOf, affinity, nodes } = withJob({ frames: { affinityMissedTimes: 1 } })
  add('a', affinity(1))
  pass(5 * SECOND)
  add('b', affinity(1))
  pass(5 * SECOND)
  expect([nodeOf('a'), nodeOf('b')]).toEqual([0, 1])
  expect(nodes().map(node => node['totalTasksRun'])).toEqual([1, 1])
})

test('what a task does is the first entry of the world that fits it by all that it names', () => {
  const tasks = [
    { index: [1], job: 'smoke', command: 'gpu', exitCode: 3, stderr: 'no GPU\n', takesMs: 500 },
    { job: 'other', exitCode: 8 },
    { image: '/versions/9.9.9', exitCode: 9 },
    { image: '/versions/1.0.0', command: 'probe', stdout: 'fine\n' }
  ]
  const { add, pass, task, service, affinity } = withJob({ frames: { tasks } })
  add('bad', { ...affinity(1), commandLine: 'probe --gpu' })
  add('good', { ...affinity(0), commandLine: 'probe --gpu' })
  pass(5 * SECOND)
  const message = 'The task exited with an exit code representing a failure'
  expect(task('bad')).toMatchObject({
    state: 'completed',
    executionInfo: {
      ...{ startTime: '2026-11-23T00:00:02.4Z', endTime: '2026-11-23T00:00:02.9Z', exitCode: 3, result: 'failure' },
      failureInfo: { category: 'usererror', code: 'FailureExitCode', message }
    }
  })
  expect(task('good')).toMatchObject({ executionInfo: { exitCode: 0, result: 'success' } })
  const read = (path: string): unknown => service('GET', `/jobs/smoke/tasks/${path}`).body
  expect([read('bad/files/stdout.txt'), read('bad/files/stderr.txt')]).toEqual(['', 'no GPU\n'])
  expect([read('good/files/stdout.txt'), read('good/files/stderr.txt')]).toEqual(['fine\n', ''])
  const failures = value(service('GET', `/jobs/smoke/tasks?$filter=executionInfo/result eq 'failure'&$select=id`))
  expect(failures).toEqual([{ id: 'bad' }])
})

test('a task that fails is tried again as often as it says, and not once more', () => {
  const { add, pass, task } = withJob({ frames: { tasks: [{ exitCode: 1 }] } })
  add('a', { constraints: { maxTaskRetryCount: 2 } })
  pass(6 * SECOND)
  expect(task('a')).toMatchObject({ state: 'active', executionInfo: { retryCount: 0 } })
  pass(MINUTE)
  expect(task('a')).toMatchObject({
    state: 'completed',
    executionInfo: {
      ...{ retryCount: 2, requeueCount: 0, exitCode: 1, result: 'failure' },
      ...{ startTime: '2026-11-23T00:00:11.2Z', lastRetryTime: '2026-11-23T00:00:11.2Z' }
    }
  })
})

test('a task that fails for the first so many times succeeds when it is tried again', () => {
  const { add, pass, task } = withJob({
    frames: { tasks: [{ exitCode: 1, times: 1 }] },
    pool: { currentDedicatedNodes: 1 }
  })
  add('a', { constraints: { maxTaskRetryCount: 5 } })
  pass(MINUTE)
  expect(task('a')).toMatchObject({ executionInfo: { retryCount: 1, exitCode: 0, result: 'success' } })
})

test.each([
  ['batch.node.ubuntu 22.04', -9],
  ['batch.node.windows amd64', -1_073_741_510]
])('a task that outlasts its maxWallClockTime is ended, on %s with exit code %i', (nodeAgentSkuId, exitCode) => {
  const machine = { imageReference: {}, nodeAgentSkuId }
  const { add, pass, task } = withJob({
    pool: { deploymentConfiguration: { virtualMachineConfiguration: machine } },
    frames: { tasks: [{ takesMs: 10 * MINUTE }] }
  })
  add('a', { constraints: { maxWallClockTime: 'PT1M', maxTaskRetryCount: 3 } })
  pass(2 * MINUTE)
  expect(task('a')).toMatchObject({
    ...{ state: 'completed', stateTransitionTime: '2026-11-23T00:01:02.4Z' },
    executionInfo: {
      ...{ exitCode, result: 'failure', retryCount: 0 },
      failureInfo: {
        ...{ category: 'usererror', code: 'TaskEnded', message: 'The task was ended by user request' },
        details: [
          { name: 'Message', value: 'The maximum execution time configured on the task was exceeded' },
          { name: 'AdditionalErrorCode', value: 'FailureExitCode' }
        ]
      }
    }
  })
})

test('a preparation task is waited for, once on each node', () => {
  const job = { jobPreparationTask: { commandLine: 'fetch' } }
  const { add, pass, task, nodes } = withJob({ job, pool: { currentDedicatedNodes: 1 } })
  add('a')
  pass(3 * SECOND)
  expect(task('a')).toMatchObject({ state: 'preparing', stateTransitionTime: '2026-11-23T00:00:02.4Z' })
  expect(task('a')['executionInfo']).not.toHaveProperty('startTime')
  expect(nodes()[0]).toMatchObject({ state: 'running', recentTasks: [{ taskState: 'preparing' }] })
  pass(2 * SECOND)
  expect(task('a')).toMatchObject({ state: 'running', executionInfo: { startTime: '2026-11-23T00:00:04.4Z' } })
  pass(10 * SECOND)
  add('b')
  pass(3 * SECOND)
  expect(task('b')).toMatchObject({ state: 'running', previousState: 'active' })
})

test('jobs of a higher priority first, and no more of a job at once than it may have', () => {
  const { service, add, pass, states } = withJob({ frames: { tasks: [{ takesMs: MINUTE }] } })
  const urgent = { id: 'urgent', poolInfo: { poolId: 'frames' }, priority: 900, maxParallelTasks: 1 }
  service('POST', '/jobs', { body: urgent })
  add('a')
  add('b')
  const many = ['x', 'y'].map(id => ({ id, commandLine: 'probe' }))
  service('POST', '/jobs/urgent/addtaskcollection', { body: { value: many } })
  pass(3 * SECOND)
  expect(value(service('GET', '/jobs/urgent/tasks')).map(({ state }) => state)).toEqual(['running', 'active'])
  expect(states()).toEqual(['running', 'active'])
})

test('a task that depends on another runs after that has succeeded, never after it has failed', () => {
  const { add, pass, task } = withJob({
    job: { usesTaskDependencies: true },
    frames: { tasks: [{ command: 'bad', exitCode: 1 }] }
  })
  add('good')
  add('bad', { commandLine: 'bad' })
  add('after', { dependsOn: { taskIds: ['good'] } })
  add('never', { dependsOn: { taskIds: ['good', 'bad'] } })
  pass(5 * SECOND)
  expect(task('after')).toMatchObject({ state: 'running', stateTransitionTime: '2026-11-23T00:00:04.4Z' })
  pass(MINUTE)
  expect([task('after')['state'], task('never')['state']]).toEqual(['completed', 'active'])
})

test.each<[string, JsonObject, unknown[]]>([
  ['dependencies in a job without', { dependsOn: { taskIds: ['b'] } }, [400, 'TaskDependenciesNotSpecifiedOnJob']],
  ['tries without end', { constraints: { maxTaskRetryCount: -1 } }, [501, 'NotEmulated']],
  ['a container on a pool without', { containerSettings: { imageName: 'x' } }, [501, 'NotEmulated']],
  ['several instances', { multiInstanceSettings: { numberOfInstances: 2 } }, [501, undefined]],
  ['exit conditions', { exitConditions: { default: { jobAction: 'terminate' } } }, [501, undefined]]
])('a task with %s is refused', (_, more, expected) => {
  const { add, states } = withJob()
  expect(codeOf(add('a', more))).toEqual(expected)
  expect(states()).toEqual([])
})

test('terminate: what runs is ended and its node is free, what waits never begins; what is over is a 409', () => {
  const { add, pass, task, service, nodes } = withJob({
    pool: { currentDedicatedNodes: 1 },
    frames: { tasks: [{ takesMs: MINUTE }] }
  })
  add('runs')
  add('waits')
  pass(3 * SECOND)
  const end = (id: string): Answer => service('POST', `/jobs/smoke/tasks/${id}/terminate`)
  const before = task('waits')['eTag']
  const waits = end('waits')
  expect(waits).toMatchObject({ status: 204, headers: { dataserviceid: `${HOST}/jobs/smoke/tasks/waits/terminate` } })
  const failureInfo = { category: 'usererror', code: 'TaskEnded', message: 'The task was ended by user request' }
  expect(task('waits')).toMatchObject({ state: 'completed', eTag: waits.headers?.['etag'], previousState: 'active' })
  expect(task('waits')['eTag']).not.toBe(before)
  expect(task('waits')['executionInfo']).toEqual({
    ...{ endTime: '2026-11-23T00:00:03Z', failureInfo, result: 'failure', retryCount: 0, requeueCount: 0 }
  })
  expect(end('runs').status).toBe(204)
  expect(task('runs')).toMatchObject({
    ...{ state: 'completed', previousState: 'running' },
    executionInfo: {
      startTime: '2026-11-23T00:00:02.4Z',
      endTime: '2026-11-23T00:00:03Z',
      failureInfo,
      result: 'failure'
    }
  })
  expect(nodes()[0]).toMatchObject({ state: 'idle', stateTransitionTime: '2026-11-23T00:00:03Z', totalTasksRun: 1 })
  expect(codeOf(end('runs'))).toEqual([409, 'TaskCompleted'])
  expect(codeOf(end('none'))).toEqual([404, 'TaskNotFound'])
})

test('a task of a world is terminated too', () => {
  const job = {
    id: POOL.replace('/pools/frames', '/jobs/day'),
    type: 'Microsoft.Batch/batchAccounts/jobs',
    properties: { poolInfo: { poolId: 'frames' }, tasks: [{ id: 'a', state: 'running' }] }
  }
  const { service } = batchWorld({ pools: [steadyPool()], resources: [job] })
  expect(service('POST', '/jobs/day/tasks/a/terminate').status).toBe(204)
  expect(service('GET', '/jobs/day/tasks/a').body).toMatchObject({
    ...{ state: 'completed', executionInfo: { result: 'failure', failureInfo: { code: 'TaskEnded' } } }
  })
})

test('delete: the task is gone at once, its node free, its files gone; under another ETag it stays', () => {
  const { add, pass, service, nodes, states } = withJob({ frames: { tasks: [{ takesMs: MINUTE }] } })
  add('a')
  pass(3 * SECOND)
  const path = `/pools/frames/nodes/${String(nodes()[0]?.['id'])}/files`
  const files = (): unknown[] => value(service('GET', `${path}?recursive=true`)).map(({ name }) => name)
  expect(files()).toContain('workitems/smoke/job-1/a/stdout.txt')
  const other = { headers: { 'if-match': '0x8DD365DD6AC9F42' } }
  expect(codeOf(service('DELETE', '/jobs/smoke/tasks/a', other))).toEqual([412, 'ConditionNotMet'])
  const answer = service('DELETE', '/jobs/smoke/tasks/A')
  expect([answer.status, answer.body, answer.headers]).toEqual([200, undefined, { dataserviceversion: '3.0' }])
  expect(states()).toEqual([])
  expect(nodes()[0]).toMatchObject({ state: 'idle' })
  expect(files()).not.toContain('workitems/smoke/job-1/a/stdout.txt')
  expect(codeOf(service('DELETE', '/jobs/smoke/tasks/a'))).toEqual([404, 'TaskNotFound'])
  expect(add('a').status).toBe(201)
})

test('a job that is deleted takes its tasks off their nodes', () => {
  const { add, pass, service, nodes, states } = withJob({ frames: { tasks: [{ takesMs: MINUTE }] } })
  for (const id of ['a', 'b', 'c']) add(id)
  pass(3 * SECOND)
  service('DELETE', '/jobs/smoke')
  expect(nodes().map(({ state }) => state)).toEqual(['idle', 'idle'])
  expect(states()).toEqual(['completed', 'completed', 'completed'])
  pass(4 * SECOND)
  expect(nodes().map(node => node['totalTasksRun'])).toEqual([1, 1])
})

test.each([
  ['requeue', 'disabled', ['active', 'active'], 1],
  ['terminate', 'disabled', ['completed', 'active'], 0],
  ['wait', 'disabling', ['running', 'active'], 0]
])('disable by %s: the job is %s, its tasks %j', (disableTasks, state, expected, requeueCount) => {
  const { add, pass, service, states, task } = withJob({
    pool: { currentDedicatedNodes: 1 },
    frames: { tasks: [{ takesMs: MINUTE }] }
  })
  add('a')
  add('b')
  pass(3 * SECOND)
  service('POST', '/jobs/smoke/disable', { body: { disableTasks } })
  pass(10 * SECOND)
  expect(service('GET', '/jobs/smoke').body).toMatchObject({ state })
  expect(states()).toEqual(expected)
  expect(task('a')).toMatchObject({ executionInfo: { requeueCount } })
  pass(MINUTE)
  expect(service('GET', '/jobs/smoke').body).toMatchObject({ state: 'disabled' })
  expect(states()[1]).toBe('active')
  service('POST', '/jobs/smoke/enable')
  pass(SECOND)
  expect(states()).toContain('running')
})

test('a job that is terminated ends what runs, and leaves what waits', () => {
  const { add, pass, service, states } = withJob({
    pool: { currentDedicatedNodes: 1 },
    frames: { tasks: [{ takesMs: MINUTE }] }
  })
  add('a')
  add('b')
  pass(3 * SECOND)
  service('POST', '/jobs/smoke/terminate')
  pass(MINUTE)
  expect(service('GET', '/jobs/smoke').body).toMatchObject({ state: 'completed' })
  expect(states()).toEqual(['completed', 'active'])
})

test('terminatejob: a job is completed once all of its tasks are', () => {
  const { add, pass, service } = withJob({ job: { onAllTasksComplete: 'terminatejob' } })
  const state = (): unknown => (service('GET', '/jobs/smoke').body as JsonObject)['state']
  add('a')
  pass(4_399)
  expect(state()).toBe('active')
  pass(1)
  expect(state()).toBe('terminating')
  pass(SECOND)
  expect(service('GET', '/jobs/smoke').body).toMatchObject({
    ...{ state: 'completed', executionInfo: { terminateReason: 'AllTasksComplete', endTime: '2026-11-23T00:00:05Z' } }
  })
})

test('terminatejob that is asked for when all tasks are completed completes the job, but not one without tasks', () => {
  const { add, pass, service } = withJob()
  const ask = (): unknown => {
    service('PATCH', '/jobs/smoke', { body: { onAllTasksComplete: 'terminatejob' } })
    return (service('GET', '/jobs/smoke').body as JsonObject)['state']
  }
  expect(ask()).toBe('active')
  add('a')
  pass(2_500)
  expect(ask()).toBe('active')
  const other = withJob()
  other.add('a')
  other.pass(MINUTE)
  other.service('PATCH', '/jobs/smoke', { body: { onAllTasksComplete: 'terminatejob' } })
  expect(other.service('GET', '/jobs/smoke').body).toMatchObject({ state: 'terminating' })
})

test.each([
  ['Requeue', ['active', 'running'], 1],
  ['Terminate', ['completed', 'running'], 0],
  ['TaskCompletion', ['running', 'running'], 0]
])('a resize with %s: tasks are %j', (nodeDeallocationOption, expected, requeueCount) => {
  const { add, pass, arm, states, task, pool, affinity } = withJob({ frames: { tasks: [{ takesMs: MINUTE }] } })
  // the newest node goes first
  add('goes', affinity(1))
  add('stays', affinity(0))
  pass(3 * SECOND)
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(1, 0, { nodeDeallocationOption }) }))
  pass(SECOND)
  expect(states()).toEqual(expected)
  expect(task('goes')).toMatchObject({ executionInfo: { requeueCount } })
  expect(pool()['allocationState']).toBe('Resizing')
  pass(5 * MINUTE)
  expect(states()).toEqual(['completed', 'completed'])
  expect(pool()).toMatchObject({ allocationState: 'Steady', currentDedicatedNodes: 1 })
})

test('a node that waits for its tasks before it goes takes no new ones', () => {
  const { add, pass, arm, states } = withJob({
    pool: { taskSlotsPerNode: 2 },
    frames: { tasks: [{ takesMs: MINUTE }] }
  })
  add('a')
  add('b')
  pass(3 * SECOND)
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(0, 0, { nodeDeallocationOption: 'TaskCompletion' }) }))
  add('late')
  pass(10 * SECOND)
  expect(states()).toEqual(['running', 'running', 'active'])
  pass(10 * MINUTE)
  expect(states()).toEqual(['completed', 'completed', 'active'])
})

test('a node that is to be rebooted after its tasks takes no new ones before', () => {
  const { add, pass, service, task, nodes } = withJob({
    pool: { currentDedicatedNodes: 1, taskSlotsPerNode: 2 },
    frames: { tasks: [{ takesMs: MINUTE }] }
  })
  add('a')
  pass(3 * SECOND)
  const path = `/pools/frames/nodes/${String(nodes()[0]?.['id'])}/reboot`
  service('POST', path, { body: { nodeRebootOption: 'taskcompletion' } })
  add('b')
  pass(30 * SECOND)
  expect([task('a')['state'], task('b')['state']]).toEqual(['running', 'active'])
  expect(codeOf(service('POST', path, { body: { nodeRebootOption: 'retaineddata' } }))).toEqual([501, 'NotEmulated'])
  pass(5 * MINUTE)
  expect([task('a')['state'], task('b')['state']]).toEqual(['completed', 'completed'])
})

test('a formula that takes nodes away meets the tasks that ran on them at that time, though nobody looked', () => {
  const formula = '$TargetDedicatedNodes=0;$NodeDeallocationOption=taskcompletion;'
  const { add, pass, task, pool } = withJob({
    pool: { scaleSettings: { autoScale: { formula, evaluationInterval: 'PT5M' } } },
    frames: { tasks: [{ takesMs: 4 * MINUTE }] }
  })
  pass(4 * MINUTE)
  add('a')
  pass(30 * MINUTE)
  expect(task('a')).toMatchObject({ state: 'completed', executionInfo: { requeueCount: 0, result: 'success' } })
  expect(pool()).toMatchObject({ currentDedicatedNodes: 0 })
})

test('removenodes with requeue gives the task of a node to another one', () => {
  const { add, pass, service, task, nodes, affinity } = withJob({ frames: { tasks: [{ takesMs: MINUTE }] } })
  add('a', affinity(0))
  pass(3 * SECOND)
  const [first, second] = nodes()
  const body = { nodeList: [String(first?.['id'])], nodeDeallocationOption: 'requeue' }
  expect(service('POST', '/pools/frames/removenodes', { body }).status).toBe(202)
  pass(10 * SECOND)
  expect(task('a')).toMatchObject({
    ...{ state: 'running', nodeInfo: { nodeId: second?.['id'] }, executionInfo: { requeueCount: 1 } }
  })
})

test('a pool that is deleted gives its tasks back to their job', () => {
  const { add, pass, arm, task } = withJob({ frames: { tasks: [{ takesMs: MINUTE }] } })
  add('a')
  pass(3 * SECOND)
  arm('DELETE', POOL)
  pass(10 * MINUTE)
  expect(task('a')).toMatchObject({
    ...{ state: 'active', previousState: 'running' },
    executionInfo: { requeueCount: 1, lastRequeueTime: '2026-11-23T00:00:03Z' }
  })
})

test.each([
  ['requeue', 'active', 'rebooting', 1],
  ['terminate', 'completed', 'rebooting', 0],
  ['taskcompletion', 'running', 'running', 0]
])('a reboot with %s: the task is %s, the node %s', (nodeRebootOption, state, nodeState, requeueCount) => {
  const { add, pass, service, task, nodes } = withJob({
    pool: { currentDedicatedNodes: 1 },
    frames: { tasks: [{ takesMs: MINUTE }] }
  })
  add('a')
  pass(3 * SECOND)
  const path = `/pools/frames/nodes/${String(nodes()[0]?.['id'])}/reboot`
  expect(service('POST', path, { body: { nodeRebootOption } }).status).toBe(202)
  pass(SECOND)
  expect([task('a')['state'], nodes()[0]?.['state']]).toEqual([state, nodeState])
  expect(task('a')).toMatchObject({ executionInfo: { requeueCount } })
  pass(5 * MINUTE)
  expect([task('a')['state'], nodes()[0]?.['state']]).toEqual(['completed', 'idle'])
})

test('a preempted node’s task waits again, and isn’t counted as requeued', () => {
  const { add, pass, task } = withJob({
    pool: { currentDedicatedNodes: 0, currentLowPriorityNodes: 1, scaleSettings: fixedScale(0, 1) },
    // the node is a day old
    frames: { tasks: [{ takesMs: MINUTE }], preempted: [{ index: 0, afterMs: 24 * 3_600_000 + 30 * SECOND }] }
  })
  add('a')
  pass(10 * MINUTE)
  expect(task('a')).toMatchObject({
    ...{ state: 'active', stateTransitionTime: '2026-11-23T00:00:30Z', executionInfo: { requeueCount: 0 } }
  })
})

test('a task on a node that is lost runs for ever', () => {
  const lostAfter = 24 * 3_600_000 - 60 * SECOND + 30 * SECOND
  const { add, pass, states, nodes } = withJob({
    frames: { tasks: [{ takesMs: MINUTE }], unknown: 'all', unknownAfterMs: lostAfter }
  })
  add('a')
  pass(60 * MINUTE)
  expect([states(), nodes()[0]?.['state']]).toEqual([['running'], 'unknown'])
})

test('files of a task: its output and working directory, with parts of a file, as files of the node', () => {
  const { add, pass, service, nodes } = withJob({ frames: { tasks: [{ stdout: '0123456789', stderr: 'Überlauf\n' }] } })
  add('a')
  pass(MINUTE)
  const files = '/jobs/smoke/tasks/a/files'
  expect(value(service('GET', files)).map(({ name, isDirectory }) => [name, isDirectory])).toEqual([
    ['stderr.txt', false],
    ['stdout.txt', false],
    ['wd', true]
  ])
  const got = service('GET', `${files}/stdout.txt`)
  expect([got.status, got.body]).toEqual([200, '0123456789'])
  expect(got.headers).toMatchObject({
    'content-type': 'text/plain',
    'last-modified': 'Mon, 23 Nov 2026 00:00:04 GMT',
    'ocp-batch-file-url': encodeURIComponent(`${HOST}${files}/stdout.txt`)
  })
  const asked = service('HEAD', `${files}/stderr.txt`)
  expect([asked.status, asked.body, asked.headers?.['content-length']]).toEqual([200, undefined, '10'])
  const part = service('GET', `${files}/stdout.txt`, { headers: { 'ocp-range': 'bytes=7-9' } })
  expect([part.status, part.body]).toEqual([200, '789'])
  const own = `/pools/frames/nodes/${String(nodes()[0]?.['id'])}/files/workitems%2Fsmoke%2Fjob-1%2Fa%2Fstdout.txt`
  expect(service('GET', own).body).toBe('0123456789')
  expect(codeOf(service('GET', `${files}/none.txt`))).toEqual([404, 'FileNotFound'])
  expect(codeOf(service('GET', '/jobs/smoke/tasks/none/files'))).toEqual([404, 'TaskNotFound'])
  expect(codeOf(service('GET', '/jobs/none/tasks/a/files'))).toEqual([404, 'JobNotFound'])
})

test('a task that hasn’t run has no files, nor has one whose node is gone', () => {
  const { add, pass, service, arm } = withJob()
  add('a')
  const read = (): unknown[] => codeOf(service('GET', '/jobs/smoke/tasks/a/files/stdout.txt'))
  expect(read()).toEqual([409, 'TaskFilesUnavailable'])
  pass(10 * SECOND)
  expect(read()[0]).toBe(200)
  arm('PATCH', POOL, patch({ scaleSettings: fixedScale(0) }))
  pass(10 * SECOND)
  expect(read()).toEqual([409, 'NodeNotReady'])
  pass(10 * MINUTE)
  expect(read()).toEqual([409, 'TaskFilesUnavailable'])
})

test('a running task counts as work of its node until it ends, in the counts of nodes too', () => {
  const { add, pass, service } = withJob({ frames: { tasks: [{ takesMs: MINUTE }] } })
  add('a')
  pass(3 * SECOND)
  expect(value(service('GET', '/nodecounts'))).toMatchObject([{ dedicated: { idle: 1, running: 1 } }])
  pass(MINUTE)
  expect(value(service('GET', '/nodecounts'))).toMatchObject([{ dedicated: { idle: 2, running: 0 } }])
})
