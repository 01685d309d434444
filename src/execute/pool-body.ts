/** What is sent of a change to a pool: merged with what is there, the lease in its metadata, secrets put in. */
import { nameOf } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Pool } from '../model/observed.ts'
import type { MetadataChange, MetadataItem } from '../model/plan.ts'
import { resolveSecrets } from '../model/secret-reference.ts'
import { leaseOf, withLease } from '../plan/lease.ts'
import { mergedBody, missingSecretsOf } from '../plan/pool-body.ts'
import { changedMetadata, unmadeItem } from '../plan/pool-metadata.ts'
import type { Execution } from './context.ts'

export type PoolChange = {
  /** What is written; what the pool has beside it is sent as it is, and so left alone. */
  body: JsonObject
  metadata?: MetadataChange
  /** The longest time until the next change, in ms: the lease outlasts it. Undefined: this is the last one. */
  holdMs?: number
}

/** `until`: the lease’s end, Azure’s time in ms; none is taken, or the one that is there goes, where it is undefined. */
type Leased = { change: PoolChange; until: number | undefined }

/** Secrets are put in before what the pool has is: nothing of that is a reference of ours. */
export function poolBody(run: Execution, pool: Pool, { change, until }: Leased): JsonObject {
  refuseLosingSecrets(change.body, pool)
  const body = mergedBody(resolveSecrets(change.body, run.env), pool)
  const isTouched = until !== undefined || leaseOf(pool.metadata) !== undefined || change.metadata !== undefined
  return isTouched ? withMetadata(body, withLease(metadataNow(run, pool, change), run.context, until)) : body
}

export function newPoolBody(run: Execution, body: JsonObject, until: number | undefined): JsonObject {
  const { properties } = body
  const metadata = isJsonObject(properties) ? (properties.metadata as MetadataItem[] | undefined) : undefined
  return resolveSecrets(withMetadata(body, withLease(metadata ?? [], run.context, until)), run.env)
}

/** The note of what Batch left undone goes with whatever is written next. */
function metadataNow(run: Execution, { metadata }: Pool, change: PoolChange): MetadataItem[] {
  const { set, remove } = change.metadata ?? { set: [], remove: [] }
  const items = resolveSecrets({ set }, run.env).set as MetadataItem[]
  const undone = run.seen.unmade === undefined ? [] : [unmadeItem(run.seen.unmade.rows)]
  return changedMetadata(metadata, { set: [...items, ...undone], remove })
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
    wayOut: 'write it into the pool spec, then run again'
  })
}
