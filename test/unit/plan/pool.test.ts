import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Observed, Pool } from '../../../src/model/observed.ts'
import type { Plan } from '../../../src/model/plan.ts'
import * as f from '../../support/observed-fixtures.ts'

type Rollout = Parameters<typeof f.rolloutSpec>[0]
const planned = (rollout: Rollout, seen: Partial<Observed> = {}): Plan =>
  f.planOf(f.rolloutOnlySpec(f.rolloutSpec(rollout)), f.rolloutObserved(seen))

const auto = (formula = '$TargetDedicatedNodes = 5', evaluationInterval?: string): JsonObject => ({
  scaleSettings: { autoScale: { formula, ...(evaluationInterval === undefined ? {} : { evaluationInterval }) } }
})
const WITHOUT_SCALE = { scaleSettings: undefined } as JsonObject
const RUN_NOTE = { name: 'batch-image-rollout', value: 'pixel/farm run 4711 commit c0ffee0' }
const FAILED_NOTE = 'batch-image-rollout-failed'
const LEASE_ITEM = 'batch-image-rollout-lease'
/** Without its end, which is known only when it is written. */
const LEASE = {
  name: LEASE_ITEM,
  value: '{"repository":"pixel/farm","runId":"4711","runAttempt":1,"nonce":"n-4711"}'
}
const EMPTY = {
  currentDedicatedNodes: 0,
  scale: { kind: 'fixed' as const, targetDedicatedNodes: 0, targetLowPriorityNodes: 0 }
}
const OLD_IMAGE = { imageId: f.versionIdOf('0.9.0') }
const AUTO_POOL = { scale: { kind: 'auto' as const, formula: '$TargetDedicatedNodes = 5' } }

const scaleOf = (body: JsonObject): unknown => (body.properties as JsonObject).scaleSettings

test('a new pool of a fixed size is made with its first wave, then grows', () => {
  const plan = planned({})
  expect(f.outline(plan)).toEqual(['create-pool', 'scale-pool < create-pool', 'finish-pool < scale-pool'])
  expect(plan.pools[0]).toMatchObject({
    decision: 'create',
    reason: 'there is none yet',
    apiVersion: '2025-06-01',
    differences: []
  })
  const { body, title } = f.stepOf(plan, 'create-pool')
  expect(title).toBe('create pool render with 1 dedicated node')
  expect(body).toEqual({
    properties: {
      vmSize: 'Standard_D4s_v5',
      startTask: { commandLine: 'mount -a' },
      deploymentConfiguration: {
        virtualMachineConfiguration: { imageReference: { id: f.versionIdOf('1.0.0') }, nodeAgentSkuId: f.AGENT }
      },
      scaleSettings: { fixedScale: { targetDedicatedNodes: 1, targetLowPriorityNodes: 0, resizeTimeout: 'PT20M' } },
      metadata: [RUN_NOTE, LEASE]
    }
  })
  expect(f.stepOf(plan, 'scale-pool')).toMatchObject({
    goal: { dedicated: 20, lowPriority: 0 },
    alreadyAsked: { dedicated: 1, lowPriority: 0 },
    waveSize: 10,
    title: 'bring pool render to 20 dedicated nodes',
    reason: '1 first, then waves of 10; each wave must be healthy before the next'
  })
})

test('the pool waits for the image, and nothing else of it', () => {
  const plan = f.planOf(f.releaseSpec(), f.observed())
  expect(f.stepOf(plan, 'create-pool').after).toEqual(['image-version'])
})

test('a new pool with a formula is made with its canary as a fixed scale; the formula takes over from healthy nodes', () => {
  const plan = planned({ pool: auto('$TargetDedicatedNodes = 5', 'PT5M') })
  expect(f.outline(plan)).toEqual([
    'create-pool',
    'scale-pool < create-pool',
    'finish-pool < scale-pool',
    'verify-nodes < finish-pool'
  ])
  expect(scaleOf(f.stepOf(plan, 'create-pool').body)).toMatchObject({ fixedScale: { targetDedicatedNodes: 1 } })
  const finish = f.stepOf(plan, 'finish-pool')
  expect(scaleOf(finish.body)).toEqual({
    autoScale: { formula: '$TargetDedicatedNodes = 5', evaluationInterval: 'PT5M' }
  })
  expect([finish.evaluationIntervalMs, finish.reason]).toEqual([5 * 60_000, 'the spec asks for autoscale'])
})

test('the canary of a formula is low-priority where the account has no dedicated cores', () => {
  const plan = planned({ pool: auto() }, { account: f.account({ dedicatedCoreQuota: 0 }) })
  expect(f.stepOf(plan, 'scale-pool').goal).toEqual({ dedicated: 0, lowPriority: 1 })
})

test('without canary nodes a formula takes over at once', () => {
  expect(f.outline(planned({ pool: auto(), canaryNodes: 0 }))).toEqual([
    'create-pool',
    'finish-pool < create-pool',
    'verify-nodes < finish-pool'
  ])
})

test('a new pool without scale settings is made without nodes', () => {
  const plan = planned({ pool: WITHOUT_SCALE })
  expect(f.outline(plan)).toEqual(['create-pool'])
  expect(scaleOf(f.stepOf(plan, 'create-pool').body)).toMatchObject({
    fixedScale: { targetDedicatedNodes: 0, targetLowPriorityNodes: 0 }
  })
})

test('a pool that is as wanted is only looked at', () => {
  const plan = planned({}, { pool: f.pool() })
  expect(plan.pools[0]).toMatchObject({ decision: 'keep', reason: 'already as wanted' })
  expect(f.outline(plan)).toEqual(['verify-nodes'])
  expect(f.stepOf(plan, 'verify-nodes').settleMs).toBe(20 * 60_000)
})

test('a pool that is as wanted and has no nodes needs nothing', () => {
  const none = { scaleSettings: { fixedScale: { targetDedicatedNodes: 0 } } }
  expect(planned({ pool: none }, { pool: f.pool(EMPTY) }).steps).toEqual([])
})

test('a spec without scale settings leaves the pool’s scale alone', () => {
  for (const change of [{}, AUTO_POOL]) {
    expect(planned({ pool: WITHOUT_SCALE }, { pool: f.pool(change) }).pools[0]?.decision).toBe('keep')
  }
})

test.each([
  [6, 'osDisk.f'],
  [8, 'osDisk.f and 2 more']
])('of %i things that stay, six are named and the others counted', (count, end) => {
  const stays = Object.fromEntries([...'abcdefgh'].slice(0, count).map(name => [name, 'x']))
  const configuration = { imageReference: { id: f.versionIdOf('1.0.0') }, nodeAgentSkuId: f.AGENT, osDisk: stays }
  const properties = { deploymentConfiguration: { virtualMachineConfiguration: configuration } }
  const wanted = { virtualMachineConfiguration: { osDisk: { diskSizeGB: 64 } } }
  const empty = { kind: 'fixed' as const, targetDedicatedNodes: 0, targetLowPriorityNodes: 0 }
  const pool = f.pool({ properties, scale: empty, currentDedicatedNodes: 0 })
  const { steps } = planned({ pool: { deploymentConfiguration: wanted } }, { pool })
  const reasons = steps.map(({ reason }) => /what the spec leaves out stays: (.*)$/.exec(reason)?.[1] ?? '')
  expect(reasons.find(reason => reason !== '')).toMatch(new RegExp(`${end}$`))
})

test('what Batch takes while nodes are there is one PATCH; what the spec leaves out of it is sent as it is', () => {
  const metadata = [{ name: 'team', value: 'fx' }]
  const properties = { startTask: { commandLine: 'mount -a', maxTaskRetryCount: 3 } }
  const pool = f.pool({ metadata, properties })
  const plan = planned({ pool: { startTask: { commandLine: 'mount -a && start' } } }, { pool })
  expect(f.outline(plan)).toEqual(['patch-pool', 'verify-nodes < patch-pool'])
  expect(plan.pools[0]).toMatchObject({ decision: 'change', reason: 'startTask.commandLine not as wanted' })
  expect(f.stepOf(plan, 'patch-pool')).toMatchObject({
    title: 'change startTask.commandLine of pool render',
    reason: expect.stringContaining('what the spec leaves out stays: startTask.maxTaskRetryCount'),
    body: { properties: { startTask: { commandLine: 'mount -a && start' } } },
    carries: ['startTask.maxTaskRetryCount'],
    metadata: { set: [RUN_NOTE], remove: expect.arrayContaining([LEASE_ITEM]) },
    expects: { scale: { kind: 'fixed', targetDedicatedNodes: 20 }, imageId: f.versionIdOf('1.0.0') }
  })
})

test('only another size is only a resize', () => {
  const plan = planned({ pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 30 } } } }, { pool: f.pool() })
  expect(f.outline(plan)).toEqual(['scale-pool', 'finish-pool < scale-pool'])
  expect(plan.pools[0]).toMatchObject({
    decision: 'change',
    reason: 'its scale is not as wanted',
    differences: [{ path: 'scaleSettings.fixedScale.targetDedicatedNodes', present: 20, wanted: 30, needs: 'patch' }]
  })
  expect(f.stepOf(plan, 'scale-pool')).not.toHaveProperty('alreadyAsked')
})

test.each([
  ['nodes are missing', { currentDedicatedNodes: 18 }],
  ['there are too many', { currentDedicatedNodes: 21 }],
  [
    'its targets are others',
    { scale: { kind: 'fixed' as const, targetDedicatedNodes: 25, targetLowPriorityNodes: 0 } }
  ],
  ['a formula rules it', AUTO_POOL]
])('a pool of a fixed size is resized where %s', (_, change) => {
  expect(f.outline(planned({}, { pool: f.pool(change) }))).toEqual(['scale-pool', 'finish-pool < scale-pool'])
})

test.each([
  ['another formula', auto('$TargetDedicatedNodes = 9')],
  ['another interval', auto('$TargetDedicatedNodes = 5', 'PT5M')]
])('a pool with a formula gets %s by one PATCH', (_, pool) => {
  const plan = planned({ pool }, { pool: f.pool(AUTO_POOL) })
  expect(f.outline(plan)).toEqual(['finish-pool', 'verify-nodes < finish-pool'])
})

test.each([undefined, 'PT15M', 'PT900S'])('an interval of %j is Batch’s default of 15 minutes', interval => {
  const plan = planned({ pool: auto('$TargetDedicatedNodes = 5', interval) }, { pool: f.pool(AUTO_POOL) })
  expect(plan.pools[0]?.decision).toBe('keep')
})

test('a pool of a fixed size that gets a formula is proved with the nodes that it has', () => {
  const plan = planned({ pool: auto() }, { pool: f.pool() })
  expect(f.outline(plan)).toEqual(['scale-pool', 'finish-pool < scale-pool', 'verify-nodes < finish-pool'])
  expect(f.stepOf(plan, 'scale-pool').goal).toEqual({ dedicated: 20, lowPriority: 0 })
})

const inPlace = (rollout: Rollout, change: Parameters<typeof f.pool>[0]): Plan =>
  planned({ imageChange: 'in-place', ...rollout }, { pool: f.pool({ ...OLD_IMAGE, ...change }) })

test('another image in place: to zero, the change, the waves, and the note of the former scale goes', () => {
  const plan = inPlace({}, { metadata: [{ name: 'team', value: 'fx' }] })
  expect(f.outline(plan)).toEqual([
    'drain-pool',
    'change-pool-image < drain-pool',
    'scale-pool < change-pool-image',
    'finish-pool < scale-pool'
  ])
  const former = {
    name: 'batch-image-rollout-former',
    value: `{"kind":"fixed","targetDedicatedNodes":20,"targetLowPriorityNodes":0,"imageId":"${f.versionIdOf('0.9.0')}"}`
  }
  expect(f.stepOf(plan, 'drain-pool')).toMatchObject({
    drain: 'task-completion',
    drainTimeoutMs: 3_600_000,
    metadata: { set: [RUN_NOTE, former, LEASE], remove: [] },
    expects: {
      scale: { kind: 'fixed', targetDedicatedNodes: 20 },
      imageId: f.versionIdOf('0.9.0'),
      mayBeAtZero: true,
      newImageId: f.versionIdOf('1.0.0')
    }
  })
  expect(f.stepOf(plan, 'drain-pool').expects).not.toHaveProperty('idle')
  expect(f.undoOf(plan, 'restore-pool').step).toMatchObject({
    restorePoint: { scale: { kind: 'fixed', targetDedicatedNodes: 20 }, imageId: f.versionIdOf('0.9.0') },
    metadata: { set: [], remove: [RUN_NOTE.name, former.name, LEASE_ITEM] }
  })
  expect(f.stepOf(plan, 'change-pool-image').metadata).toMatchObject({ set: [RUN_NOTE, former, LEASE] })
  expect(f.stepOf(plan, 'finish-pool').metadata).toEqual({
    set: [RUN_NOTE],
    remove: [former.name, FAILED_NOTE, LEASE_ITEM]
  })
  expect(scaleOf(f.stepOf(plan, 'finish-pool').body)).toBeUndefined()
})

test.each([
  { of: 'its former image', noted: '0.9.0', back: 20, keepsNote: false },
  { of: 'an image that was not proved', noted: '0.8.0', back: 1, keepsNote: true }
])('a half-changed pool of $of gets $back nodes when its drain takes too long', ({ noted, back, keepsNote }) => {
  const [scale, one] = [20, 1].map(nodes => ({
    kind: 'fixed' as const,
    targetDedicatedNodes: nodes,
    targetLowPriorityNodes: 0
  }))
  const value = JSON.stringify({ ...scale, imageId: f.versionIdOf(noted) })
  const note = { name: 'batch-image-rollout-former', value }
  const plan = inPlace({}, { scale: one!, metadata: [note] })
  const { expects, metadata } = f.stepOf(plan, 'drain-pool')
  const restore = f.undoOf(plan, 'restore-pool').step
  expect([expects.scale, restore.restorePoint.scale]).toEqual([
    one,
    expect.objectContaining({ targetDedicatedNodes: back })
  ])
  expect(metadata.set).toContainEqual(note)
  expect(restore.metadata.set).toEqual(keepsNote ? metadata.set.filter(({ name }) => name !== LEASE_ITEM) : [])
  expect(restore.metadata.remove).toContain(LEASE_ITEM)
})

test('the change of the image writes image and node agent, and no scale', () => {
  const { properties } = f.stepOf(inPlace({}, {}), 'change-pool-image').body as { properties: JsonObject }
  expect(properties.deploymentConfiguration).toEqual({
    virtualMachineConfiguration: { imageReference: { id: f.versionIdOf('1.0.0') }, nodeAgentSkuId: f.AGENT }
  })
  expect(properties).not.toHaveProperty('scaleSettings')
})

test('a pool with a formula gets it back after the canary', () => {
  const plan = inPlace({ pool: WITHOUT_SCALE }, AUTO_POOL)
  expect(f.undoOf(plan, 'restore-pool').step.restorePoint.scale).toEqual(AUTO_POOL.scale)
  expect(f.stepOf(plan, 'scale-pool').goal).toEqual({ dedicated: 1, lowPriority: 0 })
  expect(f.stepOf(plan, 'finish-pool')).toMatchObject({
    evaluationIntervalMs: 15 * 60_000,
    reason: 'gives the autoscale formula back'
  })
})

test('a pool that rests at zero nodes needs no emptying', () => {
  expect(f.outline(inPlace({}, EMPTY))).toEqual([
    'change-pool-image',
    'scale-pool < change-pool-image',
    'finish-pool < scale-pool'
  ])
})

test('a formula could give an empty pool nodes at any time: it is held at zero first', () => {
  const plan = inPlace({ pool: WITHOUT_SCALE, imageChange: 'auto' }, { ...AUTO_POOL, currentDedicatedNodes: 0 })
  expect(f.outline(plan)[0]).toBe('drain-pool')
})

const KEPT = (scale: object) => ({ metadata: [{ name: 'batch-image-rollout-former', value: JSON.stringify(scale) }] })
const TEN = { kind: 'fixed', targetDedicatedNodes: 10, targetLowPriorityNodes: 2 }

test('a pool that an earlier run left empty gets the scale that it had before', () => {
  const plan = planned({ pool: WITHOUT_SCALE }, { pool: f.pool({ ...EMPTY, ...KEPT(TEN) }) })
  expect(f.outline(plan)).toEqual(['scale-pool', 'finish-pool < scale-pool'])
  expect(f.stepOf(plan, 'scale-pool').goal).toEqual({ dedicated: 10, lowPriority: 2 })
  expect(plan.pools[0]).toMatchObject({
    decision: 'change',
    reason: 'an earlier run emptied it and was cut off before it had brought it back'
  })
})

test('a pool that an earlier run was bringing back keeps the nodes that it has, whatever image-change says', () => {
  for (const imageChange of ['auto', 'in-place', 'refuse'] as const) {
    const half = f.pool({ currentDedicatedNodes: 7, ...KEPT(TEN) })
    const plan = planned({ pool: WITHOUT_SCALE, imageChange }, { pool: half, activeWork: { jobs: ['j'], tasks: 3 } })
    expect(f.outline(plan)).toEqual(['scale-pool', 'finish-pool < scale-pool'])
  }
})

test('a change that needs no empty pool keeps the note of the former scale until the pool is back', () => {
  const half = f.pool({ currentDedicatedNodes: 7, ...KEPT(TEN) })
  const plan = planned({ pool: { ...WITHOUT_SCALE, startTask: { commandLine: 'other' } } }, { pool: half })
  expect(f.outline(plan)).toEqual(['patch-pool', 'scale-pool < patch-pool', 'finish-pool < scale-pool'])
  const note = { name: 'batch-image-rollout-former', value: JSON.stringify(TEN) }
  expect(f.stepOf(plan, 'patch-pool').metadata.set).toEqual([RUN_NOTE, note, LEASE])
  expect(f.stepOf(plan, 'finish-pool').metadata).toEqual({
    set: [RUN_NOTE],
    remove: [note.name, FAILED_NOTE, LEASE_ITEM]
  })
})

test('a pool that was cut off on its way to another image is emptied again, and its first scale is what is kept', () => {
  const plan = inPlace({ pool: WITHOUT_SCALE }, { currentDedicatedNodes: 3, ...KEPT(TEN) })
  expect(f.stepOf(plan, 'drain-pool').metadata.set).toContainEqual(KEPT(TEN).metadata[0])
  expect(f.stepOf(plan, 'scale-pool').goal).toEqual({ dedicated: 10, lowPriority: 2 })
})

test('the formula of a pool that was cut off comes back once, after its canary', () => {
  const plan = planned({ pool: WITHOUT_SCALE }, { pool: f.pool({ ...EMPTY, ...KEPT(AUTO_POOL.scale) }) })
  expect(f.outline(plan)).toEqual(['scale-pool', 'finish-pool < scale-pool', 'verify-nodes < finish-pool'])
  expect(scaleOf(f.stepOf(plan, 'finish-pool').body)).toEqual({ autoScale: { formula: AUTO_POOL.scale.formula } })
})

test('a note that can’t be read is no note', () => {
  const metadata = [{ name: 'batch-image-rollout-former', value: '{"kind":' }]
  expect(planned({}, { pool: f.pool({ metadata }) }).pools[0]?.decision).toBe('keep')
})

test('secrets stay references in every body of the plan', () => {
  const startTask = { commandLine: 'x', environmentSettings: [{ name: 'KEY', value: '${env:FARM_KEY}' }] }
  expect(JSON.stringify(f.stepOf(planned({ pool: { startTask } }), 'create-pool').body)).toContain('${env:FARM_KEY}')
})

const withFormula = (canaryNodes: number, scale: Pool['scale'], currentDedicatedNodes: number) =>
  f.planOf(
    f.releaseSpec({}, f.rolloutSpec({ canaryNodes, pool: auto() })),
    f.observed({
      versions: [f.version('1.0.0', { tags: f.tagsOf('open') })],
      pool: f.pool({ scale, currentDedicatedNodes })
    })
  )
const fixedAt = (targetDedicatedNodes: number): Pool['scale'] => ({
  kind: 'fixed',
  targetDedicatedNodes,
  targetLowPriorityNodes: 0
})

test.each([
  [3, 2, 3],
  [3, 3, 3],
  [3, 4, 4]
])('before a formula takes over, a canary of %d and a pool of %d nodes are proved by %d', (canary, has, goal) => {
  const grow = f.stepOf(withFormula(canary, fixedAt(has), has), 'scale-pool')
  expect(grow).toMatchObject({ goal: { dedicated: goal, lowPriority: 0 }, hadNodes: true })
})

test('where no node can prove the image, the formula takes over at once, and the version stays hidden', () => {
  const plan = withFormula(0, fixedAt(0), 0)
  expect(plan.steps.map(({ kind }) => kind)).not.toContain('scale-pool')
  expect(plan.steps.map(({ id }) => id)).not.toContain('promote-image')
  expect(withFormula(1, fixedAt(0), 0).steps.map(({ id }) => id)).toContain('promote-image')
})

test('only of a change that nobody asked for is it said that the nodes are those of a run that failed', () => {
  const reason = (imageChange: 'auto' | 'in-place') =>
    f.planOne(
      f.releaseSpec({}, f.rolloutSpec({ imageChange })),
      f.observed({
        versions: [f.version('0.9.0', { tags: { 'batch-image-rollout-state': 'failed' } })],
        pool: f.pool({
          imageId: f.versionIdOf('0.9.0'),
          metadata: [{ name: 'batch-image-rollout', value: 'pixel/farm run 4000 commit 0ff1ce' }],
          currentDedicatedNodes: 1,
          scale: fixedAt(1)
        }),
        nodes: f.nodes('unusable'),
        activeWork: { jobs: [], tasks: 0 }
      }),
      f.CONTEXT
    ).pools[0]?.reason
  expect(reason('auto')).toMatch(/ can only change at zero nodes, and its nodes are only those of a run that failed$/)
  expect(reason('in-place')).toMatch(/ can only change at zero nodes$/)
})

test('a new pool is made with the identity that the spec names', () => {
  const identity = { type: 'UserAssigned', userAssignedIdentities: { '/a': {} } }
  const body = (pool: JsonObject) =>
    f.stepOf(f.planOf(f.releaseSpec({}, f.rolloutSpec({ pool })), f.observed()), 'create-pool').body
  expect(body({ identity }).identity).toEqual(identity)
  expect(body({})).not.toHaveProperty('identity')
})

test('a pool at zero nodes that still resizes is emptied first; one that rests there isn’t, and has no nodes to spare', () => {
  const kinds = (allocationState: string) => inPlace({}, { ...EMPTY, allocationState }).steps.map(({ kind }) => kind)
  expect(kinds('Resizing')).toContain('drain-pool')
  expect(kinds('Steady')).not.toContain('drain-pool')
  const empty = planned({}, { pool: f.pool(EMPTY) })
  expect(f.stepOf(empty, 'scale-pool')).not.toHaveProperty('hadNodes')
  expect(f.stepOf(planned({}, { pool: f.pool({ currentDedicatedNodes: 19 }) }), 'scale-pool')).toHaveProperty(
    'hadNodes'
  )
})

test('as many nodes as the canary has prove the image before a formula takes over, of whichever kind', () => {
  const scale = { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 3 } as const
  const pool = f.pool({ scale, currentDedicatedNodes: 0, currentLowPriorityNodes: 3 })
  const plan = planned({ canaryNodes: 3, pool: auto() }, { pool })
  expect(f.stepOf(plan, 'scale-pool').goal).toEqual({ dedicated: 0, lowPriority: 3 })
})

const HOUR_AGO = new Date(f.AT - 3_600_000).toISOString()
const IN_AN_HOUR = new Date(f.AT + 3_600_000).toISOString()
const leaseOf = (until: string) => ({
  name: 'batch-image-rollout-lease',
  value: JSON.stringify({ ...f.OTHER_RUN, until })
})

test('nodes of a pool that only an old lease is taken off prove the image as they are', () => {
  const plan = f.planOf(
    f.releaseSpec(),
    f.observed({
      versions: [f.version('1.0.0', { tags: f.tagsOf('open') })],
      pool: f.pool({ metadata: [leaseOf(HOUR_AGO)] })
    })
  )
  expect(plan.steps.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['verify-nodes', 'finish-pool', 'promote-image'])
  )
})

test('a note of the former scale is left to whoever holds the pool', () => {
  const former = {
    name: 'batch-image-rollout-former',
    value: JSON.stringify({ ...f.pool().scale, imageId: f.versionIdOf('1.0.0') })
  }
  const decision = (metadata: Pool['metadata']) =>
    f.planOne({ ...f.rolloutOnlySpec(), dryRun: true }, f.rolloutObserved({ pool: f.pool({ metadata }) }), f.CONTEXT)
      .pools[0]
  expect(decision([former])).toMatchObject({
    decision: 'change',
    reason: 'an earlier run left a note of its former scale on it'
  })
  expect(decision([former, leaseOf(IN_AN_HOUR)])).toMatchObject({ decision: 'keep' })
})

test('of an empty pool nothing is said of its nodes', () => {
  const plan = f.planOne(
    f.releaseSpec(),
    f.observed({
      versions: [f.version('0.9.0', { tags: { 'batch-image-rollout-state': 'failed' } })],
      pool: f.pool({ ...OLD_IMAGE, ...EMPTY, metadata: [RUN_NOTE] }),
      activeWork: { jobs: [], tasks: 0 }
    }),
    f.CONTEXT
  )
  expect(plan.pools[0]?.reason).toMatch(/ can only change at zero nodes$/)
})

const FORMULA = { kind: 'auto', formula: '$TargetDedicatedNodes=2' } as const
const SMALL = { fixedScale: { targetDedicatedNodes: 30, targetLowPriorityNodes: 4 } }

test.each<[string, JsonObject, Partial<Pool>, unknown[]]>([
  [
    'both targets',
    SMALL,
    {},
    [
      { path: 'scaleSettings.fixedScale.targetDedicatedNodes', present: 20, wanted: 30, needs: 'patch' },
      { path: 'scaleSettings.fixedScale.targetLowPriorityNodes', present: 0, wanted: 4, needs: 'patch' }
    ]
  ],
  [
    'a formula that goes',
    SMALL,
    { scale: FORMULA },
    [
      {
        path: 'scaleSettings.fixedScale',
        present: `formula ${FORMULA.formula}`,
        wanted: '30 dedicated and 4 low-priority nodes',
        needs: 'patch'
      }
    ]
  ],
  [
    'a formula that comes',
    { autoScale: { formula: FORMULA.formula } },
    {},
    [
      {
        path: 'scaleSettings.autoScale.formula',
        present: '20 dedicated nodes',
        wanted: FORMULA.formula,
        needs: 'patch'
      }
    ]
  ],
  ['the same formula', { autoScale: { formula: FORMULA.formula } }, { scale: FORMULA }, []]
])('another scale is a difference as any other: %s', (_, scaleSettings, pool, differences) => {
  const plan = planned({ pool: { scaleSettings } }, { pool: f.pool(pool) })
  expect(plan.pools[0]?.differences).toEqual(differences)
})
