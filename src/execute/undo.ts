/** Undoes what a run owes: planned steps, by the performers of all steps. */
import { RunError } from '../model/failure.ts'
import type { StepOutcome } from '../model/outcome.ts'
import type { Step, Undo } from '../model/plan.ts'
import { attemptStep } from './attempt-step.ts'
import type { Execution, Undoing } from './context.ts'
import { leftBehind } from './left-behind.ts'

/** Side by side, save for what names another one to come after. Never throws. */
export async function undo(run: Execution & { undoing: Undoing }, owed: readonly Undo[]): Promise<StepOutcome[]> {
  const started = new Map<string, Promise<StepOutcome>>()
  for (const { step } of owed) {
    const before = step.after.map(id => started.get(id))
    started.set(
      step.id,
      Promise.all(before).then(() => undoStep(run, step))
    )
  }
  return Promise.all(started.values())
}

async function undoStep(run: Execution, step: Step): Promise<StepOutcome> {
  const { outcome, error } = await attemptStep(run, step)
  const { note = '' } = outcome
  if (outcome.status === 'done') {
    if (note !== '') run.say(step.id, note)
    return outcome
  }
  // By now it is somebody else’s, and theirs to bring back.
  if (error instanceof RunError && error.reason === 'pool-leased') return { ...outcome, status: 'done', note: '' }
  if (step.housekeeping === true) run.warn(step.id, leftBehind(step, error))
  else run.say(step.id, `not undone: ${note}`)
  return outcome
}
