import { expect, test } from '@jest/globals'
import type { Node } from '../../../src/model/observed.ts'
import {
  allowedUnhealthy,
  countStates,
  describeNode,
  judgeHealth,
  tallyNodes,
  unhealthyNodes
} from '../../../src/plan/nodes.ts'
import { nodes } from '../../support/observed-fixtures.ts'

test.each<[string, 'healthy' | 'unhealthy' | 'apart' | 'pending']>([
  ['idle', 'healthy'],
  ['running', 'healthy'],
  ['unusable', 'unhealthy'],
  ['starttaskfailed', 'unhealthy'],
  ['preempted', 'apart'],
  ['offline', 'apart'],
  ['leavingpool', 'apart'],
  ['deallocating', 'apart'],
  ['deallocated', 'apart'],
  ['creating', 'pending'],
  ['starting', 'pending'],
  ['waitingforstarttask', 'pending'],
  ['rebooting', 'pending'],
  ['reimaging', 'pending'],
  ['unknown', 'pending'],
  ['a state nobody knows', 'pending']
])('a node that is %s counts as %s', (state, kind) => {
  const counts = { healthy: 0, unhealthy: 0, apart: 0, pending: 0, [kind]: 1 }
  expect(tallyNodes(nodes(state))).toEqual({ total: 1, states: `1 ${state}`, ...counts })
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

test('the unhealthy ones are named', () => {
  expect(unhealthyNodes(nodes('idle', 'unusable', 'starttaskfailed', 'preempted')).map(({ nodeId }) => nodeId)).toEqual(
    ['tvm-1', 'tvm-2']
  )
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
  [node({}), 'tvm-1 is unusable: no error given: Batch can’t reach the VM (network rules, DNS, routes)'],
  [
    node({ state: 'starttaskfailed', startTask: { exitCode: 3, failure: 'FailureExitCode' } }),
    'tvm-1 is starttaskfailed: start task failed, exit code 3, FailureExitCode'
  ],
  [
    node({ startTask: { exitCode: 0 } }),
    'tvm-1 is unusable: no error given: Batch can’t reach the VM (network rules, DNS, routes)'
  ]
])('%j is described', (one, line) => expect(describeNode(one)).toBe(line))

test('the share of max-unhealthy is of the wave’s target, not of what is there', () => {
  const question = { expected: 20, maxUnhealthy: { share: 0.05 }, settleMs: 60_000, msWithoutChange: 0 }
  const tally = tallyNodes(nodes(...Array.from({ length: 19 }, () => 'idle'), 'unusable'))
  expect(judgeHealth({ ...question, tally, outOf: 20 })).toEqual({ kind: 'healthy' })
  expect(judgeHealth({ ...question, tally, outOf: 19 })).toMatchObject({ kind: 'halt', failure: 'nodes-unhealthy' })
})
