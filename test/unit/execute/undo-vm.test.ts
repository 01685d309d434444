/** A VM that a run has stopped, and not started again: started by the run itself, or by its post step, which takes it over first. */
import { expect, test } from '@jest/globals'
import type { Execution } from '../../../src/execute/context.ts'
import { nothingKnown } from '../../../src/execute/context.ts'
import { undo } from '../../../src/execute/undo.ts'
import type { Vm } from '../../../src/model/observed.ts'
import type { RunContext } from '../../../src/model/spec.ts'
import { leaseOfTags, leaseState, withLeaseTag } from '../../../src/rules/lease.ts'
import { breaks, fails, fakeAzure, refuses, type World } from '../../support/fake-azure/index.ts'
import * as f from '../../support/observed-fixtures.ts'
import { runOn } from '../../support/one-step.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const { AT, CONTEXT, OTHER_RUN } = f
const TAGS = { owner: 'lighting' }
const tagsOf = (context: RunContext, until = AT + HOUR) => withLeaseTag(TAGS, context, until)
const held = (change: Partial<Vm> = {}): Vm => ({
  tags: tagsOf(CONTEXT),
  etag: '7',
  generalized: false,
  powerState: 'deallocated',
  ...change
})

const PLAN = f.planOf(f.imageOnlySpec({ stopVm: true }), f.observed({ source: f.source({ powerState: 'running' }) }))
const POST = {
  context: { ...CONTEXT, nonce: `${CONTEXT.nonce} post` },
  undoing: { actsFor: CONTEXT, isPatient: false }
}
/** The run itself, which has the VM stopped still. */
const main = () => ({ undoing: { isPatient: false }, known: { ...nothingKnown(), vm: 'held' as const } })

function undoing(world: World, change: Partial<Execution>) {
  const fake = fakeAzure(world)
  const one = runOn(fake, PLAN, change)
  const run = { ...one.run, undoing: one.run.undoing ?? POST.undoing }
  return { ...fake, ...one, run, undone: () => fake.time.run(undo(run, [f.undoOf(PLAN, 'start-vm')])) }
}

const posts = (world: World) => undoing(world, POST)

/** Somebody else tags the VM, which has another ETag then. */
const tags = (world: World, change: (vm: Vm) => Vm['tags']) => (): void => {
  world.vm = { ...world.vm!, tags: change(world.vm!), etag: String(Number(world.vm!.etag) + 1) }
}

const STARTED = ['start-vm: started again']

test.each(['deallocated', 'stopped', undefined])(
  'a VM that the run holds stopped (%s) is started, and keeps the tags of others',
  async powerState => {
    const { powerState: _, ...rest } = held()
    const vm: Vm = { ...rest, ...(powerState === undefined ? {} : { powerState }) }
    for (const [by, changes] of [
      [POST, ['setVmTags', 'startVm', 'setVmTags']],
      [main(), ['startVm', 'setVmTags']]
    ] as const) {
      const run = undoing({ vm }, by)
      await run.undone()
      expect([run.said, run.changes()]).toEqual([STARTED, changes])
      expect(run.world.vm).toMatchObject({ tags: TAGS, powerState: 'running' })
    }
  }
)

test('a VM that is still being deallocated is waited for: Azure would refuse to start it', async () => {
  const run = posts({ vm: held({ powerState: 'deallocating' }) })
  run.time.later(12_000, () => (run.world.vm = { ...run.world.vm!, powerState: 'deallocated' }))
  await run.undone()
  expect(run.said).toEqual(STARTED)
  expect(run.asked.find(({ name }) => name === 'startVm')!.at).toBeGreaterThanOrEqual(AT + 12_000)
})

test.each<[string, Partial<Vm>, string]>([
  ['runs already', { powerState: 'running' }, 'running'],
  ['was generalized meanwhile', { generalized: true }, 'Azure knows it as generalized by now, and it can’t be started']
])('a VM that %s is let go of, and not started', async (_, change, line) => {
  const run = posts({ vm: held(change) })
  await run.undone()
  expect(run.said).toEqual([`start-vm: ${line}`])
  expect([run.changes(), run.world.vm?.tags]).toEqual([['setVmTags', 'setVmTags'], TAGS])
})

test.each<[string, Vm | undefined]>([
  ['another run holds', held({ tags: tagsOf(OTHER_RUN) })],
  ['another run held long ago', held({ tags: tagsOf(OTHER_RUN, AT - HOUR) })],
  ['nobody holds', held({ tags: TAGS })],
  ['is gone', undefined],
  ['another process of the same run holds', held({ tags: tagsOf({ ...CONTEXT, nonce: 'x' }) })]
])('a VM that %s is left alone by the post step', async (_, vm) => {
  const run = posts({ vm })
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[], []])
})

test.each(['released', undefined] as const)(
  'a VM that the run itself doesn’t have stopped any more (%s) isn’t looked at',
  async vm => {
    const run = undoing({ vm: held() }, { ...main(), known: { ...nothingKnown(), ...(vm && { vm }) } })
    await run.undone()
    expect([run.said, run.asked]).toEqual([[], []])
  }
)

test.each<[string, Partial<Vm>, number]>([
  ['Azure’s time', { readAt: AT + 5 * HOUR }, AT + 5 * HOUR],
  ['what the run knows of it, where Azure tells none', {}, AT]
])('before it starts, the post step takes the VM for itself, for ten minutes by %s', async (_, change, from) => {
  const run = posts({ vm: held(change) })
  let seen: Vm['tags'] = {}
  run.next('startVm', () => (seen = run.world.vm!.tags))
  await run.undone()
  const lease = leaseOfTags(seen)
  expect(lease?.until).toBe(new Date(from + HOUR / 6).toISOString())
  expect(leaseState(lease, CONTEXT, from)).toBe('held')
  expect(seen).toMatchObject(TAGS)
})

test.each([409, 412])('a lease that can’t be written for now (%d) keeps no VM stopped', async status => {
  const run = posts({ vm: held() })
  run.next('setVmTags', refuses(status))
  await run.undone()
  expect(run.said).toEqual(STARTED)
  expect(run.world.vm).toMatchObject({ powerState: 'running', tags: TAGS })
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
    const run = posts({ vm: held() })
    run.next(name, ...Array.from({ length: before }, () => undefined), meets)
    await run.undone()
    expect(run.changes().at(-1)).toBe(name)
    expect([...run.said, ...run.warnings.map(({ message }) => message)].join('\n')).toContain(told)
  }
})

test('tags that somebody writes while the lease is taken off stay, up to four times', async () => {
  const run = posts({ vm: held() })
  const more = [1, 2, 3, 4].map(n => tags(run.world, vm => ({ ...vm.tags, [`team-${n}`]: 'fx' })))
  run.next('setVmTags', undefined, ...more)
  await run.undone()
  expect([run.said, run.warnings]).toEqual([STARTED, []])
  expect(run.world.vm?.tags).toEqual({ ...TAGS, 'team-1': 'fx', 'team-2': 'fx', 'team-3': 'fx', 'team-4': 'fx' })
})

test('whoever tags the VM a fifth time is told of', async () => {
  const run = posts({ vm: held() })
  const more = Array.from({ length: 5 }, () => tags(run.world, vm => vm.tags))
  run.next('setVmTags', undefined, ...more)
  await run.undone()
  expect(run.warnings).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/^VM source runs, and keeps .*PreconditionFailed/) })
  ])
  expect(run.changes()).toHaveLength(2 + 5)
})

test.each<[string, (vm: Vm) => Vm | undefined]>([
  ['another run holds by then', vm => ({ ...vm, tags: tagsOf(OTHER_RUN) })],
  ['nobody holds any more', vm => ({ ...vm, tags: TAGS })],
  ['is gone by then', () => undefined]
])('a VM that %s, once it runs, is left to them', async (_, becomes) => {
  const run = posts({ vm: held() })
  run.next('getVm', undefined, undefined, () => (run.world.vm = becomes(run.world.vm!)))
  await run.undone()
  expect([run.said, run.warnings]).toEqual([STARTED, []])
  expect(run.changes()).toEqual(['setVmTags', 'startVm'])
})

test('a lease that the main step has written again is the run’s too, and goes', async () => {
  const run = posts({ vm: held() })
  run.next('getVm', undefined, undefined, () => (run.world.vm = { ...run.world.vm!, tags: tagsOf(CONTEXT) }))
  await run.undone()
  expect(run.world.vm?.tags).toEqual(TAGS)
})

test('a VM that goes while it is waited for needs nothing', async () => {
  const run = posts({ vm: held({ powerState: 'deallocating' }) })
  run.time.later(MINUTE, () => (run.world.vm = undefined))
  await run.undone()
  expect([run.said, run.changes()]).toEqual([[], ['setVmTags']])
})

/** Its time is up just when the VM is asked to start. */
async function cutOff(by: Partial<Execution>) {
  const run = undoing({ vm: held() }, by)
  run.next('startVm', () => {
    run.abort.abort(new Error('the time is up'))
    throw run.abort.signal.reason
  })
  const [outcome] = await run.undone()
  return { run, outcome }
}

test('a start that the post step’s time cuts off was asked for, and is told as not seen', async () => {
  const { run } = await cutOff(POST)
  expect(run.said).toEqual([
    'start-vm: asked to start, and not seen running in time: see whether it runs, and start it (az vm start)'
  ])
  expect(run.changes()).toEqual(['setVmTags', 'startVm'])
})

test('one that cuts off the run itself is not done: the post step has to see to it', async () => {
  const { run, outcome } = await cutOff(main())
  expect([outcome?.status, run.said]).toEqual(['cancelled', ['start-vm: not undone: the time is up']])
})

test('at the deadline the run gives it four seconds, and else as long as it takes', async () => {
  const slow = { vm: held({ powerState: 'deallocating' }), takes: { power: MINUTE } }
  const late = undoing(slow, { ...main(), deadlineAt: AT })
  const [outcome] = await late.undone()
  expect([outcome?.status, late.said]).toEqual(['failed', ['start-vm: not undone: not within 4 s']])
  expect(late.time.clock.now() - AT).toBe(4_000)
  expect(late.boundTo.every(({ aborted }) => aborted)).toBe(true)
  const early = undoing({ ...slow, vm: held() }, main())
  await early.undone()
  expect(early.said).toEqual(STARTED)
})

test('an error of no class is said as well, and the VM stays the run’s', async () => {
  const run = undoing({ vm: held() }, main())
  run.next('startVm', breaks())
  await run.undone()
  expect([run.said, leaseOfTags(run.world.vm!.tags)?.nonce]).toEqual([
    ['start-vm: not undone: x is undefined'],
    CONTEXT.nonce
  ])
})

test('when its time is up the post step waits no longer', async () => {
  const run = posts({ vm: held({ powerState: 'deallocating' }) })
  run.time.later(MINUTE, () => run.abort.abort(new Error('the time is up')))
  await run.undone()
  expect(run.said).toEqual(['start-vm: not undone: the time is up'])
})
