/** Plans the image, down from the goal: where it is whole there are no snapshots to plan. */
import { planImageVersion } from './image-version.ts'
import type { ImagePlan, ImageBuild } from './image-build.ts'
import { planManagedImage } from './managed-image.ts'
import type { Situation } from '../situation.ts'

export function planImage(situation: Situation): ImagePlan {
  const { spec, key } = situation
  if (spec.image === undefined || key === undefined) throw new Error('internal error: planImage without an image')
  const build: ImageBuild = { situation, image: spec.image, key }
  const { publishTo } = spec.image
  return publishTo.kind === 'gallery' ? planImageVersion(build, publishTo) : planManagedImage(build, publishTo)
}
