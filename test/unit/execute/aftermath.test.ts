/** What a run still does when its steps are over. */
import { expect, test } from '@jest/globals'
import { aftermath, lastLook } from '../../../src/execute/aftermath.ts'
import type { Execution } from '../../../src/execute/context.ts'
import type { FailureReason } from '../../../src/model/failure.ts'
import type { Pool, Vm } from '../../../src/model/observed.ts'
import type { Failure, StepOutcome } from '../../../src/model/outcome.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { leaseOf, leaseOfTags, withLease, withLeaseTag } from '../../../src/plan/lease.ts'
import { withFormer } from '../../../src/plan/pool-metadata.ts'
import { TAG } from '../../../src/plan/run-tags.ts'
import { breaks, fakeAzure, refuses, type World } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'
import { runOn } from '../../support/one-step.ts'

const { MINUTE, HOUR, FOREIGN, FULL } = m
const { AT, CONTEXT, OTHER_RUN } = f

const leased = (context = CONTEXT, items: Pool['metadata'] = [FOREIGN]): Pool['metadata'] =>
  withLease(items, context, AT + HOUR)
const note = withFormer({ set: [FOREIGN], remove: [] }, { scale: FULL, imageId: m.OLD }, CONTEXT).set
const emptied = (change: Partial<Pool> = {}): Pool => m.atZero({ metadata: leased(CONTEXT, note), ...change })
const failed = (reason: FailureReason = 'pool-refused'): Failure => ({ reason, message: 'm', wayOut: 'w', details: [] })

type Given = {
  world?: World
  plan?: Plan
  failure?: Failure | undefined
  statuses?: Record<string, StepOutcome['status']>
  restMs?: number
  seen?: Execution['seen']
}

function ended({ world = {}, plan = m.rolloutPlan(), statuses = {}, restMs = 0, ...given }: Given) {
  const failure = 'failure' in given ? given.failure : failed()
  const fake = fakeAzure({ pool: emptied(), nodes: f.nodes('idle'), ...world })
  const seen = given.seen ?? { pool: emptied() }
  const one = runOn(fake, plan, { seen })
  const steps = plan.steps.map(({ id }): StepOutcome => ({ id, status: statuses[id] ?? 'not-started' }))
  return {
    ...fake,
    ...one,
    over: () => fake.time.run(aftermath(one.run, { failure, steps, restMs })),
    pool: () => fake.world.pool!
  }
}

const DRAINED = { 'empty-pool': 'done', 'change-pool-image': 'failed' } as const

test.each<[string, Record<string, StepOutcome['status']>]>([
  ['failed while it drained', { 'empty-pool': 'failed' }],
  ['was cut off while it drained', { 'empty-pool': 'cancelled' }],
  ['failed before its new image', DRAINED]
])(
  'a pool of a run that %s gets its former scale of both kinds of nodes back, and no note of ours stays',
  async (_, statuses) => {
    const run = ended({ statuses })
    await run.over()
    expect(run.pool()).toMatchObject({ scale: FULL, metadata: [FOREIGN], imageId: m.OLD })
    expect(run.said).toEqual(['pool: got its former scale back, and kept its image'])
  }
)

test('a drain that was stopped takes some seconds to stop, and is waited for', async () => {
  const run = ended({ statuses: DRAINED, world: { pool: emptied({ allocationState: 'Stopping' }) } })
  run.time.later(5_000, () => (run.world.pool = { ...run.pool(), allocationState: 'Steady' }))
  await run.over()
  expect([run.pool().scale, run.sent('patchPool').length]).toEqual([FULL, 1])
  expect(run.asked.find(({ name }) => name === 'patchPool')!.at).toBe(AT + 6_000)
})

test.each<[string, Pool | undefined]>([
  ['another run takes over', emptied({ metadata: leased(OTHER_RUN, note) })],
  ['is deleted', undefined]
])('a pool that %s while that is waited for is left to it', async (_, pool) => {
  const run = ended({ statuses: DRAINED, world: { pool: emptied({ allocationState: 'Stopping' }) } })
  run.time.later(5_000, () => (run.world.pool = pool))
  await run.over()
  expect([run.changes(), run.said]).toEqual([[], []])
})

test.each<[string, Given]>([
  ['was not emptied', { statuses: { 'grow-pool': 'failed' } }],
  ['has its new image', { statuses: { 'empty-pool': 'done', 'change-pool-image': 'done', 'grow-pool': 'failed' } }],
  ['has another image by now', { statuses: DRAINED, world: { pool: emptied({ imageId: m.NEW }) } }],
  ['has no note of a former scale', { statuses: DRAINED, world: { pool: emptied({ metadata: leased() }) } }]
])('of a pool that %s only the lease goes: its scale stays, and so does its note', async (_, given) => {
  const run = ended(given)
  const before = run.pool()
  await run.over()
  expect([run.pool().scale, leaseOf(run.pool().metadata)]).toEqual([before.scale, undefined])
  expect(run.pool().metadata).toEqual(before.metadata.filter(({ name }) => name !== 'batch-image-rollout-lease'))
})

test.each<[FailureReason, boolean]>([
  ['nodes-unhealthy', true],
  ['nodes-stuck', true],
  ['allocation-failed', false]
])('after %s a note says so of its nodes: %s', async (reason, isNoted) => {
  const run = ended({ failure: failed(reason), world: { pool: m.mixedPool({ metadata: leased() }) } })
  await run.over()
  expect(
    run
      .pool()
      .metadata.filter(({ name }) => name !== 'team')
      .map(({ name }) => name)
  ).toEqual(isNoted ? ['batch-image-rollout-failed'] : [])
})

test.each<[string, Given]>([
  ['another run holds', { world: { pool: emptied({ metadata: leased(OTHER_RUN, note) }) } }],
  ['nobody holds', { world: { pool: emptied({ metadata: note }) } }],
  ['is gone', { world: { pool: undefined } }],
  ['the run never saw', { seen: {} }],
  ['a run that went well has let go of', { failure: undefined }]
])('a pool that %s is not written to', async (_, given) => {
  const run = ended({ statuses: DRAINED, ...given })
  await run.over()
  expect([run.changes(), run.said]).toEqual([[], []])
})

test('where there is no pool in the plan none is looked for', async () => {
  const { pool: _, ...plan } = m.rolloutPlan()
  const run = ended({ plan })
  await run.over()
  expect(run.asked).toEqual([])
})

test('what goes wrong is said, and fails nothing more', async () => {
  const run = ended({ statuses: DRAINED })
  run.next('patchPool', refuses(403))
  await run.over()
  expect(run.said).toEqual(['pool: the lease of this run could not be taken off; it runs out by itself'])
})

test('the report is of pool and nodes as they are at the end', async () => {
  const run = ended({ failure: undefined, world: { pool: m.mixedPool() } })
  await run.over()
  expect([run.run.seen.pool, run.run.seen.nodes]).toEqual([
    expect.objectContaining({ currentLowPriorityNodes: 8 }),
    f.nodes('idle')
  ])
  expect(run.asked.map(({ name, target }) => [name, target])).toEqual([
    ['getPool', 'render'],
    ['listNodes', 'render']
  ])
})

test.each(['getPool', 'listNodes'])('where %s fails then, what a step saw is better than nothing', async name => {
  const run = ended({ failure: undefined })
  const before = run.run.seen.pool
  run.next(name, breaks())
  await run.over()
  expect([run.run.seen.pool, run.run.seen.nodes]).toEqual([before, undefined])
})

test('of a pool that is gone by then the last look tells nothing', async () => {
  const run = ended({ world: { pool: undefined } })
  await run.time.run(lastLook(run.run))
  expect(run.asked.map(({ name }) => name)).toEqual(['getPool'])
  expect(run.run.seen.pool).toBeDefined()
})

const restedMs = async (given: Given): Promise<number> => {
  const run = ended({ restMs: 20_000, ...given })
  await run.over()
  return (run.asked[0]?.at ?? run.time.clock.now()) - AT
}

test.each<[string, Given, number]>([
  ['a pool', { seen: { pool: emptied() } }, 20_000],
  ['a VM that is held', { seen: { vm: 'held' } }, 20_000],
  ['an image that is blamed', { seen: { isImageBlamed: true } }, 20_000],
  ['a VM that is let go of', { seen: { vm: 'released' } }, 0],
  ['nothing', { seen: {} }, 0],
  ['a pool, of which Azure asked for no rest', { seen: { pool: emptied() }, restMs: 0 }, 0]
])('Azure is left alone for as long as it asked, where there is %s to ask it for', async (_, given, ms) => {
  expect(await restedMs(given)).toBe(ms)
})

test('a rest that is cut off doesn’t keep the run from looking', async () => {
  const run = ended({ restMs: 20_000, failure: undefined })
  run.time.later(5_000, () => run.abort.abort(new Error('the time is up')))
  await run.over()
  expect(run.asked[0]?.at).toBe(AT + 5_000)
})

const STOPS = f.planOf(f.imageOnlySpec({ stopVm: true }), f.observed({ source: f.source({ powerState: 'running' }) }))
const held = (change: Partial<Vm> = {}): Vm => ({
  tags: withLeaseTag({ Team: 'fx' }, CONTEXT, AT + HOUR),
  generalized: false,
  powerState: 'deallocated',
  ...change
})
const stopped = (given: Given = {}, vm: Vm = held()) =>
  ended({ plan: STOPS, seen: { vm: 'held' }, ...given, world: { vm, ...given.world } })

test('a VM that the run has stopped is started again, and let go of', async () => {
  const run = stopped()
  await run.over()
  expect(run.world.vm).toMatchObject({ powerState: 'running', tags: { Team: 'fx' } })
  expect(run.said).toEqual(['start-vm: running'])
})

test.each<[string, Given]>([
  ['the run has let go of', { seen: { vm: 'released' } }],
  ['the run never stopped', { seen: {} }],
  ['is no part of the plan', { plan: { ...STOPS, steps: STOPS.steps.filter(({ kind }) => kind !== 'start-vm') } }],
  ['a run that went well has started', { failure: undefined }]
])('a VM that %s is left alone', async (_, given) => {
  const run = stopped(given)
  await run.over()
  expect(run.changes()).toEqual([])
})

test('at the deadline it is given four seconds, and else as long as it takes; what isn’t seen is said', async () => {
  const slow = { world: { takes: { power: MINUTE } } }
  const late = stopped({ ...slow, failure: failed('deadline-exceeded') }, held({ powerState: 'deallocating' }))
  await late.over()
  expect(late.said).toEqual(['start-vm: not seen running again: not within 4 s'])
  expect(late.time.clock.now() - AT).toBe(4_000)
  expect(late.boundTo.every(({ aborted }) => aborted)).toBe(true)
  const early = stopped(slow)
  await early.over()
  expect(early.said).toEqual(['start-vm: running'])
})

test('an error of no class is said as well', async () => {
  const run = stopped()
  run.next('startVm', breaks())
  await run.over()
  expect([run.said, leaseOfTags(run.world.vm!.tags)?.nonce]).toEqual([
    ['start-vm: not seen running again: x is undefined'],
    CONTEXT.nonce
  ])
})

/** A release whose version this run has made, and whose nodes have failed again. */
const RELEASE = f.planOf(f.releaseSpec(), f.observed())
const NAME = '1.0.0'
const blamed = (change: Parameters<typeof f.version>[1] = {}, given: Given = {}) =>
  ended({
    plan: RELEASE,
    seen: { isImageBlamed: true },
    failure: failed('nodes-unhealthy'),
    world: {
      versions: {
        [NAME]: f.version(NAME, {
          tags: f.tagsOf('open'),
          body: { tags: f.tagsOf('open'), location: 'eastus2' },
          ...change
        })
      }
    },
    ...given
  })
const stateOf = (run: ReturnType<typeof blamed>): unknown =>
  (run.sent('putVersion')[0] as { tags: Record<string, string> } | undefined)?.tags[TAG.state]

test('a version whose nodes failed again is tagged as failed, with all its other tags', async () => {
  const run = blamed()
  await run.over()
  expect(run.sent('putVersion')).toEqual([
    { tags: { ...f.tagsOf('open'), [TAG.state]: 'failed' }, location: 'eastus2', properties: expect.anything() }
  ])
  expect([run.run.seen.isTaggedFailed, run.said]).toEqual([true, [expect.stringContaining('marked as failed')]])
})

test.each<[string, Parameters<typeof f.version>[1], Given]>([
  ['that nobody blames', {}, { seen: {} }],
  ['that is complete', { tags: f.tagsOf('complete') }, {}],
  ['that is still being changed', { provisioningState: 'Updating' }, {}],
  [
    'that this run would not finish',
    {},
    { plan: { ...RELEASE, steps: RELEASE.steps.filter(({ kind }) => !/image-version|image-regions/.test(kind)) } }
  ],
  [
    'that an earlier run has promoted',
    { excludeFromLatest: false },
    { plan: { ...RELEASE, image: { ...RELEASE.image!, decision: 'keep' } } }
  ],
  ['of a run that went well', {}, { failure: undefined }]
])('a version %s is not', async (_, change, given) => {
  const run = blamed(change, given)
  await run.over()
  expect([run.changes(), run.run.seen.isTaggedFailed]).toEqual([[], undefined])
})

test('nor one that is gone', async () => {
  const run = blamed({}, { world: { versions: {} } })
  await run.over()
  expect([run.changes(), run.warnings]).toEqual([[], []])
})

test('a version that is shown from the start (promote: now) is tagged where this run made it', async () => {
  const run = blamed({ excludeFromLatest: false })
  await run.over()
  expect(stateOf(run)).toBe('failed')
})

test('one that is still to get its further regions is tagged too', async () => {
  const steps = RELEASE.steps.flatMap(step => (step.kind === 'finish-image-version' ? [] : [step]))
  const regions = {
    ...f.stepOf({ steps: RELEASE.steps.filter(({ id }) => id === 'mark-image') }, 'finish-image-version'),
    kind: 'change-image-regions',
    takeOff: [],
    regions: []
  }
  const run = blamed({}, { plan: { ...RELEASE, steps: [...steps, regions as never] } })
  await run.over()
  expect(stateOf(run)).toBe('failed')
})

test('a tag that can’t be set is a warning', async () => {
  const run = blamed()
  run.next('putVersion', refuses(403, 'AuthorizationFailed'))
  await run.over()
  expect(run.run.seen.isTaggedFailed).toBeUndefined()
  expect(run.warnings).toEqual([
    {
      step: 'mark-image',
      message: expect.stringMatching(/^image version 1.0.0 could not be marked as failed: .*AuthorizationFailed/),
      wayOut: expect.stringContaining('takes it up, unless its tag')
    }
  ])
})

test('the pool is let go of when the version is tagged, for another run may come at once', async () => {
  const run = blamed({}, { seen: { isImageBlamed: true, pool: m.mixedPool() } })
  run.world.pool = m.mixedPool({ metadata: leased() })
  await run.over()
  expect(run.changes()).toEqual(['putVersion', 'patchPool'])
})
