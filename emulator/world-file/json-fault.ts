/** Where a text stops being JSON, and what is needed there. Lines and columns count from 1. */
export type JsonFault = { line: number; column: number; needed: string; got: string }

/** JSON.parse names no place for most mistakes. Undefined where the text is JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    const end = valueEnd(text, 0)
    if (skipSpace(text, end) < text.length) throw new Stop(skipSpace(text, end), 'the end')
    return undefined
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop
    const lines = text.slice(0, stop.at).split('\n')
    const got = /^[^\n]{0,20}/.exec(text.slice(stop.at))?.[0] ?? ''
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, needed: stop.needed, got }
  }
}

class Stop extends Error {
  readonly at: number
  readonly needed: string
  constructor(at: number, needed: string) {
    super(needed)
    this.at = at
    this.needed = needed
  }
}

const SPACE = /[ \t\r\n]*/y
/** No control characters, which begin below the space. */
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** The end of what `pattern` matches at `at`; undefined where it doesn't. */
function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

const skipSpace = (text: string, at: number): number => matchEnd(SPACE, text, at) ?? at

function valueEnd(text: string, from: number): number {
  const at = skipSpace(text, from)
  if (text[at] === '{') return itemsEnd(text, at, { close: '}', item: memberEnd })
  if (text[at] === '[') return itemsEnd(text, at, { close: ']', item: valueEnd })
  return matchEnd(STRING, text, at) ?? matchEnd(SCALAR, text, at) ?? stop(at, 'a value')
}

function memberEnd(text: string, from: number): number {
  const at = skipSpace(text, from)
  const name = matchEnd(STRING, text, at) ?? stop(at, 'a name in double quotes')
  return valueEnd(text, after(text, name, ':'))
}

type Items = { close: string; item(text: string, from: number): number }

function itemsEnd(text: string, open: number, { close, item }: Items): number {
  const first = skipSpace(text, open + 1)
  if (text[first] === close) return first + 1
  let at = item(text, first)
  for (;;) {
    const next = skipSpace(text, at)
    if (text[next] === close) return next + 1
    if (text[next] !== ',') return stop(next, `"," or "${close}"`)
    at = item(text, next + 1)
  }
}

function after(text: string, from: number, mark: string): number {
  const at = skipSpace(text, from)
  return text[at] === mark ? at + 1 : stop(at, `"${mark}"`)
}

function stop(at: number, needed: string): never {
  throw new Stop(at, needed)
}
