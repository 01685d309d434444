/** What a plan says of nodes that take a change only when they restart. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Node, Observed, Pool } from '../../../src/model/observed.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { REFRESH_ITEM } from '../../../src/model/own-metadata.ts'
import * as f from '../../support/observed-fixtures.ts'

type Rollout = Parameters<typeof f.rolloutSpec>[0]

const MINUTE = 60_000
const OLD = new Date(f.AT - 600 * MINUTE).toISOString()
const NEW = new Date(f.AT - 10 * MINUTE).toISOString()
const OWED = { name: REFRESH_ITEM, value: JSON.stringify({ changedAt: new Date(f.AT - 60 * MINUTE).toISOString() }) }
const OTHER = { startTask: { commandLine: 'mount --all' } }
const REBOOT = { refreshNodes: 'reboot' } as const

const nodesOf = (count: number, change: Partial<Node> = {}): Node[] =>
  Array.from({ length: count }, (_, index) => ({
    nodeId: `tvm-${index}`,
    state: 'idle',
    isDedicated: true,
    bootedAt: OLD,
    errors: [],
    ...change
  }))

type Seen = { nodes?: Node[]; pool?: Partial<Pool> }

/** A pool of 20 nodes that is as wanted, save for what `rollout` says. */
function planned(rollout: Rollout, { nodes = nodesOf(20), pool = {} }: Seen = {}): Plan {
  const seen: Partial<Observed> = {
    pool: f.pool({ properties: { startTask: { commandLine: 'mount -a' } }, ...pool }),
    nodes
  }
  return f.planOf(f.rolloutOnlySpec(f.rolloutSpec(rollout)), f.rolloutObserved(seen))
}

const REFRESHED = [
  'patch-pool',
  'refresh-nodes < patch-pool',
  'verify-nodes < refresh-nodes',
  'finish-pool < verify-nodes'
]
const names = (items: readonly { name: string }[]): string[] => items.map(({ name }) => name)

test('nodes restart after the change, and the lease and the note go with the last step', () => {
  const plan = planned({ pool: OTHER, ...REBOOT })
  expect(f.outline(plan)).toEqual(REFRESHED)
  const patch = f.stepOf(plan, 'patch-pool')
  expect(patch.reason).toBe(
    'Batch takes these while nodes are there; 20 nodes keep what they started with until they restart'
  )
  expect(names(patch.metadata.set)).toEqual(['batch-image-rollout', REFRESH_ITEM, 'batch-image-rollout-lease'])
  expect(f.stepOf(plan, 'refresh-nodes')).toMatchObject({
    title: 'restart 20 nodes of pool render by reboot',
    by: 'reboot',
    canaryNodes: 1,
    waveSize: 10,
    drain: 'task-completion',
    drainTimeoutMs: 3_600_000,
    nodeTimeoutMs: 1_800_000,
    maxUnhealthy: { share: 0.05 },
    metadata: { set: [{ name: 'batch-image-rollout-lease' }], remove: [] }
  })
  expect(f.stepOf(plan, 'finish-pool').metadata.remove).toEqual(
    expect.arrayContaining([REFRESH_ITEM, 'batch-image-rollout-lease'])
  )
})

test('if it ends half-way the pool is released, and no resize is stopped that a formula may have begun', () => {
  const plan = planned({ pool: OTHER, ...REBOOT })
  expect(plan.undo.map(({ after, until, on, step }) => [after, until, on, step.kind])).toEqual([
    ['patch-pool', 'finish-pool', ['failed', 'killed'], 'release-pool']
  ])
})

test.each<[string, Rollout, number, string]>([
  [
    'a canary and waves',
    {},
    20,
    '1 first, then 10 at a time, each wave healthy before the next; 3 waves, 4 minutes at least, and as long as their tasks take'
  ],
  [
    'a tenth where all is said',
    { waveSize: 'all' },
    20,
    '1 first, then 2 at a time, each wave healthy before the next; 11 waves, 14 minutes at least, and as long as their tasks take'
  ],
  [
    'half at most',
    { waveSize: 50, drain: 'requeue' },
    20,
    '1 first, then 10 at a time, each wave healthy before the next; 3 waves, 4 minutes at least'
  ],
  [
    'one after the other',
    { waveSize: 1, drain: 'requeue' },
    3,
    '1 at a time, each wave healthy before the next; 3 waves, 4 minutes at least'
  ],
  ['one alone', { drain: 'terminate' }, 1, '1 node at a time; 1 wave, 2 minutes at least'],
  [
    'a reimage',
    { refreshNodes: 'reimage', drain: 'terminate', prove: 'none', canaryNodes: 0 },
    20,
    '10 at a time, each wave healthy before the next; 2 waves, 18 minutes at least'
  ]
])('how many are out at a time, and for how long at least: %s', (_, rollout, count, says) => {
  const pool = { ...OTHER, scaleSettings: { fixedScale: { targetDedicatedNodes: count } } }
  const scale = { kind: 'fixed' as const, targetDedicatedNodes: count, targetLowPriorityNodes: 0 }
  const plan = planned(
    { ...REBOOT, pool, ...rollout },
    { nodes: nodesOf(count), pool: { currentDedicatedNodes: count, scale } }
  )
  expect(f.stepOf(plan, 'refresh-nodes').reason).toBe(`they take the change only when they start; ${says}`)
})

test.each([
  [20, '20 nodes keep what they started with until they restart'],
  [1, '1 node keeps what it started with until it restarts']
])('without it the plan says who keeps what, and what would help: %i', (count, says) => {
  const plan = planned({ pool: OTHER }, { nodes: nodesOf(count) })
  expect(f.outline(plan)).toEqual(['patch-pool', 'verify-nodes < patch-pool'])
  const { reason, metadata } = f.stepOf(plan, 'patch-pool')
  expect(reason).toBe(
    `Batch takes these while nodes are there; ${says} (refresh-nodes restarts them, in this run or a later one)`
  )
  expect(metadata.set).toContainEqual({ name: REFRESH_ITEM, value: '{}' })
})

test.each<[string, Rollout, Seen]>([
  ['of metadata alone', { pool: { metadata: [{ name: 'team', value: 'fx' }] }, ...REBOOT }, {}],
  ['of a pool without nodes', { pool: OTHER, ...REBOOT }, { nodes: [] }],
  ['where all are preempted', { pool: OTHER, ...REBOOT }, { nodes: nodesOf(20, { state: 'preempted' }) }]
])('nothing restarts for a change %s', (_, rollout, seen) => {
  const plan = planned(rollout, seen)
  expect(plan.steps.map(({ kind }) => kind)).not.toContain('refresh-nodes')
  const { reason, metadata } = f.stepOf(plan, 'patch-pool')
  expect(reason).toBe('Batch takes these while nodes are there')
  expect(names(metadata.set)).not.toContain(REFRESH_ITEM)
})

test('other packages are such a change too', () => {
  const packages = { applicationPackages: [{ id: `${f.ACCOUNT}/applications/blender` }] } as JsonObject
  expect(f.outline(planned({ pool: packages, ...REBOOT }))).toEqual(REFRESHED)
})

test('a pool that gets another size has it before its nodes restart', () => {
  const bigger = { ...OTHER, scaleSettings: { fixedScale: { targetDedicatedNodes: 30 } } }
  const plan = planned({ pool: bigger, ...REBOOT })
  expect(f.outline(plan)).toEqual([
    'patch-pool',
    'scale-pool < patch-pool',
    'refresh-nodes < scale-pool',
    'finish-pool < refresh-nodes'
  ])
  expect(f.stepOf(plan, 'finish-pool').metadata.remove).toContain(REFRESH_ITEM)
  expect(plan.undo.map(({ step }) => step.kind)).toContain('stop-resize')
})

test('one that is to have no nodes restarts none', () => {
  const none = { ...OTHER, scaleSettings: { fixedScale: { targetDedicatedNodes: 0 } } }
  expect(planned({ pool: none, ...REBOOT }).steps.map(({ kind }) => kind)).not.toContain('refresh-nodes')
})

test('an earlier run that was cut off is gone on with, for the nodes that are left', () => {
  const nodes = [...nodesOf(12, { bootedAt: NEW }), ...nodesOf(20).slice(12)]
  const plan = planned(REBOOT, { nodes, pool: { metadata: [OWED] } })
  expect(plan.pools[0]).toMatchObject({
    decision: 'change',
    reason: 'nodes of it have started before its last change, and are still to restart'
  })
  expect(f.outline(plan)).toEqual(['refresh-nodes', 'verify-nodes < refresh-nodes', 'finish-pool < verify-nodes'])
  expect(f.stepOf(plan, 'refresh-nodes').title).toBe('restart 8 nodes of pool render by reboot')
})

test('without refresh-nodes they are only told', () => {
  const plan = planned(
    {},
    { nodes: [...nodesOf(19, { bootedAt: NEW }), ...nodesOf(20).slice(19)], pool: { metadata: [OWED] } }
  )
  expect(plan.pools[0]).toMatchObject({
    decision: 'keep',
    reason:
      'already as wanted; 1 node of it has started before its last change, and takes it on its next start (refresh-nodes)'
  })
})

test.each(['none', 'reboot'] as const)(
  'where all have restarted by now only the note goes (refresh-nodes: %s)',
  refreshNodes => {
    const plan = planned({ refreshNodes }, { nodes: nodesOf(20, { bootedAt: NEW }), pool: { metadata: [OWED] } })
    expect(f.outline(plan)).toEqual(['verify-nodes', 'finish-pool < verify-nodes'])
    expect(f.stepOf(plan, 'finish-pool')).toMatchObject({
      reason: 'an earlier run left a note of nodes that were to restart, and have on it',
      metadata: { remove: expect.arrayContaining([REFRESH_ITEM]) }
    })
  }
)

test.each([
  ['offline', 'keep'],
  ['preempted', 'change']
])('a node that is %s: the note stays for one that goes on with what it has', (state, decision) => {
  const nodes = [...nodesOf(19, { bootedAt: NEW }), ...nodesOf(20, { state }).slice(19)]
  expect(planned({}, { nodes, pool: { metadata: [OWED] } }).pools[0]).toMatchObject({ decision })
})

test.each(['{}', 'whatever', '{"changedAt":"soon"}', 'null'])(
  'a note that this action has not written is nobody’s: %s',
  value => {
    const plan = planned(REBOOT, { pool: { metadata: [{ name: REFRESH_ITEM, value }] } })
    expect(plan.pools[0]).toMatchObject({ decision: 'keep', reason: 'already as wanted' })
  }
)

test('an empty pool that gets another image has no nodes that could be owed anything', () => {
  const empty = { kind: 'fixed' as const, targetDedicatedNodes: 0, targetLowPriorityNodes: 0 }
  const plan = planned(REBOOT, {
    nodes: [],
    pool: { metadata: [OWED], imageId: f.versionIdOf('0.9.0'), currentDedicatedNodes: 0, scale: empty }
  })
  expect(f.stepOf(plan, 'change-pool-image').metadata.remove).toContain(REFRESH_ITEM)
})
