/** The whole action: each part hands plain data to the next. */
import type { HttpClient } from '@azure/core-rest-pipeline'
import type { Azure } from './azure/gateway.ts'
import { readJob } from './azure/job.ts'
import { signInEndsEarly } from './azure/sign-in-end.ts'
import { guarded } from './guarded.ts'
import { execute, type Executed } from './execute/execute.ts'
import { aftermath, lastLook } from './execute/aftermath.ts'
import type { Journal } from './model/journal.ts'
import { InputError } from './inputs/input-error.ts'
import { parseInputs } from './inputs/parse-inputs.ts'
import { RunError, type FailureReason } from './model/failure.ts'
import type { Observed } from './model/observed.ts'
import type { Failure, Outcome } from './model/outcome.ts'
import type { Finding, Plan } from './model/plan.ts'
import type { RunContext, Spec } from './model/spec.ts'
import { secretReferences } from './model/secret-reference.ts'
import { changesAzure } from './model/step.ts'
import { nameOf } from './model/arm-id.ts'
import { observe } from './observe/observe.ts'
import { planRun } from './plan/plan-run.ts'
import { annotationsOf, type Annotation } from './report/annotations.ts'
import { failureOf } from './report/failure.ts'
import { renderFound, renderOutcome, renderOutputs, renderPlan } from './report/log.ts'
import { outputsOf, type Outputs } from './report/outputs.ts'
import { standingOf } from './report/standing.ts'
import { renderSummary } from './report/summary.ts'
import type { Clock } from './shared/clock.ts'
import { logLine } from './shared/plain-text.ts'

/** Everything that the run touches besides Azure's API itself; given once, in `index.ts`. */
export type Deps = {
  /** An input's text; '' where it isn't given. */
  readInput(name: string): string
  env: Readonly<Record<string, string | undefined>>
  readText(path: string): string
  clock: Clock
  context: RunContext
  getIdToken(audience: string): Promise<string>
  httpClient?: HttpClient
  journal: Journal
  log: Log
  /** Keeps the plan as a file; returns its path. */
  writePlan(json: string): string
  setOutputs(outputs: Outputs): void
  writeSummary(markdown: string): void
}

/** What it takes to speak to Azure. */
export type ConnectDeps = Pick<Deps, 'clock' | 'httpClient' | 'getIdToken' | 'env'> & {
  readText?: Deps['readText']
  log: Pick<Log, 'debug'>
  /** Hears of every access token. */
  hide?(secret: string): void
}

export type Log = {
  say(text: string): void
  debug(text: string): void
  annotate(annotation: Annotation): void
  /** Never again in the log in clear. */
  mask(secret: string): void
}

/** What became of the run, as far as it came. */
type Told = { spec?: Spec; plan?: Plan; planFile?: string; outcome: Outcome }

export type Ended = 'succeeded' | 'failed' | 'cancelled'

/** Never throws: whatever is thrown inside ends as a failure in the report. */
export async function run(given: Deps, signal: AbortSignal): Promise<Ended> {
  const deps = guarded(given)
  const told = await tell(deps, signal)
  report(deps, deps.clean(told))
  if (told.outcome.ok) return 'succeeded'
  return told.outcome.failure?.reason === 'cancelled' ? 'cancelled' : 'failed'
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
      outcome: await perform(deps, { azure, spec: told.spec, plan: told.plan, observed, signal, startedAt })
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
  const controller = new AbortController()
  const text = `the deadline of ${Math.round(deadlineMs / 60_000)} minutes is up`
  clock.sleep(deadlineMs, over).then(
    () =>
      controller.abort(
        new RunError('deadline-exceeded', text, 'run again: what stands is taken up; or give it longer (deadline)')
      ),
    () => undefined
  )
  return controller.signal
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

/** Where a defect came from, for a run with debug logging. */
function traceDefect({ log }: Pick<Deps, 'log'>, error: unknown): void {
  if (!(error instanceof Error) || failureOf(error).reason !== 'internal-error') return
  log.debug(error.stack ?? error.message)
  if (error.cause !== undefined) traceDefect({ log }, error.cause)
}

/** The SDKs are loaded only now: bad inputs never wait for them. */
export async function connectTo(deps: ConnectDeps, spec: Spec, signal: AbortSignal): Promise<Azure> {
  const { connect } = await import('./azure/connect.ts')
  return connect({
    cloud: spec.cloud,
    signIn: spec.signIn,
    clock: deps.clock,
    ...(deps.httpClient === undefined ? {} : { httpClient: deps.httpClient }),
    getIdToken: deps.getIdToken,
    pollIntervalMs: spec.pollIntervalMs,
    userAgent: 'batch-image-rollout',
    job: readJob(deps.env, deps.readText ?? (() => '')),
    ...(deps.hide === undefined ? {} : { hide: deps.hide }),
    debug: line => deps.log.debug(line),
    signal
  })
}

/** What it means that a rule alone stops the run; any other, or several, are checks that failed. */
const REASON_OF_RULE: Readonly<Record<string, FailureReason>> = {
  'image-change': 'pool-change-refused',
  'another-pool': 'pool-change-refused',
  'pool-leased': 'pool-leased'
}

/** Errors among the findings, as the failure that they are. */
function refusalOf({ findings }: Plan): Failure | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return undefined
  const reasons = new Set(errors.map(({ rule }) => REASON_OF_RULE[rule] ?? 'check-failed'))
  const reason = reasons.size === 1 ? ([...reasons][0] ?? 'check-failed') : 'check-failed'
  if (errors.length === 1) return { reason, message: first.message, wayOut: first.wayOut, details: [] }
  return {
    reason,
    message: `${errors.length} checks say that this can’t work`,
    wayOut: 'mend them all, then run again; nothing was made',
    details: errors.map(({ rule, message, wayOut }: Finding) => `${rule}: ${message} — ${wayOut}`)
  }
}

type Performing = { azure: Azure; spec: Spec; plan: Plan; observed: Observed; signal: AbortSignal; startedAt: number }

async function perform(deps: Deps, { azure, spec, plan, observed, signal, startedAt }: Performing): Promise<Outcome> {
  const { clock, env, journal, log } = deps
  const width = Math.max(0, ...plan.steps.map(({ id }) => id.length))
  const say = (stepId: string, line: string): void =>
    log.say(logLine(`${timeSince(startedAt, clock.now())}  ${stepId.padEnd(width)}  ${line}`))
  const { pollIntervalMs, deadlineMs } = spec
  const skewMs = observed.account?.readAt === undefined ? 0 : observed.account.readAt - observed.at
  const executing = {
    azure,
    clock,
    env,
    journal,
    say,
    pollIntervalMs,
    deadlineAt: startedAt + deadlineMs,
    context: deps.context,
    azureNow: () => clock.now() + skewMs
  }
  const executed = await execute(executing, plan, signal)
  traceDefect(deps, executed.failure?.error)
  const failure =
    executed.failure && failureOf(executed.failure.error, executed.failure.step?.id, { abortReason: signal.reason })
  const cancelled = failure?.reason === 'cancelled'
  await within(clock, cancelled ? LAST_LOOK_MS : AFTERMATH_MS, limit => {
    const run = {
      ...executing,
      azure: azure.until(limit),
      plan,
      signal: limit,
      seen: executed.seen,
      lease: { isHeld: false }
    }
    return cancelled ? lastLook(run) : aftermath(run, failure)
  })
  return outcomeOf(deps, { startedAt, plan, observed, executed, ...(failure && { failure }) })
}

/** The runner gives a cancelled step 7.5 seconds, and this action promises to need 5. */
const LAST_LOOK_MS = 1_500
const AFTERMATH_MS = 60_000

/** What `task` makes of a signal that is aborted after `ms`. */
async function within<T>(clock: Clock, ms: number, task: (limit: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController()
  const over = new AbortController()
  clock.sleep(ms, over.signal).then(
    () => limit.abort(new Error(`not within ${ms} ms`)),
    () => undefined
  )
  try {
    return await task(limit.signal)
  } finally {
    over.abort()
  }
}

/** `12:05` since the start, minutes and seconds. */
function timeSince(startedAt: number, now: number): string {
  const seconds = Math.floor((now - startedAt) / 1_000)
  return `${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}`
}

type OutcomeParts = { startedAt: number; plan?: Plan; observed?: Observed; executed?: Executed; failure?: Failure }

function outcomeOf({ clock }: Deps, { startedAt, plan, observed, executed, failure }: OutcomeParts): Outcome {
  const steps = executed?.steps ?? plan?.steps.map(({ id }) => ({ id, status: 'not-started' as const })) ?? []
  const began = new Set(steps.filter(({ status }) => status !== 'not-started').map(({ id }) => id))
  const pool = executed?.seen.pool ?? observed?.pool
  return {
    ok: failure === undefined,
    startedAt,
    endedAt: clock.now(),
    steps,
    changed: plan?.steps.some(step => began.has(step.id) && changesAzure(step)) ?? false,
    standing: plan === undefined ? [] : standingOf(plan, steps, failure),
    ...(failure === undefined ? {} : { failure }),
    ...(executed?.seen.replication === undefined ? {} : { replication: executed.seen.replication }),
    ...(pool === undefined
      ? {}
      : {
          pool: {
            poolId: pool.poolId,
            poolName: nameOf(pool.poolId),
            pool,
            nodes: executed?.seen.nodes ?? observed?.nodes ?? []
          }
        })
  }
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
