import { expect, test } from '@jest/globals'
import { SecretSearch, type Span } from '../../../src/report/secret-search.ts'
import { seeded } from '../../support/virtual-time.ts'

const NEVER = (): boolean => false

test.each<[string, string[], string, Span[]]>([
  [
    'one within another',
    ['abcdefgh', 'cdef'],
    'xabcdefghx',
    [
      [3, 7],
      [1, 9]
    ]
  ],
  ['one that begins as another', ['abcdef', 'abcd'], 'abcdex', [[0, 4]]],
  ['one that ends as another', ['abcd', 'xxcd'], 'xxcd', [[0, 4]]],
  ['one within the beginning of another', ['abcdefgh', 'cdef'], 'abcdefx', [[2, 6]]],
  ['one that follows what began as another', ['aab', 'ab'], 'aaab', [[1, 4]]],
  ['none', [], 'abc', []],
  ['an empty one, which is nowhere', [''], 'abc', []]
])('%s is found where it is', (_, secrets, text, spans) => {
  expect(new SecretSearch(secrets).find(text, NEVER, 3)).toEqual(spans)
})

test('what is left of a secret that was cut off is found from the least length on, where it was cut', () => {
  const search = new SecretSearch(['abcdef'])
  const cutAt = (place: number) => (at: number) => at === place
  expect(search.find('ab. abc. abcd', cutAt(2), 3)).toEqual([])
  expect(search.find('ab. abc. abcd', cutAt(7), 3)).toEqual([[4, 7]])
  expect(search.find('ab. abc. abcd', cutAt(8), 3)).toEqual([])
})

/** Each in a way that anybody sees to be right: at every place, of all that end there the longest. */
function slowly(secrets: readonly string[], text: string): Span[] {
  return Array.from(text, (_, index) => index + 1).flatMap((end): Span[] => {
    const here = secrets.filter(secret => secret !== '' && text.slice(0, end).endsWith(secret))
    return here.length === 0 ? [] : [[end - Math.max(...here.map(({ length }) => length)), end]]
  })
}

test('of secrets that overlap in any way, as many are found as by looking for each at every place', () => {
  const random = seeded(7)
  const word = (most: number): string =>
    Array.from({ length: Math.floor(random() * most) + 1 }, () => 'ab'.charAt(random() * 2)).join('')
  let found = 0
  for (let nth = 0; nth < 300; nth++) {
    const secrets = Array.from({ length: 4 }, () => word(6))
    const text = word(40)
    const spans = new SecretSearch(secrets).find(text, NEVER, 1)
    expect({ secrets, text, spans }).toEqual({ secrets, text, spans: slowly(secrets, text) })
    found += spans.length
  }
  expect(found).toBeGreaterThan(1_000)
})
