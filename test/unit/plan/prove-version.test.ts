/** A version that is only rolled out is tagged by what its nodes show, where this run may write to it. */
import { expect, test } from '@jest/globals'
import type { GalleryImageVersion, Observed } from '../../../src/model/observed.ts'
import type { Plan } from '../../../src/model/plan.ts'
import type { Spec } from '../../../src/model/spec.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import * as f from '../../support/observed-fixtures.ts'

const BASE = { [TAG.baseImage]: 'Canonical:jammy:22_04-lts-gen2' }
const tagged = (
  state: 'complete' | 'stopped' | 'failed',
  more: Record<string, string> = {}
): Partial<GalleryImageVersion> => ({
  tags: { ...BASE, ...f.tagsOf(state), ...more }
})
const version = (change: Partial<GalleryImageVersion> = {}): GalleryImageVersion =>
  f.version('1.0.0', { ...tagged('complete'), ...change })

function rolledOut(there: GalleryImageVersion, seen: Partial<Observed> = {}, spec: Spec = f.rolloutOnlySpec()): Plan {
  return f.planOf(spec, f.rolloutObserved({ rolloutVersion: there, ...seen }))
}

const marks = ({ steps }: Plan) => steps.filter(({ kind }) => kind === 'mark-image-proved')
const blames = ({ undo }: Plan) => undo.filter(({ step }) => step.kind === 'mark-image-failed')

test('one that this action made is tagged when its nodes are healthy, beside the release of the pool', () => {
  const plan = rolledOut(version())
  expect(marks(plan)).toEqual([
    {
      id: 'mark-image-proved',
      kind: 'mark-image-proved',
      after: ['scale-pool'],
      title: 'tag image version 1.0.0 as proved',
      reason: 'healthy nodes run it, and it doesn’t say so yet',
      housekeeping: true,
      versionId: f.versionIdOf('1.0.0'),
      provedBy: [f.POOL],
      tags: {}
    }
  ])
  expect(blames(plan)).toEqual([
    {
      after: 'create-pool',
      until: 'mark-image-proved',
      on: ['failed'],
      given: 'image-blamed',
      step: expect.objectContaining({ tags: { [TAG.state]: 'failed' }, failedOn: [f.POOL], isOwn: false })
    }
  ])
})

test('so is one whose pool is as wanted, as its nodes are looked at', () => {
  const plan = rolledOut(version(), { pool: f.pool(), nodes: f.nodes(...Array.from({ length: 20 }, () => 'idle')) })
  expect(f.outline(plan)).toEqual(['verify-nodes', 'mark-image-proved < verify-nodes'])
})

const guarded = (subscriptionId: string): Spec => ({
  ...f.rolloutOnlySpec(),
  signIn: { kind: 'default', subscriptionId }
})
const OWN_SUBSCRIPTION = f.ACCOUNT.split('/')[2] ?? ''
const NO_NODES = f.rolloutSpec({ pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 0 } } } })

test('subscription-id lets through what lies in it', () => {
  expect(marks(rolledOut(version(), {}, guarded(OWN_SUBSCRIPTION.toUpperCase())))).toHaveLength(1)
})

test.each<[string, Plan]>([
  ['that this action hasn’t made', rolledOut(version({ tags: BASE }))],
  ['that says so already', rolledOut(version(tagged('complete', { [TAG.proved]: 'x' })))],
  [
    'that was never whole',
    rolledOut(version({ tags: { ...tagged('complete').tags, [TAG.state]: 'open' }, provisioningState: 'Failed' }))
  ],
  ['without nodes', rolledOut(version(), {}, f.rolloutOnlySpec(NO_NODES))],
  ['outside of subscription-id', rolledOut(version(), {}, guarded('22222222-2222-4222-8222-222222222222'))]
])('nothing is written to one %s', (_, plan) => {
  expect([marks(plan), blames(plan)]).toEqual([[], []])
})

test.each(['Failed', 'Canceled'])(
  'one whose last change Azure has ended as %s gets it once more, though it says so already',
  state => {
    const [marking] = marks(
      rolledOut(version({ ...tagged('complete', { [TAG.proved]: 'x' }), provisioningState: state }))
    )
    expect(marking).toMatchObject({ reason: 'its last change failed; sent again' })
  }
)

test('one that somebody has promoted is tagged as proved, and not as failed', () => {
  const plan = rolledOut(version({ excludeFromLatest: false }))
  expect([marks(plan).length, blames(plan)]).toEqual([1, []])
})

test('one that failed before is as good as any other once it is proved', () => {
  const spec = f.rolloutOnlySpec(f.rolloutSpec({ force: true }))
  expect(marks(rolledOut(version(tagged('failed')), {}, spec))).toEqual([
    expect.objectContaining({ tags: { [TAG.state]: 'complete' } })
  ])
})

test('one that waits since its proof is whole, so that a change which failed is sent again, and it waits no longer', () => {
  const waiting = version({ ...tagged('stopped'), provisioningState: 'Failed' })
  expect(marks(rolledOut(waiting))).toMatchObject([
    { reason: 'its last change failed; sent again', tags: { [TAG.state]: 'complete' } }
  ])
})

test('where no version is the latest that is proved, there is nothing to plan', () => {
  const { imageId: _, ...rollout } = f.rolloutSpec()
  const spec = { ...f.rolloutOnlySpec(), rollout: { ...rollout, latestProvedOf: f.DEFINITION } } as Spec
  const latestProved = { versions: 1, passedOver: [{ versionId: f.versionIdOf('1.0.0'), why: 'not proved' }] }
  const { rolloutVersion: __, ...seen } = f.rolloutObserved({ latestProved })
  const plan = f.planOne(spec, { ...seen, rolloutDefinition: f.galleryImage() }, f.CONTEXT)
  expect(plan.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual([
    'latest-proved'
  ])
  expect([plan.image, plan.pools, plan.steps]).toEqual([undefined, [], []])
})
