import { IDS } from './story.ts'

/** A pool as the portal makes it: from a Marketplace image, with whatever its owner has chosen. */
export const PORTAL_POOL = {
  id: IDS.pool,
  name: 'render',
  type: 'Microsoft.Batch/batchAccounts/pools',
  etag: 'W/"0x1"',
  tags: { costCenter: 'vfx' },
  properties: {
    displayName: 'The render farm',
    vmSize: 'STANDARD_D4S_V5',
    deploymentConfiguration: {
      virtualMachineConfiguration: {
        imageReference: {
          publisher: 'canonical',
          offer: '0001-com-ubuntu-server-jammy',
          sku: '22_04-lts-gen2',
          version: 'latest'
        },
        nodeAgentSkuId: 'batch.node.ubuntu 22.04',
        dataDisks: [{ lun: 4, diskSizeGB: 64, caching: 'None', managedDisk: { storageAccountType: 'Premium_LRS' } }]
      }
    },
    startTask: {
      commandLine: '/bin/bash -c ./prepare',
      environmentSettings: [{ name: 'FARM', value: 'east' }],
      waitForSuccess: true,
      maxTaskRetryCount: 0
    },
    scaleSettings: { fixedScale: { targetDedicatedNodes: 4, targetLowPriorityNodes: 0, resizeTimeout: 'PT20M' } },
    metadata: [{ name: 'owner', value: 'lighting' }],
    taskSlotsPerNode: 4,
    provisioningState: 'Succeeded',
    allocationState: 'Steady',
    currentDedicatedNodes: 4,
    currentLowPriorityNodes: 0
  }
}
