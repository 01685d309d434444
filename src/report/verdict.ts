/** What happened to which image and which pool, in a few words and in one sentence. */
import { bearingOf } from '../model/node-state.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Plan, PlannedImage, PlannedPool, StepKind } from '../model/plan.ts'
import { elapsedText } from '../shared/elapsed.ts'

/** How a name is marked: in backticks, in quotes. */
export type MarkName = (name: string) => string

export const quoted: MarkName = name => `"${name}"`

/** A few words for a heading. */
export function headlineOf(plan: Plan | undefined, outcome: Outcome, mark: MarkName = quoted): string {
  if (outcome.failure !== undefined) {
    const { step, reason } = outcome.failure
    return step === undefined ? `Failed: ${reason}` : `Failed at ${mark(step)}: ${reason}`
  }
  if (plan === undefined) return 'Nothing was done'
  if (plan.dryRun) return 'Dry run: nothing was changed'
  if (!outcome.changed) return 'Nothing had to be changed'
  const { image, pool } = plan
  if (image !== undefined && pool !== undefined)
    return `${mark(image.imageName)} runs on pool ${mark(poolNameOf(pool))}`
  if (image !== undefined) return `Image ${mark(image.imageName)} is ready`
  return pool === undefined ? 'Done' : `Pool ${mark(poolNameOf(pool))} is as wanted`
}

/** One sentence or two, without a line break. */
export function verdictOf(plan: Plan | undefined, outcome: Outcome, mark: MarkName = quoted): string {
  const took = elapsedText(outcome.endedAt - outcome.startedAt)
  if (plan === undefined) {
    return outcome.changed
      ? `It ended after ${took}.`
      : `It ended after ${took}, before there was a plan; nothing was changed in Azure.`
  }
  if (plan.dryRun) return outcome.failure === undefined ? dryRunVerdict(plan, mark) : ONLY_A_PLAN
  const parts = [imagePart(plan, outcome, mark), poolPart(plan, outcome, mark)].filter(part => part !== '')
  const what = parts.length === 0 ? '' : `${sentence(parts.join('; '))}. `
  const unchanged = outcome.changed ? '' : 'Nothing was changed in Azure. '
  return `${what}${unchanged}${onTheWay(outcome)}${outcome.ok ? 'It took' : 'It ended after'} ${took}.`
}

/** Regions that no pool of this run needs, and that it didn’t wait for. */
function onTheWay({ ok, replication }: Outcome): string {
  const regions = (replication?.regions ?? [])
    .filter(({ state }) => state !== 'Completed' && state !== 'Failed')
    .map(({ region }) => region)
  return ok && regions.length > 0 ? `Still replicating to ${regions.join(', ')}, which it didn’t wait for. ` : ''
}

function dryRunVerdict({ image, pool, steps }: Plan, mark: MarkName): string {
  const parts: string[] = []
  if (image !== undefined) parts.push(`${wouldBe(image.decision)} image ${mark(image.imageName)}`)
  if (pool !== undefined) parts.push(`${wouldBe(pool.decision)} pool ${mark(poolNameOf(pool))}`)
  const count = steps.length === 1 ? '1 step' : `${steps.length} steps`
  const would = parts.length === 0 ? '' : ` A real run would ${parts.join(' and ')}, in ${count}.`
  return `${ONLY_A_PLAN}${would}`
}

const ONLY_A_PLAN = 'This is only a plan: nothing was created, changed or deleted in Azure.'

const WOULD: Record<PlannedImage['decision'] | PlannedPool['decision'], string> = {
  create: 'make',
  'take-up': 'take up',
  keep: 'leave alone',
  given: 'use',
  change: 'change',
  refuse: 'refuse to change'
}

const wouldBe = (decision: keyof typeof WOULD): string => WOULD[decision]

const MAKES_IMAGE: readonly StepKind[] = [
  'create-image-version',
  'await-image-version',
  'create-managed-image',
  'await-managed-image'
]
const TOUCHES_POOL: readonly StepKind[] = [
  'create-pool',
  'patch-pool',
  'change-pool-image',
  'empty-pool',
  'grow-pool',
  'finish-pool'
]

function imagePart(plan: Plan, outcome: Outcome, mark: MarkName): string {
  if (plan.image === undefined) return ''
  const name = `image ${mark(plan.image.imageName)}`
  switch (plan.image.decision) {
    case 'keep':
      return `${name} was already there`
    case 'given':
      return `${name} was given`
    case 'take-up':
      return isDone(plan, outcome, MAKES_IMAGE) ? `${name} of an earlier run was taken up` : `${name} was not finished`
    case 'create':
      return isDone(plan, outcome, MAKES_IMAGE) ? `${name} was made` : `${name} was not made`
  }
}

function poolPart(plan: Plan, outcome: Outcome, mark: MarkName): string {
  if (plan.pool === undefined) return ''
  const name = `pool ${mark(poolNameOf(plan.pool))}`
  return `${name} ${poolVerb(plan, outcome)}${nodesPart(outcome)}`
}

function poolVerb(plan: Plan, outcome: Outcome): string {
  const touched = isBegun(plan, outcome, TOUCHES_POOL)
  switch (plan.pool?.decision) {
    case 'create':
      return isDone(plan, outcome, TOUCHES_POOL) ? 'was created' : 'was not created'
    case 'change':
      if (outcome.failure?.reason === 'drain-timeout') return 'was given back as it was'
      return touched ? (outcome.ok ? 'was changed' : 'was partly changed') : 'was not changed'
    case 'refuse':
      return 'was left as it is'
    default:
      return 'was already as wanted'
  }
}

function nodesPart({ pool }: Outcome): string {
  if (pool === undefined) return ''
  const healthy = pool.nodes.filter(node => bearingOf(node) === 'healthy').length
  const unhealthy = pool.nodes.filter(node => bearingOf(node) === 'unhealthy').length
  if (pool.nodes.length === 0) return ' and has no nodes'
  const nodes = healthy === pool.nodes.length ? `${healthy} healthy` : `${healthy} healthy of ${pool.nodes.length}`
  return ` and has ${nodes} ${pool.nodes.length === 1 ? 'node' : 'nodes'}${unhealthy === 0 ? '' : `, ${unhealthy} unhealthy`}`
}

function isBegun(plan: Plan, outcome: Outcome, kinds: readonly StepKind[]): boolean {
  const ids = new Set(plan.steps.filter(step => kinds.includes(step.kind)).map(step => step.id))
  return outcome.steps.some(step => ids.has(step.id) && step.status !== 'not-started')
}

/** Whether a step of one of these kinds is done. */
function isDone(plan: Plan, outcome: Outcome, kinds: readonly StepKind[]): boolean {
  const ids = new Set(plan.steps.filter(step => kinds.includes(step.kind)).map(step => step.id))
  return outcome.steps.some(step => ids.has(step.id) && step.status === 'done')
}

export const poolNameOf = (pool: PlannedPool): string => pool.poolId.split('/').at(-1) ?? ''

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
