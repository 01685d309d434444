/** What a world has from runs that came before: images, and a pool of nodes that run one of them. */
import type { WorldFile } from '../../emulator/index.ts'
import { DEFINITION, POOL } from './azure.ts'

type Resource = WorldFile['resources'][number]

const BASE_IMAGE = { 'batch-image-rollout-base-image': 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2' }

/** The definition, and a version of each of these names. */
export function images(...names: string[]): Resource[] {
  return [
    {
      id: DEFINITION,
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
        provisioningState: 'Succeeded'
      }
    },
    ...names.map(name => ({
      id: versionId(name),
      name,
      type: 'Microsoft.Compute/galleries/images/versions',
      location: 'eastus2',
      tags: { ...BASE_IMAGE, 'batch-image-rollout-state': 'complete' },
      properties: {
        provisioningState: 'Succeeded',
        publishingProfile: { targetRegions: [{ name: 'eastus2', regionalReplicaCount: 1 }], replicationMode: 'Full' },
        storageProfile: { osDiskImage: { sizeInGB: 30, hostCaching: 'ReadWrite', source: {} } }
      }
    }))
  ]
}

export const versionId = (name: string): string => `${DEFINITION}/versions/${name}`

/** A day old, and steady. */
export function poolOf(version: string, nodes: number): Resource {
  return {
    id: POOL,
    name: 'render',
    type: 'Microsoft.Batch/batchAccounts/pools',
    etag: 'W/"0x1"',
    properties: {
      provisioningState: 'Succeeded',
      allocationState: 'Steady',
      vmSize: 'STANDARD_D4S_V5',
      deploymentConfiguration: {
        virtualMachineConfiguration: {
          imageReference: { id: versionId(version) },
          nodeAgentSkuId: 'batch.node.ubuntu 22.04'
        }
      },
      startTask: { commandLine: "/bin/bash -c 'mount -a'", waitForSuccess: true },
      scaleSettings: { fixedScale: { targetDedicatedNodes: nodes, targetLowPriorityNodes: 0, resizeTimeout: 'PT15M' } },
      currentDedicatedNodes: nodes,
      currentLowPriorityNodes: 0
    }
  }
}
