/** Specs and observations for tests of the plan: a VM with two data disks, a gallery, an account, and pools at will. */
import { armId, childId, type SnapshotId } from '../../src/model/arm-id.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type {
  BatchAccount,
  GalleryImage,
  GalleryImageVersion,
  ManagedImage,
  Node,
  Observed,
  Pool,
  Snapshot,
  Source
} from '../../src/model/observed.ts'
import type { Plan, PoolAddress, Step, StepKind, Undo } from '../../src/model/plan.ts'
import type { ImageSpec, PublishTo, RolloutSpec, RunContext, RunSpec, Spec } from '../../src/model/spec.ts'
import { planRun } from '../../src/plan/plan-run.ts'
import type { Aged } from '../../src/model/node-state.ts'
import { imageKey, TAG, type RunState } from '../../src/rules/run-tags.ts'

const SUBSCRIPTION = '6f1b2c3d-0000-4000-8000-000000000001'
const GROUP = 'images'
/** 2026-11-23T09:00:00Z */
export const AT = Date.UTC(2026, 10, 23, 9)

export const VM = armId(SUBSCRIPTION, GROUP, 'Microsoft.Compute/virtualMachines', 'source')
export const DEFINITION = childId(armId(SUBSCRIPTION, GROUP, 'Microsoft.Compute/galleries', 'farm'), 'images', 'node')
export const MANAGED_IMAGE = armId(SUBSCRIPTION, GROUP, 'Microsoft.Compute/images', 'node')
export const ACCOUNT = armId(SUBSCRIPTION, 'batch', 'Microsoft.Batch/batchAccounts', 'farm')
export const POOL = childId(ACCOUNT, 'pools', 'render')
export const POOL_ADDRESS: PoolAddress = {
  poolId: POOL,
  accountEndpoint: 'farm.eastus2.batch.azure.com',
  apiVersion: '2025-06-01'
}

export const versionIdOf = (name: string): GalleryImageVersion['versionId'] => childId(DEFINITION, 'versions', name)
export const diskIdOf = (name: string) => armId(SUBSCRIPTION, GROUP, 'Microsoft.Compute/disks', name)
export const snapshotIdOf = (name: string): SnapshotId =>
  armId(SUBSCRIPTION, GROUP, 'Microsoft.Compute/snapshots', name)

export const CONTEXT: RunContext = {
  repository: 'pixel/farm',
  runId: '4711',
  runAttempt: 1,
  commit: 'c0ffee0',
  nonce: 'n-4711'
}
export const OTHER_RUN: RunContext = { ...CONTEXT, runId: '4000', runAttempt: 2, nonce: 'n-4000' }

export function toGallery(change: Partial<Extract<PublishTo, { kind: 'gallery' }>> = {}): PublishTo {
  return {
    kind: 'gallery',
    galleryImageId: DEFINITION,
    version: '1.0.0',
    targetRegions: [],
    replicationMode: 'Full',
    promote: 'when-proved',
    keepSnapshots: false,
    waitForRegions: 'pool',
    ...change
  }
}

export function imageSpec(change: Partial<ImageSpec> = {}): ImageSpec {
  return {
    source: { input: 'source-vm', id: VM },
    dataDisks: 'all',
    stopVm: false,
    generalized: true,
    publishTo: toGallery(),
    ...change
  }
}

/** 20 dedicated nodes in waves of 10. */
export function rolloutSpec({
  pool,
  ...change
}: Omit<Partial<RolloutSpec>, 'pool'> & { pool?: JsonObject } = {}): RolloutSpec {
  const { identity, tags, ...properties } = pool ?? {}
  return {
    batchAccountId: ACCOUNT,
    poolName: 'render',
    poolFrom: 'pool-spec',
    pool: {
      properties: {
        vmSize: 'Standard_D4s_v5',
        startTask: { commandLine: 'mount -a' },
        scaleSettings: { fixedScale: { targetDedicatedNodes: 20 } },
        ...properties
      },
      ...(identity === undefined ? {} : { identity: identity as JsonObject }),
      ...(tags === undefined ? {} : { tags: tags as JsonObject })
    },
    prove: 'canary',
    onFailure: 'keep',
    imageChange: 'auto',
    canaryNodes: 1,
    waveSize: 10,
    nodeTimeoutMs: 1_800_000,
    repairAttempts: 1,
    resizeAttempts: 3,
    maxUnhealthy: { share: 0.05 },
    bakeMs: 0,
    refreshNodes: 'none',
    drain: 'task-completion',
    drainTimeoutMs: 3_600_000,
    allowRetired: false,
    force: false,
    ...change
  }
}

/** A pool that exists, taken as it is. */
export function asItIs(change: Omit<Partial<RolloutSpec>, 'pool'> = {}): RolloutSpec {
  return { ...rolloutSpec(change), poolFrom: 'pool', pool: { properties: {} } }
}

const COMMON = {
  dryRun: false,
  signIn: { kind: 'default' },
  cloud: { kind: 'named', name: 'AzureCloud' },
  deadlineMs: 18_000_000,
  pollIntervalMs: 30_000,
  tags: {}
} as const

export function releaseSpec(image: Partial<ImageSpec> = {}, rollout: RolloutSpec = rolloutSpec()): Spec {
  return { ...COMMON, command: 'release', image: imageSpec(image), rollout }
}

export function imageOnlySpec(image: Partial<ImageSpec> = {}): Spec {
  return { ...COMMON, command: 'image', image: imageSpec(image) }
}

/** Rolls out version 1.0.0. */
export function rolloutOnlySpec(rollout: RolloutSpec = rolloutSpec()): Spec {
  return { ...COMMON, command: 'rollout', rollout: { ...rollout, imageId: rollout.imageId ?? versionIdOf('1.0.0') } }
}

export function source(change: Partial<Source> = {}): Source {
  const disk = (name: string, sizeGB: number) => ({
    diskId: diskIdOf(name),
    name,
    caching: 'ReadOnly' as const,
    disk: { diskId: diskIdOf(name), location: 'eastus2', sizeGB, azureDiskEncryption: false }
  })
  const os = disk('source-os', 30)
  return {
    input: 'source-vm',
    id: VM,
    location: 'eastus2',
    tags: {},
    osType: 'Linux',
    generalized: false,
    powerState: 'deallocated',
    imageReference: { publisher: 'Canonical', offer: 'jammy', sku: '22_04-lts-gen2' },
    extensions: [],
    osDisk: {
      ...os,
      caching: 'ReadWrite',
      disk: { ...os.disk, hyperVGeneration: 'V2', architecture: 'x64' }
    },
    dataDisks: [
      { ...disk('source-assets', 256), lun: 0 },
      { ...disk('source-cache', 64), lun: 1 }
    ],
    ...change
  }
}

export function account(change: Partial<BatchAccount> = {}): BatchAccount {
  return {
    accountId: ACCOUNT,
    location: 'eastus2',
    accountEndpoint: POOL_ADDRESS.accountEndpoint,
    poolAllocationMode: 'BatchService',
    network: { publicAccess: 'Enabled', privateEndpoints: [] },
    dedicatedCoreQuota: 1_000,
    lowPriorityCoreQuota: 1_000,
    dedicatedCoreQuotaPerVMFamilyEnforced: false,
    ...change
  }
}

export function galleryImage(change: Partial<GalleryImage> = {}): GalleryImage {
  return {
    galleryImageId: DEFINITION,
    location: 'eastus2',
    osType: 'Linux',
    osState: 'Generalized',
    hyperVGeneration: 'V2',
    architecture: 'x64',
    features: { SecurityType: 'Standard' },
    identifier: { publisher: 'p', offer: 'o', sku: 's' },
    ...change
  }
}

/** The tags of something that `run` made for `image`. */
export function tagsOf(state: RunState, image: ImageSpec = imageSpec(), run: RunContext = OTHER_RUN) {
  return {
    [TAG.key]: imageKey(image),
    [TAG.state]: state,
    [TAG.source]: image.source.id,
    [TAG.repository]: run.repository,
    [TAG.run]: run.runId,
    [TAG.attempt]: String(run.runAttempt)
  }
}

export function version(name: string, change: Partial<GalleryImageVersion> = {}): GalleryImageVersion {
  return {
    versionId: versionIdOf(name),
    location: 'eastus2',
    tags: {},
    provisioningState: 'Succeeded',
    excludeFromLatest: true,
    targetRegions: [{ region: 'eastus2', replicas: 1 }],
    body: {},
    ...change
  }
}

export function snapshot(name: string, change: Partial<Snapshot> = {}): Snapshot {
  return {
    snapshotId: snapshotIdOf(name),
    location: 'eastus2',
    tags: {},
    provisioningState: 'Succeeded',
    ...change
  }
}

export function managedImage(change: Partial<ManagedImage> = {}): ManagedImage {
  return {
    imageId: MANAGED_IMAGE,
    location: 'eastus2',
    tags: {},
    provisioningState: 'Succeeded',
    dataLuns: [],
    snapshotIds: [],
    ...change
  }
}

/** A steady pool of the spec of `rolloutSpec()` with version 1.0.0 and all of its 20 nodes. */
export function pool(
  change: Partial<Pool> & { properties?: JsonObject; identity?: JsonObject; tags?: JsonObject } = {}
): Pool {
  const { properties, identity, tags, ...rest } = change
  return {
    poolId: POOL,
    etag: 'W/"1"',
    provisioningState: 'Succeeded',
    allocationState: 'Steady',
    vmSize: 'STANDARD_D4S_V5',
    currentDedicatedNodes: 20,
    currentLowPriorityNodes: 0,
    scale: { kind: 'fixed', targetDedicatedNodes: 20, targetLowPriorityNodes: 0 },
    imageId: versionIdOf('1.0.0'),
    metadata: [],
    ...rest,
    body: {
      ...(identity === undefined ? {} : { identity }),
      ...(tags === undefined ? {} : { tags }),
      properties: {
        vmSize: 'STANDARD_D4S_V5',
        startTask: { commandLine: 'mount -a', maxTaskRetryCount: 0 },
        deploymentConfiguration: {
          virtualMachineConfiguration: {
            imageReference: { id: rest.imageId ?? versionIdOf('1.0.0') },
            nodeAgentSkuId: 'batch.node.ubuntu 22.04'
          }
        },
        ...properties
      }
    }
  }
}

export const AGENT = 'batch.node.ubuntu 22.04'

/** Everything is there but a version and the pool. */
export function observed(change: Partial<Observed> = {}): Observed {
  return {
    at: AT,
    source: source(),
    snapshots: [],
    gallery: { exists: true, location: 'eastus2' },
    galleryImage: galleryImage(),
    versions: [],
    account: account(),
    nodes: [],
    otherPools: [],
    supportedImages: [
      {
        nodeAgentSkuId: AGENT,
        publisher: 'canonical',
        offer: 'jammy',
        sku: '22_04-lts-gen2',
        version: 'latest',
        osType: 'linux',
        verified: true
      }
    ],
    vmSizes: [{ name: 'Standard_D4s_v5', familyName: 'standardDSv5Family', vCpus: 4 }],
    ...change
  }
}

/** What a `rollout` of version 1.0.0 sees. */
export function rolloutObserved(change: Partial<Observed> = {}): Observed {
  const { source: _source, galleryImage: _image, gallery: _gallery, ...rest } = observed()
  const given = version('1.0.0', { tags: { [TAG.baseImage]: 'Canonical:jammy:22_04-lts-gen2' } })
  return { ...rest, rolloutVersion: given, rolloutDefinition: galleryImage(), ...change }
}

export const nodes = (...states: string[]): Node[] =>
  states.map((state, index) => ({ nodeId: `tvm-${index}`, state, isDedicated: true, errors: [] }))

/** Nodes that have been in these states for `ms`. */
export const aged = (states: readonly string[], ms = 0): Aged[] => nodes(...states).map(node => ({ node, ms }))

/** A run of one pool, or of none. */
export function runOf({ rollout, ...spec }: Spec): RunSpec {
  return { ...spec, rollouts: rollout === undefined ? [] : [rollout], maxParallel: 1 } as RunSpec
}

export const planOne = (spec: Spec, seen: Observed, context: RunContext): Plan => planRun(runOf(spec), [seen], context)

/** The plan, and that no check stands in its way. */
export function planOf(spec: Spec, seen: Observed, context: RunContext = CONTEXT): Plan {
  const plan = planOne(spec, seen, context)
  const errors = plan.findings.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ rule, message }) => `${rule}: ${message}`).join('\n'))
  return plan
}

/** `id < after, after`, one a step. */
export const outline = ({ steps }: Pick<Plan, 'steps'>): string[] =>
  steps.map(({ id, after }) => (after.length === 0 ? id : `${id} < ${after.join(', ')}`))

/** The one undoing by a step of a kind. */
export function undoOf<K extends StepKind>(
  { undo }: Pick<Plan, 'undo'>,
  kind: K
): Undo & { step: Extract<Step, { kind: K }> } {
  const found = undo.filter(({ step }) => step.kind === kind)
  if (found.length !== 1) throw new Error(`${found.length} undoings of kind ${kind}`)
  return found[0] as Undo & { step: Extract<Step, { kind: K }> }
}

/** The one step of a kind. */
export function stepOf<K extends StepKind>(plan: Pick<Plan, 'steps'>, kind: K): Extract<Step, { kind: K }> {
  const found = plan.steps.filter(step => step.kind === kind) as Extract<Step, { kind: K }>[]
  if (found.length !== 1) throw new Error(`${found.length} steps of kind ${kind}: ${outline(plan).join('; ')}`)
  return found[0]!
}
