import type { PoolOutcome } from '../model/outcome.ts'
import type { Pool, ResizeError } from '../model/observed.ts'
import { countNodes } from './node-counts.ts'

/** The output `pool-state`. Fields are only ever added within a version; `undefined` ones are left out of the JSON. */
type PoolState = {
  version: 1
  id: string
  name: string
  provisioningState: string
  allocationState: string
  vmSize?: string
  imageId?: string
  scale: 'fixed' | 'auto'
  dedicated: SizeState
  lowPriority: SizeState
  resizeErrors: ResizeError[]
  /** Where its nodes failed with the image that the run gave it, and a way back to `imageName` was planned. */
  rollback?: PoolOutcome['rollback']
}

/** `target` is absent with automatic scale where Azure names none. `states` counts nodes by state. */
type SizeState = { current: number; target?: number; states: Record<string, number> }

/** Resize errors beyond this many are left out: outputs of a job are limited to 1 MB. */
export const MOST_RESIZE_ERRORS = 20

/** The pool as last seen, in a shape of our own that outlives the api-versions of Azure. */
export function poolState({ poolId, poolName, pool, nodes, rollback }: PoolOutcome): PoolState {
  const states = countNodes(nodes)
  const target = targetsOf(pool)
  return {
    version: 1,
    id: poolId,
    name: poolName,
    provisioningState: pool.provisioningState,
    allocationState: pool.allocationState,
    ...(pool.vmSize === undefined ? {} : { vmSize: pool.vmSize }),
    ...(pool.imageId === undefined ? {} : { imageId: pool.imageId }),
    scale: pool.scale.kind,
    dedicated: sizeState(pool.currentDedicatedNodes, target.dedicated, states.dedicated),
    lowPriority: sizeState(pool.currentLowPriorityNodes, target.lowPriority, states.lowPriority),
    resizeErrors: (pool.resize?.errors ?? []).slice(0, MOST_RESIZE_ERRORS),
    ...(rollback === undefined ? {} : { rollback })
  }
}

function sizeState(current: number, target: number | undefined, states: Record<string, number>): SizeState {
  return { current, ...(target === undefined ? {} : { target }), states }
}

/** What the pool is to have: the fixed scale, or what autoscale asked for last. */
export function targetsOf(pool: Pool): { dedicated: number | undefined; lowPriority: number | undefined } {
  if (pool.scale.kind === 'fixed') {
    return { dedicated: pool.scale.targetDedicatedNodes, lowPriority: pool.scale.targetLowPriorityNodes }
  }
  return { dedicated: pool.resize?.targetDedicatedNodes, lowPriority: pool.resize?.targetLowPriorityNodes }
}

/** Errors stay on a pool until its next resize, for months: those from before this run are not its own. */
export function resizeErrorsTitle({ resize }: Pool, startedAt: number): string {
  const begun = Date.parse(resize?.startTime ?? '')
  return begun < startedAt ? 'Resize errors from before this run' : 'Resize errors'
}
