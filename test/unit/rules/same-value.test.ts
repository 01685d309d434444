/** What Batch gives back and what was written: when they say the same. */
import { expect, test } from '@jest/globals'
import type { Json } from '../../../src/model/json.ts'
import type { Leaf } from '../../../src/model/shape.ts'
import { sameJson, sameValue } from '../../../src/rules/same-value.ts'

const TEXT: Leaf = { type: 'text' }
const FILE_MODE: Leaf = { type: 'text', default: '0770' }
const NAME: Leaf = { type: 'caseless' }
const CHOICE: Leaf = { type: 'choice', values: ['Task', 'Pool'], default: 'Pool' }
const DURATION: Leaf = { type: 'duration', default: 'PT15M' }
const COUNT: Leaf = { type: 'number', default: 1 }
const FLAG: Leaf = { type: 'flag' }

test.each<[Leaf, Json | undefined, Json, boolean]>([
  [TEXT, 'a', 'a', true],
  [TEXT, 'a', 'A', false],
  [TEXT, undefined, '', true],
  [TEXT, null, '', true],
  [TEXT, 'a', '', false],
  [FILE_MODE, undefined, '0770', true],
  [FILE_MODE, '0770', '', true],
  [FILE_MODE, undefined, '0777', false],
  [NAME, 'STANDARD_D4S_V5', 'Standard_D4s_v5', true],
  [NAME, 'STANDARD_D8S_V5', 'Standard_D4s_v5', false],
  [NAME, '/SUBSCRIPTIONS/A/x', '/subscriptions/${env:ID}/X', true],
  [CHOICE, 'pool', 'Pool', true],
  [CHOICE, undefined, 'Pool', true],
  [CHOICE, undefined, 'Task', false],
  [DURATION, 'PT1H', 'PT60M', true],
  [DURATION, undefined, 'PT15M', true],
  [DURATION, 'PT7M9.497S', 'PT7M9.497S', true],
  [DURATION, 'PT7M9.497S', 'PT7M9.498S', false],
  [DURATION, 'PT1H', 'PT61M', false],
  [DURATION, 'no duration', 'none either', false],
  [DURATION, 'PT1H', '${env:PAUSE}', true],
  [COUNT, 4, 4, true],
  [COUNT, 4, 2, false],
  [COUNT, undefined, 1, true],
  [COUNT, undefined, 0, false],
  [FLAG, undefined, false, true],
  [FLAG, undefined, true, false],
  [FLAG, true, false, false],
  [{ type: 'hidden' }, undefined, 'secret', true],
  [{ type: 'json' }, undefined, {}, true],
  [{ type: 'json' }, { a: 1 }, {}, false]
])('%j: that there is %j, where %j is wanted, is the same: %s', (leaf, present, wanted, isSame) => {
  expect(sameValue(leaf, present, wanted)).toBe(isSame)
})

test.each<[Json | undefined, Json | undefined, boolean]>([
  [undefined, {}, true],
  [null, [], true],
  ['', undefined, true],
  [undefined, false, false],
  [undefined, 0, false],
  [{}, { a: {} }, true],
  [{}, { a: { b: 1 } }, false],
  [{ a: 1, b: '' }, { a: 1 }, true],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [[1, 2], [1, 2], true],
  [[1, 2], [2, 1], false],
  [[1, 2], [1], false],
  [[1, 2], [1, 3], false],
  [[{}], [], false],
  [[], {}, true],
  [[1], { 0: 1 }, false],
  ['a-1', 'a-${env:X}', true],
  ['a-', 'a-${env:X}', false],
  ['b-1', 'a-${env:X}', false],
  ['1', 1, false]
])('what an extension is told is compared whole: %j and %j are the same: %s', (present, wanted, isSame) => {
  expect(sameJson(present, wanted)).toBe(isSame)
})

test('what stands for a secret stands for any text, and its signs are no pattern', () => {
  const command = (text: string): [string, string] => [text, 'mount //x$.(a|b) -o p=${env:P},ro \\ [z]*+?^{}']
  expect(sameValue(TEXT, ...command('mount //x$.(a|b) -o p=a\nb,ro \\ [z]*+?^{}'))).toBe(true)
  expect(sameValue(TEXT, ...command('mount //xx.(a|b) -o p=a,ro \\ [z]*+?^{}'))).toBe(false)
  expect(sameValue(TEXT, ...command('mount //x$.(a|b) -o p=,ro \\ [z]*+?^{}'))).toBe(false)
  expect(sameValue(TEXT, ...command('mount //x$.(a|b) -o p=a,rw \\ [z]*+?^{}'))).toBe(false)
})
