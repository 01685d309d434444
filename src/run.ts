/** The whole action: each part hands plain data to the next. */
import type { Azure } from './azure/gateway.ts'
import { COMMANDS } from './commands/index.ts'
import { readJob } from './azure/sign-in/job.ts'
import { signInEndsEarly } from './azure/sign-in/sign-in-end.ts'
import { connectTo } from './connect-to.ts'
import type { Deps } from './deps.ts'
import { guarded, type Guarded } from './guarded.ts'
import { InputError } from './inputs/input-error.ts'
import { parseInputs } from './commands/parse-inputs.ts'
import { RunError } from './model/failure.ts'
import type { Observed } from './model/observed.ts'
import type { Plan } from './model/plan.ts'
import { secretReferences } from './model/secret-reference.ts'
import type { RunSpec } from './model/spec.ts'
import { toUndoOf } from './model/to-undo.ts'
import { outcomeOf, runPlan } from './performing.ts'
import { report, type Attempt } from './reporting.ts'
import { cantWrite } from './run-journal.ts'
import { failureOf } from './report/failure.ts'
import { renderFound, renderPlan } from './report/log.ts'
import { refusalOf } from './report/refusal.ts'
import { elapsedText, timeSince } from './shared/elapsed.ts'
import { withHeartbeat } from './shared/heartbeat.ts'
import { logLine } from './shared/plain-text.ts'
import { abortAfter, anyOf } from './shared/time-limit.ts'
import { traceDefect } from './trace-defect.ts'

type Ended = 'succeeded' | 'failed' | 'cancelled'

/** Never throws: whatever is thrown inside ends as a failure in the report. */
export async function run(given: Deps, signal: AbortSignal): Promise<Ended> {
  const deps = guarded(given)
  const attempted = await attempt(deps, signal)
  const isReported = report(deps, deps.clean(attempted))
  // Whatever it had come to before: its last words were cut short, and the post step looks after the pool.
  if (signal.aborted) return 'cancelled'
  return attempted.outcome.ok && isReported ? 'succeeded' : 'failed'
}

async function attempt(deps: Guarded, cancelled: AbortSignal): Promise<Attempt> {
  const startedAt = deps.clock.now()
  const attempted: Omit<Attempt, 'outcome'> = {}
  const over = new AbortController()
  try {
    attempted.spec = parseInputs(deps.readInput, { readText: deps.readText, glob: deps.glob, env: deps.env })
    maskSecrets(deps, attempted.spec)
    const signal = anyOf([cancelled, deadline(deps, attempted.spec, over.signal)])
    announceEndOfSignIn(deps, attempted.spec, startedAt)
    const { azure, observed } = await lookedAround(deps, attempted.spec, { signal, startedAt })
    attempted.plan = COMMANDS[attempted.spec.command].plan(attempted.spec, observed, deps.context)
    Object.assign(attempted, keepPlan(deps, attempted.plan))
    deps.log.say(`${renderFound(attempted.plan)}\n`)
    deps.log.say(`${renderPlan(attempted.plan)}\n`)
    const refused = refusalOf(attempted.plan)
    if (refused !== undefined || attempted.plan.dryRun) {
      return {
        ...attempted,
        outcome: outcomeOf(deps, { startedAt, plan: attempted.plan, observed, ...(refused && { failure: refused }) })
      }
    }
    keepToUndo(deps, attempted.spec, attempted.plan)
    return {
      ...attempted,
      outcome: await runPlan(deps, {
        azure,
        spec: attempted.spec,
        plan: attempted.plan,
        observed,
        signal,
        cancelled,
        startedAt
      })
    }
  } catch (error) {
    traceDefect(deps, error)
    const failure = failureOf(error instanceof InputError ? error : (cancelledBy(cancelled) ?? error))
    return { ...attempted, outcome: outcomeOf(deps, { startedAt, failure }) }
  } finally {
    over.abort()
  }
}

type Looking = { signal: AbortSignal; startedAt: number }
type Found = { azure: Azure; observed: Observed[] }

function lookedAround(deps: Deps, spec: RunSpec, { signal, startedAt }: Looking): Promise<Found> {
  const { clock, log } = deps
  const say = (line: string): void => log.say(logLine(`${timeSince(startedAt, clock.now())}  ${line}`))
  const tell = (silentMs: number): void => say(`still, after ${elapsedText(silentMs)}: signing in and reading Azure`)
  return withHeartbeat({ clock, signal, tell }, async () => {
    const azure = await connectTo({ ...deps, log: { ...log, say } }, spec, signal)
    return { azure, observed: await COMMANDS[spec.command].observe(azure, spec, clock.now()) }
  })
}

/** What `${env:NAME}` stands for is a secret, whether or not GitHub knows it as one. */
function maskSecrets({ env, log }: Deps, { rollouts }: RunSpec): void {
  for (const name of rollouts.flatMap(({ pool, smokeTest }) =>
    secretReferences({ ...pool, smokeTest: smokeTest?.task })
  )) {
    const secret = env[name]
    if (secret !== undefined && secret !== '') log.mask(secret)
  }
}

/** Aborted when the run's time is up; `over` lets go of the timer. */
function deadline({ clock }: Deps, { deadlineMs }: RunSpec, over: AbortSignal): AbortSignal {
  const minutes = Math.round(deadlineMs / 60_000)
  const text = `the deadline of ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} is up`
  const wayOut = 'run again, or give it longer (deadline)'
  return abortAfter(clock, deadlineMs, {
    reason: new RunError({ reason: 'deadline-exceeded', message: text, wayOut }),
    over
  })
}

function cancelledBy(signal: AbortSignal): unknown {
  return signal.aborted ? signal.reason : undefined
}

function announceEndOfSignIn({ env, log, readText }: Deps, spec: RunSpec, startedAt: number): void {
  const message = signInEndsEarly(spec.signIn, readJob(env, readText), startedAt + spec.deadlineMs)
  if (message === undefined) return
  log.say(logLine(`warning: ${message}`))
  log.annotate({ level: 'warning', title: 'the sign-in ends before the deadline', message })
}

/** A run can do without: what it holds is in the log too. */
function keepPlan(deps: Guarded, plan: Plan): { planFile?: string } {
  try {
    return { planFile: deps.writePlan(JSON.stringify(plan, undefined, 2)) }
  } catch (error) {
    const { message } = cantWrite('the plan', error, 'the output plan-file stays empty')
    deps.log.say(logLine(`warning: ${message}`))
    deps.log.annotate({ level: 'warning', title: 'no plan-file', message })
    return {}
  }
}

/** A run can't do without: killed, it would leave a VM stopped, or a pool empty, for good. */
function keepToUndo(deps: Guarded, spec: RunSpec, plan: Plan): void {
  const toUndo = toUndoOf(spec, plan, deps.context)
  if (toUndo === undefined) return
  try {
    deps.saveToUndo(toUndo)
  } catch (error) {
    throw cantWrite('what the post step needs', error, 'nothing is changed without it')
  }
}
