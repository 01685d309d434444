/** A version that is only rolled out, or to which nothing else is left to write, is tagged as proved. */
import { RunError } from '../model/failure.ts'
import { nameOf } from '../model/arm-id.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { proofTags } from './proof-tags.ts'
import { TAG } from '../rules/run-tags.ts'
import { changeVersion } from './version-changes.ts'

/** A run that has made nothing of a version doesn’t wait for hours until Azure is done replicating it. */
const PATIENCE_MS = 10 * 60_000

export async function markImageProved(run: Execution, step: StepOf<'mark-image-proved'>): Performed {
  const { versionId, provedBy, tags } = step
  const version = await run.azure.gallery.getVersion(versionId)
  if (version === undefined) {
    throw new RunError({
      reason: 'image-failed',
      message: `image version ${nameOf(versionId)} is gone`,
      wayOut: 'find out who deletes it'
    })
  }
  // Azure shows the tags of a change that it has failed at.
  const isWhole = version.provisioningState !== 'Failed' && version.provisioningState !== 'Canceled'
  if (version.tags[TAG.proved] !== undefined && isWhole) return 'says so already'
  const proof = version.tags[TAG.proved] ?? proofTags(run, provedBy, version)[TAG.proved]
  if (proof === undefined) return 'no node of the pool runs it, so it isn’t tagged'
  await changeVersion(run, step, { tags, provedBy }, PATIENCE_MS)
  return proof
}
