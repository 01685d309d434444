/** What the steps of one run share: its effects, its limits, and what they have learnt for the report. */
import type { Azure } from '../azure/gateway.ts'
import type { Node, Pool, Replication, Scale } from '../model/observed.ts'
import type { PoolId } from '../model/arm-id.ts'
import type { SmokeTestOutcome } from '../model/outcome.ts'
import type { Condition, NodeTargets, Step } from '../model/plan.ts'
import type { RunContext } from '../model/spec.ts'
import type { Row } from '../rules/body-difference.ts'
import type { Clock } from '../shared/clock.ts'
import type { StepEntry } from '../model/journal.ts'

export type ExecuteDeps = {
  azure: Azure
  clock: Clock
  journal: { write(entry: StepEntry): void }
  /** A line of progress of a step. */
  say(stepId: string, line: string): void
  /** What went wrong without deciding the run: told at once, and at its end. */
  warn(stepId: string, warning: { message: string; wayOut: string }): void
  /** For `${env:NAME}` in what is sent to Batch. */
  env: Readonly<Record<string, string | undefined>>
  /** Longest wait between two looks, in ms. */
  pollIntervalMs: number
  /** When the run's time is up, in ms since the epoch. */
  deadlineAt: number
  context: RunContext
  /** Azure's own time, in ms since the epoch: leases are compared in it. */
  azureNow(): number
  /** Whether the image is this run’s own work: what is missing of it, the next run makes again. */
  makesImage: boolean
}

/** What the run knows of one of its pools. */
export type KnownPool = {
  /** As last seen. */
  pool?: Pool
  nodes?: Node[]
  /** The healthy ones of the last look that had some: a formula may have sent the last node away since. */
  healthyNodes?: Node[]
  /** The scale that this run has asked for last. */
  left?: Scale
  /** Whether this run has written its lease and not taken it off: when it is gone all the same, somebody took it off. */
  isHeld: boolean
  /** What Batch was asked for, answered by 200, and left as it was: the run goes on, and fails at its end. */
  unmade?: { stepId: string; rows: Row[] }
  /** As it was just before this run gave it another image. */
  former?: Pool
  /** What the drain has asked for on its way to zero. */
  onTheWay?: NodeTargets
  /** It was emptied, got its former scale back, and was seen with its nodes. */
  isRestored?: true
  /** Nodes have failed, and that is why the run does. */
  hasFailedNodes?: true
}

/** What a run has learnt on its way, for later steps and for the report. */
export type Known = {
  /** By `poolId` in lower case: `poolKnown` reads it. */
  pools: Map<string, KnownPool>
  /** Of the image version, as last seen. */
  replication?: Replication
  /** Of the source VM: whether this run has it stopped, and is to start it again. */
  vm?: 'held' | 'released'
  conditions: Set<Condition>
  /** Those that went well. */
  smokeTests: SmokeTestOutcome[]
  isTaggedFailed?: true
}

/** How the performers of a step behave while a run is undone. */
export type Undoing = {
  /** The post step acts for a main step: what that holds is its own. */
  actsFor?: RunContext
  /** Whether there is time to see what was asked for come about. */
  isPatient: boolean
}

export type Execution = ExecuteDeps & {
  signal: AbortSignal
  known: Known
  /** Undefined while the plan’s own steps are performed. */
  undoing?: Undoing
}

export const nothingKnown = (): Known => ({ pools: new Map(), conditions: new Set(), smokeTests: [] })

export function poolKnown({ known }: Pick<Execution, 'known'>, { poolId }: { poolId: PoolId }): KnownPool {
  const id = poolId.toLowerCase()
  const pool = known.pools.get(id) ?? { isHeld: false }
  known.pools.set(id, pool)
  return pool
}

/** A step of one kind. */
export type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>

/** What a performer returns: one line on how it ended. */
export type Performed = Promise<string>
