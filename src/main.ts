/** The main step. With `post.ts` and `runner.ts`, the only file that touches the process, time and chance. */
import { requestIdToken } from './azure/sign-in/github-id-token.ts'
import { filesOf, readTextFile } from './read-text.ts'
import { run } from './run.ts'
import { RunError } from './model/failure.ts'
import {
  annotate,
  clock,
  exitWhenWritten,
  journalAt,
  log,
  outliveTheLog,
  quietSdks,
  random,
  readInput,
  runContext,
  setOutputs,
  tempFile,
  writePlan,
  writeSummary
} from './runner.ts'
import { STATE, saveState } from './runner-state.ts'
import { messageOf } from './shared/text.ts'

quietSdks()
outliveTheLog()
const cancel = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) {
  process.once(signal, () =>
    cancel.abort(
      new RunError({
        reason: 'cancelled',
        message: `the run was cancelled (${signal})`,
        wayOut: 'run it again with the same inputs'
      })
    )
  )
}

const journalFile = (): string => tempFile('journal.jsonl')
// Before anything else: GitHub reads the state even of a process that was killed.
orWarn('the post step won’t know of this run', () => saveState(STATE.journal, journalFile()))

const ended = await run(
  {
    readInput,
    env: process.env,
    readText: readTextFile,
    glob: filesOf,
    clock,
    context: runContext(process.env),
    random,
    getIdToken: audience => requestIdToken({ env: process.env, clock }, audience),
    journal: journalAt(journalFile),
    log: { ...log, annotate },
    writePlan,
    saveToUndo: toUndo => saveState(STATE.undo, JSON.stringify(toUndo)),
    setOutputs,
    writeSummary
  },
  cancel.signal
)
orWarn('the post step won’t know how this run ended', () => saveState(STATE.ended, ended))
exitWhenWritten(ended === 'succeeded' ? 0 : 1)

/** What a run needs of it before it changes something is kept, or refused, once more then. */
function orWarn(so: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    annotate({ level: 'warning', title: 'the runner’s files', message: `${so}: ${messageOf(error)}` })
  }
}
