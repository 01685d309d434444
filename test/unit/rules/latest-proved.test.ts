/** Which version of a definition is the latest that is proved. */
import { expect, test } from '@jest/globals'
import type { GalleryImageVersion } from '../../../src/model/observed.ts'
import { newestFirst, whyNotProved } from '../../../src/rules/latest-proved.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import { AT, version } from '../../support/observed-fixtures.ts'

const tags = { [TAG.proved]: '2026-11-20T10:00:00Z: 4 nodes of render' }
const proved = (change: Partial<GalleryImageVersion> = {}): GalleryImageVersion => version('1.0.0', { tags, ...change })
const inRegion = (state: string): Partial<GalleryImageVersion> => ({
  replication: { aggregatedState: 'Unknown', regions: [{ region: 'eastus2', state, progress: 0 }] }
})

test.each<[string, GalleryImageVersion, string | undefined]>([
  ['one that nodes have proved', proved(), undefined],
  ['one that is hidden', proved({ excludeFromLatest: true }), undefined],
  ['one that says nothing', version('1.0.0'), 'not proved'],
  ['one that failed, whatever else it says', proved({ tags: { ...tags, [TAG.state]: 'failed' } }), 'marked as failed'],
  ['one that is being made', proved({ provisioningState: 'Creating' }), 'Creating'],
  ['one whose last change failed', proved({ provisioningState: 'Failed' }), 'Failed'],
  ['one that goes away', proved({ provisioningState: 'Deleting' }), 'Deleting'],
  ['one that is being changed', proved({ provisioningState: 'Updating' }), undefined],
  ['one that ends now', proved({ endOfLifeDate: new Date(AT).toISOString() }), 'past the end of life'],
  ['one that ends later', proved({ endOfLifeDate: new Date(AT + 1_000).toISOString() }), undefined],
  ['one that is elsewhere', proved({ targetRegions: [{ region: 'westus3', replicas: 1 }] }), 'not in eastus2'],
  ['one whose replica is there', proved(inRegion('Completed')), undefined],
  ['one whose replica is on its way', proved(inRegion('Replicating')), 'Replicating in eastus2']
])('%s', (_, one, why) => {
  expect(whyNotProved(one, { at: AT, region: 'East US 2' })?.replace('East US 2', 'eastus2')).toBe(why)
})

test('where the region of the pool isn’t known, it decides nothing', () => {
  const elsewhere = proved({ targetRegions: [{ region: 'westus3', replicas: 1 }] })
  expect(whyNotProved(elsewhere, { at: AT, region: undefined })).toBeUndefined()
})

test('the newest is the greatest by number, part by part', () => {
  const names = ['1.9.0', '1.10.0', '2026.1123.2', '2026.1123.10'].map(name => version(name))
  expect(newestFirst(names).map(({ versionId }) => versionId.split('/').at(-1))).toEqual([
    '2026.1123.10',
    '2026.1123.2',
    '1.10.0',
    '1.9.0'
  ])
})
