const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** A duration for people, in its two largest units: `850ms`, `42s`, `7m 32s`, `2h 05m`, `27h 00m`. Below 0 counts as 0. */
export function elapsedText(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  if (whole > 0 && whole < SECOND_MS) return `${whole}ms`
  const seconds = Math.round(whole / SECOND_MS)
  if (seconds < 60) return `${seconds}s`
  if (seconds < HOUR_MS / SECOND_MS) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`
  const minutes = Math.floor((whole + MINUTE_MS / 2) / MINUTE_MS)
  return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`
}

/** `12:05` since the start, minutes and seconds, as the lines of the log begin. */
export function timeSince(startedAt: number, now: number): string {
  const seconds = Math.floor((now - startedAt) / SECOND_MS)
  return `${String(Math.floor(seconds / 60)).padStart(3)}:${two(seconds % 60)}`
}

const two = (value: number): string => String(value).padStart(2, '0')
