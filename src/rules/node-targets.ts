/** Arithmetic of waves: how many nodes of each kind to ask for next. */
import type { Pool } from '../model/observed.ts'
import type { NodeTargets } from '../model/plan.ts'

export const totalOf = (targets: NodeTargets): number => targets.dedicated + targets.lowPriority

export function sameTargets(a: NodeTargets, b: NodeTargets): boolean {
  return a.dedicated === b.dedicated && a.lowPriority === b.lowPriority
}

/** Kinds of which `has` is below `wanted`. */
export function isShort(has: NodeTargets, wanted: NodeTargets): boolean {
  return has.dedicated < wanted.dedicated || has.lowPriority < wanted.lowPriority
}

/**
 * At most `nodes` more than `from`, towards `goal`, shared between the kinds as what is missing of each. Worked example:
 * from 0+0 to 60+30 by 10 is 7+3; the dedicated ones are rounded up, so that a wave of one node is a dedicated one.
 * A kind of which there are more than the goal keeps what it has: a wave never takes nodes away.
 */
export function nextTargets(from: NodeTargets, goal: NodeTargets, nodes: number): NodeTargets {
  const missing = {
    dedicated: Math.max(goal.dedicated - from.dedicated, 0),
    lowPriority: Math.max(goal.lowPriority - from.lowPriority, 0)
  }
  const budget = Math.min(nodes, totalOf(missing))
  if (budget === 0) return from
  const dedicated = Math.min(missing.dedicated, Math.ceil((budget * missing.dedicated) / totalOf(missing)))
  return { dedicated: from.dedicated + dedicated, lowPriority: from.lowPriority + (budget - dedicated) }
}

/** The first wave of a pool without nodes: its canary, or a whole wave where there is none. */
export function firstTargets(goal: NodeTargets, canaryNodes: number, waveSize: number | 'all'): NodeTargets {
  const size = canaryNodes > 0 ? canaryNodes : waveSize
  return nextTargets({ dedicated: 0, lowPriority: 0 }, goal, size === 'all' ? totalOf(goal) : size)
}

/** `20 dedicated nodes`, `7 dedicated and 3 low-priority nodes`. */
export function describeTargets({ dedicated, lowPriority }: NodeTargets): string {
  if (lowPriority === 0) return `${dedicated} dedicated ${dedicated === 1 ? 'node' : 'nodes'}`
  if (dedicated === 0) return `${lowPriority} low-priority ${lowPriority === 1 ? 'node' : 'nodes'}`
  return `${dedicated} dedicated and ${lowPriority} low-priority nodes`
}

/** `7 of 20 dedicated nodes`, `7 of 60 dedicated and 3 of 30 low-priority nodes`. */
export function describeProgress(has: NodeTargets, goal: NodeTargets): string {
  const one = (count: number, of: number, kind: string): string[] =>
    count + of === 0 ? [] : [`${count} of ${of} ${kind}`]
  const parts = [
    ...one(has.dedicated, goal.dedicated, 'dedicated'),
    ...one(has.lowPriority, goal.lowPriority, 'low-priority')
  ]
  return parts.length === 0 ? 'no nodes' : `${parts.join(' and ')} nodes`
}

export function nodesOf(pool: Pool): NodeTargets {
  return { dedicated: pool.currentDedicatedNodes, lowPriority: pool.currentLowPriorityNodes }
}

export const targetsOf = (scale: { targetDedicatedNodes: number; targetLowPriorityNodes: number }): NodeTargets => ({
  dedicated: scale.targetDedicatedNodes,
  lowPriority: scale.targetLowPriorityNodes
})
