/** Performs a plan: each step as soon as those that it comes after have succeeded. */
import { AzureError } from '../azure/errors.ts'
import { RunError } from '../model/failure.ts'
import type { StepOutcome } from '../model/outcome.ts'
import type { Plan, Step } from '../model/plan.ts'
import { stepsOf } from '../model/step.ts'
import { owedAlready, owedAt, type Progress } from '../rules/undo.ts'
import { attemptStep } from './attempt-step.ts'
import { nothingKnown, type ExecuteDeps, type Execution, type Known } from './context.ts'
import { leftBehind } from './left-behind.ts'
import { rollBack, rollbackDue, type RolledBack } from './roll-back.ts'
import { unmadeError } from './take-stock.ts'
import { NOTHING_TO_UNDO } from './undo-pool.ts'
import { undo } from './undo.ts'

export type Executed = {
  steps: StepOutcome[]
  /** What was undone at once, while the rest went on. */
  undone: StepOutcome[]
  /** What became of pools whose nodes failed with their new image: one each, where a way back was planned. */
  rolledBack: RolledBack[]
  known: Known
  /** The first failure, and the step that it was in: none when the run was stopped between two. */
  failure?: { step?: Step; error: unknown }
}

/**
 * What doesn't come after a failed step still runs: snapshots are cleaned up beside a pool that failed, and a pool is not
 * cut off because a snapshot could not be deleted. What only tidies up warns where it fails, and decides nothing. When `signal` is
 * aborted, nothing more is started. Never throws.
 */
export async function execute(deps: ExecuteDeps, plan: Plan, signal: AbortSignal): Promise<Executed> {
  const run: Execution = { ...deps, azure: deps.azure.until(signal), signal, known: nothingKnown() }
  const outcomes = new Map<string, StepOutcome>(plan.steps.map(({ id }) => [id, { id, status: 'not-started' }]))
  const started = new Map<string, Promise<boolean>>()
  const undone: StepOutcome[] = []
  const rolledBack: RolledBack[] = []
  const beingUndone = new Set<string>()
  let failure: Executed['failure']

  const perform = async (own: Execution, step: Step): ReturnType<typeof attemptStep> => {
    const attempted = await attemptAndTell(own, step)
    const { outcome, error } = attempted
    outcomes.set(step.id, outcome)
    if (outcome.status === 'failed' && step.housekeeping === true) run.warn(step.id, leftBehind(step, error))
    return attempted
  }
  const undoDue = async (error: unknown): Promise<void> => {
    undone.push(...(await undoAtOnce(run, { plan, outcomes, beingUndone, error })))
  }
  const rollBackDue = async (step: Step, error: unknown): Promise<void> => {
    const rollback = rollbackDue(run, plan, { step, error, isDone: id => outcomes.get(id)?.status === 'done' })
    if (rollback === undefined) return
    undone.push(...(await markBlamed(run, plan, [...outcomes.values(), ...undone])))
    run.say(step.id, `${rollback.reason}: it is rolled back to ${rollback.imageName}`)
    const back = await rollBack(run, rollback, perform)
    run.say(step.id, back.message)
    rolledBack.push(back)
    if (back.failure === undefined) return
    run.warn(back.failure.step.id, whatOf(back))
    await undoDue(back.failure.error)
  }
  const runStep = async (step: Step): Promise<boolean> => {
    const ready = await Promise.all(step.after.map(id => started.get(id)))
    if (ready.includes(false) || signal.aborted) return false
    const { outcome, error } = await perform(run, step)
    if (outcome.status === 'failed' && step.housekeeping !== true) {
      failure ??= { step, error }
      await undoDue(error)
      await rollBackDue(step, error)
    }
    return outcome.status === 'done'
  }
  // A plan lists each step after those that it comes after.
  for (const step of plan.steps) started.set(step.id, runStep(step))
  await Promise.all(started.values())
  failure ??= cutOff(run, plan, outcomes) ?? leftUnmade(run, plan, outcomes)
  return {
    steps: [...outcomes.values()],
    undone,
    rolledBack,
    known: run.known,
    ...(failure === undefined ? {} : { failure })
  }
}

type Outcomes = Map<string, StepOutcome>

async function attemptAndTell(run: Execution, step: Step): ReturnType<typeof attemptStep> {
  const attempted = await attemptStep(run, step)
  const { status, note = '' } = attempted.outcome
  if (status === 'done') run.say(step.id, note)
  // Of what only tidies up the warning says it, and the run may well succeed.
  else if (status === 'cancelled' || step.housekeeping !== true) run.say(step.id, `${status}: ${note}`)
  return attempted
}

type Failed = { plan: Plan; outcomes: Outcomes; beingUndone: Set<string>; error: unknown }

/** The way back takes its time, and may be cut off: what the run has learnt of the image is written down before. */
async function markBlamed(
  run: Execution,
  { undo: owing }: Plan,
  ended: readonly StepOutcome[]
): Promise<StepOutcome[]> {
  const due = owedAt('failed', owing, progressOf(ended, run.known)).filter(
    ({ step }) => step.kind === 'mark-image-failed'
  )
  const marked = await undo({ ...run, undoing: { isPatient: true } }, due)
  // What can't be marked yet is tried once more at the end.
  return marked.filter(({ status, note }) => status === 'done' && note !== NOTHING_TO_UNDO)
}

/** The failure of the run is another one: this one has its own way out. */
function whatOf({ message, failure }: RolledBack): { message: string; wayOut: string } {
  const wayOut = failure?.error instanceof RunError ? failure.error.wayOut : 'see how the pool stands'
  return { message, wayOut: `${wayOut}; the next run goes on with the pool` }
}

async function undoAtOnce(run: Execution, { plan, outcomes, beingUndone, error }: Failed): Promise<StepOutcome[]> {
  const due = owedAlready({ steps: stepsOf(plan), undo: plan.undo }, progressOf(outcomes.values(), run.known)).filter(
    ({ step }) => !beingUndone.has(step.id)
  )
  if (due.length === 0) return []
  for (const { step } of due) beingUndone.add(step.id)
  await rest(run, error)
  return undo({ ...run, undoing: { isPatient: true } }, due)
}

export function progressOf(outcomes: Iterable<StepOutcome>, { conditions }: Known): Progress {
  const statuses = new Map([...outcomes].map(({ id, status }) => [id, status]))
  return { statusOf: id => statuses.get(id) ?? 'not-started', conditions }
}

/** Half of the time that undoing has is needed for the undoing itself. */
const LONGEST_REST_MS = 30_000

/** Azure may have asked to be left alone when it refused what the run failed at. */
export async function rest({ clock, signal }: Pick<Execution, 'clock' | 'signal'>, error: unknown): Promise<void> {
  const ms = error instanceof AzureError ? (error.retryAfterMs ?? 0) : 0
  if (ms > 0) await clock.sleep(Math.min(ms, LONGEST_REST_MS), signal).catch(() => undefined)
}

/** The run was stopped before all that decides was done. */
function cutOff(run: Execution, plan: Plan, outcomes: Outcomes): Executed['failure'] {
  const { signal } = run
  if (!signal.aborted) return undefined
  const open = plan.steps.filter(({ id }) => outcomes.get(id)?.status !== 'done')
  if (open.every(({ housekeeping }) => housekeeping === true)) {
    for (const step of open.filter(({ id }) => outcomes.get(id)?.status !== 'failed')) {
      run.warn(step.id, leftBehind(step, signal.reason))
    }
    return undefined
  }
  // Of the steps that were under way, the plan's first: which of them hears of it first is chance.
  const step = open.find(({ id, housekeeping }) => housekeeping !== true && outcomes.get(id)?.status === 'cancelled')
  return { ...(step && { step }), error: signal.reason }
}

/** A change that Batch answered well, and didn't make: its step has failed after all. */
function leftUnmade({ known }: Execution, { steps }: Plan, outcomes: Outcomes): Executed['failure'] {
  for (const pool of known.pools.values()) {
    const error = unmadeError(pool)
    const step = steps.find(({ id }) => id === pool.unmade?.stepId)
    const outcome = step && outcomes.get(step.id)
    if (error === undefined || step === undefined || outcome === undefined) continue
    outcomes.set(outcome.id, { ...outcome, status: 'failed' })
    return { step, error }
  }
  return undefined
}
