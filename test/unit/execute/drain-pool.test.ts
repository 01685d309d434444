/** A pool that is emptied for a change: what must still be so, and how long it may take. */
import { expect, test } from '@jest/globals'
import type { RunError } from '../../../src/model/failure.ts'
import type { Pool } from '../../../src/model/observed.ts'
import { breaks, refuses } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import { AT, stepOf } from '../../support/observed-fixtures.ts'

const { MINUTE, FULL, ZERO, FORMULA } = m
const minutesIn = ({ time }: { time: { clock: { now(): number } } }): number => (time.clock.now() - AT) / MINUTE
const names = ({ metadata }: Pool): string[] => metadata.map(({ name }) => name)

type Scaled = { properties: { scaleSettings?: { fixedScale?: object; autoScale?: object } } }
const scalesSent = (bodies: unknown[]) => bodies.map(body => (body as Scaled).properties.scaleSettings)

test.each([
  ['task-completion', 'TaskCompletion'],
  ['requeue', 'Requeue'],
  ['terminate', 'Terminate']
] as const)(
  'both kinds of nodes leave by %s, in the time that the drain may take; the former scale is kept in the metadata',
  async (drain, option) => {
    const run = m.rolling('drain-pool', {}, { step: { drain } })
    expect(await run.ends()).toBe('no nodes left')
    expect(scalesSent(run.sent('patchPool'))).toEqual([
      {
        fixedScale: {
          targetDedicatedNodes: 0,
          targetLowPriorityNodes: 0,
          resizeTimeout: 'PT1H',
          nodeDeallocationOption: option
        }
      }
    ])
    expect(names(run.pool())).toEqual([
      'team',
      'batch-image-rollout',
      'batch-image-rollout-former',
      'batch-image-rollout-lease'
    ])
    expect(run.one.said).toEqual([
      'drain-pool: 12 dedicated and 8 low-priority nodes left; to zero by ' + drain,
      'drain-pool: 12 dedicated and 8 low-priority nodes left; the pool is Resizing'
    ])
  }
)

test.each<[string, Partial<Pool>]>([
  ['image', { imageId: m.NEW }],
  ['number of dedicated nodes', { scale: { ...FULL, targetDedicatedNodes: 11 } as Pool['scale'] }],
  ['number of low-priority nodes', { scale: { ...FULL, targetLowPriorityNodes: 9 } as Pool['scale'] }],
  ['formula', { scale: FORMULA }]
])('a pool whose %s is another than when the plan was made is not emptied', async (_, change) => {
  const run = m.rolling('drain-pool', { pool: m.mixedPool(change) })
  expect(await run.fails()).toMatchObject({ reason: 'pool-changed' })
  expect(run.changes()).toEqual([])
})

test('nor one with another formula than it had', async () => {
  const plan = m.rolloutPlan({ seen: { pool: m.mixedPool({ scale: FORMULA }) } })
  const scale = { ...FORMULA, formula: '$TargetDedicatedNodes=9' }
  const run = m.rolling('drain-pool', { pool: m.mixedPool({ scale }) }, { plan })
  expect(await run.fails()).toMatchObject({ reason: 'pool-changed' })
  expect(run.changes()).toEqual([])
})

test('what a formula made of it meanwhile, and what others note on it, is no change', async () => {
  const plan = m.rolloutPlan({ seen: { pool: m.mixedPool({ scale: FORMULA }) } })
  const pool = m.mixedPool({ scale: FORMULA, currentLowPriorityNodes: 3, metadata: [], etag: 'W/"9"' })
  const run = m.rolling('drain-pool', { pool, nodes: [] }, { plan })
  expect(await run.ends()).toBe('no nodes left')
})

test('a pool at zero that has got another image meanwhile is not held for it', async () => {
  const run = m.rolling('drain-pool', { pool: m.atZero({ imageId: m.NEW }) })
  expect(await run.fails()).toMatchObject({ reason: 'pool-changed' })
  expect(run.changes()).toEqual([])
})

test('a pool that somebody has set to zero meanwhile is as good as emptied, once this run holds it', async () => {
  const run = m.rolling('drain-pool', { pool: m.atZero() })
  expect(await run.ends()).toBe('no nodes left')
  expect(run.changes()).toEqual(['patchPool'])
})

const IDLE = stepExpecting('no-nodes')
const NO_TASKS = stepExpecting('no-tasks')

function stepExpecting(idle: 'no-nodes' | 'no-tasks') {
  return { expects: { ...stepOf(m.rolloutPlan(), 'drain-pool').expects, idle } }
}

test.each<[string, Partial<Pool>, number, object, string]>([
  [
    'tasks',
    { currentDedicatedNodes: 0, currentLowPriorityNodes: 0 },
    1,
    IDLE,
    '0 dedicated nodes and 1 active or running tasks'
  ],
  [
    'low-priority nodes',
    { currentDedicatedNodes: 0, currentLowPriorityNodes: 1 },
    0,
    IDLE,
    '1 low-priority node and 0 active'
  ],
  [
    'tasks, for nodes that have failed',
    {},
    2,
    NO_TASKS,
    '12 dedicated and 8 low-priority nodes and 2 active or running tasks'
  ]
])(
  'a pool that was idle when the plan was made, and has %s now, is not emptied',
  async (_, change, tasks, step, has) => {
    const run = m.rolling('drain-pool', { pool: m.mixedPool(change), work: { jobs: ['j'], tasks } }, { step })
    const error = (await run.fails()) as RunError
    expect([error.reason, run.changes()]).toEqual(['pool-change-refused', []])
    expect(error.message).toContain(`pool render was idle when the plan was made, and now has ${has}`)
    expect(run.asked.find(({ name }) => name === 'activeWork')).toMatchObject({
      target: 'render',
      under: 'farm.eastus2.batch.azure.com'
    })
  }
)

test.each<[string, Partial<Pool>, object]>([
  ['has neither', { currentDedicatedNodes: 0, currentLowPriorityNodes: 0 }, IDLE],
  ['has nodes that have all failed', {}, NO_TASKS],
  ['may be emptied whatever it does', {}, {}]
])('a pool that %s is emptied', async (_, change, step) => {
  const busy = 'expects' in step ? 0 : 7
  const run = m.rolling('drain-pool', { pool: m.mixedPool(change), work: { jobs: ['j'], tasks: busy } }, { step })
  expect(await run.ends()).toBe('no nodes left')
})

test('its work is looked at before the pool is emptied, and not while it drains', async () => {
  const run = m.rolling(
    'drain-pool',
    { pool: m.mixedPool({ currentDedicatedNodes: 0, currentLowPriorityNodes: 0 }) },
    { step: IDLE }
  )
  run.next('patchPool', () => (run.world.work = { jobs: ['j'], tasks: 5 }))
  expect(await run.ends()).toBe('no nodes left')
})

test('while Batch resizes (409 at the first PATCH) zero is asked for again, of the pool as it is then', async () => {
  const run = m.rolling('drain-pool')
  run.next(
    'patchPool',
    refuses(409, 'PoolBeingResized', () => run.becomes({ currentLowPriorityNodes: 7 }))
  )
  expect(await run.ends()).toBe('no nodes left')
  expect(run.changes()).toEqual(['patchPool', 'patchPool'])
})

test.each([refuses(409, 'OperationNotAllowed'), breaks()])(
  'any other refusal of the first PATCH ends the step, and nothing is undone that wasn’t done',
  async refusal => {
    const run = m.rolling('drain-pool')
    run.next('patchPool', refusal)
    await run.fails()
    expect([run.changes(), run.pool().scale]).toEqual([['patchPool'], FULL])
  }
)

test('an image that is gone costs the pool no node', async () => {
  const run = m.rolling('drain-pool', { versions: {} })
  expect(await run.fails()).toMatchObject({ reason: 'image-failed' })
  expect(run.changes()).toEqual([])
})

test('a drain that isn’t over in its time ends the step; the plan’s undoing brings the pool back', async () => {
  const run = m.rolling('drain-pool', { busy: 2, takes: { resize: 3 * MINUTE } })
  expect(await run.fails()).toMatchObject({
    reason: 'drain-timeout',
    message: '2 dedicated nodes left, and the drain-timeout is up',
    wayOut: expect.stringContaining('drain: requeue')
  })
  expect([run.changes(), Math.floor(minutesIn(run))]).toEqual([['patchPool'], 60])
})

test('nodes that a resize leaves behind are asked to go again, in the time that is left', async () => {
  const run = m.rolling('drain-pool', { busy: 1 })
  // The resize ends long before its time.
  run.time.later(20 * MINUTE, () =>
    run.becomes({ allocationState: 'Steady', currentDedicatedNodes: 1, currentLowPriorityNodes: 0 })
  )
  run.time.later(20 * MINUTE, () => (run.world.busy = 0))
  expect(await run.ends()).toBe('no nodes left')
  const [, way, again, ...more] = scalesSent(run.sent('patchPool')).map(scale => scale?.fixedScale)
  expect(way).toMatchObject({ targetDedicatedNodes: 1, targetLowPriorityNodes: 0 })
  expect(again).toMatchObject({ targetDedicatedNodes: 0, resizeTimeout: expect.stringMatching(/^PT(39|40)M/) })
  expect(more).toEqual([])
})

test('nodes that an earlier drain left go by way of what is there, for Batch takes the same size for no change', async () => {
  const stopped = {
    startTime: '2026-11-23T07:00:00Z',
    errors: [{ code: 'ResizeStopped', message: 'm', details: [] }]
  }
  const left = { currentDedicatedNodes: 3, currentLowPriorityNodes: 2, resize: stopped }
  const run = m.rolling('drain-pool', { pool: m.atZero(left) })
  expect(await run.ends()).toBe('no nodes left')
  const targets = scalesSent(run.sent('patchPool')).map(scale => scale?.fixedScale)
  expect(targets).toEqual([
    expect.objectContaining({ targetDedicatedNodes: 3, targetLowPriorityNodes: 2 }),
    expect.objectContaining({ targetDedicatedNodes: 0, targetLowPriorityNodes: 0 })
  ])
})

test('where the pool couldn’t be back before the deadline it isn’t emptied at all', async () => {
  const late = m.rolling('drain-pool', {}, { deadlineAt: AT + 15 * MINUTE - 1 })
  expect(await late.fails()).toMatchObject({ reason: 'deadline-exceeded', wayOut: expect.stringContaining('deadline') })
  expect(late.changes()).toEqual([])
  const justInTime = m.rolling('drain-pool', {}, { deadlineAt: AT + 15 * MINUTE })
  expect(await justInTime.ends()).toBe('no nodes left')
  expect(scalesSent(justInTime.sent('patchPool'))[0]).toMatchObject({ fixedScale: { resizeTimeout: 'PT5M' } })
})

test('ten minutes before the deadline the drain ends, however long it may take: the pool needs them to come back', async () => {
  const run = m.rolling('drain-pool', { busy: 1 }, { deadlineAt: AT + 40 * MINUTE })
  expect(await run.fails()).toMatchObject({ reason: 'drain-timeout' })
  expect(Math.floor(minutesIn(run))).toBe(30)
})

test('a drain that a person stops is theirs: the run ends', async () => {
  const run = m.rolling('drain-pool', { busy: 3 })
  run.time.later(20 * MINUTE, () => void run.azure.batch.stopResize(run.step.poolId, '2025-06-01'))
  expect(await run.fails()).toMatchObject({
    reason: 'pool-changed',
    message: '12 dedicated and 8 low-priority nodes left, and somebody else has stopped the drain'
  })
})

test.each<[string, Pool['scale']]>([
  ['low-priority nodes', { ...ZERO, targetLowPriorityNodes: 2 } as Pool['scale']],
  ['a formula', FORMULA]
])('%s that somebody asks for meanwhile are left to them', async (_, scale) => {
  const run = m.rolling('drain-pool', { busy: 3 })
  run.time.later(20 * MINUTE, () => run.becomes({ allocationState: 'Steady', scale }))
  const error = (await run.fails()) as RunError
  expect([error.reason, run.pool().scale]).toEqual(['pool-changed', scale])
  expect(error.message).toContain('somebody else has given the pool another scale')
  expect(run.changes()).toEqual(['patchPool'])
})
