import { parseArgs } from 'node:util'
import { nearest } from './world-file/nearest.ts'

export const USAGE = `npm run emulator -- [options]

  --world FILE   what this Azure has and how it behaves; default: emulator/worlds/default.json
  --port N       of Resource Manager, sign-in and control plane, 0 to 65535; default: any free one
  --speed X      Azure's clock runs X times faster, 1 to 100000; default: 1
  --help         this text

It prints a line of JSON when it is ready, and ends at SIGINT or SIGTERM. Exit codes: 0 it was ended, or --help;
1 it can't start (the port is in use, the world can't be one); 2 the command line is wrong. See emulator/README.md.`

/** All that is wrong with a command line. */
export class UsageError extends Error {}

export type Command = { help: true } | { help: false; world?: string; port?: number; speed?: number }

const OPTIONS = {
  world: { type: 'string' },
  port: { type: 'string' },
  speed: { type: 'string' },
  help: { type: 'boolean', short: 'h' }
} as const

const BOUNDS = {
  port: { least: 0, most: 65_535, isWhole: true },
  speed: { least: 1, most: 100_000, isWhole: false }
} as const

/** What `npm run emulator -- …` asks for. Throws a `UsageError` with all problems. */
export function parseCommand(args: readonly string[]): Command {
  const { tokens = [] } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true
  })
  const problems: string[] = []
  const given = new Map<string, string>()
  let help = false
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`"${token.value}": not an option`)
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    if (name === 'help') help = true
    else if (!(name in OPTIONS)) problems.push(unknownOption(rawName))
    else if (value === undefined || value === '' || value.startsWith('--'))
      problems.push(`${rawName}: a value is needed`)
    else given.set(name, value)
  }
  if (help) return { help }
  const port = numberOf('port', given, problems)
  const speed = numberOf('speed', given, problems)
  if (problems.length > 0) throw new UsageError([...problems, '--help says what there is'].join('\n'))
  const world = given.get('world')
  return { help, ...(world && { world }), ...(port !== undefined && { port }), ...(speed !== undefined && { speed }) }
}

function unknownOption(rawName: string): string {
  const near = nearest(
    rawName,
    Object.keys(OPTIONS).map(name => `--${name}`)
  )
  return `${rawName}: not an option${near === undefined ? '' : `; the nearest is ${near}`}`
}

function numberOf(name: 'port' | 'speed', given: Map<string, string>, problems: string[]): number | undefined {
  const text = given.get(name)
  if (text === undefined) return undefined
  const { least, most, isWhole } = BOUNDS[name]
  const value = Number(text)
  if (text.trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value
  problems.push(`--${name}: got "${text}"; a ${isWhole ? 'whole ' : ''}number from ${least} to ${most} is needed`)
  return undefined
}
