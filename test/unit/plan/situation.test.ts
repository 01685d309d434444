import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Observed } from '../../../src/model/observed.ts'
import { factsOf } from '../../../src/plan/facts.ts'
import { baseImageOf, chooseNodeAgent } from '../../../src/plan/node-agent.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import { situationOf } from '../../../src/plan/situation.ts'
import * as f from '../../support/observed-fixtures.ts'

const withAgent = (nodeAgentSkuId: string): JsonObject => ({
  deploymentConfiguration: { virtualMachineConfiguration: { nodeAgentSkuId } }
})
const row = (change: Partial<Observed['supportedImages'][number]> = {}) => ({
  ...f.observed().supportedImages[0]!,
  ...change
})
const agentFor = (seen: Partial<Observed>, pool: JsonObject = {}) =>
  chooseNodeAgent(f.rolloutSpec({ pool }), f.observed(seen))
const UNKNOWN = f.source({ imageReference: { publisher: 'P', offer: 'O', sku: 'S' } })

test.each<[string, Partial<Observed>, JsonObject, string | undefined, string]>([
  ['what the spec names', {}, withAgent('batch.node.el 9'), 'batch.node.el 9', 'spec'],
  ['Batch’s row for the base image, in any casing', {}, {}, f.AGENT, 'base image'],
  ['the pool’s own, where Batch has no row', { source: UNKNOWN, pool: f.pool() }, {}, f.AGENT, 'pool'],
  ['nothing, where nobody knows', { source: UNKNOWN }, {}, undefined, 'nowhere']
])('the node agent is %s', (_, seen, pool, agent, from) => {
  const choice = agentFor(seen, pool)
  expect([choice.nodeAgentSkuId, choice.from]).toEqual([agent, from])
})

test.each<[string, Partial<Observed['supportedImages'][number]>[], string]>([
  ['a verified one', [{ nodeAgentSkuId: 'a', verified: false }, { nodeAgentSkuId: 'b' }], 'b'],
  [
    'the one supported longest',
    [
      { nodeAgentSkuId: 'a', batchSupportEndOfLife: '2027-01-01' },
      { nodeAgentSkuId: 'b', batchSupportEndOfLife: '2028-01-01' }
    ],
    'b'
  ],
  ['one without an end', [{ nodeAgentSkuId: 'a', batchSupportEndOfLife: '2028-01-01' }, { nodeAgentSkuId: 'b' }], 'b']
])('of several rows: %s', (_, rows, agent) => {
  for (const order of [rows, rows.toReversed()]) {
    expect(agentFor({ supportedImages: order.map(row) }).nodeAgentSkuId).toBe(agent)
  }
})

test('the row of the agent that the spec names is the one that is judged', () => {
  const supportedImages = [row({ nodeAgentSkuId: 'a' }), row({ nodeAgentSkuId: 'b', verified: false })]
  expect(agentFor({ supportedImages }, withAgent('b')).supported?.nodeAgentSkuId).toBe('b')
})

test('the base image of an image made here earlier is what its tag remembers', () => {
  const { source: _source, ...seen } = f.observed()
  const tags = { [TAG.baseImage]: 'p:o:s' }
  const expected = { publisher: 'p', offer: 'o', sku: 's' }
  expect(baseImageOf({ ...seen, rolloutVersion: f.version('1.0.0', { tags }) })).toEqual(expected)
  expect(baseImageOf({ ...seen, managedImage: f.managedImage({ tags }) })).toEqual(expected)
  expect(baseImageOf(seen)).toBeUndefined()
})

test('a VM made from a custom image has no base image that Batch could know', () => {
  expect(baseImageOf(f.observed({ source: f.source({ imageReference: { id: '/subscriptions/x' } }) }))).toBeUndefined()
})

test('image reference and node agent are filled into what the spec writes; scale and metadata stay out', () => {
  const pool = {
    metadata: [{ name: 'a', value: 'b' }],
    deploymentConfiguration: { virtualMachineConfiguration: { dataDisks: [{ lun: 9, diskSizeGB: 5 }] } }
  }
  const situation = situationOf(f.releaseSpec({}, f.rolloutSpec({ pool })), f.observed(), f.CONTEXT)
  expect(situation.pool?.properties).toEqual({
    vmSize: 'Standard_D4s_v5',
    startTask: { commandLine: 'mount -a' },
    deploymentConfiguration: {
      virtualMachineConfiguration: {
        dataDisks: [{ lun: 9, diskSizeGB: 5 }],
        imageReference: { id: f.versionIdOf('1.0.0') },
        nodeAgentSkuId: f.AGENT
      }
    }
  })
})

test.each([
  [f.versionIdOf('1.0.0'), false, '2025-06-01'],
  [f.MANAGED_IMAGE, true, '2019-08-01']
] as const)('a pool from %s speaks the api-version that knows it', (imageId, managed, apiVersion) => {
  const { pool } = situationOf(f.rolloutOnlySpec(f.rolloutSpec({ imageId })), f.rolloutObserved(), f.CONTEXT)
  expect(pool).toMatchObject({ managed, apiVersion })
})

test('nodes to reckon with are the goal’s; with a formula, those of the pool', () => {
  const nodesOf = (pool: JsonObject, seen: Partial<Observed> = {}) =>
    situationOf(f.releaseSpec({}, f.rolloutSpec({ pool })), f.observed(seen), f.CONTEXT).pool?.nodes
  const auto = { scaleSettings: { autoScale: { formula: 'x' } } }
  expect(nodesOf({})).toBe(20)
  expect(nodesOf(auto)).toBe(0)
  expect(nodesOf(auto, { pool: f.pool({ currentLowPriorityNodes: 4 }) })).toBe(24)
})

test('what was found is told in the order of the chain', () => {
  const facts = factsOf(
    situationOf(f.releaseSpec(), f.observed({ pool: f.pool(), nodes: f.nodes('idle', 'unusable') }), f.CONTEXT)
  )
  expect(facts.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'source: VM source in eastus2 (deallocated)',
    'guest: Linux, generation V2, x64',
    'base image: Canonical:jammy:22_04-lts-gen2',
    'disks: 3 (OS, LUN 0, LUN 1), 350 GiB',
    'definition: node (0 versions)',
    'version: 1.0.0 (image-version names it)',
    'account: farm in eastus2, BatchService',
    'pool: render: Steady, 20 dedicated nodes, 1 healthy',
    'node agent: batch.node.ubuntu 22.04 (base image for Canonical:jammy:22_04-lts-gen2)'
  ])
})

test('the same spec and observation give the same plan', () => {
  const plan = () => JSON.stringify(f.planOne(f.releaseSpec(), f.observed(), f.CONTEXT))
  expect(plan()).toBe(plan())
})

test('a plan that must not be performed has no steps, and still says what it would have made', () => {
  const plan = f.planOne(f.releaseSpec({ generalized: false }), f.observed(), f.CONTEXT)
  expect(plan.findings).toContainEqual(expect.objectContaining({ rule: 'generalized', severity: 'error' }))
  expect([plan.steps, plan.image?.imageName, plan.pools[0]?.decision]).toEqual([[], 'farm/node/1.0.0', 'create'])
})

test.each(['source', 'account'] as const)('without its %s nothing can be planned', missing => {
  const { [missing]: _gone, ...seen } = f.observed()
  const plan = f.planOne(f.releaseSpec(), seen, f.CONTEXT)
  expect([plan.steps, plan.image, plan.pools]).toEqual([[], undefined, []])
})

test('every step comes after those that it names', () => {
  const plans = [
    f.planOne(f.releaseSpec(), f.observed(), f.CONTEXT),
    f.planOne(
      f.rolloutOnlySpec(f.rolloutSpec({ imageChange: 'in-place' })),
      f.rolloutObserved({ pool: f.pool({ imageId: f.versionIdOf('0.9.0') }) }),
      f.CONTEXT
    )
  ]
  for (const { steps } of plans) {
    expect(steps.length).toBeGreaterThan(2)
    steps.forEach(({ after }, index) => {
      const before = steps.slice(0, index).map(({ id }) => id)
      expect(after.filter(id => !before.includes(id))).toEqual([])
    })
  }
})

test('of an image that is given the plan says which, and whether it is hidden', () => {
  const plan = f.planOf(f.rolloutOnlySpec(), f.rolloutObserved({ pool: f.pool() }))
  expect(plan.image).toEqual({
    kind: 'gallery',
    imageId: f.versionIdOf('1.0.0'),
    imageName: 'farm/node/1.0.0',
    version: '1.0.0',
    decision: 'given',
    reason: 'image-id names it (it is hidden)',
    snapshotIds: []
  })
  const rollout = f.rolloutSpec({ imageFrom: 'pool-spec' })
  const pinned = f.planOf(f.rolloutOnlySpec(rollout), f.rolloutObserved({ pool: f.pool() }))
  expect(pinned.image?.reason).toBe('pool-spec names it (it is hidden)')
})
