import { expect, test } from '@jest/globals'
import {
  at,
  booleanAt,
  defined,
  listAt,
  neededNumber,
  neededOneOf,
  neededText,
  numberAt,
  objectOf,
  oneOf,
  recordAt,
  textAt
} from '../../../src/azure/read/json.ts'

test('a property is found in any casing, and in its own before another', () => {
  expect(at({ Outer: { INNER: 1 } }, 'outer.inner')).toBe(1)
  expect(at({ A: 1, a: 2 }, 'a')).toBe(2)
})

test('absent and null are alike, at every depth', () => {
  const json = { a: null, b: 'text', c: [1] }
  expect(['a', 'a.x', 'b.x', 'c.0', 'd', 'd.x'].map(path => at(json, path))).toEqual(Array(6).fill(undefined))
  expect(at(undefined, 'a')).toBeUndefined()
})

test('what JavaScript gives every object is no property of an answer', () => {
  expect(at({}, 'constructor')).toBeUndefined()
})

test.each([
  [3, 3],
  ['3', 3],
  ['-3.5', -3.5],
  ['3 GB', undefined],
  ['a3', undefined],
  ['3.', undefined],
  ['', undefined],
  [true, undefined]
])('%j as a number is %s', (value, expected) => {
  expect(numberAt({ value }, 'value')).toBe(expected)
  if (expected === undefined) expect(() => neededNumber({ value }, 'value')).toThrow('value: missing in the answer')
  else expect(neededNumber({ value }, 'value')).toBe(expected)
})

test('what is of another type is absent', () => {
  const json = { number: 1, text: 'true', object: { a: 'x', b: 1 } }
  expect([textAt(json, 'number'), booleanAt(json, 'text'), listAt(json, 'object')]).toEqual([undefined, undefined, []])
  expect([recordAt(json, 'object'), recordAt(json, 'text')]).toEqual([{ a: 'x' }, {}])
  expect(() => neededText(json, 'number')).toThrow('number: missing in the answer')
})

test('one of a few words comes in their own spelling; an unknown one is refused, and an absent one where it is needed', () => {
  expect(oneOf({ a: 'LINUX' }, 'a', ['Linux'])).toBe('Linux')
  expect(oneOf({}, 'a', ['Linux'])).toBeUndefined()
  expect(() => oneOf({ a: 'BeOS' }, 'a', ['Linux', 'Windows'])).toThrow(
    'a: "BeOS" is unknown; known are Linux, Windows'
  )
  expect(() => neededOneOf({}, 'a', ['Linux'])).toThrow('a: missing in the answer')
})

test('an answer that is no object is said to be empty, or none', () => {
  expect(() => objectOf(undefined)).toThrow('the answer is empty')
  expect(() => objectOf([])).toThrow('the answer is not an object')
  expect(objectOf({ a: 1 })).toEqual({ a: 1 })
})

test('only what is undefined is left out of a view', () => {
  expect(Object.keys(defined({ a: undefined, b: null, c: 0, d: '' }))).toEqual(['b', 'c', 'd'])
})
