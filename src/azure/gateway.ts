/**
 * Azure in our words: what the rest of the program may ask of it. Every method throws `AzureError` (see `errors.ts`), save
 * that a 404 of the resource itself is `undefined`. Calls end when the gateway's signal is aborted.
 */
import type {
  BatchAccountId,
  EncryptionSetId,
  GalleryId,
  GalleryImageId,
  GalleryImageVersionId,
  IdentityId,
  ImageId,
  PoolId,
  PublicIPId,
  SnapshotId,
  VirtualNetworkId,
  VmId
} from '../model/arm-id.ts'
import type { JsonObject } from '../model/json.ts'
import type { PackageReference } from '../model/named-by-pool.ts'
import type {
  ActiveWork,
  ApplicationPackage,
  BatchAccount,
  GalleryImage,
  GalleryImageVersion,
  Looked,
  ManagedImage,
  Node,
  NodeCounts,
  Pool,
  PublicIP,
  Snapshot,
  Source,
  SupportedImage,
  Task,
  VirtualNetwork,
  Vm,
  VmSize
} from '../model/observed.ts'
import type { PoolApiVersion } from '../model/plan.ts'
import type { Drain } from '../model/spec.ts'
import type { AzureError } from './errors.ts'

export type Azure = {
  compute: ComputeGateway
  gallery: GalleryGateway
  batch: BatchGateway
  named: NamedResourceGateway
  /** @param accountEndpoint host of the Batch service for an account, as ARM gives it. Refused outside of the cloud. */
  batchService(accountEndpoint: string): BatchServiceGateway
  /** The same connection, whose calls end when `signal` is aborted instead. */
  until(signal: AbortSignal): Azure
}

export type ComputeGateway = {
  /** The VM with its instance view, extensions and disks, read side by side. */
  getSource(vmId: VmId): Promise<Source | undefined>
  /** The VM with its instance view alone. */
  getVm(vmId: VmId): Promise<Vm | undefined>
  /** Replaces all tags; under `If-Match` where Azure has told an ETag. Resolves when the update has succeeded. */
  setVmTags(vmId: VmId, tags: Record<string, string>, etag: string | undefined): Promise<void>
  /** These resolve when it is deallocated, or runs. */
  deallocateVm(vmId: VmId): Promise<void>
  startVm(vmId: VmId): Promise<void>
  listSnapshots(subscriptionId: string, resourceGroup: string): Promise<Snapshot[]>
  getSnapshot(snapshotId: SnapshotId): Promise<Snapshot | undefined>
  /** Resolves when the operation has succeeded; the data may still be on its way (`completionPercent`). */
  createSnapshot(snapshotId: SnapshotId, body: JsonObject): Promise<void>
  /** Resolves when it is gone, also when it was gone before. */
  deleteSnapshot(snapshotId: SnapshotId): Promise<void>
  getManagedImage(imageId: ImageId): Promise<ManagedImage | undefined>
  createManagedImage(imageId: ImageId, body: JsonObject): Promise<void>
}

export type GalleryGateway = {
  getGallery(galleryId: GalleryId): Promise<{ location: string; provisioningState?: string } | undefined>
  getGalleryImage(galleryImageId: GalleryImageId): Promise<GalleryImage | undefined>
  createGalleryImage(galleryImageId: GalleryImageId, body: JsonObject): Promise<void>
  listVersions(galleryImageId: GalleryImageId): Promise<GalleryImageVersion[]>
  /** With `replication`, the version's `replicationStatus` too. */
  getVersion(
    versionId: GalleryImageVersionId,
    options?: { replication: boolean }
  ): Promise<GalleryImageVersion | undefined>
  /** Resolves when Azure has taken it on. The body travels verbatim, as plain JSON. */
  putVersion(versionId: GalleryImageVersionId, body: JsonObject): Promise<StartedOperation>
}

/** A long-running operation that somebody else watches by the resource's state. */
export type StartedOperation = {
  /** One look at the operation: its error, if it has failed. */
  failure(): Promise<AzureError | undefined>
}

export type BatchGateway = {
  getAccount(accountId: BatchAccountId): Promise<BatchAccount | undefined>
  /** Sizes that Batch offers in a region. */
  listVmSizes(subscriptionId: string, location: string): Promise<VmSize[]>
  listPools(accountId: BatchAccountId): Promise<Pool[]>
  getPool(poolId: PoolId, apiVersion: PoolApiVersion): Promise<Pool | undefined>
  /** `If-None-Match: *`. Verbatim. */
  createPool(poolId: PoolId, body: JsonObject, apiVersion: PoolApiVersion): Promise<Pool>
  /** Under `If-Match`. Verbatim. */
  patchPool(poolId: PoolId, body: JsonObject, condition: { ifMatch: string; apiVersion: PoolApiVersion }): Promise<Pool>
  stopResize(poolId: PoolId, apiVersion: PoolApiVersion): Promise<Pool>
  /** Resolves when Azure has taken it on, also when it was gone before; its nodes leave in the minutes after. */
  deletePool(poolId: PoolId, apiVersion: PoolApiVersion): Promise<void>
}

/** What inputs and pool spec only name. These never throw an `AzureError`: see `Looked`. */
export type NamedResourceGateway = {
  /** Regions that a subscription offers, in short form. */
  listRegions(subscriptionId: string): Promise<Looked<string[]>>
  getResourceGroup(subscriptionId: string, name: string): Promise<Looked<object>>
  getVirtualNetwork(id: VirtualNetworkId): Promise<Looked<VirtualNetwork>>
  getPublicIP(id: PublicIPId): Promise<Looked<PublicIP>>
  getIdentity(id: IdentityId): Promise<Looked<object>>
  getEncryptionSet(id: EncryptionSetId): Promise<Looked<{ location: string }>>
  /** Of the version asked for, else of the application’s default, of which only the name is read. */
  getPackage(reference: PackageReference): Promise<Looked<ApplicationPackage>>
}

export type BatchServiceGateway = {
  listNodes(poolName: string): Promise<Node[]>
  /** The last `bytes` of a file on a node, without the line that is cut off. */
  nodeFileEnd(poolName: string, file: { nodeId: string; path: string; bytes: number }): Promise<string>
  /** Resolves when Batch has taken it on. `drain`: what becomes of the tasks that run on the node. */
  rebootNode(poolName: string, nodeId: string, drain: Drain): Promise<void>
  /** The same, with the operating system installed anew from the image that the node has. */
  reimageNode(poolName: string, nodeId: string, drain: Drain): Promise<void>
  /** 100 at most, from a steady pool. The pool's target becomes what stays. */
  removeNodes(poolName: string, nodes: { nodeIds: readonly string[]; resizeTimeoutMs: number }): Promise<void>
  nodeCounts(poolName: string): Promise<NodeCounts | undefined>
  listSupportedImages(): Promise<SupportedImage[]>
  /** Verbatim; also when the same one was there before. */
  createJob(job: JsonObject): Promise<void>
  /** 100 at most, verbatim; those that are there already are left as they are. */
  addTasks(jobName: string, tasks: readonly JsonObject[]): Promise<void>
  listTasks(jobName: string): Promise<Task[]>
  /** As of a node; of a file that the task has in its own directory: `stdout.txt`. */
  taskFileEnd(jobName: string, file: { taskId: string; path: string; bytes: number }): Promise<string>
  /** Its tasks are ended. Resolves when Batch has taken it on, also when it was gone before. */
  deleteJob(jobName: string): Promise<void>
  /** Active and running tasks of active jobs bound to the pool. */
  activeWork(poolName: string): Promise<ActiveWork>
}
