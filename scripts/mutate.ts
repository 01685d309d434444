/**
 * `npm run mutate -- [--most 300] [--seed 1] [--room plan,undo] [--stories]`: makes small wrong changes in `src/`, one at a time, and says
 * which of them no test notices. Only tests that reach a change are run: those nearby, and with `--stories` whole runs too, for what
 * those nearby let live. Not a part of CI: it takes its time, and with stories hours.
 */
import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import type { MutantResult } from '@stryker-mutator/api/core'
import { table } from '../bench/table.ts'
import { choose, EXCLUDED, mutantsOf, type Mutant } from './mutate/choose.ts'
import { EQUIVALENTS } from './mutate/equivalents.ts'
import { testsOf } from './mutate/reach.ts'
import { fail, root } from './tool.ts'

/** Where decisions are made, and where a mistake costs most. */
const ROOMS: Record<string, string> = {
  plan: 'src/plan/**/*.ts',
  execute: 'src/execute/*.ts',
  undo: 'src/undo{.ts,/*.ts}',
  azure: 'src/azure/*.ts',
  redactor: 'src/report/{redact,decoded-text,secret-search}.ts'
}

const { values } = parseArgs({
  options: {
    most: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    room: { type: 'string' },
    stories: { type: 'boolean', default: false }
  }
})
const rooms = values.room?.split(',') ?? Object.keys(ROOMS)
const unknown = rooms.filter(room => !(room in ROOMS))
if (unknown.length > 0) fail(`--room: "${unknown.join(', ')}" is none; they are ${Object.keys(ROOMS).join(', ')}`)
const [most, seed] = [Number(values.most), Number(values.seed)]
if (!(Number.isInteger(most) && most > 0 && Number.isInteger(seed))) fail('--most, --seed: whole numbers are expected')

const filesOf = (room: string): string[] => globSync(ROOMS[room] ?? '', { cwd: root }).toSorted()
const roomOf = (file: string): string => rooms.find(room => filesOf(room).includes(file)) ?? ''

const all = await mutantsOf(rooms.flatMap(filesOf))
const chosen = choose(all, { most, random: seeded(seed) })
console.log(`${all.length} changes in ${rooms.join(', ')}; seed ${seed} chooses ${chosen.length} places`)
report(await tryAll(chosen))

async function tryAll(mutants: readonly Mutant[]): Promise<MutantResult[]> {
  const nearby = await tryOn(['unit', 'contract'], mutants)
  const alive = nearby.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  if (alive.length === 0 || !values.stories) return nearby
  const stories = await tryOn(
    ['scenario'],
    alive.map(({ fileName, location }) => ({ file: fileName, place: placeOf(location) }))
  )
  const caught = new Set(stories.filter(isCaught).map(keyOf))
  return nearby.map(one => (caught.has(keyOf(one)) ? { ...one, status: 'Killed' as const } : one))
}

function isCaught({ status }: Pick<MutantResult, 'status'>): boolean {
  return status === 'Killed' || status === 'Timeout'
}

function keyOf({ fileName, location, replacement }: MutantResult): string {
  return JSON.stringify([fileName, location, replacement])
}

/** Results count lines from 1, as people do. */
function placeOf({ start, end }: MutantResult['location']): Mutant['place'] {
  const from0 = ({ line, column }: Mutant['place']['start']) => ({ line: line - 1, column: column - 1 })
  return { start: from0(start), end: from0(end) }
}

/** Linear congruential (Numerical Recipes), for the same choice on every machine. */
function seeded(from: number): () => number {
  let state = from >>> 0
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

async function tryOn(kinds: readonly string[], mutants: readonly Mutant[]): Promise<MutantResult[]> {
  const tests = testsOf([...new Set(mutants.map(({ file }) => file))], kinds)
  const position = ({ line, column }: Mutant['place']['start']): string => `${line + 1}:${column}`
  const stryker = new Stryker({
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    jest: {
      configFile: 'jest.config.js',
      // By our own imports: its own search finds no tests of a module that is written in TypeScript's words alone.
      enableFindRelatedTests: false,
      config: { testMatch: tests.map(test => `<rootDir>/${test}`) }
    },
    mutate: mutants.map(({ file, place }) => `${file}:${position(place.start)}-${position(place.end)}`),
    mutator: { plugins: null, excludedMutations: EXCLUDED },
    coverageAnalysis: 'perTest',
    dryRunTimeoutMinutes: 30,
    concurrency: availableParallelism(),
    reporters: ['progress-append-only'],
    ignorePatterns: ['dist', 'docs', 'bench', '.out', 'coverage'],
    tempDirName: '.out/mutate',
    allowConsoleColors: false
  })
  const results = await stryker.runMutationTest()
  return results.map(result => ({ ...result, fileName: relative(root, result.fileName) }))
}

function report(results: readonly MutantResult[]): void {
  const judged = results
    .filter(({ status }) => status !== 'Ignored')
    .map(result => ({ ...result, room: roomOf(result.fileName), verdict: verdictOf(result) }))
  const count = (room: string, verdict?: string): number =>
    judged.filter(one => one.room === room && (verdict === undefined || one.verdict === verdict)).length
  const rows = rooms.map(room => [room, count(room), count(room, 'caught'), count(room, 'alive'), count(room, 'same')])
  const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]), 0)
  const share = (caught: number, alive: number): string =>
    caught + alive === 0 ? '–' : `${((100 * caught) / (caught + alive)).toFixed(1)} %`
  const lines = [...rows, ['all', ...[1, 2, 3, 4].map(sum)]].map(row => [...row, share(Number(row[2]), Number(row[3]))])
  for (const { fileName, location, replacement = '' } of judged.filter(({ verdict }) => verdict === 'alive')) {
    console.log(
      `\n${fileName}:${location.start.line}:${location.start.column}\n  - ${lineAt(fileName, location.start.line)}\n  + ${replacement.replaceAll(/\s+/g, ' ')}`
    )
  }
  console.log(
    `\n${table(['room', 'changes', 'caught', 'alive', 'no difference', 'caught of those that differ'], lines)}`
  )
}

function verdictOf({
  fileName,
  location,
  replacement,
  status
}: MutantResult): 'caught' | 'alive' | 'same' | 'unjudged' {
  if (isCaught({ status })) return 'caught'
  if (status !== 'Survived' && status !== 'NoCoverage') return 'unjudged'
  const line = lineAt(fileName, location.start.line)
  const isSame = EQUIVALENTS.some(one => one.file === fileName && one.line === line && one.replacement === replacement)
  return isSame ? 'same' : 'alive'
}

function lineAt(file: string, line: number): string {
  return readFileSync(join(root, file), 'utf8').split('\n')[line - 1]?.trim() ?? ''
}
