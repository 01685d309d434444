/** What must hold at each exchange and at the end: pure functions of what has happened so far, and of Azure's own state. */
import type { ToUndo } from '../../../src/model/to-undo.ts'
import type { JournalEntry } from '../../../src/model/journal.ts'
import type { RunContext } from '../../../src/model/spec.ts'
import type { VmNow } from '../../support/somebody-else.ts'
import type { Told } from '../../support/story.ts'
import type { Met } from '../disturbed-azure.ts'
import type { RegionsNow } from '../regions-now.ts'
import type { Simulated } from '../world-of.ts'

// The emulated Azure's JSON.
/* eslint-disable @typescript-eslint/no-explicit-any */
export type Loose = any

/** Every resource as a GET would show it. */
export type State = Loose[]

export type Run = {
  /** The first disturbed one is 0; those before it are negative. */
  index: number
  inputs: Record<string, string>
  context: Pick<RunContext, 'runId' | 'runAttempt'> & Partial<RunContext>
  startedAt: number
  /** Azure as the run found it. */
  found: State
  foundRegions: RegionsNow
  /** So far. */
  exchanges: Met[]
  /** So far; undefined for a post step, after which nobody comes. */
  journal?: JournalEntry[]
  /** What it kept for its post step. */
  toUndo?: ToUndo
  cancelledAt?: number
  told?: Told
  endedAt?: number
  /** The source VM when run and post step were over. */
  vm?: VmNow
  /** What the post step says that it did, and its exchanges; undefined where there was none. */
  undone?: string[]
  undoing?: Met[]
  /** Azure as it left it. */
  left?: State
  leftRegions?: RegionsNow
}

export type Life = {
  simulated: Simulated
  runs: Run[]
  /** Who changed the pool, a name for each change that Azure took. */
  poolWriters: string[]
  /** Azure when all that was still under way after the last run has ended. */
  settled: State
}

/** One request that changes something, and Azure as it is when it comes. */
export type Change = {
  life: Life
  run: Run
  at: number
  method: string
  /** ARM id, lower case. */
  target: string
  headers: Record<string, string>
  body: Loose
  state: State
  /** Nodes of the pool as Azure's own list has them now. */
  nodes(): Loose[]
  /** The source VM now. */
  vm(): VmNow
}

export type Invariant = {
  /** A sentence that says what holds. */
  rule: string
  /** Holds only where nobody else is at work at the same time. */
  alone?: true
  /** Each says what is wrong, or undefined. */
  atChange?(change: Change): string | undefined
  atExchange?(life: Life, run: Run, exchange: Met): string | undefined
  atEndOfRun?(life: Life, run: Run & Ended): string | undefined
  /** After the post step, where there is one; not where the runner went away as a whole. */
  afterPost?(life: Life, run: Run & Ended): string | undefined
  /** `calm`: another life in the same world, in which nothing went wrong on the way; `unlocked`: one where nobody has put a lock, too. */
  atEndOfLife?(life: Life, calm: Life, unlocked?: Life): string | undefined
  /** Of all that went to and fro in a run and its post step. */
  ofExchanges?(exchanges: readonly Met[]): Promise<string | undefined>
}

export type Ended = { told: Told; endedAt: number; left: State; leftRegions: RegionsNow }

export const isEnded = (run: Run): run is Run & Ended => run.told !== undefined

/** Of a life whose last run went well. */
export function completed({ runs }: Life): (Run & Ended) | undefined {
  const last = runs.at(-1)
  return last !== undefined && isEnded(last) && last.told.ok ? last : undefined
}

/** A snapshot that is to be taken again can't be while a lock keeps the former one: the run ends with that, and says who can help. */
export function isKeptByLock({ runs, simulated }: Life): boolean {
  const told = runs.at(-1)?.told
  const isAtIt = /^clear-snapshot/.test(told?.outputs['failed-step'] ?? '')
  return simulated.setbacks.locked && isAtIt && told?.summary.includes('ScopeLocked') === true
}

export const idIn = (url: string): string => decodeURIComponent(new URL(url).pathname).toLowerCase()

export const find = (state: State, id: string): Loose =>
  state.find(resource => String(resource.id).toLowerCase() === id.toLowerCase())

const isOf = (type: string) => (resource: Loose) => String(resource.type).toLowerCase() === type
export const isSnapshot = isOf('microsoft.compute/snapshots')
export const isVersion = isOf('microsoft.compute/galleries/images/versions')
export const isPool = isOf('microsoft.batch/batchaccounts/pools')

/** Ids that the action's own requests have made: Azure took them. A lost answer counts. */
export function madeIn(runs: readonly Run[]): Set<string> {
  const puts = runs.flatMap(({ exchanges }) => exchanges).filter(({ request }) => request.method === 'PUT')
  const taken = puts.filter(({ scripted, response }) => scripted !== true && response.status < 300)
  return new Set(taken.map(({ request }) => idIn(request.url)))
}
