/** Nodes need their image for as long as a pool grows: when they can't be had, it is looked at. */
import {
  isArmIdOf,
  nameOf,
  parentId,
  type GalleryImageVersionId,
  type ImageId,
  type SnapshotId
} from '../model/arm-id.ts'
import { RunError, type FailureReason, type Repetition } from '../model/failure.ts'
import { sameRegion } from '../model/region.ts'
import type { PoolAddress } from '../model/plan.ts'
import { poolKnown, type Execution } from './context.ts'

type Halt = { failure: FailureReason; reason: string; wayOut: string; repetition?: Repetition }
/** What is missing, and what helps. */
type Lost = { reason: string; wayOut: string; repetition: Repetition }

/**
 * Best effort: what can't be read takes nothing from what Batch has said.
 * @returns `halt` itself where nothing of the image is missing
 */
export async function withImageLookedAt(run: Execution, address: PoolAddress, halt: Halt): Promise<Halt> {
  if (halt.failure !== 'allocation-failed') return halt
  try {
    const lost = await lostImage(run, address)
    return lost === undefined ? halt : { ...halt, ...lost, reason: `${halt.reason}; ${lost.reason}` }
  } catch {
    return halt
  }
}

/** Before a pool loses its nodes for an image, and before it gets it: one that is gone brings no nodes back. Best effort, as above. */
export async function refuseGoneImage(run: Execution, id: string | undefined): Promise<void> {
  if (id === undefined || !isArmIdOf(id, 'Microsoft.Compute/galleries/images/versions')) return
  const lost = await whyGone(run, id).catch(() => undefined)
  if (lost === undefined) return
  throw new RunError({ reason: 'image-failed', message: lost.reason, wayOut: lost.wayOut, repetition: lost.repetition })
}

async function whyGone(run: Execution, id: GalleryImageVersionId): Promise<Lost | undefined> {
  return goneVersion(run, id, await run.azure.gallery.getVersion(id))
}

async function lostImage(run: Execution, address: PoolAddress): Promise<Lost | undefined> {
  const id = poolKnown(run, address).pool?.imageId
  if (id === undefined) return undefined
  if (isArmIdOf(id, 'Microsoft.Compute/images')) return lostManagedImage(run, id)
  return isArmIdOf(id, 'Microsoft.Compute/galleries/images/versions') ? lostVersion(run, address, id) : undefined
}

async function lostVersion(run: Execution, address: PoolAddress, id: GalleryImageVersionId): Promise<Lost | undefined> {
  const version = await run.azure.gallery.getVersion(id, { replication: true })
  const lost = await goneVersion(run, id, version)
  return lost === undefined && version !== undefined ? lostReplica(run, address, version) : lost
}

async function goneVersion(
  run: Execution,
  id: GalleryImageVersionId,
  version: Seen | undefined
): Promise<Lost | undefined> {
  if (version?.provisioningState === 'Deleting') return gone(run, `image version ${nameOf(id)} is being deleted`)
  if (version !== undefined) return undefined
  const { gallery } = run.azure
  const definitionId = parentId(id)
  const galleryId = parentId(definitionId)
  const [definition, its] = await Promise.all([gallery.getGalleryImage(definitionId), gallery.getGallery(galleryId)])
  if (its === undefined) {
    const reason = `the gallery ${nameOf(galleryId)} of its image isn’t there any more`
    return { reason, wayOut: `find out who deletes it, and create the gallery again`, repetition: 'after-change' }
  }
  return gone(
    run,
    definition === undefined
      ? `the definition ${nameOf(definitionId)} of its image isn’t there any more`
      : `image version ${nameOf(id)} isn’t there any more`
  )
}

type Seen = NonNullable<Awaited<ReturnType<Execution['azure']['gallery']['getVersion']>>>

async function lostReplica(
  run: Execution,
  { poolId }: PoolAddress,
  { versionId, targetRegions, replication }: Seen
): Promise<Lost | undefined> {
  const account = await run.azure.batch.getAccount(parentId(poolId))
  if (account === undefined) return undefined
  const { location } = account
  const state = replication?.regions.find(({ region }) => sameRegion(region, location))?.state
  const name = `image version ${nameOf(versionId)}`
  if (!targetRegions.some(({ region }) => sameRegion(region, location))) {
    const wayOut = `find out who takes regions off it, and add ${location} to it again`
    return again(run, { reason: `${name} has no replica in ${location}, the Batch account’s region`, wayOut })
  }
  if (state === undefined || state === 'Completed') return undefined
  return {
    reason: `the replica of ${name} in ${location} is ${state}`,
    wayOut: `wait until it is Completed, or take ${location} off the version and add it again, then run again`,
    repetition: 'after-change'
  }
}

async function lostManagedImage({ azure }: Execution, id: ImageId): Promise<Lost | undefined> {
  const wayOut = 'find out who deletes it; publish the image under another name, as it can’t be fixed'
  const image = await azure.compute.getManagedImage(id)
  if (image === undefined)
    return { reason: `managed image ${nameOf(id)} isn’t there any more`, wayOut, repetition: 'after-change' }
  const snapshots = await Promise.all(
    image.snapshotIds.map(async one =>
      (await azure.compute.getSnapshot(one as SnapshotId)) === undefined ? [one] : []
    )
  )
  const [lost] = snapshots.flat()
  if (lost === undefined) return undefined
  const reason = `snapshot ${nameOf(lost as SnapshotId)}, which managed image ${nameOf(id)} was made of, isn’t there any more`
  return { reason, wayOut, repetition: 'after-change' }
}

const gone = (run: Execution, reason: string): Lost => again(run, { reason, wayOut: 'find out who deletes it' })

/** What this action makes itself, its next run makes again. */
function again({ makesImage }: Execution, { reason, wayOut }: Omit<Lost, 'repetition'>): Lost {
  return !makesImage
    ? {
        reason,
        wayOut: `${wayOut}, then run again; or roll out another image ("image-id")`,
        repetition: 'after-change'
      }
    : { reason, wayOut: `${wayOut}; a run with the same inputs makes what is missing again`, repetition: 'helps' }
}
