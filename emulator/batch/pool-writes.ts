import { isDeepStrictEqual } from 'node:util'
import { put } from '../kernel/resources.ts'
import type { Call, JsonObject, Stored } from '../kernel/types.ts'
import { refuse, refuseMissing, refuseProperty, refuseUnknown } from './batch-errors.ts'
import { numberOf, objectOf, textOf } from './json.ts'
import { withPoolDefaults, writtenProperties } from './pool-body.ts'
import { checkConstraints } from './pool-constraints.ts'
import { checkImage } from './pool-image-check.ts'
import { poolProperties } from './pool-nodes.ts'
import { checkPackages, checkSubnet } from './pool-references.ts'
import { accountIdOf, accountOf, allocationAt, countAt, factsOf, POOL_TYPE, poolsOf, regionOf } from './pool-record.ts'
import { applyScale, checkScaleSettings, checkSteady, optionOf, touch } from './pool-scale.ts'
import { serviceName } from './service-words.ts'
import { ticksOf } from './time.ts'
import { checkTaskSlots, listedSize, sizesIn } from './vm-sizes.ts'

/**
 * What may change while there are nodes (Batch's page on updating pool properties, 2025-04-02), and the mode in which the next ones
 * speak with Batch (ARM contract, examples of Pool_Update; recorded on the Batch service, 2024, while resizing).
 */
const ALWAYS_UPDATABLE = [
  ...['applicationPackages', 'certificates', 'metadata', 'scaleSettings', 'startTask'],
  'targetNodeCommunicationMode'
]
/** Versions before 2024-07-01 change nothing else (same page); the second is the Batch service's. */
const UPDATING_VERSIONS = ['2024-07-01', '2024-07-01.20.0', '2025-06-01']

/** Makes the pool of a PUT, and begins its first resize. */
export function createPool(call: Call, id: string): Stored {
  const body = objectOf(call.body)
  const requested = objectOf(body['properties'])
  checkNew(call, id, requested)
  const properties = withPoolDefaults(writtenProperties(requested))
  const pool: Stored = { id, type: POOL_TYPE, createdAt: call.now, body: { ...rest(body), properties }, facts: {} }
  const ticks = ticksOf(call.now) + BigInt(Math.floor(call.world.random() * 10_000))
  Object.assign(factsOf(pool), { ticks, createdTicks: ticks })
  put(call.world, pool)
  applyScale(call, pool, optionIn(requested))
  return pool
}

export function rest({ identity, tags }: JsonObject): JsonObject {
  return { ...(identity !== undefined && { identity }), ...(tags !== undefined && { tags }) }
}

export function optionIn(properties: JsonObject) {
  return optionOf(textOf(objectOf(objectOf(properties['scaleSettings'])['fixedScale'])['nodeDeallocationOption']))
}

/** What holds for a body that is a pool as a whole. */
export function checkWhole(call: Call, id: string, requested: JsonObject): void {
  for (const name of ['vmSize', 'deploymentConfiguration']) {
    if (requested[name] === undefined || requested[name] === null) refuseMissing(call, name)
  }
  checkVmSize(call, id, requested)
  checkDeployment(call, requested)
  checkWritten(call, id, requested)
  if (requested['scaleSettings'] !== undefined) checkScaleSettings(call, objectOf(requested['scaleSettings']))
}

function checkNew(call: Call, id: string, requested: JsonObject): void {
  checkWhole(call, id, requested)
  const quota = numberOf(objectOf(accountOf(call.world, id)?.body['properties'])['poolQuota'])
  if (quota === undefined || poolsOf(call.world, call.now, accountIdOf(id)).length < quota) return
  refuse(call, {
    status: 409,
    code: 'PoolQuotaReached',
    message: 'The specified account has reached the pool quota limit.'
  })
}

/** Where a region lists no size at all, what it has isn't known, and none is refused. */
function checkVmSize(call: Call, id: string, { vmSize }: JsonObject): void {
  const name = textOf(vmSize) ?? ''
  const region = regionOf(call.world, id)
  if (sizesIn(call.world, region).length === 0 || listedSize(call.world, region, name) !== undefined) return
  refuseProperty(call, {
    name: 'vmSize',
    value: name,
    reason: 'The specified VM size is not supported in the region of the account'
  })
}

/** An image reference and a node agent, whole, also in a PATCH (schema; terraform-provider-azurerm relies on it). */
function checkDeployment(call: Call, requested: JsonObject): void {
  const deployment = objectOf(requested['deploymentConfiguration'])
  if (deployment['cloudServiceConfiguration'] !== undefined) refuseUnknown(call, 'pools of cloud services')
  const machine = objectOf(deployment['virtualMachineConfiguration'])
  for (const name of ['imageReference', 'nodeAgentSkuId']) if (machine[name] === undefined) refuseMissing(call, name)
  checkImage(call, machine)
}

/** What holds for the values of a new pool as for those of a change. */
function checkWritten(call: Call, id: string, requested: JsonObject): void {
  checkConstraints(call, requested)
  checkTaskSlots(call, id, requested)
  checkSubnet(call, id, requested)
  checkPackages(call, requested)
}

const vmSizeIn = (pool: Stored): JsonObject => ({ vmSize: poolProperties(pool)['vmSize'] ?? null })

/** Merges a PATCH: what is left out stays, what is there replaces the property as a whole. */
export function patchPool(call: Call, pool: Stored): void {
  const body = objectOf(call.body)
  const requested = objectOf(body['properties'])
  const empty = Object.keys(requested).find(name => requested[name] === null)
  if (empty !== undefined) refuseUnknown(call, `null for "${empty}" in a PATCH`)
  const written = writtenProperties(requested)
  const names = [...Object.keys(written), ...Object.keys(rest(body))]
  checkUpdate(
    call,
    pool,
    names.filter(name => !isUnchanged(pool, written, name))
  )
  if (written['scaleSettings'] !== undefined) checkScaleSettings(call, objectOf(requested['scaleSettings']))
  const scales = written['scaleSettings'] !== undefined && !hasFixedScale(pool, written)
  if (scales && !mayScaleWhileStopping(pool, written)) checkSteady(call, pool)
  if (written['vmSize'] !== undefined) checkVmSize(call, pool.id, requested)
  if (written['deploymentConfiguration'] !== undefined) checkDeployment(call, requested)
  checkWritten(call, pool.id, { ...vmSizeIn(pool), ...requested })
  const properties = { ...poolProperties(pool), ...written }
  if (requested['displayName'] === '') delete properties['displayName']
  for (const name of call.world.behaviour.leftByPatch ?? []) properties[name] = poolProperties(pool)[name]
  pool.body = { ...pool.body, ...rest(body), ...mergedIdentity(pool, body), properties }
  if (scales || names.some(name => name !== 'scaleSettings')) touch(call, pool)
  if (scales) applyScale(call, pool, optionIn(requested))
}

/**
 * Identities of a PATCH are added to those that are there, and never taken away (reported: terraform-provider-azurerm#30206);
 * `None` takes them all (contract).
 */
export function mergedIdentity({ body: { identity: present } }: Stored, { identity }: JsonObject): JsonObject {
  if (identity === undefined || objectOf(identity)['type'] === 'None') return identity === undefined ? {} : { identity }
  const ids = [present, identity].map(one => Object.entries(objectOf(objectOf(one)['userAssignedIdentities'])))
  const byId = new Map(ids.flat().map(([id, one]) => [id.toLowerCase(), [id, one] as const]))
  return { identity: { ...objectOf(identity), userAssignedIdentities: Object.fromEntries(byId.values()) } }
}

/** `taskSlotsPerNode` as it is was taken by a version that never changes it (recorded 2023); of other properties none was recorded. */
const isUnchanged = (pool: Stored, written: JsonObject, name: string): boolean =>
  name === 'taskSlotsPerNode' && written[name] === poolProperties(pool)[name]

/** The fixed scale that the pool has already is no change: no resize begins, none under way is in its way (recorded for a PUT). */
function hasFixedScale(pool: Stored, written: JsonObject): boolean {
  const [has, asked] = [poolProperties(pool), written].map(
    properties => objectOf(properties['scaleSettings'])['fixedScale']
  )
  return asked !== undefined && isDeepStrictEqual(has, asked)
}

/** Enabling autoscale is taken while a resize is stopping (recorded on the Batch service). */
export function mayScaleWhileStopping(pool: Stored, written: JsonObject): boolean {
  return objectOf(written['scaleSettings'])['autoScale'] !== undefined && factsOf(pool).resize?.cut !== undefined
}

/** All but a few properties need a steady pool without nodes, and a version that changes them. */
export function checkUpdate(call: Call, pool: Stored, names: string[]): void {
  const bound = names.filter(name => !ALWAYS_UPDATABLE.includes(name) && name !== 'tags')
  if (bound.length === 0) return
  const { dedicated, lowPriority } = countAt(factsOf(pool), call.now)
  const empty = dedicated + lowPriority === 0 && allocationAt(pool, call.now).state === 'Steady'
  if (!UPDATING_VERSIONS.includes(call.apiVersion) || !empty) cannotUpdate(call, bound[0] ?? '')
  if (names.includes('scaleSettings'))
    refuseUnknown(call, `scaleSettings together with ${bound.join(', ')} in one PATCH`)
}

/** As pasted in Azure/terraform-provider-azapi#263 and Azure/azure-sdk-for-net#40325: one property, without a reason of its own. */
function cannotUpdate(call: Call, name: string): never {
  const message = 'A property that cannot be updated was specified as part of the request.'
  const isService = call.operation.host === 'batch'
  const shown = isService ? serviceName(name) : name
  const details = [
    { code: 'Reason', message },
    { code: 'PropertyName', message: shown },
    { code: 'PropertyPath', message: isService ? shown : `properties.${name}` }
  ]
  return refuse(call, { status: 400, code: 'PropertyCannotBeUpdated', message, details })
}
