/** The known name that takes the fewest edits to reach from `name`, letters' case aside; undefined where most letters would change. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map(candidate => ({ candidate, edits: edits(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  return best !== undefined && best.edits <= Math.max(name.length, best.candidate.length) / 2
    ? best.candidate
    : undefined
}

/** Letters put in, taken out or replaced. */
function edits(from: string, to: string): number {
  let row = [...to, ''].map((_, column) => column)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** What is said of a name that isn't known. */
export function unknownName(name: string, what: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === undefined
    ? `not ${what}; known: ${known.join(', ')}`
    : `not ${what}; the nearest is ${JSON.stringify(near)}`
}
