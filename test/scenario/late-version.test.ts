/** An image version that somebody else has made between the plan and its PUT, and what proves one. */
import { expect, test } from '@jest/globals'
import type { Emulator, Fault } from '../../emulator/index.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS } from '../support/story.ts'

/** The snapshots of the first run to ask are put off for twenty minutes. */
const putOff: Fault = {
  operation: 'Snapshots_CreateOrUpdate',
  times: 3,
  respond: { status: 429, code: 'TooManyRequests', message: 'later', headers: { 'retry-after': '1200' } }
}

type VersionShown = {
  tags: Record<string, string>
  properties: { publishingProfile: { excludeFromLatest: boolean }; storageProfile: unknown }
}
const versionNow = (emulator: Emulator): VersionShown | undefined =>
  emulator.state().find(({ id }) => id === `${IDS.definition}/versions/1.0.0`) as VersionShown | undefined

test('a run that comes late with the same inputs neither hides nor changes the version that another has proved', async () => {
  await onAzure({ faults: [putOff] }, async ({ clock, emulator, story }) => {
    const late = story({ inputs: RELEASE_INPUTS })
    await clock.sleep(30_000)
    const other = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect([other.ok, other.outputs['failure-reason']]).toEqual([true, ''])
    const proved = versionNow(emulator)
    const told = await late
    // Of both runs together: only the first PUT of the other one hides it.
    expect(told.changes.filter(line => line.includes('"excludeFromLatest":true'))).toHaveLength(1)
    expect(versionNow(emulator)?.properties.publishingProfile.excludeFromLatest).toBe(false)
    expect(versionNow(emulator)?.properties.storageProfile).toEqual(proved?.properties.storageProfile)
  })
})

test('a version that other inputs have made meanwhile is left alone, and its maker is named', async () => {
  await onAzure({ faults: [putOff] }, async ({ clock, emulator, story }) => {
    const image = { 'source-vm': IDS.vm, generalize: 'done', 'publish-to': IDS.definition, 'image-version': '1.0.0' }
    const late = story({ inputs: { ...image, command: 'image' } })
    await clock.sleep(30_000)
    await story({ inputs: { ...image, command: 'image', 'data-disks': 'none' }, context: { runId: '4712' } })
    const made = versionNow(emulator)
    const told = await late
    const bodyOf = (version: typeof made) => ({ ...version?.properties, provisioningState: undefined })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'image-failed', 'failed-step': 'image-version' })
    expect(told.log.join('\n').replaceAll(/\s+/g, ' ')).toContain('was made by run 4712 attempt 1 meanwhile')
    expect(bodyOf(versionNow(emulator))).toEqual(bodyOf(made))
  })
})

test('an image whose nodes all failed is not promoted by a pool of no nodes', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, nodes: { render: { startTaskFails: 'all' } } }
  await onAzure({ world }, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const none = { ...RELEASE_INPUTS, 'pool-spec-inline': POOL_SPEC.replace('Nodes: 20', 'Nodes: 0') }
    await story({ inputs: none, context: { runId: '4712' } })
    expect(versionNow(emulator)?.properties.publishingProfile.excludeFromLatest).toBe(true)
  })
})

test('auto: a version that another run left open a week ago is not taken for today’s', async () => {
  const respond = { status: 409, code: 'PoolQuotaReached', message: 'The pool quota for the account has been reached.' }
  await onAzure({ faults: [{ operation: 'Pool_Create', times: 1, respond }] }, async ({ clock, story }) => {
    const auto = { ...RELEASE_INPUTS, 'image-version': 'auto' }
    expect((await story({ inputs: auto })).outputs['image-version']).toBe('2026.1123.1')
    await clock.sleep(7 * 24 * 3_600_000)
    const told = await story({ inputs: auto, context: { runId: '4712' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': '', 'image-version': '2026.1130.1' })
  })
})

test('an image that Azure refused is named in no output', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, denied: ['Microsoft.Compute/galleries/images/versions/write'] }
  await onAzure({ world }, async ({ story }) => {
    const { outputs } = await story({ inputs: RELEASE_INPUTS })
    expect(outputs).toMatchObject({ 'failure-reason': 'permission-denied', 'image-id': '', 'image-name': '' })
  })
})
