/**
 * Before nodes are judged they are rebooted once, and replaced once if they fail again: a registry that is down for a minute
 * says nothing of an image. What fails then, fails again.
 */
import type { Node, Pool } from '../model/observed.ts'
import type { ScalePoolStep, NodeTargets } from '../model/plan.ts'
import type { NodeTally } from '../rules/node-health.ts'
import { firstTargets, nextTargets, totalOf } from '../rules/node-targets.ts'
import type { SecondChance, WaveProgress } from './wave-progress.ts'

/** Batch removes at most so many nodes by one call (service contract, `nodeList`). */
const MOST_NODES = 100

type Question = { step: ScalePoolStep; pool: Pool; progress: WaveProgress; tally: NodeTally }

/**
 * The next one; undefined: none is left. Of a pool that scales by itself Batch lets nobody remove nodes, and one that had nodes
 * before isn't taken to none.
 */
export function secondChance({ step, pool, progress, tally }: Question): SecondChance | undefined {
  const { chances = 0, isDenied } = progress
  if (isDenied === true || pool.scale.kind !== 'fixed' || chances >= 2 * step.repairAttempts) return undefined
  const by = chances % 2 === 0 ? 'reboot' : 'replace'
  // All are rebooted, however many: an image is blamed for none that had no chance.
  const most = by === 'reboot' ? Infinity : Math.min(MOST_NODES, waveOf(step))
  const nodes = tally.bad.slice(0, most).map(({ node }) => node)
  const left = without(pool, nodes)
  if (by === 'replace' && step.hadNodes === true && totalOf(left) === 0) return undefined
  const ifRefused = { ...progress, chances: chances + 1 }
  const next = { ...ifRefused, hadChance: true as const }
  const which = nodes.length === 1 ? 'the node is' : `${nodes.length} nodes are`
  return {
    kind: 'second-chance',
    by,
    nodeIds: nodes.map(({ nodeId }) => nodeId),
    progress:
      by === 'reboot' ? next : { ...next, target: left, then: regrown(step, progress.target, left), isReplacing: true },
    ifRefused,
    ifDenied: { ...progress, isDenied: true },
    reason: `before that is judged, ${which} ${by === 'reboot' ? 'rebooted' : 'replaced'}`
  }
}

/** Nodes that come back in their place are a wave like any other. */
function waveOf({ waveSize, canaryNodes }: ScalePoolStep): number {
  return waveSize === 'all' ? MOST_NODES : Math.max(waveSize, canaryNodes)
}

function without({ currentDedicatedNodes, currentLowPriorityNodes }: Pool, nodes: readonly Node[]): NodeTargets {
  const dedicated = nodes.filter(({ isDedicated }) => isDedicated).length
  return {
    dedicated: Math.max(0, currentDedicatedNodes - dedicated),
    lowPriority: Math.max(0, currentLowPriorityNodes - (nodes.length - dedicated))
  }
}

/** Where none is left, the first wave comes again. */
function regrown(step: ScalePoolStep, target: NodeTargets, left: NodeTargets): NodeTargets {
  return totalOf(left) === 0
    ? firstTargets(step.goal, step.canaryNodes, step.waveSize)
    : nextTargets(left, target, waveOf(step))
}
