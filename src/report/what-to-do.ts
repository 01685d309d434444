import type { Failure, Outcome } from '../model/outcome.ts'

const SENTENCE_END = /[.]$/

/** What to do after a failure, in order, as sentences: the failure's own way out first. */
export function whatToDo(failure: Failure, outcome: Outcome): string[] {
  const advice = [failure.wayOut]
  const nodes = outcome.pool?.nodes.length ?? 0
  if (nodes > 0) {
    const has = nodes === 1 ? '1 node' : `${nodes} nodes`
    advice.push(`the pool has ${has}, which cost money while they stand: resize it to 0 if it takes long`)
  }
  if (outcome.standing.length > 0) {
    advice.push('another run with the same inputs takes up what stands and makes nothing twice')
    advice.push('to give the release up instead, delete what stands, in the order of the table from its end')
  }
  return advice.map(asSentence)
}

function asSentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1)
  return SENTENCE_END.test(upper) ? upper : `${upper}.`
}
