/** What Batch takes for a formula, and what it says of one that it can't evaluate. */
import { expect, test } from '@jest/globals'
import type { Answer, JsonObject } from '../../emulator/kernel/types.ts'
import { FORMULAS, NO_FORMULAS } from '../support/formulas.ts'
import { batchWorld, patch, POOL, poolBody, propertiesOf, steadyPool } from './batch-world.ts'

const autoScale = (formula: string, more: JsonObject = {}): JsonObject => ({
  scaleSettings: { autoScale: { formula, ...more } }
})
const errorOf = (answer: Answer): JsonObject => {
  const body = answer.body as JsonObject
  return (body['error'] ?? body) as JsonObject
}
const codeOf = (answer: Answer): unknown[] => [answer.status, errorOf(answer)['code']]
const scaling = (): ReturnType<typeof batchWorld> =>
  batchWorld({ pools: [steadyPool(autoScale('$TargetDedicatedNodes=2'))] })

test.each(Object.entries(FORMULAS))('%s is a formula, for a new pool and for one that is there', (_, formula) => {
  const { arm } = batchWorld({ pools: [steadyPool()] })
  expect(arm('PUT', `${POOL}-new`, { body: poolBody(autoScale(formula)) }).status).toBe(200)
  const { autoScaleRun } = propertiesOf(arm('PATCH', POOL, patch(autoScale(formula))))
  expect((autoScaleRun as JsonObject)['error']).not.toEqual(
    expect.objectContaining({ code: 'AutoScalingFormulaEvaluationError' })
  )
})

test.each(Object.entries(NO_FORMULAS))('%s is none: 400, with the place', (_, { text, at }) => {
  const { arm } = batchWorld()
  const answer = arm('PUT', POOL, { body: poolBody(autoScale(text)) })
  expect(codeOf(answer)).toEqual([400, 'AutoScalingFormulaSyntaxError'])
  const lines = text.slice(0, at).split('\n')
  const place = `Line ${lines.length}, Col ${(lines.at(-1) ?? '').length + 1}: `
  expect(errorOf(answer)['details']).toEqual([{ code: 'Message', message: expect.stringContaining(place) }])
  expect(arm('GET', POOL).status).toBe(404)
})

test.each([
  ['a PATCH', (world: ReturnType<typeof batchWorld>) => world.arm('PATCH', POOL, patch(autoScale('nonsense(')))],
  [
    'enableautoscale',
    (world: ReturnType<typeof batchWorld>) =>
      world.service('POST', '/pools/frames/enableautoscale', { body: { autoScaleFormula: 'nonsense(' } })
  ],
  [
    'evaluateautoscale',
    (world: ReturnType<typeof batchWorld>) =>
      world.service('POST', '/pools/frames/evaluateautoscale', { body: { autoScaleFormula: 'nonsense(' } })
  ]
])('%s with what is no formula is refused, and leaves the pool as it was', (_, ask) => {
  const world = scaling()
  const before = world.pool()
  expect(codeOf(ask(world))).toEqual([400, 'AutoScalingFormulaSyntaxError'])
  expect(world.pool()).toEqual(before)
})

test.each([
  ['over 8,192 characters', autoScale(`$TargetDedicatedNodes=1;//${' '.repeat(8_167)}`), 'AutoScaleFormulaTooLong'],
  ['left out', { scaleSettings: { autoScale: {} } }, 'MissingRequiredProperty'],
  ['evaluated too often', autoScale('$a=1', { evaluationInterval: 'PT4M59S' }), 'InvalidPropertyValue'],
  ['evaluated too seldom', autoScale('$a=1', { evaluationInterval: 'P7DT1S' }), 'InvalidPropertyValue']
])('a formula that is %s is refused', (_, more, code) => {
  expect(codeOf(batchWorld().arm('PUT', POOL, { body: poolBody(more) }))).toEqual([400, code])
})

test.each([
  ['of 8,192 characters', autoScale(`$TargetDedicatedNodes=1;//${' '.repeat(8_166)}`)],
  ['each 5 minutes', autoScale('$a=1', { evaluationInterval: 'PT5M' })],
  ['each 7 days', autoScale('$a=1', { evaluationInterval: 'PT168H' })]
])('a formula %s is taken', (_, more) => {
  expect(batchWorld().arm('PUT', POOL, { body: poolBody(more) }).status).toBe(200)
})

test('a name that nothing defines fails the evaluation, and the size stays', () => {
  const { service } = scaling()
  const answer = service('POST', '/pools/frames/evaluateautoscale', {
    body: { autoScaleFormula: '$something_useless' }
  })
  expect(answer).toMatchObject({
    status: 200,
    body: {
      results: '$TargetDedicatedNodes=2;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue',
      error: {
        code: 'AutoScalingFormulaEvaluationError',
        message: 'The specified auto-scaling formula has evaluation error',
        values: [{ name: 'Message', value: 'Line 1, Col 1: Undefined symbol: $something_useless' }]
      }
    }
  })
})

test.each([
  ['$TargetDedicatedNodes = nodes; nodes = 3', 'Line 1, Col 25: Undefined symbol: nodes'],
  ['$TargetDedicatedNodes = 1;\n$TargetLowPriorityNodes = maximum(1, 2)', 'Line 2, Col 27: Undefined symbol: maximum'],
  ['$a = [1, $b]', 'Line 1, Col 10: Undefined symbol: $b'],
  ['$a = -$b', 'Line 1, Col 7: Undefined symbol: $b'],
  ['$a = $PendingTask.GetSample(1)', 'Line 1, Col 6: Undefined symbol: $PendingTask'],
  ['$a = $PendingTasks.GetSample($b)', 'Line 1, Col 30: Undefined symbol: $b'],
  ['$a = 1 ? 2 : $b', 'Line 1, Col 14: Undefined symbol: $b']
])('a pool shows by its formula %j what it couldn’t evaluate, also later', (formula, message) => {
  const { arm, pool, pass } = batchWorld({ pools: [steadyPool()] })
  const error = { code: 'AutoScalingFormulaEvaluationError', details: [{ code: 'Message', message }] }
  const answer = propertiesOf(arm('PATCH', POOL, patch(autoScale(formula))))
  expect(answer).toMatchObject({ allocationState: 'Steady', autoScaleRun: { error } })
  pass(16 * 60_000)
  expect(pool()).toMatchObject({
    currentDedicatedNodes: 2,
    autoScaleRun: { evaluationTime: '2026-11-23T00:15:00Z', error }
  })
})

test.each([
  ['$TargetDedicatedNodes = 2 + 3 * 4 - 10 / 5', 12],
  ['$TargetDedicatedNodes = (2 + 3) * 4', 20],
  ['$a = 3; $TargetDedicatedNodes = $a > 2 && !($a == 4) ? max($a, 7) : 1', 7],
  ['$TargetDedicatedNodes = 1 >= 2 || 2 != 2 ? 1 : 9', 9],
  ['$TargetDedicated = 6', 6],
  ['$TargetDedicatedNodes = -4', 0],
  ['$TargetDedicatedNodes = $PendingTasks.GetSamplePercent(TimeInterval_Minute) < 70 ? 5 : 6', 2]
])('%s', (formula, nodes) => {
  const { service } = scaling()
  const { body } = service('POST', '/pools/frames/evaluateautoscale', { body: { autoScaleFormula: formula } })
  expect(body).toMatchObject({ results: expect.stringContaining(`$TargetDedicatedNodes=${nodes};`) })
})
