/** Which small wrong changes are tried: a seeded choice of all that there are. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { root } from '../tool.ts'

export type Place = { start: { line: number; column: number }; end: { line: number; column: number } }
export type Mutant = { file: string; place: Place }

/** A change that holds many others is nearly always caught, and trying it would mean to try them all. */
const MOST_WITHIN = 3

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {} }

/** Texts are left alone: what they say is held by the golden transcripts. */
export const EXCLUDED = ['StringLiteral']

/** All changes of `files` (paths from the root), in their order. */
export async function mutantsOf(files: readonly string[]): Promise<Mutant[]> {
  const logger = {
    ...silent,
    isTraceEnabled: no,
    isDebugEnabled: no,
    isInfoEnabled: no,
    isWarnEnabled: no,
    isErrorEnabled: no,
    isFatalEnabled: no
  }
  const sources = files.map(name => ({ name, content: readFileSync(join(root, name), 'utf8'), mutate: true }))
  const options = { plugins: null, excludedMutations: EXCLUDED, ignorers: [] }
  const { mutants } = await new Instrumenter(logger).instrument(sources, options)
  return mutants.map(({ fileName, location }) => ({ file: fileName, place: location }))
}

const no = (): boolean => false

/** @returns `most` of them, or some more, since a place is tried whole */
export function choose(mutants: readonly Mutant[], { most, random }: { most: number; random(): number }): Mutant[] {
  const small = mutants.filter(one => mutants.filter(other => isWithin(other, one)).length <= MOST_WITHIN)
  const shuffled = small.map(one => ({ one, key: random() })).toSorted((a, b) => a.key - b.key)
  const chosen: Mutant[] = []
  const tried = new Set<Mutant>()
  for (const { one } of shuffled) {
    if (tried.size >= most) break
    chosen.push(one)
    for (const other of mutants) if (isWithin(other, one)) tried.add(other)
  }
  return chosen
}

function isWithin(inner: Mutant, outer: Mutant): boolean {
  if (inner.file !== outer.file) return false
  return !isBefore(inner.place.start, outer.place.start) && !isBefore(outer.place.end, inner.place.end)
}

const isBefore = (a: Place['start'], b: Place['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column)
