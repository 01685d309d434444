import { expect, test } from '@jest/globals'
import * as c from './caller.ts'

const URL = `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`

test('a snapshot is first what was asked for, Updating, and then what Azure knows of it', () => {
  const caller = c.makeCaller()
  const begun = caller.arm('PUT', URL, c.snapshotBody()).body
  expect(begun.properties.provisioningState).toBe('Updating')
  expect(begun.properties).not.toHaveProperty('uniqueId')
  caller.time.now += 1_000
  expect(caller.arm('GET', URL).body).toMatchObject({
    sku: { name: 'Standard_LRS', tier: 'Standard' },
    properties: {
      osType: 'Linux',
      hyperVGeneration: 'V2',
      creationData: { sourceResourceId: c.OS_DISK, sourceUniqueId: '0d4f6a1b-7c5e-4a3f-9b2d-8e6c1a0f5b47' },
      diskSizeGB: 30,
      networkAccessPolicy: 'DenyAll',
      provisioningState: 'Succeeded',
      diskState: 'Unattached'
    }
  })
})

test('an incremental snapshot of a Premium disk has no completionPercent', () => {
  const caller = c.makeCaller()
  caller.arm('PUT', URL, c.snapshotBody())
  caller.time.now += 1_000
  expect(caller.arm('GET', URL).body.properties).not.toHaveProperty('completionPercent')
})

test('one of an Ultra disk succeeds at 0 percent, and the percentage grows to 100', () => {
  const caller = c.makeCaller({
    behaviour: { durationsMs: { 'snapshot.create': 0, 'snapshot.hydrate': 60_000 } },
    change(world) {
      const disk = world.resources.find(({ id }) => id === c.OS_DISK)
      if (disk !== undefined) disk['sku'] = { name: 'UltraSSD_LRS', tier: 'Ultra' }
    }
  })
  caller.arm('PUT', URL, c.snapshotBody())
  const percents = [0, 30_000, 30_000].map(wait => {
    caller.time.now += wait
    const { provisioningState, completionPercent } = caller.arm('GET', URL).body.properties
    return [provisioningState, completionPercent] as unknown
  })
  expect(percents).toEqual([
    ['Succeeded', 0],
    ['Succeeded', 50],
    ['Succeeded', 100]
  ])
})

test('a snapshot of a disk that is not there is a 404 about the disk', () => {
  const creationData = { createOption: 'Copy', sourceResourceId: `${c.COMPUTE}/disks/none` }
  const { status, body } = c.makeCaller().arm('PUT', URL, c.snapshotBody({ creationData }))
  expect([status, body.error.code, body.error.message]).toEqual([404, 'NotFound', 'Resource none is not found.'])
})

/** The OS disk of the default world, changed. */
const withDisk = (properties: { [name: string]: c.Body }): c.Caller =>
  c.makeCaller({
    change(world) {
      const disk = world.resources.find(({ id }) => id === c.OS_DISK)
      if (disk !== undefined) disk['properties'] = { ...(disk['properties'] as object), ...properties }
    }
  })

function snapshotOf(caller: c.Caller, body: c.Body = c.snapshotBody()): c.Body {
  caller.arm('PUT', URL, body)
  caller.time.now += 1_000
  return caller.arm('GET', URL).body
}

test('a snapshot is as long as its disk, which may be a little longer than its size says', () => {
  const bytes = 30 * 1024 ** 3 + 1024 ** 2
  expect(snapshotOf(withDisk({ diskSizeBytes: bytes })).properties).toMatchObject({
    diskSizeGB: 30,
    diskSizeBytes: bytes
  })
})

test('a snapshot has the encryption of its disk, with the group of the set in capitals', () => {
  const id = `${c.COMPUTE}/diskEncryptionSets/keys`
  const encryption = { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: id }
  expect(snapshotOf(withDisk({ encryption })).properties.encryption).toEqual({
    type: 'EncryptionAtRestWithCustomerKey',
    diskEncryptionSetId: id.replace('render-images', 'RENDER-IMAGES')
  })
})

test('the id of a disk access is shown with its group in capitals in the end', () => {
  const id = `${c.COMPUTE}/diskAccesses/private`
  const body = c.snapshotBody({ networkAccessPolicy: 'AllowPrivate', diskAccessId: id })
  expect(snapshotOf(c.makeCaller(), body).properties.diskAccessId).toBe(id.replace('render-images', 'RENDER-IMAGES'))
})

test('a copy that names its disk as sourceUri is one of that disk, and shows it as sourceResourceId', () => {
  const creationData = { createOption: 'Copy', sourceUri: c.OS_DISK }
  const { properties } = snapshotOf(c.makeCaller(), c.snapshotBody({ creationData }))
  expect(properties.diskSizeGB).toBe(30)
  expect(properties.creationData).toMatchObject({ sourceResourceId: c.OS_DISK })
  expect(properties.creationData).not.toHaveProperty('sourceUri')
})

test('a PUT over a snapshot that doesn’t name its sku shows the one it has from the beginning', () => {
  const caller = c.makeCaller()
  snapshotOf(caller)
  expect(caller.arm('PUT', URL, c.snapshotBody()).body.sku).toEqual({ name: 'Standard_LRS', tier: 'Standard' })
})

test('a list of images spells the group in upper case, one of snapshots as it was made', () => {
  const caller = c.makeCaller()
  caller.arm('PUT', URL, c.snapshotBody())
  const { value } = caller.arm('GET', `${c.COMPUTE}/snapshots?api-version=${c.DISKS}`).body
  expect(value.map(({ id }: { id: string }) => id)).toEqual([`${c.COMPUTE}/snapshots/os`])
  const osDisk = { osType: 'Linux', osState: 'Generalized', snapshot: { id: `${c.COMPUTE}/snapshots/os` } }
  const image = { location: 'eastus2', properties: { hyperVGeneration: 'V2', storageProfile: { osDisk } } }
  caller.arm('PUT', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`, image)
  const images = caller.arm('GET', `${c.COMPUTE}/images?api-version=${c.IMAGES}`).body.value
  expect(images[0].id).toBe(`${c.COMPUTE}/images/i`.replace('render-images', 'RENDER-IMAGES'))
})

test('an image from snapshots needs the generation only where its source does not tell', () => {
  const caller = c.makeCaller()
  const empty = { location: 'eastus2', properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 4 } }
  caller.arm('PUT', URL, empty)
  const osDisk = { osType: 'Linux', osState: 'Generalized', snapshot: { id: `${c.COMPUTE}/snapshots/os` } }
  const image = { location: 'eastus2', properties: { storageProfile: { osDisk } } }
  const url = `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`
  expect(caller.arm('PUT', url, image)).toMatchObject({ status: 400, body: { error: { target: 'hyperVGeneration' } } })
  const told = { ...image, properties: { ...image.properties, hyperVGeneration: 'V1' } }
  expect(caller.arm('PUT', url, told)).toMatchObject({
    status: 201,
    body: { properties: { provisioningState: 'Creating' } }
  })
  expect(caller.arm('PUT', url, told)).toMatchObject({
    status: 200,
    body: { properties: { provisioningState: 'Updating' } }
  })
  caller.time.now += 5_000
  const { properties } = caller.arm('GET', url).body
  expect([properties.provisioningState, properties.storageProfile.osDisk.diskSizeGB]).toEqual(['Succeeded', 4])
})
