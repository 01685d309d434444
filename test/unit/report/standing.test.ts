/** What still stands of a run, each thing once, with what it is to the next one. */
import { expect, test } from '@jest/globals'
import type { Failure, StepOutcome } from '../../../src/model/outcome.ts'
import type { Plan, PlannedImage } from '../../../src/model/plan.ts'
import type { ResourceOutcome } from '../../../src/model/resource-outcome.ts'
import { standingOf, type After } from '../../../src/report/standing.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'
import { resource } from '../../support/plan-fixtures.ts'

type Statuses = Record<string, StepOutcome['status']>

/** A VM that is stopped, its three snapshots, their version, and a new pool. */
const RELEASE = f.planOf(f.releaseSpec({ stopVm: true }), f.observed({ source: f.source({ powerState: 'running' }) }))
const MANAGED = f.planOf(
  f.imageOnlySpec({ publishTo: { kind: 'managed', imageId: f.MANAGED_IMAGE } }),
  f.observed({ galleryImage: undefined as never })
)
/** A pool that is emptied for its image. */
const EMPTIES = m.rolloutPlan()
/** One that is as wanted, save for its size. */
const GROWS = m.rolloutPlan({
  seen: { pool: m.mixedPool({ imageId: m.NEW }) },
  pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 30, targetLowPriorityNodes: 8 } } }
})

const stepsOf = (statuses: Statuses): StepOutcome[] => Object.entries(statuses).map(([id, status]) => ({ id, status }))
const failure = (reason: Failure['reason'], step?: string): Failure => ({
  reason,
  message: 'm',
  wayOut: 'w',
  details: [],
  ...(step === undefined ? {} : { step })
})

/** `pool: its note`, of each kind of thing that stands. */
function standing(plan: Plan, statuses: Statuses, after: Partial<After> = {}): string[] {
  return standingOf(plan, { steps: stepsOf(statuses), ...after }).map(({ role, note }) => `${role}: ${note}`)
}

const [SNAPSHOT] = RELEASE.steps.filter(({ kind }) => kind === 'create-snapshot')
const [DELETION] = RELEASE.steps.filter(({ kind }) => kind === 'delete-snapshot')
const snapshot = SNAPSHOT!.id
const deletion = DELETION!.id

type Case = [name: string, plan: Plan, statuses: Statuses, after: Partial<After>, stands: RegExp | undefined]

const keeps = (plan: Plan): Plan => ({ ...plan, image: { ...(plan.image as PlannedImage), decision: 'keep' } })
const restored = [{ poolId: f.POOL, poolName: 'render', pool: m.mixedPool(), nodes: [], isRestored: true as const }]
const HALF: Statuses = { 'drain-pool': 'done', 'change-pool-image': 'failed' }

const CASES: Case[] = [
  ['nothing of a run that began nothing', RELEASE, {}, {}, undefined],
  [
    'a snapshot that is to be deleted',
    RELEASE,
    { [snapshot]: 'done' },
    {},
    /^snapshot: the next run .* uses it; it is/
  ],
  ['one whose step failed', RELEASE, { [snapshot]: 'failed' }, {}, /^snapshot: is not there, or not whole/],
  ['one that was cut off', RELEASE, { [snapshot]: 'cancelled' }, {}, /^snapshot: the next run .* uses it; it is/],
  [
    'one that could not be deleted',
    RELEASE,
    { [snapshot]: 'done', [deletion]: 'failed' },
    {},
    /^snapshot: nothing needs it any more, and it costs money/
  ],
  ['one that stays under its image', MANAGED, { [snapshot]: 'done' }, {}, /^snapshot: stays under its image/],
  ['a managed image', MANAGED, { 'managed-image': 'done' }, {}, /^managed image: its snapshots stay/],
  [
    'a version that isn’t proved',
    RELEASE,
    { 'image-version': 'done' },
    {},
    /^image version: hidden until it is proved/
  ],
  [
    'a version that was made whole by nobody',
    RELEASE,
    { 'image-version': 'failed' },
    {},
    /^image version: is not there/
  ],
  [
    'a version whose nodes failed',
    RELEASE,
    { 'image-version': 'done' },
    { isTaggedFailed: true },
    /^image version: hidden, and tagged as failed/
  ],
  ['a version of an earlier run', keeps(RELEASE), { 'image-version': 'done' }, {}, /^image version: was there before$/],
  ['what is only promoted', RELEASE, { 'promote-image': 'done' }, {}, undefined],
  ['what is only looked at', RELEASE, { 'verify-vm-stopped': 'done' }, {}, undefined],
  [
    'a VM that is stopped still',
    RELEASE,
    { 'stop-vm': 'done' },
    { vm: 'held' },
    /^source VM: was stopped .* the post step tries it too/
  ],
  [
    'a VM that a cancelled run has stopped',
    RELEASE,
    { 'stop-vm': 'done' },
    { vm: 'held', failure: failure('cancelled') },
    /^source VM: is stopped for its snapshots; the post step starts it again$/
  ],
  ['a VM that runs again', RELEASE, { 'stop-vm': 'done', 'start-vm': 'done' }, { vm: 'released' }, undefined],
  ['a VM that was never held', RELEASE, { 'stop-vm': 'failed' }, {}, undefined],
  ['a new pool', RELEASE, { 'create-pool': 'done', 'scale-pool': 'failed' }, {}, /^pool: its nodes cost money/],
  [
    'a pool that Batch may not have made',
    RELEASE,
    { 'create-pool': 'failed' },
    {},
    /^pool: is not there, or not whole/
  ],
  ['a pool that was there', GROWS, { 'scale-pool': 'failed' }, {}, /^pool: was there before; the next run goes on/],
  ['a pool that is emptied', EMPTIES, HALF, {}, /^pool: was emptied for another image, and may not have all/],
  ['one that has its nodes back', EMPTIES, HALF, { pools: restored }, /^pool: was there before/],
  [
    'another pool’s nodes say nothing of it',
    EMPTIES,
    HALF,
    { pools: [{ ...restored[0]!, poolId: `${f.POOL}-2` as never }] },
    /^pool: was emptied/
  ],
  [
    'one that grew to its goal',
    EMPTIES,
    { 'drain-pool': 'done', 'change-pool-image': 'done', 'scale-pool': 'done', 'finish-pool': 'failed' },
    {},
    /^pool: was there before/
  ],
  [
    'one that was refused before it lost a node',
    EMPTIES,
    { 'drain-pool': 'failed' },
    { failure: failure('pool-change-refused', 'drain-pool') },
    /^pool: was there before/
  ],
  [
    'one whose image was refused at zero nodes',
    EMPTIES,
    HALF,
    { failure: failure('pool-changed', 'change-pool-image') },
    /^pool: was emptied/
  ]
]

test.each(CASES)('what stands is told as what it is to the next run: %s', (_, plan, statuses, after, stands) => {
  expect(standing(plan, statuses, after)).toEqual(stands === undefined ? [] : [expect.stringMatching(stands)])
})

test('each thing stands once, under the step that it began with, in the order of the plan', () => {
  const statuses: Statuses = {
    [snapshot]: 'done',
    'image-version': 'done',
    'create-pool': 'done',
    'scale-pool': 'failed',
    'finish-pool': 'failed'
  }
  expect(standingOf(RELEASE, { steps: stepsOf(statuses) }).map(({ kind }) => kind)).toEqual([
    'Microsoft.Compute/snapshots',
    'Microsoft.Compute/galleries/images/versions',
    'Microsoft.Batch/batchAccounts/pools'
  ])
})

test.each<[string, ResourceOutcome, number]>([
  ['is gone', resource(f.POOL, 'made', 'deleted'), 0],
  ['was never made', { id: f.POOL.toUpperCase(), exists: false, deeds: [] }, 0],
  ['is there', resource(f.POOL, 'made'), 1],
  ['nobody has looked at', { id: f.POOL, deeds: [] }, 1]
])('what %s stands accordingly, whatever its step came to', (_, found, count) => {
  expect(standing(RELEASE, { 'create-pool': 'done' }, { resources: [found] })).toHaveLength(count)
})
