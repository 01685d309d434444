import { expect, test } from '@jest/globals'
import type { Vm } from '../../../src/model/observed.ts'
import type { RunContext } from '../../../src/model/spec.ts'
import { leaseOfTags, leaseState, withLeaseTag } from '../../../src/plan/lease.ts'
import { undoVm } from '../../../src/undo/vm.ts'
import { breaks, fails, fakeAzure, refuses, type World } from '../../support/fake-azure/index.ts'
import { AT, CONTEXT, OTHER_RUN, VM } from '../../support/observed-fixtures.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const TAGS = { owner: 'lighting' }
const tagsOf = (context: RunContext, until = AT + HOUR) => withLeaseTag(TAGS, context, until)
const held = (change: Partial<Vm> = {}): Vm => ({
  tags: tagsOf(CONTEXT),
  etag: '7',
  generalized: false,
  powerState: 'deallocated',
  ...change
})
const STARTED = 'started VM source again, which the run had stopped for its snapshots'

function azureWith(world: World, signal = new AbortController().signal) {
  const fake = fakeAzure(world)
  const undoing = { azure: fake.azure, clock: fake.time.clock, context: CONTEXT, signal }
  return { ...fake, undone: () => fake.time.run(undoVm(undoing, VM)) }
}

/** Somebody else tags the VM, which has another ETag then. */
const tags = (world: World, change: (vm: Vm) => Vm['tags']) => (): void => {
  world.vm = { ...world.vm!, tags: change(world.vm!), etag: String(Number(world.vm!.etag) + 1) }
}

test.each(['deallocated', 'stopped', undefined])(
  'a VM that the run holds stopped (%s) is started, and keeps the tags of others',
  async powerState => {
    const { powerState: _, ...rest } = held()
    const azure = azureWith({ vm: { ...rest, ...(powerState === undefined ? {} : { powerState }) } })
    expect(await azure.undone()).toEqual([STARTED])
    expect(azure.changes()).toEqual(['setVmTags', 'startVm', 'setVmTags'])
    expect(azure.world.vm).toMatchObject({ tags: TAGS, powerState: 'running' })
  }
)

test('a VM that is still being deallocated is waited for: Azure would refuse to start it', async () => {
  const azure = azureWith({ vm: held({ powerState: 'deallocating' }) })
  azure.time.later(12_000, () => (azure.world.vm = { ...azure.world.vm!, powerState: 'deallocated' }))
  expect(await azure.undone()).toEqual([STARTED])
  expect(azure.asked.find(({ name }) => name === 'startVm')?.at).toBe(AT + 15_000)
})

test('a VM that runs already is let go of, and not started', async () => {
  const azure = azureWith({ vm: held({ powerState: 'running' }) })
  expect(await azure.undone()).toEqual(['took the lease of the run off VM source, which is running'])
  expect([azure.changes(), azure.world.vm?.tags]).toEqual([['setVmTags', 'setVmTags'], TAGS])
})

test.each<[string, Vm | undefined]>([
  ['another run holds', held({ tags: tagsOf(OTHER_RUN) })],
  ['another run held long ago', held({ tags: tagsOf(OTHER_RUN, AT - HOUR) })],
  ['nobody holds', held({ tags: TAGS })],
  ['is gone', undefined],
  ['another process of the same run holds', held({ tags: tagsOf({ ...CONTEXT, nonce: 'x' }) })]
])('a VM that %s is left alone', async (_, vm) => {
  const azure = azureWith({ vm })
  expect([await azure.undone(), azure.changes()]).toEqual([[], []])
})

test('a VM that was generalized meanwhile is not started, and let go of', async () => {
  const azure = azureWith({ vm: held({ generalized: true }) })
  expect(await azure.undone()).toEqual(['took the lease of the run off VM source, which is generalized'])
  expect([azure.changes(), azure.world.vm?.tags]).toEqual([['setVmTags', 'setVmTags'], TAGS])
})

test.each<[string, Partial<Vm>, number]>([
  ['Azure’s time', { readAt: AT + 5 * HOUR }, AT + 5 * HOUR],
  ['the runner’s, where Azure tells none', {}, AT]
])('before it starts, the post step takes the VM for itself, for ten minutes of %s', async (_, change, from) => {
  const azure = azureWith({ vm: held(change) })
  let seen: Vm['tags'] = {}
  azure.next('startVm', () => (seen = azure.world.vm!.tags))
  await azure.undone()
  const lease = leaseOfTags(seen)
  expect(lease?.until).toBe(new Date(from + 10 * MINUTE).toISOString())
  expect(leaseState(lease, CONTEXT, from)).toBe('held')
  expect(seen).toMatchObject(TAGS)
})

test.each([409, 412])('a lease that can’t be written for now (%d) keeps no VM stopped', async status => {
  const azure = azureWith({ vm: held() })
  azure.next('setVmTags', refuses(status))
  expect(await azure.undone()).toEqual([STARTED])
  expect(azure.world.vm).toMatchObject({ powerState: 'running', tags: TAGS })
})

test.each<[string, () => void, string]>([
  ['a missing role', refuses(403, 'AuthorizationFailed'), 'AuthorizationFailed'],
  ['no answer', fails(), 'ECONNRESET'],
  ['a defect', breaks(), 'x is undefined']
])('%s is told, at whichever change', async (_, meets, told) => {
  for (const [name, before] of [
    ['setVmTags', 0],
    ['startVm', 0],
    ['setVmTags', 1]
  ] as const) {
    const azure = azureWith({ vm: held() })
    azure.next(name, ...Array.from({ length: before }, () => undefined), meets)
    await expect(azure.undone()).rejects.toThrow(told)
    expect(azure.changes().at(-1)).toBe(name)
  }
})

test('tags that somebody writes while the lease is taken off stay, up to four times', async () => {
  const azure = azureWith({ vm: held() })
  const more = [1, 2, 3, 4].map(n => tags(azure.world, vm => ({ ...vm.tags, [`team-${n}`]: 'fx' })))
  azure.next('setVmTags', undefined, ...more)
  expect(await azure.undone()).toEqual([STARTED])
  expect(azure.world.vm?.tags).toEqual({ ...TAGS, 'team-1': 'fx', 'team-2': 'fx', 'team-3': 'fx', 'team-4': 'fx' })
})

test('whoever tags the VM a fifth time is told of', async () => {
  const azure = azureWith({ vm: held() })
  const more = Array.from({ length: 5 }, () => tags(azure.world, vm => vm.tags))
  azure.next('setVmTags', undefined, ...more)
  await expect(azure.undone()).rejects.toThrow('PreconditionFailed')
  expect(azure.changes()).toHaveLength(2 + 5)
})

test.each<[string, (vm: Vm) => Vm | undefined]>([
  ['another run holds by then', vm => ({ ...vm, tags: tagsOf(OTHER_RUN) })],
  ['nobody holds any more', vm => ({ ...vm, tags: TAGS })],
  ['is gone by then', () => undefined]
])('a VM that %s, once it runs, is left to them', async (_, becomes) => {
  const azure = azureWith({ vm: held() })
  azure.next('getVm', undefined, undefined, () => (azure.world.vm = becomes(azure.world.vm!)))
  expect(await azure.undone()).toEqual([STARTED])
  expect(azure.changes()).toEqual(['setVmTags', 'startVm'])
})

test('a lease that the main step has written again is the run’s too, and goes', async () => {
  const azure = azureWith({ vm: held() })
  azure.next('getVm', undefined, undefined, () => (azure.world.vm = { ...azure.world.vm!, tags: tagsOf(CONTEXT) }))
  await azure.undone()
  expect(azure.world.vm?.tags).toEqual(TAGS)
})

test('a VM that goes while it is waited for needs nothing', async () => {
  const azure = azureWith({ vm: held({ powerState: 'deallocating' }) })
  azure.time.later(MINUTE, () => (azure.world.vm = undefined))
  expect([await azure.undone(), azure.changes()]).toEqual([[], ['setVmTags']])
})

test('a start that the post step’s time cuts off was asked for, and is told as not seen', async () => {
  const limit = new AbortController()
  const azure = azureWith({ vm: held() }, limit.signal)
  azure.next('startVm', () => {
    limit.abort(new Error('the time is up'))
    throw limit.signal.reason
  })
  expect(await azure.undone()).toEqual([
    'asked for VM source to be started again; it was not seen running in time: see whether it runs, and start it (az vm start)'
  ])
  expect(azure.changes()).toEqual(['setVmTags', 'startVm'])
})

test('when its time is up the post step waits no longer', async () => {
  const limit = new AbortController()
  const azure = azureWith({ vm: held({ powerState: 'deallocating' }) }, limit.signal)
  azure.time.later(MINUTE, () => limit.abort(new Error('the time is up')))
  await expect(azure.undone()).rejects.toThrow('the time is up')
})
