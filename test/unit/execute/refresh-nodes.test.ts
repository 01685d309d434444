/** Nodes of a pool that has got another start task restart in waves, by calls of Batch’s own. */
import { expect, test } from '@jest/globals'
import type { RunError } from '../../../src/model/failure.ts'
import type { Node } from '../../../src/model/observed.ts'
import type { RefreshNodesStep } from '../../../src/model/plan.ts'
import { withLease } from '../../../src/rules/lease.ts'
import { REFRESH_ITEM } from '../../../src/model/own-metadata.ts'
import { leaseOf } from '../../../src/rules/lease.ts'
import { breaks, refuses, type World } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { AT, OTHER_RUN, pool as anyPool } from '../../support/observed-fixtures.ts'

const { MINUTE } = m
const NOTE = { name: REFRESH_ITEM, value: JSON.stringify({ changedAt: new Date(AT - MINUTE).toISOString() }) }
const OLD = new Date(AT - 600 * MINUTE).toISOString()

const nodesOf = (count: number, change: Partial<Node> = {}): Node[] =>
  Array.from({ length: count }, (_, index) => ({
    nodeId: `tvm-${index}`,
    state: 'idle',
    isDedicated: true,
    bootedAt: OLD,
    errors: [],
    ...change
  }))

const STARTED = { startTask: { commandLine: 'mount -a' } }

/** First one, then three at a time; what differs is the start task. */
function refreshing(count: number, world: World = {}, step: Partial<RefreshNodesStep> = {}) {
  const nodes = nodesOf(count)
  const scale = { kind: 'fixed' as const, targetDedicatedNodes: count, targetLowPriorityNodes: 0 }
  const seen = { currentDedicatedNodes: count, currentLowPriorityNodes: 0, scale, imageId: m.NEW }
  const plan = m.rolloutPlan({
    seen: { pool: anyPool({ ...seen, properties: STARTED }), nodes },
    rollout: { refreshNodes: 'reboot', waveSize: 3 },
    pool: { startTask: { commandLine: 'mount --all' }, scaleSettings: { fixedScale: { targetDedicatedNodes: count } } }
  })
  const pool = m.mixedPool({ ...seen, metadata: [m.FOREIGN, NOTE] })
  return m.rolling('refresh-nodes', { pool, nodes, ...world }, { plan, step })
}

const restarted = ({ asked }: { asked: { name: string; target?: string }[] }, name = 'rebootNode') =>
  asked.filter(call => call.name === name).map(({ target }) => target)

test('nodes restart one, then three at a time; each wave under the lease, which is written with it', async () => {
  const run = refreshing(8)
  expect(await run.ends()).toBe('8 nodes have restarted')
  expect(run.changes()).toEqual([
    ...['patchPool', 'rebootNode'],
    ...['patchPool', 'rebootNode', 'rebootNode', 'rebootNode'],
    ...['patchPool', 'rebootNode', 'rebootNode', 'rebootNode'],
    ...['patchPool', 'rebootNode']
  ])
  expect(new Set(restarted(run)).size).toBe(8)
  expect(run.pool().metadata.map(({ name }) => name)).toEqual(['team', REFRESH_ITEM, 'batch-image-rollout-lease'])
  expect(leaseOf(run.pool().metadata)?.nonce).toBe('n-4711')
  expect(run.one.said[0]).toBe('refresh-nodes: 0 of 8 nodes asked to restart; first wave: 1 node by reboot')
})

test.each(['task-completion', 'requeue', 'terminate'] as const)(
  'by reboot and by reimage tasks go as drain says: %s',
  async drain => {
    for (const [by, name] of [
      ['reboot', 'rebootNode'],
      ['reimage', 'reimageNode']
    ] as const) {
      const run = refreshing(1, {}, { by, drain })
      expect(await run.ends()).toBe('1 node has restarted')
      expect(run.asked.filter(call => call.name === name)).toMatchObject([{ target: 'tvm-0', body: drain }])
    }
  }
)

test('what is newer than the change stays as it is', async () => {
  const run = refreshing(3)
  run.world.nodes = [...nodesOf(2, { bootedAt: new Date(AT + MINUTE).toISOString() }), ...nodesOf(3).slice(2)]
  expect(await run.ends()).toBe('1 node has restarted')
  expect(restarted(run)).toEqual(['tvm-2'])
})

test('where somebody has replaced all metadata, every node that is there now restarts', async () => {
  const run = refreshing(2)
  run.becomes({ metadata: [] })
  expect(await run.ends()).toBe('2 nodes have restarted')
})

test('more than five go by five, and the lease is looked at before each lot', async () => {
  const run = refreshing(24, {}, { canaryNodes: 0, waveSize: 12 })
  const [atOnce, most] = [new Set<string>(), [] as number[]]
  const { batchService } = run.azure
  run.azure.batchService = endpoint => ({
    ...batchService(endpoint),
    rebootNode: async (pool, nodeId, drain) => {
      atOnce.add(nodeId)
      most.push(atOnce.size)
      await run.time.clock.sleep(1_000)
      await batchService(endpoint).rebootNode(pool, nodeId, drain)
      atOnce.delete(nodeId)
    }
  })
  expect(await run.ends()).toBe('24 nodes have restarted')
  expect([Math.max(...most), most.length]).toEqual([5, 24])
})

test('a node that fails ends the run, with what its start task wrote, and no further node is asked', async () => {
  const files = { 'tvm-0/startup/stderr.txt': 'no such share\n' }
  const run = refreshing(8, { files, becomes: () => ({ state: 'starttaskfailed' }) })
  const error = (await run.fails()) as RunError
  expect(error).toMatchObject({
    reason: 'nodes-unhealthy',
    message: '1 of 8 nodes asked to restart; 1 unhealthy, and max-unhealthy allows 0'
  })
  expect(error.details).toEqual([expect.stringMatching(/^tvm-0 is starttaskfailed/), '  stderr.txt: no such share'])
  expect(restarted(run)).toEqual(['tvm-0'])
})

test.each([409, 404])('a node that Batch doesn’t restart (%i) is left out, and told', async status => {
  const run = refreshing(3)
  run.next('rebootNode', refuses(status, 'NodeNotReady'))
  expect(await run.ends()).toBe('2 nodes have restarted')
  expect(run.one.said).toContainEqual(expect.stringMatching(/^refresh-nodes: 0 of 1 take a reboot: .*NodeNotReady/))
  expect(run.one.warnings).toEqual([
    {
      step: 'refresh-nodes',
      message: '1 node keeps what it started with, and Batch doesn’t restart it in that state: tvm-0 is idle',
      wayOut: 'restart what is left once it is idle or running (az batch node reboot), or remove it'
    }
  ])
})

test('of nodes that are left three are named', async () => {
  const run = refreshing(6)
  run.world.nodes = [...nodesOf(1), ...nodesOf(6, { state: 'offline' }).slice(1)]
  expect(await run.ends()).toBe('1 node has restarted')
  expect(run.one.warnings[0]?.message).toBe(
    '5 nodes keep what they started with, and Batch doesn’t restart them in that state: tvm-1 is offline, tvm-2 is offline, tvm-3 is offline and 2 more'
  )
})

test('a node that restarts already, as the answer to a first try was lost, is waited for', async () => {
  const run = refreshing(1)
  run.next('rebootNode', refuses(409, 'NodeBeingRebooted'))
  run.time.later(MINUTE, () => (run.world.nodes = nodesOf(1, { bootedAt: new Date(AT + MINUTE).toISOString() })))
  expect(await run.ends()).toBe('1 node has restarted')
  expect([run.one.warnings, restarted(run)]).toEqual([[], ['tvm-0']])
})

test.each([
  ['reimage', 'reimageNode', 'say refresh-nodes: reboot'],
  ['reboot', 'rebootNode', 'restart the nodes yourself, with refresh-nodes: none']
] as const)('where Batch takes no %s of such a pool, the run ends and says what to do', async (by, name, wayOut) => {
  const run = refreshing(3, {}, { by })
  run.always(name, refuses(409, 'OperationNotValidOnNode'))
  expect(await run.fails()).toMatchObject({ reason: 'pool-refused', wayOut })
})

test.each([breaks(), refuses(500), refuses(403, 'AuthorizationFailed')])(
  'any other answer ends the run',
  async answer => {
    const run = refreshing(3)
    run.always('rebootNode', answer)
    await run.fails()
    expect(restarted(run)).toEqual(['tvm-0'])
  }
)

test('a pool that somebody else holds is left alone', async () => {
  const run = refreshing(3)
  run.becomes({ metadata: withLease([NOTE], OTHER_RUN, AT + 60 * MINUTE) })
  expect(await run.fails()).toMatchObject({ reason: 'pool-leased' })
  expect(restarted(run)).toEqual([])
})

test('while Batch resizes the pool and takes no change of it, no node is asked', async () => {
  const run = refreshing(1)
  // Both tries come at a look of their own.
  run.next('patchPool', refuses(409, 'PoolBeingResized'), refuses(409, 'PoolBeingResized'))
  expect(await run.ends()).toBe('1 node has restarted')
  expect(run.changes()).toEqual(['patchPool', 'patchPool', 'patchPool', 'rebootNode'])
})

test('the lease is renewed while nodes wait for their tasks', async () => {
  const run = refreshing(1, { takes: { reboot: 90 * MINUTE } })
  const before = (): Partial<Node> => ({ state: 'running' })
  run.world.nodes = nodesOf(1, before())
  const { batchService } = run.azure
  run.azure.batchService = endpoint => ({ ...batchService(endpoint), rebootNode: () => Promise.resolve() })
  run.time.later(
    50 * MINUTE,
    () => (run.world.nodes = nodesOf(1, { bootedAt: new Date(AT + 50 * MINUTE).toISOString() }))
  )
  expect(await run.ends()).toBe('1 node has restarted')
  expect(run.changes()).toEqual(['patchPool', 'patchPool'])
})

test('a node that never begins to restart is told by its drain-timeout', async () => {
  const run = refreshing(1, {}, { drainTimeoutMs: 20 * MINUTE })
  const { batchService } = run.azure
  run.azure.batchService = endpoint => ({ ...batchService(endpoint), rebootNode: () => Promise.resolve() })
  expect(await run.fails()).toMatchObject({ reason: 'drain-timeout' })
  expect(Math.floor((run.time.clock.now() - AT) / MINUTE)).toBe(20)
})
