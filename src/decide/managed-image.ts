/** The closed loop of a managed image that is made: one look at it in, one decision out. */
import { nameOf, type ImageId } from '../model/arm-id.ts'
import type { ManagedImage } from '../model/observed.ts'
import type { Done, Halt, Wait } from './decision.ts'

/** @param image undefined: there is none */
export function decideManagedImage(
  { imageId }: { imageId: ImageId },
  image: Pick<ManagedImage, 'provisioningState'> | undefined
): Wait | Done | Halt {
  const state = image?.provisioningState ?? 'gone'
  if (state === 'Succeeded') return { kind: 'done', reason: state }
  const name = `managed image ${nameOf(imageId)}`
  if (state !== 'Failed' && state !== 'Deleting' && state !== 'gone') {
    return { kind: 'wait', reason: `${name} is ${state}` }
  }
  const wayOut = state === 'Failed' ? 'delete it, and run again' : 'find out who deletes it, then run again'
  return { kind: 'halt', failure: 'image-failed', reason: `${name} is ${state}`, wayOut, repetition: 'after-change' }
}
