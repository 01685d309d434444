/** Which nodes have run a smoke test, which are asked for it again, and what is neither proof nor failure. */
import { expect, test } from '@jest/globals'
import { decideSmokeTest, type SmokeDecision } from '../../../src/decide/smoke-test.ts'
import type { Node, Task } from '../../../src/model/observed.ts'
import * as f from '../../support/observed-fixtures.ts'

const MINUTE = 60_000
const STEP = { timeoutMs: 5 * MINUTE }

type Seen = { nodes?: Node[]; tasks?: Task[]; asked?: Record<string, string>; minutes?: number; proofOf?: string }

const decide = ({
  nodes = f.nodes('idle', 'running'),
  tasks = [],
  asked = {},
  minutes = 0,
  proofOf
}: Seen): SmokeDecision =>
  decideSmokeTest(
    { ...STEP, ...(proofOf === undefined ? {} : { proofOf }) },
    { nodes, tasks, msSinceBegun: minutes * MINUTE },
    new Map(Object.entries(asked))
  )

const passed = (taskId: string, nodeId: string): Task => ({ taskId, state: 'completed', nodeId, exitCode: 0 })
const ended = (taskId: string, exitCode: number | undefined, failure = 'FailureExitCode: it failed'): Task => ({
  taskId,
  state: 'completed',
  nodeId: 'tvm-0',
  failure,
  ...(exitCode === undefined ? {} : { exitCode })
})
const BOTH = { 'node-0001': 'tvm-0', 'node-0002': 'tvm-1' }

test('each node is asked once', () => {
  expect(decide({})).toEqual({
    kind: 'add-tasks',
    reason: '0 of 2 nodes passed; 2 nodes to run it',
    wanted: [
      { taskId: 'node-0001', nodeId: 'tvm-0' },
      { taskId: 'node-0002', nodeId: 'tvm-1' }
    ]
  })
})

test('nodes that are unhealthy, or still on their way, aren’t asked', () => {
  const nodes = f.nodes('idle', 'starttaskfailed', 'unusable', 'starting', 'preempted')
  expect(decide({ nodes })).toMatchObject({ wanted: [{ nodeId: 'tvm-0' }] })
})

test.each<[string, Task[]]>([
  ['waits for its node', [{ taskId: 'node-0001', state: 'active' }, passed('node-0002', 'tvm-1')]],
  ['runs', [{ taskId: 'node-0001', state: 'running', nodeId: 'tvm-0' }, passed('node-0002', 'tvm-1')]],
  ['isn’t listed yet', [passed('node-0002', 'tvm-1')]]
])('a task that %s is waited for', (_, tasks) => {
  expect(decide({ tasks, asked: BOTH })).toMatchObject({
    kind: 'wait',
    reason: expect.stringMatching(/^1 of 2 nodes passed/)
  })
})

test('what still runs is counted by its state', () => {
  const tasks: Task[] = [
    { taskId: 'node-0001', state: 'active' },
    { taskId: 'node-0002', state: 'running', nodeId: 'tvm-1' }
  ]
  expect(decide({ tasks, asked: BOTH })).toEqual({ kind: 'wait', reason: '0 of 2 nodes passed; 1 active; 1 running' })
})

test('it is done when each node has passed, whichever task it was', () => {
  const tasks = [passed('node-0001', 'tvm-1'), passed('node-0002', 'tvm-0')]
  expect(decide({ tasks, asked: BOTH })).toEqual({ kind: 'done', reason: 'exit code 0 on 2 nodes' })
})

test('a node whose task ran elsewhere is asked again, under another id', () => {
  const tasks = [passed('node-0001', 'tvm-1'), passed('node-0002', 'tvm-1')]
  expect(decide({ tasks, asked: BOTH })).toEqual({
    kind: 'add-tasks',
    reason: '1 of 2 nodes passed; tasks ran on other nodes than they asked for; 1 node to run it',
    wanted: [{ taskId: 'node-0003', nodeId: 'tvm-0' }]
  })
})

test('a node that comes meanwhile is asked, and one that is gone is not waited for', () => {
  const tasks = [passed('node-0001', 'tvm-0'), { taskId: 'node-0002', state: 'active' }]
  expect(decide({ nodes: f.nodes('idle'), tasks, asked: BOTH })).toMatchObject({ kind: 'done' })
  expect(decide({ nodes: f.nodes('idle', 'idle', 'idle'), tasks, asked: BOTH })).toMatchObject({
    wanted: [{ taskId: 'node-0003', nodeId: 'tvm-2' }]
  })
})

test('after five tasks that ran elsewhere a node is given up, and the image not blamed', () => {
  const asked = Object.fromEntries([1, 2, 3, 4, 5].map(nth => [`node-000${nth}`, 'tvm-0']))
  const tasks = Object.keys(asked).map(taskId => passed(taskId, 'tvm-1'))
  const halt = decide({ tasks, asked })
  expect(halt).toMatchObject({ kind: 'halt', failure: 'smoke-test-failed', repetition: 'unknown', failed: [] })
  expect(halt).not.toHaveProperty('blamesImage')
  const four = Object.fromEntries(Object.entries(asked).slice(1))
  expect(decide({ tasks, asked: four })).toMatchObject({ kind: 'add-tasks' })
})

test('one that fails ends it at once: the command’s own exit code speaks against the image', () => {
  const tasks = [ended('node-0001', 3), { taskId: 'node-0002', state: 'running', nodeId: 'tvm-1' }]
  expect(decide({ tasks, asked: BOTH })).toEqual({
    kind: 'halt',
    failure: 'smoke-test-failed',
    reason: 'the smoke test failed on 1 of 2 nodes: exit code 3 on tvm-0',
    wayOut: 'look at what it wrote; fix the image, or the test',
    failed: [tasks[0]],
    blamesImage: true
  })
})

test.each<[string, number | undefined]>([
  ['without an exit code', undefined],
  ['that was ended by Batch, with exit code 0', 0]
])('one that fails %s is told by what Batch says, and the image not blamed', (_, exitCode) => {
  const halt = decide({ tasks: [ended('node-0001', exitCode, 'TaskEnded: time is up')], asked: BOTH })
  expect(halt).toMatchObject({ reason: 'the smoke test failed on 1 of 2 nodes: TaskEnded: time is up on tvm-0' })
  expect(halt).not.toHaveProperty('blamesImage')
})

test('of many that fail three are named, and shown', () => {
  const tasks = [1, 2, 3, 4, 5].map(nth => ended(`node-000${nth}`, nth))
  const halt = decide({ nodes: f.nodes('idle', 'idle', 'idle', 'idle', 'idle'), tasks })
  expect(halt).toMatchObject({
    reason: expect.stringMatching(/exit code 3 on tvm-0 and 2 more$/),
    failed: tasks.slice(0, 3)
  })
})

test.each<[string, Seen, string]>([
  [
    'nodes that haven’t run it',
    { tasks: [passed('node-0001', 'tvm-0'), { taskId: 'node-0002', state: 'active' }], asked: BOTH },
    '1 of 2 nodes have run it'
  ],
  ['no nodes any more', { nodes: [] }, 'no node is left']
])('when the time is up, %s prove nothing, and say nothing against the image', (_, seen, why) => {
  expect(decide({ ...seen, minutes: 14.9 })).toMatchObject({ kind: 'wait' })
  const halt = decide({ ...seen, minutes: 15 })
  expect(halt).toMatchObject({ kind: 'halt', repetition: 'unknown', reason: expect.stringContaining(why) })
  expect(halt).not.toHaveProperty('blamesImage')
})

test('of a temporary pool it is said that the other one is as it was', () => {
  const halt = decide({ tasks: [ended('node-0001', 3)], asked: BOTH, proofOf: 'render' })
  expect(halt).toMatchObject({ wayOut: expect.stringMatching(/; pool render is as it was$/) })
})
