/** The steps on a pool, each with the whole body that it sends. */
import type { JsonObject } from '../../model/json.ts'
import type { Pool } from '../../model/observed.ts'
import type { NodeTargets, Step } from '../../model/plan.ts'
import { parseIso8601Ms } from '../../shared/iso8601.ts'
import { NO_CHANGE, runItem, specItems, withRun } from '../../rules/pool-metadata.ts'
import { fixedScale } from '../../rules/scale-body.ts'
import { resizeTimeoutMs } from './resize-timeout.ts'
import { addressOf, type WantedPool, type Situation } from '../situation.ts'
import { describeTargets, firstTargets, nodesOf, totalOf } from '../../rules/node-targets.ts'

export type StepDraft = Step extends infer S ? (S extends Step ? Omit<S, 'after'> : never) : never

export function createBody(situation: Situation, wanted: WantedPool, first: NodeTargets): JsonObject {
  const { pool } = wanted.spec
  const { properties: _written, ...beside } = pool
  const timeout = resizeTimeoutMs(wanted.spec.resizeTimeoutMs, pool.properties, wanted.nodes)
  return {
    ...beside,
    properties: {
      ...wanted.properties,
      scaleSettings: { fixedScale: fixedScale(first, timeout) },
      metadata: [...(specItems(pool.properties) ?? []), runItem(situation.context)]
    }
  }
}

/** Batch's default interval is 15 minutes (ARM Batch contract). */
export function intervalMs(interval = 'PT15M'): number {
  return parseIso8601Ms(interval) ?? 15 * 60_000
}

type ScaleDraft = Extract<StepDraft, { kind: 'scale-pool' }>

export type GrowFrom = {
  /** The first wave, where the step before has asked for it. */
  alreadyAsked?: NodeTargets
  /** Nodes that are there with the image; none where absent. */
  present?: NodeTargets
  /** Elsewhere, before: no first wave of its own is needed. */
  isProved?: boolean
}

export function scaleStep(
  wanted: WantedPool,
  goal: NodeTargets,
  { alreadyAsked, present, isProved }: GrowFrom = {}
): ScaleDraft {
  const { spec } = wanted
  const canaryNodes = isProved === true ? 0 : firstWaveOf(wanted)
  return {
    id: 'scale-pool',
    kind: 'scale-pool',
    title: `bring pool ${spec.poolName} to ${describeTargets(goal)}`,
    reason: reasonToGrow(wanted, goal, { present: present === undefined ? 0 : totalOf(present), canaryNodes }),
    ...addressOf(wanted),
    goal,
    ...(alreadyAsked === undefined ? {} : { alreadyAsked }),
    ...(present !== undefined && totalOf(present) > 0 ? { hadNodes: true as const } : {}),
    canaryNodes,
    waveSize: spec.waveSize,
    resizeTimeoutMs: resizeTimeoutMs(spec.resizeTimeoutMs, spec.pool.properties, totalOf(goal)),
    nodeTimeoutMs: spec.nodeTimeoutMs,
    repairAttempts: spec.repairAttempts,
    resizeAttempts: spec.resizeAttempts,
    maxUnhealthy: spec.maxUnhealthy,
    metadata: NO_CHANGE,
    drain: spec.drain,
    drainTimeoutMs: spec.drainTimeoutMs
  }
}

/** Nodes of the first wave; 0: none of its own. */
export function firstWaveOf({ spec }: WantedPool): number {
  return spec.prove === 'none' ? 0 : spec.canaryNodes
}

type Growth = { present: number; canaryNodes: number }

function reasonToGrow({ spec }: WantedPool, goal: NodeTargets, { present, canaryNodes }: Growth): string {
  if (present > totalOf(goal)) return `the pool has more; nodes leave by ${spec.drain}`
  const waves = spec.waveSize === 'all' ? 'all that remain' : `waves of ${spec.waveSize}`
  if (present > 0) return `the ${present} that are there must be healthy; then ${waves}, each healthy before the next`
  const first = totalOf(firstTargets(goal, canaryNodes, spec.waveSize))
  return first < totalOf(goal)
    ? `${first} first, then ${waves}; each wave must be healthy before the next`
    : 'one wave, which must be healthy'
}

/** The pool goes to its formula where it has one; else it is released. */
export function finishStep(situation: Situation, wanted: WantedPool, reason: string): StepDraft {
  const { scale, spec } = wanted
  if (scale.kind !== 'auto') return releaseStep(situation, wanted, reason)
  const { formula, evaluationInterval } = scale
  const autoScale = { formula, ...(evaluationInterval === undefined ? {} : { evaluationInterval }) }
  return {
    id: 'finish-pool',
    kind: 'finish-pool',
    title: `hand pool ${spec.poolName} to its autoscale formula`,
    reason,
    ...addressOf(wanted),
    body: { properties: { scaleSettings: { autoScale } } },
    metadata: withRun(NO_CHANGE, situation.context),
    evaluationIntervalMs: intervalMs(evaluationInterval)
  }
}

/** Metadata alone: the pool is as wanted, save for what a run left there. */
export function releaseStep({ context }: Situation, wanted: WantedPool, reason: string): StepDraft {
  return {
    id: 'finish-pool',
    kind: 'finish-pool',
    title: `release pool ${wanted.spec.poolName}`,
    reason,
    housekeeping: true,
    ...addressOf(wanted),
    body: { properties: {} },
    metadata: withRun(NO_CHANGE, context)
  }
}

export const LEASE_GOES = 'this run’s lease goes from its metadata'

/** The formula decides how many nodes there are; that they are healthy is still looked at. */
export function handOver(situation: Situation, wanted: WantedPool, reason: string): StepDraft[] {
  return [
    finishStep(situation, wanted, reason),
    verifyStep(wanted, 'the nodes that the formula asks for must be healthy too')
  ]
}

export function verifySteps(wanted: WantedPool, pool: Pool): StepDraft[] {
  return totalOf(nodesOf(pool)) === 0
    ? []
    : [verifyStep(wanted, 'a pool that is as wanted can still have unhealthy nodes')]
}

function verifyStep(wanted: WantedPool, reason: string): StepDraft {
  return {
    id: 'verify-nodes',
    kind: 'verify-nodes',
    title: `look at the nodes of pool ${wanted.spec.poolName}`,
    reason,
    ...addressOf(wanted),
    maxUnhealthy: wanted.spec.maxUnhealthy,
    settleMs: resizeTimeoutMs(wanted.spec.resizeTimeoutMs, wanted.spec.pool.properties, wanted.nodes),
    nodeTimeoutMs: wanted.spec.nodeTimeoutMs
  }
}
