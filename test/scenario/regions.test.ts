import { expect, test } from '@jest/globals'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const MINUTE = 60_000
const IMAGE_ONLY = { command: 'image', 'pool-spec-inline': '', 'batch-account': '', 'wave-size': '' }

test('the pool starts as soon as its own region is replicated, and further regions come after its last wave', async () => {
  const world = defaultWorld()
  const account = world.resources.find(({ id }) => id === IDS.account) as { location: string }
  account.location = 'westus3'
  world.behaviour = {
    ...world.behaviour,
    durationsMs: {
      'galleryImageVersion.replicate.westus3': 6 * MINUTE,
      'galleryImageVersion.replicate.eastus2': 40 * MINUTE,
      'galleryImageVersion.replicate.northeurope': 90 * MINUTE
    }
  }
  await onAzure({ world }, async ({ emulator, clock, story }) => {
    const inputs = { ...RELEASE_INPUTS, 'target-regions': 'eastus2=1, westus3=2, northeurope=1' }
    const told = await story({ inputs })
    expect(told.ok).toBe(true)
    expectGolden('several-regions', transcript([{ title: 'the account’s region is faster than the source’s', told }]))
    await clock.sleep(120 * MINUTE)
    const version = emulator.state().find(({ type }) => type === 'Microsoft.Compute/galleries/images/versions')
    expect(JSON.stringify(version)).toContain('North Europe')
    expect(JSON.stringify(version)).toContain('"excludeFromLatest":false')
    const again = await story({ inputs })
    expect(again.changes).toEqual([])
  })
})

test('an image made by one job is rolled out by another, which infers the node agent from its tags', async () => {
  await onAzure({}, async ({ story }) => {
    const image = await story({ inputs: { ...RELEASE_INPUTS, ...IMAGE_ONLY, 'image-version': 'auto' } })
    expect(image.outputs).toMatchObject({ 'image-version': '2026.1123.1', 'pool-id': '', 'pool-state': 'null' })
    const rollout = {
      command: 'rollout',
      'image-id': image.outputs['image-id'],
      'pool-spec-inline': POOL_SPEC,
      'batch-account': IDS.account
    }
    const told = await story({ inputs: rollout, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    // The tag that says that nodes have proved it, and nothing else.
    expect(told.changes.filter(line => line.includes('PUT …/galleries'))).toHaveLength(1)
    const again = await story({ inputs: rollout, context: { runId: '4713' } })
    expect(again.changes).toEqual([])
    expectGolden(
      'image-then-rollout',
      transcript([
        { title: 'command: image', told: image },
        { title: 'command: rollout', told }
      ])
    )
  })
})

test('a version whose regions are still awaited at the deadline is taken up by the next run, which makes no other', async () => {
  const world = defaultWorld()
  const durationsMs = { 'galleryImageVersion.replicate.westus3': 90 * MINUTE }
  world.behaviour = { ...world.behaviour, durationsMs }
  await onAzure({ world }, async ({ story }) => {
    const all = { 'image-version': 'auto', 'target-regions': 'eastus2, westus3', 'wait-for-regions': 'all' }
    const first = await story({ inputs: { ...RELEASE_INPUTS, ...all, deadline: '60m' } })
    expect(first.outputs).toMatchObject({ 'failure-reason': 'deadline-exceeded', 'failed-step': 'image-replicated' })
    const told = await story({ inputs: { ...RELEASE_INPUTS, ...all, deadline: '60m' }, context: { runId: '4712' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': '', 'image-version': first.outputs['image-version'] })
    const again = await story({ inputs: { ...RELEASE_INPUTS, ...all }, context: { runId: '4712', runAttempt: 2 } })
    expect(again.changes).toEqual([])
  })
})

test('a shallow version of which a far region failed is not to be waited for again: another one is advised', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, replicationFails: [{ region: 'westus3', times: 9 }] }
  await onAzure({ world }, async ({ story }) => {
    const shallow = { 'replication-mode': 'Shallow', 'target-regions': 'eastus2, westus3' }
    const { 'pool-spec-inline': _spec, 'batch-account': _account, 'wave-size': _size, ...image } = RELEASE_INPUTS
    for (const runId of ['1', '2']) {
      const told = await story({ inputs: { ...image, command: 'image', ...shallow }, context: { runId } })
      expect(told.outputs['failure-reason']).toBe('replication-failed')
      expect(told.summary).toContain('Publish another version: a shallow one gains no region later')
      expect(told.summary).not.toContain('made again')
    }
  })
})

test('a shallow version has all its regions from the start, and promote: never keeps it hidden', async () => {
  await onAzure({}, async ({ story }) => {
    const inputs = {
      ...RELEASE_INPUTS,
      'target-regions': 'eastus2, westus3',
      'replication-mode': 'Shallow',
      promote: 'never'
    }
    const told = await story({ inputs })
    expect(told.ok).toBe(true)
    const puts = told.changes.filter(line => line.includes('PUT …/galleries/farm/images/render-node/versions'))
    expect(puts[0]).toContain('westus3')
    expect(puts.at(-1)).toContain('"excludeFromLatest":true')
    const again = await story({ inputs })
    expect(again.changes).toEqual([])
  })
})
