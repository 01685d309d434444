/** What a GET shows of a pool and nobody can write: a spec that was copied from one is taken without it. */
import { isArmIdOf, nameOf, sameId } from '../model/arm-id.ts'
import { isJsonObject, objectOf, type Json, type JsonObject } from '../model/json.ts'
import { isOwnItem } from '../model/own-metadata.ts'
import type { PathProblem } from './pool-spec-shape.ts'

const POOL = 'Microsoft.Batch/batchAccounts/pools'

const words = (text: string): readonly string[] => text.split(' ')
/** Flagged read-only in the contract (ARM 2025-06-01, and 2024-07-01 for what is gone since). */
const UNDER_PROPERTIES = words(
  'lastModified creationTime provisioningState provisioningStateTransitionTime allocationState ' +
    'allocationStateTransitionTime currentDedicatedNodes currentLowPriorityNodes autoScaleRun resizeOperationStatus ' +
    'currentNodeCommunicationMode'
)
const OF_AN_IDENTITY = words('principalId clientId')

/** An id that isn't Resource Manager's is somebody's own writing, and complained of. */
function atTheRoot({ id, type }: JsonObject): string[] {
  const isPoolId = typeof id === 'string' && isArmIdOf(id, POOL)
  const isPoolType = typeof type === 'string' && sameId(type, POOL)
  return ['etag', 'systemData', ...(isPoolId ? ['id'] : []), ...(isPoolType ? ['type'] : [])]
}

/** `leftAside`: dotted names of what is no longer in `root`. */
type Kept = { root: JsonObject; leftAside: string[] }

export function withoutReadOnly(whole: JsonObject): Kept {
  const leftAside = new Set<string>()
  const without = (value: JsonObject, names: readonly string[], path = ''): JsonObject => {
    const gone = names.filter(name => value[name] !== undefined)
    for (const name of gone) leftAside.add(`${path}${name}`)
    return Object.fromEntries(Object.entries(value).filter(([name]) => !gone.includes(name)))
  }
  const ofProperties = (properties: JsonObject): JsonObject => {
    const kept = without(properties, UNDER_PROPERTIES, 'properties.')
    if (!Array.isArray(kept.metadata)) return kept
    const own = kept.metadata.map(item => objectOf(item).name).filter(isOwnName)
    for (const name of own) leftAside.add(`properties.metadata[${name}]`)
    return { ...kept, metadata: kept.metadata.filter(item => !isOwnName(objectOf(item).name)) }
  }
  const ofIdentity = (identity: JsonObject): JsonObject => {
    const path = 'identity.userAssignedIdentities.*.'
    const each = (one: JsonObject): JsonObject => without(one, OF_AN_IDENTITY, path)
    return inside(identity, 'userAssignedIdentities', ids =>
      Object.keys(ids).reduce((kept, id) => inside(kept, id, each), ids)
    )
  }
  const root = inside(inside(without(whole, atTheRoot(whole)), 'properties', ofProperties), 'identity', ofIdentity)
  return { root: inside(root, 'properties', asWritten), leftAside: [...leftAside] }
}

/** A GET spells them otherwise than the contract (recorded 2026-02-11). */
const SECURITY_TYPES: Readonly<Record<string, string>> = {
  TrustedLaunch: 'trustedLaunch',
  ConfidentialVM: 'confidentialVM'
}

function asWritten(properties: JsonObject): JsonObject {
  return inside(properties, 'deploymentConfiguration', deployment =>
    inside(deployment, 'virtualMachineConfiguration', vm =>
      inside(vm, 'securityProfile', profile => {
        const securityType = SECURITY_TYPES[String(profile.securityType)]
        return securityType === undefined ? profile : { ...profile, securityType }
      })
    )
  )
}

const isOwnName = (name: Json | undefined): name is string => typeof name === 'string' && isOwnItem(name)

/** `value` with another object under `name`; what is no object there stays. */
function inside(value: JsonObject, name: string, change: (part: JsonObject) => JsonObject): JsonObject {
  const part = value[name]
  return isJsonObject(part) ? { ...value, [name]: change(part) } : value
}

/** Somebody has copied a pool to make another, and it isn't known which of the two is meant. */
export function namesProblems({ id, name }: JsonObject): PathProblem[] {
  if (typeof id !== 'string' || !isArmIdOf(id, POOL) || typeof name !== 'string' || sameId(nameOf(id), name)) return []
  return [{ path: ['id'], message: `is that of pool "${nameOf(id)}", and name is "${name}"; leave id out` }]
}
