/**
 * `npm run exhaust [-- --story NAME --disturbance NAME --cell ID | --unmerged]`: every exchange of each main story, disturbed in every way. Prints what
 * should not have been; where all cells were tried, writes docs/contributing/reliability.md.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import prettier from 'prettier'
import { idOf } from '../test/exhaustion/cells.ts'
import type { Wanted } from '../test/exhaustion/all-cells.ts'
import type { Tried } from '../test/exhaustion/try-cell.ts'
import { renderReliability } from './exhaust/reliability.ts'
import type { Share, Told } from './exhaust/worker.ts'
import { fail, root } from './tool.ts'

const THREADS = Math.min(4, availableParallelism())
const EVERY = 250

const { values: wanted } = parseArgs({
  options: {
    story: { type: 'string' },
    disturbance: { type: 'string' },
    cell: { type: 'string' },
    unmerged: { type: 'boolean' }
  }
})
const startedAt = Date.now()
const tried = await tryAll(wanted)
if (tried.length === 0) fail(`no cell "${wanted.cell ?? wanted.disturbance ?? ''}" in story "${wanted.story ?? 'any'}"`)

const wrong = tried.filter(one => one.wrong.length > 0)
for (const { cell, ended, wrong: lines } of wrong) {
  console.log(`\n${cell.story} ${idOf(cell)}: ${cell.exchange.operation}, ${cell.exchange.stage}; ended: ${ended}`)
  for (const line of lines) console.log(`  ${line}`)
  console.log(`  again: npm run exhaust -- --story ${cell.story} --cell ${idOf(cell)}`)
}
const merged = tried.reduce((sum, { cell }) => sum + cell.merged, 0)
const seconds = Math.round((Date.now() - startedAt) / 1_000)
console.log(
  `\n${merged} cells, merged to ${tried.length}, all of which were tried in ${seconds} s; ${wrong.length} went wrong`
)
console.log(endings(tried))
if (Object.keys(wanted).length === 0 && wrong.length === 0) await writePage(tried)
if (wrong.length > 0) process.exitCode = 1

/** `40 succeeded, 8 check-failed` */
function endings(all: readonly Tried[]): string {
  const counts = Map.groupBy(all, ({ ended }) => ended)
  return [...counts].map(([ended, { length }]) => `${length} ${ended}`).join(', ')
}

async function writePage(all: readonly Tried[]): Promise<void> {
  const path = join(root, 'docs/contributing/reliability.md')
  const options = { ...(await prettier.resolveConfig(path)), filepath: path }
  writeFileSync(path, await prettier.format(renderReliability(all), options))
  console.log('wrote docs/contributing/reliability.md')
}

async function tryAll(what: Wanted): Promise<Tried[]> {
  const threads = what.cell === undefined ? THREADS : 1
  const all: Tried[] = []
  const shares = Array.from({ length: threads }, (_, first) => tryShare({ wanted: what, first, every: threads }, keep))
  await Promise.all(shares)
  return all

  function keep(one: Tried): void {
    all.push(one)
    if (all.length % EVERY === 0) console.log(`${all.length} cells tried`)
  }
}

function tryShare(workerData: Share, keep: (tried: Tried) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./exhaust/worker.ts', import.meta.url), { workerData })
    worker.on('message', (told: Told) => void ('of' in told || keep(told)))
    worker.on('error', reject)
    worker.on('exit', code => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))))
  })
}
