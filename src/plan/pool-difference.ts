/** What is not as wanted on a pool that exists, property by property. Only what the spec writes is compared. */
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { Pool } from '../model/observed.ts'
import type { Difference } from '../model/plan.ts'
import { parseIso8601Ms } from '../shared/iso8601.ts'
import { foreignItems, specItems } from './pool-metadata.ts'
import type { PoolWish } from './situation.ts'

/**
 * Properties that Batch takes while nodes are there ("Update Batch pool properties", 2025-04-02); every other one needs a
 * pool of zero nodes. `identity` could change with nodes too, and the page advises against it.
 */
const WITH_NODES: ReadonlySet<string> = new Set(['startTask', 'applicationPackages', 'metadata'])

/** Never given back by Batch, so they can't be compared (flagged sensitive or write-only in the 2025-06-01 pool body). */
const WRITE_ONLY: ReadonlySet<string> = new Set([
  'password',
  'sshPrivateKey',
  'accountKey',
  'sasKey',
  'protectedSettings',
  'nodeDeallocationOption'
])

/** Given back in upper case (recorded: `STANDARD_D1_V2` for `Standard_D1_v2`). */
const CASELESS: ReadonlySet<string> = new Set(['vmSize'])

/** Everything but scale: that is for the waves. */
export function poolDifferences(wish: PoolWish, pool: Pool): Difference[] {
  const present = isJsonObject(pool.body.properties) ? pool.body.properties : {}
  const properties = Object.entries(wish.properties).flatMap(([name, wanted]) =>
    differences(name, present[name], wanted).map(row => ({ ...row, needs: needsOf(wish, name) }))
  )
  return [...properties, ...identityDifferences(wish, pool), ...metadataDifferences(wish, pool)]
}

/** Before 2024-07-01 a pool's image and the like could not be changed at all. */
function needsOf(wish: PoolWish, name: string): Difference['needs'] {
  if (WITH_NODES.has(name)) return 'patch'
  return wish.managed ? 'another-pool' : 'zero-nodes'
}

type Row = Omit<Difference, 'needs'>

function differences(path: string, present: Json | undefined, wanted: Json | undefined): Row[] {
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (wanted === undefined || WRITE_ONLY.has(name)) return []
  if (isJsonObject(wanted)) {
    const there = isJsonObject(present) ? present : {}
    return Object.entries(wanted).flatMap(([key, value]) => differences(`${path}.${key}`, there[key], value))
  }
  if (Array.isArray(wanted)) return listDifferences(path, Array.isArray(present) ? present : [], wanted)
  return sameValue(name, present, wanted) ? [] : [{ path, present: shown(name, present), wanted }]
}

/** Items that have a name are compared by it, in any order; others by their place. */
function listDifferences(path: string, present: Json[], wanted: Json[]): Row[] {
  const nameOf = (item: Json): Json | undefined => (isJsonObject(item) ? item.name : undefined)
  const named = [...present, ...wanted].every(item => typeof nameOf(item) === 'string')
  const rows = wanted.flatMap((value, index) => {
    const there = named ? present.find(item => nameOf(item) === nameOf(value)) : present[index]
    return differences(`${path}[${named ? String(nameOf(value)) : index}]`, there, value)
  })
  const gone = named
    ? present.filter(item => wanted.every(value => nameOf(value) !== nameOf(item))).map(nameOf)
    : present.slice(wanted.length).map((_, index) => wanted.length + index)
  return [...rows, ...gone.map(key => ({ path: `${path}[${String(key)}]`, present: NOT_SHOWN, wanted: undefined }))]
}

const NOT_SHOWN = '(a value that is not shown)'

/** Where a secret can be: what the pool has there may be one that the spec no longer names, so that nothing masks it. */
const MAY_HOLD_SECRETS: ReadonlySet<string> = new Set([
  'commandLine',
  'value',
  'httpUrl',
  'storageContainerUrl',
  'containerRunOptions',
  'mountOptions',
  'blobfuseOptions',
  'settings',
  'source',
  'azureFileUrl',
  'username',
  'userName'
])

function shown(name: string, present: Json | undefined): Json | undefined {
  return present !== undefined && present !== null && MAY_HOLD_SECRETS.has(name) ? NOT_SHOWN : present
}

/** Whether `present` is `wanted` with something in place of each `${env:NAME}`: secrets themselves are never compared. */
function couldBe(present: string, wanted: string): boolean {
  const parts = wanted.split(/\$\{env:[^}]+\}/)
  const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return parts.length > 1 && new RegExp(`^${parts.map(literal).join('.+')}$`, 's').test(present)
}

/** Ids and enumerated values come back in other casings; durations in another spelling; an absent list is an empty one. */
function sameValue(name: string, present: Json | undefined, wanted: Json): boolean {
  if (typeof present === 'string' && typeof wanted === 'string') {
    if (present === wanted || couldBe(present, wanted)) return true
    if (CASELESS.has(name) || wanted.startsWith('/subscriptions/'))
      return present.toLowerCase() === wanted.toLowerCase()
    const [a, b] = [parseIso8601Ms(present), parseIso8601Ms(wanted)]
    return a !== undefined && a === b
  }
  return present === wanted
}

function identityDifferences({ spec }: PoolWish, pool: Pool): Difference[] {
  const { identity } = spec.pool
  if (identity === undefined) return []
  const present = isJsonObject(pool.body.identity) ? pool.body.identity : {}
  const ids = (value: JsonObject): string[] =>
    isJsonObject(value.userAssignedIdentities)
      ? Object.keys(value.userAssignedIdentities)
          .map(id => id.toLowerCase())
          .sort()
      : []
  const [wantedIds, presentIds] = [ids(identity), ids(present)]
  const type = present.type ?? 'None'
  const same = type === identity.type && wantedIds.join() === presentIds.join()
  return same
    ? []
    : [
        {
          path: 'identity',
          present: [type, ...presentIds],
          wanted: [identity.type ?? null, ...wantedIds],
          needs: 'zero-nodes'
        }
      ]
}

function metadataDifferences({ spec }: PoolWish, pool: Pool): Difference[] {
  const wanted = specItems(spec.pool.properties)
  if (wanted === undefined) return []
  const present = foreignItems(pool.metadata)
  const key = (items: readonly { name: string; value: string }[]): string =>
    JSON.stringify(items.map(({ name, value }) => [name, value]).sort())
  return key(wanted) === key(present)
    ? []
    : [{ path: 'metadata', present: present.map(({ name }) => name), wanted, needs: 'patch' }]
}

/** `image, taskSlotsPerNode`: what differs, in a word each. */
export function changedThings(differences: readonly Pick<Difference, 'path'>[]): string {
  const word = ({ path }: Pick<Difference, 'path'>): string =>
    path.endsWith('imageReference.id')
      ? 'image'
      : path.replace('deploymentConfiguration.virtualMachineConfiguration.', '')
  return [...new Set(differences.map(word))].join(', ')
}
