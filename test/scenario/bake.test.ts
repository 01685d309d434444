/** After the last wave the nodes must stay healthy for a while: the version waits for it, and a run that was cut off begins it again. */
import { expect, test } from '@jest/globals'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Told, type World } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'
import type { Emulator } from '../../emulator/index.ts'
import type { Plan } from '../../src/model/plan.ts'

const MINUTE = 60_000
const BAKE = { ...RELEASE_INPUTS, bake: '1h' }

function world(render: object): World {
  const changed = defaultWorld()
  changed.behaviour = { ...changed.behaviour, nodes: { render } }
  return changed
}

const log = ({ log: lines }: Told): string => lines.join('\n')
const kindsOf = ({ plan }: Told): string[] => (plan as Plan).steps.map(({ kind }) => kind)
const versionOf = (emulator: Emulator): { tags: Record<string, string>; hidden: boolean } => {
  const { tags, properties } = emulator
    .state()
    .find(({ id }) => id === `${IDS.definition}/versions/1.0.0`) as never as {
    tags: Record<string, string>
    properties: { publishingProfile: { excludeFromLatest: boolean } }
  }
  return { tags, hidden: properties.publishingProfile.excludeFromLatest }
}
const leaseOf = (emulator: Emulator): boolean =>
  JSON.stringify(emulator.state().find(({ id }) => id === IDS.pool)).includes('batch-image-rollout-lease')

test('the version is promoted when the nodes have been healthy for an hour, and the lease is renewed meanwhile', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const plain = await story({ inputs: { ...RELEASE_INPUTS, 'image-version': '0.9.0' } })
    expect(plain.ok).toBe(true)
    const told = await story({ inputs: { ...BAKE, 'image-change': 'in-place' } })
    expect(told.ok).toBe(true)
    expect(told.minutes - plain.minutes).toBeGreaterThan(60)
    expect(log(told)).toContain('20 of 20 nodes healthy after 1h')
    const renewals = told.changes.filter(line =>
      /PATCH \S*\/pools\/render .*\n\s+\{"properties":\{"metadata"/.test(line)
    )
    expect(renewals.length).toBeGreaterThanOrEqual(3)
    expect([leaseOf(emulator), versionOf(emulator).hidden]).toEqual([false, false])
    expect(versionOf(emulator).tags['batch-image-rollout-proved']).toMatch(/: 20 nodes STANDARD_D4S_V5 of render$/i)
    // Once an hour is over, another run has nothing to watch.
    expect(kindsOf(await story({ inputs: BAKE }))).toEqual(['await-image-version', 'verify-nodes'])
    expectGolden('bake', transcript([{ title: 'another image, and an hour in which its nodes stay healthy', told }]))
  })
})

test('nodes that fail in it fail the run; most of them say that it is the image', async () => {
  const failing = world({ unusable: 'all', unusableAfterMs: 40 * MINUTE })
  await onAzure({ world: failing }, async ({ emulator, story }) => {
    const told = await story({ inputs: BAKE })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'bake-nodes' })
    expect([versionOf(emulator).hidden, leaseOf(emulator)]).toEqual([true, false])
    expect(versionOf(emulator).tags['batch-image-rollout-state']).toBe('failed')
    expectGolden('bake-fails', transcript([{ title: 'nodes are lost while they are watched', told }]))
  })
})

test('a few that fail are not held against the image, and the next run watches it again before it is promoted', async () => {
  const failing = world({ unusable: [3, 4], unusableAfterMs: 40 * MINUTE, unusableForMs: 90 * MINUTE })
  await onAzure({ world: failing }, async ({ emulator, clock, story }) => {
    const told = await story({ inputs: BAKE })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'bake-nodes' })
    expect(versionOf(emulator).tags['batch-image-rollout-state']).toBe('open')
    await clock.sleep(2 * 60 * MINUTE)
    const again = await story({ inputs: BAKE, context: { runId: '4712' } })
    expect(kindsOf(again).slice(0, 4)).toEqual([
      'await-image-version',
      'verify-nodes',
      'bake-nodes',
      'settle-image-version'
    ])
    expect([again.ok, versionOf(emulator).hidden]).toEqual([true, false])
  })
})

test('nodes that Batch gets back in its time are no failed ones', async () => {
  const back = world({ unusable: 'all', unusableAfterMs: 30 * MINUTE, unusableForMs: 20 * MINUTE })
  await onAzure({ world: back }, async ({ story }) => {
    const told = await story({ inputs: BAKE })
    expect(told.ok).toBe(true)
    expect(log(told)).toContain('0 of 20 nodes healthy, 20 not ready, or awaited back')
  })
})

test('preempted nodes count neither way', async () => {
  const preempted = world({ preempted: [{ index: 3, afterMs: 30 * MINUTE }] })
  const spec = POOL_SPEC.replace('targetDedicatedNodes: 20', 'targetLowPriorityNodes: 5')
  await onAzure({ world: preempted }, async ({ story }) => {
    const told = await story({ inputs: { ...BAKE, 'pool-spec-inline': spec } })
    expect(log(told)).toContain('4 of 5 nodes healthy, 1 preempted or taken out after 1h')
  })
})

test('the nodes of a formula are watched too, by whoever has let go of the pool', async () => {
  const formula = 'autoScale: { formula: $TargetDedicatedNodes = 4, evaluationInterval: PT5M }'
  const spec = POOL_SPEC.replace('fixedScale: { targetDedicatedNodes: 20 }', formula)
  await onAzure({}, async ({ emulator, story }) => {
    let isHeld: boolean | undefined
    const told = await story({
      inputs: { ...BAKE, 'pool-spec-inline': spec },
      onExchange: (_, { url }) => {
        if (url.includes('/pools/render/nodes')) isHeld = leaseOf(emulator)
      }
    })
    expect([told.ok, isHeld]).toEqual([true, false])
    expect(log(told)).toContain('4 of 4 nodes healthy after 1h')
  })
})

test('a run that is killed in it leaves a version that nobody takes for proved', async () => {
  await onAzure({}, async ({ emulator, clock, story, post }) => {
    let looks = 0
    const killed = {
      inputs: BAKE,
      killedAt: (_: number, { url }: { url: string }) =>
        url.includes('/pools/render/nodes') && (looks += 1) > 30 ? ('before' as const) : (false as const)
    }
    const told = await story(killed)
    expect([told.killed, log(told).includes('the nodes must stay healthy until')]).toEqual([true, true])
    await post(killed, told)
    expect([leaseOf(emulator), versionOf(emulator).hidden]).toEqual([false, true])
    await clock.sleep(MINUTE)
    const again = await story({ inputs: BAKE, context: { runId: '4712' } })
    expect([again.ok, kindsOf(again).includes('bake-nodes'), again.minutes > 60]).toEqual([true, true, true])
  })
})

test('where the time left is too short for it the run ends at once, and the next one begins with it', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const told = await story({ inputs: { ...BAKE, deadline: '70m' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'deadline-exceeded', 'failed-step': 'bake-nodes' })
    expect([versionOf(emulator).hidden, told.minutes < 40]).toEqual([true, true])
    expect((await story({ inputs: { ...BAKE, deadline: '70m' } })).ok).toBe(true)
  })
})

test('one that can’t fit in the deadline is told before anything is called', async () => {
  await onAzure({}, async ({ story }) => {
    const told = await story({ inputs: { ...BAKE, bake: '5h' } })
    expect([told.outputs['failure-reason'], told.exchanges]).toEqual(['input-invalid', []])
    expect(log(told)).toContain(
      'bake: "5h" doesn’t fit in deadline "5h"; give the run a longer deadline, or a shorter bake'
    )
  })
})
