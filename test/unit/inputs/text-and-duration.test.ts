import { expect, test } from '@jest/globals'
import { formatDurationMs, parseDurationMs } from '../../../src/shared/duration.ts'
import { didYouMean, editDistance, joinWords, nearest } from '../../../src/shared/text.ts'

test.each([
  ['90s', 90_000],
  ['20m', 1_200_000],
  ['5h', 18_000_000],
  ['7d', 604_800_000],
  ['0s', 0]
])('%s is %d ms', (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms)
})

test.each(['', '5', 'm', '1.5h', '-1m', '1h30m', '5 m', 'PT5M', '5M', '9999999999s'])('%j is no duration', text => {
  expect(parseDurationMs(text)).toBeUndefined()
})

test.each([
  [90_000, '90s'],
  [1_200_000, '20m'],
  [86_400_000, '1d'],
  [5_400_000, '90m'],
  [1_500, '1500ms'],
  [0, '0s']
])('%d ms are written %s', (ms, text) => {
  expect(formatDurationMs(ms)).toBe(text)
})

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'abd', 1],
  ['abc', 'ab', 1],
  ['abc', 'acb', 1],
  ['kitten', 'sitting', 3],
  ['', 'abc', 3]
])('from %j to %j it is %d edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits)
  expect(editDistance(b, a)).toBe(edits)
})

test('the nearest is one of another case first, then the fewest edits; short words allow one, nothing far is guessed', () => {
  expect(nearest('VMSIZE', ['vmSizes', 'vmSize'])).toBe('vmSize')
  expect(nearest('rolout', ['release', 'rollout'])).toBe('rollout')
  expect(nearest('al', ['none', 'all'])).toBe('all')
  expect(nearest('a', ['all'])).toBeUndefined()
  expect(nearest('prune', ['release', 'image', 'rollout'])).toBeUndefined()
  expect(didYouMean('imgae', ['image'])).toBe('; did you mean "image"?')
  expect(didYouMean('x', ['image'])).toBe('')
})

test('words are joined as one says them', () => {
  expect([joinWords([]), joinWords(['a']), joinWords(['a', 'b']), joinWords(['a', 'b', 'c'], 'and')]).toEqual([
    '',
    'a',
    'a or b',
    'a, b and c'
  ])
})
