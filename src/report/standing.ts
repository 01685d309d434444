/** What a run made, or took up, that still stands: each thing once, with what it is to the next run. */
import { sameId } from '../model/arm-id.ts'
import type { Failure, Standing, StepOutcome } from '../model/outcome.ts'
import type { Plan, Step } from '../model/plan.ts'
import { resourceOf, type ResourceOutcome } from '../model/resource-outcome.ts'

const SNAPSHOT_NOTE = 'the next run with the same inputs takes it up; it is deleted once the image version is there'
const LEFT_SNAPSHOT_NOTE = 'nothing needs it any more, and it costs money; the next run from the same inputs deletes it'
const KEPT_SNAPSHOT_NOTE = 'stays under its image; the next run with the same inputs takes it up'
/** Azure has refused it, or has begun it: which of them, the step can't tell. */
export const UNMADE_NOTE =
  'is not there, or not whole, for its step failed: the next run with the same inputs takes it up, or makes it anew'
export const NEW_POOL_NOTE = 'its nodes cost money; the next run goes on with it'
const FORMER_POOL_NOTE = 'was there before; the next run goes on with it'
const EMPTIED_POOL_NOTE =
  'was emptied for another image, and may not have all of its nodes back; the next run goes on with it'
export const TAGGED_FAILED_NOTE = 'hidden, and tagged as failed: nodes that ran it failed again and again'
const STOPPED_VM_NOTE =
  'was stopped for its snapshots, and was not seen running again: the post step tries it too; see whether it runs, and start it (az vm start)'
const STOPPED_VM_CANCELLED_NOTE = 'is stopped for its snapshots; the post step starts it again'
export const FORMER_VERSION_NOTE = 'was there before'
export const OPEN_VERSION_NOTE = 'hidden until it is proved; the next run with the same inputs takes it up'

/** `vm`: whether the source VM is still held stopped by this run. `isTaggedFailed`: the version was, by this run. */
export type After = {
  failure?: Failure | undefined
  vm?: 'held' | 'released' | undefined
  isTaggedFailed?: boolean | undefined
  /** What is known to be gone, or was never made, stands no more. */
  resources?: readonly ResourceOutcome[] | undefined
}

export function standingOf(
  plan: Plan,
  outcomes: readonly StepOutcome[],
  { failure, vm, isTaggedFailed, resources = [] }: After = {}
): Standing[] {
  const statusOf = new Map(outcomes.map(({ id, status }) => [id, status]))
  const begun = (step: Step): boolean => (statusOf.get(step.id) ?? 'not-started') !== 'not-started'
  const formerNote = mayBeEmptied(plan, statusOf, failure) ? EMPTIED_POOL_NOTE : FORMER_POOL_NOTE
  const versionNote = plan.image?.decision === 'keep' ? FORMER_VERSION_NOTE : OPEN_VERSION_NOTE
  const rows = plan.steps.filter(begun).flatMap(step => {
    const snapshotNote = snapshotNoteOf(plan, statusOf, step)
    const told = standing(step, { failure, vm, isTaggedFailed, formerNote, versionNote, snapshotNote })
    const isUnmade = MAKES.has(step.kind) && statusOf.get(step.id) === 'failed'
    return isUnmade ? told.map(row => ({ ...row, note: UNMADE_NOTE })) : told
  })
  // The first step of a pool says whether it is this run's own.
  const unique = new Map(rows.toReversed().map(row => [row.id.toLowerCase(), row]))
  return [...unique]
    .toReversed()
    .filter(([id]) => resourceOf(resources, id)?.exists !== false)
    .map(([, row]) => row)
}

const MAKES: ReadonlySet<Step['kind']> = new Set([
  'create-snapshot',
  'create-gallery-image',
  'create-image-version',
  'create-managed-image',
  'create-pool'
])

type Statuses = ReadonlyMap<string, StepOutcome['status']>

/** What becomes of a snapshot, by how far its own step, its image and its deletion have come. */
function snapshotNoteOf({ steps }: Plan, statusOf: Statuses, step: Step): string {
  if (!('snapshotId' in step)) return ''
  const deletion = steps.find(one => one.kind === 'delete-snapshot' && sameId(one.snapshotId, step.snapshotId))
  if (deletion === undefined) return KEPT_SNAPSHOT_NOTE
  return statusOf.get(deletion.id) === 'failed' ? LEFT_SNAPSHOT_NOTE : SNAPSHOT_NOTE
}

/** At the step that empties a pool, these say that it has kept its nodes, or got them back. */
const NODES_ARE_BACK: ReadonlySet<Failure['reason']> = new Set(['drain-timeout', 'pool-changed', 'pool-change-refused'])

function mayBeEmptied({ steps }: Plan, statusOf: Statuses, failure: Failure | undefined): boolean {
  const find = (kind: Step['kind']): Step | undefined => steps.find(step => step.kind === kind)
  const [empties, grows] = [find('empty-pool'), find('grow-pool')]
  if (empties === undefined || grows === undefined || statusOf.get(grows.id) === 'done') return false
  if ((statusOf.get(empties.id) ?? 'not-started') === 'not-started') return false
  return !(failure?.step === empties.id && NODES_ARE_BACK.has(failure.reason))
}

type Why = After & { formerNote: string; versionNote: string; snapshotNote: string }

function standing(step: Step, { failure, vm, isTaggedFailed, formerNote, versionNote, snapshotNote }: Why): Standing[] {
  switch (step.kind) {
    case 'stop-vm':
    case 'start-vm':
      return vm !== 'held'
        ? []
        : [
            {
              id: step.vmId,
              kind: 'Microsoft.Compute/virtualMachines',
              role: 'source VM',
              note: failure?.reason === 'cancelled' ? STOPPED_VM_CANCELLED_NOTE : STOPPED_VM_NOTE
            }
          ]
    case 'create-snapshot':
    case 'await-snapshot':
      return [{ id: step.snapshotId, kind: 'Microsoft.Compute/snapshots', role: 'snapshot', note: snapshotNote }]
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
          note: isTaggedFailed === true ? TAGGED_FAILED_NOTE : versionNote
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
          note: step.kind === 'create-pool' ? NEW_POOL_NOTE : formerNote
        }
      ]
    case 'verify-vm-stopped':
    case 'delete-snapshot':
    case 'settle-image-version':
    case 'finish-image-version':
    case 'change-image-regions':
    case 'await-image-regions':
    case 'verify-nodes':
      return []
  }
}
