/** What drives every closed loop: a look, a decision, what comes of it, and when it looks again. */
import { expect, test } from '@jest/globals'
import type { Done, Halt, Wait } from '../../../src/decide/decision.ts'
import type { Execution } from '../../../src/execute/context.ts'
import { drive, teller, type Loop } from '../../../src/execute/loop.ts'

type Decision = Wait | Done | Halt | { kind: 'add'; reason: string }
type Adding = Loop<number, number, Decision>

/** A loop that looks at the next of `looks` each time, and decides by it and by what it has added up. */
function driving(looks: number[], change: Partial<Adding> & Pick<Adding, 'decide'>) {
  const log: string[] = []
  let now = 0
  const clock = { now: () => now, sleep: async (ms: number) => void (log.push(`sleeps ${ms / 1_000} s`), (now += ms)) }
  const run = {
    clock,
    pollIntervalMs: 30_000,
    signal: new AbortController().signal,
    say: (id: string, line: string) => void log.push(`${id}: ${line}`)
  } as unknown as Execution
  const left = [...looks]
  const loop: Adding = {
    progress: 0,
    look: async ({ sinceMs }, progress) => {
      const seen = left.shift() ?? NaN
      log.push(`sees ${seen} with ${progress}, ${sinceMs() / 1_000} s in`)
      return seen
    },
    tell: reason => void log.push(`tells ${reason}`),
    ...change
  }
  return { run, log, ended: () => drive(run, loop) }
}

const untilThree: Adding['decide'] = seen =>
  seen >= 3 ? { kind: 'done', reason: `${seen} at last` } : { kind: 'wait', reason: `only ${seen}` }

test('it tells why it waits, looks again, and ends with the decision and the look that it was made on', async () => {
  const { log, ended } = driving([1, 3], { decide: untilThree })
  expect(await ended()).toEqual({ done: { kind: 'done', reason: '3 at last' }, look: 3 })
  expect(log).toEqual(['sees 1 with 0, 0 s in', 'tells only 1', 'sleeps 2 s', 'sees 3 with 0, 2 s in'])
})

const added: Adding['decide'] = (seen, progress) =>
  progress >= 3 ? { kind: 'done', reason: `${progress}` } : { kind: 'add', reason: `and ${seen}` }

test('what an action makes known counts from the next look on; an action is told by itself, if at all', async () => {
  const { log, ended } = driving([1, 2, 5], {
    decide: added,
    act: async (_, { look, progress }) => ({ progress: progress + look })
  })
  expect(await ended()).toEqual({ done: { kind: 'done', reason: '3' }, look: 5 })
  expect(log.filter(line => !line.startsWith('sleeps'))).toEqual([
    'sees 1 with 0, 0 s in',
    'sees 2 with 1, 2 s in',
    'sees 5 with 3, 4 s in'
  ])
})

test('an action that nothing came of leaves what is known', async () => {
  const taken = [false, true]
  const { log, ended } = driving([1, 2, 5], {
    decide: added,
    act: async () => (taken.shift() === true ? { progress: 3 } : undefined)
  })
  await ended()
  expect(log.filter(line => line.startsWith('sees')).map(line => line.split(',')[0])).toEqual([
    'sees 1 with 0',
    'sees 2 with 0',
    'sees 5 with 3'
  ])
})

test('with a look of its own an action is followed by the next decision at once', async () => {
  const { log, ended } = driving([1], { decide: added, act: async () => ({ progress: 4, look: 9 }) })
  expect(await ended()).toEqual({ done: { kind: 'done', reason: '4' }, look: 9 })
  expect(log).toEqual(['sees 1 with 0, 0 s in'])
})

test('a wait can be acted on too, once it is told', async () => {
  const { log, ended } = driving([1, 3], {
    decide: untilThree,
    act: async ({ kind }) => void log.push(`acts on ${kind}`)
  })
  await ended()
  expect(log.slice(1, 4)).toEqual(['tells only 1', 'acts on wait', 'sleeps 2 s'])
})

test('something new that has begun is timed anew', async () => {
  const { log, ended } = driving([1, 1, 1], {
    decide: (_, progress) => (progress >= 2 ? { kind: 'done', reason: 'd' } : { kind: 'add', reason: 'a' }),
    act: async (_, { progress, pace }) => {
      if (progress === 1) pace.restart()
      return { progress: progress + 1 }
    }
  })
  await ended()
  expect(log.filter(line => line.startsWith('sees'))).toEqual([
    'sees 1 with 0, 0 s in',
    'sees 1 with 1, 2 s in',
    'sees 1 with 2, 2 s in'
  ])
})

const HALT = {
  kind: 'halt',
  failure: 'nodes-stuck',
  reason: 'never',
  wayOut: 'wait longer',
  repetition: 'unknown'
} as const

test('a halt is thrown as the verdict that it is', async () => {
  const { log, ended } = driving([1], { decide: () => HALT })
  await expect(ended()).rejects.toMatchObject({
    name: 'RunError',
    reason: 'nodes-stuck',
    message: 'never',
    wayOut: 'wait longer',
    repetition: 'unknown'
  })
  expect(log).toEqual(['sees 1 with 0, 0 s in'])
})

test('or as what the loop makes of it', async () => {
  const { ended } = driving([1], {
    decide: () => HALT,
    errorOf: async (halt, look) => new Error(`${halt.reason} ${look}`)
  })
  await expect(ended()).rejects.toThrow('never 1')
})

test('a line is said when it isn’t the last one; an empty one is never said', () => {
  const { run, log } = driving([], { decide: untilThree })
  const tell = teller(run, 'scale-pool')
  for (const line of ['a', 'a', 'b', 'a', '', 'a']) tell(line)
  expect(log).toEqual(['scale-pool: a', 'scale-pool: b', 'scale-pool: a', 'scale-pool: a'])
})
