/** A plan on a fake Azure from its first step to its outcome: what a run undoes at once, at its end, and says of it. */
import { expect, test } from '@jest/globals'
import type { Guarded } from '../../src/guarded.ts'
import { RunError } from '../../src/model/failure.ts'
import type { StepEntry } from '../../src/model/journal.ts'
import type { Pool } from '../../src/model/observed.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { Plan } from '../../src/model/plan.ts'
import { runPlan } from '../../src/performing.ts'
import { leaseOf } from '../../src/rules/lease.ts'
import { written } from '../support/fake-azure/batch.ts'
import { breaks, fakeAzure, refuses, type World } from '../support/fake-azure/index.ts'
import * as m from '../support/mixed-pool.ts'
import * as f from '../support/observed-fixtures.ts'

const { MINUTE, FOREIGN, FULL, ZERO, FORMULA, NEW, OLD } = m
const { AT, CONTEXT } = f

/** A rollout that empties its pool, on the pool that it was planned for. */
function performing(world: World = {}, plan: Plan = m.rolloutPlan()) {
  const fake = fakeAzure({ pool: m.mixedPool(), versions: { '1.0.0': f.version('1.0.0') }, ...world })
  const log: string[] = []
  const journal: StepEntry[] = []
  const cancel = new AbortController()
  const deps = {
    clock: fake.time.clock,
    env: {},
    context: CONTEXT,
    journal: { write: (entry: StepEntry) => void journal.push(entry), undoingBegins: () => undefined },
    log: { say: (line: string) => void log.push(line), debug: () => undefined }
  } as unknown as Guarded
  const { azure } = fake
  const { signal } = cancel
  const given = { azure, spec: f.runOf(f.rolloutOnlySpec()), plan, observed: [f.rolloutObserved()], startedAt: AT }
  return {
    ...fake,
    log,
    journal,
    cancelAt: (ms: number) =>
      fake.time.later(ms, () =>
        cancel.abort(new RunError({ reason: 'cancelled', message: 'cancelled', wayOut: 'run again' }))
      ),
    becomes: (change: Partial<Pool>) => void (fake.world.pool = written(fake.world.pool!, change)),
    pool: () => fake.world.pool!,
    outcome: () => fake.time.run(runPlan(deps, { ...given, signal, cancelled: signal }))
  }
}

const undone = ({ undone: all }: Outcome): string[] => all.map(({ id, status }) => `${id} ${status}`)
const DEFECT = 'a defect of this action: TypeError: x is undefined'
const BACK = 'the pool got its former scale back, kept its image, and has 12 dedicated and 8 low-priority nodes'

test('a run that goes well undoes nothing', async () => {
  const run = performing()
  const outcome = await run.outcome()
  expect([outcome.ok, outcome.undone, leaseOf(run.pool().metadata)]).toEqual([true, [], undefined])
})

test.each<[string, Pool['scale'], string]>([
  ['its former scale', FULL, BACK],
  ['its formula', FORMULA, 'the pool got its former scale back, kept its image, and has 2 dedicated nodes']
])(
  'a drain that isn’t over in its time gives the pool %s back, and the failure says what it has by then',
  async (_, scale, said) => {
    const plan = m.rolloutPlan({ seen: { pool: m.mixedPool({ scale }) } })
    const run = performing({ pool: m.mixedPool({ scale }), busy: 2, takes: { resize: 3 * MINUTE } }, plan)
    const outcome = await run.outcome()
    expect(outcome.failure).toMatchObject({
      reason: 'drain-timeout',
      step: 'drain-pool',
      message: `2 dedicated nodes left, and the drain-timeout is up; ${said}`
    })
    expect(undone(outcome)).toEqual(['restore-pool done'])
    expect(run.pool()).toMatchObject({ scale, imageId: OLD, metadata: [FOREIGN] })
    expect(outcome.pools[0]?.isRestored).toBe(true)
  }
)

test('so does one that a person stops', async () => {
  const run = performing({ busy: 3 })
  run.time.later(20 * MINUTE, () => void run.azure.batch.stopResize(f.POOL, '2025-06-01'))
  const { failure } = await run.outcome()
  expect(failure?.reason).toBe('pool-changed')
  expect(failure?.message).toContain('somebody else has stopped the drain; the pool got its former scale back')
  expect([run.pool().scale, run.pool().imageId]).toEqual([FULL, OLD])
})

test('so does one that fails in between, whose resize is stopped first', async () => {
  const run = performing({ busy: 3 })
  run.time.later(20 * MINUTE, () => run.next('getPool', breaks()))
  const outcome = await run.outcome()
  expect(outcome.failure?.message).toBe(`${DEFECT}; ${BACK}`)
  expect([run.changes(), run.pool().scale]).toEqual([['patchPool', 'stopResize', 'patchPool'], FULL])
})

test.each<[string, (run: ReturnType<typeof performing>) => void, string]>([
  ['whose image Batch refuses', run => run.next('patchPool', undefined, refuses(400, 'InvalidImage')), 'pool-refused'],
  ['whose image is gone by then', run => run.next('patchPool', () => void (run.world.versions = {})), 'image-failed'],
  [
    'whose lease somebody has taken off, for nobody holds it then',
    run => run.time.later(30_000, () => run.becomes({ metadata: [FOREIGN] })),
    'pool-leased'
  ]
])('so does a pool that is emptied, %s', async (_, set, reason) => {
  const run = performing()
  set(run)
  const outcome = await run.outcome()
  expect([outcome.failure?.reason, outcome.failure?.step]).toEqual([reason, 'change-pool-image'])
  expect(undone(outcome)[0]).toBe('restore-pool done')
  expect(run.pool()).toMatchObject({ scale: FULL, imageId: OLD, metadata: [FOREIGN], currentLowPriorityNodes: 8 })
})

test('a pool that has its new image though the step failed keeps zero nodes: they only ever come in waves', async () => {
  const run = performing()
  const { patchPool } = run.azure.batch
  run.azure.batch.patchPool = async (...args) => {
    const before = run.pool().imageId
    const patched = await patchPool(...args)
    if (patched.imageId !== before) throw new TypeError('x is undefined')
    return patched
  }
  const outcome = await run.outcome()
  expect(outcome.failure?.message).toMatch(
    /x is undefined; the pool keeps its scale, and is released; not all its nodes are back/
  )
  expect(run.pool()).toMatchObject({ imageId: NEW, scale: ZERO })
  expect(leaseOf(run.pool().metadata)).toBeUndefined()
})

test('what somebody else asks for meanwhile is left to them', async () => {
  const run = performing({ busy: 3 })
  const scale = { ...ZERO, targetLowPriorityNodes: 2 } as Pool['scale']
  run.time.later(20 * MINUTE, () => run.becomes({ allocationState: 'Steady', scale }))
  const { failure } = await run.outcome()
  expect([failure?.reason, run.pool().scale]).toEqual(['pool-changed', scale])
})

test('a pool that another run has taken over by then is that run’s', async () => {
  const run = performing({ busy: 3 })
  const theirs = { ...f.OTHER_RUN, until: '2026-11-24T00:00:00Z' }
  const metadata = [FOREIGN, { name: 'batch-image-rollout-lease', value: JSON.stringify(theirs) }]
  run.time.later(30 * MINUTE, () => run.becomes({ metadata }))
  const outcome = await run.outcome()
  expect([run.changes(), run.pool().metadata]).toEqual([['patchPool'], metadata])
  expect(run.log.join('\n')).not.toContain('not undone')
  expect(outcome.failure?.message).not.toContain('the pool')
})

test('where nothing was asked of Batch there is nothing to undo', async () => {
  const run = performing()
  run.next('patchPool', refuses(409, 'OperationNotAllowed'))
  await run.outcome()
  expect([run.changes(), run.pool().scale, run.log.join('\n').includes('not undone')]).toEqual([
    ['patchPool'],
    FULL,
    false
  ])
})

test('what couldn’t be undone at once is tried again at the end, and not a third time', async () => {
  const run = performing({ busy: 3 })
  run.time.later(20 * MINUTE, () => run.next('getPool', breaks(), breaks()))
  const outcome = await run.outcome()
  expect([outcome.failure?.message, undone(outcome)]).toEqual([DEFECT, ['restore-pool failed', 'restore-pool done']])
  expect(run.pool().scale).toEqual(FULL)
  expect(run.journal.filter(({ step }) => step === 'restore-pool').map(({ event }) => event)).toEqual([
    'begin',
    'fail',
    'begin',
    'end'
  ])
})

test('what fails both times is said, and why the run failed is told all the same', async () => {
  const run = performing({ busy: 3 })
  run.time.later(20 * MINUTE, () => run.always('getPool', breaks()))
  const outcome = await run.outcome()
  expect([outcome.failure?.message, undone(outcome)]).toEqual([DEFECT, ['restore-pool failed', 'restore-pool failed']])
  expect(run.log.filter(line => line.includes('not undone: x is undefined'))).toHaveLength(2)
})

test('a cancelled run stops its drain, and gives nothing back: the pool stays held for its post step', async () => {
  const run = performing({ busy: 3 })
  run.cancelAt(20 * MINUTE)
  const outcome = await run.outcome()
  expect([outcome.failure?.reason, undone(outcome)]).toEqual(['cancelled', ['stop-resize done']])
  expect(run.changes()).toEqual(['patchPool', 'stopResize'])
  expect(leaseOf(run.pool().metadata)?.nonce).toBe(CONTEXT.nonce)
  expect(run.log.at(-1)).toContain('the resize is stopped, at 12 dedicated and 8 low-priority nodes')
})

test('a cancelled run that has asked for nothing has no drain to stop', async () => {
  const run = performing({ pool: m.mixedPool({ allocationState: 'Resizing' }) })
  run.cancelAt(MINUTE)
  expect((await run.outcome()).failure?.reason).toBe('cancelled')
  expect(run.changes()).toEqual([])
})

test('a pool whose nodes have failed is released with a note of their image', async () => {
  const becomes: World['becomes'] = () => ({ state: 'starttaskfailed', errors: [], startTask: { exitCode: 1 } })
  const run = performing({ pool: undefined, becomes }, m.newPoolPlan())
  const outcome = await run.outcome()
  expect([outcome.failure?.reason, undone(outcome)]).toEqual(['nodes-unhealthy', ['release-pool done']])
  expect(run.pool().metadata).toContainEqual({ name: 'batch-image-rollout-failed', value: NEW })
  expect(leaseOf(run.pool().metadata)).toBeUndefined()
})

test('snapshots of a VM that has run meanwhile are deleted, and none besides; the VM is let go of', async () => {
  const plan = f.planOf(f.imageOnlySpec({ stopVm: true }), f.observed({ source: f.source({ powerState: 'running' }) }))
  const vm = { tags: { Team: 'fx' }, etag: '3', generalized: false, powerState: 'running' }
  const run = performing({ vm, snapshots: { foreign: f.snapshot('foreign') } }, plan)
  run.next('createSnapshot', () => void (run.world.vm = { ...run.world.vm!, powerState: 'running' }))
  const outcome = await run.outcome()
  expect([outcome.failure?.reason, outcome.failure?.step]).toEqual(['vm-failed', 'verify-vm-stopped'])
  expect(Object.keys(run.world.snapshots ?? {})).toEqual(['foreign'])
  expect(run.world.vm).toMatchObject({ powerState: 'running', tags: { Team: 'fx' } })
})
