import { durationOf } from '../kernel/durations.ts'
import type { Call, Stored } from '../kernel/types.ts'
import { refuse } from './batch-errors.ts'
import { allocationAt, factsOf } from './pool-record.ts'
import { replanOthers } from './resize.ts'

/** Recorded 14 to 212 s. */
const DELETE_MS = 16_000

/** Marks the pool for deletion; a resize under way makes it last twice as long. Throws the 409 of a pool that is marked. */
export function deletePool(call: Call, pool: Stored): void {
  checkNotDeleting(call, pool)
  const busy = allocationAt(pool, call.now).state !== 'Steady'
  const duration = durationOf(call.world, 'pool.delete', DELETE_MS)
  pool.deletedAt = call.now + (busy ? duration * 2 : duration)
  for (const node of factsOf(pool).nodes) {
    node.leavingAt = Math.min(node.leavingAt ?? Infinity, call.now)
    node.goneAt = Math.min(node.goneAt ?? Infinity, pool.deletedAt)
  }
  replanOthers(call.world, pool, call.now)
}

/** Throws the 409 (recorded) of a pool that is marked for deletion. */
export function checkNotDeleting(call: Call, pool: Stored): void {
  if (pool.deletedAt === undefined) return
  const message = 'The specified pool has been marked for deletion and is being reclaimed.'
  refuse(call, { status: 409, code: 'PoolBeingDeleted', message })
}
