import { durationOf } from '../kernel/durations.ts'
import type { Call, JsonObject, Stored, World } from '../kernel/types.ts'
import { objectOf, textOf } from './record.ts'

/** When the data of a snapshot whose `provisioningState` doesn't tell is copied, in ms since the epoch. */
export type Hydration = { from: number; to: number }

/** No recording shows how long it takes. */
const HYDRATE_MS = 10 * 60_000

/** Only copies from another region and incremental snapshots of Ultra and Premium v2 disks say how far they are. Recorded. */
export function hydrationOf(
  { world, body, now }: Call,
  creationData: JsonObject,
  source: Stored | undefined
): Hydration | undefined {
  const sku = textOf(objectOf(source?.body['sku'])['name']) ?? ''
  const incremental = objectOf(objectOf(body)['properties'])['incremental'] === true
  const slow = /^(UltraSSD|PremiumV2)_/.test(sku) && incremental
  if (creationData['createOption'] !== 'CopyStart' && !slow) return undefined
  return { from: now, to: now + durationOf(world, 'snapshot.hydrate', HYDRATE_MS) }
}

/** 0 to 100; undefined for a snapshot that doesn't say. */
export function completionPercent(record: Stored, now: number): number | undefined {
  const hydration = record.facts['hydration'] as Hydration | undefined
  if (hydration === undefined) return objectOf(record.body['properties'])['completionPercent'] as number | undefined
  const { from, to } = hydration
  if (now >= to) return 100
  return Math.round(((now - from) / (to - from)) * 1000) / 10
}

/** Adds `completionPercent` to a snapshot that is shown as succeeded and has one. */
export function shownPercent(record: Stored, shown: JsonObject, { now }: { now: number; world: World }): JsonObject {
  const properties = objectOf(shown['properties'])
  const percent = completionPercent(record, now)
  if (percent === undefined || properties['provisioningState'] !== 'Succeeded') return shown
  return { ...shown, properties: { ...properties, completionPercent: percent } }
}
