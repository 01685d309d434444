/** A pool whose nodes fail with its new image goes back to the image, the properties and the scale that it had. */
import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import type { JournalEntry } from '../../src/model/journal.ts'
import { RunError } from '../../src/model/failure.ts'
import { expectGolden } from '../support/golden.ts'
import { somebodyElse } from '../support/somebody-else.ts'
import {
  defaultWorld,
  IDS,
  onAzure,
  POOL_SPEC,
  RELEASE_INPUTS,
  type StoryTeller,
  type Told,
  type World
} from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const MINUTE = 60_000
const [OLD, NEW] = [`${IDS.definition}/versions/1.0.0`, `${IDS.definition}/versions/2.0.0`]
/** Without a temporary pool, which would find the nodes at fault before the pool is touched. */
const IN_PLACE = {
  ...RELEASE_INPUTS,
  'image-version': '2.0.0',
  'image-change': 'in-place',
  prove: 'canary'
}

type Nodes = NonNullable<NonNullable<World['behaviour']>['nodes']>[string]

/** The start task fails on all nodes of version 2.0.0. */
function world(nodes: Nodes = { startTaskFails: 'all', startTaskFailsOn: '/versions/2.0.0' }): World {
  const changed = defaultWorld()
  changed.behaviour = { ...changed.behaviour, nodes: { render: nodes } }
  return changed
}

type Shown = {
  image: unknown
  scale: { fixedScale?: { targetDedicatedNodes?: number }; autoScale?: { formula: string } }
  nodes: number
  slots: unknown
  metadata: string[]
}

function render(emulator: Emulator): Shown {
  // The emulated Azure’s JSON.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const { properties } = emulator.state().find(({ id }) => id === IDS.pool) as any
  return {
    image: properties.deploymentConfiguration.virtualMachineConfiguration.imageReference.id,
    scale: properties.scaleSettings,
    nodes: properties.currentDedicatedNodes,
    slots: properties.taskSlotsPerNode,
    metadata: (properties.metadata ?? []).map(({ name }: { name: string }) => name)
  }
}

/** Does something when a step is begun. */
function onceBegun(id: string, effect: () => unknown): (entry: JournalEntry) => void {
  let isDone = false
  return entry => {
    if (isDone || entry.event !== 'begin' || entry.step !== id) return
    isDone = true
    effect()
  }
}

const words = ({ log }: Told): string => log.join(' ').replaceAll(/\s+/g, ' ')
const tagOf = (emulator: Emulator, id: string): unknown =>
  (emulator.state().find(one => one.id === id)?.['tags'] as Record<string, string> | undefined)?.[
    'batch-image-rollout-state'
  ]

test('rollback after an unhealthy in-place change', async () => {
  await onAzure({ world: world() }, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const inputs = {
      ...IN_PLACE,
      'pool-spec-inline': POOL_SPEC.replace('taskSlotsPerNode: 4', 'taskSlotsPerNode: 2')
    }
    const told = await story({ inputs })
    expect(told.ok).toBe(false)
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'scale-pool' })
    expect(JSON.parse(told.outputs['pool-state'])).toMatchObject({
      imageId: OLD,
      rollback: { imageName: 'farm/render-node/1.0.0', end: 'done' }
    })
    expect(words(told)).toContain('pool render was rolled back to farm/render-node/1.0.0 and has 20 healthy nodes')
    expect(render(emulator)).toMatchObject({
      image: OLD,
      scale: { fixedScale: { targetDedicatedNodes: 20 } },
      nodes: 20,
      slots: 4,
      metadata: ['batch-image-rollout']
    })
    expect(tagOf(emulator, NEW)).toBe('failed')
    expect(await post({ inputs }, told)).toEqual([])
    await clock.sleep(MINUTE)
    expectGolden('rollback', transcript([{ title: 'rollback after an unhealthy in-place change', told }]))
  })
})

test('a rollback that fails too', async () => {
  await onAzure({ world: world() }, async ({ emulator, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const refuse = (): void =>
      emulator.addFaults([
        {
          operation: 'Pool_Update',
          times: 1,
          respond: { status: 400, code: 'InvalidPropertyValue', message: 'the image can’t be used' }
        }
      ])
    const told = await story({ inputs: IN_PLACE, onJournal: onceBegun('rollback-image', refuse) })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'scale-pool' })
    expect(words(told)).toContain('the rollback of pool render to farm/render-node/1.0.0 failed at rollback-image')
    expect(render(emulator)).toMatchObject({ image: NEW, nodes: 0 })
    expect(render(emulator).metadata).toContain('batch-image-rollout-former')
    expect(render(emulator).metadata).not.toContain('batch-image-rollout-lease')
    expect(await post({ inputs: IN_PLACE }, told)).toEqual([])
    expectGolden('rollback-fails', transcript([{ title: 'a rollback that fails too', told }]))
  })
})

test('a rollback whose nodes fail as well ends with the former image, and says both', async () => {
  await onAzure({ world: world({ startTaskFails: Array.from({ length: 60 }, (_, nth) => nth + 20) }) }, async azure => {
    const { emulator, story, post } = azure
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: IN_PLACE })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'scale-pool' })
    expect(JSON.parse(told.outputs['pool-state'])).toMatchObject({ imageId: OLD, rollback: { end: 'failed' } })
    expect(words(told)).toContain('failed at rollback-scale: 10 of 20 dedicated nodes; 7 unhealthy')
    expect(render(emulator)).toMatchObject({ image: OLD, nodes: 10 })
    expect(render(emulator).metadata).not.toContain('batch-image-rollout-lease')
    expect([tagOf(emulator, NEW), tagOf(emulator, OLD)]).toEqual(['failed', 'complete'])
    expect(await post({ inputs: IN_PLACE }, told)).toEqual([])
  })
})

/** The version that the pool runs: its nodes stay all the same. */
async function lose({ emulator, clock }: StoryTeller, how: 'gone' | 'unreadable'): Promise<void> {
  if (how === 'gone') {
    somebodyElse(emulator, 'DELETE', `${emulator.connection.resourceManagerUrl}${OLD}?api-version=2021-10-01`)
    await clock.sleep(30 * MINUTE)
    return
  }
  const respond = { status: 403, code: 'AuthorizationFailed', message: 'may not read it' }
  emulator.addFaults([{ operation: 'GalleryImageVersions_Get', url: '/versions/1.0.0', times: 1, respond }])
}

test.each([
  ['gone', 'isn’t there any more'],
  ['unreadable', 'can’t be read: Azure answered "AuthorizationFailed"']
] as const)('former image %s: kept, and said before', async (change, why) => {
  await onAzure({ world: world() }, async azure => {
    const { emulator, story } = azure
    await story({ inputs: RELEASE_INPUTS })
    await lose(azure, change)
    const told = await story({ inputs: IN_PLACE })
    const before = words({
      ...told,
      log: told.log.slice(
        0,
        told.log.findIndex(line => line.includes(' 0:00 '))
      )
    })
    expect(before).toContain('note rollback-possible pool "render" stays as it is if its nodes fail with the new image')
    expect(before).toContain(why)
    expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(render(emulator)).toMatchObject({ image: NEW, nodes: 1 })
    if (change === 'gone')
      expectGolden(
        'rollback-former-image-gone',
        transcript([{ title: 'former image gone: kept, and said before', told }])
      )
  })
})

test('a rollback that was asked for, and can’t be, is refused before anything is changed', async () => {
  await onAzure({ world: world() }, async azure => {
    const { story } = azure
    await story({ inputs: RELEASE_INPUTS })
    await lose(azure, 'gone')
    const told = await story({ inputs: { ...IN_PLACE, 'on-failure': 'rollback' } })
    expect(told.outputs['failure-reason']).toBe('check-failed')
    expect(told.changes).toEqual([])
    expect(words(told)).toContain('on-failure: "rollback" asks for a way back, and pool "render" has none')
  })
})

test('on-failure: keep leaves the nodes as they are, and plans no way back', async () => {
  await onAzure({ world: world() }, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: { ...IN_PLACE, 'on-failure': 'keep' } })
    expect(words(told)).not.toContain('roll pool render back')
    expect(render(emulator)).toMatchObject({ image: NEW, nodes: 1 })
  })
})

test('cancelled in the middle of a rollback', async () => {
  await onAzure({ world: world() }, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const cancel = new AbortController()
    const reason = new RunError({
      reason: 'cancelled',
      message: 'the run was cancelled (SIGINT)',
      wayOut: 'run it again'
    })
    const told = await story({
      inputs: IN_PLACE,
      cancel: cancel.signal,
      onJournal: onceBegun('rollback-scale', () => {
        void clock.sleep(MINUTE).then(() => cancel.abort(reason))
      })
    })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'scale-pool' })
    expect(words(told)).toContain('was cut off at rollback-scale: the run was cancelled (SIGINT)')
    const undone = await post({ inputs: IN_PLACE }, told)
    expect(undone).toEqual([expect.stringContaining('pool render: ')])
    expect(render(emulator)).toMatchObject({ image: OLD })
    expect(render(emulator).metadata).not.toContain('batch-image-rollout-lease')
    const next = await story({ inputs: { ...RELEASE_INPUTS, 'image-version': '1.0.0' }, context: { runId: '4712' } })
    expect(next.ok).toBe(true)
    expect(render(emulator)).toMatchObject({ image: OLD, nodes: 20 })
    expectGolden(
      'rollback-cancelled',
      transcript([
        { title: 'cancelled in the middle of a rollback', told },
        { title: 'the next run, with the former image', told: next }
      ])
    )
  })
})

test('killed when the former image is back and no node is: the post step gives the scale back', async () => {
  await onAzure({ world: world() }, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    let isBack = false
    const killed = {
      inputs: IN_PLACE,
      onJournal: onceBegun('rollback-scale', () => (isBack = true)),
      killedAt: () => (isBack ? ('before' as const) : (false as const))
    }
    const told = await story(killed)
    expect([told.killed, render(emulator).nodes, render(emulator).image]).toEqual([true, 0, OLD])
    expect(await post(killed, told)).toEqual([
      'pool render: got its former scale back, and kept its image; it grows from here'
    ])
    await clock.sleep(10 * MINUTE)
    expect(render(emulator)).toMatchObject({ image: OLD, nodes: 20, metadata: [] })
  })
})

const FORMULA = '$TargetDedicatedNodes = 8;'
const formulaSpec = POOL_SPEC.replace(
  'fixedScale: { targetDedicatedNodes: 20 }',
  `autoScale: { formula: "${FORMULA}", evaluationInterval: PT5M }`
)

test('formula pool', async () => {
  await onAzure({ world: world() }, async ({ emulator, story, post }) => {
    await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': formulaSpec } })
    const inputs = { ...IN_PLACE, 'pool-spec-inline': formulaSpec }
    const told = await story({ inputs })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'scale-pool' })
    expect(words(told)).toContain('pool render was rolled back to farm/render-node/1.0.0 and has 8 healthy nodes')
    expect(render(emulator)).toMatchObject({ image: OLD, scale: { autoScale: { formula: FORMULA } }, nodes: 8 })
    expect(render(emulator).metadata).toEqual(['batch-image-rollout'])
    expect(await post({ inputs }, told)).toEqual([])
    expectGolden('rollback-formula', transcript([{ title: 'formula pool', told }]))
  })
})

test('nodes that fail once the formula has taken over are rolled back too', async () => {
  const late = { startTaskFails: [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19], startTaskFailsOn: '/versions/2.0.0' }
  await onAzure({ world: world(late) }, async ({ emulator, story, post }) => {
    await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': formulaSpec } })
    const inputs = { ...IN_PLACE, 'pool-spec-inline': formulaSpec }
    const told = await story({ inputs })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'verify-nodes' })
    expect(words(told)).toContain('pool render was rolled back to farm/render-node/1.0.0 and has 8 healthy nodes')
    expect(render(emulator)).toMatchObject({ image: OLD, scale: { autoScale: { formula: FORMULA } }, nodes: 8 })
    expect(await post({ inputs }, told)).toEqual([])
  })
})

test('nodes that fail while they are watched after the last wave are rolled back too', async () => {
  const late = { unusable: 'all', unusableAfterMs: 40 * MINUTE } as const
  await onAzure({ world: world(late) }, async ({ emulator, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const inputs = { ...IN_PLACE, bake: '1h' }
    const told = await story({ inputs })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'bake-nodes' })
    expect(words(told)).toContain('pool render was rolled back to farm/render-node/1.0.0 and has 20 healthy nodes')
    expect(render(emulator)).toMatchObject({ image: OLD, nodes: 20, metadata: ['batch-image-rollout'] })
    expect(tagOf(emulator, NEW)).toBe('failed')
    expect(await post({ inputs }, told)).toEqual([])
  })
})

test('with too little left of the deadline it isn’t begun, and the run says so', async () => {
  await onAzure({ world: world() }, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: { ...IN_PLACE, deadline: '35m' } })
    expect(words(told)).toMatch(
      /pool render was not rolled back to farm\/render-node\/1.0.0: that may take 20m 00s, and 17m \d+s are left of the deadline/
    )
    expect(render(emulator)).toMatchObject({ image: NEW, nodes: 1 })
  })
})

test('nodes that the region doesn’t give are no reason to go back', async () => {
  const short = world({})
  short.behaviour = {
    ...short.behaviour,
    capacity: [{ region: 'eastus2', family: '*', from: 24 * 60 * MINUTE, cores: 0 }]
  }
  await onAzure({ world: short }, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    await clock.sleep(24 * 60 * MINUTE)
    const told = await story({ inputs: IN_PLACE })
    expect(told.outputs['failure-reason']).toBe('allocation-failed')
    expect(words(told)).not.toContain('rolled back to')
    expect(render(emulator)).toMatchObject({ image: NEW })
  })
})

const POOL_URL = ({ connection }: Emulator): string =>
  `${connection.resourceManagerUrl}${IDS.pool}?api-version=2025-06-01`

/** When the run has told of its nodes: then somebody else changes the pool. */
test.each([
  ['its scale', { scaleSettings: { fixedScale: { targetDedicatedNodes: 2, targetLowPriorityNodes: 0 } } }],
  ['what the run has changed of it', { startTask: { commandLine: "/bin/bash -c 'true'", waitForSuccess: true } }]
])('a pool of which somebody else changes %s meanwhile is not rolled back', async (_, properties) => {
  await onAzure({ world: world() }, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const changesTo = {
      ...IN_PLACE,
      'pool-spec-inline': POOL_SPEC.replace('mount -a', 'mount --all')
    }
    const told = await story({
      inputs: changesTo,
      onJournal: onceBegun('rollback-drain', () => {
        somebodyElse(emulator, 'PATCH', POOL_URL(emulator), { properties })
      })
    })
    expect(words(told)).toContain(
      'the rollback of pool render to farm/render-node/1.0.0 failed at rollback-drain: pool render has another'
    )
    expect(render(emulator)).toMatchObject({ image: NEW })
    expect(told.changes.filter(line => /imageReference.{0,200}1\.0\.0"/.test(line))).toEqual([])
  })
})
