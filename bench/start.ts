/** What it costs to start the bundle, how large it is, and how fast whole rollouts are simulated. */
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync, mkdtempSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { startServer, type ServedAzure } from '../emulator/server.ts'
import { runStep } from '../demo/runner.ts'
import { poolSpecs } from './pool-spec.ts'
import { median, spoken, table } from './table.ts'
import { rollout } from './told.ts'
import { benchOf, LARGE, type Bench } from './world.ts'

const root = join(import.meta.dirname, '..')
const STARTS = 11
const SPEED = 600
const LOOP_MS = 12_000

export async function startSection(): Promise<string> {
  return [await starts(), '', sizes(), '', poolSpecs(), '', await simulated()].join('\n')
}

/** In turns, so that what else the machine does falls on all alike. */
async function starts(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const bench = benchOf(LARGE)
  const azure = await startServer({ world: bench.world, speed: SPEED })
  const kinds: Record<string, () => Promise<number>> = {
    'an empty Node program': measured(folder, env => emptyProgram(folder, env)),
    'dist/ with bad inputs': measured(folder, env => action({ 'source-vm': 'not an id' }, env)),
    'dist/ dry run: sign-in, reads, plan': measured(folder, env =>
      action({ ...inputsAt(azure, bench), 'dry-run': 'true' }, { ...azure.ready.env, ...env })
    )
  }
  const took = new Map(Object.keys(kinds).map(name => [name, [] as number[]]))
  const peaks = new Map<string, number>()
  try {
    for (let turn = 0; turn < STARTS; turn++) {
      for (const [name, once] of Object.entries(kinds)) {
        took.get(name)?.push(await once())
        peaks.set(name, peakMb(folder))
      }
    }
    const wholeMs = await measured(folder, env => action(inputsAt(azure, bench), { ...azure.ready.env, ...env }))()
    const whole = `dist/ whole rollout, ${LARGE.nodes} nodes, at ${SPEED} times the speed`
    const [base = 0] = [...took.values()].map(median)
    return table(
      [`median of ${STARTS} starts`, 'time', 'over the empty one', 'peak memory'],
      [
        ...[...took].map(([name, ms]) => [
          name,
          `${median(ms).toFixed(0)} ms`,
          `${(median(ms) - base).toFixed(0)} ms`,
          `${peaks.get(name)} MB`
        ]),
        [whole, spoken(wholeMs), 'once', `${peakMb(folder)} MB`]
      ]
    )
  } finally {
    await azure.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Env = Record<string, string>

function measured(folder: string, once: (env: Env) => Promise<void>): () => Promise<number> {
  const preload = pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href
  const env = { NODE_OPTIONS: `--import=${preload}`, BENCH_PEAK_FILE: join(folder, 'peak') }
  return async () => {
    const begun = performance.now()
    await once(env)
    return performance.now() - begun
  }
}

const peakMb = (folder: string): number => Math.round(Number(readFileSync(join(folder, 'peak'), 'utf8')) / 1024)

async function emptyProgram(folder: string, env: Env): Promise<void> {
  const file = join(folder, 'empty.mjs')
  writeFileSync(file, '')
  spawnSync(process.execPath, [file], { env: { ...process.env, ...env } })
}

/** Throws where it ends otherwise than it should: refused with bad inputs, well with good ones. */
async function action(inputs: Record<string, string>, env: Env): Promise<void> {
  const { exitCode, stdout, stderr } = await runStep({ inputs, env })
  const isGood = inputs['client-id'] !== undefined
  if (exitCode !== (isGood ? 0 : 1)) throw new Error(`dist/ ended with ${exitCode}: ${stdout.slice(-2_000)}${stderr}`)
}

export const inputsAt = ({ ready }: ServedAzure, { inputs }: Bench): Record<string, string> => ({
  ...inputs,
  ...ready.signIn,
  cloud: ready.resourceManagerUrl,
  'poll-interval': '1s'
})

function sizes(): string {
  const folder = join(root, 'dist/action')
  const files = readdirSync(folder).filter(file => file.endsWith('.js'))
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
  const zipped = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0)
  return table(
    ['bundle', 'files', 'all', 'gzipped'],
    [['dist/action', files.length, megabytes(bytes), megabytes(zipped)]]
  )
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`

/** Whole runs one after the other in this process. */
async function simulated(): Promise<string> {
  const sizes = [
    { name: '3 data disks, 1 region, 10 nodes', size: { dataDisks: 3, regions: 1, nodes: 10 } },
    { name: '16 data disks, 3 regions, 500 nodes', size: LARGE }
  ]
  const rows = []
  for (const { name, size } of sizes) {
    const took: number[] = []
    const begun = performance.now()
    while (performance.now() - begun < LOOP_MS) {
      const bench = benchOf(size)
      const from = performance.now()
      await rollout(bench)
      took.push(performance.now() - from)
    }
    rows.push([name, `${median(took).toFixed(0)} ms`, Math.round(60_000 / median(took))])
  }
  return table(['rollouts simulated, in one process', 'median', 'a minute'], rows)
}
