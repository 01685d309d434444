/** Which resources a run made, took up, changed or deleted. */
import type { Outcome, StepOutcome } from '../model/outcome.ts'
import type { Plan, Step, StepKind } from '../model/plan.ts'
import { resourceOf, type ResourceOutcome } from '../model/resource-outcome.ts'
import { targetOf } from '../model/step.ts'

export type Touched = {
  id: string
  /** `snapshot`, `image version`, `pool`, … */
  what: string
  /** In the order in which it happened: `made`, `deleted`, `gone` (somebody else has deleted it). */
  verbs: string[]
  note: string
  /** Whether it is there now, so that a link leads somewhere. */
  exists: boolean
}

type Words = { what: string; done: string; undone: string; planned: string }

const words = (what: string, done: string, undone: string, planned: string): Words => ({ what, done, undone, planned })

const WORDS: Record<StepKind, Words> = {
  'stop-vm': words('source VM', 'stopped', 'not stopped', 'to be stopped'),
  'verify-vm-stopped': words('source VM', 'found stopped', 'not found stopped', 'to be found stopped'),
  'start-vm': words('source VM', 'started', 'not started', 'to be started'),
  'create-snapshot': words('snapshot', 'made', 'not made', 'to be made'),
  'await-snapshot': words('snapshot', 'taken up', 'not finished', 'to be taken up'),
  'delete-snapshot': words('snapshot', 'deleted', 'not deleted', 'to be deleted'),
  'create-gallery-image': words('image definition', 'made', 'not made', 'to be made'),
  'create-image-version': words('image version', 'made', 'not made', 'to be made'),
  'await-image-version': words('image version', 'taken up', 'not finished', 'to be taken up'),
  'settle-image-version': words('image version', 'replicated', 'not replicated', 'to be replicated'),
  'finish-image-version': words('image version', 'finished', 'not finished', 'to be finished'),
  'change-image-regions': words(
    'image version',
    'given its regions',
    'not given its regions',
    'to be given its regions'
  ),
  'await-image-regions': words('image version', 'replicated', 'not replicated', 'to be replicated'),
  'create-managed-image': words('managed image', 'made', 'not made', 'to be made'),
  'await-managed-image': words('managed image', 'taken up', 'not finished', 'to be taken up'),
  'create-pool': words('pool', 'created', 'not created', 'to be created'),
  'patch-pool': words('pool', 'changed', 'not changed', 'to be changed'),
  'empty-pool': words('pool', 'emptied', 'not emptied', 'to be emptied'),
  'change-pool-image': words('pool', 'given the image', 'not given the image', 'to be given the image'),
  'grow-pool': words('pool', 'resized', 'not fully resized', 'to be resized'),
  'finish-pool': words('pool', 'finished', 'not finished', 'to be finished'),
  'verify-nodes': words('pool', 'verified', 'not verified', 'to be verified')
}

const PROMOTED = words('image version', 'promoted', 'not promoted', 'to be promoted')

/** A dry run makes nothing. */
const PLANNED: ReadonlySet<string> = new Set(['to be made', 'to be created'])
const UNMADE: ReadonlySet<string> = new Set([...PLANNED, 'not made', 'not created'])

/** Every resource of the plan that was reached, or with a dry run that would be, each once. */
export function touchedOf(plan: Plan, outcome: Outcome): Touched[] {
  const rows = new Map<string, Touched>()
  const { resources } = outcome
  const statuses = new Map(outcome.steps.map(step => [step.id, step]))
  for (const { id, what } of untouched(plan))
    rows.set(id.toLowerCase(), { id, what, verbs: ['left alone'], note: '', exists: true })
  for (const step of plan.steps) {
    const verb = verbOf(step, statuses.get(step.id), plan.dryRun)
    if (verb === undefined) continue
    const id = targetOf(step)
    const row = rows.get(id.toLowerCase()) ?? { id, what: WORDS[step.kind].what, verbs: [], note: '', exists: true }
    row.verbs = [...row.verbs.filter(known => known !== 'left alone' && known !== verb), verb]
    if (PLANNED.has(verb)) row.exists = false
    row.note = statuses.get(step.id)?.note ?? row.note
    rows.set(id.toLowerCase(), row)
  }
  return [...rows.values()].map(row => asFound(row, resourceOf(resources, row.id)))
}

/** What the answers to the run’s own calls say counts, whatever its steps were to do. */
function asFound(row: Touched, resource: ResourceOutcome | undefined): Touched {
  if (resource === undefined) return row
  const { exists = row.exists, deeds } = resource
  const power = deeds.filter(deed => deed === 'stopped' || deed === 'started')
  const verbs = power.length > 0 ? power : row.verbs
  // Whoever stopped it said so last; it may have been started since, by no step.
  const note = power.at(-1) === 'started' ? 'running' : row.note
  if (exists || verbs.includes('deleted') || verbs.some(verb => UNMADE.has(verb)))
    return { ...row, exists, verbs, note }
  return { ...row, exists, note, verbs: [...verbs, deeds.at(-1) === 'deleted' ? 'deleted' : 'gone'] }
}

function untouched({ image, pool }: Plan): { id: string; what: string }[] {
  const found: { id: string; what: string }[] = []
  if (image?.decision === 'keep' || image?.decision === 'given') {
    found.push({ id: image.imageId, what: image.kind === 'gallery' ? 'image version' : 'managed image' })
  }
  if (pool?.decision === 'keep' || pool?.decision === 'refuse') found.push({ id: pool.poolId, what: 'pool' })
  return found
}

function verbOf(step: Step, outcome: StepOutcome | undefined, dryRun: boolean): string | undefined {
  const { done, undone, planned } = wordsOf(step)
  if (dryRun) return planned
  if (outcome === undefined || outcome.status === 'not-started') return undefined
  return outcome.status === 'done' ? done : undone
}

function wordsOf(step: Step): Words {
  const promotes = step.kind === 'finish-image-version' && step.excludeFromLatest === false
  return promotes ? PROMOTED : WORDS[step.kind]
}
