import { expect, test } from '@jest/globals'
import { CALM } from './disturbances-of.ts'
import { KEEPS_CONTRACTS } from './invariants/contract.ts'
import { INVARIANTS } from './invariants/index.ts'
import { NOT_IN_THE_WAY, rival, type Rivals } from './rivals.ts'
import { IN_PLACE, PLAINS, plainWorld, RIVAL_SABOTEURS, SABOTEURS } from './saboteurs.ts'
import { calmLife, simulate, type Calm } from './simulate.ts'
import type { Simulated } from './world-of.ts'
import { withoutSpecifications } from '../support/contract/specifications.ts'
import { testIf } from '../support/test-if.ts'

/** Real time, on a machine that is busy; a life that is left in its middle would take the next ones’ timers. */
const PATIENCE_MS = 60_000

const calmLives = new Map<string, Promise<Calm>>()

/** Saboteurs work in a handful of worlds, and spoil only the other life in them. */
function calmLifeOnce(simulated: Simulated): Promise<Calm> {
  const world = JSON.stringify(simulated)
  const lived = calmLives.get(world) ?? calmLife(simulated)
  calmLives.set(world, lived)
  return lived
}

for (const { rule, does, plain, sabotage } of SABOTEURS) {
  const missing = rule === KEEPS_CONTRACTS ? withoutSpecifications : undefined
  testIf(missing)(
    `"${rule}" catches one who ${does}`,
    async () => {
      const { violations } = await simulate(
        1,
        { disturbances: CALM, ...sabotage, simulated: () => plainWorld(plain) },
        calmLifeOnce
      )
      expect(violations.map(one => one.rule)).toContain(rule)
    },
    PATIENCE_MS
  )
}

test.each(PLAINS)(
  'without a saboteur nothing is broken in their world',
  async plain => {
    const { violations } = await simulate(1, { disturbances: CALM, simulated: () => plainWorld(plain) })
    expect(violations).toEqual([])
  },
  PATIENCE_MS
)

const AT_ONCE = { kind: 'another run', afterMs: 10 * 60_000, disturbances: [CALM, CALM] } satisfies Rivals

test.each(RIVAL_SABOTEURS)(
  '"$rule" catches two at once of whom each $does',
  async ({ rule, wire }) => {
    const simulation = await rival(1, { simulated: plainWorld(IN_PLACE), rivals: AT_ONCE, wire })
    expect(simulation?.violations.map(one => one.rule)).toContain(rule)
  },
  PATIENCE_MS
)

test(
  'without a saboteur two at once break nothing in their world',
  async () => {
    const simulation = await rival(1, { simulated: plainWorld(IN_PLACE), rivals: AT_ONCE })
    expect(simulation?.violations).toEqual([])
  },
  PATIENCE_MS
)

test('every invariant has a saboteur', () => {
  const caught = new Set([...SABOTEURS, ...RIVAL_SABOTEURS].map(({ rule }) => rule))
  expect([...INVARIANTS.map(({ rule }) => rule), NOT_IN_THE_WAY].filter(rule => !caught.has(rule))).toEqual([])
})
