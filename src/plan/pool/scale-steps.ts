/** From the scale that a pool has to the one that is wanted. */
import type { Pool } from '../../model/observed.ts'
import type { Difference, NodeTargets } from '../../model/plan.ts'
import { finishStep, firstWaveOf, scaleStep, handOver, intervalMs, LEASE_GOES, type StepDraft } from './steps.ts'
import type { WantedPool, Situation } from '../situation.ts'
import { describeTargets, nodesOf, sameTargets, targetsOf, totalOf } from '../../rules/node-targets.ts'

/** Of the waves: what the pool is to have, or what proves the image before a formula takes over. */
export function goalOf(situation: Situation, wanted: WantedPool): NodeTargets {
  return wanted.scale.kind === 'fixed' ? wanted.scale.goal : canaryOf(situation, wanted)
}

/** Low-priority where the account has no dedicated cores. */
function canaryOf({ observed }: Situation, wanted: WantedPool): NodeTargets {
  const { scale } = wanted
  if (scale.kind === 'none') return { dedicated: 0, lowPriority: 0 }
  const onlyLowPriority = observed.account?.dedicatedCoreQuota === 0
  return onlyLowPriority
    ? { dedicated: 0, lowPriority: firstWaveOf(wanted) }
    : { dedicated: firstWaveOf(wanted), lowPriority: 0 }
}

/** None where the pool has the scale that is wanted, and its nodes are there. */
export function scaleSteps(situation: Situation, wanted: WantedPool, pool: Pool): StepDraft[] {
  const { scale } = wanted
  const has = nodesOf(pool)
  if (scale.kind === 'none') return []
  if (scale.kind === 'auto') {
    const same =
      pool.scale.kind === 'auto' &&
      pool.scale.formula === scale.formula &&
      intervalMs(pool.scale.evaluationInterval) === intervalMs(scale.evaluationInterval)
    if (same) return []
    const asked = fixedTargets(pool)
    const canary = canaryOf(situation, wanted)
    const proof = asked !== undefined && totalOf(asked) >= totalOf(canary) ? asked : canary
    const proving = asked !== undefined && totalOf(proof) > 0 ? [scaleStep(wanted, proof, { present: has })] : []
    return [...proving, ...handOver(situation, wanted, 'the pool scales otherwise')]
  }
  const asked = fixedTargets(pool)
  const there = asked !== undefined && sameTargets(asked, scale.goal) && sameTargets(has, scale.goal)
  return there ? [] : [scaleStep(wanted, scale.goal, { present: has }), finishStep(situation, wanted, LEASE_GOES)]
}

/** For people: a scale is no property that a change of the pool writes, for the waves do. */
export function scaleDifferences({ scale }: WantedPool, { scale: present }: Pool): Difference[] {
  const path = 'scaleSettings'
  if (scale.kind === 'none' || scale.from === 'pool') return []
  if (scale.kind === 'auto') {
    const was = present.kind === 'auto' ? present.formula : describeTargets(targetsOf(present))
    return was === scale.formula
      ? []
      : [{ path: `${path}.autoScale.formula`, present: was, wanted: scale.formula, needs: 'patch' }]
  }
  if (present.kind === 'auto') {
    const wanted = describeTargets(scale.goal)
    return [{ path: `${path}.fixedScale`, present: `formula ${present.formula}`, wanted, needs: 'patch' }]
  }
  const rows = [
    ['targetDedicatedNodes', present.targetDedicatedNodes, scale.goal.dedicated],
    ['targetLowPriorityNodes', present.targetLowPriorityNodes, scale.goal.lowPriority]
  ] as const
  return rows
    .filter(([, was, wanted]) => was !== wanted)
    .map(([name, was, wanted]) => ({ path: `${path}.fixedScale.${name}`, present: was, wanted, needs: 'patch' }))
}

function fixedTargets({ scale }: Pool): NodeTargets | undefined {
  return scale.kind === 'fixed' ? targetsOf(scale) : undefined
}
