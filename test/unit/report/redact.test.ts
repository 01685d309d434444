import { expect, test } from '@jest/globals'
import { redactor } from '../../../src/report/redact.ts'

const SECRET = 'horse "battery" <staple>\nsecond line'

test.each([
  ['as it is', `a ${SECRET} b`, 'a (hidden) b'],
  ['in JSON', JSON.stringify({ a: SECRET }), '{"a":"(hidden)"}'],
  ['one of its lines', 'x second line y', 'x (hidden) y'],
  ['broken at a blank', 'x second\n    line y', 'x (hidden) y'],
  ['in HTML', 'horse &quot;battery&quot; &lt;staple&gt;', '(hidden)'],
  ['percent-encoded', encodeURIComponent(SECRET), '(hidden)'],
  ['cut off within', 'it was horse "bat…', 'it was (hidden)…']
])('a secret that is known is hidden %s', (_, text, expected) => {
  const { hide, text: clean } = redactor()
  hide(SECRET)
  expect(clean(text)).toBe(expected)
})

test.each([
  'eastus2=3',
  'https://portal.azure.com/x?a=b&region=eastus2',
  'the region of a=b…',
  'sha256 0c3f==',
  'Bearer of news'
])('what is no secret stays: %s', text => {
  const { hide, text: clean } = redactor()
  hide(SECRET)
  hide('short')
  expect(clean(`${text} short`)).toBe(`${text} short`)
})

test('at any depth of data, and nothing else of it changes', () => {
  const { deep, hide } = redactor()
  hide(SECRET)
  const data = { a: [{ b: SECRET, c: 1, d: null }], e: undefined, f: true }
  expect(deep(data)).toEqual({ a: [{ b: '(hidden)', c: 1, d: null }], e: undefined, f: true })
})
