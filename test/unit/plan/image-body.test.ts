import { expect, test } from '@jest/globals'
import {
  galleryImageBody,
  imageVersionBody,
  managedImageBody,
  shapeOf,
  snapshotBody,
  type ImageDisk
} from '../../../src/plan/image/image-body.ts'
import { securityTypeOf } from '../../../src/plan/image/security.ts'
import * as f from '../../support/observed-fixtures.ts'

const DISKS: ImageDisk[] = [
  { role: 'os', diskId: f.diskIdOf('os'), caching: 'ReadWrite', snapshotId: f.snapshotIdOf('s-os'), isOurs: true },
  {
    role: 'lun3',
    lun: 3,
    diskId: f.diskIdOf('data'),
    caching: 'ReadOnly',
    snapshotId: f.snapshotIdOf('s-data'),
    isOurs: true
  }
]
const TAGS = { team: 'fx' }

test('a snapshot is incremental, a copy of its disk, and closed to the network', () => {
  expect(snapshotBody(DISKS[0]!, 'eastus2', TAGS)).toEqual({
    location: 'eastus2',
    tags: TAGS,
    sku: { name: 'Standard_LRS' },
    properties: {
      creationData: { createOption: 'Copy', sourceResourceId: f.diskIdOf('os') },
      incremental: true,
      networkAccessPolicy: 'DenyAll',
      publicNetworkAccess: 'Disabled'
    }
  })
})

test.each([
  ['TrustedLaunch', 'TrustedLaunch'],
  ['ConfidentialVM', 'ConfidentialVM'],
  ['Standard', 'Standard'],
  [undefined, 'Standard']
])('a definition says its security type explicitly: of a VM with %s it is %s', (securityType, expected) => {
  const source = f.source(securityType === undefined ? {} : { securityType })
  const { properties } = galleryImageBody(f.DEFINITION, source, { location: 'eastus2', tags: TAGS })
  expect(properties).toEqual({
    osType: 'Linux',
    osState: 'Generalized',
    hyperVGeneration: 'V2',
    architecture: 'x64',
    identifier: { publisher: 'batch-image-rollout', offer: 'Linux', sku: 'node' },
    features: [{ name: 'SecurityType', value: expected }]
  })
})

test('what a disk doesn’t say is generation 1 and x64', () => {
  const { disk: _disk, ...osDisk } = f.source().osDisk
  expect(shapeOf(f.source({ osDisk }))).toEqual({ hyperVGeneration: 'V1', architecture: 'x64' })
})

test('a VM without a word on security is what its OS disk says', () => {
  const { osDisk } = f.source()
  const disk = { ...osDisk.disk!, securityType: 'TrustedLaunch_VMGuestStateOnlyEncryptedWithPlatformKey' }
  expect(securityTypeOf(f.source({ osDisk: { ...osDisk, disk } }))).toBe('TrustedLaunch')
  expect(securityTypeOf(f.source())).toBe('Standard')
})

test('a version takes each disk with its caching and LUN from its snapshot', () => {
  const body = imageVersionBody({
    source: f.source(),
    disks: DISKS,
    regions: [{ region: 'eastus2', replicas: 2 }],
    replicationMode: 'Full',
    excludeFromLatest: true,
    tags: TAGS
  })
  expect(body).toEqual({
    location: 'eastus2',
    tags: TAGS,
    properties: {
      publishingProfile: {
        targetRegions: [{ name: 'eastus2', regionalReplicaCount: 2 }],
        replicationMode: 'Full',
        excludeFromLatest: true
      },
      storageProfile: {
        osDiskImage: { hostCaching: 'ReadWrite', source: { id: f.snapshotIdOf('s-os') } },
        dataDiskImages: [{ lun: 3, hostCaching: 'ReadOnly', source: { id: f.snapshotIdOf('s-data') } }]
      }
    }
  })
})

test('an OS disk without caching has none in the image', () => {
  const disks = DISKS.map(disk => ({ ...disk, caching: 'None' as const }))
  expect(managedImageBody(f.source(), disks, TAGS).properties).toMatchObject({
    storageProfile: { osDisk: { caching: 'None' }, dataDisks: [{ caching: 'None' }] }
  })
})

test('a managed image has the same disks, in its own words', () => {
  expect(managedImageBody(f.source(), DISKS, TAGS).properties).toEqual({
    hyperVGeneration: 'V2',
    storageProfile: {
      osDisk: {
        osType: 'Linux',
        osState: 'Generalized',
        caching: 'ReadWrite',
        snapshot: { id: f.snapshotIdOf('s-os') }
      },
      dataDisks: [{ lun: 3, caching: 'ReadOnly', snapshot: { id: f.snapshotIdOf('s-data') } }]
    }
  })
})

test('a definition has the purchase plan of what its images descend from', () => {
  const plan = { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' }
  const { properties } = galleryImageBody(f.DEFINITION, f.source({ plan }), { location: 'eastus2', tags: TAGS })
  expect(properties).toMatchObject({ purchasePlan: plan })
})

test.each([
  ['ConfidentialVM_VMGuestStateOnlyEncryptedWithPlatformKey', 'EncryptedVMGuestStateOnlyWithPmk'],
  ['ConfidentialVM_DiskEncryptedWithPlatformKey', 'EncryptedWithPmk'],
  ['ConfidentialVM_NonPersistedTPM', 'NonPersistedTPM'],
  ['TrustedLaunch', undefined],
  [undefined, undefined]
])(
  'each region of a version says the encryption of a confidential source: of %s it is %s',
  (securityType, expected) => {
    const { osDisk } = f.source()
    const disk = { ...osDisk.disk!, ...(securityType && { securityType }) }
    const body = imageVersionBody({
      source: f.source({ osDisk: { ...osDisk, disk } }),
      disks: DISKS,
      regions: [{ region: 'eastus2', replicas: 1 }],
      replicationMode: 'Full',
      excludeFromLatest: true,
      tags: TAGS
    })
    const encryption = expected && {
      encryption: { osDiskImage: { securityProfile: { confidentialVMEncryptionType: expected } } }
    }
    expect(body.properties).toMatchObject({
      publishingProfile: { targetRegions: [{ name: 'eastus2', regionalReplicaCount: 1, ...encryption }] }
    })
    expect(JSON.stringify(body).includes('encryption')).toBe(expected !== undefined)
  }
)
