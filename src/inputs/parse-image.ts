import type { GalleryImageId, ImageId, VmId } from '../model/arm-id.ts'
import { isArmIdOf, parentId } from '../model/arm-id.ts'
import type { ImageSpec, PublishTo, SourceSpec } from '../model/spec.ts'
import type { InputName } from './action-defaults.ts'
import { defined } from './defined.ts'
import { isManagedImageId } from './image-reference.ts'
import type { InputReader } from './input-reader.ts'
import { parseDataDisks, parseTargetRegions } from './parse-list.ts'
import { parseBoolean, parseChoice, parseImageVersion, parseResourceGroupName } from './parse-value.ts'
import { parseResourceId } from './resource-id.ts'

export function parseImage(reader: InputReader): ImageSpec {
  return {
    source: parseSource(reader),
    dataDisks: reader.take('data-disks', parseDataDisks),
    stopVm: reader.take('stop-vm', parseBoolean),
    generalized: reader.takeOptional('generalize', text => parseChoice(text, ['done'])) === 'done',
    publishTo: parsePublishTo(reader),
    ...defined({ workResourceGroup: reader.takeOptional('work-resource-group', parseResourceGroupName) })
  }
}

function parseSource(reader: InputReader): SourceSpec {
  const parse = (text: string): VmId => parseResourceId(text, 'Microsoft.Compute/virtualMachines')
  return { input: 'source-vm', id: reader.take('source-vm', parse) }
}

const GALLERY_ONLY = [
  'image-version',
  'target-regions',
  'replication-mode',
  'promote',
  'keep-snapshots',
  'wait-for-regions'
] as const satisfies readonly InputName[]

function parsePublishTo(reader: InputReader): PublishTo {
  const id = reader.take('publish-to', parsePublishToId)
  // Undefined where there is none, or a wrong one: then it may be either kind.
  if (typeof id === 'string' && isManagedImageId(id)) {
    for (const name of GALLERY_ONLY.filter(reader.isGiven)) {
      reader.complain(name, 'is for gallery versions only, and publish-to is a managed image; leave it out')
    }
    return { kind: 'managed', imageId: id }
  }
  return {
    kind: 'gallery',
    galleryImageId: id,
    version: reader.take('image-version', parseImageVersion),
    targetRegions: reader.takeOptional('target-regions', parseTargetRegions) ?? [],
    replicationMode: reader.take('replication-mode', text => parseChoice(text, ['Full', 'Shallow'])),
    promote: reader.take('promote', text => parseChoice(text, ['when-proved', 'now', 'never'])),
    keepSnapshots: reader.take('keep-snapshots', parseBoolean),
    waitForRegions: reader.take('wait-for-regions', text => parseChoice(text, ['pool', 'all']))
  }
}

function parsePublishToId(text: string): GalleryImageId | ImageId {
  if (isManagedImageId(text)) return parseResourceId(text, 'Microsoft.Compute/images')
  if (isArmIdOf(text, 'Microsoft.Compute/galleries/images/versions')) {
    throw new Error(`"${text}" is the id of a version; use ${parentId(text)}, and image-version for the version`)
  }
  try {
    return parseResourceId(text, 'Microsoft.Compute/galleries/images')
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}, or …/providers/Microsoft.Compute/images/{name}`
    )
  }
}
