/** What the steps of one run share: its effects, its limits, and what they have learnt for the report. */
import type { Azure } from '../azure/gateway.ts'
import type { Node, Pool, Replication } from '../model/observed.ts'
import type { Plan, Step } from '../model/plan.ts'
import type { RunContext } from '../model/spec.ts'
import type { Row } from '../plan/body-difference.ts'
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
}

export type Execution = ExecuteDeps & {
  plan: Plan
  signal: AbortSignal
  /** What was last seen of the things that the report speaks of. */
  seen: {
    pool?: Pool
    nodes?: Node[]
    replication?: Replication
    /** What Batch was asked for, answered by 200, and left as it was: the run goes on, and fails at its end. */
    unmade?: { stepId: string; rows: Row[] }
    /** Of the source VM: whether this run has it stopped, and is to start it again. */
    vm?: 'held' | 'released'
    /** Nodes that run the image have failed again after their second chance; and whether it was tagged for that. */
    isImageBlamed?: true
    isTaggedFailed?: true
  }
  /** Whether this run has written its lease and not taken it off: when it is gone all the same, somebody took it off. */
  lease: { isHeld: boolean }
}

/** A step of one kind. */
export type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>

/** What a performer returns: one line on how it ended. */
export type Performed = Promise<string>
