/** What YAML allows and a pool spec can't use: a key twice, keys that are no names, aliases without end. In linear time. */
import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml'

/** `at` is an offset in the text. */
export type Fault = { at: number; message: string }

/** Looking one up takes time; nobody's spec has as many. */
const MOST_ALIASES = 100

type Walk = {
  faults: Fault[]
  /** The last node with that anchor so far, as an alias finds it. */
  anchors: Map<string, Node>
  /** What the walk is inside of. */
  open: Set<Node>
  aliases: number
}

type Stop = { node: Node; leave: boolean }

export function structureFaults(root: Node): Fault[] {
  const walk: Walk = { faults: [], anchors: new Map(), open: new Set(), aliases: 0 }
  const stack: Stop[] = [{ node: root, leave: false }]
  for (let stop = stack.pop(); stop !== undefined; stop = stack.pop()) {
    const { node, leave } = stop
    if (leave) walk.open.delete(node)
    else {
      const below = enter(node, walk)
      if (below.length > 0) stack.push({ node, leave: true })
      // In the order of the text: an alias means the anchor before it.
      for (const child of below.toReversed()) stack.push({ node: child, leave: false })
    }
  }
  if (walk.aliases > MOST_ALIASES)
    walk.faults.push({ at: 0, message: `${walk.aliases} aliases; ${MOST_ALIASES} at most` })
  return walk.faults
}

/** @returns what is below the node */
function enter(node: Node, walk: Walk): Node[] {
  if (isAlias(node)) {
    walk.aliases += 1
    const target = walk.anchors.get(node.source)
    if (target !== undefined && walk.open.has(target)) {
      walk.faults.push({
        at: offsetOf(node),
        message: `alias *${node.source} stands inside of what it names; write it out`
      })
    }
    return []
  }
  if ('anchor' in node && typeof node.anchor === 'string') walk.anchors.set(node.anchor, node)
  walk.open.add(node)
  const below = isMap(node) ? pairsOf(node.items, walk) : isSeq(node) ? node.items.filter(isNodeLike) : []
  if (below.length === 0) walk.open.delete(node)
  return below
}

function pairsOf(items: readonly { key: unknown; value: unknown }[], { faults }: Walk): Node[] {
  const names = new Set<string>()
  return items.flatMap(({ key, value }) => {
    if (isScalar(key)) {
      const name = String(key.value)
      if (names.has(name)) faults.push({ at: offsetOf(key), message: 'map keys must be unique' })
      names.add(name)
    } else if (isNodeLike(key)) {
      faults.push({ at: offsetOf(key), message: 'a key is a map, a list or an alias; a name is expected' })
      return []
    }
    return [key, value].filter(isNodeLike)
  })
}

const isNodeLike = (value: unknown): value is Node => isMap(value) || isSeq(value) || isScalar(value) || isAlias(value)

const offsetOf = ({ range }: Node): number => range?.[0] ?? 0
