import type { Operation, View } from '../kernel/types.ts'
import { DISK_TYPE, diskOperations, viewDisk } from './disks.ts'
import { GALLERY_IMAGE_TYPE, GALLERY_TYPE, galleryOperations, viewGalleryThing } from './galleries.ts'
import { galleryImageVersionOperations, VERSION_TYPE, viewVersion } from './gallery-image-versions.ts'
import { IMAGE_TYPE, imageOperations, viewImage } from './images.ts'
import { SNAPSHOT_TYPE, snapshotOperations, viewSnapshot } from './snapshots.ts'
import { viewVirtualMachine, virtualMachineOperations, VM_TYPE } from './virtual-machines.ts'

/** Microsoft.Compute as far as it is emulated. */
export const computeOperations: Operation[] = [
  ...virtualMachineOperations,
  ...diskOperations,
  ...snapshotOperations,
  ...imageOperations,
  ...galleryOperations,
  ...galleryImageVersionOperations
]

/** How resources are shown, by type in lower case. */
export const computeViews: Record<string, View> = Object.fromEntries(
  [
    [VM_TYPE, viewVirtualMachine] as const,
    [DISK_TYPE, viewDisk] as const,
    [SNAPSHOT_TYPE, viewSnapshot] as const,
    [IMAGE_TYPE, viewImage] as const,
    [GALLERY_TYPE, viewGalleryThing] as const,
    [GALLERY_IMAGE_TYPE, viewGalleryThing] as const,
    [VERSION_TYPE, viewVersion] as const
  ].map(([type, view]) => [type.toLowerCase(), view])
)

export { replicatedAt } from './replication.ts'
