/** The kinds of sources, by the input that names one. */
import type { Fact } from '../../model/plan.ts'
import type { SourceInput } from '../../model/spec.ts'
import type { ImageDisk } from '../image/image-body.ts'
import type { ImageBuild } from '../image/image-build.ts'
import type { Situation } from '../situation.ts'
import type { FromSource, SourceRow } from './source-row.ts'
import { vm } from './vm.ts'

const SOURCES: Readonly<Record<SourceInput, SourceRow>> = { 'source-vm': vm }

/** Those that go into the image, that of the OS first. */
export function imageDisks(situation: Situation): ImageDisk[] {
  return rowOf(situation)?.disks(situation) ?? []
}

export function sourceSteps(build: ImageBuild, before: string[] = []): FromSource {
  return SOURCES[build.image.source.input].steps(build, before)
}

export function stepsWithoutSource({ image, situation }: ImageBuild): Pick<FromSource, 'steps' | 'undo'> {
  return SOURCES[image.source.input].stepsWithout(situation)
}

export function sourceFacts(situation: Situation): Fact[] {
  const { source } = situation.observed
  return source === undefined ? [] : (rowOf(situation)?.facts(source) ?? [])
}

/** Undefined where no image is made. */
function rowOf({ spec }: Situation): SourceRow | undefined {
  return spec.image && SOURCES[spec.image.source.input]
}
