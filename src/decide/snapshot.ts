/** The closed loop of a snapshot: one look at it in, one decision out. */
import { nameOf, type SnapshotId } from '../model/arm-id.ts'
import type { Snapshot } from '../model/observed.ts'
import type { Done, Halt, Wait } from './decision.ts'

export const MADE_ANEW = 'run again with the same inputs; a failed snapshot is made again'

/**
 * `Succeeded` doesn't mean that the data is there: where Azure gives `completionPercent`, 100 is awaited.
 * @param snapshot undefined: there is none
 */
export function decideSnapshot(
  { snapshotId }: { snapshotId: SnapshotId },
  snapshot: Pick<Snapshot, 'provisioningState' | 'completionPercent'> | undefined
): Wait | Done | Halt {
  const { provisioningState: state, completionPercent } = snapshot ?? { provisioningState: 'gone' }
  if (state === 'Failed' || state === 'gone') {
    const reason = `snapshot ${nameOf(snapshotId)} is ${state}`
    return { kind: 'halt', failure: 'snapshot-failed', reason, wayOut: MADE_ANEW, repetition: 'helps' }
  }
  if (state === 'Succeeded' && (completionPercent ?? 100) >= 100) return { kind: 'done', reason: 'copied' }
  return { kind: 'wait', reason: completionPercent === undefined ? state : `${state}, ${completionPercent}% copied` }
}
