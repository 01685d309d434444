/** What a run owes, by how far its steps have come. */
import { expect, test } from '@jest/globals'
import type { StepOutcome } from '../../../src/model/outcome.ts'
import type { Condition, Ending, Undo } from '../../../src/model/plan.ts'
import { owedAlready, owedAt, type Progress } from '../../../src/rules/undo.ts'
import { deletes } from '../../support/step-harness.ts'

type Statuses = Record<string, StepOutcome['status']>

const ENDINGS: Ending[] = ['failed', 'cancelled', 'killed']

/** Owed from `begin` on until `settle`, and undone by `undo`. */
const owing = (change: Partial<Undo> = {}): Undo => ({
  after: 'begin',
  until: 'settle',
  on: ENDINGS,
  step: deletes('undo'),
  ...change
})

/** What has no status was not started. */
const cameTo = (statuses: Statuses, conditions?: Condition[]): Progress => ({
  statusOf: id => statuses[id] ?? 'not-started',
  ...(conditions && { conditions: new Set(conditions) })
})

const isOwed = (undo: Undo, progress: Progress, ending: Ending = 'failed'): boolean =>
  owedAt(ending, [undo], progress).length === 1

test.each(ENDINGS)('what is for a run that was %s is owed at that ending alone', ending => {
  const begun = cameTo({ begin: 'done' })
  expect(ENDINGS.filter(one => isOwed(owing({ on: [ending] }), begun, one))).toEqual([ending])
  expect(ENDINGS.filter(one => isOwed(owing(), begun, one))).toEqual(ENDINGS)
})

test('from the beginning of what takes its place on, it is owed no more', () => {
  const undo = owing({ unless: 'way-back' })
  expect(isOwed(undo, cameTo({ begin: 'done' }))).toBe(true)
  for (const status of ['done', 'failed', 'cancelled'] as const) {
    expect(isOwed(undo, cameTo({ begin: 'done', 'way-back': status }))).toBe(false)
  }
})

test.each<[string, Statuses, boolean]>([
  ['nothing has begun', {}, false],
  ['something else has begun', { other: 'done' }, false],
  ['it has begun, and ended well', { begin: 'done' }, true],
  ['it has begun, and failed', { begin: 'failed' }, true],
  ['it has begun, and was cut off', { begin: 'cancelled' }, true],
  ['what settles it has failed', { begin: 'done', settle: 'failed' }, true],
  ['what settles it was cut off', { begin: 'done', settle: 'cancelled' }, true],
  ['what settles it is done', { begin: 'done', settle: 'done' }, false],
  ['it is undone', { begin: 'done', undo: 'done' }, false],
  ['undoing it has failed', { begin: 'done', undo: 'failed' }, true]
])('where %s, it is owed: %#', (_, statuses, expected) => {
  expect(isOwed(owing(), cameTo(statuses))).toBe(expected)
})

test.each<[StepOutcome['status'], boolean]>([
  ['not-started', false],
  ['failed', true],
  ['cancelled', true],
  ['done', false]
])('what a step owes until it is done itself, it owes when it is %s: %s', (status, expected) => {
  expect(isOwed(owing({ until: 'begin' }), cameTo({ begin: status }))).toBe(expected)
})

test.each<[string, Condition[] | undefined, boolean]>([
  ['it has learnt', ['vm-has-run'], true],
  ['it has not learnt', ['image-blamed'], false],
  // A post step doesn’t know what main has learnt: nothing may be deleted, or marked, on a guess.
  ['nobody knows whether it has learnt', undefined, false]
])('what depends on something that %s is owed: %#', (_, conditions, expected) => {
  expect(isOwed(owing({ given: 'vm-has-run' }), cameTo({ begin: 'done' }, conditions))).toBe(expected)
})

test('in the order of the plan', () => {
  const undo = ['a', 'b', 'c'].map(id => owing({ step: deletes(id) }))
  expect(owedAt('killed', undo, cameTo({ begin: 'done', b: 'done' })).map(({ step }) => step.id)).toEqual(['a', 'c'])
})

/** `begin`, then what settles it, after three more on another branch. */
const STEPS = [
  deletes('begin'),
  deletes('first'),
  deletes('second', 'first'),
  deletes('third', 'second'),
  deletes('settle', 'begin', 'third')
]

const isOwedAlready = (statuses: Statuses, change: Partial<Undo> = {}): boolean =>
  owedAlready({ steps: STEPS, undo: [owing({ atOnce: true, ...change })] }, cameTo(statuses, [])).length === 1

test.each<[string, Statuses, boolean]>([
  ['all goes well', { begin: 'done', first: 'done' }, false],
  ['what settles it has failed', { begin: 'done', third: 'done', settle: 'failed' }, true],
  ['what settles it was cut off', { begin: 'done', third: 'done', settle: 'cancelled' }, true],
  ['what it began with has failed', { begin: 'failed' }, true],
  ['a step that has to come before has failed', { begin: 'done', third: 'failed' }, true],
  ['one that has to come before that one has', { begin: 'done', first: 'failed' }, true],
  ['a step that is done comes after one that failed', { begin: 'done', first: 'failed', third: 'done' }, false],
  ['a step that nothing of it waits for has failed', { begin: 'done', other: 'failed' }, false],
  ['nothing of it has begun', { first: 'failed' }, false],
  ['it is settled', { begin: 'done', settle: 'done', first: 'failed' }, false]
])('while a run goes on and %s, it is owed at once: %#', (_, statuses, expected) => {
  expect(isOwedAlready(statuses)).toBe(expected)
})

test('what can wait for the end of the run waits for it, and so does what a failed run doesn’t owe', () => {
  const statuses: Statuses = { begin: 'done', first: 'failed' }
  const { atOnce: _, ...waits } = owing({ atOnce: true })
  expect(owedAlready({ steps: STEPS, undo: [waits] }, cameTo(statuses))).toEqual([])
  expect(isOwedAlready(statuses, { on: ['cancelled', 'killed'] })).toBe(false)
  expect(isOwedAlready(statuses, { given: 'vm-has-run' })).toBe(false)
})

test('what only prepares another undoing is settled with that', () => {
  const prepares = owing({ step: deletes('stop') })
  const follows = owing({ step: deletes('release', 'stop') })
  const owed = (release: StepOutcome['status']): string[] =>
    owedAt('killed', [prepares, follows], cameTo({ begin: 'done', release })).map(({ step }) => step.id)
  expect(owed('done')).toEqual([])
  expect(owed('failed')).toEqual(['stop', 'release'])
})
