// Plain JavaScript: jest loads reporters itself, before any transformer.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/** One line a suite, failures whole, and at the end what was skipped, what the emulator guesses, and the totals. */
export default class ClosingReporter {
  constructor(globalConfig) {
    this.root = globalConfig.rootDir
    this.isWhole = (globalConfig.nonFlagArgs ?? []).length === 0 && !globalConfig.testNamePattern
  }

  /** Suites note there which answers of the embedded Azure they saw, and compared with something. */
  onRunStart() {
    this.answers = mkdtempSync(join(tmpdir(), 'answers-'))
    process.env.ANSWERS_FOLDER = this.answers
  }

  onTestResult(test, result) {
    const path = relative(this.root, test.path)
    const failed = result.numFailingTests > 0 || result.testExecError !== undefined
    const seconds = ((result.perfStats.end - result.perfStats.start) / 1000).toFixed(1)
    const skipped = result.numPendingTests > 0 ? `, ${result.numPendingTests} skipped` : ''
    print(`${failed ? 'FAILED' : 'ok    '} ${path}  ${result.numPassingTests} passed${skipped}, ${seconds} s`)
    for (const entry of result.console ?? []) print(indent(`console.${entry.type}: ${entry.message}`))
    if (failed) print(result.failureMessage ?? String(result.testExecError?.message))
  }

  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap(suite => skippedIn(suite, this.root))
    print(`\n${skipped.length === 0 ? 'Nothing was skipped.' : `Skipped (${skipped.length}):`}`)
    for (const line of skipped) print(`  ${line}`)
    // Of a part of the tests, their number is enough.
    const guessed = guesses(join(this.root, 'emulator', 'FIDELITY.md'))
    for (const line of this.isWhole ? guessed : [guessed[0].replace(/:$/, '.')]) print(line)
    if (this.answers !== undefined) {
      for (const line of neverCompared(this.answers)) print(line)
      rmSync(this.answers, { recursive: true, force: true })
    }
    const totals = totalsOf(results)
    print(`Suites: ${results.numPassedTestSuites} passed, ${results.numFailedTestSuites} failed`)
    print(`Tests:  ${totals.passed} passed, ${totals.failed} failed, ${skipped.length} skipped`)
    print(`Time:   ${((Date.now() - results.startTime) / 1000).toFixed(1)} s`)
    const file = process.env.TEST_TOTALS_FILE
    if (file) writeFileSync(file, `${totals.passed} ${totals.failed}\n`)
  }
}

/** A suite that couldn't run counts as a failure of its own. */
function totalsOf(results) {
  return { passed: results.numPassedTests, failed: results.numFailedTests + results.numRuntimeErrorTestSuites }
}

function skippedIn(suite, root) {
  const tests = suite.testResults.filter(({ status }) => status === 'pending' || status === 'todo')
  return tests.map(({ fullName }) => `${relative(root, suite.testFilePath)}: ${fullName}`)
}

/** Rows of the tables of behaviours whose source is the word "guess": their number, and what each is about. */
export function guesses(path) {
  if (!existsSync(path)) return ['emulator/FIDELITY.md: not there']
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line.startsWith('|') && /\bguess\b/i.test(line))
    .map(line => line.split('|')[1].trim())
  return [
    `The embedded Azure guesses in ${rows.length} places (emulator/FIDELITY.md):`,
    ...rows.map(row => `  ${row.length > WIDTH ? `${row.slice(0, WIDTH - 1)}…` : row}`)
  ]
}

const WIDTH = 130

/** Answers by operation and status that were given in this run, and compared neither with a contract nor with a recording. */
export function neverCompared(folder) {
  const notes = readdirSync(folder)
    .flatMap(name => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])
  const compared = new Set(notes.filter(([kind]) => kind !== 'given').map(([, answer]) => answer))
  const given = new Set(notes.filter(([kind]) => kind === 'given').map(([, answer]) => answer))
  const left = [...given].filter(answer => !compared.has(answer)).sort()
  if (given.size === 0) return []
  return [
    `Answers of the embedded Azure never compared with anything (${left.length} of ${given.size}):`,
    ...left.map(answer => `  ${answer}`)
  ]
}

function indent(text) {
  return text.trimEnd().replaceAll(/^/gm, '  ')
}

function print(text) {
  process.stdout.write(`${text}\n`)
}
