import { expect, test } from '@jest/globals'
import type { Execution } from '../../../src/execute/context.ts'
import { watch, type Look, type Pace } from '../../../src/execute/watch.ts'

/** Seconds at which `look` was called, in a time that only sleep moves. */
async function looksOf(look: (seconds: number, pace: Pace) => boolean, expectMs?: number) {
  let now = 0
  const clock = { now: () => now, sleep: async (ms: number) => void (now += ms) }
  const run = { clock, pollIntervalMs: 30_000, signal: new AbortController().signal } as unknown as Execution
  const looks: number[] = []
  const seen: Look<true> = async pace => {
    looks.push(now / 1_000)
    return look(now / 1_000, pace) ? true : undefined
  }
  await watch(run, seen, expectMs)
  return looks
}

test('looks again when progress says that it will be done', async () => {
  const looks = await looksOf((seconds, { mark }) => {
    mark('percent', Math.floor(seconds), 100)
    return seconds >= 100
  })
  expect(looks.slice(-4)).toEqual([34, 64, 94, 100])
})

test('what isn’t expected sooner is looked at once, in case it failed at once, and then when it is expected', async () => {
  expect(await looksOf(seconds => seconds >= 25, 25_000)).toEqual([0, 2, 25])
})

test('poll-interval bounds what is expected too', async () => {
  expect(await looksOf(seconds => seconds >= 70, 70_000)).toEqual([0, 2, 32, 62, 70])
})

test('something new begins with short waits, and without the former progress', async () => {
  const looks = await looksOf((seconds, { restart, mark }) => {
    if (seconds < 70) mark('nodes', seconds, 1_000)
    if (seconds === 64) restart()
    return seconds > 70
  })
  expect(looks.slice(-5)).toEqual([64, 66, 68, 70, 72])
})
