/** What was read from Azure, in our words, at one time. `undefined` stands for what isn't there (404). */
import type {
  ApplicationId,
  BatchAccountId,
  DiskId,
  EncryptionSetId,
  GalleryImageId,
  GalleryImageVersionId,
  IdentityId,
  ImageId,
  PoolId,
  PublicIPId,
  SnapshotId,
  VmId
} from './arm-id.ts'
import type { SourceInput } from './spec.ts'
import type { JsonObject } from './json.ts'

export type Observed = {
  /** When reading began, in ms since the epoch. */
  at: number
  source?: Source
  /** Snapshots in the work resource group that carry this action's tags. */
  snapshots: Snapshot[]
  gallery?: { exists: boolean; location?: string; provisioningState?: string }
  galleryImage?: GalleryImage
  /** Every version of the definition that is published to, with its tags. */
  versions: GalleryImageVersion[]
  /** The managed image that is published to, or rolled out. */
  managedImage?: ManagedImage
  /** The version that `rollout` is given, with its replication status, and its definition. */
  rolloutVersion?: GalleryImageVersion
  rolloutDefinition?: GalleryImage
  /** Where `rollout` takes the newest version that nodes have proved: what came of the search. */
  latestProved?: LatestProved
  account?: BatchAccount
  pool?: Pool
  /** The version of a gallery that the pool has, where another one may take its place: for the way back. */
  formerVersion?: Looked<GalleryImageVersion>
  /** Nodes of the pool, where it exists and has any. */
  nodes: Node[]
  /** Active or running tasks of jobs on the pool; undefined where it wasn't asked for (no pool, no image change). */
  activeWork?: ActiveWork
  /** Every pool of the account: the shared limits of managed images, and quota, are over all of them. */
  otherPools: Pool[]
  supportedImages: SupportedImage[]
  vmSizes: VmSize[]
  /** Regions of the subscription that is published into; only where `target-regions` names some. */
  regions?: Looked<string[]>
  /** Resource groups that inputs name beside those of the VM and the gallery. */
  groups?: NamedGroup[]
  /** What the pool spec names; only where it names something. */
  named?: Named
  /**
   * What the Batch service, or the way to it, said to its first read, where the account’s own settings explain that. Nodes,
   * supported images and active work are not known then.
   */
  serviceRefused?: string
}

export type LatestProved = {
  /** How many versions the definition has. */
  versions: number
  /** Undefined: there is none. */
  versionId?: GalleryImageVersionId
  /** Newer ones, each with why it doesn’t count: `not proved`, `marked as failed`. */
  passedOver: { versionId: GalleryImageVersionId; why: string }[]
}

/**
 * A read that a check alone needs. It never fails a run: where the caller may not make it, the check says that it couldn't
 * look. `found: undefined`: it isn't there.
 */
export type Looked<T> = { found: T | undefined } | { unread: Unread }

/** `action` is the role action that the read needs, `why` what Azure did instead. */
type Unread = { action: string; why: string }

type NamedGroup = { input: 'work-resource-group' | 'publish-to'; name: string; looked: Looked<object> }

/** Resources that a pool spec names by id. */
export type Named = {
  network?: Looked<VirtualNetwork>
  identities: { id: IdentityId; looked: Looked<object> }[]
  packages: { id: ApplicationId; version?: string; looked: Looked<ApplicationPackage> }[]
  publicIPs: { id: PublicIPId; looked: Looked<PublicIP> }[]
  encryptionSets: { id: EncryptionSetId; looked: Looked<{ location: string }> }[]
}

export type VirtualNetwork = { location: string; subnets: Subnet[] }

export type Subnet = {
  name: string
  /** In CIDR notation; IPv4 and IPv6. */
  addressPrefixes: string[]
  /** Addresses in use, as far as the network shows them. */
  usedAddresses: number
  /** Services that the subnet is delegated to: `Microsoft.ContainerInstance/containerGroups`. */
  delegations: string[]
  /** Neither Azure’s default outbound access nor a NAT gateway or a route of the subnet’s own leads out of it. */
  isPrivate: boolean
}

/** The package that nodes would get; `version` is the application's default where none is asked for. */
export type ApplicationPackage = { version?: string; state?: string }

export type PublicIP = { location: string; sku?: string; allocationMethod?: string; usedBy?: string }

/** What may change of the source VM while a run is at work. */
export type Vm = Pick<
  Source,
  'tags' | 'etag' | 'generalized' | 'powerState' | 'provisioningState' | 'readAt' | 'aheadMs'
>

export type Source = {
  /** For messages, which speak the user’s own words. */
  input: SourceInput
  id: VmId
  location: string
  tags: Record<string, string>
  /** Goes up with each change of the VM (api-version 2024-07-01 and later). */
  etag?: string
  osType: 'Linux' | 'Windows'
  /** From the instance view: `OSState/generalized`. */
  generalized: boolean
  /** `running`, `deallocated`, … without the prefix; undefined when Azure doesn't say. */
  powerState?: string
  /** `Succeeded`, `Updating`, `Deleting`, … */
  provisioningState?: string
  /** Azure's time when it was read (the answer's Date), in ms since the epoch: leases are compared in it. */
  readAt?: number
  /** By how much Azure's clock was ahead of ours when that answer came, in ms. */
  aheadMs?: number
  securityType?: string
  /** Publisher, offer, sku, exact version where known: the marketplace image that the VM was made from. */
  imageReference?: {
    publisher?: string
    offer?: string
    sku?: string
    version?: string
    exactVersion?: string
    id?: string
  }
  plan?: { publisher?: string; name?: string; product?: string }
  /** Names as `publisher.type`, for messages; and their ids. */
  extensions: { name: string; publisher: string; type: string }[]
  osDisk: SourceDisk
  dataDisks: (SourceDisk & { lun: number })[]
}

export type SourceDisk = {
  /** Undefined: not a managed disk. */
  diskId?: DiskId
  name: string
  caching: 'None' | 'ReadOnly' | 'ReadWrite'
  /** An OS disk on the host's own storage (`diffDiskSettings`), which no snapshot can be taken of. */
  ephemeral?: boolean
  /** From the disk itself; undefined when it could not be read. */
  disk?: Disk
}

export type Disk = {
  diskId: DiskId
  location: string
  sizeGB?: number
  /** Such as `Premium_LRS`, `UltraSSD_LRS`, `PremiumV2_LRS`. */
  sku?: string
  hyperVGeneration?: 'V1' | 'V2'
  architecture?: 'x64' | 'Arm64'
  securityType?: string
  /** Azure Disk Encryption (in the guest), not encryption at rest. */
  azureDiskEncryption: boolean
  purchasePlan?: { publisher?: string; name?: string; product?: string }
}

export type Snapshot = {
  snapshotId: SnapshotId
  location: string
  tags: Record<string, string>
  sourceResourceId?: string
  provisioningState: string
  /** ISO 8601; absent while it is made. */
  timeCreated?: string
  incremental?: boolean
  /** 0 to 100; absent where Azure doesn't give it, which means that the data is there. */
  completionPercent?: number
}

export type GalleryImage = {
  galleryImageId: GalleryImageId
  location: string
  osType: 'Linux' | 'Windows'
  osState: 'Generalized' | 'Specialized'
  hyperVGeneration: 'V1' | 'V2'
  architecture: 'x64' | 'Arm64'
  features: Record<string, string>
  identifier: { publisher: string; offer: string; sku: string }
  purchasePlan?: { publisher?: string; name?: string; product?: string }
  /** `Failed`, `Canceled`: it was begun, and is not whole. */
  provisioningState?: string
  tags?: Record<string, string>
}

export type GalleryImageVersion = {
  versionId: GalleryImageVersionId
  location: string
  tags: Record<string, string>
  provisioningState: string
  excludeFromLatest: boolean
  replicationMode?: string
  /** ISO 8601. */
  publishedAt?: string
  /** ISO 8601. Azure does nothing at it. */
  endOfLifeDate?: string
  /** Regions in short form. */
  targetRegions: { region: string; replicas: number }[]
  /** Only where it was asked for. */
  replication?: Replication
  /** Verbatim, for the PUT that changes it. */
  body: JsonObject
}

export type Replication = {
  aggregatedState: 'Unknown' | 'InProgress' | 'Completed' | 'Failed' | (string & {})
  /** Region in short form; progress from 0 to 100. */
  regions: { region: string; state: string; progress: number; details?: string }[]
}

export type ManagedImage = {
  imageId: ImageId
  location: string
  tags: Record<string, string>
  provisioningState: string
  osType?: 'Linux' | 'Windows'
  osState?: 'Generalized' | 'Specialized'
  hyperVGeneration?: 'V1' | 'V2'
  /** LUNs of its data disks. */
  dataLuns: number[]
  /** Ids of the snapshots that it was made from. */
  snapshotIds: string[]
  sourceVmId?: string
}

export type BatchAccount = {
  accountId: BatchAccountId
  location: string
  /** Host (and port) of the Batch service for this account, without a scheme. */
  accountEndpoint: string
  poolAllocationMode: 'BatchService' | 'UserSubscription' | (string & {})
  /** `Invalid`, `Creating`, `Deleting`, `Succeeded`, `Failed`, `Cancelled`. */
  provisioningState?: string
  allowedAuthenticationModes?: string[]
  network: AccountNetwork
  /** How many pools it may have. */
  poolQuota?: number
  /** In vCPUs; absent for user-subscription accounts. */
  dedicatedCoreQuota?: number
  lowPriorityCoreQuota?: number
  dedicatedCoreQuotaPerVMFamily?: { name: string; coreQuota: number }[]
  dedicatedCoreQuotaPerVMFamilyEnforced: boolean
  /** Azure's time when it was read (the answer's Date), in ms since the epoch: leases are compared in it. */
  readAt?: number
  /** By how much Azure's clock was ahead of ours when that answer came, in ms. */
  aheadMs?: number
}

/** Who may reach an account's endpoints: that of the Batch service, and that which nodes report to. */
export type AccountNetwork = {
  publicAccess: 'Enabled' | 'Disabled' | 'SecuredByPerimeter' | (string & {})
  /** Undefined where no rule restricts it: anybody may. */
  account?: IpRules
  nodeManagement?: IpRules
  /** Endpoints that have an approved private endpoint: `batchAccount`, `nodeManagement`. */
  privateEndpoints: string[]
}

/** Addresses, or ranges in CIDR notation, that are let in; all others aren't. */
export type IpRules = { allowed: string[] }

type AllocationState = 'Steady' | 'Resizing' | 'Stopping' | (string & {})

export type Pool = {
  poolId: PoolId
  etag: string
  provisioningState: string
  allocationState: AllocationState
  /** ISO 8601. */
  allocationStateTransitionTime?: string
  vmSize?: string
  currentDedicatedNodes: number
  currentLowPriorityNodes: number
  scale: Scale
  resize?: ResizeStatus
  autoScaleRun?: { evaluationTime: string; error?: ResizeError; results?: string }
  /** Of the image reference: `id`, or undefined for a marketplace image. */
  imageId?: string
  metadata: { name: string; value: string }[]
  /** The whole answer, verbatim. */
  body: JsonObject
}

export type Scale =
  | { kind: 'fixed'; targetDedicatedNodes: number; targetLowPriorityNodes: number; resizeTimeout?: string }
  | { kind: 'auto'; formula: string; evaluationInterval?: string }

/** The resize under way or, on a steady pool, the last one, however long ago. */
export type ResizeStatus = {
  targetDedicatedNodes?: number
  targetLowPriorityNodes?: number
  /** ISO 8601. */
  startTime?: string
  errors: ResizeError[]
}

export type ResizeError = { code: string; message: string; details: { code: string; message: string }[] }

/** States as the Batch service spells them: `idle`, `starttaskfailed`, … */
export type Node = {
  nodeId: string
  state: string
  isDedicated: boolean
  /** By which a task asks for it. */
  affinityId?: string
  /** ISO 8601, by Batch's clock. */
  allocatedAt?: string
  /** When it has started last: ISO 8601, by Batch's clock. While it restarts, the time before. */
  bootedAt?: string
  /** Since when it is in this state: ISO 8601, Azure's time. */
  stateSince?: string
  /** The image that the node says it runs, where it says so. */
  imageId?: string
  errors: { code: string; message: string; details: string[] }[]
  /** Of the start task: how it ended, where it has. */
  startTask?: { state?: string; exitCode?: number; failure?: string }
}

/** States as the Batch service spells them: `active`, `preparing`, `running`, `completed`. */
export type Task = {
  taskId: string
  state: string
  /** That it runs on, or ran on last. */
  nodeId?: string
  exitCode?: number
  /** Of one that has ended: what Batch has to say of how, where it failed. */
  failure?: string
}

export type NodeCounts = { dedicated: Record<string, number>; lowPriority: Record<string, number> }

export type ActiveWork = { jobs: string[]; tasks: number }

export type SupportedImage = {
  nodeAgentSkuId: string
  publisher: string
  offer: string
  sku: string
  version: string
  osType: string
  verified: boolean
  /** ISO 8601; after it, pools with this image are refused. */
  batchSupportEndOfLife?: string
}

export type VmSize = {
  name: string
  familyName?: string
  vCpus?: number
  hyperVGenerations?: string[]
  architecture?: string
  ephemeralOsDisk?: boolean
  premiumStorage?: boolean
  acceleratedNetworking?: boolean
  maxDataDisks?: number
  /** Of its cache, where an ephemeral OS disk goes (`CacheDisk`). */
  cachedDiskGB?: number
  trustedLaunchDisabled?: boolean
  /** Such as `SNP`; only sizes of confidential VMs have it. */
  confidentialComputingType?: string
  batchSupportEndOfLife?: string
}
