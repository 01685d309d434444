/** All that is known of a kind of step besides how it is planned and performed: one row each. */
import type { StepKind } from './plan.ts'

/** What a step is about, as it is called in reports, with its ARM type. */
export const RESOURCES = {
  'source VM': 'Microsoft.Compute/virtualMachines',
  snapshot: 'Microsoft.Compute/snapshots',
  'image definition': 'Microsoft.Compute/galleries/images',
  'image version': 'Microsoft.Compute/galleries/images/versions',
  'managed image': 'Microsoft.Compute/images',
  pool: 'Microsoft.Batch/batchAccounts/pools',
  'temporary pool': 'Microsoft.Batch/batchAccounts/pools',
  job: 'Microsoft.Batch/batchAccounts/jobs'
} as const

export type Resource = keyof typeof RESOURCES

export type StepKindRow = {
  resource: Resource
  /** `resumes`: waits for what an earlier run has begun to make. `reads`: only looks. */
  does: 'makes' | 'resumes' | 'changes' | 'deletes' | 'reads'
  /** Where it stands in the chart of the times. */
  part: 'Snapshots' | 'Image' | 'Proof' | 'Pool' | 'Cleaning up'
  /** What is said of the resource after it went well, after it didn’t, and in a plan. */
  done: string
  undone: string
  planned: string
}

type Words = Pick<StepKindRow, 'done' | 'undone' | 'planned'>

const words = (done: string, undone = `not ${done}`, planned = `to be ${done}`): Words => ({ done, undone, planned })

const row = (resource: Resource, does: StepKindRow['does'], part: StepKindRow['part'], said: Words): StepKindRow => ({
  resource,
  does,
  part,
  ...said
})

const RESUMED = words('finished')

export const STEP_KINDS: Readonly<Record<StepKind, StepKindRow>> = {
  'stop-vm': row('source VM', 'changes', 'Snapshots', words('stopped')),
  'verify-vm-stopped': row('source VM', 'reads', 'Snapshots', words('found stopped')),
  'start-vm': row('source VM', 'changes', 'Cleaning up', words('started')),
  'create-snapshot': row('snapshot', 'makes', 'Snapshots', words('made')),
  'await-snapshot': row('snapshot', 'resumes', 'Snapshots', RESUMED),
  'delete-snapshot': row('snapshot', 'deletes', 'Cleaning up', words('deleted')),
  'create-gallery-image': row('image definition', 'makes', 'Image', words('made')),
  'create-image-version': row('image version', 'makes', 'Image', words('made')),
  'await-image-version': row('image version', 'resumes', 'Image', RESUMED),
  'settle-image-version': row('image version', 'reads', 'Image', words('replicated')),
  'update-image-version': row('image version', 'changes', 'Image', words('finished')),
  'change-image-regions': row('image version', 'changes', 'Image', words('given its regions')),
  'await-image-regions': row('image version', 'reads', 'Image', words('replicated')),
  'mark-image-proved': row('image version', 'changes', 'Cleaning up', words('tagged as proved')),
  'mark-image-failed': row('image version', 'changes', 'Cleaning up', words('marked as failed')),
  'create-managed-image': row('managed image', 'makes', 'Image', words('made')),
  'await-managed-image': row('managed image', 'resumes', 'Image', RESUMED),
  'create-pool': row('pool', 'makes', 'Pool', words('created')),
  'create-proof-pool': row('temporary pool', 'makes', 'Proof', words('created')),
  'delete-proof-pool': row('temporary pool', 'deletes', 'Cleaning up', words('deleted')),
  'run-smoke-test': row('job', 'changes', 'Proof', words('run', 'not passed')),
  'delete-smoke-job': row('job', 'deletes', 'Cleaning up', words('deleted')),
  'patch-pool': row('pool', 'changes', 'Pool', words('changed')),
  'drain-pool': row('pool', 'changes', 'Pool', words('emptied')),
  'change-pool-image': row('pool', 'changes', 'Pool', words('given the image')),
  'scale-pool': row('pool', 'changes', 'Pool', words('resized', 'not fully resized')),
  // It renews the lease.
  'bake-nodes': row('pool', 'changes', 'Pool', words('watched', 'not watched to the end')),
  'refresh-nodes': row('pool', 'changes', 'Pool', words('refreshed', 'not fully refreshed')),
  'finish-pool': row('pool', 'changes', 'Pool', words('finished')),
  'verify-nodes': row('pool', 'reads', 'Pool', words('verified')),
  'stop-resize': row('pool', 'changes', 'Cleaning up', words('stopped')),
  'restore-pool': row('pool', 'changes', 'Cleaning up', words('given its former scale')),
  'release-pool': row('pool', 'changes', 'Cleaning up', words('released'))
}

export function changesAzure({ kind }: { kind: StepKind }): boolean {
  return STEP_KINDS[kind].does !== 'reads' && STEP_KINDS[kind].does !== 'resumes'
}
