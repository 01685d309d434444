/** Whether a pool is as it was, or as it was asked to be. */
import { sameId } from '../model/arm-id.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Pool, Scale } from '../model/observed.ts'
import { POOL_METADATA, SCALE_SETTINGS } from '../model/pool-contract.ts'
import type { Shape } from '../model/shape.ts'
import { bodyDifferences } from './body-difference.ts'
import { writtenDifferences } from './pool-body.ts'

/** Its image and scale: a formula's own resizes, and anybody's metadata, are no change of them. */
export function isAsFound(pool: Pool, { scale, imageId }: Pick<Pool, 'scale' | 'imageId'>): boolean {
  return sameId(pool.imageId ?? '', imageId ?? '') && sameScale(pool.scale, scale)
}

function sameScale(a: Scale, b: Scale): boolean {
  if (a.kind === 'auto' || b.kind === 'auto') return a.kind === 'auto' && b.kind === 'auto' && a.formula === b.formula
  return a.targetDedicatedNodes === b.targetDedicatedNodes && a.targetLowPriorityNodes === b.targetLowPriorityNodes
}

/** Nobody has asked for nodes. */
export function isAtZero({ scale }: Pool): boolean {
  return scale.kind === 'fixed' && scale.targetDedicatedNodes + scale.targetLowPriorityNodes === 0
}

/** Whether everything of a body that was sent, metadata and scale too, is there. Never of one that writes no metadata. */
export function isAsAsked(pool: Pool, sent: JsonObject): boolean {
  const asked = isJsonObject(sent.properties) ? sent.properties : {}
  const there = isJsonObject(pool.body.properties) ? pool.body.properties : {}
  const isSo = (name: string, shape: Shape): boolean =>
    bodyDifferences({ shape, path: name }, { present: there[name], wanted: asked[name] }).length === 0
  if (asked.metadata === undefined || !isSo('metadata', POOL_METADATA)) return false
  return isSo('scaleSettings', SCALE_SETTINGS) && writtenDifferences(sent, pool).length === 0
}
