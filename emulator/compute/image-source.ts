import { armError } from '../kernel/errors.ts'
import { shortRegion } from '../kernel/regions.ts'
import { find, nameOf } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject } from '../kernel/types.ts'
import { listOf, objectOf, textOf } from './record.ts'
import { isGeneralized } from './vm-power.ts'

/** The 404 for a snapshot or disk that isn't in the image's region; its `target` names it. Recorded. */
export function sourceMissing(call: Call, properties: JsonObject, location: string): Answer | undefined {
  const profile = objectOf(properties['storageProfile'])
  const ids = [objectOf(profile['osDisk']), ...listOf(profile['dataDisks'])]
    .map(sourceOf)
    .filter(id => id !== undefined)
  const lost = ids.find(id => {
    const record = find(call.world, rooted(id), call.now)
    return record === undefined || shortRegion(String(record.body['location'])) !== shortRegion(location)
  })
  if (lost === undefined) return undefined
  return armError(404, 'NotFound', 'The entity was not found in this Azure location.', { target: lost })
}

/** An id without its first slash is taken too, and shown as it was sent (recorded in test_compute_shot, 2022). */
const rooted = (id: string): string => (id.startsWith('/') ? id : `/${id}`)

const sourceOf = (disk: JsonObject): string | undefined =>
  textOf(objectOf(disk['snapshot'])['id']) ?? textOf(objectOf(disk['managedDisk'])['id'])

/** Why no managed image can be made from this VM. */
export function vmProblem(call: Call, vmId: string): Answer | undefined {
  const vm = find(call.world, vmId, call.now)
  if (vm === undefined) {
    return armError(404, 'NotFound', 'The entity was not found in this Azure location.', { target: vmId })
  }
  const security = objectOf(objectOf(vm.body['properties'])['securityProfile'])['securityType']
  if (security === 'TrustedLaunch') {
    const message = 'Creation of managed images are not supported for virtual machine with TrustedLaunch security type.'
    return armError(409, 'OperationNotAllowed', message)
  }
  if (isGeneralized(vm)) return undefined
  const message = `The operation 'Create Image' requires the Virtual Machine '${nameOf(vm.id)}' to be Generalized.`
  return armError(409, 'OperationNotAllowed', message)
}

/** The image's disks as shown at once, and as shown when it is done: with the sizes. */
export function storageProfileFrom(call: Call, properties: JsonObject): { begun: JsonObject; done: JsonObject } {
  const vmId = textOf(objectOf(properties['sourceVirtualMachine'])['id'])
  // What is asked for beside a VM counts (recorded, test_vm_capture_zone_resilient_image and test_vm_custom_image_management).
  const ofVm = vmId === undefined ? {} : profileOfVm(call, vmId)
  const asked = { ...ofVm, ...objectOf(properties['storageProfile']) }
  const osDisk = { ...objectOf(ofVm['osDisk']), ...objectOf(asked['osDisk']) }
  const rest = asked['zoneResilient'] === undefined ? {} : { zoneResilient: asked['zoneResilient'] }
  const disks = listOf(asked['dataDisks'])
  const profile = (show: (disk: JsonObject) => JsonObject): JsonObject => ({
    osDisk: show(osDisk),
    dataDisks: disks.map(show),
    ...rest
  })
  return { begun: profile(shownDisk), done: profile(disk => shownDisk({ ...disk, ...sizeOf(call, disk) })) }
}

function sizeOf({ world, now }: Call, disk: JsonObject): JsonObject {
  const source = sourceOf(disk)
  const size =
    source === undefined ? undefined : objectOf(find(world, rooted(source), now)?.body['properties'])['diskSizeGB']
  return disk['diskSizeGB'] === undefined && size !== undefined ? { diskSizeGB: size } : {}
}

/** In the order in which the service shows a disk, with its defaults. */
function shownDisk(disk: JsonObject): JsonObject {
  const {
    lun,
    osType,
    osState,
    diskSizeGB,
    snapshot,
    managedDisk,
    blobUri,
    caching,
    storageAccountType,
    diskEncryptionSet
  } = disk
  const facts = { lun, osType, osState, diskSizeGB, snapshot, managedDisk, blobUri, diskEncryptionSet }
  return { ...facts, caching: caching ?? 'None', storageAccountType: storageAccountType ?? 'Standard_LRS' }
}

/** Disks as the VM has them: of a managed one the type is its own, for a VM that is deallocated doesn't tell it; the size comes at the end. */
function profileOfVm({ world, now }: Call, vmId: string): JsonObject {
  const profile = objectOf(objectOf(find(world, vmId, now)?.body['properties'])['storageProfile'])
  const disk = ({ lun, caching, managedDisk, vhd, diskSizeGB }: JsonObject): JsonObject => {
    const { id, storageAccountType } = objectOf(managedDisk)
    if (id === undefined) return { lun, diskSizeGB, blobUri: objectOf(vhd)['uri'], caching }
    const sku = objectOf(find(world, String(id), now)?.body['sku'])['name']
    return { lun, managedDisk: { id }, caching, storageAccountType: sku ?? storageAccountType }
  }
  const osDisk = objectOf(profile['osDisk'])
  return {
    osDisk: { ...disk(osDisk), osType: osDisk['osType'], osState: 'Generalized' },
    dataDisks: listOf(profile['dataDisks']).map(disk)
  }
}
