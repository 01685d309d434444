/** Nodes that must stay healthy for a while: how long they are watched, what ends it early, and when the image is to blame. */
import { expect, test } from '@jest/globals'
import { decideBake } from '../../../src/decide/bake.ts'
import type { Pool } from '../../../src/model/observed.ts'
import type { BakeNodesStep } from '../../../src/model/plan.ts'
import * as f from '../../support/observed-fixtures.ts'

const MINUTE = 60_000
const FIXED = {
  bakeMs: 60 * MINUTE,
  maxUnhealthy: { share: 0.25 },
  nodeTimeoutMs: 30 * MINUTE,
  goal: { dedicated: 4, lowPriority: 0 }
}
const { goal: _goal, ...FORMULA } = FIXED

type Seen = {
  /** Of four nodes, or as many as there are; `unusable:31` has been so for 31 minutes. */
  states?: string
  minutes?: number
  left?: number
  short?: number
  pool?: Partial<Pool>
  step?: Partial<BakeNodesStep>
}

function decide({ states = 'idle idle running idle', minutes = 0, left = 600, short = 0, pool, step }: Seen) {
  const nodes = states === '' ? [] : states.split(' ')
  const aged = nodes.flatMap(text => {
    const [state = '', age = '0'] = text.split(':')
    return f.aged([state], Number(age) * MINUTE)
  })
  return decideBake(step === undefined ? FIXED : { ...FORMULA, ...step }, {
    pool: f.pool({
      currentDedicatedNodes: nodes.length,
      scale: { kind: 'fixed', targetDedicatedNodes: 4, targetLowPriorityNodes: 0 },
      ...pool
    }),
    nodes: aged,
    msShort: short * MINUTE,
    msSinceBegun: minutes * MINUTE,
    msLeft: left * MINUTE
  })
}

const AUTO: Seen = { pool: { scale: { kind: 'auto', formula: '$TargetDedicatedNodes = 4' } }, step: {} }
const bad = (failure: string, reason: string, blamed = false) =>
  expect.objectContaining({ kind: 'halt', failure, reason, ...(blamed ? { blamesImage: true } : {}) })

test.each<[string, Seen, unknown]>([
  ['at the first look they are watched on', {}, { kind: 'wait', reason: '4 of 4 nodes healthy' }],
  ['until the time is up', { minutes: 59.9 }, { kind: 'wait', reason: '4 of 4 nodes healthy' }],
  ['then it is done', { minutes: 60 }, { kind: 'done', reason: '4 of 4 nodes healthy after 1h' }],
  [
    'one that Batch may get back is no failed one yet',
    { states: 'idle idle idle unusable:20', minutes: 30 },
    { kind: 'wait', reason: '3 of 4 nodes healthy, 1 not ready, or awaited back' }
  ],
  [
    'and is waited for when the time is up',
    { states: 'idle idle idle unusable:20', minutes: 60 },
    {
      kind: 'wait',
      reason: '3 idle, 1 unusable; Batch has 30 minutes to get an unusable node back (node-timeout)'
    }
  ],
  [
    'as many as max-unhealthy allows may fail',
    { states: 'idle idle idle unusable:31', minutes: 60 },
    { kind: 'done', reason: '3 of 4 nodes healthy, 1 unhealthy after 1h' }
  ],
  [
    'more may not, and nothing is waited for any longer',
    { states: 'idle idle unusable:31 starttaskfailed', minutes: 40 },
    {
      kind: 'halt',
      failure: 'nodes-unhealthy',
      reason: '40m into the bake of 1h: 2 unhealthy, and max-unhealthy allows 1',
      wayOut: 'look at the nodes’ errors; they stay as they are, so that you can sign in to one'
    }
  ],
  [
    'nodes of which Batch has lost sight are stuck',
    { states: 'idle idle unknown:31 unknown:31', minutes: 40 },
    bad('nodes-stuck', '40m into the bake of 1h: 2 stuck (2 unknown), and max-unhealthy allows 1')
  ],
  [
    'nodes that aren’t listed for too long are too',
    { states: 'idle idle', pool: { currentDedicatedNodes: 4 }, short: 31, minutes: 40 },
    bad(
      'nodes-stuck',
      '40m into the bake of 1h: 2 not listed, and max-unhealthy allows 1; Batch lists 2 fewer nodes than the pool has'
    )
  ],
  [
    'preempted ones count neither way',
    { states: 'idle preempted preempted preempted', minutes: 60 },
    { kind: 'done', reason: '1 of 4 nodes healthy, 3 preempted or taken out after 1h' }
  ],
  [
    'where all are preempted Batch may still bring them back',
    { states: 'preempted:5 preempted:5 preempted:5 preempted:5', minutes: 60 },
    { kind: 'wait', reason: '4 preempted: Batch may bring them back' }
  ],
  [
    'and after its time they have proved nothing',
    { states: 'preempted:31 preempted:31 preempted:31 preempted:31', minutes: 60 },
    bad('allocation-failed', '4 preempted, and Batch has brought none back for 30 minutes')
  ]
])('%s', (_, seen, expected) => {
  expect(decide(seen)).toEqual(expected)
})

test.each<[string, boolean]>([
  // Of four, one may fail.
  ['idle idle unusable:31 unusable:31', false],
  ['idle unusable:31 unusable:31 unusable:31', true],
  ['idle starttaskfailed starttaskfailed starttaskfailed', true],
  // Batch has lost sight of them: that says nothing of the image.
  ['unknown:31 unknown:31 unknown:31 unusable:31', false],
  // Batch may get the third back, and it is lost all the same.
  ['idle unusable:31 unusable:31 unusable:2', true],
  // A host takes a single node along.
  ['unusable:31', false]
])('of %s the image is to blame: %s', (states, blamed) => {
  const decision = decide({ states, minutes: 40 })
  expect([decision.kind, 'blamesImage' in decision]).toEqual(['halt', blamed])
})

test.each<[string, Seen, unknown]>([
  [
    'more nodes',
    { pool: { scale: { kind: 'fixed', targetDedicatedNodes: 5, targetLowPriorityNodes: 0 } } },
    'this run asked for 4 dedicated nodes, and the pool now has 5 dedicated nodes'
  ],
  [
    'a formula',
    { pool: { scale: { kind: 'auto', formula: '1' } } },
    'this run asked for 4 dedicated nodes, and the pool now has an autoscale formula'
  ]
])('somebody else gives the pool %s', (_, seen, reason) => {
  expect(decide(seen)).toEqual(bad('pool-changed', reason as string))
})

test.each<[string, Seen, unknown]>([
  ['has no nodes', { states: '', minutes: 30 }, { kind: 'wait', reason: 'no nodes' }],
  ['has none at the end', { states: '', minutes: 60 }, { kind: 'done', reason: 'no nodes' }],
  [
    'starts some for ever',
    { states: 'idle starting', minutes: 60 },
    { kind: 'done', reason: '1 of 2 nodes healthy, 1 not ready, or awaited back after 1h' }
  ],
  ['has only such', { states: 'starting', minutes: 60 }, { kind: 'wait', reason: '1 starting' }],
  [
    'has one that Batch may get back',
    { states: 'idle starting unusable:20', minutes: 60 },
    {
      kind: 'wait',
      reason: '1 idle, 1 unusable; Batch has 30 minutes to get an unusable node back (node-timeout)'
    }
  ],
  [
    'has too many that failed',
    { states: 'idle starting starting unusable:31 unusable:31', minutes: 60 },
    bad('nodes-unhealthy', 'after the bake of 1h: 2 unhealthy, and max-unhealthy allows 1')
  ]
])('a pool whose formula %s', (_, seen, expected) => {
  expect(decide({ ...AUTO, ...seen })).toEqual(expected)
})

test('where it can’t end before the deadline it ends at once, and says when that is', () => {
  expect(decide({ left: 60 })).toMatchObject({ kind: 'wait' })
  expect(decide({ left: 45.5 })).toEqual({
    kind: 'halt',
    failure: 'deadline-exceeded',
    reason: 'the nodes are to stay healthy for another 1h, and the deadline is up in 45m',
    wayOut: 'run again, which begins with the bake; or give it longer (deadline), or less of it (bake)'
  })
})
