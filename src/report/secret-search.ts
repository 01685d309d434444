/** Finds many secrets in one text, whole or cut off, in time that grows with the text alone (Aho and Corasick, 1975). */

/** Where something is in a text, in UTF-16 units; the end isn't part of it. */
export type Span = readonly [start: number, end: number]

/** What has been read so far is the beginning of one secret or more. Children are few, and stand in a chain. */
type Node = {
  unit: string
  /** Units from the beginning. */
  depth: number
  /** Of the whole secrets that end here, the longest; 0: none. */
  whole: number
  child?: Node
  sibling?: Node
  /** The node of the longest of its endings that is a beginning too; undefined at the root. */
  fallback?: Node
}

export class SecretSearch {
  readonly #root: Node = { unit: '', depth: 0, whole: 0 }

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) add(this.#root, secret)
    linkFallbacks(this.#root)
  }

  /** Every whole secret, and every beginning of one, of at least `least` units, that ends just before a place where `isCut`. */
  find(text: string, isCut: (at: number) => boolean, least: number): Span[] {
    const found: Span[] = []
    let node = this.#root
    for (let at = 0; at < text.length; at++) {
      if (node.depth >= least && isCut(at)) found.push([at - node.depth, at])
      node = this.#step(node, text.charAt(at))
      if (node.whole > 0) found.push([at + 1 - node.whole, at + 1])
    }
    return found
  }

  #step(from: Node, unit: string): Node {
    for (let node: Node | undefined = from; node !== undefined; node = node.fallback) {
      const next = childOf(node, unit)
      if (next !== undefined) return next
    }
    return this.#root
  }
}

function childOf({ child }: Node, unit: string): Node | undefined {
  for (let node = child; node !== undefined; node = node.sibling) if (node.unit === unit) return node
  return undefined
}

function add(root: Node, secret: string): void {
  let node = root
  for (let at = 0; at < secret.length; at++) {
    const unit = secret.charAt(at)
    node = childOf(node, unit) ?? newChild(node, unit)
  }
  node.whole = node.depth
}

function newChild(parent: Node, unit: string): Node {
  const { child } = parent
  return (parent.child = { unit, depth: parent.depth + 1, whole: 0, ...(child && { sibling: child }) })
}

/** The shorter ones first: a fallback is always shorter. */
function linkFallbacks(root: Node): void {
  const queue = [root]
  for (const parent of queue) {
    for (let node = parent.child; node !== undefined; node = node.sibling) {
      queue.push(node)
      let from = parent.fallback
      while (from !== undefined && childOf(from, node.unit) === undefined) from = from.fallback
      node.fallback = (from && childOf(from, node.unit)) ?? root
      node.whole = Math.max(node.whole, node.fallback.whole)
    }
  }
}
