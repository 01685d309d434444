/** The job of a smoke test: its name, by which it is known, and what keeps it from outliving its run. */
import type { JsonObject } from '../model/json.ts'
import { SMOKE_JOB_PREFIX } from '../model/own-metadata.ts'
import type { RunContext } from '../model/spec.ts'
import { shortDigest } from '../shared/digest.ts'
import { formatIso8601 } from '../shared/iso8601.ts'
import { runItem } from './pool-metadata.ts'

/** Before every other job that the pool may have: its nodes are proved before they work. */
const HIGHEST_PRIORITY = 1_000

/** Of one pool, image and attempt. */
export function smokeJobName(poolId: string, imageId: string, context: RunContext): string {
  const { repository, runId, runAttempt } = context
  return `${SMOKE_JOB_PREFIX}${shortDigest([poolId, imageId, repository, runId, runAttempt].join('\n').toLowerCase(), 12)}`
}

/** Batch itself ends it, should its run be killed with nobody to clean up after it: then it counts for no quota. */
export function smokeJob(
  name: string,
  poolName: string,
  { context, longestMs }: { context: RunContext; longestMs: number }
): JsonObject {
  return {
    id: name,
    displayName: `smoke test of pool ${poolName}`,
    priority: HIGHEST_PRIORITY,
    constraints: { maxWallClockTime: formatIso8601(longestMs), maxTaskRetryCount: 0 },
    poolInfo: { poolId: poolName },
    metadata: [runItem(context)]
  }
}
