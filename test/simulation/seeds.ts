import { expect, test } from '@jest/globals'
import { report } from './report.ts'
import { simulate } from './simulate.ts'

const BLOCK = 25

/** Tests for `count` seeds from `from` on. The message of a failing one is its transcript. */
export function holdForSeeds(from: number, count: number): void {
  const blocks = Array.from({ length: count / BLOCK }, (_, index) => from + index * BLOCK)
  test.each(blocks)(
    `every invariant holds for ${BLOCK} seeds from %d on`,
    async first => {
      let lives = 0
      for (let seed = first; seed < first + BLOCK; seed++) {
        const simulation = await simulate(seed)
        if (simulation.violations.length > 0) throw new Error(report(simulation))
        lives += simulation.completed
      }
      // Of two lives each. Where nothing goes well, nothing breaks a rule.
      expect(lives).toBeGreaterThan(BLOCK / 5)
    },
    120_000
  )
}
