/** What is left to do for a version when its pool has proved it: promoted first, then its further regions. */
import { nameOf, type GalleryImageVersionId, type PoolId } from '../../model/arm-id.ts'
import type { GalleryImageVersion } from '../../model/observed.ts'
import type { Step, Undo } from '../../model/plan.ts'
import { idsOf } from '../../model/step.ts'
import { sameRegion } from '../../model/region.ts'
import type { PublishTo } from '../../model/spec.ts'
import type { ImageBuild, Proof } from './image-build.ts'
import { describeChange, failureIn, regionChange, type RegionChange } from './region-changes.ts'
import { markedFailed, markProvedStep } from './prove-version.ts'
import type { Regions } from './regions.ts'
import { TAG, type RunState } from '../../rules/run-tags.ts'
import { deleteSnapshots } from '../source/snapshots.ts'
import { imageDisks } from '../source/index.ts'

export type ToGallery = Extract<PublishTo, { kind: 'gallery' }>

export type Version = {
  versionId: GalleryImageVersionId
  regions: Regions
  /** Undefined when it is to be made, or made again: a new one has nothing of a failed one. */
  there: GalleryImageVersion | undefined
}

/** `made`: the steps up to where a pool may use it. */
type Finish = Version & { proof: Proof | undefined; made: Step[] }

/**
 * Promotion and regions are changes of their own, so that a region that Azure fails at, or refuses, keeps no proved version
 * hidden. What comes last says that the run came to its end: a run that still waited for regions is gone on with.
 */
export function finishingSteps(
  build: ImageBuild,
  publishTo: ToGallery,
  finish: Finish
): { steps: Step[]; undo: Undo[] } {
  const { proof, made, there } = finish
  const stops = proof?.stops
  const change = stops === undefined ? furtherRegions(finish) : NO_REGIONS
  const promotes = isToBePromoted(publishTo, finish)
  const completes = change.regions.length > 0 ? 'regions' : isMarked(finish) ? 'nothing' : 'tag'
  const begun = idsOf(made.slice(-1))
  // A version whose last change failed never settles: its next change fixes it.
  const settled = there?.provisioningState === 'Failed' ? begun : ['image-settled']
  const drops = publishTo.keepSnapshots
    ? []
    : deleteSnapshots(build, imageDisks(build.situation), { after: settled, begun })
  const changes = promotes || completes !== 'nothing'
  const settles = there?.provisioningState !== 'Failed' && (changes || drops.some(({ after }) => after === settled))
  const after = [...new Set([...(settles ? settled : []), ...(proof?.after ?? (settles ? [] : begun))])]
  const promoting = promotes ? [promoteStep(finish, after)] : []
  const next = promotes ? idsOf(promoting) : after
  const awaits = stops === undefined && areAwaited(build, publishTo, { ...finish, change })
  const tags = awaits ? {} : COMPLETE
  const provedBy = promotes ? undefined : toBeProved(finish)
  const changing =
    completes === 'regions'
      ? [regionsStep(finish, { change, after: next, tags, provedBy: awaits ? undefined : provedBy })]
      : []
  const changed = changing.length > 0 ? idsOf(changing) : next
  const awaiting = awaits ? [awaitStep(publishTo, finish, changed)] : []
  const isMarkedLast = completes === 'tag' || (completes === 'regions' && awaits)
  const decides = [...promoting, ...changing, ...awaiting].length > 0
  const marking = isMarkedLast ? [markStep(finish, { after: awaits ? idsOf(awaiting) : next, provedBy })] : []
  const writes = [...promoting, ...changing, ...marking]
  const proving =
    writes.length > 0 || provedBy === undefined
      ? []
      : [markProvedStep({ versionId: finish.versionId, provedBy, after })]
  return {
    steps: [
      ...(settles ? [settleStep(finish.versionId, { after: begun, decides })] : []),
      ...drops,
      ...promoting,
      ...changing,
      ...awaiting,
      ...marking,
      ...proving
    ],
    undo: failedUntil(finish, idsOf([...writes, ...proving]).at(-1) ?? (stops && proof?.after.at(-1)))
  }
}

/** The pools, where their nodes prove a version that doesn’t say so yet. */
function toBeProved({ proof, there }: Finish): PoolId[] | undefined {
  return proof?.proves === true && there?.tags[TAG.proved] === undefined ? proof.poolIds : undefined
}

/** Only a version that is still to be proved: what was promoted before this run was proved, or somebody vouches for it. */
function failedUntil({ proof, versionId, there, made }: Finish, until: string | undefined): Undo[] {
  // That nodes have failed says enough: which step of the pool has found it out doesn’t matter.
  const after = idsOf(made).at(-1) ?? proof?.after[0]
  if (proof === undefined || after === undefined || until === undefined) return []
  if (there !== undefined && (there.tags[TAG.proved] !== undefined || !there.excludeFromLatest)) return []
  return [markedFailed({ versionId, failedOn: proof.poolIds, isOwn: there === undefined }, { after, until })]
}

/** They follow the promotion. */
const NO_REGIONS: RegionChange = { takeOff: [], regions: [], raised: [] }

/** Of a run that stops before its end: where there was nothing to prove, nothing is said of it. */
function isMarked(finish: Finish): boolean {
  return isFinished(finish) || finish.proof?.stops?.isProved === false
}

/** Where only snapshots and a tag come after it, it holds nothing back. */
function settleStep(versionId: Version['versionId'], { after, decides }: { after: string[]; decides: boolean }): Step {
  return {
    id: 'image-settled',
    kind: 'settle-image-version',
    after,
    title: `let image version ${nameOf(versionId)} settle`,
    reason: 'Azure changes a version, and lets go of its snapshots, only when its operation has ended',
    ...(decides ? {} : { housekeeping: true as const }),
    versionId
  }
}

function promoteStep({ versionId, there, proof }: Finish, after: string[]): Step {
  return {
    id: 'promote-image',
    kind: 'update-image-version',
    after,
    title: `promote image version ${nameOf(versionId)}`,
    reason: there?.provisioningState === 'Failed' ? 'its last change failed; sent again' : 'once its nodes are healthy',
    versionId,
    excludeFromLatest: false,
    provedBy: proof?.poolIds ?? [],
    tags: {}
  }
}

/** After the promotion: a version whose promotion Azure has failed at isn't taken for complete. */
function markStep(
  { versionId, there, proof }: Finish,
  { after, provedBy }: Pick<Regional, 'after' | 'provedBy'>
): Step {
  if (proof?.stops !== undefined) {
    return {
      id: 'mark-image',
      kind: 'update-image-version',
      after,
      title: `mark image version ${nameOf(versionId)} as waiting for the next run`,
      reason: 'stop-after is "proof": it stays hidden, and the next run without that goes on with it',
      housekeeping: true,
      versionId,
      tags: { [TAG.state]: 'stopped' satisfies RunState }
    }
  }
  return {
    id: 'mark-image',
    kind: 'update-image-version',
    after,
    title: `mark image version ${nameOf(versionId)} as complete`,
    reason: there?.provisioningState === 'Failed' ? 'its last change failed; sent again' : reasonToMark(proof),
    housekeeping: true,
    versionId,
    ...(provedBy === undefined ? {} : { provedBy }),
    tags: COMPLETE
  }
}

const COMPLETE = { [TAG.state]: 'complete' satisfies RunState }

function reasonToMark(proof: Proof | undefined): string {
  if (proof === undefined) return 'the image is whole'
  return proof.proves ? 'nothing is left to do for it' : 'no node has proved it, so it stays hidden'
}

type Regional = {
  change: RegionChange
  after: string[]
  tags: Record<string, string>
  provedBy: PoolId[] | undefined
}

function regionsStep(finish: Finish, { change, after, tags, provedBy }: Regional): Step {
  const isSentAgain = finish.there?.provisioningState === 'Failed'
  const asked = finish.proof === undefined ? 'target-regions asks for it' : 'the pool has it; these can follow'
  const reason = isSentAgain ? 'its last change failed; sent again' : asked
  return changeRegionsStep('image-regions', finish, { change, after, reason, tags, provedBy })
}

export function changeRegionsStep(
  id: string,
  { versionId, there }: Version,
  {
    change,
    after,
    reason,
    tags,
    provedBy
  }: Omit<Regional, 'provedBy'> & { reason: string; provedBy?: PoolId[] | undefined }
): Step {
  const { takeOff, regions } = change
  const why = takeOff.flatMap(region => {
    const details = there && failureIn(there, region)?.details
    return details === undefined ? [] : [`${region}: ${details}`]
  })
  const fixed = `its replication failed${why.length === 0 ? '' : ` (${why.join('; ')})`}, and Azure advises this`
  return {
    id,
    kind: 'change-image-regions',
    after,
    title: `${describeChange(change)}: image version ${nameOf(versionId)}`,
    reason: takeOff.length === 0 ? reason : fixed,
    versionId,
    takeOff,
    regions,
    ...(provedBy === undefined ? {} : { provedBy }),
    tags
  }
}

/** Where the version is waited for, the regions that are waited for were seen to before. */
function furtherRegions({ regions, there, made }: Finish): RegionChange {
  if (there === undefined) return { takeOff: [], regions: regions.later, raised: [] }
  const wanted = [...regions.first, ...regions.later]
  const seenTo = made.some(({ kind }) => kind === 'await-image-version') ? regions.awaited : []
  return regionChange(
    there,
    wanted.filter(({ region }) => !seenTo.includes(region))
  )
}

function isToBePromoted({ promote }: ToGallery, { there, proof }: Finish): boolean {
  const hidden = there?.excludeFromLatest ?? promote !== 'now'
  return promote === 'when-proved' && proof?.proves === true && hidden
}

function isFinished({ there }: Finish): boolean {
  return there?.tags[TAG.state] === 'complete' && there.provisioningState !== 'Failed'
}

/** Without a pool, no region is less needed than another. */
function areAwaited(
  { situation }: ImageBuild,
  { waitForRegions }: ToGallery,
  { regions, there, change }: Finish & { change: RegionChange }
): boolean {
  if (waitForRegions === 'pool' && situation.pool !== undefined) return false
  const isThere = (region: string): boolean =>
    there === undefined
      ? regions.awaited.includes(region)
      : there.replication === undefined || hasCompleted(there, region)
  return change.regions.length > 0 || !allOf(regions).every(isThere)
}

const allOf = ({ first, later }: Regions): string[] => [...first, ...later].map(({ region }) => region)

function awaitStep({ waitForRegions }: ToGallery, { versionId, regions }: Finish, after: string[]): Step {
  const all = allOf(regions)
  return {
    id: 'image-replicated',
    kind: 'await-image-regions',
    after,
    title: `wait for image version ${nameOf(versionId)} in ${all.join(', ')}`,
    reason: waitForRegions === 'all' ? 'wait-for-regions is "all"' : 'there is no pool that could do with less',
    versionId,
    regions: all
  }
}

function hasCompleted({ replication }: GalleryImageVersion, region: string): boolean {
  return replication?.regions.some(row => row.state === 'Completed' && sameRegion(row.region, region)) === true
}
