/** How long nodes have been in their states, by Azure's times and by this run's own looks. */
import { expect, test } from '@jest/globals'
import { poolKnown } from '../../../src/execute/context.ts'
import { halted, nodeLooks, readNodes } from '../../../src/execute/node-looks.ts'
import type { Node } from '../../../src/model/observed.ts'
import { fakeAzure } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { AT, nodes, POOL_ADDRESS } from '../../support/observed-fixtures.ts'
import { runOn } from '../../support/one-step.ts'

const { MINUTE, HOUR } = m

/** Azure's clock is two hours ahead of the runner's. */
function looking() {
  const fake = fakeAzure()
  const one = runOn(fake, m.rolloutPlan(), { azureNow: () => fake.time.clock.now() + 2 * HOUR })
  const looks = nodeLooks(one.run)
  return {
    ...one,
    looks,
    after: (ms: number) => fake.time.run(fake.time.clock.sleep(ms)),
    agesOf: (seen: readonly Node[], expected = seen.length) => {
      const { nodes: aged, msShort } = looks.at(seen, expected)
      return { ages: aged.map(({ node, ms }) => `${node.state} ${ms}`), msShort }
    }
  }
}

const [first, second] = nodes('starting', 'starting') as [Node, Node]
const since = (minutes: number): string => new Date(AT + 2 * HOUR - minutes * MINUTE).toISOString()

test('without a word of Azure’s a node is as old as this run’s first look at it in that state', async () => {
  const run = looking()
  expect(run.agesOf([first]).ages).toEqual(['starting 0'])
  await run.after(MINUTE)
  expect(run.agesOf([first, second]).ages).toEqual(['starting 60000', 'starting 0'])
  await run.after(MINUTE)
  expect(run.agesOf([{ ...first, state: 'idle' }, second]).ages).toEqual(['idle 0', 'starting 60000'])
  await run.after(MINUTE)
  expect(run.agesOf([first]).ages).toEqual(['starting 0'])
})

test('Azure’s own time counts where it says more, whatever the runner’s clock says', () => {
  const run = looking()
  expect(run.agesOf([{ ...first, stateSince: since(7) }]).ages).toEqual([`starting ${7 * MINUTE}`])
})

test.each(['soon', new Date(AT + 3 * HOUR).toISOString()])(
  'a time that can’t be (%s) says nothing',
  async stateSince => {
    const run = looking()
    run.agesOf([{ ...first, stateSince }])
    await run.after(MINUTE)
    expect(run.agesOf([{ ...first, stateSince }]).ages).toEqual(['starting 60000'])
  }
)

test('the same state anew is another time in it', async () => {
  const run = looking()
  run.agesOf([{ ...first, stateSince: since(0) }])
  await run.after(MINUTE)
  expect(run.agesOf([{ ...first, stateSince: since(-1) }]).ages).toEqual(['starting 0'])
})

test('a list that is shorter than the pool is so since it first was', async () => {
  const run = looking()
  expect(run.agesOf([first], 2).msShort).toBe(0)
  await run.after(MINUTE)
  expect(run.agesOf([first], 3).msShort).toBe(MINUTE)
  expect(run.agesOf([first, second], 2).msShort).toBe(0)
  await run.after(MINUTE)
  expect(run.agesOf([first], 2).msShort).toBe(0)
})

test('a node that was rebooted counts as rebooting until it shows, for two minutes at most', async () => {
  const run = looking()
  const bad = { ...first, state: 'starttaskfailed', stateSince: since(9) }
  run.agesOf([bad, second])
  run.looks.rebooted([bad.nodeId])
  expect(run.agesOf([bad, second]).ages).toEqual(['rebooting 0', 'starting 0'])
  await run.after(2 * MINUTE - 1)
  expect(run.agesOf([bad]).ages).toEqual(['rebooting 0'])
  await run.after(1)
  expect(run.agesOf([bad]).ages).toEqual([`starttaskfailed ${11 * MINUTE}`])
})

test('one that has failed again at once is no longer rebooting', () => {
  const run = looking()
  const bad = { ...first, state: 'starttaskfailed', stateSince: since(9) }
  run.agesOf([bad])
  run.looks.rebooted([bad.nodeId])
  expect(run.agesOf([{ ...bad, stateSince: since(0) }]).ages).toEqual(['starttaskfailed 0'])
})

test.each([
  ['nodes-unhealthy', true],
  ['nodes-stuck', true],
  ['allocation-failed', undefined]
] as const)(
  'after %s the run knows of nodes that failed, for whoever releases the pool: %s',
  async (failure, knows) => {
    const { run } = looking()
    const verdict = { failure, reason: 'r', wayOut: 'w' }
    const error = await halted(run, POOL_ADDRESS, { verdict, bad: [], output: new Map() })
    expect([error.reason, poolKnown(run, POOL_ADDRESS).hasFailedNodes]).toEqual([failure, knows])
  }
)

test('of the healthy nodes the last that were seen are kept, also when a formula sends them away', async () => {
  const fake = fakeAzure({ nodes: nodes('idle', 'running', 'starting') })
  const { run } = runOn(fake, m.rolloutPlan())
  await fake.time.run(readNodes(run, POOL_ADDRESS))
  fake.world.nodes = nodes('leavingpool')
  await fake.time.run(readNodes(run, POOL_ADDRESS))
  const { nodes: seen, healthyNodes } = poolKnown(run, POOL_ADDRESS)
  expect([seen, healthyNodes].map(list => list?.map(({ state }) => state))).toEqual([
    ['leavingpool'],
    ['idle', 'running']
  ])
})
