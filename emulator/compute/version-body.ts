import { displayRegion } from '../kernel/regions.ts'
import { find, sameText } from '../kernel/resources.ts'
import { azureTime } from '../kernel/time.ts'
import type { Call, JsonObject, Stored } from '../kernel/types.ts'
import { listOf, objectOf, pick, textOf, typeOf } from './record.ts'

/** The properties of a version as they are shown while it is made, and afterwards: with sizes. */
export function shownProfiles(
  call: Call,
  body: JsonObject,
  before: Stored | undefined
): { shown: JsonObject; done: JsonObject } {
  const asked = objectOf(body['properties'])
  const was = objectOf(before?.body['properties'])
  const publishingProfile = publishing(call, objectOf(asked['publishingProfile']), objectOf(was['publishingProfile']))
  const rest = {
    safetyProfile: {
      reportedForPolicyViolation: false,
      allowDeletionOfReplicatedLocations: false,
      ...pick(objectOf(asked['safetyProfile']), 'allowDeletionOfReplicatedLocations', 'blockDeletionBeforeEndOfLife')
    },
    ...pick(asked, 'securityProfile')
  }
  if (before !== undefined) {
    const same = { publishingProfile, storageProfile: was['storageProfile'], ...rest }
    return { shown: same, done: { ...same, provisioningState: 'Succeeded' } }
  }
  const storageProfile = cachingFilledIn(objectOf(asked['storageProfile']))
  const done = {
    publishingProfile,
    storageProfile: sized(call, storageProfile),
    ...rest,
    provisioningState: 'Succeeded'
  }
  return { shown: { publishingProfile, storageProfile, ...rest }, done }
}

/** Regions by display name, and the defaults of replicas, storage and visibility. Recorded. */
function publishing({ now }: Call, asked: JsonObject, was: JsonObject): JsonObject {
  const storageAccountType = asked['storageAccountType'] ?? 'Standard_LRS'
  const replicaCount = asked['replicaCount'] ?? 1
  const targetRegions = listOf(asked['targetRegions']).map(target => ({
    name: displayRegion(String(target['name'])) ?? String(target['name']),
    regionalReplicaCount: target['regionalReplicaCount'] ?? replicaCount,
    storageAccountType: target['storageAccountType'] ?? storageAccountType,
    ...pick(target, 'encryption', 'additionalReplicaSets'),
    ...(target['excludeFromLatest'] === true && { excludeFromLatest: true })
  }))
  return {
    targetRegions,
    replicaCount,
    excludeFromLatest: asked['excludeFromLatest'] ?? false,
    publishedDate: was['publishedDate'] ?? azureTime(now),
    ...pick(asked, 'endOfLifeDate'),
    storageAccountType,
    ...pick(asked, 'replicationMode', 'targetExtendedLocations')
  }
}

/** The defaults of hostCaching: ReadWrite for the OS disk, ReadOnly for data disks. Recorded. */
function cachingFilledIn(profile: JsonObject): JsonObject {
  const { source, osDiskImage, dataDiskImages } = profile
  const os = objectOf(osDiskImage)
  const data = listOf(dataDiskImages).map(disk => ({
    lun: disk['lun'],
    hostCaching: disk['hostCaching'] ?? 'ReadOnly',
    ...pick(disk, 'source')
  }))
  return {
    ...pick({ source }, 'source'),
    ...(osDiskImage !== undefined && {
      osDiskImage: { hostCaching: os['hostCaching'] ?? 'ReadWrite', ...pick(os, 'source') }
    }),
    ...(data.length > 0 && { dataDiskImages: data })
  }
}

/** With `sizeInGB`, and the disks of a source that is a whole image or VM. */
function sized(call: Call, profile: JsonObject): JsonObject {
  const source = objectOf(profile['source'])
  const whole = textOf(source['id']) ?? textOf(source['virtualMachineId'])
  if (whole !== undefined) return { source, ...disksOf(call, whole) }
  const withSize = (disk: JsonObject): JsonObject => {
    const { lun, hostCaching, source: from } = disk
    const sizeInGB = sizeOf(call, textOf(objectOf(from)['id']))
    return {
      ...pick({ lun }, 'lun'),
      ...pick({ sizeInGB }, 'sizeInGB'),
      hostCaching,
      ...pick({ source: from }, 'source')
    }
  }
  const data = listOf(profile['dataDiskImages']).map(withSize)
  return { osDiskImage: withSize(objectOf(profile['osDiskImage'])), ...(data.length > 0 && { dataDiskImages: data }) }
}

function disksOf(call: Call, id: string): JsonObject {
  const record = find(call.world, id, call.now)
  const profile = objectOf(objectOf(record?.body['properties'])['storageProfile'])
  if (sameText(typeOf(id), 'Microsoft.Compute/galleries/images/versions'))
    return pick(profile, 'osDiskImage', 'dataDiskImages')
  const osDisk = objectOf(profile['osDisk'])
  const data = listOf(profile['dataDisks']).map(disk => ({
    lun: disk['lun'],
    sizeInGB: disk['diskSizeGB'],
    hostCaching: disk['caching'] ?? 'None'
  }))
  const os = { sizeInGB: osDisk['diskSizeGB'], hostCaching: osDisk['caching'] ?? 'ReadWrite', source: {} }
  return { osDiskImage: os, ...(data.length > 0 && { dataDiskImages: data }) }
}

const sizeOf = ({ world, now }: Call, id: string | undefined): JsonObject[string] =>
  id === undefined ? undefined : objectOf(find(world, id, now)?.body['properties'])['diskSizeGB']
