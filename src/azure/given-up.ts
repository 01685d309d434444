/** When trying once more has no sense, and how that is told. Pure. */
import { elapsedText } from '../shared/elapsed.ts'
import { utcSeconds } from '../shared/utc.ts'
import type { Trouble } from './trouble.ts'

export type Wait = {
  trouble: Trouble
  /** Until the next try. */
  waitMs: number
  now: number
  /** When this kind of trouble began. */
  since: number
  tries: number
  /** When whoever waits ends, in ms since the epoch. */
  endsAt: number | undefined
  patienceMs: number
}

export type GivenUp = {
  /** What Azure asked for, or how long it was tried. */
  text: string
  /** Before that another try has no sense, in ms since the epoch. */
  notBefore?: number
}

/** A time that Azure names is waited for as long as the run lasts, be it an hour; what it doesn't name, until the patience ends. */
export function giveUp({ trouble, waitMs, now, since, tries, endsAt, patienceMs }: Wait): GivenUp | undefined {
  const { askedMs } = trouble
  const asked =
    askedMs === undefined ? '' : `Azure asks to wait ${elapsedText(askedMs)}, until ${utcSeconds(now + askedMs)}`
  const notBefore = askedMs === undefined ? {} : { notBefore: now + askedMs }
  if (askedMs !== undefined && endsAt !== undefined && now + askedMs >= endsAt) {
    const text = `${asked}, and this run ends at ${utcSeconds(endsAt)}${limitsText(trouble)}`
    return { text, ...notBefore }
  }
  if (now - since + (askedMs === undefined ? waitMs : 0) < patienceMs) return undefined
  const long = `so for ${elapsedText(now - since)}, in ${tries} tries`
  return { text: `${long}${asked === '' ? '' : `; ${asked}`}${limitsText(trouble)}`, ...notBefore }
}

/** For the log, of a wait that goes on. */
export function waitsText({ trouble, waitMs, now, since, patienceMs }: Wait): string {
  const what =
    trouble.kind === 'throttled'
      ? `too many requests (429)${limitsText(trouble)}`
      : `no usable answer (${trouble.answered})`
  const long = now > since ? `, for ${elapsedText(now - since)} now` : ''
  const next = `sent again at ${utcSeconds(now + waitMs)}`
  return trouble.askedMs === undefined
    ? `${what}${long}; ${next}, and given up at ${utcSeconds(since + patienceMs)}`
    : `${what}${long}; Azure asks to wait ${elapsedText(waitMs)}: ${next}`
}

function limitsText({ limits }: Trouble): string {
  return limits.length === 0 ? '' : `; used up: ${limits.join(', ')}`
}
