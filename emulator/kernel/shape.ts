import type { Json } from './types.ts'

/** Property names that an operation knows; `any` for a value that is taken as it comes. Arrays have the shape of an item. */
export type Shape = 'any' | { [property: string]: Shape }

/** The path of the first property that isn't in `shape`, such as `properties.creationdata`. */
export function unknownProperty(value: Json | undefined, shape: Shape, path = ''): string | undefined {
  if (shape === 'any' || typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value))
    return firstOf(value.map((item, index) => unknownProperty(item, shape, `${path}[${index}]`)))
  return firstOf(
    Object.entries(value).map(([name, inner]) => {
      const here = path === '' ? name : `${path}.${name}`
      const known = Object.hasOwn(shape, name) ? shape[name] : undefined
      return known === undefined ? here : unknownProperty(inner, known, here)
    })
  )
}

const firstOf = (found: (string | undefined)[]): string | undefined => found.find(path => path !== undefined)

/** A shape of properties without inner names to check. */
export function flat(...names: string[]): { [property: string]: Shape } {
  return Object.fromEntries(names.map(name => [name, 'any' as const]))
}
