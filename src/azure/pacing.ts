/** When to look next at what Azure is doing. Pure: the caller keeps count and time. */

/** Compute grants each operation a bucket of 45 looks that refills by 15 a minute (recorded `GetOperationResource;44`; throttling limits of 2024-05-27). */
const BUCKET = 45
const REFILL_MS = 60_000 / 15
const LEAST_MS = 2_000
/** Of the time that has passed: a wait that nothing is known of ends at most so much too late. */
const SHARE = 1 / 10

/** What is known of how long it will still take. */
export type Estimate = {
  remainingMs: number
  /** Since progress was last seen: an estimate that doesn't come true counts for less and less. */
  stillMs: number
}

type PollState = {
  /** Looks so far, this one included. */
  polls: number
  /** Since the first look. */
  elapsedMs: number
  /** What Azure asked for in its last answer; obeyed as it is. Undefined or 0: nothing. */
  retryAfterMs?: number | undefined
  /** Without one, the wait is a share of the time that has passed. */
  estimate?: Estimate | undefined
  /** Upper bound of a wait that Azure didn't ask for; only the bucket goes beyond it. */
  longestMs: number
}

/** Ms to wait until the next look. */
export function nextPollMs({ polls, elapsedMs, retryAfterMs, estimate, longestMs }: PollState): number {
  if (retryAfterMs !== undefined && retryAfterMs > 0) return retryAfterMs
  const { remainingMs, stillMs } = estimate ?? { remainingMs: 0, stillMs: elapsedMs }
  const wanted = Math.min(Math.max(remainingMs, stillMs * SHARE, LEAST_MS), longestMs)
  const granted = (polls + 1 - BUCKET) * REFILL_MS - elapsedMs
  return Math.ceil(Math.max(wanted, granted))
}

type Hint = { retryAfterMs?: number | undefined; estimate?: Estimate | undefined }

/** Keeps the count of one loop: call it after each look; it returns the ms to wait until the next. */
export function pollPace({ longestMs, now }: { longestMs: number; now(): number }): (hint?: Hint) => number {
  const startedAt = now()
  let polls = 0
  return hint => nextPollMs({ polls: ++polls, elapsedMs: now() - startedAt, longestMs, ...hint })
}
