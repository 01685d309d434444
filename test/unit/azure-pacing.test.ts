import { expect, test } from '@jest/globals'
import { nextPollMs, pollPace } from '../../src/azure/pacing.ts'

test.each([
  { says: 'the first wait is short', polls: 1, elapsedMs: 0, longestMs: 30_000, waitMs: 2_000 },
  { says: 'the second is half as long again', polls: 2, elapsedMs: 2_000, longestMs: 30_000, waitMs: 3_000 },
  { says: 'and so on', polls: 4, elapsedMs: 9_500, longestMs: 30_000, waitMs: 6_750 },
  { says: 'none is longer than poll-interval', polls: 40, elapsedMs: 1_000_000, longestMs: 30_000, waitMs: 30_000 },
  { says: 'not even the first', polls: 1, elapsedMs: 0, longestMs: 1_000, waitMs: 1_000 },
  {
    says: 'Retry-After is obeyed beyond it',
    polls: 1,
    elapsedMs: 0,
    retryAfterMs: 60_000,
    longestMs: 30_000,
    waitMs: 60_000
  },
  { says: 'and below it', polls: 9, elapsedMs: 20_000, retryAfterMs: 1_000, longestMs: 30_000, waitMs: 1_000 },
  { says: 'Retry-After: 0 says nothing', polls: 1, elapsedMs: 0, retryAfterMs: 0, longestMs: 30_000, waitMs: 2_000 },
  { says: 'the 45th look is in the bucket', polls: 44, elapsedMs: 0, longestMs: 100, waitMs: 100 },
  { says: 'the 46th waits for the refill', polls: 45, elapsedMs: 1_000, longestMs: 100, waitMs: 3_000 }
])('$says: $waitMs ms after $polls looks in $elapsedMs ms', ({ waitMs, says: _, ...state }) => {
  expect(nextPollMs(state)).toBe(waitMs)
})

test('over an hour Compute is never asked more often than 45 times and 15 a minute', () => {
  let now = 0
  const pace = pollPace({ longestMs: 500, now: () => now })
  const looks: number[] = []
  while (now < 3_600_000) {
    looks.push(now)
    now += pace()
  }
  const granted = looks.map((at, index) => 45 + at / 4_000 - (index + 1))
  expect(Math.min(...granted)).toBeGreaterThanOrEqual(0)
})
