/** What a run writes when it is over. Each part is tried: one that can't be written must not cost the others. */
import type { Guarded } from './guarded.ts'
import type { Outcome } from './model/outcome.ts'
import type { Plan } from './model/plan.ts'
import type { RunSpec } from './model/spec.ts'
import { annotationsOf } from './report/annotations.ts'
import { failureOf } from './report/failure.ts'
import { renderOutcome, renderOutputs } from './report/log.ts'
import { outputsOf } from './report/outputs.ts'
import { renderSummary } from './report/summary.ts'
import { cantWrite } from './run-journal.ts'
import { logLine } from './shared/plain-text.ts'

/** What became of a run, as far as it came. */
export type Attempt = { spec?: RunSpec; plan?: Plan; planFile?: string; outcome: Outcome }

/** @returns whether the outputs are written: jobs that come after would go on without an image id. */
export function report(deps: Guarded, { spec, plan, planFile, outcome: ended }: Attempt): boolean {
  const { log } = deps
  const outputs = outputsOf(plan, ended, planFile === undefined ? {} : { planFile })
  const lost = tried(() => deps.setOutputs(outputs))
  const outcome = lost === undefined ? ended : withoutOutputs(ended, lost)
  const cloud = spec?.cloud ?? { kind: 'named', name: 'AzureCloud' }
  const told = (what: string, error: unknown): void => {
    const { message } = cantWrite(what, error, 'the rest of the report is')
    tried(() => log.say(logLine(`warning: ${message}`)))
    tried(() => log.annotate({ level: 'warning', title: 'the report is not whole', message }))
  }
  const parts: Record<string, () => void> = {
    'the log': () => log.say(`\n${renderOutcome(plan, outcome)}\n`),
    'the outputs’ list': () => log.say(renderOutputs(outputs)),
    'the annotations': () => annotationsOf(plan, outcome).forEach(annotation => log.annotate(annotation)),
    'the job summary': () => deps.writeSummary(renderSummary({ plan, outcome, cloud, run: deps.context }))
  }
  if (lost !== undefined && !ended.ok) told('the outputs (GITHUB_OUTPUT)', lost.error)
  for (const [what, write] of Object.entries(parts)) {
    const failed = tried(write)
    if (failed !== undefined) told(what, failed.error)
  }
  return lost === undefined
}

function tried(write: () => void): { error: unknown } | undefined {
  try {
    write()
    return undefined
  } catch (error) {
    return { error }
  }
}

function withoutOutputs(outcome: Outcome, { error }: { error: unknown }): Outcome {
  if (!outcome.ok) return outcome
  const so = 'jobs that come after would go on without them'
  return { ...outcome, ok: false, failure: failureOf(cantWrite('the outputs (GITHUB_OUTPUT)', error, so)) }
}
