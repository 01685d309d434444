/** One writer: what a step does to a pool's lease, and what it does at the sight of somebody else's. */
import { expect, test } from '@jest/globals'
import { poolKnown } from '../../../src/execute/context.ts'
import { renewLease, stopResize } from '../../../src/execute/pool-changes.ts'
import type { RunError } from '../../../src/model/failure.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Pool } from '../../../src/model/observed.ts'
import type { Plan, StepKind } from '../../../src/model/plan.ts'
import type { RunContext } from '../../../src/model/spec.ts'
import { leaseOf, leaseState, withLease } from '../../../src/rules/lease.ts'
import { breaks, fails, refuses, type World } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { AT, CONTEXT, OTHER_RUN, POOL_ADDRESS, stepOf } from '../../support/observed-fixtures.ts'
import { knowing, type OneRun } from '../../support/one-step.ts'

const { MINUTE, HOUR, FOREIGN } = m
/** Azure's clock is ahead of the runner's by so much. */
const AHEAD = 3 * HOUR
const azureNow = () => AT + AHEAD

const leased = (context: RunContext, until = AT + AHEAD + HOUR): Pool['metadata'] =>
  withLease([FOREIGN], context, until)
const leasesSent = (bodies: unknown[]) =>
  bodies.map(body => leaseOf((body as { properties: { metadata: Pool['metadata'] } }).properties.metadata))

const isHeld = ({ one }: { one: OneRun }): boolean => poolKnown(one.run, POOL_ADDRESS).isHeld

/** Kinds of steps that write to a pool, each where it has something to write. */
const WRITERS: [StepKind, World][] = [
  ['drain-pool', {}],
  ['change-pool-image', { pool: m.atZero() }],
  ['scale-pool', { pool: m.atZero({ imageId: m.NEW }) }],
  ['finish-pool', { pool: m.mixedPool({ imageId: m.NEW }) }]
]

test.each<[StepKind, World, number]>([
  ['drain-pool', {}, 60],
  ['change-pool-image', { pool: m.atZero() }, 0],
  ['scale-pool', { pool: m.atZero({ imageId: m.NEW }) }, 20]
])(
  '%s writes this run’s lease with its change, for as long as that may take and a quarter of an hour, in Azure’s time',
  async (kind, world, minutes) => {
    const run = m.rolling(kind, world, { azureNow })
    run.next('patchPool', undefined, breaks())
    await run.ends().catch(() => undefined)
    const [lease] = leasesSent(run.sent('patchPool'))
    expect(lease).toMatchObject({ nonce: CONTEXT.nonce, runId: CONTEXT.runId, repository: CONTEXT.repository })
    expect(lease?.until).toBe(new Date(azureNow() + (minutes + 15) * MINUTE).toISOString())
    expect(leaseState(lease, { ...OTHER_RUN }, azureNow())).toBe('held')
  }
)

test.each<[string, object, number]>([
  ['its first resize may take', { resizeTimeout: 'PT45M' }, 45],
  ['nothing is said of', {}, 20]
])('a pool is created with the lease, for as long as %s', async (_, timeout, minutes) => {
  const scaleSettings = { fixedScale: { targetDedicatedNodes: 12, targetLowPriorityNodes: 8, ...timeout } }
  const plan = m.newPoolPlan({ pool: { scaleSettings, metadata: [FOREIGN] } })
  const run = m.rolling('create-pool', { pool: undefined }, { plan, azureNow })
  expect(await run.ends()).toBe('created; Resizing')
  const [lease] = leasesSent(run.sent('createPool'))
  expect(lease?.until).toBe(new Date(azureNow() + (minutes + 15) * MINUTE).toISOString())
  expect(run.pool().metadata).toContainEqual(FOREIGN)
  expect(isHeld(run)).toBe(true)
})

const propertiesOf = (plan: Plan): JsonObject => stepOf(plan, 'create-pool').body.properties as JsonObject

test.each<[string, JsonObject]>([
  ['a formula', { autoScale: { formula: '$TargetDedicatedNodes=1' } }],
  ['a time that can’t be read', { fixedScale: { resizeTimeout: 'soon' } }],
  ['no time', { fixedScale: { targetDedicatedNodes: 1 } }]
])('a pool that is created with %s is held for a quarter of an hour', async (_, scaleSettings) => {
  const plan = m.newPoolPlan()
  const run = m.rolling(
    'create-pool',
    { pool: undefined },
    { plan, step: { body: { properties: { ...propertiesOf(plan), scaleSettings } } } }
  )
  await run.ends()
  expect(leasesSent(run.sent('createPool'))[0]?.until).toBe(new Date(AT + 15 * MINUTE).toISOString())
})

test('the last change takes it off, and nothing of others', async () => {
  const run = m.rolling(
    'finish-pool',
    { pool: m.mixedPool({ imageId: m.NEW, metadata: leased(CONTEXT) }) },
    { known: knowing({ isHeld: true }) }
  )
  expect(await run.ends()).toBe('released, with 12 dedicated and 8 low-priority nodes')
  expect(run.pool().metadata.map(({ name }) => name)).toEqual(['team', 'batch-image-rollout'])
  expect(isHeld(run)).toBe(false)
})

test('a change that is planned without a lease takes none, and says so of a pool that is made', async () => {
  const step = { metadata: { set: [], remove: [] } }
  const run = m.rolling('change-pool-image', { pool: m.atZero({ metadata: [] }) }, { step })
  await run.ends()
  expect([leaseOf(run.pool().metadata), isHeld(run)]).toEqual([undefined, false])
  const plan = m.newPoolPlan({ pool: { scaleSettings: undefined } })
  const created = m.rolling('create-pool', { pool: undefined }, { plan })
  await created.ends()
  expect([leaseOf(created.pool().metadata), isHeld(created)]).toEqual([undefined, false])
})

test.each(WRITERS)('%s changes nothing of a pool that another run holds, and says which', async (kind, world) => {
  const pool = { ...(world.pool ?? m.mixedPool()), metadata: leased({ ...OTHER_RUN, repository: 'other/farm' }) }
  const run = m.rolling(kind, { ...world, pool }, { azureNow })
  const error = (await run.fails()) as RunError
  expect(error.reason).toBe('pool-leased')
  expect(error.message).toContain('run 4000 attempt 2 of other/farm is at work on the pool')
  expect([run.changes(), run.pool()]).toEqual([[], pool])
})

test.each<[string, RunContext, number]>([
  ['ran out by Azure’s time', OTHER_RUN, AT + AHEAD - 1],
  ['is of an earlier attempt of this run', { ...CONTEXT, runAttempt: 0, nonce: 'earlier' }, AT + AHEAD + HOUR]
])('a lease that %s is taken over, and said', async (_, context, until) => {
  const run = m.rolling('change-pool-image', { pool: m.atZero({ metadata: leased(context, until) }) }, { azureNow })
  await run.ends()
  expect(run.one.said).toContainEqual(
    `pool: taken over from run ${context.runId} attempt ${context.runAttempt} of pixel/farm, whose lease ran until ${new Date(until).toISOString()}`
  )
  expect(leaseOf(run.pool().metadata)?.nonce).toBe(CONTEXT.nonce)
})

test('its own lease is no news', async () => {
  const run = m.rolling(
    'change-pool-image',
    { pool: m.atZero({ metadata: leased(CONTEXT) }) },
    { known: knowing({ isHeld: true }) }
  )
  await run.ends()
  expect(run.one.said).toEqual([])
})

test.each(WRITERS)('%s stops when somebody has taken this run’s lease off', async (kind, world) => {
  const run = m.rolling(kind, world, { known: knowing({ isHeld: true }) })
  const error = (await run.fails()) as RunError
  expect([error.reason, error.message, run.changes()]).toEqual([
    'pool-leased',
    'pool render: the lease of this run was taken off',
    []
  ])
})

test('before a resize is stopped the lease is looked at, for Batch takes no condition with that', async () => {
  const foreign = m.rolling('drain-pool', {
    pool: m.mixedPool({ allocationState: 'Resizing', metadata: leased(OTHER_RUN) })
  })
  await expect(foreign.time.run(stopResize(foreign.one.run, POOL_ADDRESS))).rejects.toMatchObject({
    reason: 'pool-leased'
  })
  expect(foreign.changes()).toEqual([])
  const own = m.rolling('drain-pool', { pool: m.mixedPool({ allocationState: 'Resizing', metadata: leased(CONTEXT) }) })
  await own.time.run(stopResize(own.one.run, POOL_ADDRESS))
  expect(own.changes()).toEqual(['stopResize'])
})

test.each(['Steady', 'Stopping'])('a pool that is %s has no resize to be stopped', async allocationState => {
  const run = m.rolling('drain-pool', { pool: m.mixedPool({ allocationState }) })
  expect(await run.time.run(stopResize(run.one.run, POOL_ADDRESS))).toMatchObject({ allocationState })
  expect(run.changes()).toEqual([])
})

const renewed = async (left: number | undefined, change: Partial<Pool> = {}) => {
  const metadata = left === undefined ? [FOREIGN] : leased(CONTEXT, azureNow() + left)
  const run = m.rolling('scale-pool', { pool: m.mixedPool({ metadata, ...change }) }, { azureNow })
  await run.time.run(renewLease(run.one.run, run.step, run.pool()))
  return leasesSent(run.sent('patchPool')).map(lease => lease?.until)
}
const ANEW = new Date(AT + AHEAD + 15 * MINUTE).toISOString()

test('a lease with less than five minutes left is renewed while nodes are awaited; one with more is let be', async () => {
  expect(await renewed(5 * MINUTE - 1)).toEqual([ANEW])
  expect(await renewed(5 * MINUTE)).toEqual([])
  expect(await renewed(undefined)).toEqual([ANEW])
})

test('while a pool resizes no lease is renewed: it outlasts the resize', async () => {
  expect(await renewed(0, { allocationState: 'Resizing' })).toEqual([])
})

test('what somebody writes into the metadata meanwhile (412) is kept, under the ETag that it has then', async () => {
  const run = m.rolling('change-pool-image', { pool: m.atZero() })
  const theirs = { name: 'their-note', value: 'x' }
  run.next('patchPool', () => run.becomes({ metadata: [FOREIGN, theirs] }))
  expect(await run.ends()).toBe('Batch took it')
  expect(run.pool().metadata).toEqual(expect.arrayContaining([FOREIGN, theirs]))
  expect(run.asked.filter(({ name }) => name === 'patchPool').map(({ under }) => under)).toEqual(['W/"5"', 'W/"6"'])
})

const OTHER_SCALE = { ...m.ZERO, targetLowPriorityNodes: 1 } as Pool['scale']

test.each<[string, Partial<Pool>, string]>([
  ['another image', { imageId: m.NEW.replace('1.0.0', '7.0.0') }, 'pool-changed'],
  ['another number of low-priority nodes', { scale: OTHER_SCALE }, 'pool-changed'],
  ['a formula', { scale: m.FORMULA }, 'pool-changed'],
  ['another run’s lease', { metadata: leased(OTHER_RUN) }, 'pool-leased'],
  ['its deletion', { provisioningState: 'Deleting' }, 'pool-changed']
])('a pool that gets %s meanwhile (412) is not written to', async (_, change, reason) => {
  const run = m.rolling('change-pool-image', { pool: m.atZero() })
  run.next('patchPool', () => run.becomes(change))
  expect(await run.fails()).toMatchObject({ reason })
  expect(run.sent('patchPool')).toHaveLength(1)
})

test('a write that Batch has taken, though its answer was lost, is not sent a second time', async () => {
  const run = m.rolling('change-pool-image', { pool: m.atZero() })
  const { patchPool } = run.azure.batch
  let isLost = true
  run.azure.batch.patchPool = async (...args) => {
    const taken = await patchPool(...args)
    if (isLost) {
      isLost = false
      refuses(412)()
    }
    return taken
  }
  expect(await run.ends()).toBe('Batch took it')
  expect(run.sent('patchPool')).toHaveLength(1)
  expect(isHeld(run)).toBe(true)
})

test('whoever comes between each time is told as somebody who keeps changing the pool', async () => {
  const run = m.rolling('change-pool-image', { pool: m.atZero() })
  run.always('patchPool', refuses(412, 'UpdateConditionNotSatisfied'))
  const error = (await run.fails()) as RunError
  expect(error).toMatchObject({
    reason: 'pool-changed',
    wayOut: expect.stringContaining('somebody else keeps changing')
  })
  expect(error.cause).toMatchObject({ status: 412 })
})

test.each<[string, () => void, object]>([
  [
    'that the pool is being deleted',
    refuses(409, 'PoolBeingDeleted'),
    { reason: 'pool-changed', wayOut: expect.stringContaining('who deletes it') }
  ],
  ['that it won’t have the body', refuses(400, 'InvalidPropertyValue'), { reason: 'pool-refused' }],
  ['that the role is missing', refuses(403, 'AuthorizationFailed'), { status: 403 }],
  ['that it resizes', refuses(409, 'PoolBeingResized'), { status: 409 }],
  ['nothing', fails(), { code: 'ECONNRESET' }]
])('Batch’s refusal is told as what it means: %s', async (_, refusal, told) => {
  const plan = m.newPoolPlan()
  const run = m.rolling('create-pool', { pool: undefined }, { plan })
  run.next('createPool', refusal)
  const error = await run.fails()
  expect(error).toMatchObject(told)
  expect(error.message).not.toContain('Azure Compute Gallery')
  expect(isHeld(run)).toBe(false)
})

test('a managed image that Batch refuses gets the advice of a gallery; any other refusal of such a pool doesn’t', async () => {
  const step = { apiVersion: '2019-08-01' as const }
  const refused = async (refusal: () => void) => {
    const run = m.rolling('create-pool', { pool: undefined }, { plan: m.newPoolPlan(), step })
    run.next('createPool', refusal)
    return (await run.fails()) as RunError
  }
  expect(await refused(refuses(400, 'InvalidRequest'))).toMatchObject({
    reason: 'pool-refused',
    wayOut: expect.stringContaining('Batch takes custom images only from an Azure Compute Gallery')
  })
  expect((await refused(refuses(409, 'PoolExists'))).wayOut).not.toContain('Azure Compute Gallery')
})

test('a pool speaks the api-version of its step', async () => {
  const step = { apiVersion: '2019-08-01' as const }
  const run = m.rolling('create-pool', { pool: undefined }, { plan: m.newPoolPlan(), step })
  await run.ends()
  const other = m.rolling('change-pool-image', { pool: m.atZero() }, { step })
  await other.ends()
  const spoken = [...run.asked, ...other.asked].filter(({ name }) => /^(getPool|createPool)$/.test(name))
  expect(spoken.map(({ under }) => under)).toEqual(['2019-08-01', '2019-08-01'])
})

test.each<[string, Pool | undefined, string]>([
  ['is gone', undefined, 'the pool is gone'],
  ['is being deleted', m.atZero({ provisioningState: 'Deleting' }), 'pool render is being deleted']
])('a pool that %s is told as changed by somebody', async (_, pool, message) => {
  const run = m.rolling('change-pool-image', { pool })
  expect(await run.fails()).toMatchObject({ reason: 'pool-changed', message })
  expect(run.changes()).toEqual([])
})
