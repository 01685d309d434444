/** The whole action: each part hands plain data to the next. */
import { readJob } from './azure/job.ts'
import { signInEndsEarly } from './azure/sign-in-end.ts'
import { connectTo } from './connect-to.ts'
import type { Deps } from './deps.ts'
import { guarded } from './guarded.ts'
import { InputError } from './inputs/input-error.ts'
import { parseInputs } from './inputs/parse-inputs.ts'
import { RunError } from './model/failure.ts'
import type { Outcome } from './model/outcome.ts'
import type { Plan } from './model/plan.ts'
import { secretReferences } from './model/secret-reference.ts'
import type { Spec } from './model/spec.ts'
import { observe } from './observe/observe.ts'
import { outcomeOf, perform } from './performing.ts'
import { planRun } from './plan/plan-run.ts'
import { annotationsOf } from './report/annotations.ts'
import { failureOf } from './report/failure.ts'
import { renderFound, renderOutcome, renderOutputs, renderPlan } from './report/log.ts'
import { outputsOf } from './report/outputs.ts'
import { refusalOf } from './report/refusal.ts'
import { renderSummary } from './report/summary.ts'
import { logLine } from './shared/plain-text.ts'
import { abortAfter } from './shared/time-limit.ts'
import { traceDefect } from './trace-defect.ts'

/** What became of the run, as far as it came. */
type Told = { spec?: Spec; plan?: Plan; planFile?: string; outcome: Outcome }

export type Ended = 'succeeded' | 'failed' | 'cancelled'

/** Never throws: whatever is thrown inside ends as a failure in the report. */
export async function run(given: Deps, signal: AbortSignal): Promise<Ended> {
  const deps = guarded(given)
  const told = await tell(deps, signal)
  report(deps, deps.clean(told))
  if (told.outcome.ok) return 'succeeded'
  // Also where it had failed before: its last words were cut short, and the post step looks after the pool.
  return signal.aborted ? 'cancelled' : 'failed'
}

async function tell(deps: Deps, cancelled: AbortSignal): Promise<Told> {
  const startedAt = deps.clock.now()
  const told: Omit<Told, 'outcome'> = {}
  const over = new AbortController()
  try {
    told.spec = parseInputs(deps.readInput, { readText: deps.readText, env: deps.env })
    maskSecrets(deps, told.spec)
    const signal = AbortSignal.any([cancelled, deadline(deps, told.spec, over.signal)])
    announceEndOfSignIn(deps, told.spec, startedAt)
    const azure = await connectTo(deps, told.spec, signal)
    const observed = await observe(azure, told.spec, deps.clock.now())
    told.plan = planRun(told.spec, observed, deps.context)
    told.planFile = deps.writePlan(JSON.stringify(told.plan, undefined, 2))
    deps.log.say(`${renderFound(told.plan)}\n`)
    deps.log.say(`${renderPlan(told.plan)}\n`)
    const refused = refusalOf(told.plan)
    if (refused !== undefined || told.plan.dryRun) {
      return {
        ...told,
        outcome: outcomeOf(deps, { startedAt, plan: told.plan, observed, ...(refused && { failure: refused }) })
      }
    }
    return {
      ...told,
      outcome: await perform(deps, { azure, spec: told.spec, plan: told.plan, observed, signal, cancelled, startedAt })
    }
  } catch (error) {
    traceDefect(deps, error)
    const failure = failureOf(error instanceof InputError ? error : (cancelledBy(cancelled) ?? error))
    return { ...told, outcome: outcomeOf(deps, { startedAt, failure }) }
  } finally {
    over.abort()
  }
}

/** What `${env:NAME}` stands for is a secret, whether or not GitHub knows it as one. */
function maskSecrets({ env, log }: Deps, { rollout }: Spec): void {
  for (const name of secretReferences(rollout?.pool)) {
    const secret = env[name]
    if (secret !== undefined && secret !== '') log.mask(secret)
  }
}

/** Aborted when the run's time is up; `over` lets go of the timer. */
function deadline({ clock }: Deps, { deadlineMs }: Spec, over: AbortSignal): AbortSignal {
  const text = `the deadline of ${Math.round(deadlineMs / 60_000)} minutes is up`
  const wayOut = 'run again: what stands is taken up; or give it longer (deadline)'
  return abortAfter(clock, deadlineMs, { reason: new RunError('deadline-exceeded', text, wayOut), over })
}

function cancelledBy(signal: AbortSignal): unknown {
  return signal.aborted ? signal.reason : undefined
}

function announceEndOfSignIn({ env, log, readText }: Deps, spec: Spec, startedAt: number): void {
  const message = signInEndsEarly(spec.signIn, readJob(env, readText), startedAt + spec.deadlineMs)
  if (message === undefined) return
  log.say(logLine(`warning: ${message}`))
  log.annotate({ level: 'warning', title: 'the sign-in ends before the deadline', message })
}

/** Outputs first: a summary that can't be written must not cost the jobs that come after their image id. */
function report(deps: Deps, { spec, plan, planFile, outcome }: Told): void {
  const outputs = outputsOf(plan, outcome, planFile === undefined ? {} : { planFile })
  const cloud = spec?.cloud ?? { kind: 'named', name: 'AzureCloud' }
  const parts: (() => void)[] = [
    () => deps.setOutputs(outputs),
    () => deps.log.say(`\n${renderOutcome(plan, outcome)}\n`),
    () => deps.log.say(renderOutputs(outputs)),
    () => annotationsOf(plan, outcome).forEach(annotation => deps.log.annotate(annotation)),
    () => deps.writeSummary(renderSummary({ plan, outcome, cloud, run: deps.context }))
  ]
  for (const part of parts) {
    try {
      part()
    } catch (error) {
      deps.log.say(`the report is not whole: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}
