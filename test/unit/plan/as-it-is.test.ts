/** A pool that exists and that no spec describes: what is wanted of it is what it has, with another image. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Observed } from '../../../src/model/observed.ts'
import type { Finding } from '../../../src/model/plan.ts'
import type { RolloutSpec } from '../../../src/model/spec.ts'
import { unmadeItem } from '../../../src/rules/pool-metadata.ts'
import * as f from '../../support/observed-fixtures.ts'

const IN_PLACE = f.asItIs({ imageChange: 'in-place' })
const FORMER = f.versionIdOf('0.9.0')

function findings(seen: Observed, rollout: RolloutSpec = f.asItIs()): Pick<Finding, 'rule' | 'message' | 'wayOut'>[] {
  return f.planOne(f.rolloutOnlySpec(rollout), seen, f.CONTEXT).findings
}

const withVm = (more: JsonObject, imageReference: JsonObject = { id: FORMER }): JsonObject => ({
  deploymentConfiguration: { virtualMachineConfiguration: { imageReference, nodeAgentSkuId: f.AGENT, ...more } }
})

test('of all that a pool has, its image alone differs, and is all that is written', () => {
  const pool = f.pool({ imageId: FORMER, metadata: [{ name: 'owner', value: 'lighting' }] })
  const plan = f.planOf(f.rolloutOnlySpec(IN_PLACE), f.rolloutObserved({ pool }))
  expect(plan.pools[0]?.differences.map(({ path }) => path)).toEqual([
    'deploymentConfiguration.virtualMachineConfiguration.imageReference.id'
  ])
  expect(f.stepOf(plan, 'change-pool-image').body).toEqual({
    properties: withVm({}, { id: f.versionIdOf('1.0.0') })
  })
  expect(f.stepOf(plan, 'scale-pool').goal).toEqual({ dedicated: 20, lowPriority: 0 })
})

test('the node agent follows an image of another base image, and stays where it fits', () => {
  const pool = f.pool({ imageId: FORMER, properties: withVm({ nodeAgentSkuId: 'batch.node.el 8' }) })
  const plan = f.planOf(f.rolloutOnlySpec(IN_PLACE), f.rolloutObserved({ pool }))
  expect(plan.pools[0]?.differences.map(({ path, wanted }) => [path.split('.').at(-1), wanted])).toEqual([
    ['id', f.versionIdOf('1.0.0')],
    ['nodeAgentSkuId', f.AGENT]
  ])
})

test('the image that a pool has from the Marketplace is named as the one that goes', () => {
  const reference = { publisher: 'canonical', offer: 'jammy', sku: '22_04-lts', version: 'latest' }
  const { imageId: _none, ...pool } = f.pool({ properties: withVm({}, reference) })
  const plan = f.planOf(f.rolloutOnlySpec(IN_PLACE), f.rolloutObserved({ pool }))
  expect(plan.pools[0]?.differences.map(({ present }) => present)).toEqual(['canonical:jammy:22_04-lts:latest'])
})

test('a pool that is as wanted needs no step but a look at its nodes', () => {
  const plan = f.planOf(f.rolloutOnlySpec(f.asItIs()), f.rolloutObserved({ pool: f.pool() }))
  expect(f.outline(plan)).toEqual(['verify-nodes'])
})

test('a pool that is missing is all that is told, and a missing account comes before it', () => {
  expect(findings(f.rolloutObserved()).map(({ rule }) => rule)).toEqual(['pool-exists'])
  const { account: _account, ...seen } = f.rolloutObserved()
  expect(findings(seen).map(({ rule }) => rule)).toEqual(['account-exists'])
})

test('what checks say of a pool spec is said of the pool', () => {
  const seen = f.rolloutObserved({ pool: f.pool(), vmSizes: [{ name: 'Standard_D8s_v5' }] })
  const [size] = findings(seen).filter(({ rule }) => rule === 'vm-size')
  expect(size?.message).toMatch(/^pool: Batch doesn’t offer vmSize "standard_d4s_v5" in "eastus2" any more/)
})

test('a secret that a change would lose is asked for by a spec that leaves all else out', () => {
  const registries = { containerRegistries: [{ registryServer: 'farm.azurecr.io', username: 'farm' }] }
  const containerConfiguration = { type: 'DockerCompatible', ...registries }
  const pool = f.pool({ imageId: FORMER, properties: withVm({ containerConfiguration }) })
  const [secret] = findings(f.rolloutObserved({ pool }), IN_PLACE).filter(({ rule }) => rule === 'pool-secrets')
  expect(secret?.wayOut).toBe(
    'write it into a pool spec (pool-spec, in place of pool) that has nothing else but the name, with what it is part of, as ' +
      'a reference such as ${env:NAME}'
  )
})

test('an image that Batch has left undone is no longer asked for, and the way out is another pool', () => {
  const path = 'deploymentConfiguration.virtualMachineConfiguration.imageReference.id'
  const note = unmadeItem([{ path, present: FORMER, wanted: f.versionIdOf('1.0.0') }])
  const seen = f.rolloutObserved({ pool: f.pool({ imageId: FORMER, metadata: [note] }) })
  const [unmade] = findings(seen, IN_PLACE).filter(({ rule }) => rule === 'pool-change-unmade')
  expect(unmade?.wayOut).toMatch(
    /^give a pool spec of another name in place of pool, so that a new pool is made with it;/
  )
})

test('a pool that is being deleted isn’t promised to be made again', () => {
  const seen = f.rolloutObserved({ pool: f.pool({ provisioningState: 'Deleting' }) })
  const [gone] = findings(seen).filter(({ rule }) => rule === 'pool-deleting')
  expect(gone?.wayOut).toBe('find out who deletes it; name another pool')
})

test('a start task that the pool has counts, whoever wrote it', () => {
  const messages = (pool: Observed['pool']): string[] =>
    f
      .planOne(f.releaseSpec({}, f.asItIs()), f.observed({ ...(pool && { pool }) }), f.CONTEXT)
      .findings.filter(({ rule }) => rule === 'data-disks-mounted')
      .map(({ severity }) => severity)
  expect(messages(f.pool())).toEqual(['note'])
  expect(messages(f.pool({ properties: { startTask: null } }))).toEqual(['warning'])
})
