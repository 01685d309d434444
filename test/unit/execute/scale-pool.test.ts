/** A pool grows in waves of both kinds of nodes. */
import { expect, test } from '@jest/globals'
import type { RunError } from '../../../src/model/failure.ts'
import type { Node, Pool } from '../../../src/model/observed.ts'
import { leaseOf, withLease } from '../../../src/rules/lease.ts'
import { breaks, refuses, type World } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { account, AT, CONTEXT, stepOf, version } from '../../support/observed-fixtures.ts'
import { knowing } from '../../support/one-step.ts'

const { MINUTE, HOUR, FOREIGN } = m
const minutesIn = ({ time }: { time: { clock: { now(): number } } }): number => (time.clock.now() - AT) / MINUTE
const ours = (): Pool['metadata'] => withLease([FOREIGN], CONTEXT, AT + HOUR)
const empty = (change: Partial<Pool> = {}): Pool => m.atZero({ imageId: m.NEW, metadata: ours(), ...change })

type Growing = m.Rolling<Extract<m.Rolling<never>['step'], { kind: 'scale-pool' }>>
type Fixed = { targetDedicatedNodes: number; targetLowPriorityNodes: number; resizeTimeout: string }
type Body = { properties: { scaleSettings?: { fixedScale: Fixed & { nodeDeallocationOption?: string } } } }

const growing = (world: World = {}, options: Parameters<typeof m.rolling<'scale-pool'>>[2] = {}) =>
  m.rolling('scale-pool', { pool: empty(), ...world }, { known: knowing({ isHeld: true }), ...options })

/** `1+0`, as it was asked for. */
const asked = ({ sent }: Pick<Growing, 'sent'>): string[] =>
  sent('patchPool').flatMap(body => {
    const fixed = (body as Body).properties.scaleSettings?.fixedScale
    return fixed === undefined ? [] : [`${fixed.targetDedicatedNodes}+${fixed.targetLowPriorityNodes}`]
  })

test('the canary comes first, then waves of both kinds as what is missing of each, and the last line says what there is', async () => {
  const run = growing()
  expect(await run.ends()).toBe('12 of 12 dedicated and 8 of 8 low-priority nodes, healthy')
  expect(asked(run)).toEqual(['1+0', '7+4', '12+8'])
})

test('each wave is asked for with its time, under a lease that outlasts it', async () => {
  const run = growing()
  run.next('patchPool', undefined, breaks())
  await run.fails()
  const [body] = run.sent('patchPool') as Body[]
  expect(body?.properties.scaleSettings?.fixedScale).toEqual({
    targetDedicatedNodes: 1,
    targetLowPriorityNodes: 0,
    resizeTimeout: 'PT20M'
  })
  expect(leaseOf(run.pool().metadata)?.until).toBe(new Date(AT + 35 * MINUTE).toISOString())
})

test('a pool that was created has been asked for its first wave already', async () => {
  const plan = m.newPoolPlan()
  const run = growing({ pool: undefined }, { plan, known: knowing({ isHeld: false }) })
  await run.azure.batch.createPool(run.step.poolId, stepOf(plan, 'create-pool').body, '2025-06-01')
  expect(await run.ends()).toContain('12 of 12 dedicated and 8 of 8')
  expect(asked(run)).toEqual(['7+4', '12+8'])
})

test('a pool that gets smaller loses nodes by drain, and has the time of a drain for it', async () => {
  const pool = m.mixedPool({ imageId: m.NEW, currentLowPriorityNodes: 11, metadata: ours() })
  const run = growing({ pool }, { step: { drain: 'requeue' } })
  expect(await run.ends()).toContain('healthy')
  expect((run.sent('patchPool') as Body[]).at(-1)?.properties.scaleSettings?.fixedScale).toEqual({
    targetDedicatedNodes: 12,
    targetLowPriorityNodes: 8,
    resizeTimeout: 'PT1H',
    nodeDeallocationOption: 'Requeue'
  })
})

test('while somebody’s resize is under way (409) the wave is asked for again', async () => {
  const run = growing()
  run.next('patchPool', refuses(409, 'PoolBeingResized'))
  await run.ends()
  expect(asked(run)).toEqual(['1+0', '1+0', '7+4', '12+8'])
})

test('any other refusal of a wave ends the step', async () => {
  const run = growing()
  run.next('patchPool', refuses(400, 'InvalidPropertyValue'))
  expect(await run.fails()).toMatchObject({ reason: 'pool-refused' })
})

test('what is said while nodes come counts states of both kinds, the most first, and total isn’t one', async () => {
  const counts = {
    dedicated: { creating: 1, idle: 3, starting: 0, total: 4 },
    lowPriority: { creating: 0, idle: 1, starting: 0, total: 1 }
  }
  const pool = m.mixedPool({
    imageId: m.NEW,
    allocationState: 'Resizing',
    currentDedicatedNodes: 4,
    currentLowPriorityNodes: 1
  })
  const run = growing({ pool, counts }, { known: knowing({ isHeld: false }) })
  run.time.later(10_000, () => run.always('getPool', breaks()))
  await run.fails()
  expect(run.one.said[0]).toBe(
    'scale-pool: 4 of 12 dedicated and 1 of 8 low-priority nodes; the pool is Resizing (4 idle, 1 creating)'
  )
})

test('low-priority nodes alone are counted too', async () => {
  const counts = { dedicated: { idle: 0, total: 0 }, lowPriority: { idle: 2, total: 2 } }
  const pool = m.atZero({ imageId: m.NEW, allocationState: 'Resizing', currentLowPriorityNodes: 2 })
  const run = growing({ pool, counts }, { known: knowing({ isHeld: false }) })
  run.time.later(1_000, () => run.always('getPool', breaks()))
  await run.fails()
  expect(run.one.said[0]).toContain('2 of 8 low-priority nodes; the pool is Resizing (2 idle)')
})

test.each<[string, (run: Growing) => void]>([
  ['Batch counts none', () => undefined],
  ['the role is missing', run => run.always('nodeCounts', refuses(403))]
])('where %s the run does without', async (_, set) => {
  const pool = m.mixedPool({ imageId: m.NEW, allocationState: 'Resizing' })
  const run = growing({ pool }, { known: knowing({ isHeld: false }) }) as unknown as Growing
  set(run)
  run.time.later(1_000, () => run.always('getPool', breaks()))
  await run.fails()
  expect(run.one.said[0]).toMatch(/the pool is Resizing$/)
})

test('a pool without nodes has none to be counted', async () => {
  const run = growing({ pool: empty({ allocationState: 'Resizing' }) })
  run.time.later(1_000, () => run.always('getPool', breaks()))
  await run.fails()
  expect(run.asked.map(({ name }) => name)).not.toContain('nodeCounts')
})

test.each<[string, () => void]>([
  ['a defect', breaks()],
  ['a call that is cancelled', refuses(0)]
])('%s is no count that Batch can’t give', async (what, meets) => {
  const run = growing({ pool: m.mixedPool({ imageId: m.NEW, allocationState: 'Resizing', metadata: ours() }) })
  if (what !== 'a defect') run.next('nodeCounts', () => run.one.abort.abort(new Error('cancelled')))
  run.always('nodeCounts', meets)
  await run.fails()
  expect(run.asked.filter(({ name }) => name === 'nodeCounts')).toHaveLength(1)
})

test('nodes that are there already are judged before any more are bought', async () => {
  const bad = { code: 'X', message: 'broken', details: [] }
  const nodes = Array.from({ length: 20 }, (_, index): Node => ({
    nodeId: `tvm-${index}`,
    state: 'idle',
    isDedicated: index < 12,
    errors: []
  }))
  const pool = m.mixedPool({ imageId: m.NEW, metadata: ours() })
  const run = growing(
    { pool, nodes: nodes.map(node => ({ ...node, state: 'starttaskfailed', errors: [bad] })) },
    { step: { repairAttempts: 0 } }
  )
  expect(await run.fails()).toMatchObject({ reason: 'nodes-unhealthy' })
  expect([asked(run), run.one.run.known.conditions.has('image-blamed')]).toEqual([[], false])
  const well = growing({ pool, nodes })
  expect(await well.ends()).toBe('12 of 12 dedicated and 8 of 8 low-priority nodes, healthy')
  expect(well.changes()).toEqual([])
})

test('while nodes take their time a lease that runs short is renewed', async () => {
  const run = growing({ becomes: () => ({ state: 'starting' }) })
  const until = (): number => Date.parse(leaseOf(run.pool().metadata)?.until ?? '')
  run.time.later(
    29 * MINUTE,
    () => (run.world.nodes = (run.world.nodes ?? []).map(node => ({ ...node, state: 'idle' })))
  )
  run.time.later(29 * MINUTE, () => (run.world.becomes = () => ({})))
  const left: number[] = []
  for (let minute = 1; minute < 29; minute += 1)
    run.time.later(minute * MINUTE, () => left.push(until() - run.time.clock.now()))
  await run.ends()
  // Taken for 20 minutes and 15 more; after that for 15 at a time.
  expect(Math.min(...left)).toBeGreaterThan(4 * MINUTE)
})

test('a size that somebody else asks for meanwhile is left to them', async () => {
  const run = growing()
  run.time.later(90_000, () => run.becomes({ scale: { ...m.FULL, targetLowPriorityNodes: 5 } as Pool['scale'] }))
  expect(await run.fails()).toMatchObject({ reason: 'pool-changed' })
})

test('a region that gives no more is asked three times, at least five minutes apart, by way of what is there', async () => {
  const run = growing({ room: { dedicated: 12, lowPriority: 2 } })
  const error = (await run.fails()) as RunError
  expect(error).toMatchObject({ reason: 'allocation-failed', repetition: 'helps' })
  expect(error.message).toContain(
    '7 of 12 dedicated and 2 of 8 low-priority nodes; AllocationTimedout after 3 attempts without progress'
  )
  // The first of them brought two nodes, and so is none without progress.
  expect(asked(run)).toEqual(['1+0', '7+4', '7+2', '7+4', '7+2', '7+4', '7+2', '7+4'])
  expect(minutesIn(run)).toBeGreaterThan(4 * 20)
})

test('one that refuses at once is asked again five minutes after the last time, and no sooner', async () => {
  const run = growing({ room: { dedicated: 0, lowPriority: 0 }, takes: { short: 10_000 } })
  expect(await run.fails()).toMatchObject({ reason: 'allocation-failed' })
  const at = run.asked
    .filter(({ name, body }) => name === 'patchPool' && JSON.stringify(body).includes('"targetDedicatedNodes":1'))
    .map(call => call.at)
  const between = at.slice(1).map((time, index) => time - at[index]!)
  expect(between).toHaveLength(2)
  expect(Math.min(...between)).toBeGreaterThanOrEqual(5 * MINUTE)
  expect(Math.max(...between)).toBeLessThan(7 * MINUTE)
})

test('where the nodes can’t be had because the image’s replica is gone, that is said beside what Batch says', async () => {
  const replication = { aggregatedState: 'Failed', regions: [{ region: 'eastus2', state: 'Failed', progress: 0 }] }
  const run = growing({
    room: { dedicated: 0, lowPriority: 0 },
    takes: { short: 10_000 },
    account: account(),
    versions: { '1.0.0': version('1.0.0', { replication }) }
  })
  expect((await run.fails()).message).toContain('the replica of image version 1.0.0 in eastus2 is Failed')
})

const FAILS: World['becomes'] = () => ({
  state: 'starttaskfailed',
  errors: [],
  startTask: { exitCode: 127 }
})

test('nodes that failed are rebooted, then replaced, and only then is the image blamed; what their start task wrote is told', async () => {
  const files = new Proxy(
    {},
    { get: (_, path) => (String(path).endsWith('stderr.txt') ? 'mount: no such device\n' : '') }
  )
  const run = growing({ becomes: FAILS, files })
  const error = (await run.fails()) as RunError
  expect(run.changes().filter(name => name !== 'patchPool')).toEqual(['rebootNode', 'removeNodes'])
  expect(asked(run)).toEqual(['1+0', '1+0'])
  expect(run.one.run.known.conditions.has('image-blamed')).toBe(true)
  expect(error).toMatchObject({ reason: 'nodes-unhealthy' })
  const [node, ...output] = error.details
  expect(node).toMatch(/^tvm-d\d+-0 is starttaskfailed: start task failed, exit code 127$/)
  expect(output).toEqual(['  stderr.txt: mount: no such device'])
  const said = run.one.said.join('\n')
  expect(said.match(/no such device/g)).toHaveLength(1)
  expect(said.indexOf('exit code 127')).toBeLessThan(said.indexOf('rebooted'))
})

test('of many nodes that failed three are named, before anything is done to them', async () => {
  const nodes = Array.from({ length: 20 }, (_, index): Node => ({
    nodeId: `tvm-${index}`,
    state: 'starttaskfailed',
    isDedicated: index < 12,
    errors: []
  }))
  const run = growing({ pool: m.mixedPool({ imageId: m.NEW, metadata: ours() }), nodes })
  await run.ends()
  expect(run.one.said.filter(line => / is starttaskfailed/.test(line)).map(line => line.slice(12, 17))).toEqual([
    'tvm-0',
    'tvm-1',
    'tvm-2'
  ])
  expect(run.changes().filter(name => name === 'rebootNode')).toHaveLength(20)
})
