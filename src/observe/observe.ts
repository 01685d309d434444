/** Reads the world once, side by side wherever one answer doesn't decide the next question. */
import type { Azure, BatchServiceGateway } from '../azure/gateway.ts'
import {
  childId,
  isArmIdOf,
  nameOf,
  parentId,
  resourceGroupOf,
  sameId,
  subscriptionOf,
  type GalleryImageId
} from '../model/arm-id.ts'
import type { BatchAccount, GalleryImageVersion, LatestProved, Observed, Pool } from '../model/observed.ts'
import {
  specsOf,
  type ImageSpec,
  type PublishTo,
  type RolloutImageId,
  type RolloutSpec,
  type RunSpec,
  type Spec
} from '../model/spec.ts'
import { newestFirst, whyNotProved } from '../rules/latest-proved.ts'
import { imageKey, TAG } from '../rules/run-tags.ts'
import { compareVersions } from '../rules/versions.ts'
import { formerImagePart } from './former-image.ts'
import { definitionOf, sharedReads, type SharedReads, type Supported } from './shared-reads.ts'
import { SOURCES } from './sources.ts'
import { groupsPart, namedPart, regionsPart } from './observe-named.ts'

type Part = Partial<Observed>
type ToGallery = Extract<PublishTo, { kind: 'gallery' }>

/**
 * @param at ms since the epoch; decides the day of an `auto` version
 * @returns what was seen, once for each pool; where there is none, once. What they share is read once.
 */
export async function observeRun(azure: Azure, run: RunSpec, at: number): Promise<Observed[]> {
  const specs = specsOf(run)
  const shared = sharedReads(azure)
  const [image, ...pools] = await Promise.all([
    run.image === undefined
      ? []
      : Promise.all([
          ...imageParts(azure, run.image),
          ...regionsPart(azure, run.image),
          ...groupsPart(azure, run.image)
        ]),
    ...specs.map(spec => poolParts(azure, { spec, at, shared }))
  ])
  return pools.map(parts => Object.assign(nothingSeen(at), ...[...image, ...parts].map(defined)) as Observed)
}

const nothingSeen = (at: number): Observed => ({
  at,
  snapshots: [],
  versions: [],
  nodes: [],
  otherPools: [],
  supportedImages: [],
  vmSizes: []
})

type OfPool = { spec: Spec; at: number; shared: SharedReads }

async function poolParts(azure: Azure, { spec, at, shared }: OfPool): Promise<Part[]> {
  if (spec.rollout === undefined) return []
  // Both what is rolled out and where it goes depend on its region.
  const account = shared.account(spec.rollout.batchAccountId)
  return Promise.all([
    rolloutPart(azure, spec, { rollout: spec.rollout, into: account, shared }),
    ...namedPart(shared, spec.rollout),
    ...(spec.image === undefined ? [givenPart(shared, spec.rollout, { account, at })] : [])
  ])
}

/** Without the properties that are undefined, so that absence is absence. */
function defined(part: Part): Part {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined))
}

function imageParts(azure: Azure, image: ImageSpec): Promise<Part>[] {
  const { source, publishTo, workResourceGroup } = image
  const group = workResourceGroup ?? resourceGroupOf(source.id)
  return [
    SOURCES[source.input](azure, source).then(found => ({ source: found }) as Part),
    azure.compute.listSnapshots(subscriptionOf(source.id), group).then(snapshots => ({ snapshots })),
    publishTo.kind === 'gallery'
      ? galleryPart(azure, image, publishTo)
      : azure.compute.getManagedImage(publishTo.imageId).then(managedImage => ({ managedImage }) as Part)
  ]
}

async function galleryPart(
  { gallery }: Azure,
  image: ImageSpec,
  { galleryImageId, version }: ToGallery
): Promise<Part> {
  const [found, { galleryImage, versions }] = await Promise.all([
    gallery.getGallery(parentId(galleryImageId)),
    definitionOf(gallery, galleryImageId)
  ])
  const there = found === undefined ? { exists: false } : { exists: true, ...found }
  const key = imageKey(image)
  const mayBeMeant = (one: GalleryImageVersion): boolean =>
    one.tags[TAG.key] === key && (version === 'auto' || nameOf(one.versionId) === version)
  const meant = versions
    .filter(mayBeMeant)
    .toSorted((a, b) => compareVersions(nameOf(b.versionId), nameOf(a.versionId)))[0]
  const looked = meant !== undefined && mayHaveFailedRegion(meant) ? await withReplication(gallery, meant) : meant
  return { gallery: there, galleryImage, versions: versions.map(one => (one === meant ? looked : one)) } as Part
}

/** A list doesn't say how regions fare (gallery contract: `$expand` is of the GET alone). */
async function withReplication(gallery: Azure['gallery'], version: GalleryImageVersion): Promise<GalleryImageVersion> {
  return (await gallery.getVersion(version.versionId, { replication: true })) ?? version
}

function mayHaveFailedRegion({ provisioningState, targetRegions }: GalleryImageVersion): boolean {
  return provisioningState === 'Failed' || targetRegions.length > 1
}

type Given = Extract<Spec, { command: 'rollout' }>['rollout']
type Where = { account: Promise<BatchAccount | undefined> | undefined; at: number }

async function givenPart(shared: SharedReads, rollout: Given, where: Where): Promise<Part> {
  const { latestProvedOf, imageId } = rollout
  if (latestProvedOf !== undefined) return latestProvedPart(shared, latestProvedOf, where)
  return imageId === undefined ? {} : givenImagePart(shared, imageId)
}

/** Newest first, and the first that counts. A list doesn’t say how regions fare: what seems to count is looked at by itself. */
async function latestProvedPart(shared: SharedReads, id: GalleryImageId, { account, at }: Where): Promise<Part> {
  const [{ galleryImage, versions }, found] = await Promise.all([shared.definition(id), account])
  const where = { at, region: found?.location }
  const passedOver: LatestProved['passedOver'] = []
  for (const listed of newestFirst(versions)) {
    const { versionId } = listed
    const seems = whyNotProved(listed, where)
    const version = seems === undefined ? await shared.version(versionId) : listed
    const why = seems ?? (version === undefined ? 'gone' : whyNotProved(version, where))
    if (why === undefined) {
      const latestProved = { versions: versions.length, versionId, passedOver }
      return { rolloutVersion: version, rolloutDefinition: galleryImage, latestProved } as Part
    }
    passedOver.push({ versionId, why })
  }
  return { rolloutDefinition: galleryImage, latestProved: { versions: versions.length, passedOver } } as Part
}

async function givenImagePart(shared: SharedReads, imageId: RolloutImageId): Promise<Part> {
  if (isArmIdOf(imageId, 'Microsoft.Compute/images')) {
    return { managedImage: await shared.managedImage(imageId) } as Part
  }
  const [rolloutVersion, rolloutDefinition] = await Promise.all([
    shared.version(imageId),
    shared.galleryImage(parentId(imageId))
  ])
  return { rolloutVersion, rolloutDefinition } as Part
}

/** Whether the pool's image is a managed one: then every call on the pool speaks the api-version that knows them. */
function managedImageOf(spec: Spec): boolean {
  if (spec.image !== undefined) return spec.image.publishTo.kind === 'managed'
  const { latestProvedOf, imageId } = spec.rollout
  return latestProvedOf === undefined && imageId !== undefined && isArmIdOf(imageId, 'Microsoft.Compute/images')
}

type Rollout = { rollout: RolloutSpec; into: Where['account']; shared: SharedReads }

async function rolloutPart(azure: Azure, spec: Spec, { rollout, into, shared }: Rollout): Promise<Part> {
  const { batchAccountId, poolName } = rollout
  const managed = managedImageOf(spec)
  const poolId = childId(batchAccountId, 'pools', poolName)
  const account = await into
  if (account === undefined) return {}
  const found = azure.batch.getPool(poolId, managed ? '2019-08-01' : '2025-06-01')
  const [pools, pool, former, vmSizes, fromService] = await Promise.all([
    shared.pools(batchAccountId),
    found,
    found.then(there => formerImagePart(shared, spec, there)),
    shared.vmSizes({ subscriptionId: subscriptionOf(batchAccountId), location: account.location }),
    servicePart(azure.batchService(account.accountEndpoint), shared.supportedImages(account), { rollout, found })
  ])
  const otherPools = pools.filter(other => !sameId(other.poolId, poolId))
  return { account, pool, ...former, otherPools, vmSizes, ...fromService } as Part
}

/**
 * What the Batch service alone knows. Where the account itself says that it lets nobody in, or nobody who signs in as this
 * action does, a refusal is something that was found, for the checks to tell; any other ends the run.
 */
async function servicePart(
  service: BatchServiceGateway,
  supported: Promise<Supported>,
  { rollout, found }: { rollout: RolloutSpec; found: Promise<Pool | undefined> }
): Promise<Part> {
  const { poolName, imageChange } = rollout
  const [images, pool] = await Promise.all([supported, found])
  if ('serviceRefused' in images) return images
  const there = pool !== undefined
  const [nodes, activeWork] = await Promise.all([
    there && pool.currentDedicatedNodes + pool.currentLowPriorityNodes > 0 ? service.listNodes(poolName) : [],
    there && imageChange === 'auto' ? service.activeWork(poolName) : undefined
  ])
  return { ...images, nodes, activeWork } as Part
}
