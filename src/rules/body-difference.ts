/** What of a body isn't there as it is written, property by property. What it leaves out isn't looked at. */
import { isJsonObject, type Json } from '../model/json.ts'
import type { Leaf, ListShape, Shape } from '../model/shape.ts'
import { couldBe, sameValue } from './same-value.ts'

export type Row = { path: string; present: Json | undefined; wanted: Json | undefined }

export type Place = { shape: Shape; path: string }
export type Values = { present: Json | undefined; wanted: Json | undefined }

/** A property that the table doesn't know is compared whole. */
export const UNKNOWN: Shape = { type: 'json' }

export function bodyDifferences({ shape, path }: Place, { present, wanted }: Values): Row[] {
  if (wanted === undefined || wanted === null || shape.type === 'hidden') return []
  if (shape.type === 'object' && isJsonObject(wanted)) {
    const there = isJsonObject(present) ? present : {}
    return Object.entries(wanted).flatMap(([name, value]) =>
      bodyDifferences(
        { shape: shape.of[name] ?? UNKNOWN, path: path === '' ? name : `${path}.${name}` },
        { present: there[name], wanted: value }
      )
    )
  }
  if (shape.type === 'list' && Array.isArray(wanted)) return listDifferences({ shape, path }, present, wanted)
  if (shape.type === 'object' || shape.type === 'list') return [{ path, present: NOT_SHOWN, wanted }]
  return sameValue(shape, present, wanted) ? [] : [{ path, present: shown(shape, present), wanted }]
}

function listDifferences({ shape, path }: { shape: ListShape; path: string }, present: unknown, wanted: Json[]): Row[] {
  const there: Json[] = Array.isArray(present) ? present : [...(shape.default ?? [])]
  if (shape.isEmptySaid === true && wanted.length === 0 && !Array.isArray(present))
    return [{ path, present: undefined, wanted: [] }]
  const asked = wanted.length === 0 ? [...(shape.default ?? [])] : wanted
  return pairs({ shape, path }, { present: there, wanted: asked }).flatMap(pair => {
    const at = `${path}[${pair.key}]`
    if (pair.wanted === undefined) return [{ path: at, present: NOT_SHOWN, wanted: undefined }]
    const rows = bodyDifferences({ shape: shape.of, path: at }, pair)
    return rows.length === 0 && pair.present === undefined
      ? [{ path: at, present: undefined, wanted: pair.wanted }]
      : rows
  })
}

type Pair = Values & { key: string; isSame: boolean }

/** Which item is which: by its key, else by all of it; what is left over on both sides is paired in its order. */
export function pairs(
  { shape, path }: { shape: ListShape; path: string },
  { present, wanted }: { present: readonly Json[]; wanted: readonly Json[] }
): Pair[] {
  const left = [...present]
  const take = (index: number): Json | undefined => (index < 0 ? undefined : left.splice(index, 1)[0])
  const isKeyed = isUnique(present.map(keyOf(shape))) && isUnique(wanted.map(keyOf(shape)))
  const isSame = (there: Json, item: Json): boolean =>
    bodyDifferences({ shape: shape.of, path }, { present: there, wanted: item }).length === 0
  const [key, mayBe] = [keyOf(shape), mayBeKeyed(shape)]
  const exact = wanted.map(item => take(left.findIndex(one => (isKeyed ? key(one) === key(item) : isSame(one, item)))))
  // What is written as it is takes its own first.
  const there = wanted.map(
    (item, index) => exact[index] ?? (isKeyed ? take(left.findIndex(one => mayBe(one, item))) : undefined)
  )
  const found = wanted.map((item, index) => ({
    key: isKeyed ? label(shape, item) : String(index),
    present: there[index],
    wanted: item,
    isSame: there[index] !== undefined
  }))
  const filled = isKeyed ? found : found.map(pair => (pair.isSame ? pair : { ...pair, present: take(0) }))
  const gone = left.map((item, index) => ({
    key: isKeyed ? label(shape, item) : String(wanted.length + index),
    present: item,
    wanted: undefined,
    isSame: false
  }))
  return [...filled, ...gone]
}

const keyOf =
  ({ key }: ListShape) =>
  (item: Json): string | undefined =>
    key?.(item)?.toLowerCase()

/** A key that holds `${env:NAME}` is any that has something in its place. */
const mayBeKeyed =
  (shape: ListShape) =>
  (there: Json, wanted: Json): boolean =>
    couldBe(keyOf(shape)(there) ?? '', keyOf(shape)(wanted) ?? '')

const label = ({ key }: ListShape, item: Json): string => key?.(item) ?? ''

function isUnique(keys: readonly (string | undefined)[]): boolean {
  return keys.every(key => key !== undefined) && new Set(keys).size === keys.length
}

const NOT_SHOWN = '(not shown: it may hold a secret)'

/** What is there may be a secret that the spec no longer names, so that nothing masks it. */
function shown(leaf: Leaf, present: Json | undefined): Json | undefined {
  const isSecret = leaf.type === 'json' || (leaf.type === 'text' && leaf.isSecret === true)
  return present !== undefined && present !== null && isSecret ? NOT_SHOWN : present
}
