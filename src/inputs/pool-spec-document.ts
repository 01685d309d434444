import {
  Composer,
  type CST,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  type Document,
  type Node
} from 'yaml'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { messageOf } from '../shared/text.ts'
import { structureFaults, type Fault } from './pool-spec-structure.ts'

export type Path = readonly (string | number)[]

type PoolSpecDocument = { root: JsonObject; lineOf: (path: Path) => number | undefined }

/** A pool takes kilobytes. */
const MOST_CHARACTERS = 1_048_576
const MOST_DEPTH = 100
/** Of the lexer's own, between pieces of the text: a document begins, a list ends by an error, a scalar follows. */
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f'])

/** Reads the one object that a YAML or JSON text holds, in linear time. Where it can't, all problems with line and column. */
export function readPoolSpecDocument(text: string): PoolSpecDocument | { problems: string[] } {
  if (text.length > MOST_CHARACTERS) {
    return { problems: [`is ${text.length} characters long; ${MOST_CHARACTERS} at most, as no pool needs more`] }
  }
  const lines = new LineCounter()
  const told = (faults: readonly Fault[]): { problems: string[] } => ({
    problems: faults.map(({ at, message }) => {
      const { line, col } = lines.linePos(at)
      return `line ${line}, column ${col}: ${sentence(message)}`
    })
  })
  const documents = documentsIn(text, lines)
  if (!Array.isArray(documents)) return told([documents])
  const [document] = documents
  const faults = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])
  if (faults.length > 0) return told(faults.map(({ message, pos: [at] }) => ({ at, message })))
  if (document === undefined || document.contents === null) return { problems: ['is empty; a pool spec is expected'] }
  if (documents.length > 1) return { problems: [`holds ${documents.length} documents; one pool spec is expected`] }
  const wrong = structureFaults(document.contents)
  return wrong.length > 0 ? told(wrong) : readRoot(document, lines)
}

/** A fault where it is nested too deeply: what comes after goes down level by level, and the stack has an end. */
function documentsIn(text: string, lines: LineCounter): Document.Parsed[] | Fault {
  lines.addNewLine(0)
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  let at = 0
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    if (!MARKS.has(lexeme)) at += lexeme.length
    // The document itself, and what is just being read, are on it too.
    if (parser.stack.length > MOST_DEPTH + 2) {
      return { at: at - lexeme.length, message: `is nested too deeply; ${MOST_DEPTH} levels at most` }
    }
  }
  tokens.push(...parser.end())
  // Its own look for keys that are there twice takes the square of their number.
  return withoutStacks(() => [...new Composer({ prettyErrors: false, uniqueKeys: false }).compose(tokens)])
}

/** A stack for each error takes longer than all the rest: a megabyte of commas has as many errors. */
function withoutStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return work()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

function readRoot(document: Document, lines: LineCounter): PoolSpecDocument | { problems: string[] } {
  try {
    const root: unknown = document.toJS()
    if (!isJsonObject(root)) {
      const kind = Array.isArray(root) ? 'a list' : root === null ? 'null' : `a ${typeof root}`
      const hint = typeof root === 'string' ? '; the path of a file goes to pool-spec' : ''
      return { problems: [`is ${kind}; an object with name and properties is expected${hint}`] }
    }
    const pairs = pairFinder()
    return { root, lineOf: path => lineOf(document.contents, path, { lines, pairs }) }
  } catch (error) {
    return { problems: [sentence(aliasMessage(messageOf(error)))] }
  }
}

/** The library's word for aliases of aliases that stand for more than memory holds. */
const aliasMessage = (message: string): string =>
  /excessive alias/i.test(message) ? 'has aliases that stand for too much; write out what they name' : message

type Pair = { key: unknown; value: unknown }
type PairFinder = (map: { items: readonly Pair[] }, name: string | number) => Pair | undefined

/** Each map is read once, however many of its properties are asked for. */
function pairFinder(): PairFinder {
  const known = new Map<object, Map<string | number, Pair>>()
  return (map, name) => {
    let pairs = known.get(map)
    if (pairs === undefined) {
      pairs = new Map(map.items.flatMap(pair => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])))
      known.set(map, pairs)
    }
    return pairs.get(name)
  }
}

type Places = { lines: LineCounter; pairs: PairFinder }

/** The line of the innermost part of `path` that is there; 1-based. */
function lineOf(root: unknown, path: Path, { lines, pairs }: Places): number | undefined {
  let node = root
  let found: Node | undefined
  for (const segment of path) {
    if (isMap(node)) {
      const pair = pairs(node, segment)
      if (pair === undefined || !isNode(pair.key)) break
      found = pair.key
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(segment)]
      if (!isNode(node)) break
      found = node
    } else break
  }
  return found?.range ? lines.linePos(found.range[0]).line : undefined
}

const sentence = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
