/** Two lives in one random world, one disturbed and one calm, and which invariants they broke. */
import { createEmulator } from '../../emulator/index.ts'
import { STORY_STARTS_AT } from '../support/story.ts'
import type { Chapter } from '../support/transcript.ts'
import { inVirtualTime } from '../support/virtual-time.ts'
import { CALM, disturbancesOf } from './disturbances-of.ts'
import { INVARIANTS } from './invariants/index.ts'
import { completed, type Life, type Run } from './invariants/invariant.ts'
import { brokenByExchanges, livedBefore, oneRun, type Living, type Sabotage, type Violation } from './one-run.ts'
import { withObstacle } from './obstacles.ts'
import { worldOf, type Simulated } from './world-of.ts'

export type Simulation = {
  seed: number
  violations: Violation[]
  chapters: Chapter[]
  rollouts: number
  /** Lives that ended well, and in which Azure was changed. */
  completed: number
}

/** Longer than the slowest replication of any world. */
const SETTLES_MS = 12 * 3_600_000

/** Runs after the first; the world may need hours until it gives what is asked for. A disturbed one may count for nothing. */
const FURTHER_RUNS = 4
const mostRuns = ({ disturbances }: Living): number => FURTHER_RUNS + (disturbances === CALM ? 0 : 1)

export async function simulate(
  seed: number,
  sabotage: Sabotage = {},
  calmLifeIn: (simulated: Simulated) => Promise<Calm> = calmLife
): Promise<Simulation> {
  const simulated = (sabotage.simulated ?? (same => same))(worldOf(seed))
  const disturbances = sabotage.disturbances ?? disturbancesOf(seed)
  const { life: calm, broken } = await calmLifeIn(simulated)
  const violations: Violation[] = [...broken]
  const life = await live(simulated, { disturbances, violations, sabotage, invariants: INVARIANTS })
  const unlocked = simulated.setbacks.locked ? await liveUnlocked(simulated) : undefined
  for (const { rule, atEndOfLife } of INVARIANTS) {
    const found = atEndOfLife?.(life, calm, unlocked)
    if (found !== undefined) violations.push({ rule, found, run: life.runs.length - 1 })
  }
  for (const run of [...calm.runs, ...life.runs]) violations.push(...(await brokenByExchanges(run)))
  const chapters = [...chaptersOf('calm', calm), ...chaptersOf('disturbed', life)]
  return {
    seed,
    violations,
    chapters,
    rollouts: calm.runs.length + life.runs.length,
    completed: wentWell([calm, life])
  }
}

/** A life in which nothing goes wrong on the way, and what is broken even so. */
export type Calm = { life: Life; broken: Violation[] }

export async function calmLife(simulated: Simulated): Promise<Calm> {
  const broken: Violation[] = []
  return { life: await live(simulated, { disturbances: CALM, violations: broken, invariants: INVARIANTS }), broken }
}

/** What holds of it is looked at where worlds have no lock from the start. */
function liveUnlocked(simulated: Simulated): Promise<Life> {
  const resources = simulated.world.resources.filter(({ type }) => type !== 'Microsoft.Authorization/locks')
  const free = { ...simulated, world: { ...simulated.world, resources } }
  return live(free, { disturbances: CALM, violations: [], invariants: [] })
}

export const wentWell = (lives: readonly Life[]): number =>
  lives.filter(
    life => completed(life) !== undefined && life.runs.some(({ told }) => told !== undefined && told.changes.length > 0)
  ).length

export const chaptersOf = (which: string, { runs }: Life): Chapter[] =>
  runs.flatMap(({ told, index, context }) =>
    told === undefined
      ? []
      : [
          {
            title: `${which} ${index}: run ${context.runId} attempt ${context.runAttempt}${told.killed ? ', killed' : ''}`,
            told
          }
        ]
  )

function live(simulated: Simulated, living: Living): Promise<Life> {
  return inVirtualTime(STORY_STARTS_AT, async clock => {
    const { inputs, gapMs, obstacle, seed } = simulated
    const emulator = createEmulator({ world: withObstacle(simulated.world, obstacle), clock: () => clock.now() })
    const life = await livedBefore({ emulator, clock, living }, simulated)
    if (obstacle !== undefined && 'faults' in obstacle) emulator.addFaults(obstacle.faults)
    for (
      let index = 0;
      index <= mostRuns(living) && !(index > 0 && isOver(life, living.disturbances !== CALM));
      index++
    ) {
      if (index > 0) await clock.sleep(gapMs)
      const context = contextOf(seed, index)
      const { sabotage = {} } = living
      const disturbances = index === 0 ? living.disturbances : CALM
      const given = index === 0 ? (sabotage.inputs ?? (same => same))(inputs) : inputs
      await oneRun({ emulator, clock, life, living: { ...living, disturbances } }, given, { index, context })
    }
    await clock.sleep(SETTLES_MS)
    if (mayMendRegions(life)) {
      const index = life.runs.length - simulated.before.length
      const scene = { emulator, clock, life, living: { ...living, disturbances: CALM } }
      await oneRun(scene, inputs, { index, context: contextOf(seed, index) })
      await clock.sleep(SETTLES_MS)
    }
    life.settled = emulator.state()
    return life
  })
}

/** Time alone mends none of these. */
const FOR_GOOD = new Set(['input-invalid', 'check-failed', 'pool-change-refused', 'pool-refused'])

/** Whether nothing is left for another run; the first may have failed for what disturbed it. */
function isOver(life: Life, disturbed: boolean): boolean {
  if (completed(life) !== undefined) return true
  const last = life.runs.at(-1)
  const { comparable, obstacle } = life.simulated
  if (last === undefined || (last.index > 0 && (!comparable || obstacle !== undefined))) return true
  const isCalm = last.index > 0 || !disturbed
  // The lease of one that is dead runs out.
  if (last.told?.summary.includes('vm-held')) return false
  return isCalm && FOR_GOOD.has(last.told?.outputs['failure-reason'] ?? '')
}

/** Where a region may have failed since the last run, another one that is about the same version looks after it. */
function mayMendRegions(life: Life): boolean {
  const { seed, setbacks, inputs } = life.simulated
  const isAboutTheSame = inputs['image-version'] !== 'auto' || seed % 2 === 0
  return (
    setbacks.failing.length > 0 && inputs['command'] !== 'rollout' && isAboutTheSame && completed(life) !== undefined
  )
}

/** Half of the worlds run the job again, the others run it anew. */
function contextOf(seed: number, index: number): Run['context'] {
  return seed % 2 === 0 ? { runId: '4711', runAttempt: index + 1 } : { runId: String(4711 + index), runAttempt: 1 }
}
