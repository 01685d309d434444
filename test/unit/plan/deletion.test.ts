/** Which snapshots a plan deletes: its own, and never those of others. */
import { expect, test } from '@jest/globals'
import type { Snapshot } from '../../../src/model/observed.ts'
import type { ImageSpec } from '../../../src/model/spec.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import * as f from '../../support/observed-fixtures.ts'

const AUTO = { publishTo: f.toGallery({ version: 'auto' }) }
const spec = (change: Partial<ImageSpec> = {}): ImageSpec => f.imageSpec(change)
const tagsFor = (version: string, image: ImageSpec, change: Record<string, string> = {}) => ({
  ...f.tagsOf('open', image),
  [TAG.version]: version,
  [TAG.keep]: 'false',
  ...change
})
const snapshot = (name: string, tags: Record<string, string>): Snapshot => f.snapshot(name, { tags })

const deleted = (
  image: ImageSpec,
  snapshots: Snapshot[],
  versions = [f.version('1.0.0', { tags: f.tagsOf('open', image) })]
) =>
  f
    .planOf(f.releaseSpec(image), f.observed({ snapshots, versions }))
    .steps.filter(step => step.kind === 'delete-snapshot')
    .map(step => step.snapshotId.split('/').at(-1))

test('of a version that is whole, the snapshots that were made for it go, and all others are spared', () => {
  const image = spec()
  const own = snapshot('node-1.0.0-os', tagsFor('1.0.0', image))
  const others = [
    snapshot('another-version', tagsFor('1.0.1', image)),
    snapshot('other-inputs', tagsFor('1.0.0', image, { [TAG.key]: 'another key' })),
    snapshot('of-nobody-known', {})
  ]
  expect(deleted(image, [own, ...others])).toEqual(['node-1.0.0-os'])
})

const EARLIER = '2026.1120.1'
const isDone = { tags: f.tagsOf('complete', spec(AUTO)) }

test('with image-version: auto what an earlier version that came to its end has left goes too', () => {
  const left = snapshot('node-earlier-os', tagsFor(EARLIER, spec(AUTO)))
  expect(deleted(spec(AUTO), [left], [f.version(EARLIER, isDone)])).toContain('node-earlier-os')
})

test.each<[string, Record<string, string>, Parameters<typeof f.version>[1]]>([
  ['is still open', {}, { tags: f.tagsOf('open', spec(AUTO)) }],
  ['is being made', {}, { ...isDone, provisioningState: 'Creating' }],
  ['is being deleted', {}, { ...isDone, provisioningState: 'Deleting' }],
  ['was made from other inputs', {}, { tags: { ...isDone.tags, [TAG.key]: 'another key' } }],
  ['is done, where they were made from other inputs', { [TAG.key]: 'another key' }, isDone],
  ['is done, where they were to be kept', { [TAG.keep]: 'true' }, isDone]
])('the snapshots of an earlier version that %s are spared', (_, tags, version) => {
  const image = spec(AUTO)
  // A version that is open is taken up by the run that makes it; one of two days ago isn't.
  const old = { ...version, publishedAt: '2026-11-20T00:00:00Z' }
  const left = snapshot('node-earlier-os', tagsFor(EARLIER, image, tags))
  expect(deleted(image, [left], [f.version(EARLIER, old)])).not.toContain('node-earlier-os')
})

test('with keep-snapshots nothing is deleted', () => {
  const image = spec({ publishTo: f.toGallery({ keepSnapshots: true }) })
  expect(deleted(image, [snapshot('node-1.0.0-os', tagsFor('1.0.0', image))])).toEqual([])
})
