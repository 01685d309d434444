/** The nodes of a wave are there: whether they are healthy, and what is done when they aren’t. */
import type { Pool } from '../model/observed.ts'
import type { ScalePoolStep, NodeTargets } from '../model/plan.ts'
import { ask } from './ask-nodes.ts'
import { allowedUnhealthy, apartVerdict, judgeHealth, type NodeTally } from '../rules/node-health.ts'
import { secondChance } from './second-chance.ts'
import type { WaveDecision, WaveProgress, WaveView } from './wave-progress.ts'
import { describeTargets, isShort, nextTargets, nodesOf, sameTargets, totalOf } from '../rules/node-targets.ts'

/** The wave’s nodes are there: it has succeeded when they are healthy. */
export function judge(step: ScalePoolStep, view: WaveView, progress: WaveProgress, where: string): WaveDecision {
  const { pool, nodes: tally, msShort } = view
  const has = nodesOf(pool)
  if (totalOf(has) > 0) {
    if (tally === undefined) return { kind: 'look-at-nodes', reason: `${where}; steady` }
    const chance = secondChance({ step, pool, progress, tally })
    const health = judgeHealth({
      tally,
      expected: totalOf(has),
      msShort,
      outOf: totalOf(progress.target),
      maxUnhealthy: step.maxUnhealthy,
      nodeTimeoutMs: step.nodeTimeoutMs,
      hasChance: chance !== undefined
    })
    if (health.kind === 'wait') return { kind: 'wait', reason: `${where}; ${health.reason}` }
    if (health.kind === 'apart') return another(step, { pool, tally }, progress, where)
    if (health.kind === 'bad') {
      const reason = `${where}; ${health.reason}`
      // Nodes that aren't listed can't be helped.
      if (chance !== undefined && chance.nodeIds.length > 0) return { ...chance, reason: `${reason}; ${chance.reason}` }
      return {
        ...health,
        kind: 'halt',
        reason,
        ...wayOutOf(step),
        ...(repeats(step, progress, tally) ? { blamesImage: true } : {})
      }
    }
  }
  if (sameTargets(progress.target, step.goal)) return { kind: 'done', reason: `${where}, healthy` }
  const target = isShort(has, step.goal) ? wave(step, has) : step.goal
  return ask(pool, target, `${where} healthy; next wave to ${describeTargets(target)}`)
}

/** Nobody can look at the nodes of a temporary pool later on. */
function wayOutOf({ proofOf }: ScalePoolStep): { wayOut?: string } {
  return proofOf === undefined
    ? {}
    : { wayOut: `look at the nodes’ errors; pool ${proofOf} is as it was, and the temporary pool goes with its nodes` }
}

/** Enough of them have got as far as the image, and have failed there again. */
function repeats(step: ScalePoolStep, { hadChance, target }: WaveProgress, { against, healthy }: NodeTally): boolean {
  const tooMany = against > allowedUnhealthy(step.maxUnhealthy, totalOf(target))
  return hadChance === true && against > 0 && (tooMany || healthy === 0)
}

/**
 * Preempted while they started: that says nothing of the image. As long as the goal allows, another node is asked for;
 * then Batch has the time of a node to bring one back.
 */
function another(
  step: ScalePoolStep,
  { pool, tally }: { pool: Pool; tally: NodeTally },
  progress: WaveProgress,
  where: string
): WaveDecision {
  const has = nodesOf(pool)
  const more = Math.min(tally.apart, step.waveSize === 'all' ? tally.apart : step.waveSize)
  const target = nextTargets(has, step.goal, more)
  if (!sameTargets(target, has)) {
    return ask(pool, target, `${where}; ${tally.states}: on to ${describeTargets(target)}`, progress)
  }
  if ((tally.preemptedMs ?? Infinity) <= step.nodeTimeoutMs) {
    return { kind: 'wait', reason: `${where}; ${tally.states}: Batch may bring them back` }
  }
  const verdict = apartVerdict(tally, step.nodeTimeoutMs)
  return { kind: 'halt', ...verdict, reason: `${where}; ${verdict.reason}` }
}

function wave(step: ScalePoolStep, from: NodeTargets): NodeTargets {
  return nextTargets(from, step.goal, step.waveSize === 'all' ? totalOf(step.goal) : step.waveSize)
}
