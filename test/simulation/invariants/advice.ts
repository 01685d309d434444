/** What runs advise when they fail, and what comes of it. */
import { isEnded, type Ended, type Invariant, type Run } from './invariant.ts'

export const adviceInvariants: Invariant[] = [
  {
    rule: 'the same advice never leads to the same failure twice',
    atEndOfRun({ runs }, run) {
      const former = runs.find(({ index }) => index === run.index - 1)
      if (run.index < 1 || former === undefined || !isEnded(former)) return
      const [before, now] = [failureOf(former), failureOf(run)]
      if (before === undefined || now === undefined || before.same !== now.same) return
      if (!before.advisesAgain || passesByItself(run)) return
      return `run ${former.index} advised to run again as it is, and the next one failed in the same way: ${now.same}`
    }
  }
]

type Failed = { same: string; advisesAgain: boolean }

/** As its report says it. Times, numbers and ids are other ones in each run. */
function failureOf({ told, cancelledAt }: Run & Ended): Failed | undefined {
  if (told.killed || told.ok || cancelledAt !== undefined) return undefined
  const { outputs, summary, annotations } = told
  const message = (annotations.find(({ level }) => level === 'error')?.message ?? '').split('. ')[0] ?? ''
  return {
    same: [outputs['failure-reason'], outputs['failed-step'], message.replaceAll(/[\da-f-]{8,}|\d+/gi, '#')].join(' '),
    advisesAgain: ADVISES_AGAIN.test(summary.replaceAll(/\s+/g, ' '))
  }
}

const ADVISES_AGAIN =
  /run (it )?again (later|in \d+ minutes|with the same inputs)|another run with the same inputs resumes/i

/** A region that has failed may fail once more. */
const PASSES = new Set(['azure-unreachable', 'deadline-exceeded', 'pool-leased', 'pool-changed', 'replication-failed'])

/** By what Azure says of itself: the emulated region has room again after some hours. */
function passesByItself({ told }: Ended): boolean {
  const { 'failure-reason': reason, 'resize-errors': errors } = told.outputs
  return (
    PASSES.has(reason) || (reason === 'allocation-failed' && /AllocationTimedout|insufficient capacity/.test(errors))
  )
}
