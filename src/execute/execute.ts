/** Performs a plan: each step as soon as those that it comes after have succeeded. */
import type { Plan, Step } from '../model/plan.ts'
import type { StepOutcome } from '../model/outcome.ts'
import type { Execution, ExecuteDeps } from './context.ts'
import { changesAzure, targetOf } from '../model/step.ts'
import { leftBehind } from './left-behind.ts'
import { elapsedText } from '../shared/elapsed.ts'
import { withHeartbeat } from '../shared/heartbeat.ts'
import { perform } from './perform.ts'
import { unmadeError } from './take-stock.ts'

export type Executed = {
  steps: StepOutcome[]
  seen: Execution['seen']
  /** The first failure, and the step that it was in: none when the run was stopped between two. */
  failure?: { step?: Step; error: unknown }
}

/**
 * What doesn't come after a failed step still runs: snapshots are cleaned up beside a pool that failed, and a pool is not
 * cut off because a snapshot could not be deleted. What only tidies up warns where it fails, and decides nothing. When `signal` is
 * aborted, nothing more is started. Never throws.
 */
export async function execute(deps: ExecuteDeps, plan: Plan, signal: AbortSignal): Promise<Executed> {
  const run: Execution = {
    ...deps,
    azure: deps.azure.until(signal),
    plan,
    signal,
    seen: {},
    lease: { isHeld: false }
  }
  const outcomes = new Map<string, StepOutcome>(plan.steps.map(({ id }) => [id, { id, status: 'not-started' }]))
  const started = new Map<string, Promise<boolean>>()
  let failure: Executed['failure']

  const runStep = async (step: Step): Promise<boolean> => {
    const ready = await Promise.all(step.after.map(id => started.get(id)))
    if (ready.includes(false) || signal.aborted) return false
    const { outcome, error } = await performStep(run, step)
    outcomes.set(step.id, outcome)
    if (outcome.status === 'failed' && step.housekeeping !== true) failure ??= { step, error }
    if (outcome.status === 'failed' && step.housekeeping === true) run.warn(step.id, leftBehind(step, error))
    return outcome.status === 'done'
  }
  // A plan lists each step after those that it comes after.
  for (const step of plan.steps) started.set(step.id, runStep(step))
  await Promise.all(started.values())
  failure ??= cutOff(run, outcomes) ?? leftUndone(run, outcomes)
  return { steps: [...outcomes.values()], seen: run.seen, ...(failure === undefined ? {} : { failure }) }
}

type Outcomes = Map<string, StepOutcome>

/** The run was stopped before all that decides was done. */
function cutOff(run: Execution, outcomes: Outcomes): Executed['failure'] {
  const { plan, signal } = run
  if (!signal.aborted) return undefined
  const undone = plan.steps.filter(({ id }) => outcomes.get(id)?.status !== 'done')
  if (undone.every(({ housekeeping }) => housekeeping === true)) {
    for (const step of undone.filter(({ id }) => outcomes.get(id)?.status !== 'failed')) {
      run.warn(step.id, leftBehind(step, signal.reason))
    }
    return undefined
  }
  // Of the steps that were under way, the plan's first: which of them hears of it first is chance.
  const step = undone.find(({ id, housekeeping }) => housekeeping !== true && outcomes.get(id)?.status === 'cancelled')
  return { ...(step && { step }), error: signal.reason }
}

/** A change that Batch answered well, and didn't make: its step has failed after all. */
function leftUndone(run: Execution, outcomes: Outcomes): Executed['failure'] {
  const error = unmadeError(run)
  const step = run.plan.steps.find(({ id }) => id === run.seen.unmade?.stepId)
  const outcome = step && outcomes.get(step.id)
  if (error === undefined || step === undefined || outcome === undefined) return undefined
  outcomes.set(outcome.id, { ...outcome, status: 'failed' })
  return { step, error }
}

type StepResult = { outcome: StepOutcome; error?: unknown }

async function performStep(run: Execution, step: Step): Promise<StepResult> {
  const startedAt = run.clock.now()
  const record = (event: 'begin' | 'end' | 'fail'): void => {
    if (!changesAzure(step)) return
    run.journal.write({
      at: run.clock.now(),
      step: step.id,
      event,
      kind: step.kind,
      target: targetOf(step),
      title: step.title
    })
  }
  try {
    record('begin')
    run.say(step.id, step.title)
    const note = await performAloud(run, step)
    // It is done, whatever becomes of its line; what comes after it finds out for itself.
    tryTo(() => record('end'))
    run.say(step.id, note)
    return { outcome: { id: step.id, status: 'done', startedAt, endedAt: run.clock.now(), note } }
  } catch (error) {
    tryTo(() => record('fail'))
    const status = run.signal.aborted ? 'cancelled' : 'failed'
    const note = error instanceof Error ? error.message : String(error)
    // Of what only tidies up the warning says it, and the run may well succeed.
    if (status === 'cancelled' || step.housekeeping !== true) run.say(step.id, `${status}: ${note}`)
    return { outcome: { id: step.id, status, startedAt, endedAt: run.clock.now(), note }, error }
  }
}

/** What a step has said last is what it is at. */
function performAloud(run: Execution, step: Step): Promise<string> {
  let last = step.title
  const tell = (silentMs: number): void => run.say(step.id, `still, after ${elapsedText(silentMs)}: ${last}`)
  return withHeartbeat({ clock: run.clock, signal: run.signal, tell }, spoke =>
    perform(
      {
        ...run,
        say: (id, line) => {
          run.say(id, line)
          if (id !== step.id) return
          last = line
          spoke()
        }
      },
      step
    )
  )
}

/** A journal that can't be written stops what would begin, not what is over. */
function tryTo(effect: () => void): void {
  try {
    effect()
  } catch {
    // Nothing more can be done about it here.
  }
}
