import { expect, test } from '@jest/globals'
import type { Pool } from '../../../src/model/observed.ts'
import type { DrainPoolStep } from '../../../src/model/plan.ts'
import { decideDrain } from '../../../src/decide/drain.ts'
import * as f from '../../support/observed-fixtures.ts'

const MINUTE = 60_000
const ZERO = { kind: 'fixed' as const, targetDedicatedNodes: 0, targetLowPriorityNodes: 0 }
const STEP: DrainPoolStep = {
  kind: 'drain-pool',
  ...f.POOL_ADDRESS,
  drain: 'requeue',
  drainTimeoutMs: 60 * MINUTE,
  expects: { scale: { kind: 'fixed', targetDedicatedNodes: 20, targetLowPriorityNodes: 0 } },
  metadata: { set: [], remove: [] }
}
const decide = (change: Partial<Pool>, asked: boolean, remainingMinutes = 60, minutesSinceAsked = 5) =>
  decideDrain(
    STEP,
    { pool: f.pool(change), msSinceAsked: minutesSinceAsked * MINUTE, remainingMs: remainingMinutes * MINUTE },
    asked ? { formerStartTime: undefined } : undefined
  )

test('the first look asks for zero nodes, for as long as the drain may take', () => {
  expect(decide({}, false)).toEqual({
    kind: 'empty',
    resizeTimeoutMs: 60 * MINUTE,
    progress: { formerStartTime: undefined },
    reason: '20 dedicated nodes left; to zero by requeue'
  })
})

test.each([true, false])('while the pool resizes nothing is asked for (asked before: %s)', asked => {
  expect(decide({ allocationState: 'Resizing', scale: ZERO }, asked)).toEqual({
    kind: 'wait',
    reason: '20 dedicated nodes left; the pool is Resizing'
  })
})

test('no nodes and held at zero is done', () => {
  expect(decide({ currentDedicatedNodes: 0, scale: ZERO }, true)).toEqual({ kind: 'done', reason: 'no nodes left' })
})

test('a pool of no nodes that nobody holds there is asked for zero all the same', () => {
  expect(decide({ currentDedicatedNodes: 0, scale: { kind: 'auto', formula: 'x' } }, false)).toMatchObject({
    kind: 'empty'
  })
})

test('nodes that stayed are asked to go again, for what is left of the time', () => {
  expect(decide({ scale: ZERO, currentDedicatedNodes: 2 }, true, 30)).toEqual({
    kind: 'empty',
    resizeTimeoutMs: 30 * MINUTE,
    progress: { formerStartTime: undefined },
    reason: '2 dedicated nodes left; to zero by requeue'
  })
})

test('they aren’t asked sooner than five minutes after the last time: Batch may take that for no change', () => {
  expect(decide({ scale: ZERO, currentDedicatedNodes: 2 }, true, 30, 4.9)).toEqual({
    kind: 'wait',
    reason: '2 dedicated nodes left; they are asked to go again 5 minutes after the last time'
  })
})

test('Batch takes no resize timeout below five minutes: with less left, the pool gets its size back', () => {
  expect(decide({ scale: ZERO, currentDedicatedNodes: 2 }, true, 5)).toMatchObject({
    kind: 'empty',
    resizeTimeoutMs: 5 * MINUTE
  })
  expect(decide({ scale: ZERO, currentDedicatedNodes: 2 }, true, 4.9)).toEqual({
    kind: 'halt',
    failure: 'drain-timeout',
    reason: '2 dedicated nodes left, and the drain-timeout is up',
    wayOut: 'give the tasks longer (drain-timeout, within the deadline), or drain: requeue'
  })
})

test('low-priority nodes count', () => {
  expect(decide({ scale: ZERO, currentDedicatedNodes: 0, currentLowPriorityNodes: 3 }, true, 1)).toMatchObject({
    kind: 'halt',
    reason: '3 low-priority nodes left, and the drain-timeout is up'
  })
})

test.each<[string, Pool['scale']]>([
  ['dedicated nodes', { kind: 'fixed', targetDedicatedNodes: 5, targetLowPriorityNodes: 0 }],
  ['low-priority nodes', { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 5 }],
  ['as many of both', { kind: 'fixed', targetDedicatedNodes: 5, targetLowPriorityNodes: 5 }],
  ['what a formula says', { kind: 'auto', formula: '$TargetDedicatedNodes = 5' }]
])('a pool that is empty by chance, and that somebody else has given %s, is no longer this run’s', (_, scale) => {
  const overruled = {
    kind: 'halt',
    failure: 'pool-changed',
    reason: '0 dedicated nodes left, and somebody else has given the pool another scale',
    wayOut: 'find out who changes the pool, then run again'
  }
  expect(decide({ currentDedicatedNodes: 0, scale }, true)).toEqual(overruled)
})

test('a drain that somebody stopped is not asked for again', () => {
  const resize = { startTime: '2026-11-23T09:00:00Z', errors: [{ code: 'ResizeStopped', message: 'm', details: [] }] }
  expect(decide({ scale: ZERO, currentDedicatedNodes: 7, resize }, true)).toEqual({
    kind: 'halt',
    failure: 'pool-changed',
    reason: '7 dedicated nodes left, and somebody else has stopped the drain',
    wayOut: 'find out who changes the pool, then run again'
  })
  const fellShort = { ...resize, errors: [{ code: 'AllocationFailed', message: 'm', details: [] }] }
  expect(decide({ scale: ZERO, currentDedicatedNodes: 7, resize: fellShort }, true).kind).toBe('empty')
})

test('a stop of the resize before the one that this run has asked for is nobody’s answer to it', () => {
  const startTime = '2026-11-23T09:00:00Z'
  const resize = { startTime, errors: [{ code: 'ResizeStopped', message: 'm', details: [] }] }
  const pool = f.pool({ scale: ZERO, currentDedicatedNodes: 7, resize })
  const view = { pool, msSinceAsked: 6 * MINUTE, remainingMs: 60 * MINUTE }
  expect(decideDrain(STEP, view, { formerStartTime: startTime })).toMatchObject({
    kind: 'empty',
    progress: { formerStartTime: startTime }
  })
  expect(decideDrain(STEP, view, { formerStartTime: '2026-11-23T08:00:00Z' }).kind).toBe('halt')
})

test('before anything was asked for, too little time ends the drain without a request', () => {
  expect(decide({}, false, 5)).toMatchObject({ kind: 'empty', resizeTimeoutMs: 5 * MINUTE })
  expect(decide({}, false, 4.9)).toEqual({
    kind: 'halt',
    failure: 'deadline-exceeded',
    reason: '20 dedicated nodes left; too little time is left to drain the pool and bring it back before the deadline',
    wayOut: 'give the run longer (deadline); the pool is as it was'
  })
})
