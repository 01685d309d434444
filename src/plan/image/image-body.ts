/** The request bodies of what an image is made of: pure functions of the source. */
import { nameOf, type ArmId, type DiskId, type GalleryImageId, type SnapshotId } from '../../model/arm-id.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Source, SourceDisk } from '../../model/observed.ts'
import type { TargetRegion } from '../../model/spec.ts'
import { regionEncryption, securityTypeOf } from './security.ts'

/** A disk of the source that goes into the image, and its snapshot. */
export type ImageDisk = {
  /** `os`, `lun0`, … */
  role: string
  /** Undefined for the OS disk. */
  lun?: number
  diskId: DiskId
  caching: SourceDisk['caching']
  snapshotId: SnapshotId
  /** Whether the snapshot is made here: what isn’t is never deleted, nor tagged. */
  isOurs: boolean
}

export function snapshotBody(disk: ImageDisk, location: string, tags: Record<string, string>): JsonObject {
  return {
    location,
    tags,
    sku: { name: 'Standard_LRS' },
    properties: {
      creationData: { createOption: 'Copy', sourceResourceId: disk.diskId },
      incremental: true,
      networkAccessPolicy: 'DenyAll',
      publicNetworkAccess: 'Disabled'
    }
  }
}

/**
 * What every definition says explicitly: since api-version 2025-03-03 a definition that doesn't becomes generation 2 and
 * TrustedLaunchSupported, which takes no snapshots as a source ("Azure Compute Gallery").
 */
export function galleryImageBody(
  galleryImageId: GalleryImageId,
  source: Source,
  { location, tags }: { location: string; tags: Record<string, string> }
): JsonObject {
  const { hyperVGeneration, architecture } = shapeOf(source)
  const plan = planOf(source)
  return {
    location,
    tags,
    properties: {
      osType: source.osType,
      osState: 'Generalized',
      hyperVGeneration,
      architecture,
      // The triple must be unique within the gallery, as the definition's name is.
      identifier: { publisher: 'batch-image-rollout', offer: source.osType, sku: nameOf(galleryImageId) },
      ...(plan === undefined ? {} : { purchasePlan: { ...plan } }),
      features: [{ name: 'SecurityType', value: securityTypeOf(source) }]
    }
  }
}

/** What the OS disk says, and else Azure's own defaults. */
export function shapeOf(source: Source): { hyperVGeneration: 'V1' | 'V2'; architecture: 'x64' | 'Arm64' } {
  const { disk } = source.osDisk
  return { hyperVGeneration: disk?.hyperVGeneration ?? 'V1', architecture: disk?.architecture ?? 'x64' }
}

/** Of the marketplace image that it was built from: an image's definition must have just this one. */
export function planOf({ plan, osDisk }: Source): Source['plan'] {
  return plan ?? osDisk.disk?.purchasePlan
}

export const describePlan = ({ publisher, product, name }: NonNullable<Source['plan']>): string =>
  [publisher, product, name].join(':')

type VersionBody = {
  source: Source
  disks: readonly ImageDisk[]
  regions: readonly Required<TargetRegion>[]
  replicationMode: 'Full' | 'Shallow'
  excludeFromLatest: boolean
  tags: Record<string, string>
}

export function imageVersionBody({
  source,
  disks,
  regions,
  replicationMode,
  excludeFromLatest,
  tags
}: VersionBody): JsonObject {
  const os = disks.find(disk => disk.lun === undefined)
  const data = disks.filter(disk => disk.lun !== undefined)
  const encryption = regionEncryption(source)
  return {
    location: source.location,
    tags,
    properties: {
      publishingProfile: {
        targetRegions: regions.map(({ region, replicas }) => ({
          name: region,
          regionalReplicaCount: replicas,
          ...(encryption === undefined ? {} : { encryption })
        })),
        replicationMode,
        excludeFromLatest
      },
      storageProfile: {
        ...(os === undefined ? {} : { osDiskImage: { hostCaching: os.caching, source: { id: os.snapshotId } } }),
        ...(data.length === 0
          ? {}
          : {
              dataDiskImages: data.map(({ lun, caching, snapshotId }) => ({
                lun: lun ?? 0,
                hostCaching: caching,
                source: { id: snapshotId }
              }))
            })
      }
    }
  }
}

export function managedImageBody(
  source: Source,
  disks: readonly ImageDisk[],
  tags: Record<string, string>
): JsonObject {
  const os = disks.find(disk => disk.lun === undefined)
  const data = disks.filter(disk => disk.lun !== undefined)
  return {
    location: source.location,
    tags,
    properties: {
      hyperVGeneration: shapeOf(source).hyperVGeneration,
      storageProfile: {
        osDisk: {
          osType: source.osType,
          osState: 'Generalized',
          caching: os?.caching ?? 'ReadWrite',
          snapshot: { id: os?.snapshotId ?? '' }
        },
        dataDisks: data.map(({ lun, caching, snapshotId }) => ({
          lun: lun ?? 0,
          caching,
          snapshot: { id: snapshotId }
        }))
      }
    }
  }
}

/** From a VM that Azure knows as generalized: the service itself takes the disks. */
export function managedImageFromVmBody(source: Source, tags: Record<string, string>): JsonObject {
  return {
    location: source.location,
    tags,
    properties: {
      hyperVGeneration: shapeOf(source).hyperVGeneration,
      sourceVirtualMachine: { id: source.id satisfies ArmId }
    }
  }
}
