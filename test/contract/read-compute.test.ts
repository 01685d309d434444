import { describe, expect, test } from '@jest/globals'
import type { SnapshotId, VmId } from '../../src/model/arm-id.ts'
import { GROUP, SUBSCRIPTION, type Script, calls, withAzure } from './azure.ts'

const UPPER = GROUP.replace('images-rg', 'IMAGES-RG')
const COMPUTE = `${GROUP}/providers/Microsoft.Compute`
const VM = `${COMPUTE}/virtualMachines/source` as VmId
const SNAPSHOT = `${COMPUTE}/snapshots/os` as SnapshotId
const MISSING = { status: 404, body: { error: { code: 'ResourceNotFound', message: 'x' } } }
const ok = (body: unknown, headers: Record<string, string> = {}) => ({ status: 200, body, headers })

const diskId = (name: string) => `${UPPER}/providers/Microsoft.Compute/disks/${name}`
const vm = {
  id: VM,
  location: 'West US 3',
  etag: '"2"',
  plan: { publisher: 'p', name: 'n', product: 'o' },
  properties: {
    securityProfile: { securityType: 'TrustedLaunch' },
    storageProfile: {
      imageReference: {
        publisher: 'canonical',
        offer: 'ubuntu-24_04-lts',
        sku: 'server',
        version: 'latest',
        exactVersion: '24.04.1'
      },
      osDisk: { osType: 'Linux', name: 'os', caching: 'ReadWrite', managedDisk: { id: diskId('os') } },
      dataDisks: [
        { lun: 0, name: 'data', caching: 'None', managedDisk: { id: diskId('data') } },
        { lun: 3, name: 'old', vhd: { uri: 'https://x.blob.core.windows.net/vhds/old.vhd' } }
      ]
    },
    instanceView: {
      statuses: [
        { code: 'ProvisioningState/succeeded' },
        { code: 'OSState/generalized' },
        { code: 'PowerState/deallocated' }
      ]
    }
  }
}
const osDisk = {
  id: diskId('os'),
  location: 'westus3',
  sku: { name: 'Premium_LRS' },
  properties: {
    diskSizeGB: 64,
    hyperVGeneration: 'v2',
    supportedCapabilities: { architecture: 'x64' },
    encryptionSettingsCollection: { enabled: true }
  }
}

describe('the source VM', () => {
  test('comes with instance view, extensions and disks; a disk that is gone is left out', async () => {
    const script: Script = {
      [`GET ${VM}`]: [ok(vm)],
      [`GET ${VM}/extensions`]: [
        ok({
          value: [{ name: 'AMA', properties: { publisher: 'Microsoft.Azure.Monitor', type: 'AzureMonitorLinuxAgent' } }]
        })
      ],
      [`GET ${diskId('os')}`]: [ok(osDisk)],
      [`GET ${diskId('data')}`]: [MISSING]
    }
    await withAzure(script, async ({ azure, sent }) => {
      expect(await azure.compute.getSource(VM)).toEqual({
        input: 'source-vm',
        id: VM,
        location: 'westus3',
        tags: {},
        etag: '"2"',
        osType: 'Linux',
        generalized: true,
        powerState: 'deallocated',
        securityType: 'TrustedLaunch',
        imageReference: vm.properties.storageProfile.imageReference,
        plan: vm.plan,
        extensions: [{ name: 'AMA', publisher: 'Microsoft.Azure.Monitor', type: 'AzureMonitorLinuxAgent' }],
        osDisk: {
          diskId: diskId('os'),
          name: 'os',
          caching: 'ReadWrite',
          disk: {
            diskId: diskId('os'),
            location: 'westus3',
            sizeGB: 64,
            sku: 'Premium_LRS',
            hyperVGeneration: 'V2',
            architecture: 'x64',
            azureDiskEncryption: true
          }
        },
        dataDisks: [
          { diskId: diskId('data'), name: 'data', caching: 'None', lun: 0 },
          { name: 'old', caching: 'None', lun: 3 }
        ]
      })
      expect(calls(sent).find(({ url }) => url.includes('virtualMachines/source?'))?.url).toMatch(
        /[?&](%24|\$)expand=instanceView/
      )
    })
  })

  test('a VM that is not there is undefined', async () => {
    await withAzure({ [`GET ${VM}`]: [MISSING], [`GET ${VM}/extensions`]: [MISSING] }, async ({ azure }) => {
      expect(await azure.compute.getSource(VM)).toBeUndefined()
    })
  })

  test('a VM without instance view is not taken for generalized', async () => {
    const bare = {
      id: VM,
      location: 'westus3',
      properties: { storageProfile: { osDisk: { osType: 'Windows', name: 'os', vhd: {} } } }
    }
    await withAzure({ [`GET ${VM}`]: [ok(bare)], [`GET ${VM}/extensions`]: [ok({ value: [] })] }, async ({ azure }) => {
      const osDisk = { name: 'os', caching: 'None' }
      const expected = {
        input: 'source-vm',
        id: VM,
        location: 'westus3',
        osType: 'Windows',
        tags: {},
        generalized: false,
        extensions: [],
        osDisk,
        dataDisks: []
      }
      expect(await azure.compute.getSource(VM)).toEqual(expected)
    })
  })
})

describe('snapshots', () => {
  const snapshot = (id: string, properties: object) => ({
    id,
    location: 'westus3',
    tags: { key: 'k' },
    properties: { provisioningState: 'Succeeded', creationData: { sourceResourceId: diskId('os') }, ...properties }
  })

  test('a list may upper-case the group and go on for pages', async () => {
    const upperId = `${UPPER}/providers/Microsoft.Compute/snapshots/a`
    const next = `https://management.azure.com${COMPUTE}/snapshots?api-version=2026-03-02&$skiptoken=a%2Fb`
    const script = {
      [`GET ${next}`]: [ok({ value: [snapshot(SNAPSHOT, {})] })],
      [`GET ${COMPUTE}/snapshots`]: [ok({ value: [snapshot(upperId, {})], nextLink: next })]
    }
    await withAzure(script, async ({ azure }) => {
      const listed = await azure.compute.listSnapshots(SUBSCRIPTION, 'images-rg')
      expect(listed.map(({ snapshotId }) => snapshotId)).toEqual([upperId, SNAPSHOT])
    })
  })

  test('what a URL would take for its own is escaped in ids', async () => {
    const odd = `${COMPUTE}/snapshots/a b?c#d` as SnapshotId
    await withAzure({ [`PUT ${COMPUTE}/snapshots/a%20b%3Fc%23d`]: [{ status: 200 }] }, async ({ azure, sent }) => {
      await azure.compute.createSnapshot(odd, {})
      expect(calls(sent)).toHaveLength(1)
    })
  })

  test('a group that is not there has none', async () => {
    const gone = { status: 404, body: { error: { code: 'ResourceGroupNotFound', message: 'x' } } }
    await withAzure({ [`GET ${COMPUTE}/snapshots`]: [gone] }, async ({ azure }) => {
      expect(await azure.compute.listSnapshots(SUBSCRIPTION, 'images-rg')).toEqual([])
    })
  })

  test.each([
    {
      says: 'Succeeded with completionPercent 0.0 keeps its 0',
      properties: { completionPercent: 0.0 },
      percent: { completionPercent: 0 }
    },
    { says: 'no completionPercent stays none', properties: {}, percent: {} }
  ])('$says', async ({ properties, percent }) => {
    await withAzure({ [`GET ${SNAPSHOT}`]: [ok(snapshot(SNAPSHOT, properties))] }, async ({ azure }) => {
      expect(await azure.compute.getSnapshot(SNAPSHOT)).toEqual({
        snapshotId: SNAPSHOT,
        location: 'westus3',
        tags: { key: 'k' },
        sourceResourceId: diskId('os'),
        provisioningState: 'Succeeded',
        ...percent
      })
    })
  })

  test.each(['ResourceNotFound', 'ResourceGroupNotFound', 'NotFound'])('404 %s is undefined', async code => {
    await withAzure(
      { [`GET ${SNAPSHOT}`]: [{ status: 404, body: { error: { code, message: 'x' } } }] },
      async ({ azure }) => {
        expect(await azure.compute.getSnapshot(SNAPSHOT)).toBeUndefined()
      }
    )
  })

  test('a 404 about something else is an error', async () => {
    const script = {
      [`GET ${SNAPSHOT}`]: [{ status: 404, body: { error: { code: 'SubscriptionNotFound', message: 'x' } } }]
    }
    await withAzure(script, async ({ azure }) => {
      await expect(azure.compute.getSnapshot(SNAPSHOT)).rejects.toMatchObject({
        status: 404,
        code: 'SubscriptionNotFound',
        target: 'os'
      })
    })
  })
})
