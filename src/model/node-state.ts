/** What the states of a node mean for an image, as the Batch service spells them (`ComputeNodeState`). */
const HEALTHY: ReadonlySet<string> = new Set(['idle', 'running'])
const UNHEALTHY: ReadonlySet<string> = new Set(['unusable', 'starttaskfailed'])
/** Neither: on its way out, preempted, or taken out of scheduling by somebody. */
const APART: ReadonlySet<string> = new Set(['preempted', 'offline', 'leavingpool', 'deallocating', 'deallocated'])

export type Bearing = 'healthy' | 'unhealthy' | 'apart' | 'pending'

/** A state that isn't listed is pending: a node in a state that nobody knows is not taken for a healthy one. */
export function bearingOf({ state }: { state: string }): Bearing {
  if (HEALTHY.has(state)) return 'healthy'
  if (UNHEALTHY.has(state)) return 'unhealthy'
  return APART.has(state) ? 'apart' : 'pending'
}
