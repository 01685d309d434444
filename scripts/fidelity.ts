/** `npm run fidelity`: a table of how the embedded Azure compares with recordings of the real one, by operation. */
import { explanationOf } from '../test/support/replay/explained.ts'
import { fidelity, type Found, type Row } from '../test/support/replay/fidelity.ts'
import { withoutRecordings } from '../test/support/replay/recordings.ts'

if (withoutRecordings === undefined) print(fidelity())
else console.log(`Nothing is compared: ${withoutRecordings}.`)

function print(rows: Row[]): void {
  console.log('| operation | recorded | replayed | same | different, explained | different | not emulated |')
  console.log('| --- | --: | --: | --: | --: | --: | --: |')
  for (const row of rows.toSorted((a, b) => (a.op < b.op ? -1 : 1))) console.log(line(row))
  const notes = new Map(
    rows.flatMap(({ found }) => found.map(one => [`${one.op}, ${one.about}`, explanationOf(one)?.why]))
  )
  console.log(`\nDifferences:\n${[...notes].map(([what, why]) => `- ${what}: ${why ?? 'NOT EXPLAINED'}`).join('\n')}`)
}

function line({ op, recorded, replayed, same, past, found, notEmulated }: Row): string {
  const unexplained = exchangesOf(found.filter(one => explanationOf(one) === undefined))
  const figures = [recorded, replayed, same + past, exchangesOf(found) - unexplained, unexplained, notEmulated]
  return `| ${[op, ...figures].join(' | ')} |`
}

function exchangesOf(found: Found[]): number {
  return new Set(found.map(({ recording, index }) => `${recording} ${index}`)).size
}
