/** How a body of Resource Manager is made, as far as comparing what it answers with what was sent needs to know. */
import { isJsonObject, type Json, type JsonObject } from './json.ts'

export type Leaf =
  /** Given back as it was sent. `isSecret`: what is there may hold one that nothing masks. */
  | { type: 'text'; default?: string; isSecret?: true }
  /** Ids and Azure's own names: given back in any casing. */
  | { type: 'caseless'; default?: string }
  /** One of the contract's values: given back in any casing, sent as the contract spells it. */
  | { type: 'choice'; values: readonly string[]; default?: string }
  /** ISO 8601: given back in any spelling. */
  | { type: 'duration'; default?: string }
  | { type: 'number'; default?: number }
  | { type: 'flag'; default?: boolean }
  /** Whatever JSON its writer likes. */
  | { type: 'json' }
  /** Never given back. */
  | { type: 'hidden' }

export type ListShape = {
  type: 'list'
  of: Shape
  default?: readonly string[]
  /** What makes an item the same as another; without it, only all of it does. Order never means anything to Batch. */
  key?(item: Json): string | undefined
  /** An empty list says something else than none. */
  isEmptySaid?: true
}

export type ObjectShape = {
  type: 'object'
  of: Readonly<Record<string, Shape>>
  /** Properties that what is written excludes: they go, where others that are left out stay. */
  drops?(written: JsonObject): readonly string[]
  /**
   * Hidden properties that it may have, though a GET shows nothing of them. `isCarried`: nothing of it is written anew.
   * `must`: it isn't sent without them.
   */
  needs?(whole: JsonObject, isCarried: boolean): { names: readonly string[]; must: boolean }
}

export type Shape = Leaf | ListShape | ObjectShape

export const text: Leaf = { type: 'text' }
export const secretive: Leaf = { type: 'text', isSecret: true }
export const caseless: Leaf = { type: 'caseless' }
export const count: Leaf = { type: 'number' }
export const flag: Leaf = { type: 'flag' }
export const json: Leaf = { type: 'json' }
export const hidden: Leaf = { type: 'hidden' }
export const choice = (...values: string[]): Leaf => ({ type: 'choice', values })
export const or = <T extends Leaf>(leaf: T, value: string | number | boolean): Leaf =>
  ({ ...leaf, default: value }) as Leaf
export const object = (of: ObjectShape['of'], more: Omit<ObjectShape, 'type' | 'of'> = {}): ObjectShape => ({
  type: 'object',
  of,
  ...more
})
export const list = (of: Shape, more: Omit<ListShape, 'type' | 'of'> = {}): ListShape => ({ type: 'list', of, ...more })

/** Items with the same values of these properties are the same item. */
export const by =
  (...names: string[]) =>
  (item: Json): string | undefined => {
    const values = names.map(name => (isJsonObject(item) ? item[name] : undefined))
    return values[0] === undefined ? undefined : values.filter(value => value !== undefined).join(' ')
  }

/** Each group excludes the others. */
export const oneOf =
  (...groups: string[][]) =>
  (written: JsonObject): string[] => {
    const chosen = groups.find(names => names.some(name => written[name] !== undefined))
    return chosen === undefined ? [] : groups.filter(names => names !== chosen).flat()
  }
