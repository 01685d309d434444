import { z } from 'zod'
import { ACCOUNT_TYPE } from '../batch/pool-record.ts'
import { LOCK_LEVELS, LOCK_TYPE } from '../kernel/locks.ts'
import type { JsonObject } from '../kernel/types.ts'
import { typeOfId, type Known } from './known.ts'
import { unknownName } from './nearest.ts'
import type { Path, Problem } from './problems.ts'
import { list, object, oneOf, problemsOf, text } from './shapes.ts'

const resource = z.looseObject({ id: text, type: text }, { error: 'an object is needed' })
/** The account's own host is found by its `accountEndpoint`. */
const account = z.looseObject({
  properties: z.looseObject({ accountEndpoint: text }, { error: 'an object is needed' })
})
const lock = z.looseObject({
  properties: z.looseObject({ level: oneOf(LOCK_LEVELS) }, { error: 'an object is needed' })
})

/** All that can't be among a world's resources. */
export function resourceProblems(resources: unknown, known: Known): Problem[] {
  const wrong = problemsOf(list(resource), resources, ['resources'])
  if (!Array.isArray(resources)) return wrong
  const seen = new Set<string>()
  const named = (resources as JsonObject[]).flatMap((one, index) => {
    const { id, type } = (one ?? {}) as Partial<Record<string, unknown>>
    if (typeof id !== 'string' || typeof type !== 'string') return []
    const path = ['resources', index]
    const twice = seen.has(id.toLowerCase())
    seen.add(id.toLowerCase())
    return [
      ...(twice ? [{ path: [...path, 'id'], value: id, message: 'is there twice' }] : []),
      ...typeProblems({ id, type }, path, known),
      ...nameProblems(one, path),
      ...(same(type, LOCK_TYPE) ? problemsOf(lock, one, path) : []),
      ...(same(type, ACCOUNT_TYPE) ? problemsOf(account, one, path) : [])
    ]
  })
  return [...wrong, ...named]
}

function typeProblems({ id, type }: { id: string; type: string }, path: Path, { types }: Known): Problem[] {
  if (!types.some(known => same(known, type))) {
    return [{ path: [...path, 'type'], value: type, message: unknownName(type, 'a type that is emulated', types) }]
  }
  const ofId = typeOfId(id)
  if (ofId !== undefined && same(ofId, type)) return []
  const message = ofId === undefined ? 'not the id of a resource' : `the id of a ${ofId}, where type says ${type}`
  return [{ path: [...path, 'id'], value: id, message }]
}

/** What Azure has at the top of any resource, subscriptions apart, which have names of their own there. */
const TOP_NAMES = [
  ...['id', 'name', 'type', 'location', 'extendedLocation', 'tags', 'etag', 'kind', 'plan', 'sku', 'zones', 'identity'],
  ...['managedBy', 'managedByExtended', 'systemData', 'resources', 'properties']
]

/** Names at the top of a resource; what is in its `properties` is Azure's, and too much to list. */
const nameProblems = (one: JsonObject, path: Path): Problem[] =>
  same(String(one['type']), 'Microsoft.Resources/subscriptions')
    ? []
    : Object.entries(one)
        .filter(([name, value]) => value !== undefined && !TOP_NAMES.includes(name))
        .map(([name, value]) => {
          return { path: [...path, name], value, message: unknownName(name, 'a known name', TOP_NAMES) }
        })

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** What a world file has at its top. */
export const topNames = object({ resources: z.unknown(), behaviour: z.unknown().optional() })
