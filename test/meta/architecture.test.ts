import { posix } from 'node:path'
import { expect, test } from '@jest/globals'
import { readText, repositoryFiles, withoutComments } from './repository-files.ts'

/** What in shared/ is a function of its arguments alone. */
const PURE_SHARED = ['text', 'plain-text', 'duration', 'iso8601', 'digest'].map(name => `shared/${name}.ts`)
/** Folder of src -> what its files may import from src besides their own folder: a folder, or a single file. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  shared: [],
  rules: ['model', ...PURE_SHARED],
  decide: ['model', 'rules', ...PURE_SHARED],
  plan: ['model', 'rules', 'decide', ...PURE_SHARED],
  inputs: ['model', 'shared'],
  azure: ['model', 'shared'],
  observe: ['azure', 'model', 'rules', 'shared'],
  commands: ['azure/gateway.ts', 'inputs', 'model', 'observe', 'plan', 'shared'],
  execute: ['azure', 'model', 'rules', 'decide', 'shared'],
  report: ['model', 'rules', 'azure/errors.ts', 'shared']
}
/** Composition roots, and what they share: they alone touch the process, and may import anything in src. */
const ROOTS = new Set(['src/action.ts', 'src/main.ts', 'src/post.ts', 'src/runner.ts'])
/** What joins the folders, with what the roots give it. */
const JOINS_FOLDERS = /^src\/[\w-]+\.ts$/
const FORBIDDEN_CALLS =
  /\b(Date\.now|new Date\(\)|performance\.|Math\.random|setTimeout|setInterval|setImmediate|process\.|console\.)|\brandomUUID\b/

const sources = repositoryFiles(/^src\/.*\.ts$/)
const emulator = repositoryFiles(/^emulator\/.*\.ts$/)

test('there are sources to look at', () => {
  expect(sources.length).toBeGreaterThan(20)
})

test.each(sources)('%s imports only what its folder may', path => {
  const folder = path.split('/')[1] ?? ''
  const wrong = importsOf(path).filter(target => !allowed(path, folder, target))
  expect(wrong).toEqual([])
})

test.each(sources.filter(path => !ROOTS.has(path)))('%s takes time, chance and environment from its caller', path => {
  expect(FORBIDDEN_CALLS.exec(withoutComments(readText(path)))?.[0]).toBeUndefined()
})

test.each(sources.filter(path => /^src\/(model|rules|decide|plan)\//.test(path)))(
  '%s needs no package and no part of Node',
  path => {
    expect(specifiersOf(path).filter(specifier => !specifier.startsWith('.'))).toEqual([])
  }
)

test.each(emulator)('%s imports nothing of the action', path => {
  expect(importsOf(path).filter(target => !target.startsWith('emulator/'))).toEqual([])
})

test('every folder of src has a row in the table above', () => {
  const folders = new Set(sources.map(path => path.split('/')[1] ?? '').filter(name => !name.endsWith('.ts')))
  expect([...folders].filter(folder => !(folder in MAY_IMPORT))).toEqual([])
})

test('what the page on architecture names is there', () => {
  const named = [...readText('docs/architecture.md').matchAll(/`([\w/.-]+(?:\.ts|\/))`/g)].map(match => match[1] ?? '')
  const known = new Set([...sources, ...emulator, ...repositoryFiles(/^test\/.*\.ts$/)])
  const isThere = (name: string): boolean =>
    [name, `src/${name}`].some(
      path => known.has(path) || [...known].some(one => path.endsWith('/') && one.includes(path))
    )
  expect(named.filter(name => !isThere(name))).toEqual([])
  expect(named.length).toBeGreaterThan(20)
})

test('no files of src import one another in a circle, not even types', () => {
  expect(circleIn(new Map(sources.map(path => [path, importsOf(path)])))).toEqual([])
})

/** What the built action runs: no source imports it. */
const ENTRIES = new Set(['src/action.ts'])

test('nothing of src is exported that no other file imports', () => {
  const used = new Set(repositoryFiles(/^(src|test|scripts|emulator|bench|demo)\/.*\.ts$/).flatMap(importedNames))
  const unused = sources
    .filter(path => !ENTRIES.has(path) && !used.has(`${path} *`))
    .flatMap(path => exportedNames(path).map(name => `${path} ${name}`))
    .filter(name => !used.has(name))
  expect(unused).toEqual([])
})

/** The first circle that is found, file by file; empty where there is none. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const visit = (path: string, way: readonly string[]): string[] => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path]
    if (done.has(path)) return []
    for (const target of imports.get(path) ?? []) {
      const circle = visit(target, [...way, path])
      if (circle.length > 0) return circle
    }
    done.add(path)
    return []
  }
  for (const path of imports.keys()) {
    const circle = visit(path, [])
    if (circle.length > 0) return circle
  }
  return []
}

function exportedNames(path: string): string[] {
  const declared = /^export (?:async )?(?:abstract )?(?:function\*?|const|let|type|interface|class) (\w+)/gm
  return [...withoutComments(readText(path)).matchAll(declared)].map(match => match[1] ?? '')
}

/** `file name` of each that a file imports, or hands on; `file *` where it takes all of a file. */
function importedNames(path: string): string[] {
  const code = withoutComments(readText(path))
  const fileOf = (specifier = ''): string => posix.normalize(posix.join(posix.dirname(path), specifier))
  const lists = [...code.matchAll(/(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s*from\s+'(\.[^']+)'/g)]
  const wholes = [...code.matchAll(/(?:\*\s+as\s+\w+\s+from\s+|import\()'(\.[^']+)'/g)]
  return [
    ...lists.flatMap(([, names = '', specifier]) =>
      names.split(',').map(name => `${fileOf(specifier)} ${/(?:type\s+)?(\w+)/.exec(name.trim())?.[1] ?? ''}`)
    ),
    ...wholes.map(([, specifier]) => `${fileOf(specifier)} *`)
  ]
}

function allowed(path: string, folder: string, target: string): boolean {
  if (!target.startsWith('src/')) return false
  if (JOINS_FOLDERS.test(path)) return !ROOTS.has(target) || ROOTS.has(path)
  if (target.startsWith(`src/${folder}/`)) return true
  return (MAY_IMPORT[folder] ?? []).some(name => target === `src/${name}` || target.startsWith(`src/${name}/`))
}

/** Relative imports as paths from the root. */
function importsOf(path: string): string[] {
  const relative = specifiersOf(path).filter(specifier => specifier.startsWith('.'))
  return relative.map(specifier => posix.normalize(posix.join(posix.dirname(path), specifier)))
}

/** What a file imports, statically and dynamically, as it is written there. */
function specifiersOf(path: string): string[] {
  const code = withoutComments(readText(path))
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(match => match[1] ?? '')
}
