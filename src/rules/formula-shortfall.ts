/** A formula asks for nodes by itself: what it asked for last, and didn't get. */
import type { Pool, ResizeError } from '../model/observed.ts'
import type { NodeTargets } from '../model/plan.ts'
import { isShort, nodesOf } from './node-targets.ts'

type Shortfall = { asked: NodeTargets; has: NodeTargets; error: ResizeError }

/** Undefined while the pool resizes, and where its last resize brought what was asked for, or ended without an error. */
export function formulaShortfall(pool: Pool): Shortfall | undefined {
  const [error] = pool.resize?.errors ?? []
  if (pool.scale.kind !== 'auto' || pool.allocationState !== 'Steady' || error === undefined) return undefined
  const has = nodesOf(pool)
  const asked = {
    dedicated: pool.resize?.targetDedicatedNodes ?? has.dedicated,
    lowPriority: pool.resize?.targetLowPriorityNodes ?? has.lowPriority
  }
  return isShort(has, asked) ? { asked, has, error } : undefined
}
