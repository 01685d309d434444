/** What every step has in common, whatever its kind. */
import type { Step } from './plan.ts'

export const idsOf = (steps: readonly Step[]): string[] => steps.map(({ id }) => id)

/** The ARM id of what a step is about. */
export function targetOf(step: Step): string {
  if ('vmId' in step) return step.vmId
  if ('jobId' in step) return step.jobId
  if ('snapshotId' in step) return step.snapshotId
  if ('versionId' in step) return step.versionId
  if ('galleryImageId' in step) return step.galleryImageId
  return 'imageId' in step ? step.imageId : step.poolId
}
