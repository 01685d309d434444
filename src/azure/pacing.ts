/** How often Azure may be asked how far it is. Pure: the caller keeps count and time. */

/** Compute grants each operation a bucket of 45 looks that refills by 15 a minute (recorded `GetOperationResource;44`; throttling limits of 2024-05-27). */
const BUCKET = 45
const REFILL_MS = 60_000 / 15
const FIRST_MS = 2_000
const GROWTH = 1.5

export type PollState = {
  /** Looks so far, this one included. */
  polls: number
  /** Since the first look. */
  elapsedMs: number
  /** What Azure asked for in its last answer; obeyed as it is. Undefined or 0: nothing. */
  retryAfterMs?: number | undefined
  /** Upper bound of a wait that Azure didn't ask for; only the bucket goes beyond it. */
  longestMs: number
}

/** Ms to wait until the next look. */
export function nextPollMs({ polls, elapsedMs, retryAfterMs, longestMs }: PollState): number {
  if (retryAfterMs !== undefined && retryAfterMs > 0) return retryAfterMs
  const grown = Math.min(FIRST_MS * GROWTH ** Math.max(0, polls - 1), longestMs)
  const granted = (polls + 1 - BUCKET) * REFILL_MS - elapsedMs
  return Math.round(Math.max(grown, granted))
}

/** Keeps the count of one loop: call it after each look; it returns the ms to wait until the next. */
export function pollPace({ longestMs, now }: { longestMs: number; now(): number }): (retryAfterMs?: number) => number {
  const startedAt = now()
  let polls = 0
  return retryAfterMs => nextPollMs({ polls: ++polls, elapsedMs: now() - startedAt, retryAfterMs, longestMs })
}
