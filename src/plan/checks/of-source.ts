import type { Source, SourceDisk } from '../../model/observed.ts'
import type { Situation } from '../situation.ts'
import type { Rule } from './rule.ts'

/** A check of what the image is made from; where the image is there already, the source no longer matters. */
export function ofSource(check: (source: Source, situation: Situation) => ReturnType<Rule['check']>): Rule['check'] {
  return situation => {
    const { source } = situation.observed
    return source === undefined || situation.imageExists ? undefined : check(source, situation)
  }
}

export const named = (disks: readonly SourceDisk[]): string => disks.map(({ name }) => `"${name}"`).join(', ')
/** `disk "a" is`, `disks "a", "b" are`. */
export const disksAre = (disks: readonly SourceDisk[]): string =>
  disks.length === 1 ? `disk ${named(disks)} is` : `disks ${named(disks)} are`
