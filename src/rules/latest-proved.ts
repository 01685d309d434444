/** Which version of a definition `latest-proved` is. */
import { nameOf } from '../model/arm-id.ts'
import type { GalleryImageVersion } from '../model/observed.ts'
import { sameRegion } from '../model/region.ts'
import { TAG } from './run-tags.ts'
import { compareVersions } from './versions.ts'

export function newestFirst(versions: readonly GalleryImageVersion[]): GalleryImageVersion[] {
  return versions.toSorted((a, b) => compareVersions(nameOf(b.versionId), nameOf(a.versionId)))
}

/**
 * Why a version doesn’t count as proved, in words that go after a number: `not proved`. Undefined where it does.
 * @param at ms since the epoch
 * @param region of the pool; undefined where it isn’t known
 */
export function whyNotProved(
  version: GalleryImageVersion,
  { at, region }: { at: number; region: string | undefined }
): string | undefined {
  const { tags, provisioningState, endOfLifeDate, targetRegions, replication } = version
  if (tags[TAG.state] === 'failed') return 'marked as failed'
  if (tags[TAG.proved] === undefined) return 'not proved'
  // A version that is being changed is as good as before, and the tag itself is such a change: taken for none, it would bring the
  // former version back to a pool that has it.
  if (provisioningState !== 'Succeeded' && provisioningState !== 'Updating') return provisioningState
  if (endOfLifeDate !== undefined && Date.parse(endOfLifeDate) <= at) return 'past the end of life'
  if (region === undefined) return undefined
  if (!targetRegions.some(target => sameRegion(target.region, region))) return `not in ${region}`
  const state = replication?.regions.find(row => sameRegion(row.region, region))?.state
  return state === undefined || state === 'Completed' ? undefined : `${state} in ${region}`
}
