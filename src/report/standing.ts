/** What a run made, or went on with, that still stands: each thing once, with what it is to the next run. */
import { sameId } from '../model/arm-id.ts'
import type { Failure, PoolOutcome, Standing, StandingState, StepOutcome } from '../model/outcome.ts'
import type { Plan, Step } from '../model/plan.ts'
import { resourceOf, type ResourceOutcome } from '../model/resource-outcome.ts'
import { targetOf } from '../model/step.ts'
import { RESOURCES, STEP_KINDS } from '../model/step-kinds.ts'

/** What each thing is to the next run, and to whoever pays for it. */
const NOTES: Readonly<Record<StandingState, string>> = {
  'held-vm':
    'was stopped for its snapshots, and was not seen running again: the post step tries it too; see whether it runs, and start it (az vm start)',
  'stopped-vm': 'is stopped for its snapshots; the post step starts it again',
  'open-snapshot': 'the next run with the same inputs uses it; it is deleted once the image version is there',
  'left-snapshot': 'nothing needs it any more, and it costs money; the next run from the same inputs deletes it',
  'kept-snapshot': 'stays under its image; the next run with the same inputs uses it',
  definition: 'costs nothing',
  'open-version': 'hidden until it is proved; the next run with the same inputs goes on with it',
  'failed-given-version': 'was there before, and is tagged as failed now: nodes that ran it failed again and again',
  'failed-version': 'hidden, and tagged as failed: nodes that ran it failed again and again',
  'former-version': 'was there before',
  'finished-version': 'is done with: its nodes have proved it',
  'managed-image': 'its snapshots stay as long as it does',
  'temporary-pool':
    'was only for the proof, and its nodes cost money: the next run for the same pool deletes it; or delete it now (az batch pool delete)',
  'new-pool': 'its nodes cost money; the next run goes on with it',
  'finished-pool': 'is as wanted, and has its nodes',
  'former-pool': 'was there before; the next run goes on with it',
  'rolled-back-pool': 'was there before; has the image and the scale again that it had then',
  'emptied-pool': 'was emptied for another image, and may not have all of its nodes back; the next run goes on with it',
  // Azure has refused it, or has begun it: which of them, the step can't tell.
  unmade:
    'is not there, or not whole, for its step failed: the next run with the same inputs finishes it, or makes it again'
}

/** What came of the run, as far as it says how things stand. */
export type After = {
  steps: readonly StepOutcome[]
  pools?: readonly PoolOutcome[]
  failure?: Failure | undefined
  /** Whether the source VM is still held stopped by this run. */
  vm?: 'held' | 'released' | undefined
  /** The version was, by this run. */
  isTaggedFailed?: boolean | undefined
  /** What is known to be gone, or was never made, stands no more. */
  resources?: readonly ResourceOutcome[] | undefined
}

export function standingOf(plan: Plan, after: After): Standing[] {
  const { steps, resources = [] } = after
  const statusOf = new Map(steps.map(({ id, status }) => [id, status]))
  const begun = (step: Step): boolean => (statusOf.get(step.id) ?? 'not-started') !== 'not-started'
  const rows = plan.steps
    .filter(step => begun(step) && stands(step, after))
    .map((step): Standing => {
      const { resource, does } = STEP_KINDS[step.kind]
      const isUnmade = resource !== 'temporary pool' && does === 'makes' && statusOf.get(step.id) === 'failed'
      const state = isUnmade ? 'unmade' : stateOf(step, { plan, statusOf, after })
      return { id: targetOf(step), kind: RESOURCES[resource], role: resource, state, note: NOTES[state] }
    })
  // The first step of a pool says whether it is this run's own.
  const unique = new Map(rows.toReversed().map(row => [row.id.toLowerCase(), row]))
  return [...unique]
    .toReversed()
    .map(([, row]) => row)
    .concat(failedGiven(plan, after))
    .filter(({ id }) => resourceOf(resources, id)?.exists !== false)
}

/** A version that is only rolled out stands for itself: what this run has said of it is all that there is to tell. */
function failedGiven({ image }: Plan, { isTaggedFailed }: After): Standing[] {
  if (image?.decision !== 'given' || isTaggedFailed !== true) return []
  const state = 'failed-given-version'
  return [{ id: image.imageId, kind: RESOURCES['image version'], role: 'image version', state, note: NOTES[state] }]
}

/** What it makes, or goes on with; a pool that it changes; a VM that it has stopped. What is only promoted was told before. */
function stands({ kind }: Step, { vm }: After): boolean {
  const { resource, does } = STEP_KINDS[kind]
  if (resource === 'source VM') return does === 'changes' && vm === 'held'
  return does === 'makes' || does === 'resumes' || (resource === 'pool' && does === 'changes')
}

type Statuses = ReadonlyMap<string, StepOutcome['status']>
type Seen = { plan: Plan; statusOf: Statuses; after: After }

function stateOf(step: Step, { plan, statusOf, after }: Seen): StandingState {
  switch (STEP_KINDS[step.kind].resource) {
    case 'source VM':
      return after.failure?.reason === 'cancelled' ? 'stopped-vm' : 'held-vm'
    case 'snapshot':
      return snapshotStateOf(plan, statusOf, targetOf(step))
    case 'image definition':
      return 'definition'
    case 'image version':
      if (after.isTaggedFailed === true) return 'failed-version'
      if (isDone(plan, statusOf, 'update-image-version', targetOf(step))) return 'finished-version'
      return plan.image?.decision === 'keep' ? 'former-version' : 'open-version'
    case 'managed image':
      return 'managed-image'
    // Of a job that is left a warning tells: it costs nothing, and Batch ends it by itself.
    case 'job':
    case 'temporary pool':
      return 'temporary-pool'
    case 'pool':
      if (isRolledBack(after, targetOf(step))) return 'rolled-back-pool'
      if (isDone(plan, statusOf, 'finish-pool', targetOf(step))) return 'finished-pool'
      if (STEP_KINDS[step.kind].does === 'makes') return 'new-pool'
      return mayBeEmptied(plan, statusOf, { after, poolId: targetOf(step) }) ? 'emptied-pool' : 'former-pool'
  }
}

const isRolledBack = ({ pools = [] }: After, poolId: string): boolean =>
  pools.some(({ poolId: id, rollback }) => sameId(id, poolId) && rollback?.end === 'done')

/** Promoted, or marked as complete; handed over, or released. */
function isDone({ steps }: Plan, statusOf: Statuses, kind: Step['kind'], id: string): boolean {
  return steps.some(step => step.kind === kind && sameId(targetOf(step), id) && statusOf.get(step.id) === 'done')
}

/** What becomes of a snapshot, by how far its own step, its image and its deletion have come. */
function snapshotStateOf({ steps }: Plan, statusOf: Statuses, snapshotId: string): StandingState {
  const deletion = steps.find(one => one.kind === 'delete-snapshot' && sameId(one.snapshotId, snapshotId))
  if (deletion === undefined) return 'kept-snapshot'
  return statusOf.get(deletion.id) === 'failed' ? 'left-snapshot' : 'open-snapshot'
}

/** A step that empties a pool refuses a pool that isn’t as it was, before it does anything to it. */
const KEPT_ITS_NODES: ReadonlySet<Failure['reason']> = new Set(['pool-changed', 'pool-change-refused'])

function mayBeEmptied(
  { steps }: Plan,
  statusOf: Statuses,
  { after, poolId }: { after: After; poolId: string }
): boolean {
  const own = steps.filter(step => sameId(targetOf(step), poolId))
  const find = (kind: Step['kind']): Step | undefined => own.find(step => step.kind === kind)
  const [empties, grows] = [find('drain-pool'), own.findLast(({ kind }) => kind === 'scale-pool')]
  if (empties === undefined || grows === undefined || statusOf.get(grows.id) === 'done') return false
  if ((statusOf.get(empties.id) ?? 'not-started') === 'not-started') return false
  const { failure, pools = [] } = after
  const isBack = pools.some(one => one.isRestored === true && sameId(one.poolId, poolId))
  return !isBack && !(failure?.step === empties.id && KEPT_ITS_NODES.has(failure.reason))
}
