/** Errors that come as JSON inside of another error's text, as Resource Manager and Batch relay those of other services. */

export type CodeAndMessage = { code: string; message: string }

/** Nested no deeper than this, whatever is sent. */
const DEEPEST = 4
/** Longer ones are no error's JSON. */
const LONGEST = 100_000

/** The innermost errors of a text that is JSON, or that ends with it: they say most. Empty where it is plain text. */
export function relayedErrors(text: string, depth = 0): CodeAndMessage[] {
  const begins = text.indexOf('{')
  if (begins === -1 || depth >= DEEPEST || text.length > LONGEST) return []
  const parsed = parse(text.slice(begins))
  return parsed === undefined ? [] : errorsIn(parsed, depth)
}

function errorsIn(value: unknown, depth: number): CodeAndMessage[] {
  if (typeof value !== 'object' || value === null || depth >= DEEPEST) return []
  const { error, code, message, details } = value as Record<string, unknown>
  if (typeof error === 'object') return errorsIn(error, depth + 1)
  const inner = Array.isArray(details) ? details.flatMap(detail => errorsIn(detail, depth + 1)) : []
  if (typeof code !== 'string') return inner
  const said = typeof message === 'string' ? message : ''
  const relayed = relayedErrors(said, depth + 1)
  return [...inner, ...relayed, ...(relayed.length > 0 ? [] : [{ code, message: said }])]
}

/** `Provider Error Json Truncated`: Batch cuts long ones; what is left of such a text is looked at as text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.slice(0, text.lastIndexOf('}') + 1)) as unknown
  } catch {
    return undefined
  }
}
