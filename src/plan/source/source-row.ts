/** A kind of source: what an image is made of, and what is done to have it. */
import type { Source } from '../../model/observed.ts'
import type { Fact, Step, Undo } from '../../model/plan.ts'
import type { ImageDisk } from '../image/image-body.ts'
import type { ImageBuild } from '../image/image-build.ts'
import type { Situation } from '../situation.ts'

/** `ready`: the ids that what is made from the snapshots comes after. */
export type FromSource = { steps: Step[]; ready: string[]; undo: Undo[] }

export type SourceRow = {
  /** That of the OS first. Empty where the source isn’t there. */
  disks(situation: Situation): ImageDisk[]
  /**
   * Whatever is done until an image can be made from its snapshots.
   * @param before what Azure may refuse, and had better refuse before anything is done to the source
   */
  steps(build: ImageBuild, before: string[]): FromSource
  /** What is still to be done for it where the image is there already. */
  stepsWithout(situation: Situation): Pick<FromSource, 'steps' | 'undo'>
  facts(source: Source): Fact[]
}
