/** The main step. With `post.ts` and `runner.ts`, the only file that touches the process, time and chance. */
import { getIDToken } from '@actions/core'
import { run } from './run.ts'
import { RunError } from './model/failure.ts'
import {
  annotate,
  clock,
  exitWhenWritten,
  journalAt,
  log,
  readInput,
  runContext,
  setOutputs,
  tempFile,
  writeSummary
} from './runner.ts'
import { STATE, saveState } from './runner-state.ts'
import { readFileSync, writeFileSync } from 'node:fs'

const cancel = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) {
  process.once(signal, () =>
    cancel.abort(
      new RunError(
        'cancelled',
        `the run was cancelled (${signal})`,
        'run it again with the same inputs: what stands is taken up'
      )
    )
  )
}

const journalFile = tempFile('journal.jsonl')
// Before anything else: GitHub reads the state even of a process that was killed.
saveState(STATE.journal, journalFile)

const context = runContext(process.env)
saveState(STATE.nonce, context.nonce)

const ended = await run(
  {
    readInput,
    env: process.env,
    readText: path => readFileSync(path, 'utf8'),
    clock,
    context,
    getIdToken: audience => getIDToken(audience),
    journal: journalAt(journalFile),
    log: { ...log, annotate },
    writePlan: json => {
      const file = tempFile('plan.json')
      writeFileSync(file, json)
      return file
    },
    setOutputs,
    writeSummary
  },
  cancel.signal
)
saveState(STATE.ended, ended)
exitWhenWritten(ended === 'succeeded' ? 0 : 1)
