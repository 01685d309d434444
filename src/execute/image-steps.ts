import { nameOf, type GalleryImageVersionId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { GalleryImageVersion, Replication } from '../model/observed.ts'
import { regionName, sameRegion } from '../model/region.ts'
import type { StartedOperation } from '../azure/gateway.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { watch } from './watch.ts'

export async function createGalleryImage(run: Execution, step: StepOf<'create-gallery-image'>): Performed {
  await run.azure.gallery.createGalleryImage(step.galleryImageId, step.body)
  return 'created'
}

export async function createImageVersion(run: Execution, step: StepOf<'create-image-version'>): Performed {
  const operation = await run.azure.gallery.putVersion(step.versionId, step.body)
  return untilReplicated(run, step, operation)
}

export async function awaitImageVersion(run: Execution, step: StepOf<'await-image-version'>): Performed {
  return untilReplicated(run, step, undefined)
}

type Awaited = { id: string; versionId: GalleryImageVersionId; untilRegions: string[] }

/** Until `replicationStatus` says Completed for the awaited regions: `Succeeded` alone isn't enough, and not needed either. */
async function untilReplicated(run: Execution, step: Awaited, operation: StartedOperation | undefined): Performed {
  const progress = progressTeller(run, step.id)
  return watch(run, async () => {
    const { replication } = await lookAtVersion(run, step, operation)
    if (replication === undefined) return undefined
    progress(replication)
    const waiting = step.untilRegions.filter(region => stateIn(replication, region)?.state !== 'Completed')
    return waiting.length === 0 ? `replicated to ${step.untilRegions.join(', ')}` : undefined
  })
}

export async function settleImageVersion(run: Execution, step: StepOf<'settle-image-version'>): Performed {
  const progress = progressTeller(run, step.id)
  return watch(run, async () => {
    const version = await lookAtVersion(run, step, undefined)
    const replicated = version.replication?.aggregatedState === 'Completed'
    if (version.replication !== undefined && !replicated) progress(version.replication)
    return version.provisioningState === 'Succeeded' && replicated
      ? 'Succeeded, and replicated wherever it was asked for'
      : undefined
  })
}

async function lookAtVersion(
  run: Execution,
  { versionId }: { versionId: GalleryImageVersionId },
  operation: StartedOperation | undefined
): Promise<GalleryImageVersion> {
  const version = await run.azure.gallery.getVersion(versionId, { replication: true })
  const name = nameOf(versionId)
  if (version === undefined)
    throw new RunError('image-failed', `image version ${name} is gone`, 'find out who deletes it')
  if (version.replication !== undefined) run.seen.replication = version.replication
  if (version.provisioningState === 'Failed') {
    const error = await operation?.failure()
    const why = error === undefined ? 'Azure gives no reason' : error.message
    throw new RunError(
      'image-failed',
      `image version ${name} failed: ${why}`,
      'run again; a failed version is made anew',
      error
    )
  }
  const failed = version.replication?.regions.find(({ state }) => state === 'Failed')
  if (failed !== undefined) {
    const message = `replication of ${name} to ${failed.region} failed${failed.details ? `: ${failed.details}` : ''}`
    throw new RunError('replication-failed', message, 'run again, or leave the region out of target-regions')
  }
  return version
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
  return waiting.length === 0 ? 'taken on' : `taken on; still replicating to ${waiting.join(', ')}`
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
