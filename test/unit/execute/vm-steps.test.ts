/** The source VM: stopped under a lease, looked at again, and started. */
import { expect, test } from '@jest/globals'
import type { RunError } from '../../../src/model/failure.ts'
import type { Vm } from '../../../src/model/observed.ts'
import type { Plan, StepKind } from '../../../src/model/plan.ts'
import type { RunContext } from '../../../src/model/spec.ts'
import { leaseOfTags, withLeaseTag } from '../../../src/rules/lease.ts'
import { breaks, fakeAzure, refuses } from '../../support/fake-azure/index.ts'
import * as f from '../../support/observed-fixtures.ts'
import { failureOf, performed, runOn } from '../../support/one-step.ts'

const HOUR = 3_600_000
const { AT, CONTEXT, OTHER_RUN } = f
const TAGS = { Team: 'lighting' }
const leased = (context: RunContext, until = AT + HOUR): Vm['tags'] => withLeaseTag(TAGS, context, until)

const vmIs = (change: Partial<Vm> = {}): Vm => ({
  tags: TAGS,
  etag: '3',
  generalized: false,
  powerState: 'running',
  ...change
})
const held = (change: Partial<Vm> = {}): Vm => vmIs({ tags: leased(CONTEXT), powerState: 'deallocated', ...change })

/** Of an image whose source runs, and is stopped for it. */
const PLAN: Plan = f.planOf(
  f.imageOnlySpec({ stopVm: true }),
  f.observed({ source: f.source({ powerState: 'running' }) })
)

function doing<K extends StepKind>(
  kind: K,
  vm: Vm | undefined,
  change: Partial<Extract<Plan['steps'][number], { kind: K }>> = {}
) {
  const fake = fakeAzure({ vm })
  const one = runOn(fake, PLAN, { azureNow: () => AT })
  const step = { ...f.stepOf(PLAN, kind), ...change }
  return {
    ...fake,
    ...one,
    ends: () => performed(fake, one, step),
    fails: async () => (await failureOf(fake, one, step)) as RunError
  }
}

test('a VM that runs is deallocated under a lease of an hour, by Azure’s time, and keeps the tags of others', async () => {
  const readAt = AT + 5 * HOUR
  const run = doing('stop-vm', vmIs({ readAt }))
  expect(await run.ends()).toBe('deallocated')
  expect(run.changes()).toEqual(['setVmTags', 'deallocateVm'])
  expect(run.world.vm).toMatchObject({ powerState: 'deallocated', tags: TAGS })
  expect(leaseOfTags(run.world.vm!.tags)).toMatchObject({
    nonce: CONTEXT.nonce,
    until: new Date(readAt + HOUR).toISOString()
  })
  expect(run.run.known.vm).toBe('held')
})

test('where Azure tells no time, the run’s knowledge of it must do', async () => {
  const run = doing('stop-vm', vmIs())
  await run.ends()
  expect(leaseOfTags(run.world.vm!.tags)?.until).toBe(new Date(AT + HOUR).toISOString())
})

test('a VM that didn’t run is deallocated without a lease: nobody is to start it', async () => {
  const run = doing('stop-vm', vmIs({ powerState: 'stopped' }), { startsAgain: false })
  await run.ends()
  expect([run.changes(), run.run.known.vm]).toEqual([['deallocateVm'], undefined])
})

test('a VM that another run holds is not touched', async () => {
  const run = doing('stop-vm', held({ tags: leased(OTHER_RUN) }))
  const error = await run.fails()
  expect([error.reason, run.changes(), run.run.known.vm]).toEqual(['vm-failed', [], undefined])
  expect(error.message).toContain('VM source: run 4000 attempt 2 of pixel/farm is at work on the VM')
})

test.each<[string, RunContext, number, string[]]>([
  ['ran out', OTHER_RUN, AT - 1, ['stop-vm: taken over from run 4000 attempt 2 of pixel/farm']],
  ['is its own', CONTEXT, AT + HOUR, []]
])('a lease that %s is written anew', async (_, context, until, said) => {
  const run = doing('stop-vm', held({ tags: leased(context, until) }))
  await run.ends()
  expect(leaseOfTags(run.world.vm!.tags)?.nonce).toBe(CONTEXT.nonce)
  expect(run.said).toEqual(said)
})

test.each<[StepKind & ('stop-vm' | 'verify-vm-stopped' | 'start-vm')]>([
  ['stop-vm'],
  ['verify-vm-stopped'],
  ['start-vm']
])('%s tells a VM that is gone, or goes', async kind => {
  expect(await doing(kind, undefined).fails()).toMatchObject({ reason: 'vm-failed', message: 'VM source is gone' })
  const going = await doing(kind, held({ provisioningState: 'Deleting' })).fails()
  expect(going).toMatchObject({ reason: 'vm-failed', message: 'VM source is being deleted' })
})

test.each<[string, () => void, object]>([
  [
    'won’t have its lease',
    refuses(412, 'PreconditionFailed'),
    {
      reason: 'vm-failed',
      message: expect.stringMatching(/^VM source could not be given its lease: .*PreconditionFailed/),
      wayOut: expect.stringContaining('see what else is done to the VM')
    }
  ],
  ['lets nobody tag it', refuses(403, 'AuthorizationFailed'), { status: 403 }]
])('a VM that %s is not stopped; the post step looks at its tags itself', async (_, refusal, told) => {
  const run = doing('stop-vm', vmIs())
  run.next('setVmTags', refusal)
  expect(await run.fails()).toMatchObject(told)
  expect([run.changes(), run.run.known.vm]).toEqual([['setVmTags'], 'held'])
})

test('snapshots are of one moment where the VM is still stopped, and still this run’s', async () => {
  const run = doing('verify-vm-stopped', held())
  expect([await run.ends(), run.changes()]).toEqual(['still stopped', []])
  const unheld = doing('verify-vm-stopped', vmIs({ powerState: 'deallocated' }), { startsAgain: false })
  expect([await unheld.ends(), unheld.changes()]).toEqual(['still stopped', []])
})

test.each<[string, Vm, string]>([
  ['runs', held({ powerState: 'running' }), 'is running'],
  ['may run', { tags: leased(CONTEXT), generalized: false }, 'is in an unknown state'],
  ['has lost its lease', vmIs({ powerState: 'deallocated' }), 'has lost the lease of this run'],
  ['is another job’s of this run', held({ tags: leased({ ...CONTEXT, nonce: 'x' }) }), 'has lost the lease of this run']
])('of a VM that %s they are of no use, and the run knows it', async (_, vm, what) => {
  const run = doing('verify-vm-stopped', vm)
  const error = await run.fails()
  expect(error.message).toBe(
    `VM source ${what}, though it was stopped for its snapshots, which are of no use now and are deleted`
  )
  expect([...run.run.known.conditions]).toEqual(['vm-has-run'])
  expect(run.changes()).toEqual([])
})

test('of a VM that another run has taken over they are that run’s, and stay', async () => {
  const run = doing('verify-vm-stopped', held({ tags: leased(OTHER_RUN), powerState: 'running' }))
  expect((await run.fails()).message).toBe('VM source: run 4000 attempt 2 of pixel/farm has taken over from this run')
  expect([[...run.run.known.conditions], run.changes()]).toEqual([[], []])
})

test('a VM is started again, and its lease taken off', async () => {
  const run = doing('start-vm', held())
  expect(await run.ends()).toBe('running')
  expect(run.changes()).toEqual(['startVm', 'setVmTags'])
  expect([run.world.vm?.powerState, run.world.vm?.tags, run.run.known.vm]).toEqual(['running', TAGS, 'released'])
})

test('while it is being deallocated Azure would refuse that: it is waited for', async () => {
  const run = doing('start-vm', held({ powerState: 'deallocating' }))
  run.time.later(60_000, () => (run.world.vm = { ...run.world.vm!, powerState: 'deallocated' }))
  expect(await run.ends()).toBe('running')
  expect(run.asked.find(({ name }) => name === 'startVm')!.at).toBeGreaterThanOrEqual(AT + 60_000)
})

test.each<[string, RunContext, number]>([
  ['an earlier attempt', { ...CONTEXT, runAttempt: 0, nonce: 'x' }, AT + HOUR],
  ['a run that is over', OTHER_RUN, AT]
])('what %s has left stopped is started too', async (_, context, until) => {
  const run = doing('start-vm', held({ tags: leased(context, until) }))
  expect(await run.ends()).toBe('running')
  expect(run.world.vm?.tags).toEqual(TAGS)
})

test.each<[string, Vm['tags'], string]>([
  ['another run holds', leased(OTHER_RUN), 'left as it is: run 4000 attempt 2 of pixel/farm holds it'],
  ['nobody holds any more', TAGS, 'left as it is: the lease is gone from its tags']
])('a VM that %s is left as it is', async (_, tags, line) => {
  const run = doing('start-vm', held({ tags }))
  expect([await run.ends(), run.changes(), run.run.known.vm]).toEqual([line, [], 'released'])
})

test.each<[string, Partial<Vm>, string]>([
  ['runs already', { powerState: 'running' }, 'running'],
  ['was generalized', { generalized: true }, 'Azure knows it as generalized by now, and it can’t be started']
])('a VM that %s is only let go of', async (_, change, line) => {
  const run = doing('start-vm', held(change))
  expect([await run.ends(), run.changes(), run.world.vm?.tags]).toEqual([line, ['setVmTags'], TAGS])
})

test('a start that Azure has no room for is told with the way out, and the VM stays this run’s to start', async () => {
  const run = doing('start-vm', held())
  run.next('startVm', refuses(409, 'AllocationFailed'))
  expect(await run.fails()).toMatchObject({ message: expect.stringContaining('could not be started again') })
  expect([run.run.known.vm, leaseOfTags(run.world.vm!.tags)?.nonce]).toEqual(['held', CONTEXT.nonce])
})

test.each<['start-vm' | 'stop-vm', string, Vm, string]>([
  ['start-vm', 'startVm', held(), 'start it yourself when Azure has room for it (az vm start), or run again'],
  ['stop-vm', 'deallocateVm', vmIs(), 'see what else is done to the VM, then run again']
])('what may go well another time has the way out of %s', async (kind, call, vm, wayOut) => {
  const run = doing(kind, vm)
  run.next(call, refuses(412, 'PreconditionFailed'))
  expect((await run.fails()).wayOut).toContain(wayOut)
})

test('a VM that runs and keeps its lease is no failure: that runs out by itself', async () => {
  const run = doing('start-vm', held())
  run.next('setVmTags', refuses(403, 'AuthorizationFailed'))
  expect(await run.ends()).toBe('running')
  expect(run.run.known.vm).toBe('released')
  expect(run.warnings).toEqual([
    {
      step: 'start-vm',
      message: expect.stringMatching(
        /^VM source runs, and keeps the lease of this run in its tags: .*AuthorizationFailed/
      ),
      wayOut: expect.stringContaining('batch-image-rollout-lease')
    }
  ])
})

test('a cancelled run that can’t take its lease off leaves that to its post step', async () => {
  const run = doing('start-vm', held())
  run.next('setVmTags', () => {
    run.abort.abort(new Error('cancelled'))
    breaks()()
  })
  expect((await run.fails()).message).toBe('x is undefined')
  expect([run.warnings, run.run.known.vm]).toEqual([[], 'held'])
})
