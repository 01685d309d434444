/** A run that is to end when its image has proved itself: what is left of the plan of a pool, and where there is no such proof. */
import type { Pool } from '../../model/observed.ts'
import type { Finding } from '../../model/plan.ts'
import { scaleToRestore } from '../../rules/pool-metadata.ts'
import { verifySteps } from './steps.ts'
import type { PoolAnswer, PoolQuestion } from './strategies/strategy.ts'

type Answer = PoolAnswer & { findings: Finding[] }

/** The proof alone, with the steps that only look at the pool. A way that has none is an error. */
export function stoppedAfterProof(question: PoolQuestion, answer: Answer): Answer {
  const { wanted, pool } = question
  if (wanted.spec.stopAfter === undefined || answer.pool.decision === 'refuse') return answer
  const { proof, findings } = answer
  if (proof !== undefined) {
    const reason = `${answer.pool.reason}; the run stops when a temporary pool has proved it (stop-after)`
    return { pool: { decision: 'prove', reason }, steps: [], findings, proof }
  }
  const reason = 'left to the next run (stop-after)'
  if (findings.some(({ severity }) => severity === 'error')) {
    return { pool: { decision: 'prove', reason }, steps: [], findings }
  }
  if (question.isProved && (pool === undefined || isRebuilt(question))) {
    const elsewhere = 'the temporary pool of another one like it proves the image; the run stops then (stop-after)'
    return { pool: { decision: 'prove', reason: elsewhere }, steps: [], findings }
  }
  const nowhere = pool === undefined ? noPool(question) : noProof(question, pool)
  if (nowhere !== undefined) return { pool: { decision: 'prove', reason }, steps: [], findings: [...findings, nowhere] }
  const rest = answer.pool.decision === 'keep' ? [] : [nothingToProve(question, answer.pool.reason)]
  return {
    pool: { decision: 'keep', reason: 'has the image, so that there is nothing to prove' },
    steps: pool === undefined ? [] : verifySteps(wanted, pool),
    findings: [...findings, ...rest]
  }
}

const SOURCE = 'stop-after, and the pool as it is'

const isRebuilt = ({ differences }: PoolQuestion): boolean => differences.some(({ needs }) => needs !== 'patch')

function noPool({ wanted: { spec } }: PoolQuestion): Finding {
  return {
    rule: 'stop-after',
    severity: 'error',
    message: `stop-after: there is no pool "${spec.poolName}" yet that a temporary one could be made like`,
    wayOut:
      'leave stop-after out: no job uses a new pool yet, and its first wave (canary-nodes) proves the image before more nodes are bought; or only make the image (command: image)',
    source: SOURCE
  }
}

/** Undefined where the pool has the image, and the nodes that it has had. */
function noProof(question: PoolQuestion, pool: Pool): Finding | undefined {
  const { spec } = question.wanted
  if (!isRebuilt(question) && scaleToRestore(pool) === undefined) return undefined
  const [why, wayOut] = isRebuilt(question)
    ? [
        'no node of it is in use, so that no temporary pool is made (prove: auto)',
        'say prove: temporary-pool; or leave stop-after out: the pool’s own first wave proves the image then'
      ]
    : [
        'an earlier run has given it the image, and not its nodes back',
        'leave stop-after out, so that it gets its nodes back'
      ]
  return {
    rule: 'stop-after',
    severity: 'error',
    message: `stop-after: pool "${spec.poolName}": ${why}`,
    wayOut,
    source: SOURCE
  }
}

function nothingToProve({ wanted: { spec } }: PoolQuestion, reason: string): Finding {
  return {
    rule: 'stop-after',
    severity: 'note',
    message: `stop-after: pool "${spec.poolName}" has the image already, so that there is nothing to prove; ${reason}`,
    wayOut: 'nothing: a run without stop-after sees to that',
    source: SOURCE
  }
}
