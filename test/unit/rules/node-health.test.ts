import { expect, test } from '@jest/globals'
import type { Node } from '../../../src/model/observed.ts'
import { countStates, describeNode } from '../../../src/rules/describe-nodes.ts'
import { allowedUnhealthy, apartVerdict, judgeHealth, tallyNodes } from '../../../src/rules/node-health.ts'
import { aged, pool } from '../../support/observed-fixtures.ts'

const TIMEOUT_MS = 30 * 60_000

test.each<[string, 'healthy' | 'unhealthy' | 'apart' | 'stuck']>([
  ['idle', 'healthy'],
  ['running', 'healthy'],
  ['unusable', 'unhealthy'],
  ['starttaskfailed', 'unhealthy'],
  ['preempted', 'apart'],
  ['offline', 'apart'],
  ['leavingpool', 'apart'],
  ['deallocating', 'apart'],
  ['deallocated', 'apart'],
  ['creating', 'stuck'],
  ['starting', 'stuck'],
  ['waitingforstarttask', 'stuck'],
  ['rebooting', 'stuck'],
  ['reimaging', 'stuck'],
  ['unknown', 'stuck'],
  ['a state nobody knows', 'stuck']
])('a node that is %s for longer than it may counts as %s', (state, kind) => {
  const counts = { healthy: 0, unhealthy: 0, stuck: 0, apart: 0, pending: 0, [kind]: 1 }
  expect(tallyNodes(aged([state], 2 * TIMEOUT_MS + 1), TIMEOUT_MS)).toMatchObject({
    total: 1,
    states: `1 ${state}`,
    ...counts
  })
})

test.each([
  ['unusable', 'pending'],
  ['starttaskfailed', 'unhealthy'],
  ['unknown', 'pending'],
  ['starting', 'pending']
])('a node that has just become %s counts as %s', (state, kind) => {
  expect(tallyNodes(aged([state]), TIMEOUT_MS)).toMatchObject({ [kind]: 1 })
})

test('states are counted with the most first, then by name', () => {
  expect(countStates(['starting', 'idle', 'idle', 'running'])).toBe('2 idle, 1 running, 1 starting')
  expect(countStates([])).toBe('no nodes')
})

test.each([
  [{ share: 0.05 }, 20, 1],
  [{ share: 0.05 }, 19, 0],
  [{ share: 1 }, 7, 7],
  [{ nodes: 2 }, 1_000, 2],
  [{ nodes: 0 }, 1_000, 0]
])('max-unhealthy %j of %i nodes is %i: a share is rounded down', (max, of, allowed) => {
  expect(allowedUnhealthy(max, of)).toBe(allowed)
})

test('the unhealthy and the stuck ones are named, and which of them say something of the image', () => {
  const tally = tallyNodes(aged(['idle', 'unusable', 'starttaskfailed', 'preempted', 'unknown'], 9e9), TIMEOUT_MS)
  expect(tally.bad.map(({ node }) => node.nodeId)).toEqual(['tvm-1', 'tvm-2', 'tvm-4'])
  expect(tally.against).toBe(2)
})

const node = (change: Partial<Node>): Node => ({
  nodeId: 'tvm-1',
  state: 'unusable',
  isDedicated: true,
  errors: [],
  ...change
})

test.each<[Node, string]>([
  [
    node({ errors: [{ code: 'DiskFull', message: 'no space', details: ['Disk: C'] }] }),
    'tvm-1 is unusable: DiskFull: no space; Disk: C'
  ],
  [
    node({}),
    'tvm-1 is unusable: no error given: Batch’s agent on the VM doesn’t answer (does the image boot to its end, has it room on its disk, does its own firewall let the agent out?)'
  ],
  [
    node({ state: 'starttaskfailed', startTask: { exitCode: 3, failure: 'FailureExitCode' } }),
    'tvm-1 is starttaskfailed: start task failed, exit code 3, FailureExitCode'
  ],
  [
    node({ startTask: { exitCode: 0 } }),
    'tvm-1 is unusable: no error given: Batch’s agent on the VM doesn’t answer (does the image boot to its end, has it room on its disk, does its own firewall let the agent out?)'
  ]
])('%j is described', (one, line) => expect(describeNode({ node: one, ms: 0 }, pool())).toBe(line))

test('only in a subnet of the user’s it is the network that is suspected', () => {
  const inSubnet = { ...pool(), body: { properties: { networkConfiguration: { subnetId: '/subnets/nodes' } } } }
  expect(describeNode({ node: node({}), ms: 0 }, inSubnet)).toBe(
    'tvm-1 is unusable: no error given: Batch can’t reach the VM (network rules, DNS, routes of the pool’s subnet)'
  )
})

test('a node that is stuck says for how long', () => {
  expect(describeNode({ node: node({ state: 'unknown' }), ms: 45 * 60_000 }, pool())).toBe(
    'tvm-1 is unknown: for 45 minutes'
  )
})

const QUESTION = {
  expected: 20,
  msShort: 0,
  maxUnhealthy: { share: 0.05 },
  nodeTimeoutMs: TIMEOUT_MS,
  hasChance: false
}

test('the share of max-unhealthy is of the wave’s target, not of what is there', () => {
  const states = [...Array.from({ length: 19 }, () => 'idle'), 'starttaskfailed']
  const tally = tallyNodes(aged(states), TIMEOUT_MS)
  expect(judgeHealth({ ...QUESTION, tally, outOf: 20 })).toEqual({ kind: 'healthy' })
  expect(judgeHealth({ ...QUESTION, tally, outOf: 19 })).toMatchObject({ kind: 'bad', failure: 'nodes-unhealthy' })
})

test('one of a hundred nodes that is unknown is borne', () => {
  const tally = tallyNodes(aged([...Array.from({ length: 99 }, () => 'idle'), 'unknown'], 9e9), TIMEOUT_MS)
  expect(judgeHealth({ ...QUESTION, tally, expected: 100, outOf: 100 })).toEqual({ kind: 'healthy' })
})

test('nodes that Batch doesn’t list for longer than a node may take count as stuck', () => {
  const tally = tallyNodes(aged(['idle']), TIMEOUT_MS)
  const seen = (msShort: number) => judgeHealth({ ...QUESTION, tally, expected: 2, outOf: 2, msShort })
  expect(seen(TIMEOUT_MS)).toMatchObject({ kind: 'wait' })
  expect(seen(TIMEOUT_MS + 1)).toMatchObject({ kind: 'bad', failure: 'nodes-stuck' })
})

test('of preempted nodes the last one counts: until its time is up, Batch may bring it back', () => {
  const at = (minutes: number) => aged(['preempted'], minutes * 60_000)
  expect(tallyNodes([...at(10), ...at(25), ...at(20)], TIMEOUT_MS).preemptedMs).toBe(10 * 60_000)
  expect(tallyNodes(aged(['idle', 'offline'], 9e9), TIMEOUT_MS)).not.toHaveProperty('preemptedMs')
})

const judged = (states: string[], expected: number, ms: number, msShort: number) =>
  judgeHealth({
    tally: tallyNodes(aged(states, ms), TIMEOUT_MS),
    expected,
    msShort,
    outOf: expected,
    maxUnhealthy: { nodes: 0 },
    nodeTimeoutMs: TIMEOUT_MS,
    hasChance: false
  })

test('nodes that Batch doesn’t list for longer than they may are stuck, and are counted', () => {
  expect(judged(['idle'], 3, 0, TIMEOUT_MS)).toMatchObject({ kind: 'wait' })
  expect(judged(['idle'], 3, 0, TIMEOUT_MS + 1)).toMatchObject({
    kind: 'bad',
    failure: 'nodes-stuck',
    reason: '2 not listed, and max-unhealthy allows 0; Batch lists 2 fewer nodes than the pool has'
  })
  expect(judged(['starting'], 1, 2 * TIMEOUT_MS + 1, 0)).toMatchObject({
    failure: 'nodes-stuck',
    reason: '1 stuck (1 starting), and max-unhealthy allows 0'
  })
})

test.each([
  [60_000, 'for 1 minute'],
  [120_000, 'for 2 minutes'],
  [0, 'for 0 minutes']
])('a node on its way for %d ms is said to be so %s', (ms, text) => {
  const [node] = aged(['starting'], ms)
  expect(describeNode(node!, undefined)).toBe(`tvm-0 is starting: ${text}`)
})

test('nodes that all are apart are told by why: taken by Azure, or out of scheduling', () => {
  const of = (state: string) => apartVerdict(tallyNodes(aged([state], 9e9), TIMEOUT_MS), TIMEOUT_MS)
  expect(of('preempted')).toMatchObject({
    failure: 'allocation-failed',
    reason: '1 preempted, and Batch has brought none back for 30 minutes'
  })
  expect(of('offline')).toMatchObject({ failure: 'nodes-stuck', reason: '1 offline, and none takes tasks' })
})
