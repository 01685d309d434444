/** When a pool gets its last change, and when its formula has taken over. */
import { expect, test } from '@jest/globals'
import {
  decideEvaluation,
  decideHandOver,
  evaluationPatienceMs,
  type EvaluationProgress
} from '../../../src/decide/hand-over.ts'
import type { Pool } from '../../../src/model/observed.ts'
import * as f from '../../support/observed-fixtures.ts'

const MINUTE = 60_000

test.each(['Resizing', 'Stopping'] as const)('a pool that is %s gets no other scale', allocationState => {
  expect(decideHandOver(f.pool({ allocationState }), false)).toEqual({
    kind: 'wait',
    reason: `the pool is ${allocationState}; its last change waits until it is steady`
  })
})

test('a steady one gets its last change', () => {
  expect(decideHandOver(f.pool(), false)).toEqual({
    kind: 'change',
    reason: 'the pool is Steady; it gets its last change'
  })
})

test('with the change it is released, whatever begins then', () => {
  expect(decideHandOver(f.pool({ allocationState: 'Resizing' }), true)).toEqual({
    kind: 'done',
    reason: 'released, with 20 dedicated nodes'
  })
})

const BEFORE = '2026-11-23T09:00:00Z'
const AFTER = '2026-11-23T09:15:00Z'
const error = (code: string) => ({ code, message: 'm', details: [] })
const INTERVAL = { evaluationIntervalMs: 15 * MINUTE }

function decide(
  autoScaleRun: Pool['autoScaleRun'],
  minutes = 0,
  change: Partial<EvaluationProgress> = {}
): ReturnType<typeof decideEvaluation> {
  const pool = f.pool(autoScaleRun === undefined ? {} : { autoScaleRun })
  const progress = { evaluatedAt: BEFORE, failures: 0, fromMs: 0, ...change }
  return decideEvaluation(INTERVAL, { pool, msSinceBegun: minutes * MINUTE }, progress)
}

test('a formula is waited for an interval, and five minutes longer', () => {
  expect(evaluationPatienceMs(15 * MINUTE)).toBe(20 * MINUTE)
})

test.each<[string, Pool['autoScaleRun']]>([
  ['none', undefined],
  ['the one that was there before', { evaluationTime: BEFORE }],
  ['the one before, though it failed', { evaluationTime: BEFORE, error: error('InvalidFormula') }]
])('%s is no evaluation: it is waited for until the patience is up', (_, run) => {
  expect(decide(run, 19.9)).toEqual({ kind: 'wait', reason: 'the formula was not evaluated yet' })
  expect(decide(run, 20)).toEqual({
    kind: 'halt',
    failure: 'autoscale-failed',
    reason: 'the formula was not evaluated within 20 minutes',
    wayOut: 'look at the pool’s autoScaleRun; the nodes stay as they are until then'
  })
})

test('the patience counts from the evaluation before', () => {
  expect(decide({ evaluationTime: BEFORE }, 29.9, { fromMs: 10 * MINUTE }).kind).toBe('wait')
  expect(decide({ evaluationTime: BEFORE }, 30, { fromMs: 10 * MINUTE }).kind).toBe('halt')
})

test.each([
  ['another time than before', BEFORE],
  ['the first of all', undefined]
])('an evaluation (%s) without an error is the end, however late', (_, evaluatedAt) => {
  expect(decide({ evaluationTime: AFTER }, 60, { evaluatedAt })).toEqual({
    kind: 'done',
    reason: 'the formula rules; 20 dedicated nodes now'
  })
})

test('an error that passes is given another evaluation, with all its patience', () => {
  expect(decide({ evaluationTime: AFTER, error: error('InsufficientSampleData') }, 25, { failures: 1 })).toEqual({
    kind: 'await-next',
    progress: { evaluatedAt: AFTER, failures: 2, fromMs: 25 * MINUTE },
    reason: 'InsufficientSampleData: m; the next evaluation is waited for'
  })
})

test.each([
  [
    'the third in a row',
    'InsufficientSampleData',
    2,
    'let autoScale.formula ask GetSamplePercent whether there are samples before it takes them'
  ],
  ['the third of any other', 'AllocationTimedout', 2, 'run again later'],
  [
    'a quota',
    'AccountCoreQuotaReached',
    0,
    'ask for more quota of the Batch account, or shrink another pool, then run again'
  ],
  ['one that nobody knows', 'FormulaSyntax', 0, 'correct autoScale.formula in the pool spec']
])('an error that no wait helps against ends it: %s', (_, code, failures, wayOut) => {
  expect(decide({ evaluationTime: AFTER, error: error(code) }, 1, { failures })).toEqual({
    kind: 'halt',
    failure: 'autoscale-failed',
    reason: `the formula could not be evaluated: ${code}: m`,
    wayOut: `${wayOut}; the nodes stay as they are until then`
  })
})
