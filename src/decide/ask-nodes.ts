/** How a pool is asked for a number of nodes. */
import type { Pool } from '../model/observed.ts'
import type { NodeTargets } from '../model/plan.ts'
import type { WaveDecision, WaveProgress } from './wave-progress.ts'
import { describeTargets, nodesOf, sameTargets, targetsOf } from '../rules/node-targets.ts'

/** What stays of a wave that is asked for again. */
type Kept = Pick<WaveProgress, 'attempt' | 'chances' | 'hadChance' | 'isDenied'>

/**
 * Batch takes the scale that a pool has already for no change, and begins no resize (recorded for a PUT in 2022: PoolCollectionApiTests of
 * azure-sdk-for-net). What a pool has fallen short of is therefore asked for by way of the nodes that are there.
 */
export function ask(
  pool: Pool,
  target: NodeTargets,
  reason: string,
  { attempt, chances, hadChance, isDenied }: Kept = { attempt: 1 }
): WaveDecision {
  const has = nodesOf(pool)
  const formerStartTime = pool.resize?.startTime
  const since = {
    attempt,
    had: has,
    ...(formerStartTime === undefined ? {} : { formerStartTime }),
    ...(chances === undefined ? {} : { chances }),
    ...(hadChance === undefined ? {} : { hadChance }),
    ...(isDenied === undefined ? {} : { isDenied })
  }
  if (pool.scale.kind === 'fixed' && sameTargets(targetsOf(pool.scale), target)) {
    return {
      kind: 'resize',
      progress: { target: has, then: target, ...since },
      reason: `${reason}, by way of ${describeTargets(has)}`
    }
  }
  return { kind: 'resize', progress: { target, ...since }, reason }
}
