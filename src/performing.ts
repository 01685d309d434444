/** From a plan to its outcome: the steps, what is still done when they are over, and what became of it all. */
import type { Azure } from './azure/gateway.ts'
import type { Deps } from './deps.ts'
import type { Guarded } from './guarded.ts'
import { aftermath } from './execute/aftermath.ts'
import type { ExecuteDeps, Known } from './execute/context.ts'
import { execute, progressOf, type Executed } from './execute/execute.ts'
import { resourceLedger } from './execute/resource-ledger.ts'
import { nameOf, sameId } from './model/arm-id.ts'
import type { Observed } from './model/observed.ts'
import type { Failure, Outcome, PoolOutcome, RunWarning } from './model/outcome.ts'
import type { Plan, Undo } from './model/plan.ts'
import { owedAt } from './rules/undo.ts'
import { hasChanged, resourceOf, type ResourceOutcome } from './model/resource-outcome.ts'
import type { RunSpec } from './model/spec.ts'
import { STEP_KINDS } from './model/step-kinds.ts'
import { failureOf } from './report/failure.ts'
import { standingOf } from './report/standing.ts'
import { timeSince } from './shared/elapsed.ts'
import { logLine } from './shared/plain-text.ts'
import { traceDefect } from './trace-defect.ts'

type Performing = {
  azure: Azure
  spec: RunSpec
  plan: Plan
  /** Once for each pool. */
  observed: readonly Observed[]
  /** Ends the run: `cancelled`, or its deadline. */
  signal: AbortSignal
  cancelled: AbortSignal
  startedAt: number
}

export async function runPlan(
  deps: Guarded,
  { azure, spec, plan, observed, signal, cancelled, startedAt }: Performing
): Promise<Outcome> {
  const { clock, env, journal, log } = deps
  const width = Math.max(0, ...plan.steps.map(({ id }) => id.length))
  const say = (stepId: string, line: string): void =>
    log.say(logLine(`${timeSince(startedAt, clock.now())}  ${stepId.padEnd(width)}  ${line}`))
  const { pollIntervalMs, deadlineMs } = spec
  const [first] = observed
  const skewMs = first?.account?.aheadMs ?? first?.source?.aheadMs ?? 0
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
    azureNow: () => clock.now() + skewMs,
    makesImage: plan.image !== undefined && plan.image.decision !== 'given'
  }
  const executed = await execute(executing, plan, signal)
  const { failure: failed, known } = executed
  traceDefect(deps, failed?.error)
  const failure =
    failed && undoneToo(failureOf(failed.error, failed.step?.id, { abortReason: signal.reason }), plan, executed)
  journal.undoingBegins()
  const undone = await aftermath(
    { ...executing, known },
    { owed: owedOf(plan, executed, cancelled.aborted), error: failed?.error, pools: plan.pools, cancelled }
  )
  const ended = { ...executed, undone: [...executed.undone, ...undone] }
  const resources = ledger.resources()
  return outcomeOf(deps, {
    startedAt,
    plan,
    observed,
    executed: ended,
    resources,
    warnings,
    ...(failure && { failure })
  })
}

function owedOf({ undo }: Plan, { failure, steps, undone, known }: Executed, isCancelled: boolean): Undo[] {
  if (failure === undefined) return []
  return owedAt(isCancelled ? 'cancelled' : 'failed', undo, progressOf([...steps, ...undone], known))
}

/** What was undone at once is a part of how it failed: the pool is back, or isn’t. */
function undoneToo(failure: Failure, { undo }: Plan, { undone }: Executed): Failure {
  const notes = undone.flatMap(({ id, status, note = '' }) => {
    const step = undo.find(one => one.step.id === id)?.step
    return step === undefined || status !== 'done' || note === ''
      ? []
      : [`the ${STEP_KINDS[step.kind].resource} ${note}`]
  })
  return { ...failure, message: [failure.message, ...notes].join('; ') }
}

/** As far as the run came. */
type OutcomeParts = {
  startedAt: number
  plan?: Plan
  observed?: readonly Observed[] | undefined
  executed?: Executed
  resources?: ResourceOutcome[]
  failure?: Failure
  warnings?: RunWarning[]
}

/** An image that the inputs name and that isn’t there: no step ever looks at it. */
function notFound(plan: Plan | undefined, observed: readonly Observed[] | undefined): ResourceOutcome[] {
  if (plan?.image?.decision !== 'given' || observed === undefined) return []
  const isThere = observed.some(one => one.rolloutVersion !== undefined || one.managedImage !== undefined)
  return isThere ? [] : [{ id: plan.image.imageId, exists: false, deeds: [] }]
}

export function outcomeOf({ clock }: Deps, parts: OutcomeParts): Outcome {
  const { startedAt, plan, observed, executed, failure, warnings = [] } = parts
  const resources = [...(parts.resources ?? []), ...notFound(plan, observed)]
  const undone = executed?.undone ?? []
  const steps = executed?.steps ?? plan?.steps.map(({ id }) => ({ id, status: 'not-started' as const })) ?? []
  const known = executed?.known
  const pools = poolsOf({ plan, observed, known, resources })
  return {
    ok: failure === undefined,
    startedAt,
    endedAt: clock.now(),
    steps,
    undone,
    changed: resources.some(hasChanged),
    resources,
    standing:
      plan === undefined
        ? []
        : standingOf(plan, { steps, pools, failure, resources, vm: known?.vm, isTaggedFailed: known?.isTaggedFailed }),
    warnings,
    smokeTests: known?.smokeTests ?? [],
    ...(failure === undefined ? {} : { failure }),
    ...(known?.replication === undefined ? {} : { replication: known.replication }),
    pools
  }
}

type Seen = {
  plan: Plan | undefined
  observed: readonly Observed[] | undefined
  known: Known | undefined
  resources: ResourceOutcome[]
}

/** Those that are there, as last seen. Where there was no plan, those that were looked at. */
function poolsOf({ plan, observed = [], known, resources }: Seen): PoolOutcome[] {
  const found = observed.flatMap(({ pool }) => pool?.poolId ?? [])
  const ids = plan === undefined || plan.pools.length === 0 ? found : plan.pools.map(({ poolId }) => poolId)
  return ids.flatMap(poolId => {
    const seen = known?.pools.get(poolId.toLowerCase())
    const before = observed.find(({ pool }) => pool !== undefined && sameId(pool.poolId, poolId))
    const pool = seen?.pool ?? before?.pool
    if (pool === undefined || resourceOf(resources, poolId)?.exists === false) return []
    const nodes = seen?.nodes ?? before?.nodes ?? []
    const isRestored = seen?.isRestored
    return [{ poolId: pool.poolId, poolName: nameOf(pool.poolId), pool, nodes, ...(isRestored && { isRestored }) }]
  })
}
