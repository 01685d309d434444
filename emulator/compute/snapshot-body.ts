/** What Azure makes of a snapshot's body. */
import { upperGroup } from '../kernel/resources.ts'
import { azureTime } from '../kernel/time.ts'
import type { Call, Json, JsonObject, Stored, World } from '../kernel/types.ts'
import { objectOf, pick, textOf } from './record.ts'

/** A copy may name its source as `sourceUri` too (recorded, test_compute_shot, 2022). */
export function sourceIdOf({ createOption, sourceResourceId, sourceUri }: JsonObject): string | undefined {
  const named = createOption === 'Copy' && textOf(sourceUri)?.startsWith('/subscriptions/') ? sourceUri : undefined
  return textOf(sourceResourceId ?? named)
}

/** What the service fills in, in the order in which it shows it. */
export function finished(
  { world, now }: Call,
  made: { shown: JsonObject; source: Stored | undefined; before: Stored | undefined }
): JsonObject {
  const { shown, source, before } = made
  const asked = objectOf(shown['properties'])
  const from = objectOf(source?.body['properties'])
  const was = objectOf(before?.body['properties'])
  const size = Number(asked['diskSizeGB'] ?? from['diskSizeGB'] ?? 0)
  const incremental = asked['incremental'] === true
  const sku = textOf(objectOf(shown['sku'])['name']) ?? 'Standard_LRS'
  const inherited = ['osType', 'hyperVGeneration', 'purchasePlan', 'supportsHibernation', 'supportedCapabilities']
  const properties: JsonObject = {
    ...pick({ ...from, ...asked }, ...inherited),
    creationData: creationDataOf(asked, from),
    diskSizeGB: size,
    ...pick({ ...from, ...asked }, 'encryptionSettingsCollection'),
    encryption: encryptionOf(asked, from),
    incremental,
    networkAccessPolicy: asked['networkAccessPolicy'] ?? 'AllowAll',
    ...pick({ diskAccessId: inCapitals(asked['diskAccessId']) }, 'diskAccessId'),
    ...pick({ ...from, ...asked }, 'securityProfile', 'dataAccessAuthMode'),
    publicNetworkAccess: asked['publicNetworkAccess'] ?? 'Enabled',
    timeCreated: was['timeCreated'] ?? azureTime(now),
    provisioningState: 'Succeeded',
    diskState: 'Unattached',
    diskSizeBytes: bytesOf(size, from),
    uniqueId: was['uniqueId'] ?? world.guid()
  }
  if (incremental) properties['incrementalSnapshotFamilyId'] = familyOf(source, world, was)
  const { properties: _, sku: __, ...frame } = shown
  return { ...frame, sku: { name: sku, tier: sku.startsWith('Premium') ? 'Premium' : 'Standard' }, properties }
}

/** A disk of Trusted Launch or a confidential VM has a MiB or two more than its size says, and so has its snapshot (recorded). */
function bytesOf(size: number, { diskSizeGB, diskSizeBytes }: JsonObject): number {
  return size === diskSizeGB && typeof diskSizeBytes === 'number' ? diskSizeBytes : size * 1024 ** 3
}

/** The disk's own, with the group of a disk encryption set in capitals in the end (recorded, 2024 and 2025). */
function encryptionOf(asked: JsonObject, from: JsonObject): JsonObject {
  const chosen = objectOf(asked['encryption'] ?? from['encryption'])
  const diskEncryptionSetId = inCapitals(chosen['diskEncryptionSetId'])
  return {
    type: 'EncryptionAtRestWithPlatformKey',
    ...chosen,
    ...(diskEncryptionSetId !== undefined && { diskEncryptionSetId })
  }
}

const inCapitals = (id: Json | undefined): string | undefined =>
  textOf(id) === undefined ? undefined : upperGroup(String(id))

function creationDataOf(asked: JsonObject, from: JsonObject): JsonObject {
  const { sourceUri, ...asSent } = objectOf(asked['creationData'])
  const named = sourceIdOf({ ...asSent, sourceUri })
  const sector = objectOf(from['creationData'])['logicalSectorSize']
  return {
    ...asSent,
    ...(named === undefined ? pick({ sourceUri }, 'sourceUri') : { sourceResourceId: named }),
    ...(from['uniqueId'] !== undefined && { sourceUniqueId: from['uniqueId'] }),
    ...(sector !== undefined && { logicalSectorSize: sector })
  }
}

/** Incremental snapshots of one disk are one family. */
function familyOf(source: Stored | undefined, world: World, was: JsonObject): string {
  const known =
    was['incrementalSnapshotFamilyId'] ?? objectOf(source?.body['properties'])['incrementalSnapshotFamilyId']
  if (typeof known === 'string') return known
  if (source === undefined) return world.guid()
  return (source.facts['snapshotFamily'] as string | undefined) ?? remember(source, world.guid())
}

function remember(source: Stored, family: string): string {
  source.facts['snapshotFamily'] = family
  return family
}
