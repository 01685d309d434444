/** A version says of itself whether nodes have proved it, and rollouts go by that. */
import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '../../src/model/json.ts'
import type { Plan } from '../../src/model/plan.ts'
import { TAG } from '../../src/rules/run-tags.ts'
import { BASE_IMAGE_TAGS, definitionResource, versionResource } from '../support/gallery-resources.ts'
import { expectGolden } from '../support/golden.ts'
import {
  defaultWorld,
  IDS,
  onAzure,
  POOL_SPEC,
  RELEASE_INPUTS,
  type StoryTeller,
  type World
} from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const LATEST = `${IDS.definition}/latest-proved`
const versionId = (name: string): string => `${IDS.definition}/versions/${name}`
const PROVED = '2026-11-20T10:00:00Z: 4 nodes Standard_D4s_v5 of test'
const OWN = { ...BASE_IMAGE_TAGS, [TAG.key]: '0123456789abcdef', [TAG.state]: 'complete' }

type Version = ReturnType<typeof versionResource>

/** A version has a time at which it was published, which stays through all changes. */
function published(version: Version): Version & { properties: { publishingProfile: JsonObject } } {
  const one = structuredClone(version) as Version & { properties: { publishingProfile: JsonObject } }
  one.properties.publishingProfile.publishedDate = '2026-11-20T08:00:00Z'
  return one
}

function worldWith(versions: Record<string, Record<string, string>>, change: Partial<World['behaviour']> = {}): World {
  const world = defaultWorld()
  const hidden = Object.entries(versions).map(([name, tags]) => {
    const one = published(versionResource(versionId(name), tags))
    Object.assign(one.properties.publishingProfile, { excludeFromLatest: true })
    return one
  })
  world.resources.push(definitionResource(IDS.definition), ...hidden)
  world.behaviour = { ...world.behaviour, ...change }
  return world
}

const isOfVersion = (line: string): boolean => /PUT …\/galleries\/\S+\/versions/.test(line)

const rollout = (imageId: string, change: Record<string, string> = {}): Record<string, string> => ({
  command: 'rollout',
  'image-id': imageId,
  'pool-spec-inline': POOL_SPEC,
  'batch-account': IDS.account,
  'image-change': 'in-place',
  ...change
})

function tagsOf({ emulator }: Pick<StoryTeller, 'emulator'>, name: string): Record<string, string> {
  const found = emulator.state().find(({ id }) => String(id) === versionId(name)) as { tags?: Record<string, string> }
  return found.tags ?? {}
}

const PROVED_HERE = /^2026-11-23T\d\d:\d\d:\d\dZ: 20 nodes standard_d4s_v5 of render$/i
const FAILING = { nodes: { render: { startTaskFails: 'all' } } } as const

test.each(['when-proved', 'now', 'never'])(
  'a release that ends well says so of its version (promote: %s)',
  async promote => {
    await onAzure({}, async azure => {
      const inputs = { ...RELEASE_INPUTS, promote }
      expect((await azure.story({ inputs })).ok).toBe(true)
      expect(tagsOf(azure, '1.0.0')).toMatchObject({
        [TAG.state]: 'complete',
        [TAG.proved]: expect.stringMatching(PROVED_HERE)
      })
      expect((await azure.story({ inputs, context: { runId: '4712' } })).changes).toEqual([])
    })
  }
)

test('an image alone says nothing; the rollout of it does, once', async () => {
  await onAzure({}, async azure => {
    const { 'pool-spec-inline': _, 'batch-account': __, 'wave-size': ___, ...image } = RELEASE_INPUTS
    await azure.story({ inputs: { ...image, command: 'image' } })
    expect(tagsOf(azure, '1.0.0')).not.toHaveProperty([TAG.proved])
    const told = await azure.story({ inputs: rollout(versionId('1.0.0')) })
    expect(told.ok).toBe(true)
    expect(tagsOf(azure, '1.0.0')[TAG.proved]).toMatch(PROVED_HERE)
    const again = await azure.story({ inputs: rollout(versionId('1.0.0')), context: { runId: '4712' } })
    expect((again.plan as Plan).steps.map(({ kind }) => kind)).toEqual(['verify-nodes'])
    expect(again.changes).toEqual([])
    expectGolden(
      'rollout-proves',
      transcript([
        { title: 'a version that an image run has made', told },
        { title: 'again', told: again }
      ])
    )
  })
})

describe('a version is left as it is', () => {
  test('where this action hasn’t made it', async () => {
    await onAzure({ world: worldWith({ '1.0.0': BASE_IMAGE_TAGS }) }, async azure => {
      const told = await azure.story({ inputs: rollout(versionId('1.0.0')) })
      expect(told.ok).toBe(true)
      expect(told.changes.filter(isOfVersion)).toEqual([])
    })
    const failing = worldWith({ '1.0.0': BASE_IMAGE_TAGS }, FAILING)
    await onAzure({ world: failing }, async azure => {
      const told = await azure.story({ inputs: rollout(versionId('1.0.0')) })
      expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
      expect(told.changes.filter(isOfVersion)).toEqual([])
    })
  })

  test('where subscription-id keeps the run from writing there', async () => {
    const elsewhere = (id: string): string => id.replace('000000000001', '000000000002')
    const world = defaultWorld()
    const version = published(versionResource(elsewhere(versionId('1.0.0')), OWN))
    world.resources.push(definitionResource(elsewhere(IDS.definition)), version)
    await onAzure({ world }, async azure => {
      const guarded = { 'subscription-id': IDS.account.split('/')[2] ?? '' }
      const told = await azure.story({ inputs: rollout(elsewhere(versionId('1.0.0')), guarded) })
      expect(told.ok).toBe(true)
      expect(told.changes.filter(isOfVersion)).toEqual([])
      const unguarded = await azure.story({ inputs: rollout(elsewhere(versionId('1.0.0'))) })
      expect(unguarded.changes.filter(isOfVersion)).toHaveLength(1)
    })
  })

  test('where the caller may not write to it: a warning names the role action, and the run ends well', async () => {
    const denied = ['Microsoft.Compute/galleries/images/versions/write']
    await onAzure({ world: worldWith({ '1.0.0': OWN }, { denied }) }, async azure => {
      const told = await azure.story({ inputs: rollout(versionId('1.0.0')) })
      expect(told.ok).toBe(true)
      const warnings = told.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)
      expect(warnings.filter(line => line.includes('is not tagged as proved'))).toEqual([
        expect.stringContaining('the role action Microsoft.Compute/galleries/images/versions/write writes the tag')
      ])
      expect(tagsOf(azure, '1.0.0')).toEqual(OWN)
    })
  })
})

test('a version whose nodes fail again and again is tagged, refused from then on, and mended where force proves it', async () => {
  const failing = worldWith({ '1.0.0': OWN }, FAILING)
  await onAzure({ world: failing }, async azure => {
    const inputs = rollout(versionId('1.0.0'))
    const failed = await azure.story({ inputs })
    expect(failed.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(tagsOf(azure, '1.0.0')).toMatchObject({
      [TAG.state]: 'failed',
      [TAG.failed]: expect.stringMatching(
        /^run 4711 attempt 1 of pixel\/farm: 1 of 1 node starttaskfailed of render, 2026-11-23T\d\d:\d\d:\d\dZ$/
      )
    })
    expect(failed.summary).toContain('latest-proved')
    const refused = await azure.story({ inputs, context: { runId: '4712' } })
    expect(refused.outputs).toMatchObject({ 'failure-reason': 'check-failed', changed: 'false' })
    expect(refused.changes).toEqual([])
    expectGolden(
      'rollout-fails',
      transcript([
        { title: 'its nodes fail', told: failed },
        { title: 'again', told: refused }
      ])
    )
  })
  await onAzure(
    { world: worldWith({ '1.0.0': { ...OWN, [TAG.state]: 'failed', [TAG.failed]: 'run 1' } }) },
    async azure => {
      const inputs = rollout(versionId('1.0.0'))
      const forced = await azure.story({ inputs: { ...inputs, force: 'true' } })
      expect(forced.ok).toBe(true)
      expect(tagsOf(azure, '1.0.0')).toEqual({ ...OWN, [TAG.proved]: expect.stringMatching(PROVED_HERE) })
      const again = await azure.story({ inputs, context: { runId: '4712' } })
      expect([again.ok, again.changes]).toEqual([true, []])
    }
  )
})

test('one that was proved elsewhere stays proved, whatever the nodes of this pool do', async () => {
  const world = worldWith(
    { '1.0.0': { ...OWN, [TAG.proved]: PROVED } },
    { nodes: { render: { startTaskFails: 'all' } } }
  )
  await onAzure({ world }, async azure => {
    const told = await azure.story({ inputs: rollout(versionId('1.0.0')) })
    expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(tagsOf(azure, '1.0.0')).toEqual({ ...OWN, [TAG.proved]: PROVED })
  })
})

test('latest-proved rolls out the newest that counts, and a second run changes nothing', async () => {
  const proved = { ...OWN, [TAG.proved]: PROVED }
  const versions = {
    '1.2.0': proved,
    '1.10.0': proved,
    '1.11.0': OWN,
    '1.12.0': { ...proved, [TAG.state]: 'failed' }
  }
  const world = worldWith(versions)
  // Its list shows nothing of regions: only a look at it says that the pool’s doesn’t have it.
  const elsewhere = published(versionResource(versionId('1.13.0'), proved))
  const summary = [{ region: 'East US 2', state: 'Failed', progress: 0, details: 'Failed with internal server error.' }]
  Object.assign(elsewhere.properties, { replicationStatus: { aggregatedState: 'Failed', summary } })
  world.resources.push(elsewhere)
  await onAzure({ world }, async azure => {
    const told = await azure.story({ inputs: rollout(LATEST) })
    expect(told.ok).toBe(true)
    expect(told.outputs).toMatchObject({ 'image-id': versionId('1.10.0'), 'image-version': '1.10.0' })
    expect((told.plan as Plan).found[0]?.value).toContain(
      `(${PROVED}); of 3 newer, 1 is Failed in eastus2, 1 is marked as failed, 1 is not proved`
    )
    const again = await azure.story({ inputs: rollout(LATEST), context: { runId: '4712' } })
    expect([again.ok, again.changes, again.outputs.changed]).toEqual([true, [], 'false'])
    const pinned =
      POOL_SPEC +
      `  deploymentConfiguration: { virtualMachineConfiguration: { imageReference: { id: ${versionId('1.10.0')} } } }\n`
    const agreed = await azure.story({ inputs: rollout(LATEST, { 'pool-spec-inline': pinned }) })
    expect([agreed.ok, agreed.changes]).toEqual([true, []])
    expectGolden(
      'latest-proved',
      transcript([
        { title: 'the newest that counts', told },
        { title: 'again', told: again }
      ])
    )
  })
})

test('a version that was just proved is the latest at once, while Azure is still at its tag', async () => {
  const versions = { '1.0.0': { ...OWN, [TAG.proved]: PROVED }, '2.0.0': OWN }
  await onAzure({ world: worldWith(versions) }, async azure => {
    expect((await azure.story({ inputs: rollout(versionId('2.0.0')) })).ok).toBe(true)
    const next = await azure.story({ inputs: rollout(LATEST), context: { runId: '4712' } })
    expect(next.outputs['image-version']).toBe('2.0.0')
    expect(next.changes).toEqual([])
  })
})
