import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startServer } from './server.ts'
import type { WorldFile } from './index.ts'

const DEFAULT_WORLD = new URL('worlds/default.json', import.meta.url)

const { values } = parseArgs({
  options: { world: { type: 'string' }, port: { type: 'string' }, speed: { type: 'string' } }
})

/** A number of the command line within bounds; throws with the option's name. */
function numberOf(name: 'port' | 'speed', least: number, most: number): number | undefined {
  const text = values[name]
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && value >= least && value <= most) return value
  throw new Error(`--${name}: got "${text}"; a number from ${least} to ${most} is needed`)
}

const port = numberOf('port', 0, 65_535)
const speed = numberOf('speed', 1, 100_000)
const served = await startServer({
  world: JSON.parse(readFileSync(values.world ?? DEFAULT_WORLD, 'utf8')) as WorldFile,
  ...(port !== undefined && { port }),
  ...(speed !== undefined && { speed })
})
console.log(JSON.stringify(served.ready))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void served.close().then(() => process.exit(0)))
}
