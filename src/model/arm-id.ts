/** ARM resource ids: parsed once at the edge, compared without regard to case (Azure answers in several casings). */

declare const armType: unique symbol

/** An ARM resource id already checked to be of type `T`, such as 'Microsoft.Compute/disks'. */
export type ArmId<T extends string = string> = string & { readonly [armType]: T }

export type VmId = ArmId<'Microsoft.Compute/virtualMachines'>
export type DiskId = ArmId<'Microsoft.Compute/disks'>
export type SnapshotId = ArmId<'Microsoft.Compute/snapshots'>
export type ImageId = ArmId<'Microsoft.Compute/images'>
export type GalleryId = ArmId<'Microsoft.Compute/galleries'>
export type GalleryImageId = ArmId<'Microsoft.Compute/galleries/images'>
export type GalleryImageVersionId = ArmId<'Microsoft.Compute/galleries/images/versions'>
export type BatchAccountId = ArmId<'Microsoft.Batch/batchAccounts'>
export type PoolId = ArmId<'Microsoft.Batch/batchAccounts/pools'>
export type JobId = ArmId<'Microsoft.Batch/batchAccounts/jobs'>
export type ApplicationId = ArmId<'Microsoft.Batch/batchAccounts/applications'>
export type ApplicationVersionId = ArmId<'Microsoft.Batch/batchAccounts/applications/versions'>
export type EncryptionSetId = ArmId<'Microsoft.Compute/diskEncryptionSets'>
export type VirtualNetworkId = ArmId<'Microsoft.Network/virtualNetworks'>
export type SubnetId = ArmId<'Microsoft.Network/virtualNetworks/subnets'>
export type PublicIPId = ArmId<'Microsoft.Network/publicIPAddresses'>
export type IdentityId = ArmId<'Microsoft.ManagedIdentity/userAssignedIdentities'>

type ArmIdParts = {
  subscriptionId: string
  resourceGroup: string
  /** Namespace and nested types, such as 'Microsoft.Compute/galleries/images'. */
  type: string
  /** One name for each type of the path, the resource's own last. */
  names: string[]
}

const PATTERN =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/([^/]+\/[^/]+(?:\/[^/]+\/[^/]+)*)$/i

/** Splits an id of any type; undefined when `text` isn't the id of a resource in a resource group. */
export function splitArmId(text: string): ArmIdParts | undefined {
  const [, subscriptionId, resourceGroup, namespace, rest] = PATTERN.exec(text) ?? []
  if (subscriptionId === undefined || resourceGroup === undefined || rest === undefined) return undefined
  const segments = rest.split('/')
  const types = segments.filter((_, index) => index % 2 === 0)
  const names = segments.filter((_, index) => index % 2 === 1)
  return { subscriptionId, resourceGroup, type: [namespace, ...types].join('/'), names }
}

/** Parses an id of exactly `type`. Throws an Error that names what was got and what was expected. */
export function parseArmId<T extends string>(text: string, type: T): ArmId<T> {
  const parts = splitArmId(text)
  if (parts === undefined) {
    throw new Error(`"${text}" is not an ARM resource id; expected ${formOf(type)}`)
  }
  if (parts.type.toLowerCase() !== type.toLowerCase()) {
    throw new Error(`"${text}" is the id of a ${parts.type}; expected ${formOf(type)}`)
  }
  return text as ArmId<T>
}

function formOf(type: string): string {
  const [namespace, ...types] = type.split('/')
  return `/subscriptions/{id}/resourceGroups/{name}/providers/${namespace}/${types.map(t => `${t}/{name}`).join('/')}`
}

export function isArmIdOf<T extends string>(text: string, type: T): text is ArmId<T> {
  return splitArmId(text)?.type.toLowerCase() === type.toLowerCase()
}

export function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function partsOf(id: ArmId): ArmIdParts {
  const parts = splitArmId(id)
  if (parts === undefined) throw new Error(`internal error: "${id}" was taken for an ARM id`)
  return parts
}

export const subscriptionOf = (id: ArmId): string => partsOf(id).subscriptionId
export const resourceGroupOf = (id: ArmId): string => partsOf(id).resourceGroup
/** The resource's own name: the last segment. */
export const nameOf = (id: ArmId): string => partsOf(id).names.at(-1) ?? ''
/** All names of the path, the outermost first: gallery, definition, version. */
export const namesOf = (id: ArmId): string[] => partsOf(id).names

/** The id of a top-level resource. */
export function armId<T extends string>(
  subscriptionId: string,
  resourceGroup: string,
  type: T,
  name: string
): ArmId<T> {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${type}/${name}` as ArmId<T>
}

/** The id of a resource nested one level under `parent`. */
export function childId<P extends string, C extends string>(
  parent: ArmId<P>,
  type: C,
  name: string
): ArmId<`${P}/${C}`> {
  return `${parent}/${type}/${name}` as ArmId<`${P}/${C}`>
}

/** `A/b/c` of `A/b/c/d`. */
type ParentOf<T extends string> = T extends `${infer Head}/${infer Rest}`
  ? Rest extends `${string}/${string}`
    ? `${Head}/${ParentOf<Rest>}`
    : Head
  : never

/** The id one level up: of the gallery image for a version, of the account for a pool. */
export function parentId<T extends string>(id: ArmId<T>): ArmId<ParentOf<T>> {
  return id.split('/').slice(0, -2).join('/') as ArmId<ParentOf<T>>
}
