/** The source VM, stopped for its snapshots and running again after them, whatever becomes of the run. */
import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import type { ToUndo } from '../../src/model/to-undo.ts'
import { RunError } from '../../src/model/failure.ts'
import { expectGolden } from '../support/golden.ts'
import { somebodyElse, vmNow as lookAt, vmUrl } from '../support/somebody-else.ts'
import { defaultWorld, IDS, onAzure, RELEASE_INPUTS, type World } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const STOP = { ...RELEASE_INPUTS, 'stop-vm': 'true' }

type Shown = { properties: { instanceView?: { statuses: { code: string }[] } } }

const vmNow = (emulator: Emulator) => lookAt(emulator, IDS.vm)
const comesBetween = (emulator: Emulator, verb: string): void =>
  void somebodyElse(emulator, 'POST', vmUrl(emulator, IDS.vm, verb))

const RUNS_FREE = { power: 'running', leased: false, generalized: false }

/** What a run did with VM and snapshots, in order. */
const deeds = (changes: readonly string[]): string[] =>
  changes.flatMap(line => {
    const [, method = '', path = ''] = / (PUT|PATCH|POST|DELETE) (\S+)/.exec(line) ?? []
    if (path.includes('/virtualMachines/')) return [method === 'PATCH' ? 'tags' : (path.split('/').at(-1) ?? '')]
    return path.includes('/snapshots/') ? [method === 'PUT' ? 'snapshot' : 'delete'] : []
  })

function vmThat(is: 'deallocated' | 'stopped' | 'generalized'): World {
  const world = defaultWorld()
  const vm = world.resources.find(({ id }) => id === IDS.vm) as unknown as Shown
  const power = is === 'generalized' ? 'PowerState/deallocated' : `PowerState/${is}`
  const statuses = [{ code: power }, ...(is === 'generalized' ? [{ code: 'OSState/generalized' }] : [])]
  vm.properties.instanceView = { ...vm.properties.instanceView, statuses }
  return world
}

/** Kills the process at the first exchange that fits, before it or when Azure has acted. */
const killedAt = (when: 'before' | 'after', method: string, part: string) => ({
  killedAt: (_: number, request: { method: string; url: string }) =>
    request.method === method && request.url.includes(part) && when
})

const cancelled = () =>
  new RunError({ reason: 'cancelled', message: 'the run was cancelled (SIGINT)', wayOut: 'run it again' })

test('it is deallocated before the first snapshot and started after the last, and the image doesn’t wait for that', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const told = await story({ inputs: STOP })
    expect(told.ok).toBe(true)
    expect(deeds(told.changes)).toEqual([
      'tags',
      'deallocate',
      ...['snapshot', 'snapshot', 'snapshot'],
      'start',
      'tags',
      ...['delete', 'delete', 'delete']
    ])
    const order = told.changes.map(line => / (\S+\/(start|versions\/1\.0\.0)) /.exec(line)?.[2]).filter(Boolean)
    expect(order.slice(0, 2).toSorted()).toEqual(['start', 'versions/1.0.0'])
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
    expectGolden('stop-vm', transcript([{ title: 'a source VM that is stopped for its snapshots', told }]))
  })
})

test('it runs on where a policy refuses the image definition', async () => {
  const respond = { status: 403, code: 'RequestDisallowedByPolicy', message: 'disallowed by policy' }
  const faults = [{ operation: 'GalleryImages_CreateOrUpdate', times: 1, respond }]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const told = await story({ inputs: STOP })
    expect(told.outputs['failure-reason']).toBe('policy-denied')
    expect([deeds(told.changes), vmNow(emulator)]).toEqual([[], RUNS_FREE])
  })
})

test('the VM’s own tags stay', async () => {
  const world = defaultWorld()
  const vm = world.resources.find(({ id }) => id === IDS.vm)!
  const own = { owner: 'lighting', 'cost-center': '42' }
  vm['tags'] = own
  await onAzure({ world }, async ({ emulator, story }) => {
    await story({ inputs: STOP })
    expect(emulator.state().find(({ id }) => id === IDS.vm)?.['tags']).toEqual(own)
  })
})

test.each(['deallocated', 'stopped', 'generalized'] as const)(
  'a VM that is %s is neither touched nor started',
  async is => {
    await onAzure({ world: vmThat(is) }, async ({ emulator, story }) => {
      const told = await story({ inputs: STOP })
      expect(told.ok).toBe(true)
      expect(deeds(told.changes).filter(deed => !['snapshot', 'delete'].includes(deed))).toEqual([])
      expect(vmNow(emulator).power).toBe(is === 'generalized' ? 'deallocated' : is)
    })
  }
)

test('a VM that was generalized while it was stopped is not started', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const told = await story({
      inputs: STOP,
      onExchange: (_, { method, url }) => {
        if (method === 'PUT' && url.includes('-lun1')) comesBetween(emulator, '/generalize')
      }
    })
    expect(told.ok).toBe(true)
    expect(deeds(told.changes)).not.toContain('start')
    expect(vmNow(emulator)).toEqual({ power: 'deallocated', leased: false, generalized: true })
  })
})

test('with the image there already, a second run leaves the VM running', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: STOP })
    const told = await story({ inputs: STOP, context: { runId: '4712' } })
    expect([told.ok, told.changes]).toEqual([true, []])
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})

test('a run whose snapshots fail starts the VM again before it ends', async () => {
  const faults = [
    {
      operation: 'Snapshots_CreateOrUpdate',
      times: 1,
      outcome: 'Failed' as const,
      code: 'InternalError',
      message: 'no'
    }
  ]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const told = await story({ inputs: STOP })
    expect(told.ok).toBe(false)
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
    expect(told.log.join('\n')).not.toContain('az vm start')
  })
})

test('a run that fails while the VM is still being deallocated waits for that, and starts it again', async () => {
  const faults = [
    { operation: 'Operations_Get', skip: 2, times: 1, respond: { status: 403, code: 'Forbidden', message: 'no' } }
  ]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const told = await story({ inputs: STOP })
    expect(told.outputs['failed-step']).toBe('stop-vm')
    expect(deeds(told.changes)).toEqual(['tags', 'deallocate', 'start', 'tags'])
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})

test('a VM that Azure has no room for is named, and the next run tries to start it again', async () => {
  const faults = [
    {
      operation: 'VirtualMachines_Start',
      times: 2,
      outcome: 'Failed' as const,
      code: 'AllocationFailed',
      message: 'no'
    }
  ]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const told = await story({ inputs: STOP })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'vm-failed', 'failed-step': 'start-vm' })
    expect(told.outputs['current-dedicated-nodes']).toBe('20')
    expect(told.summary).toContain('was stopped for its snapshots, and was not seen running again')
    const next = await story({ inputs: STOP, context: { runAttempt: 2 } })
    expect([next.ok, deeds(next.changes)]).toEqual([true, ['tags', 'start', 'tags']])
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})

test('the deadline starts the VM again, and is still kept', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, durationsMs: { 'snapshot.create': 3 * HOUR } }
  await onAzure({ world }, async ({ clock, emulator, story }) => {
    const startedAt = clock.now()
    const told = await story({ inputs: { ...STOP, deadline: '1h' } })
    expect(told.outputs['failure-reason']).toBe('deadline-exceeded')
    expect(clock.now() - startedAt - HOUR).toBeLessThan(6_000)
    await clock.sleep(MINUTE)
    expect(vmNow(emulator).power).toBe('running')
  })
})

test('after a cancelled run the post step starts the VM again', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, durationsMs: { 'snapshot.create': HOUR } }
  await onAzure({ world }, async ({ emulator, clock, story, post }) => {
    const cancel = new AbortController()
    const aborts = clock.sleep(10 * MINUTE).then(() => cancel.abort(cancelled()))
    const told = await story({ inputs: STOP, cancel: cancel.signal })
    await aborts
    expect(vmNow(emulator)).toMatchObject({ power: 'deallocated', leased: true })
    expect(told.summary).toContain('the post step starts it again')
    const done = await post({ inputs: STOP }, told)
    expect(done.join('\n')).toContain('source VM render-source: started again')
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
    expect(await post({ inputs: STOP }, told)).toEqual([])
  })
})

test.each([
  ['its tags are changed', 'before', 'PATCH', '/virtualMachines/'],
  ['it is leased', 'after', 'PATCH', '/virtualMachines/'],
  ['its deallocation is asked for', 'after', 'POST', '/deallocate'],
  ['a snapshot is asked for', 'after', 'PUT', '/snapshots/'],
  ['it is started', 'before', 'POST', '/start?'],
  ['its start is asked for', 'after', 'POST', '/start?']
] as const)('killed when %s (%s), the post step leaves it running and free', async (_, when, method, part) => {
  await onAzure({}, async ({ emulator, story, post }) => {
    const killed = await story({ inputs: STOP, ...killedAt(when, method, part) })
    expect(killed.killed).toBe(true)
    await post({ inputs: STOP }, killed)
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})

test('a killed run without a post step: another attempt keeps the VM stopped, takes the missing snapshots and starts it', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: STOP, ...killedAt('before', 'PUT', '-lun1') })
    const told = await story({ inputs: STOP, context: { runAttempt: 2 } })
    expect(told.ok).toBe(true)
    expect(deeds(told.changes).slice(0, 5)).toEqual(['tags', 'deallocate', 'snapshot', 'start', 'tags'])
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})

test('snapshots from before the VM ran again are not mixed with new ones', async () => {
  await onAzure({}, async ({ emulator, story, post }) => {
    const killed = await story({ inputs: STOP, ...killedAt('before', 'PUT', '-lun1') })
    await post({ inputs: STOP }, killed)
    const told = await story({ inputs: STOP, context: { runAttempt: 2 } })
    expect(told.ok).toBe(true)
    expect(deeds(told.changes).filter(deed => deed === 'snapshot')).toHaveLength(3)
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})

test('while another run has the VM stopped nothing is made, and it is said whose it is', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: STOP, ...killedAt('after', 'POST', '/deallocate') })
    const other = await story({ inputs: STOP, context: { runId: '4712' } })
    expect([other.outputs['failure-reason'], other.changes]).toEqual(['check-failed', []])
    expect(other.log.join('\n')).toContain('run 4711 attempt 1 of pixel/farm is at work on the VM')
  })
})

test('a lease that ran out is taken over', async () => {
  await onAzure({}, async ({ clock, emulator, story }) => {
    await story({ inputs: STOP, ...killedAt('after', 'POST', '/deallocate') })
    await clock.sleep(6 * HOUR)
    const told = await story({ inputs: STOP, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    expect(told.log.join('\n')).toContain('taken over from run 4711 attempt 1 of pixel/farm')
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})

test('snapshots of a VM that somebody started meanwhile become no image, and the next run takes new ones', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    let started = false
    const told = await story({
      inputs: STOP,
      onExchange: (_, { method, url }) => {
        if (started || method !== 'PUT' || !url.includes('-lun1')) return
        started = true
        comesBetween(emulator, '/start')
      }
    })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'vm-failed', 'failed-step': 'verify-vm-stopped' })
    expect(emulator.state().filter(({ type }) => String(type).endsWith('/snapshots'))).toEqual([])
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
    const next = await story({ inputs: STOP, context: { runAttempt: 2 } })
    expect([next.ok, deeds(next.changes).filter(deed => deed === 'snapshot')]).toEqual([
      true,
      Array(3).fill('snapshot')
    ])
  })
})

test('snapshots that outlast the lease are another run’s when it has taken the VM over, and stay', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, durationsMs: { 'snapshot.create': 2 * HOUR } }
  await onAzure({ world }, async ({ clock, emulator, story }) => {
    const running = story({ inputs: STOP })
    await clock.sleep(70 * MINUTE)
    const other = await story({ inputs: STOP, context: { runId: '4712' } })
    const told = await running
    expect(told.outputs).toMatchObject({ 'failure-reason': 'vm-failed', 'failed-step': 'verify-vm-stopped' })
    expect(told.log.join('\n')).toContain('run 4712 attempt 1 of pixel/farm has taken over from this run')
    expect([other.ok, other.outputs['failure-reason']]).toEqual([true, ''])
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})

test('beside a main that still runs, the post step takes the VM, and the main makes no image of it', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, durationsMs: { 'snapshot.create': HOUR } }
  await onAzure({ world }, async ({ clock, emulator, story, post }) => {
    const context = { repository: 'pixel/farm', runId: '4711', runAttempt: 1, commit: 'c0ffee0', nonce: 'main' }
    const kept: { toUndo?: ToUndo } = {}
    const running = story({ inputs: STOP, context, onToUndo: toUndo => void (kept.toUndo = toUndo) })
    await clock.sleep(10 * MINUTE)
    await post({ inputs: STOP }, { context, ...kept })
    const told = await running
    expect(told.outputs).toMatchObject({ 'failure-reason': 'vm-failed', 'failed-step': 'verify-vm-stopped' })
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})

test('a VM that a dead run left stopped becomes the next run’s own: its post step tries again where Azure had no room', async () => {
  const respond = { status: 409, code: 'AllocationFailed', message: 'no room' }
  const faults = [{ operation: 'VirtualMachines_Start', times: 4, respond }]
  await onAzure({ faults }, async ({ emulator, clock, story, post }) => {
    await story({ inputs: STOP })
    await clock.sleep(90 * MINUTE)
    const told = await story({ inputs: STOP, context: { runId: '4712' } })
    expect(told.outputs['failure-reason']).toBe('vm-failed')
    expect(told.summary).toContain('the post step tries it too')
    expect(await post({ inputs: STOP }, told)).toEqual(['source VM render-source: started again'])
    expect(vmNow(emulator)).toEqual(RUNS_FREE)
  })
})
