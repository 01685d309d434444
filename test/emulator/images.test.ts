/** Managed images: what Azure was recorded to make of a source, in its words and figures. */
import { expect, test } from '@jest/globals'
import type { Json } from '../../emulator/kernel/types.ts'
import * as c from './caller.ts'

const URL = `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`
const SNAPSHOT = `${c.COMPUTE}/snapshots/os`
const VM = `${c.COMPUTE}/virtualMachines/render-source`

const ofSnapshot = (osDisk: { [name: string]: Json } = {}, properties: { [name: string]: Json } = {}): Json => ({
  location: 'eastus2',
  properties: {
    ...properties,
    storageProfile: { osDisk: { osType: 'Linux', osState: 'Generalized', snapshot: { id: SNAPSHOT }, ...osDisk } }
  }
})

const ofVm = (properties: { [name: string]: Json } = {}): Json => ({
  location: 'eastus2',
  properties: { sourceVirtualMachine: { id: VM }, ...properties }
})

/** The image, and what the PUT answered. */
function made(body: Json, caller: c.Caller): { begun: c.Body; done: c.Body } {
  const begun = caller.arm('PUT', URL, body)
  expect(begun.status).toBe(201)
  caller.time.now += 5_000
  return { begun: begun.body.properties, done: caller.arm('GET', URL).body.properties }
}

function withSnapshot(): c.Caller {
  const caller = c.makeCaller()
  caller.arm('PUT', `${SNAPSHOT}?api-version=${c.DISKS}`, c.snapshotBody())
  caller.time.now += 1_000
  return caller
}

/** The VM of the default world, deallocated and generalized. */
function withGeneralizedVm(change?: c.CallerOptions['change']): c.Caller {
  const caller = c.makeCaller(change && { change })
  caller.arm('POST', `${VM}/deallocate?api-version=${c.IMAGES}`)
  caller.time.now += 60_000
  caller.arm('POST', `${VM}/generalize?api-version=${c.IMAGES}`)
  return caller
}

test.each([
  ['the one that is asked for', { hyperVGeneration: 'V1' }, 'V1'],
  ['that of its source where none is', {}, 'V2']
])('the generation of an image is %s', (_, properties, generation) => {
  const { begun, done } = made(ofSnapshot({}, properties), withSnapshot())
  expect([begun.hyperVGeneration, done.hyperVGeneration]).toEqual([generation, generation])
})

test.each([
  ['None', 'Standard_LRS', {}],
  ['ReadOnly', 'Premium_LRS', { caching: 'ReadOnly', storageAccountType: 'Premium_LRS' }]
])('a disk of an image shows caching %s and type %s for what was asked', (caching, storageAccountType, asked) => {
  const { begun, done } = made(ofSnapshot(asked), withSnapshot())
  for (const { storageProfile } of [begun, done])
    expect(storageProfile.osDisk).toMatchObject({ caching, storageAccountType })
})

test('an image of a VM has the caching of its disks, and the types and sizes of the managed disks in the end', () => {
  const { begun, done } = made(ofVm(), withGeneralizedVm())
  const osDisk = { caching: 'ReadWrite', storageAccountType: 'Premium_LRS' }
  expect(begun.storageProfile.osDisk).toMatchObject(osDisk)
  expect(begun.storageProfile.osDisk).not.toHaveProperty('diskSizeGB')
  expect(done.storageProfile.osDisk).toMatchObject({ ...osDisk, diskSizeGB: 30 })
  const facts = done.storageProfile.dataDisks.map((disk: c.Body) => [disk.lun, disk.caching, disk.diskSizeGB])
  expect(facts).toEqual([
    [0, 'ReadOnly', 256],
    [1, 'ReadOnly', 64]
  ])
})

test('the type of a disk is told by the disk, since a VM that is deallocated doesn’t tell it', () => {
  const caller = withGeneralizedVm(world => {
    const vm = world.resources.find(({ id }) => id === VM) as c.Body
    delete vm.properties.storageProfile.osDisk.managedDisk.storageAccountType
  })
  expect(made(ofVm(), caller).done.storageProfile.osDisk.storageAccountType).toBe('Premium_LRS')
})

test('an image of a VM with a disk in a storage account names its blob', () => {
  const uri = 'https://farm.blob.core.windows.net/vhds/os.vhd'
  const caller = withGeneralizedVm(world => {
    const vm = world.resources.find(({ id }) => id === VM) as c.Body
    const { managedDisk: _, ...osDisk } = vm.properties.storageProfile.osDisk
    vm.properties.storageProfile.osDisk = { ...osDisk, vhd: { uri } }
  })
  const { osDisk } = made(ofVm(), caller).done.storageProfile
  expect(osDisk).toMatchObject({ blobUri: uri, storageAccountType: 'Standard_LRS', diskSizeGB: 30 })
  expect(osDisk).not.toHaveProperty('managedDisk')
})

test('what a PUT says of a disk beside a VM is shown from the beginning', () => {
  const osDisk = { storageAccountType: 'StandardSSD_LRS', diskSizeGB: 30 }
  const { begun } = made(ofVm({ storageProfile: { osDisk } }), withGeneralizedVm())
  expect(begun.storageProfile.osDisk).toMatchObject({ ...osDisk, osType: 'Linux', caching: 'ReadWrite' })
  expect(begun.storageProfile.dataDisks).toHaveLength(2)
})

test('an image of a VM is zone resilient where that is asked for', () => {
  const { done } = made(ofVm({ storageProfile: { zoneResilient: true } }), withGeneralizedVm())
  expect(done.storageProfile.zoneResilient).toBe(true)
})

test('the region of an image is spelt the short way, however it was sent', () => {
  const caller = withSnapshot()
  expect(caller.arm('PUT', URL, { ...(ofSnapshot() as object), location: 'East US 2' })).toMatchObject({
    status: 201,
    body: { location: 'eastus2' }
  })
})

test('DELETE of an image that isn’t there is 204, without a body and an operation', () => {
  const { status, headers, body } = c.makeCaller().arm('DELETE', URL)
  expect([status, body, headers['azure-asyncoperation'], headers['location']]).toEqual([
    204,
    undefined,
    undefined,
    undefined
  ])
})

test('JSON of Resource Manager says its charset', () => {
  const answers = [withSnapshot().arm('PUT', URL, ofSnapshot()), c.makeCaller().arm('GET', URL)]
  expect(answers.map(({ status }) => status)).toEqual([201, 404])
  for (const { headers } of answers) expect(headers['content-type']).toBe('application/json; charset=utf-8')
})
