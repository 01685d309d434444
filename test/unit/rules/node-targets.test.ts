import { expect, test } from '@jest/globals'
import {
  describeProgress,
  describeTargets,
  firstTargets,
  isShort,
  nextTargets
} from '../../../src/rules/node-targets.ts'

const t = (dedicated: number, lowPriority = 0) => ({ dedicated, lowPriority })

test.each([
  { from: t(0), goal: t(20), nodes: 10, expected: t(10), why: 'a whole wave' },
  { from: t(15), goal: t(20), nodes: 10, expected: t(20), why: 'clipped to the goal' },
  { from: t(20), goal: t(20), nodes: 10, expected: t(20), why: 'nothing missing' },
  { from: t(0), goal: t(60, 30), nodes: 10, expected: t(7, 3), why: 'shared as what is missing' },
  { from: t(0), goal: t(60, 30), nodes: 1, expected: t(1), why: 'one node is a dedicated one' },
  { from: t(60), goal: t(60, 30), nodes: 10, expected: t(60, 10), why: 'only what is missing' },
  { from: t(0), goal: t(0, 30), nodes: 1, expected: t(0, 1), why: 'only low-priority' },
  { from: t(25), goal: t(20, 5), nodes: 10, expected: t(25, 5), why: 'a wave takes no node away' }
])('from $from to $goal by $nodes: $why', ({ from, goal, nodes, expected }) => {
  expect(nextTargets(from, goal, nodes)).toEqual(expected)
})

test.each([
  { canary: 1, wave: 10, expected: t(1) },
  { canary: 0, wave: 10, expected: t(10) },
  { canary: 0, wave: 'all', expected: t(20) },
  { canary: 50, wave: 10, expected: t(20) }
] as const)('the first wave of 20 nodes with canary $canary and waves of $wave', ({ canary, wave, expected }) => {
  expect(firstTargets(t(20), canary, wave)).toEqual(expected)
})

test('short is short of either kind', () => {
  expect([isShort(t(1, 0), t(1, 1)), isShort(t(0, 5), t(1, 0)), isShort(t(2, 2), t(1, 1))]).toEqual([true, true, false])
})

test.each([
  [t(1), '1 dedicated node'],
  [t(0), '0 dedicated nodes'],
  [t(0, 1), '1 low-priority node'],
  [t(7, 3), '7 dedicated and 3 low-priority nodes']
])('%j is said as %s', (targets, text) => expect(describeTargets(targets)).toBe(text))

test.each([
  [t(7), t(20), '7 of 20 dedicated nodes'],
  [t(7, 3), t(60, 30), '7 of 60 dedicated and 3 of 30 low-priority nodes'],
  [t(0, 3), t(0, 30), '3 of 30 low-priority nodes'],
  [t(0), t(0), 'no nodes']
])('%j of %j is said as %s', (has, goal, text) => expect(describeProgress(has, goal)).toBe(text))
