import { expect, test } from '@jest/globals'
import type { GalleryImageVersion } from '../../../src/model/observed.ts'
import { describeChange, failureIn, isHome, regionChange } from '../../../src/plan/image/region-changes.ts'
import * as f from '../../support/observed-fixtures.ts'

const row = (region: string, replicas = 1) => ({ region, replicas })
const failed = (region: string) => ({ region, state: 'Failed', progress: 0 })
/** In eastus2 with two replicas and in westus with one; replication failed in `regions`. */
const there = (regions: string[] = [], change: Partial<GalleryImageVersion> = {}) =>
  f.version('1.0.0', {
    targetRegions: [row('eastus2', 2), row('westus')],
    replication: {
      aggregatedState: 'x',
      regions: [{ region: 'uksouth', state: 'Completed', progress: 100 }, ...regions.map(failed)]
    },
    ...change
  })

test.each<[string, GalleryImageVersion, ReturnType<typeof row>[], ReturnType<typeof regionChange>]>([
  ['that is as wanted', there(), [row('East US 2', 2), row('westus')], { takeOff: [], regions: [], raised: [] }],
  ['that lacks a region', there(), [row('uksouth', 3)], { takeOff: [], regions: [row('uksouth', 3)], raised: [] }],
  [
    'with fewer replicas',
    there(),
    [row('eastus2', 3)],
    { takeOff: [], regions: [row('eastus2', 3)], raised: ['eastus2'] }
  ],
  ['with more replicas, which stay', there(), [row('eastus2', 1)], { takeOff: [], regions: [], raised: [] }],
  [
    'whose region failed',
    there(['West US']),
    [row('westus')],
    { takeOff: ['westus'], regions: [row('westus')], raised: [] }
  ],
  [
    'whose region failed, and is to have more replicas',
    there(['westus']),
    [row('westus', 2)],
    { takeOff: ['westus'], regions: [row('westus', 2)], raised: ['westus'] }
  ],
  [
    'whose region failed with more replicas than are wanted now',
    there(['westus'], { targetRegions: [row('eastus2'), row('westus', 4)] }),
    [row('westus')],
    { takeOff: ['westus'], regions: [row('westus', 4)], raised: [] }
  ],
  [
    'whose own region failed, which it must keep',
    there(['eastus2']),
    [row('eastus2', 2)],
    { takeOff: [], regions: [], raised: [] }
  ],
  [
    'that is shallow',
    there(['westus'], { replicationMode: 'Shallow' }),
    [row('westus', 3), row('uksouth')],
    { takeOff: [], regions: [], raised: [] }
  ]
])('the change of a version %s', (_, version, wanted, change) => {
  expect(regionChange(version, wanted)).toEqual(change)
})

test('a region that the version isn’t meant for has not failed, whatever is left of it', () => {
  expect(failureIn(there(['uksouth']), 'uksouth')).toBeUndefined()
  expect(failureIn(there(['westus']), 'West US')).toMatchObject({ region: 'westus' })
  expect(failureIn(f.version('1.0.0'), 'eastus2')).toBeUndefined()
})

test('a version is at home in the region that it is in', () => {
  expect([isHome(there(), 'East US 2'), isHome(there(), 'westus')]).toEqual([true, false])
})

test.each([
  [{ takeOff: ['a'], regions: [row('a')], raised: [] }, 'take a off and add it again'],
  [{ takeOff: ['a', 'b'], regions: [row('a'), row('b')], raised: [] }, 'take a, b off and add them again'],
  [{ takeOff: [], regions: [row('a'), row('b')], raised: [] }, 'add a, b'],
  [
    { takeOff: [], regions: [row('a', 2), row('b', 3)], raised: ['a', 'b'] },
    'raise a to 2 replicas, raise b to 3 replicas'
  ],
  [
    { takeOff: ['a'], regions: [row('a', 2), row('b'), row('c', 3)], raised: ['a', 'c'] },
    'take a off and add it again, add b, raise c to 3 replicas'
  ]
])('%j reads: %s', (change, text) => {
  expect(describeChange(change)).toBe(text)
})
