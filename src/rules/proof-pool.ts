/** The temporary pool on which a change proves itself before a pool that is in use is touched: its name, and how it is known. */
import type { Pool } from '../model/observed.ts'
import { PROOF_ITEM } from '../model/own-metadata.ts'
import type { MetadataItem } from '../model/plan.ts'
import type { RolloutSpec, RunContext } from '../model/spec.ts'
import { shortDigest } from '../shared/digest.ts'
import { leaseOf, leaseState } from './lease.ts'

/** Of a pool's name (Batch service contract, Pool_Add). */
const LONGEST_NAME = 64

/**
 * Of this attempt alone: what an earlier one left is deleted, never taken over. Jobs of one run may come one after the other: the pool of
 * the one that has stopped with its proof is still going when the next one makes its own.
 */
export function proofPoolName(
  poolName: string,
  imageId: string,
  context: RunContext,
  stopAfter?: RolloutSpec['stopAfter']
): string {
  const { repository, runId, runAttempt } = context
  const parts = [poolName, imageId, repository, runId, runAttempt, ...(stopAfter === undefined ? [] : [stopAfter])]
  const digest = shortDigest(parts.join('\n').toLowerCase(), 8)
  const suffix = `-proof-${digest}`
  return `${poolName.slice(0, LONGEST_NAME - suffix.length)}${suffix}`
}

export const proofItem = (poolName: string): MetadataItem => ({ name: PROOF_ITEM, value: poolName })

/** Nothing else is ever deleted: a pool that somebody has put to use has other metadata, or is one of theirs. */
export function isProofOf({ metadata }: Pick<Pool, 'metadata'>, poolName: string): boolean {
  const note = metadata.find(({ name }) => name === PROOF_ITEM)?.value
  return note?.toLowerCase() === poolName.toLowerCase()
}

/**
 * Made by a run that is over, and left by it.
 * @param now Azure’s time, in ms since the epoch
 */
export function isLeftProof(
  pool: Pool,
  poolName: string,
  { context, now }: { context: RunContext; now: number }
): boolean {
  if (!isProofOf(pool, poolName) || pool.provisioningState === 'Deleting') return false
  const state = leaseState(leaseOf(pool.metadata), context, now)
  return state === 'ran-out' || state === 'earlier-attempt' || state === 'free'
}
