/** Nodes that nothing is done about are judged all the same: of a pool that is as wanted, or of a formula. */
import { expect, test } from '@jest/globals'
import type { RunError } from '../../../src/model/failure.ts'
import type { Node, Pool } from '../../../src/model/observed.ts'
import { breaks, type World } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { account, AT, version } from '../../support/observed-fixtures.ts'

const { MINUTE } = m
const minutesIn = ({ time }: { time: { clock: { now(): number } } }): number => (time.clock.now() - AT) / MINUTE
const since = (minutesAgo: number): string => new Date(AT - minutesAgo * MINUTE).toISOString()

/** `idle idle preempted`: the last `low` of them are low-priority nodes. */
const nodesOf = (states: string, low = 1, change: Partial<Node> = {}): Node[] =>
  states.split(' ').map((state, index, all) => ({
    nodeId: `tvm-${index}`,
    state,
    isDedicated: index < all.length - low,
    errors: [],
    ...change
  }))

/** A pool with these nodes; the settle time is 20 minutes, the node timeout 30. */
function verifying(nodes: Node[], change: Partial<Pool> = {}, world: World = {}) {
  const low = nodes.filter(({ isDedicated }) => !isDedicated).length
  const has = { currentDedicatedNodes: nodes.length - low, currentLowPriorityNodes: low }
  const scale: Pool['scale'] = { kind: 'fixed', targetDedicatedNodes: nodes.length - low, targetLowPriorityNodes: low }
  const pool = m.mixedPool({ imageId: m.NEW, ...has, scale, ...change })
  const plan = m.rolloutPlan({
    seen: { pool: m.mixedPool({ imageId: m.NEW }) },
    rollout: { maxUnhealthy: { share: 0.25 }, resizeTimeoutMs: 20 * MINUTE }
  })
  return m.rolling('verify-nodes', { pool, nodes, account: account(), ...world }, { plan })
}

test('healthy nodes are, at the first look, and nothing is changed', async () => {
  const run = verifying(nodesOf('idle running idle'))
  expect(await run.ends()).toBe('2 idle, 1 running')
  expect([run.changes(), minutesIn(run)]).toEqual([[], 0])
})

test('a pool without nodes has none to be judged', async () => {
  expect(await verifying([]).ends()).toBe('no nodes')
})

test('nodes that start are waited for, low-priority ones too, and it is said once', async () => {
  const run = verifying(nodesOf('idle idle starting'))
  run.time.later(4 * MINUTE, () => (run.world.nodes = nodesOf('idle idle idle')))
  expect(await run.ends()).toBe('3 idle')
  expect([run.one.said, Math.floor(minutesIn(run))]).toEqual([['verify-nodes: 2 idle, 1 starting'], 4])
})

test('so is a pool that resizes', async () => {
  const run = verifying(nodesOf('idle idle'), { allocationState: 'Resizing' })
  run.time.later(4 * MINUTE, () => run.becomes({ allocationState: 'Steady' }))
  expect(await run.ends()).toBe('2 idle')
  expect(run.one.said).toEqual(['verify-nodes: 1 dedicated and 1 low-priority nodes; the pool is Resizing'])
})

test('one that goes on resizing, as a formula may have it, is judged as it is after its time', async () => {
  const run = verifying(nodesOf('idle idle'), { allocationState: 'Resizing', scale: m.FORMULA })
  expect(await run.ends()).toBe('2 idle')
  expect(Math.floor(minutesIn(run))).toBe(20)
})

test('nodes that Batch doesn’t list yet are waited for, as long as a node may take', async () => {
  const late = verifying(nodesOf('idle idle idle'), { currentLowPriorityNodes: 3 })
  late.time.later(5 * MINUTE, () => (late.world.nodes = nodesOf('idle idle idle idle idle')))
  expect(await late.ends()).toBe('5 idle')
  const never = verifying(nodesOf('idle idle idle'), { currentLowPriorityNodes: 3 })
  expect(await never.fails()).toMatchObject({ reason: 'nodes-stuck' })
  expect(Math.floor(minutesIn(never))).toBe(30)
})

test.each<[string, string]>([
  ['idle idle idle unusable', '3 idle, 1 unusable'],
  ['idle idle idle starttaskfailed', '3 idle, 1 starttaskfailed']
])('a share of bad nodes that may be is no failure: %s', async (states, line) => {
  expect(await verifying(nodesOf(states, 1, { stateSince: since(60) })).ends()).toBe(line)
})

test('more than that fails the run, with what the start tasks wrote, and no second chance', async () => {
  const files = { 'tvm-2/startup/stderr.txt': 'no such device\n' }
  const run = verifying(nodesOf('idle starttaskfailed starttaskfailed'), {}, { files })
  const error = (await run.fails()) as RunError
  expect(error).toMatchObject({ reason: 'nodes-unhealthy' })
  // Nodes of which there is more to read come first.
  expect(error.details).toEqual([
    expect.stringMatching(/^tvm-2 is starttaskfailed/),
    '  stderr.txt: no such device',
    expect.stringMatching(/^tvm-1 is starttaskfailed/)
  ])
  expect(run.changes()).toEqual([])
})

test('past its time a formula that starts nodes for ever is judged by those that are there', async () => {
  const run = verifying(nodesOf('idle starting starting'), { scale: m.FORMULA })
  expect(await run.ends()).toBe('2 starting, 1 idle')
  expect(Math.floor(minutesIn(run))).toBe(20)
})

test('unless none is healthy yet', async () => {
  const run = verifying(nodesOf('starting starting starting'), { scale: m.FORMULA })
  run.time.later(25 * MINUTE, () => (run.world.nodes = nodesOf('idle starting starting')))
  expect(await run.ends()).toBe('2 starting, 1 idle')
  expect(Math.floor(minutesIn(run))).toBe(25)
})

test('a fixed scale has no such end: what starts for longer than a node may is stuck', async () => {
  const run = verifying(nodesOf('idle starting starting'))
  expect(await run.fails()).toMatchObject({ reason: 'nodes-stuck' })
  expect(Math.floor(minutesIn(run))).toBe(30)
})

test('where all are preempted, Batch has the time of a node to bring one back', async () => {
  const back = verifying(nodesOf('preempted preempted', 2))
  back.time.later(10 * MINUTE, () => (back.world.nodes = nodesOf('idle preempted', 2)))
  expect(await back.ends()).toBe('1 idle, 1 preempted')
  expect(back.one.said[0]).toBe('verify-nodes: 2 preempted: Batch may bring them back')
  const never = verifying(nodesOf('preempted preempted', 2, { stateSince: since(10) }))
  expect(await never.fails()).toMatchObject({ reason: 'allocation-failed' })
  expect(Math.floor(minutesIn(never))).toBe(20)
})

test('where all are out of scheduling nobody brings them back', async () => {
  const run = verifying(nodesOf('offline offline'))
  expect(await run.fails()).toMatchObject({ reason: 'nodes-stuck', message: '2 offline, and none takes tasks' })
  expect(minutesIn(run)).toBe(0)
})

const SHORT = {
  targetDedicatedNodes: 2,
  targetLowPriorityNodes: 8,
  errors: [{ code: 'AllocationFailed', message: 'no room', details: [] }]
}
const OF_FORMULA: Partial<Pool> = { scale: m.FORMULA, resize: SHORT }
const THERE = { versions: { '1.0.0': version('1.0.0') } }

test('what a formula asked for and didn’t get is a warning, as it asks again by itself', async () => {
  const run = verifying(nodesOf('idle idle idle'), OF_FORMULA, THERE)
  expect(await run.ends()).toBe('3 idle')
  expect(run.one.warnings).toEqual([
    {
      step: 'verify-nodes',
      message:
        'the formula asked for 2 dedicated and 8 low-priority nodes, and the pool has 2 dedicated and 1 low-priority nodes: AllocationFailed: no room',
      wayOut: expect.stringContaining('the formula asks again at each evaluation')
    }
  ])
})

test.each<[string, Node[], World]>([
  ['it got none at all', [], THERE],
  ['its image is gone', nodesOf('idle idle idle'), {}]
])('and a failure where %s', async (_, nodes, there) => {
  const run = verifying(nodes, OF_FORMULA, { versions: {}, ...there })
  expect(await run.fails()).toMatchObject({ reason: 'allocation-failed' })
  expect(run.one.warnings).toEqual([])
})

test('what can’t be read ends it', async () => {
  const run = verifying(nodesOf('idle'))
  run.next('listNodes', breaks())
  expect((await run.fails()).message).toBe('x is undefined')
})
