/** Nodes are watched for a while under the run’s lease: how often, what is said, and what a failure tells. */
import { expect, test } from '@jest/globals'
import type { RunError } from '../../../src/model/failure.ts'
import type { Node } from '../../../src/model/observed.ts'
import { leaseOf } from '../../../src/rules/lease.ts'
import type { World } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { AT } from '../../support/observed-fixtures.ts'

const { MINUTE, HOUR } = m

const nodesOf = (state: string, failed = 0): Node[] =>
  Array.from({ length: 20 }, (_, index) => ({
    nodeId: `tvm-${index}`,
    state: index < failed ? state : 'idle',
    isDedicated: index < 12,
    errors: index < failed ? [{ code: 'DiskFull', message: 'no room', details: [] }] : []
  }))

function baking(world: World = {}, run: Parameters<typeof m.rolling<'bake-nodes'>>[2] = {}) {
  const plan = m.rolloutPlan({ rollout: { bakeMs: HOUR } })
  const pool = m.mixedPool({ imageId: m.NEW })
  return m.rolling('bake-nodes', { pool, nodes: nodesOf(''), ...world }, { plan, ...run })
}

const minutesIn = ({ time }: { time: { clock: { now(): number } } }): number => (time.clock.now() - AT) / MINUTE

test('it ends when the time is up, and looks as seldom as the poll interval lets it', async () => {
  const run = baking({}, { pollIntervalMs: 10 * MINUTE })
  expect(await run.ends()).toBe('20 of 20 nodes healthy after 1h')
  expect(minutesIn(run)).toBe(60)
  expect(run.asked.filter(({ name }) => name === 'listNodes').length).toBeLessThanOrEqual(9)
  expect(run.one.said).toEqual([
    'bake-nodes: the nodes must stay healthy until 2026-11-23 10:00:00 UTC',
    'bake-nodes: 20 of 20 nodes healthy'
  ])
})

test('the pool is held meanwhile', async () => {
  const run = baking()
  await run.ends()
  const { until } = leaseOf(run.pool().metadata) ?? {}
  expect(Date.parse(until ?? '')).toBeGreaterThan(AT + HOUR)
  expect(run.changes().length).toBeGreaterThanOrEqual(4)
})

test('without the lease nothing is written', async () => {
  const run = baking({}, { step: { metadata: undefined as never } })
  await run.ends()
  expect(run.changes()).toEqual([])
})

test('nodes that fail end it, each with its error; a few of them don’t blame the image', async () => {
  const run = baking()
  run.time.later(20 * MINUTE, () => (run.world.nodes = nodesOf('starttaskfailed', 3)))
  const error = (await run.fails()) as RunError
  expect([error.reason, error.message]).toEqual([
    'nodes-unhealthy',
    '20m into the bake of 1h: 3 unhealthy, and max-unhealthy allows 1'
  ])
  expect(error.details.filter(line => line.includes('DiskFull'))).toHaveLength(3)
  expect(run.one.run.known.conditions.has('image-blamed')).toBe(false)
})

test('most of them do', async () => {
  const run = baking()
  run.time.later(20 * MINUTE, () => (run.world.nodes = nodesOf('starttaskfailed', 11)))
  await run.fails()
  expect(run.one.run.known.conditions.has('image-blamed')).toBe(true)
})
