import { isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from 'yaml'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { messageOf } from '../shared/text.ts'

export type Path = readonly (string | number)[]

export type PoolSpecDocument = { root: JsonObject; lineOf: (path: Path) => number | undefined }

/** Reads the one object that a YAML or JSON text holds. Where it can't, all problems with line and column. */
export function readPoolSpecDocument(text: string): PoolSpecDocument | { problems: string[] } {
  const lines = new LineCounter()
  const documents = [...parseAllDocuments(text, { lineCounter: lines, prettyErrors: false })]
  const [document] = documents
  const faults = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])
  if (faults.length > 0) {
    return {
      problems: faults.map(({ message, pos: [at] }) => {
        const { line, col } = lines.linePos(at)
        return `line ${line}, column ${col}: ${sentence(message)}`
      })
    }
  }
  if (document === undefined || document.contents === null) return { problems: ['is empty; a pool spec is expected'] }
  if (documents.length > 1) return { problems: [`holds ${documents.length} documents; one pool spec is expected`] }
  return readRoot(document, lines)
}

function readRoot(document: Document, lines: LineCounter): PoolSpecDocument | { problems: string[] } {
  try {
    const root: unknown = document.toJS()
    if (!isJsonObject(root)) {
      const kind = Array.isArray(root) ? 'a list' : `a ${typeof root}`
      const hint = typeof root === 'string' ? '; the path of a file goes to pool-spec' : ''
      return { problems: [`is ${kind}; an object with name and properties is expected${hint}`] }
    }
    return { root, lineOf: path => lineOf(document.contents, path, lines) }
  } catch (error) {
    return { problems: [sentence(messageOf(error))] }
  }
}

/** The line of the innermost part of `path` that is there; 1-based. */
function lineOf(root: unknown, path: Path, lines: LineCounter): number | undefined {
  let node = root
  let found: Node | undefined
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === segment)
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
