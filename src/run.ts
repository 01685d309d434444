/** The whole action: each part hands plain data to the next. */
import type { HttpClient } from '@azure/core-rest-pipeline'
import type { Azure } from './azure/gateway.ts'
import { execute, type Executed } from './execute/execute.ts'
import { lastLook } from './execute/last-look.ts'
import { markFailed } from './execute/mark-failed.ts'
import type { Journal } from './model/journal.ts'
import { InputError } from './inputs/input-error.ts'
import { parseInputs } from './inputs/parse-inputs.ts'
import { RunError } from './model/failure.ts'
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

export type Log = {
  say(text: string): void
  debug(text: string): void
  annotate(annotation: Annotation): void
  /** Never again in the log in clear. */
  mask(secret: string): void
}

/** What became of the run, as far as it came. */
type Told = { spec?: Spec; plan?: Plan; planFile?: string; outcome: Outcome }

/** @returns whether it succeeded. Never throws: whatever is thrown inside ends as a failure in the report. */
export async function run(deps: Deps, signal: AbortSignal): Promise<boolean> {
  const told = await tell(deps, signal)
  report(deps, told)
  return told.outcome.ok
}

async function tell(deps: Deps, cancelled: AbortSignal): Promise<Told> {
  const startedAt = deps.clock.now()
  const told: Omit<Told, 'outcome'> = {}
  const over = new AbortController()
  try {
    told.spec = parseInputs(deps.readInput, { readText: deps.readText, env: deps.env })
    maskSecrets(deps, told.spec)
    const signal = AbortSignal.any([cancelled, deadline(deps, told.spec, over.signal)])
    const azure = await connectTo(deps, told.spec, signal)
    const observed = await observe(azure, told.spec, startedAt)
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

/** The SDKs are loaded only now: bad inputs never wait for them. */
async function connectTo(deps: Deps, spec: Spec, signal: AbortSignal): Promise<Azure> {
  const { connect } = await import('./azure/connect.ts')
  return connect({
    cloud: spec.cloud,
    signIn: spec.signIn,
    clock: deps.clock,
    ...(deps.httpClient === undefined ? {} : { httpClient: deps.httpClient }),
    getIdToken: deps.getIdToken,
    pollIntervalMs: spec.pollIntervalMs,
    userAgent: 'batch-image-rollout',
    debug: line => deps.log.debug(line),
    signal
  })
}

/** Errors among the findings, as the failure that they are. */
function refusalOf({ findings }: Plan): Failure | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return undefined
  const ofPool = errors.every(({ rule }) => rule === 'image-change' || rule === 'another-pool')
  const line = ({ rule, message }: Finding): string => `${rule}: ${message}`
  return {
    reason: ofPool ? 'pool-change-refused' : 'check-failed',
    message: errors.length === 1 ? (errors[0]?.message ?? '') : `${errors.length} checks say that this can’t work`,
    wayOut: errors.length === 1 ? (errors[0]?.wayOut ?? '') : 'mend them all, then run again; nothing was made',
    details: errors.length === 1 ? [] : errors.map(finding => `${line(finding)} — ${finding.wayOut}`)
  }
}

type Performing = { azure: Azure; spec: Spec; plan: Plan; observed: Observed; signal: AbortSignal; startedAt: number }

async function perform(deps: Deps, { azure, spec, plan, observed, signal, startedAt }: Performing): Promise<Outcome> {
  const { clock, env, journal, log } = deps
  const width = Math.max(0, ...plan.steps.map(({ id }) => id.length))
  const say = (stepId: string, line: string): void =>
    log.say(`${timeSince(startedAt, clock.now())}  ${stepId.padEnd(width)}  ${line}`)
  const { pollIntervalMs, deadlineMs } = spec
  const executing = { azure, clock, env, journal, say, pollIntervalMs, deadlineAt: startedAt + deadlineMs }
  const executed = await execute(executing, plan, signal)
  const failure =
    executed.failure && failureOf(executed.failure.error, executed.failure.step?.id, { abortReason: signal.reason })
  if (failure !== undefined && !signal.aborted) await markFailed(executing, plan, failure)
  // A cancelled run has some seconds left, and is still worth a look.
  const seen = await within(clock, signal.aborted ? 2_000 : 60_000, limit =>
    lastLook(azure.until(limit), plan, executed.seen)
  )
  return outcomeOf(deps, { startedAt, plan, observed, executed: { ...executed, seen }, ...(failure && { failure }) })
}

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
