import { expect, test } from '@jest/globals'
import { formatIso8601, parseIso8601Ms } from '../../../src/shared/iso8601.ts'

const MINUTE = 60_000

test.each([
  ['PT15M', 15 * MINUTE],
  ['PT1H', 60 * MINUTE],
  ['PT60M', 60 * MINUTE],
  ['P1D', 1_440 * MINUTE],
  ['P1DT1H1M1S', 1_501 * MINUTE + 1_000],
  ['PT0.5S', 500],
  ['PT0S', 0]
])('%s is %i ms', (text, ms) => expect(parseIso8601Ms(text)).toBe(ms))

test.each([
  '',
  'P',
  'PT',
  'P1DT',
  '15M',
  'PT15',
  'P1M',
  'P1W',
  'P1Y',
  'PT1.5H',
  'PT-5M',
  '-PT5M',
  'PT5M ',
  'pt5m',
  '00:15:00'
])('"%s" is not a duration', text => expect(parseIso8601Ms(text)).toBeUndefined())

test.each([
  [0, 'PT0S'],
  [1, 'PT1S'],
  [45_000, 'PT45S'],
  [30 * MINUTE, 'PT30M'],
  [90 * MINUTE, 'PT1H30M'],
  [1_440 * MINUTE, 'PT24H'],
  [61_500, 'PT1M2S']
])('%i ms are written as %s, rounded up to seconds', (ms, text) => {
  expect(formatIso8601(ms)).toBe(text)
  expect(parseIso8601Ms(text)).toBe(Math.ceil(ms / 1_000) * 1_000)
})
