/**
 * A top-level property of a pool is replaced as a whole by a PATCH. So what is written is laid over what is there, and what it
 * leaves out is sent as it was.
 */
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { ListShape, ObjectShape, Shape } from '../model/shape.ts'
import { bodyDifferences, pairs, UNKNOWN, type Place, type Values } from './body-difference.ts'

export function mergedValue(shape: Shape, { present, wanted }: Values): Json | undefined {
  if (wanted === undefined || wanted === null) return asSent(shape, present)
  if (shape.type === 'object' && isJsonObject(wanted) && isJsonObject(present)) {
    return mergedObject(shape, present, wanted)
  }
  if (shape.type !== 'list' || !Array.isArray(wanted) || !Array.isArray(present)) return wanted
  return pairs({ shape, path: '' }, { present, wanted }).flatMap(pair =>
    pair.wanted === undefined ? [] : [(pair.isSame ? mergedValue(shape.of, pair) : pair.wanted) ?? null]
  )
}

function mergedObject(shape: ObjectShape, present: JsonObject, wanted: JsonObject): JsonObject {
  const names = [...new Set([...carriedNames(shape, present, wanted), ...Object.keys(wanted)])]
  return Object.fromEntries(
    names.map(name => [name, mergedValue(shape.of[name] ?? UNKNOWN, { present: present[name], wanted: wanted[name] })])
  )
}

function carriedNames({ drops }: ObjectShape, present: JsonObject, wanted: JsonObject): string[] {
  const dropped = new Set(drops?.(wanted) ?? [])
  return Object.keys(present).filter(
    name => present[name] !== undefined && present[name] !== null && !dropped.has(name)
  )
}

/** Azure gives back values in casings that its contract doesn't have; they are sent as it has them. */
function asSent(shape: Shape, value: Json | undefined): Json | undefined {
  if (shape.type === 'choice') {
    return shape.values.find(one => typeof value === 'string' && one.toLowerCase() === value.toLowerCase()) ?? value
  }
  if (shape.type === 'list' && Array.isArray(value)) return value.map(item => asSent(shape.of, item) ?? null)
  if (shape.type !== 'object' || !isJsonObject(value)) return value
  const there = Object.entries(value).filter(([, part]) => part !== null)
  return Object.fromEntries(there.map(([name, part]) => [name, asSent(shape.of[name] ?? UNKNOWN, part)]))
}

/** The uppermost properties that the pool has, and that what is written leaves as they are: `containerConfiguration`. */
export function carriedPaths({ shape, path }: Place, { present, wanted }: Values): string[] {
  if (shape.type !== 'object' || !isJsonObject(present) || !isJsonObject(wanted)) return []
  return carriedNames(shape, present, wanted).flatMap(name =>
    wanted[name] === undefined
      ? saysSomething(shape.of[name] ?? UNKNOWN, present[name])
        ? [`${path}.${name}`]
        : []
      : carriedPaths(
          { shape: shape.of[name] ?? UNKNOWN, path: `${path}.${name}` },
          { present: present[name], wanted: wanted[name] }
        )
  )
}

/** Not only what Batch has filled in. */
const saysSomething = (shape: Shape, value: Json | undefined): boolean =>
  bodyDifferences({ shape, path: '' }, { present: undefined, wanted: value }).length > 0

export type MissingSecret = {
  /** Dotted, of the property that a GET hides. */
  path: string
  /** Nothing is sent without it; where not, the pool may have one. */
  must: boolean
}

/** What a GET hides of what is there, and what is written doesn't give: a merged body would take it away. */
export function missingSecrets({ shape, path }: Place, { present, wanted }: Values): MissingSecret[] {
  if (shape.type === 'list') return ofItems({ shape, path }, { present, wanted })
  if (shape.type !== 'object' || !isJsonObject(present)) return []
  const written = isJsonObject(wanted) ? wanted : {}
  const names = carriedNames(shape, present, written)
  const whole = { ...Object.fromEntries(names.map(name => [name, present[name]])), ...written }
  const needs = shape.needs?.(whole, wanted === undefined)
  const own = (needs?.names ?? []).filter(name => written[name] === undefined)
  return [
    ...own.map(name => ({ path: `${path}.${name}`, must: needs?.must ?? true })),
    ...names.flatMap(name =>
      missingSecrets(
        { shape: shape.of[name] ?? UNKNOWN, path: `${path}.${name}` },
        { present: present[name], wanted: written[name] }
      )
    )
  ]
}

function ofItems({ shape, path }: { shape: ListShape; path: string }, { present, wanted }: Values): MissingSecret[] {
  if (!Array.isArray(present)) return []
  const there = Array.isArray(wanted) ? pairs({ shape, path }, { present, wanted }) : carried(shape, present)
  return there
    .filter(pair => pair.isSame)
    .flatMap(pair => missingSecrets({ shape: shape.of, path: `${path}[${pair.key}]` }, pair))
}

function carried(shape: ListShape, present: readonly Json[]) {
  return present.map((item, index) => ({
    key: shape.key?.(item) ?? String(index),
    present: item,
    wanted: undefined,
    isSame: true
  }))
}
