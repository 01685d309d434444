import { expect, test } from '@jest/globals'
import { readFormula } from '../../../src/model/autoscale-formula.ts'
import { FORMULAS, NO_FORMULAS } from '../../support/formulas.ts'

test.each(Object.entries(FORMULAS))('%s is a formula, and names only what there is', (_, formula) => {
  expect(readFormula(formula)).toMatchObject({ unknownNames: [] })
  expect(readFormula(formula).problem).toBeUndefined()
})

test.each(Object.entries(NO_FORMULAS))('%s is no formula, from the place on where it isn’t', (_, { text, at }) => {
  const lines = text.slice(0, at).split('\n')
  expect(readFormula(text).problem).toMatchObject({ line: lines.length, column: (lines.at(-1) ?? '').length + 1 })
})

test.each([
  ['nonsense(', ''],
  ['$a = 3 nodes;', 'nodes'],
  ['$a = 3 # nodes', '#']
])('what is out of place in %s: %j', (formula, found) => {
  expect(readFormula(formula).problem?.found).toBe(found)
})

test.each([
  ['$a = max(1, 2,)'],
  ['$a = (1, 2)'],
  ['$a = (max(1]))'],
  ['$a = max(1 ? 2, 3)'],
  ['$a = 1 : 2'],
  ['$a = 3(1)'],
  ['$a = $b.'],
  ['$a = ()'],
  ['$a = $b = 1'],
  ['$a = [1][0]'],
  ['1 = 2'],
  ['* 3']
])('%s is no formula', formula => {
  expect(readFormula(formula).problem).toBeDefined()
})

test.each([
  ['$a = max(); $b = []; ;'],
  ['$a = ((1) + -(2)) * !3'],
  ['$a = 1 ? 2 : 3 ? 4 : 5'],
  ['$a = 1 ? 2 ? 3 : 4 : 5'],
  ['$a = vec(1).len().x']
])('%s is a formula', formula => {
  expect(readFormula(formula).problem).toBeUndefined()
})

test.each([
  ['$TargetDedicatedNodes = nodes; nodes = 3', ['nodes']],
  ['nodes = 3; $TargetDedicatedNodes = nodes', []],
  ['nodes = nodes + 1', ['nodes']],
  ['$x = $y + $y + maximum($z, 1)', ['$y', 'maximum', '$z']],
  ['$x = time().weekday * TIMEINTERVAL_DAY', []],
  ['$x = $PendingTasks.GetSample($count)', ['$count']]
])('%s names %j, which nothing defines', (formula, names) => {
  expect(readFormula(formula).unknownNames).toEqual(names)
})

test('statements are counted, empty ones aside', () => {
  expect(readFormula('$a = 1;; $b = 2; $c').statements).toBe(3)
})
