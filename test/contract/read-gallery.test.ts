import { describe, expect, test } from '@jest/globals'
import type { GalleryImageId, GalleryImageVersionId, ImageId } from '../../src/model/arm-id.ts'
import { GROUP, calls, withAzure } from './azure.ts'

const COMPUTE = `${GROUP}/providers/Microsoft.Compute`
const SNAPSHOT = `${COMPUTE}/snapshots/os`
const IMAGE = `${COMPUTE}/images/image` as ImageId
const DEFINITION = `${COMPUTE}/galleries/g/images/d` as GalleryImageId
const VERSION = `${DEFINITION}/versions/1.0.0` as GalleryImageVersionId
const ok = (body: unknown) => ({ status: 200, body })

test('a managed image names its snapshots', async () => {
  const image = {
    id: IMAGE,
    location: 'westus3',
    properties: {
      provisioningState: 'Succeeded',
      hyperVGeneration: 'V1',
      storageProfile: {
        osDisk: { osType: 'Linux', osState: 'Generalized', snapshot: { id: SNAPSHOT } },
        dataDisks: [{ lun: 0, snapshot: { id: `${SNAPSHOT}-0` } }]
      }
    }
  }
  await withAzure({ [`GET ${IMAGE}`]: [ok(image)] }, async ({ azure }) => {
    expect(await azure.compute.getManagedImage(IMAGE)).toMatchObject({
      osState: 'Generalized',
      snapshotIds: [SNAPSHOT, `${SNAPSHOT}-0`]
    })
  })
})

describe('gallery', () => {
  const version = {
    id: VERSION,
    location: 'westus3',
    properties: {
      provisioningState: 'Creating',
      publishingProfile: {
        excludeFromLatest: true,
        replicationMode: 'Full',
        targetRegions: [{ name: 'East US 2', regionalReplicaCount: 2 }, { name: 'West US 3' }]
      },
      replicationStatus: {
        aggregatedState: 'InProgress',
        summary: [{ region: 'eastus2', state: 'Replicating', progress: 40, details: '' }]
      },
      propertyOfTheFuture: { kept: true }
    }
  }

  test('a version shows regions in short form, and its body as it came', async () => {
    await withAzure({ [`GET ${VERSION}`]: [ok(version)] }, async ({ azure, sent }) => {
      expect(await azure.gallery.getVersion(VERSION, { replication: true })).toEqual({
        versionId: VERSION,
        location: 'westus3',
        tags: {},
        provisioningState: 'Creating',
        excludeFromLatest: true,
        replicationMode: 'Full',
        targetRegions: [
          { region: 'eastus2', replicas: 2 },
          { region: 'westus3', replicas: 1 }
        ],
        replication: {
          aggregatedState: 'InProgress',
          regions: [{ region: 'eastus2', state: 'Replicating', progress: 40 }]
        },
        body: version
      })
      expect(calls(sent)[0]?.url).toBe(
        `https://management.azure.com${VERSION}?api-version=2025-12-03&$expand=ReplicationStatus`
      )
    })
  })

  test('a definition without a generation is V1 on x64', async () => {
    const image = {
      id: DEFINITION,
      location: 'westus3',
      properties: {
        osType: 'Linux',
        osState: 'Generalized',
        identifier: { publisher: 'p', offer: 'o', sku: 's' },
        features: [{ name: 'SecurityType', value: 'TrustedLaunch' }]
      }
    }
    await withAzure({ [`GET ${DEFINITION}`]: [ok(image)] }, async ({ azure }) => {
      const expected = { hyperVGeneration: 'V1', architecture: 'x64', features: { SecurityType: 'TrustedLaunch' } }
      expect(await azure.gallery.getGalleryImage(DEFINITION)).toMatchObject(expected)
    })
  })

  test('a definition that is not there has no versions', async () => {
    const gone = { status: 404, body: { error: { code: 'ParentResourceNotFound', message: 'x' } } }
    await withAzure({ [`GET ${DEFINITION}/versions`]: [gone] }, async ({ azure }) => {
      expect(await azure.gallery.listVersions(DEFINITION)).toEqual([])
    })
  })

  test('an answer that is not what Azure documents is an error that names the property', async () => {
    const image = { id: DEFINITION, location: 'westus3', properties: { osType: 'BeOS' } }
    await withAzure({ [`GET ${DEFINITION}`]: [ok(image)] }, async ({ azure }) => {
      const message = expect.stringContaining('osType: "BeOS" is unknown; known are Linux, Windows')
      await expect(azure.gallery.getGalleryImage(DEFINITION)).rejects.toMatchObject({
        code: 'UnexpectedAnswer',
        message
      })
    })
  })
})
