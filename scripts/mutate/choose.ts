/** Which small wrong changes are tried: a seeded choice of all that there are. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { root } from '../tool.ts'

export type Place = { start: { line: number; column: number }; end: { line: number; column: number } }
/**
 * `replacement`: what it puts there. `id`: in the instrumented source, which has it and all others behind switches. `isText`: it
 * only changes a text, and isn't tried: what texts say is held by the golden transcripts.
 */
export type Mutant = { id: string; file: string; place: Place; replacement: string; isText: boolean }

/** A change that holds many others is nearly always caught, and trying it would mean to try them all. */
const MOST_WITHIN = 3

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {} }

/** All changes of `files` (paths from the root), in their order, and the sources that hold them, by path. */
export async function mutantsOf(
  files: readonly string[]
): Promise<{ mutants: Mutant[]; sources: Record<string, string> }> {
  const logger = {
    ...silent,
    isTraceEnabled: no,
    isDebugEnabled: no,
    isInfoEnabled: no,
    isWarnEnabled: no,
    isErrorEnabled: no,
    isFatalEnabled: no
  }
  const inputs = files.map(name => ({ name, content: readFileSync(join(root, name), 'utf8'), mutate: true }))
  const options = { plugins: null, excludedMutations: [], ignorers: [] }
  const made = await new Instrumenter(logger).instrument(inputs, options)
  return {
    mutants: made.mutants.map(({ id, fileName, location, replacement, mutatorName }) => ({
      id,
      file: fileName,
      place: location,
      replacement,
      isText: mutatorName === 'StringLiteral'
    })),
    sources: Object.fromEntries(made.files.map(({ name, content }) => [name, content]))
  }
}

const no = (): boolean => false

/** @returns `most` of them, or some more, since a place is tried whole */
export function choose(mutants: readonly Mutant[], { most, random }: { most: number; random(): number }): Mutant[] {
  const small = mutants.filter(one => mutants.filter(other => isWithin(other, one)).length <= MOST_WITHIN)
  const shuffled = small.map(one => ({ one, key: random() })).toSorted((a, b) => a.key - b.key)
  const chosen = new Set<Mutant>()
  for (const { one } of shuffled) {
    if (chosen.size >= most) break
    for (const other of mutants) if (isWithin(other, one)) chosen.add(other)
  }
  return [...chosen].filter(({ isText }) => !isText)
}

function isWithin(inner: Mutant, outer: Mutant): boolean {
  if (inner.file !== outer.file) return false
  return !isBefore(inner.place.start, outer.place.start) && !isBefore(outer.place.end, inner.place.end)
}

const isBefore = (a: Place['start'], b: Place['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column)
