/** Where a run watches its nodes before it is done, and under whose lease. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Node, Observed, Pool } from '../../../src/model/observed.ts'
import type { Plan } from '../../../src/model/plan.ts'
import type { RolloutSpec } from '../../../src/model/spec.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import * as f from '../../support/observed-fixtures.ts'

const HOUR = 3_600_000
const FORMULA = { scaleSettings: { autoScale: { formula: '$TargetDedicatedNodes = 5' } } } as JsonObject
const AS_WANTED = f.pool()
const OLD = f.pool({ imageId: f.versionIdOf('0.9.0') })
const PROVED = { rolloutVersion: f.version('1.0.0', { tags: { ...f.tagsOf('complete'), [TAG.proved]: 'yes' } }) }
const UNPROVED = { rolloutVersion: f.version('1.0.0', { tags: f.tagsOf('open'), excludeFromLatest: true }) }

type Case = { pool?: Pool; wants?: JsonObject; rollout?: Partial<RolloutSpec>; seen?: Partial<Observed> }

function planned({ pool, wants = {}, rollout = {}, seen = PROVED }: Case, bakeMs = HOUR): Plan {
  const spec = f.rolloutSpec({ bakeMs, imageChange: 'in-place', pool: wants, ...rollout })
  const found = pool === undefined ? {} : { pool, ...seen }
  const observed = f.rolloutObserved({ activeWork: { jobs: [], tasks: 0 }, ...found })
  return f.planOf(f.rolloutOnlySpec(spec), observed)
}

/** A bake behind what it must not be before. */
test.each<[string, Case, string[]]>([
  [
    'a new pool',
    {},
    ['create-pool', 'scale-pool < create-pool', 'bake-nodes < scale-pool', 'finish-pool < bake-nodes']
  ],
  [
    'another image',
    { pool: OLD },
    [
      'drain-pool',
      'change-pool-image < drain-pool',
      'scale-pool < change-pool-image',
      'bake-nodes < scale-pool',
      'finish-pool < bake-nodes'
    ]
  ],
  [
    'a pool that grows',
    { pool: f.pool({ currentDedicatedNodes: 5 }) },
    ['scale-pool', 'bake-nodes < scale-pool', 'finish-pool < bake-nodes']
  ],
  [
    'a pool that gets smaller',
    { pool: f.pool({ currentDedicatedNodes: 30 }) },
    ['scale-pool', 'finish-pool < scale-pool']
  ],
  [
    'a new pool with a formula',
    { wants: FORMULA },
    [
      'create-pool',
      'scale-pool < create-pool',
      'finish-pool < scale-pool',
      'verify-nodes < finish-pool',
      'bake-nodes < verify-nodes'
    ]
  ],
  ['a new pool of no nodes', { wants: { scaleSettings: undefined } }, ['create-pool']],
  [
    'a change that nodes which run don’t take',
    { pool: AS_WANTED, wants: { startTask: { commandLine: 'true' } } },
    ['patch-pool', 'verify-nodes < patch-pool']
  ],
  [
    'a change that nodes which run restart for',
    {
      pool: AS_WANTED,
      wants: { startTask: { commandLine: 'true' } },
      rollout: { refreshNodes: 'reboot' },
      seen: { ...PROVED, nodes: nodesThatHaveRun(20) }
    },
    [
      'patch-pool',
      'refresh-nodes < patch-pool',
      'verify-nodes < refresh-nodes',
      'bake-nodes < verify-nodes',
      'finish-pool < bake-nodes'
    ]
  ],
  ['a pool that is as wanted', { pool: AS_WANTED }, ['verify-nodes']],
  [
    'a pool that is as wanted, of a version that waits for its proof',
    { pool: AS_WANTED, seen: UNPROVED },
    ['verify-nodes', 'bake-nodes < verify-nodes', 'mark-image-proved < bake-nodes']
  ],
  [
    'one of a version that is proved, and whose last change Azure has failed at: only its tags are sent again',
    { pool: AS_WANTED, seen: { rolloutVersion: { ...PROVED.rolloutVersion, provisioningState: 'Failed' } } },
    ['verify-nodes', 'mark-image-proved < verify-nodes']
  ],
  [
    'one of somebody else’s version, which is never tagged',
    { pool: AS_WANTED, seen: { rolloutVersion: f.version('1.0.0', { tags: {} }) } },
    ['verify-nodes']
  ],
  [
    'a pool that a run has left in the middle of it',
    { pool: f.pool({ metadata: [{ name: 'batch-image-rollout-lease', value: leaseThatRanOut() }] }) },
    ['verify-nodes', 'bake-nodes < verify-nodes', 'finish-pool < bake-nodes']
  ]
])('%s', (_, given, expected) => {
  const plan = planned(given)
  expect(f.outline(plan)).toEqual(expected)
  // Without the input nothing of it is planned.
  expect(f.outline(planned(given, 0)).join()).not.toContain('bake-nodes')
})

function nodesThatHaveRun(count: number): Node[] {
  const bootedAt = new Date(f.AT - 10 * HOUR).toISOString()
  return Array.from({ length: count }, (_, index) => {
    return { nodeId: `tvm-${index}`, state: 'idle', isDedicated: true, bootedAt, errors: [] }
  })
}

function leaseThatRanOut(): string {
  const { repository, runId, runAttempt, nonce } = f.OTHER_RUN
  return JSON.stringify({ repository, runId, runAttempt, nonce, until: new Date(f.AT - HOUR).toISOString() })
}

test('it holds the pool for as long as it lasts, and knows what the pool was brought to', () => {
  const step = f.stepOf(planned({ pool: OLD }), 'bake-nodes')
  expect(step).toMatchObject({
    bakeMs: HOUR,
    nodeTimeoutMs: 1_800_000,
    maxUnhealthy: { share: 0.05 },
    goal: { dedicated: 20, lowPriority: 0 },
    title: 'watch the nodes of pool render for 1h'
  })
  expect(step.metadata?.set.map(({ name }) => name)).toEqual(['batch-image-rollout-lease'])
})

test('what a formula has is only looked at: the lease went when the formula took over', () => {
  const step = f.stepOf(planned({ wants: FORMULA }), 'bake-nodes')
  expect([step.metadata, step.goal]).toEqual([undefined, undefined])
})

test('until it is over the version may turn out to fail, and is promoted by nothing', () => {
  const seen = f.observed({ activeWork: { jobs: [], tasks: 0 } })
  const plan = f.planOf(f.releaseSpec({}, f.rolloutSpec({ bakeMs: HOUR })), seen)
  expect(plan.steps.find(({ id }) => id === 'promote-image')?.after).toEqual(['image-settled', 'bake-nodes'])
  expect(plan.undo.find(({ step }) => step.kind === 'mark-image-failed')).toMatchObject({
    after: 'image-version',
    given: 'image-blamed'
  })
})

test('whoever begins by it, on a pool that another run has left, lets go of it when it fails', () => {
  const pool = f.pool({ metadata: [{ name: 'batch-image-rollout-lease', value: leaseThatRanOut() }] })
  expect(planned({ pool }).undo.map(({ after, until, step }) => [after, until, step.kind])).toEqual([
    ['bake-nodes', 'finish-pool', 'stop-resize'],
    ['bake-nodes', 'finish-pool', 'release-pool']
  ])
  expect(planned({ pool: AS_WANTED, seen: UNPROVED }).undo.map(({ step }) => step.kind)).toEqual(['mark-image-failed'])
})
