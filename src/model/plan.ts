/**
 * What a run will do, as plain data: every ARM id and request body is already in it, so that it can be printed, compared
 * and performed without looking anything up. The exceptions are the closed loops (`grow-pool`, `empty-pool`), which hold
 * the goal and the limits: how many nodes a region gives is known only as it gives them.
 */
import type {
  BatchAccountId,
  GalleryImageId,
  GalleryImageVersionId,
  ImageId,
  PoolId,
  SnapshotId,
  VmId
} from './arm-id.ts'
import type { Json, JsonObject } from './json.ts'
import type { Scale } from './observed.ts'
import type { Command, Drain, MaxUnhealthy } from './spec.ts'

export type Plan = {
  format: 1
  command: Command
  dryRun: boolean
  /** What the plan rests on, for people: label and value, in the order of the chain. */
  found: Fact[]
  findings: Finding[]
  image?: PlannedImage
  pool?: PlannedPool
  /** Empty when a finding is an error. Listed in an order that `after` allows. */
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
  decision: 'create' | 'take-up' | 'keep' | 'given'
  reason: string
  /** Snapshots that are made or taken up for it. */
  snapshotIds: SnapshotId[]
}

export type PlannedPool = {
  poolId: PoolId
  accountId: BatchAccountId
  /** Host of the Batch service for the account. */
  accountEndpoint: string
  /** Sent with every call on this pool. */
  apiVersion: PoolApiVersion
  decision: 'create' | 'change' | 'keep' | 'refuse'
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
    /** Snapshots that were not all taken while it was stopped are of no use, and are deleted. */
    | { kind: 'verify-vm-stopped'; vmId: VmId; startsAgain: boolean; snapshotIds: SnapshotId[] }
    | { kind: 'start-vm'; vmId: VmId }
    | { kind: 'create-snapshot'; snapshotId: SnapshotId; body: JsonObject }
    /** Taken up from an earlier run while Azure is still at it. */
    | { kind: 'await-snapshot'; snapshotId: SnapshotId }
    | { kind: 'delete-snapshot'; snapshotId: SnapshotId }
    | { kind: 'create-gallery-image'; galleryImageId: GalleryImageId; body: JsonObject }
    /** Ends when `untilRegions` (short form) are replicated, not when all are. */
    | { kind: 'create-image-version'; versionId: GalleryImageVersionId; body: JsonObject; untilRegions: string[] }
    | { kind: 'await-image-version'; versionId: GalleryImageVersionId; untilRegions: string[] }
    /** Ends when the operation that made the version has ended, and no region asked of it is under way any more. */
    | { kind: 'settle-image-version'; versionId: GalleryImageVersionId }
    | {
        kind: 'finish-image-version'
        versionId: GalleryImageVersionId
        /** The value to set; undefined leaves it. */
        excludeFromLatest?: boolean
        tags: Record<string, string>
      }
    | {
        kind: 'change-image-regions'
        versionId: GalleryImageVersionId
        /** Whose replication failed: taken off first, by a change of its own. In short form. */
        takeOff: string[]
        /** To be added, or to get more replicas. */
        regions: RegionReplicas[]
        tags: Record<string, string>
      }
    /** Ends when all of them (short form) are replicated; fails when one can't be. */
    | { kind: 'await-image-regions'; versionId: GalleryImageVersionId; regions: string[] }
    | { kind: 'create-managed-image'; imageId: ImageId; body: JsonObject }
    | { kind: 'await-managed-image'; imageId: ImageId }
    | { kind: 'create-pool'; poolId: PoolId; body: JsonObject }
    | ({ kind: 'patch-pool' } & PoolChangeStep)
    | EmptyPoolStep
    | ({ kind: 'change-pool-image' } & PoolChangeStep)
    | GrowPoolStep
    /** The pool's last PATCH: the formula, which is then evaluated, and the metadata without what was only for the way. */
    | {
        kind: 'finish-pool'
        poolId: PoolId
        body: JsonObject
        metadata: MetadataChange
        evaluationIntervalMs?: number
      }
    /** Reads only: the nodes of a pool that needs no change are judged too. */
    | { kind: 'verify-nodes'; poolId: PoolId; maxUnhealthy: MaxUnhealthy; settleMs: number; nodeTimeoutMs: number }
  )

export type StepKind = Step['kind']

export type StepHead = {
  /** Unique in the plan, short, speaks: `snapshot-os`, `image-version`, `grow-pool`. */
  id: string
  /** Ids of the steps that must have succeeded. */
  after: string[]
  /** What it does, in a few words, with the name of what it touches. */
  title: string
  reason: string
  /** It only tidies up: where it fails the run goes on to its end, and warns. Nothing but housekeeping comes after it. */
  housekeeping?: true
}

/** A region in short form. */
export type RegionReplicas = { region: string; replicas: number }

export type MetadataItem = { name: string; value: string }

/** Merged with what is there at the moment of writing: whatever else it has stays. */
export type MetadataChange = { set: MetadataItem[]; remove: string[] }

/** What a pool was when the plan was made; where it isn't that any more, the run stops. */
export type PoolFound = { scale: Scale; imageId?: string }

export type PoolChangeStep = {
  poolId: PoolId
  /** What is written, merged over the pool at the moment of writing: a PATCH replaces each property as a whole. */
  body: JsonObject
  /** What the pool has there and the body leaves out: it is sent as it was. */
  carries: string[]
  metadata: MetadataChange
  found: PoolFound
}

/** Target counts of one fixed scale. */
export type NodeTargets = { dedicated: number; lowPriority: number }

export type EmptyPoolStep = {
  kind: 'empty-pool'
  poolId: PoolId
  drain: Drain
  drainTimeoutMs: number
  found: PoolFound
  /** What the pool gets back when the drain isn't done in time: never more nodes of an image that wasn't proved. */
  formerScale: Scale
  /** The pool's metadata with the former scale and image kept in it, and as it is to be after such a drain. */
  keptMetadata: MetadataChange
  formerMetadata: MetadataChange
  /** `image-change: auto`: only a pool without nodes and active work may be emptied, as it was when the plan was made. */
  onlyIfIdle: boolean
  /** Its nodes are of an image that has failed on them, and don't count; active work does. */
  hasOnlyFailedNodes?: true
}

export type GrowPoolStep = {
  kind: 'grow-pool'
  poolId: PoolId
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
  /** Nodes with this image were there before: the pool isn't taken to none for a replacement. */
  hadNodes?: true
  /** Attempts without progress that end the run. */
  resizeAttempts: number
  maxUnhealthy: MaxUnhealthy
  /** For a pool that gets smaller. */
  drain: Drain
  drainTimeoutMs: number
}
