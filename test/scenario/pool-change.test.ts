import { expect, test } from '@jest/globals'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, onAzure, POOL_SPEC, RELEASE_INPUTS, type World } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const MINUTE = 60_000
const NEXT = { ...RELEASE_INPUTS, 'image-version': '2.0.0', 'drain-timeout': '30m' }
const IN_PLACE = { ...NEXT, 'image-change': 'in-place' }

/** Nodes 0 to 2 of the pool run tasks that end `minutes` after the world's start. */
function busyUntil(minutes: number): World {
  const world = defaultWorld()
  world.behaviour = {
    ...world.behaviour,
    nodes: { render: { runningTasks: [0, 1, 2].map(index => ({ index, endsAfterMs: minutes * MINUTE })) } }
  }
  return world
}

test('another image is refused by default where the pool has nodes, and the choices are named', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: NEXT })
    expect(told.changes).toEqual([])
    expect(told.outputs).toMatchObject({ 'failure-reason': 'pool-change-refused', changed: 'false' })
    expectGolden('image-change-refused', transcript([{ title: 'another image, image-change: auto', told }]))
  })
})

test('in place, running tasks are let finish, the image is changed at zero nodes, and waves bring the pool back', async () => {
  await onAzure({ world: busyUntil(30) }, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: IN_PLACE })
    expect(told.ok).toBe(true)
    expect(told.outputs).toMatchObject({ 'current-dedicated-nodes': '20' })
    expect(told.outputs['pool-state']).toContain('/versions/2.0.0')
    expectGolden('in-place-with-running-tasks', transcript([{ title: 'in place, tasks still run', told }]))
    const again = await story({ inputs: IN_PLACE })
    expect(again.changes).toEqual([])
  })
})

test('a drain that is not done in time gives the pool its former size and image back, and fails clearly', async () => {
  await onAzure({ world: busyUntil(600) }, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: IN_PLACE })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'drain-timeout', 'failed-step': 'drain-pool' })
    const pool = emulator.state().find(({ type }) => type === 'Microsoft.Batch/batchAccounts/pools')
    expect(JSON.stringify(pool)).toContain('/versions/1.0.0')
    expect(JSON.stringify(pool)).toContain('"targetDedicatedNodes":20')
    expect(JSON.stringify(pool)).not.toContain('batch-image-rollout-former')
    expectGolden('drain-timeout', transcript([{ title: 'in place, the drain is not done in time', told }]))
  })
})

const AUTOSCALE = POOL_SPEC.replace(
  'fixedScale: { targetDedicatedNodes: 20 }',
  'autoScale: { formula: "$TargetDedicatedNodes = 6;", evaluationInterval: PT10M }'
)

test('a pool with autoscale proves the image on its canary before the formula rules, in place too', async () => {
  await onAzure({}, async ({ story }) => {
    const first = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': AUTOSCALE } })
    expect(first.ok).toBe(true)
    const told = await story({ inputs: { ...IN_PLACE, 'pool-spec-inline': AUTOSCALE } })
    expect(told.ok).toBe(true)
    expect(told.outputs['pool-state']).toContain('/versions/2.0.0')
    const again = await story({ inputs: { ...IN_PLACE, 'pool-spec-inline': AUTOSCALE } })
    expect(again.changes).toEqual([])
    expectGolden(
      'autoscale',
      transcript([
        { title: 'a fresh pool with autoscale', told: first },
        { title: 'in place, with autoscale', told },
        { title: 'again', told: again }
      ])
    )
  })
})

test('properties that can change with nodes are patched, and the nodes stay', async () => {
  const spec = POOL_SPEC.replace("'mount -a'", "'mount -a && df'") + '  metadata: [{ name: team, value: light }]\n'
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec } })
    expect(told.ok).toBe(true)
    expect(told.changes).toHaveLength(1)
    expectGolden('patch-with-nodes', transcript([{ title: 'another start task', told }]))
    const again = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec } })
    expect(again.changes).toEqual([])
  })
})

test('a property that needs zero nodes is refused by default, and changed in place when asked', async () => {
  const spec = POOL_SPEC.replace('taskSlotsPerNode: 4', 'taskSlotsPerNode: 2')
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const refused = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec } })
    expect(refused.outputs['failure-reason']).toBe('pool-change-refused')
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec, 'image-change': 'in-place' } })
    expect(told.ok).toBe(true)
    expectGolden(
      'zero-nodes-property',
      transcript([
        { title: 'refused', told: refused },
        { title: 'in place', told }
      ])
    )
  })
})

test('another scale grows the pool in waves, and shrinks it by draining', async () => {
  const at = (nodes: number) => ({
    ...RELEASE_INPUTS,
    'pool-spec-inline': POOL_SPEC.replace('Nodes: 20', `Nodes: ${nodes}`)
  })
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const grown = await story({ inputs: at(35) })
    expect(grown.outputs['current-dedicated-nodes']).toBe('35')
    const shrunk = await story({ inputs: at(5) })
    expect(shrunk.outputs['current-dedicated-nodes']).toBe('5')
    expectGolden(
      'another-scale',
      transcript([
        { title: 'more nodes', told: grown },
        { title: 'fewer nodes', told: shrunk }
      ])
    )
  })
})
