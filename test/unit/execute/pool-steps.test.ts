/** A pool is made, changed, given its image, and let go of or handed to its formula. */
import { expect, test } from '@jest/globals'
import { poolKnown, type Execution } from '../../../src/execute/context.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Pool } from '../../../src/model/observed.ts'
import { leaseOf, withLease } from '../../../src/rules/lease.ts'
import { breaks, refuses } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { AT, CONTEXT, OTHER_RUN } from '../../support/observed-fixtures.ts'
import { knowing } from '../../support/one-step.ts'

const { MINUTE, HOUR, FOREIGN, FULL, ZERO, FORMULA } = m
const ZERO_NODES = { scale: ZERO, currentDedicatedNodes: 0, currentLowPriorityNodes: 0 }
const minutesIn = ({ time }: { time: { clock: { now(): number } } }): number => (time.clock.now() - AT) / MINUTE

/** Batch answers a change by 200, and makes nothing, or not all, of it. */
function leavesUndone(run: m.Rolling<never>, kept: (body: JsonObject) => JsonObject): void {
  const { patchPool } = run.azure.batch
  run.azure.batch.patchPool = (id, body, condition) => patchPool(id, kept(body), condition)
}
const metadataAlone = ({ properties }: JsonObject): JsonObject => ({
  properties: { metadata: (properties as JsonObject).metadata ?? [] }
})

const patchPlan = () =>
  m.rolloutPlan({
    seen: { pool: m.mixedPool({ imageId: m.NEW }) },
    pool: { startTask: { commandLine: 'mount -a -o ro', maxTaskRetryCount: 2 } }
  })

test('a changed property is written over what is there, beside everybody’s metadata, and its nodes stay', async () => {
  const run = m.rolling('patch-pool', { pool: m.mixedPool({ imageId: m.NEW }) }, { plan: patchPlan() })
  expect(await run.ends()).toBe('Batch took it')
  // What the answer shows is not looked at once more.
  expect(run.asked.filter(({ name }) => name === 'getPool')).toHaveLength(1)
  const { properties } = run.pool().body as { properties: { startTask: object } }
  expect(properties.startTask).toEqual({ commandLine: 'mount -a -o ro', maxTaskRetryCount: 2 })
  expect(run.pool()).toMatchObject({
    scale: FULL,
    currentLowPriorityNodes: 8,
    metadata: expect.arrayContaining([FOREIGN])
  })
})

test.each<[string, Partial<Pool>]>([
  ['image', { imageId: m.OLD }],
  ['low-priority target', { scale: { ...FULL, targetLowPriorityNodes: 0 } as Pool['scale'] }],
  ['formula', { scale: FORMULA }]
])('a pool whose %s has changed since the plan is not written to', async (_, change) => {
  const run = m.rolling('patch-pool', { pool: m.mixedPool({ imageId: m.NEW, ...change }) }, { plan: patchPlan() })
  expect(await run.fails()).toMatchObject({ reason: 'pool-changed' })
  expect(run.changes()).toEqual([])
})

test('what Batch answered well and left as it was is said, kept for the end of the run, and noted with the next write', async () => {
  const run = m.rolling('patch-pool', { pool: m.mixedPool({ imageId: m.NEW }) }, { plan: patchPlan() })
  leavesUndone(run as never, metadataAlone)
  expect(await run.ends()).toBe('Batch took it, and left as it was: startTask.commandLine, startTask.maxTaskRetryCount')
  expect(poolKnown(run.one.run, run.step).unmade).toMatchObject({
    stepId: 'patch-pool',
    rows: [{ path: 'startTask.commandLine' }, { path: 'startTask.maxTaskRetryCount' }]
  })
  await run.ends()
  expect(run.pool().metadata.map(({ name }) => name)).toContain('batch-image-rollout-unmade')
})

test('an answer that is behind is not taken for a change that wasn’t made', async () => {
  const run = m.rolling('patch-pool', { pool: m.mixedPool({ imageId: m.NEW }) }, { plan: patchPlan() })
  const { patchPool } = run.azure.batch
  run.azure.batch.patchPool = async (...args) => {
    const before = run.pool()
    await patchPool(...args)
    return before
  }
  expect(await run.ends()).toBe('Batch took it')
  expect(poolKnown(run.one.run, run.step).unmade).toBeUndefined()
})

test('of a pool that was made, too, what Batch left out is kept for the end', async () => {
  const run = m.rolling('create-pool', { pool: undefined }, { plan: m.newPoolPlan({ pool: { taskSlotsPerNode: 4 } }) })
  const { createPool } = run.azure.batch
  run.azure.batch.createPool = (id, body, version) => {
    const { taskSlotsPerNode: _, ...properties } = body.properties as JsonObject
    return createPool(id, { ...body, properties }, version)
  }
  expect(await run.ends()).toBe('created; Resizing')
  expect(poolKnown(run.one.run, run.step).unmade).toMatchObject({
    stepId: 'create-pool',
    rows: [{ path: 'taskSlotsPerNode' }]
  })
})

test('a secret of the environment is put in as late as can be, into body and metadata; the plan never has it', async () => {
  const own = {
    startTask: { commandLine: 'x', environmentSettings: [{ name: 'KEY', value: '${env:FARM_KEY}' }] },
    metadata: [{ name: 'key', value: '${env:FARM_KEY}' }]
  }
  const env = { FARM_KEY: 'p4ss' }
  const made = m.rolling('create-pool', { pool: undefined }, { plan: m.newPoolPlan({ pool: own }), env })
  await made.ends()
  const seen = { pool: m.mixedPool({ imageId: m.NEW }) }
  const changed = m.rolling('patch-pool', seen, { plan: m.rolloutPlan({ seen, pool: own }), env })
  await changed.ends()
  for (const run of [made, changed]) {
    expect(run.pool().metadata).toContainEqual({ name: 'key', value: 'p4ss' })
    expect(JSON.stringify(run.pool().body)).toContain('"KEY","value":"p4ss"')
    expect(JSON.stringify(run.plan)).not.toContain('p4ss')
  }
})

test('a pool that has got a property with a secret since is not written over: no answer shows it, and it would be lost', async () => {
  const registry = {
    containerRegistries: [{ username: 'pull', registryServer: 'farm.example' }],
    type: 'DockerCompatible'
  }
  const { deploymentConfiguration } = m.atZero().body.properties as { deploymentConfiguration: JsonObject }
  const { virtualMachineConfiguration } = deploymentConfiguration as { virtualMachineConfiguration: JsonObject }
  const run = m.rolling(
    'change-pool-image',
    {
      pool: m.mixedPool({
        ...ZERO_NODES,
        properties: {
          deploymentConfiguration: {
            virtualMachineConfiguration: { ...virtualMachineConfiguration, containerConfiguration: registry }
          }
        }
      })
    },
    { plan: withoutDrain() }
  )
  expect(await run.fails()).toMatchObject({
    reason: 'pool-changed',
    message: expect.stringMatching(/^pool render has since got .*containerRegistries\[.*password/),
    wayOut: expect.stringContaining('pool spec')
  })
  expect(run.changes()).toEqual([])
})

test('the image is changed at zero nodes, as the pool was left by this run, or was found', async () => {
  const run = m.rolling('change-pool-image', { pool: m.atZero() })
  expect(await run.ends()).toBe('Batch took it')
  expect(run.pool()).toMatchObject({ imageId: m.NEW, scale: ZERO })
})

/** The plan of a pool that another run has emptied. */
function withoutDrain() {
  const { steps, ...plan } = m.rolloutPlan()
  return { ...plan, steps: steps.slice(1) }
}

/** Emptied by this run, and leased. */
const emptied = (change: Partial<Pool> = {}): Pool =>
  m.atZero({ metadata: withLease([FOREIGN], CONTEXT, AT + HOUR), ...change })

test.each<[string, Partial<Pool>, object]>([
  ['has another image', { imageId: m.NEW.replace('1.0.0', '7.0.0') }, { scale: ZERO }],
  ['has got low-priority nodes from somebody', { scale: { ...ZERO, targetLowPriorityNodes: 2 } as Pool['scale'] }, {}],
  ['has a formula', { scale: FORMULA }, { scale: FORMULA }]
])('a pool that by then %s gets neither the image nor its former scale', async (_, change, stays) => {
  const run = m.rolling('change-pool-image', { pool: emptied(change) })
  expect(await run.fails()).toMatchObject({ reason: 'pool-changed' })
  expect([run.changes(), run.pool()]).toEqual([[], expect.objectContaining(stays)])
})

test('the image that the pool is to get must be there: the pool isn’t asked to take one that is gone', async () => {
  const run = m.rolling('change-pool-image', { pool: emptied(), versions: {} })
  expect(await run.fails()).toMatchObject({ reason: 'image-failed' })
  expect(run.changes()).toEqual([])
})

test.each<[string, Pool, Partial<Execution>, () => void, string]>([
  ['Batch refuses its image', emptied(), {}, refuses(400, 'InvalidImage'), 'pool-refused'],
  ['somebody has taken its lease off', m.atZero(), { known: knowing({ isHeld: true }) }, () => undefined, 'pool-leased']
])('where %s the step fails, and leaves the undoing to the plan', async (_, pool, change, meets, reason) => {
  const run = m.rolling('change-pool-image', { pool }, change)
  run.next('patchPool', meets)
  expect(await run.fails()).toMatchObject({ reason })
  expect([run.pool().scale, run.pool().imageId, run.sent('patchPool').length <= 1]).toEqual([ZERO, m.OLD, true])
})

const finished = (change: Partial<Pool> = {}) =>
  m.rolling('finish-pool', {
    pool: m.mixedPool({ imageId: m.NEW, metadata: withLease([FOREIGN], CONTEXT, AT + HOUR), ...change })
  })

test('a pool that still resizes is let go of when it is steady, and that is said once', async () => {
  const run = finished({ allocationState: 'Resizing' })
  run.time.later(5 * MINUTE, () => run.becomes({ allocationState: 'Steady' }))
  expect(await run.ends()).toBe('released, with 12 dedicated and 8 low-priority nodes')
  expect(run.one.said).toEqual(['finish-pool: the pool is Resizing; its last change waits until it is steady'])
  expect(minutesIn(run)).toBeGreaterThanOrEqual(5)
})

test('a resize that begins just then (409) is waited for', async () => {
  const run = finished()
  run.next('patchPool', refuses(409, 'PoolBeingResized'))
  await run.ends()
  expect([run.changes(), leaseOf(run.pool().metadata)]).toEqual([['patchPool', 'patchPool'], undefined])
})

test('what only lets go is tried a second time, and no third', async () => {
  const once = finished()
  once.next('patchPool', refuses(500, 'InternalServerError'))
  await once.ends()
  expect(once.one.said).toContainEqual(expect.stringMatching(/^finish-pool: .*InternalServerError.*; tried once more$/))
  expect(leaseOf(once.pool().metadata)).toBeUndefined()
  const twice = finished()
  twice.always('patchPool', breaks())
  await twice.fails()
  expect(twice.changes()).toEqual(['patchPool', 'patchPool'])
})

test('nothing is tried again once the run is cancelled', async () => {
  const run = finished()
  run.next('patchPool', () => {
    run.one.abort.abort(new Error('cancelled'))
    throw run.one.abort.signal.reason
  })
  await run.fails()
  expect(run.changes()).toEqual(['patchPool'])
})

const CANARY = { currentDedicatedNodes: 1, currentLowPriorityNodes: 0, imageId: m.NEW }
const SHORT = { code: 'InsufficientSampleData', message: 'no samples', details: [] }

/** A pool with its canary, which is to be handed to its formula. `runs`: evaluations, by the minute. */
function handedOver(runs: [minute: number, error?: typeof SHORT][], change: Partial<Pool> = {}) {
  const { formula, evaluationInterval } = FORMULA as Extract<Pool['scale'], { kind: 'auto' }>
  const plan = m.newPoolPlan({ pool: { scaleSettings: { autoScale: { formula, evaluationInterval } } } })
  const pool = m.mixedPool({ ...CANARY, scale: { ...ZERO, targetDedicatedNodes: 1 } as Pool['scale'], ...change })
  const run = m.rolling('finish-pool', { pool }, { plan })
  for (const [minute, error] of runs) {
    const evaluationTime = new Date(AT + minute * MINUTE).toISOString()
    run.time.later(minute * MINUTE, () =>
      run.becomes({ autoScaleRun: { evaluationTime, ...(error && { error }) }, currentLowPriorityNodes: 8 })
    )
  }
  return run
}

test('the formula is written, and its first evaluation awaited', async () => {
  const run = handedOver([[4]], { autoScaleRun: { evaluationTime: '2026-11-01T00:00:00Z', error: SHORT } })
  expect(await run.ends()).toBe('the formula rules; 1 dedicated and 8 low-priority nodes now')
  expect(run.pool().scale).toEqual(FORMULA)
  expect(run.one.said).toEqual([
    'finish-pool: the formula’s first evaluation is awaited, until 2026-11-23 09:10:00 UTC at the longest'
  ])
})

test('an evaluation without samples is followed by two more, each with its own time', async () => {
  const run = handedOver([[9, SHORT], [18, SHORT], [27]])
  expect(await run.ends()).toContain('the formula rules')
  expect(run.one.said.slice(1)).toEqual([
    'finish-pool: InsufficientSampleData: no samples; the next evaluation is waited for',
    'finish-pool: InsufficientSampleData: no samples; the next evaluation is waited for'
  ])
})

test('a third one that fails ends the run, and says what the formula should ask', async () => {
  const run = handedOver([[4, SHORT], [8, SHORT], [12, SHORT], [16]])
  expect(await run.fails()).toMatchObject({
    reason: 'autoscale-failed',
    message: 'the formula could not be evaluated: InsufficientSampleData: no samples',
    wayOut: expect.stringContaining('GetSamplePercent')
  })
  expect(Math.floor(minutesIn(run))).toBe(12)
})

test('what passes by itself, and hasn’t at the third time, is left to a later run', async () => {
  const late = { ...SHORT, code: 'AllocationTimedout' }
  const run = handedOver([
    [4, late],
    [8, late],
    [12, late]
  ])
  expect(await run.fails()).toMatchObject({ wayOut: expect.stringMatching(/^run again later; the nodes stay/) })
})

test.each([
  ['AutoScalingFormulaEvaluationError', 'correct autoScale.formula'],
  ['AccountCoreQuotaReached', 'ask for more quota']
])('%s is no error that passes: the first ends the run', async (code, wayOut) => {
  const run = handedOver([[4, { ...SHORT, code }], [8]])
  expect(await run.fails()).toMatchObject({ reason: 'autoscale-failed', wayOut: expect.stringContaining(wayOut) })
})

test('a formula that isn’t evaluated in its interval and five minutes ends the run', async () => {
  const run = handedOver([[11]])
  expect(await run.fails()).toMatchObject({
    reason: 'autoscale-failed',
    message: 'the formula was not evaluated within 10 minutes'
  })
  expect(Math.floor(minutesIn(run))).toBe(10)
})

test('a pool that another run has taken over gets no formula', async () => {
  const run = handedOver([], { metadata: withLease([FOREIGN], OTHER_RUN, AT + HOUR) })
  expect(await run.fails()).toMatchObject({ reason: 'pool-leased' })
  expect(run.changes()).toEqual([])
})
