/** A text as it is, and as it reads once what was done to it on its way is undone: escaped in JSON or code, for HTML, in a URL, quoted. */

export type DecodedText = {
  text: string
  /** By index of `text`: where in the text as it was given that unit begins, and where it ends. */
  startOf(index: number): number
  endOf(index: number): number
}

/** Each layer of escapes is undone on its own; nobody writes more than this. */
const MOST_LAYERS = 4

/**
 * Escapes of JSON and of code, a percent-encoded character (UTF-8), HTML's entities, the tags around a sign that GitHub would read
 * (`escape.ts`), a quote that stands twice, as OData has it; and what is left of an escape in which the text was cut.
 */
const ESCAPE = new RegExp(
  [
    String.raw`\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|["'\\/bfnrt])`,
    '%(?:[0-7][0-9a-f]|[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3})',
    String.raw`&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);`,
    '</?span>',
    `''|""`,
    String.raw`(?:\\(?:u[0-9a-f]{0,3}|x[0-9a-f]?)?|%[0-9a-f]?|&(?:#x?[0-9a-f]{0,6}|[a-z]{0,4}))(?=…|\.{3})`
  ].join('|'),
  'gi'
)
const HAS_ESCAPE = /[\\%&<]|''|""/

/** As it is written first, then with one layer of escapes less each time, as long as there are any. */
export function decodedLayers(raw: string): DecodedText[] {
  const layers = [{ text: raw, startOf: (index: number) => index, endOf: (index: number) => index + 1 }]
  for (let text = layers[0]; text !== undefined && layers.length <= MOST_LAYERS;) {
    text = withoutOneLayer(text)
    if (text !== undefined) layers.push(text)
  }
  return layers
}

/** Undefined where nothing is escaped. */
function withoutOneLayer(layer: DecodedText): DecodedText | undefined {
  return HAS_ESCAPE.test(layer.text) ? replaced(layer, ESCAPE, meaningOf) : undefined
}

/** A blank may have become the end of a line, or several, or the plus of a form: whatever they are, they are one blank. */
export function withEvenBlanks(layer: DecodedText): DecodedText {
  return replaced(layer, /[\s+]+/g, () => ' ') ?? layer
}

/** Undefined where nothing matches. */
function replaced(
  { text, startOf, endOf }: DecodedText,
  what: RegExp,
  by: (match: string) => string
): DecodedText | undefined {
  const parts: string[] = []
  /** Index in the new text from which on an offset holds; between two of them a match has become something else. */
  const pieces: Piece[] = []
  let [read, written] = [0, 0]
  const put = (part: string, from: number, to: number, isCopy: boolean): void => {
    if (part === '') return
    pieces.push({ at: written, from, to, isCopy })
    parts.push(part)
    written += part.length
  }
  for (const match of text.matchAll(what)) {
    const end = match.index + match[0].length
    put(text.slice(read, match.index), read, match.index, true)
    put(by(match[0]), match.index, end, false)
    read = end
  }
  if (read === 0) return undefined
  put(text.slice(read), read, text.length, true)
  const at = (index: number): { from: number; to: number } => {
    const piece = pieceAt(pieces, index)
    const from = piece.from + (index - piece.at)
    return piece.isCopy ? { from, to: from + 1 } : piece
  }
  return {
    text: parts.join(''),
    startOf: index => startOf(at(index).from),
    endOf: index => endOf(at(index).to - 1)
  }
}

/** What begins at `at` of the new text stood from `from` to `to` in the old one: unit by unit where it is a copy. */
type Piece = { at: number; from: number; to: number; isCopy: boolean }

function pieceAt(pieces: readonly Piece[], index: number): Piece {
  let [low, high] = [0, pieces.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((pieces[middle]?.at ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return pieces[low] ?? { at: 0, from: 0, to: 0, isCopy: true }
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const CONTROLS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function meaningOf(escape: string): string {
  const rest = escape.slice(1).toLowerCase()
  switch (escape.charAt(0)) {
    case '\\':
      if (/^(?:u.{4}|x..)$/.test(rest)) return String.fromCharCode(parseInt(rest.slice(1), 16))
      return rest.length > 1 || /[ux]/.test(rest) ? '' : (CONTROLS[rest] ?? rest)
    case '%':
      if (rest.length < 2) return ''
      return Buffer.from(escape.replaceAll('%', ''), 'hex').toString()
    case '&':
      if (!rest.endsWith(';')) return ''
      return rest.startsWith('#') ? characterOf(rest.slice(1, -1)) : (NAMED[rest.slice(0, -1)] ?? '')
    case "'":
    case '"':
      return rest
    default:
      return ''
  }
}

/** @param number `39`, or `x27` */
function characterOf(number: string): string {
  const code = number.startsWith('x') ? parseInt(number.slice(1), 16) : parseInt(number, 10)
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}
