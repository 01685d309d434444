import { decideSnapshot, MADE_ANEW } from '../decide/snapshot.ts'
import type { SnapshotId } from '../model/arm-id.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { drive, SILENT, teller } from './loop.ts'
import { orRefused } from './refused.ts'

export async function createSnapshot(run: Execution, step: StepOf<'create-snapshot'>): Performed {
  await orRefused(run.azure.compute.createSnapshot(step.snapshotId, step.body), {
    reason: 'snapshot-failed',
    wayOut: MADE_ANEW
  })
  return awaitSnapshot(run, step)
}

export async function awaitSnapshot(run: Execution, step: { id: string; snapshotId: SnapshotId }): Performed {
  const tellCopied = teller(run, step.id)
  const { done } = await drive(run, {
    progress: undefined,
    look: async ({ mark }) => {
      const snapshot = await run.azure.compute.getSnapshot(step.snapshotId)
      const { completionPercent } = snapshot ?? {}
      if (snapshot?.provisioningState === 'Failed' || completionPercent === undefined) return snapshot
      mark('percent', completionPercent, 100)
      tellCopied(`${completionPercent}% copied`)
      return snapshot
    },
    decide: snapshot => decideSnapshot(step, snapshot),
    tell: SILENT
  })
  return done.reason
}

export async function deleteSnapshot(run: Execution, step: StepOf<'delete-snapshot'>): Performed {
  await run.azure.compute.deleteSnapshot(step.snapshotId)
  return 'deleted'
}
