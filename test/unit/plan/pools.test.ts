/** Several pools: in which order, how many at once, what proves the image for all, and one image. */
import { expect, test } from '@jest/globals'
import type { Observed, Pool } from '../../../src/model/observed.ts'
import type { Plan } from '../../../src/model/plan.ts'
import type { RolloutSpec, RunSpec } from '../../../src/model/spec.ts'
import { planRun } from '../../../src/plan/plan-run.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'

type One = {
  name: string
  account?: string
  vmSize?: string
  order?: number
  rollout?: Partial<RolloutSpec>
  seen?: Partial<Observed>
}

const accountOf = ({ account = 'farm' }: One) => f.ACCOUNT.replace(/farm$/, account) as typeof f.ACCOUNT
const idOf = (one: One): Pool['poolId'] => `${accountOf(one)}/pools/${one.name}` as Pool['poolId']

/** Pools that exist, with nodes, each to get version 1.0.0 in the place of 0.9.0. */
function planned(pools: readonly One[], run: Partial<RunSpec> = {}): Plan {
  const rollouts = pools.map((one): RolloutSpec => {
    const pool = { ...(one.vmSize && { vmSize: one.vmSize }) }
    const spec = f.rolloutSpec({ imageChange: 'in-place', pool, ...one.rollout })
    return { ...spec, imageId: f.versionIdOf('1.0.0'), batchAccountId: accountOf(one), poolName: one.name }
  })
  const { rollout: _one, ...base } = f.rolloutOnlySpec()
  const metadata = ({ order }: One) =>
    order === undefined ? [] : [{ name: 'batch-image-rollout-order', value: String(order) }]
  const seen = pools.map(one =>
    f.rolloutObserved({
      account: f.account({ accountId: accountOf(one) }),
      pool: f.pool({ poolId: idOf(one), imageId: m.OLD, metadata: metadata(one) }),
      activeWork: { jobs: [], tasks: 0 },
      vmSizes: [
        { name: 'Standard_D4s_v5', vCpus: 4 },
        { name: 'Standard_D8s_v5', vCpus: 8 }
      ],
      ...one.seen
    })
  )
  return planRun({ ...base, rollouts, maxParallel: 4, ...run } as RunSpec, seen, f.CONTEXT)
}

const afterOf = (plan: Plan, id: string): string[] | undefined => plan.steps.find(step => step.id === id)?.after

test('each pool has its own steps, undoing and address, by its name', () => {
  const plan = planned([{ name: 'render' }, { name: 'bake' }])
  expect(plan.pools.map(({ poolId }) => poolId)).toEqual([f.POOL, idOf({ name: 'bake' })])
  expect(plan.steps.map(({ id }) => id)).toEqual(
    ['render', 'bake'].flatMap(name =>
      ['drain-pool', 'change-pool-image', 'scale-pool', 'finish-pool'].map(step => `${name}/${step}`)
    )
  )
  expect(plan.undo.map(({ after, step }) => [after, step.id])).toEqual(
    expect.arrayContaining([
      ['render/drain-pool', 'render/restore-pool'],
      ['bake/drain-pool', 'bake/restore-pool']
    ])
  )
})

test('two accounts may have a pool of one name', () => {
  const plan = planned([{ name: 'render' }, { name: 'render', account: 'forge' }])
  expect(plan.steps.filter(({ kind }) => kind === 'drain-pool').map(({ id }) => id)).toEqual([
    'farm.render/drain-pool',
    'forge.render/drain-pool'
  ])
})

test.each([
  [1, [[], ['a/scale-pool'], ['a/scale-pool', 'b/scale-pool'], ['a/scale-pool', 'b/scale-pool', 'c/scale-pool']]],
  [2, [[], [], ['a/scale-pool'], ['a/scale-pool', 'b/scale-pool']]],
  [4, [[], [], [], []]]
])('max-parallel: %i; one that fails keeps those from beginning that haven’t begun', (maxParallel, expected) => {
  const names = ['a', 'b', 'c', 'd']
  const plan = planned(
    names.map(name => ({ name })),
    { maxParallel }
  )
  expect(names.map(name => afterOf(plan, `${name}/drain-pool`))).toEqual(expected)
})

test('pools with a number come first, the lowest first, then the others as they are named', () => {
  const plan = planned([{ name: 'a' }, { name: 'b', order: 10 }, { name: 'c' }, { name: 'd', order: 9 }])
  expect(plan.pools.map(({ poolId }) => poolId.split('/').at(-1))).toEqual(['d', 'b', 'a', 'c'])
})

const AUTO = { rollout: { prove: 'auto' } } as const
const kinds = (plan: Plan, kind: string): string[] => plan.steps.filter(step => step.kind === kind).map(({ id }) => id)

test('one temporary pool proves the image for all pools of its size in its account', () => {
  const plan = planned([
    { name: 'a', ...AUTO },
    { name: 'b', ...AUTO },
    { name: 'c', vmSize: 'Standard_D8s_v5', ...AUTO },
    { name: 'd', account: 'forge', ...AUTO }
  ])
  expect(kinds(plan, 'create-proof-pool')).toEqual([
    'a/create-proof-pool',
    'c/create-proof-pool',
    'd/create-proof-pool'
  ])
  expect(['a', 'b', 'c', 'd'].map(name => afterOf(plan, `${name}/drain-pool`))).toEqual([
    ['a/scale-proof-pool'],
    ['a/scale-proof-pool'],
    ['c/scale-proof-pool'],
    ['d/scale-proof-pool']
  ])
  const canaries = plan.steps.flatMap(step =>
    step.kind === 'scale-pool' && step.id.endsWith('/scale-pool') ? [step.canaryNodes] : []
  )
  expect(canaries).toEqual([0, 0, 0, 0])
})

test('pools that pin different images are refused: one run rolls out one', () => {
  const plan = planned([{ name: 'a' }, { name: 'b', rollout: {}, seen: { rolloutVersion: f.version('1.0.0') } }])
  expect(plan.findings.filter(({ rule }) => rule === 'one-image')).toEqual([])
  const { rollout: _one, ...base } = f.rolloutOnlySpec()
  const spec = (poolName: string, version: string): RolloutSpec => ({
    ...f.rolloutSpec(),
    poolName,
    imageId: f.versionIdOf(version)
  })
  const two = { ...base, rollouts: [spec('a', '1.0.0'), spec('b', '2.0.0')], maxParallel: 4 } as RunSpec
  const seen = [f.rolloutObserved(), f.rolloutObserved()]
  const refused = planRun(two, seen, f.CONTEXT)
  expect(refused.findings.find(({ rule }) => rule === 'one-image')).toMatchObject({
    severity: 'error',
    message: expect.stringMatching(/^pools "a" and "b" are to get different images: .*1\.0\.0", .*2\.0\.0"$/)
  })
  expect(refused.steps).toEqual([])
})

test('what holds for all pools is said once; what holds for one names it', () => {
  const gone = { seen: { pool: f.pool({ poolId: idOf({ name: 'b' }), provisioningState: 'Deleting' }) } }
  const { findings } = planned([{ name: 'a' }, { name: 'b', ...gone }])
  const messages = findings.map(({ rule, message }) => `${rule}: ${message}`)
  expect(new Set(messages).size).toBe(messages.length)
  expect(messages.find(message => message.startsWith('pool-deleting'))).toContain('"b"')
})

test('an image is made once for all pools: in the regions of all accounts, with replicas for the nodes of each', () => {
  const rollout = { ...f.rolloutSpec({ pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 400 } } } }) }
  const { rollout: _one, ...base } = f.releaseSpec()
  const run = { ...base, rollouts: [rollout, { ...rollout, poolName: 'bake' }], maxParallel: 4 } as RunSpec
  const quota = { dedicatedCoreQuota: 5_000 }
  const seen = [f.account(quota), f.account({ ...quota, location: 'westus3' })].map(account => f.observed({ account }))
  const plan = planRun(run, seen, f.CONTEXT)
  const version = f.stepOf(plan, 'create-image-version')
  expect(version.untilRegions).toEqual(['eastus2', 'westus3'])
  expect(JSON.stringify(version.body)).toContain('"regionalReplicaCount":2')
  expect(kinds(plan, 'create-pool')).toEqual(['render/create-pool', 'bake/create-pool'])
})
