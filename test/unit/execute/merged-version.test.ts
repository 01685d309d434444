import { expect, test } from '@jest/globals'
import { mergedVersion } from '../../../src/execute/merged-version.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { versionIdOf } from '../../support/observed-fixtures.ts'

const REGION = { name: 'East US 2', regionalReplicaCount: 2, storageAccountType: 'Standard_LRS' }
const DISK = { sizeInGB: 30, hostCaching: 'ReadWrite', source: { id: '/subscriptions/s' } }

/** As a GET shows it, with properties that nobody here knows. */
const BODY: JsonObject = {
  id: versionIdOf('1.0.0'),
  name: '1.0.0',
  type: 'Microsoft.Compute/galleries/images/versions',
  etag: 'x',
  systemData: {},
  location: 'eastus2',
  tags: { team: 'fx', state: 'open' },
  properties: {
    provisioningState: 'Succeeded',
    replicationStatus: { aggregatedState: 'Completed' },
    publishingProfile: {
      targetRegions: [REGION],
      replicaCount: 1,
      excludeFromLatest: true,
      publishedDate: '2026-11-23T09:00:00Z',
      endOfLifeDate: '2027-01-01T00:00:00Z'
    },
    storageProfile: { source: {}, osDiskImage: DISK, dataDiskImages: [{ lun: 0, ...DISK }] },
    safetyProfile: {
      allowDeletionOfReplicatedLocations: false,
      reportedForPolicyViolation: false,
      policyViolations: []
    },
    somethingNew: { kept: true }
  }
}

const merged = (change: Partial<Parameters<typeof mergedVersion>[1]> = {}): JsonObject =>
  mergedVersion(BODY, { tags: {}, ...change })

test('everything that is writable stays as it is, known or not; what only Azure says goes', () => {
  const { sizeInGB: _size, ...disk } = DISK
  expect(merged()).toEqual({
    location: 'eastus2',
    tags: { team: 'fx', state: 'open' },
    properties: {
      publishingProfile: {
        targetRegions: [REGION],
        replicaCount: 1,
        excludeFromLatest: true,
        endOfLifeDate: '2027-01-01T00:00:00Z'
      },
      storageProfile: { source: {}, osDiskImage: disk, dataDiskImages: [{ lun: 0, ...disk }] },
      safetyProfile: { allowDeletionOfReplicatedLocations: false },
      somethingNew: { kept: true }
    }
  })
})

test('tags are added over those of the same name', () => {
  expect(merged({ tags: { state: 'complete' } }).tags).toEqual({ team: 'fx', state: 'complete' })
})

const publishing = (body: JsonObject): JsonObject =>
  (body.properties as { publishingProfile: JsonObject }).publishingProfile

test('regions are added after those that are there; one that is there by another spelling gets its replicas, and keeps the rest', () => {
  const regions = [
    { region: 'eastus2', replicas: 5 },
    { region: 'westus3', replicas: 1 }
  ]
  expect(publishing(merged({ regions })).targetRegions).toEqual([
    { ...REGION, regionalReplicaCount: 5 },
    { name: 'westus3', regionalReplicaCount: 1 }
  ])
})

test('a region is taken off by whichever spelling, once the version may lose one', () => {
  const body = merged({ takeOff: ['eastus2'], mayLoseRegions: true })
  expect(publishing(body).targetRegions).toEqual([])
  expect(body.properties).toMatchObject({ safetyProfile: { allowDeletionOfReplicatedLocations: true } })
})

test('a version that was protected against the loss of regions is so again with the next change, whoever makes it', () => {
  const safetyOf = ({ properties }: JsonObject) => (properties as { safetyProfile: JsonObject }).safetyProfile
  const open = merged({ takeOff: ['eastus2'], mayLoseRegions: true })
  expect(open.tags).toMatchObject({ 'batch-image-rollout-unprotected': 'true' })
  const next = mergedVersion(open, { tags: {} })
  expect([next.tags, safetyOf(next)]).toEqual([BODY.tags, safetyOf(merged())])
  const free = { ...BODY, properties: { safetyProfile: { allowDeletionOfReplicatedLocations: true } } }
  const lost = mergedVersion(free, { tags: {}, takeOff: ['eastus2'], mayLoseRegions: true })
  expect([lost.tags, safetyOf(mergedVersion(lost, { tags: {} }))]).toEqual([BODY.tags, safetyOf(free)])
})

test.each([
  [undefined, true],
  [false, false],
  [true, true]
])('excludeFromLatest %s sets it to %s', (excludeFromLatest, expected) => {
  const body = merged(excludeFromLatest === undefined ? {} : { excludeFromLatest })
  expect(publishing(body).excludeFromLatest).toBe(expected)
})

test('the body that was read is not changed', () => {
  const before = JSON.stringify(BODY)
  merged({ regions: [{ region: 'eastus2', replicas: 3 }], tags: { a: 'b' }, excludeFromLatest: false })
  expect(JSON.stringify(BODY)).toBe(before)
})
