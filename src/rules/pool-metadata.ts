/** Our items among a pool's metadata, and everybody else's, which are never touched. */
import { sameId } from '../model/arm-id.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Pool, Scale } from '../model/observed.ts'
import { FAILED_ITEM, FORMER_ITEM, isOwnItem, LEASE_ITEM, RUN_ITEM, UNMADE_ITEM } from '../model/own-metadata.ts'
import type { MetadataChange, MetadataItem, RestorePoint } from '../model/plan.ts'
import type { RunContext } from '../model/spec.ts'
import { shortDigest } from '../shared/digest.ts'
import type { Row } from './body-difference.ts'

export { LEASE_ITEM, UNMADE_ITEM }

export function foreignItems(metadata: readonly MetadataItem[]): MetadataItem[] {
  return metadata.filter(({ name }) => !isOwnItem(name))
}

/** What the pool spec asks for, without a name of ours. */
export function specItems(properties: JsonObject): MetadataItem[] | undefined {
  const { metadata } = properties
  if (!Array.isArray(metadata)) return undefined
  return metadata.filter(isJsonObject).map(item => ({ name: String(item.name), value: String(item.value) }))
}

/** `metadata` as it is at the moment of writing: what somebody has added since the plan was made stays. */
export function changedMetadata(metadata: readonly MetadataItem[], { set, remove }: MetadataChange): MetadataItem[] {
  const gone = new Set([...remove, ...set.map(({ name }) => name)])
  return [...metadata.filter(({ name }) => !gone.has(name)), ...set]
}

/** This action has made the pool, or was the last to change it. */
export function hasRunNote(metadata: readonly MetadataItem[]): boolean {
  return metadata.some(({ name }) => name === RUN_ITEM)
}

/** Of whatever time; one that can't be read is nobody's. */
export function hasRestorePoint(metadata: readonly MetadataItem[]): boolean {
  return restorePointIn(metadata) !== undefined
}

/** What the spec writes is made so; what it leaves out goes, where it was there when the plan was made. */
export function specChange(properties: JsonObject, { metadata }: Pick<Pool, 'metadata'>): MetadataChange {
  const set = specItems(properties)
  if (set === undefined) return { set: [], remove: [] }
  const isKept = ({ name }: MetadataItem): boolean => set.some(item => item.name === name)
  return {
    set,
    remove: foreignItems(metadata)
      .filter(item => !isKept(item))
      .map(({ name }) => name)
  }
}

/** What takes such a change back, save for items of ours, by their names: those that the pool had, and those that it hadn’t. */
export function undoneChange(
  { set, remove }: MetadataChange,
  { metadata }: Pick<Pool, 'metadata'>
): { restores: string[]; removes: string[] } {
  const touched = new Set([...remove, ...set.map(({ name }) => name)])
  const restores = foreignItems(metadata).flatMap(({ name }) => (touched.has(name) ? [name] : []))
  const removes = set.flatMap(({ name }) => (isOwnItem(name) || restores.includes(name) ? [] : [name]))
  return { restores, removes }
}

/** The note of the run that writes; what one kept of the former scale, or of nodes that failed, goes. */
export function withRun(change: MetadataChange, context: RunContext): MetadataChange {
  return { set: [...change.set, runItem(context)], remove: [...change.remove, FORMER_ITEM, FAILED_ITEM] }
}

/** The note of this run, and the scale and image that the pool had when it was emptied. */
export function withRestorePoint(change: MetadataChange, former: RestorePoint, context: RunContext): MetadataChange {
  const { scale, imageId } = former
  const value = JSON.stringify({ ...scale, ...(imageId === undefined ? {} : { imageId }) })
  return { set: [...change.set, runItem(context), { name: FORMER_ITEM, value }], remove: change.remove }
}

export const NO_CHANGE: MetadataChange = { set: [], remove: [] }

/** Of whoever writes last: the lease goes with it. */
export function released(change: MetadataChange): MetadataChange {
  return { ...change, remove: [...change.remove, LEASE_ITEM] }
}

/** The pool is as it was before the run: no note of that run stays. */
export const NOTHING_OF_OURS: MetadataChange = { set: [], remove: [RUN_ITEM, FORMER_ITEM, LEASE_ITEM] }

export function runItem({ repository, runId, commit }: RunContext): MetadataItem {
  return { name: RUN_ITEM, value: `${repository} run ${runId} commit ${commit}` }
}

/** For the pool whose nodes have failed with the image that it has. */
export function failedItem({ imageId }: Pick<Pool, 'imageId'>): MetadataItem[] {
  return imageId === undefined ? [] : [{ name: FAILED_ITEM, value: imageId }]
}

/** A run of this action has failed on the nodes of the image that the pool still has. */
export function hasFailedNote({ metadata, imageId }: Pick<Pool, 'metadata' | 'imageId'>): boolean {
  const note = metadata.find(({ name }) => name === FAILED_ITEM)?.value
  return note !== undefined && imageId !== undefined && sameId(note, imageId)
}

/** A note of what stayed undone, by path and a digest of what was wanted. */
export function unmadeItem(rows: readonly Row[]): MetadataItem {
  return { name: UNMADE_ITEM, value: JSON.stringify(rows.map(row => [row.path, digestOf(row)])) }
}

const digestOf = ({ wanted }: Pick<Row, 'wanted'>): string => shortDigest(JSON.stringify(wanted ?? null), 8)

export function isUnmade(metadata: readonly MetadataItem[], row: Pick<Row, 'path' | 'wanted'>): boolean {
  const note = metadata.find(({ name }) => name === UNMADE_ITEM)?.value
  return note?.includes(JSON.stringify([row.path, digestOf(row)])) === true
}

/**
 * The scale that an earlier run kept; it was cut off before it could give it back. Not where somebody else has brought the
 * pool back since, with the image that it had: then the note is of the past.
 */
export function scaleToRestore(pool: Pick<Pool, 'metadata' | 'scale' | 'imageId'>): Scale | undefined {
  const kept = restorePointIn(pool.metadata)
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
export function restorePointImageId(metadata: readonly MetadataItem[]): string | undefined {
  return restorePointIn(metadata)?.imageId
}

function restorePointIn(metadata: readonly MetadataItem[]): (Scale & { imageId?: string }) | undefined {
  const kept = metadata.find(({ name }) => name === FORMER_ITEM)
  if (kept === undefined) return undefined
  try {
    const former = JSON.parse(kept.value) as Scale & { imageId?: string }
    return former.kind === 'fixed' || former.kind === 'auto' ? former : undefined
  } catch {
    return undefined // nobody's: this action writes whole ones
  }
}
