/** What is sent of a change to a pool: merged with what is there, the lease in its metadata, secrets put in. */
import { nameOf } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import { isJsonObject, objectOf, type JsonObject } from '../model/json.ts'
import type { Pool } from '../model/observed.ts'
import type { MetadataChange, MetadataItem } from '../model/plan.ts'
import { resolveSecrets } from '../model/secret-reference.ts'
import { leaseUntil } from '../rules/lease.ts'
import { bodyLike, mergedBody, missingSecretsOf } from '../rules/pool-body.ts'
import { changedMetadata, unmadeItem } from '../rules/pool-metadata.ts'
import { refreshItemAt } from '../rules/refresh.ts'
import { poolKnown, type Execution } from './context.ts'

export type PoolChange = {
  /** What is written; what the pool has beside it is sent as it is, and so left alone. */
  body: JsonObject
  metadata: MetadataChange
  /** The body is the whole of each property, as some answer has shown it: nothing in it is a reference of ours, and nothing is merged in. */
  isWhole?: true | undefined
  /** The longest time until the next change, in ms: a lease that is taken outlasts it. 0 by default. */
  holdMs?: number
}

/** Azure’s times in ms: the end of the lease where the metadata takes one, and when the change is written. */
type Leased = PoolChange & { until: number; now: number }

/** Secrets are put in before what the pool has is: nothing of that is a reference of ours. */
export function poolBody(run: Execution, pool: Pool, change: Leased): JsonObject {
  refuseLosingSecrets(change.body, pool)
  const body =
    change.isWhole === true ? wholeBody(change.body, pool) : mergedBody(resolveSecrets(change.body, run.env), pool)
  return withMetadata(body, metadataNow(run, pool, change))
}

/** Tags are set one by one all the same. */
const wholeBody = (body: JsonObject, pool: Pool): JsonObject => ({
  ...mergedBody({ ...body, properties: {} }, pool),
  properties: objectOf(body.properties)
})

/** @param like the pool whose properties it has where the body writes none */
export function newPoolBody(
  run: Execution,
  body: JsonObject,
  { until, like }: { until: number; like?: Pool | undefined }
): JsonObject {
  const { properties } = body
  const metadata = isJsonObject(properties) ? (properties.metadata as MetadataItem[] | undefined) : undefined
  const sent = resolveSecrets(withMetadata(body, leaseUntil(metadata ?? [], until)), run.env)
  return like === undefined ? sent : bodyLike(sent, like)
}

/** The note of what Batch left undone goes with whatever is written next. */
function metadataNow(run: Execution, pool: Pool, { metadata, isWhole, until, now }: Leased): MetadataItem[] {
  const { unmade } = poolKnown(run, pool)
  const items = isWhole === true ? metadata.set : (resolveSecrets({ set: metadata.set }, run.env).set as MetadataItem[])
  const undone = unmade === undefined ? [] : [unmadeItem(unmade.rows)]
  const set = refreshItemAt(leaseUntil([...items, ...undone], until), now)
  return changedMetadata(pool.metadata, { set, remove: metadata.remove })
}

function withMetadata(body: JsonObject, metadata: MetadataItem[]): JsonObject {
  return { ...body, properties: { ...(isJsonObject(body.properties) ? body.properties : {}), metadata } }
}

/** Asked for when the plan was made; somebody may have put one there since. */
function refuseLosingSecrets(body: JsonObject, pool: Pool): void {
  const missing = missingSecretsOf(body, pool).filter(({ must }) => must)
  if (missing.length === 0) return
  throw new RunError({
    reason: 'pool-changed',
    message: `pool ${nameOf(pool.poolId)} has since got ${missing.map(({ path }) => path).join(', ')}, which no answer shows`,
    wayOut: 'write it into a pool spec, then run again with that'
  })
}
