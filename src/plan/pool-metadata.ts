/** Our items among a pool's metadata, and everybody else's, which are never touched. */
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Pool, Scale } from '../model/observed.ts'
import type { RunContext } from '../model/spec.ts'

type Item = { name: string; value: string }

/** Which run last changed the pool. */
const RUN_ITEM = 'batch-image-rollout'
/** While a pool is emptied for another image: the scale that it had, to give back. */
const FORMER_ITEM = 'batch-image-rollout-former'

/** Who works on the pool, and until when (`lease.ts`). */
export const LEASE_ITEM = 'batch-image-rollout-lease'

const isOurs = ({ name }: Item): boolean => [RUN_ITEM, FORMER_ITEM, LEASE_ITEM].includes(name)

export function foreignItems(metadata: readonly Item[]): Item[] {
  return metadata.filter(item => !isOurs(item))
}

/** What the pool spec asks for, without a name of ours. */
export function specItems(properties: JsonObject): Item[] | undefined {
  const { metadata } = properties
  if (!Array.isArray(metadata)) return undefined
  return metadata.filter(isJsonObject).map(item => ({ name: String(item.name), value: String(item.value) }))
}

/** `items` and the note of this run. */
export function withRun(items: readonly Item[], context: RunContext): JsonObject[] {
  return [...items, { name: RUN_ITEM, value: `${context.repository} run ${context.runId} commit ${context.commit}` }]
}

/** `items`, the note of this run, and the scale and image that the pool had when it was emptied. */
export function withFormer(
  items: readonly Item[],
  former: { scale: Scale; imageId?: string | undefined },
  context: RunContext
): JsonObject[] {
  const { scale, imageId } = former
  const value = JSON.stringify({ ...scale, ...(imageId === undefined ? {} : { imageId }) })
  return [...withRun(items, context), { name: FORMER_ITEM, value }]
}

/**
 * The scale that an earlier run kept; it was cut off before it could give it back. Not where somebody else has brought the
 * pool back since, with the image that it had: then the note is of the past.
 */
export function keptScale(pool: Pick<Pool, 'metadata' | 'scale' | 'imageId'>): Scale | undefined {
  const kept = keptFormer(pool.metadata)
  if (kept === undefined) return undefined
  const { imageId, ...scale } = kept
  return imageId === pool.imageId && isAtLeast(pool.scale, scale) ? undefined : scale
}

/** A drain leaves a fixed scale below the former one. */
function isAtLeast(present: Scale, former: Scale): boolean {
  if (present.kind === 'auto') return true
  if (former.kind === 'auto') return false
  return (
    present.targetDedicatedNodes >= former.targetDedicatedNodes &&
    present.targetLowPriorityNodes >= former.targetLowPriorityNodes
  )
}

/** The image that the pool had then. */
export function keptImageId(metadata: readonly Item[]): string | undefined {
  return keptFormer(metadata)?.imageId
}

function keptFormer(metadata: readonly Item[]): (Scale & { imageId?: string }) | undefined {
  const kept = metadata.find(({ name }) => name === FORMER_ITEM)
  if (kept === undefined) return undefined
  try {
    const former = JSON.parse(kept.value) as Scale & { imageId?: string }
    return former.kind === 'fixed' || former.kind === 'auto' ? former : undefined
  } catch {
    return undefined // nobody's: this action writes whole ones
  }
}

/** The items that a pool shall have at the end: the spec's where it has some, else those that are there. */
export function wantedItems(properties: JsonObject, pool: Pool | undefined): Item[] {
  return specItems(properties) ?? foreignItems(pool?.metadata ?? [])
}
