/** One image for several pools: side by side, in order, and no further than the first that fails. */
import { expect, test } from '@jest/globals'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Emulator } from '../../emulator/index.ts'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Told, type World } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

type Loose = Record<string, unknown>

const specOf = (name: string, nodes: number, more = ''): string =>
  POOL_SPEC.replace('name: render', `${more}name: ${name}`).replace(
    'targetDedicatedNodes: 20',
    `targetDedicatedNodes: ${nodes}`
  )

/** In files, as a repository has them. */
function inFiles(specs: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pools-'))
  for (const [name, text] of Object.entries(specs)) writeFileSync(join(folder, `${name}.yml`), text)
  return join(folder, '*.yml')
}

const { 'pool-spec-inline': _inline, ...RELEASE } = RELEASE_INPUTS
const ROLLOUT = { command: 'rollout', 'batch-account': IDS.account, 'image-change': 'in-place' }
const IMAGE = { ...RELEASE, command: 'image', 'image-version': '2.0.0', 'batch-account': '', 'wave-size': '' }
const THREE = { bake: specOf('bake', 3), render: specOf('render', 4), sim: specOf('sim', 2) }

const poolsOf = (emulator: Emulator): Loose[] =>
  emulator.state().filter(({ type }) => String(type).toLowerCase() === 'microsoft.batch/batchaccounts/pools')

const orderOf = ({ changes }: Told, method: string): string[] =>
  changes.flatMap(line => new RegExp(`${method} …/batchAccounts/[^/]+/pools/(\\S+)`).exec(line)?.[1] ?? [])

function world(change: (world: World) => void): World {
  const changed = defaultWorld()
  change(changed)
  return changed
}

test('three new pools get one image, side by side, and a second run changes nothing', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const inputs = { ...RELEASE, 'pool-spec': inFiles(THREE) }
    const told = await story({ inputs })
    expect(told.ok ? '' : told.log.slice(-60).join('\n')).toBe('')
    expect(
      poolsOf(emulator).map(({ name, properties }) => [name, (properties as Loose)['currentDedicatedNodes']])
    ).toEqual([
      ['bake', 3],
      ['render', 4],
      ['sim', 2]
    ])
    expect(JSON.parse(told.outputs.pools).map(({ name }: Loose) => name)).toEqual(['bake', 'render', 'sim'])
    expect([told.outputs['pool-id'], told.outputs['pool-name'], told.outputs['pool-state']]).toEqual(['', '', 'null'])
    expectGolden('several-pools', transcript([{ title: 'three new pools', told }]))
    expect((await story({ inputs })).changes).toEqual([])
  })
})

test('pools that exist are proved once, then changed at most so many at once', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const files = inFiles(THREE)
    await story({ inputs: { ...RELEASE, 'pool-spec': files } })
    const next = {
      ...RELEASE,
      'pool-spec': files,
      'image-version': '2.0.0',
      'image-change': 'in-place',
      'max-parallel': '1'
    }
    const told = await story({ inputs: next })
    expect(told.ok ? '' : told.log.slice(-60).join('\n')).toBe('')
    expect(orderOf(told, 'PUT').map(name => name.replace(/proof-.*/, 'proof'))).toEqual(['bake-proof'])
    const touched = orderOf(told, 'PATCH')
    expect([...new Set(touched)]).toEqual(['bake', 'render', 'sim'])
    expect(touched).toEqual(touched.toSorted())
    expect(poolsOf(emulator).every(pool => JSON.stringify(pool).includes('/versions/2.0.0'))).toBe(true)
  })
})

test('one that fails stops those that haven’t begun, and the report says of each how it stands', async () => {
  const failing = world(changed => {
    changed.behaviour = { ...changed.behaviour, nodes: { bake: { startTaskFails: 'all' } } }
  })
  await onAzure({ world: failing }, async ({ emulator, story }) => {
    const told = await story({ inputs: { ...RELEASE, 'pool-spec': inFiles(THREE), 'max-parallel': '1' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'bake/scale-pool' })
    expect(poolsOf(emulator).map(({ name }) => name)).toEqual(['bake'])
    expectGolden('several-pools-fails', transcript([{ title: 'the first of three fails', told }]))
  })
})

test('a pool whose nodes fail goes back alone; those before it keep the new image, those after it are not begun', async () => {
  const failing = world(changed => {
    const nodes = { render: { startTaskFails: 'all', startTaskFailsOn: '/versions/2.0.0' } } as const
    changed.behaviour = { ...changed.behaviour, nodes }
  })
  await onAzure({ world: failing }, async ({ emulator, story, post }) => {
    const files = { ...RELEASE, 'pool-spec': inFiles(THREE) }
    await story({ inputs: { ...files, 'image-version': '1.0.0' } })
    const inputs = {
      ...files,
      'image-version': '2.0.0',
      'image-change': 'in-place',
      prove: 'canary',
      'max-parallel': '1'
    }
    const told = await story({ inputs })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'render/scale-pool' })
    expect(
      JSON.parse(told.outputs.pools).map(({ name, imageId, dedicated, rollback }: Loose) => [
        name,
        String(imageId).split('/').at(-1),
        (dedicated as Loose)['current'],
        rollback
      ])
    ).toEqual([
      ['bake', '2.0.0', 3, undefined],
      ['render', '1.0.0', 4, { imageName: 'farm/render-node/1.0.0', end: 'done' }],
      ['sim', '1.0.0', 2, undefined]
    ])
    expect(told.log.join(' ')).toMatch(/pool render was rolled back to\s+farm\/render-node\/1.0.0/)
    expect(poolsOf(emulator).filter(pool => JSON.stringify(pool).includes('batch-image-rollout-'))).toEqual([])
    expect(await post({ inputs }, told)).toEqual([])
  })
})

test('what several pools have in common is read once: the image that they get, the one that they have, their network', async () => {
  await onAzure({}, async ({ story }) => {
    const subnet = IDS.account.replace(/Microsoft.Batch.*/, 'Microsoft.Network/virtualNetworks/farm/subnets/nodes')
    const specs = Object.entries(THREE).map(([name, text]) => {
      return [name, text.replace('properties:', `properties:\n  networkConfiguration: { subnetId: ${subnet} }`)]
    })
    const files = { ...RELEASE, 'pool-spec': inFiles(Object.fromEntries(specs)) }
    await story({ inputs: { ...files, 'image-version': '1.0.0' } })
    expect((await story({ inputs: IMAGE })).ok).toBe(true)
    const readsOf = async (imageId: string): Promise<number[]> => {
      const inputs = { ...ROLLOUT, 'pool-spec': files['pool-spec'], 'image-id': imageId }
      const told = await story({ inputs: { ...inputs, 'dry-run': 'true' } })
      expect(told.ok ? '' : told.log.slice(-60).join('\n')).toBe('')
      const reads = (part: RegExp): number =>
        told.exchanges.filter(({ request: { method, url } }) => method === 'GET' && part.test(url)).length
      return [
        /\/versions\/2\.0\.0\?/,
        /\/versions\/1\.0\.0\?/,
        /\/versions\?/,
        /\/images\/render-node\?/,
        /\/virtualNetworks\/farm\?/
      ].map(reads)
    }
    expect(await readsOf(`${IDS.definition}/versions/2.0.0`)).toEqual([1, 1, 0, 1, 1])
    // Only 1.0.0 is proved, and all pools have it.
    expect(await readsOf(`${IDS.definition}/latest-proved`)).toEqual([0, 1, 1, 1, 1])
  })
})

test('a pool with a number in its metadata comes before all others', async () => {
  await onAzure({}, async ({ story }) => {
    const metadata = 'properties:\n  metadata: [{ name: batch-image-rollout-order, value: "1" }]'
    const specs = { ...THREE, sim: specOf('sim', 2).replace('properties:', metadata) }
    const told = await story({ inputs: { ...RELEASE, 'pool-spec': inFiles(specs), 'max-parallel': '1' } })
    expect(told.ok ? '' : told.log.slice(-60).join('\n')).toBe('')
    expect(orderOf(told, 'PUT')).toEqual(['sim', 'bake', 'render'])
  })
})

/** Two more accounts like the first, one of them in another region. */
function threeAccounts(changed: World): void {
  const account = changed.resources.find(({ id }) => id === IDS.account) as unknown as Loose
  const copy = (name: string, location: string): Loose => ({
    ...structuredClone(account),
    ...{ id: IDS.account.replace('renderfarm', name), name, location },
    properties: {
      ...structuredClone(account['properties'] as Loose),
      accountEndpoint: `${name}.${location}.batch.emulated.azure`
    }
  })
  changed.resources.push(copy('bakefarm', 'eastus2') as never, copy('simfarm', 'westus3') as never)
}

test('twelve pools in three accounts, one of them in another region, are one run', async () => {
  await onAzure({ world: world(threeAccounts) }, async ({ emulator, story }) => {
    const specs = Object.fromEntries(
      ['renderfarm', 'bakefarm', 'simfarm'].flatMap(account =>
        [1, 2, 3, 4].map(nth => {
          const id = `id: ${IDS.account.replace('renderfarm', account)}/pools/pool${nth}\n`
          return [`${account}-${nth}`, specOf(`pool${nth}`, nth, id)]
        })
      )
    )
    const inputs = { ...RELEASE, 'batch-account': '', 'pool-spec': inFiles(specs), 'max-parallel': '12' }
    const told = await story({ inputs })
    expect(told.ok ? '' : told.log.slice(-60).join('\n')).toBe('')
    expect(poolsOf(emulator)).toHaveLength(12)
    expect(told.changes.find(line => line.includes('/versions/1.0.0'))).toBeDefined()
    const version = emulator.state().find(({ id }) => String(id).endsWith('/versions/1.0.0'))
    expect(JSON.stringify(version?.['properties'])).toMatch(/East US 2[^]*West US 3/)
    // What pools of one account have in common is read once.
    const reads = (part: string): number =>
      told.exchanges.filter(({ request }) => request.method === 'GET' && request.url.includes(part)).length
    expect([reads('/virtualMachineSkus'), reads('/supportedimages')]).toEqual([2, 3])
    expect((await story({ inputs })).changes).toEqual([])
  })
})
