import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, jest, test } from '@jest/globals'
import { closingLists, closingPage, type Closing } from '../support/closing-page.js'
import ClosingReporter, { guesses, neverCompared } from '../support/closing-reporter.js'

const rootDir = mkdtempSync(join(tmpdir(), 'reporter-'))
const totalsFile = join(rootDir, 'totals')

afterEach(() => {
  delete process.env['TEST_TOTALS_FILE']
  jest.restoreAllMocks()
})

const SKIPPED = { status: 'pending', fullName: 'renders [no chromium]' }
const suite = (path: string, more: object = {}): object => ({
  ...{ testFilePath: join(rootDir, path), testResults: [], numFailingTests: 0 },
  ...more
})
const RESULTS = {
  startTime: 0,
  numPassedTestSuites: 3,
  numFailedTestSuites: 2,
  numPassedTests: 40,
  numFailedTests: 2,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    suite('test/a.test.ts', { testResults: [SKIPPED, { ...SKIPPED, status: 'passed' }] }),
    suite('test/b.test.ts', { numFailingTests: 2 }),
    suite('test/c.test.ts', { testExecError: new Error('no such module') })
  ]
}

function closing(results: object): string {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  process.env['TEST_TOTALS_FILE'] = totalsFile
  new ClosingReporter({ rootDir }).onRunComplete(new Set(), results)
  return write.mock.calls.map(([text]) => String(text)).join('')
}

test('the end of a run counts what passed, failed and was skipped; a suite that could not run is a failure', () => {
  const printed = closing(RESULTS)
  expect(printed).toContain('Suites: 3 passed, 2 failed\nTests:  40 passed, 3 failed, 1 skipped\n')
  expect(printed).toContain('Failed suites (2), whose failures are shown above:\n  test/b.test.ts\n  test/c.test.ts\n')
  expect(readFileSync(totalsFile, 'utf8')).toBe('40 3\n')
})

test('the end of a run counts the guesses, and says in which file they and the skipped tests are named', () => {
  mkdirSync(join(rootDir, 'emulator'), { recursive: true })
  writeFileSync(join(rootDir, 'emulator', 'FIDELITY.md'), '| a | guess | |\n| b | a page | |\n')
  const printed = closing(RESULTS)
  expect(printed).toContain('The embedded Azure guesses in 1 places')
  expect(printed).toContain('Each of them by name: .out/tests.txt\n')
  const named = readFileSync(join(rootDir, '.out', 'tests.txt'), 'utf8')
  expect(named).toContain('Skipped: 1\n  test/a.test.ts: renders [no chromium]\n')
  expect(named).toContain('(emulator/FIDELITY.md): 1\n  a\n')
})

const LARGE: Closing = {
  totals: { suitesPassed: 200, suitesFailed: 100, passed: 8000, failed: 300 },
  failed: Array.from({ length: 100 }, (_, index) => `test/unit/${index}.test.ts`),
  skipped: Array.from({ length: 300 }, (_, index) => ({
    path: `test/contract/${index}.test.ts`,
    name: `case ${index} [no specifications ${index % 40}]`
  })),
  guesses: Array.from({ length: 71 }, (_, index) => `behaviour ${index}`),
  compared: { given: 400, left: Array.from({ length: 90 }, (_, index) => `Pool_Get ${index}`) },
  lists: '.out/tests.txt',
  seconds: 600
}

test('the closing page fits a screen of 40 lines and 130 columns, however much failed, was skipped or is guessed', () => {
  const page = closingPage(LARGE)
  expect(page.length).toBeLessThanOrEqual(40)
  expect(Math.max(...page.map(line => line.length))).toBeLessThanOrEqual(130)
  expect(page.slice(-3)).toEqual([
    'Suites: 200 passed, 100 failed',
    'Tests:  8000 passed, 300 failed, 300 skipped',
    'Time:   600.0 s'
  ])
})

test('skipped tests are counted by the reason in their names, with the suites that they are in', () => {
  const skipped = [
    { path: 'test/a.test.ts', name: 'one [no az]' },
    { path: 'test/b.test.ts', name: 'two [no chromium]' },
    { path: 'test/a.test.ts', name: 'three [no az]' },
    { path: 'test/c.test.ts', name: 'four' }
  ]
  const page = closingPage({ ...LARGE, failed: [], skipped })
  expect(page.slice(0, 5)).toEqual([
    '',
    'Skipped (4), by reason:',
    '  no az: 2 in test/a.test.ts',
    '  no chromium: 1 in test/b.test.ts',
    '  without a reason: four: 1 in test/c.test.ts'
  ])
})

test('what the page only counts is named in full beside it', () => {
  const lists = closingLists(LARGE)
  expect(lists).toContain('  test/contract/299.test.ts: case 299 [no specifications 19]')
  expect(lists).toContain('  behaviour 70')
  expect(lists).toContain('  Pool_Get 89')
})

test('a guess is a row whose source says so, not one that speaks of guesses elsewhere', () => {
  const path = join(rootDir, 'FIDELITY.md')
  const rows = ['A guess in the text.', '| what | source | wrong |', '| --- | --- | --- |']
  writeFileSync(path, [...rows, '| a | guess | x |', '| b | a page | a guess |', '| c | Guess: x | |'].join('\n'))
  expect(guesses(path)).toEqual(['a', 'c'])
})

test('answers of the embedded Azure that no suite compared with anything are counted and named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'answers-'))
  expect(neverCompared(folder)).toEqual({ given: 0, left: [] })
  writeFileSync(join(folder, '1.txt'), 'given Pool_Get 200\ngiven Pool_Get 404\ngiven Entra_Token 200\n')
  writeFileSync(join(folder, '2.txt'), 'contract Pool_Get 200\nrecording Pool_Get 404\n')
  expect(neverCompared(folder)).toEqual({ given: 3, left: ['Entra_Token 200'] })
})
