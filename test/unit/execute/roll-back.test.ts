/** When the way back of a pool is taken, how it ends, and that nobody else’s work is overwritten by it. */
import { expect, test } from '@jest/globals'
import { poolKnown, type Execution, type KnownPool } from '../../../src/execute/context.ts'
import { rollBack, rollbackDue } from '../../../src/execute/roll-back.ts'
import { RunError, type FailureReason } from '../../../src/model/failure.ts'
import type { StepOutcome } from '../../../src/model/outcome.ts'
import type { Plan, PlannedRollback, Step } from '../../../src/model/plan.ts'
import { fakeAzure } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'
import { failureOf, knowing, performed, runOn, type OneRun } from '../../support/one-step.ts'

const { MINUTE, OLD, NEW, ZERO } = m

/** Batch shows what the pool is in its body too. */
const withImage = (imageId: string, change: Parameters<typeof f.pool>[0] = {}) => {
  const virtualMachineConfiguration = { imageReference: { id: imageId }, nodeAgentSKUId: 'batch.node.ubuntu 22.04' }
  const { properties, ...rest } = change
  return m.mixedPool({
    imageId: f.versionIdOf(imageId === OLD ? '0.9.0' : '1.0.0'),
    properties: { deploymentConfiguration: { virtualMachineConfiguration }, ...properties },
    ...rest
  })
}

const PLAN: Plan = m.rolloutPlan({
  seen: { pool: withImage(OLD), formerVersion: { found: f.version('0.9.0') } },
  rollout: { onFailure: 'auto' }
})
const rollbackOf = ({ rollbacks = [] }: Plan): PlannedRollback => {
  const [rollback] = rollbacks
  if (rollback === undefined) throw new Error('no way back is planned')
  return rollback
}
const BACK = rollbackOf(PLAN)
const scale = f.stepOf(PLAN, 'scale-pool')

const failing = (reason: FailureReason, details: string[] = []): RunError =>
  new RunError({ reason, message: 'no', wayOut: 'see', details })

const runFor = (
  known: Partial<KnownPool> = {},
  change: Partial<Execution> = {}
): OneRun & ReturnType<typeof fakeAzure> => {
  const fake = fakeAzure({ pool: withImage(NEW), versions: { '0.9.0': f.version('0.9.0') } })
  return { ...fake, ...runOn(fake, PLAN, { known: knowing(known), ...change }) }
}

const UNMADE = { stepId: 'change-pool-image', rows: [{ path: 'a.imageReference.id', present: OLD, wanted: NEW }] }

test.each<[string, { step?: Step; error?: unknown; isDone?: boolean; known?: Partial<KnownPool> }, boolean]>([
  ['nodes that failed', {}, true],
  ['nodes that stay where they are', { error: failing('nodes-stuck') }, true],
  ['a smoke test that failed', { error: failing('smoke-test-failed') }, true],
  ['a region that is short', { error: failing('allocation-failed') }, false],
  ['a quota', { error: failing('quota-reached') }, false],
  ['a formula', { error: failing('autoscale-failed') }, false],
  ['somebody else at work', { error: failing('pool-leased') }, false],
  ['somebody else’s change', { error: failing('pool-changed') }, false],
  ['the deadline', { error: failing('deadline-exceeded') }, false],
  ['an error that isn’t ours', { error: new Error('no') }, false],
  ['a pool that has its former image yet', { isDone: false }, false],
  ['an image that Batch never put in', { known: { unmade: UNMADE } }, false],
  ['the nodes of another pool', { step: { ...scale, poolId: `${f.POOL}-proof` as never } }, false]
])('after %s', (_, { step = scale, error = failing('nodes-unhealthy'), isDone = true, known = {} }, isDue) => {
  const { run } = runFor(known)
  const due = rollbackDue(run, PLAN, { step, error, isDone: id => isDone && id === 'change-pool-image' })
  expect(due !== undefined).toBe(isDue)
})

type Ends = Partial<Record<string, Pick<StepOutcome, 'status'> & { error?: unknown }>>

/** Each step ends as the test says, well where it says nothing. */
async function rolledBack(
  one: OneRun,
  ends: Ends = {},
  onStep: (id: string, run: Execution) => void = () => undefined
) {
  const begun: string[] = []
  const back = await rollBack(one.run, BACK, async (run, { id }) => {
    begun.push(id)
    onStep(id, run)
    const { status = 'done', error } = ends[id] ?? {}
    return { outcome: { id, status }, ...(error === undefined ? {} : { error }) }
  })
  return { begun, ...back }
}

const ALL = ['rollback-drain', 'rollback-image', 'rollback-scale', 'rollback-finish']

test('it is done when all of its steps are, and says how many nodes the pool has', async () => {
  const nodes = f.nodes('idle', 'running', 'idle')
  expect(await rolledBack(runFor({ nodes }))).toMatchObject({
    begun: ALL,
    end: 'done',
    message: 'pool render was rolled back to farm/node/0.9.0 and has 3 healthy nodes'
  })
})

test('the first step that fails ends it, and says why', async () => {
  const error = failing('drain-timeout')
  expect(await rolledBack(runFor(), { 'rollback-drain': { status: 'failed', error } })).toMatchObject({
    begun: ['rollback-drain'],
    end: 'failed',
    message: 'the rollback of pool render to farm/node/0.9.0 failed at rollback-drain: no',
    failure: { step: { id: 'rollback-drain' }, error }
  })
})

test('what only tidies up decides nothing', async () => {
  expect(await rolledBack(runFor(), { 'rollback-finish': { status: 'failed', error: new Error('no') } })).toMatchObject(
    {
      end: 'done'
    }
  )
})

test('a cancellation cuts it off, between two steps too', async () => {
  const one = runFor()
  const abort = (): void => one.abort.abort(new Error('the run was cancelled'))
  const message = 'the rollback of pool render to farm/node/0.9.0 was cut off at rollback-image: the run was cancelled'
  const between = await rolledBack(one, {}, id => void (id === 'rollback-drain' && abort()))
  expect(between).toMatchObject({ begun: ['rollback-drain'], end: 'cut-off', message })
  const other = runFor()
  const within = await rolledBack(other, { 'rollback-image': { status: 'cancelled' } }, id => {
    if (id === 'rollback-image') other.abort.abort(new Error('the run was cancelled'))
  })
  expect(within).toMatchObject({ begun: ['rollback-drain', 'rollback-image'], end: 'cut-off', message })
})

test.each([
  [20, ALL],
  [19, []]
])('with %i minutes left of the deadline', async (minutes, begun) => {
  const one = runFor()
  one.run.deadlineAt = one.run.clock.now() + minutes * MINUTE
  const back = await rolledBack(one)
  expect(back.begun).toEqual(begun)
  if (begun.length > 0) return
  expect(back.end).toBe('not-begun')
  expect(back.message).toContain(
    'pool render was not rolled back to farm/node/0.9.0: that may take 20m 00s, and 19m 00s are left'
  )
})

test('nodes of the former image that fail say nothing of the new one', async () => {
  const one = runFor()
  await rolledBack(one, {}, (id, run) => void (id === 'rollback-scale' && run.known.conditions.add('image-blamed')))
  expect([...one.run.known.conditions]).toEqual([])
})

test('a former image that Batch doesn’t put in is a failure', async () => {
  const one = runFor({ pool: withImage(NEW) })
  const back = await rolledBack(one, {}, (id, run) => {
    if (id === 'rollback-image') poolKnown(run, BACK).unmade = UNMADE
  })
  expect(back).toMatchObject({ begun: ['rollback-drain', 'rollback-image'], end: 'failed' })
  expect(back.message).toContain('left a.imageReference.id as it was')
})

const stepOf = <K extends Step['kind']>(kind: K): Extract<Step, { kind: K }> =>
  f.stepOf({ ...PLAN, steps: BACK.steps }, kind)
const LEFT = { kind: 'fixed', targetDedicatedNodes: 1, targetLowPriorityNodes: 0 } as const
const WAVE = { scale: LEFT, currentDedicatedNodes: 1, currentLowPriorityNodes: 0 }

test.each<[string, Parameters<typeof f.pool>[0]]>([
  ['scale', { scale: { ...LEFT, targetDedicatedNodes: 2 } }],
  ['image', { imageId: f.versionIdOf('7.0.0') }],
  ['formula', { scale: m.FORMULA }]
])('a pool whose %s isn’t as the run left it is not drained', async (_, change) => {
  const fake = fakeAzure({ pool: withImage(NEW, { ...WAVE, ...change }), versions: { '0.9.0': f.version('0.9.0') } })
  const one = runOn(fake, PLAN, { known: knowing({ left: LEFT }) })
  expect(await failureOf(fake, one, stepOf('drain-pool'))).toMatchObject({ reason: 'pool-changed' })
  expect(fake.changes()).toEqual([])
})

test('a pool whose written properties somebody else has changed is not drained; what Batch left as it was is no change', async () => {
  const step = stepOf('drain-pool')
  const written = { properties: { taskSlotsPerNode: 2 } }
  const own = { ...step, expects: { ...step.expects, written } }
  const fake = fakeAzure({ pool: withImage(NEW, WAVE), versions: { '0.9.0': f.version('0.9.0') } })
  const one = runOn(fake, PLAN, { known: knowing({ left: LEFT }) })
  expect(await failureOf(fake, one, own)).toMatchObject({
    reason: 'pool-changed',
    message: 'pool render has another taskSlotsPerNode than this run gave it'
  })
  const unmade = { stepId: 'change-pool-image', rows: [{ path: 'taskSlotsPerNode', present: 1, wanted: 2 }] }
  const other = runOn(fake, PLAN, { known: knowing({ left: LEFT, unmade }) })
  expect(await performed(fake, other, own)).toBe('no nodes left')
})

test('what a pool had is written as it was: nothing of it is taken for a reference to a secret, nothing else is merged in', async () => {
  const step: Extract<Step, { kind: 'change-pool-image' }> = stepOf('change-pool-image')
  const startTask = { commandLine: 'echo ${env:TOKEN}' }
  const note = { name: 'note', value: '${env:TOKEN}' }
  const former = withImage(OLD, { properties: { startTask }, metadata: [note] })
  const fake = fakeAzure({
    pool: withImage(NEW, {
      scale: ZERO,
      currentDedicatedNodes: 0,
      currentLowPriorityNodes: 0,
      properties: { startTask: { commandLine: 'new', waitForSuccess: true } }
    }),
    versions: { '0.9.0': f.version('0.9.0') }
  })
  const one = runOn(fake, PLAN, {
    known: knowing({ left: ZERO, former, hasFailedNodes: true }),
    env: { TOKEN: 'canary' }
  })
  const restores = { properties: ['deploymentConfiguration', 'startTask'], metadata: ['note'] }
  const own = { ...step, restores, expects: { ...step.expects, written: {} } }
  await performed(fake, one, own)
  const [sent] = fake.sent('patchPool')
  expect(JSON.stringify(sent)).not.toContain('canary')
  expect(sent).toMatchObject({ properties: { startTask } })
  const { properties } = sent as { properties: { startTask: object; metadata: object[] } }
  expect(properties.startTask).toEqual(startTask)
  expect(properties.metadata).toContainEqual(note)
  // Nodes of the other image are why the run fails, and none of this one.
  expect(poolKnown(one.run, own).hasFailedNodes).toBeUndefined()
})

test('the scale that the run has asked for last is what it left', async () => {
  const run = m.rolling('drain-pool', { pool: m.mixedPool() })
  await run.ends()
  expect(poolKnown(run.one.run, run.step).left).toEqual({ ...ZERO, resizeTimeout: undefined })
})
