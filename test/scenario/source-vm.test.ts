/** What the page on the source VM says of a VM that was made from a copied disk. */
import { expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import type { JsonObject } from '../../src/model/json.ts'
import { blocksOf } from '../support/doc-blocks.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type World } from '../support/story.ts'

type Pool = { name: string; properties: JsonObject }

const { properties: ofPage } = parse(blocksOf('docs/source-vm.md', 'yaml')[0]?.text ?? '') as Pool

/** Azure knows of no Marketplace image that it began with. */
function copiedVm(): World {
  const world = defaultWorld()
  const vm = world.resources.find(({ id }) => id === IDS.vm) as { properties?: { storageProfile: JsonObject } }
  delete vm.properties?.storageProfile['imageReference']
  return world
}

test('a new pool of a copied VM needs the node agent in its spec, as the page shows it', async () => {
  await onAzure({ world: copiedVm() }, async ({ story }) => {
    const refused = await story({ inputs: RELEASE_INPUTS })
    expect(refused.changes).toEqual([])
    expect(refused.plan).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'base-image-supported', severity: 'error' })])
    })
    const spec = parse(POOL_SPEC) as Pool
    const withAgent = stringify({ ...spec, properties: { ...spec.properties, ...ofPage } })
    expect((await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': withAgent } })).ok).toBe(true)
    const next = { ...RELEASE_INPUTS, 'image-version': '2.0.0', 'image-change': 'in-place', prove: 'canary' }
    const kept = await story({ inputs: next })
    expect(kept.ok).toBe(true)
    expect(kept.plan).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'base-image-supported', severity: 'note' })])
    })
  })
})
