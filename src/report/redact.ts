/** Keeps secrets out of whatever is written: those that are known by value, and those that are known by their shape. */
import { oneLine } from '../shared/plain-text.ts'
import { type DecodedText, decodedLayers, withEvenBlanks } from './decoded-text.ts'
import { SecretSearch, type Span } from './secret-search.ts'

const HIDDEN = '(hidden)'

/** Shorter ones would tear holes into words that only look like them; GitHub's own mask still covers those in the log. */
const SHORTEST_SECRET = 6
/** Of a secret that was cut off: more must be left of its end, as the words after an ellipsis are often a sentence's own. */
const SHORTEST_BEGINNING = 3
const SHORTEST_ENDING = 6

/**
 * By shape: JSON Web Tokens; bearer tokens; the signed parts of SAS URLs and of Azure's operation URLs (`c`, `s`, `h`; recorded);
 * parts of connection strings; account keys of Storage and Batch (64 bytes in Base64). What the first group matches stays. None begins
 * again within what it has read in vain, so that a hostile text takes no longer than another.
 */
const SHAPES: readonly RegExp[] = [
  /()(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  /\b(Bearer\s)\s*[\w.~+/=-]{16,}/gi,
  /([?&](?:amp;)?(?:sig|signature|code|c|s|h|token|key|secret|password)=)[^&\s"'<>\\]+/gi,
  /\b(sig=)[^&;\s"'<>\\(]+/gi,
  /\b((?:AccountKey|SharedAccessKey|SharedAccessSignature|client_secret|client_assertion|password|pwd)=)[^;&\s"'<>\\(]+/gi,
  /()(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g
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

/** Texts are compared by what they mean, however they were escaped on their way here, several times over too. */
export function redactor(): Redactor {
  const secrets = new Set<string>()
  let known: Known | undefined
  const text = (raw: string): string => {
    if (secrets.size === 0 && !HINTS_AT_SHAPE.test(raw)) return raw
    const { beginnings, endings } = (known ??= knownBy(secrets))
    const spans = decodedLayers(raw).flatMap(layer => {
      const even = withEvenBlanks(layer)
      return [...shapesIn(layer), ...inRaw(even, [...beginningsIn(even, beginnings), ...endingsIn(even, endings)])]
    })
    return withoutSpans(raw, spans)
  }
  return {
    hide: secret => {
      if (secret.trim().length < SHORTEST_SECRET || secrets.has(secret)) return
      secrets.add(secret)
      known = undefined
    },
    text,
    deep: value => mapStrings(value, text) as typeof value
  }
}

type Known = { beginnings: SecretSearch; endings: SecretSearch }

/** A secret as it was given, as one line, and each of its lines; each also as it reads without escapes of its own. */
function knownBy(secrets: ReadonlySet<string>): Known {
  const forms = [...secrets].flatMap(secret => [secret, oneLine(secret), ...secret.split(/\r?\n/)])
  const readings = new Set(forms.flatMap(form => decodedLayers(form).map(layer => withEvenBlanks(layer).text)))
  const searched = [...readings].filter(reading => reading.trim().length >= SHORTEST_SECRET)
  return { beginnings: new SecretSearch(searched), endings: new SecretSearch(searched.map(reversed)) }
}

/** Where a text was cut: `…`, or three dots. */
const CUT = /…|\.{3}/

/** Whole secrets, and what is left of one that was cut off. */
function beginningsIn({ text }: DecodedText, search: SecretSearch): Span[] {
  return search.find(text, at => isCutAt(text, at), SHORTEST_BEGINNING)
}

/** What is left of a secret whose beginning was cut off: read from the end, it is cut where the dots begin. */
function endingsIn({ text }: DecodedText, search: SecretSearch): Span[] {
  if (!CUT.test(text)) return []
  const backwards = reversed(text)
  return search
    .find(backwards, at => isCutAt(backwards, at), SHORTEST_ENDING)
    .map(([start, end]) => [text.length - end, text.length - start])
}

/** What may stand between a text and the dots: `"bat"...`, `bat [...]`. */
const CUT_HERE = /[ "'()[\]{}<>]{0,3}(?:…|\.{3})/y

function isCutAt(text: string, at: number): boolean {
  CUT_HERE.lastIndex = at
  return CUT_HERE.test(text)
}

/** By UTF-16 units: nobody reads it. */
const reversed = (text: string): string => text.split('').reverse().join('')

function shapesIn(layer: DecodedText): Span[] {
  if (!HINTS_AT_SHAPE.test(layer.text)) return []
  const found = SHAPES.flatMap(shape =>
    [...layer.text.matchAll(shape)].map(({ 0: whole, 1: kept = '', index }): Span => [
      index + kept.length,
      index + whole.length
    ])
  )
  return inRaw(layer, found)
}

const inRaw = ({ startOf, endOf }: DecodedText, spans: readonly Span[]): Span[] =>
  spans.map(([start, end]) => [startOf(start), endOf(end - 1)])

/** What overlaps is hidden as one. */
function withoutSpans(raw: string, spans: readonly Span[]): string {
  const parts: string[] = []
  let read = 0
  for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
    if (start >= read) parts.push(raw.slice(read, start), HIDDEN)
    read = Math.max(read, end)
  }
  return parts.length === 0 ? raw : parts.join('') + raw.slice(read)
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(item => mapStrings(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]))
}
