/** What a version's tags say of its nodes. */
import { expect, test } from '@jest/globals'
import type { Node } from '../../../src/model/observed.ts'
import { failedValue, provedValue, type PoolNodes } from '../../../src/rules/image-proof.ts'
import { AT, CONTEXT } from '../../support/observed-fixtures.ts'

const nodes = (...states: string[]): Node[] =>
  states.map((state, index) => ({ nodeId: `n${index}`, state, isDedicated: true, errors: [] }))
const of = (poolName: string, ...states: string[]): PoolNodes => ({
  poolName,
  vmSize: 'Standard_D4s_v5',
  nodes: nodes(...states)
})

test.each<[string, PoolNodes[], string | undefined]>([
  ['one node', [of('render', 'idle')], '2026-11-23T09:00:00Z: 1 node Standard_D4s_v5 of render'],
  ['some', [of('render', 'idle', 'running')], '2026-11-23T09:00:00Z: 2 nodes Standard_D4s_v5 of render'],
  ['no size', [{ poolName: 'render', nodes: nodes('idle') }], '2026-11-23T09:00:00Z: 1 node of render'],
  [
    'two pools, and one that has none',
    [of('a', 'idle'), of('empty'), of('b', 'idle', 'idle')],
    '2026-11-23T09:00:00Z: 1 node Standard_D4s_v5 of a, 2 nodes Standard_D4s_v5 of b'
  ],
  ['no node', [of('render')], undefined],
  ['no pool', [], undefined]
])('proved on %s', (_, pools, expected) => {
  expect(provedValue(AT + 999, pools)).toBe(expected)
})

test('a program can take it apart', () => {
  const value = provedValue(AT, [of('render', 'idle')]) ?? ''
  const [, at = '', count] = /^(\S+Z): (\d+) nodes? /.exec(value) ?? []
  expect([Date.parse(at), Number(count)]).toEqual([AT, 1])
})

const FAILED = 'run 4711 attempt 1 of pixel/farm'

test.each<[string, PoolNodes[], string]>([
  ['all in one way', [of('render', 'starttaskfailed', 'starttaskfailed')], '2 of 2 nodes starttaskfailed of render'],
  ['some of them', [of('render', 'idle', 'unusable')], '1 of 2 nodes unusable of render'],
  [
    'in several ways',
    [of('render', 'idle', 'unusable', 'starttaskfailed', 'starttaskfailed')],
    '3 of 4 nodes (2 starttaskfailed, 1 unusable) of render'
  ],
  ['one that is stuck', [of('render', 'starting', 'preempted', 'unknown')], '1 of 3 nodes starting of render'],
  ['nobody has seen which', [of('render')], '0 of 0 nodes failed of render']
])('failed: %s', (_, pools, expected) => {
  expect(failedValue(CONTEXT, AT, pools)).toBe(`${FAILED}: ${expected}, 2026-11-23T09:00:00Z`)
})

test('outside GitHub no repository is named', () => {
  expect(failedValue({ ...CONTEXT, repository: '' }, AT, [])).toBe('run 4711 attempt 1: 2026-11-23T09:00:00Z')
})

test('both fit into a tag', () => {
  const many = Array.from({ length: 40 }, (_, index) => of(`pool-${index}`, 'idle', 'unusable'))
  expect(provedValue(AT, many)).toHaveLength(256)
  expect(failedValue(CONTEXT, AT, many)).toHaveLength(256)
})
