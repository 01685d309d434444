/** What Batch takes while nodes are there; and another scale. */
import { patchStep } from '../change-steps.ts'
import { changedThings } from '../difference.ts'
import { scaleToRestore } from '../../../rules/pool-metadata.ts'
import { refreshStep, withRefresh } from '../refresh-steps.ts'
import { scaleSteps } from '../scale-steps.ts'
import { verifySteps } from '../steps.ts'
import type { Strategy } from './strategy.ts'

export const patch: Strategy = {
  answer: ({ situation, wanted, pool, differences }) => {
    // A pool that an earlier run has emptied has to be brought back first.
    if (pool === undefined || scaleToRestore(pool) !== undefined) return undefined
    if (differences.some(({ needs }) => needs !== 'patch')) return undefined
    const changing = differences.length > 0 ? [patchStep(situation, wanted, { pool, differences })] : []
    const scaling = scaleSteps(situation, wanted, pool)
    const refresh = refreshStep(situation, wanted, { pool, differences })
    const rest = refresh === undefined ? scaling : withRefresh({ situation, wanted, pool }, refresh, scaling)
    const steps = [...changing, ...rest]
    if (steps.length === 0) return undefined
    const looksAtNodes = steps.some(({ kind }) => kind === 'scale-pool' || kind === 'verify-nodes')
    const reason =
      differences.length > 0
        ? `${changedThings(differences)} not as wanted`
        : scaling.length > 0
          ? 'its scale is not as wanted'
          : 'nodes of it have started before its last change, and are still to restart'
    return {
      pool: { decision: 'change', reason },
      steps: [...steps, ...(looksAtNodes ? [] : verifySteps(wanted, pool))]
    }
  }
}
