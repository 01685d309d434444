/**
 * What a run will do, as plain data: every ARM id and request body is already in it, so that it can be printed, compared
 * and performed without looking anything up. The exceptions are the closed loops (`scale-pool`, `drain-pool`), which hold
 * the goal and the limits: how many nodes a region gives is known only as it gives them.
 */
import type { GalleryImageId, GalleryImageVersionId, ImageId, JobId, PoolId, SnapshotId, VmId } from './arm-id.ts'
import type { Json, JsonObject } from './json.ts'
import type { Scale } from './observed.ts'
import type { CommandName, Drain, MaxUnhealthy, RolloutSpec } from './spec.ts'

export type Plan = {
  format: 2
  command: CommandName
  dryRun: boolean
  /** The run ends there, and leaves the pool in use as it is. Absent: it goes to its end. */
  stopAfter?: NonNullable<RolloutSpec['stopAfter']>
  /** What the plan rests on, for people: label and value, in the order of the chain. */
  found: Fact[]
  findings: Finding[]
  image?: PlannedImage
  /** Those that the run is about, in the order in which it comes to them. */
  pools: PlannedPool[]
  /** Empty when a finding is an error. Listed in an order that `after` allows. */
  steps: Step[]
  /** What the run owes while it is half-way: how it is undone if it ends there. */
  undo: Undo[]
  /** What is done where the nodes of a pool fail with its new image: one a pool at most, absent where none is planned. */
  rollbacks?: PlannedRollback[]
}

/**
 * How a run ends that doesn’t come to its end. A failed one undoes what it owes itself, a cancelled one has seconds for it, and the
 * post step undoes what either of them, or a run that was killed, still owes.
 */
export type Ending = 'failed' | 'cancelled' | 'killed'

/** What a run learns on its way, and some of its undoing depends on. */
export type Condition = 'image-blamed' | 'vm-has-run'

/** Something that a run owes from one of its steps on, until another one is done. */
export type Undo = {
  /** Id of the step: owed as soon as that begins, whatever becomes of it. */
  after: string
  /** Id of the step that settles it; the same one where it is owed only if that step isn’t done. */
  until: string
  on: Ending[]
  /** Only where the run has learnt this. */
  given?: Condition
  /** Id of a step from whose beginning on it isn’t owed any more: other undoing is, from there. */
  unless?: string
  /** Not at the run’s end, but as soon as `until` can’t be done any more: a pool is not left empty while a region is awaited. */
  atOnce?: true
  /** Performed as any step is. Its `after` names others of the list, which are over by then. */
  step: Step
}

/** The way back to the image, the properties and the scale that a pool had before the run: performed only where its nodes fail. */
export type PlannedRollback = {
  poolId: PoolId
  /** Id of the step that gave the pool its new image: the way back leads from there, once that is done. */
  after: string
  /** Id of the last step in which its nodes can fail. */
  until: string
  /** The image that it goes back to, as `gallery/definition/version`. */
  imageName: string
  reason: string
  /** What it costs, as the end of a sentence. */
  cost: string
  /** In ms: with less than this left of the run’s deadline it isn’t begun. */
  needsMs: number
  /** One after the other. What they owe half-way is in `undo` of the plan. */
  steps: Step[]
}

export type Fact = { label: string; value: string }

/** What a check has to say. `error` stops the run before anything is made. */
export type Finding = {
  /** Of the rule, kebab-case; docs are keyed by it. */
  rule: string
  severity: 'error' | 'warning' | 'note'
  message: string
  wayOut: string
  /** Where the rule comes from: a documentation page, a recording. */
  source: string
}

export type PlannedImage = {
  kind: 'gallery' | 'managed'
  imageId: GalleryImageVersionId | ImageId
  /** `gallery/definition/version`, or the managed image's name. */
  imageName: string
  /** Major.Minor.Patch; absent for a managed image. */
  version?: string
  decision: 'create' | 'resume' | 'keep' | 'given'
  reason: string
  /** Snapshots that are made for it, or used again. */
  snapshotIds: SnapshotId[]
}

/** What each call on a pool takes. */
export type PoolAddress = {
  poolId: PoolId
  /** Host of the Batch service for the pool’s account. */
  accountEndpoint: string
  /** Of Resource Manager, sent with every call on this pool. */
  apiVersion: PoolApiVersion
}

export type PlannedPool = PoolAddress & {
  /** `prove`: only on another pool (`stop-after`); its own differences are for the next run. */
  decision: 'create' | 'change' | 'keep' | 'prove' | 'refuse'
  reason: string
  differences: Difference[]
  maxUnhealthy: MaxUnhealthy
}

/** 2019-08-01 is the last whose contract names a managed image. */
export type PoolApiVersion = '2025-06-01' | '2019-08-01'

/** One property of an existing pool that isn't as wanted. `path` is dotted, from `properties` down. */
export type Difference = {
  path: string
  present: Json | undefined
  wanted: Json | undefined
  /** What it takes: with nodes present, only at zero nodes, only by another pool. */
  needs: 'patch' | 'zero-nodes' | 'another-pool'
}

export type Step = StepHead &
  /** With a lease in the VM's tags, so that whoever comes later knows who has it stopped. */
  (
    | { kind: 'stop-vm'; vmId: VmId; startsAgain: boolean }
    | { kind: 'verify-vm-stopped'; vmId: VmId; startsAgain: boolean }
    | { kind: 'start-vm'; vmId: VmId }
    | { kind: 'create-snapshot'; snapshotId: SnapshotId; body: JsonObject }
    /** Of an earlier run, while Azure is still at it. */
    | { kind: 'await-snapshot'; snapshotId: SnapshotId }
    | { kind: 'delete-snapshot'; snapshotId: SnapshotId }
    | { kind: 'create-gallery-image'; galleryImageId: GalleryImageId; body: JsonObject }
    /** Ends when `untilRegions` (short form) are replicated, not when all are. */
    | { kind: 'create-image-version'; versionId: GalleryImageVersionId; body: JsonObject; untilRegions: string[] }
    | { kind: 'await-image-version'; versionId: GalleryImageVersionId; untilRegions: string[] }
    /** Ends when the operation that made the version has ended, and no region asked of it is under way any more. */
    | { kind: 'settle-image-version'; versionId: GalleryImageVersionId }
    | {
        kind: 'update-image-version'
        versionId: GalleryImageVersionId
        /** The value to set; undefined leaves it. */
        excludeFromLatest?: boolean
        /**
         * The pools whose nodes must have run it: where none of them has, it isn’t promoted. Where they have, it is tagged as proved;
         * when, and on how many nodes, is known only then.
         */
        provedBy?: PoolId[]
        tags: Record<string, string>
      }
    /** For a version to which nothing else is to be written: tagged as proved, where the nodes of these pools run it. */
    | MarkImageProvedStep
    | {
        kind: 'change-image-regions'
        versionId: GalleryImageVersionId
        /** Whose replication failed: taken off first, by a change of its own. In short form. */
        takeOff: string[]
        /** To be added, or to get more replicas. */
        regions: RegionReplicas[]
        /** The pools whose nodes have proved it, for its tag. */
        provedBy?: PoolId[]
        tags: Record<string, string>
      }
    /** Ends when all of them (short form) are replicated; fails when one can't be. */
    | { kind: 'await-image-regions'; versionId: GalleryImageVersionId; regions: string[] }
    | { kind: 'create-managed-image'; imageId: ImageId; body: JsonObject }
    | { kind: 'await-managed-image'; imageId: ImageId }
    /** Nodes that ran the version have failed again and again: a new run with the same inputs makes another. */
    | {
        kind: 'mark-image-failed'
        versionId: GalleryImageVersionId
        /** With which run it was, and what became of the nodes of `failedOn`, beside them. */
        tags: Record<string, string>
        failedOn: PoolId[]
        /** Made by this run: then it wasn’t proved by another one, though it is shown (`promote: now`). */
        isOwn: boolean
      }
    | ({ kind: 'create-pool'; body: JsonObject } & PoolAddress)
    | CreateProofPoolStep
    | ({ kind: 'delete-proof-pool'; proofOf: string } & PoolAddress)
    | RunSmokeTestStep
    | ({ kind: 'delete-smoke-job'; jobId: JobId } & PoolAddress)
    | ({ kind: 'patch-pool' } & PoolChangeStep)
    | DrainPoolStep
    | ({ kind: 'change-pool-image' } & PoolChangeStep)
    | ScalePoolStep
    | BakeNodesStep
    | RefreshNodesStep
    /** The pool's last PATCH: the formula, which is then evaluated, and the metadata without what was only for the way. */
    | ({ kind: 'finish-pool'; body: JsonObject; metadata: MetadataChange; evaluationIntervalMs?: number } & PoolAddress)
    | StopResizeStep
    | RestorePoolStep
    | ReleasePoolStep
    /** Reads only: the nodes of a pool that needs no change are judged too. */
    | ({ kind: 'verify-nodes'; maxUnhealthy: MaxUnhealthy; settleMs: number; nodeTimeoutMs: number } & PoolAddress)
  )

export type StepKind = Step['kind']

export type StepHead = {
  /** Unique in the plan, short, speaks: `snapshot-os`, `image-version`, `scale-pool`. */
  id: string
  /** Ids of the steps that must have succeeded. */
  after: string[]
  /** What it does, in a few words, with the name of what it touches. */
  title: string
  reason: string
  /** It only tidies up: where it fails the run goes on to its end, and warns. Nothing but housekeeping comes after it. */
  housekeeping?: true
}

type MarkImageProvedStep = {
  kind: 'mark-image-proved'
  versionId: GalleryImageVersionId
  provedBy: PoolId[]
  /** Written with the proof. */
  tags: Record<string, string>
}

/** A region in short form. */
export type RegionReplicas = { region: string; replicas: number }

export type MetadataItem = { name: string; value: string }

/** Merged with what is there at the moment of writing: whatever else it has stays. A lease gets its end then. */
export type MetadataChange = { set: MetadataItem[]; remove: string[] }

/** What a step rests on. It is looked at again just before the step acts; where it isn’t so any more, the run stops. */
export type PoolExpectation = {
  /** As the pool was when the plan was made; or as this run’s own steps have left it, which is known only then. */
  scale: Scale | 'as-left'
  imageId?: string
  /** What this run has written to the pool, and must still be so. */
  written?: JsonObject
  /** At zero nodes will do as well, whoever has set it so. */
  mayBeAtZero?: true
  /** Nobody needs its nodes: it has no active task, and none that count (`nodes`) or none at all. */
  idle?: 'no-nodes' | 'no-tasks'
  /** The image that the pool is to get, which must be there. */
  newImageId?: ImageId | GalleryImageVersionId
}

export type PoolChangeStep = PoolAddress & {
  /** What is written, merged over the pool at the moment of writing: a PATCH replaces each property as a whole. */
  body: JsonObject
  /** What the pool has there and the body leaves out: it is sent as it was. */
  carries: string[]
  /**
   * What gets back what it was before this run changed it, as names: properties whole, and items of the metadata. Their values may be
   * secrets that only Azure and this process have seen, and are in no file.
   */
  restores?: { properties: string[]; metadata: string[] }
  metadata: MetadataChange
  expects: PoolExpectation
}

/** A temporary pool, like the one that is in use, and as that is to be. */
type CreateProofPoolStep = PoolAddress & {
  kind: 'create-proof-pool'
  /** The pool that it is made like: read just before, so that nothing that only Azure knows is in the plan. */
  like: PoolAddress
  /** Name of that pool. */
  proofOf: string
  /** What is written, over what that pool has. */
  body: JsonObject
  /** What that pool has and the body leaves out: it is sent as it is there. */
  carries: string[]
}

export type RunSmokeTestStep = PoolAddress & {
  kind: 'run-smoke-test'
  jobId: JobId
  /** As the Batch service takes it; id, node, slots and limits come with each that is added. */
  task: JsonObject
  /** How long it may run on a node, from its start. */
  timeoutMs: number
  /** The lease, for as long as it runs. */
  metadata: MetadataChange
  /** Of a temporary pool: the name of the pool that it proves a change for. */
  proofOf?: string
}

/** Target counts of one fixed scale. */
export type NodeTargets = { dedicated: number; lowPriority: number }

export type DrainPoolStep = PoolAddress & {
  kind: 'drain-pool'
  drain: Drain
  drainTimeoutMs: number
  expects: PoolExpectation
  /** With the former scale and image in it, for whoever gives them back. */
  metadata: MetadataChange
}

/** Nodes that have started before a change which they take only when they start: they restart in waves. */
export type RefreshNodesStep = PoolAddress & {
  kind: 'refresh-nodes'
  by: 'reboot' | 'reimage'
  /** Nodes of the first wave; 0: no first wave of its own. */
  canaryNodes: number
  waveSize: number | 'all'
  /** What becomes of the tasks that run on a node. */
  drain: Drain
  /** How long a node may wait for its tasks before it restarts. */
  drainTimeoutMs: number
  /** How long it may stay in one state on its way back. */
  nodeTimeoutMs: number
  maxUnhealthy: MaxUnhealthy
  /** The lease, for as long as it lasts. */
  metadata: MetadataChange
}

/** A resize that is under way: the nodes that are there stay. */
type StopResizeStep = PoolAddress & { kind: 'stop-resize' }

/** What a pool had when it was emptied: kept in its metadata until it is back. */
export type RestorePoint = { scale: Scale; imageId?: string | undefined }

/** For a pool that was emptied for a change which it didn’t get. */
export type RestorePoolStep = PoolAddress & {
  kind: 'restore-pool'
  /** Never more nodes of an image that isn’t proved. */
  restorePoint: RestorePoint
  /** The image in the note that the drain leaves: the change, once it is made, leaves another. */
  notedImageId?: string | undefined
  /** Without the lease, and without the note of the former scale where the pool has it then. */
  metadata: MetadataChange
}

/**
 * Its nodes stay, whatever image they have. Where they have failed, a note of their image is written as well: the next run may change
 * the pool without draining it.
 */
type ReleasePoolStep = PoolAddress & {
  kind: 'release-pool'
  metadata: MetadataChange
}

export type ScalePoolStep = PoolAddress & {
  kind: 'scale-pool'
  goal: NodeTargets
  /** The first wave, when the step before has asked for it already (`create-pool`). */
  alreadyAsked?: NodeTargets
  /** Nodes of the first wave; 0: no first wave of its own. */
  canaryNodes: number
  waveSize: number | 'all'
  resizeTimeoutMs: number
  /** How long a node may stay in one state on its way to ready. */
  nodeTimeoutMs: number
  /** How often in each wave nodes that failed are rebooted, and then replaced, before they are judged. */
  repairAttempts: number
  /** Of a temporary pool: the name of the pool that it proves a change for. */
  proofOf?: string
  /** Nodes with this image were there before: the pool isn't taken to none for a replacement. */
  hadNodes?: true
  /** Attempts without progress that end the run. */
  resizeAttempts: number
  maxUnhealthy: MaxUnhealthy
  /** Written with each resize: the lease. */
  metadata: MetadataChange
  /** For a pool that gets smaller. */
  drain: Drain
  drainTimeoutMs: number
}

/** Its nodes must stay healthy for so long before the run counts as done. */
export type BakeNodesStep = PoolAddress & {
  kind: 'bake-nodes'
  /** From the first look on. */
  bakeMs: number
  maxUnhealthy: MaxUnhealthy
  nodeTimeoutMs: number
  /** What the pool was brought to; absent where a formula has the say. */
  goal?: NodeTargets
  /** The lease, renewed for as long as it lasts. Absent where the pool was let go of before: then the step only looks. */
  metadata?: MetadataChange
}
