/** A pool that somebody else has made, taken as it is: no spec describes it, and nothing of it changes but its image. */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../src/model/json.ts'
import { definitionResource, versionResource } from '../support/gallery-resources.ts'
import { expectGolden } from '../support/golden.ts'
import { PORTAL_POOL } from '../support/portal-pool.ts'
import { defaultWorld, IDS, onAzure, type Story, type World } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const NEXT = `${IDS.definition}/versions/2.0.0`

function worldWith(change: JsonObject = {}): World {
  const world = defaultWorld()
  const pool = structuredClone(PORTAL_POOL)
  Object.assign(pool.properties, change)
  world.resources.push(definitionResource(IDS.definition), versionResource(NEXT), pool)
  return world
}

const INPUTS: Story['inputs'] = {
  command: 'rollout',
  'image-id': NEXT,
  pool: 'render',
  'batch-account': IDS.account,
  'image-change': 'in-place'
}

type Seen = { tags?: JsonObject; properties: JsonObject }

/** What of the pool is its owner's: not where its nodes have come to, nor which run was the last. */
function owned(state: readonly { type?: unknown }[]): JsonObject {
  const pool = state.find(({ type }) => type === 'Microsoft.Batch/batchAccounts/pools') as unknown as Seen
  const { metadata, ...properties } = pool.properties
  const written = Object.keys(PORTAL_POOL.properties).filter(name => !/State$|^current/.test(name))
  return {
    tags: pool.tags ?? {},
    ...Object.fromEntries(written.map(name => [name, properties[name] ?? null])),
    metadata: (metadata as { name: string; value: string }[]).filter(({ name }) => name !== 'batch-image-rollout')
  }
}

function withImage(pool: JsonObject, imageReference: JsonObject): JsonObject {
  const copy = structuredClone(pool) as { deploymentConfiguration: { virtualMachineConfiguration: JsonObject } }
  copy.deploymentConfiguration.virtualMachineConfiguration.imageReference = imageReference
  return copy
}

test('a pool that no spec describes gets another image by its name alone, and a second run changes nothing', async () => {
  await onAzure({ world: worldWith() }, async ({ emulator, story }) => {
    const before = owned(emulator.state())
    const told = await story({ inputs: INPUTS })
    expect(told.ok).toBe(true)
    expect(told.outputs).toMatchObject({ 'current-dedicated-nodes': '4', changed: 'true' })
    expect(owned(emulator.state())).toEqual(withImage(before, { id: NEXT }))
    const again = await story({ inputs: INPUTS })
    expect(again.ok).toBe(true)
    expect(again.changes).toEqual([])
    expectGolden(
      'existing-pool',
      transcript([
        { title: 'a pool from the portal, by its name', told },
        { title: 'again', told: again }
      ])
    )
  })
})

test('a copy of what a GET shows of a pool is a spec of it, and changes nothing', async () => {
  await onAzure({ world: worldWith() }, async ({ story }) => {
    const { exchanges } = await story({ inputs: INPUTS })
    const shown = exchanges.findLast(({ request }) => new URL(request.url).pathname === IDS.pool)?.response.body
    expect(shown).toHaveProperty('properties.allocationState', 'Steady')
    const told = await story({ inputs: { ...INPUTS, pool: '', 'pool-spec-inline': JSON.stringify(shown) } })
    expect(told.ok).toBe(true)
    expect(told.changes).toEqual([])
    expect(told.plan).toMatchObject({ findings: [{ rule: 'left-aside', severity: 'note' }] })
  })
})

test('tags of a spec are written with the nodes there, beside the tags that the pool has', async () => {
  await onAzure({ world: worldWith() }, async ({ emulator, story }) => {
    await story({ inputs: INPUTS })
    const before = owned(emulator.state())
    const spec = 'name: render\nproperties: {}\ntags: { CostCenter: vfx2, stage: live }'
    const inputs = { ...INPUTS, pool: '', 'pool-spec-inline': spec }
    const told = await story({ inputs })
    expect(told.ok).toBe(true)
    expect(told.changes).toHaveLength(1)
    expect(owned(emulator.state())).toEqual({ ...before, tags: { costCenter: 'vfx2', stage: 'live' } })
    expect((await story({ inputs })).changes).toEqual([])
  })
})

test('the id of a pool says its account too', async () => {
  await onAzure({ world: worldWith() }, async ({ story }) => {
    const told = await story({ inputs: { ...INPUTS, pool: IDS.pool, 'batch-account': '' } })
    expect(told.ok).toBe(true)
    expect(told.outputs['pool-id']).toBe(IDS.pool)
  })
})

test('an autoscale formula that the pool has rules it again once the image is proved', async () => {
  const scaleSettings = { autoScale: { formula: '$TargetDedicatedNodes = 6;', evaluationInterval: 'PT10M' } }
  await onAzure({ world: worldWith({ scaleSettings }) }, async ({ emulator, story }) => {
    const told = await story({ inputs: INPUTS })
    expect(told.ok).toBe(true)
    expect(owned(emulator.state())).toMatchObject({ scaleSettings })
    expect((await story({ inputs: INPUTS })).changes).toEqual([])
  })
})

test('a release rolls the image that it makes out to the pool as it is', async () => {
  const { 'image-id': _image, ...pool } = INPUTS
  const release = { ...pool, command: 'release', 'source-vm': IDS.vm, generalize: 'done', 'publish-to': IDS.definition }
  await onAzure({ world: worldWith() }, async ({ emulator, story }) => {
    const before = owned(emulator.state())
    const told = await story({ inputs: { ...release, 'image-version': '3.0.0' } })
    expect(told.ok).toBe(true)
    expect(owned(emulator.state())).toEqual(withImage(before, { id: `${IDS.definition}/versions/3.0.0` }))
  })
})

test('a pool with nodes is not drained unless that was asked for, and the choices are those of a pool without a spec', async () => {
  await onAzure({ world: worldWith() }, async ({ story }) => {
    const told = await story({ inputs: { ...INPUTS, 'image-change': 'auto' } })
    expect(told.changes).toEqual([])
    expect(told.outputs['failure-reason']).toBe('pool-change-refused')
    expect(told.summary).toContain('a pool spec of another name in place of pool')
  })
})

test('of a pool that is missing only that is told, with the way to one', async () => {
  const world = defaultWorld()
  world.resources.push(definitionResource(IDS.definition), versionResource(NEXT))
  await onAzure({ world }, async ({ story }) => {
    const told = await story({ inputs: INPUTS })
    expect(told.changes).toEqual([])
    expect(told.outputs['failure-reason']).toBe('check-failed')
    expect(told.plan).toMatchObject({
      findings: [
        {
          rule: 'pool-exists',
          severity: 'error',
          message: 'pool: there is no pool "render" in Batch account "renderfarm"',
          wayOut: 'correct the name; or give a pool spec (pool-spec) in its place, which makes a pool that is missing'
        }
      ]
    })
  })
})
