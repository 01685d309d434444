import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import {
  changedMetadata,
  foreignItems,
  hasRestorePoint,
  hasRunNote,
  isUnmade,
  restorePointImageId,
  scaleToRestore,
  specChange,
  specItems,
  undoneChange,
  unmadeItem,
  withRestorePoint,
  withRun
} from '../../../src/rules/pool-metadata.ts'
import { CONTEXT, pool } from '../../support/observed-fixtures.ts'

const TEAM = { name: 'team', value: 'fx' }
const OURS = { name: 'batch-image-rollout', value: 'pixel/farm run 4711 commit c0ffee0' }
const NO_CHANGE = { set: [], remove: [] }
const SCALE = { kind: 'auto', formula: '$TargetDedicatedNodes = 5' } as const

test('a change is taken back by what it touched: the pool’s own items come back, those that it added go, ours stay out of it', () => {
  const change = { set: [{ name: 'team', value: 'other' }, { name: 'added', value: '1' }, OURS], remove: ['dropped'] }
  const there = [TEAM, { name: 'dropped', value: '2' }, { name: 'untouched', value: '3' }, OURS]
  expect(undoneChange(change, { metadata: there })).toEqual({ restores: ['team', 'dropped'], removes: ['added'] })
})

test('what is kept of a scale is read again as it was', () => {
  const items = changedMetadata([TEAM], withRestorePoint(NO_CHANGE, { scale: SCALE, imageId: 'i' }, CONTEXT))
  expect(items.slice(0, 2)).toEqual([TEAM, OURS])
  const drained = { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 0 } as const
  expect(scaleToRestore(pool({ metadata: items, scale: drained }))).toEqual(SCALE)
  expect(restorePointImageId(items)).toBe('i')
})

test.each([
  [[]],
  [[TEAM]],
  [[{ name: 'batch-image-rollout-former', value: 'no JSON' }]],
  [[{ name: 'batch-image-rollout-former', value: '{"kind":"odd"}' }]]
])('%j keeps no scale', metadata => expect(scaleToRestore(pool({ metadata }))).toBeUndefined())

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
  const metadata = withRestorePoint(NO_CHANGE, { scale: fixed(20), imageId: 'i' }, CONTEXT).set
  const of = (imageId: string) => ({ metadata, scale: fixed(nodes), imageId })
  expect(scaleToRestore(of('i')) !== undefined).toBe(isKept)
  expect(scaleToRestore(of('another'))).toEqual(fixed(20))
})

test('our items are told from everybody else’s', () => {
  expect(foreignItems([TEAM, OURS, { name: 'batch-image-rollout-former', value: '{}' }])).toEqual([TEAM])
  expect(changedMetadata([TEAM], withRun(NO_CHANGE, CONTEXT))).toEqual([TEAM, OURS])
})

test('a spec with metadata decides; one without leaves what is there', () => {
  const there = pool({ metadata: [TEAM, OURS] })
  const become = (properties: JsonObject) => changedMetadata(there.metadata, specChange(properties, there))
  expect(specItems({})).toBeUndefined()
  expect(become({})).toEqual([TEAM, OURS])
  expect(become({ metadata: [{ name: 'a', value: '1' }] })).toEqual([OURS, { name: 'a', value: '1' }])
  expect(become({ metadata: [] })).toEqual([OURS])
})

test('what the spec goes on naming isn’t taken away; of what it leaves out, all that was there is', () => {
  const there = pool({ metadata: [TEAM, OURS, { name: 'owner', value: 'light' }] })
  const set = [{ name: 'team', value: 'comp' }]
  expect(specChange({ metadata: set }, there)).toEqual({ set, remove: ['owner'] })
})

test('an item that somebody adds after the plan was made stays, whatever the spec says', () => {
  const change = specChange({ metadata: [{ name: 'a', value: '1' }] }, pool({ metadata: [TEAM] }))
  const added = { name: 'owner', value: 'light' }
  expect(changedMetadata([TEAM, added], change)).toEqual([added, { name: 'a', value: '1' }])
})

test('what Batch left undone is known again by its path and by what was wanted', () => {
  const row = { path: 'taskSlotsPerNode', present: 4, wanted: 2 }
  const items = [unmadeItem([{ path: 'displayName', present: 'x', wanted: 'y' }, row])]
  expect(isUnmade(items, row)).toBe(true)
  expect(isUnmade(items, { ...row, wanted: 3 })).toBe(false)
  expect(isUnmade([], row)).toBe(false)
})

test.each<[string, { name: string; value: string }[], boolean]>([
  ['a note of a former scale', withRestorePoint(NO_CHANGE, { scale: SCALE }, CONTEXT).set, true],
  ['one that can’t be read', [{ name: 'batch-image-rollout-former', value: 'no JSON' }], false],
  ['our other items', [OURS], false]
])('metadata with %s has one: the last column', (_, metadata, has) => {
  expect(hasRestorePoint(metadata)).toBe(has)
})

test('of a pool without an image none is kept', () => {
  const items = withRestorePoint(NO_CHANGE, { scale: SCALE }, CONTEXT).set
  expect(restorePointImageId(items)).toBeUndefined()
  expect(items.at(-1)?.value).toBe(JSON.stringify(SCALE))
})

test('only a note of this action makes a pool one of ours', () => {
  expect([hasRunNote([TEAM]), hasRunNote([TEAM, OURS])]).toEqual([false, true])
})
