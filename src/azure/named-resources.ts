/** Reads that checks alone need: regions, and what a pool spec names by id. None of them fails a run. */
import { type ArmId, namesOf, subscriptionOf } from '../model/arm-id.ts'
import type { Json } from '../model/json.ts'
import { type PackageReference, versionIdOf } from '../model/named-by-pool.ts'
import type { ApplicationPackage, Looked, PublicIP, Subnet, VirtualNetwork } from '../model/observed.ts'
import { regionName } from '../model/region.ts'
import {
  BATCH_VERSION,
  DISKS_VERSION,
  GROUPS_VERSION,
  IDENTITY_VERSION,
  LOCATIONS_VERSION,
  NETWORK_VERSION,
  armUrl
} from './arm-url.ts'
import { type Line, ifThere, send, sendForAll, view } from './connection.ts'
import { AzureError } from './errors.ts'
import type { NamedResourceGateway } from './gateway.ts'
import type { Clock } from '../shared/clock.ts'
import { within } from '../shared/time-limit.ts'
import { at, defined, listAt, neededText, objectOf, textAt } from './read/json.ts'
import type { Services } from './services.ts'

/** How one kind of resource is read: `operation` as the OpenAPI files name it, `action` as roles do. */
type Kind = { operation: string; action: string; apiVersion: string }

const GROUP: Kind = {
  operation: 'ResourceGroups_Get',
  action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
  apiVersion: GROUPS_VERSION
}
const VIRTUAL_NETWORK: Kind = {
  operation: 'VirtualNetworks_Get',
  action: 'Microsoft.Network/virtualNetworks/read',
  apiVersion: NETWORK_VERSION
}
const PUBLIC_IP: Kind = {
  operation: 'PublicIPAddresses_Get',
  action: 'Microsoft.Network/publicIPAddresses/read',
  apiVersion: NETWORK_VERSION
}
const IDENTITY: Kind = {
  operation: 'UserAssignedIdentities_Get',
  action: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  apiVersion: IDENTITY_VERSION
}
const ENCRYPTION_SET: Kind = {
  operation: 'DiskEncryptionSets_Get',
  action: 'Microsoft.Compute/diskEncryptionSets/read',
  apiVersion: DISKS_VERSION
}
const APPLICATION: Kind = {
  operation: 'Application_Get',
  action: 'Microsoft.Batch/batchAccounts/applications/read',
  apiVersion: BATCH_VERSION
}
const PACKAGE: Kind = {
  operation: 'ApplicationPackage_Get',
  action: 'Microsoft.Batch/batchAccounts/applications/versions/read',
  apiVersion: BATCH_VERSION
}

type Asked<T> = { target: string; subscriptionId: string; shape: (body: Json) => T }

export function namedResourceGateway(services: Services, signal: AbortSignal): NamedResourceGateway {
  const base = services.cloud.resourceManagerUrl
  const lineOf = (subscriptionId: string, { apiVersion }: Kind, limit: AbortSignal): Line =>
    // Batch's client rewrites the api-version of whatever passes through it; that of Compute leaves it alone.
    services.line(
      apiVersion === BATCH_VERSION ? services.batch(subscriptionId, BATCH_VERSION) : services.compute(subscriptionId),
      limit
    )
  const looked = lookedBy(services.clock, signal)
  const readAt = <T>(path: ArmId | string, kind: Kind, { target, subscriptionId, shape }: Asked<T>) => {
    const what = { operation: kind.operation, target }
    const message = { method: 'GET', url: armUrl(base, path, kind) } as const
    return looked(kind.action, async limit => {
      const answer = await ifThere(send(lineOf(subscriptionId, kind, limit), what, message))
      return answer && view(what, () => shape(objectOf(answer.body)))
    })
  }
  const read = <T>(id: ArmId, kind: Kind, shape: (body: Json) => T): Promise<Looked<T>> =>
    readAt(id, kind, { target: namesOf(id).join('/'), subscriptionId: subscriptionOf(id), shape })
  return {
    listRegions: subscriptionId => {
      const kind = { operation: 'Subscriptions_ListLocations', action: REGIONS_ACTION, apiVersion: LOCATIONS_VERSION }
      const what = { operation: kind.operation, target: subscriptionId }
      const url = armUrl(base, `/subscriptions/${subscriptionId}/locations`, kind)
      return looked(kind.action, async limit => {
        const locations = await sendForAll(lineOf(subscriptionId, kind, limit), what, url)
        return view(what, () => locations.filter(isPhysical).map(location => regionName(neededText(location, 'name'))))
      })
    },
    getResourceGroup: (subscriptionId, name) =>
      readAt(`/subscriptions/${subscriptionId}/resourcegroups/${name}`, GROUP, {
        ...{ target: name, subscriptionId },
        shape: () => ({})
      }),
    getVirtualNetwork: id => read(id, VIRTUAL_NETWORK, readVirtualNetwork),
    getPublicIP: id => read(id, PUBLIC_IP, readPublicIP),
    getIdentity: id => read(id, IDENTITY, () => ({})),
    getEncryptionSet: id => read(id, ENCRYPTION_SET, set => ({ location: regionName(neededText(set, 'location')) })),
    getPackage: reference => {
      const versionId = versionIdOf(reference)
      return versionId === undefined
        ? read(reference.id, APPLICATION, readDefaultPackage)
        : read(versionId, PACKAGE, body => readPackage(body, reference))
    }
  }
}

const REGIONS_ACTION = 'Microsoft.Resources/subscriptions/locations/read'

/** A run isn't held up by what it could do without. */
const LOOKS_FOR_MINUTES = 3

/** Whatever Azure answers but the thing, or its absence, means that nobody has looked. */
function lookedBy(clock: Clock, signal: AbortSignal) {
  return <T>(action: string, read: (limit: AbortSignal) => Promise<T | undefined>): Promise<Looked<T>> =>
    within(clock, LOOKS_FOR_MINUTES * 60_000, async limit => {
      try {
        return { found: await read(AbortSignal.any([signal, limit])) }
      } catch (error) {
        const isLate = limit.aborted && !signal.aborted
        if (!isLate && !(error instanceof AzureError)) throw error
        const said = isLate
          ? `gave no answer in ${LOOKS_FOR_MINUTES} minutes`
          : `answered "${(error as AzureError).code}"`
        return { unread: { action, why: `Azure ${said}` } }
      }
    })
}

/** Geographies ("europe") and edge zones are listed too. */
function isPhysical(location: Json): boolean {
  return (
    (textAt(location, 'type') ?? 'Region') === 'Region' &&
    (textAt(location, 'metadata.regionType') ?? 'Physical') === 'Physical'
  )
}

function readVirtualNetwork(network: Json): VirtualNetwork {
  return {
    location: regionName(neededText(network, 'location')),
    subnets: listAt(network, 'properties.subnets').map(readSubnet)
  }
}

function readSubnet(subnet: Json): Subnet {
  const properties = at(subnet, 'properties')
  const prefix = textAt(properties, 'addressPrefix')
  const prefixes = listAt(properties, 'addressPrefixes').filter(one => typeof one === 'string')
  return {
    name: neededText(subnet, 'name'),
    addressPrefixes: prefixes.length > 0 || prefix === undefined ? prefixes : [prefix],
    usedAddresses: listAt(properties, 'ipConfigurations').length,
    delegations: listAt(properties, 'delegations').flatMap(one => textAt(one, 'properties.serviceName') ?? []),
    isPrivate:
      at(properties, 'defaultOutboundAccess') === false &&
      at(properties, 'natGateway') === undefined &&
      at(properties, 'routeTable') === undefined
  }
}

function readPublicIP(address: Json): PublicIP {
  return defined({
    location: regionName(neededText(address, 'location')),
    sku: textAt(address, 'sku.name'),
    allocationMethod: textAt(address, 'properties.publicIPAllocationMethod'),
    usedBy: textAt(address, 'properties.ipConfiguration.id')
  })
}

function readDefaultPackage(application: Json): ApplicationPackage {
  return defined({ version: textAt(application, 'properties.defaultVersion') })
}

function readPackage(version: Json, { version: asked }: PackageReference): ApplicationPackage {
  return defined({ version: textAt(version, 'name') ?? asked, state: textAt(version, 'properties.state') })
}
