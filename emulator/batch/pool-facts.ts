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
  /** When somebody asked for each of its reboots. */
  rebootsAt?: number[]
  /** Of the pool when the node was made. */
  imageReference: JsonObject
  hasStartTask: boolean
  waitsForStartTask: boolean
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
