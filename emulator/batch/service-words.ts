import type { Json, JsonObject } from '../kernel/types.ts'
import { listOf, objectOf, textOf } from './json.ts'
import { withoutSecrets } from './pool-body.ts'

/** What ARM calls otherwise, among what only an empty pool changes. */
export const serviceName = (name: string): string =>
  ({ deploymentConfiguration: 'virtualMachineConfiguration', interNodeCommunication: 'enableInterNodeCommunication' })[
    name
  ] ?? name

/** ARM's `id` is the Batch service's `virtualMachineImageId`. */
export function serviceImageReference(reference: JsonObject): JsonObject {
  const { id, ...rest } = objectOf(reference)
  return id === undefined ? rest : { ...rest, virtualMachineImageId: id }
}

/** A start task, without secrets; its enums are lower-case on the Batch service (recorded). */
export function serviceStartTask(value: Json | undefined): JsonObject | undefined {
  if (value === undefined || value === null) return undefined
  const task = objectOf(withoutSecrets(value))
  const autoUser = objectOf(objectOf(task['userIdentity'])['autoUser'])
  if (autoUser['scope'] === undefined) return task
  const lower = Object.fromEntries(Object.entries(autoUser).map(([name, word]) => [name, textOf(word)?.toLowerCase()]))
  return { ...task, userIdentity: { autoUser: lower } }
}

/** Accounts of users, without secrets and with lower-case enums; on Windows with the login that is the default (recorded, 2025). */
export function serviceUserAccounts(value: Json | undefined, isWindows: boolean): JsonObject[] | undefined {
  if (value === undefined) return undefined
  return listOf(withoutSecrets(value)).map(({ linuxUserConfiguration, windowsUserConfiguration, ...account }) => ({
    ...account,
    elevationLevel: lower(account['elevationLevel']),
    ...(isWindows
      ? { windowsUserConfiguration: { loginMode: lower(objectOf(windowsUserConfiguration)['loginMode']) ?? 'batch' } }
      : linuxUserConfiguration !== undefined && { linuxUserConfiguration })
  }))
}

/** A network, with its defaults (recorded: the scope in 2022, the other in 2025); its scope the two contracts spell differently. */
export function serviceNetwork(value: Json | undefined, apiVersion: string): JsonObject | undefined {
  if (value === undefined) return undefined
  const {
    dynamicVnetAssignmentScope: scope,
    endpointConfiguration,
    publicIPAddressConfiguration,
    ...rest
  } = objectOf(value)
  const pools = listOf(objectOf(endpointConfiguration)['inboundNatPools'])
  const inboundNATPools = pools.map(pool => ({ ...pool, protocol: lower(pool['protocol']), ...rulesOf(pool) }))
  return {
    dynamicVNetAssignmentScope: lower(scope) ?? 'none',
    ...(apiVersion >= '2024-07-01' && { enableAcceleratedNetworking: false }),
    ...(endpointConfiguration !== undefined && { endpointConfiguration: { inboundNATPools } }),
    ...(publicIPAddressConfiguration !== undefined && {
      publicIPAddressConfiguration: addresses(objectOf(publicIPAddressConfiguration))
    }),
    ...rest
  }
}

const addresses = ({ provision, ...rest }: JsonObject): JsonObject => ({
  ...rest,
  ...(provision !== undefined && { provision: lower(provision) })
})

/** Rules that name no source ports are for all of them; what they allow is a lower-case word (both recorded, 2020 to 2022). */
function rulesOf({ networkSecurityGroupRules: rules }: JsonObject): JsonObject {
  if (rules === undefined) return {}
  return {
    networkSecurityGroupRules: listOf(rules).map(rule => ({
      sourcePortRanges: ['*'],
      ...rule,
      access: lower(rule['access'])
    }))
  }
}

/** Older enums are lower-case here, newer ones as the contract has them (both recorded, 2025). */
export function serviceMachine(
  { dataDisks, osDisk, nodePlacementConfiguration, securityProfile, ...rest }: JsonObject,
  apiVersion: string
): JsonObject {
  const { policy } = objectOf(nodePlacementConfiguration)
  const { securityType } = objectOf(securityProfile)
  return {
    ...rest,
    ...(dataDisks !== undefined && { dataDisks: listOf(dataDisks).map(disk => serviceDataDisk(disk, apiVersion)) }),
    ...(osDisk !== undefined && { osDisk: serviceOsDisk(objectOf(osDisk)) }),
    ...(policy !== undefined && { nodePlacementConfiguration: { policy: asIn(PLACEMENTS, policy) } }),
    ...(securityProfile !== undefined && {
      securityProfile: {
        ...objectOf(securityProfile),
        ...(securityType !== undefined && { securityType: lower(securityType) })
      }
    })
  }
}

/** Until 2025-06-01, which has it under `managedDisk`, the type of a data disk is filled in (recorded, 2020 and 2025). */
function serviceDataDisk({ caching, storageAccountType, ...disk }: JsonObject, apiVersion: string): JsonObject {
  const type = lower(storageAccountType) ?? (apiVersion === '2025-06-01' ? undefined : 'standard_lrs')
  return { ...disk, caching: lower(caching) ?? 'none', ...(type !== undefined && { storageAccountType: type }) }
}

function serviceOsDisk({ caching, managedDisk, ...disk }: JsonObject): JsonObject {
  const { storageAccountType, ...managed } = objectOf(managedDisk)
  return {
    ...disk,
    ...(managedDisk !== undefined && { managedDisk: { ...managed, storageAccountType: lower(storageAccountType) } }),
    ...(caching !== undefined && { caching: asIn(CACHINGS, caching) })
  }
}

const PLACEMENTS = ['Zonal', 'Regional']
const CACHINGS = ['None', 'ReadOnly', 'ReadWrite']

const asIn = (words: string[], value: Json | undefined): Json | undefined =>
  words.find(word => word.toLowerCase() === lower(value)) ?? value

const lower = (value: Json | undefined): string | undefined => textOf(value)?.toLowerCase()

/** `none` since 2025-06-01, which knows it first (recorded). */
export function serviceSchedulingPolicy(value: Json | undefined, apiVersion: string): JsonObject | undefined {
  if (value === undefined) return undefined
  const { jobDefaultOrder, ...rest } = objectOf(value)
  return apiVersion === '2025-06-01' ? { ...rest, jobDefaultOrder: lower(jobDefaultOrder) ?? 'none' } : rest
}
