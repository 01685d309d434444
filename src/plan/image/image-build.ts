/** What the parts of planning an image share: its disks, their snapshots' names, and the tags of all that is made. */
import type { PoolId } from '../../model/arm-id.ts'
import type { Source } from '../../model/observed.ts'
import type { Fact, PlannedImage, Step, Undo } from '../../model/plan.ts'
import type { ImageSpec } from '../../model/spec.ts'
import { baseImageOf, describeBaseImage } from '../node-agent.ts'
import { tagsFor, type RunState } from '../../rules/run-tags.ts'
import type { Situation } from '../situation.ts'

export type ImagePlan = {
  image: PlannedImage
  /** Up to where a pool may use the image. */
  steps: Step[]
  undo: Undo[]
  /** Beside and after the pool. */
  finishing(proof: Proof | undefined): { steps: Step[]; undo: Undo[] }
  facts: Fact[]
}

/** The pools, the last step of each, and whether healthy nodes prove the image by then. */
export type Proof = {
  poolIds: PoolId[]
  after: string[]
  proves: boolean
  /** The run ends there (`stop-after`). `isProved`: by then a temporary pool has proved it, or there was nothing to prove. */
  stops?: { isProved: boolean }
}

export type ImageBuild = { situation: Situation; image: ImageSpec; key: string }

/** Only a whole image can do without: the check `source-exists` stops every other plan. */
export function sourceOf({ situation }: ImageBuild): Source {
  const { source } = situation.observed
  if (source === undefined) throw new Error('internal error: an image is planned without a source')
  return source
}

export function madeTags(
  { situation, image, key }: ImageBuild,
  state?: RunState,
  { keep }: { keep?: boolean } = {}
): Record<string, string> {
  const { observed, context, spec, version } = situation
  const baseImage = baseImageOf(observed)
  return tagsFor(
    {
      key,
      source: image.source.id,
      ...(state === undefined ? {} : { state }),
      ...(keep === undefined ? {} : { keep }),
      ...(version === undefined ? {} : { version: version.version }),
      ...(baseImage === undefined ? {} : { baseImage: describeBaseImage(baseImage) })
    },
    context,
    spec.tags
  )
}
