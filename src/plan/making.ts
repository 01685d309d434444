/** What the parts of planning an image share: its disks, their snapshots' names, and the tags of all that is made. */
import { armId, nameOf, resourceGroupOf, subscriptionOf, type PoolId, type SnapshotId } from '../model/arm-id.ts'
import type { Source } from '../model/observed.ts'
import type { Fact, PlannedImage, Step, Undo } from '../model/plan.ts'
import type { ImageSpec } from '../model/spec.ts'
import { shortDigest } from '../shared/digest.ts'
import type { ImageDisk } from './image-body.ts'
import { baseImageOf, describeBaseImage } from './node-agent.ts'
import { tagsFor, type RunState } from './run-tags.ts'
import type { Situation } from './situation.ts'

export type ImagePlan = {
  image: PlannedImage
  /** Up to where a pool may use the image. */
  making: Step[]
  undo: Undo[]
  /** Beside and after the pool. */
  finishing(proof: Proof | undefined): { steps: Step[]; undo: Undo[] }
  facts: Fact[]
}

/** The pools, the last step of each, and whether healthy nodes prove the image by then. */
export type Proof = { poolIds: PoolId[]; after: string[]; proves: boolean }

export type Making = { situation: Situation; image: ImageSpec; key: string }

/** Only a whole image can do without: the check `source-exists` stops every other plan. */
export function sourceOf({ situation }: Making): Source {
  const { source } = situation.observed
  if (source === undefined) throw new Error('internal error: an image is planned without a source')
  return source
}

/** The disks that `data-disks` selects, with the ids that their snapshots have or will have. */
export function imageDisks(situation: Situation): ImageDisk[] {
  const { spec, key = '', observed } = situation
  const { source } = observed
  if (spec.image === undefined || source === undefined) return []
  const { dataDisks, publishTo, workResourceGroup, sourceVmId } = spec.image
  const stem =
    publishTo.kind === 'gallery'
      ? `${nameOf(publishTo.galleryImageId)}-${situation.version?.version ?? publishTo.version}`
      : nameOf(publishTo.imageId)
  const group = workResourceGroup ?? resourceGroupOf(sourceVmId)
  const idOf = (role: string): SnapshotId =>
    armId(
      subscriptionOf(sourceVmId),
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
              snapshotId: idOf(disk.role)
            }
          ]
  )
}

/** A snapshot's name has at most 80 characters; a long stem is cut, and a digest keeps it apart from its like. */
function snapshotName(stem: string, rest: string): string {
  const room = 80 - rest.length - 1
  return `${stem.length <= room ? stem : `${stem.slice(0, room - 9)}-${shortDigest(stem, 8)}`}-${rest}`
}

export function madeTags(
  { situation, image, key }: Making,
  state?: RunState,
  { keep }: { keep?: boolean } = {}
): Record<string, string> {
  const { observed, context, spec, version } = situation
  const baseImage = baseImageOf(observed)
  return tagsFor(
    {
      key,
      source: image.sourceVmId,
      ...(state === undefined ? {} : { state }),
      ...(keep === undefined ? {} : { keep }),
      ...(version === undefined ? {} : { version: version.version }),
      ...(baseImage === undefined ? {} : { baseImage: describeBaseImage(baseImage) })
    },
    context,
    spec.tags
  )
}
