/** Plans the image, down from the goal: where it is whole there are no snapshots to plan. */
import {
  armId,
  nameOf,
  namesOf,
  resourceGroupOf,
  sameId,
  subscriptionOf,
  childId,
  type GalleryImageVersionId,
  type SnapshotId
} from '../model/arm-id.ts'
import type { GalleryImageVersion, Source } from '../model/observed.ts'
import type { Fact, PlannedImage, Step } from '../model/plan.ts'
import type { ImageSpec, PublishTo } from '../model/spec.ts'
import { shortDigest } from '../shared/digest.ts'
import { baseImageOf, describeBaseImage } from './node-agent.ts'
import {
  galleryImageBody,
  imageVersionBody,
  managedImageBody,
  managedImageFromVmBody,
  snapshotBody,
  type ImageDisk
} from './image-body.ts'
import { planRegions, type Regions } from './regions.ts'
import { mayTakeUp, originOf, TAG, tagsFor, type RunState } from './run-tags.ts'
import type { Situation } from './situation.ts'

export type ImagePlan = {
  image: PlannedImage
  /** Up to where a pool may use the image. */
  making: Step[]
  /** Beside and after the pool. */
  finishing(proof: Proof | undefined): Step[]
  facts: Fact[]
}

/** The steps after which the image is proved; undefined where no pool is rolled out, so that nothing proves it. */
export type Proof = { after: string[] }

type Making = { situation: Situation; image: ImageSpec; key: string }

export function planImage(situation: Situation): ImagePlan {
  const { spec, key } = situation
  if (spec.image === undefined || key === undefined) throw new Error('internal error: planImage without an image')
  const making: Making = { situation, image: spec.image, key }
  const { publishTo } = spec.image
  return publishTo.kind === 'gallery' ? planVersion(making, publishTo) : planManaged(making, publishTo)
}

/** Only a whole image can do without: the check `source-exists` stops every other plan. */
function sourceOf({ situation }: Making): Source {
  const { source } = situation.observed
  if (source === undefined) throw new Error('internal error: an image is planned without a source')
  return source
}

/** The disks that `data-disks` selects, with the ids that their snapshots have or will have. */
export function imageDisks(situation: Situation): ImageDisk[] {
  const { spec, key = '', observed } = situation
  const { source } = observed
  if (spec.image === undefined || source === undefined) return []
  const { dataDisks, publishTo, workResourceGroup, sourceVmId } = spec.image
  const stem =
    publishTo.kind === 'gallery'
      ? `${nameOf(publishTo.galleryImageId)}-${situation.version?.version ?? publishTo.version}`
      : nameOf(publishTo.imageId)
  const group = workResourceGroup ?? resourceGroupOf(sourceVmId)
  const idOf = (role: string): SnapshotId =>
    armId(
      subscriptionOf(sourceVmId),
      group,
      'Microsoft.Compute/snapshots',
      snapshotName(stem, `${key.slice(0, 8)}-${role}`)
    )
  const chosen = source.dataDisks.filter(
    ({ lun }) => dataDisks === 'all' || (Array.isArray(dataDisks) && dataDisks.includes(lun))
  )
  return [{ ...source.osDisk, role: 'os' }, ...chosen.map(disk => ({ ...disk, role: `lun${disk.lun}` }))].flatMap(
    disk =>
      disk.diskId === undefined
        ? []
        : [
            {
              role: disk.role,
              ...('lun' in disk ? { lun: disk.lun as number } : {}),
              diskId: disk.diskId,
              caching: disk.caching,
              snapshotId: idOf(disk.role)
            }
          ]
  )
}

/** A snapshot's name has at most 80 characters; a long stem is cut, and a digest keeps it apart from its like. */
function snapshotName(stem: string, rest: string): string {
  const room = 80 - rest.length - 1
  return `${stem.length <= room ? stem : `${stem.slice(0, room - 9)}-${shortDigest(stem, 8)}`}-${rest}`
}

function tags({ situation, image, key }: Making, state?: RunState): Record<string, string> {
  const { observed, context, spec, version } = situation
  const baseImage = baseImageOf(observed)
  return tagsFor(
    {
      key,
      source: image.sourceVmId,
      ...(state === undefined ? {} : { state }),
      ...(version === undefined ? {} : { version: version.version }),
      ...(baseImage === undefined ? {} : { baseImage: describeBaseImage(baseImage) })
    },
    context,
    spec.tags
  )
}

type ToGallery = Extract<PublishTo, { kind: 'gallery' }>

function planVersion(making: Making, publishTo: ToGallery): ImagePlan {
  const { situation } = making
  const { observed, version, pool } = situation
  const name = version?.version ?? publishTo.version
  const versionId = childId(publishTo.galleryImageId, 'versions', name)
  const there = observed.versions.find(one => sameId(one.versionId, versionId))
  const regions = planRegions({
    asked: publishTo.targetRegions,
    source: observed.source?.location ?? there?.location ?? '',
    ...(observed.account === undefined ? {} : { account: observed.account.location }),
    nodes: pool?.nodes ?? 0,
    replicationMode: publishTo.replicationMode
  })
  const [gallery = '', definition = ''] = namesOf(publishTo.galleryImageId)
  const image = {
    kind: 'gallery' as const,
    imageId: versionId,
    imageName: `${gallery}/${definition}/${name}`,
    version: name
  }
  const whole = there !== undefined && situation.whole
  const snapshots = whole ? [] : snapshotSteps(making)
  const made = whole
    ? awaitVersion(there, regions)
    : createVersion(making, publishTo, { versionId, regions, after: snapshots.map(({ id }) => id) })
  return {
    image: {
      ...image,
      ...decisionOf(situation, there, version?.reason ?? ''),
      snapshotIds: ownSnapshots(making, whole)
    },
    making: [...snapshots, ...made],
    // A version made anew has nothing of the failed one.
    finishing: proof =>
      finishVersion(making, publishTo, {
        versionId,
        regions,
        proof,
        made: made.at(-1)?.id,
        there: whole ? there : undefined
      }),
    facts: [{ label: 'regions', value: describeRegions(regions) }]
  }
}

function describeRegions({ first, later }: Regions): string {
  const list = (rows: Regions['first']): string =>
    rows.map(({ region, replicas }) => `${region}=${replicas}`).join(', ')
  return later.length === 0 ? list(first) : `${list(first)}; when proved: ${list(later)}`
}

function decisionOf(
  { key = '', context }: Situation,
  there: GalleryImageVersion | undefined,
  why: string
): Pick<PlannedImage, 'decision' | 'reason'> {
  if (there === undefined) return { decision: 'create', reason: why }
  const from = originOf(there.tags)
  if (there.provisioningState === 'Failed')
    return { decision: 'create', reason: `${from} failed to make it; made again` }
  if (there.tags[TAG.state] === 'complete')
    return { decision: 'keep', reason: `${from} made it from the same inputs, and finished` }
  return mayTakeUp(there.tags, key, context)
    ? { decision: 'take-up', reason: `${from} made it from the same inputs, and didn’t finish` }
    : { decision: 'keep', reason: `${from} made it from the same inputs` }
}

/** Snapshots that are there for it, when it is whole; those that it will be made from, when it isn't. */
function ownSnapshots(making: Making, whole: boolean): SnapshotId[] {
  const ids = imageDisks(making.situation).map(({ snapshotId }) => snapshotId)
  const there = making.situation.observed.snapshots
  return whole ? ids.filter(id => there.some(({ snapshotId }) => sameId(snapshotId, id))) : ids
}

function snapshotSteps(making: Making): Step[] {
  const { situation } = making
  const source = sourceOf(making)
  const own = tags(making, 'open')
  return imageDisks(situation).flatMap((disk): Step[] => {
    const { snapshotId, role } = disk
    const there = situation.observed.snapshots.find(snapshot => sameId(snapshot.snapshotId, snapshotId))
    const head = { id: `snapshot-${role}`, after: [] }
    if (there !== undefined && there.provisioningState !== 'Failed') {
      const from = originOf(there.tags)
      const title = `take up snapshot ${nameOf(snapshotId)}`
      return [{ ...head, kind: 'await-snapshot', title, reason: `${from} had begun it`, snapshotId }]
    }
    return [
      {
        ...head,
        kind: 'create-snapshot',
        title: `snapshot ${role === 'os' ? 'OS disk' : `data disk ${role.slice(3)}`} ${nameOf(disk.diskId)}`,
        reason: there === undefined ? 'the image is made from it' : 'an earlier attempt failed',
        snapshotId,
        body: snapshotBody(disk, source.location, own)
      }
    ]
  })
}

type NewVersion = { versionId: GalleryImageVersionId; regions: Regions; after: string[] }

function createVersion(making: Making, publishTo: ToGallery, { versionId, regions, after }: NewVersion): Step[] {
  const { situation } = making
  const source = sourceOf(making)
  const { observed } = situation
  const definition: Step[] =
    observed.galleryImage !== undefined
      ? []
      : [
          {
            id: 'image-definition',
            kind: 'create-gallery-image',
            after: [],
            title: `create image definition ${nameOf(publishTo.galleryImageId)}`,
            reason: 'does not exist; made with the source’s properties',
            galleryImageId: publishTo.galleryImageId,
            body: galleryImageBody(publishTo.galleryImageId, source, {
              location: observed.gallery?.location ?? source.location,
              tags: tags(making)
            })
          }
        ]
  const body = imageVersionBody({
    source,
    disks: imageDisks(situation),
    regions: regions.first,
    replicationMode: publishTo.replicationMode,
    excludeFromLatest: publishTo.promote !== 'now',
    tags: tags(making, 'open')
  })
  return [
    ...definition,
    {
      id: 'image-version',
      kind: 'create-image-version',
      after: [...after, ...definition.map(({ id }) => id)],
      title: `publish image version ${nameOf(versionId)}`,
      reason:
        publishTo.promote === 'now'
          ? 'from the snapshots, for all at once (promote: now)'
          : 'from the snapshots, hidden until it is proved',
      versionId,
      body,
      untilRegions: regions.awaited
    }
  ]
}

function awaitVersion(there: GalleryImageVersion, regions: Regions): Step[] {
  if (there.provisioningState === 'Succeeded' && there.tags[TAG.state] === 'complete') return []
  return [
    {
      id: 'image-version',
      kind: 'await-image-version',
      after: [],
      title: `wait for image version ${nameOf(there.versionId)}`,
      reason: `is ${there.provisioningState}; ${originOf(there.tags)} began it`,
      versionId: there.versionId,
      untilRegions: regions.awaited
    }
  ]
}

type Finish = {
  versionId: GalleryImageVersionId
  regions: Regions
  there: GalleryImageVersion | undefined
  proof: Proof | undefined
  made: string | undefined
}

/** Snapshots go once the version holds its own copy; regions and promotion come once it is proved. */
function finishVersion(making: Making, publishTo: ToGallery, finish: Finish): Step[] {
  const { versionId, regions, there, proof, made } = finish
  const promote = publishTo.promote === 'when-proved' && proof !== undefined
  const addRegions = [...regions.first, ...regions.later].filter(
    ({ region }) =>
      !(there?.targetRegions ?? (there === undefined ? regions.first : [])).some(one => one.region === region)
  )
  const hidden = there?.excludeFromLatest ?? publishTo.promote !== 'now'
  const unfinished = there?.tags[TAG.state] !== 'complete'
  const settle: Step[] =
    made === undefined
      ? []
      : [
          {
            id: 'image-settled',
            kind: 'settle-image-version',
            after: [made],
            title: `let image version ${nameOf(versionId)} settle`,
            reason: 'Azure changes a version, and lets go of its snapshots, only when its operation has ended',
            versionId
          }
        ]
  const settled = settle.map(({ id }) => id)
  const steps = [...settle, ...(publishTo.keepSnapshots ? [] : deleteSnapshots(making, settled))]
  if (!unfinished && addRegions.length === 0 && !(promote && hidden)) return steps
  const does = [
    ...(addRegions.length > 0 ? [`add ${addRegions.map(({ region }) => region).join(', ')}`] : []),
    ...(promote && hidden ? ['promote'] : [])
  ]
  return [
    ...steps,
    {
      id: 'finish-image',
      kind: 'finish-image-version',
      after: [...settled, ...(proof?.after ?? [])],
      title: `${does.length === 0 ? 'mark' : does.join(' and ')} image version ${nameOf(versionId)}${does.length === 0 ? ' as complete' : ''}`,
      reason: proof === undefined ? 'the image is whole' : 'its nodes are healthy',
      versionId,
      addRegions,
      ...(promote && hidden ? { excludeFromLatest: false } : {}),
      tags: { [TAG.state]: 'complete' satisfies RunState }
    }
  ]
}

/** Those that this run makes or took up, and those that an earlier run of the same inputs left when the version was whole. */
function deleteSnapshots(making: Making, after: string[]): Step[] {
  const { situation } = making
  const { observed, version } = situation
  const whole = observed.versions.find(
    one => nameOf(one.versionId) === version?.version && one.provisioningState !== 'Failed'
  )
  const mine = observed.snapshots.filter(
    ({ tags: own }) => own[TAG.key] === making.key && own[TAG.version] === version?.version
  )
  return imageDisks(situation)
    .filter(({ snapshotId }) => whole === undefined || mine.some(one => sameId(one.snapshotId, snapshotId)))
    .map(({ role, snapshotId }) => ({
      id: `drop-snapshot-${role}`,
      kind: 'delete-snapshot',
      after,
      title: `delete snapshot ${nameOf(snapshotId)}`,
      reason: 'the image version holds its own copy',
      snapshotId
    }))
}

function planManaged(making: Making, { imageId }: Extract<PublishTo, { kind: 'managed' }>): ImagePlan {
  const { situation } = making
  const { managedImage } = situation.observed
  const image = { kind: 'managed' as const, imageId, imageName: nameOf(imageId) }
  if (managedImage !== undefined && managedImage.provisioningState !== 'Failed') {
    const from = originOf(managedImage.tags)
    const ready = managedImage.provisioningState === 'Succeeded'
    const step: Step = {
      id: 'managed-image',
      kind: 'await-managed-image',
      after: [],
      title: `wait for managed image ${nameOf(imageId)}`,
      reason: `is ${managedImage.provisioningState}; ${from} began it`,
      imageId
    }
    const planned = {
      ...image,
      decision: 'keep' as const,
      reason: `${from} made it from the same inputs`,
      snapshotIds: []
    }
    return { image: planned, making: ready ? [] : [step], finishing: () => [], facts: [] }
  }
  const source = sourceOf(making)
  const straight = source.generalized && situation.spec.image?.dataDisks === 'all'
  const snapshots = straight ? [] : snapshotSteps(making)
  const body = straight
    ? managedImageFromVmBody(source, tags(making, 'complete'))
    : managedImageBody(source, imageDisks(situation), tags(making, 'complete'))
  const create: Step = {
    id: 'managed-image',
    kind: 'create-managed-image',
    after: snapshots.map(({ id }) => id),
    title: `create managed image ${nameOf(imageId)}`,
    reason: straight
      ? 'straight from the VM, which Azure knows as generalized'
      : 'from the snapshots, which stay as long as it does',
    imageId,
    body
  }
  const snapshotIds = straight ? [] : imageDisks(situation).map(({ snapshotId }) => snapshotId)
  return {
    image: { ...image, decision: 'create', reason: 'does not exist', snapshotIds },
    making: [...snapshots, create],
    finishing: () => [],
    facts: []
  }
}
