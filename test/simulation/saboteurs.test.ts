import { expect, test } from '@jest/globals'
import { CALM } from './disturbances-of.ts'
import { INVARIANTS } from './invariants/index.ts'
import { PLAINS, plainWorld, SABOTEURS } from './saboteurs.ts'
import { simulate } from './simulate.ts'

/** Real time, on a machine that is busy; a life that is left in its middle would take the next ones’ timers. */
const PATIENCE_MS = 60_000

test.each(SABOTEURS)(
  '"$rule" catches one who $does',
  async ({ rule, plain, sabotage }) => {
    const { violations } = await simulate(1, { disturbances: CALM, ...sabotage, simulated: () => plainWorld(plain) })
    expect(violations.map(one => one.rule)).toContain(rule)
  },
  PATIENCE_MS
)

test.each(PLAINS)(
  'without a saboteur nothing is broken in their world',
  async plain => {
    const { violations } = await simulate(1, { disturbances: CALM, simulated: () => plainWorld(plain) })
    expect(violations).toEqual([])
  },
  PATIENCE_MS
)

test('every invariant has a saboteur', () => {
  const caught = new Set(SABOTEURS.map(({ rule }) => rule))
  expect(INVARIANTS.map(({ rule }) => rule).filter(rule => !caught.has(rule))).toEqual([])
})
