/** A new pool, with its first wave only. */
import { createBody, finishStep, firstWaveOf, handOver, LEASE_GOES, type StepDraft } from '../steps.ts'
import { NO_WAVES, provingWaves } from '../smoke-test.ts'
import { goalOf } from '../scale-steps.ts'
import { addressOf } from '../../situation.ts'
import { describeTargets, firstTargets, totalOf } from '../../../rules/node-targets.ts'
import type { Strategy } from './strategy.ts'

export const create: Strategy = {
  answer: ({ situation, wanted, pool }) => {
    if (pool !== undefined) return undefined
    const { scale, spec } = wanted
    const goal = goalOf(situation, wanted)
    const first = firstTargets(goal, firstWaveOf(wanted), spec.waveSize)
    const steps: StepDraft[] = [
      {
        id: 'create-pool',
        kind: 'create-pool',
        title: `create pool ${spec.poolName} with ${describeTargets(first)}`,
        reason: 'there is none yet',
        ...addressOf(wanted),
        body: createBody(situation, wanted, first)
      }
    ]
    const waves =
      totalOf(goal) > 0
        ? provingWaves(situation, wanted, goal, totalOf(first) > 0 ? { alreadyAsked: first } : {})
        : NO_WAVES
    steps.push(...waves.steps)
    if (scale.kind === 'auto') steps.push(...handOver(situation, wanted, 'the spec asks for autoscale'))
    else if (totalOf(goal) > 0) steps.push(finishStep(situation, wanted, LEASE_GOES))
    return { pool: { decision: 'create', reason: 'there is none yet' }, steps, undo: waves.undo }
  },
  choice: ({ wanted: { spec } }) =>
    `${spec.poolFrom === 'pool' ? 'a pool spec of another name in place of pool' : 'another pool name'} (the new pool costs quota for both until you move your jobs and delete the old one)`
}
