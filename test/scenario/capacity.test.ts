import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import { expectGolden } from '../support/golden.ts'
import { somebodyElse } from '../support/somebody-else.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type World } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const MINUTE = 60_000

function world(behaviour: Partial<World['behaviour']>): World {
  const base = defaultWorld()
  return { ...base, behaviour: { ...base.behaviour, ...behaviour } }
}

const cores = (from: number, count: number) => ({ region: 'eastus2', family: '*', from: from * MINUTE, cores: count })

test('a region that is short is asked again, and the run ends well when it recovers', async () => {
  await onAzure({ world: world({ capacity: [cores(0, 28), cores(45, 400)] }) }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.ok).toBe(true)
    expectGolden('region-recovers', transcript([{ title: 'the region is short, and recovers', told }]))
  })
})

test('a region that stays short ends the run after the attempts without progress, with the nodes it gave', async () => {
  await onAzure({ world: world({ capacity: [cores(0, 28)] }) }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'allocation-failed', 'current-dedicated-nodes': '7' })
    expectGolden('region-short', transcript([{ title: 'the region stays short', told }]))
  })
})

test('a quota that another pool uses up halts at once, and is named', async () => {
  const full = defaultWorld()
  const account = full.resources.find(({ id }) => id === IDS.account) as { properties: Record<string, unknown> }
  account.properties['dedicatedCoreQuota'] = 100
  await onAzure({ world: full }, async ({ story }) => {
    const other = POOL_SPEC.replace('name: render', 'name: other').replace('Nodes: 20', 'Nodes: 12')
    expect((await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': other } })).ok).toBe(true)
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('quota-reached')
    expectGolden('quota-reached', transcript([{ title: 'the quota is used up', told }]))
  })
})

test('errors of an earlier resize that the pool still shows are not taken for this run’s', async () => {
  await onAzure({ world: world({ capacity: [cores(0, 28), cores(200, 400)] }) }, async ({ clock, story }) => {
    const short = await story({ inputs: RELEASE_INPUTS })
    expect(short.outputs['resize-errors']).toContain('AllocationTimedout')
    await clock.sleep(300 * MINUTE)
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.ok).toBe(true)
    expect(told.outputs['resize-errors']).toBe('[]')
    expectGolden('stale-errors', transcript([{ title: 'stale errors on the pool', told }]))
  })
})

test('a start task that fails on one node is borne within max-unhealthy', async () => {
  await onAzure({ world: world({ nodes: { render: { startTaskFails: [7] } } }) }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'max-unhealthy': '10%' } })
    expect(told.ok).toBe(true)
    expectGolden('start-task-fails-on-one', transcript([{ title: 'one start task fails', told }]))
  })
})

test('a start task that fails on all nodes is found out by the canary, and names node and error', async () => {
  await onAzure({ world: world({ nodes: { render: { startTaskFails: 'all' } } }) }, async ({ emulator, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'current-dedicated-nodes': '1' })
    const version = emulator.state().find(({ type }) => type === 'Microsoft.Compute/galleries/images/versions')
    expect(JSON.stringify(version)).toContain('"batch-image-rollout-state":"failed"')
    expect(JSON.stringify(version)).toContain('"excludeFromLatest":true')
    expectGolden('start-task-fails-on-all', transcript([{ title: 'every start task fails', told }]))
  })
})

test('nodes that become unusable without an error are unhealthy, and preempted ones are neither', async () => {
  const spec = POOL_SPEC.replace(
    '{ targetDedicatedNodes: 20 }',
    '{ targetDedicatedNodes: 4, targetLowPriorityNodes: 8 }'
  )
  const nodes = { render: { preempted: [{ index: 9, afterMs: 5_000 }] } }
  await onAzure({ world: world({ nodes }) }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec } })
    expect(told.ok).toBe(true)
    expect(told.outputs['node-states']).toContain('preempted')
    expectGolden('low-priority', transcript([{ title: 'dedicated and low-priority nodes together', told }]))
  })
})

test('a formula none of whose nodes gets healthy is no success', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, nodes: { render: { startTaskMs: 100 * 3_600_000 } } }
  const scale = 'autoScale: { formula: "$TargetDedicatedNodes = 6;", evaluationInterval: PT10M }'
  const spec = POOL_SPEC.replace('fixedScale: { targetDedicatedNodes: 20 }', scale)
  await onAzure({ world }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec, 'canary-nodes': '0' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-stuck', 'failed-step': 'verify-nodes' })
    expect(told.log.join('\n')).toContain('6 waitingforstarttask')
  })
})

/** When the nodes of the pool are first looked at. */
function deletesVersionOnce(emulator: Emulator) {
  let isGone = false
  return (_: number, { url }: { url: string }): void => {
    if (isGone || !url.includes('/pools/render/nodes')) return
    isGone = true
    const { resourceManagerUrl } = emulator.connection
    somebodyElse(emulator, 'DELETE', `${resourceManagerUrl}${IDS.definition}/versions/1.0.0?api-version=2025-12-03`)
  }
}

const SIX_BY_FORMULA = POOL_SPEC.replace(
  'fixedScale: { targetDedicatedNodes: 20 }',
  'autoScale: { formula: "$TargetDedicatedNodes = 6;", evaluationInterval: PT5M }'
)
const BY_FORMULA = { ...RELEASE_INPUTS, 'pool-spec-inline': SIX_BY_FORMULA }

test('nodes that a formula doesn’t get are a warning while those that are there are healthy', async () => {
  await onAzure({ world: world({ capacity: [{ ...cores(0, 8), refuses: true }] }) }, async ({ story }) => {
    const told = await story({ inputs: BY_FORMULA })
    expect(told.ok).toBe(true)
    expect(told.log.join('\n')).toMatch(
      /warning: the formula asked for 6 dedicated nodes, and the pool has \d dedicated nodes?: AllocationFailed/
    )
    expect(told.summary).toContain('the formula asks again at each evaluation')
  })
})

test('a formula whose image is gone gets no node any more: the run fails, and says so', async () => {
  await onAzure(
    { world: world({ durationsMs: { 'galleryImageVersion.delete': 1_000 } }) },
    async ({ emulator, story }) => {
      const told = await story({
        inputs: BY_FORMULA,
        onExchange: deletesVersionOnce(emulator)
      })
      expect(told.outputs).toMatchObject({ 'failure-reason': 'allocation-failed', 'failed-step': 'verify-nodes' })
      expect(told.log.join('\n')).toContain('image version 1.0.0 isn’t there any more')
    }
  )
})

test('the first wave too, which a pool is created with, is asked for again after minutes only', async () => {
  const capacity = [{ ...cores(0, 0), refuses: true }, cores(10, 400)]
  await onAzure({ world: world({ capacity }) }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'resize-attempts': '2' } })
    expect(told.ok).toBe(true)
  })
})

test('a region that refuses at once is asked again after minutes, and the run ends well when it recovers', async () => {
  const capacity = [{ ...cores(0, 28), refuses: true }, cores(14, 400)]
  await onAzure({ world: world({ capacity }) }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.ok).toBe(true)
    const asked = told.changes.filter(line => line.includes('"targetDedicatedNodes":11'))
    expect(asked).toHaveLength(3)
    expect(told.log.join('\n')).toContain('AllocationFailed: asked for again 5 minutes after the last attempt')
  })
})
