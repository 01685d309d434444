import { expect, test } from '@jest/globals'
import { readJournal } from '../../../src/model/journal.ts'
import { AzureError } from '../../../src/azure/errors.ts'
import type { Plan, Step, Undo } from '../../../src/model/plan.ts'
import { begin, beginPlan, beginWith, deletes, planFrom, type Harness } from '../../support/step-harness.ts'

const calls = ({ events }: Harness): string[] =>
  events.filter(event => event.startsWith('call')).map(event => event.slice(5))
const statuses = async ({ ended }: Harness): Promise<string[]> =>
  (await ended).steps.map(({ id, status }) => `${id} ${status}`)

test('steps that nothing holds back start at once', async () => {
  const run = await begin(deletes('a'), deletes('b'))
  expect(calls(run)).toEqual(['a', 'b'])
  await run.end('b')
  await run.end('a')
  expect(await statuses(run)).toEqual(['a done', 'b done'])
  expect((await run.ended).failure).toBeUndefined()
})

test('a step starts when all that it comes after have succeeded, and no sooner', async () => {
  const run = await begin(deletes('a'), deletes('b'), deletes('c', 'a', 'b'), deletes('d', 'a'))
  await run.end('a')
  expect(calls(run)).toEqual(['a', 'b', 'd'])
  await run.end('b')
  expect(calls(run)).toEqual(['a', 'b', 'd', 'c'])
  await run.end('c')
  await run.end('d')
  expect(await statuses(run)).toEqual(['a done', 'b done', 'c done', 'd done'])
})

test('what comes after a failed step is not started; what doesn’t, goes on', async () => {
  const run = await begin(deletes('a'), deletes('b', 'a'), deletes('c', 'b'), deletes('x'), deletes('y', 'x'))
  await run.end('a', new Error('no'))
  await run.end('x')
  await run.end('y')
  expect(await statuses(run)).toEqual(['a failed', 'b not-started', 'c not-started', 'x done', 'y done'])
  expect(calls(run)).toEqual(['a', 'x', 'y'])
})

test('the first failure is the run’s, with its step and its error', async () => {
  const run = await begin(deletes('a'), deletes('b'))
  const [first, second] = [new Error('first'), new Error('second')]
  await run.end('b', first)
  await run.end('a', second)
  const { failure, steps } = await run.ended
  expect([failure?.step?.id, failure?.error]).toEqual(['b', first])
  expect(steps.map(({ note }) => note)).toEqual(['second', 'first'])
})

test('after an abort what is under way ends as cancelled, and the abort is the failure', async () => {
  const reason = new Error('cancelled')
  const run = await begin(deletes('a'), deletes('b', 'a'))
  await run.abort(reason)
  await run.end('a', reason)
  expect(await statuses(run)).toEqual(['a cancelled', 'b not-started'])
  expect((await run.ended).failure?.error).toBe(reason)
})

test('of several steps that an abort ends, the plan’s first is the one that failed', async () => {
  const reason = new Error('cancelled')
  const run = await begin(deletes('a'), deletes('b'))
  await run.abort(reason)
  await run.end('b', reason)
  await run.end('a', reason)
  expect((await run.ended).failure).toMatchObject({ step: { id: 'a' }, error: reason })
})

test('after an abort nothing more is started, though all before it has succeeded', async () => {
  const reason = new Error('the deadline')
  const run = await begin(deletes('a'), deletes('b', 'a'))
  await run.abort(reason)
  await run.end('a')
  expect(calls(run)).toEqual(['a'])
  expect(await statuses(run)).toEqual(['a done', 'b not-started'])
  expect((await run.ended).failure).toEqual({ error: reason })
})

test('an abort that comes when all is done is no failure', async () => {
  const run = await begin(deletes('a'))
  await run.abort(new Error('too late'))
  await run.end('a')
  expect((await run.ended).failure).toBeUndefined()
})

test('the journal has the begin of a change before the call that makes it, and its end after', async () => {
  const run = await begin(deletes('a'), deletes('b', 'a'))
  await run.end('a')
  await run.end('b', new Error('no'))
  await run.ended
  expect(run.events).toEqual(['begin a', 'call a', 'end a', 'begin b', 'call b', 'fail b'])
  expect(run.journal[0]).toMatchObject({
    kind: 'delete-snapshot',
    title: 'delete a',
    target: expect.stringMatching(/snapshots\/a$/)
  })
})

test('a change that the journal can’t hold is not made', async () => {
  const full = () => {
    throw new Error('no space left on device')
  }
  const run = await beginWith(full, deletes('a'), deletes('b', 'a'))
  expect(await statuses(run)).toEqual(['a failed', 'b not-started'])
  expect(calls(run)).toEqual([])
})

test('a process that is killed in the middle leaves what it had begun in the journal', async () => {
  const run = await begin(deletes('a'), deletes('b'))
  await run.end('a')
  const { unfinished, finished } = readJournal(run.journal.map(entry => JSON.stringify(entry)).join('\n'))
  expect([unfinished, finished].map(list => list.map(({ step }) => step))).toEqual([['b'], ['a']])
  await run.end('b')
  await run.ended
})

test('steps have the times at which they began and ended', async () => {
  const run = await begin(deletes('a'))
  await run.end('a')
  const [step] = (await run.ended).steps
  expect(step!.endedAt!).toBeGreaterThan(step!.startedAt!)
  expect(step!.note).toBe('deleted')
})

const tidies = (id: string, ...after: string[]): Step => ({ ...deletes(id, ...after), housekeeping: true })
const azureError = (status: number, code: string): AzureError =>
  new AzureError({ operation: 'Snapshots_Delete', target: 'tidy', status, code, message: 'no' })

test('housekeeping that fails is a warning that names what is left, and fails nothing', async () => {
  const run = await begin(tidies('tidy'), deletes('a'))
  await run.end('tidy', azureError(500, 'InternalServerError'))
  await run.end('a')
  expect(await statuses(run)).toEqual(['tidy failed', 'a done'])
  expect((await run.ended).failure).toBeUndefined()
  expect(run.warnings).toEqual([
    {
      step: 'tidy',
      message: expect.stringMatching(/^snapshot tidy is left.*500 InternalServerError/),
      wayOut: expect.stringContaining('a later run with the same inputs tries again')
    }
  ])
})

test.each([
  ['a lock', azureError(409, 'ScopeLocked'), 'take the lock off'],
  ['a missing role', azureError(403, 'AuthorizationFailed'), 'Microsoft.Compute/snapshots/delete'],
  ['a defect', new TypeError('x is undefined'), 'az snapshot delete']
])('what housekeeping fails at says who can help: %s', async (_, error, help) => {
  const run = await begin(tidies('tidy'))
  await run.end('tidy', error)
  await run.ended
  expect(run.warnings[0]?.wayOut).toContain(help)
})

test('housekeeping that is still under way when all else is done, and the time is up, fails nothing', async () => {
  const reason = new Error('the deadline')
  const run = await begin(tidies('tidy'), tidies('more', 'tidy'), deletes('a'))
  await run.end('a')
  await run.abort(reason)
  await run.end('tidy', reason)
  expect((await run.ended).failure).toBeUndefined()
  expect(run.warnings.map(({ step }) => step)).toEqual(['tidy', 'more'])
})

test('where something that counts is missing when the time is up, that is the failure', async () => {
  const reason = new Error('the deadline')
  const run = await begin(tidies('tidy'), deletes('a'))
  await run.abort(reason)
  await run.end('tidy', reason)
  await run.end('a', reason)
  expect((await run.ended).failure?.step?.id).toBe('a')
})

/** What `a` begins and `c` settles is undone by `undo`; `x` is another branch. */
function owing(change: Partial<Undo> = {}): Plan {
  const undo: Undo = {
    after: 'a',
    until: 'c',
    on: ['failed', 'killed'],
    atOnce: true,
    step: deletes('undo'),
    ...change
  }
  const steps = [deletes('a'), deletes('b1'), deletes('b2'), deletes('c', 'a', 'b1', 'b2'), deletes('x')]
  return { ...planFrom(...steps), undo: [undo] }
}

const undone = async ({ ended }: Harness): Promise<string[]> =>
  (await ended).undone.map(({ id, status }) => `${id} ${status}`)

test('what can’t be settled any more is undone while another branch goes on, and the run waits for it', async () => {
  const run = await beginPlan(owing())
  await run.end('a')
  expect(calls(run)).not.toContain('undo')
  await run.end('b1', new Error('no'))
  expect(calls(run)).toEqual(['a', 'b1', 'b2', 'x', 'undo'])
  await run.end('x')
  await run.end('b2')
  let isOver = false
  void run.ended.then(() => (isOver = true))
  await run.end('undo')
  expect(isOver).toBe(true)
  expect(await undone(run)).toEqual(['undo done'])
  expect(await statuses(run)).toEqual(['a done', 'b1 failed', 'b2 done', 'c not-started', 'x done'])
  expect(run.events.slice(-2)).toEqual(['end b2', 'end undo'])
})

test('a run isn’t over before that is', async () => {
  const run = await beginPlan(owing())
  for (const id of ['a', 'b2', 'x']) await run.end(id)
  await run.end('b1', new Error('no'))
  let isOver = false
  void run.ended.then(() => (isOver = true))
  await run.end('b1')
  expect(isOver).toBe(false)
  await run.end('undo')
  expect(isOver).toBe(true)
})

test.each<[string, Error | undefined, string]>([
  ['is under way', undefined, 'undo done'],
  ['has failed', new Error('no'), 'undo failed']
])('it is undone once only, whatever else fails while that %s', async (_, error, came) => {
  const run = await beginPlan(owing())
  await run.end('a')
  await run.end('b1', new Error('first'))
  if (error !== undefined) await run.end('undo', error)
  await run.end('b2', new Error('second'))
  await run.end('x', new Error('third'))
  if (error === undefined) await run.end('undo')
  expect(await undone(run)).toEqual([came])
  expect(calls(run).filter(id => id === 'undo')).toHaveLength(1)
  expect((await run.ended).failure?.error).toEqual(new Error('first'))
})

test.each<[string, Partial<Undo>]>([
  ['what may wait for the end of the run', { atOnce: undefined as never }],
  ['what a failed run doesn’t owe', { on: ['killed'] }],
  ['what nothing has begun', { after: 'c' }],
  ['what the run would have had to learn', { given: 'vm-has-run' }]
])('%s is not undone by then', async (_, change) => {
  const run = await beginPlan(owing(change))
  await run.end('a')
  await run.end('b1', new Error('no'))
  for (const id of ['b2', 'x']) await run.end(id)
  expect([await undone(run), calls(run).includes('undo')]).toEqual([[], false])
})

test('a run that is stopped undoes nothing more at once: what it owes is for later', async () => {
  const run = await beginPlan(owing())
  await run.end('a')
  await run.abort(new Error('cancelled'))
  for (const id of ['b1', 'b2', 'x']) await run.end(id, new Error('cancelled'))
  expect([await undone(run), calls(run).includes('undo')]).toEqual([[], false])
})

test('what only tidies up and fails makes nothing due', async () => {
  const plan = owing()
  const steps = plan.steps.map(step => (step.id === 'b1' ? { ...step, housekeeping: true as const } : step))
  const run = await beginPlan({ ...plan, steps })
  await run.end('a')
  await run.end('b1', new Error('no'))
  expect(calls(run)).not.toContain('undo')
  for (const id of ['b2', 'x']) await run.end(id)
  expect(await undone(run)).toEqual([])
})
