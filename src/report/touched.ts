/** Which resources a run made, finished, changed or deleted. */
import { sameId } from '../model/arm-id.ts'
import type { Outcome, StepOutcome } from '../model/outcome.ts'
import type { Plan, Step } from '../model/plan.ts'
import { resourceOf, type ResourceOutcome } from '../model/resource-outcome.ts'
import { targetOf } from '../model/step.ts'
import { STEP_KINDS, type StepKindRow } from '../model/step-kinds.ts'

type Touched = {
  id: string
  /** `snapshot`, `image version`, `pool`, … */
  what: string
  /** In the order in which it happened: `made`, `deleted`, `gone` (somebody else has deleted it). */
  verbs: string[]
  note: string
  /** Whether it is there now, so that a link leads somewhere. */
  exists: boolean
}

const PROMOTED = { done: 'promoted', undone: 'not promoted', planned: 'to be promoted' }

/** Every resource of the plan that was reached, or with a dry run that would be, each once. */
export function touchedOf(plan: Plan, outcome: Outcome): Touched[] {
  const rows = new Map<string, Touched>()
  const unmade = new Set<string>()
  const { resources } = outcome
  const statuses = new Map(outcome.steps.map(step => [step.id, step]))
  for (const { id, what } of untouched(plan))
    rows.set(id.toLowerCase(), { id, what, verbs: ['left alone'], note: '', exists: true })
  for (const step of plan.steps) {
    const verb = verbOf(step, statuses.get(step.id), plan.dryRun)
    if (verb === undefined) continue
    const id = targetOf(step)
    const { resource: what, does } = STEP_KINDS[step.kind]
    const row = rows.get(id.toLowerCase()) ?? { id, what, verbs: [], note: '', exists: true }
    row.verbs = [...row.verbs.filter(known => known !== 'left alone' && known !== verb), verb]
    // A dry run makes nothing.
    if (plan.dryRun && does === 'makes') row.exists = false
    if (verb !== STEP_KINDS[step.kind].done && does === 'makes') unmade.add(id.toLowerCase())
    row.note = statuses.get(step.id)?.note ?? row.note
    rows.set(id.toLowerCase(), row)
  }
  for (const { step } of plan.undo) {
    const row = rows.get(targetOf(step).toLowerCase())
    // What the run has done to it only because it failed.
    if (row?.verbs.join() === 'left alone' && isDone(outcome, step)) row.verbs = [STEP_KINDS[step.kind].done]
  }
  for (const { poolId, end, note } of rolledBack(plan, outcome)) {
    const row = rows.get(poolId.toLowerCase())
    if (row !== undefined)
      Object.assign(row, { verbs: [...row.verbs, end === 'done' ? 'rolled back' : 'not rolled back'], note })
  }
  return [...rows].map(([id, row]) => asFound(row, resourceOf(resources, row.id), unmade.has(id)))
}

/** Where there was nothing to undo, it has no note. */
const isDone = ({ undone }: Outcome, { id }: Step): boolean =>
  undone.some(one => one.id === id && one.status === 'done' && (one.note ?? '') !== '')

function rolledBack({ rollbacks = [] }: Plan, { pools, steps }: Outcome) {
  return pools.flatMap(({ poolId, rollback }) => {
    const own = rollbacks.find(one => sameId(one.poolId, poolId))?.steps ?? []
    const last = steps.findLast(({ id }) => own.some(step => step.id === id))
    return rollback === undefined ? [] : [{ poolId, end: rollback.end, note: last?.note ?? '' }]
  })
}

/** What the answers to the run’s own calls say counts, whatever its steps were to do. */
function asFound(row: Touched, resource: ResourceOutcome | undefined, isUnmade: boolean): Touched {
  if (resource === undefined) return row
  const { exists = row.exists, deeds } = resource
  const power = deeds.filter(deed => deed === 'stopped' || deed === 'started')
  const verbs = power.length > 0 ? power : row.verbs
  // Whoever stopped it said so last; it may have been started since, by no step.
  const note = power.at(-1) === 'started' ? 'running' : row.note
  if (exists || isUnmade || verbs.includes('deleted')) return { ...row, exists, verbs, note }
  return { ...row, exists, note, verbs: [...verbs, deeds.at(-1) === 'deleted' ? 'deleted' : 'gone'] }
}

function untouched({ image, pools }: Plan): { id: string; what: string }[] {
  const found: { id: string; what: string }[] = []
  if (image?.decision === 'keep' || image?.decision === 'given') {
    found.push({ id: image.imageId, what: image.kind === 'gallery' ? 'image version' : 'managed image' })
  }
  const left = pools.filter(({ decision }) => ['keep', 'prove', 'refuse'].includes(decision))
  found.push(...left.map(({ poolId }) => ({ id: poolId, what: 'pool' })))
  return found
}

function verbOf(step: Step, outcome: StepOutcome | undefined, dryRun: boolean): string | undefined {
  const { done, undone, planned } = wordsOf(step)
  if (dryRun) return planned
  if (outcome === undefined || outcome.status === 'not-started') return undefined
  return outcome.status === 'done' ? done : undone
}

function wordsOf(step: Step): Pick<StepKindRow, 'done' | 'undone' | 'planned'> {
  const promotes = step.kind === 'update-image-version' && step.excludeFromLatest === false
  return promotes ? PROMOTED : STEP_KINDS[step.kind]
}
