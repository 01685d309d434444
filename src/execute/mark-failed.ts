/** An image whose nodes were not healthy is marked, so that a new run with the same inputs makes another one. */
import type { Failure } from '../model/outcome.ts'
import { TAG, type RunState } from '../plan/run-tags.ts'
import type { Execution } from './context.ts'
import { mergedVersion } from './image-steps.ts'

/** Best effort, and only a tag: the run has failed already, and says why. Never throws. */
export async function markFailed({ azure, say, plan }: Execution, failure: Failure): Promise<void> {
  const step = plan.steps.find(one => one.kind === 'finish-image-version')
  const byNodes = failure.reason === 'nodes-unhealthy' || failure.reason === 'nodes-stuck'
  if (!byNodes || step?.kind !== 'finish-image-version') return
  const tags = { [TAG.state]: 'failed' satisfies RunState }
  try {
    const version = await azure.gallery.getVersion(step.versionId)
    if (version?.provisioningState !== 'Succeeded') return
    await azure.gallery.putVersion(step.versionId, mergedVersion(version.body, { addRegions: [], tags }))
    say(step.id, 'marked as failed: a new run makes another version')
  } catch (error) {
    say(step.id, `could not be marked as failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}
