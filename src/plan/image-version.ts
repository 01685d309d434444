/** Plans a gallery image version: made hidden, awaited where the pool is, finished when it is proved. */
import { childId, nameOf, namesOf, sameId, type GalleryImageVersionId } from '../model/arm-id.ts'
import type { GalleryImage, GalleryImageVersion } from '../model/observed.ts'
import type { PlannedImage, Step } from '../model/plan.ts'
import { sameRegion } from '../model/region.ts'
import type { PublishTo, TargetRegion } from '../model/spec.ts'
import { galleryImageBody, imageVersionBody } from './image-body.ts'
import { imageDisks, madeTags, sourceOf, type ImagePlan, type Making, type Proof } from './making.ts'
import { planRegions, type Regions } from './regions.ts'
import { mayTakeUp, originOf, TAG, type RunState } from './run-tags.ts'
import type { Situation } from './situation.ts'
import { deleteSnapshots, snapshotIdsOf } from './snapshots.ts'
import { leftStopped, sourceSteps } from './vm-stop.ts'

type ToGallery = Extract<PublishTo, { kind: 'gallery' }>

type Version = {
  versionId: GalleryImageVersionId
  regions: Regions
  /** Undefined when it is to be made, or made anew: a new one has nothing of a failed one. */
  there: GalleryImageVersion | undefined
}

export function planImageVersion(making: Making, publishTo: ToGallery): ImagePlan {
  const { situation } = making
  const { observed, version, pool } = situation
  const name = version?.version ?? publishTo.version
  const versionId = childId(publishTo.galleryImageId, 'versions', name)
  const found = observed.versions.find(one => sameId(one.versionId, versionId))
  const regions = planRegions({
    asked: publishTo.targetRegions,
    source: observed.source?.location ?? found?.location ?? '',
    ...(observed.account === undefined ? {} : { account: observed.account.location }),
    nodes: pool?.nodes ?? 0,
    replicationMode: publishTo.replicationMode
  })
  const it: Version = { versionId, regions, there: situation.whole ? found : undefined }
  const steps =
    it.there === undefined
      ? createSteps(making, publishTo, it)
      : [...leftStopped(situation), ...existingSteps(making, it.there, it)]
  const [gallery = '', definition = ''] = namesOf(publishTo.galleryImageId)
  return {
    image: {
      kind: 'gallery',
      imageId: versionId,
      imageName: `${gallery}/${definition}/${name}`,
      version: name,
      ...decisionOf(situation, found, version?.reason ?? ''),
      snapshotIds: snapshotIdsOf(making)
    },
    making: steps,
    finishing: proof => finishingSteps(making, publishTo, { ...it, proof, made: steps }),
    facts: [{ label: 'regions', value: describeRegions(regions) }]
  }
}

function describeRegions({ first, later }: Regions): string {
  const list = (rows: Regions['first']): string =>
    rows.map(({ region, replicas }) => `${region}=${replicas}`).join(', ')
  return later.length === 0 ? list(first) : `${list(first)}; when proved: ${list(later)}`
}

function decisionOf(
  { key = '', context, whole }: Situation,
  found: GalleryImageVersion | undefined,
  why: string
): Pick<PlannedImage, 'decision' | 'reason'> {
  if (found === undefined) return { decision: 'create', reason: why }
  const from = originOf(found.tags)
  if (!whole) return { decision: 'create', reason: `${from} failed to make it; made again` }
  const made = `${from} made it from the same inputs`
  if (found.tags[TAG.state] === 'complete') return { decision: 'keep', reason: `${made}, and finished` }
  return mayTakeUp(found.tags, key, context)
    ? { decision: 'take-up', reason: `${made}, and didn’t finish` }
    : { decision: 'keep', reason: made }
}

function createSteps(making: Making, publishTo: ToGallery, { versionId, regions }: Version): Step[] {
  const { situation } = making
  const source = sourceOf(making)
  const { steps: fromSource, ready } = sourceSteps(making)
  const definition = definitionSteps(making, publishTo)
  const body = imageVersionBody({
    source,
    disks: imageDisks(situation),
    regions: regions.first,
    replicationMode: publishTo.replicationMode,
    excludeFromLatest: publishTo.promote !== 'now',
    tags: madeTags(making, 'open')
  })
  return [
    ...fromSource,
    ...definition,
    {
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
  ]
}

function definitionSteps(making: Making, { galleryImageId }: ToGallery): Step[] {
  const { galleryImage, gallery } = making.situation.observed
  if (galleryImage !== undefined && !isHalfMade(galleryImage)) return []
  const source = sourceOf(making)
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
        tags: madeTags(making)
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
 * finished long ago. Where that region isn't among its regions, it is added first.
 */
function existingSteps(making: Making, there: GalleryImageVersion, { versionId, regions }: Version): Step[] {
  const rollsOut = making.situation.pool !== undefined
  const isComplete = there.tags[TAG.state] === 'complete'
  if (!rollsOut && isComplete) return []
  const missing = rollsOut
    ? regionsMissing(there, regions.first).filter(({ region }) => regions.awaited.includes(region))
    : []
  const name = nameOf(versionId)
  const adding: Step[] =
    missing.length === 0
      ? []
      : [
          settleStep(versionId, []),
          {
            id: 'image-region',
            kind: 'finish-image-version',
            after: ['image-settled'],
            title: `add ${missing.map(({ region }) => region).join(', ')} to image version ${name}`,
            reason: 'the pool is there, and the version isn’t',
            versionId,
            addRegions: missing,
            tags: {}
          }
        ]
  return [
    ...adding,
    {
      id: 'image-version',
      kind: 'await-image-version',
      after: idsOf(adding.slice(-1)),
      title: `${isComplete ? 'make sure of' : 'wait for'} image version ${name}`,
      reason: isComplete
        ? `a pool can use it only where it is replicated`
        : `is ${there.provisioningState}; ${originOf(there.tags)} began it`,
      versionId,
      untilRegions: regions.awaited
    }
  ]
}

function regionsMissing(
  there: GalleryImageVersion,
  regions: readonly Required<TargetRegion>[]
): Required<TargetRegion>[] {
  return regions.filter(({ region }) => !there.targetRegions.some(one => sameRegion(one.region, region)))
}

function settleStep(versionId: GalleryImageVersionId, after: string[]): Step {
  return {
    id: 'image-settled',
    kind: 'settle-image-version',
    after,
    title: `let image version ${nameOf(versionId)} settle`,
    reason: 'Azure changes a version, and lets go of its snapshots, only when its operation has ended',
    versionId
  }
}

/** `made`: the steps up to where a pool may use it. */
type Finish = Version & { proof: Proof | undefined; made: Step[] }

/** Snapshots go once the version holds its own copy; regions and promotion come once it is proved. */
function finishingSteps(making: Making, publishTo: ToGallery, finish: Finish): Step[] {
  const { versionId, there, proof, made } = finish
  const does = whatRemains(publishTo, finish)
  const changes = does !== undefined
  const drops = publishTo.keepSnapshots ? [] : deleteSnapshots(making, ['image-settled'])
  // A version whose last change failed never settles: its next change mends it.
  const mayEnd = there?.provisioningState !== 'Failed'
  const settle = (changes || drops.length > 0) && mayEnd ? [settleStep(versionId, idsOf(made.slice(-1)))] : []
  // Where a region was added for the pool, it has settled once before.
  const again = settle.map(step =>
    made.some(({ id }) => id === step.id) ? { ...step, id: 'image-settled-again' } : step
  )
  const settled = idsOf(again)
  const steps = [...again, ...drops.map(step => ({ ...step, after: settled }))]
  if (!changes) return steps
  const verbs = [
    ...(does.addRegions.length > 0 ? [`add ${does.addRegions.map(({ region }) => region).join(', ')}`] : []),
    ...(does.promotes ? ['promote'] : [])
  ]
  return [
    ...steps,
    {
      id: 'finish-image',
      kind: 'finish-image-version',
      // It says that nothing is left to do: not before the snapshots are gone.
      after: [...settled, ...idsOf(drops), ...(proof?.after ?? [])],
      title:
        verbs.length === 0
          ? `mark image version ${nameOf(versionId)} as complete`
          : `${verbs.join(' and ')} image version ${nameOf(versionId)}`,
      reason: there?.provisioningState === 'Failed' ? 'its last change failed; sent again' : reasonToFinish(proof),
      versionId,
      addRegions: does.addRegions,
      ...(does.promotes ? { excludeFromLatest: false } : {}),
      tags: { [TAG.state]: 'complete' satisfies RunState }
    }
  ]
}

/** What the last PUT has to do; undefined when nothing remains. */
function whatRemains(
  publishTo: ToGallery,
  { regions, there, proof }: Finish
): { addRegions: Required<TargetRegion>[]; promotes: boolean } | undefined {
  const wanted = there === undefined ? regions.later : regionsMissing(there, [...regions.first, ...regions.later])
  // What the pool needs was added before it was rolled out.
  const addRegions = proof === undefined ? wanted : wanted.filter(({ region }) => !regions.awaited.includes(region))
  const hidden = there?.excludeFromLatest ?? publishTo.promote !== 'now'
  const promotes = publishTo.promote === 'when-proved' && proof?.proves === true && hidden
  const isFinished = there?.tags[TAG.state] === 'complete' && there.provisioningState !== 'Failed'
  return isFinished && addRegions.length === 0 && !promotes ? undefined : { addRegions, promotes }
}

const idsOf = (steps: readonly Step[]): string[] => steps.map(({ id }) => id)

function reasonToFinish(proof: Proof | undefined): string {
  if (proof === undefined) return 'the image is whole'
  return proof.proves ? 'its nodes are healthy' : 'no node has proved it, so it stays hidden'
}
