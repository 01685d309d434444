/** Which versions are marked as failed where their nodes fail again and again. */
import { expect, test } from '@jest/globals'
import type { GalleryImageVersion, Observed } from '../../../src/model/observed.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import * as f from '../../support/observed-fixtures.ts'

const released = (seen: Partial<Observed> = {}): Plan => f.planOf(f.releaseSpec(), f.observed(seen))
const there = (change: Partial<GalleryImageVersion>): Partial<Observed> => ({
  versions: [f.version('1.0.0', { body: {}, ...change })]
})
const marks = ({ undo }: Plan): Plan['undo'] => undo.filter(({ step }) => step.kind === 'mark-image-failed')

test('one that is made is, from its own step on, and until it is marked as complete', () => {
  const plan = released()
  expect(marks(plan)).toEqual([
    {
      after: 'image-version',
      until: 'mark-image',
      on: ['failed'],
      given: 'image-blamed',
      step: expect.objectContaining({
        versionId: f.versionIdOf('1.0.0'),
        tags: { [TAG.state]: 'failed' },
        failedOn: [f.POOL],
        isOwn: true,
        housekeeping: true
      })
    }
  ])
  expect(plan.steps.find(({ id }) => id === 'mark-image')?.after).not.toEqual([])
})

test('so it is where a formula takes the pool over after its canary', () => {
  const autoScale = { formula: '$TargetDedicatedNodes=4' }
  const plan = f.planOf(f.releaseSpec({}, f.rolloutSpec({ pool: { scaleSettings: { autoScale } } })), f.observed())
  expect(plan.steps.map(({ id }) => id)).toContain('verify-nodes')
  expect(marks(plan)).toEqual([expect.objectContaining({ after: 'image-version' })])
})

test('one that an earlier run has begun is, but is not this run’s own', () => {
  expect(marks(released(there({ tags: f.tagsOf('open') })))).toEqual([
    expect.objectContaining({ step: expect.objectContaining({ isOwn: false }) })
  ])
})

test('one that is finished, and that no nodes have proved yet, is until it is promoted', () => {
  expect(marks(released(there({ tags: f.tagsOf('complete') })))).toEqual([
    expect.objectContaining({ after: 'image-version', until: 'promote-image' })
  ])
})

test('one that is still to get its further regions is, until it has them', () => {
  const targetRegions = [
    { region: 'eastus2', replicas: 1 },
    { region: 'westus3', replicas: 1 }
  ]
  const plan = f.planOf(f.releaseSpec({ publishTo: f.toGallery({ targetRegions }) }), f.observed())
  expect(marks(plan)).toEqual([expect.objectContaining({ until: 'image-regions' })])
})

test.each<[string, Plan]>([
  ['that is shown since before', released(there({ tags: f.tagsOf('complete'), excludeFromLatest: false }))],
  ['that nodes have proved', released(there({ tags: { ...f.tagsOf('open'), [TAG.proved]: 'x' } }))],
  ['that is only rolled out', f.planOf(f.rolloutOnlySpec(), f.rolloutObserved())],
  ['that no pool proves', f.planOf(f.imageOnlySpec(), f.observed())]
])('one %s is not', (_, plan) => {
  expect(marks(plan)).toEqual([])
})

test('the pool is released only when the version is marked, for another run may come at once', () => {
  expect(f.undoOf(released(), 'release-pool').step.after).toContain('mark-image-failed')
})
