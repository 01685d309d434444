/** Whether what Batch gives back says the same as what was written, by the property's type. */
import { isJsonObject, type Json } from '../model/json.ts'
import type { Leaf } from '../model/shape.ts'
import { parseIso8601Ms } from '../shared/iso8601.ts'

export function sameValue(leaf: Leaf, present: Json | undefined, wanted: Json): boolean {
  if (leaf.type === 'hidden') return true
  if (leaf.type === 'json') return sameJson(present, wanted)
  const [a, b] = [said(leaf, present), said(leaf, wanted)]
  if (typeof a !== 'string' || typeof b !== 'string') return a === b
  if (leaf.type === 'duration' && sameDuration(a, b)) return true
  const isCaseless = leaf.type === 'caseless' || leaf.type === 'choice'
  return isCaseless ? couldBe(a.toLowerCase(), b.toLowerCase()) : couldBe(a, b)
}

/** What a property says that is left out, null or empty: its default. */
function said(leaf: Exclude<Leaf, { type: 'json' | 'hidden' }>, value: Json | undefined): Json | undefined {
  if (value !== undefined && value !== null && value !== '') return value
  return leaf.default ?? (leaf.type === 'flag' ? false : undefined)
}

/** To the ms: Batch gives back fractions, such as `PT7M9.497S` (recorded 2025-09-04). */
function sameDuration(a: string, b: string): boolean {
  const [first = NaN, second = NaN] = [parseIso8601Ms(a), parseIso8601Ms(b)]
  return Math.round(first) === Math.round(second)
}

/** Whether `present` is `wanted` with something in place of each `${env:NAME}`: secrets themselves are never compared. */
export function couldBe(present: string, wanted: string): boolean {
  if (present === wanted) return true
  const parts = wanted.split(/\$\{env:[^}]+\}/i)
  const literal = (part: string): string => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return parts.length > 1 && new RegExp(`^${parts.map(literal).join('.+')}$`, 's').test(present)
}

/** Whole: what an extension is told is its writer's alone. */
export function sameJson(present: Json | undefined, wanted: Json | undefined): boolean {
  if (isEmpty(present) && isEmpty(wanted)) return true
  if (typeof present === 'string' && typeof wanted === 'string') return couldBe(present, wanted)
  if (Array.isArray(present) && Array.isArray(wanted)) {
    return present.length === wanted.length && wanted.every((item, index) => sameJson(present[index], item))
  }
  if (isJsonObject(present) && isJsonObject(wanted)) {
    return [...new Set([...Object.keys(present), ...Object.keys(wanted)])].every(name =>
      sameJson(present[name], wanted[name])
    )
  }
  return present === wanted
}

function isEmpty(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0
  return isJsonObject(value) ? Object.keys(value).length === 0 : value === undefined || value === null || value === ''
}
