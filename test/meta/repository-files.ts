import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** As .gitignore: a checkout may come without git, or under another user, whom git refuses. */
const IGNORED = /^(\.git|node_modules|build|coverage|\.bench|\.contracts|\.out)$|\.log$/

/** Paths of what git tracks or would track, from the repository's root. */
export function repositoryFiles(pattern = /./): string[] {
  return filesUnder(root)
    .map(path => relative(root, path).replaceAll('\\', '/'))
    .filter(path => pattern.test(path))
    .sort()
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !IGNORED.test(name))
  return entries.flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** TypeScript without its comments; strings stay. */
export function withoutComments(text: string): string {
  return text.replaceAll(/("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/.*/g, '$1')
}
