/** Durations as Azure writes them: ISO 8601, from days to seconds. */

const PATTERN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** Milliseconds; undefined when `text` isn't a duration of days, hours, minutes and seconds. */
export function parseIso8601Ms(text: string): number | undefined {
  const match = PATTERN.exec(text)
  if (match === null || text.endsWith('P') || text.endsWith('T')) return undefined
  const [days, hours, minutes, seconds] = match.slice(1).map(part => Number(part ?? 0)) as [
    number,
    number,
    number,
    number
  ]
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
}

/** Whole seconds, rounded up: `PT30M`, `PT1H30M`, `PT45S`. */
export function formatIso8601(ms: number): string {
  const total = Math.ceil(ms / 1_000)
  const parts = [
    [Math.floor(total / 3_600), 'H'],
    [Math.floor((total % 3_600) / 60), 'M'],
    [total % 60, 'S']
  ] as const
  const text = parts.flatMap(([value, unit]) => (value === 0 ? [] : [`${value}${unit}`])).join('')
  return text === '' ? 'PT0S' : `PT${text}`
}
