/**
 * Writes what is generated from other files of the repository; with `--check`, names what is not as it would be written.
 * Each module in `sync/` says where it writes (`target`: one path or several) and what (`render`, of the text that is there).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import prettier from 'prettier'
import { fail, root } from './tool.ts'

export type SyncModule = {
  target: string | readonly string[]
  /** `current` is '' where the file isn't there yet. The answer is formatted by prettier afterwards. */
  render(current: string, target: string): string | Promise<string>
}

const check = process.argv.includes('--check')
const folder = join(import.meta.dirname, 'sync')
const stale: string[] = []

for (const name of readdirSync(folder)
  .filter(file => file.endsWith('.ts'))
  .sort()) {
  const module = (await import(join(folder, name))) as SyncModule
  for (const target of [module.target].flat()) await sync(module, target)
}
if (check && stale.length > 0) fail(`not in sync: ${stale.join(', ')}; run "npm run sync" and commit the result`)

async function sync(module: SyncModule, target: string): Promise<void> {
  const path = join(root, target)
  const current = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const wanted = await format(path, await module.render(current, target))
  if (wanted === current) return
  if (check) {
    stale.push(target)
    return
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, wanted)
  console.log(`wrote ${target}`)
}

async function format(path: string, text: string): Promise<string> {
  return prettier.format(text, { ...(await prettier.resolveConfig(path)), filepath: path })
}
