/** Durations as inputs and people write them; `iso8601.ts` has Azure’s form. */

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

type Unit = keyof typeof UNITS_MS

const isUnit = (text: string | undefined): text is Unit => text !== undefined && Object.hasOwn(UNITS_MS, text)

/** `90s`, `20m`, `5h` or `7d` in milliseconds; undefined for anything else. One number and one unit, no fractions. */
export function parseDurationMs(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  return isUnit(unit) ? Number(digits) * UNITS_MS[unit] : undefined
}

/** The shortest of `90s`, `20m`, `5h`, `7d` that is exact; below a second in `ms`. */
export function formatDurationMs(ms: number): string {
  const unit = (['d', 'h', 'm', 's'] as const).find(candidate => ms % UNITS_MS[candidate] === 0 && ms !== 0)
  if (ms === 0) return '0s'
  return unit === undefined ? `${ms}ms` : `${ms / UNITS_MS[unit]}${unit}`
}
