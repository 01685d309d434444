/** The table of what goes together, row by row: what fires, and what is just beside it. */
import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Observed, VmSize } from '../../../src/model/observed.ts'
import { merged } from '../../../src/plan/checks/as-it-will-be.ts'
import { checkAll } from '../../../src/plan/checks/index.ts'
import { situationOf } from '../../../src/plan/situation.ts'
import * as f from '../../support/observed-fixtures.ts'

type Setting = {
  /** Of the pool spec's VMs, of its network, and of the pool itself. */
  vm?: JsonObject
  network?: JsonObject
  pool?: JsonObject
  size?: Partial<VmSize>
  /** Other sizes that Batch lists. */
  sizes?: VmSize[]
  /** SecurityType of the version’s definition. */
  security?: string
  definition?: Partial<NonNullable<Observed['rolloutDefinition']>>
  /** `storageProfile` of the version. */
  storage?: JsonObject
  account?: Parameters<typeof f.account>[0]
  /** The pool that is there, by its properties. */
  present?: Parameters<typeof f.pool>[0]
}

const SIZE: VmSize = { name: 'Standard_D4s_v5', familyName: 'standardDSv5Family', vCpus: 4 }
const goal = (dedicated: number, lowPriority = 0): JsonObject => ({
  scaleSettings: { fixedScale: { targetDedicatedNodes: dedicated, targetLowPriorityNodes: lowPriority } }
})

function said(rule: string, setting: Setting): string[] {
  const { vm, network, pool = {}, size = {}, sizes = [], security = 'Standard', storage, account, present } = setting
  const spec = f.rolloutOnlySpec(
    f.rolloutSpec({
      imageChange: 'in-place',
      pool: {
        ...(vm && { deploymentConfiguration: { virtualMachineConfiguration: vm } }),
        ...(network && { networkConfiguration: network }),
        ...pool
      }
    })
  )
  const { rolloutVersion } = f.rolloutObserved()
  const seen = f.rolloutObserved({
    rolloutVersion: { ...rolloutVersion!, body: { properties: { storageProfile: storage ?? {} } } },
    rolloutDefinition: f.galleryImage({ features: { SecurityType: security }, ...setting.definition }),
    vmSizes: [{ ...SIZE, ...size }, ...sizes],
    account: f.account(account),
    ...(present && { pool: f.pool(present) })
  })
  return checkAll(situationOf(spec, seen, f.CONTEXT))
    .filter(finding => finding.rule === rule)
    .map(({ severity }) => severity)
}

const ephemeral: JsonObject = { osDisk: { ephemeralOSDiskSettings: { placement: 'CacheDisk' } } }
const anyPlace: JsonObject = { osDisk: { ephemeralOSDiskSettings: {} } }
const premium = (type: string): JsonObject => ({ osDisk: { managedDisk: { storageAccountType: type } } })
const own = (...luns: number[]): JsonObject => ({ dataDisks: luns.map(lun => ({ lun, diskSizeGB: 1 })) })
const image = (...luns: number[]): JsonObject => ({ dataDiskImages: luns.map(lun => ({ lun, sizeInGB: 1 })) })
const secure = (securityType: string): JsonObject => ({ securityProfile: { securityType } })
const confidentialDisk: JsonObject = {
  osDisk: { managedDisk: { securityProfile: { securityEncryptionType: 'VMGuestStateOnly' } } }
}
const addresses = (provision: string, ...ids: string[]): JsonObject => ({
  publicIPAddressConfiguration: { provision, ...(ids.length > 0 && { ipAddressIds: ids }) }
})
const interNode: JsonObject = { interNodeCommunication: 'Enabled' }
const SUBNET = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/s'
const PLAN = { publisher: 'p', product: 'q', name: 'n' }
const USERS = { poolAllocationMode: 'UserSubscription' }

const TABLE: [rule: string, what: string, setting: Setting, severities: string[]][] = [
  ['ephemeral-nodes', 'a size without', { vm: ephemeral, size: { ephemeralOsDisk: false } }, ['error']],
  ['ephemeral-nodes', 'a size with', { vm: ephemeral, size: { ephemeralOsDisk: true } }, []],
  ['ephemeral-nodes', 'a size that doesn’t say', { vm: ephemeral }, []],
  [
    'ephemeral-nodes',
    'an image larger than the cache',
    { vm: ephemeral, size: { cachedDiskGB: 49 }, storage: { osDiskImage: { sizeInGB: 50 } } },
    ['error']
  ],
  [
    'ephemeral-nodes',
    'an image as large as the cache',
    { vm: ephemeral, size: { cachedDiskGB: 50 }, storage: { osDiskImage: { sizeInGB: 50 } } },
    []
  ],
  [
    'ephemeral-nodes',
    'a size without a cache, and the cache asked for',
    { vm: ephemeral, size: { cachedDiskGB: 0 }, storage: { osDiskImage: { sizeInGB: 50 } } },
    ['error']
  ],
  [
    'ephemeral-nodes',
    'a cache that is too small, and no place asked for',
    { vm: anyPlace, size: { cachedDiskGB: 49 }, storage: { osDiskImage: { sizeInGB: 50 } } },
    ['error']
  ],
  [
    'ephemeral-nodes',
    'a size without a cache, and no place asked for',
    { vm: anyPlace, size: { cachedDiskGB: 0 }, storage: { osDiskImage: { sizeInGB: 50 } } },
    []
  ],
  ['ephemeral-nodes', 'Spot nodes', { vm: ephemeral, account: USERS, pool: goal(0, 1) }, ['error']],
  ['ephemeral-nodes', 'low-priority nodes', { vm: ephemeral, pool: goal(1, 1) }, ['warning']],
  ['ephemeral-nodes', 'dedicated nodes alone', { vm: ephemeral, account: USERS, pool: goal(1, 0) }, []],
  ['premium-storage', 'a size without', { vm: premium('Premium_LRS'), size: { premiumStorage: false } }, ['error']],
  [
    'premium-storage',
    'a data disk',
    {
      vm: { dataDisks: [{ lun: 0, diskSizeGB: 1, managedDisk: { storageAccountType: 'premium_lrs' } }] },
      size: { premiumStorage: false }
    },
    ['error']
  ],
  ['premium-storage', 'another type', { vm: premium('StandardSSD_LRS'), size: { premiumStorage: false } }, []],
  ['premium-storage', 'a size with', { vm: premium('Premium_LRS'), size: { premiumStorage: true } }, []],
  ['data-disk-count', 'one too many', { vm: own(5), storage: image(0, 1), size: { maxDataDisks: 2 } }, ['error']],
  ['data-disk-count', 'just as many', { vm: own(5), storage: image(0), size: { maxDataDisks: 2 } }, []],
  ['pool-data-disk-luns', 'the image’s own', { vm: own(0, 1), storage: image(1) }, ['warning']],
  ['pool-data-disk-luns', 'others', { vm: own(0, 2), storage: image(1) }, []],
  [
    'os-disk-size',
    'a GiB less than the image',
    { vm: { osDisk: { diskSizeGB: 49 } }, storage: { osDiskImage: { sizeInGB: 50 } } },
    ['error']
  ],
  [
    'os-disk-size',
    'as large as the image',
    { vm: { osDisk: { diskSizeGB: 50 } }, storage: { osDiskImage: { sizeInGB: 50 } } },
    []
  ],
  ['os-disk-size', 'an image that doesn’t say', { vm: { osDisk: { diskSizeGB: 1 } } }, []],
  ['task-slots', '17 on 4 vCPUs', { pool: { taskSlotsPerNode: 17 } }, ['error']],
  ['task-slots', '16 on 4 vCPUs', { pool: { taskSlotsPerNode: 16 } }, []],
  ['vm-size-end-of-life', 'in half a year', { size: { batchSupportEndOfLife: '2027-05-22T00:00:00Z' } }, ['warning']],
  ['vm-size-end-of-life', 'later', { size: { batchSupportEndOfLife: '2027-05-24T00:00:00Z' } }, []],
  ['purchase-plan', 'Batch’s own subscriptions', { definition: { purchasePlan: PLAN } }, ['warning']],
  ['purchase-plan', 'the user’s subscription', { definition: { purchasePlan: PLAN }, account: USERS }, ['note']],
  ['purchase-plan', 'none', {}, []],
  ['security-type', 'Standard, none', {}, []],
  ['security-type', 'Standard, Trusted Launch', { vm: secure('trustedLaunch') }, ['error']],
  ['security-type', 'Standard, confidential', { vm: secure('confidentialVM') }, ['warning']],
  ['security-type', 'TrustedLaunch, none', { security: 'TrustedLaunch' }, ['error']],
  ['security-type', 'TrustedLaunch, itself', { security: 'TrustedLaunch', vm: secure('trustedLaunch') }, []],
  [
    'security-type',
    'TrustedLaunch, confidential',
    { security: 'TrustedLaunch', vm: secure('confidentialVM') },
    ['error']
  ],
  ['security-type', 'ConfidentialVM, none', { security: 'ConfidentialVM' }, ['error']],
  ['security-type', 'ConfidentialVM, itself', { security: 'ConfidentialVm', vm: secure('confidentialVM') }, []],
  ['security-type', 'TrustedLaunchSupported, none', { security: 'TrustedLaunchSupported' }, []],
  [
    'security-type',
    'TrustedLaunchSupported, Trusted Launch',
    { security: 'TrustedLaunchSupported', vm: secure('trustedLaunch') },
    []
  ],
  [
    'security-type',
    'ConfidentialVMSupported, Trusted Launch',
    { security: 'ConfidentialVMSupported', vm: secure('trustedLaunch') },
    ['warning']
  ],
  [
    'security-type',
    'ConfidentialVMSupported, confidential',
    { security: 'ConfidentialVMSupported', vm: secure('confidentialVM') },
    []
  ],
  [
    'security-type',
    'both supported, confidential',
    { security: 'TrustedLaunchAndConfidentialVmSupported', vm: secure('confidentialVM') },
    []
  ],
  ['security-type', 'a word that nobody knows', { security: 'Quantum' }, []],
  ['security-size', 'disabled', { vm: secure('trustedLaunch'), size: { trustedLaunchDisabled: true } }, ['error']],
  ['security-size', 'disabled, and not asked for', { size: { trustedLaunchDisabled: true } }, []],
  [
    'security-size',
    'a size of generation 1',
    { vm: secure('trustedLaunch'), size: { hyperVGenerations: ['V1'] } },
    ['error']
  ],
  [
    'security-size',
    'an image of generation 1',
    { vm: secure('trustedLaunch'), definition: { hyperVGeneration: 'V1' } },
    ['error']
  ],
  [
    'security-size',
    'confidential, and only others have it',
    { vm: secure('confidentialVM'), sizes: [{ name: 'Standard_DC2as_v5', confidentialComputingType: 'SNP' }] },
    ['error']
  ],
  ['security-size', 'confidential, and no size says so', { vm: secure('confidentialVM') }, []],
  ['confidential-disk', 'without', { vm: secure('confidentialVM') }, ['error']],
  ['confidential-disk', 'with', { vm: { ...secure('confidentialVM'), ...confidentialDisk } }, []],
  ['confidential-disk', 'for others', { vm: confidentialDisk }, ['error']],
  ['inter-node-kinds', 'both kinds', { pool: { ...interNode, ...goal(1, 1) } }, ['error']],
  ['inter-node-kinds', 'one kind', { pool: { ...interNode, ...goal(0, 2) } }, []],
  ['inter-node-kinds', 'not asked for', { pool: goal(1, 1) }, []],
  ['inter-node-nodes', '101 of Batch’s', { pool: { ...interNode, ...goal(101) } }, ['warning']],
  ['inter-node-nodes', '100 of Batch’s', { pool: { ...interNode, ...goal(100) } }, []],
  ['inter-node-nodes', '81 of the user’s', { pool: { ...interNode, ...goal(81) }, account: USERS }, ['warning']],
  ['inter-node-nodes', '80 of the user’s', { pool: { ...interNode, ...goal(80) }, account: USERS }, []],
  [
    'accelerated-networking',
    'a size without',
    { network: { enableAcceleratedNetworking: true }, size: { acceleratedNetworking: false } },
    ['error']
  ],
  ['accelerated-networking', 'a size that doesn’t say', { network: { enableAcceleratedNetworking: true } }, []],
  [
    'accelerated-networking',
    'not asked for',
    { network: { enableAcceleratedNetworking: false }, size: { acceleratedNetworking: false } },
    []
  ],
  ['public-addresses', 'none, no subnet', { network: addresses('NoPublicIPAddresses') }, ['error']],
  ['public-addresses', 'none, a subnet', { network: { ...addresses('NoPublicIPAddresses'), subnetId: SUBNET } }, []],
  [
    'public-addresses',
    'none, and yet some',
    { network: { ...addresses('NoPublicIPAddresses', 'a'), subnetId: SUBNET } },
    ['error']
  ],
  ['public-addresses', 'the user’s, and none', { network: addresses('UserManaged') }, ['error']],
  ['public-addresses', 'the user’s, however few', { network: addresses('UserManaged', 'a'), pool: goal(101) }, []],
  ['public-addresses', 'Batch’s', { network: addresses('BatchManaged') }, []]
]

test.each(TABLE)('%s: %s', (rule, _, setting, severities) => {
  expect(said(rule, setting)).toEqual(severities)
})

describe('a pool that is there', () => {
  const OLD = f.versionIdOf('0.9.0')
  const other = (properties: JsonObject): Setting['present'] => ({ imageId: OLD, properties })

  test('what the spec leaves out is what the pool has', () => {
    const present = other({ networkConfiguration: { subnetId: SUBNET } })
    expect(said('public-addresses', { network: addresses('NoPublicIPAddresses'), present: present! })).toEqual([])
    const slots = other({ taskSlotsPerNode: 17 })
    expect(said('task-slots', { present: slots! })).toEqual(['error'])
  })

  test('where nodes of just this image and these properties are there, Azure has taken them', () => {
    const present = { properties: { taskSlotsPerNode: 17 } }
    expect(said('task-slots', { pool: { taskSlotsPerNode: 17 }, present })).toEqual([])
    const empty = { ...present, currentDedicatedNodes: 0 }
    expect(said('task-slots', { pool: { taskSlotsPerNode: 17 }, present: empty })).toEqual(['error'])
  })

  test('more nodes than go together are found all the same', () => {
    const present = { properties: interNode }
    expect(said('inter-node-nodes', { pool: { ...interNode, ...goal(101) }, present })).toEqual(['warning'])
  })
})

test('objects are merged property by property, lists are as wanted', () => {
  expect(merged({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] }, e: null })).toEqual({
    a: { b: 1, c: [3] },
    d: 1,
    e: null
  })
})
