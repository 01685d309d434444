/** What the states of a node mean for an image, as the Batch service spells them (`ComputeNodeState`). */
import type { Node } from './observed.ts'

/** A node, and for how long it has been in its state. */
export type Aged = { node: Node; ms: number }

const HEALTHY: ReadonlySet<string> = new Set(['idle', 'running'])
const UNHEALTHY: ReadonlySet<string> = new Set(['unusable', 'starttaskfailed'])
/** Neither: on its way out, preempted, or taken out of scheduling by somebody. */
const APART: ReadonlySet<string> = new Set(['preempted', 'offline', 'leavingpool', 'deallocating', 'deallocated'])

/**
 * A node that got as far as to boot the image, and no further. Not `unknown`, in which Batch has lost sight of it, nor `preempted`:
 * those say nothing of what it runs.
 */
const AGAINST_IMAGE: ReadonlySet<string> = new Set(['unusable', 'starttaskfailed', 'starting', 'waitingforstarttask'])

/** Of a node that is unhealthy, or has been on its way for too long. */
export function speaksAgainstImage({ state }: { state: string }): boolean {
  return AGAINST_IMAGE.has(state)
}

type Bearing = 'healthy' | 'unhealthy' | 'apart' | 'pending'

/** A state that isn't listed is pending: a node in a state that nobody knows is not taken for a healthy one. */
export function bearingOf({ state }: { state: string }): Bearing {
  if (HEALTHY.has(state)) return 'healthy'
  if (UNHEALTHY.has(state)) return 'unhealthy'
  return APART.has(state) ? 'apart' : 'pending'
}
