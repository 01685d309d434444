/** An image on which nodes have failed again and again is marked, so that a new run with the same inputs makes another one. */
import { nameOf } from '../model/arm-id.ts'
import type { GalleryImageVersion } from '../model/observed.ts'
import { TAG } from '../rules/run-tags.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { mergedVersion } from './merged-version.ts'
import { failureTags } from './proof-tags.ts'
import { NOTHING_TO_UNDO } from './undo-pool.ts'

/** Only what this run’s own nodes have shown, and only a version that was never proved, here or elsewhere. */
export async function markImageFailed(run: Execution, step: StepOf<'mark-image-failed'>): Performed {
  const { versionId, failedOn, isOwn } = step
  const { gallery } = run.azure
  const version = await gallery.getVersion(versionId)
  if (version?.provisioningState !== 'Succeeded' || wasProved(version, isOwn)) return NOTHING_TO_UNDO
  const tags = { ...step.tags, ...failureTags(run, failedOn) }
  await gallery.putVersion(versionId, mergedVersion(version.body, { tags }))
  run.known.isTaggedFailed = true
  const then = run.makesImage ? 'a new run makes another version' : 'it is rolled out again only with force: true'
  return `${nameOf(versionId)} is marked as failed: ${then}`
}

/** By nodes, or by whoever has promoted it: with `promote: now` this run’s own is shown from the start. */
function wasProved({ tags, excludeFromLatest }: GalleryImageVersion, isOwn: boolean): boolean {
  return tags[TAG.proved] !== undefined || (!excludeFromLatest && !isOwn)
}
