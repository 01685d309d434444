/** What happened to which image and which pool, in a few words and in one sentence. */
import { nameOf, sameId } from '../model/arm-id.ts'
import { bearingOf } from '../model/node-state.ts'
import type { Outcome, PoolOutcome } from '../model/outcome.ts'
import type { Plan, PlannedImage, PlannedPool } from '../model/plan.ts'
import { targetOf } from '../model/step.ts'
import { changesAzure, STEP_KINDS } from '../model/step-kinds.ts'
import { elapsedText } from '../shared/elapsed.ts'
import { capacityOf } from './capacity.ts'
import { quoted, type MarkName } from './mark-name.ts'

/** A few words for a heading. */
export function headlineOf(plan: Plan | undefined, outcome: Outcome, mark: MarkName = quoted): string {
  if (outcome.failure !== undefined) {
    const { step, reason } = outcome.failure
    return step === undefined ? `Failed: ${reason}` : `Failed at ${mark(step)}: ${reason}`
  }
  if (plan === undefined) return 'Nothing was done'
  if (plan.dryRun) return 'Dry run: nothing was changed'
  if (!outcome.changed) return 'Nothing had to be changed'
  const { image, pools } = plan
  const names = pools.map(pool => mark(poolNameOf(pool))).join(', ')
  if (plan.stopAfter !== undefined) return stoppedHeadline(plan, names, mark)
  const which = `${pools.length > 1 ? 'pools' : 'pool'} ${names}`
  if (image !== undefined && pools.length > 0) return `${mark(image.imageName)} runs on ${which}`
  if (image !== undefined) return `Image ${mark(image.imageName)} is ready`
  if (pools.length === 0) return 'Done'
  return pools.length === 1 ? `Pool ${names} is as wanted` : `Pools ${names} are as wanted`
}

function stoppedHeadline({ image, pools }: Plan, names: string, mark: MarkName): string {
  const isProved = image !== undefined && pools.some(({ decision }) => decision === 'prove')
  const left = pools.length > 1 ? `pools ${names} are as they were` : `pool ${names} is as it was`
  return isProved ? `${mark(image.imageName)} has proved itself; ${left}` : sentence(left)
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
  const parts = [imagePart(plan, outcome, mark), ...poolParts(plan, outcome, mark)].filter(part => part !== '')
  const what = parts.length === 0 ? '' : `${sentence(parts.join('; '))}. `
  const unchanged = outcome.changed ? '' : 'Nothing was changed in Azure. '
  return `${what}${unchanged}${outcome.ok ? stopsThere(plan) : ''}${onTheWay(outcome)}${outcome.ok ? 'It took' : 'It ended after'} ${took}.`
}

/** Regions that no pool of this run needs, and that it didn’t wait for. */
function onTheWay({ ok, replication }: Outcome): string {
  const regions = (replication?.regions ?? [])
    .filter(({ state }) => state !== 'Completed' && state !== 'Failed')
    .map(({ region }) => region)
  return ok && regions.length > 0 ? `Still replicating to ${regions.join(', ')}, which it didn’t wait for. ` : ''
}

/** What the next run does with it. */
function stopsThere({ stopAfter, pools }: Plan): string {
  return stopAfter !== undefined && pools.some(({ decision }) => decision === 'prove')
    ? 'The run stops there (stop-after: proof): the next one without that proves the image once more, and changes the pool. '
    : ''
}

function dryRunVerdict(plan: Plan, mark: MarkName): string {
  const { image, pools, steps } = plan
  const parts: string[] = []
  if (image !== undefined) parts.push(`${wouldBe(image.decision)} image ${mark(image.imageName)}`)
  parts.push(...pools.map(pool => `${wouldBe(pool.decision)} pool ${mark(poolNameOf(pool))}`))
  const count = steps.length === 1 ? '1 step' : `${steps.length} steps`
  const would = parts.length === 0 ? '' : ` A real run would ${parts.join(' and ')}, in ${count}.`
  return [`${ONLY_A_PLAN}${would}`, ...capacityOf(plan, mark), stopsThere(plan).trim()].filter(Boolean).join(' ')
}

const ONLY_A_PLAN = 'This is only a plan: nothing was created, changed or deleted in Azure.'

const WOULD: Record<PlannedImage['decision'] | PlannedPool['decision'], string> = {
  create: 'make',
  resume: 'finish',
  keep: 'leave alone',
  given: 'use',
  change: 'change',
  prove: 'leave alone',
  refuse: 'refuse to change'
}

const wouldBe = (decision: keyof typeof WOULD): string => WOULD[decision]

function imagePart(plan: Plan, outcome: Outcome, mark: MarkName): string {
  if (plan.image === undefined) return ''
  const name = `image ${mark(plan.image.imageName)}`
  switch (plan.image.decision) {
    case 'keep':
      return `${name} was already there`
    case 'given':
      return `${name} was given`
    case 'resume':
      return isMade(plan, outcome) ? `${name} of an earlier run was finished` : `${name} was not finished`
    case 'create':
      return isMade(plan, outcome) ? `${name} was made` : `${name} was not made`
  }
}

function poolParts(plan: Plan, outcome: Outcome, mark: MarkName): string[] {
  return plan.pools.map(pool => {
    const seen = outcome.pools.find(({ poolId }) => sameId(poolId, pool.poolId))
    return `pool ${mark(poolNameOf(pool))} ${poolVerb(pool, plan, outcome, mark)}${nodesPart(seen)}`
  })
}

function poolVerb({ poolId, decision }: PlannedPool, { steps }: Plan, outcome: Outcome, mark: MarkName): string {
  const { rollback } = outcome.pools.find(one => sameId(one.poolId, poolId)) ?? {}
  if (rollback?.end === 'done') return `was rolled back to ${mark(rollback.imageName)}`
  const changes = steps.filter(step => 'poolId' in step && sameId(step.poolId, poolId) && changesAzure(step))
  const statuses = outcome.steps.filter(({ id }) => changes.some(step => step.id === id)).map(({ status }) => status)
  switch (decision) {
    case 'create':
      return statuses.includes('done') ? 'was created' : 'was not created'
    case 'change':
      if (outcome.pools.some(one => one.isRestored === true && sameId(one.poolId, poolId)))
        return 'was given back as it was'
      return statuses.some(status => status !== 'not-started')
        ? outcome.ok
          ? 'was changed'
          : 'was partly changed'
        : 'was not changed'
    case 'refuse':
      return 'was left as it is'
    case 'prove':
      return 'is as it was'
    case 'keep':
      return 'was already as wanted'
  }
}

function nodesPart(seen: PoolOutcome | undefined): string {
  if (seen === undefined) return ''
  const { nodes } = seen
  const healthy = nodes.filter(node => bearingOf(node) === 'healthy').length
  const unhealthy = nodes.filter(node => bearingOf(node) === 'unhealthy').length
  if (nodes.length === 0) return ' and has no nodes'
  const count = healthy === nodes.length ? `${healthy} healthy` : `${healthy} healthy of ${nodes.length}`
  return ` and has ${count} ${nodes.length === 1 ? 'node' : 'nodes'}${unhealthy === 0 ? '' : `, ${unhealthy} unhealthy`}`
}

/** By this run, or by an earlier one that it has waited for. */
function isMade({ image, steps }: Plan, outcome: Outcome): boolean {
  const making = steps.filter(
    step => sameId(targetOf(step), image?.imageId ?? '') && ['makes', 'resumes'].includes(STEP_KINDS[step.kind].does)
  )
  return outcome.steps.some(({ id, status }) => status === 'done' && making.some(step => step.id === id))
}

const poolNameOf = ({ poolId }: PlannedPool): string => nameOf(poolId)

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
