/** From a plan to its outcome: the steps, what is still done when they are over, and what became of it all. */
import { AzureError } from './azure/errors.ts'
import type { Azure } from './azure/gateway.ts'
import type { Deps } from './deps.ts'
import type { Guarded } from './guarded.ts'
import { aftermath, lastLook } from './execute/aftermath.ts'
import type { ExecuteDeps } from './execute/context.ts'
import { execute, type Executed } from './execute/execute.ts'
import { resourceLedger } from './execute/resource-ledger.ts'
import { nameOf } from './model/arm-id.ts'
import type { Observed } from './model/observed.ts'
import type { Failure, Outcome, RunWarning } from './model/outcome.ts'
import type { Plan } from './model/plan.ts'
import { hasChanged, resourceOf, type ResourceOutcome } from './model/resource-outcome.ts'
import type { Spec } from './model/spec.ts'
import { failureOf } from './report/failure.ts'
import { standingOf, type After } from './report/standing.ts'
import { timeSince } from './shared/elapsed.ts'
import { logLine } from './shared/plain-text.ts'
import { anyOf, within } from './shared/time-limit.ts'
import { traceDefect } from './trace-defect.ts'

type Performing = {
  azure: Azure
  spec: Spec
  plan: Plan
  observed: Observed
  /** Ends the run: `cancelled`, or its deadline. */
  signal: AbortSignal
  cancelled: AbortSignal
  startedAt: number
}

export async function perform(
  deps: Guarded,
  { azure, spec, plan, observed, signal, cancelled, startedAt }: Performing
): Promise<Outcome> {
  const { clock, env, journal, log } = deps
  const width = Math.max(0, ...plan.steps.map(({ id }) => id.length))
  const say = (stepId: string, line: string): void =>
    log.say(logLine(`${timeSince(startedAt, clock.now())}  ${stepId.padEnd(width)}  ${line}`))
  const { pollIntervalMs, deadlineMs } = spec
  const skewMs = observed.account?.aheadMs ?? observed.source?.aheadMs ?? 0
  const warnings: RunWarning[] = []
  const ledger = resourceLedger()
  const executing: ExecuteDeps = {
    azure: ledger.watching(azure),
    clock,
    env,
    journal,
    say,
    warn: (step, { message, wayOut }) => {
      warnings.push({ step, message, wayOut })
      say(step, `warning: ${message}`)
    },
    pollIntervalMs,
    deadlineAt: startedAt + deadlineMs,
    context: deps.context,
    azureNow: () => clock.now() + skewMs
  }
  const executed = await execute(executing, plan, signal)
  traceDefect(deps, executed.failure?.error)
  const failure =
    executed.failure && failureOf(executed.failure.error, executed.failure.step?.id, { abortReason: signal.reason })
  const isCancelled = cancelled.aborted
  const restMs = executed.failure?.error instanceof AzureError ? (executed.failure.error.retryAfterMs ?? 0) : 0
  journal.undoingBegins()
  await within(clock, isCancelled ? LAST_LOOK_MS : AFTERMATH_MS, timeIsUp => {
    const limit = isCancelled ? timeIsUp : anyOf([timeIsUp, cancelled])
    const run = {
      ...executing,
      azure: executing.azure.until(limit),
      plan,
      signal: limit,
      seen: executed.seen,
      lease: { isHeld: false }
    }
    if (isCancelled) return lastLook(run)
    return aftermath(run, { failure, steps: executed.steps, restMs: Math.min(restMs, LONGEST_REST_MS) })
  })
  const resources = ledger.resources()
  return outcomeOf(deps, { startedAt, plan, observed, executed, resources, warnings, ...(failure && { failure }) })
}

/** The runner gives a cancelled step 7.5 seconds, and this action promises to need 5. */
const LAST_LOOK_MS = 1_500
const AFTERMATH_MS = 60_000
/** Azure may have asked to be left alone; half of the time is needed for what is still to be done. */
const LONGEST_REST_MS = 30_000

/** As far as the run came. */
export type OutcomeParts = {
  startedAt: number
  plan?: Plan
  observed?: Observed
  executed?: Executed
  resources?: ResourceOutcome[]
  failure?: Failure
  warnings?: RunWarning[]
}

/** An image that the inputs name and that isn’t there: no step ever looks at it. */
function notFound(plan: Plan | undefined, observed: Observed | undefined): ResourceOutcome[] {
  if (plan?.image?.decision !== 'given' || observed === undefined) return []
  const isThere = observed.rolloutVersion !== undefined || observed.managedImage !== undefined
  return isThere ? [] : [{ id: plan.image.imageId, exists: false, deeds: [] }]
}

function whatWasSeen(executed: Executed | undefined): Pick<After, 'vm' | 'isTaggedFailed'> {
  return { vm: executed?.seen.vm, isTaggedFailed: executed?.seen.isTaggedFailed }
}

export function outcomeOf({ clock }: Deps, parts: OutcomeParts): Outcome {
  const { startedAt, plan, observed, executed, failure, warnings = [] } = parts
  const resources = [...(parts.resources ?? []), ...notFound(plan, observed)]
  const steps = executed?.steps ?? plan?.steps.map(({ id }) => ({ id, status: 'not-started' as const })) ?? []
  const seen = executed?.seen.pool ?? observed?.pool
  const pool = seen && resourceOf(resources, seen.poolId)?.exists === false ? undefined : seen
  return {
    ok: failure === undefined,
    startedAt,
    endedAt: clock.now(),
    steps,
    changed: resources.some(hasChanged),
    resources,
    standing: plan === undefined ? [] : standingOf(plan, steps, { failure, resources, ...whatWasSeen(executed) }),
    warnings,
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
