import { nameOf, type GalleryImageVersionId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { GalleryImageVersion, Replication } from '../model/observed.ts'
import { regionName, sameRegion } from '../model/region.ts'
import { originOf, TAG } from '../plan/run-tags.ts'
import type { StartedOperation } from '../azure/gateway.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { watch } from './watch.ts'

export async function createGalleryImage(run: Execution, step: StepOf<'create-gallery-image'>): Performed {
  await run.azure.gallery.createGalleryImage(step.galleryImageId, step.body)
  return 'created'
}

export async function createImageVersion(run: Execution, step: StepOf<'create-image-version'>): Performed {
  // The plan is older than the snapshots: a PUT over what somebody has made meanwhile would change it, and hide it.
  const there = await run.azure.gallery.getVersion(step.versionId)
  if (there === undefined || there.provisioningState === 'Failed') {
    return untilReplicated(run, step, await run.azure.gallery.putVersion(step.versionId, step.body))
  }
  if (there.tags[TAG.key] !== objectOf(step.body.tags)[TAG.key]) {
    const message = `image version ${nameOf(step.versionId)} was made by ${originOf(there.tags)} meanwhile, from other inputs`
    throw new RunError(
      'image-failed',
      message,
      'run again (image-version: auto takes the next number), or name another'
    )
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
    if (replication !== undefined) {
      tell(replication)
      const rows = step.untilRegions.map(region => stateIn(replication, region))
      for (const row of rows) if (row !== undefined) progress(row.region, row.progress, 100)
      if (rows.every(row => row?.state === 'Completed')) return `replicated to ${step.untilRegions.join(', ')}`
      if (version.provisioningState !== 'Failed') refuseFailedRegion(version, rows)
    }
    refuseMissingRegion(version, step.untilRegions)
    if (version.provisioningState === 'Failed') throw await failedVersion(version, operation)
    return undefined
  })
}

function refuseFailedRegion(
  { versionId }: GalleryImageVersion,
  rows: (Replication['regions'][number] | undefined)[]
): void {
  const failed = rows.find(row => row?.state === 'Failed')
  if (failed === undefined) return
  const why = failed.details ? `: ${failed.details}` : ''
  const message = `replication of ${nameOf(versionId)} to ${failed.region} failed${why}`
  throw new RunError('replication-failed', message, 'run again; or make another version')
}

/** It would be awaited for ever. */
function refuseMissingRegion({ versionId, targetRegions }: GalleryImageVersion, regions: readonly string[]): void {
  const missing = regions.find(region => !targetRegions.some(one => sameRegion(one.region, region)))
  if (missing === undefined) return
  const message = `image version ${nameOf(versionId)} isn’t published to ${missing}, where the pool is`
  throw new RunError('replication-failed', message, 'find out who changed its regions, then run again')
}

/** Ended, one way or the other, in every region that was asked of it. */
export async function settleImageVersion(run: Execution, step: StepOf<'settle-image-version'>): Performed {
  const tell = progressTeller(run, step.id)
  return watch(run, async (_restart, progress) => {
    const version = await lookAtVersion(run, step.versionId)
    const { replication, provisioningState } = version
    const isUnderWay = replication?.regions.some(({ state }) => state !== 'Completed' && state !== 'Failed') ?? true
    if (replication !== undefined && isUnderWay) tell(replication)
    for (const row of replication?.regions ?? []) progress(row.region, row.progress, 100)
    if (provisioningState === 'Failed') throw await failedVersion(version, undefined)
    return provisioningState === 'Succeeded' && !isUnderWay
      ? 'Succeeded, and replicated wherever it was asked for'
      : undefined
  })
}

async function lookAtVersion(run: Execution, versionId: GalleryImageVersionId): Promise<GalleryImageVersion> {
  const version = await run.azure.gallery.getVersion(versionId, { replication: true })
  if (version === undefined) {
    throw new RunError('image-failed', `image version ${nameOf(versionId)} is gone`, 'find out who deletes it')
  }
  if (version.replication !== undefined) run.seen.replication = version.replication
  return version
}

async function failedVersion(
  { versionId }: GalleryImageVersion,
  operation: StartedOperation | undefined
): Promise<RunError> {
  const error = await operation?.failure()
  const why = error === undefined ? 'Azure gives no reason' : error.message
  const message = `image version ${nameOf(versionId)} failed: ${why}`
  return new RunError('image-failed', message, 'run again; a failed version is made anew', error)
}

function stateIn({ regions }: Replication, region: string): Replication['regions'][number] | undefined {
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

/** One PUT, merged from a fresh GET, so that nothing on the version is lost; further regions aren't waited for. */
export async function finishImageVersion(run: Execution, step: StepOf<'finish-image-version'>): Performed {
  const { gallery } = run.azure
  const fresh = await gallery.getVersion(step.versionId)
  if (fresh === undefined)
    throw new RunError('image-failed', `image version ${nameOf(step.versionId)} is gone`, 'find out who deletes it')
  await gallery.putVersion(step.versionId, mergedVersion(fresh.body, step))
  const after = await gallery.getVersion(step.versionId, { replication: true })
  if (after?.replication !== undefined) run.seen.replication = after.replication
  const still =
    after?.replication?.regions.filter(({ state }) => state !== 'Completed').map(({ region }) => region) ?? []
  const waiting = [...new Set([...still, ...step.addRegions.map(({ region }) => region)])]
  return waiting.length === 0
    ? 'Azure has taken it on'
    : `Azure has taken it on; still replicating to ${waiting.join(', ')}`
}

/** Read-only parts of a version, which a PUT doesn't take (gallery contract: `readOnly`). */
const READ_ONLY = ['id', 'name', 'type', 'etag', 'systemData']

export function mergedVersion(
  body: JsonObject,
  {
    addRegions,
    excludeFromLatest,
    tags
  }: Pick<StepOf<'finish-image-version'>, 'addRegions' | 'excludeFromLatest' | 'tags'>
): JsonObject {
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => !READ_ONLY.includes(name)))
  const { provisioningState: _state, replicationStatus: _status, ...properties } = objectOf(body.properties)
  const { publishedDate: _date, ...publishing } = objectOf(properties.publishingProfile)
  const present = Array.isArray(publishing.targetRegions) ? publishing.targetRegions : []
  const missing = addRegions.filter(
    ({ region }) => !present.some(row => regionName(String(objectOf(row).name)) === region)
  )
  return {
    ...kept,
    tags: { ...objectOf(body.tags), ...tags },
    properties: {
      ...properties,
      ...(properties.storageProfile === undefined
        ? {}
        : { storageProfile: writableDisks(objectOf(properties.storageProfile)) }),
      ...(properties.safetyProfile === undefined
        ? {}
        : { safetyProfile: writableSafety(objectOf(properties.safetyProfile)) }),
      publishingProfile: {
        ...publishing,
        targetRegions: [
          ...present,
          ...missing.map(({ region, replicas }) => ({ name: region, regionalReplicaCount: replicas }))
        ],
        ...(excludeFromLatest === undefined ? {} : { excludeFromLatest })
      }
    }
  }
}

/** `reportedForPolicyViolation` and `policyViolations` are Azure's own to say. */
function writableSafety({ reportedForPolicyViolation: _a, policyViolations: _b, ...safety }: JsonObject): JsonObject {
  return safety
}

/** The size of a disk is Azure's own to say (gallery contract: `sizeInGB` is read-only). */
function writableDisks({ osDiskImage, dataDiskImages, ...profile }: JsonObject): JsonObject {
  const writable = ({ sizeInGB: _size, ...disk }: JsonObject): JsonObject => disk
  return {
    ...profile,
    ...(osDiskImage === undefined ? {} : { osDiskImage: writable(objectOf(osDiskImage)) }),
    ...(Array.isArray(dataDiskImages) ? { dataDiskImages: dataDiskImages.map(disk => writable(objectOf(disk))) } : {})
  }
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

export async function createManagedImage(run: Execution, step: StepOf<'create-managed-image'>): Performed {
  await run.azure.compute.createManagedImage(step.imageId, step.body)
  return 'created'
}

export async function awaitManagedImage(run: Execution, step: StepOf<'await-managed-image'>): Performed {
  return watch(run, async () => {
    const image = await run.azure.compute.getManagedImage(step.imageId)
    const state = image?.provisioningState ?? 'gone'
    if (state === 'Failed' || state === 'gone') {
      throw new RunError(
        'image-failed',
        `managed image ${nameOf(step.imageId)} is ${state}`,
        'delete it, and run again'
      )
    }
    return state === 'Succeeded' ? 'Succeeded' : undefined
  })
}
