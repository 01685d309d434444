import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, jest, test } from '@jest/globals'
import ClosingReporter, { neverCompared } from '../support/closing-reporter.js'

const rootDir = mkdtempSync(join(tmpdir(), 'reporter-'))
const totalsFile = join(rootDir, 'totals')

afterEach(() => {
  delete process.env['TEST_TOTALS_FILE']
  jest.restoreAllMocks()
})

const SKIPPED = { status: 'pending', fullName: 'renders [no chromium]' }
const RESULTS = {
  startTime: 0,
  numPassedTestSuites: 3,
  numFailedTestSuites: 2,
  numPassedTests: 40,
  numFailedTests: 2,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    { testFilePath: join(rootDir, 'test/a.test.ts'), testResults: [SKIPPED, { ...SKIPPED, status: 'passed' }] }
  ]
}

function closing(results: typeof RESULTS, nonFlagArgs: string[] = []): string {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  process.env['TEST_TOTALS_FILE'] = totalsFile
  new ClosingReporter({ rootDir, nonFlagArgs }).onRunComplete(new Set(), results)
  return write.mock.calls.map(([text]) => String(text)).join('')
}

test('the end of a run names and counts what was skipped, and a suite that could not run is a failure', () => {
  const printed = closing(RESULTS)
  expect(printed).toContain('Skipped (1):\n  test/a.test.ts: renders [no chromium]\n')
  expect(printed).toContain('Suites: 3 passed, 2 failed\nTests:  40 passed, 3 failed, 1 skipped\n')
  expect(readFileSync(totalsFile, 'utf8')).toBe('40 3\n')
})

test('the end of a run counts and names the rows of FIDELITY.md that are a guess', () => {
  mkdirSync(join(rootDir, 'emulator'), { recursive: true })
  const rows = [
    'A guess in the text.',
    '| what | source |',
    '| --- | --- |',
    '| a | guess |',
    '| b | a page |',
    `| c${'c'.repeat(200)} | Guess: x |`
  ]
  writeFileSync(join(rootDir, 'emulator', 'FIDELITY.md'), rows.join('\n'))
  expect(closing({ ...RESULTS, testResults: [] })).toContain(
    `Nothing was skipped.\nThe embedded Azure guesses in 2 places (emulator/FIDELITY.md):\n  a\n  ${'c'.repeat(129)}…\n`
  )
})

test('the end of a part of the tests counts the guesses alone', () => {
  const printed = closing({ ...RESULTS, testResults: [] }, ['test/unit'])
  expect(printed).toContain('guesses in 2 places (emulator/FIDELITY.md).\nSuites')
})

test('answers of the embedded Azure that no suite compared with anything are counted and named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'answers-'))
  expect(neverCompared(folder)).toEqual([])
  writeFileSync(join(folder, '1.txt'), 'given Pool_Get 200\ngiven Pool_Get 404\ngiven Entra_Token 200\n')
  writeFileSync(join(folder, '2.txt'), 'contract Pool_Get 200\nrecording Pool_Get 404\n')
  expect(neverCompared(folder)).toEqual([
    'Answers of the embedded Azure never compared with anything (1 of 3):',
    '  Entra_Token 200'
  ])
})
