import type { Source, SourceDisk } from '../../model/observed.ts'
import type { Situation } from '../situation.ts'

/** The disks that go into the image, the OS disk first: those that data-disks selects. */
export function chosenDisks(source: Source, { spec }: Situation): (SourceDisk & { lun?: number })[] {
  const wanted = spec.image?.dataDisks
  const data = source.dataDisks.filter(({ lun }) => wanted === 'all' || (Array.isArray(wanted) && wanted.includes(lun)))
  return [source.osDisk, ...data]
}
