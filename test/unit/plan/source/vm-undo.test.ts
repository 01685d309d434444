/** What a run owes the source VM that it stops, and what becomes of snapshots that are of no use. */
import { expect, test } from '@jest/globals'
import type { Observed } from '../../../../src/model/observed.ts'
import type { Plan } from '../../../../src/model/plan.ts'
import type { ImageSpec } from '../../../../src/model/spec.ts'
import { withLeaseTag } from '../../../../src/rules/lease.ts'
import * as f from '../../../support/observed-fixtures.ts'

const planned = (seen: Partial<Observed>, image: Partial<ImageSpec> = {}): Plan =>
  f.planOf(f.imageOnlySpec({ stopVm: true, ...image }), f.observed(seen))
const runs = { source: f.source({ powerState: 'running' }) }

test('a VM that is stopped is owed its start from the stop on, on every ending that leaves time for it', () => {
  const { step, ...owed } = f.undoOf(planned(runs), 'start-vm')
  expect(owed).toEqual({ after: 'stop-vm', until: 'start-vm', on: ['failed', 'killed'] })
  const own = f.stepOf(planned(runs), 'start-vm')
  expect([own.after, step]).toEqual([['verify-vm-stopped'], { ...own, after: [] }])
})

test('what an earlier run has left stopped, where the image is there already, is owed its start from that on', () => {
  const tags = withLeaseTag({}, f.OTHER_RUN, f.AT - 1)
  const plan = planned({
    source: f.source({ tags }),
    versions: [f.version('1.0.0', { tags: f.tagsOf('complete', f.imageSpec({ stopVm: true })) })]
  })
  expect(plan.steps.map(({ kind }) => kind)).toContain('start-vm')
  expect(plan.undo).toEqual([
    {
      after: 'start-vm',
      until: 'start-vm',
      on: ['failed', 'killed'],
      step: { ...f.stepOf(plan, 'start-vm'), after: [] }
    }
  ])
})

test.each<[string, Partial<Observed>, Partial<ImageSpec>]>([
  ['isn’t to be stopped', runs, { stopVm: false }],
  ['is stopped already', {}, {}],
  ['was stopped, and not deallocated', { source: f.source({ powerState: 'stopped' }) }, {}]
])('a VM that %s is never started', (_, seen, image) => {
  const { steps, undo } = planned(seen, image)
  expect([...steps, ...undo.map(({ step }) => step)].filter(({ kind }) => kind === 'start-vm')).toEqual([])
})

test('all snapshots of the image, and no others, are deleted where the VM has run meanwhile, by a run that fails of it', () => {
  const plan = planned(runs)
  const discards = plan.undo.filter(({ step }) => step.kind === 'delete-snapshot')
  expect(discards.map(({ step }) => 'snapshotId' in step && step.snapshotId)).toEqual(plan.image?.snapshotIds)
  expect(discards).toHaveLength(3)
  for (const { step, ...owed } of discards) {
    // A post step can’t know that it has: it never deletes one.
    expect(owed).toEqual({
      after: 'verify-vm-stopped',
      until: 'verify-vm-stopped',
      on: ['failed'],
      given: 'vm-has-run'
    })
    expect([step.housekeeping, step.after]).toEqual([true, []])
  }
  expect(planned({}).undo).toEqual([])
})
