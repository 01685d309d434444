/** Small, tolerant looks into Azure's answers: property names in any casing, absent and null alike. */
import { type Json, type JsonObject, isJsonObject } from '../../model/json.ts'

/** The value at a dotted path; undefined where a part of it is absent or null. */
export function at(json: Json | undefined, path: string): Json | undefined {
  let value: Json | undefined = json
  for (const name of path.split('.')) {
    if (!isJsonObject(value)) return undefined
    value = property(value, name)
  }
  return value ?? undefined
}

function property(json: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(json, name)) return json[name]
  const wanted = name.toLowerCase()
  const key = Object.keys(json).find(candidate => candidate.toLowerCase() === wanted)
  return key === undefined ? undefined : json[key]
}

export function textAt(json: Json | undefined, path: string): string | undefined {
  const value = at(json, path)
  return typeof value === 'string' ? value : undefined
}

/** Throws an Error that names the property. */
export function neededText(json: Json | undefined, path: string): string {
  const value = textAt(json, path)
  if (value === undefined) throw new Error(`${path}: missing in the answer`)
  return value
}

/** Numbers may come as text ("3"). */
export function numberAt(json: Json | undefined, path: string): number | undefined {
  const value = at(json, path)
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined
}

/** Throws an Error that names the property. */
export function neededNumber(json: Json | undefined, path: string): number {
  const value = numberAt(json, path)
  if (value === undefined) throw new Error(`${path}: missing in the answer`)
  return value
}

export function booleanAt(json: Json | undefined, path: string): boolean | undefined {
  const value = at(json, path)
  return typeof value === 'boolean' ? value : undefined
}

/** Empty where there is none. */
export function listAt(json: Json | undefined, path: string): Json[] {
  const value = at(json, path)
  return Array.isArray(value) ? value : []
}

/** The text entries of an object, keys as they are; empty where there is none. */
export function recordAt(json: Json | undefined, path: string): Record<string, string> {
  const value = at(json, path)
  if (!isJsonObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  )
}

/** The spelling in `allowed` of a value that Azure may spell in another casing. Throws an Error on any other value. */
export function oneOf<const T extends string>(
  json: Json | undefined,
  path: string,
  allowed: readonly T[]
): T | undefined {
  const text = textAt(json, path)
  if (text === undefined) return undefined
  const found = allowed.find(value => value.toLowerCase() === text.toLowerCase())
  if (found === undefined) throw new Error(`${path}: "${text}" is unknown; known are ${allowed.join(', ')}`)
  return found
}

/** As `oneOf`, of a value that must be there. */
export function neededOneOf<const T extends string>(json: Json | undefined, path: string, allowed: readonly T[]): T {
  const value = oneOf(json, path, allowed)
  if (value === undefined) throw new Error(`${path}: missing in the answer`)
  return value
}

/** The answer as an object. Throws an Error when it is none. */
export function objectOf(json: Json | undefined): JsonObject {
  if (!isJsonObject(json)) throw new Error(`the answer is ${json === undefined ? 'empty' : 'not an object'}`)
  return json
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The same object without its undefined properties. */
export function defined<T extends object>(view: T): Defined<T> {
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as Defined<T>
}
