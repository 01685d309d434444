import { expect, test } from '@jest/globals'
import {
  foreignItems,
  keptImageId,
  keptScale,
  specItems,
  wantedItems,
  withFormer,
  withRun
} from '../../../src/plan/pool-metadata.ts'
import { CONTEXT, pool } from '../../support/observed-fixtures.ts'

const TEAM = { name: 'team', value: 'fx' }
const OURS = { name: 'batch-image-rollout', value: 'pixel/farm run 4711 commit c0ffee0' }
const SCALE = { kind: 'auto', formula: '$TargetDedicatedNodes = 5' } as const

test('what is kept of a scale is read again as it was', () => {
  const items = withFormer([TEAM], { scale: SCALE, imageId: 'i' }, CONTEXT) as { name: string; value: string }[]
  expect(items.slice(0, 2)).toEqual([TEAM, OURS])
  const drained = { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 0 } as const
  expect(keptScale(pool({ metadata: items, scale: drained }))).toEqual(SCALE)
  expect(keptImageId(items)).toBe('i')
})

test.each([
  [[]],
  [[TEAM]],
  [[{ name: 'batch-image-rollout-former', value: 'no JSON' }]],
  [[{ name: 'batch-image-rollout-former', value: '{"kind":"odd"}' }]]
])('%j keeps no scale', metadata => expect(keptScale(pool({ metadata }))).toBeUndefined())

test.each([
  [19, 'is still on its way', true],
  [20, 'has it back', false],
  [50, 'has more', false]
])('a pool at %d of the 20 nodes that are kept %s', (nodes, _, isKept) => {
  const fixed = (count: number) => ({
    kind: 'fixed' as const,
    targetDedicatedNodes: count,
    targetLowPriorityNodes: 0
  })
  const metadata = withFormer([], { scale: fixed(20), imageId: 'i' }, CONTEXT) as { name: string; value: string }[]
  const of = (imageId: string) => ({ metadata, scale: fixed(nodes), imageId })
  expect(keptScale(of('i')) !== undefined).toBe(isKept)
  expect(keptScale(of('another'))).toEqual(fixed(20))
})

test('our items are told from everybody else’s', () => {
  expect(foreignItems([TEAM, OURS, { name: 'batch-image-rollout-former', value: '{}' }])).toEqual([TEAM])
  expect(withRun([TEAM], CONTEXT)).toEqual([TEAM, OURS])
})

test('a spec with metadata decides; one without leaves what is there', () => {
  const there = pool({ metadata: [TEAM, OURS] })
  expect(specItems({})).toBeUndefined()
  expect(wantedItems({}, there)).toEqual([TEAM])
  expect(wantedItems({ metadata: [{ name: 'a', value: '1' }] }, there)).toEqual([{ name: 'a', value: '1' }])
  expect(wantedItems({ metadata: [] }, there)).toEqual([])
  expect(wantedItems({}, undefined)).toEqual([])
})
