/** For each rule of the checks, a change of the default world and inputs with which it fires. */
import type { JsonObject } from '../../src/model/json.ts'
import type { Finding } from '../../src/model/plan.ts'
import { parseArmId } from '../../src/model/arm-id.ts'
import type { Row } from '../../src/rules/body-difference.ts'
import { unmadeItem } from '../../src/rules/pool-metadata.ts'
import { imageKey, TAG } from '../../src/rules/run-tags.ts'
import { BASE_IMAGE_TAGS, definitionResource } from './gallery-resources.ts'
import { IDS, POOL_SPEC, RELEASE_INPUTS, type World } from './story.ts'

export type Case = {
  rule: string
  severity: Finding['severity']
  when: string
  world?(resources: World['resources']): void
  /** Changes what a size says of itself. */
  sizes?(sizes: Loose[]): void
  /** Role actions that the caller lacks. */
  denied?: string[]
  inputs: Record<string, string>
}

// The emulated Azure's JSON, at places that the default world is known to have.
/* eslint-disable @typescript-eslint/no-explicit-any */
type Loose = any

const find = (resources: World['resources'], name: string): Loose => {
  const found = resources.find(({ id }) => String(id).endsWith(`/${name}`))
  if (found === undefined) throw new Error(`the default world has no ${name}`)
  return found
}
const vm = (resources: World['resources']): Loose => find(resources, 'render-source')
const osDisk = (resources: World['resources']): Loose =>
  resources.find(({ id }) => String(id).includes('/disks/render-source_OsDisk'))
const account = (resources: World['resources']): Loose => find(resources, 'renderfarm')

const release = (change: Record<string, string> = {}): Record<string, string> => ({ ...RELEASE_INPUTS, ...change })
const pool = (text: string): Record<string, string> => release({ 'pool-spec-inline': text })
const nodes = (count: number): string => POOL_SPEC.replace('targetDedicatedNodes: 20', `targetDedicatedNodes: ${count}`)

const {
  'image-version': _version,
  'pool-spec-inline': _pool,
  'batch-account': _account,
  'wave-size': _wave,
  ...SOURCE
} = RELEASE_INPUTS
/** Without what only later api-versions know. */
const RETIRED_POOL_SPEC = POOL_SPEC.replace('taskSlotsPerNode', 'maxTasksPerNode')
/** Publishes a managed image; nothing is rolled out. */
const managedOnly = { ...SOURCE, command: 'image', 'publish-to': IDS.managedImage }
/** Publishes a managed image and rolls it out. */
const managedRelease = {
  ...SOURCE,
  'publish-to': IDS.managedImage,
  'pool-spec-inline': RETIRED_POOL_SPEC,
  'batch-account': IDS.account,
  'allow-retired': 'true'
}

const VERSION = `${IDS.definition}/versions/1.0.0`
const rollout = (imageId: string, spec = POOL_SPEC): Record<string, string> => ({
  command: 'rollout',
  'image-id': imageId,
  'pool-spec-inline': spec,
  'batch-account': IDS.account
})
/** Of a pool that is taken as it is. */
const rolloutTo = (pool: string): Record<string, string> => ({
  command: 'rollout',
  'image-id': VERSION,
  pool,
  'batch-account': IDS.account
})
const rolloutManaged = (spec = RETIRED_POOL_SPEC): Record<string, string> => ({
  ...rollout(IDS.managedImage, spec),
  'allow-retired': 'true'
})

const definition = (change: JsonObject = {}, id: string = IDS.definition): JsonObject => definitionResource(id, change)

function version(
  region = 'eastus2',
  {
    id = VERSION,
    tags = BASE_IMAGE_TAGS,
    state = 'Succeeded',
    mode = 'Full',
    replicas = 1,
    failed
  }: {
    id?: string
    tags?: Record<string, string>
    state?: string
    mode?: 'Full' | 'Shallow'
    replicas?: number
    /** A further region, whose replication failed. */
    failed?: string
  } = {}
): JsonObject {
  const regions = [
    { name: region, regionalReplicaCount: replicas },
    ...(failed === undefined ? [] : [{ name: failed }])
  ]
  return {
    id,
    name: '1.0.0',
    type: 'Microsoft.Compute/galleries/images/versions',
    location: region,
    tags,
    properties: {
      provisioningState: state,
      publishingProfile: { targetRegions: regions, replicationMode: mode },
      storageProfile: { source: {} },
      ...(failed === undefined
        ? {}
        : {
            replicationStatus: {
              summary: [{ region: failed, state: 'Failed', details: 'Failed with internal server error.' }]
            }
          })
    }
  }
}

const LATEST = `${IDS.definition}/latest-proved`
const PROVED = { ...BASE_IMAGE_TAGS, [TAG.proved]: '2026-11-20T10:00:00Z: 4 nodes Standard_D4s_v5 of render' }
const FAILED = {
  ...BASE_IMAGE_TAGS,
  [TAG.state]: 'failed',
  [TAG.failed]: 'run 4000 attempt 1 of pixel/farm: 3 of 3 nodes starttaskfailed of render, 2026-11-20T10:00:00Z'
}

/** A version of that number. */
function numbered(
  name: string,
  { in: region, ...change }: NonNullable<Parameters<typeof version>[1]> & { in?: string } = {}
): JsonObject {
  return { ...version(region, { id: `${IDS.definition}/versions/${name}`, ...change }), name }
}

/** A proved one that has an end of life. */
function ended(name: string, endOfLifeDate: string): JsonObject {
  const one: Loose = numbered(name, { tags: PROVED })
  one.properties.publishingProfile.endOfLifeDate = endOfLifeDate
  return one
}

const pinning = (imageId: string): string =>
  `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { imageReference: { id: ${imageId} } } }\n`

const managedImage = (location = 'eastus2'): JsonObject => ({
  id: IDS.managedImage,
  name: 'render-node',
  type: 'Microsoft.Compute/images',
  location,
  tags: BASE_IMAGE_TAGS,
  properties: {
    provisioningState: 'Succeeded',
    hyperVGeneration: 'V2',
    storageProfile: { osDisk: { osType: 'Linux', osState: 'Generalized' } }
  }
})

function poolFrom(
  imageId: string,
  {
    id = IDS.pool,
    nodes: count = 0,
    lease,
    unmade
  }: { id?: string; nodes?: number; lease?: string; unmade?: Row[] } = {}
): JsonObject {
  const metadata = [
    ...(lease === undefined ? [] : [{ name: 'batch-image-rollout-lease', value: lease }]),
    ...(unmade === undefined ? [] : [unmadeItem(unmade)])
  ]
  return {
    id,
    name: id.split('/').at(-1),
    type: 'Microsoft.Batch/batchAccounts/pools',
    etag: 'W/"0x1"',
    properties: {
      provisioningState: 'Succeeded',
      allocationState: 'Steady',
      vmSize: 'STANDARD_D4S_V5',
      deploymentConfiguration: {
        virtualMachineConfiguration: { imageReference: { id: imageId }, nodeAgentSkuId: 'batch.node.ubuntu 22.04' }
      },
      scaleSettings: { fixedScale: { targetDedicatedNodes: count, targetLowPriorityNodes: 0, resizeTimeout: 'PT15M' } },
      ...(metadata.length === 0 ? {} : { metadata }),
      currentDedicatedNodes: count,
      currentLowPriorityNodes: 0
    }
  }
}

/** Leaves out what the start task runs. */
const COMMANDLESS = POOL_SPEC.replace(/ {4}commandLine: .*\n/, '')

const CONTAINERS = {
  containerConfiguration: {
    type: 'DockerCompatible',
    containerRegistries: [{ registryServer: 'farm.azurecr.io', username: 'farm' }]
  }
}

function withStartTask(pool: JsonObject, startTask: JsonObject): JsonObject {
  const copy = structuredClone(pool) as Loose
  copy.properties.startTask = startTask
  return copy
}

function withVmConfiguration(pool: JsonObject, more: JsonObject): JsonObject {
  const copy = structuredClone(pool) as Loose
  Object.assign(copy.properties.deploymentConfiguration.virtualMachineConfiguration, more)
  return copy
}

const identityOf = (...names: string[]): JsonObject => ({
  type: 'UserAssigned',
  userAssignedIdentities: Object.fromEntries(
    names.map(name => [
      `${IDS.account.slice(0, IDS.account.indexOf('/providers'))}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
      {}
    ])
  )
})

const LEASE = JSON.stringify({
  repository: 'pixel/farm',
  runId: '4000',
  runAttempt: 1,
  nonce: 'another',
  until: '2026-11-23T10:00:00.000Z'
})

const keyOf = (replicationMode: 'Full' | 'Shallow'): string =>
  imageKey({
    source: { input: 'source-vm', id: parseArmId(IDS.vm, 'Microsoft.Compute/virtualMachines') },
    dataDisks: 'all',
    stopVm: false,
    generalized: true,
    publishTo: {
      kind: 'gallery',
      galleryImageId: parseArmId(IDS.definition, 'Microsoft.Compute/galleries/images'),
      version: '1.0.0',
      targetRegions: [],
      replicationMode,
      promote: 'when-proved',
      keepSnapshots: false,
      waitForRegions: 'pool'
    }
  })
/** Of the release inputs. */
const key = keyOf('Full')
const snapshot = (name: string, sourceResourceId: string): JsonObject => ({
  id: `${IDS.vm.slice(0, IDS.vm.indexOf('/providers/'))}/providers/Microsoft.Compute/snapshots/${name}`,
  name,
  type: 'Microsoft.Compute/snapshots',
  location: 'eastus2',
  tags: { [TAG.key]: key },
  properties: { provisioningState: 'Succeeded', creationData: { createOption: 'Copy', sourceResourceId } }
})

const incremental = (name: string, sourceResourceId: string): JsonObject => {
  const properties = { provisioningState: 'Succeeded', creationData: { createOption: 'Copy', sourceResourceId } }
  return { ...snapshot(name, sourceResourceId), tags: {}, properties: { ...properties, incremental: true } }
}

const trustedLaunch = (resources: World['resources']): void => {
  vm(resources).properties.securityProfile = { securityType: 'TrustedLaunch', uefiSettings: { vTpmEnabled: true } }
}
const accountIn =
  (region: string) =>
  (resources: World['resources']): void =>
    void (account(resources).location = region)
const add =
  (...more: JsonObject[]) =>
  (resources: World['resources']): void =>
    void resources.push(...(more as World['resources']))

const confidential = (resources: World['resources']): void => {
  vm(resources).properties.securityProfile = { securityType: 'ConfidentialVM' }
  osDisk(resources).properties.securityProfile = {
    securityType: 'ConfidentialVM_VMGuestStateOnlyEncryptedWithPlatformKey'
  }
}
const dataDisk = (resources: World['resources']): Loose => find(resources, 'disks/render-source-assets')
const both =
  (...changes: ((resources: World['resources']) => void)[]) =>
  (resources: World['resources']): void =>
    changes.forEach(change => change(resources))
const security = (type: string) => ({ features: [{ name: 'SecurityType', value: type }] })
/** What the pool spec says of its VMs, as YAML in one line; and of the pool. */
const withVm = (flow: string): string =>
  `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: ${flow} }\n`
const withPool = (flow: string): string => `${POOL_SPEC}  ${flow}\n`
const TRUSTED_LAUNCH = '{ securityProfile: { securityType: trustedLaunch } }'
const size =
  (name: string, capability: string, value: string) =>
  (sizes: Loose[]): void => {
    const { capabilities } = sizes.find(one => one.name === name)
    const there = capabilities.find((one: Loose) => one.name === capability)
    if (there === undefined) capabilities.push({ name: capability, value })
    else there.value = value
  }
const going = (resource: Loose): void => void (resource.properties.provisioningState = 'Deleting')
const GROUP = IDS.account.slice(0, IDS.account.indexOf('/Microsoft.Batch'))
const SUBNETS = `${GROUP}/Microsoft.Network/virtualNetworks/farm/subnets`
const IDENTITY = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/render-nodes`
const PUBLIC_IP = `${GROUP}/Microsoft.Network/publicIPAddresses/render`
const ENCRYPTION_SET = `${GROUP}/Microsoft.Compute/diskEncryptionSets/farm`
const APPLICATION = `${IDS.account}/applications/blender`

/** The pool spec with more properties, in flow style, one a line. */
const poolWith = (...lines: string[]): Record<string, string> =>
  pool(`${POOL_SPEC}${lines.map(line => `  ${line}\n`).join('')}`)
/** The pool spec with a formula; its text is JSON, which YAML takes. */
const scaledBy = (formula: string): Record<string, string> =>
  pool(
    POOL_SPEC.replace(
      'fixedScale: { targetDedicatedNodes: 20 }',
      `autoScale: { formula: ${JSON.stringify(formula)}, evaluationInterval: PT5M }`
    )
  )
const inSubnet = (name: string): Record<string, string> =>
  poolWith(`networkConfiguration: { subnetId: ${SUBNETS}/${name} }`)
const withoutAddressesIn = (name: string): Record<string, string> =>
  poolWith(
    `networkConfiguration: { subnetId: ${SUBNETS}/${name}, publicIPAddressConfiguration: { provision: NoPublicIPAddresses } }`
  )
const subnetNamed = (resources: World['resources'], name: string): Loose =>
  find(resources, 'virtualNetworks/farm').properties.subnets.find((one: Loose) => one.name === name)
const withAddresses = (count: number, spec = POOL_SPEC): Record<string, string> => {
  const ids = Array.from({ length: count }, (_, index) => `${PUBLIC_IP}-${index}`).join(', ')
  return pool(
    `${spec}  networkConfiguration: { publicIPAddressConfiguration: { provision: UserManaged, ipAddressIds: [${ids}] } }\n`
  )
}
const publicIP = (index: number, change: JsonObject = {}): JsonObject => ({
  id: `${PUBLIC_IP}-${index}`,
  name: `render-${index}`,
  type: 'Microsoft.Network/publicIPAddresses',
  location: 'eastus2',
  sku: { name: 'Standard', tier: 'Regional' },
  properties: { provisioningState: 'Succeeded', publicIPAllocationMethod: 'Static', publicIPAddressVersion: 'IPv4' },
  ...change
})
const withPackage = (reference: string): Record<string, string> => poolWith(`applicationPackages: [${reference}]`)
const withEncryptionSet = poolWith(
  'deploymentConfiguration:',
  '  virtualMachineConfiguration:',
  `    osDisk: { managedDisk: { diskEncryptionSet: { id: ${ENCRYPTION_SET} } } }`
)
const encryptionSet = (location: string): JsonObject => ({
  id: ENCRYPTION_SET,
  name: 'farm',
  type: 'Microsoft.Compute/diskEncryptionSets',
  location,
  properties: { provisioningState: 'Succeeded', encryptionType: 'EncryptionAtRestWithCustomerKey' }
})
const closed =
  (properties: JsonObject) =>
  (resources: World['resources']): void =>
    void Object.assign(account(resources).properties, properties)
/** As for an account with a private endpoint that the runner isn't behind. */
const RULES_FOR_OTHERS = {
  networkProfile: {
    accountAccess: { defaultAction: 'Deny', ipRules: [{ action: 'Allow', value: '198.51.100.0/24' }] },
    nodeManagementAccess: { defaultAction: 'Allow' }
  }
}
const NODES_SHUT_OUT = {
  networkProfile: { accountAccess: { defaultAction: 'Allow' }, nodeManagementAccess: { defaultAction: 'Deny' } }
}

const ELSEWHERE = IDS.definition.replace('000000000001', '000000000002')

const COMPLETE = { ...BASE_IMAGE_TAGS, [TAG.key]: key, [TAG.state]: 'complete' }
const COMPLETE_SHALLOW = { ...COMPLETE, [TAG.key]: keyOf('Shallow') }

export const CASES: Case[] = [
  { rule: 'source-exists', severity: 'error', when: 'no such VM', inputs: release({ 'source-vm': `${IDS.vm}-gone` }) },
  {
    rule: 'generalized',
    severity: 'error',
    when: 'nobody says that the guest is generalized',
    inputs: release({ generalize: '' })
  },
  {
    rule: 'managed-disks',
    severity: 'error',
    when: 'a data disk is a blob',
    world: r => {
      const [disk] = vm(r).properties.storageProfile.dataDisks
      delete disk.managedDisk
      disk.vhd = { uri: 'https://farm.blob.emulated.azure/vhds/assets.vhd' }
    },
    inputs: release()
  },
  {
    rule: 'ephemeral-os-disk',
    severity: 'error',
    when: 'the OS disk is on the VM’s host',
    world: r => {
      vm(r).properties.storageProfile.osDisk.diffDiskSettings = { option: 'Local', placement: 'CacheDisk' }
      r.splice(r.indexOf(osDisk(r)), 1)
    },
    inputs: release()
  },
  {
    rule: 'vm-extensions',
    severity: 'warning',
    when: 'the VM has an extension',
    world: r => {
      const properties = {
        publisher: 'Microsoft.Azure.Extensions',
        type: 'CustomScript',
        provisioningState: 'Succeeded'
      }
      vm(r).resources = [
        {
          id: `${IDS.vm}/extensions/script`,
          name: 'script',
          type: 'Microsoft.Compute/virtualMachines/extensions',
          location: 'eastus2',
          properties
        }
      ]
    },
    inputs: release()
  },
  {
    rule: 'azure-disk-encryption',
    severity: 'error',
    when: 'the OS disk is encrypted in the guest',
    world: r => void (osDisk(r).properties.encryptionSettingsCollection = { enabled: true, encryptionSettings: [] }),
    inputs: release()
  },
  {
    rule: 'disk-type',
    severity: 'error',
    when: 'a Premium SSD v2 disk for a gallery',
    world: r => void (dataDisk(r).sku = { name: 'PremiumV2_LRS' }),
    inputs: release()
  },
  {
    rule: 'disk-type',
    severity: 'warning',
    when: 'an Ultra disk for a managed image',
    world: r => void (dataDisk(r).sku = { name: 'UltraSSD_LRS' }),
    inputs: managedOnly
  },
  {
    rule: 'disk-size',
    severity: 'warning',
    when: 'a data disk of 1,500 GiB, which one page allows and another doesn’t',
    world: r => void (dataDisk(r).properties.diskSizeGB = 1_500),
    inputs: release()
  },
  {
    rule: 'disk-size',
    severity: 'error',
    when: 'a data disk of more than 2 TiB',
    world: r => void (dataDisk(r).properties.diskSizeGB = 2_049),
    inputs: release()
  },
  {
    rule: 'data-disk-luns',
    severity: 'error',
    when: 'a LUN that isn’t there',
    inputs: release({ 'data-disks': '0,7' })
  },
  {
    rule: 'data-disks-mounted',
    severity: 'warning',
    when: 'data disks and no start task',
    inputs: pool(POOL_SPEC.replace(/ {2}startTask:\n.*\n.*\n/, ''))
  },
  { rule: 'data-disks-mounted', severity: 'note', when: 'data disks and a start task', inputs: release() },
  { rule: 'temporary-drive', severity: 'note', when: 'always', inputs: release() },
  {
    rule: 'os-disk-caching',
    severity: 'note',
    when: 'the OS disk is cached for reading only',
    world: r => void (vm(r).properties.storageProfile.osDisk.caching = 'ReadOnly'),
    inputs: release()
  },
  { rule: 'vm-running', severity: 'warning', when: 'the VM runs', inputs: release() },
  {
    rule: 'vm-held',
    severity: 'error',
    when: 'another run has it stopped',
    world: resources => void (vm(resources).tags = { 'batch-image-rollout-lease': LEASE }),
    inputs: release({ 'stop-vm': 'true' })
  },
  {
    rule: 'vm-left-stopped',
    severity: 'warning',
    when: 'a run that is dead has stopped it',
    world: resources => {
      vm(resources).tags = { 'batch-image-rollout-lease': LEASE.replace('T10:', 'T08:') }
      vm(resources).properties.instanceView.statuses = [{ code: 'PowerState/deallocated', level: 'Info' }]
    },
    inputs: release()
  },
  {
    rule: 'trusted-launch-managed-image',
    severity: 'error',
    when: 'a managed image of a Trusted Launch VM',
    world: trustedLaunch,
    inputs: managedOnly
  },
  {
    rule: 'trusted-launch-managed-image',
    severity: 'error',
    when: 'a managed image of a confidential VM',
    world: confidential,
    inputs: managedOnly
  },
  {
    rule: 'confidential-source',
    severity: 'error',
    when: 'a confidential VM whose OS disk has a customer’s key',
    world: both(
      confidential,
      r => void (osDisk(r).properties.securityProfile.securityType = 'ConfidentialVM_DiskEncryptedWithCustomerKey')
    ),
    inputs: release()
  },
  {
    rule: 'confidential-source',
    severity: 'error',
    when: 'a confidential image for a region of its own',
    world: confidential,
    inputs: release({ 'target-regions': 'westus3' })
  },
  {
    rule: 'confidential-source',
    severity: 'warning',
    when: 'a confidential Windows VM with an encrypted OS disk',
    world: both(confidential, r => {
      vm(r).properties.storageProfile.osDisk.osType = 'Windows'
      osDisk(r).properties.securityProfile.securityType = 'ConfidentialVM_DiskEncryptedWithPlatformKey'
    }),
    inputs: release()
  },
  {
    rule: 'gallery-exists',
    severity: 'error',
    when: 'no such gallery',
    inputs: release({ 'publish-to': IDS.definition.replace('/farm/', '/barn/') })
  },
  {
    rule: 'definition-matches',
    severity: 'error',
    when: 'a definition of generation 1',
    world: add(definition({ hyperVGeneration: 'V1' })),
    inputs: release()
  },
  {
    rule: 'definition-matches',
    severity: 'error',
    when: 'a definition without the purchase plan',
    world: both(
      add(definition()),
      r => void (vm(r).plan = { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' })
    ),
    inputs: release()
  },
  {
    rule: 'definition-matches',
    severity: 'error',
    when: 'a Standard definition for a confidential VM',
    world: both(add(definition()), confidential),
    inputs: release()
  },
  {
    rule: 'definition-supports',
    severity: 'warning',
    when: 'a definition that may not take snapshots',
    world: add(definition(security('TrustedLaunchSupported'))),
    inputs: release()
  },
  {
    rule: 'version-taken',
    severity: 'error',
    when: 'somebody else’s version',
    world: add(definition(), version()),
    inputs: release()
  },
  {
    rule: 'version-deleting',
    severity: 'error',
    when: 'the version is being deleted',
    world: add(definition(), version('eastus2', { tags: { [TAG.key]: key }, state: 'Deleting' })),
    inputs: release()
  },
  {
    rule: 'managed-image-taken',
    severity: 'error',
    when: 'somebody else’s managed image',
    world: add(managedImage()),
    inputs: managedOnly
  },
  {
    rule: 'managed-image-pool-region',
    severity: 'error',
    when: 'the account is in another region',
    world: accountIn('westus3'),
    inputs: managedRelease
  },
  {
    rule: 'snapshot-taken',
    severity: 'error',
    when: 'a snapshot of another disk has the name',
    world: add(
      snapshot(
        `render-node-1.0.0-${key.slice(0, 8)}-os`,
        `${IDS.vm.slice(0, IDS.vm.indexOf('/virtualMachines'))}/disks/other`
      )
    ),
    inputs: release()
  },
  {
    rule: 'replicas',
    severity: 'warning',
    when: 'fewer replicas than Batch’s rule',
    inputs: { ...pool(nodes(700)), 'target-regions': 'eastus2=1' }
  },
  {
    rule: 'replicas',
    severity: 'note',
    when: 'waves larger than the gallery’s rule',
    inputs: { ...pool(nodes(200)), 'wave-size': 'all' }
  },
  {
    rule: 'account-region-added',
    severity: 'note',
    when: 'target-regions without the pool’s',
    inputs: release({ 'target-regions': 'westus3' })
  },
  {
    rule: 'shallow-region',
    severity: 'error',
    when: 'a shallow version elsewhere than the pool',
    world: add(definition(), version('westus3', { tags: { [TAG.key]: keyOf('Shallow') }, mode: 'Shallow' })),
    inputs: release({ 'replication-mode': 'Shallow' })
  },
  {
    rule: 'source-region-added',
    severity: 'note',
    when: 'target-regions without the source’s',
    world: accountIn('westus3'),
    inputs: release({ 'target-regions': 'westus3' })
  },
  { rule: 'rollout-image', severity: 'error', when: 'no such version', inputs: rollout(VERSION) },
  {
    rule: 'rollout-image',
    severity: 'error',
    when: 'a version of a specialized definition',
    world: add(definition({ osState: 'Specialized' }), version()),
    inputs: rollout(VERSION)
  },
  {
    rule: 'rollout-image-ready',
    severity: 'error',
    when: 'no replica in the pool’s region',
    world: add(definition(), version('westus3')),
    inputs: rollout(VERSION)
  },
  {
    rule: 'image-subscription',
    severity: 'note',
    when: 'an image of another subscription',
    world: add(definition({}, ELSEWHERE), version('eastus2', { id: `${ELSEWHERE}/versions/1.0.0` })),
    inputs: rollout(`${ELSEWHERE}/versions/1.0.0`)
  },
  {
    rule: 'account-exists',
    severity: 'error',
    when: 'no such account',
    inputs: release({ 'batch-account': `${IDS.account}2` })
  },
  {
    rule: 'pool-exists',
    severity: 'error',
    when: 'a pool is to be taken as it is, and there is none',
    inputs: rolloutTo('render')
  },
  {
    rule: 'account-entra',
    severity: 'error',
    when: 'shared keys only',
    world: r => void (account(r).properties.allowedAuthenticationModes = ['SharedKey']),
    inputs: release()
  },
  {
    rule: 'promotion-without-effect',
    severity: 'warning',
    when: 'a greater version is there',
    world: add(definition(), version('eastus2', { id: `${IDS.definition}/versions/9.0.0` })),
    inputs: release()
  },
  {
    rule: 'region-failed',
    severity: 'note',
    when: 'a region that is asked for has failed',
    world: add(definition(), version('eastus2', { tags: COMPLETE, failed: 'northeurope' })),
    inputs: release({ 'target-regions': 'eastus2, northeurope' })
  },
  {
    rule: 'region-failed',
    severity: 'warning',
    when: 'a region that isn’t asked for has failed',
    world: add(definition(), version('eastus2', { tags: COMPLETE, failed: 'northeurope' })),
    inputs: release()
  },
  {
    rule: 'region-failed',
    severity: 'error',
    when: 'a shallow version has failed in the pool’s region',
    world: r => {
      accountIn('westus3')(r)
      add(definition(), version('eastus2', { tags: COMPLETE_SHALLOW, mode: 'Shallow', failed: 'westus3' }))(r)
    },
    inputs: release({ 'replication-mode': 'Shallow' })
  },
  {
    rule: 'replicas-kept',
    severity: 'note',
    when: 'fewer replicas than a version has',
    world: add(definition(), version('eastus2', { tags: COMPLETE, replicas: 4 })),
    inputs: release({ 'target-regions': 'eastus2=2' })
  },
  {
    rule: 'replicas-kept',
    severity: 'warning',
    when: 'a further region for a shallow version',
    world: add(definition(), version('eastus2', { tags: COMPLETE_SHALLOW, mode: 'Shallow' })),
    inputs: release({ 'replication-mode': 'Shallow', 'target-regions': 'eastus2, northeurope' })
  },
  {
    rule: 'rollout-replicas',
    severity: 'warning',
    when: '301 nodes of a version that has one replica',
    world: add(definition(), version()),
    inputs: rollout(VERSION, nodes(301))
  },
  { rule: 'latest-proved', severity: 'error', when: 'no such definition', inputs: rollout(LATEST) },
  {
    rule: 'latest-proved',
    severity: 'error',
    when: 'a definition without a version',
    world: add(definition()),
    inputs: rollout(LATEST)
  },
  {
    rule: 'latest-proved',
    severity: 'error',
    when: 'no version that counts',
    world: add(
      definition(),
      version(),
      numbered('1.0.1'),
      numbered('1.0.2', { tags: { ...PROVED, [TAG.state]: 'failed' } }),
      numbered('1.0.3', { tags: PROVED, state: 'Failed' }),
      ended('1.0.4', '2026-11-22T00:00:00Z'),
      numbered('1.0.5', { tags: PROVED, in: 'westus3' })
    ),
    inputs: rollout(LATEST)
  },
  {
    rule: 'image-agrees',
    severity: 'error',
    when: 'the spec pins another than the latest that is proved',
    world: add(definition(), version(), numbered('2.0.0', { tags: PROVED })),
    inputs: rollout(LATEST, pinning(VERSION))
  },
  {
    rule: 'image-failed-before',
    severity: 'error',
    when: 'a version that is tagged as failed',
    world: add(definition(), version('eastus2', { tags: FAILED })),
    inputs: rollout(VERSION)
  },
  {
    rule: 'image-failed-before',
    severity: 'error',
    when: 'one whose tag doesn’t say why',
    world: add(definition(), version('eastus2', { tags: { ...BASE_IMAGE_TAGS, [TAG.state]: 'failed' } })),
    inputs: rollout(VERSION)
  },
  {
    rule: 'image-failed-before',
    severity: 'warning',
    when: 'it is to be rolled out all the same',
    world: add(definition(), version('eastus2', { tags: FAILED })),
    inputs: { ...rollout(VERSION), force: 'true' }
  },
  {
    rule: 'base-image-supported',
    severity: 'error',
    when: 'a base image that Batch doesn’t list, and no node agent in the spec',
    world: r => void (vm(r).properties.storageProfile.imageReference.offer = 'plucky'),
    inputs: release()
  },
  {
    rule: 'base-image-supported',
    severity: 'warning',
    when: 'a base image that Batch doesn’t list, and a node agent in the spec',
    world: r => void (vm(r).properties.storageProfile.imageReference.offer = 'plucky'),
    inputs: pool(
      `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { nodeAgentSkuId: 'batch.node.ubuntu 22.04' } }\n`
    )
  },
  {
    rule: 'base-image-supported',
    severity: 'note',
    when: 'a base image that nobody knows, and a node agent in the spec',
    world: r => void delete vm(r).properties.storageProfile.imageReference,
    inputs: pool(
      `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { nodeAgentSkuId: 'batch.node.ubuntu 22.04' } }\n`
    )
  },
  {
    rule: 'base-image-end-of-life',
    severity: 'error',
    when: 'Batch’s support has ended',
    world: r =>
      void Object.assign(vm(r).properties.storageProfile.imageReference, {
        offer: '0001-com-ubuntu-server-focal',
        sku: '20_04-lts-gen2'
      }),
    inputs: release()
  },
  {
    rule: 'base-image-end-of-life',
    severity: 'warning',
    when: 'Batch’s support ends within half a year',
    world: r =>
      void Object.assign(vm(r).properties.storageProfile.imageReference, {
        publisher: 'MicrosoftWindowsServer',
        offer: 'WindowsServer',
        sku: '2016-Datacenter'
      }),
    inputs: release()
  },
  {
    rule: 'node-agent-matches',
    severity: 'warning',
    when: 'a node agent of another distribution',
    inputs: pool(
      `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { nodeAgentSkuId: 'batch.node.el 9' } }\n`
    )
  },
  {
    rule: 'node-agent-listed',
    severity: 'warning',
    when: 'a node agent that Batch has for no image',
    inputs: pool(
      `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { nodeAgentSkuId: 'batch.node.ubunto 22.04' } }\n`
    )
  },
  {
    rule: 'autoscale-formula',
    severity: 'error',
    when: 'a text that is no formula',
    inputs: scaledBy('$TargetDedicatedNodes = 3;\nnonsense(')
  },
  {
    rule: 'autoscale-formula',
    severity: 'error',
    when: 'a formula of 8,193 characters',
    inputs: scaledBy('$TargetDedicatedNodes=1;//'.padEnd(8_193, 'x'))
  },
  {
    rule: 'autoscale-formula',
    severity: 'error',
    when: 'a formula of 101 statements',
    inputs: scaledBy('$TargetDedicatedNodes=1;'.repeat(101))
  },
  {
    rule: 'autoscale-formula',
    severity: 'warning',
    when: 'a formula with a misspelt name',
    inputs: scaledBy('$TargetDedicatedNodes = avg($PendingTask.GetSample(1));')
  },
  {
    rule: 'vm-size',
    severity: 'error',
    when: 'a size that Batch doesn’t offer',
    inputs: pool(POOL_SPEC.replace('D4s_v5', 'D4s_v9'))
  },
  {
    rule: 'vm-size',
    severity: 'error',
    when: 'no size for a new pool',
    inputs: pool(POOL_SPEC.replace('  vmSize: Standard_D4s_v5\n', ''))
  },
  {
    rule: 'vm-size',
    severity: 'error',
    when: 'a size of another generation',
    inputs: pool(POOL_SPEC.replace('D4s_v5', 'NC6'))
  },
  {
    rule: 'vm-size',
    severity: 'error',
    when: 'a size of another architecture',
    inputs: pool(POOL_SPEC.replace('D4s_v5', 'D2ps_v5'))
  },
  {
    rule: 'vm-size',
    severity: 'warning',
    when: 'the pool has a size that Batch offers no more',
    world: both(add(definition(), version(), poolFrom(VERSION)), r => {
      ;(r.at(-1) as Loose).properties.vmSize = 'STANDARD_A1'
    }),
    inputs: rollout(VERSION, POOL_SPEC.replace('  vmSize: Standard_D4s_v5\n', ''))
  },
  {
    rule: 'ephemeral-nodes',
    severity: 'error',
    when: 'a size without an ephemeral OS disk',
    inputs: pool(withVm('{ osDisk: { ephemeralOSDiskSettings: { placement: CacheDisk } } }'))
  },
  {
    rule: 'ephemeral-nodes',
    severity: 'warning',
    when: 'low-priority nodes with ephemeral OS disks',
    sizes: size('Standard_D4s_v5', 'EphemeralOSDiskSupported', 'True'),
    inputs: pool(
      withVm('{ osDisk: { ephemeralOSDiskSettings: { placement: CacheDisk } } }').replace(
        'targetDedicatedNodes',
        'targetLowPriorityNodes'
      )
    )
  },
  {
    rule: 'premium-storage',
    severity: 'error',
    when: 'a premium OS disk for a size without premium storage',
    sizes: size('Standard_D4s_v5', 'PremiumIO', 'False'),
    inputs: pool(withVm('{ osDisk: { managedDisk: { storageAccountType: Premium_LRS } } }'))
  },
  {
    rule: 'data-disk-count',
    severity: 'error',
    when: 'more data disks than the size takes',
    sizes: size('Standard_D4s_v5', 'MaxDataDiskCount', '2'),
    inputs: pool(withVm('{ dataDisks: [{ lun: 5, diskSizeGB: 10 }] }'))
  },
  {
    rule: 'pool-data-disk-luns',
    severity: 'warning',
    when: 'a LUN that the image has',
    inputs: pool(withVm('{ dataDisks: [{ lun: 1, diskSizeGB: 10 }] }'))
  },
  {
    rule: 'os-disk-size',
    severity: 'error',
    when: 'an OS disk smaller than the image’s',
    inputs: pool(withVm('{ osDisk: { diskSizeGB: 29 } }'))
  },
  {
    rule: 'task-slots',
    severity: 'error',
    when: '17 task slots on 4 vCPUs',
    inputs: pool(POOL_SPEC.replace('taskSlotsPerNode: 4', 'taskSlotsPerNode: 17'))
  },
  {
    rule: 'vm-size-end-of-life',
    severity: 'warning',
    when: 'Batch’s support of the size has ended',
    sizes: sizes =>
      void (sizes.find(one => one.name === 'Standard_D4s_v5').batchSupportEndOfLife = '2026-01-31T00:00:00Z'),
    inputs: release()
  },
  {
    rule: 'purchase-plan',
    severity: 'warning',
    when: 'a purchase plan, and an account of Batch’s own subscriptions',
    world: r => void (vm(r).plan = { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' }),
    inputs: release()
  },
  {
    rule: 'purchase-plan',
    severity: 'note',
    when: 'a purchase plan of a version’s definition, and an account of the user’s subscription',
    world: both(
      add(
        definition({ purchasePlan: { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' } }),
        version()
      ),
      r => void (account(r).properties.poolAllocationMode = 'UserSubscription')
    ),
    inputs: rollout(VERSION)
  },
  {
    rule: 'purchase-plan',
    severity: 'error',
    when: 'a purchase plan and a managed image',
    world: r => void (vm(r).plan = { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' }),
    inputs: managedRelease
  },
  {
    rule: 'security-type',
    severity: 'error',
    when: 'the image of a Trusted Launch VM, and a pool without a security profile',
    world: trustedLaunch,
    inputs: release()
  },
  {
    rule: 'security-type',
    severity: 'error',
    when: 'a Trusted Launch version, and a pool without a security profile',
    world: add(definition(security('TrustedLaunch')), version(), poolFrom(`${IDS.definition}/versions/0.9.0`)),
    inputs: rollout(VERSION)
  },
  {
    rule: 'security-type',
    severity: 'error',
    when: 'a Standard image for Trusted Launch nodes',
    inputs: pool(withVm(TRUSTED_LAUNCH))
  },
  {
    rule: 'security-size',
    severity: 'error',
    when: 'a size without Trusted Launch',
    world: trustedLaunch,
    sizes: size('Standard_D4s_v5', 'TrustedLaunchDisabled', 'True'),
    inputs: pool(withVm(TRUSTED_LAUNCH))
  },
  {
    rule: 'confidential-disk',
    severity: 'error',
    when: 'confidential nodes whose OS disk says nothing of its encryption',
    world: confidential,
    inputs: pool(withVm('{ securityProfile: { securityType: confidentialVM } }'))
  },
  {
    rule: 'inter-node-kinds',
    severity: 'error',
    when: 'nodes of both kinds that talk to each other',
    inputs: pool(
      withPool('interNodeCommunication: Enabled').replace(
        'targetDedicatedNodes: 20',
        'targetDedicatedNodes: 20, targetLowPriorityNodes: 5'
      )
    )
  },
  {
    rule: 'inter-node-nodes',
    severity: 'warning',
    when: '101 nodes that talk to each other',
    inputs: pool(withPool('interNodeCommunication: Enabled').replace('Nodes: 20', 'Nodes: 101'))
  },
  {
    rule: 'accelerated-networking',
    severity: 'error',
    when: 'a size without it',
    sizes: size('Standard_D4s_v5', 'AcceleratedNetworkingEnabled', 'False'),
    inputs: pool(withPool('networkConfiguration: { enableAcceleratedNetworking: true }'))
  },
  {
    rule: 'public-addresses',
    severity: 'error',
    when: 'no public addresses, and no subnet',
    inputs: pool(withPool('networkConfiguration: { publicIPAddressConfiguration: { provision: NoPublicIPAddresses } }'))
  },
  {
    rule: 'public-addresses',
    severity: 'error',
    when: 'addresses of the user’s, and none named',
    inputs: pool(withPool('networkConfiguration: { publicIPAddressConfiguration: { provision: UserManaged } }'))
  },
  {
    rule: 'vm-deleting',
    severity: 'error',
    when: 'the VM is being deleted',
    world: r => going(vm(r)),
    inputs: release()
  },
  {
    rule: 'gallery-state',
    severity: 'error',
    when: 'the gallery is being deleted',
    world: r => going(find(r, 'galleries/farm')),
    inputs: release()
  },
  {
    rule: 'gallery-state',
    severity: 'warning',
    when: 'somebody else’s definition is Failed',
    world: add(definition({ provisioningState: 'Failed' })),
    inputs: release()
  },
  {
    rule: 'image-deleting',
    severity: 'error',
    when: 'the version to roll out is being deleted',
    world: add(definition(), version('eastus2', { state: 'Deleting' })),
    inputs: rollout(VERSION)
  },
  {
    rule: 'account-state',
    severity: 'error',
    when: 'the account is being deleted',
    world: r => going(account(r)),
    inputs: release()
  },
  {
    rule: 'account-state',
    severity: 'warning',
    when: 'the account’s creation failed',
    world: r => void (account(r).properties.provisioningState = 'Failed'),
    inputs: release()
  },
  {
    rule: 'pool-deleting',
    severity: 'error',
    when: 'the pool is being deleted, and has another image and nodes',
    world: both(add(definition(), version(), poolFrom(`${IDS.definition}/versions/0.9.0`, { nodes: 20 })), r =>
      going(r.at(-1))
    ),
    inputs: rollout(VERSION)
  },
  {
    rule: 'core-quota',
    severity: 'error',
    when: 'more cores of the family than its quota',
    world: r => void Object.assign(account(r).properties.dedicatedCoreQuotaPerVMFamily[0], { coreQuota: 40 }),
    inputs: release()
  },
  {
    rule: 'core-quota',
    severity: 'error',
    when: 'more low-priority cores than the quota',
    inputs: pool(POOL_SPEC.replace('targetDedicatedNodes: 20', 'targetLowPriorityNodes: 51'))
  },
  {
    rule: 'core-quota',
    severity: 'warning',
    when: 'other pools have the rest',
    world: r => {
      account(r).properties.dedicatedCoreQuotaPerVMFamilyEnforced = false
      add(poolFrom(VERSION, { id: `${IDS.account}/pools/other`, nodes: 231 }))(r)
    },
    inputs: release()
  },
  {
    rule: 'resize-timeout',
    severity: 'warning',
    when: '10 minutes for 400 nodes',
    inputs: { ...pool(nodes(400)), 'resize-timeout': '10m' }
  },
  {
    rule: 'drain-deadline',
    severity: 'warning',
    when: 'a drain as long as the run',
    world: add(definition(), version(), poolFrom(`${IDS.definition}/versions/0.9.0`, { nodes: 20 })),
    inputs: { ...rollout(VERSION), 'image-change': 'in-place', 'drain-timeout': '6h' }
  },
  {
    rule: 'pool-leased',
    severity: 'note',
    when: 'another run at work on the pool',
    world: add(definition(), version(), poolFrom(VERSION, { nodes: 20, lease: LEASE })),
    inputs: rollout(VERSION)
  },
  {
    rule: 'pool-secrets',
    severity: 'error',
    when: 'another image for a pool with a registry whose password the spec leaves out',
    world: add(definition(), version(), withVmConfiguration(poolFrom(`${IDS.definition}/versions/0.9.0`), CONTAINERS)),
    inputs: rollout(VERSION)
  },
  {
    rule: 'smoke-test-container',
    severity: 'error',
    when: 'a command line for a pool that runs containers',
    world: add(definition(), version(), withVmConfiguration(poolFrom(`${IDS.definition}/versions/0.9.0`), CONTAINERS)),
    inputs: { ...rollout(VERSION), 'smoke-test': 'nvidia-smi' }
  },
  {
    rule: 'smoke-test-container',
    severity: 'error',
    when: 'a container for a pool that runs none',
    inputs: release({ 'smoke-test': '{ "commandLine": "nvidia-smi", "containerSettings": { "imageName": "probe" } }' })
  },
  {
    rule: 'proof-room',
    severity: 'warning',
    when: 'no pool more in the account’s quota, beside one with nodes that is to be emptied',
    world: both(
      add(definition(), version(), poolFrom(`${IDS.definition}/versions/0.9.0`, { nodes: 20 })),
      r => void (account(r).properties.poolQuota = 1)
    ),
    inputs: { ...rollout(VERSION), 'image-change': 'in-place' }
  },
  {
    rule: 'stop-after',
    severity: 'error',
    when: 'there is no pool that a temporary one could be made like',
    inputs: release({ 'stop-after': 'proof' })
  },
  {
    rule: 'stop-after',
    severity: 'error',
    when: 'the pool has no nodes, and prove is auto',
    world: add(definition(), version(), poolFrom(`${IDS.definition}/versions/0.9.0`)),
    inputs: { ...rollout(VERSION), 'stop-after': 'proof' }
  },
  {
    rule: 'proof-room',
    severity: 'error',
    when: 'the run is to stop after the proof',
    world: both(
      add(definition(), version(), poolFrom(`${IDS.definition}/versions/0.9.0`, { nodes: 20 })),
      r => void (account(r).properties.poolQuota = 1)
    ),
    inputs: { ...rollout(VERSION), 'image-change': 'in-place', 'stop-after': 'proof' }
  },
  {
    rule: 'stop-after',
    severity: 'note',
    when: 'the pool has the image, and another size',
    world: add(definition(), version(), poolFrom(VERSION, { nodes: 5 })),
    inputs: { ...rollout(VERSION, POOL_SPEC.replace('  taskSlotsPerNode: 4\n', '')), 'stop-after': 'proof' }
  },
  {
    rule: 'left-aside',
    severity: 'note',
    when: 'the spec is a copy of a GET',
    inputs: pool(
      JSON.stringify(poolFrom(VERSION, { lease: LEASE }), (key, value) =>
        key === 'deploymentConfiguration' ? undefined : value
      )
    )
  },
  {
    rule: 'start-task-command',
    severity: 'error',
    when: 'a start task without a command line for a new pool',
    inputs: pool(COMMANDLESS)
  },
  {
    rule: 'start-task-command',
    severity: 'error',
    when: 'a start task without a command line for a pool that has no start task',
    world: add(definition(), version(), poolFrom(VERSION)),
    inputs: rollout(VERSION, COMMANDLESS)
  },
  {
    rule: 'pool-identities',
    severity: 'warning',
    when: 'an identity less than the pool has',
    world: add(definition(), version(), {
      ...poolFrom(VERSION, { nodes: 20 }),
      identity: identityOf('render', 'former')
    }),
    inputs: rollout(VERSION, `${POOL_SPEC}identity: ${JSON.stringify(identityOf('render'))}\n`)
  },
  {
    rule: 'pool-change-unmade',
    severity: 'error',
    when: 'a change that Batch has left undone before',
    world: add(
      definition(),
      version(),
      poolFrom(VERSION, { unmade: [{ path: 'taskSlotsPerNode', present: 1, wanted: 4 }] })
    ),
    inputs: rollout(VERSION)
  },
  {
    rule: 'no-nodes',
    severity: 'warning',
    when: 'no scale settings',
    inputs: pool(POOL_SPEC.replace(/ {2}scaleSettings:\n.*\n/, ''))
  },
  { rule: 'managed-image-retired', severity: 'warning', when: 'a pool from a managed image', inputs: managedRelease },
  {
    rule: 'managed-image-place',
    severity: 'error',
    when: 'a managed image of another region',
    world: add(managedImage('westus3')),
    inputs: rolloutManaged()
  },
  {
    rule: 'managed-image-shared',
    severity: 'warning',
    when: 'another pool uses it',
    world: add(managedImage(), poolFrom(IDS.managedImage, { id: `${IDS.account}/pools/other` })),
    inputs: rolloutManaged()
  },
  {
    rule: 'managed-image-nodes',
    severity: 'error',
    when: '2,501 nodes',
    world: add(managedImage()),
    inputs: rolloutManaged(RETIRED_POOL_SPEC.replace('20 }', '2501 }'))
  },
  {
    rule: 'managed-image-nodes',
    severity: 'warning',
    when: '2,001 nodes, which one page allows and another doesn’t',
    world: both(add(managedImage()), r => {
      Object.assign(account(r).properties, { dedicatedCoreQuota: 20_000, dedicatedCoreQuotaPerVMFamilyEnforced: false })
    }),
    inputs: rolloutManaged(RETIRED_POOL_SPEC.replace('20 }', '2001 }'))
  },
  {
    rule: 'regions-offered',
    severity: 'error',
    when: 'a region that isn’t one',
    inputs: release({ 'target-regions': 'eastus2, nothereurope' })
  },
  {
    rule: 'regions-offered',
    severity: 'error',
    when: 'a geography',
    inputs: release({ 'target-regions': 'eastus2, europe' })
  },
  {
    rule: 'regions-offered',
    severity: 'note',
    when: 'regions that the caller may not list',
    denied: ['Microsoft.Resources/subscriptions/locations/read'],
    inputs: release({ 'target-regions': 'eastus2, westus3' })
  },
  {
    rule: 'groups-exist',
    severity: 'error',
    when: 'no such group for snapshots',
    inputs: release({ 'work-resource-group': 'render-work' })
  },
  {
    rule: 'groups-exist',
    severity: 'error',
    when: 'no such group for a managed image',
    inputs: { ...managedOnly, 'publish-to': IDS.managedImage.replace('/render-images/', '/render-work/') }
  },
  {
    rule: 'account-reachable',
    severity: 'error',
    when: 'no public network access',
    world: closed({ publicNetworkAccess: 'Disabled' }),
    inputs: release()
  },
  {
    rule: 'account-reachable',
    severity: 'error',
    when: 'behind a network security perimeter',
    world: closed({ publicNetworkAccess: 'SecuredByPerimeter' }),
    inputs: release()
  },
  {
    rule: 'account-reachable',
    severity: 'error',
    when: 'network rules for other addresses',
    world: closed(RULES_FOR_OTHERS),
    inputs: release()
  },
  {
    rule: 'nodes-reach-account',
    severity: 'warning',
    when: 'a pool in no network, and nodes are let in by none',
    world: closed(NODES_SHUT_OUT),
    inputs: release()
  },
  {
    rule: 'nodes-reach-account',
    severity: 'warning',
    when: 'a pool in a network without a private endpoint',
    world: closed(NODES_SHUT_OUT),
    inputs: inSubnet('nodes')
  },
  { rule: 'subnet', severity: 'error', when: 'no such subnet', inputs: inSubnet('nodez') },
  {
    rule: 'subnet',
    severity: 'error',
    when: 'no such virtual network',
    inputs: poolWith(`networkConfiguration: { subnetId: ${SUBNETS.replace('/farm/', '/barn/')}/nodes }`)
  },
  {
    rule: 'subnet',
    severity: 'error',
    when: 'a network of another region',
    world: r => void (find(r, 'virtualNetworks/farm').location = 'westus3'),
    inputs: inSubnet('nodes')
  },
  { rule: 'subnet', severity: 'warning', when: 'a subnet of container groups', inputs: inSubnet('containers') },
  { rule: 'subnet', severity: 'warning', when: '20 nodes in a /28', inputs: inSubnet('narrow') },
  {
    rule: 'subnet',
    severity: 'note',
    when: 'a network that the caller may not see',
    denied: ['Microsoft.Network/virtualNetworks/read'],
    inputs: inSubnet('nodes')
  },
  {
    rule: 'subnet-outbound',
    severity: 'warning',
    when: 'a private subnet, and nodes without public addresses',
    world: r => void (subnetNamed(r, 'nodes').properties.defaultOutboundAccess = false),
    inputs: withoutAddressesIn('nodes')
  },
  { rule: 'public-ips', severity: 'error', when: 'no such address', inputs: withAddresses(1) },
  {
    rule: 'public-ips',
    severity: 'error',
    when: 'an address of another region',
    world: add(publicIP(0, { location: 'westus3' })),
    inputs: withAddresses(1)
  },
  {
    rule: 'public-ips',
    severity: 'error',
    when: 'one address for 120 nodes',
    world: add(publicIP(0)),
    inputs: withAddresses(1, nodes(120))
  },
  {
    rule: 'public-ips',
    severity: 'warning',
    when: 'one address for nodes of two kinds',
    world: add(publicIP(0)),
    inputs: withAddresses(1, POOL_SPEC.replace('Nodes: 20', 'Nodes: 20, targetLowPriorityNodes: 20'))
  },
  {
    rule: 'public-ips',
    severity: 'warning',
    when: 'an address with the Basic SKU',
    world: add(publicIP(0, { sku: { name: 'Basic', tier: 'Regional' } })),
    inputs: withAddresses(1)
  },
  {
    rule: 'public-ips',
    severity: 'warning',
    when: 'an address that a load balancer has',
    world: add(
      publicIP(0, {
        properties: {
          publicIPAllocationMethod: 'Static',
          ipConfiguration: { id: `${GROUP}/Microsoft.Network/loadBalancers/web/frontendIPConfigurations/f` }
        }
      })
    ),
    inputs: withAddresses(1)
  },
  {
    rule: 'identities',
    severity: 'error',
    when: 'no such identity',
    inputs: pool(`${POOL_SPEC}identity: { type: UserAssigned, userAssignedIdentities: { ${IDENTITY}-gone: {} } }\n`)
  },
  {
    rule: 'application-packages',
    severity: 'error',
    when: 'no such version',
    inputs: withPackage(`{ id: ${APPLICATION}, version: '5.0' }`)
  },
  {
    rule: 'application-packages',
    severity: 'error',
    when: 'no such application',
    inputs: withPackage(`{ id: ${APPLICATION}-gone }`)
  },
  {
    rule: 'application-packages',
    severity: 'error',
    when: 'no version named, and no default',
    world: r => void delete find(r, 'applications/blender').properties.defaultVersion,
    inputs: withPackage(`{ id: ${APPLICATION} }`)
  },
  {
    rule: 'application-packages',
    severity: 'error',
    when: 'a version that isn’t activated',
    world: r => void (find(r, 'versions/4.2').properties.state = 'Pending'),
    inputs: withPackage(`{ id: ${APPLICATION}, version: '4.2' }`)
  },
  {
    rule: 'application-packages',
    severity: 'warning',
    when: 'a version that is gone, on a pool that has it',
    world: r => {
      add(definition(), version(), poolFrom(VERSION, { nodes: 20 }))(r)
      find(r, 'pools/render').properties.applicationPackages = [{ id: APPLICATION, version: '5.0' }]
    },
    inputs: rollout(VERSION, `${POOL_SPEC}  applicationPackages: [{ id: ${APPLICATION}, version: '5.0' }]\n`)
  },
  {
    rule: 'encryption-sets',
    severity: 'error',
    when: 'no such disk encryption set',
    inputs: withEncryptionSet
  },
  {
    rule: 'encryption-sets',
    severity: 'error',
    when: 'a disk encryption set of another region',
    world: add(encryptionSet('westus3')),
    inputs: withEncryptionSet
  },
  {
    rule: 'pool-quota',
    severity: 'error',
    when: 'as many pools as the account may have',
    world: r => {
      account(r).properties.poolQuota = 1
      add(poolFrom(VERSION, { id: `${IDS.account}/pools/other` }))(r)
    },
    inputs: release()
  },
  {
    rule: 'snapshot-limit',
    severity: 'error',
    when: '500 incremental snapshots of the OS disk',
    world: r => {
      const ofDisk = String(osDisk(r).id)
      const many = Array.from({ length: 500 }, (_, index) => incremental(`nightly-${index}`, ofDisk))
      add(...many)(r)
    },
    inputs: release()
  },
  {
    rule: 'vm-tags',
    severity: 'error',
    when: 'a VM with 50 tags that is to be stopped',
    world: r =>
      void (vm(r).tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`cost-${index}`, 'render']))),
    inputs: release({ 'stop-vm': 'true' })
  },
  {
    rule: 'image-change',
    severity: 'error',
    when: 'another image for a pool that has nodes',
    world: add(definition(), version(), poolFrom(`${IDS.definition}/versions/0.9.0`, { nodes: 20 })),
    inputs: rollout(VERSION)
  },
  {
    rule: 'another-pool',
    severity: 'error',
    when: 'another managed image for a pool',
    world: add(managedImage(), poolFrom(`${IDS.managedImage}-old`)),
    inputs: rolloutManaged()
  }
]

/** Beside each of these a rule stands ready, and has nothing to say. */
export const NEAR_MISSES: Omit<Case, 'severity'>[] = [
  {
    rule: 'latest-proved',
    when: 'an older version that counts, and one that ends only later',
    world: add(definition(), ended('1.0.0', '2026-11-24T00:00:00Z'), numbered('1.0.1')),
    inputs: rollout(LATEST)
  },
  {
    rule: 'image-agrees',
    when: 'the spec pins the latest that is proved',
    world: add(definition(), numbered('1.0.0', { tags: PROVED }), numbered('2.0.0')),
    inputs: rollout(LATEST, pinning(VERSION))
  },
  {
    rule: 'image-failed-before',
    when: 'a version that an earlier run left open',
    world: add(definition(), version('eastus2', { tags: { ...FAILED, [TAG.state]: 'open' } })),
    inputs: rollout(VERSION)
  },
  {
    rule: 'subnet-outbound',
    when: 'a private subnet with a NAT gateway',
    world: r =>
      void Object.assign(subnetNamed(r, 'nodes').properties, {
        defaultOutboundAccess: false,
        natGateway: { id: `${GROUP}/Microsoft.Network/natGateways/farm` }
      }),
    inputs: withoutAddressesIn('nodes')
  },
  {
    rule: 'subnet-outbound',
    when: 'a private subnet whose nodes get public addresses',
    world: r => void (subnetNamed(r, 'nodes').properties.defaultOutboundAccess = false),
    inputs: inSubnet('nodes')
  },
  {
    rule: 'start-task-command',
    when: 'the pool has a command line, which stays',
    world: add(definition(), version(), withStartTask(poolFrom(VERSION), { commandLine: 'true' })),
    inputs: rollout(VERSION, COMMANDLESS)
  },
  {
    rule: 'node-agent-listed',
    when: 'a node agent that Batch has for another image, in another casing',
    inputs: pool(
      `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { nodeAgentSkuId: 'Batch.node.el 9' } }\n`
    )
  },
  {
    rule: 'node-agent-listed',
    when: 'a node agent that the pool has, and Batch lists no more',
    world: both(add(definition(), version(), poolFrom(VERSION)), r => {
      const { deploymentConfiguration } = (r.at(-1) as Loose).properties
      deploymentConfiguration.virtualMachineConfiguration.nodeAgentSkuId = 'batch.node.ubuntu 18.04'
    }),
    inputs: rollout(
      VERSION,
      `${POOL_SPEC}  deploymentConfiguration: { virtualMachineConfiguration: { nodeAgentSkuId: 'batch.node.ubuntu 18.04' } }\n`
    )
  },
  {
    rule: 'autoscale-formula',
    when: 'a formula of 8,192 characters and 100 statements',
    inputs: scaledBy(`${'$TargetDedicatedNodes=1;'.repeat(100)}//`.padEnd(8_192, 'x'))
  },
  {
    rule: 'autoscale-formula',
    when: 'a formula that the pool has already, and the spec leaves out',
    world: both(add(definition(), version(), poolFrom(VERSION)), r => {
      ;(r.at(-1) as Loose).properties.scaleSettings = { autoScale: { formula: 'nonsense(' } }
    }),
    inputs: rollout(VERSION, POOL_SPEC.replace(/ *scaleSettings:\n.*\n/, ''))
  },
  {
    rule: 'managed-disks',
    when: 'the blob is left out',
    world: r => {
      const [disk] = vm(r).properties.storageProfile.dataDisks
      delete disk.managedDisk
      disk.vhd = { uri: 'https://farm.blob.emulated.azure/vhds/assets.vhd' }
    },
    inputs: release({ 'data-disks': '1' })
  },
  {
    rule: 'disk-type',
    when: 'the Premium SSD v2 disk is left out',
    world: r => void (dataDisk(r).sku = { name: 'PremiumV2_LRS' }),
    inputs: release({ 'data-disks': '1' })
  },
  {
    rule: 'disk-type',
    when: 'all disks are ordinary ones',
    inputs: release()
  },
  {
    rule: 'disk-size',
    when: 'a data disk of 1,024 GiB, and an OS disk of 2,048',
    world: r => {
      dataDisk(r).properties.diskSizeGB = 1_024
      osDisk(r).properties.diskSizeGB = 2_048
    },
    inputs: release()
  },
  {
    rule: 'ephemeral-os-disk',
    when: 'the OS disk is a managed disk',
    inputs: release()
  },
  {
    rule: 'source-exists',
    when: 'the OS disk is ephemeral: nobody can see it',
    world: r => {
      vm(r).properties.storageProfile.osDisk.diffDiskSettings = { option: 'Local' }
      r.splice(r.indexOf(osDisk(r)), 1)
    },
    inputs: release()
  },
  {
    rule: 'confidential-source',
    when: 'a confidential VM in the account’s region',
    world: confidential,
    inputs: release()
  },
  {
    rule: 'definition-matches',
    when: 'a confidential VM, and its definition in another casing',
    world: both(confidential, add(definition(security('ConfidentialVm')))),
    inputs: release()
  },
  {
    rule: 'definition-matches',
    when: 'a definition with the source’s own purchase plan',
    world: both(
      add(definition({ purchasePlan: { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' } })),
      r => void (vm(r).plan = { publisher: 'almalinux', product: 'almalinux-hpc', name: '8_6-hpc' })
    ),
    inputs: release()
  },
  {
    rule: 'definition-matches',
    when: 'the version is there already, and the source is another VM by now',
    world: both(add(definition(), version('eastus2', { tags: { ...BASE_IMAGE_TAGS, [TAG.key]: key } })), trustedLaunch),
    inputs: release()
  },
  {
    rule: 'vm-size',
    when: 'a pool that is there has a size, and the spec leaves it out',
    world: add(definition(), version(), poolFrom(VERSION)),
    inputs: rollout(VERSION, POOL_SPEC.replace('  vmSize: Standard_D4s_v5\n', ''))
  },
  {
    rule: 'security-type',
    when: 'the pool that is there has Trusted Launch, and the spec leaves it out',
    world: both(
      add(definition(security('TrustedLaunch')), version(), poolFrom(`${IDS.definition}/versions/0.9.0`)),
      r => {
        const { deploymentConfiguration } = (r.at(-1) as Loose).properties
        deploymentConfiguration.virtualMachineConfiguration.securityProfile = { securityType: 'trustedLaunch' }
      }
    ),
    inputs: rollout(VERSION)
  },
  {
    rule: 'security-type',
    when: 'a TrustedLaunchSupported version, and a pool without a security profile',
    world: add(definition(security('TrustedLaunchSupported')), version()),
    inputs: rollout(VERSION)
  },
  {
    rule: 'core-quota',
    when: 'an account of the user’s subscription, whatever figures it shows',
    world: r => {
      Object.assign(account(r).properties, { poolAllocationMode: 'UserSubscription', dedicatedCoreQuota: 0 })
      account(r).properties.dedicatedCoreQuotaPerVMFamilyEnforced = false
    },
    inputs: release()
  },
  {
    rule: 'gallery-state',
    when: 'an earlier run’s definition is Failed: it is sent again',
    world: add({ ...definition({ provisioningState: 'Failed' }), tags: { [TAG.key]: key } }),
    inputs: release()
  },
  {
    rule: 'smoke-test-container',
    when: 'a command line for a pool that runs none',
    inputs: release({ 'smoke-test': 'nvidia-smi' })
  },
  {
    rule: 'stop-after',
    when: 'a temporary pool proves the image',
    world: add(definition(), version(), poolFrom(`${IDS.definition}/versions/0.9.0`, { nodes: 20 })),
    inputs: { ...rollout(VERSION), 'image-change': 'in-place', 'stop-after': 'proof' }
  },
  {
    rule: 'proof-room',
    when: 'there is room, beside one with nodes that is to be emptied',
    world: add(definition(), version(), poolFrom(`${IDS.definition}/versions/0.9.0`, { nodes: 20 })),
    inputs: { ...rollout(VERSION), 'image-change': 'in-place' }
  },
  {
    rule: 'account-state',
    when: 'the account is as ever',
    inputs: release()
  },
  {
    rule: 'image-change',
    when: 'the pool is being deleted: it isn’t told to be drained',
    world: both(add(definition(), version(), poolFrom(`${IDS.definition}/versions/0.9.0`, { nodes: 20 })), r =>
      going(r.at(-1))
    ),
    inputs: rollout(VERSION)
  }
]
