/**
 * The post step: after a run that didn't succeed it undoes what that shouldn't have left half-done, and after one that was
 * killed it says what may stand. It never fails the job, and never takes more than five minutes.
 */
import { requestIdToken } from './azure/sign-in/github-id-token.ts'
import { readJournal, type ReadJournal } from './model/journal.ts'
import { readToUndo } from './model/to-undo.ts'
import { readTextFile } from './read-text.ts'
import { renderLeftovers, renderUndone } from './report/leftovers.ts'
import {
  annotate,
  clock,
  exitWhenWritten,
  log,
  outliveTheLog,
  quietSdks,
  random,
  runContext,
  writeSummary
} from './runner.ts'
import { readState, STATE } from './runner-state.ts'
import { messageOf } from './shared/text.ts'
import { undo } from './undo.ts'

const LONGEST_MS = 5 * 60_000
/** What is under way may end by then; a cancelled step is given 7.5 seconds. */
const CANCELLED_WITHIN_MS = 4_000

quietSdks()
outliveTheLog()
process.on('uncaughtException', giveUp)
const cancel = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) {
  process.on(signal, () => {
    setTimeout(() => cancel.abort(new Error(`the post step was cancelled (${signal})`)), CANCELLED_WITHIN_MS)
  })
}
setTimeout(() => giveUp(new Error('five minutes are over')), LONGEST_MS)
try {
  await lookAfter()
} catch (error) {
  giveUp(error)
}
exitWhenWritten(0)

async function lookAfter(): Promise<void> {
  const ended = readState(STATE.ended, process.env)
  if (ended === 'succeeded') return
  const path = readState(STATE.journal, process.env)
  const journal = path === undefined ? undefined : journalAt(path)
  const undone = await undoing(journal)
  // Without a word of main's there was none: it never came to its first line.
  if (ended === undefined && path !== undefined) tellOfKill(journal, undone)
  else if (undone.length > 0) tell(renderUndone(undone, ended === 'cancelled' ? 'cancelled' : 'failed'))
}

async function undoing(journal: ReadJournal | undefined): Promise<string[]> {
  const state = readState(STATE.undo, process.env)
  if (state === undefined) return []
  const toUndo = readToUndo(state)
  if (toUndo === undefined) return ['not undone: what the main step kept for it can’t be read']
  const context = runContext(process.env)
  const getIdToken = (audience: string): Promise<string> => requestIdToken({ env: process.env, clock }, audience)
  const deps = { readText: readTextFile, env: process.env, clock, random, context, getIdToken, log }
  return undo(deps, { ...toUndo, journal }, cancel.signal)
}

/** GitHub has read the state of a process that was killed, too: the journal says what it was at. */
function tellOfKill(journal = readJournal(''), undone: readonly string[] = []): void {
  const left = renderLeftovers({ ...journal, undone })
  tell(left)
  annotate(left.annotation)
}

/** Undefined where it can't be read: a process that is killed early has written none. */
function journalAt(path: string): ReadJournal | undefined {
  try {
    return readJournal(readTextFile(path))
  } catch {
    return undefined
  }
}

function tell({ lines, markdown }: { lines: string; markdown: string }): void {
  log.say(lines)
  try {
    writeSummary(markdown)
  } catch (error) {
    annotate({
      level: 'warning',
      title: 'no summary',
      message: `the job summary could not be written: ${messageOf(error)}`
    })
  }
}

function giveUp(error: unknown): void {
  annotate({ level: 'warning', title: 'the post step ended early', message: messageOf(error) })
  exitWhenWritten(0)
}
