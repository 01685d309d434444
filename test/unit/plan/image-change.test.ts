import { expect, test } from '@jest/globals'
import type { Observed } from '../../../src/model/observed.ts'
import { planRun } from '../../../src/plan/plan-run.ts'
import * as f from '../../support/observed-fixtures.ts'

type ImageChange = 'auto' | 'in-place' | 'refuse'

function planned(imageChange: ImageChange, change: Parameters<typeof f.pool>[0], seen: Partial<Observed> = {}) {
  const pool = f.pool({ imageId: f.versionIdOf('0.9.0'), ...change })
  return planRun(f.rolloutOnlySpec(f.rolloutSpec({ imageChange })), f.rolloutObserved({ pool, ...seen }), f.CONTEXT)
}

const EMPTY = {
  currentDedicatedNodes: 0,
  scale: { kind: 'fixed' as const, targetDedicatedNodes: 0, targetLowPriorityNodes: 0 }
}
const WORK = { activeWork: { jobs: ['j'], tasks: 1 } }

test.each<[ImageChange, string, Parameters<typeof f.pool>[0], Partial<Observed>, string]>([
  ['auto', 'idle and empty', EMPTY, {}, 'change'],
  ['auto', 'empty with active work', EMPTY, WORK, 'refuse'],
  ['auto', 'empty and resizing', { ...EMPTY, allocationState: 'Resizing' }, {}, 'refuse'],
  ['auto', 'with nodes', {}, {}, 'refuse'],
  ['auto', 'with low-priority nodes', { ...EMPTY, currentLowPriorityNodes: 1 }, {}, 'refuse'],
  ['in-place', 'with nodes and active work', {}, WORK, 'change'],
  ['refuse', 'idle and empty', EMPTY, {}, 'refuse']
])('image-change: %s, a pool that is %s', (imageChange, _, change, seen, decision) => {
  const plan = planned(imageChange, change, seen)
  expect(plan.pool?.decision).toBe(decision)
  expect(plan.steps.length > 0).toBe(decision === 'change')
})

test('a refusal says what differs, what the pool has, and what each choice costs', () => {
  const { findings } = planned('auto', {}, WORK)
  expect(findings).toContainEqual({
    rule: 'image-change',
    severity: 'error',
    message:
      'pool "render": image can only change at zero nodes, ' +
      'and it has 20 dedicated nodes and 1 active or running task',
    wayOut: expect.stringMatching(/in-place .*another pool name .*scale the pool to zero/),
    source: 'learn.microsoft.com/azure/batch/batch-pool-update-properties'
  })
})

test('a pool from a managed image can’t get another: it says so, whatever image-change is', () => {
  const seen = f.observed({
    managedImage: f.managedImage({ tags: {} }),
    pool: f.pool({ ...EMPTY, imageId: `${f.MANAGED_IMAGE}-old` as never })
  })
  for (const imageChange of ['auto', 'in-place', 'refuse'] as const) {
    const spec = f.rolloutOnlySpec(f.rolloutSpec({ imageChange, imageId: f.MANAGED_IMAGE }))
    const plan = planRun(spec, seen, f.CONTEXT)
    expect(plan.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual([
      'another-pool'
    ])
    expect([plan.pool?.decision, plan.steps]).toEqual(['refuse', []])
  }
})
