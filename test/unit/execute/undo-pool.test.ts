/** What is half-done on a pool is undone by the run itself, and by its post step, which takes the pool over first. */
import { expect, test } from '@jest/globals'
import { poolKnown, type Execution } from '../../../src/execute/context.ts'
import { undo } from '../../../src/execute/undo.ts'
import type { Pool, Scale } from '../../../src/model/observed.ts'
import type { StepOutcome } from '../../../src/model/outcome.ts'
import type { Plan, Undo } from '../../../src/model/plan.ts'
import type { RunContext } from '../../../src/model/spec.ts'
import { leaseOf, leaseState, withLease } from '../../../src/rules/lease.ts'
import { withRestorePoint, withRun } from '../../../src/rules/pool-metadata.ts'
import { written } from '../../support/fake-azure/batch.ts'
import { breaks, fails, fakeAzure, refuses, type FakeAzure, type World } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { AT, CONTEXT, OTHER_RUN, POOL_ADDRESS, undoOf } from '../../support/observed-fixtures.ts'
import { knowing, runOn } from '../../support/one-step.ts'

const { MINUTE, HOUR, FOREIGN, FULL, ZERO, FORMULA, NEW, OLD } = m
const POSTS_OWN: RunContext = { ...CONTEXT, nonce: `${CONTEXT.nonce} post` }
const MAIN = { undoing: { isPatient: false } }
const POST = { context: POSTS_OWN, undoing: { actsFor: CONTEXT, isPatient: false } }
const BOTH: [string, typeof MAIN | typeof POST][] = [
  ['the run', MAIN],
  ['the post step', POST]
]

const leased = (context = CONTEXT, items: Pool['metadata'] = [FOREIGN]): Pool['metadata'] =>
  withLease(items, context, AT + HOUR)
const noted = (context = CONTEXT): Pool['metadata'] =>
  leased(context, withRestorePoint({ set: [FOREIGN], remove: [] }, { scale: FULL, imageId: OLD }, CONTEXT).set)

/** At zero nodes, with what it had kept in its metadata. */
const emptied = (change: Partial<Pool> = {}): Pool => m.atZero({ metadata: noted(), ...change })
/** Three dedicated and two low-priority nodes are left of a drain under way. */
const draining = (change: Partial<Pool> = {}): Pool =>
  emptied({ allocationState: 'Resizing', currentDedicatedNodes: 3, currentLowPriorityNodes: 2, ...change })

type Kind = 'stop-resize' | 'restore-pool' | 'release-pool'
type Given = Partial<Execution> & { plan?: Plan; kinds?: Kind[]; apiVersion?: '2019-08-01' }

/** Of a pool that was being emptied, unless other kinds are given. */
function undoing(world: World, { plan = m.rolloutPlan(), kinds, apiVersion, ...change }: Given) {
  const fake = fakeAzure({ pool: emptied(), ...world })
  const one = runOn(fake, plan, change)
  const owed = (kinds ?? (['stop-resize', 'restore-pool'] as const)).map((kind): Undo => {
    const one = undoOf(plan, kind)
    return { ...one, step: { ...one.step, ...(apiVersion && { apiVersion }) } }
  })
  const run = { ...one.run, undoing: one.run.undoing ?? MAIN.undoing }
  return {
    ...fake,
    ...one,
    undone: (): Promise<StepOutcome[]> => fake.time.run(undo(run, owed)),
    pool: () => fake.world.pool!
  }
}

const names = ({ metadata }: Pool): string[] => metadata.map(({ name }) => name)
/** Somebody else writes to the pool first, so that what is sent under its ETag fails. */
const comesBefore =
  ({ world }: Pick<FakeAzure, 'world'>, change: (pool: Pool) => Partial<Pool> = () => ({})) =>
  (): void => {
    world.pool = written(world.pool!, change(world.pool!))
  }
const adds = (name: string) => (one: Pool) => ({ metadata: [...one.metadata, { name, value: '1' }] })

const BACK = 'restore-pool: got its former scale back, and kept its image; it grows from here'
const STOPPED = 'stop-resize: the resize is stopped, at 3 dedicated and 2 low-priority nodes'
const HALF = 'released; not all its nodes are back: run again to bring it back'

test.each(
  BOTH.flatMap(([who, by]): [string, string, Scale, Given][] => [
    [who, 'a fixed scale of both kinds of nodes', FULL, by],
    [who, 'an autoscale formula', FORMULA, by]
  ])
)('by %s a pool that was being emptied gets %s back, and keeps what others wrote', async (_, __, scale, by) => {
  const plan = m.rolloutPlan({ seen: { pool: m.mixedPool({ scale }) } })
  const run = undoing({}, { ...by, plan })
  await run.undone()
  expect(run.said).toEqual([BACK])
  expect(run.pool()).toMatchObject({ scale, metadata: [FOREIGN], imageId: OLD })
})

test.each([
  ['the run', MAIN, ['stopResize', 'patchPool']],
  ['the post step', POST, ['patchPool', 'stopResize', 'patchPool']]
])('by %s a resize under way is stopped first, and its end awaited', async (_, by, changes) => {
  const run = undoing({ pool: draining(), takes: { stop: 12_000 } }, by)
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[STOPPED, BACK], changes])
  expect(run.asked.findLast(({ name }) => name === 'patchPool')!.at - AT).toBeGreaterThanOrEqual(12_000)
})

test.each([
  ['the run', MAIN, ['patchPool']],
  ['the post step', POST, ['patchPool', 'patchPool']]
])('by %s a stop that is on its way is awaited, not sent again', async (_, by, changes) => {
  const run = undoing({ pool: draining({ allocationState: 'Stopping' }) }, by)
  run.time.later(7_000, () => (run.world.pool = written(run.pool(), { allocationState: 'Steady' })))
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[BACK], changes])
})

test('all of it speaks the api-version of the run', async () => {
  const run = undoing({ pool: draining() }, { ...POST, apiVersion: '2019-08-01' })
  await run.undone()
  const reads = run.asked.filter(({ name }) => name === 'getPool' || name === 'stopResize')
  expect(new Set(reads.map(({ under }) => under))).toEqual(new Set(['2019-08-01']))
})

test.each(BOTH)(
  'by %s a pool with another image already keeps its scale: those nodes are not proved',
  async (_, by) => {
    const run = undoing({ pool: emptied({ imageId: NEW }) }, by)
    await run.undone()
    expect([run.said, run.pool().scale]).toEqual([[`restore-pool: keeps its scale, and is ${HALF}`], ZERO])
    expect(names(run.pool())).toEqual(['team', 'batch-image-rollout', 'batch-image-rollout-former'])
  }
)

test('an image that is spelled in another casing since is the same one', async () => {
  const run = undoing({ pool: emptied({ imageId: OLD.toUpperCase() }) }, MAIN)
  await run.undone()
  expect(run.pool().scale).toEqual(FULL)
})

test.each<[string, Kind[], Partial<Pool>, string]>([
  ['was only growing', ['stop-resize', 'release-pool'], { metadata: leased() }, 'release-pool: released'],
  ['has its new image, and not its nodes', ['release-pool'], { imageId: NEW }, `release-pool: ${HALF}`],
  [
    'somebody has brought back since',
    ['restore-pool'],
    { scale: FULL },
    `restore-pool: keeps its scale, and is ${HALF}`
  ],
  [
    'somebody has given a formula',
    ['restore-pool'],
    { scale: FORMULA, metadata: leased() },
    'restore-pool: keeps its scale, and is released'
  ]
])('of a pool that %s the lease alone goes: its scale stays, and so does its note', async (_, kinds, change, line) => {
  for (const [, by] of BOTH) {
    const run = undoing({ pool: emptied(change) }, { ...by, kinds })
    const before = run.pool()
    await run.undone()
    expect([run.said, run.pool().scale]).toEqual([[line], before.scale])
    expect(names(run.pool())).toEqual(names(before).filter(name => name !== 'batch-image-rollout-lease'))
    expect(run.sent('patchPool').at(-1)).toEqual({ properties: { metadata: expect.anything() } })
  }
})

test.each<[string, Kind, boolean, boolean]>([
  ['released after its nodes have failed', 'release-pool', true, true],
  ['released for another reason', 'release-pool', false, false],
  ['found with its nodes where it was to be restored', 'restore-pool', true, false]
])('of a pool that is %s a note says so of its nodes: %s', async (_, kind, hasFailedNodes, isNoted) => {
  const known = knowing(hasFailedNodes ? { hasFailedNodes } : {})
  const run = undoing({ pool: m.mixedPool({ metadata: leased() }) }, { ...MAIN, kinds: [kind], known })
  await run.undone()
  expect(run.pool().metadata.filter(({ name }) => name !== 'team')).toEqual(
    isNoted ? [{ name: 'batch-image-rollout-failed', value: OLD }] : []
  )
})

test.each<[string, Pool | undefined]>([
  ['another run holds', draining({ metadata: noted(OTHER_RUN) })],
  ['another process of the same run holds', draining({ metadata: noted({ ...CONTEXT, nonce: 'n-4712' }) })],
  ['an earlier run left leased long ago', draining({ metadata: withLease([FOREIGN], OTHER_RUN, AT - HOUR) })],
  ['nobody holds', draining({ metadata: [FOREIGN] })],
  ['is being deleted', draining({ provisioningState: 'Deleting' })],
  ['is gone', undefined]
])('a pool that %s is left alone', async (_, pool) => {
  for (const [, by] of BOTH) {
    const run = undoing({ pool }, { ...by, kinds: ['stop-resize', 'restore-pool', 'release-pool'] })
    await run.undone()
    expect([run.said, run.changes()]).toEqual([[], []])
  }
})

test('without a resize there is none to stop', async () => {
  const run = undoing({}, { ...MAIN, kinds: ['stop-resize'] })
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[], []])
})

test('first of all the post step takes the pool for itself, by Azure’s time: a main that still runs finds it held', async () => {
  const azureNow = () => AT + 3 * HOUR
  const run = undoing({ pool: draining() }, { ...POST, azureNow })
  const claims: Pool['metadata'][] = []
  run.next('stopResize', () => claims.push(run.pool().metadata))
  await run.undone()
  const lease = leaseOf(claims[0]!)
  expect(lease?.until).toBe(new Date(azureNow() + 15 * MINUTE).toISOString())
  expect(leaseState(lease, CONTEXT, azureNow())).toBe('held')
})

test('what the post step has taken over is its own, and not taken a second time', async () => {
  const run = undoing({ pool: emptied({ metadata: noted(POSTS_OWN) }) }, POST)
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[BACK], ['patchPool']])
})

test('while Batch takes no lease (409), the resize is stopped all the same', async () => {
  const run = undoing({ pool: draining() }, POST)
  run.next('patchPool', refuses(409))
  await run.undone()
  expect([run.said, run.pool().metadata]).toEqual([[STOPPED, BACK], [FOREIGN]])
})

test('an item that somebody writes meanwhile (412) stays, whichever change it comes before', async () => {
  const run = undoing({}, POST)
  run.next('patchPool', comesBefore(run, adds('first')), undefined, comesBefore(run, adds('second')))
  await run.undone()
  expect(run.said).toEqual([BACK])
  expect([names(run.pool()), run.changes().length]).toEqual([['team', 'first', 'second'], 4])
})

test.each<[string, undefined[]]>([
  ['the lease', []],
  ['the former scale', [undefined]]
])('four changes that come before %s are borne', async (_, before) => {
  const run = undoing({}, POST)
  const again = comesBefore(run)
  run.next('patchPool', ...before, again, again, again, again)
  await run.undone()
  expect(run.said).toEqual([BACK])
})

test('somebody who changes the pool each time is given way to at the fifth, and told', async () => {
  const run = undoing({}, MAIN)
  run.always('patchPool', comesBefore(run))
  await run.undone()
  expect(run.changes()).toHaveLength(5)
  expect(run.said).toEqual([expect.stringMatching(/^restore-pool: not undone: .*UpdateConditionNotSatisfied/)])
  expect(run.pool().scale).toEqual(ZERO)
})

const LOST_TO: [string, (one: Pool) => Pool | undefined, string[]][] = [
  ['that another run takes over', one => written(one, { metadata: noted(OTHER_RUN) }), []],
  ['whose lease somebody takes off', one => written(one, { metadata: [FOREIGN] }), []],
  ['that is deleted', () => undefined, ['the pool is gone']]
]

test.each(LOST_TO)('a pool %s just before it is taken over is left to them', async (_, becomes, told) => {
  const run = undoing({ pool: draining() }, { ...POST, kinds: ['stop-resize', 'release-pool'] })
  run.next('patchPool', () => {
    run.world.pool = becomes(run.pool())
    refuses(412)()
  })
  await run.undone()
  expect(run.changes()).toEqual(['patchPool'])
  expect(run.said).toEqual(told.map(line => `stop-resize: not undone: ${line}`))
})

test.each(LOST_TO)('a pool %s just before it gets its scale is left to them', async (_, becomes, told) => {
  for (const [, by] of BOTH) {
    const run = undoing({}, { ...by, kinds: ['restore-pool'], known: knowing({ isHeld: true }) })
    run.next('patchPool', ...(by === POST ? [undefined] : []), () => {
      run.world.pool = becomes(run.pool())
      refuses(412)()
    })
    const [outcome] = await run.undone()
    expect(run.world.pool?.scale ?? ZERO).toEqual(ZERO)
    expect(run.said).toEqual(told.map(line => `restore-pool: not undone: ${line}`))
    expect(outcome?.status).toBe(told.length === 0 ? 'done' : 'failed')
  }
})

test('whoever wipes all metadata takes the lease off without a thought of it, and keeps nobody from giving the scale back', async () => {
  const run = undoing({ pool: m.atZero() }, { ...MAIN, known: knowing({ isHeld: true }) })
  await run.undone()
  expect([run.said, run.pool().scale, leaseOf(run.pool().metadata)]).toEqual([[BACK], FULL, undefined])
  const released = undoing({ pool: m.atZero() }, { ...MAIN, kinds: ['release-pool'], known: knowing({ isHeld: true }) })
  await released.undone()
  expect([released.said, released.changes()]).toEqual([[], []])
})

test('nor while a resize is under way, or begins just then (409)', async () => {
  const known = { ...MAIN, kinds: ['restore-pool'] as Kind[] }
  const resizing = undoing(
    { pool: m.atZero({ allocationState: 'Resizing', currentDedicatedNodes: 3 }), takes: { stop: 12_000 } },
    { ...known, known: knowing({ isHeld: true }) }
  )
  await resizing.undone()
  expect([resizing.said, resizing.pool().scale]).toEqual([[BACK], FULL])
  const busy = undoing({ pool: m.atZero() }, { ...known, known: knowing({ isHeld: true }) })
  busy.next('patchPool', refuses(409, 'PoolBeingResized'))
  await busy.undone()
  expect([busy.said, busy.pool().scale]).toEqual([[BACK], FULL])
})

test('a pool that has got other content under its image’s id keeps its scale: those nodes are not proved', async () => {
  const metadata = leased(CONTEXT, withRestorePoint({ set: [FOREIGN], remove: [] }, { scale: FULL }, CONTEXT).set)
  const run = undoing({ pool: m.atZero({ metadata }) }, { ...MAIN, kinds: ['restore-pool'] })
  await run.undone()
  expect(run.said).toEqual([
    'restore-pool: keeps its scale, and is released; not all its nodes are back: run again to bring it back'
  ])
  expect(run.pool().scale).toEqual(ZERO)
})

test('a drain that failed on its way to zero, where it had asked for what was there, is taken back as well', async () => {
  const scale = { kind: 'fixed', targetDedicatedNodes: 3, targetLowPriorityNodes: 0 } as const
  const pool = emptied({ scale, currentDedicatedNodes: 3 })
  const onTheWay = { dedicated: 3, lowPriority: 0 }
  const run = undoing({ pool }, { ...MAIN, kinds: ['restore-pool'], known: knowing({ isHeld: true, onTheWay }) })
  await run.undone()
  expect([run.said, run.pool().scale]).toEqual([[BACK], FULL])
  const others = undoing({ pool }, { ...MAIN, kinds: ['restore-pool'] })
  await others.undone()
  expect(others.pool().scale).toEqual(scale)
})

test.each<[string, Partial<Pool>]>([
  ['has taken over and left at zero', {}],
  ['has given other nodes', { scale: FULL }],
  ['has given its image', { imageId: NEW }]
])('a pool without a lease that another run %s is that run’s affair', async (_, change) => {
  const metadata = withRun({ set: [FOREIGN], remove: [] }, OTHER_RUN).set
  const run = undoing({ pool: m.atZero({ metadata, ...change }) }, { ...MAIN, known: knowing({ isHeld: true }) })
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[], []])
})

test.each<[string, Partial<Pool>]>([
  ['other nodes', { scale: FULL }],
  ['another image', { imageId: NEW }]
])('a pool without any metadata of ours that has got %s is left alone', async (_, change) => {
  const run = undoing({ pool: m.atZero(change) }, { ...MAIN, known: knowing({ isHeld: true }) })
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[], []])
})

test.each<[string, () => void, string]>([
  ['a missing role', refuses(403, 'AuthorizationFailed'), 'AuthorizationFailed'],
  ['no answer', fails(), 'ECONNRESET'],
  ['a defect', breaks(), 'x is undefined']
])('%s is told, at whichever change', async (_, meets, told) => {
  const run = undoing({ pool: draining() }, POST)
  run.always('patchPool', meets)
  const outcomes = await run.undone()
  expect(run.said).toEqual([
    expect.stringMatching(new RegExp(`^stop-resize: not undone: .*${told}`)),
    expect.stringMatching(new RegExp(`^restore-pool: not undone: .*${told}`))
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed'])
  const last = undoing({ pool: draining() }, POST)
  last.next('patchPool', undefined, meets)
  await last.undone()
  expect(last.said).toEqual([STOPPED, expect.stringMatching(new RegExp(`^restore-pool: not undone: .*${told}`))])
})

test('a scale that Batch won’t take back is told', async () => {
  const run = undoing({}, MAIN)
  run.next('patchPool', refuses(400, 'InvalidPropertyValue'))
  await run.undone()
  expect(run.said).toEqual([expect.stringContaining('not undone: ')])
})

test('what Batch resizes by itself just then (409) is stopped and awaited, and then the scale is given back', async () => {
  const run = undoing({}, MAIN)
  const resizing = (): void => void (run.world.pool = written(run.pool(), { allocationState: 'Resizing' }))
  run.next('patchPool', refuses(409, 'PoolBeingResized', resizing))
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[BACK], ['patchPool', 'stopResize', 'patchPool']])
})

test('a pool that can’t be released while Batch resizes it (409) is released when it can', async () => {
  const run = undoing({ pool: m.mixedPool({ metadata: leased() }) }, { ...MAIN, kinds: ['release-pool'] })
  run.next('patchPool', refuses(409, 'PoolBeingResized'))
  await run.undone()
  expect([run.said, run.pool().metadata]).toEqual([['release-pool: released'], [FOREIGN]])
})

test.each<[boolean, string[], true | undefined]>([
  [
    true,
    [
      'restore-pool: gets its former scale back',
      'restore-pool: got its former scale back, kept its image, and has 12 dedicated and 8 low-priority nodes'
    ],
    true
  ],
  [false, [BACK], undefined]
])('whether its nodes are awaited: %s', async (isPatient, said, isRestored) => {
  const run = undoing({ takes: { resize: 3 * MINUTE } }, { undoing: { isPatient } })
  await run.undone()
  expect([run.said, poolKnown(run.run, POOL_ADDRESS).isRestored]).toEqual([said, isRestored])
  expect(run.time.clock.now() - AT >= 3 * MINUTE).toBe(isPatient)
})

test('a pool that goes while its stop is awaited leaves what was done', async () => {
  const run = undoing({ pool: draining(), takes: { stop: HOUR } }, POST)
  run.time.later(12_000, () => (run.world.pool = undefined))
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[STOPPED], ['patchPool', 'stopResize']])
})

test('when its time is up the post step waits no longer', async () => {
  const run = undoing({ pool: draining(), takes: { stop: HOUR } }, POST)
  run.time.later(MINUTE, () => run.abort.abort(new Error('the time is up')))
  await run.undone()
  expect([run.said, run.changes()]).toEqual([
    [STOPPED, 'restore-pool: not undone: the time is up'],
    ['patchPool', 'stopResize']
  ])
})
