/** What a run still does when its steps are over: it undoes what it owes, and looks at how things stand. */
import { expect, test } from '@jest/globals'
import { AzureError } from '../../../src/azure/errors.ts'
import { aftermath } from '../../../src/execute/aftermath.ts'
import { poolKnown, type KnownPool } from '../../../src/execute/context.ts'
import type { Plan, Undo } from '../../../src/model/plan.ts'
import { withLease } from '../../../src/rules/lease.ts'
import { breaks, fakeAzure, refuses, type World } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'
import { knowing, runOn } from '../../support/one-step.ts'

const { HOUR, FOREIGN } = m
const { AT, CONTEXT } = f
const PLAN = m.rolloutPlan()
const held = () => m.mixedPool({ metadata: withLease([FOREIGN], CONTEXT, AT + HOUR) })

type Given = {
  world?: World
  owed?: Undo[]
  error?: unknown
  isCancelled?: boolean
  known?: Partial<KnownPool>
  pools?: Plan['pools']
}

function ended({ world = {}, owed = [], error, isCancelled = false, pools = PLAN.pools, ...given }: Given) {
  const fake = fakeAzure({ pool: held(), nodes: f.nodes('idle'), ...world })
  const one = runOn(fake, PLAN, { known: knowing(given.known ?? { pool: m.atZero() }) })
  const cancelled = new AbortController()
  const cancel = (): void => cancelled.abort(new Error('cancelled'))
  if (isCancelled) cancel()
  return {
    ...fake,
    ...one,
    cancel,
    knows: () => poolKnown(one.run, f.POOL_ADDRESS),
    over: () => fake.time.run(aftermath(one.run, { owed, error, pools, cancelled: cancelled.signal }))
  }
}

const RELEASE = [f.undoOf(PLAN, 'release-pool')]
const STOP = [f.undoOf(PLAN, 'stop-resize')]

test('what is owed is undone, and what came of it is told', async () => {
  const run = ended({ owed: RELEASE })
  const outcomes = await run.over()
  expect(outcomes).toEqual([{ id: 'release-pool', status: 'done', startedAt: AT, endedAt: AT, note: 'released' }])
  expect([run.said, run.world.pool?.metadata]).toEqual([['release-pool: released'], [FOREIGN]])
})

test('where nothing is owed nothing is written, and nobody waits', async () => {
  const run = ended({ error: busy(20_000) })
  await run.over()
  expect([run.changes(), run.time.clock.now() - AT]).toEqual([[], 0])
})

test('what goes wrong is said, and fails nothing more', async () => {
  const run = ended({ owed: RELEASE })
  run.next('patchPool', refuses(403, 'AuthorizationFailed'))
  expect(await run.over()).toEqual([expect.objectContaining({ id: 'release-pool', status: 'failed' })])
  expect(run.said).toEqual([expect.stringMatching(/^release-pool: not undone: .*AuthorizationFailed/)])
  expect(run.knows().nodes).toEqual(f.nodes('idle'))
})

test('what is another run’s by now is nobody’s to undo, and no word is lost on it', async () => {
  const run = ended({ owed: RELEASE })
  run.next('patchPool', () => {
    run.world.pool = m.mixedPool({ metadata: withLease([], f.OTHER_RUN, AT + HOUR), etag: 'W/"9"' })
  })
  expect(await run.over()).toEqual([expect.objectContaining({ status: 'done', note: '' })])
  expect(run.said).toEqual([])
})

test('each comes after those that it names, where they are owed too', async () => {
  const resizing = { ...held(), allocationState: 'Resizing' }
  const run = ended({ world: { pool: resizing }, owed: [...STOP, ...RELEASE] })
  await run.over()
  expect(run.changes()).toEqual(['stopResize', 'patchPool'])
})

const busy = (retryAfterMs?: number) =>
  new AzureError({
    operation: 'Pool_Update',
    target: 'render',
    status: 429,
    code: 'TooManyRequests',
    message: 'm',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs })
  })

test.each<[string, unknown, number]>([
  ['it asked for 20 seconds', busy(20_000), 20_000],
  ['it asked for more than there is time for', busy(HOUR), 30_000],
  ['it asked for none', busy(), 0],
  ['it wasn’t Azure that the run failed at', new Error('x'), 0]
])('Azure is left alone before anything is undone, as long as it may be, where %s', async (_, error, ms) => {
  const run = ended({ owed: RELEASE, error })
  await run.over()
  expect((run.asked[0]?.at ?? NaN) - AT).toBe(ms)
})

test('a rest that is cut off doesn’t keep the run from its last look', async () => {
  const run = ended({ owed: RELEASE, error: busy(20_000) })
  run.time.later(5_000, run.cancel)
  await run.over()
  expect(run.time.clock.now() - AT).toBe(5_000)
})

/** Azure answers nothing any more: only a limit ends a call. */
function silent(run: ReturnType<typeof ended>): void {
  const { batch } = run.azure
  run.azure.until = signal => ({
    ...run.azure,
    batch: {
      ...batch,
      getPool: () =>
        new Promise((_, reject) => {
          const end = (): void => reject(signal.reason as Error)
          if (signal.aborted) end()
          else signal.addEventListener('abort', end)
        })
    }
  })
}

test.each<[string, boolean, number, number]>([
  ['failed', false, 60_000, 15_000],
  ['was cancelled', true, 2_000, 1_500]
])('undoing and the last look have a limit each, of a run that %s', async (_, isCancelled, undoMs, lookMs) => {
  const run = ended({ owed: STOP, isCancelled })
  silent(run)
  const [outcome] = await run.over()
  expect(outcome).toMatchObject({ status: 'cancelled', note: `not within ${undoMs / 1_000} s` })
  expect(run.said).toEqual([`stop-resize: not undone: not within ${undoMs / 1_000} s`])
  expect([outcome?.endedAt, run.time.clock.now()]).toEqual([AT + undoMs, AT + undoMs + lookMs])
})

test('who cancels a run that undoes ends that too', async () => {
  const run = ended({ owed: STOP })
  silent(run)
  run.time.later(10_000, run.cancel)
  await run.over()
  expect(run.said).toEqual(['stop-resize: not undone: cancelled'])
  expect(run.time.clock.now() - AT).toBe(10_000)
})

test('the report is of pool and nodes as they are at the end', async () => {
  const run = ended({})
  await run.over()
  expect(run.knows()).toMatchObject({ pool: { currentLowPriorityNodes: 8 }, nodes: f.nodes('idle') })
  expect(run.asked.map(({ name, target, under }) => [name, target, under])).toEqual([
    ['getPool', 'render', f.POOL_ADDRESS.apiVersion],
    ['listNodes', 'render', f.POOL_ADDRESS.accountEndpoint]
  ])
})

test.each<[string, Given]>([
  ['is in no plan', { pools: [] }],
  ['no step has seen', { known: {} }]
])('a pool that %s isn’t looked at', async (_, given) => {
  const run = ended(given)
  await run.over()
  expect(run.asked).toEqual([])
})

test.each(['getPool', 'listNodes'])('where %s fails then, what a step saw is better than nothing', async name => {
  const run = ended({})
  run.next(name, breaks())
  await run.over()
  expect(run.knows()).toEqual({ isHeld: false, pool: m.atZero() })
})

test('of a pool that is gone by then the last look tells nothing', async () => {
  const run = ended({ world: { pool: undefined } })
  await run.over()
  expect(run.asked.map(({ name }) => name)).toEqual(['getPool'])
  expect(run.knows().pool).toBeDefined()
})
