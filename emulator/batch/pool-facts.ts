import type { JsonObject } from '../kernel/types.ts'

export type ResizeErrorFact = { code: string; message: string; details?: { code: string; message: string }[] }

/** A node, from when it is allocated until it has left. Times may lie ahead: they are what the present resize will do. */
export type NodeFact = {
  /** Order of creation in the pool, from 0. */
  index: number
  id: string
  isDedicated: boolean
  createdAt: number
  /** When it begins to leave, and when it is gone. */
  leavingAt?: number
  goneAt?: number
  /** When each reboot begins that somebody asked for: once its tasks are done, where it waits for them. */
  rebootsAt?: number[]
  /** When each reimage begins that somebody asked for. */
  reimagesAt?: number[]
  /** Of the pool when the node was made. */
  imageReference: JsonObject
  hasStartTask: boolean
  waitsForStartTask: boolean
  /** Runs of clients' tasks, in the order in which the node took them. */
  runs?: TaskRun[]
  /** How many tasks that asked for the node were given to another one. */
  affinityMissed?: number
}

/** One run of a task on a node. */
export type TaskRun = {
  jobId: string
  taskId: string
  /** The pool's record. */
  poolId: string
  nodeId: string
  slots: number
  /** Of the task, when it began. */
  retryCount: number
  requeueCount: number
  /** When the node took it, and when the task itself began: later where the job's preparation task ran first. */
  at: number
  startedAt: number
  /** When it ends by itself, or by its time limit. */
  endsAt: number
  /** Which entry of the world's `tasks` said what it does. */
  rule: number
  exitCode: number
  stdout: string
  stderr: string
  /** Whether its `maxWallClockTime` ends it. */
  isTimeout: boolean
  /** How and when it ended. A lost node (`recovery`) counts as no requeue. */
  ended?: { at: number; by: 'itself' | 'user' | 'requeue' | 'recovery' }
  /** Since when its files are gone, its task being deleted. */
  removedAt?: number
}

export type Target = { dedicated: number; lowPriority: number }
export type DeallocationOption = 'Requeue' | 'Terminate' | 'TaskCompletion' | 'RetainedData'

/**
 * What cut a resize short: `stopResize` shows as Stopping, the others as a Resizing without a status (recorded). `formula`: a
 * formula that asks for what is there begins no resize, but shows as one for a moment.
 */
export type Cut = { at: number; by: 'stopResize' | 'disableAutoScale' | 'formula' }

/** The resize under way, or the last one. */
export type ResizeFact = {
  target: Target
  option: DeallocationOption
  /** As it was asked for, such as `PT15M`. */
  resizeTimeout: string
  startedAt: number
  endsAt: number
  errors: ResizeErrorFact[]
  /** Nodes that should leave and can't in time. */
  staying: Target
  cut?: Cut
}

export type AutoScaleRunFact = { at: number; results: string; error?: ResizeErrorFact }

export type PoolFacts = {
  /** Of the last write; the ETag is made of it. */
  ticks: bigint
  createdTicks: bigint
  nodes: NodeFact[]
  nextIndex: number
  resize?: ResizeFact
  autoScaleRun?: AutoScaleRunFact
}

export type AllocationState = 'Steady' | 'Resizing' | 'Stopping'

/** How long a resize that was stopped is stopping: recorded 5 to 7 s on pools without nodes on their way out. */
export const STOP_MS = 6_000
