/** Plans and outcomes for tests of reports: a release that succeeds, one that fails, one that is only planned. */
import type {
  BatchAccountId,
  GalleryImageId,
  GalleryImageVersionId,
  PoolId,
  SnapshotId
} from '../../src/model/arm-id.ts'
import { armId, childId } from '../../src/model/arm-id.ts'
import type { Node, Pool, ResizeError } from '../../src/model/observed.ts'
import type { Outcome, Standing, StepOutcome } from '../../src/model/outcome.ts'
import type { Deed, ResourceOutcome } from '../../src/model/resource-outcome.ts'
import type { Plan, PlannedImage, PlannedPool, Step } from '../../src/model/plan.ts'

const SUBSCRIPTION = '8e2f1c4a-5b7d-4f7e-9c11-3d5a6b7c8d9e'
const MINUTE_MS = 60_000
/** 2026-04-07T06:00:00Z */
export const STARTED_AT = Date.UTC(2026, 3, 7, 6)

export const galleryImageId: GalleryImageId = childId(
  armId(SUBSCRIPTION, 'images-rg', 'Microsoft.Compute/galleries', 'farm'),
  'images',
  'render-node'
)
export const versionId: GalleryImageVersionId = childId(galleryImageId, 'versions', '2026.407.1')
export const accountId: BatchAccountId = armId(SUBSCRIPTION, 'farm-rg', 'Microsoft.Batch/batchAccounts', 'farmeast')
export const poolId: PoolId = childId(accountId, 'pools', 'render')

export function snapshotId(name: string): SnapshotId {
  return armId(SUBSCRIPTION, 'images-rg', 'Microsoft.Compute/snapshots', name)
}

const roles = ['os', 'data0', 'data1']
const snapshotIds = roles.map(role => snapshotId(`render-node-2026.407.1-${role}`))

const image: PlannedImage = {
  kind: 'gallery',
  imageId: versionId,
  imageName: 'farm/render-node/2026.407.1',
  version: '2026.407.1',
  decision: 'create',
  reason: 'the source has changed since 2026.331.1',
  snapshotIds
}

const address = {
  poolId,
  accountEndpoint: 'farmeast.eastus.batch.azure.com',
  apiVersion: '2025-06-01'
} as const

const pool: PlannedPool = {
  ...address,
  decision: 'change',
  reason: 'the pool has another image; it has no nodes and no active work, so it can change in place',
  differences: [
    {
      path: 'deploymentConfiguration.virtualMachineConfiguration.imageReference.id',
      present: `${galleryImageId}/versions/2026.331.1`,
      wanted: versionId,
      needs: 'zero-nodes'
    },
    {
      path: 'startTask.commandLine',
      present: '/bin/sh -c "mount /dev/sdc | tee log"',
      wanted: '/opt/farm/start.sh',
      needs: 'patch'
    },
    {
      path: 'startTask.environmentSettings',
      present: undefined,
      wanted: [{ name: 'KEY', value: '${env:FARM_KEY}' }],
      needs: 'patch'
    }
  ],
  maxUnhealthy: { share: 0.05 }
}

const steps: Step[] = [
  ...roles.map((role, index): Step => ({
    id: `snapshot-${role}`,
    kind: 'create-snapshot',
    after: [],
    title: `snapshot the ${role === 'os' ? 'OS disk' : `data disk at LUN ${role.slice(4)}`} of golden-vm`,
    reason: 'no snapshot of this disk carries this run’s key',
    snapshotId: snapshotIds[index]!,
    body: { location: 'eastus' }
  })),
  {
    id: 'image-version',
    kind: 'create-image-version',
    after: ['snapshot-os', 'snapshot-data0', 'snapshot-data1'],
    title: 'make version 2026.407.1 of farm/render-node',
    reason: 'the definition has no version with this key; it stays hidden until the nodes are healthy',
    versionId,
    body: { location: 'eastus' },
    untilRegions: ['eastus']
  },
  {
    id: 'pool-image',
    kind: 'change-pool-image',
    after: ['image-version'],
    title: 'set the image of pool render',
    reason: 'the pool runs 2026.331.1; a changed image reaches only nodes that come after it',
    ...address,
    body: { properties: {} },
    carries: [],
    metadata: { set: [], remove: [] },
    expects: { scale: { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 0 } }
  },
  {
    id: 'scale-pool',
    kind: 'scale-pool',
    after: ['pool-image'],
    title: 'grow pool render to 48 dedicated and 12 low-priority nodes in waves of 20',
    reason: 'a first wave of 1 shows whether the image starts before the rest is paid for',
    ...address,
    goal: { dedicated: 48, lowPriority: 12 },
    canaryNodes: 1,
    waveSize: 20,
    resizeTimeoutMs: 20 * MINUTE_MS,
    nodeTimeoutMs: 30 * 60_000,
    repairAttempts: 1,
    resizeAttempts: 3,
    maxUnhealthy: { share: 0.05 },
    drain: 'task-completion',
    metadata: { set: [], remove: [] },
    drainTimeoutMs: 60 * MINUTE_MS
  },
  {
    id: 'finish-pool',
    kind: 'finish-pool',
    after: ['scale-pool'],
    title: 'take this run’s lease off pool render',
    reason: 'the metadata that was only for the way goes',
    ...address,
    body: { properties: {} },
    metadata: { set: [], remove: [] }
  },
  {
    id: 'promote-image',
    kind: 'update-image-version',
    after: ['scale-pool'],
    title: 'promote image version 2026.407.1',
    reason: 'the nodes are healthy',
    versionId,
    excludeFromLatest: false,
    tags: {}
  },
  ...roles.map((role, index): Step => ({
    id: `delete-${role}`,
    kind: 'delete-snapshot',
    after: ['promote-image'],
    title: `delete ${snapshotIds[index]!.split('/').at(-1)!}`,
    reason: 'it has served: the gallery holds the data now',
    snapshotId: snapshotIds[index]!
  }))
]

export function releasePlan(change: Partial<Plan> = {}): Plan {
  return {
    format: 2,
    command: 'release',
    dryRun: false,
    found: [
      { label: 'source VM', value: 'golden-vm in eastus: Linux, Gen2, x64, generalized, deallocated' },
      { label: 'disks', value: 'OS disk 64 GB Premium_LRS; 2 data disks: LUN 0 128 GB, LUN 1 256 GB' },
      { label: 'gallery image', value: 'farm/render-node: Linux, Generalized, V2; 3 versions, newest 2026.331.1' },
      { label: 'Batch account', value: 'farmeast in eastus, BatchService; 400 of 640 dedicated cores free' },
      { label: 'pool', value: 'render: steady at 0 nodes, Standard_D8s_v5, image 2026.331.1' }
    ],
    findings: [
      {
        rule: 'data-disks-not-mounted',
        severity: 'warning',
        message: 'the image has 2 data disks, and the start task of the pool mounts none',
        wayOut: 'mount them in the start task: Batch attaches data disks without formatting or mounting them',
        source: 'https://learn.microsoft.com/azure/batch/batch-custom-images'
      },
      {
        rule: 'resize-timeout-short',
        severity: 'note',
        message: 'resizeTimeout of 20 minutes for 60 nodes is enough by Microsoft’s figures',
        wayOut: 'nothing to do',
        source: 'https://learn.microsoft.com/azure/batch/batch-pool-vm-sizes'
      }
    ],
    image,
    pools: [pool],
    steps,
    undo: [],
    ...change
  }
}

/** The same plan with nothing performed. */
export const dryRunPlan = (): Plan => releasePlan({ dryRun: true })

export function node(number: number, change: Partial<Node> = {}): Node {
  const nodeId = `tvmps_${String(number).padStart(4, '0')}_d`
  return { nodeId, state: 'idle', isDedicated: true, errors: [], ...change }
}

const many = (count: number, change: (index: number) => Partial<Node>): Node[] =>
  Array.from({ length: count }, (_, index) => node(index + 1, change(index)))

export function poolSeen(change: Partial<Pool> = {}): Pool {
  return {
    poolId,
    etag: '"0x8DE1"',
    provisioningState: 'Succeeded',
    allocationState: 'Steady',
    allocationStateTransitionTime: '2026-04-07T06:40:00Z',
    vmSize: 'standard_d8s_v5',
    currentDedicatedNodes: 48,
    currentLowPriorityNodes: 12,
    scale: { kind: 'fixed', targetDedicatedNodes: 48, targetLowPriorityNodes: 12, resizeTimeout: 'PT20M' },
    imageId: versionId,
    metadata: [],
    body: {},
    ...change
  }
}

type Times = readonly [id: string, fromMs: number, toMs: number, note?: string]

function done([id, fromMs, toMs, note]: Times): StepOutcome {
  const ends = { startedAt: STARTED_AT + fromMs, endedAt: STARTED_AT + toMs }
  return { id, status: 'done', ...ends, ...(note === undefined ? {} : { note }) }
}

const imageTimes: Times[] = [
  ['snapshot-os', 4_000, 95_000, '64 GB'],
  ['snapshot-data0', 4_000, 131_000, '128 GB'],
  ['snapshot-data1', 4_000, 222_000, '256 GB'],
  ['image-version', 222_000, 674_000, 'replicated to eastus'],
  ['pool-image', 674_000, 675_200]
]

const imageStanding: Standing = {
  id: versionId,
  kind: 'Microsoft.Compute/galleries/images/versions',
  role: 'the image of this release',
  state: 'open-version',
  note: 'replicated to eastus'
}
const poolStanding: Standing = {
  id: poolId,
  kind: 'Microsoft.Batch/batchAccounts/pools',
  role: 'the pool',
  state: 'former-pool',
  note: '48 dedicated and 12 low-priority nodes'
}

export const resource = (id: string, ...deeds: Deed[]): ResourceOutcome => ({
  id,
  exists: deeds.at(-1) !== 'deleted',
  deeds
})

export function releaseOutcome(change: Partial<Outcome> = {}): Outcome {
  const times: Times[] = [
    ...imageTimes,
    ['scale-pool', 675_200, 2_280_000, '48 dedicated and 12 low-priority nodes in 4 waves'],
    ['finish-pool', 2_280_000, 2_281_000],
    ['promote-image', 2_280_000, 2_284_000, 'westus3 is still replicating (35 %)'],
    ['delete-os', 2_284_000, 2_290_000],
    ['delete-data0', 2_284_000, 2_290_000],
    ['delete-data1', 2_284_000, 2_290_000]
  ]
  const nodes = [
    ...many(48, index => ({ state: index < 40 ? 'idle' : 'running' })),
    ...many(12, index => ({ nodeId: `tvmps_${index}_p`, isDedicated: false, state: index < 10 ? 'idle' : 'preempted' }))
  ]
  return {
    ok: true,
    startedAt: STARTED_AT,
    endedAt: STARTED_AT + 2_291_000,
    steps: times.map(done),
    changed: true,
    pools: [{ poolId, poolName: 'render', pool: poolSeen(), nodes }],
    replication: {
      aggregatedState: 'InProgress',
      regions: [
        { region: 'eastus', state: 'Completed', progress: 100 },
        { region: 'westus3', state: 'Replicating', progress: 35 }
      ]
    },
    resources: [
      ...snapshotIds.map(id => resource(id, 'made', 'deleted')),
      resource(versionId, 'made', 'changed'),
      resource(poolId, 'changed')
    ],
    standing: [imageStanding, poolStanding],
    smokeTests: [],
    warnings: [],
    undone: [],
    ...change
  }
}

const shortOfCapacity: ResizeError = {
  code: 'AllocationTimedout',
  message: 'Desired number of dedicated nodes could not be allocated as the resize timeout was reached',
  details: [{ code: 'Reason', message: 'The region has no free Standard_D8s_v5' }]
}

/** Fails while the pool grows: the region gives 31 of 48 nodes, and 3 of them fail their start task. */
export function failedOutcome(change: Partial<Outcome> = {}): Outcome {
  const endedAt = STARTED_AT + 96 * MINUTE_MS
  const startTaskFailed = (index: number): Partial<Node> => ({
    state: index === 28 ? 'unusable' : 'starttaskfailed',
    startTask: { state: 'completed', exitCode: 127 },
    errors:
      index === 28
        ? []
        : [{ code: 'StartTaskFailed', message: 'the start task wrote "no such device: /dev/sdc"', details: [] }]
  })
  const nodes = many(31, index => (index < 28 ? { state: 'idle' } : startTaskFailed(index)))
  return {
    ok: false,
    startedAt: STARTED_AT,
    endedAt,
    steps: [
      ...imageTimes.map(done),
      {
        id: 'scale-pool',
        status: 'failed',
        startedAt: STARTED_AT + 675_200,
        endedAt,
        note: '31 of 48 dedicated nodes; AllocationTimedout after 3 attempts without progress'
      },
      ...['finish-pool', 'promote-image', 'delete-os', 'delete-data0', 'delete-data1'].map((id): StepOutcome => ({
        id,
        status: 'not-started'
      }))
    ],
    failure: {
      reason: 'allocation-failed',
      step: 'scale-pool',
      message: 'pool "render" has 31 of 48 dedicated nodes; AllocationTimedout after 3 attempts without progress',
      wayOut: 'wait for capacity and run again with the same inputs, or use another VM size or region',
      details: [
        'AllocationTimedout: desired number of dedicated nodes could not be allocated',
        'Reason: the region has no free Standard_D8s_v5'
      ]
    },
    changed: true,
    pools: [
      {
        poolId,
        poolName: 'render',
        pool: poolSeen({
          currentDedicatedNodes: 31,
          currentLowPriorityNodes: 0,
          resize: { targetDedicatedNodes: 48, targetLowPriorityNodes: 12, errors: [shortOfCapacity] }
        }),
        nodes
      }
    ],
    resources: [
      ...snapshotIds.map(id => resource(id, 'made')),
      resource(versionId, 'made'),
      resource(poolId, 'changed')
    ],
    standing: [
      { ...imageStanding, note: 'hidden (excludeFromLatest)' },
      { ...poolStanding, note: '31 dedicated nodes, which cost money' },
      ...snapshotIds.map(id => ({
        id,
        kind: 'Microsoft.Compute/snapshots',
        role: 'source of the image',
        state: 'open-snapshot' as const,
        note: 'kept until the image is proved'
      }))
    ],
    smokeTests: [],
    warnings: [],
    undone: [],
    ...change
  }
}

export function dryRunOutcome(change: Partial<Outcome> = {}): Outcome {
  return {
    ok: true,
    startedAt: STARTED_AT,
    endedAt: STARTED_AT + 6_400,
    steps: steps.map(({ id }): StepOutcome => ({ id, status: 'not-started' })),
    changed: false,
    resources: [],
    pools: [],
    standing: [],
    smokeTests: [],
    warnings: [],
    undone: [],
    ...change
  }
}

/** A release of a VM with 64 data disks and more: 130 snapshots made. */
export function manyStepsPlan(count = 130): Plan {
  const plan = releasePlan()
  const snapshots = Array.from({ length: count }, (_, index): Step => {
    const id = `snapshot-data${index}`
    return {
      id,
      kind: 'create-snapshot',
      after: [],
      title: `snapshot the data disk at LUN ${index} of golden-vm`,
      reason: 'no snapshot of this disk carries this run’s key',
      snapshotId: snapshotId(`render-node-2026.407.1-data${index}`),
      body: {}
    }
  })
  return { ...plan, steps: [...snapshots, ...plan.steps.filter(step => !step.kind.endsWith('-snapshot'))] }
}

export function manyStepsOutcome(count = 130): Outcome {
  const outcome = releaseOutcome()
  const snapshots = Array.from({ length: count }, (_, index) =>
    done([`snapshot-data${index}`, 4_000 + index * 10, 60_000 + index * 1_000])
  )
  const others = outcome.steps.filter(({ id }) => !/^(?:snapshot|delete)-/.test(id))
  return { ...outcome, steps: [...snapshots, ...others] }
}

const HOUR_MS = 60 * MINUTE_MS

/** The successful release, stretched: its waves take from the first hour to the 27th. */
export function longOutcome(): Outcome {
  const outcome = releaseOutcome()
  const steps = [...imageTimes.map(done), done(['scale-pool', 675_200, 27 * HOUR_MS])]
  return { ...outcome, steps, endedAt: STARTED_AT + 27 * HOUR_MS }
}
