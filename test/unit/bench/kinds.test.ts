import { expect, test } from '@jest/globals'
import { callsByKind, kindRows } from '../../../bench/kinds.ts'
import { median, spoken, table } from '../../../bench/table.ts'
import type { Exchange } from '../../../emulator/index.ts'

const exchange = (method: string, operation?: string): Exchange => ({
  at: 0,
  ...(operation === undefined ? {} : { operation }),
  request: { method, url: 'https://a.example/', headers: {}, body: null },
  response: { status: 200, headers: {}, body: null }
})

test('calls are counted by method and operation, the most frequent first, with their sum', () => {
  const first = callsByKind([exchange('GET', 'Pool_Get'), exchange('PUT', 'Pool_Create'), exchange('GET', 'Pool_Get')])
  const second = callsByKind([exchange('DELETE')])
  expect(kindRows([first, second])).toEqual([
    ['GET Pool_Get', 2, 0],
    ['DELETE unknown', 0, 1],
    ['PUT Pool_Create', 1, 0],
    ['all', 3, 1]
  ])
})

test('columns are as wide as their widest cell, numbers to the right', () => {
  expect(
    table(
      ['calls', 'a'],
      [
        ['GET', 1],
        ['DELETE', 100]
      ]
    )
  ).toBe('  calls     a\n  GET       1\n  DELETE  100')
})

test.each([
  [[3], 3],
  [[9, 1, 3], 3],
  [[1, 2, 4, 9], 3]
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle)
})

test.each([
  [900, '0.9 s'],
  [59_960, '1 min 0.0 s'],
  [61_250, '1 min 1.3 s'],
  [452_000, '7 min 32.0 s']
])('%d ms are %s', (ms, text) => {
  expect(spoken(ms)).toBe(text)
})
