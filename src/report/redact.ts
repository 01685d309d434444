/** Keeps secrets out of whatever is written: those that are known by value, and those that are known by their shape. */
import { oneLine } from '../shared/plain-text.ts'
import { htmlText, markdownText } from './escape.ts'

export const HIDDEN = '(hidden)'

/** Shorter ones would tear holes into words that only look like them; GitHub's own mask still covers those in the log. */
const SHORTEST_SECRET = 6

/**
 * By shape: JSON Web Tokens; bearer tokens; the signed parts of SAS URLs and of Azure's operation URLs (`c`, `s`, `h`; recorded);
 * parts of connection strings; account keys of Storage and Batch (64 bytes in Base64).
 */
const SHAPES: readonly [shape: RegExp, left: string][] = [
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, HIDDEN],
  [/\b(Bearer\s+)[\w.~+/=-]{16,}/gi, `$1${HIDDEN}`],
  [/([?&](?:amp;)?(?:sig|signature|code|c|s|h|token|key|secret|password)=)[^&\s"'<>\\]+/gi, `$1${HIDDEN}`],
  [/\b(sig=)[^&;\s"'<>\\(]+/gi, `$1${HIDDEN}`],
  [
    /\b((?:AccountKey|SharedAccessKey|SharedAccessSignature|client_secret|client_assertion|password|pwd)=)[^;&\s"'<>\\(]+/gi,
    `$1${HIDDEN}`
  ],
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g, HIDDEN]
]
/** Where none of this is, no shape can be. */
const HINTS_AT_SHAPE = /eyJ|=|Bearer/i

export type Redactor = {
  /** From now on this is hidden. */
  hide(secret: string): void
  text(text: string): string
  /** A copy in which every string, at any depth, is without secrets. */
  deep<T>(value: T): T
}

export function redactor(): Redactor {
  const secrets = new Set<string>()
  let known: RegExp | undefined
  const text = (raw: string): string => {
    const kept = known === undefined ? raw : withoutBeginnings(raw.replace(known, HIDDEN), secrets)
    return HINTS_AT_SHAPE.test(kept)
      ? SHAPES.reduce((left, [shape, replacement]) => left.replace(shape, replacement), kept)
      : kept
  }
  return {
    hide: secret => {
      if (secret.trim().length < SHORTEST_SECRET || secrets.has(secret)) return
      secrets.add(secret)
      known = anyOf([...secrets].flatMap(formsOf))
    },
    text,
    deep: value => mapStrings(value, text) as typeof value
  }
}

/** A secret as it was, as the places write it that a text goes to, and each of its lines. */
function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter(line => line.trim().length >= SHORTEST_SECRET)
  const forms = [secret, oneLine(secret), ...lines].flatMap(form => [
    form,
    JSON.stringify(form).slice(1, -1),
    encodeURIComponent(form.toWellFormed()),
    htmlText(form),
    markdownText(form)
  ])
  return [...new Set(forms)]
}

/** The longest first; a blank in a secret may have become the end of a line. */
function anyOf(forms: readonly string[]): RegExp {
  const literal = (form: string): string => form.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+')
  return new RegExp(
    [...forms]
      .sort((a, b) => b.length - a.length)
      .map(literal)
      .join('|'),
    'g'
  )
}

/** A text that was cut may end within a secret: `…` marks the place. */
function withoutBeginnings(text: string, secrets: ReadonlySet<string>): string {
  if (!text.includes('…') || secrets.size === 0) return text
  return text.replace(/[^…]+(?=…)/g, part => {
    const lengths = [...secrets].map(secret => lengthOfBeginning(part, secret))
    const longest = Math.max(...lengths)
    return longest < SHORTEST_SECRET / 2 ? part : `${part.slice(0, -longest)}${HIDDEN}`
  })
}

function lengthOfBeginning(part: string, secret: string): number {
  for (let length = Math.min(part.length, secret.length); length > 0; length--) {
    if (part.endsWith(secret.slice(0, length))) return length
  }
  return 0
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(item => mapStrings(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]))
}
