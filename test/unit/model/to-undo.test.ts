import { expect, test } from '@jest/globals'
import type { Undo } from '../../../src/model/plan.ts'
import { readToUndo, toUndoOf } from '../../../src/model/to-undo.ts'
import * as m from '../../support/mixed-pool.ts'
import {
  CONTEXT,
  imageOnlySpec,
  observed,
  planOf,
  POOL,
  releaseSpec,
  runOf,
  snapshotIdOf,
  source,
  undoOf,
  versionIdOf,
  VM
} from '../../support/observed-fixtures.ts'

const STOPPED = { stopVm: true }
const seen = observed({ source: source({ powerState: 'running' }) })

test.each([
  ['a release that stops its VM', releaseSpec(STOPPED), ['start-vm', 'stop-resize', 'release-pool']],
  ['a release', releaseSpec(), ['stop-resize', 'release-pool']],
  ['an image of a VM that is stopped', imageOnlySpec(STOPPED), ['start-vm']]
])('of %s is kept what undoing takes, whole, and it is read back', (_, spec, ids) => {
  const { cloud, signIn, pollIntervalMs } = spec
  const plan = planOf(spec, seen)
  const undo = plan.undo.filter(({ step }) => ids.includes(step.id))
  const toUndo = toUndoOf(runOf(spec), plan, CONTEXT)
  expect(toUndo).toEqual({ nonce: CONTEXT.nonce, cloud, signIn, pollIntervalMs, undo })
  expect(toUndo?.undo.map(({ step }) => step.id)).toEqual(ids)
  expect(readToUndo(JSON.stringify(toUndo))).toEqual(toUndo)
})

test('what only a run itself can know of is not kept', () => {
  const plan = planOf(releaseSpec(STOPPED), seen)
  const own = plan.undo.filter(({ on }) => !on.includes('killed'))
  expect(new Set(own.map(({ step }) => step.kind))).toEqual(new Set(['delete-snapshot', 'mark-image-failed']))
  const kept = toUndoOf(runOf(releaseSpec(STOPPED)), plan, CONTEXT)!.undo
  expect(kept.filter(one => own.includes(one))).toEqual([])
})

test('of an image alone nothing is kept: what is made is taken up', () => {
  const spec = imageOnlySpec()
  expect(toUndoOf(runOf(spec), planOf(spec, seen), CONTEXT)).toBeUndefined()
})

const spec = releaseSpec(STOPPED)
const good = toUndoOf(runOf(spec), planOf(spec, seen), CONTEXT)!

test.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['a list', '[]'],
  ['without a nonce', JSON.stringify({ ...good, nonce: undefined })],
  ['with a cloud over http', JSON.stringify({ ...good, cloud: { kind: 'resource-manager', url: 'http://x' } })],
  ['with another sign-in', JSON.stringify({ ...good, signIn: { kind: 'password' } })],
  ['without what is owed', JSON.stringify({ ...good, undo: undefined })],
  ['with one that is owed from nowhere on', JSON.stringify({ ...good, undo: [{ ...good.undo[0], after: undefined }] })],
  ['with one that is owed on no ending', JSON.stringify({ ...good, undo: [{ ...good.undo[0], on: 'killed' }] })],
  ['with one that has nothing to do', JSON.stringify({ ...good, undo: [{ ...good.undo[0], step: undefined }] })]
])('a saved state that is %s is not used', (_, text) => {
  expect(readToUndo(text)).toBeUndefined()
})

const ofPool = m.rolloutPlan()
const WHOLE = {
  'start-vm': undoOf(planOf(spec, seen), 'start-vm'),
  'stop-resize': undoOf(ofPool, 'stop-resize'),
  'restore-pool': undoOf(ofPool, 'restore-pool'),
  'release-pool': undoOf(ofPool, 'release-pool')
}

/** Read back with this alone, and something changed in its step. */
const withStep = (undo: Undo, change: object = {}): boolean =>
  readToUndo(JSON.stringify({ ...good, undo: [{ ...undo, step: { ...undo.step, ...change } }] })) !== undefined

test.each(Object.entries(WHOLE))('a post step performs %s', (_, undo) => {
  expect(withStep(undo)).toBe(true)
})

test.each<[keyof typeof WHOLE, string, object]>([
  ['start-vm', 'a VM that is none', { vmId: POOL }],
  ['start-vm', 'no VM', { vmId: undefined }],
  ['start-vm', 'no id', { id: undefined }],
  ['start-vm', 'nothing to come after', { after: undefined }],
  ['stop-resize', 'a pool that is none', { poolId: VM }],
  ['stop-resize', 'another api-version', { apiVersion: '1' }],
  ['stop-resize', 'no address', { accountEndpoint: undefined }],
  ['restore-pool', 'a pool that is none', { poolId: VM }],
  ['restore-pool', 'no former scale', { restorePoint: undefined }],
  ['restore-pool', 'no metadata', { metadata: undefined }],
  ['release-pool', 'a pool that is none', { poolId: VM }],
  ['release-pool', 'metadata that is none', { metadata: { set: {}, remove: [] } }]
])('but not %s with %s', (kind, _, change) => {
  expect(withStep(WHOLE[kind], change)).toBe(false)
})

test.each<[string, object]>([
  ['delete-snapshot', { snapshotId: snapshotIdOf('os') }],
  ['mark-image-failed', { versionId: versionIdOf('1.0.0'), tags: {}, isOwn: true }],
  ['change-pool-image', { body: {}, carries: [], expects: {} }],
  ['scale-pool', { goal: { dedicated: 1_000, lowPriority: 0 } }],
  ['stop-vm', { vmId: VM, startsAgain: false }],
  ['toString', {}]
])('nor a step of any other kind, whatever the text says: %s', (kind, change) => {
  for (const undo of Object.values(WHOLE)) expect(withStep(undo, { kind, ...change })).toBe(false)
})
