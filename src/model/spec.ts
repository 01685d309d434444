/** What the inputs ask for, after parsing: everything checked that can be checked without a call to Azure. */
import type { BatchAccountId, GalleryImageId, GalleryImageVersionId, ImageId, VmId } from './arm-id.ts'
import type { JsonObject } from './json.ts'

export type CommandName = 'release' | 'image' | 'rollout'

/** All that a run is asked for. */
export type RunSpec = SpecCommon & {
  command: CommandName
  image?: ImageSpec
  /** One for each pool, in the order in which they are named; none for `image`. */
  rollouts: RolloutSpec[]
  /** Pools that are worked on at once. */
  maxParallel: number
}

/** What a run is asked for, seen from one of its pools. */
export type Spec = SpecCommon &
  (
    | { command: 'release'; image: ImageSpec; rollout: RolloutSpec }
    | { command: 'image'; image: ImageSpec; rollout?: undefined }
    | { command: 'rollout'; image?: undefined; rollout: RolloutSpec & GivenImage }
  )

export type SpecCommon = {
  dryRun: boolean
  signIn: SignIn
  cloud: CloudChoice
  /** For the whole run, in milliseconds from its start. */
  deadlineMs: number
  /** Longest wait between two looks at Azure, in milliseconds. */
  pollIntervalMs: number
  /** The user's own tags for whatever the action makes. */
  tags: Record<string, string>
}

export type SignIn =
  | { kind: 'github-oidc'; clientId: string; tenantId: string; subscriptionId?: string; audience: string }
  | { kind: 'default'; tenantId?: string; subscriptionId?: string }

export type NamedCloud = 'AzureCloud' | 'AzureUSGovernment' | 'AzureChinaCloud'
export type CloudChoice = { kind: 'named'; name: NamedCloud } | { kind: 'resource-manager'; url: string }

export type ImageSpec = {
  source: SourceSpec
  dataDisks: 'all' | 'none' | number[]
  /** Whether a running VM is deallocated for the snapshots, and started again. */
  stopVm: boolean
  /** The user vouches that the guest was generalized (`generalize: done`). */
  generalized: boolean
  publishTo: PublishTo
  /** Where snapshots go; the source VM's resource group when absent. */
  workResourceGroup?: string
}

/** What an image is made from, by the input that names it. `id`: where its snapshots’ group and subscription are taken from. */
export type SourceSpec = { input: 'source-vm'; id: VmId }

export type SourceInput = SourceSpec['input']

export type PublishTo =
  | {
      kind: 'gallery'
      galleryImageId: GalleryImageId
      /** `auto`, or Major.Minor.Patch. */
      version: 'auto' | (string & {})
      /** Empty: the source's and the account's region. Regions in short form (`eastus2`). */
      targetRegions: TargetRegion[]
      replicationMode: 'Full' | 'Shallow'
      promote: 'when-proved' | 'now' | 'never'
      keepSnapshots: boolean
      /** `pool`: the run ends when the region of its pool has the version; `all`: when every region has. */
      waitForRegions: 'pool' | 'all'
    }
  | { kind: 'managed'; imageId: ImageId }

/** `replicas` undefined: one for each 300 nodes of the pool begun. */
export type TargetRegion = { region: string; replicas?: number }

export type RolloutImageId = GalleryImageVersionId | ImageId

/** What `rollout` is given: an image, or a definition whose newest proved version it takes. Both only where they must agree. */
type GivenImage = { imageId: RolloutImageId } | { latestProvedOf: GalleryImageId }

export type PoolInput = 'pool' | 'pool-spec' | 'pool-spec-inline'

/** What may be done to a pool that is there for another image. */
export const IMAGE_CHANGES = ['auto', 'in-place', 'refuse'] as const

/** Where a change proves itself before a pool that has nodes is touched. `auto`: on a temporary pool, where there is room. */
export const PROVES = ['auto', 'temporary-pool', 'canary', 'none'] as const

/** What becomes of a pool whose nodes fail with the image that a change gave it. `auto`: a rollback, where there is a way back. */
export const ON_FAILURES = ['auto', 'rollback', 'keep'] as const

/** Where a run may end before its pool is changed. */
export const STOPS = ['proof'] as const
/** How nodes that are there take another start task: when they restart by themselves, or by a call of Batch’s that this run makes. */
export const REFRESHES = ['none', 'reboot', 'reimage'] as const

export type RolloutSpec = {
  batchAccountId: BatchAccountId
  poolName: string
  /** The input that says which pool, and what it shall be: `pool` is one that exists, taken as it is. */
  poolFrom: PoolInput
  /**
   * The pool as ARM shows it (`properties`, `identity`, `tags`), as the user wrote it: no image reference for `release`, and
   * `${env:NAME}` still in place of each secret. Empty for a pool that is taken as it is.
   */
  pool: PoolBody
  /** Names of what the pool spec has and `pool` hasn't, as only Batch sets it. */
  leftAside?: string[]
  /** The image to roll out, for `rollout`; what `image-id` or the spec pins. Which one it is: `givenImageId` (`plan/situation.ts`). */
  imageId?: RolloutImageId
  /** The definition of which `image-id` asks for the newest version that nodes have proved; `imageId` is the spec’s own pin then. */
  latestProvedOf?: GalleryImageId
  /** The input that names it. */
  imageFrom?: 'image-id' | Exclude<PoolInput, 'pool'>
  imageChange: (typeof IMAGE_CHANGES)[number]
  prove: (typeof PROVES)[number]
  onFailure: (typeof ON_FAILURES)[number]
  /** Undefined: the run goes to its end. */
  stopAfter?: (typeof STOPS)[number]
  canaryNodes: number
  /** What must exit 0 on each node that proves the image. */
  smokeTest?: SmokeTest
  waveSize: number | 'all'
  /** Undefined: the spec's own, else by the number of nodes (`plan/pool/resize-timeout.ts`). */
  resizeTimeoutMs?: number
  /** How long a node may stay in one state on its way to ready (`rules/node-health.ts`). */
  nodeTimeoutMs: number
  /** Second chances of nodes that failed, in each wave. */
  repairAttempts: number
  /** Attempts without progress that end the run. */
  resizeAttempts: number
  maxUnhealthy: MaxUnhealthy
  /** How long the nodes must stay healthy after the last wave, in ms; 0: not at all. */
  bakeMs: number
  refreshNodes: (typeof REFRESHES)[number]
  drain: Drain
  drainTimeoutMs: number
  allowRetired: boolean
  /** A version that failed before is rolled out all the same. */
  force: boolean
}

/**
 * `task`: as the Batch service takes one, without what the action sets itself (id, node, slots, limits); `${env:NAME}` still in place of each
 * secret. `timeoutMs`: how long it may run on a node, from its start.
 */
export type SmokeTest = { task: JsonObject & { commandLine: string }; timeoutMs: number }

export type PoolBody = { properties: JsonObject; identity?: JsonObject; tags?: JsonObject }

export type Drain = 'task-completion' | 'requeue' | 'terminate'

/** `share` is from 0 to 1. */
export type MaxUnhealthy = { nodes: number } | { share: number }

/** Where this run comes from: GitHub's own words for it, for tags and links. */
export type RunContext = {
  repository: string
  runId: string
  /** 1-based. */
  runAttempt: number
  commit: string
  /** Undefined outside GitHub. */
  runUrl?: string
  /** Of this process: jobs of one run have the same run id, and must not work on one pool side by side. */
  nonce: string
}

/** One for each pool; where there is none, the one of the image. The parser has seen to it that each has what its command needs. */
export function specsOf({ rollouts, maxParallel: _most, ...run }: RunSpec): Spec[] {
  if (rollouts.length === 0) return [run as Spec]
  return rollouts.map(rollout => ({ ...run, rollout }) as Spec)
}
