/** From JSON to what the source VM is to us. */
import { type DiskId, parseArmId } from '../../model/arm-id.ts'
import { type Json, isJsonObject } from '../../model/json.ts'
import type { Disk, Source, SourceDisk, Vm } from '../../model/observed.ts'
import { regionName } from '../../model/region.ts'
import {
  at,
  booleanAt,
  defined,
  listAt,
  neededNumber,
  neededOneOf,
  neededText,
  numberAt,
  oneOf,
  recordAt,
  textAt
} from './json.ts'

const CACHING = ['None', 'ReadOnly', 'ReadWrite'] as const

type SourceParts = { vm: Json; extensions: Json[]; disks: ReadonlyMap<DiskId, Disk> }

export function readSource({ vm, extensions, disks }: SourceParts): Source {
  const profile = at(vm, 'properties.storageProfile')
  return defined({
    input: 'source-vm' as const,
    id: parseArmId(neededText(vm, 'id'), 'Microsoft.Compute/virtualMachines'),
    location: regionName(neededText(vm, 'location')),
    ...readVm(vm),
    osType: neededOneOf(profile, 'osDisk.osType', ['Linux', 'Windows']),
    securityType: textAt(vm, 'properties.securityProfile.securityType'),
    imageReference: readImageReference(at(profile, 'imageReference')),
    plan: readPlan(at(vm, 'plan')),
    extensions: extensions.map(readExtension),
    osDisk: readSourceDisk(at(profile, 'osDisk'), disks),
    dataDisks: listAt(profile, 'dataDisks').map(disk => ({
      ...readSourceDisk(disk, disks),
      lun: neededNumber(disk, 'lun')
    }))
  })
}

/** What may change of a VM while a run is at work. */
export function readVm(vm: Json): Vm {
  const statuses = listAt(vm, 'properties.instanceView.statuses').map(status => textAt(status, 'code') ?? '')
  return defined({
    tags: recordAt(vm, 'tags'),
    etag: textAt(vm, 'etag'),
    provisioningState: textAt(vm, 'properties.provisioningState'),
    generalized: statuses.some(code => code.toLowerCase() === 'osstate/generalized'),
    powerState: statuses.find(code => /^powerstate\//i.test(code))?.slice('PowerState/'.length)
  })
}

/** Ids of the managed disks of a VM, the OS disk's first. */
export function diskIdsOf(vm: Json): DiskId[] {
  const profile = at(vm, 'properties.storageProfile')
  const attached = [at(profile, 'osDisk'), ...listAt(profile, 'dataDisks')]
  return attached.map(diskIdOf).filter(id => id !== undefined)
}

export function readDisk(disk: Json): Disk {
  const properties = at(disk, 'properties')
  return defined({
    diskId: parseArmId(neededText(disk, 'id'), 'Microsoft.Compute/disks'),
    location: regionName(neededText(disk, 'location')),
    sizeGB: numberAt(properties, 'diskSizeGB'),
    sku: textAt(disk, 'sku.name'),
    hyperVGeneration: oneOf(properties, 'hyperVGeneration', ['V1', 'V2']),
    architecture: oneOf(properties, 'supportedCapabilities.architecture', ['x64', 'Arm64']),
    securityType: textAt(properties, 'securityProfile.securityType'),
    azureDiskEncryption: booleanAt(properties, 'encryptionSettingsCollection.enabled') ?? false,
    purchasePlan: readPlan(at(properties, 'purchasePlan'))
  })
}

/** Publisher, name, product; undefined where none of them is there. */
export function readPlan(plan: Json | undefined): { publisher?: string; name?: string; product?: string } | undefined {
  const view = defined({
    publisher: textAt(plan, 'publisher'),
    name: textAt(plan, 'name'),
    product: textAt(plan, 'product')
  })
  return Object.keys(view).length === 0 ? undefined : view
}

function readSourceDisk(disk: Json | undefined, disks: SourceParts['disks']): SourceDisk {
  const diskId = diskIdOf(disk)
  return defined({
    diskId,
    name: textAt(disk, 'name') ?? '',
    caching: oneOf(disk, 'caching', CACHING) ?? 'None',
    ephemeral: at(disk, 'diffDiskSettings') === undefined ? undefined : true,
    disk: diskId === undefined ? undefined : disks.get(diskId)
  })
}

function diskIdOf(disk: Json | undefined): DiskId | undefined {
  const id = textAt(disk, 'managedDisk.id')
  return id === undefined ? undefined : parseArmId(id, 'Microsoft.Compute/disks')
}

function readImageReference(reference: Json | undefined): Source['imageReference'] {
  if (!isJsonObject(reference)) return undefined
  return defined({
    publisher: textAt(reference, 'publisher'),
    offer: textAt(reference, 'offer'),
    sku: textAt(reference, 'sku'),
    version: textAt(reference, 'version'),
    exactVersion: textAt(reference, 'exactVersion'),
    id:
      textAt(reference, 'id') ??
      textAt(reference, 'sharedGalleryImageId') ??
      textAt(reference, 'communityGalleryImageId')
  })
}

function readExtension(extension: Json): Source['extensions'][number] {
  return {
    name: textAt(extension, 'name') ?? '',
    publisher: textAt(extension, 'properties.publisher') ?? '',
    type: textAt(extension, 'properties.type') ?? ''
  }
}
