/** `a`, `a or b`, `a, b or c`. */
export function joinWords(words: readonly string[], conjunction = 'or'): string {
  if (words.length < 2) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`
}

/**
 * The candidate that `text` was probably meant to be: equal but for case, or at most a third of its letters away (three at
 * the most for long words, one for short ones). Undefined where nothing is near.
 */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const lower = text.toLowerCase()
  const sameButForCase = candidates.find(candidate => candidate.toLowerCase() === lower)
  if (sameButForCase !== undefined) return sameButForCase
  const ranked = candidates
    .filter(candidate => Math.abs(candidate.length - lower.length) <= mostEdits(candidate))
    .map(candidate => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= mostEdits(candidate))
    .sort((a, b) => a.distance - b.distance)
  return ranked[0]?.candidate
}

const mostEdits = ({ length }: string): number => (length > 10 ? 3 : length > 5 ? 2 : 1)

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(text: string, candidates: readonly string[]): string {
  const candidate = nearest(text, candidates)
  return candidate === undefined ? '' : `; did you mean "${candidate}"?`
}

/** Insertions, deletions, substitutions and swaps of neighbours that make `b` of `a`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        at(current, column - 1) + 1,
        at(last, column) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Infinity
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

const at = (numbers: readonly number[], index: number): number => numbers[index] ?? Infinity

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
