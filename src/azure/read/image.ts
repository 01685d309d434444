/** From JSON to snapshots, managed images, gallery images and their versions. */
import { parseArmId } from '../../model/arm-id.ts'
import type { Json } from '../../model/json.ts'
import type { GalleryImage, GalleryImageVersion, ManagedImage, Replication, Snapshot } from '../../model/observed.ts'
import { regionName } from '../../model/region.ts'
import {
  at,
  booleanAt,
  defined,
  listAt,
  neededOneOf,
  neededText,
  numberAt,
  objectOf,
  oneOf,
  recordAt,
  textAt
} from './json.ts'
import { readPlan } from './source.ts'

const OS_TYPES = ['Linux', 'Windows'] as const
const OS_STATES = ['Generalized', 'Specialized'] as const
const GENERATIONS = ['V1', 'V2'] as const

/** What a cancelled operation leaves is of no more use than what a failed one leaves. */
function stateOf(resource: Json): string {
  const state = neededText(resource, 'properties.provisioningState')
  return state === 'Canceled' ? 'Failed' : state
}

export function readSnapshot(snapshot: Json): Snapshot {
  return defined({
    snapshotId: parseArmId(neededText(snapshot, 'id'), 'Microsoft.Compute/snapshots'),
    location: regionName(neededText(snapshot, 'location')),
    tags: recordAt(snapshot, 'tags'),
    sourceResourceId: textAt(snapshot, 'properties.creationData.sourceResourceId'),
    provisioningState: stateOf(snapshot),
    timeCreated: textAt(snapshot, 'properties.timeCreated'),
    incremental: booleanAt(snapshot, 'properties.incremental'),
    completionPercent: numberAt(snapshot, 'properties.completionPercent')
  })
}

export function readManagedImage(image: Json): ManagedImage {
  const profile = at(image, 'properties.storageProfile')
  const disks = [at(profile, 'osDisk'), ...listAt(profile, 'dataDisks')]
  return defined({
    imageId: parseArmId(neededText(image, 'id'), 'Microsoft.Compute/images'),
    location: regionName(neededText(image, 'location')),
    tags: recordAt(image, 'tags'),
    provisioningState: stateOf(image),
    osType: oneOf(profile, 'osDisk.osType', OS_TYPES),
    osState: oneOf(profile, 'osDisk.osState', OS_STATES),
    hyperVGeneration: oneOf(image, 'properties.hyperVGeneration', GENERATIONS),
    dataLuns: listAt(profile, 'dataDisks')
      .map(disk => numberAt(disk, 'lun'))
      .filter(lun => lun !== undefined),
    snapshotIds: disks.map(disk => textAt(disk, 'snapshot.id')).filter(id => id !== undefined),
    sourceVmId: textAt(image, 'properties.sourceVirtualMachine.id')
  })
}

/** Without a generation or an architecture, a definition is of those that were there first: V1, x64. */
export function readGalleryImage(image: Json): GalleryImage {
  const properties = at(image, 'properties')
  const features = listAt(properties, 'features').map(feature => [
    textAt(feature, 'name') ?? '',
    textAt(feature, 'value') ?? ''
  ])
  return defined({
    galleryImageId: parseArmId(neededText(image, 'id'), 'Microsoft.Compute/galleries/images'),
    location: regionName(neededText(image, 'location')),
    osType: neededOneOf(properties, 'osType', OS_TYPES),
    osState: neededOneOf(properties, 'osState', OS_STATES),
    hyperVGeneration: oneOf(properties, 'hyperVGeneration', GENERATIONS) ?? 'V1',
    architecture: oneOf(properties, 'architecture', ['x64', 'Arm64']) ?? 'x64',
    features: Object.fromEntries(features) as Record<string, string>,
    identifier: {
      publisher: neededText(properties, 'identifier.publisher'),
      offer: neededText(properties, 'identifier.offer'),
      sku: neededText(properties, 'identifier.sku')
    },
    purchasePlan: readPlan(at(properties, 'purchasePlan')),
    provisioningState: textAt(properties, 'provisioningState'),
    tags: recordAt(image, 'tags')
  })
}

export function readGalleryImageVersion(version: Json): GalleryImageVersion {
  const profile = at(version, 'properties.publishingProfile')
  const replicas = numberAt(profile, 'replicaCount') ?? 1
  return defined({
    versionId: parseArmId(neededText(version, 'id'), 'Microsoft.Compute/galleries/images/versions'),
    location: regionName(neededText(version, 'location')),
    tags: recordAt(version, 'tags'),
    provisioningState: stateOf(version),
    excludeFromLatest: booleanAt(profile, 'excludeFromLatest') ?? false,
    replicationMode: textAt(profile, 'replicationMode'),
    publishedAt: textAt(profile, 'publishedDate'),
    endOfLifeDate: textAt(profile, 'endOfLifeDate'),
    targetRegions: listAt(profile, 'targetRegions').map(target => ({
      region: regionName(neededText(target, 'name')),
      replicas: numberAt(target, 'regionalReplicaCount') ?? replicas
    })),
    replication: readReplication(at(version, 'properties.replicationStatus')),
    body: objectOf(version)
  })
}

function readReplication(status: Json | undefined): Replication | undefined {
  if (status === undefined) return undefined
  return {
    aggregatedState: textAt(status, 'aggregatedState') ?? 'Unknown',
    regions: listAt(status, 'summary').map(summary =>
      defined({
        region: regionName(neededText(summary, 'region')),
        state: textAt(summary, 'state') ?? 'Unknown',
        progress: numberAt(summary, 'progress') ?? 0,
        details: textAt(summary, 'details') || undefined
      })
    )
  }
}
