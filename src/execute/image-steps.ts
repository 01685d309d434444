import { nameOf, type GalleryImageVersionId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import { objectOf } from '../model/json.ts'
import type { GalleryImageVersion, Replication } from '../model/observed.ts'
import { sameRegion } from '../model/region.ts'
import { originOf, TAG } from '../rules/run-tags.ts'
import type { StartedOperation } from '../azure/gateway.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { orRefused, refused } from './refused.ts'
import { watch } from './watch.ts'

const VERSION_FAILED = {
  reason: 'image-failed',
  wayOut: 'run again with the same inputs; a failed version is made again'
} as const

export async function createGalleryImage(run: Execution, step: StepOf<'create-gallery-image'>): Performed {
  await orRefused(run.azure.gallery.createGalleryImage(step.galleryImageId, step.body), { reason: 'image-failed' })
  return 'created'
}

export async function createImageVersion(run: Execution, step: StepOf<'create-image-version'>): Performed {
  // The plan is older than the snapshots: a PUT over what somebody has made meanwhile would change it, and hide it.
  const there = await run.azure.gallery.getVersion(step.versionId)
  if (there === undefined || there.provisioningState === 'Failed') {
    const put = run.azure.gallery.putVersion(step.versionId, step.body)
    return untilReplicated(run, step, await orRefused(put, VERSION_FAILED))
  }
  if (there.tags[TAG.key] !== objectOf(step.body.tags)[TAG.key]) {
    const message = `image version ${nameOf(step.versionId)} was made by ${originOf(there.tags)} meanwhile, from other inputs`
    const wayOut = 'name another "image-version"; with "auto", run again: it takes the next number'
    throw new RunError({ reason: 'image-failed', message, wayOut, repetition: 'unknown' })
  }
  run.say(step.id, `${originOf(there.tags)} has made it meanwhile, from the same inputs`)
  return untilReplicated(run, step, undefined)
}

export async function awaitImageVersion(run: Execution, step: StepOf<'await-image-version'>): Performed {
  return untilReplicated(run, step, undefined)
}

type Awaited = { id: string; versionId: GalleryImageVersionId; untilRegions: string[] }

/**
 * Until `replicationStatus` says Completed for the awaited regions: `Succeeded` alone isn't enough, and not needed either. What
 * becomes of other regions is of no concern here.
 */
async function untilReplicated(run: Execution, step: Awaited, operation: StartedOperation | undefined): Performed {
  const tell = progressTeller(run, step.id)
  return watch(run, async (_restart, progress) => {
    const version = await lookAtVersion(run, step.versionId)
    const { replication } = version
    const rows = rowsOf(version, step.untilRegions)
    if (replication !== undefined) {
      tell(replication)
      for (const row of rows) if (row !== undefined) progress(row.region, row.progress, 100)
      if (rows.every(row => row?.state === 'Completed')) return `replicated to ${step.untilRegions.join(', ')}`
      if (version.provisioningState !== 'Failed') refuseFailedRegion(version, rows)
    }
    refuseMissingRegion(version, step.untilRegions)
    if (version.provisioningState === 'Failed') {
      // With its own copy it isn't made again: what becomes of the others is all that is wrong with it.
      if (hasItsCopy(version)) refuseFailedRegion(version, rows)
      throw await failedVersion(version, operation)
    }
    return undefined
  })
}

type RegionRows = (Replication['regions'][number] | undefined)[]

/** In the order of `regions`; undefined of those that Azure doesn't list. */
export function rowsOf({ replication }: GalleryImageVersion, regions: readonly string[]): RegionRows {
  return regions.map(region => replication && stateIn(replication, region))
}

export function refuseFailedRegion(
  { versionId, replicationMode, location }: GalleryImageVersion,
  rows: RegionRows
): void {
  const failed = rows.find(row => row?.state === 'Failed')
  if (failed === undefined) return
  const why = failed.details ? `: ${failed.details}` : ''
  const message = `replication of ${nameOf(versionId)} to ${failed.region} failed${why}`
  if (sameRegion(failed.region, location)) {
    const wayOut = 'run again with the same inputs: a version that isn’t in its own region is made again'
    throw new RunError({ reason: 'replication-failed', message, wayOut, repetition: 'helps' })
  }
  const isShallow = replicationMode === 'Shallow'
  const wayOut = isShallow
    ? 'publish another version: a shallow one gains no region later'
    : 'run again with the same inputs: the region is taken off the version and added again, as Azure advises'
  throw new RunError({
    reason: 'replication-failed',
    message,
    wayOut,
    repetition: isShallow ? 'after-change' : 'unknown'
  })
}

/** It would be awaited for ever. */
function refuseMissingRegion({ versionId, targetRegions }: GalleryImageVersion, regions: readonly string[]): void {
  const missing = regions.find(region => !targetRegions.some(one => sameRegion(one.region, region)))
  if (missing === undefined) return
  const message = `image version ${nameOf(versionId)} isn’t published to ${missing}, where the pool is`
  throw new RunError({
    reason: 'replication-failed',
    message,
    wayOut: 'find out who changed its regions, then run again'
  })
}

/** Ended, one way or the other, in every region that was asked of it; what failed is told when the run ends. */
export async function settleImageVersion(run: Execution, step: StepOf<'settle-image-version'>): Performed {
  const tell = progressTeller(run, step.id)
  return watch(run, async (_restart, progress) => {
    const version = await lookAtVersion(run, step.versionId)
    const regions = version.replication?.regions ?? []
    const isUnderWay = regions.length === 0 || regions.some(({ state }) => !isSettled(state))
    if (version.replication !== undefined && isUnderWay) tell(version.replication)
    for (const row of regions) progress(row.region, row.progress, 100)
    const failed = regions.filter(({ state }) => state === 'Failed').map(({ region }) => region)
    if (version.provisioningState === 'Failed') {
      if (!hasItsCopy(version)) throw await failedVersion(version, undefined)
      return `ended; not replicated to ${failed.join(', ')}`
    }
    if (version.provisioningState !== 'Succeeded' || isUnderWay) return undefined
    return failed.length === 0
      ? 'Succeeded, and replicated wherever it was asked for'
      : `Succeeded; not replicated to ${failed.join(', ')}`
  })
}

const isSettled = (state: string): boolean => state === 'Completed' || state === 'Failed'

/** In its own region, from which the others get theirs. */
function hasItsCopy({ location, replication }: GalleryImageVersion): boolean {
  return replication !== undefined && stateIn(replication, location)?.state === 'Completed'
}

export async function lookAtVersion(run: Execution, versionId: GalleryImageVersionId): Promise<GalleryImageVersion> {
  const version = await run.azure.gallery.getVersion(versionId, { replication: true })
  if (version === undefined) {
    throw new RunError({
      reason: 'image-failed',
      message: `image version ${nameOf(versionId)} is gone`,
      wayOut: 'find out who deletes it'
    })
  }
  if (version.provisioningState === 'Deleting') {
    throw new RunError({
      reason: 'image-failed',
      message: `image version ${nameOf(versionId)} is being deleted`,
      wayOut: 'find out who deletes it'
    })
  }
  // Of a version that is only rolled out, its regions are no business of the run, nor of its report.
  if (version.replication !== undefined && run.makesImage) run.known.replication = version.replication
  return version
}

/** What Azure says of it: of the operation, where this run began it, else of the regions. */
export async function failedVersion(
  { versionId, replication }: GalleryImageVersion,
  operation: StartedOperation | undefined
): Promise<unknown> {
  const error = await operation?.failure()
  const regions = (replication?.regions ?? []).flatMap(({ region, state, details }) =>
    state === 'Failed' ? [`${region}: ${details ?? 'failed, without details'}`] : []
  )
  const failed = `image version ${nameOf(versionId)} failed`
  if (error === undefined) {
    const why = regions.length === 0 ? 'Azure gives no reason' : regions.join('; ')
    return new RunError({
      reason: 'image-failed',
      message: `${failed}: ${why}`,
      wayOut: VERSION_FAILED.wayOut,
      repetition: 'unknown'
    })
  }
  return refused(error, { ...VERSION_FAILED, message: ({ message }) => `${failed}: ${message}` })
}

export function stateIn({ regions }: Replication, region: string): Replication['regions'][number] | undefined {
  return regions.find(one => sameRegion(one.region, region))
}

/** Says the progress by region whenever it has moved. */
function progressTeller(run: Execution, stepId: string): (replication: Replication) => void {
  let said = ''
  return ({ regions }) => {
    const line = regions
      .map(({ region, progress, state }) => `${region} ${state === 'Completed' ? 'done' : `${progress}%`}`)
      .join(', ')
    if (line !== '' && line !== said) run.say(stepId, line)
    said = line
  }
}

export async function createManagedImage(run: Execution, step: StepOf<'create-managed-image'>): Performed {
  await orRefused(run.azure.compute.createManagedImage(step.imageId, step.body), { reason: 'image-failed' })
  return 'created'
}

export async function awaitManagedImage(run: Execution, step: StepOf<'await-managed-image'>): Performed {
  return watch(run, async () => {
    const image = await run.azure.compute.getManagedImage(step.imageId)
    const state = image?.provisioningState ?? 'gone'
    if (state === 'Failed' || state === 'Deleting' || state === 'gone') {
      const wayOut = state === 'Failed' ? 'delete it, and run again' : 'find out who deletes it, then run again'
      throw new RunError({
        reason: 'image-failed',
        message: `managed image ${nameOf(step.imageId)} is ${state}`,
        wayOut,
        repetition: 'after-change'
      })
    }
    return state === 'Succeeded' ? 'Succeeded' : undefined
  })
}
