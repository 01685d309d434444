/** What a run made, or took up, that still stands: each thing once, with what it is to the next run. */
import type { Standing, StepOutcome } from '../model/outcome.ts'
import type { Plan, Step } from '../model/plan.ts'

const SNAPSHOT_NOTE = 'the next run with the same inputs takes it up; it is deleted once the image version is there'
const VERSION_NOTE = 'hidden until it is proved; the next run with the same inputs takes it up'

export function standingOf(plan: Plan, outcomes: readonly StepOutcome[]): Standing[] {
  const statusOf = new Map(outcomes.map(({ id, status }) => [id, status]))
  const begun = (step: Step): boolean => (statusOf.get(step.id) ?? 'not-started') !== 'not-started'
  const deleted = new Set(
    plan.steps.flatMap(step =>
      step.kind === 'delete-snapshot' && statusOf.get(step.id) === 'done' ? [step.snapshotId.toLowerCase()] : []
    )
  )
  const rows = plan.steps.filter(begun).flatMap(standing)
  const unique = new Map(rows.map(row => [row.id.toLowerCase(), row]))
  return [...unique].filter(([id]) => !deleted.has(id)).map(([, row]) => row)
}

function standing(step: Step): Standing[] {
  switch (step.kind) {
    case 'create-snapshot':
    case 'await-snapshot':
      return [{ id: step.snapshotId, kind: 'Microsoft.Compute/snapshots', role: 'snapshot', note: SNAPSHOT_NOTE }]
    case 'create-gallery-image':
      return [
        {
          id: step.galleryImageId,
          kind: 'Microsoft.Compute/galleries/images',
          role: 'image definition',
          note: 'costs nothing'
        }
      ]
    case 'create-image-version':
    case 'await-image-version':
      return [
        {
          id: step.versionId,
          kind: 'Microsoft.Compute/galleries/images/versions',
          role: 'image version',
          note: VERSION_NOTE
        }
      ]
    case 'create-managed-image':
    case 'await-managed-image':
      return [
        {
          id: step.imageId,
          kind: 'Microsoft.Compute/images',
          role: 'managed image',
          note: 'its snapshots stay as long as it does'
        }
      ]
    case 'create-pool':
    case 'patch-pool':
    case 'empty-pool':
    case 'change-pool-image':
    case 'grow-pool':
    case 'finish-pool':
      return [
        {
          id: step.poolId,
          kind: 'Microsoft.Batch/batchAccounts/pools',
          role: 'pool',
          note: 'its nodes cost money; the next run goes on with it'
        }
      ]
    case 'delete-snapshot':
    case 'settle-image-version':
    case 'finish-image-version':
    case 'verify-nodes':
      return []
  }
}
