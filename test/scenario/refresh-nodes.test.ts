/** Another start task for nodes that are there: they restart in waves, and the pool keeps its capacity. */
import { expect, test } from '@jest/globals'
import { expectGolden } from '../support/golden.ts'
import {
  defaultWorld,
  onAzure,
  POOL_SPEC,
  RELEASE_INPUTS,
  type StoryTeller,
  type Told,
  type World
} from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const MINUTE = 60_000
const NOTE = 'batch-image-rollout-refresh'
const LEASE = 'batch-image-rollout-lease'

const withStartTask = (command: string): string => POOL_SPEC.replace("'mount -a'", `'${command}'`)
const CHANGED = { ...RELEASE_INPUTS, 'pool-spec-inline': withStartTask('mount -a && df') }
const REFRESH = { ...CHANGED, 'refresh-nodes': 'reboot', 'wave-size': '8' }

/** Nodes of the pool `render` behave so. */
function worldWith(render: NonNullable<NonNullable<World['behaviour']>['nodes']>[string]): World {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, nodes: { render } }
  return world
}

/** Paths of the calls, in their order. */
const restarts = ({ exchanges }: Told, by = 'reboot'): string[] =>
  exchanges.map(({ request }) => new URL(request.url).pathname).filter(path => path.endsWith(`/${by}`))
const metadataOf = ({ emulator }: Pick<StoryTeller, 'emulator'>): string =>
  JSON.stringify(emulator.state().find(({ type }) => type === 'Microsoft.Batch/batchAccounts/pools'))
const saidBy = (told: Told, step: string): string[] => told.log.filter(line => line.includes(step))

test('nodes restart in waves, once their tasks are done, and a second run changes nothing', async () => {
  const busy = worldWith({ runningTasks: [0, 1, 2].map(index => ({ index, endsAfterMs: 40 * MINUTE })) })
  await onAzure({ world: busy }, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: REFRESH })
    expect(told.ok).toBe(true)
    expect(restarts(told)).toHaveLength(20)
    expect(new Set(restarts(told)).size).toBe(20)
    expect(metadataOf({ emulator })).not.toContain(NOTE)
    expect(metadataOf({ emulator })).not.toContain(LEASE)
    const again = await story({ inputs: REFRESH })
    expect(again.changes).toEqual([])
    expectGolden(
      'refresh-with-running-tasks',
      transcript([{ title: 'another start task, refresh-nodes: reboot', told }])
    )
  })
})

test('a node that fails in the first wave ends the run, and the others run what they started with', async () => {
  // Each node’s first start went well.
  const failing = worldWith({ startTaskFails: 'all', startTaskFailsFromTurn: 1 })
  await onAzure({ world: failing }, async ({ emulator, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: REFRESH })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'refresh-nodes' })
    expect(restarts(told)).toHaveLength(1)
    expect(told.outputs['node-states']).toBe('{"dedicated":{"idle":19,"starttaskfailed":1},"lowPriority":{}}')
    expect(await post({ inputs: REFRESH }, told)).toEqual([])
    expect(metadataOf({ emulator })).toContain(NOTE)
    expect(metadataOf({ emulator })).not.toContain(LEASE)
    expectGolden('refresh-fails', transcript([{ title: 'the start task fails where it is new', told }]))
  })
})

test('a run that is killed in the middle is gone on with: nodes that have restarted stay', async () => {
  await onAzure({}, async ({ emulator, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    let asked = 0
    const killedAt = (_: number, { url }: { url: string }): 'after' | false =>
      url.includes('/reboot') && ++asked === 9 ? 'after' : false
    const cut = await story({ inputs: REFRESH, killedAt })
    expect([cut.killed, restarts(cut).length]).toEqual([true, 9])
    const posted = await post({ inputs: REFRESH }, cut)
    const told = await story({ inputs: REFRESH })
    expect(told.ok).toBe(true)
    expect(restarts(told).filter(path => restarts(cut).includes(path))).toEqual([])
    expect(restarts(told)).toHaveLength(11)
    expect(metadataOf({ emulator })).not.toContain(NOTE)
    expect(posted.join('\n')).toContain('released')
    expectGolden('refresh-killed', transcript([{ title: 'the next run goes on', told }]))
  })
})

test('without refresh-nodes the plan says who keeps what, and a later run with it restarts them', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const changed = await story({ inputs: CHANGED })
    expect([changed.ok, changed.changes.length]).toEqual([true, 1])
    expect(metadataOf({ emulator })).toContain(NOTE)
    const kept = await story({ inputs: CHANGED })
    expect(kept.changes).toEqual([])
    expect(JSON.stringify(kept.plan)).toContain('20 nodes of it have started before its last change')
    const told = await story({ inputs: { ...CHANGED, 'refresh-nodes': 'reimage', 'wave-size': 'all' } })
    expect(told.ok).toBe(true)
    expect([restarts(told, 'reimage').length, restarts(told).length]).toEqual([20, 0])
    // 1, then 2 at a time, of 8 min 53 s each
    expect(Math.floor(told.minutes / 8.9)).toBe(11)
    expect(metadataOf({ emulator })).not.toContain(NOTE)
  })
})

test('nodes that a new size brings start with the change: those that were there restart, and no others', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const bigger = withStartTask('mount -a && df').replace('targetDedicatedNodes: 20', 'targetDedicatedNodes: 30')
    const told = await story({ inputs: { ...REFRESH, 'pool-spec-inline': bigger } })
    expect([told.ok, restarts(told).length]).toEqual([true, 20])
    expect(saidBy(told, 'refresh-nodes').at(-1)).toContain('20 nodes have restarted')
  })
})
