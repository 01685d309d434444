/** A journal that can't be written stops new work, and never what undoes work that is half-done. */
import { RunError } from './model/failure.ts'
import type { Journal } from './model/journal.ts'
import { messageOf } from './shared/text.ts'

export type RunJournal = Journal & {
  /** From now on a line may be lost. */
  undoingBegins(): void
}

export function runJournal(journal: Journal): RunJournal {
  let mayBeLost = false
  return {
    write: entry => {
      try {
        journal.write(entry)
      } catch (error) {
        if (!mayBeLost) throw cantWrite('the journal of changes', error, 'nothing is changed without it')
      }
    },
    undoingBegins: () => void (mayBeLost = true)
  }
}

/** @param so what follows from it */
export function cantWrite(what: string, error: unknown, so: string): RunError {
  return new RunError({
    reason: 'runner-failed',
    message: `${what} could not be written: ${messageOf(error)}; ${so}`,
    wayOut: 'look at the runner’s disk and its temporary folder (RUNNER_TEMP), then run again'
  })
}
