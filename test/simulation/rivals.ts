/**
 * A life in which two are at work on one pool: another run, another job or attempt of the same run, or the post step of a main
 * that was thought dead.
 */
import { createEmulator } from '../../emulator/index.ts'
import { STORY_STARTS_AT } from '../support/story.ts'
import { inVirtualTime } from '../support/virtual-time.ts'
import { dice } from './dice.ts'
import type { RunContext } from '../../src/model/spec.ts'
import type { Wire } from './disturbed-azure.ts'
import { CALM, disturbancesOf, type Disturbances } from './disturbances-of.ts'
import { INVARIANTS } from './invariants/index.ts'
import { isKeptByLock, type Life } from './invariants/invariant.ts'
import { brokenByExchanges, livedBefore, oneRun, postOf, type Living, type Violation } from './one-run.ts'
import { chaptersOf, wentWell, type Simulation } from './simulate.ts'
import { OWN_REGION } from './setbacks.ts'
import { worldOf, type Simulated } from './world-of.ts'

/** Those that hold for each of two that are at work at once. */
const FOR_EACH = INVARIANTS.filter(({ alone, atEndOfLife }) => alone !== true && atEndOfLife === undefined)

const KINDS = ['another run', 'another job', 'another attempt', 'its own post step'] as const
type Kind = (typeof KINDS)[number]

export type Rivals = {
  kind: Kind
  /** When the second begins, in ms after the first. */
  afterMs: number
  /** Of the first, and of the second where it is a run. */
  disturbances: [Disturbances, Disturbances]
}

/** A wrong change for a test. */
export type RivalSabotage = { simulated?: Simulated; wire?: () => Wire; rivals?: Rivals }

/** Undefined where the world's rollout touches no pool. */
export async function rival(seed: number, sabotage: RivalSabotage = {}): Promise<Simulation | undefined> {
  const simulated = sabotage.simulated ?? worldOf(seed)
  if (simulated.inputs['command'] === 'image') return undefined
  const rivals = sabotage.rivals ?? rivalsOf(seed)
  const violations: Violation[] = []
  const life = await liveSideBySide(simulated, rivals, { violations, wire: sabotage.wire })
  for (const run of life.runs) violations.push(...(await brokenByExchanges(run)))
  return {
    seed,
    violations,
    chapters: chaptersOf(`beside ${rivals.kind}:`, life),
    rollouts: life.runs.length,
    completed: wentWell([life])
  }
}

function rivalsOf(seed: number): Rivals {
  const chance = dice(seed, 3)
  const disturbances = (of: number): Disturbances => (chance.chance(0.5) ? CALM : disturbancesOf(of))
  return {
    kind: chance.pick(KINDS),
    afterMs: chance.logBetween(1, 5_400) * 1_000,
    disturbances: [disturbances(seed + 100_000), disturbances(seed + 200_000)]
  }
}

const FIRST: RunContext = { repository: 'pixel/farm', runId: '4711', runAttempt: 1, commit: 'c0ffee0', nonce: 'first' }

const SECOND: Record<Exclude<Kind, 'its own post step'>, RunContext> = {
  'another run': { ...FIRST, runId: '4712', nonce: 'second' },
  'another job': { ...FIRST, nonce: 'second' },
  'another attempt': { ...FIRST, runAttempt: 2, nonce: 'second' }
}

const LAST: RunContext = { ...FIRST, runId: '4713', nonce: 'last' }
/** Longer than a lease can last. */
const LATER_MS = 12 * 3_600_000

/** What two at once must not leave in the way of a third. */
const IN_THE_WAY = new Set([
  'pool-leased',
  'pool-changed',
  'internal-error',
  'azure-error',
  'snapshot-failed',
  'image-failed'
])
export const NOT_IN_THE_WAY = 'what two at once have left is not in the way of a run that comes later'

const failsInOwnRegion = ({ setbacks }: Simulated): boolean =>
  setbacks.failing.some(({ region }) => region === OWN_REGION)

type Side = { violations: Violation[]; wire: RivalSabotage['wire'] }

function liveSideBySide(simulated: Simulated, rivals: Rivals, { violations, wire }: Side): Promise<Life> {
  return inVirtualTime(STORY_STARTS_AT, async clock => {
    const emulator = createEmulator({ world: simulated.world, clock: () => clock.now() })
    const calm: Living = { disturbances: CALM, violations, invariants: FOR_EACH }
    const life = await livedBefore({ emulator, clock, living: calm }, simulated)
    const { inputs } = simulated
    const run = (index: number, context: RunContext, disturbances: Disturbances): Promise<void> => {
      const living: Living = { ...calm, disturbances, sabotage: wire === undefined ? {} : { wire: wire() } }
      return oneRun({ emulator, clock, life, living }, inputs, { index, context })
    }
    const second = async (): Promise<void> => {
      await clock.sleep(rivals.afterMs)
      if (rivals.kind !== 'its own post step') return run(1, SECOND[rivals.kind], rivals.disturbances[1])
      const main = life.runs.find(({ index }) => index === 0)
      if (main !== undefined) await postOf({ emulator, clock, life, living: calm }, main)
    }
    await Promise.all([run(0, FIRST, rivals.disturbances[0]), second()])
    await clock.sleep(LATER_MS)
    await oneRun({ emulator, clock, life, living: calm }, inputs, { index: 2, context: LAST })
    const reason = life.runs.at(-1)?.told?.outputs['failure-reason'] ?? ''
    // A version whose own region fails comes to nothing, whoever else is at work.
    const isOfRegion = reason === 'image-failed' && failsInOwnRegion(simulated)
    if (IN_THE_WAY.has(reason) && !isOfRegion && !isKeptByLock(life))
      violations.push({ rule: NOT_IN_THE_WAY, found: reason, run: 2 })
    return life
  })
}
