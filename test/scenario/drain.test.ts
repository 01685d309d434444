/** A pool that is emptied for a change is never left behind with less than it had: not by the clock, and not by somebody else. */
import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import { RunError } from '../../src/model/failure.ts'
import { somebodyElse } from '../support/somebody-else.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type World } from '../support/story.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const IN_PLACE = { ...RELEASE_INPUTS, 'image-version': '2.0.0', 'image-change': 'in-place', prove: 'canary' }
const WITHOUT_SCALE = POOL_SPEC.replace(/ {2}scaleSettings:[^]*$/, '')

/** One task keeps its node for hours. */
function busyWorld(durationsMs: Record<string, number> = {}): World {
  const world = defaultWorld()
  const nodes = { render: { runningTasks: [{ index: 0, endsAfterMs: 10 * HOUR }] } }
  world.behaviour = { ...world.behaviour, nodes, durationsMs }
  return world
}

type PoolShown = {
  allocationState: string
  currentDedicatedNodes: number
  scaleSettings: { fixedScale: { targetDedicatedNodes: number } }
  metadata?: { name: string }[]
}
const poolNow = (emulator: Emulator) => emulator.state().find(({ id }) => id === IDS.pool)?.['properties'] as PoolShown
const names = (emulator: Emulator): string[] => (poolNow(emulator).metadata ?? []).map(({ name }) => name)
const targetNow = (emulator: Emulator): number => poolNow(emulator).scaleSettings.fixedScale.targetDedicatedNodes

const poolUrl = ({ connection }: Emulator, verb = ''): string =>
  `${connection.resourceManagerUrl}${IDS.pool}${verb}?api-version=2025-06-01`

const rescale = (emulator: Emulator, targetDedicatedNodes: number): void =>
  void somebodyElse(emulator, 'PATCH', poolUrl(emulator), {
    properties: { scaleSettings: { fixedScale: { targetDedicatedNodes, targetLowPriorityNodes: 0 } } }
  })

/** Does something once, at the n-th PATCH of a run. */
function atPatch(n: number, act: () => void) {
  let patches = 0
  return (_: number, { method }: { method: string }) => {
    if (method === 'PATCH' && ++patches === n) act()
  }
}

test('a cancellation while the pool comes back after its drain-timeout leaves it coming back', async () => {
  await onAzure({ world: busyWorld({ 'pool.nextNode': MINUTE }) }, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const cancel = new AbortController()
    const abort = (): void =>
      cancel.abort(
        new RunError({ reason: 'cancelled', message: 'the run was cancelled (SIGINT)', wayOut: 'run it again' })
      )
    const told = await story({
      inputs: { ...IN_PLACE, 'pool-spec-inline': WITHOUT_SCALE, 'drain-timeout': '10m' },
      cancel: cancel.signal,
      onExchange: atPatch(2, () => void clock.sleep(4 * MINUTE).then(abort))
    })
    expect(told.outputs['failure-reason']).toBe('drain-timeout')
    await clock.sleep(HOUR)
    expect(poolNow(emulator)).toMatchObject({ currentDedicatedNodes: 20, allocationState: 'Steady' })
  })
})

test('the deadline while the pool comes back leaves it coming back', async () => {
  await onAzure({ world: busyWorld({ 'pool.nextNode': MINUTE }) }, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    await story({ inputs: { ...IN_PLACE, 'pool-spec-inline': WITHOUT_SCALE, 'drain-timeout': '5h', deadline: '1h' } })
    await clock.sleep(HOUR)
    expect(poolNow(emulator).currentDedicatedNodes).toBe(20)
  })
})

test('a pool that is absent for two minutes while it drains is told as gone, and gets its former scale back if it comes again', async () => {
  await onAzure({}, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const gone = { status: 404, code: 'ResourceNotFound' }
    const vanish = (): void => emulator.addFaults([{ operation: 'Pool_Get', times: 12, respond: gone }])
    const told = await story({ inputs: IN_PLACE, onExchange: atPatch(1, vanish) })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'pool-changed', 'failed-step': 'drain-pool' })
    await clock.sleep(HOUR)
    expect(targetNow(emulator)).toBe(20)
    expect(names(emulator)).not.toContain('batch-image-rollout-former')
  })
})

test('a drain is not begun when the deadline is too near to bring the pool back', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: { ...IN_PLACE, deadline: '15m' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'deadline-exceeded', 'failed-step': 'drain-pool' })
    expect(told.changes.filter(line => line.includes('/pools/'))).toEqual([])
    expect(poolNow(emulator).currentDedicatedNodes).toBe(20)
  })
})

test('a deadline in the middle of a drain gives the pool its former scale back, and takes note and lease off', async () => {
  await onAzure({ world: busyWorld({ 'node.leave': 30 * MINUTE }) }, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    // What is left of it when the way back begins is too short for a pool that doesn't stop at once.
    const told = await story({ inputs: { ...IN_PLACE, 'drain-timeout': '1h', deadline: '30m' } })
    expect(['deadline-exceeded', 'drain-timeout']).toContain(told.outputs['failure-reason'])
    await clock.sleep(2 * HOUR)
    expect(targetNow(emulator)).toBe(20)
    expect(names(emulator)).not.toContain('batch-image-rollout-former')
    expect(names(emulator)).not.toContain('batch-image-rollout-lease')
  })
})

test('whoever takes the pool back in the middle of a drain is not overruled', async () => {
  await onAzure({ world: busyWorld() }, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const takesBack = async (): Promise<void> => {
      await clock.sleep(10 * MINUTE)
      somebodyElse(emulator, 'POST', poolUrl(emulator, '/stopResize'))
      while (poolNow(emulator).allocationState !== 'Steady') await clock.sleep(300)
      rescale(emulator, 20)
    }
    const told = await story({
      inputs: { ...IN_PLACE, 'drain-timeout': '2h' },
      onExchange: atPatch(1, () => void takesBack())
    })
    expect(told.outputs['failure-reason']).toBe('pool-changed')
    expect(told.changes.filter(line => line.includes('"targetDedicatedNodes":0'))).toHaveLength(1)
    expect(targetNow(emulator)).toBe(20)
  })
})

/** A run whose runner went away in its drain; somebody brings the pool back by hand. */
async function broughtBack(azure: Parameters<Parameters<typeof onAzure>[1]>[0], nodes: number): Promise<void> {
  const { clock, emulator, story } = azure
  await story({ inputs: RELEASE_INPUTS })
  let patches = 0
  await story({ inputs: IN_PLACE, killedAt: (_, { method }) => method === 'PATCH' && ++patches === 1 && 'after' })
  await clock.sleep(2 * HOUR)
  rescale(emulator, nodes)
  await clock.sleep(HOUR)
}

test('image-change: refuse is obeyed by a pool that was brought back by hand', async () => {
  await onAzure({}, async azure => {
    await broughtBack(azure, 20)
    const inputs = { ...IN_PLACE, 'image-version': '3.0.0', 'image-change': 'refuse' }
    const told = await azure.story({ inputs, context: { runId: '5000' } })
    expect(told.outputs['failure-reason']).toBe('pool-change-refused')
    expect(poolNow(azure.emulator).currentDedicatedNodes).toBe(20)
  })
})

test('a pool that was brought back by hand, and has grown since, keeps its size', async () => {
  await onAzure({}, async azure => {
    await broughtBack(azure, 50)
    const spec = WITHOUT_SCALE.replace('mount -a', 'mount --all')
    const told = await azure.story({
      inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec },
      context: { runId: '5000' }
    })
    expect(told.outputs['failure-reason']).toBe('')
    expect(targetNow(azure.emulator)).toBe(50)
  })
})
