/** What a source VM is at, and who has it stopped. */
import type { Source } from '../model/observed.ts'
import type { RunContext } from '../model/spec.ts'
import { leaseOfTags, leaseState } from './lease.ts'

const IN_MOTION = /^(starting|stopping|deallocating)$/i

/** Whether Azure would refuse to start the VM for what it is just doing ("Azure Virtual Machine error messages", OperationNotAllowed). */
export const isInMotion = ({ powerState = '' }: Pick<Source, 'powerState'>): boolean => IN_MOTION.test(powerState)

/**
 * Of the lease in a VM's tags, by Azure's time when the VM was read.
 * @param now for an answer without a Date, in ms since the epoch
 */
export function stateOf(
  { tags, readAt }: Pick<Source, 'tags' | 'readAt'>,
  context: RunContext,
  now: number
): ReturnType<typeof leaseState> {
  return leaseState(leaseOfTags(tags), context, readAt ?? now)
}
