/** An image whose nodes were not healthy is marked, so that a new run with the same inputs makes another one. */
import { nameOf } from '../model/arm-id.ts'
import type { Failure } from '../model/outcome.ts'
import type { Step } from '../model/plan.ts'
import { TAG, type RunState } from '../plan/run-tags.ts'
import type { Execution, StepOf } from './context.ts'
import { mergedVersion } from './merged-version.ts'

/** Best effort, and only a tag: the run has failed already, and says why. Never throws. */
export async function markFailed({ azure, say, warn, plan }: Execution, failure: Failure): Promise<void> {
  const step = plan.steps.filter(changesVersion).find(({ tags }) => tags[TAG.state] !== undefined)
  const byNodes = failure.reason === 'nodes-unhealthy' || failure.reason === 'nodes-stuck'
  if (!byNodes || step === undefined) return
  const tags = { [TAG.state]: 'failed' satisfies RunState }
  try {
    const version = await azure.gallery.getVersion(step.versionId)
    if (version?.provisioningState !== 'Succeeded') return
    await azure.gallery.putVersion(step.versionId, mergedVersion(version.body, { tags }))
    say(step.id, 'marked as failed: a new run makes another version')
  } catch (error) {
    warn(step.id, {
      message: `image version ${nameOf(step.versionId)} could not be marked as failed: ${error instanceof Error ? error.message : String(error)}`,
      wayOut: `with image-version: auto the next run takes it up, unless its tag ${TAG.state} says "failed"`
    })
  }
}

type Change = StepOf<'finish-image-version'> | StepOf<'change-image-regions'>

/** Where one of them says that the run came to its end, the version is still to be proved, or to be finished. */
const changesVersion = (step: Step): step is Change =>
  step.kind === 'finish-image-version' || step.kind === 'change-image-regions'
