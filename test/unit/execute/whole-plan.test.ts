/** A plan as a whole on a fake Azure: what is said and kept of its steps, and how it ends. */
import { expect, test } from '@jest/globals'
import { poolKnown } from '../../../src/execute/context.ts'
import { execute } from '../../../src/execute/execute.ts'
import type { StepEntry } from '../../../src/model/journal.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { breaks, fakeAzure, type World } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'
import { runOn } from '../../support/one-step.ts'

const { MINUTE } = m

function performing(plan: Plan, world: World) {
  const fake = fakeAzure(world)
  const one = runOn(fake, plan)
  const journal: StepEntry[] = []
  const deps = { ...one.run, journal: { write: (entry: StepEntry) => void journal.push(entry) } }
  return { ...fake, ...one, deps, journal, executed: () => fake.time.run(execute(deps, plan, one.abort.signal)) }
}

/** A new pool, without what is there of the version. */
const newPool = (pool: JsonObject = {}) =>
  performing(m.newPoolPlan({ pool }), { versions: { '1.0.0': f.version('1.0.0') } })

test('a rollout of both kinds of nodes goes through, each step said with its title and how it ended', async () => {
  const run = newPool()
  const { failure, steps, known } = await run.executed()
  expect(failure).toBeUndefined()
  expect(steps.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'create-pool done',
    'scale-pool done',
    'finish-pool done'
  ])
  expect(run.said.filter(line => line.startsWith('create-pool'))).toEqual([
    'create-pool: create pool render with 1 dedicated node',
    'create-pool: created; Resizing'
  ])
  const seen = poolKnown({ known }, { poolId: f.POOL })
  expect(seen.pool).toMatchObject({ currentDedicatedNodes: 12, currentLowPriorityNodes: 8 })
  expect(seen.nodes).toHaveLength(20)
})

test('its calls end with the run’s signal', async () => {
  const run = newPool()
  await run.executed()
  expect(run.boundTo).toEqual([run.abort.signal])
})

test('the journal names what a change is about, and has nothing of what only reads', async () => {
  const run = newPool()
  await run.executed()
  expect(run.journal.map(({ step, event, target }) => `${event} ${step} ${target.split('/').at(-1)}`)).toEqual(
    ['create-pool', 'scale-pool', 'finish-pool'].flatMap(id => [`begin ${id} render`, `end ${id} render`])
  )
  const verifies = m.rolloutPlan({ seen: { pool: m.mixedPool({ imageId: m.NEW }) } })
  const reading = performing(verifies, { pool: m.mixedPool({ imageId: m.NEW }), nodes: manyIdle() })
  await reading.executed()
  expect(verifies.steps.map(({ kind }) => kind)).toEqual(['verify-nodes'])
  expect(reading.journal).toEqual([])
})

const manyIdle = () => f.nodes(...Array.from({ length: 20 }, () => 'idle'))

test('a step that fails is said with why, and the journal has its failure', async () => {
  const run = newPool()
  run.next('createPool', breaks())
  const { failure, steps } = await run.executed()
  expect([failure?.step?.id, steps[0]?.note]).toEqual(['create-pool', 'x is undefined'])
  expect(run.said.at(-1)).toBe('create-pool: failed: x is undefined')
  expect(run.journal.map(({ event }) => event)).toEqual(['begin', 'fail'])
})

test('housekeeping that fails is said by its warning alone', async () => {
  const run = newPool()
  run.next('patchPool', undefined, undefined, breaks(), breaks())
  const { failure } = await run.executed()
  expect(failure).toBeUndefined()
  expect(run.warnings.map(({ step }) => step)).toEqual(['finish-pool'])
  expect(run.said.filter(line => line.startsWith('finish-pool: failed'))).toEqual([])
})

test('a journal that can’t be written any more stops nothing that is over', async () => {
  const run = newPool()
  run.deps.journal.write = ({ event }) => {
    if (event !== 'begin') throw new Error('no space left on device')
  }
  const { failure, steps } = await run.executed()
  expect([failure, steps.map(({ status }) => status)]).toEqual([undefined, ['done', 'done', 'done']])
  const failing = newPool()
  failing.deps.journal.write = run.deps.journal.write
  failing.next('createPool', breaks())
  expect((await failing.executed()).failure).toMatchObject({ error: { message: 'x is undefined' } })
})

test('a step that is long silent says what it is at, by its own last line', async () => {
  const run = newPool()
  run.world.becomes = () => ({ state: 'starting' })
  run.time.later(17 * MINUTE, () => {
    run.world.becomes = () => ({})
    run.world.nodes = (run.world.nodes ?? []).map(node => ({ ...node, state: 'idle' }))
  })
  await run.executed()
  const still = run.said.filter(line => line.includes('still, after'))
  expect(still.map(line => line.slice(0, 30))).toEqual(
    Array.from({ length: 3 }, () => expect.stringMatching(/^scale-pool: still, after (5|10|15)/))
  )
  expect(still[0]).toContain('1 starting')
})

test('what Batch answered well and left undone fails the step that wrote it, at the end of all', async () => {
  const run = newPool({ taskSlotsPerNode: 4 })
  const { createPool } = run.azure.batch
  run.azure.batch.createPool = (id, body, version) => {
    const { taskSlotsPerNode: _, ...properties } = body.properties as JsonObject
    return createPool(id, { ...body, properties }, version)
  }
  const { failure, steps } = await run.executed()
  expect(failure).toMatchObject({
    step: { id: 'create-pool' },
    error: {
      reason: 'pool-refused',
      message: 'pool render: Batch answered well, and left taskSlotsPerNode as it was',
      wayOut: expect.stringContaining('batch-image-rollout-unmade')
    }
  })
  expect(steps.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'create-pool failed',
    'scale-pool done',
    'finish-pool done'
  ])
  expect(run.world.pool?.metadata.map(({ name }) => name)).toContain('batch-image-rollout-unmade')
})

test('a failure of its own comes before that', async () => {
  const run = newPool({ taskSlotsPerNode: 4 })
  const { createPool } = run.azure.batch
  run.azure.batch.createPool = (id, body, version) => {
    const { taskSlotsPerNode: _, ...properties } = body.properties as JsonObject
    return createPool(id, { ...body, properties }, version)
  }
  run.next('patchPool', breaks())
  expect((await run.executed()).failure).toMatchObject({
    step: { id: 'scale-pool' },
    error: { message: 'x is undefined' }
  })
})

test('a cancellation is said of the step that it ends, and what had not begun is no failure', async () => {
  const run = newPool()
  run.time.later(MINUTE / 2, () => run.abort.abort(new Error('the run was cancelled')))
  const { failure, steps } = await run.executed()
  expect(failure).toMatchObject({ step: { id: 'scale-pool' }, error: { message: 'the run was cancelled' } })
  expect(steps.map(({ status }) => status)).toEqual(['done', 'cancelled', 'not-started'])
  expect(run.said.at(-1)).toBe('scale-pool: cancelled: the run was cancelled')
})

test('every kind of step has its own performer', async () => {
  const plans = [
    f.planOf(f.releaseSpec({ stopVm: true }), f.observed({ source: f.source({ powerState: 'running' }) })),
    m.rolloutPlan()
  ]
  const [release, inPlace] = plans.map(plan => plan.steps.map(({ kind }) => kind))
  const vm = { tags: {}, generalized: false, powerState: 'running' }
  const first = performing(plans[0]!, { vm })
  first.azure.gallery.putVersion = (id, body) => {
    const replication = {
      aggregatedState: 'Completed',
      regions: [{ region: 'eastus2', state: 'Completed', progress: 100 }]
    }
    const before = first.world.versions?.['1.0.0']
    const own = before?.tags ?? (body as { tags: Record<string, string> }).tags
    const { publishingProfile } = (body as { properties: { publishingProfile: { excludeFromLatest: boolean } } })
      .properties
    first.world.versions = {
      '1.0.0': f.version('1.0.0', {
        versionId: id,
        replication,
        tags: own,
        body,
        excludeFromLatest: publishingProfile.excludeFromLatest
      })
    }
    return Promise.resolve({ failure: async () => undefined })
  }
  const made = await first.executed()
  expect([made.failure, made.steps.every(({ status }) => status === 'done')]).toEqual([undefined, true])
  expect(first.world.snapshots).toEqual({})
  expect(first.world.vm).toMatchObject({ powerState: 'running', tags: {} })
  const second = performing(plans[1]!, {
    pool: m.mixedPool(),
    nodes: manyIdle(),
    versions: { '1.0.0': f.version('1.0.0') }
  })
  expect((await second.executed()).failure).toBeUndefined()
  expect(second.world.pool).toMatchObject({ imageId: m.NEW, metadata: [m.FOREIGN, { name: 'batch-image-rollout' }] })
  expect(new Set([...(release ?? []), ...(inPlace ?? [])])).toEqual(
    new Set([
      'stop-vm',
      'create-snapshot',
      'verify-vm-stopped',
      'start-vm',
      'create-image-version',
      'create-pool',
      'scale-pool',
      'finish-pool',
      'settle-image-version',
      'delete-snapshot',
      'update-image-version',
      'drain-pool',
      'change-pool-image'
    ])
  )
})
