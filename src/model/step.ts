/** What every step has in common, whatever its kind. */
import type { Step, StepKind } from './plan.ts'

/** The ARM id of what a step is about. */
export function targetOf(step: Step): string {
  if ('vmId' in step) return step.vmId
  if ('snapshotId' in step) return step.snapshotId
  if ('versionId' in step) return step.versionId
  if ('galleryImageId' in step) return step.galleryImageId
  return 'imageId' in step ? step.imageId : step.poolId
}

/** Kinds that only look. */
const READS: ReadonlySet<StepKind> = new Set([
  'verify-vm-stopped',
  'await-snapshot',
  'await-image-version',
  'settle-image-version',
  'await-image-regions',
  'await-managed-image',
  'verify-nodes'
])

export function changesAzure({ kind }: Step): boolean {
  return !READS.has(kind)
}
