/** What a step that only tidies up leaves where it fails: what it is, and who can see to it. */
import { AzureError } from '../azure/errors.ts'
import { nameOf } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { RunWarning } from '../model/outcome.ts'
import type { Step } from '../model/plan.ts'
import { TAG } from '../rules/run-tags.ts'

type Told = Pick<RunWarning, 'message' | 'wayOut'>

export function leftBehind(step: Step, error: unknown): Told {
  const why = error instanceof Error ? error.message : String(error)
  const { what, wayOut } = consequenceOf(step, error)
  return { message: `${what}: ${why}`, wayOut }
}

const VERSION_WRITE = 'Microsoft.Compute/galleries/images/versions/write'

const AGAIN = 'a later run with the same inputs tries again'

function consequenceOf(step: Step, error: unknown): { what: string; wayOut: string } {
  switch (step.kind) {
    case 'delete-snapshot': {
      const by = `az snapshot delete --ids ${step.snapshotId}`
      return {
        what: `snapshot ${nameOf(step.snapshotId)} is left, and costs money; nothing needs it any more`,
        wayOut: `${obstacleTo(error, { action: 'Microsoft.Compute/snapshots/delete', by })}; ${AGAIN}`
      }
    }
    case 'settle-image-version':
      return {
        what: `the snapshots of image version ${nameOf(step.versionId)} are left, for it has not settled`,
        wayOut: `see what Azure says of the version (az sig image-version show --expand ReplicationStatus); ${AGAIN}`
      }
    case 'update-image-version':
      return {
        what: `image version ${nameOf(step.versionId)} is not tagged as complete`,
        wayOut: `nothing, unless image-version is auto: then the next run goes on with this version, within a day`
      }
    case 'mark-image-proved': {
      const by = `the role action ${VERSION_WRITE} writes the tag ${TAG.proved}`
      return {
        what: `image version ${nameOf(step.versionId)} is not tagged as proved`,
        wayOut: `nothing, unless latest-proved is to find it: ${by}, and the next rollout of this version tries again`
      }
    }
    case 'mark-image-failed':
      return {
        what: `image version ${nameOf(step.versionId)} could not be marked as failed`,
        wayOut:
          `with image-version: auto the next run goes on with it, and a rollout takes it, unless its tag ${TAG.state} says ` +
          `"failed" (role action ${VERSION_WRITE})`
      }
    case 'delete-proof-pool': {
      const by = `az batch pool delete --pool-id ${nameOf(step.poolId)}`
      return {
        what: `temporary pool ${nameOf(step.poolId)} is left; nothing needs it any more`,
        wayOut: `${obstacleTo(error, { action: 'Microsoft.Batch/batchAccounts/pools/delete', by })}; the next run for pool ${step.proofOf} tries again`
      }
    }
    case 'delete-smoke-job': {
      const by = `az batch job delete --job-id ${nameOf(step.jobId)}`
      return {
        what: `job ${nameOf(step.jobId)} of the smoke test is left; nothing needs it, and Batch ends it by itself`,
        wayOut: obstacleTo(error, { action: 'the data action Microsoft.Batch/batchAccounts/jobs/delete', by })
      }
    }
    case 'finish-pool':
      return {
        what: `pool ${nameOf(step.poolId)} keeps the lease of this run in its metadata, until it runs out`,
        wayOut:
          'nothing, or delete the item batch-image-rollout-lease: until then another run that has to change the pool stops with pool-leased'
      }
    default:
      return { what: `not done: ${step.title}`, wayOut: AGAIN }
  }
}

/** A lock is taken off by an owner; a role is given by one; anything else can be done by hand. */
function obstacleTo(thrown: unknown, { action, by }: { action: string; by: string }): string {
  const error = thrown instanceof RunError ? thrown.cause : thrown
  if (!(error instanceof AzureError)) return `delete it (${by})`
  // "Lock your resources": locks are created and deleted by Owner or User Access Administrator.
  if (error.code === 'ScopeLocked') {
    return `have an Owner or User Access Administrator take the lock off (Microsoft.Authorization/locks/delete) and delete it (${by})`
  }
  if (error.status === 403) return `give the identity a role with ${action}, or delete it (${by})`
  return `delete it (${by})`
}
