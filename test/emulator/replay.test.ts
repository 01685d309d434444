/** What Azure was asked and answered when it was recorded, against what the emulator answers in the same world. */
import { expect } from '@jest/globals'
import { EXPLAINED, explanationOf } from '../support/replay/explained.ts'
import { fidelity, sumOf, type Row } from '../support/replay/fidelity.ts'
import { withoutRecordings } from '../support/replay/recordings.ts'
import { testIf } from '../support/test-if.ts'

const rows: Row[] = withoutRecordings === undefined ? fidelity() : []
const replayed = testIf(withoutRecordings)
const compared = (row: Row): number => row.recorded - row.notEmulated - row.noWorld

for (const { op, found } of rows.filter(row => compared(row) > 0)) {
  replayed(`${op} is answered as in every recording, but for what is explained`, () => {
    const unexplained = found.filter(one => explanationOf(one) === undefined)
    expect(
      unexplained.map(
        ({ about, recorded, ours, recording, onOwnState }) =>
          `${about}: ${recorded}, ours ${ours} (${recording}${onOwnState ? ', on own state' : ''})`
      )
    ).toEqual([])
  })
}

replayed('every explanation of a difference explains one', () => {
  const used = new Set(rows.flatMap(({ found }) => found.map(explanationOf)))
  expect(EXPLAINED.filter(one => !used.has(one)).map(({ why }) => why)).toEqual([])
})

replayed('most recorded exchanges of what is emulated find the world that they need', () => {
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0)
  expect(sum(compared)).toBeGreaterThan(1_500)
  const emulated = rows.filter(row => compared(row) > 0)
  const needed = emulated.reduce((total, row) => total + row.recorded - row.notEmulated, 0)
  expect(sum(compared) / needed).toBeGreaterThan(0.85)
})

replayed('97 of 100 answers that aren’t old are the same in all, those that say little left out', () => {
  const { strict, explained, unexplained } = sumOf(rows.flatMap(row => [row, row.ownState]))
  expect(strict).toBeGreaterThan(1_000)
  expect(strict / (strict + explained + unexplained)).toBeGreaterThan(0.97)
})

replayed('what a GET shows after writes is held to recordings on the embedded Azure’s own state', () => {
  expect(sumOf(rows.map(({ ownState }) => ownState)).strict).toBeGreaterThan(200)
})
