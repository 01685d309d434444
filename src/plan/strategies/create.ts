/** A new pool, with its first wave only. */
import { createBody, finishStep, growStep, handOver, LEASE_GOES, type Unchained } from '../pool-steps.ts'
import { goalOf } from '../pool-scale.ts'
import { addressOf } from '../situation.ts'
import { describeTargets, firstTargets, totalOf } from '../wave-targets.ts'
import type { Strategy } from './strategy.ts'

export const create: Strategy = {
  name: 'create',
  answer: ({ situation, wish, pool }) => {
    if (pool !== undefined) return undefined
    const { scale, spec } = wish
    const goal = goalOf(situation, wish)
    const first = firstTargets(goal, spec.canaryNodes, spec.waveSize)
    const steps: Unchained[] = [
      {
        id: 'create-pool',
        kind: 'create-pool',
        title: `create pool ${spec.poolName} with ${describeTargets(first)}`,
        reason: 'there is none yet',
        ...addressOf(wish),
        body: createBody(situation, wish, first)
      }
    ]
    if (totalOf(goal) > 0) steps.push(growStep(wish, goal, totalOf(first) > 0 ? { alreadyAsked: first } : {}))
    if (scale.kind === 'auto') steps.push(...handOver(situation, wish, 'the spec asks for autoscale'))
    else if (totalOf(goal) > 0) steps.push(finishStep(situation, wish, LEASE_GOES))
    return { pool: { decision: 'create', reason: 'there is none yet' }, steps }
  },
  choice: ({ wish: { spec } }) =>
    `${spec.poolFrom === 'pool' ? 'a pool spec of another name in place of pool' : 'another pool name'} (the new pool costs quota for both until you move your jobs and delete the old one)`
}
