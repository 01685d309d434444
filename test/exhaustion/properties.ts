/** How a world stands when all is done: the properties in which the ends of two lives are compared, one a line. */
import type { Emulator } from '../../emulator/index.ts'

// The emulated Azure's JSON, as its GETs show it.
/* eslint-disable @typescript-eslint/no-explicit-any */
type Loose = any

/** Times, ETags, and which attempt it was are left out; everything made shows, so nothing is there twice. */
export function propertiesOf(state: ReturnType<Emulator['state']>): string[] {
  return state.flatMap(resource => {
    const { type, name, tags = {}, properties }: Loose = resource
    const listed = LISTED[String(type)]?.(properties, tags)
    return listed === undefined
      ? []
      : Object.entries(listed).map(([key, value]) => `${name} ${key}: ${JSON.stringify(value)}`)
  })
}

const LISTED: Record<string, (properties: Loose, tags: Loose) => Record<string, unknown>> = {
  'Microsoft.Compute/snapshots': ({ provisioningState, creationData }) => ({
    snapshot: provisioningState,
    of: creationData.sourceResourceId
  }),
  'Microsoft.Compute/images': ({ provisioningState, storageProfile }, tags) => ({
    image: provisioningState,
    disks: [storageProfile.osDisk.snapshot, storageProfile.dataDisks],
    state: tags['batch-image-rollout-state']
  }),
  'Microsoft.Compute/galleries/images': ({ provisioningState, osState }) => ({
    definition: provisioningState,
    osState
  }),
  'Microsoft.Compute/galleries/images/versions': ({ provisioningState, publishingProfile, storageProfile }, tags) => ({
    version: provisioningState,
    regions: publishingProfile.targetRegions.map((region: Loose) => [region.name, region.regionalReplicaCount]),
    hidden: publishingProfile.excludeFromLatest,
    disks: [
      storageProfile.osDiskImage?.source,
      storageProfile.dataDiskImages?.map((disk: Loose) => [disk.lun, disk.source])
    ],
    state: tags['batch-image-rollout-state']
  }),
  'Microsoft.Batch/batchAccounts/pools': pool => ({
    pool: [pool.provisioningState, pool.allocationState],
    image: pool.deploymentConfiguration.virtualMachineConfiguration.imageReference,
    nodes: [pool.currentDedicatedNodes, pool.currentLowPriorityNodes],
    targets: [
      pool.scaleSettings.fixedScale?.targetDedicatedNodes,
      pool.scaleSettings.fixedScale?.targetLowPriorityNodes,
      pool.scaleSettings.autoScale?.formula
    ],
    startTask: pool.startTask?.commandLine,
    metadata: (pool.metadata ?? []).map((item: Loose) => item.name)
  })
}
