import { isDeepStrictEqual } from 'node:util'
import type { Call, Json, JsonObject, Stored } from '../kernel/types.ts'
import { objectOf } from './json.ts'
import { isDropped, withoutSecrets, withPoolDefaults, writtenProperties } from './pool-body.ts'
import { poolProperties } from './pool-nodes.ts'
import { applyScale, checkSteady, touch } from './pool-scale.ts'
import { checkUpdate, checkWhole, mayScaleWhileStopping, mergedIdentity, optionIn, rest } from './pool-writes.ts'

/** A PUT over a pool that is there: the whole of it anew; what it has already is no change (recorded). */
export function replacePool(call: Call, pool: Stored): void {
  const body = objectOf(call.body)
  const requested = objectOf(body['properties'])
  checkWhole(call, pool.id, requested)
  const wanted = withPoolDefaults(writtenProperties(requested))
  const names = [...changedNames(pool, wanted, requested), ...changedBeside(pool, body)]
  if (names.length === 0) return
  checkUpdate(call, pool, names)
  const scales = names.includes('scaleSettings')
  if (scales && !mayScaleWhileStopping(pool, wanted)) checkSteady(call, pool)
  pool.body = { ...pool.body, ...rest(body), ...mergedIdentity(pool, body), properties: wanted }
  touch(call, pool)
  if (scales) applyScale(call, pool, optionIn(requested))
}

/** Secrets aside: nobody sees whether they are others. What is empty and never kept differs each time. */
function changedNames(pool: Stored, wanted: JsonObject, requested: JsonObject): string[] {
  const present = writtenProperties(poolProperties(pool))
  const names = new Set([...Object.keys(present), ...Object.keys(wanted)])
  const changed = [...names].filter(
    name => !isDeepStrictEqual(withoutSecrets(present[name]), withoutSecrets(wanted[name]))
  )
  const empty = Object.keys(requested).filter(name => isDropped(name, requested[name]))
  return [...changed, ...empty.filter(name => !changed.includes(name))]
}

/** Tags, and identities that the pool lacks; what Azure says of each (`principalId`) isn't sent back. */
function changedBeside(pool: Stored, body: JsonObject): string[] {
  const { tags, identity } = { ...rest(body), ...mergedIdentity(pool, body) }
  const ids = (value: Json | undefined): string[] =>
    Object.keys(objectOf(objectOf(value)['userAssignedIdentities'])).map(id => id.toLowerCase())
  const isOther = ids(identity).length !== ids(pool.body['identity']).length
  return [
    ...(tags !== undefined && !isDeepStrictEqual(tags, pool.body['tags']) ? ['tags'] : []),
    ...(identity !== undefined && isOther ? ['identity'] : [])
  ]
}
