/** A pool that is as wanted: its nodes are looked at, and what an earlier run left on it goes. */
import type { Pool } from '../../../model/observed.ts'
import { leaseOf, leaseState } from '../../../rules/lease.ts'
import { hasRestorePoint } from '../../../rules/pool-metadata.ts'
import { isRefreshed, owedText, refreshIsDone } from '../refresh-steps.ts'
import { releaseStep, verifySteps } from '../steps.ts'
import type { Situation } from '../../situation.ts'
import type { Strategy } from './strategy.ts'

export const keep: Strategy = {
  answer: ({ situation, wanted, pool }) => {
    if (pool === undefined) return undefined
    const left = leftBehind(situation, pool)
    const refreshed = isRefreshed(situation, pool)
    if (left === undefined && !refreshed) {
      const reason = `already as wanted${owedText(situation, pool)}`
      return { pool: { decision: 'keep', reason }, steps: verifySteps(wanted, pool) }
    }
    const reason = `an earlier run left ${left ?? 'a note of nodes that were to restart, and have'} on it`
    const release = releaseStep(situation, wanted, reason)
    const steps = [...verifySteps(wanted, pool), refreshed ? refreshIsDone(release) : release]
    return { pool: { decision: 'change', reason }, steps }
  },
  choice: () => 'leave it, and scale the pool to zero yourself before the next run'
}

/**
 * Of a run that is over: what is held is another's business. A note of the past would be taken for a pool that was cut off, once
 * somebody makes the pool smaller.
 */
function leftBehind({ context, observed }: Situation, { metadata }: Pool): string | undefined {
  const state = leaseState(leaseOf(metadata), context, observed.account?.readAt ?? observed.at)
  if (state === 'ran-out' || state === 'earlier-attempt') return 'its lease'
  return state !== 'held' && hasRestorePoint(metadata) ? 'a note of its former scale' : undefined
}
