/** A body for a pool that is there: what of it isn't so, and how it is sent. `body` is what is written, references and all. */
import { POOL_PROPERTIES } from '../model/pool-contract.ts'
import { isJsonObject, objectOf, type Json, type JsonObject } from '../model/json.ts'
import type { Pool } from '../model/observed.ts'
import { text } from '../model/shape.ts'
import { bodyDifferences, UNKNOWN, type Place, type Row } from './body-difference.ts'
import { carriedPaths, mergedValue, missingSecrets, type MissingSecret } from './body-merge.ts'

/** Ways of their own: scale goes in waves, and metadata is everybody’s. */
const APART: ReadonlySet<string> = new Set(['scaleSettings', 'metadata'])

type Written = Place & { name: string; present: Json | undefined; wanted: Json | undefined }

function written({ properties }: JsonObject, pool: Pool): Written[] {
  const there = isJsonObject(pool.body.properties) ? pool.body.properties : {}
  return Object.entries(isJsonObject(properties) ? properties : {})
    .filter(([name]) => !APART.has(name))
    .map(([name, wanted]) => {
      const shape = POOL_PROPERTIES.of[name] ?? UNKNOWN
      return { name, path: name, shape, present: there[name], wanted }
    })
}

/** What is written and isn't so. After a PATCH too: an answer of 200 says little. */
export function writtenDifferences(body: JsonObject, pool: Pool): Row[] {
  return [
    ...written(body, pool).flatMap(one => bodyDifferences(one, one)),
    ...identityDifferences(body, pool),
    ...tagDifferences(body, pool)
  ]
}

/** What is sent: a PATCH replaces each property as a whole (ARM Batch contract), so what is there goes with it. */
export function mergedBody(body: JsonObject, pool: Pool): JsonObject {
  const merged = written(body, pool).map(one => [one.name, mergedValue(one.shape, one)] as const)
  const properties = { ...(isJsonObject(body.properties) ? body.properties : {}), ...Object.fromEntries(merged) }
  const { identity, tags } = body
  return {
    ...body,
    ...(isJsonObject(identity) ? { identity: mergedIdentity(identity, pool) } : {}),
    ...(isJsonObject(tags) ? { tags: mergedTags(tags, pool) } : {}),
    properties
  }
}

/** What a PATCH with `body` sends as it was. */
export function carried(body: JsonObject, pool: Pool): string[] {
  return written(body, pool).flatMap(one => carriedPaths(one, one))
}

export function missingSecretsOf(body: JsonObject, pool: Pool): MissingSecret[] {
  return written(body, pool)
    .filter(one => one.wanted !== undefined)
    .flatMap(one => missingSecrets(one, one))
}

/** The whole of these properties as `pool` has them, as Azure takes them; those that it hasn’t are left out. */
export function wholeOf(names: readonly string[], pool: Pool): JsonObject {
  const rows = written(namesOnly(names), pool).flatMap(({ name, shape, present }) => {
    const value = (present ?? null) === null ? undefined : mergedValue(shape, { present, wanted: undefined })
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(rows)
}

/** What no answer of Batch shows of these properties of `pool`, or may hide: nobody can write the whole of them. Paths. */
export function hiddenOf(names: readonly string[], pool: Pool): string[] {
  return written(namesOnly(names), pool)
    .flatMap(one => missingSecrets(one, { present: one.present, wanted: undefined }))
    .map(({ path }) => path)
}

const namesOnly = (names: readonly string[]): JsonObject => ({
  properties: Object.fromEntries(names.map(name => [name, null]))
})

/** Every property that can be written, as `pool` has it, where `body` has none: what a new pool like it is made of. */
function wholeOver(body: JsonObject, pool: Pool): JsonObject {
  const [there, written] = [objectOf(pool.body.properties), objectOf(body.properties)]
  const names = Object.keys(POOL_PROPERTIES.of).filter(name => (written[name] ?? there[name] ?? null) !== null)
  const identity = isJsonObject(body.identity) ? body.identity : writtenIdentity(pool)
  const tags = { ...objectOf(pool.body.tags), ...objectOf(body.tags) }
  return {
    ...body,
    ...(identity === undefined ? {} : { identity }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    properties: { ...written, ...Object.fromEntries(names.map(name => [name, written[name] ?? null])) }
  }
}

/** A new pool as `pool` will be once `body` is written to it, save for scale and metadata. */
export function bodyLike(body: JsonObject, pool: Pool): JsonObject {
  return mergedBody(wholeOver(body, pool), pool)
}

/** What of `pool` such a body has that isn’t written. */
export function carriedByLike(body: JsonObject, pool: Pool): string[] {
  const written = objectOf(body.properties)
  const whole = Object.keys(objectOf(wholeOver(body, pool).properties)).filter(name => written[name] === undefined)
  return [...whole, ...carried(body, pool)]
}

/** What no answer of Batch shows of `pool`, and `body` doesn’t give: no other pool can be made like it. */
export function hiddenFromLike(body: JsonObject, pool: Pool): string[] {
  return written(wholeOver(body, pool), pool)
    .flatMap(one => missingSecrets(one, { present: one.present, wanted: one.wanted ?? undefined }))
    .filter(({ must }) => must)
    .map(({ path }) => path)
}

function writtenIdentity(pool: Pool): JsonObject | undefined {
  const ids = presentIds(pool)
  return ids.length === 0
    ? undefined
    : { type: 'UserAssigned', userAssignedIdentities: Object.fromEntries(ids.map(id => [id, {}])) }
}

function identityDifferences({ identity }: JsonObject, pool: Pool): Row[] {
  if (!isJsonObject(identity)) return []
  const [wanted, present] = [idsOf(identity), presentIds(pool)]
  const type = presentIdentity(pool).type ?? 'None'
  const isSame = same(String(type), String(identity.type)) && wanted.every(id => present.some(one => same(one, id)))
  return isSame ? [] : [{ path: 'identity', present: [type, ...present], wanted: [identity.type ?? null, ...wanted] }]
}

/** Identities that the pool has beyond those that are written: Batch merges them, and takes none away. */
export function surplusIdentities({ identity }: JsonObject, pool: Pool): string[] {
  if (!isJsonObject(identity) || identity.type !== 'UserAssigned') return []
  return presentIds(pool).filter(id => !idsOf(identity).some(one => same(one, id)))
}

function mergedIdentity(identity: JsonObject, pool: Pool): JsonObject {
  const ids = [...idsOf(identity), ...surplusIdentities({ identity }, pool)]
  return ids.length === 0
    ? identity
    : { ...identity, userAssignedIdentities: Object.fromEntries(ids.map(id => [id, {}])) }
}

const presentIdentity = ({ body }: Pool): JsonObject => (isJsonObject(body.identity) ? body.identity : {})
const presentIds = (pool: Pool): string[] => idsOf(presentIdentity(pool))
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function idsOf({ userAssignedIdentities: ids }: JsonObject): string[] {
  return isJsonObject(ids) ? Object.keys(ids).toSorted() : []
}

/** A tag without a value is a tag, too. */
function tagDifferences({ tags }: JsonObject, pool: Pool): Row[] {
  const there = objectOf(pool.body.tags)
  return Object.entries(objectOf(tags)).flatMap(([name, wanted]) => {
    const [path, present] = [`tags.${name}`, there[tagThere(there, name)]]
    return present === undefined
      ? [{ path, present, wanted }]
      : bodyDifferences({ shape: text, path }, { present, wanted })
  })
}

/** A PATCH replaces all tags (Azure's contract for resource providers, “Patch Resource”); those of others stay. */
function mergedTags(tags: JsonObject, pool: Pool): JsonObject {
  const there = objectOf(pool.body.tags)
  return {
    ...there,
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [tagThere(there, name), value]))
  }
}

/** Two casings of one name are one tag, which keeps the casing that it has. */
const tagThere = (there: JsonObject, name: string): string => Object.keys(there).find(one => same(one, name)) ?? name
