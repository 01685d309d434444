/** Nodes that restart in waves, in lives that are disturbed as the others are: lost answers, kills, cancellations. */
import { expect, test } from '@jest/globals'
import { dice } from './dice.ts'
import { report } from './report.ts'
import { plainWorld, REFRESH } from './saboteurs.ts'
import { simulate } from './simulate.ts'
import type { Simulated } from './world-of.ts'

const SEEDS = 12

function refreshOf(seed: number): Simulated {
  const chance = dice(seed, 20)
  const inputs = {
    ...REFRESH.inputs,
    'refresh-nodes': chance.pick(['reboot', 'reboot', 'reimage']),
    'wave-size': chance.pick(['all', '1', '4', '7', '50']),
    'canary-nodes': chance.pick(['0', '1', '3']),
    drain: chance.pick(['task-completion', 'requeue', 'terminate'])
  }
  const runningTasks = chance.some(20, 0.3).map(index => ({ index, endsAfterMs: chance.between(1, 150) * 60_000 }))
  const simulated = plainWorld({ ...REFRESH, inputs })
  const behaviour = { ...simulated.world.behaviour, nodes: { render: { runningTasks } } }
  return { ...simulated, seed, world: { ...simulated.world, behaviour } }
}

test(`every invariant holds while nodes restart, for ${SEEDS} seeds`, async () => {
  let lives = 0
  for (let seed = 0; seed < SEEDS; seed++) {
    const simulation = await simulate(seed, { simulated: () => refreshOf(seed) })
    if (simulation.violations.length > 0) throw new Error(report(simulation))
    lives += simulation.completed
  }
  // Of two lives each.
  expect(lives).toBeGreaterThan(SEEDS)
}, 120_000)
