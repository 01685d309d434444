/** The strategies, and the answer of the first that has one. */
import type { Finding } from '../../../model/plan.ts'
import { create } from './create.ts'
import { inPlace } from './in-place.ts'
import { keep } from './keep.ts'
import { patch } from './patch.ts'
import type { PoolAnswer, PoolQuestion, Refusal, Strategy } from './strategy.ts'

/** Asked in this order. The choices that a refused change has are printed in it, too. */
const STRATEGIES: readonly Strategy[] = [patch, inPlace, create, keep]

const SOURCE = 'learn.microsoft.com/azure/batch/batch-pool-update-properties'

export function answerOf(question: PoolQuestion): PoolAnswer & { findings: Finding[] } {
  for (const strategy of STRATEGIES) {
    const answer = strategy.answer(question)
    if (answer === undefined) continue
    if (!('rule' in answer)) return { findings: [], ...answer }
    return {
      pool: { decision: 'refuse', reason: 'needs a change that was not asked for' },
      steps: [],
      findings: [findingOf(answer, question)]
    }
  }
  throw new Error('internal error: no strategy has an answer')
}

function findingOf({ rule, message, wayOut }: Refusal, question: PoolQuestion): Finding {
  const choices = STRATEGIES.flatMap(({ choice }) => choice?.(question) ?? [])
  return { rule, severity: 'error', message, wayOut: wayOut ?? `choose: ${choices.join('; or ')}`, source: SOURCE }
}
