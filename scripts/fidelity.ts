/** `npm run fidelity`: a table of how the embedded Azure compares with recordings of the real one, by operation. */
import { explanationOf } from '../test/support/replay/explained.ts'
import { fidelity, sumOf, type Row, type Tally } from '../test/support/replay/fidelity.ts'
import { withoutRecordings } from '../test/support/replay/recordings.ts'

const WORDS = `
recorded = strict + past + old + explained + unexplained + seeded + not emulated + no world.
strict: the same in all that is compared. past: what differs was gone in later recordings of the same. old: Azure answered so
once, by an explanation. seeded: the same, but by a world that was made of the recorded answer itself, which says little.
own state: GETs after writes, replayed once more on what the embedded Azure made of the writes, as strict/past/old/explained/unexplained.`

if (withoutRecordings === undefined) print(fidelity())
else console.log(`Nothing is compared: ${withoutRecordings}.`)

function print(rows: Row[]): void {
  console.log(
    '| operation | recorded | strict | past | old | explained | unexplained | seeded | own state | not emulated | no world |'
  )
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |')
  for (const row of rows.toSorted((a, b) => (a.op < b.op ? -1 : 1))) console.log(line(row))
  const all = total(rows)
  console.log(line(all))
  console.log(WORDS)
  const { strict, explained, unexplained } = sumOf([all, all.ownState])
  const present = strict + explained + unexplained
  console.log(
    `\nStrict, own state included, where the answer isn't old: ${strict} of ${present}, ${percent(strict, present)}.`
  )
  const notes = new Map(
    rows.flatMap(({ found }) => found.map(one => [`${one.op}, ${one.about}`, explanationOf(one)?.why]))
  )
  console.log(`\nDifferences:\n${[...notes].map(([what, why]) => `- ${what}: ${why ?? 'NOT EXPLAINED'}`).join('\n')}`)
}

function line(row: Row): string {
  const { op, recorded, strict, past, old, explained, unexplained, seeded, ownState, notEmulated, noWorld } = row
  const own = figures(ownState)
  const shown = own.every(count => count === 0) ? '' : own.join('/')
  const rest = [seeded, shown, notEmulated, noWorld]
  return `| ${[op, recorded, strict, past, old, explained, unexplained, ...rest].join(' | ')} |`
}

function figures({ strict, past, old, explained, unexplained }: Tally): number[] {
  return [strict, past, old, explained, unexplained]
}

function total(rows: Row[]): Row {
  const sum = (of: (row: Row) => number): number => rows.reduce((so, row) => so + of(row), 0)
  return {
    ...{ op: 'total', recorded: sum(row => row.recorded), ...sumOf(rows), seeded: sum(row => row.seeded) },
    ...{ ownState: sumOf(rows.map(({ ownState }) => ownState)), notEmulated: sum(row => row.notEmulated) },
    ...{ noWorld: sum(row => row.noWorld), found: [] }
  }
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`
}
