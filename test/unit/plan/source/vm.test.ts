import { expect, test } from '@jest/globals'
import type { Observed, Source } from '../../../../src/model/observed.ts'
import type { RunContext } from '../../../../src/model/spec.ts'
import { isInMotion } from '../../../../src/rules/vm-state.ts'
import * as f from '../../../support/observed-fixtures.ts'

const STOPS = f.releaseSpec({ stopVm: true })
const hour = (offset: number): string => new Date(f.AT + offset * 3_600_000).toISOString()
const leased = (offset: number, run: RunContext = f.OTHER_RUN) => ({
  'Batch-Image-Rollout-Lease': JSON.stringify({ ...run, until: hour(offset) })
})
const OURS = leased(-1)
const [OS_SNAPSHOT, LUN0_SNAPSHOT, LUN1_SNAPSHOT] = f.planOf(STOPS, f.observed()).image!.snapshotIds
const tags = f.tagsOf('open', f.imageSpec({ stopVm: true }))
const snapshot = (snapshotId = OS_SNAPSHOT!, change: Parameters<typeof f.snapshot>[1] = {}) =>
  f.snapshot('x', { snapshotId, tags, timeCreated: hour(-1), ...change })
const allSnapshots = [OS_SNAPSHOT, LUN0_SNAPSHOT, LUN1_SNAPSHOT].map(id => snapshot(id))

/** The steps that have to do with the source. */
function stepsOf(source: Partial<Source>, change: Partial<Observed> = {}, spec = STOPS): string[] {
  const plan = f.planOf(spec, f.observed({ source: f.source(source), ...change }))
  return plan.steps
    .filter(({ kind }) => /vm|snapshot/.test(kind))
    .filter(({ id }) => !id.startsWith('drop-'))
    .map(({ id }) => id)
}

const SNAPSHOTS = ['snapshot-os', 'snapshot-lun0', 'snapshot-lun1']

test.each<[string, Partial<Source>, string[]]>([
  [
    'that runs is stopped, and started again',
    { powerState: 'running' },
    ['stop-vm', ...SNAPSHOTS, 'verify-vm-stopped', 'start-vm']
  ],
  [
    'that starts counts as one that runs',
    { powerState: 'Starting' },
    ['stop-vm', ...SNAPSHOTS, 'verify-vm-stopped', 'start-vm']
  ],
  [
    'whose state nobody knows counts as one that runs',
    { powerState: undefined as never },
    ['stop-vm', ...SNAPSHOTS, 'verify-vm-stopped', 'start-vm']
  ],
  [
    'that is being stopped is waited for, and stays so',
    { powerState: 'deallocating' },
    ['stop-vm', ...SNAPSHOTS, 'verify-vm-stopped']
  ],
  [
    'in a state that only begins alike counts as one that is up',
    { powerState: 'stopped by whom' },
    ['stop-vm', ...SNAPSHOTS, 'verify-vm-stopped']
  ],
  [
    'in a state that only ends alike counts as one that is up',
    { powerState: 'unstopped' },
    ['stop-vm', ...SNAPSHOTS, 'verify-vm-stopped']
  ],
  ['that is deallocated stays so', { powerState: 'Deallocated' }, SNAPSHOTS],
  ['that is stopped stays so', { powerState: 'stopped' }, SNAPSHOTS],
  ['that is generalized can’t start again', { powerState: 'running', generalized: true }, SNAPSHOTS],
  [
    'that an earlier run stopped is kept so, and started again',
    { powerState: 'deallocated', tags: OURS },
    ['stop-vm', ...SNAPSHOTS, 'verify-vm-stopped', 'start-vm']
  ]
])('a VM %s', (_, source, steps) => {
  expect(stepsOf(source)).toEqual(steps)
})

test('a VM that isn’t to be stopped is left alone, whoever stopped it', () => {
  expect(stepsOf({ powerState: 'deallocated', tags: OURS }, {}, f.releaseSpec())).toEqual(SNAPSHOTS)
})

test('a VM that runs isn’t stopped where all snapshots are under way already', () => {
  expect(stepsOf({ powerState: 'running' }, { snapshots: allSnapshots })).toEqual(SNAPSHOTS)
})

test('while an earlier run’s stop holds, its snapshots are of the same moment, and are taken up', () => {
  const held = { powerState: 'deallocated', tags: OURS }
  const plan = f.planOf(STOPS, f.observed({ source: f.source(held), snapshots: [snapshot()] }))
  expect(f.stepOf(plan, 'stop-vm')).toMatchObject({ title: 'keep VM source stopped', startsAgain: true })
  expect(f.stepOf(plan, 'await-snapshot').snapshotId).toBe(OS_SNAPSHOT)
})

test('once the VM has run again, snapshots of another moment are deleted first, and only those that are there', () => {
  const ran = { powerState: 'running', tags: OURS }
  const plan = f.planOf(STOPS, f.observed({ source: f.source(ran), snapshots: [snapshot()] }))
  expect(f.stepOf(plan, 'stop-vm')).toMatchObject({ title: 'deallocate VM source', startsAgain: true })
  expect(f.outline(plan)).toEqual(
    expect.arrayContaining([
      'clear-snapshot-os',
      'snapshot-os < stop-vm, clear-snapshot-os',
      'snapshot-lun0 < stop-vm',
      'snapshot-lun1 < stop-vm'
    ])
  )
  expect(f.outline(plan).filter(line => line.startsWith('clear-'))).toHaveLength(1)
})

test.each<[string, Record<string, string>, string[]]>([
  ['of a run that is over', OURS, ['start-vm']],
  ['of an earlier attempt of this run', leased(1, { ...f.CONTEXT, runAttempt: 0, nonce: 'n' }), ['start-vm']],
  ['of this run itself', leased(1, f.CONTEXT), ['start-vm']],
  ['of a run that is at work', leased(1), []],
  ['of nobody', {}, []]
])('where the image is there, a VM that was stopped under the lease %s', (_, lease, steps) => {
  const versions = [f.version('1.0.0', { tags })]
  expect(stepsOf({ powerState: 'deallocated', tags: lease }, { versions })).toEqual(steps)
  expect(
    stepsOf(
      { powerState: 'deallocated', tags: lease },
      { versions: [f.version('1.0.0', { tags: f.tagsOf('open') })] },
      f.releaseSpec()
    )
  ).toEqual([])
})

test.each([
  ['starting', true],
  ['Stopping', true],
  ['deallocating', true],
  ['running', false],
  ['deallocated', false],
  ['not starting', false],
  ['starting over', false],
  [undefined, false]
])('a VM that is %s is in motion: %s', (powerState, is) => {
  expect(isInMotion({ powerState: powerState as string })).toBe(is)
})
