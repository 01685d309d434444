/** An image on which nodes have failed again and again is marked, so that a new run with the same inputs makes another one. */
import { nameOf } from '../model/arm-id.ts'
import type { GalleryImageVersion } from '../model/observed.ts'
import type { Step } from '../model/plan.ts'
import { TAG, type RunState } from '../plan/run-tags.ts'
import type { Execution, StepOf } from './context.ts'
import { mergedVersion } from './merged-version.ts'

/**
 * Only what this run’s own nodes have shown, and only a version that was never proved. Best effort, and only a tag: the run has
 * failed already, and says why. Never throws.
 */
export async function markFailed({ azure, say, warn, plan, seen }: Execution): Promise<void> {
  const step = plan.steps.filter(changesVersion).find(({ tags }) => tags[TAG.state] !== undefined)
  if (seen.isImageBlamed !== true || step === undefined) return
  const tags = { [TAG.state]: 'failed' satisfies RunState }
  try {
    const version = await azure.gallery.getVersion(step.versionId)
    if (version?.provisioningState !== 'Succeeded') return
    if (wasProved(version, plan.image?.decision === 'create')) return
    await azure.gallery.putVersion(step.versionId, mergedVersion(version.body, { tags }))
    seen.isTaggedFailed = true
    say(step.id, 'marked as failed: a new run makes another version')
  } catch (error) {
    warn(step.id, {
      message: `image version ${nameOf(step.versionId)} could not be marked as failed: ${error instanceof Error ? error.message : String(error)}`,
      wayOut: `with image-version: auto the next run takes it up, unless its tag ${TAG.state} says "failed"`
    })
  }
}

/** Finished, or promoted by an earlier run; with `promote: now` this run’s own is shown from the start. */
function wasProved({ tags, excludeFromLatest }: GalleryImageVersion, isOwn: boolean): boolean {
  return tags[TAG.state] === 'complete' || (!excludeFromLatest && !isOwn)
}

type Change = StepOf<'finish-image-version'> | StepOf<'change-image-regions'>

/** Where one of them says that the run came to its end, the version is still to be proved, or to be finished. */
const changesVersion = (step: Step): step is Change =>
  step.kind === 'finish-image-version' || step.kind === 'change-image-regions'
