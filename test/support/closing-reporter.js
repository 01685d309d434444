// Plain JavaScript: jest loads reporters itself, before any transformer.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { closingLists, closingPage } from './closing-page.js'

/** One line a suite, failures whole, and at the end a page that fits a screen; what it only counts is named in `.out/tests.txt`. */
export default class ClosingReporter {
  constructor(globalConfig) {
    this.root = globalConfig.rootDir
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
    const guessed = guesses(join(this.root, 'emulator', 'FIDELITY.md'))
    const compared = this.answers === undefined ? { given: 0, left: [] } : neverCompared(this.answers)
    if (this.answers !== undefined) rmSync(this.answers, { recursive: true, force: true })
    const failed = results.testResults
      .filter(({ numFailingTests, testExecError }) => numFailingTests > 0 || testExecError !== undefined)
      .map(({ testFilePath }) => relative(this.root, testFilePath))
    const lists = join('.out', 'tests.txt')
    mkdirSync(join(this.root, '.out'), { recursive: true })
    writeFileSync(join(this.root, lists), closingLists({ skipped, guesses: guessed, compared }).join('\n'))
    const totals = totalsOf(results)
    const seconds = (Date.now() - results.startTime) / 1000
    for (const line of closingPage({ totals, failed, skipped, guesses: guessed, compared, lists, seconds })) print(line)
    const file = process.env.TEST_TOTALS_FILE
    if (file) writeFileSync(file, `${totals.passed} ${totals.failed}\n`)
  }
}

/** A suite that couldn't run counts as a failure of its own. */
function totalsOf(results) {
  return {
    suitesPassed: results.numPassedTestSuites,
    suitesFailed: results.numFailedTestSuites,
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites
  }
}

function skippedIn(suite, root) {
  const tests = suite.testResults.filter(({ status }) => status === 'pending' || status === 'todo')
  return tests.map(({ fullName }) => ({ path: relative(root, suite.testFilePath), name: fullName }))
}

/** What the rows of the tables of behaviours are about whose source says "guess". */
export function guesses(path) {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line => line.split('|').map(cell => cell.trim()))
    .filter(([, , source = '']) => /\bguess\b/i.test(source))
    .map(([, behaviour]) => behaviour)
}

/** Answers by operation and status that were given in this run, and those of them compared neither with a contract nor with a recording. */
export function neverCompared(folder) {
  const notes = readdirSync(folder)
    .flatMap(name => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])
  const compared = new Set(notes.filter(([kind]) => kind !== 'given').map(([, answer]) => answer))
  const given = new Set(notes.filter(([kind]) => kind === 'given').map(([, answer]) => answer))
  return { given: given.size, left: [...given].filter(answer => !compared.has(answer)).sort() }
}

function indent(text) {
  return text.trimEnd().replaceAll(/^/gm, '  ')
}

function print(text) {
  process.stdout.write(`${text}\n`)
}
