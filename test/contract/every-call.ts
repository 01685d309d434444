/** Calls that reach every operation of Compute and Batch, as tables. */
import type { Json } from '../../emulator/kernel/types.ts'
import * as c from '../emulator/caller.ts'

const BATCH = `${c.SUBSCRIPTION}/resourceGroups/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm`
const LOCATION = `${c.SUBSCRIPTION}/providers/Microsoft.Batch/locations/eastus2`
const VM = `${c.COMPUTE}/virtualMachines/render-source`
const IMAGE_BODY = {
  location: 'eastus2',
  properties: {
    hyperVGeneration: 'V2',
    storageProfile: {
      osDisk: { osType: 'Linux', osState: 'Generalized', snapshot: { id: `${c.COMPUTE}/snapshots/os` } }
    }
  }
}
const POOL_BODY = {
  properties: {
    vmSize: 'Standard_D2s_v5',
    deploymentConfiguration: {
      virtualMachineConfiguration: {
        imageReference: { id: c.VERSION },
        nodeAgentSkuId: 'batch.node.ubuntu 22.04'
      }
    },
    scaleSettings: { fixedScale: { targetDedicatedNodes: 2, resizeTimeout: 'PT15M' } },
    startTask: { commandLine: 'true', waitForSuccess: true },
    metadata: [{ name: 'a', value: 'b' }]
  }
}
const SERVICE_POOL_BODY = {
  id: 'by-service',
  vmSize: 'standard_d2s_v5',
  virtualMachineConfiguration: {
    imageReference: { virtualMachineImageId: c.VERSION },
    nodeAgentSKUId: 'batch.node.ubuntu 22.04'
  },
  targetDedicatedNodes: 1,
  startTask: { commandLine: 'true' }
}
/** All that a reset may leave out is there, and empty. */
const RESET = { certificateReferences: [], applicationPackageReferences: [], metadata: [] }
const AUTOSCALE = { properties: { scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes=1' } } } }

/** `{node}` in a path or body is a node of the pool. `waitMs` passes after the call. */
export type Row = [method: string, path: string, body?: Json | undefined, waitMs?: number]

/** In an order in which each finds what it needs. */
export const COMPUTE_CALLS: Row[] = [
  ['GET', `${VM}?$expand=instanceView&api-version=${c.IMAGES}`],
  ['GET', `${VM}?api-version=${c.IMAGES}`],
  ['GET', `${VM}/instanceView?api-version=${c.IMAGES}`],
  ['GET', `${VM}/extensions?api-version=${c.IMAGES}`],
  ['PATCH', `${VM}?api-version=${c.IMAGES}`, { tags: { a: 'b' } }, 60_000],
  ['POST', `${VM}/powerOff?api-version=${c.IMAGES}`, undefined, 60_000],
  ['POST', `${VM}/start?api-version=${c.IMAGES}`, undefined, 60_000],
  ['POST', `${VM}/deallocate?api-version=${c.IMAGES}`, undefined, 60_000],
  ['GET', `${VM}?$expand=instanceView&api-version=${c.IMAGES}`],
  ['POST', `${VM}/generalize?api-version=${c.IMAGES}`],
  ['GET', `${c.OS_DISK}?api-version=${c.DISKS}`],
  ['GET', `${c.COMPUTE}/disks?api-version=${c.DISKS}`],
  ['PUT', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`, c.snapshotBody(), 5_000],
  ['GET', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`],
  ['PATCH', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`, { tags: { a: 'b' } }, 5_000],
  ['GET', `${c.COMPUTE}/snapshots?api-version=${c.DISKS}`],
  ['PUT', `${c.COMPUTE}/snapshots/gone?api-version=${c.DISKS}`, c.snapshotBody(), 5_000],
  ['DELETE', `${c.COMPUTE}/snapshots/gone?api-version=${c.DISKS}`, undefined, 60_000],
  ['DELETE', `${c.COMPUTE}/snapshots/gone?api-version=${c.DISKS}`],
  ['GET', `${c.COMPUTE}/snapshots/gone?api-version=${c.DISKS}`],
  ['PUT', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`, IMAGE_BODY, 10_000],
  ['PUT', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`, IMAGE_BODY, 10_000],
  ['GET', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`],
  ['GET', `${c.COMPUTE}/images?api-version=${c.IMAGES}`],
  ['DELETE', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`, undefined, 10_000],
  ['DELETE', `${c.COMPUTE}/images/i?api-version=${c.IMAGES}`],
  ['PUT', `${c.COMPUTE}/galleries/farm?api-version=${c.GALLERIES}`, { location: 'eastus2' }],
  ['PUT', `${c.COMPUTE}/galleries/new?api-version=${c.GALLERIES}`, { location: 'eastus2' }],
  ['GET', `${c.COMPUTE}/galleries/farm?api-version=${c.GALLERIES}`],
  ['GET', `${c.COMPUTE}/galleries?api-version=${c.GALLERIES}`],
  ['PUT', `${c.DEFINITION}?api-version=${c.GALLERIES}`, c.definitionBody(), 1_000],
  ['PUT', `${c.DEFINITION}?api-version=${c.GALLERIES}`, c.definitionBody(), 1_000],
  ['GET', `${c.DEFINITION}?api-version=${c.GALLERIES}`],
  ['GET', `${c.COMPUTE}/galleries/farm/images?api-version=${c.GALLERIES}`],
  ['PUT', `${c.VERSION}?api-version=${c.GALLERIES}`, c.versionBody([{ name: 'eastus2' }]), 900_000],
  ['GET', `${c.VERSION}?$expand=ReplicationStatus&api-version=${c.GALLERIES}`],
  ['PATCH', `${c.VERSION}?api-version=${c.GALLERIES}`, { tags: { a: 'b' } }, 60_000],
  ['GET', `${c.DEFINITION}/versions?api-version=${c.GALLERIES}`],
  ['PUT', `${c.DEFINITION}/versions/2.0.0?api-version=${c.GALLERIES}`, c.versionBody([{ name: 'eastus2' }]), 900_000],
  ['DELETE', `${c.DEFINITION}/versions/2.0.0?api-version=${c.GALLERIES}`, undefined, 900_000],
  [
    'PUT',
    `${c.DEFINITION}-2?api-version=${c.GALLERIES}`,
    c.definitionBody({ identifier: { publisher: 'a', offer: 'b', sku: 'c' } }),
    1_000
  ],
  ['DELETE', `${c.DEFINITION}-2?api-version=${c.GALLERIES}`, undefined, 1_000]
]

/** Batch over Resource Manager. */
export const managerCalls = (version: string): Row[] => [
  ['GET', `${BATCH}?api-version=${version}`],
  ['GET', `${c.SUBSCRIPTION}/providers/Microsoft.Batch/batchAccounts?api-version=${version}`],
  [
    'GET',
    `${c.SUBSCRIPTION}/resourceGroups/render-batch/providers/Microsoft.Batch/batchAccounts?api-version=${version}`
  ],
  ['GET', `${BATCH}/applications/blender?api-version=${version}`],
  ['GET', `${BATCH}/applications/blender/versions/4.2?api-version=${version}`],
  ['GET', `${BATCH}/applications/none?api-version=${version}`],
  ['GET', `${LOCATION}/quotas?api-version=${version}`],
  ...(version === '2019-08-01' ? [] : [['GET', `${LOCATION}/virtualMachineSkus?api-version=${version}`] satisfies Row]),
  ['PUT', `${BATCH}/pools/by-hand?api-version=${version}`, POOL_BODY],
  ['GET', `${BATCH}/pools/by-hand?api-version=${version}`],
  ['POST', `${BATCH}/pools/by-hand/stopResize?api-version=${version}`, undefined, 60_000],
  ['GET', `${BATCH}/pools/by-hand?api-version=${version}`],
  ['PATCH', `${BATCH}/pools/by-hand?api-version=${version}`, AUTOSCALE, 60_000],
  ['GET', `${BATCH}/pools?api-version=${version}`],
  ['POST', `${BATCH}/pools/by-hand/disableAutoScale?api-version=${version}`, undefined, 60_000],
  ['POST', `${BATCH}/pools/none/disableAutoScale?api-version=${version}`],
  ['DELETE', `${BATCH}/pools/by-hand?api-version=${version}`, undefined, 60_000],
  ['DELETE', `${BATCH}/pools/by-hand?api-version=${version}`]
]

/** The Batch service. */
export const serviceCalls = (version: string): Row[] => [
  ['GET', `/supportedimages?api-version=${version}`],
  ['POST', `/pools?api-version=${version}`, SERVICE_POOL_BODY, 300_000],
  ['HEAD', `/pools/by-service?api-version=${version}`],
  ['GET', `/pools/by-service?api-version=${version}`],
  ['GET', `/pools?api-version=${version}`],
  ['GET', `/pools/by-service/nodes?api-version=${version}`],
  ['GET', `/pools/by-service/nodes/{node}?api-version=${version}`],
  ['GET', `/pools/by-service/nodes/{node}/files?recursive=true&api-version=${version}`],
  ['HEAD', `/pools/by-service/nodes/{node}/files/startup%2Fstdout.txt?api-version=${version}`],
  ['GET', `/pools/by-service/nodes/{node}/files/startup%2Fstdout.txt?api-version=${version}`],
  ['GET', `/nodecounts?api-version=${version}`],
  ['GET', `/jobs?api-version=${version}`],
  ['GET', `/jobs/work-on-by-service?api-version=${version}`],
  ['GET', `/jobs/work-on-by-service/taskcounts?api-version=${version}`],
  ['GET', `/jobs/work-on-by-service/tasks?api-version=${version}`],
  ['GET', `/jobschedules?api-version=${version}`],
  ['GET', `/jobschedules/nightly?api-version=${version}`],
  ['GET', `/jobschedules/nightly/jobs?api-version=${version}`],
  ['PATCH', `/pools/by-service?api-version=${version}`, { metadata: [{ name: 'a', value: 'b' }] }],
  ['POST', `/pools/by-service/resize?api-version=${version}`, { targetDedicatedNodes: 2 }],
  ['POST', `/pools/by-service/stopresize?api-version=${version}`, undefined, 300_000],
  ['POST', `/pools/by-service/nodes/{node}/reboot?api-version=${version}`, { nodeRebootOption: 'terminate' }, 120_000],
  [
    'POST',
    `/pools/by-service/nodes/{node}/reimage?api-version=${version}`,
    { nodeReimageOption: 'terminate' },
    600_000
  ],
  ['POST', `/pools/by-service/removenodes?api-version=${version}`, { nodeList: ['{node}'] }, 300_000],
  [
    'POST',
    `/pools/by-service/enableautoscale?api-version=${version}`,
    { autoScaleFormula: '$TargetDedicatedNodes=1' },
    60_000
  ],
  [
    'POST',
    `/pools/by-service/evaluateautoscale?api-version=${version}`,
    { autoScaleFormula: '$TargetDedicatedNodes=1' }
  ],
  ['POST', `/pools/by-service/disableautoscale?api-version=${version}`, undefined, 60_000],
  ['POST', `/pools/by-service/updateproperties?api-version=${version}`, RESET],
  ['POST', `/jobs?api-version=${version}`, { id: 'by-hand', poolInfo: { poolId: 'by-service' } }],
  ['PATCH', `/jobs/by-hand?api-version=${version}`, { priority: 10 }],
  ['POST', `/jobs/by-hand/tasks?api-version=${version}`, { id: 'one', commandLine: 'true' }],
  [
    'POST',
    `/jobs/by-hand/addtaskcollection?api-version=${version}`,
    {
      value: [
        { id: 'two', commandLine: 'true' },
        { id: 'three', commandLine: 'true' }
      ]
    },
    3_000
  ],
  ['GET', `/jobs/by-hand/tasks?api-version=${version}`],
  ['GET', `/pools/by-service/nodes?api-version=${version}`, undefined, 5_000],
  ['GET', `/jobs/by-hand/tasks/one?api-version=${version}`],
  ['GET', `/jobs/by-hand/tasks/one/files?recursive=true&api-version=${version}`],
  ['HEAD', `/jobs/by-hand/tasks/one/files/stdout.txt?api-version=${version}`],
  ['GET', `/jobs/by-hand/tasks/one/files/stdout.txt?api-version=${version}`],
  ['GET', `/pools/by-service/nodes?api-version=${version}`],
  ['POST', `/jobs/by-hand/tasks/three/terminate?api-version=${version}`],
  ['DELETE', `/jobs/by-hand/tasks/two?api-version=${version}`],
  ['GET', `/jobs/by-hand/tasks?api-version=${version}`],
  ['POST', `/jobs/by-hand/disable?api-version=${version}`, { disableTasks: 'requeue' }, 60_000],
  ['POST', `/jobs/by-hand/enable?api-version=${version}`, undefined, 60_000],
  ['POST', `/jobs/by-hand/terminate?api-version=${version}`, undefined, 60_000],
  ['DELETE', `/jobs/by-hand?api-version=${version}`, undefined, 60_000],
  ['GET', `/pools/none?api-version=${version}`],
  ['DELETE', `/pools/by-service?api-version=${version}`, undefined, 60_000]
]
