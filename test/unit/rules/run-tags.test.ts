import { expect, test } from '@jest/globals'
import type { ArmId } from '../../../src/model/arm-id.ts'
import type { ImageSpec } from '../../../src/model/spec.ts'
import { imageKey, isFrom, mayTakeUp, originOf, TAG, tagsFor } from '../../../src/rules/run-tags.ts'
import { CONTEXT, imageSpec, MANAGED_IMAGE, OTHER_RUN, tagsOf, toGallery, VM } from '../../support/observed-fixtures.ts'

const BASE: ImageSpec = imageSpec({ dataDisks: [0, 1] })

test.each<[string, ImageSpec]>([
  ['the casing of ids', { ...BASE, source: { input: 'source-vm', id: VM.toUpperCase() as typeof VM } }],
  ['the order of LUNs', { ...BASE, dataDisks: [1, 0] }],
  ['regions and replicas', { ...BASE, publishTo: toGallery({ targetRegions: [{ region: 'westus3', replicas: 2 }] }) }],
  ['promotion', { ...BASE, publishTo: toGallery({ promote: 'now' }) }],
  ['whether snapshots are kept', { ...BASE, publishTo: toGallery({ keepSnapshots: true }) }],
  ['where snapshots go', { ...BASE, workResourceGroup: 'elsewhere' }]
])('the key of an image does not depend on %s', (_, image) => {
  expect(imageKey(image)).toBe(imageKey(BASE))
})

test.each<[string, ImageSpec]>([
  ['the source', { ...BASE, source: { input: 'source-vm', id: `${VM}-2` as typeof VM } }],
  ['the data disks', { ...BASE, dataDisks: [0] }],
  ['all data disks, by word', { ...BASE, dataDisks: 'all' }],
  ['whether the VM is stopped', { ...BASE, stopVm: true }],
  ['the definition', { ...BASE, publishTo: toGallery({ galleryImageId: `${VM}` as never }) }],
  ['the version', { ...BASE, publishTo: toGallery({ version: '1.0.1' }) }],
  ['the replication mode', { ...BASE, publishTo: toGallery({ replicationMode: 'Shallow' }) }],
  ['the kind of image', { ...BASE, publishTo: { kind: 'managed', imageId: MANAGED_IMAGE } }]
])('the key of an image depends on %s', (_, image) => {
  expect(imageKey(image)).not.toBe(imageKey(BASE))
})

test('a key is 16 hex digits', () => expect(imageKey(BASE)).toMatch(/^[0-9a-f]{16}$/))

test('a key stays what it was: what earlier releases made is found by it', () => {
  expect(imageKey(BASE)).toBe('58db729b55b1623e')
  expect(imageKey({ ...BASE, publishTo: { kind: 'managed', imageId: MANAGED_IMAGE } })).toBe('0087d24888052b81')
})

test.each([
  [true, 'true'],
  [false, 'false'],
  [undefined, undefined]
])('whether a snapshot is kept, %s, is told by its tag', (keep, value) => {
  const tags = tagsFor({ key: 'k', source: VM, ...(keep === undefined ? {} : { keep }) }, CONTEXT, {})
  expect(tags[TAG.keep]).toBe(value)
})

test('our tags go over the user’s of the same name, and what isn’t known has no tag', () => {
  expect(tagsFor({ key: 'k', source: VM }, CONTEXT, { team: 'fx', [TAG.key]: 'mine' })).toEqual({
    team: 'fx',
    [TAG.key]: 'k',
    [TAG.source]: VM,
    [TAG.repository]: 'pixel/farm',
    [TAG.commit]: 'c0ffee0',
    [TAG.run]: '4711',
    [TAG.attempt]: '1'
  })
})

test('a value longer than the 256 characters that Azure takes is cut, and still found', () => {
  const long = `${VM}${'x'.repeat(300)}` as ArmId
  const tags = tagsFor({ key: 'k', source: long, state: 'open' }, CONTEXT, {})
  expect(tags[TAG.source]).toHaveLength(256)
  expect(isFrom(tags, long)).toBe(true)
})

test('a tag of a source is compared without casing; no tag is no source', () => {
  expect(isFrom({ [TAG.source]: VM.toUpperCase() }, VM)).toBe(true)
  expect(isFrom({ [TAG.source]: `${VM}2` }, VM)).toBe(false)
  expect(isFrom({}, VM)).toBe(false)
})

test.each([
  { state: 'open', run: OTHER_RUN, expected: true },
  { state: 'complete', run: OTHER_RUN, expected: false },
  { state: 'failed', run: OTHER_RUN, expected: false },
  { state: 'complete', run: CONTEXT, expected: true }
] as const)('what run $run.runId left $state is taken up by run 4711: $expected', ({ state, run, expected }) => {
  const tags = tagsOf(state, BASE, run)
  expect(mayTakeUp(tags, imageKey(BASE), CONTEXT)).toBe(expected)
  expect(mayTakeUp(tags, 'another key', CONTEXT)).toBe(false)
})

test('where a thing comes from, as far as its tags tell', () => {
  expect(originOf({})).toBe('an unknown run')
  expect(originOf({ [TAG.run]: '9' })).toBe('run 9 attempt 1')
  expect(originOf({ [TAG.run]: '9', [TAG.attempt]: '3' })).toBe('run 9 attempt 3')
})
