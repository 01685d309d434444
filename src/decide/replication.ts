/** The closed loops of a gallery image version: made, changed, copied to its regions. One look at it in, one decision out. */
import { nameOf } from '../model/arm-id.ts'
import type { GalleryImageVersion, Replication } from '../model/observed.ts'
import { sameRegion } from '../model/region.ts'
import type { Done, Halt, Wait } from './decision.ts'

/** `asksOperation`: the version itself has failed, and of the operation that did it Azure may say more. */
export type VersionDecision = Wait | Done | (Halt & { asksOperation?: true })

type Region = Replication['regions'][number]
type Rows = (Region | undefined)[]

export const VERSION_FAILED = {
  failure: 'image-failed',
  wayOut: 'run again with the same inputs; a failed version is made again'
} as const

/**
 * Until `replicationStatus` says Completed for the awaited regions: `Succeeded` alone isn't enough, and not needed either. What
 * becomes of other regions is of no concern here.
 * @param untilRegions in short form
 */
export function decideReplicated(
  { untilRegions }: { untilRegions: readonly string[] },
  version: GalleryImageVersion
): VersionDecision {
  const rows = rowsOf(version, untilRegions)
  const isFailed = version.provisioningState === 'Failed'
  if (version.replication !== undefined && areCompleted(rows)) return replicatedTo(untilRegions)
  // With its own copy it isn't made again: what becomes of the others is all that is wrong with it.
  const lost = isFailed ? undefined : failedRegion(version, rows)
  return (
    lost ??
    missingRegion(version, untilRegions) ??
    (isFailed && hasItsCopy(version) ? failedRegion(version, rows) : undefined) ??
    (isFailed ? failedVersion(version) : waiting(version))
  )
}

/**
 * Regions that were added to a version which had others: until Azure has taken the change on, a region may show what it had failed
 * at before.
 * @param regions in short form
 */
export function decideRegionsAdded(
  { regions }: { regions: readonly string[] },
  version: GalleryImageVersion
): VersionDecision {
  const rows = rowsOf(version, regions)
  if (areCompleted(rows)) return replicatedTo(regions)
  return (isBusy(version) ? undefined : failedRegion(version, rows)) ?? waiting(version)
}

/** Ended, one way or the other, in every region that was asked of it; what failed is told when the run ends. */
export function decideSettled(version: GalleryImageVersion): VersionDecision {
  const failed = (version.replication?.regions ?? []).filter(({ state }) => state === 'Failed')
  const notIn = `not replicated to ${failed.map(({ region }) => region).join(', ')}`
  if (version.provisioningState === 'Failed') {
    return hasItsCopy(version) ? { kind: 'done', reason: `ended; ${notIn}` } : failedVersion(version)
  }
  if (version.provisioningState !== 'Succeeded' || isUnderWay(version)) return waiting(version)
  const how = failed.length === 0 ? ', and replicated wherever it was asked for' : `; ${notIn}`
  return { kind: 'done', reason: `Succeeded${how}` }
}

/**
 * Shown in `latest`, or hidden. The operation has ended, or goes on with regions only: an update tries again what had failed to
 * replicate.
 */
export function decidePromoted(
  { excludeFromLatest }: { excludeFromLatest: boolean },
  version: GalleryImageVersion
): VersionDecision {
  const regions = version.replication?.regions ?? []
  if (isBusy(version) && regions.every(isEnded)) return waiting(version)
  const isFailed = version.provisioningState === 'Failed' && !regions.some(({ state }) => state === 'Failed')
  if (isFailed || version.excludeFromLatest !== excludeFromLatest) return failedVersion(version)
  return { kind: 'done', reason: excludeFromLatest ? 'hidden' : 'promoted' }
}

/** Azure takes one change of a version at a time (409 while another is under way). */
export function isBusy({ provisioningState }: Pick<GalleryImageVersion, 'provisioningState'>): boolean {
  return provisioningState === 'Creating' || provisioningState === 'Updating'
}

/** A region is still to come, or none is listed yet. */
export function isUnderWay({ replication }: GalleryImageVersion): boolean {
  const regions = replication?.regions ?? []
  return regions.length === 0 || !regions.every(isEnded)
}

/** `eastus2 done, westeurope 40%`; empty where Azure lists none. */
export function describeReplication(replication: Replication | undefined): string {
  const rows = replication?.regions ?? []
  return rows
    .map(({ region, progress, state }) => `${region} ${state === 'Completed' ? 'done' : `${progress}%`}`)
    .join(', ')
}

export function stateIn({ regions }: Replication, region: string): Region | undefined {
  return regions.find(one => sameRegion(one.region, region))
}

const isEnded = ({ state }: Region): boolean => state === 'Completed' || state === 'Failed'

const areCompleted = (rows: Rows): boolean => rows.every(row => row?.state === 'Completed')

/** In the order of `regions`; undefined of those that Azure doesn't list. */
export function rowsOf({ replication }: GalleryImageVersion, regions: readonly string[]): Rows {
  return regions.map(region => replication && stateIn(replication, region))
}

/** In its own region, from which the others get theirs. */
function hasItsCopy({ location, replication }: GalleryImageVersion): boolean {
  return replication !== undefined && stateIn(replication, location)?.state === 'Completed'
}

const replicatedTo = (regions: readonly string[]): Done => ({
  kind: 'done',
  reason: `replicated to ${regions.join(', ')}`
})

function waiting({ provisioningState, replication }: GalleryImageVersion): Wait {
  const regions = describeReplication(replication)
  return { kind: 'wait', reason: regions === '' ? provisioningState : `${provisioningState}; ${regions}` }
}

function failedRegion({ versionId, replicationMode, location }: GalleryImageVersion, rows: Rows): Halt | undefined {
  const failed = rows.find(row => row?.state === 'Failed')
  if (failed === undefined) return undefined
  const why = failed.details ? `: ${failed.details}` : ''
  const halt = {
    kind: 'halt',
    failure: 'replication-failed',
    reason: `replication of ${nameOf(versionId)} to ${failed.region} failed${why}`
  } as const
  if (sameRegion(failed.region, location)) {
    const wayOut = 'run again with the same inputs: a version that isn’t in its own region is made again'
    return { ...halt, wayOut, repetition: 'helps' }
  }
  if (replicationMode === 'Shallow') {
    const wayOut = 'publish another version: a shallow one gains no region later'
    return { ...halt, wayOut, repetition: 'after-change' }
  }
  const wayOut = 'run again with the same inputs: the region is taken off the version and added again, as Azure advises'
  return { ...halt, wayOut, repetition: 'unknown' }
}

/** It would be awaited for ever. */
function missingRegion(
  { versionId, targetRegions }: GalleryImageVersion,
  regions: readonly string[]
): Halt | undefined {
  const missing = regions.find(region => !targetRegions.some(one => sameRegion(one.region, region)))
  if (missing === undefined) return undefined
  return {
    kind: 'halt',
    failure: 'replication-failed',
    reason: `image version ${nameOf(versionId)} isn’t published to ${missing}, where the pool is`,
    wayOut: 'find out who changed its regions, then run again'
  }
}

/** By what Azure says of its regions. */
function failedVersion({ versionId, replication }: GalleryImageVersion): Halt & { asksOperation: true } {
  const regions = (replication?.regions ?? []).flatMap(({ region, state, details }) =>
    state === 'Failed' ? [`${region}: ${details ?? 'failed, without details'}`] : []
  )
  const why = regions.length === 0 ? 'Azure gives no reason' : regions.join('; ')
  return {
    kind: 'halt',
    ...VERSION_FAILED,
    reason: `image version ${nameOf(versionId)} failed: ${why}`,
    repetition: 'unknown',
    asksOperation: true
  }
}
