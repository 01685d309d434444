/** Plans what becomes of the pool: made, left alone, changed with its nodes in place, or emptied for another image. */
import type { Pool } from '../model/observed.ts'
import type { Difference, Finding, NodeTargets, PlannedPool, Step, Undo } from '../model/plan.ts'
import { hasOnlyFailedNodes, refusal } from './image-change.ts'
import { changedThings, poolDifferences } from './pool-difference.ts'
import { leaseOf, leaseState } from './lease.ts'
import { otherContent } from './other-content.ts'
import { hasFormerNote, keptScale } from './pool-metadata.ts'
import { emptyStep, patchStep, rebuildStep, type Change } from './pool-change-steps.ts'
import {
  createBody,
  finishStep,
  growStep,
  letGoStep,
  handOver,
  intervalMs,
  verifySteps,
  type Unchained
} from './pool-steps.ts'
import { poolUndo, withLease } from './pool-undo.ts'
import { addressOf, type PoolWish, type Situation } from './situation.ts'
import { describeTargets, firstTargets, sameTargets, totalOf } from './wave-targets.ts'
import { nodesOf } from './wave.ts'

type PoolPlan = {
  pool: PlannedPool
  steps: Step[]
  undo: Undo[]
  findings: Finding[]
  /** Whether nodes with the image are found healthy on the way: a pool without nodes proves nothing. */
  proves: boolean
}

/** `after`: steps that must have succeeded before the pool may use the image. */
export function planPool(situation: Situation, after: string[]): PoolPlan {
  const { pool: wish, observed } = situation
  if (wish === undefined) throw new Error('internal error: planPool without a pool')
  const plan = observed.pool === undefined ? planCreate(situation, wish) : planExisting(situation, wish, observed.pool)
  const planned: PlannedPool = {
    ...addressOf(wish),
    differences: [],
    maxUnhealthy: wish.spec.maxUnhealthy,
    ...plan.pool
  }
  const grows = plan.steps.some(step => step.kind === 'grow-pool' && totalOf(step.goal) > 0)
  const proves = grows || isVerifiedAsItIs(plan.steps)
  const steps = withLease(plan.steps, situation.context)
  return {
    pool: planned,
    steps: chained(steps, after),
    undo: poolUndo(situation, wish, steps),
    findings: plan.findings ?? [],
    proves
  }
}

/** Nodes that are there are looked at, and no formula has a say in how many. */
function isVerifiedAsItIs(steps: readonly Unchained[]): boolean {
  const handsOver = steps.some(step => step.kind === 'finish-pool' && step.evaluationIntervalMs !== undefined)
  return steps.some(({ kind }) => kind === 'verify-nodes') && !handsOver
}

type Partial = {
  pool: Pick<PlannedPool, 'decision' | 'reason'> & { differences?: Difference[] }
  steps: Unchained[]
  findings?: Finding[]
}

/** Everything on one pool happens one after the other. */
function chained(steps: Unchained[], first: string[]): Step[] {
  return steps.map((step, index) => ({ ...step, after: index === 0 ? first : [steps[index - 1]?.id ?? ''] }))
}

function planCreate(situation: Situation, wish: PoolWish): Partial {
  const { scale, spec } = wish
  const goal = scale.kind === 'fixed' ? scale.goal : canaryOf(situation, wish)
  const first = firstTargets(goal, spec.canaryNodes, spec.waveSize)
  const body = createBody(situation, wish, first)
  const steps: Unchained[] = [
    {
      id: 'create-pool',
      kind: 'create-pool',
      title: `create pool ${spec.poolName} with ${describeTargets(first)}`,
      reason: 'there is none yet',
      ...addressOf(wish),
      body
    }
  ]
  if (totalOf(goal) > 0) steps.push(growStep(wish, goal, totalOf(first) > 0 ? { alreadyAsked: first } : {}))
  if (scale.kind === 'auto') steps.push(...handOver(situation, wish, 'the spec asks for autoscale'))
  else if (totalOf(goal) > 0) steps.push(finishStep(situation, wish, LEASE_GOES))
  return { pool: { decision: 'create', reason: 'there is none yet' }, steps }
}

const LEASE_GOES = 'this run’s lease goes from its metadata'

/** What proves the image before a formula takes over; low-priority where the account has no dedicated cores. */
function canaryOf({ observed }: Situation, { scale, spec }: PoolWish): NodeTargets {
  if (scale.kind === 'none') return { dedicated: 0, lowPriority: 0 }
  const onlyLowPriority = observed.account?.dedicatedCoreQuota === 0
  return onlyLowPriority
    ? { dedicated: 0, lowPriority: spec.canaryNodes }
    : { dedicated: spec.canaryNodes, lowPriority: 0 }
}

function planExisting(situation: Situation, wish: PoolWish, pool: Pool): Partial {
  const differences = [...poolDifferences(wish, pool), ...otherContent(situation, wish, pool)]
  const rebuild = differences.filter(({ needs }) => needs !== 'patch')
  if (rebuild.length > 0 || wasCutOff(pool)) return planRebuild(situation, wish, { pool, differences })

  const steps: Unchained[] = []
  if (differences.length > 0) steps.push(patchStep(situation, wish, { pool, differences }))
  steps.push(...scaleSteps(situation, wish, pool))
  const left = leftBehind(situation, pool)
  if (steps.length === 0 && left !== undefined) {
    const reason = `an earlier run left ${left} on it`
    return {
      pool: { decision: 'change', reason },
      steps: [...verifySteps(wish, pool), letGoStep(situation, wish, reason)]
    }
  }
  if (steps.length === 0) {
    return { pool: { decision: 'keep', reason: 'already as wanted' }, steps: verifySteps(wish, pool) }
  }
  if (!steps.some(({ kind }) => kind === 'grow-pool' || kind === 'verify-nodes')) steps.push(...verifySteps(wish, pool))
  const reasons = differences.length > 0 ? `${changedThings(differences)} not as wanted` : 'its scale is not as wanted'
  return { pool: { decision: 'change', reason: reasons, differences }, steps }
}

/**
 * Of a run that is over: what is held is another's business. A note of the past would be taken for a pool that was cut off, once
 * somebody makes the pool smaller.
 */
function leftBehind({ context, observed }: Situation, { metadata }: Pool): string | undefined {
  const state = leaseState(leaseOf(metadata), context, observed.account?.readAt ?? observed.at)
  if (state === 'ran-out' || state === 'earlier-attempt') return 'its lease'
  return state !== 'held' && hasFormerNote(metadata) ? 'a note of its former scale' : undefined
}

/** An earlier run emptied it for another image and could not bring it back. */
const wasCutOff = (pool: Pool): boolean => keptScale(pool) !== undefined

/** From the scale that the pool has to the one wanted; none where it has it and the nodes are there. */
function scaleSteps(situation: Situation, wish: PoolWish, pool: Pool): Unchained[] {
  const { scale } = wish
  const has = nodesOf(pool)
  if (scale.kind === 'none') return []
  if (scale.kind === 'auto') {
    const same =
      pool.scale.kind === 'auto' &&
      pool.scale.formula === scale.formula &&
      intervalMs(pool.scale.evaluationInterval) === intervalMs(scale.evaluationInterval)
    if (same) return []
    const asked = fixedTargets(pool)
    const canary = canaryOf(situation, wish)
    const proof = asked !== undefined && totalOf(asked) >= totalOf(canary) ? asked : canary
    const proving = asked !== undefined && totalOf(proof) > 0 ? [growStep(wish, proof, { present: has })] : []
    return [...proving, ...handOver(situation, wish, 'the pool scales otherwise')]
  }
  const asked = fixedTargets(pool)
  const there = asked !== undefined && sameTargets(asked, scale.goal) && sameTargets(has, scale.goal)
  return there ? [] : [growStep(wish, scale.goal, { present: has }), finishStep(situation, wish, LEASE_GOES)]
}

function fixedTargets({ scale }: Pool): NodeTargets | undefined {
  return scale.kind === 'fixed'
    ? { dedicated: scale.targetDedicatedNodes, lowPriority: scale.targetLowPriorityNodes }
    : undefined
}

function planRebuild(situation: Situation, wish: PoolWish, { pool, differences }: Change): Partial {
  const refused = refusal(situation, wish, { pool, differences })
  if (refused !== undefined) {
    return {
      pool: { decision: 'refuse', reason: 'needs a change that was not asked for', differences },
      steps: [],
      findings: [refused]
    }
  }
  const rebuild = differences.filter(({ needs }) => needs !== 'patch')
  const reason =
    rebuild.length === 0
      ? 'an earlier run emptied it and was cut off before it had brought it back'
      : `${changedThings(rebuild)} can only change at zero nodes${whyItMay(situation, wish, pool)}`
  const { scale } = wish
  const steps: Unchained[] = []
  if (rebuild.length > 0 && !isHeldAtZero(pool)) steps.push(emptyStep(situation, wish, pool))
  if (rebuild.length > 0) steps.push(rebuildStep(situation, wish, { pool, differences }))
  else if (differences.length > 0) steps.push(patchStep(situation, wish, { pool, differences }))
  const goal = scale.kind === 'fixed' ? scale.goal : canaryOf(situation, wish)
  const present = rebuild.length > 0 ? {} : { present: nodesOf(pool) }
  if (totalOf(goal) > 0) steps.push(growStep(wish, goal, present))
  const finishing =
    scale.kind === 'auto'
      ? handOver(situation, wish, 'gives the autoscale formula back')
      : [finishStep(situation, wish, 'this run’s lease, and the note of the former scale, go from its metadata')]
  steps.push(...finishing)
  return { pool: { decision: 'change', reason, differences }, steps }
}

/** Where nobody has said that a pool with nodes may be drained. */
function whyItMay(situation: Situation, { spec }: PoolWish, pool: Pool): string {
  const isOwnFailure = spec.imageChange === 'auto' && totalOf(nodesOf(pool)) > 0 && hasOnlyFailedNodes(situation, pool)
  return isOwnFailure ? ', and its nodes are only those of a run that failed' : ''
}

function isHeldAtZero({ allocationState, scale, currentDedicatedNodes, currentLowPriorityNodes }: Pool): boolean {
  const asked = scale.kind === 'fixed' ? scale.targetDedicatedNodes + scale.targetLowPriorityNodes : 1
  return allocationState === 'Steady' && asked + currentDedicatedNodes + currentLowPriorityNodes === 0
}
