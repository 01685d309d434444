/** What a world has from runs that came before: images, and a pool of nodes that run one of them. */
import type { WorldFile } from '../../emulator/index.ts'
import { BASE_IMAGE_TAGS, definitionResource, versionResource } from '../support/gallery-resources.ts'
import { DEFINITION, POOL } from './azure.ts'

type Resource = WorldFile['resources'][number]

/** The definition, and a version of each of these names. */
export function images(...names: string[]): Resource[] {
  const tags = { ...BASE_IMAGE_TAGS, 'batch-image-rollout-state': 'complete' }
  return [definitionResource(DEFINITION), ...names.map(name => versionResource(versionId(name), tags))]
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
