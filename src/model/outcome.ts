/** What came of a plan: plain data, from which outputs, summary and exit code are made. */
import type { PoolId } from './arm-id.ts'
import type { FailureReason, Repetition } from './failure.ts'
import type { Node, Pool, Replication, ResizeError } from './observed.ts'
import type { ResourceOutcome } from './resource-outcome.ts'

export type Outcome = {
  ok: boolean
  /** Ms since the epoch. */
  startedAt: number
  endedAt: number
  steps: StepOutcome[]
  /** What came of the plan’s undoing, as far as the run did it itself. */
  undone: StepOutcome[]
  failure?: Failure
  /** Whether anything was created, changed or deleted in Azure, or may have been. */
  changed: boolean
  /** All that the run had to do with, from the answers to its own calls. */
  resources: ResourceOutcome[]
  /** Those of the plan that were seen, in its order. */
  pools: PoolOutcome[]
  /** Of the image version, as last seen. */
  replication?: Replication
  /** Those that went well; of one that failed the failure tells. */
  smokeTests: SmokeTestOutcome[]
  /** What this run made, or went on with, that still stands. */
  standing: Standing[]
  /** What went wrong without deciding the run, in the order in which it did. */
  warnings: RunWarning[]
}

/** `result`: `exit code 0 on 3 nodes`; `output`: the last lines that one of them wrote. */
export type SmokeTestOutcome = { poolName: string; result: string; output: string[] }

export type RunWarning = {
  /** Undefined where it is of no step. */
  step?: string
  message: string
  /** What to do, a sentence. */
  wayOut: string
}

export type StepOutcome = {
  id: string
  status: 'done' | 'failed' | 'cancelled' | 'not-started'
  /** Ms since the epoch; both undefined when it wasn't started. */
  startedAt?: number
  endedAt?: number
  /** One line on how it ended: `31 of 50 dedicated nodes; AllocationTimedout after 3 attempts`. */
  note?: string
}

export type Failure = {
  reason: FailureReason
  /** Undefined when it failed before the first step. */
  step?: string
  message: string
  wayOut: string
  /** Further lines: ids and errors of nodes, details of an Azure error. */
  details: string[]
  /** Where it is known better than the reason tells. */
  repetition?: Repetition
  /** Of a temporary pool, which is gone by then: what Azure said of its last resize. */
  resizeErrors?: readonly ResizeError[]
}

export type PoolOutcome = {
  poolId: PoolId
  poolName: string
  pool: Pool
  nodes: Node[]
  /** It was emptied for another image, didn’t get that, and has its former scale and nodes back. */
  isRestored?: true
  /** Its nodes failed with the image that the run gave it, and a way back to `imageName` was planned. */
  rollback?: { imageName: string; end: RollbackEnd }
}

/** `not-begun`: too little was left of the deadline; `cut-off`: the run was cancelled, or its deadline came. */
export type RollbackEnd = 'done' | 'failed' | 'cut-off' | 'not-begun'

export type StandingState =
  | 'held-vm'
  | 'stopped-vm'
  | 'open-snapshot'
  | 'left-snapshot'
  | 'kept-snapshot'
  | 'definition'
  | 'open-version'
  | 'failed-version'
  | 'failed-given-version'
  | 'former-version'
  | 'finished-version'
  | 'managed-image'
  | 'temporary-pool'
  | 'new-pool'
  | 'former-pool'
  | 'emptied-pool'
  | 'rolled-back-pool'
  | 'finished-pool'
  | 'unmade'

/** `kind` is the ARM type; `role` says what it is to this run. `note` says `state` in words. */
export type Standing = { id: string; kind: string; role: string; state: StandingState; note: string }
