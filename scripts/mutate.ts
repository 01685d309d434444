/**
 * `npm run mutate -- [--most 300] [--seed 1] [--room plan,undo] [--stories]`: makes small wrong changes in `src/`, one at a time, and says
 * which of them no test notices. Only tests that reach a change are run: those nearby, and with `--stories` whole runs too, for what
 * those nearby let live. Not a part of CI: it takes its time, and with stories hours.
 */
import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from '../bench/table.ts'
import { choose, mutantsOf, type Mutant } from './mutate/choose.ts'
import { compilation } from './mutate/compiles.ts'
import { EQUIVALENTS } from './mutate/equivalents.ts'
import { judgeAll, type Verdict } from './mutate/judge.ts'
import { testsOf } from './mutate/reach.ts'
import { fail, root } from './tool.ts'

/** Where decisions are made, and where a mistake costs most. */
const ROOMS: Record<string, string> = {
  plan: 'src/{plan,rules,decide}/**/*.ts',
  execute: 'src/execute/*.ts',
  undo: 'src/{undo,rules/undo,execute/undo*}.ts',
  azure: 'src/azure/**/*.ts',
  redactor: 'src/report/{redact,decoded-text,secret-search}.ts'
}

type Tests = { of: string; kinds: readonly string[] }

/** `of`: for changes in there. The checks have their cases in whole runs, a dry one each. */
const NEARBY: readonly Tests[] = [
  { of: '', kinds: ['unit', 'contract'] },
  { of: 'src/plan/checks/', kinds: ['scenario/checks'] }
]
const STORIES: Tests = { of: '', kinds: ['scenario'] }

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

const { mutants: all, sources } = await mutantsOf(rooms.flatMap(filesOf))
const chosen = choose(all, { most, random: seeded(seed) })
console.log(`${all.length} changes in ${rooms.join(', ')}; seed ${seed} chooses ${chosen.length}`)
const verdicts = new Map<string, Verdict>()
for (const tests of values.stories ? [...NEARBY, STORIES] : NEARBY) await tryOn(tests)
report()

/** What is alive so far, on further tests. */
async function tryOn({ of, kinds }: Tests): Promise<void> {
  const alive = chosen.filter(({ id, file }) => (verdicts.get(id) ?? 'alive') === 'alive' && file.startsWith(of))
  const step = Math.max(1, Math.ceil(alive.length / 10))
  const seen = (done: number): void => {
    if (done % step === 0) console.log(`  ${done} of ${alive.length} tried on ${kinds.join(', ')}`)
  }
  const testsReaching = (files: readonly string[]): string[] => testsOf(files, kinds)
  const found = await judgeAll(alive, { sources, testsOf: testsReaching, jobs: availableParallelism() }, seen)
  for (const [id, verdict] of found) verdicts.set(id, verdict)
}

/** Linear congruential (Numerical Recipes), for the same choice on every machine. */
function seeded(from: number): () => number {
  let state = from >>> 0
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

type End = Verdict | 'same' | 'refused'

function report(): void {
  const compiles = compilation()
  const judged = chosen.map(mutant => ({ ...mutant, room: roomOf(mutant.file), end: endOf(mutant, compiles) }))
  const count = (room: string, ...ends: End[]): number =>
    judged.filter(one => one.room === room && (ends.length === 0 || ends.includes(one.end))).length
  const rows = rooms.map(room => [
    room,
    count(room),
    count(room, 'caught', 'endless'),
    count(room, 'alive'),
    count(room, 'same'),
    count(room, 'refused')
  ])
  const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]), 0)
  const share = (caught: number, alive: number): string =>
    caught + alive === 0 ? '–' : `${((100 * caught) / (caught + alive)).toFixed(1)} %`
  const lines = [...rows, ['all', ...[1, 2, 3, 4, 5].map(sum)]].map(row => [
    ...row,
    share(Number(row[2]), Number(row[3]))
  ])
  for (const { file, place, replacement } of judged.filter(({ end }) => end === 'alive')) {
    const { line, column } = place.start
    console.log(
      `\n${file}:${line + 1}:${column + 1}\n  - ${lineAt(file, line)}\n  + ${replacement.replaceAll(/\s+/g, ' ')}`
    )
  }
  const heads = ['room', 'changes', 'caught', 'alive', 'no difference', 'not compiled', 'caught of those that differ']
  const endless = judged.filter(({ end }) => end === 'endless').length
  console.log(`\n${table(heads, lines)}`)
  if (endless > 0) console.log(`${endless} of those caught let a test run without end`)
}

function endOf(mutant: Mutant, compiles: ReturnType<typeof compilation>): End {
  const verdict = verdicts.get(mutant.id) ?? 'alive'
  if (verdict !== 'alive') return verdict
  if (!compiles(mutant)) return 'refused'
  const { file, place, replacement } = mutant
  const line = lineAt(file, place.start.line)
  const isSame = EQUIVALENTS.some(one => one.file === file && one.line === line && one.replacement === replacement)
  return isSame ? 'same' : 'alive'
}

/** @param line from 0 */
function lineAt(file: string, line: number): string {
  return readFileSync(join(root, file), 'utf8').split('\n')[line]?.trim() ?? ''
}
