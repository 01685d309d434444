/** The image that a pool has, where another one may take its place: a change whose nodes fail goes back to it. */
import { AzureError } from '../azure/errors.ts'
import { childId, isArmIdOf, sameId } from '../model/arm-id.ts'
import type { GalleryImageVersion, Looked, Observed, Pool } from '../model/observed.ts'
import type { Spec } from '../model/spec.ts'
import type { SharedReads } from './shared-reads.ts'

const READ = 'Microsoft.Compute/galleries/images/versions/read'

/** Nothing is read where the pool keeps its image, or nothing would come of it. */
export async function formerImagePart(
  { version }: Pick<SharedReads, 'version'>,
  spec: Spec,
  pool: Pool | undefined
): Promise<Pick<Observed, 'formerVersion'>> {
  const { rollout } = spec
  const id = pool?.imageId
  if (rollout === undefined || id === undefined || rollout.onFailure === 'keep' || rollout.imageChange === 'refuse')
    return {}
  if (!isArmIdOf(id, 'Microsoft.Compute/galleries/images/versions') || isAsked(spec, id)) return {}
  return { formerVersion: await looked(version(id)) }
}

/** As far as it is known before the version is chosen. */
function isAsked({ image, rollout }: Spec, id: string): boolean {
  if (image === undefined) return rollout?.imageId !== undefined && sameId(rollout.imageId, id)
  if (image.publishTo.kind !== 'gallery') return false
  const { galleryImageId, version } = image.publishTo
  return version !== 'auto' && sameId(childId(galleryImageId, 'versions', version), id)
}

/** Who may not read it can do without: then the pool has no way back. */
async function looked(read: Promise<GalleryImageVersion | undefined>): Promise<Looked<GalleryImageVersion>> {
  try {
    return { found: await read }
  } catch (error) {
    if (!(error instanceof AzureError)) throw error
    return { unread: { action: READ, why: `Azure answered "${error.code}"` } }
  }
}
