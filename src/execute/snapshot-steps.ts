import { nameOf, type SnapshotId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { orRefused } from './refused.ts'
import { watch } from './watch.ts'

const MADE_ANEW = 'run again with the same inputs; a failed snapshot is made again'

export async function createSnapshot(run: Execution, step: StepOf<'create-snapshot'>): Performed {
  await orRefused(run.azure.compute.createSnapshot(step.snapshotId, step.body), {
    reason: 'snapshot-failed',
    wayOut: MADE_ANEW
  })
  return awaitSnapshot(run, step)
}

/** `Succeeded` doesn't mean that the data is there: where Azure gives `completionPercent`, 100 is awaited. */
export async function awaitSnapshot(run: Execution, step: { id: string; snapshotId: SnapshotId }): Performed {
  let said: number | undefined
  return watch(run, async ({ mark: progress }) => {
    const snapshot = await run.azure.compute.getSnapshot(step.snapshotId)
    const { provisioningState: state, completionPercent } = snapshot ?? { provisioningState: 'gone' }
    if (state === 'Failed' || state === 'gone') {
      const message = `snapshot ${nameOf(step.snapshotId)} is ${state}`
      throw new RunError({ reason: 'snapshot-failed', message, wayOut: MADE_ANEW, repetition: 'helps' })
    }
    if (completionPercent !== undefined) progress('percent', completionPercent, 100)
    if (completionPercent !== undefined && completionPercent !== said) {
      said = completionPercent
      run.say(step.id, `${completionPercent}% copied`)
    }
    return state === 'Succeeded' && (completionPercent ?? 100) >= 100 ? 'copied' : undefined
  })
}

export async function deleteSnapshot(run: Execution, step: StepOf<'delete-snapshot'>): Performed {
  await run.azure.compute.deleteSnapshot(step.snapshotId)
  return 'deleted'
}
