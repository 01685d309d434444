/** Plans what becomes of the pool: made, left alone, changed with its nodes in place, or emptied for another image. */
import type { JsonObject } from '../model/json.ts'
import type { Pool, Scale } from '../model/observed.ts'
import type { Difference, Finding, GrowPoolStep, NodeTargets, PlannedPool, Step } from '../model/plan.ts'
import { formatIso8601, parseIso8601Ms } from '../shared/iso8601.ts'
import { refusal } from './image-change.ts'
import { changedThings, poolDifferences } from './pool-difference.ts'
import { keptImageId, keptScale, wantedItems, withFormer, withRun } from './pool-metadata.ts'
import { resizeTimeoutMs } from './resize-timeout.ts'
import type { PoolWish, Situation } from './situation.ts'
import { describeTargets, firstTargets, sameTargets, totalOf } from './wave-targets.ts'
import { nodesOf } from './wave.ts'

export type PoolPlan = {
  pool: PlannedPool
  steps: Step[]
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
    poolId: wish.poolId,
    accountId: wish.spec.batchAccountId,
    accountEndpoint: observed.account?.accountEndpoint ?? '',
    apiVersion: wish.apiVersion,
    differences: [],
    maxUnhealthy: wish.spec.maxUnhealthy,
    ...plan.pool
  }
  const proves = plan.steps.some(({ kind }) => kind === 'grow-pool') || isVerifiedAsItIs(plan.steps)
  return { pool: planned, steps: chained(plan.steps, after), findings: plan.findings ?? [], proves }
}

/** Nodes that are there are looked at, and no formula has a say in how many. */
function isVerifiedAsItIs(steps: readonly Unchained[]): boolean {
  return steps.some(({ kind }) => kind === 'verify-nodes') && !steps.some(({ kind }) => kind === 'finish-pool')
}

type Partial = {
  pool: Pick<PlannedPool, 'decision' | 'reason'> & { differences?: Difference[] }
  steps: Unchained[]
  findings?: Finding[]
}

type Unchained = Step extends infer S ? (S extends Step ? Omit<S, 'after'> : never) : never

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
      reason: 'does not exist',
      poolId: wish.poolId,
      body
    }
  ]
  if (totalOf(goal) > 0) steps.push(growStep(wish, goal, totalOf(first) > 0 ? first : undefined))
  if (scale.kind === 'auto') steps.push(...handOver(situation, wish, 'the spec asks for autoscale'))
  else if (totalOf(goal) > 0) steps.push(finishStep(situation, wish, LEASE_GOES))
  return { pool: { decision: 'create', reason: 'does not exist' }, steps }
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

function createBody(situation: Situation, wish: PoolWish, first: NodeTargets): JsonObject {
  const { pool } = wish.spec
  const timeout = resizeTimeoutMs(wish.spec.resizeTimeoutMs, pool.properties, wish.nodes)
  return {
    ...(pool.identity === undefined ? {} : { identity: pool.identity }),
    properties: {
      ...wish.properties,
      scaleSettings: { fixedScale: fixedScale(first, timeout) },
      metadata: withRun(wantedItems(pool.properties, undefined), situation.context)
    }
  }
}

/** A complete fixed scale: both targets each time, so that a PATCH never leaves one kind to chance. */
export function fixedScale(targets: NodeTargets, timeoutMs: number): JsonObject {
  return {
    targetDedicatedNodes: targets.dedicated,
    targetLowPriorityNodes: targets.lowPriority,
    resizeTimeout: formatIso8601(timeoutMs)
  }
}

function planExisting(situation: Situation, wish: PoolWish, pool: Pool): Partial {
  const differences = poolDifferences(wish, pool)
  const rebuild = differences.filter(({ needs }) => needs !== 'patch')
  if (rebuild.length > 0 || wasCutOff(pool)) return planRebuild(situation, wish, { pool, differences })

  const steps: Unchained[] = []
  if (differences.length > 0) steps.push(patchStep(situation, wish, { pool, differences }))
  steps.push(...scaleSteps(situation, wish, pool))
  if (steps.length === 0) {
    return { pool: { decision: 'keep', reason: 'already as wanted' }, steps: verifySteps(wish, pool) }
  }
  if (!steps.some(({ kind }) => kind === 'grow-pool' || kind === 'verify-nodes')) steps.push(...verifySteps(wish, pool))
  const reasons = differences.length > 0 ? `${changedThings(differences)} not as wanted` : 'its scale is not as wanted'
  return { pool: { decision: 'change', reason: reasons, differences }, steps }
}

/** An earlier run emptied it for another image and could not bring it back. */
const wasCutOff = (pool: Pool): boolean => keptScale(pool.metadata) !== undefined

type Change = { pool: Pool; differences: Difference[] }

function patchStep(situation: Situation, wish: PoolWish, { pool, differences }: Change): Unchained {
  const names = topLevelNames(differences).filter(name => name !== 'metadata')
  const properties = Object.fromEntries(names.map(name => [name, wish.properties[name]]))
  return {
    id: 'patch-pool',
    kind: 'patch-pool',
    title: `change ${changedThings(differences)} of pool ${wish.spec.poolName}`,
    reason: 'Batch takes these while nodes are there; nodes that run keep what they started with until they restart',
    poolId: wish.poolId,
    body: {
      properties: { ...properties, metadata: withRun(wantedItems(wish.spec.pool.properties, pool), situation.context) }
    },
    ifMatch: pool.etag
  }
}

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
    const proving = asked !== undefined && totalOf(proof) > 0 ? [growStep(wish, proof)] : []
    return [...proving, ...handOver(situation, wish, 'the pool scales otherwise')]
  }
  const asked = fixedTargets(pool)
  const there = asked !== undefined && sameTargets(asked, scale.goal) && sameTargets(has, scale.goal)
  return there ? [] : [growStep(wish, scale.goal), finishStep(situation, wish, LEASE_GOES)]
}

function fixedTargets({ scale }: Pool): NodeTargets | undefined {
  return scale.kind === 'fixed'
    ? { dedicated: scale.targetDedicatedNodes, lowPriority: scale.targetLowPriorityNodes }
    : undefined
}

/** Batch's default interval is 15 minutes (ARM Batch contract). */
function intervalMs(interval = 'PT15M'): number {
  return parseIso8601Ms(interval) ?? 15 * 60_000
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
      : `${changedThings(rebuild)} can only change at zero nodes`
  const { scale } = wish
  const steps: Unchained[] = []
  if (rebuild.length > 0 && !isHeldAtZero(pool)) steps.push(emptyStep(situation, wish, pool))
  if (differences.length > 0) steps.push(rebuildStep(situation, wish, { pool, differences }))
  const goal = scale.kind === 'fixed' ? scale.goal : canaryOf(situation, wish)
  if (totalOf(goal) > 0) steps.push(growStep(wish, goal))
  const finishing =
    scale.kind === 'auto'
      ? handOver(situation, wish, 'gives the autoscale formula back')
      : [finishStep(situation, wish, 'this run’s lease, and the note of the former scale, go from its metadata')]
  steps.push(...finishing)
  return { pool: { decision: 'change', reason, differences }, steps }
}

function isHeldAtZero({ allocationState, scale, currentDedicatedNodes, currentLowPriorityNodes }: Pool): boolean {
  const asked = scale.kind === 'fixed' ? scale.targetDedicatedNodes + scale.targetLowPriorityNodes : 1
  return allocationState === 'Steady' && asked + currentDedicatedNodes + currentLowPriorityNodes === 0
}

/** What an earlier run kept, when that was cut off: the pool as it is now is only half-way. */
function formerOf(pool: Pool): { scale: Scale; imageId?: string | undefined } {
  const scale = keptScale(pool.metadata)
  return scale === undefined ? pool : { scale, imageId: keptImageId(pool.metadata) }
}

function emptyStep(situation: Situation, wish: PoolWish, pool: Pool): Unchained {
  const items = wantedItems({}, pool)
  const former = formerOf(pool)
  return {
    id: 'empty-pool',
    kind: 'empty-pool',
    title: `empty pool ${wish.spec.poolName} by ${wish.spec.drain}`,
    reason: 'Batch takes the change only at zero nodes; the present scale is kept in its metadata until it is back',
    poolId: wish.poolId,
    drain: wish.spec.drain,
    drainTimeoutMs: wish.spec.drainTimeoutMs,
    formerScale: former.scale,
    keptMetadata: withFormer(items, former, situation.context),
    formerMetadata: items,
    ...(pool.imageId === undefined ? {} : { formerImageId: pool.imageId }),
    onlyIfIdle: wish.spec.imageChange !== 'in-place' && keptScale(pool.metadata) === undefined
  }
}

/** What differs, each top-level property whole: Batch refuses a part of a virtualMachineConfiguration. */
function rebuildStep({ context }: Situation, wish: PoolWish, { pool, differences }: Change): Unchained {
  const { identity } = wish.spec.pool
  const kept = withFormer(wantedItems(wish.spec.pool.properties, pool), formerOf(pool), context)
  const names = topLevelNames(differences).filter(name => name !== 'metadata' && name !== 'identity')
  const properties = Object.fromEntries(names.map(name => [name, wish.properties[name]]))
  const withIdentity = differences.some(({ path }) => path === 'identity') && identity !== undefined
  return {
    id: 'change-pool-image',
    kind: 'change-pool-image',
    title: `change ${changedThings(differences)} of pool ${wish.spec.poolName}`,
    reason: 'the pool has no nodes then, so Batch takes it',
    poolId: wish.poolId,
    body: { ...(withIdentity ? { identity } : {}), properties: { ...properties, metadata: kept } }
  }
}

function topLevelNames(differences: readonly Difference[]): string[] {
  return [...new Set(differences.map(({ path }) => path.split(/[.[]/)[0] ?? path))]
}

function growStep(
  wish: PoolWish,
  goal: NodeTargets,
  alreadyAsked?: NodeTargets
): { id: string } & GrowPoolStep & { title: string; reason: string } {
  const { spec } = wish
  const first = totalOf(firstTargets(goal, spec.canaryNodes, spec.waveSize))
  return {
    id: 'grow-pool',
    kind: 'grow-pool',
    title: `bring pool ${spec.poolName} to ${describeTargets(goal)}`,
    reason:
      first < totalOf(goal)
        ? `${first} first, then ${spec.waveSize === 'all' ? 'all that remain' : `waves of ${spec.waveSize}`}; each wave must be healthy before the next`
        : 'one wave, which must be healthy',
    poolId: wish.poolId,
    goal,
    ...(alreadyAsked === undefined ? {} : { alreadyAsked }),
    canaryNodes: spec.canaryNodes,
    waveSize: spec.waveSize,
    resizeTimeoutMs: resizeTimeoutMs(spec.resizeTimeoutMs, spec.pool.properties, totalOf(goal)),
    resizeAttempts: spec.resizeAttempts,
    maxUnhealthy: spec.maxUnhealthy,
    drain: spec.drain,
    drainTimeoutMs: spec.drainTimeoutMs
  }
}

function finishStep(situation: Situation, wish: PoolWish, reason: string): Unchained {
  const { scale, spec } = wish
  const metadata = withRun(wantedItems(spec.pool.properties, situation.observed.pool), situation.context)
  const autoScale = scale.kind === 'auto' && {
    formula: scale.formula,
    ...(scale.evaluationInterval === undefined ? {} : { evaluationInterval: scale.evaluationInterval })
  }
  return {
    id: 'finish-pool',
    kind: 'finish-pool',
    title:
      autoScale === false ? `let go of pool ${spec.poolName}` : `hand pool ${spec.poolName} to its autoscale formula`,
    reason,
    poolId: wish.poolId,
    body: { properties: { ...(autoScale === false ? {} : { scaleSettings: { autoScale } }), metadata } },
    ...(scale.kind === 'auto' ? { evaluationIntervalMs: intervalMs(scale.evaluationInterval) } : {})
  }
}

/** The formula decides how many nodes there are; that they are healthy is still looked at. */
function handOver(situation: Situation, wish: PoolWish, reason: string): Unchained[] {
  return [
    finishStep(situation, wish, reason),
    verifyStep(wish, 'the nodes that the formula asks for must be healthy too')
  ]
}

function verifySteps(wish: PoolWish, pool: Pool): Unchained[] {
  return totalOf(nodesOf(pool)) === 0
    ? []
    : [verifyStep(wish, 'a pool that is as wanted can still have unhealthy nodes')]
}

function verifyStep(wish: PoolWish, reason: string): Unchained {
  return {
    id: 'verify-nodes',
    kind: 'verify-nodes',
    title: `look at the nodes of pool ${wish.spec.poolName}`,
    reason,
    poolId: wish.poolId,
    maxUnhealthy: wish.spec.maxUnhealthy,
    settleMs: resizeTimeoutMs(wish.spec.resizeTimeoutMs, wish.spec.pool.properties, wish.nodes)
  }
}
