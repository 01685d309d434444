/** What a world has of a gallery: a definition and its versions, as Azure shows them. */
import type { WorldFile } from '../../emulator/index.ts'
import type { JsonObject } from '../../src/model/json.ts'

type Resource = WorldFile['resources'][number] & JsonObject

export const BASE_IMAGE_TAGS = {
  'batch-image-rollout-base-image': 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2'
}

export const definitionResource = (id: string, change: JsonObject = {}): Resource => ({
  id,
  name: 'render-node',
  type: 'Microsoft.Compute/galleries/images',
  location: 'eastus2',
  properties: {
    osType: 'Linux',
    osState: 'Generalized',
    hyperVGeneration: 'V2',
    architecture: 'x64',
    identifier: { publisher: 'p', offer: 'o', sku: 's' },
    features: [{ name: 'SecurityType', value: 'Standard' }],
    provisioningState: 'Succeeded',
    ...change
  }
})

/** Of a disk of 30 GiB, with a copy in its own region. */
export const versionResource = (id: string, tags: Record<string, string> = BASE_IMAGE_TAGS): Resource => ({
  id,
  name: id.split('/').at(-1) ?? '',
  type: 'Microsoft.Compute/galleries/images/versions',
  location: 'eastus2',
  tags,
  properties: {
    provisioningState: 'Succeeded',
    publishingProfile: { targetRegions: [{ name: 'eastus2', regionalReplicaCount: 1 }], replicationMode: 'Full' },
    storageProfile: { osDiskImage: { sizeInGB: 30, hostCaching: 'ReadWrite', source: {} } }
  }
})
