/** What Azure was asked and answered when it was recorded, against what the emulator answers in the same world. */
import { expect } from '@jest/globals'
import { EXPLAINED, explanationOf } from '../support/replay/explained.ts'
import { fidelity, type Row } from '../support/replay/fidelity.ts'
import { withoutRecordings } from '../support/replay/recordings.ts'
import { testIf } from '../support/test-if.ts'

const rows: Row[] = withoutRecordings === undefined ? fidelity().filter(({ replayed }) => replayed > 0) : []
const replayed = testIf(withoutRecordings)

for (const { op, found } of rows) {
  replayed(`${op} is answered as in every recording, but for what is explained`, () => {
    const unexplained = found.filter(one => explanationOf(one) === undefined)
    expect(
      unexplained.map(({ about, recorded, ours, recording }) => `${about}: ${recorded}, ours ${ours} (${recording})`)
    ).toEqual([])
  })
}

replayed('every explanation of a difference explains one', () => {
  const used = new Set(rows.flatMap(({ found }) => found.map(explanationOf)))
  expect(EXPLAINED.filter(one => !used.has(one)).map(({ why }) => why)).toEqual([])
})

replayed('most recorded exchanges of what is emulated find the world that they need', () => {
  const [all, sent] = [rows.map(({ recorded, notEmulated }) => recorded - notEmulated), rows.map(row => row.replayed)]
  const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)
  expect(sum(sent)).toBeGreaterThan(1_500)
  expect(sum(sent) / sum(all)).toBeGreaterThan(0.85)
})
