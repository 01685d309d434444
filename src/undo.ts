/**
 * What the post step does after a run that didn't succeed: what that still owes is undone, or begun to be and named. Only ever under
 * the run's own leases: where the run has seen to it itself, there are none.
 */
import type { Azure } from './azure/gateway.ts'
import { connectTo } from './connect-to.ts'
import type { ConnectDeps } from './deps.ts'
import { nothingKnown, type Execution } from './execute/context.ts'
import { undo as undoSteps } from './execute/undo.ts'
import { nameOf, parentId, type ArmId } from './model/arm-id.ts'
import type { ReadJournal } from './model/journal.ts'
import type { Undo } from './model/plan.ts'
import type { RunContext } from './model/spec.ts'
import { targetOf } from './model/step.ts'
import { STEP_KINDS, type Resource } from './model/step-kinds.ts'
import type { ToUndo } from './model/to-undo.ts'
import { owedAt, type Progress } from './rules/undo.ts'
import { redactor, type Redactor } from './report/redact.ts'
import type { Clock } from './shared/clock.ts'
import { messageOf } from './shared/text.ts'
import { anyOf, within } from './shared/time-limit.ts'

type UndoDeps = ConnectDeps & {
  /** Of the post step's process: its nonce says nothing. */
  context: RunContext
}

/** How long the post step may take. */
const UNDO_WITHIN_MS = 4 * 60_000
/** For Azure’s time: nothing that is to be undone waits for an account that doesn’t answer. */
const ASK_WITHIN_MS = 5_000
/** Longest wait between two looks. */
const LOOK_EVERY_MS = 5_000

type Undoing = ToUndo & {
  /** Undefined where it can’t be read: then the leases alone say what is owed. */
  journal?: ReadJournal | undefined
}

/**
 * @param cancelled ends it early
 * @returns what was done, a line each; what was left, and why. Never throws, and never with a secret in it.
 */
export async function undo(
  given: UndoDeps,
  undoing: Undoing,
  cancelled: AbortSignal = new AbortController().signal
): Promise<string[]> {
  const { hide, text } = redactor()
  const deps = withoutSecrets(given, { hide, text })
  const owed = owedAt('killed', undoing.undo, progressOf(undoing.journal))
  if (owed.length === 0) return []
  try {
    const lines = await within(deps.clock, UNDO_WITHIN_MS, async limit => {
      const signal = anyOf([limit, cancelled])
      const azure = await connectTo(deps, undoing, signal)
      const warnings: string[] = []
      const run = await postsRun(deps, undoing, { azure, signal, owed })
      const warn: Execution['warn'] = (_, { message, wayOut }) => void warnings.push(`${message}; ${wayOut}`)
      return [...(await performed({ ...run, warn }, owed)), ...warnings]
    })
    return lines.map(text)
  } catch (error) {
    return notUndone(owed, () => messageOf(error)).map(text)
  }
}

/** A step of which there is no line was never begun. */
function progressOf(journal: ReadJournal | undefined): Progress {
  if (journal === undefined) return { statusOf: () => 'cancelled' }
  const has = (entries: ReadJournal['finished'], id: string): boolean => entries.some(({ step }) => step === id)
  return {
    statusOf: id => {
      if (has(journal.finished, id)) return 'done'
      return has(journal.failed, id) ? 'failed' : has(journal.unfinished, id) ? 'cancelled' : 'not-started'
    }
  }
}

type Connected = { azure: Azure; signal: AbortSignal; owed: readonly Undo[] }

type PostsRun = Execution & Required<Pick<Execution, 'undoing'>>

/** The main step’s own, save that its leases are taken over first: should it still run, it finds them gone, and stops. */
async function postsRun(
  { clock, env, context }: UndoDeps,
  { nonce }: ToUndo,
  { azure, signal, owed }: Connected
): Promise<PostsRun> {
  const aheadMs = await azuresAhead(azure, owed, clock)
  return {
    azure,
    clock,
    env,
    signal,
    journal: { write: () => undefined },
    say: () => undefined,
    warn: () => undefined,
    pollIntervalMs: LOOK_EVERY_MS,
    deadlineAt: clock.now() + UNDO_WITHIN_MS,
    context: { ...context, nonce: `${nonce} post` },
    azureNow: () => clock.now() + aheadMs,
    makesImage: false,
    known: nothingKnown(),
    undoing: { actsFor: { ...context, nonce }, isPatient: false }
  }
}

/** Of Azure’s clock, as far as it can be asked: a lease’s end is in its time. */
async function azuresAhead(azure: Azure, owed: readonly Undo[], clock: Clock): Promise<number> {
  const [poolId] = owed.flatMap(({ step }) => ('poolId' in step ? [step.poolId] : []))
  if (poolId === undefined) return 0
  try {
    const ask = (limit: AbortSignal) => azure.until(limit).batch.getAccount(parentId(poolId))
    return (await within(clock, ASK_WITHIN_MS, ask))?.aheadMs ?? 0
  } catch {
    return 0
  }
}

async function performed(run: PostsRun, owed: readonly Undo[]): Promise<string[]> {
  const outcomes = await undoSteps(run, owed)
  const of = ({ step }: Undo): (typeof outcomes)[number] | undefined => outcomes.find(({ id }) => id === step.id)
  const done = owed.flatMap(one => {
    const { status, note = '' } = of(one) ?? {}
    return status === 'done' && note !== '' ? [`${nameOfTarget(one)}: ${note}`] : []
  })
  const failed = owed.filter(one => of(one)?.status !== 'done')
  return [...done, ...notUndone(failed, one => of(one)?.note ?? '')]
}

/** Each thing once. What it was left as can't be known here. */
function notUndone(owed: readonly Undo[], why: (one: Undo) => string): string[] {
  const first = new Map(owed.toReversed().map(one => [targetOf(one.step).toLowerCase(), one]))
  return [...first.values()].toReversed().map(one => {
    const { resource } = STEP_KINDS[one.step.kind]
    return `not undone: ${nameOfTarget(one)} (${why(one)}); ${SEE[resource] ?? 'see how it stands'}`
  })
}

/** `pool render`. */
const nameOfTarget = ({ step }: Undo): string => `${STEP_KINDS[step.kind].resource} ${nameOf(targetOf(step) as ArmId)}`

const SEE: Partial<Record<Resource, string>> = {
  'source VM': 'see whether it runs, and start it (az vm start)',
  pool: 'see whether it has its nodes; a re-run of the job goes on with it'
}

function withoutSecrets(deps: UndoDeps, { hide, text }: Pick<Redactor, 'hide' | 'text'>): UndoDeps {
  return {
    ...deps,
    hide,
    log: { debug: line => deps.log.debug(text(line)), say: line => deps.log.say(text(line)) },
    getIdToken: async audience => {
      const token = await deps.getIdToken(audience)
      hide(token)
      return token
    }
  }
}
