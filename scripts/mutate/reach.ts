/** Which test files reach a source file by their imports: the others need not be run to judge a change of it. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from '../tool.ts'

/** Test files of `kinds` (folders of `test/`, or files without their ending) that import one of `files`, over however many others; paths from the root, the nearest first. */
export function testsOf(files: readonly string[], kinds: readonly string[]): string[] {
  const wanted = new Set(files)
  const known = new Map<string, Set<string>>()
  const tests = kinds.flatMap(kind => globSync([`test/${kind}/**/*.test.ts`, `test/${kind}.test.ts`], { cwd: root }))
  return tests
    .map(test => ({ test, reached: reachedFrom(test, known) }))
    .filter(({ reached }) => [...reached].some(file => wanted.has(file)))
    .toSorted((a, b) => a.reached.size - b.reached.size || (a.test < b.test ? -1 : 1))
    .map(({ test }) => test)
}

function reachedFrom(file: string, known: Map<string, Set<string>>): Set<string> {
  const reached = new Set([file])
  for (const one of reached) {
    const imports = known.get(one) ?? importsOf(one)
    known.set(one, imports)
    for (const other of imports) reached.add(other)
  }
  return reached
}

function importsOf(file: string): Set<string> {
  const text = readFileSync(join(root, file), 'utf8')
  const paths = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.ts)'/g)].map(([, path = '']) => path)
  return new Set(paths.map(path => relative(root, join(root, dirname(file), path))))
}
