/** What is left of a plan that is to stop when its image has proved itself, and where there is no such plan. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Observed, Pool } from '../../../src/model/observed.ts'
import type { Finding, Plan } from '../../../src/model/plan.ts'
import type { ImageSpec, RolloutSpec } from '../../../src/model/spec.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'

const SCALE = { scaleSettings: { fixedScale: { targetDedicatedNodes: 12, targetLowPriorityNodes: 8 } } }
const IDLE = { activeWork: { jobs: [], tasks: 0 } }

type Case = { pool?: Pool; wants?: JsonObject; rollout?: Partial<RolloutSpec>; seen?: Partial<Observed> }

const specOf = ({ wants, rollout }: Case): RolloutSpec =>
  f.rolloutSpec({
    imageChange: 'in-place',
    prove: 'auto',
    stopAfter: 'proof',
    pool: { ...SCALE, ...wants },
    ...rollout
  })

function planned(given: Case): Plan {
  const observed = f.rolloutObserved({ ...IDLE, ...(given.pool && { pool: given.pool }), ...given.seen })
  return f.planOne(f.rolloutOnlySpec(specOf(given)), observed, f.CONTEXT)
}

const errorsOf = ({ findings }: Plan): Pick<Finding, 'rule' | 'message' | 'wayOut'>[] =>
  findings.filter(({ severity }) => severity === 'error')
const saidOf = ({ findings }: Plan): string[] =>
  findings.filter(({ rule }) => rule === 'stop-after').map(({ severity, message }) => `${severity} ${message}`)

test('the temporary pool is all that comes, and goes, and the pool in use has no step', () => {
  const plan = planned({ pool: m.mixedPool(), rollout: { bakeMs: 60_000 } })
  expect(f.outline(plan)).toEqual([
    'create-proof-pool',
    'scale-proof-pool < create-proof-pool',
    'delete-proof-pool < scale-proof-pool'
  ])
  expect(plan.steps.filter(step => 'poolId' in step && step.poolId === f.POOL)).toEqual([])
  expect(plan.undo.map(({ step }) => step.kind)).toEqual(['delete-proof-pool'])
  expect(plan.pools[0]).toMatchObject({
    decision: 'prove',
    reason: 'image can only change at zero nodes; the run stops when a temporary pool has proved it (stop-after)'
  })
  expect(plan.stopAfter).toBe('proof')
})

test('a smoke test is a part of the proof', () => {
  const smokeTest = { task: { commandLine: 'probe' }, timeoutMs: 60_000 }
  const plan = planned({ pool: m.mixedPool(), rollout: { smokeTest } })
  expect(plan.steps.map(({ id }) => id)).toContain('smoke-test')
})

test.each<[string, Case, string]>([
  ['an idle pool', { pool: m.atZero() }, 'say prove: temporary-pool; or leave stop-after out'],
  ['a pool that is not there', {}, 'leave stop-after out: no job uses a new pool yet'],
  [
    'one that is not there, and a temporary pool that was asked for',
    { rollout: { prove: 'temporary-pool' } },
    'leave stop-after out: no job uses a new pool yet'
  ],
  [
    'one that an earlier run has left without its nodes',
    {
      pool: m.atZero({
        imageId: m.NEW,
        metadata: [{ name: 'batch-image-rollout-former', value: JSON.stringify({ ...m.FULL, imageId: m.OLD }) }]
      })
    },
    'leave stop-after out, so that it gets its nodes back'
  ]
])('%s has no temporary pool to prove on: an error before anything is made', (_, given, wayOut) => {
  const plan = planned(given)
  expect(errorsOf(plan)).toEqual([
    expect.objectContaining({ rule: 'stop-after', wayOut: expect.stringContaining(wayOut) })
  ])
  expect([plan.steps, plan.undo]).toEqual([[], []])
})

test('no room for one is an error too, and the way out says what is there to choose from', () => {
  const plan = planned({ pool: m.mixedPool(), seen: { account: f.account({ poolQuota: 1 }) } })
  expect(errorsOf(plan)).toEqual([
    expect.objectContaining({
      rule: 'proof-room',
      wayOut:
        'make room for one node more in a pool of its own; or leave stop-after out, and say prove: canary, which proves the image on the pool’s own first wave'
    })
  ])
})

test('a pool without nodes is proved for where that was asked for', () => {
  const plan = planned({ pool: m.atZero(), rollout: { prove: 'temporary-pool' } })
  expect([errorsOf(plan), plan.pools[0]?.decision]).toEqual([[], 'prove'])
})

test('a change that was not allowed isn’t with the stop either: the next run couldn’t go on', () => {
  const plan = planned({ pool: m.mixedPool(), rollout: { imageChange: 'refuse' } })
  expect(errorsOf(plan).map(({ rule }) => rule)).toEqual(['image-change'])
})

test.each<[string, Case, string[]]>([
  ['a pool that is as wanted', { pool: m.mixedPool({ imageId: m.NEW }) }, []],
  [
    'a pool that lacks nodes',
    { pool: m.mixedPool({ imageId: m.NEW, currentDedicatedNodes: 5 }) },
    [
      'note stop-after: pool "render" has the image already, so that there is nothing to prove; its scale is not as wanted'
    ]
  ],
  [
    'a pool that is to get another start task',
    { pool: m.mixedPool({ imageId: m.NEW }), wants: { startTask: { commandLine: 'true' } } },
    [
      'note stop-after: pool "render" has the image already, so that there is nothing to prove; startTask.commandLine not as wanted'
    ]
  ]
])('%s is only looked at, and nothing is said of its version', (_, given, said) => {
  const plan = planned({
    ...given,
    rollout: { bakeMs: 60_000 },
    seen: { rolloutVersion: f.version('1.0.0', { tags: { ...f.tagsOf('open'), [TAG.baseImage]: 'a:b:c' } }) }
  })
  expect(errorsOf(plan)).toEqual([])
  expect([f.outline(plan), plan.undo, saidOf(plan)]).toEqual([['verify-nodes'], [], said])
  expect(plan.pools[0]?.decision).toBe('keep')
})

test('a given version that isn’t proved is marked as failed when the temporary pool fails it', () => {
  const given = f.version('1.0.0', { tags: { ...f.tagsOf('open'), [TAG.baseImage]: 'a:b:c' } })
  const plan = planned({ pool: m.mixedPool(), seen: { rolloutVersion: given } })
  expect(plan.undo.find(({ step }) => step.kind === 'mark-image-failed')).toMatchObject({
    after: 'create-proof-pool',
    until: 'scale-proof-pool'
  })
})

function release(image: Partial<ImageSpec> = {}, seen: Partial<Observed> = {}): Plan {
  const observed = f.observed({ pool: m.mixedPool(), ...IDLE, ...seen })
  return f.planOf(f.releaseSpec(image, specOf({})), observed)
}

test('an image that is made stays hidden, and says that it waits; its snapshots go, and no further region is added', () => {
  const publishTo = f.toGallery({
    targetRegions: [{ region: 'eastus2' }, { region: 'westus3' }],
    waitForRegions: 'all'
  })
  const plan = release({ publishTo })
  expect(plan.steps.map(({ kind }) => kind).filter(kind => !/snapshot|proof|gallery|scale/.test(kind))).toEqual([
    'create-image-version',
    'settle-image-version',
    'update-image-version'
  ])
  expect(plan.steps.find(({ id }) => id === 'mark-image')).toEqual({
    id: 'mark-image',
    kind: 'update-image-version',
    after: ['image-settled', 'scale-proof-pool'],
    title: 'mark image version 1.0.0 as waiting for the next run',
    reason: 'stop-after is "proof": it stays hidden, and the next run without that goes on with it',
    housekeeping: true,
    versionId: f.versionIdOf('1.0.0'),
    tags: { [TAG.state]: 'stopped' }
  })
  expect(plan.undo.find(({ step }) => step.kind === 'mark-image-failed')).toMatchObject({
    after: 'image-version',
    until: 'mark-image'
  })
})

test('the next run without it makes no image, and all the rest as if nothing had been before', () => {
  const there = f.version('1.0.0', { tags: f.tagsOf('stopped') })
  const observed = f.observed({ pool: m.mixedPool(), ...IDLE, versions: [there] })
  const { stopAfter: _stop, ...goesOn } = specOf({})
  const plan = f.planOf(f.releaseSpec({}, goesOn), observed)
  expect(plan.image).toMatchObject({ decision: 'resume', version: '1.0.0' })
  expect(plan.image?.reason).toMatch(/stopped when it was proved$/)
  expect(plan.steps.map(({ id }) => id)).toEqual([
    'image-version',
    'create-proof-pool',
    'scale-proof-pool',
    'delete-proof-pool',
    'drain-pool',
    'change-pool-image',
    'scale-pool',
    'finish-pool',
    'image-settled',
    'promote-image',
    'mark-image'
  ])
})

test('a version that is done with, as of a run for the image alone, isn’t written to', () => {
  const there = f.version('1.0.0', { tags: f.tagsOf('complete') })
  const plan = release({}, { versions: [there] })
  expect(plan.steps.map(({ kind }) => kind)).not.toContain('update-image-version')
  expect(plan.undo.find(({ step }) => step.kind === 'mark-image-failed')?.until).toBe('scale-proof-pool')
})

test('where there was nothing to prove, nothing is said of the version', () => {
  const there = f.version('1.0.0', { tags: f.tagsOf('open') })
  const plan = release({}, { versions: [there], pool: m.mixedPool({ imageId: m.NEW }) })
  expect(plan.steps.map(({ kind }) => kind)).toEqual(['await-image-version', 'verify-nodes'])
})
