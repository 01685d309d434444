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
  expect(keptScale(items)).toEqual(SCALE)
  expect(keptImageId(items)).toBe('i')
})

test.each([
  [[]],
  [[TEAM]],
  [[{ name: 'batch-image-rollout-former', value: 'no JSON' }]],
  [[{ name: 'batch-image-rollout-former', value: '{"kind":"odd"}' }]]
])('%j keeps no scale', metadata => expect(keptScale(metadata)).toBeUndefined())

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
