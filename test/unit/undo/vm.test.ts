import { expect, test } from '@jest/globals'
import type { Vm } from '../../../src/model/observed.ts'
import { withLeaseTag } from '../../../src/plan/lease.ts'
import { undoVm } from '../../../src/undo/vm.ts'
import { AT, CONTEXT, OTHER_RUN, VM } from '../../support/observed-fixtures.ts'
import { fakeAzure } from './fake-azure.ts'

const HOUR = 3_600_000
const TAGS = { owner: 'lighting' }
const held = (change: Partial<Vm> = {}): Vm => ({
  tags: withLeaseTag(TAGS, CONTEXT, AT + HOUR),
  generalized: false,
  powerState: 'deallocated',
  ...change
})

test('a VM that the run holds stopped is started, and keeps the tags of others', async () => {
  const { world, calls, undoing } = fakeAzure({ vm: held() })
  expect(await undoVm(undoing, VM)).toEqual(['started VM source again, which the run had stopped for its snapshots'])
  expect([calls, world.vm]).toEqual([
    ['setVmTags', 'startVm', 'setVmTags'],
    { tags: TAGS, generalized: false, powerState: 'running' }
  ])
})

test('a VM that is still being deallocated is waited for', async () => {
  const { world, undoing } = fakeAzure({ vm: held({ powerState: 'deallocating' }) })
  await undoVm(undoing, VM)
  expect(world.vm).toMatchObject({ powerState: 'running', tags: TAGS })
})

test.each<[string, Vm | undefined]>([
  ['another run holds', held({ tags: withLeaseTag(TAGS, OTHER_RUN, AT + HOUR) })],
  ['nobody holds', held({ tags: TAGS })],
  ['is gone', undefined],
  ['another process of the same run holds', held({ tags: withLeaseTag(TAGS, { ...CONTEXT, nonce: 'x' }, AT + HOUR) })]
])('a VM that %s is left alone', async (_, vm) => {
  const { calls, undoing } = fakeAzure(vm === undefined ? {} : { vm })
  expect([await undoVm(undoing, VM), calls]).toEqual([[], []])
})

test('a VM that was generalized meanwhile is not started, and let go of', async () => {
  const { world, calls, undoing } = fakeAzure({ vm: held({ generalized: true }) })
  expect(await undoVm(undoing, VM)).toEqual(['took the lease of the run off VM source, which is generalized'])
  expect([calls, world.vm?.tags]).toEqual([['setVmTags', 'setVmTags'], TAGS])
})

test.each([409, 412])('a lease that can’t be written for now (%d) keeps no VM stopped', async status => {
  const { world, undoing, refuse } = fakeAzure({ vm: held({ powerState: 'deallocating' }) })
  refuse('setVmTags', status)
  await undoVm(undoing, VM)
  expect(world.vm).toMatchObject({ powerState: 'running', tags: TAGS })
})

test('a tag that somebody writes while the lease is taken off stays', async () => {
  const { world, undoing, refuse } = fakeAzure({ vm: held() })
  refuse('setVmTags', 412)
  refuse('setVmTags', 412, () => (world.vm = held({ tags: { ...world.vm!.tags, team: 'fx' } })))
  await undoVm(undoing, VM)
  expect(world.vm?.tags).toEqual({ ...TAGS, team: 'fx' })
})

test('a missing role is told, and the VM not taken for started', async () => {
  const { undoing, refuse } = fakeAzure({ vm: held() })
  refuse('startVm', 403)
  await expect(undoVm(undoing, VM)).rejects.toThrow('403 No')
})
