/** Times of day for people. */

/** `2026-11-23 07:05 UTC`: the minute that has begun. */
export function utc(at: number): string {
  return `${isoOf(at).slice(0, 16)} UTC`
}

/** `2026-11-23 07:05:17 UTC` */
export function utcSeconds(at: number): string {
  return `${isoOf(at).slice(0, 19)} UTC`
}

const isoOf = (at: number): string => new Date(at).toISOString().replace('T', ' ')
