import type { Json, Stored, World } from './types.ts'

/** The record of `id`, unless it isn't there at `now`. */
export function find(world: World, id: string, now: number): Stored | undefined {
  const record = world.records.get(id.toLowerCase())
  return record === undefined || isGone(record, now) ? undefined : record
}

export const isGone = (record: Stored, now: number): boolean =>
  record.deletedAt !== undefined && record.deletedAt <= now

/** How long after a deletion the provider itself still answers, instead of the gateway: 30 s at least of a disk (recorded 2019). */
const PROVIDER_404_MS = 30_000

/** Whether what is gone went so lately that Resource Manager still asks its provider for it. */
export function wentLately(world: World, id: string, now: number): boolean {
  const deletedAt = world.records.get(id.toLowerCase())?.deletedAt
  return deletedAt !== undefined && deletedAt <= now && now - deletedAt < PROVIDER_404_MS
}

/** Records of `type` directly or anywhere under `scope`, by name. */
export function listUnder(world: World, scope: string, type: string, now: number): Stored[] {
  const prefix = `${scope.toLowerCase()}/`
  return [...world.records]
    .filter(([key, record]) => key.startsWith(prefix) && sameText(record.type, type) && !isGone(record, now))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, record]) => record)
}

export function put(world: World, record: Stored): Stored {
  world.records.set(record.id.toLowerCase(), record)
  return record
}

export const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** A deep copy; structuredClone takes several times as long for what is JSON. */
export function copyOf<Value extends Json | undefined>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf) as Value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copyOf(part)])) as Value
}

/** The last segment. */
export const nameOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1)

/** The group as written in `id`; empty when the id has none. */
export const groupOf = (id: string): string => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? ''

/** Lists of images and galleries spell the group in upper case; those of disks, snapshots and definitions don't (recorded, 2019 to 2024). */
export const upperGroup = (id: string): string =>
  id.replace(/(\/resourceGroups\/)([^/]+)/i, (_, words: string, group: string) => words + group.toUpperCase())
