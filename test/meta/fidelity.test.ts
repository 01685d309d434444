import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

type Row = { line: number; behaviour: string; source: string; settledBy: string }

const LINES = readFileSync(join(import.meta.dirname, '../../emulator/FIDELITY.md'), 'utf8').split('\n')

/** Of the tables of behaviours: every row but headings and rules. */
const ROWS: Row[] = LINES.flatMap((text, index) => {
  const [, behaviour = '', source = '', , settledBy = ''] = text.split('|').map(cell => cell.trim())
  const isRow = text.startsWith('|') && behaviour !== 'behaviour' && !/^-+$/.test(behaviour)
  return isRow ? [{ line: index + 1, behaviour, source, settledBy }] : []
})

const isGuess = ({ source }: Row): boolean => /\bguess\b/i.test(source)
const named = ({ line, behaviour }: Row): string => `${line}: ${behaviour}`

test('every behaviour has a source, or is called a guess', () => {
  expect(ROWS.length).toBeGreaterThan(150)
  expect(ROWS.filter(({ source }) => source === '').map(named)).toEqual([])
})

test('every guess says which observation would settle it: something to do, and a question', () => {
  const without = ROWS.filter(row => isGuess(row) && !(row.settledBy.endsWith('?') && row.settledBy.length > 60))
  expect(without.map(named)).toEqual([])
})

test('what is no guess needs no observation', () => {
  expect(ROWS.filter(row => !isGuess(row) && row.settledBy !== '').map(named)).toEqual([])
})

test('every table has a column for what would settle its guesses', () => {
  const heads = LINES.filter(line => line.startsWith('| behaviour '))
  expect(heads.length).toBe(8)
  expect(heads.filter(line => !line.endsWith('| settled by |'))).toEqual([])
})
