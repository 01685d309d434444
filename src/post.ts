/** The post step: says what a run that was killed may have left, and how to go on. Nothing to do after one that ended. */
import { existsSync, readFileSync } from 'node:fs'
import { readJournal } from './model/journal.ts'
import { renderLeftovers } from './report/leftovers.ts'
import { annotate, log, writeSummary } from './runner.ts'
import { STATE, readState } from './runner-state.ts'

const journal = readState(STATE.journal, process.env)
if (readState(STATE.ended, process.env) === undefined && journal !== undefined && existsSync(journal)) {
  const { lines, markdown, annotation } = renderLeftovers(readJournal(readFileSync(journal, 'utf8')))
  log.say(lines)
  annotate(annotation)
  writeSummary(markdown)
}
