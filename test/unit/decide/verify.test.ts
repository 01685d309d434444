/** When the nodes of a pool that is only looked at are healthy, when they never will be, and what a formula didn’t get. */
import { expect, test } from '@jest/globals'
import { decideVerify } from '../../../src/decide/verify.ts'
import type { Pool } from '../../../src/model/observed.ts'
import { tallyNodes } from '../../../src/rules/node-health.ts'
import * as f from '../../support/observed-fixtures.ts'

const MINUTE = 60_000
const STEP = { maxUnhealthy: { nodes: 1 }, settleMs: 20 * MINUTE, nodeTimeoutMs: 30 * MINUTE }
const FORMULA: Pool['scale'] = { kind: 'auto', formula: '$TargetDedicatedNodes = 4' }

type Seen = { pool?: Partial<Pool>; states?: string[]; agedMinutes?: number; minutes?: number; shortMinutes?: number }

/** Of a pool of as many nodes as are listed, unless `pool` says otherwise. */
function decide({ pool = {}, states, agedMinutes = 0, minutes = 0, shortMinutes = 0 }: Seen) {
  return decideVerify(STEP, {
    pool: f.pool({ currentDedicatedNodes: states?.length ?? 4, ...pool }),
    ...(states === undefined ? {} : { nodes: tallyNodes(f.aged(states, agedMinutes * MINUTE), STEP.nodeTimeoutMs) }),
    msShort: shortMinutes * MINUTE,
    msSinceBegun: minutes * MINUTE
  })
}

const RESIZING = { allocationState: 'Resizing' } as const

test('a pool that resizes is given its time to settle, then it is judged as it is', () => {
  expect(decide({ pool: RESIZING, minutes: 19.9 })).toEqual({
    kind: 'wait',
    reason: '4 dedicated nodes; the pool is Resizing'
  })
  expect(decide({ pool: RESIZING, minutes: 20 })).toEqual({
    kind: 'look-at-nodes',
    reason: '4 dedicated nodes; the pool is Resizing'
  })
})

test('the nodes of a steady one are looked at at once', () => {
  expect(decide({})).toEqual({ kind: 'look-at-nodes', reason: '4 dedicated nodes; the pool is Steady' })
})

test.each<[string, Seen, object]>([
  ['all are healthy', { states: ['idle', 'running'] }, { kind: 'done', reason: '1 idle, 1 running' }],
  [
    'no more have failed than may',
    { states: ['idle', 'starttaskfailed'] },
    { kind: 'done', reason: '1 idle, 1 starttaskfailed' }
  ],
  ['one is on its way', { states: ['idle', 'starting'] }, { kind: 'wait', reason: '1 idle, 1 starting' }],
  [
    'more have failed than may',
    { states: ['idle', 'starttaskfailed', 'starttaskfailed'] },
    {
      kind: 'halt',
      failure: 'nodes-unhealthy',
      reason: '2 unhealthy, and max-unhealthy allows 1',
      wayOut: 'look at the nodes’ errors; they stay as they are, so that you can sign in to one'
    }
  ],
  [
    'more have failed than may, and nothing is done about them: the others aren’t waited for',
    { states: ['starting', 'starttaskfailed', 'starttaskfailed'] },
    {
      kind: 'halt',
      failure: 'nodes-unhealthy',
      reason: '2 unhealthy, and max-unhealthy allows 1',
      wayOut: 'look at the nodes’ errors; they stay as they are, so that you can sign in to one'
    }
  ],
  [
    'nodes that aren’t listed are waited for',
    { states: ['idle'], pool: { currentDedicatedNodes: 3 }, shortMinutes: 30 },
    { kind: 'wait', reason: '1 idle' }
  ],
  [
    'for the time of a node',
    { states: ['idle'], pool: { currentDedicatedNodes: 3 }, shortMinutes: 30.1 },
    {
      kind: 'halt',
      failure: 'nodes-stuck',
      reason: '2 not listed, and max-unhealthy allows 1; Batch lists 2 fewer nodes than the pool has',
      wayOut: 'look at what the waiting nodes do (start task, agent); a longer node-timeout waits longer'
    }
  ],
  [
    'preempted ones may come back for the time of a node',
    { states: ['preempted', 'preempted'], agedMinutes: 30 },
    { kind: 'wait', reason: '2 preempted: Batch may bring them back' }
  ],
  [
    'and no longer',
    { states: ['preempted', 'preempted'], agedMinutes: 30.1 },
    {
      kind: 'halt',
      failure: 'allocation-failed',
      reason: '2 preempted, and Batch has brought none back for 30 minutes',
      wayOut: 'run again later, or ask for dedicated nodes, another vmSize or another region'
    }
  ],
  ['a pool of no nodes has none that could be ill', { states: [] }, { kind: 'done', reason: 'no nodes' }]
])('nodes of a fixed scale: %s', (_, seen, decision) => {
  expect(decide(seen)).toEqual(decision)
})

test.each<[string, Seen, string]>([
  [
    'within the time to settle, nodes that start are waited for',
    { states: ['idle', 'starting'], minutes: 19.9 },
    'wait'
  ],
  [
    'past it they aren’t, while one is healthy: a formula may start nodes for ever',
    { states: ['idle', 'starting'], minutes: 20 },
    'done'
  ],
  ['they are while none is', { states: ['starting', 'starting'], minutes: 20 }, 'wait']
])('nodes of a formula: %s', (_, seen, kind) => {
  expect(decide({ ...seen, pool: { scale: FORMULA } }).kind).toBe(kind)
})

test('a fixed scale starts no nodes by itself: they are waited for, however long it has been', () => {
  expect(decide({ states: ['idle', 'starting'], minutes: 60 }).kind).toBe('wait')
})

const QUOTA = { code: 'AccountCoreQuotaReached', message: 'm', details: [] }
const short = (has: number): Partial<Pool> => ({
  scale: FORMULA,
  currentDedicatedNodes: has,
  resize: { startTime: 'T', targetDedicatedNodes: 4, targetLowPriorityNodes: 0, errors: [QUOTA] }
})

test('what a formula didn’t get is told beside the nodes that it has', () => {
  const decision = decide({ states: ['idle'], pool: short(1) })
  expect(decision).toMatchObject({
    kind: 'done',
    reason: '1 idle',
    shortfall: {
      failure: 'quota-reached',
      repetition: 'after-change',
      reason: 'the formula asked for 4 dedicated nodes, and the pool has 1 dedicated node: AccountCoreQuotaReached: m'
    }
  })
  const { shortfall } = decision as Extract<typeof decision, { kind: 'done' }>
  expect(shortfall?.retried).toBe(
    `the formula asks again at each evaluation; if it goes on: ${String(shortfall?.wayOut)}`
  )
})

test('where it got none at all, that is the verdict', () => {
  expect(decide({ states: [], pool: short(0) })).toMatchObject({
    kind: 'halt',
    failure: 'quota-reached',
    reason: 'the formula asked for 4 dedicated nodes, and the pool has 0 dedicated nodes: AccountCoreQuotaReached: m'
  })
})
