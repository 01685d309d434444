import { isArmIdOf, namesOf, type GalleryImageId, type GalleryImageVersionId, type ImageId } from '../model/arm-id.ts'
import type { RolloutImageId } from '../model/spec.ts'
import { parseResourceId } from './resource-id.ts'

/** Batch's announcement (migration guide for custom image pools), and what to do about it. */
export const RETIRED =
  'Microsoft announced that Batch takes custom images only from an Azure Compute Gallery since 31 March 2026; make a ' +
  'gallery version of it, or set allow-retired to "true" to try all the same'

const VERSION = 'Microsoft.Compute/galleries/images/versions'
const DEFINITION = 'Microsoft.Compute/galleries/images'
const MANAGED = 'Microsoft.Compute/images'

export const isManagedImageId = (id: string): id is ImageId => isArmIdOf(id, MANAGED)

/** `{definition}/latest-proved` */
const LATEST_PROVED = /^(.*)\/latest-proved$/i

export type GivenImage = { imageId: RolloutImageId } | { latestProvedOf: GalleryImageId }

/** Parses what `image-id` says: a pinned image, or `{definition}/latest-proved`. Throws. */
export function parseGivenImage(text: string, allowRetired: boolean): GivenImage {
  const [, before] = LATEST_PROVED.exec(text) ?? []
  if (before === undefined) return { imageId: parsePinnedImage(text, allowRetired) }
  const definition = before.replace(/\/versions$/i, '')
  if (definition !== before) {
    throw new Error(`"${text}" has "versions" before "latest-proved"; write ${definition}/latest-proved`)
  }
  return { latestProvedOf: parseResourceId(definition, DEFINITION) }
}

/** Parses the id of an image that a pool can be pinned to: a gallery version by its number, or a managed image. Throws. */
export function parsePinnedImage(text: string, allowRetired: boolean): RolloutImageId {
  if (LATEST_PROVED.test(text)) {
    throw new Error(
      `"${text}" is not pinned; latest-proved is for the input image-id: leave imageReference out and give it there, or pin ` +
        'a version here'
    )
  }
  if (isArmIdOf(text, DEFINITION)) throw new Error(`"${text}" names no version; ${pinWhy(text)}`)
  if (isManagedImageId(text)) {
    if (!allowRetired) throw new Error(`"${text}" is a managed image; ${RETIRED}`)
    return parseResourceId(text, MANAGED)
  }
  const id: GalleryImageVersionId = parseResourceId(text, VERSION)
  const version = namesOf(id).at(-1) ?? ''
  if (version.toLowerCase() === 'latest') {
    throw new Error(`"${text}" is not pinned; ${pinWhy(text.replace(/\/versions\/[^/]*$/i, ''))}`)
  }
  if (!isImageVersion(version)) {
    throw new Error(`"${text}" has version "${version}", which is not Major.Minor.Patch of 32-bit integers`)
  }
  return id
}

function pinWhy(definition: string): string {
  return (
    `pin one, such as ${definition}/versions/1.0.0, as otherwise nodes of one pool get different images with each ` +
    'version that is published'
  )
}

/** Three integers from 0 to 2147483647 without leading zeros. */
export function isImageVersion(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 3 && parts.every(part => /^(?:0|[1-9]\d{0,9})$/.test(part) && Number(part) <= 2_147_483_647)
}
