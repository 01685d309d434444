/** A pool that somebody else resizes meanwhile: two writers would undo each other for ever. */
import type { Pool } from '../model/observed.ts'
import type { NodeTargets } from '../model/plan.ts'
import { describeTargets, sameTargets, targetsOf } from '../rules/node-targets.ts'
import type { Halt } from './decision.ts'

/** @param asked what this run has asked for last */
export function overruledBy({ scale }: Pool, asked: NodeTargets): Halt | undefined {
  if (scale.kind === 'fixed' && sameTargets(targetsOf(scale), asked)) return undefined
  const now = scale.kind === 'auto' ? 'an autoscale formula' : describeTargets(targetsOf(scale))
  return {
    kind: 'halt',
    failure: 'pool-changed',
    reason: `this run asked for ${describeTargets(asked)}, and the pool now has ${now}`,
    wayOut: 'find out who else resizes the pool, then run again'
  }
}
