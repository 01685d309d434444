/** When an image version counts as replicated, settled or promoted, and when it never will be. */
import { expect, test } from '@jest/globals'
import {
  decidePromoted,
  decideRegionsAdded,
  decideReplicated,
  decideSettled,
  describeReplication,
  isBusy
} from '../../../src/decide/replication.ts'
import type { GalleryImageVersion, Replication } from '../../../src/model/observed.ts'
import * as f from '../../support/observed-fixtures.ts'

type Region = Replication['regions'][number]
const HOME = 'eastus2'
const AWAY = 'westeurope'
const done = (region: string): Region => ({ region, state: 'Completed', progress: 100 })
const coming = (region: string, progress = 40): Region => ({ region, state: 'Replicating', progress })
const failed = (region: string, details?: string): Region => ({
  region,
  state: 'Failed',
  progress: 40,
  ...(details === undefined ? {} : { details })
})

/** Published to both regions, whatever is listed; `regions` undefined: Azure says nothing of the replication. */
function version(
  provisioningState: string,
  regions: Region[] | undefined,
  change: Partial<GalleryImageVersion> = {}
): GalleryImageVersion {
  return f.version('1.0.0', {
    provisioningState,
    targetRegions: [HOME, AWAY].map(region => ({ region, replicas: 1 })),
    ...(regions === undefined ? {} : { replication: { aggregatedState: 'Unknown', regions } }),
    ...change
  })
}

const replicationFailed = (region: string, why: string, wayOut: string, repetition: string) => ({
  kind: 'halt',
  failure: 'replication-failed',
  reason: `replication of 1.0.0 to ${region} failed${why}`,
  wayOut,
  repetition
})
const ADDED_AGAIN =
  'run again with the same inputs: the region is taken off the version and added again, as Azure advises'
const MADE_AGAIN = 'run again with the same inputs: a version that isn’t in its own region is made again'
const versionFailed = (why: string) => ({
  kind: 'halt',
  failure: 'image-failed',
  reason: `image version 1.0.0 failed: ${why}`,
  wayOut: 'run again with the same inputs; a failed version is made again',
  repetition: 'unknown',
  asksOperation: true
})
const waits = (reason: string) => ({ kind: 'wait', reason })
const ends = (reason: string) => ({ kind: 'done', reason })

test.each<[string, string[], GalleryImageVersion, object]>([
  [
    'Completed in the awaited regions is enough, whatever state the version is in',
    [HOME],
    version('Creating', [done(HOME), coming(AWAY)]),
    ends('replicated to eastus2')
  ],
  [
    'a version that has failed elsewhere is there all the same',
    [HOME],
    version('Failed', [done(HOME), failed(AWAY)]),
    ends('replicated to eastus2')
  ],
  [
    'Succeeded alone is not enough',
    [HOME, AWAY],
    version('Succeeded', [done(HOME), coming(AWAY)]),
    waits('Succeeded; eastus2 done, westeurope 40%')
  ],
  [
    'a region that Azure doesn’t list yet is awaited',
    [HOME, AWAY],
    version('Creating', [done(HOME)]),
    waits('Creating; eastus2 done')
  ],
  [
    'where none is awaited, Azure still has to say something of it',
    [],
    version('Creating', undefined),
    waits('Creating')
  ],
  ['so is a version of which it lists none', [HOME], version('Creating', undefined), waits('Creating')],
  [
    'what becomes of other regions is of no concern',
    [HOME],
    version('Creating', [coming(HOME), failed(AWAY)]),
    waits('Creating; eastus2 40%, westeurope 40%')
  ],
  [
    'an awaited region that has failed ends it at once',
    [HOME, AWAY],
    version('Creating', [coming(HOME), failed(AWAY, 'no room')]),
    replicationFailed(AWAY, ': no room', ADDED_AGAIN, 'unknown')
  ],
  [
    'in its own region the version is made again',
    [HOME],
    version('Creating', [failed(HOME)]),
    replicationFailed(HOME, '', MADE_AGAIN, 'helps')
  ],
  [
    'a region that was taken off the version would be awaited for ever',
    [HOME, 'norwayeast'],
    version('Creating', [done(HOME)]),
    {
      kind: 'halt',
      failure: 'replication-failed',
      reason: 'image version 1.0.0 isn’t published to norwayeast, where the pool is',
      wayOut: 'find out who changed its regions, then run again'
    }
  ],
  [
    'a version that has failed with its own copy there has failed for its regions',
    [HOME, AWAY],
    version('Failed', [done(HOME), failed(AWAY)]),
    replicationFailed(AWAY, '', ADDED_AGAIN, 'unknown')
  ],
  [
    'one that has failed without its own copy has failed as a whole, and says what is known of its regions',
    [HOME, AWAY],
    version('Failed', [failed(HOME, 'no room'), failed(AWAY)]),
    versionFailed('eastus2: no room; westeurope: failed, without details')
  ],
  ['or that nothing is', [HOME], version('Failed', undefined), versionFailed('Azure gives no reason')]
])('awaited regions: %s', (_, untilRegions, seen, decision) => {
  expect(decideReplicated({ untilRegions }, seen)).toEqual(decision)
})

test('a shallow version gains no region later', () => {
  const seen = version('Creating', [coming(HOME), failed(AWAY)], { replicationMode: 'Shallow' })
  expect(decideReplicated({ untilRegions: [AWAY] }, seen)).toEqual(
    replicationFailed(AWAY, '', 'publish another version: a shallow one gains no region later', 'after-change')
  )
})

test.each<[string, GalleryImageVersion, object]>([
  ['Completed in all of them ends it', version('Updating', [done(HOME), done(AWAY)]), ends('replicated to westeurope')],
  [
    'one that had failed before may show so until the change is over',
    version('Updating', [done(HOME), failed(AWAY)]),
    waits('Updating; eastus2 done, westeurope 40%')
  ],
  [
    'when it is over, it has failed',
    version('Succeeded', [done(HOME), failed(AWAY)]),
    replicationFailed(AWAY, '', ADDED_AGAIN, 'unknown')
  ],
  ['one that isn’t listed yet is awaited', version('Succeeded', [done(HOME)]), waits('Succeeded; eastus2 done')],
  ['and so it is where nothing is listed', version('Updating', undefined), waits('Updating')]
])('added regions: %s', (_, seen, decision) => {
  expect(decideRegionsAdded({ regions: [AWAY] }, seen)).toEqual(decision)
})

test.each<[string, GalleryImageVersion, object]>([
  [
    'Succeeded, and Completed in all regions',
    version('Succeeded', [done(HOME), done(AWAY)]),
    ends('Succeeded, and replicated wherever it was asked for')
  ],
  [
    'Failed in a region is an end too',
    version('Succeeded', [done(HOME), failed(AWAY)]),
    ends('Succeeded; not replicated to westeurope')
  ],
  [
    'so it is where the whole version counts as failed for that, but has its own copy',
    version('Failed', [done(HOME), failed(AWAY)]),
    ends('ended; not replicated to westeurope')
  ],
  [
    'without its own copy it has failed',
    version('Failed', [failed(HOME), done(AWAY)]),
    versionFailed('eastus2: failed, without details')
  ],
  [
    'a region under way is waited for',
    version('Succeeded', [done(HOME), coming(AWAY)]),
    waits('Succeeded; eastus2 done, westeurope 40%')
  ],
  ['so is the version', version('Updating', [done(HOME)]), waits('Updating; eastus2 done')],
  ['no region listed is none that has ended', version('Succeeded', []), waits('Succeeded')]
])('settled: %s', (_, seen, decision) => {
  expect(decideSettled(seen)).toEqual(decision)
})

test.each<[string, boolean, GalleryImageVersion, object]>([
  ['shown', false, version('Succeeded', [done(HOME)], { excludeFromLatest: false }), ends('promoted')],
  ['hidden', true, version('Succeeded', [done(HOME)], { excludeFromLatest: true }), ends('hidden')],
  [
    'busy is not taken on',
    false,
    version('Updating', [done(HOME)], { excludeFromLatest: false }),
    waits('Updating; eastus2 done')
  ],
  [
    'busy with regions only is',
    false,
    version('Updating', [done(HOME), coming(AWAY)], { excludeFromLatest: false }),
    ends('promoted')
  ],
  [
    'a region that has failed has nothing to do with it',
    false,
    version('Failed', [done(HOME), failed(AWAY)], { excludeFromLatest: false }),
    ends('promoted')
  ],
  [
    'a version that has failed for anything else is not promoted',
    false,
    version('Failed', [done(HOME)], { excludeFromLatest: false }),
    versionFailed('Azure gives no reason')
  ],
  [
    'nor one that is as it was',
    false,
    version('Succeeded', [done(HOME)], { excludeFromLatest: true }),
    versionFailed('Azure gives no reason')
  ]
])('promoted: %s', (_, excludeFromLatest, seen, decision) => {
  expect(decidePromoted({ excludeFromLatest }, seen)).toEqual(decision)
})

test.each([
  ['Creating', true],
  ['Updating', true],
  ['Succeeded', false],
  ['Failed', false]
])('Azure takes a change of a version that is %s: not while it is busy (%s)', (provisioningState, busy) => {
  expect(isBusy({ provisioningState })).toBe(busy)
})

test('progress is told by region, and nothing where none is listed', () => {
  const regions = [done(HOME), coming(AWAY, 7)]
  expect(describeReplication({ aggregatedState: 'InProgress', regions })).toBe('eastus2 done, westeurope 7%')
  expect(describeReplication(undefined)).toBe('')
})
