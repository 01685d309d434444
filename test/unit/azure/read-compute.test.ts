import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import {
  readGalleryImage,
  readGalleryImageVersion,
  readManagedImage,
  readSnapshot
} from '../../../src/azure/read/image.ts'
import { diskIdsOf, readDisk, readPlan, readSource, readVm } from '../../../src/azure/read/source.ts'

const COMPUTE = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute'
const DISK = `${COMPUTE}/disks/os`
const os = { osType: 'Linux', osState: 'Generalized' }
const source = (profile: JsonObject = {}, more: JsonObject = {}) =>
  readSource({
    vm: {
      id: `${COMPUTE}/virtualMachines/v`,
      location: 'West US 3',
      properties: { storageProfile: { osDisk: { osType: 'linux' }, ...profile }, ...more }
    },
    extensions: [{}],
    disks: new Map()
  })
const version = (properties: JsonObject) =>
  readGalleryImageVersion({
    id: `${COMPUTE}/galleries/g/images/d/versions/1.0.0`,
    location: 'West US 3',
    properties: { provisioningState: 'Succeeded', ...properties }
  })

test('a VM that says little has an unnamed OS disk without caching, and nothing on it', () => {
  expect(source()).toEqual({
    input: 'source-vm',
    id: `${COMPUTE}/virtualMachines/v`,
    location: 'westus3',
    tags: {},
    generalized: false,
    osType: 'Linux',
    extensions: [{ name: '', publisher: '', type: '' }],
    osDisk: { name: '', caching: 'None' },
    dataDisks: []
  })
})

test.each([
  ['marketplace', { publisher: 'p', offer: 'o' }, { publisher: 'p', offer: 'o' }],
  ['gallery', { id: '/a' }, { id: '/a' }],
  ['shared gallery', { sharedGalleryImageId: '/b' }, { id: '/b' }],
  ['community gallery', { communityGalleryImageId: '/c' }, { id: '/c' }]
])('the base image of a VM: %s', (_, imageReference, expected) => {
  expect(source({ imageReference }).imageReference).toEqual(expected)
})

test('a disk on the VM’s host is ephemeral', () => {
  expect(source({ osDisk: { osType: 'Linux', diffDiskSettings: { option: 'Local' } } }).osDisk.ephemeral).toBe(true)
})

test('a data disk without a LUN is refused: nobody could say which one is meant', () => {
  expect(() => source({ dataDisks: [{ name: 'data' }] })).toThrow('lun: missing in the answer')
})

test('disks that Azure doesn’t manage have no id', () => {
  const storageProfile = { osDisk: { vhd: {} }, dataDisks: [{ managedDisk: { id: DISK } }, { lun: 1 }] }
  expect(diskIdsOf({ properties: { storageProfile } })).toEqual([DISK])
})

test.each([
  [['PowerState/running'], { generalized: false, powerState: 'running' }],
  [['powerstate/deallocated'], { generalized: false, powerState: 'deallocated' }],
  [['OSState/generalized', 'PowerState/stopped'], { generalized: true, powerState: 'stopped' }],
  [['ProvisioningState/succeeded', 'X/PowerState/running'], { generalized: false }]
])('of the statuses %j of a VM', (codes, expected) => {
  const statuses = [{}, ...codes.map(code => ({ code }))]
  expect(readVm({ properties: { instanceView: { statuses } } })).toEqual({ tags: {}, ...expected })
})

test('a disk is not encrypted by Azure Disk Encryption unless it says so', () => {
  const disk = (properties: JsonObject) => readDisk({ id: DISK, location: 'x', properties }).azureDiskEncryption
  expect([disk({}), disk({ encryptionSettingsCollection: { enabled: true } })]).toEqual([false, true])
})

test('a purchase plan of which nothing is said is none', () => {
  expect([readPlan(undefined), readPlan({}), readPlan({ name: 'n' })]).toEqual([undefined, undefined, { name: 'n' }])
})

test.each([
  ['Canceled', 'Failed'],
  ['Failed', 'Failed'],
  ['Updating', 'Updating']
])('a snapshot that is %s counts as %s', (provisioningState, expected) => {
  const snapshot = { id: `${COMPUTE}/snapshots/s`, location: 'x', properties: { provisioningState } }
  expect(readSnapshot(snapshot).provisioningState).toBe(expected)
})

test('a managed image names the LUNs and snapshots of those of its disks that have one', () => {
  const id = `${COMPUTE}/snapshots/s`
  const storageProfile = {
    osDisk: { ...os, blobUri: 'x' },
    dataDisks: [{ lun: 0, snapshot: { id } }, { lun: 3 }, {}]
  }
  const image = {
    id: `${COMPUTE}/images/i`,
    location: 'x',
    properties: { provisioningState: 'Succeeded', storageProfile }
  }
  expect(readManagedImage(image)).toMatchObject({ dataLuns: [0, 3], snapshotIds: [id] })
})

test('features of a definition without a name or a value are empty texts', () => {
  const properties = {
    ...os,
    identifier: { publisher: 'p', offer: 'o', sku: 's' },
    features: [{ name: 'a' }, { value: 'b' }]
  }
  const image = { id: `${COMPUTE}/galleries/g/images/d`, location: 'x', properties }
  expect(readGalleryImage(image).features).toEqual({ a: '', '': 'b' })
})

test('a version is among the latest unless it says otherwise', () => {
  const hidden = (publishingProfile: JsonObject) => version({ publishingProfile }).excludeFromLatest
  expect([hidden({}), hidden({ excludeFromLatest: true })]).toEqual([false, true])
})

test('a region without a number of its own has the replicas of the version, and one where that says none', () => {
  const targetRegions = [{ name: 'East US' }, { name: 'westus', regionalReplicaCount: 5 }]
  const replicas = (more: JsonObject) =>
    version({ publishingProfile: { targetRegions, ...more } }).targetRegions.map(one => one.replicas)
  expect([replicas({}), replicas({ replicaCount: 3 })]).toEqual([
    [1, 5],
    [3, 5]
  ])
})

test('a replication that says little is Unknown at its start, and empty details are none', () => {
  expect(version({}).replication).toBeUndefined()
  const replicationStatus = {
    summary: [
      { region: 'East US', details: '' },
      { region: 'x', state: 'Failed', progress: 7, details: 'y' }
    ]
  }
  expect(version({ replicationStatus }).replication).toEqual({
    aggregatedState: 'Unknown',
    regions: [
      { region: 'eastus', state: 'Unknown', progress: 0 },
      { region: 'x', state: 'Failed', progress: 7, details: 'y' }
    ]
  })
})
