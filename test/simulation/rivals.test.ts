import { expect, test } from '@jest/globals'
import { report } from './report.ts'
import { rival } from './rivals.ts'

const BLOCK = 25

test.each([0, 25, 50, 75])(
  `every invariant holds for two at work on one pool, for ${BLOCK} seeds from %d on`,
  async first => {
    let rollouts = 0
    for (let seed = first; seed < first + BLOCK; seed++) {
      const simulation = await rival(seed)
      if ((simulation?.violations.length ?? 0) > 0) throw new Error(report(simulation!))
      rollouts += simulation?.rollouts ?? 0
    }
    expect(rollouts).toBeGreaterThan(BLOCK)
  },
  120_000
)
