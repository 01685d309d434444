/** Which of the things that a run may owe it does owe, by how far its steps have come. */
import type { StepOutcome } from '../model/outcome.ts'
import type { Condition, Ending, Plan, Step, Undo } from '../model/plan.ts'

type Status = StepOutcome['status']

export type Progress = {
  /** Of a step, be it one that undoes: what is undone is owed no more. */
  statusOf(stepId: string): Status
  /** Undefined where it isn’t known: then all are owed that would be. */
  conditions?: ReadonlySet<Condition>
}

/** Owed when a run ends so. What only prepares another undoing is settled with that. */
export function owedAt(ending: Ending, undo: readonly Undo[], { statusOf, conditions }: Progress): Undo[] {
  return undo.filter(
    ({ on, after, until, unless, given, step }) =>
      on.includes(ending) &&
      (unless === undefined || statusOf(unless) === 'not-started') &&
      statusOf(after) !== 'not-started' &&
      statusOf(until) !== 'done' &&
      statusOf(step.id) !== 'done' &&
      !undo.some(later => later.step.after.includes(step.id) && statusOf(later.step.id) === 'done') &&
      (given === undefined || conditions?.has(given) === true)
  )
}

/** Of a run that goes on: owed at once, for the step that would settle it can’t be done any more. */
export function owedAlready({ steps, undo }: Pick<Plan, 'steps' | 'undo'>, progress: Progress): Undo[] {
  return owedAt('failed', undo, progress).filter(
    ({ atOnce, until }) => atOnce === true && cantBeDone(steps, until, progress)
  )
}

/** It, or a step that it comes after, has failed. */
function cantBeDone(steps: readonly Step[], id: string, progress: Progress): boolean {
  const status = progress.statusOf(id)
  if (status === 'failed' || status === 'cancelled') return true
  const after = steps.find(step => step.id === id)?.after ?? []
  return status === 'not-started' && after.some(other => cantBeDone(steps, other, progress))
}
