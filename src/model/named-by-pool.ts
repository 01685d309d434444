/** What a pool spec names by id, so that it can be looked at before a pool is made with it. */
import {
  childId,
  isArmIdOf,
  parentId,
  type ApplicationId,
  type ApplicationVersionId,
  type EncryptionSetId,
  type IdentityId,
  type PublicIPId,
  type SubnetId
} from './arm-id.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import type { PoolBody } from './spec.ts'

type NamedByPool = {
  subnetId?: SubnetId
  identityIds: IdentityId[]
  packages: PackageReference[]
  publicIPIds: PublicIPId[]
  encryptionSetIds: EncryptionSetId[]
}

/** `version` undefined: the application's default. */
export type PackageReference = { id: ApplicationId; version?: string }

/** An id that isn't of its type, or stands for a secret, is left out: the pool spec's own checks speak of it. */
export function namedByPool({ properties, identity }: PoolBody): NamedByPool {
  const network = objectAt(properties, 'networkConfiguration')
  const vm = objectAt(objectAt(properties, 'deploymentConfiguration'), 'virtualMachineConfiguration')
  const disks = [objectAt(vm, 'osDisk'), ...listAt(vm, 'dataDisks')].map(disk => objectAt(disk, 'managedDisk'))
  const sets = disks.flatMap(disk => [disk, objectAt(disk, 'securityProfile')])
  const { subnetId } = network
  return {
    ...(isIdOf(subnetId, 'Microsoft.Network/virtualNetworks/subnets') ? { subnetId } : {}),
    identityIds: Object.keys(objectAt(identity ?? {}, 'userAssignedIdentities')).filter(id =>
      isArmIdOf(id, 'Microsoft.ManagedIdentity/userAssignedIdentities')
    ),
    packages: listAt(properties, 'applicationPackages').flatMap(packageOf),
    publicIPIds: [
      ...textsAt(objectAt(network, 'publicIPAddressConfiguration'), 'ipAddressIds'),
      // As api-version 2019-08-01 calls them.
      ...textsAt(network, 'publicIPs')
    ].filter(id => isArmIdOf(id, 'Microsoft.Network/publicIPAddresses')),
    encryptionSetIds: unique(
      sets
        .map(one => objectAt(one, 'diskEncryptionSet').id)
        .filter(id => isIdOf(id, 'Microsoft.Compute/diskEncryptionSets'))
    )
  }
}

/** The id may name a version itself ("either … a specific version or the default version", resource manager contract). */
function packageOf({ id, version }: JsonObject): PackageReference[] {
  const asked = typeof version === 'string' ? { version } : {}
  if (isIdOf(id, 'Microsoft.Batch/batchAccounts/applications')) return [{ id, ...asked }]
  if (!isIdOf(id, 'Microsoft.Batch/batchAccounts/applications/versions')) return []
  return [{ id: parentId(id), version: id.split('/').at(-1) ?? '', ...asked }]
}

export function versionIdOf({ id, version }: PackageReference): ApplicationVersionId | undefined {
  return version === undefined ? undefined : childId(id, 'versions', version)
}

const objectAt = (value: JsonObject, name: string): JsonObject => {
  const found = value[name]
  return isJsonObject(found) ? found : {}
}

const listAt = (value: JsonObject, name: string): JsonObject[] => {
  const found = value[name]
  return Array.isArray(found) ? found.filter(isJsonObject) : []
}

const textsAt = (value: JsonObject, name: string): string[] => {
  const found = value[name]
  return Array.isArray(found) ? found.filter(text => typeof text === 'string') : []
}

const isIdOf = <T extends string>(value: Json | undefined, type: T) =>
  typeof value === 'string' && isArmIdOf(value, type)

function unique<T extends string>(ids: readonly T[]): T[] {
  return [...new Map(ids.map(id => [id.toLowerCase(), id])).values()]
}
