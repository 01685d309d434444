/** What every step has in common, whatever its kind. */
import type { Plan, Step } from './plan.ts'

export const idsOf = (steps: readonly Step[]): string[] => steps.map(({ id }) => id)

/** Those of the plan, and those that are only performed where nodes fail. */
export const stepsOf = ({ steps, rollbacks = [] }: Pick<Plan, 'steps' | 'rollbacks'>): Step[] => [
  ...steps,
  ...rollbacks.flatMap(rollback => rollback.steps)
]

/** The ARM id of what a step is about. */
export function targetOf(step: Step): string {
  if ('vmId' in step) return step.vmId
  if ('jobId' in step) return step.jobId
  if ('snapshotId' in step) return step.snapshotId
  if ('versionId' in step) return step.versionId
  if ('galleryImageId' in step) return step.galleryImageId
  return 'imageId' in step ? step.imageId : step.poolId
}
