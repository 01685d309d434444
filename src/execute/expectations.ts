/** What a plan rests on, looked at again just before a step acts: the image took its time, and others work on pools too. */
import { nameOf } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { JsonObject } from '../model/json.ts'
import type { Pool } from '../model/observed.ts'
import type { PoolAddress, PoolExpectation } from '../model/plan.ts'
import { writtenDifferences } from '../rules/pool-body.ts'
import { isAsFound, isAtZero } from '../rules/pool-standing.ts'
import { describeTargets, nodesOf, totalOf } from '../rules/node-targets.ts'
import { poolKnown, type Execution, type KnownPool } from './context.ts'
import { serviceOf } from './node-looks.ts'

type Expecting = PoolAddress & { expects: PoolExpectation }

/**
 * A formula’s own resizes, and anybody’s metadata, change nothing of what matters, though they change the ETag: hence image and
 * scale are compared.
 * @throws RunError `pool-changed`, or `pool-change-refused` where the pool is in use by now
 */
export async function refuseUnexpected(run: Execution, step: Expecting, pool: Pool): Promise<void> {
  const { mayBeAtZero, idle, imageId, written } = step.expects
  const isEmptied = mayBeAtZero === true && isAtZero(pool)
  const known = poolKnown(run, step)
  const scale = step.expects.scale === 'as-left' ? (known.left ?? pool.scale) : step.expects.scale
  refuseChanged(pool, { scale: isEmptied ? pool.scale : scale, ...(imageId !== undefined && { imageId }) })
  if (written !== undefined) refuseOverwritten(known, pool, written)
  if (idle !== undefined) await refuseBusy(run, step, pool)
}

/** Whoever gives it another image or scale is at work on what this run is at work on. */
export function refuseChanged(pool: Pool, before: Pick<Pool, 'scale' | 'imageId'>): void {
  if (isAsFound(pool, before)) return
  throw new RunError({
    reason: 'pool-changed',
    message: `pool ${nameOf(pool.poolId)} has another image or scale than it had before`,
    wayOut: 'find out who changes the pool, then run again'
  })
}

/** What Batch has left as it was is no change by anybody. */
function refuseOverwritten({ unmade }: KnownPool, pool: Pool, written: JsonObject): void {
  const rows = writtenDifferences(written, pool).filter(
    ({ path }) => unmade?.rows.some(row => row.path === path) !== true
  )
  if (rows.length === 0) return
  throw new RunError({
    reason: 'pool-changed',
    message: `pool ${nameOf(pool.poolId)} has another ${rows.map(({ path }) => path).join(', ')} than this run gave it`,
    wayOut: 'find out who changes the pool, then run again'
  })
}

async function refuseBusy(run: Execution, step: Expecting, pool: Pool): Promise<void> {
  const { tasks } = await serviceOf(run, step).activeWork(nameOf(step.poolId))
  const nodes = step.expects.idle === 'no-tasks' ? 0 : totalOf(nodesOf(pool))
  if (nodes + tasks === 0) return
  const has = `${describeTargets(nodesOf(pool))} and ${tasks} active or running tasks`
  throw new RunError({
    reason: 'pool-change-refused',
    message: `pool ${nameOf(step.poolId)} was idle when the plan was made, and now has ${has}`,
    wayOut: 'run again when it is idle, or say image-change: in-place'
  })
}
