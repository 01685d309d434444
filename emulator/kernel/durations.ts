import { shortRegion } from './regions.ts'
import type { World } from './types.ts'

/** What a world may set the duration of: every name that `durationOf` is asked for, save those of single regions. */
export const DURATION_NAMES = [
  ...(['snapshot.create', 'snapshot.update', 'snapshot.delete', 'snapshot.hydrate'] as const),
  ...(['image.create', 'image.delete'] as const),
  ...(['gallery.create', 'galleryImage.create', 'galleryImage.delete'] as const),
  ...(['galleryImageVersion.create', 'galleryImageVersion.update', 'galleryImageVersion.delete'] as const),
  ...(['virtualMachine.deallocate', 'virtualMachine.start', 'virtualMachine.powerOff'] as const),
  'virtualMachine.update',
  ...(['pool.firstNode', 'pool.nextNode', 'pool.stopResize', 'pool.delete'] as const),
  ...(['job.disable', 'job.terminate', 'job.delete', 'job.prepare', 'task.start'] as const),
  ...(['node.leave', 'deleting'] as const)
] as const

/** Of a copy of an image version to a region (short form). */
export const REPLICATE_PREFIX = 'galleryImageVersion.replicate.'

export type DurationName = (typeof DURATION_NAMES)[number] | `${typeof REPLICATE_PREFIX}${string}`

/** By how long a copy to `region` takes. */
export const replicateName = (region: string): DurationName => `${REPLICATE_PREFIX}${shortRegion(region)}`

/** Ms that something takes in this world. */
export function durationOf({ behaviour }: Pick<World, 'behaviour'>, name: DurationName, defaultMs: number): number {
  return behaviour.durationsMs[name] ?? defaultMs
}
