/** One run of the action, watched at every exchange, and its post step where it has one. */
import type { Clock } from '../../src/shared/clock.ts'
import { RunError } from '../../src/model/failure.ts'
import type { JournalEntry } from '../../src/model/journal.ts'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import type { Emulator, EmulatorRequest } from '../../emulator/index.ts'
import { vmNow } from '../support/somebody-else.ts'
import { IDS, tellPost, tellStory } from '../support/story.ts'
import { CALM, type Disturbances } from './disturbances-of.ts'
import { disturbedAzure, isChange, type Met, type Watcher, type Wire } from './disturbed-azure.ts'
import { contractInvariants } from './invariants/contract.ts'
import { idIn, type Change, type Invariant, type Life, type Run } from './invariants/invariant.ts'
import { nodesNow } from './nodes-now.ts'
import { regionsNow } from './regions-now.ts'
import type { StepKind } from '../../src/model/plan.ts'
import type { RunContext } from '../../src/model/spec.ts'
import type { Simulated } from './world-of.ts'

export type Violation = { rule: string; found: string; run: number }

/** A wrong change for a test, of the disturbed life alone. */
export type Sabotage = {
  simulated?: (simulated: Simulated) => Simulated
  disturbances?: Disturbances
  wire?: Wire
  clock?: (clock: Clock) => Clock
  /** The run isn't told that it was cancelled. */
  isDeaf?: true
  inputs?: (inputs: Record<string, string>) => Record<string, string>
  /** Kinds of undoing that are not kept for the post step. */
  forgets?: StepKind
  /** Lines of the journal that are never written. */
  loses?: (entry: JournalEntry) => boolean
}

export type Living = {
  disturbances: Disturbances
  violations: Violation[]
  sabotage?: Sabotage
  /** What is held against it. */
  invariants: readonly Invariant[]
}

export type Scene = { emulator: Emulator; clock: Clock; life: Life; living: Living }

/** A life in a world in which the rollouts of `simulated.before` have been. */
export async function livedBefore(
  { emulator, clock, living }: Omit<Scene, 'life'>,
  simulated: Simulated
): Promise<Life> {
  const life: Life = { simulated, runs: [], settled: [], poolWriters: [] }
  const { before, gapMs } = simulated
  const calm = { ...living, disturbances: CALM, sabotage: {} }
  for (const [index, earlier] of before.entries()) {
    const context = { runId: String(100 + index), runAttempt: 1 }
    await oneRun({ emulator, clock, life, living: calm }, earlier, { index: index - before.length, context })
    await clock.sleep(gapMs)
  }
  return life
}

export async function oneRun(
  { emulator, clock, life, living }: Scene,
  inputs: Record<string, string>,
  { index, context }: Pick<Run, 'index' | 'context'>
): Promise<void> {
  const { disturbances, invariants, violations, sabotage = {} } = living
  const journal: JournalEntry[] = []
  const found = { found: emulator.state(), foundRegions: regionsNow(emulator) }
  const run: Run = { index, inputs, context, startedAt: clock.now(), ...found, exchanges: [], journal }
  life.runs.push(run)
  const cancel = new AbortController()
  const complain = complainer(violations, index)
  const azure = disturbedAzure({
    emulator,
    disturbances,
    watcher: watcherOf({ emulator, life, run, invariants, complain }),
    ...(sabotage.wire === undefined ? {} : { wire: sabotage.wire })
  })
  run.told = await tellStory(azure.emulator, sabotage.clock?.(clock) ?? clock, {
    inputs,
    context,
    env: life.simulated.env,
    killedAt: azure.killedAt,
    onJournal: (entry: JournalEntry) => {
      if (sabotage.loses?.(entry) !== true) journal.push(entry)
    },
    onToUndo: kept => {
      run.toUndo = { ...kept, undo: kept.undo.filter(({ step }) => step.kind !== sabotage.forgets) }
    },
    onExchange: () => {
      if (!azure.isCancelled() || cancel.signal.aborted) return
      run.cancelledAt = clock.now()
      cancel.abort(
        new RunError({
          reason: 'cancelled',
          message: 'the run was cancelled (SIGINT)',
          wayOut: 'run it again with the same inputs'
        })
      )
    },
    cancel: sabotage.isDeaf === true ? new AbortController().signal : cancel.signal
  })
  Object.assign(run, { endedAt: clock.now(), left: emulator.state(), leftRegions: regionsNow(emulator) })
  for (const { rule, atEndOfRun } of invariants) complain(rule, atEndOfRun?.(life, run as Required<Run>))
  // A runner that went away as a whole has no post step.
  const hasPost = life.simulated.seed % 3 !== 0
  if (!run.told.ok && hasPost) run.undone = await postOf({ emulator, clock, life, living }, run)
  Object.assign(run, { left: emulator.state(), vm: vmNow(emulator, IDS.vm) })
  if (!hasPost && (run.told.killed || run.cancelledAt !== undefined)) return
  for (const { rule, afterPost } of invariants) complain(rule, afterPost?.(life, run as Required<Run>))
}

/** The post step of a run, or of one that is still at work. Returns what it says that it did. */
export function postOf({ emulator, clock, life, living }: Scene, { journal: mains, ...run }: Run): Promise<string[]> {
  const { invariants, violations } = living
  const post: Run = { ...run, found: emulator.state(), exchanges: [] }
  const main = life.runs.find(({ index }) => index === run.index)
  if (main !== undefined) main.undoing = post.exchanges
  const complain = complainer(violations, run.index)
  const watcher = watcherOf({ emulator, life, run: post, invariants, complain })
  const calm = disturbedAzure({ emulator, disturbances: CALM, watcher })
  const story = { inputs: run.inputs, env: life.simulated.env }
  const { toUndo } = run
  // Of a main that is still at work what it was given: a whole one.
  const context = run.told?.context ?? (run.context as RunContext)
  // What it leaves undone, and what it undoes, is the same where the journal can’t be read.
  const journal = life.simulated.seed % 2 === 0 ? { journal: mains ?? [] } : {}
  return tellPost(calm.emulator, clock, { story, told: { context, ...(toUndo && { toUndo }), ...journal } })
}

/** Told only when a life is over, for it takes real time. */
export async function brokenByExchanges({ index, exchanges, undoing = [] }: Run): Promise<Violation[]> {
  const broken: Violation[] = []
  for (const { rule, ofExchanges } of contractInvariants) {
    const found = await ofExchanges?.([...exchanges, ...undoing])
    if (found !== undefined) broken.push({ rule, found, run: index })
  }
  return broken
}

type Complain = (rule: string, found: string | undefined) => void

/** One violation of a rule in a run is enough. */
const complainer =
  (violations: Violation[], run: number): Complain =>
  (rule, found) => {
    if (found === undefined || violations.some(one => one.rule === rule && one.run === run)) return
    violations.push({ rule, found, run })
  }

type Watching = {
  emulator: Emulator
  life: Life
  run: Run
  invariants: readonly Invariant[]
  complain: Complain
}

function watcherOf({ emulator, life, run, invariants, complain }: Watching): Watcher {
  const atChange = invariants.filter(one => one.atChange !== undefined)
  const atExchange = invariants.filter(one => one.atExchange !== undefined)
  return {
    before(request) {
      const change = changeOf(request, { emulator, life, run })
      for (const { rule, atChange: look } of atChange) complain(rule, look?.(change))
    },
    after(exchange) {
      run.exchanges.push(exchange)
      if (changesPool(exchange)) life.poolWriters.push(writerOf(run))
      for (const { rule, atExchange: look } of atExchange) complain(rule, look?.(life, run, exchange))
    }
  }
}

const isOn = (target: string, pool: string): boolean => target === pool || target.startsWith(`${pool}/`)

function changesPool({ request, response, scripted }: Met): boolean {
  const isOfPool = isChange(request) && isOn(idIn(request.url), IDS.pool.toLowerCase())
  return isOfPool && scripted !== true && response.status < 300
}

/** A post step is a writer of its own: should its main still run, the two must not work side by side. */
const writerOf = ({ index, journal }: Run): string => `run ${index}${journal === undefined ? ', post' : ''}`

function changeOf(
  { method, url, headers, body }: EmulatorRequest,
  { emulator, life, run }: Omit<Watching, 'complain' | 'invariants'>
): Change {
  let state: JsonObject[] | undefined
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    life,
    run,
    at: emulator.now(),
    method,
    target: idIn(url),
    headers: lower,
    body: body === undefined ? undefined : JSON.parse(body),
    // Few rules look at it, and it is all of Azure.
    get state() {
      return (state ??= emulator.state())
    },
    nodes: () => nodesNow(emulator),
    vm: () => vmNow(emulator, IDS.vm)
  }
}
