/** One run at a time works on a pool, and what a killed or cancelled one shouldn't have left is undone. */
import { expect, test } from '@jest/globals'
import type { ToUndo } from '../../src/model/to-undo.ts'
import { RunError } from '../../src/model/failure.ts'
import { defaultWorld, onAzure, RELEASE_INPUTS } from '../support/story.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const IN_PLACE = {
  ...RELEASE_INPUTS,
  'image-version': '2.0.0',
  'image-change': 'in-place',
  prove: 'canary',
  'drain-timeout': '2h'
}
const LEASE = 'batch-image-rollout-lease'

type State = { type?: unknown; properties?: unknown }[]
type PoolShown = {
  allocationState: string
  currentDedicatedNodes: number
  scaleSettings: { fixedScale: { targetDedicatedNodes: number } }
  metadata?: { name: string }[]
}
const poolOf = (state: State) =>
  state.find(({ type }) => type === 'Microsoft.Batch/batchAccounts/pools')?.properties as PoolShown

const leased = (state: State): boolean => (poolOf(state).metadata ?? []).some(({ name }) => name === LEASE)

/** Kills the process at its n-th PATCH of the pool, when Azure has acted on it. */
function atPatch(n: number) {
  let patches = 0
  return {
    killedAt: (_: number, { method }: { method: string }) => method === 'PATCH' && ++patches === n && ('after' as const)
  }
}

const cancelledBy = () =>
  new RunError({ reason: 'cancelled', message: 'the run was cancelled (SIGINT)', wayOut: 'run it again' })

test('a run that is done leaves no lease', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(JSON.stringify(told.exchanges.map(({ request }) => request.body))).toContain(LEASE)
    expect(leased(emulator.state())).toBe(false)
  })
})

test('a run that failed by itself leaves no lease', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, nodes: { render: { startTaskFails: 'all' } } }
  await onAzure({ world }, async ({ emulator, story }) => {
    expect((await story({ inputs: RELEASE_INPUTS })).ok).toBe(false)
    expect(leased(emulator.state())).toBe(false)
  })
})

test('while a run holds the pool, another one stops before it makes anything, and says whose it is', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS, ...atPatch(1) })
    const other = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect(other.changes).toEqual([])
    expect(other.outputs['failure-reason']).toBe('pool-leased')
    expect(other.log.join('\n')).toContain('run 4711 attempt 1 of pixel/farm is at work on the pool')
  })
})

test('two jobs of one run do not work on one pool side by side', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS, ...atPatch(1) })
    expect((await story({ inputs: RELEASE_INPUTS })).outputs['failure-reason']).toBe('pool-leased')
  })
})

test('a dry run is no writer, and only notes that the pool is held', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS, ...atPatch(1) })
    const dry = await story({ inputs: { ...RELEASE_INPUTS, 'dry-run': 'true' }, context: { runId: '4712' } })
    expect(dry.ok).toBe(true)
    expect(dry.log.join('\n')).toContain('pool-leased')
  })
})

test('another attempt of the same run takes the pool over at once, and says from whom', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS, ...atPatch(1) })
    const told = await story({ inputs: RELEASE_INPUTS, context: { runAttempt: 2 } })
    expect(told.ok).toBe(true)
    expect(told.log.join('\n')).toContain('taken over from run 4711 attempt 1 of pixel/farm')
    expect(leased(emulator.state())).toBe(false)
  })
})

test('a lease that ran out is taken over', async () => {
  await onAzure({}, async ({ clock, story }) => {
    await story({ inputs: RELEASE_INPUTS, ...atPatch(1) })
    await clock.sleep(2 * HOUR)
    const told = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    expect(told.log.join('\n')).toContain('whose lease ran until')
  })
})

test('the lease outlasts a drain of hours, and is renewed while nodes are awaited', async () => {
  const world = defaultWorld()
  const tasks = [{ index: 0, endsAfterMs: 100 * MINUTE }]
  world.behaviour = { ...world.behaviour, nodes: { render: { runningTasks: tasks, startTaskMs: 50 * MINUTE } } }
  await onAzure({ world }, async ({ emulator, story }) => {
    const inputs = { ...IN_PLACE, 'resize-timeout': '1h', deadline: '12h' }
    await story({ inputs: { ...inputs, 'image-version': '1.0.0' } })
    let unheld = 0
    const told = await story({
      inputs,
      onExchange: (_, { method, url }) => {
        if (method !== 'GET' || !url.includes('/pools/render?')) return
        const item = (poolOf(emulator.state()).metadata ?? []).find(({ name }) => name === LEASE) as
          { value?: string } | undefined
        const until =
          item?.value === undefined ? Infinity : Date.parse((JSON.parse(item.value) as { until: string }).until)
        if (until <= emulator.now()) unheld += 1
      }
    })
    expect(told.ok).toBe(true)
    expect(unheld).toBe(0)
  })
})

test('after a kill in the middle of a wave, the resize is stopped and the pool let go', async () => {
  await onAzure({}, async ({ emulator, story, post }) => {
    const killed = await story({ inputs: RELEASE_INPUTS, ...atPatch(1) })
    const done = await post({ inputs: RELEASE_INPUTS }, killed)
    expect(done.join('\n')).toContain('pool render: the resize is stopped')
    expect(poolOf(emulator.state()).allocationState).not.toBe('Resizing')
    expect(leased(emulator.state())).toBe(false)
    const told = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '20' })
  })
})

test.each([
  ['and the journal tells how far it came', true],
  ['and the journal can’t be read', false]
])('after a kill while the pool was drained %s, it gets its former scale back', async (_, hasJournal) => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, nodes: { render: { runningTasks: [{ index: 0, endsAfterMs: 10 * HOUR }] } } }
  await onAzure({ world }, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const killed = await story({ inputs: IN_PLACE, ...atPatch(1) })
    const before = clock.now()
    const { journal, ...left } = killed
    const done = await post({ inputs: IN_PLACE }, hasJournal ? { ...left, journal } : left)
    expect(done.join('\n')).toContain('pool render: got its former scale back')
    expect(clock.now() - before).toBeLessThan(5 * MINUTE)
    await clock.sleep(30 * MINUTE)
    expect(poolOf(emulator.state())).toMatchObject({ currentDedicatedNodes: 20, allocationState: 'Steady' })
    expect(JSON.stringify(poolOf(emulator.state()).metadata)).not.toContain('former')
  })
})

test('after a cancelled drain the post step gives the pool its former scale back', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, nodes: { render: { runningTasks: [{ index: 0, endsAfterMs: 10 * HOUR }] } } }
  await onAzure({ world }, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const cancel = new AbortController()
    const aborts = clock.sleep(20 * MINUTE).then(() => cancel.abort(cancelledBy()))
    const told = await story({ inputs: IN_PLACE, cancel: cancel.signal })
    await aborts
    expect(told.outputs['failure-reason']).toBe('cancelled')
    await post({ inputs: IN_PLACE }, told)
    await clock.sleep(30 * MINUTE)
    expect(poolOf(emulator.state())).toMatchObject({ currentDedicatedNodes: 20, allocationState: 'Steady' })
  })
})

test('a run that is cancelled while it lets go of the pool ends at once, and its post step lets go of it', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, nodes: { render: { startTaskFails: 'all' } } }
  await onAzure({ world }, async ({ emulator, clock, story, post }) => {
    const cancel = new AbortController()
    let patches = 0
    let cancelledAt = Infinity
    const told = await story({
      inputs: { ...RELEASE_INPUTS, 'repair-attempts': '0' },
      cancel: cancel.signal,
      // The lease goes with the first PATCH after the failure; Azure doesn't take it.
      onExchange: (_, { method }) => {
        if (method !== 'PATCH' || ++patches !== 1) return
        emulator.addFaults([{ operation: 'Pool_Update', times: 1, respond: { status: 503 } }])
        cancelledAt = clock.now()
        cancel.abort(cancelledBy())
      }
    })
    expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(clock.now() - cancelledAt).toBeLessThan(5_000)
    expect(leased(emulator.state())).toBe(true)
    await post({ inputs: RELEASE_INPUTS }, told)
    expect(leased(emulator.state())).toBe(false)
  })
})

test('the post step has nothing to do twice, nor after a good run', async () => {
  await onAzure({}, async ({ emulator, story, post }) => {
    const killed = await story({ inputs: RELEASE_INPUTS, ...atPatch(1) })
    await post({ inputs: RELEASE_INPUTS }, killed)
    const state = emulator.state()
    expect(await post({ inputs: RELEASE_INPUTS }, killed)).toEqual([])
    expect(emulator.state()).toEqual(state)
    const good = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect(await post({ inputs: RELEASE_INPUTS }, good)).toEqual([])
  })
})

test('the post step leaves a pool alone that another run has taken over', async () => {
  await onAzure({}, async ({ clock, emulator, story, post }) => {
    const killed = await story({ inputs: RELEASE_INPUTS, ...atPatch(1) })
    await clock.sleep(2 * HOUR)
    await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' }, ...atPatch(1) })
    const state = emulator.state()
    expect(await post({ inputs: RELEASE_INPUTS }, killed)).toEqual([])
    expect(emulator.state()).toEqual(state)
  })
})

test('beside a main that still runs, the post step takes the pool, and the main changes nothing more', async () => {
  await onAzure({}, async ({ emulator, clock, story, post }) => {
    const inputs = RELEASE_INPUTS
    const context = { repository: 'pixel/farm', runId: '4711', runAttempt: 1, commit: 'c0ffee0', nonce: 'main' }
    const kept: { toUndo?: ToUndo } = {}
    const running = story({ inputs, context, onToUndo: toUndo => void (kept.toUndo = toUndo) })
    await clock.sleep(10 * MINUTE)
    const done = await post({ inputs }, { context, ...kept })
    expect(done.join('\n')).toContain('pool render: released')
    const nodes = poolOf(emulator.state()).currentDedicatedNodes
    const told = await running
    expect(told.outputs['failure-reason']).toBe('pool-leased')
    expect(poolOf(emulator.state()).currentDedicatedNodes).toBe(nodes)
  })
})

test('the lease of a new pool lasts as long as its first resize may', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, durationsMs: { 'pool.firstNode': 19 * MINUTE } }
  await onAzure({ world }, async ({ emulator, clock, story }) => {
    const first = story({ inputs: RELEASE_INPUTS })
    while (poolOf(emulator.state()) === undefined) await clock.sleep(30_000)
    await clock.sleep(16 * MINUTE)
    const second = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect(second.outputs['failure-reason']).toBe('pool-leased')
    expect((await first).ok).toBe(true)
  })
})

test('the post step reads a pool again that has changed since it was read', async () => {
  await onAzure({}, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const killed = await story({ inputs: IN_PLACE, ...atPatch(1) })
    const respond = { status: 412, code: 'ConditionNotMet', message: 'the condition was not met' }
    emulator.addFaults([{ operation: 'Pool_Update', times: 1, respond }])
    expect((await post({ inputs: IN_PLACE }, killed)).join('\n')).toContain('pool render: got its former scale back')
    await clock.sleep(30 * MINUTE)
    expect(poolOf(emulator.state()).currentDedicatedNodes).toBe(20)
  })
})
