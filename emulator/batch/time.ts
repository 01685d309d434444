/** Ticks are .NET's: 100 ns since year 1, which is what Batch's ETags are made of. */

const TICKS_PER_MS = 10_000n
const UNIX_EPOCH_TICKS = 621_355_968_000_000_000n

export function ticksOf(ms: number): bigint {
  return BigInt(Math.round(ms)) * TICKS_PER_MS + UNIX_EPOCH_TICKS
}

export function msOfTicks(ticks: bigint): number {
  return Number((ticks - UNIX_EPOCH_TICKS) / TICKS_PER_MS)
}

/** As Batch writes it: up to seven digits of fraction, without trailing zeros. */
export function isoOfTicks(ticks: bigint): string {
  return iso(msOfTicks(ticks), String(ticks % 10_000_000n).padStart(7, '0'))
}

export function isoOf(ms: number): string {
  const whole = Math.round(ms)
  return iso(whole, String(whole - Math.floor(whole / SECOND_MS) * SECOND_MS).padStart(3, '0'))
}

/** @param digits those below the second */
function iso(ms: number, digits: string): string {
  const second = Math.floor(ms / SECOND_MS) % DAY_S
  const fraction = digits.replace(/0+$/, '')
  const time = [second / 3_600, (second / 60) % 60, second % 60].map(part => String(Math.floor(part)).padStart(2, '0'))
  return `${dayOf(ms)}T${time.join(':')}${fraction === '' ? '' : `.${fraction}`}Z`
}

const SECOND_MS = 1_000
const DAY_S = 86_400
const days = new Map<number, string>()

/** Lists of nodes are full of times, and all of a world are of a few days. */
function dayOf(ms: number): string {
  const day = Math.floor(ms / (DAY_S * SECOND_MS))
  const known = days.get(day) ?? new Date(day * DAY_S * SECOND_MS).toISOString().slice(0, 10)
  days.set(day, known)
  return known
}

/** `0x8DE…`: recorded ETags are the ticks of `lastModified`. */
export function etagOfTicks(ticks: bigint): string {
  return `0x${ticks.toString(16).toUpperCase()}`
}

/** Ticks of an ETag in any of its dresses (`W/"0x8D…"`, `"0x8D…"`, `0x8D…`). */
export function ticksOfEtag(etag: string): bigint | undefined {
  const match = /0x[0-9a-f]+/i.exec(etag)
  return match === null ? undefined : BigInt(match[0])
}

/** As in the header `Last-Modified`. */
export function httpDate(ms: number): string {
  return new Date(ms).toUTCString()
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** Ms of an ISO 8601 duration of days and smaller; undefined when it isn't one. */
export function durationMs(text: string): number | undefined {
  const match = DURATION.exec(text)
  if (match === null || /^P$|T$/.test(text)) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(part => Number(part ?? 0))
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
}
