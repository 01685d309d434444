import type { JsonObject } from '../../model/json.ts'
import { isJsonObject } from '../../model/json.ts'
import { parseIso8601Ms } from '../../shared/iso8601.ts'

const MINUTE = 60_000

/**
 * How long a resize to `nodes` may take when nobody says: 20 minutes; above 300 nodes 30 minutes (custom images: "Use a
 * managed image to create a custom image pool", 2019); and at least 15 minutes for each 1,000 nodes ("Use the Azure Compute
 * Gallery to create a custom image pool", 2024).
 */
export function recommendedResizeTimeoutMs(nodes: number): number {
  return Math.max(nodes > 300 ? 30 * MINUTE : 20 * MINUTE, Math.ceil(nodes / 1_000) * 15 * MINUTE)
}

/** The input's, else the spec's own, else the recommended one. */
export function resizeTimeoutMs(input: number | undefined, properties: JsonObject, nodes: number): number {
  return input ?? specResizeTimeoutMs(properties) ?? recommendedResizeTimeoutMs(nodes)
}

export function specResizeTimeoutMs(properties: JsonObject): number | undefined {
  const scale = properties.scaleSettings
  const fixed = isJsonObject(scale) ? scale.fixedScale : undefined
  const text = isJsonObject(fixed) ? fixed.resizeTimeout : undefined
  return typeof text === 'string' ? parseIso8601Ms(text) : undefined
}
