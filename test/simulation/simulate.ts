/** Two lives in one random world, one disturbed and one calm, and which invariants they broke. */
import type { Clock } from '../../src/shared/clock.ts'
import { RunError } from '../../src/model/failure.ts'
import type { JournalEntry } from '../../src/model/journal.ts'
import { createEmulator, type Emulator, type EmulatorRequest } from '../../emulator/index.ts'
import { STORY_STARTS_AT, tellPost, tellStory } from '../support/story.ts'
import type { Chapter } from '../support/transcript.ts'
import { inVirtualTime } from '../support/virtual-time.ts'
import { CALM, disturbancesOf, type Disturbances } from './disturbances-of.ts'
import { disturbedAzure, type Watcher, type Wire } from './disturbed-azure.ts'
import { INVARIANTS } from './invariants/index.ts'
import { completed, idIn, type Change, type Life, type Run } from './invariants/invariant.ts'
import { nodesNow } from './nodes-now.ts'
import { worldOf, type Simulated } from './world-of.ts'

export type Violation = { rule: string; found: string; run: number }
export type Simulation = { seed: number; violations: Violation[]; chapters: Chapter[]; rollouts: number }

/** A wrong change for a test, of the disturbed life alone. */
export type Sabotage = {
  simulated?: (simulated: Simulated) => Simulated
  disturbances?: Disturbances
  wire?: Wire
  clock?: (clock: Clock) => Clock
  /** The run isn't told that it was cancelled. */
  isDeaf?: true
  inputs?: (inputs: Record<string, string>) => Record<string, string>
  /** Lines of the journal that are never written. */
  loses?: (entry: JournalEntry) => boolean
}

/** Longer than the slowest replication of any world. */
const SETTLES_MS = 12 * 3_600_000

/** Runs after the disturbed one; the world may need hours until it gives what is asked for. */
const FURTHER_RUNS = 4

export async function simulate(seed: number, sabotage: Sabotage = {}): Promise<Simulation> {
  const simulated = (sabotage.simulated ?? (same => same))(worldOf(seed))
  const disturbances = sabotage.disturbances ?? disturbancesOf(seed)
  const violations: Violation[] = []
  const calm = await live(simulated, { disturbances: CALM, violations })
  const life = await live(simulated, { disturbances, violations, sabotage })
  for (const { rule, atEndOfLife } of INVARIANTS) {
    const found = atEndOfLife?.(life, calm)
    if (found !== undefined) violations.push({ rule, found, run: life.runs.length - 1 })
  }
  const chapters = [...chaptersOf('calm', calm), ...chaptersOf('disturbed', life)]
  return { seed, violations, chapters, rollouts: calm.runs.length + life.runs.length }
}

const chaptersOf = (which: string, { runs }: Life): Chapter[] =>
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

type Living = { disturbances: Disturbances; violations: Violation[]; sabotage?: Sabotage }

function live(simulated: Simulated, living: Living): Promise<Life> {
  return inVirtualTime(STORY_STARTS_AT, async clock => {
    const emulator = createEmulator({ world: simulated.world, clock: () => clock.now() })
    const life: Life = { simulated, runs: [], settled: [] }
    const { before, inputs, gapMs, seed } = simulated
    for (const [index, earlier] of before.entries()) {
      const context = { runId: String(100 + index), runAttempt: 1 }
      await oneRun({ emulator, clock, life, living: { ...living, disturbances: CALM, sabotage: {} } }, earlier, {
        index: index - before.length,
        context
      })
      await clock.sleep(gapMs)
    }
    for (let index = 0; index <= FURTHER_RUNS && !(index > 0 && isOver(life, living.disturbances !== CALM)); index++) {
      if (index > 0) await clock.sleep(gapMs)
      const context = contextOf(seed, index)
      const { sabotage = {} } = living
      const disturbances = index === 0 ? living.disturbances : CALM
      const given = index === 0 ? (sabotage.inputs ?? (same => same))(inputs) : inputs
      await oneRun({ emulator, clock, life, living: { ...living, disturbances } }, given, { index, context })
    }
    await clock.sleep(SETTLES_MS)
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
  if (last === undefined || (last.index > 0 && !life.simulated.comparable)) return true
  const isCalm = last.index > 0 || !disturbed
  return isCalm && FOR_GOOD.has(last.told?.outputs['failure-reason'] ?? '')
}

/** Half of the worlds run the job again, the others run it anew. */
function contextOf(seed: number, index: number): Run['context'] {
  return seed % 2 === 0 ? { runId: '4711', runAttempt: index + 1 } : { runId: String(4711 + index), runAttempt: 1 }
}

type Scene = { emulator: Emulator; clock: Clock; life: Life; living: Living }

async function oneRun(
  { emulator, clock, life, living }: Scene,
  inputs: Record<string, string>,
  { index, context }: Pick<Run, 'index' | 'context'>
): Promise<void> {
  const { disturbances, violations, sabotage = {} } = living
  const journal: JournalEntry[] = []
  const run: Run = { index, inputs, context, startedAt: clock.now(), found: emulator.state(), exchanges: [], journal }
  life.runs.push(run)
  const cancel = new AbortController()
  const complain = (rule: string, found: string | undefined): void => {
    if (found === undefined || violations.some(one => one.rule === rule && one.run === index)) return
    violations.push({ rule, found, run: index })
  }
  const azure = disturbedAzure({
    emulator,
    disturbances,
    watcher: watcherOf({ emulator, life, run, complain }),
    ...(sabotage.wire === undefined ? {} : { wire: sabotage.wire })
  })
  const story = {
    inputs,
    context,
    env: life.simulated.env,
    killedAt: azure.killedAt,
    onJournal: (entry: JournalEntry) => {
      if (sabotage.loses?.(entry) !== true) journal.push(entry)
    },
    onExchange: () => {
      if (!azure.isCancelled() || cancel.signal.aborted) return
      run.cancelledAt = clock.now()
      cancel.abort(new RunError('cancelled', 'the run was cancelled (SIGINT)', 'run it again with the same inputs'))
    },
    cancel: sabotage.isDeaf === true ? new AbortController().signal : cancel.signal
  }
  run.told = await tellStory(azure.emulator, sabotage.clock?.(clock) ?? clock, story)
  Object.assign(run, { endedAt: clock.now(), left: emulator.state() })
  for (const { rule, atEndOfRun } of INVARIANTS) complain(rule, atEndOfRun?.(life, run as Required<Run>))
  // A runner that went away as a whole has no post step.
  if (run.told.ok || life.simulated.seed % 3 === 0) return
  const { journal: _ended, ...sameRun } = run
  const post = { ...sameRun, found: run.left ?? [], exchanges: [] }
  const calm = disturbedAzure({
    emulator,
    disturbances: CALM,
    watcher: watcherOf({ emulator, life, run: post, complain })
  })
  run.undone = await tellPost(calm.emulator, clock, { story, told: run.told })
  run.left = emulator.state()
}

type Watching = { emulator: Emulator; life: Life; run: Run; complain(rule: string, found: string | undefined): void }

function watcherOf({ emulator, life, run, complain }: Watching): Watcher {
  const atChange = INVARIANTS.filter(one => one.atChange !== undefined)
  const atExchange = INVARIANTS.filter(one => one.atExchange !== undefined)
  return {
    before(request) {
      const change = changeOf(request, { emulator, life, run })
      for (const { rule, atChange: look } of atChange) complain(rule, look?.(change))
    },
    after(exchange) {
      run.exchanges.push(exchange)
      for (const { rule, atExchange: look } of atExchange) complain(rule, look?.(life, run, exchange))
    }
  }
}

function changeOf(
  { method, url, headers, body }: EmulatorRequest,
  { emulator, life, run }: Omit<Watching, 'complain'>
): Change {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    life,
    run,
    at: emulator.now(),
    method,
    target: idIn(url),
    headers: lower,
    body: body === undefined ? undefined : JSON.parse(body),
    state: emulator.state(),
    nodes: () => nodesNow(emulator)
  }
}
