import { describe, expect, test } from '@jest/globals'
import { columns, cut, logLine, oneLine, shortLine, wrap } from '../../../src/shared/plain-text.ts'
import { elapsedText } from '../../../src/shared/elapsed.ts'
import { HOSTILE } from '../../support/hostile-text.ts'

test.each(HOSTILE)('a line of the log has no controls and is no workflow command: %j', text => {
  const line = logLine(text)
  // eslint-disable-next-line no-control-regex
  expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  expect(line).not.toMatch(/^\s*::|##\[/)
  expect(line.isWellFormed()).toBe(true)
})

test.each([
  ['::error::x', ': :error::x'],
  ['   ::stop-commands::t', '   : :stop-commands::t'],
  ['image ::x::', 'image ::x::'],
  ['see ##[group]a', 'see # #[group]a'],
  ['\u001b[31mred\u001b[0m', 'red']
])('the line %j is written as %j', (line, written) => {
  expect(logLine(line)).toBe(written)
})

test('foreign text becomes one line, with what cannot be seen made visible', () => {
  expect(oneLine('a\r\n\tb  c\u202e\u0007 ')).toBe('a b c\ufffd\ufffd')
})

test('cutting says so, and never cuts a character in two', () => {
  expect(cut('abcdef', 4)).toBe('abc…')
  expect(cut('ab🐳🐳', 4)).toBe('ab…')
  expect(shortLine('a\nb', 10)).toBe('a b')
})

describe('columns', () => {
  test('cells stand below one another, numbers to the right, no blanks at the end', () => {
    const rows = [
      ['idle', '5', 'x'],
      ['starting', '12', '']
    ]
    expect(columns(rows, [1])).toEqual(['idle       5  x', 'starting  12'])
  })
})

test('wrapping breaks at blanks only', () => {
  expect(wrap('aa bb cccccccc d', 5)).toEqual(['aa bb', 'cccccccc', 'd'])
})

test.each([
  [-5, '0s'],
  [0, '0s'],
  [850, '850ms'],
  [1_400, '1s'],
  [59_400, '59s'],
  [59_600, '1m 00s'],
  [452_000, '7m 32s'],
  [3_599_600, '1h 00m'],
  [5_084_800, '1h 25m'],
  [97_200_000, '27h 00m']
])('%d ms is %s', (ms, text) => {
  expect(elapsedText(ms)).toBe(text)
})
