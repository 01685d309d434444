/** The disks of a source of which snapshots are taken. */
import { armId, nameOf, resourceGroupOf, subscriptionOf, type SnapshotId } from '../../model/arm-id.ts'
import { shortDigest } from '../../shared/digest.ts'
import type { ImageDisk } from '../image/image-body.ts'
import type { Situation } from '../situation.ts'

/** Those that `data-disks` selects, with the ids that their snapshots have or will have. */
export function snapshotDisks(situation: Situation): ImageDisk[] {
  const { spec, key = '', observed } = situation
  const { source } = observed
  if (spec.image === undefined || source === undefined) return []
  const { dataDisks, publishTo, workResourceGroup, source: named } = spec.image
  const stem =
    publishTo.kind === 'gallery'
      ? `${nameOf(publishTo.galleryImageId)}-${situation.version?.version ?? publishTo.version}`
      : nameOf(publishTo.imageId)
  const group = workResourceGroup ?? resourceGroupOf(named.id)
  const idOf = (role: string): SnapshotId =>
    armId(
      subscriptionOf(named.id),
      group,
      'Microsoft.Compute/snapshots',
      snapshotName(stem, `${key.slice(0, 8)}-${role}`)
    )
  const chosen = source.dataDisks.filter(
    ({ lun }) => dataDisks === 'all' || (Array.isArray(dataDisks) && dataDisks.includes(lun))
  )
  return [{ ...source.osDisk, role: 'os' }, ...chosen.map(disk => ({ ...disk, role: `lun${disk.lun}` }))].flatMap(
    disk =>
      disk.diskId === undefined
        ? []
        : [
            {
              role: disk.role,
              ...('lun' in disk ? { lun: disk.lun } : {}),
              diskId: disk.diskId,
              caching: disk.caching,
              snapshotId: idOf(disk.role),
              isOurs: true
            }
          ]
  )
}

/** A snapshot's name has at most 80 characters; a long stem is cut, and a digest keeps it apart from its like. */
function snapshotName(stem: string, rest: string): string {
  const room = 80 - rest.length - 1
  return `${stem.length <= room ? stem : `${stem.slice(0, room - 9)}-${shortDigest(stem, 8)}`}-${rest}`
}
