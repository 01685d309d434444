/**
 * The post step: after a run that was killed or cancelled it undoes what that shouldn't have left half-done, and says what may
 * stand. Nothing to do after one that ended by itself. It never fails the job.
 */
import { getIDToken } from '@actions/core'
import { existsSync, readFileSync } from 'node:fs'
import { readJournal } from './model/journal.ts'
import { renderLeftovers, renderUndone } from './report/leftovers.ts'
import { annotate, clock, exitWhenWritten, log, readInput, runContext, writeSummary } from './runner.ts'
import { readState, STATE } from './runner-state.ts'
import { undo } from './undo.ts'

const ended = readState(STATE.ended, process.env)
if (ended === undefined || ended === 'cancelled') {
  const context = runContext(process.env)
  const nonce = readState(STATE.nonce, process.env)
  const undone =
    nonce === undefined
      ? []
      : await undo({
          readInput,
          readText: path => readFileSync(path, 'utf8'),
          env: process.env,
          clock,
          context: { ...context, nonce },
          getIdToken: audience => getIDToken(audience),
          log
        })
  if (ended === undefined) tellOfKill(undone)
  else if (undone.length > 0) tell(renderUndone(undone))
}
exitWhenWritten(0)

/** GitHub has read the state of a process that was killed, too: the journal says what it was at. */
function tellOfKill(undone: readonly string[]): void {
  const path = readState(STATE.journal, process.env)
  const journal = path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : ''
  const left = renderLeftovers({ ...readJournal(journal), undone })
  tell(left)
  annotate(left.annotation)
}

function tell({ lines, markdown }: { lines: string; markdown: string }): void {
  log.say(lines)
  writeSummary(markdown)
}
