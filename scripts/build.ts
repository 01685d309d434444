/**
 * `build.ts`: src/ -> build/ (tsc) -> dist/action (ncc), and an entry for each step that the runner calls: dist/main.js, dist/post.js.
 * `build.ts --check`: bundles into a temporary folder and names every file in which it differs from dist/.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ncc from '@vercel/ncc'
import { licensesText } from './licenses.ts'
import { fail, root, runTool } from './tool.ts'

/** The runner calls a file for each step; what says which of them it is must not be an environment that a user can set. */
const STEPS = ['main', 'post']
/** Not minified: it starts faster, and a stack trace can be read. ncc adds a package.json that makes it an ES module. */
const OPTIONS = { cache: false, minify: false, quiet: true } as const
/** A program that ncc copies because identity can sign in with a browser; the action never does. */
const UNUSED_ASSETS = new Set(['xdg-open'])

const check = process.argv.includes('--check')

rmSync(join(root, 'build'), { recursive: true, force: true })
await runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json'])
// ncc's own list of licences is the last chunk's alone, where there are chunks.
const files: Record<string, Buffer> = { 'licenses.txt': Buffer.from(licensesText()) }
Object.assign(files, await bundle('action'), { 'package.json': Buffer.from('{"type":"module"}\n') })
for (const step of STEPS) files[`${step}.js`] = Buffer.from(entryOf(step))

if (check) compare(files)
else {
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  write(join(root, 'dist'), files)
}

function entryOf(step: string): string {
  return `import { ${step} } from './action/index.js'\n\nawait ${step}()\n`
}

async function bundle(name: string): Promise<Record<string, Buffer>> {
  const input = join(root, 'build', `${name}.js`)
  if (!existsSync(input)) fail(`build/${name}.js: not there after tsc; src/${name}.ts is missing`)
  const { code, assets } = await ncc(input, OPTIONS)
  const bundled: Record<string, Buffer> = { [`${name}/index.js`]: Buffer.from(code) }
  for (const [asset, { source }] of Object.entries(assets)) {
    if (!UNUSED_ASSETS.has(asset)) bundled[`${name}/${asset}`] = Buffer.from(source)
  }
  return bundled
}

function write(folder: string, contents: Record<string, Buffer>): void {
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}

function compare(built: Record<string, Buffer>): void {
  const present = existsSync(join(root, 'dist')) ? filesUnder(join(root, 'dist')) : []
  const differing = [...new Set([...present, ...Object.keys(built)])].filter(name => !same(name, built[name]))
  if (differing.length === 0) return
  const kept = mkdtempSync(join(tmpdir(), 'dist-'))
  write(kept, built)
  fail(
    `dist/: ${differing.sort().join(', ')} not as built (what was built: ${kept}); run "npm run build" and commit dist/`
  )
}

function same(name: string, built: Buffer | undefined): boolean {
  const path = join(root, 'dist', name)
  return built !== undefined && existsSync(path) && readFileSync(path).equals(built)
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
}
