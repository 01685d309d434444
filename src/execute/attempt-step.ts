/** One step from its beginning to its end: performed, told while it lasts, kept in the journal, its failure as an outcome. Never throws. */
import type { StepOutcome } from '../model/outcome.ts'
import type { Step } from '../model/plan.ts'
import { targetOf } from '../model/step.ts'
import { changesAzure } from '../model/step-kinds.ts'
import { elapsedText } from '../shared/elapsed.ts'
import { withHeartbeat } from '../shared/heartbeat.ts'
import { messageOf } from '../shared/text.ts'
import type { Execution } from './context.ts'
import { performStep } from './perform-step.ts'
import { NOTHING_TO_UNDO } from './undo-pool.ts'

type Attempted = { outcome: StepOutcome; error?: unknown }

export async function attemptStep(run: Execution, step: Step): Promise<Attempted> {
  const startedAt = run.clock.now()
  const ended = (status: StepOutcome['status'], note: string): StepOutcome => {
    return { id: step.id, status, startedAt, endedAt: run.clock.now(), note }
  }
  try {
    record(run, step, 'begin')
    if (run.undoing === undefined) run.say(step.id, step.title)
    const note = await performWithHeartbeat(run, step)
    // It is done, whatever becomes of its line; what comes after it finds out for itself. What has found nothing to undo has no
    // end: a call of the run that was still on its way may give the post step something.
    if (note !== NOTHING_TO_UNDO) tryTo(() => record(run, step, 'end'))
    return { outcome: ended('done', note) }
  } catch (error) {
    tryTo(() => record(run, step, 'fail'))
    return { outcome: ended(run.signal.aborted ? 'cancelled' : 'failed', messageOf(error)), error }
  }
}

function record({ journal, clock }: Execution, step: Step, event: 'begin' | 'end' | 'fail'): void {
  const { id, kind, title } = step
  if (changesAzure(step)) journal.write({ at: clock.now(), step: id, event, kind, target: targetOf(step), title })
}

/** A journal that can't be written stops what would begin, not what is over. */
function tryTo(effect: () => void): void {
  try {
    effect()
  } catch {
    // The next line to be written fails as well, and says so.
  }
}

/** What a step has said last is what it is at. */
function performWithHeartbeat(run: Execution, step: Step): Promise<string> {
  let last = step.title
  const tell = (silentMs: number): void => run.say(step.id, `still, after ${elapsedText(silentMs)}: ${last}`)
  return withHeartbeat({ clock: run.clock, signal: run.signal, tell }, spoke => {
    const say = (id: string, line: string): void => {
      run.say(id, line)
      if (id !== step.id) return
      last = line
      spoke()
    }
    return performStep({ ...run, say }, step)
  })
}
