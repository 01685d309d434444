/** When Azure wants to be asked again, in ms; undefined where it doesn't say. */
type Headers = { get(name: string): string | undefined }

/**
 * `retry-after-ms` and `x-ms-retry-after-ms` in ms, `retry-after` in seconds or as a date, which is held against Azure's own
 * Date, or against `now` where it tells none.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const ms = wholeNumber(headers.get(name))
    if (ms !== undefined) return ms
  }
  const text = headers.get('retry-after')
  const seconds = wholeNumber(text)
  if (seconds !== undefined) return seconds * 1_000
  const date = Date.parse(headers.get('date') ?? '')
  const wait = Date.parse(text ?? '') - (Number.isFinite(date) ? date : now)
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}
