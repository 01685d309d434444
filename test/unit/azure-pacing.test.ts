import { expect, test } from '@jest/globals'
import { nextPollMs, pollPace } from '../../src/azure/pacing.ts'

const LONGEST = { longestMs: 30_000 }

test.each([
  { says: 'the first wait is short', polls: 1, elapsedMs: 0, ...LONGEST, waitMs: 2_000 },
  { says: 'so are those that follow', polls: 5, elapsedMs: 8_000, ...LONGEST, waitMs: 2_000 },
  { says: 'a wait is a tenth of what has passed', polls: 20, elapsedMs: 90_000, ...LONGEST, waitMs: 9_000 },
  { says: 'none is longer than poll-interval', polls: 40, elapsedMs: 1_000_000, ...LONGEST, waitMs: 30_000 },
  { says: 'not even the first', polls: 1, elapsedMs: 0, longestMs: 1_000, waitMs: 1_000 },
  { says: 'Retry-After is obeyed beyond it', polls: 1, elapsedMs: 0, retryAfterMs: 60_000, ...LONGEST, waitMs: 60_000 },
  { says: 'and below it', polls: 9, elapsedMs: 20_000, retryAfterMs: 1_000, ...LONGEST, waitMs: 1_000 },
  { says: 'Retry-After: 0 says nothing', polls: 1, elapsedMs: 0, retryAfterMs: 0, ...LONGEST, waitMs: 2_000 },
  { says: 'the 45th look is in the bucket', polls: 44, elapsedMs: 0, longestMs: 100, waitMs: 100 },
  { says: 'the 46th waits for the refill', polls: 45, elapsedMs: 1_000, longestMs: 100, waitMs: 3_000 }
])('$says: $waitMs ms after $polls looks in $elapsedMs ms', ({ waitMs, says: _, ...state }) => {
  expect(nextPollMs(state)).toBe(waitMs)
})

test.each([
  { says: 'looks when it should be done', remainingMs: 7_500, stillMs: 0, waitMs: 7_500 },
  { says: 'not sooner than 2 s', remainingMs: 100, stillMs: 0, waitMs: 2_000 },
  { says: 'nor later than poll-interval', remainingMs: 90_000, stillMs: 0, waitMs: 30_000 },
  { says: 'believes it less the longer nothing moves', remainingMs: 0, stillMs: 60_000, waitMs: 6_000 }
])('an estimate $says', ({ remainingMs, stillMs, waitMs }) => {
  const estimate = { remainingMs, stillMs }
  expect(nextPollMs({ polls: 20, elapsedMs: 200_000, estimate, ...LONGEST })).toBe(waitMs)
})

test('Retry-After stands over an estimate', () => {
  const estimate = { remainingMs: 7_500, stillMs: 0 }
  expect(nextPollMs({ polls: 2, elapsedMs: 9_000, retryAfterMs: 15_000, estimate, ...LONGEST })).toBe(15_000)
})

test.each([500, 2_000, 30_000])(
  'over an hour Compute is never asked more often than 45 times and 15 a minute, at %d ms at most',
  longestMs => {
    let now = 0
    const pace = pollPace({ longestMs, now: () => now })
    const looks: number[] = []
    while (now < 3_600_000) {
      looks.push(now)
      now += pace({ estimate: { remainingMs: 1, stillMs: 0 } })
    }
    const granted = looks.map((at, index) => 45 + at / 4_000 - (index + 1))
    expect(Math.min(...granted)).toBeGreaterThanOrEqual(0)
  }
)

test('a wait that nothing is known of ends at most a tenth, or two seconds, too late', () => {
  const lateness = Array.from({ length: 280 }, (_, seconds) => {
    let now = 0
    const pace = pollPace({ ...LONGEST, now: () => now })
    while (now < seconds * 1_000) now += pace()
    return (now - seconds * 1_000) / Math.max(2_000, seconds * 100)
  })
  expect(Math.max(...lateness)).toBeLessThanOrEqual(1)
})
