/** Times as Azure writes them: seven fractional digits and the offset of the place that wrote it. */
export function azureTime(at: number, offsetHours = 0): string {
  const local = new Date(at + offsetHours * 3_600_000).toISOString().slice(0, -1)
  const sign = offsetHours < 0 ? '-' : '+'
  return `${local}${belowMs(at)}${sign}${String(Math.abs(offsetHours)).padStart(2, '0')}:00`
}

/** The digits below a millisecond, the same for the same millisecond. */
function belowMs(at: number): string {
  return String(1 + ((Math.trunc(at) * 7919) % 9999)).padStart(4, '0')
}
