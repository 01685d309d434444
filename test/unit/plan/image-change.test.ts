import { expect, test } from '@jest/globals'
import type { Observed } from '../../../src/model/observed.ts'
import { unmadeItem } from '../../../src/rules/pool-metadata.ts'
import * as f from '../../support/observed-fixtures.ts'

type ImageChange = 'auto' | 'in-place' | 'refuse'

function planned(imageChange: ImageChange, change: Parameters<typeof f.pool>[0], seen: Partial<Observed> = {}) {
  const pool = f.pool({ imageId: f.versionIdOf('0.9.0'), ...change })
  return f.planOne(f.rolloutOnlySpec(f.rolloutSpec({ imageChange })), f.rolloutObserved({ pool, ...seen }), f.CONTEXT)
}

const EMPTY = {
  currentDedicatedNodes: 0,
  scale: { kind: 'fixed' as const, targetDedicatedNodes: 0, targetLowPriorityNodes: 0 }
}
const WORK = { activeWork: { jobs: ['j'], tasks: 1 } }

test.each<[ImageChange, string, Parameters<typeof f.pool>[0], Partial<Observed>, string]>([
  ['auto', 'idle and empty', EMPTY, {}, 'change'],
  ['auto', 'empty with active work', EMPTY, WORK, 'refuse'],
  ['auto', 'empty and resizing', { ...EMPTY, allocationState: 'Resizing' }, {}, 'refuse'],
  ['auto', 'with nodes', {}, {}, 'refuse'],
  ['auto', 'with low-priority nodes', { ...EMPTY, currentLowPriorityNodes: 1 }, {}, 'refuse'],
  ['in-place', 'with nodes and active work', {}, WORK, 'change'],
  ['refuse', 'idle and empty', EMPTY, {}, 'refuse']
])('image-change: %s, a pool that is %s', (imageChange, _, change, seen, decision) => {
  const plan = planned(imageChange, change, seen)
  expect(plan.pools[0]?.decision).toBe(decision)
  expect(plan.steps.length > 0).toBe(decision === 'change')
})

test('a refusal says what differs, what the pool has, and what each choice costs', () => {
  const { findings } = planned('auto', {}, WORK)
  expect(findings).toContainEqual({
    rule: 'image-change',
    severity: 'error',
    message:
      'pool "render": image can only change at zero nodes, ' +
      'and it has 20 dedicated nodes and 1 active or running task',
    wayOut: expect.stringMatching(/in-place .*another pool name .*scale the pool to zero/),
    source: 'learn.microsoft.com/azure/batch/batch-pool-update-properties'
  })
})

test('a pool from a managed image can’t get another: it says so, whatever image-change is', () => {
  const seen = f.observed({
    managedImage: f.managedImage({ tags: {} }),
    pool: f.pool({ ...EMPTY, imageId: `${f.MANAGED_IMAGE}-old` as never })
  })
  for (const imageChange of ['auto', 'in-place', 'refuse'] as const) {
    const spec = f.rolloutOnlySpec(f.rolloutSpec({ imageChange, imageId: f.MANAGED_IMAGE }))
    const plan = f.planOne(spec, seen, f.CONTEXT)
    expect(plan.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual([
      'another-pool'
    ])
    expect([plan.pools[0]?.decision, plan.steps]).toEqual(['refuse', []])
  }
})

const OURS = [{ name: 'batch-image-rollout', value: 'pixel/farm run 4000 commit 0ff1ce' }]
const ONE = {
  currentDedicatedNodes: 1,
  scale: { kind: 'fixed' as const, targetDedicatedNodes: 1, targetLowPriorityNodes: 0 }
}
const NO_WORK = { activeWork: { jobs: [], tasks: 0 } }

const noted = (version: string) => [
  ...OURS,
  { name: 'batch-image-rollout-failed', value: f.versionIdOf(version).toUpperCase() }
]

type Left = {
  state: string
  nodes: string[]
  metadata?: typeof OURS
  work?: Partial<Observed>
  pool?: Parameters<typeof f.pool>[0]
}

test.each<[string, Left, string]>([
  ['a failed canary of a failed version', { state: 'failed', nodes: ['starttaskfailed'] }, 'change'],
  ['a failed canary of a version that is open', { state: 'open', nodes: ['unusable'] }, 'change'],
  ['a failed node of a version that waits since its proof', { state: 'stopped', nodes: ['unusable'] }, 'change'],
  ['a node that is idle, of a failed version', { state: 'failed', nodes: ['idle'] }, 'change'],
  ['a node that is idle, of a version that is open', { state: 'open', nodes: ['idle'] }, 'refuse'],
  ['a failed node of a version that was finished', { state: 'complete', nodes: ['unusable'] }, 'refuse'],
  [
    'a failed node of a version that was finished, on which a run has failed',
    { state: 'complete', nodes: ['unusable'], metadata: noted('0.9.0') },
    'change'
  ],
  [
    'an idle node of a version that was finished, on which a run has failed',
    { state: 'complete', nodes: ['idle'], metadata: noted('0.9.0') },
    'refuse'
  ],
  [
    'a failed node of a version that was finished, where a run has failed on another',
    { state: 'complete', nodes: ['unusable'], metadata: noted('0.8.0') },
    'refuse'
  ],
  ['a failed node, and work', { state: 'failed', nodes: ['unusable'], work: WORK }, 'refuse'],
  [
    'a failed node, in a pool that nobody of us has made',
    { state: 'failed', nodes: ['unusable'], metadata: [] },
    'refuse'
  ],
  ['nodes that aren’t all listed', { state: 'failed', nodes: [] }, 'refuse'],
  [
    'a failed node, and a formula that may bring others',
    { state: 'failed', nodes: ['unusable'], pool: { scale: { kind: 'auto', formula: 'x' } } },
    'refuse'
  ],
  [
    'a failed node, and others that are coming',
    { state: 'failed', nodes: ['unusable'], pool: { allocationState: 'Resizing' } },
    'refuse'
  ],
  ['a failed node, and work that nobody knows', { state: 'failed', nodes: ['unusable'], work: {} }, 'refuse']
])(
  'image-change: auto, a pool with %s',
  (_, { state, nodes, metadata = OURS, work = NO_WORK, pool = {} }, decision) => {
    const seen = f.observed({
      versions: [f.version('0.9.0', { tags: { 'batch-image-rollout-state': state } })],
      pool: f.pool({ imageId: f.versionIdOf('0.9.0'), metadata, ...ONE, ...pool }),
      nodes: f.nodes(...nodes),
      ...work
    })
    const plan = f.planOne(f.releaseSpec(), seen, f.CONTEXT)
    expect(plan.pools[0]?.decision).toBe(decision)
    if (decision === 'change') {
      expect(f.stepOf(plan, 'drain-pool')).toMatchObject({ expects: { idle: 'no-tasks' } })
    }
  }
)

test.each([
  [0, 'no active or running tasks'],
  [1, '1 active or running task'],
  [2, '2 active or running tasks']
])('a refusal counts %d tasks', (tasks, words) => {
  const message = ({ activeWork }: Partial<Observed>): string | undefined =>
    planned('auto', {}, activeWork ? { activeWork } : {}).findings.find(({ rule }) => rule === 'image-change')?.message
  expect(message({ activeWork: { jobs: [], tasks } })?.endsWith(`it has 20 dedicated nodes and ${words}`)).toBe(true)
  expect(message({})?.endsWith('it has 20 dedicated nodes')).toBe(true)
})

const T0 = '2026-11-23T08:00:00Z'
const T1 = '2026-11-23T08:30:00Z'

test('nodes that are older than their version run something else, and the refusal says so', () => {
  const rolloutVersion = f.version('1.0.0', { publishedAt: T1 })
  const nodes = f.nodes('idle', 'idle').map((node, index) => ({ ...node, allocatedAt: index === 0 ? T0 : T1 }))
  const seen = { rolloutVersion, nodes }
  const plan = planned('refuse', { imageId: f.versionIdOf('1.0.0') }, seen)
  expect(plan.findings.find(({ rule }) => rule === 'image-change')?.message).toMatch(
    /and image-change is "refuse"; its nodes run the image as it was before 2026-11-23T08:30:00Z: 1 of 2 nodes are older$/
  )
  const young = { ...seen, nodes: nodes.slice(1) }
  expect(planned('refuse', { imageId: f.versionIdOf('1.0.0') }, young).pools[0]?.decision).toBe('keep')
  expect(
    planned('refuse', { imageId: f.versionIdOf('1.0.0'), ...EMPTY }, seen).pools[0]?.differences.map(({ path }) => path)
  ).toEqual(['scaleSettings.fixedScale.targetDedicatedNodes'])
  expect(
    planned('refuse', { imageId: f.versionIdOf('1.0.0'), ...EMPTY, allocationState: 'Resizing' }, seen).pools[0]
      ?.decision
  ).toBe('refuse')
})

test('another image is told by its id alone: nothing is said of what its nodes run', () => {
  const [finding] = planned('refuse', {}).findings.filter(({ rule }) => rule === 'image-change')
  expect(finding?.message).toMatch(/and image-change is "refuse"$/)
})

test('what only reads like another content of the image isn’t told as that', () => {
  const seen = f.rolloutObserved({ pool: f.pool({ properties: { displayName: 'farm (old)' } }) })
  const rollout = f.rolloutSpec({ imageChange: 'refuse', pool: { displayName: 'farm' } })
  const { findings } = f.planOne(f.rolloutOnlySpec(rollout), seen, f.CONTEXT)
  expect(findings.find(({ rule }) => rule === 'image-change')?.message).toMatch(
    /^pool "render": displayName can only change at zero nodes, and image-change is "refuse"$/
  )
})

test('nodes under the id of an image that is to be made again run something else', () => {
  const seen = (state: 'open' | 'failed') =>
    f.observed({
      pool: f.pool(),
      versions: [
        f.version('1.0.0', { provisioningState: state === 'failed' ? 'Failed' : 'Succeeded', tags: f.tagsOf('open') })
      ]
    })
  const spec = f.releaseSpec({}, f.rolloutSpec({ imageChange: 'refuse' }))
  const message = (state: 'open' | 'failed') =>
    f.planOne(spec, seen(state), f.CONTEXT).findings.find(({ rule }) => rule === 'image-change')?.message
  expect(message('failed')).toMatch(/; its nodes run the image as it was before: the image is to be made again$/)
  expect(message('open')).toBeUndefined()
})

test('a change that is tried again takes the note of what stayed undone away', () => {
  const note = unmadeItem([{ path: 'taskSlotsPerNode', present: 1, wanted: 8 }])
  const seen = f.rolloutObserved({ pool: f.pool({ imageId: f.versionIdOf('0.9.0'), metadata: [note] }) })
  const plan = f.planOf(f.rolloutOnlySpec(f.rolloutSpec({ imageChange: 'in-place' })), seen)
  expect(f.stepOf(plan, 'change-pool-image').metadata.remove).toContain('batch-image-rollout-unmade')
})
