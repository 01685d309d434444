/** Plans a gallery image version: made hidden, awaited where the pool is, finished when it is proved. */
import { childId, nameOf, namesOf, sameId } from '../../model/arm-id.ts'
import type { GalleryImage, GalleryImageVersion } from '../../model/observed.ts'
import type { PlannedImage, Step, Undo } from '../../model/plan.ts'
import { idsOf } from '../../model/step.ts'
import { galleryImageBody, imageVersionBody } from './image-body.ts'
import { changeRegionsStep, finishingSteps, type ToGallery, type Version } from './finish-version.ts'
import { madeTags, sourceOf, type ImagePlan, type ImageBuild } from './image-build.ts'
import { regionChange } from './region-changes.ts'
import { planRegions, type Regions } from './regions.ts'
import { mayTakeUp, originOf, TAG } from '../../rules/run-tags.ts'
import type { Situation } from '../situation.ts'
import { snapshotIdsOf } from '../source/snapshots.ts'
import { imageDisks, sourceSteps, stepsWithoutSource } from '../source/index.ts'

export function planImageVersion(build: ImageBuild, publishTo: ToGallery): ImagePlan {
  const { situation } = build
  const { observed, version } = situation
  const name = version?.version ?? publishTo.version
  const versionId = childId(publishTo.galleryImageId, 'versions', name)
  const found = observed.versions.find(one => sameId(one.versionId, versionId))
  const regions = planRegions({
    asked: publishTo.targetRegions,
    source: observed.source?.location ?? found?.location ?? '',
    accounts: situation.accounts,
    replicationMode: publishTo.replicationMode
  })
  const it: Version = { versionId, regions, there: situation.imageExists ? found : undefined }
  const { steps, undo } =
    it.there === undefined ? createSteps(build, publishTo, it) : resumingSteps(build, it.there, it)
  const [gallery = '', definition = ''] = namesOf(publishTo.galleryImageId)
  return {
    image: {
      kind: 'gallery',
      imageId: versionId,
      imageName: `${gallery}/${definition}/${name}`,
      version: name,
      ...decisionOf(situation, found, version?.reason ?? ''),
      snapshotIds: snapshotIdsOf(build, imageDisks(situation))
    },
    steps,
    undo,
    finishing: proof => finishingSteps(build, publishTo, { ...it, proof, made: steps }),
    facts: [{ label: 'regions', value: describeRegions(regions) }]
  }
}

function describeRegions({ first, later }: Regions): string {
  const list = (rows: Regions['first']): string =>
    rows.map(({ region, replicas }) => `${region}=${replicas}`).join(', ')
  return later.length === 0 ? list(first) : `${list(first)}; when proved: ${list(later)}`
}

function decisionOf(
  { key = '', context, imageExists }: Situation,
  found: GalleryImageVersion | undefined,
  why: string
): Pick<PlannedImage, 'decision' | 'reason'> {
  if (found === undefined) return { decision: 'create', reason: why }
  const from = originOf(found.tags)
  if (!imageExists) return { decision: 'create', reason: `${from} failed to make it; made again` }
  const made = `${from} made it from the same inputs`
  if (found.tags[TAG.state] === 'complete') return { decision: 'keep', reason: `${made}, and finished` }
  if (found.tags[TAG.state] === 'stopped') {
    return { decision: 'resume', reason: `${made}, and stopped when it was proved` }
  }
  return mayTakeUp(found.tags, key, context)
    ? { decision: 'resume', reason: `${made}, and didn’t finish` }
    : { decision: 'keep', reason: made }
}

type Made = { steps: Step[]; undo: Undo[] }

function createSteps(build: ImageBuild, publishTo: ToGallery, { versionId, regions }: Version): Made {
  const { situation } = build
  const source = sourceOf(build)
  const definition = definitionSteps(build, publishTo)
  const { steps: fromSource, ready, undo } = sourceSteps(build, idsOf(definition))
  const body = imageVersionBody({
    source,
    disks: imageDisks(situation),
    regions: regions.first,
    replicationMode: publishTo.replicationMode,
    excludeFromLatest: publishTo.promote !== 'now',
    tags: madeTags(build, 'open')
  })
  const create: Step = {
    id: 'image-version',
    kind: 'create-image-version',
    after: [...ready, ...idsOf(definition)],
    title: `publish image version ${nameOf(versionId)}`,
    reason:
      publishTo.promote === 'now'
        ? 'from the snapshots, for all at once (promote: now)'
        : 'from the snapshots, hidden until it is proved',
    versionId,
    body,
    untilRegions: regions.awaited
  }
  return { steps: [...definition, ...fromSource, create], undo }
}

function resumingSteps(build: ImageBuild, there: GalleryImageVersion, it: Version): Made {
  const left = stepsWithoutSource(build)
  return { steps: [...left.steps, ...existingSteps(build, there, it)], undo: left.undo }
}

function definitionSteps(build: ImageBuild, { galleryImageId }: ToGallery): Step[] {
  const { galleryImage, gallery } = build.situation.observed
  if (galleryImage !== undefined && !isHalfMade(galleryImage)) return []
  const source = sourceOf(build)
  return [
    {
      id: 'image-definition',
      kind: 'create-gallery-image',
      after: [],
      title: `create image definition ${nameOf(galleryImageId)}`,
      reason:
        galleryImage === undefined
          ? 'there is none yet; made with the source’s properties'
          : `an earlier run’s creation of it is ${galleryImage.provisioningState}; sent again`,
      galleryImageId,
      body: galleryImageBody(galleryImageId, source, {
        location: gallery?.location ?? source.location,
        tags: madeTags(build)
      })
    }
  ]
}

/** Only what was begun here is ours to send again. */
function isHalfMade({ provisioningState = '', tags = {} }: GalleryImage): boolean {
  return ['Failed', 'Canceled'].includes(provisioningState) && tags[TAG.key] !== undefined
}

/**
 * A version that is there: a pool may use it once it is replicated to the account's region, also when the run that made it
 * finished long ago. Where that region isn't among its regions, has failed, or has too few replicas, it is seen to first.
 */
function existingSteps(build: ImageBuild, there: GalleryImageVersion, it: Version): Step[] {
  const { versionId, regions } = it
  const rollsOut = build.situation.pool !== undefined
  const isComplete = there.tags[TAG.state] === 'complete'
  if (!rollsOut && isComplete) return []
  const needed = regions.first.filter(({ region }) => regions.awaited.includes(region))
  const change = regionChange(there, needed)
  const reason =
    change.raised.length > 0
      ? 'Batch’s rule is a replica for each 300 nodes'
      : rollsOut
        ? 'the pool is there, and the version isn’t'
        : 'target-regions asks for it'
  const changing =
    change.regions.length === 0
      ? []
      : [changeRegionsStep('image-pool-region', it, { change, after: [], reason, tags: {} })]
  return [
    ...changing,
    {
      id: 'image-version',
      kind: 'await-image-version',
      after: idsOf(changing),
      title: `${isComplete ? 'make sure of' : 'wait for'} image version ${nameOf(versionId)}`,
      reason: isComplete
        ? `a pool can use it only where it is replicated`
        : `is ${there.provisioningState}; ${originOf(there.tags)} began it`,
      versionId,
      untilRegions: regions.awaited
    }
  ]
}
