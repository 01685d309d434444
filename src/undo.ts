/**
 * What the post step does after a run that didn't succeed: what it shouldn't have left half-done on its pool and its source VM is
 * undone, or begun to be and named. Only ever under the run's own lease: where the run has seen to it itself, there is none.
 */
import { nameOf } from './model/arm-id.ts'
import type { RunContext } from './model/spec.ts'
import type { ToUndo } from './model/to-undo.ts'
import { redactor, type Redactor } from './report/redact.ts'
import { messageOf } from './shared/text.ts'
import { anyOf, within } from './shared/time-limit.ts'
import { connectTo } from './connect-to.ts'
import type { ConnectDeps } from './deps.ts'
import { undoPool } from './undo/pool.ts'
import { undoVm } from './undo/vm.ts'

export type UndoDeps = ConnectDeps & {
  /** Of the post step's process: its nonce says nothing. */
  context: RunContext
}

/** How long the post step may take. */
const UNDO_WITHIN_MS = 4 * 60_000

/**
 * @param cancelled ends it early
 * @returns what was done, a line each; what was left, and why. Never throws, and never with a secret in it.
 */
export async function undo(
  given: UndoDeps,
  toUndo: ToUndo,
  cancelled: AbortSignal = new AbortController().signal
): Promise<string[]> {
  const { hide, text } = redactor()
  const deps = withoutSecrets(given, { hide, text })
  const { vmId, pool, nonce } = toUndo
  const left = {
    vm: vmId && { what: `VM ${nameOf(vmId)}`, see: 'see whether it runs, and start it (az vm start)' },
    pool: pool && {
      what: `pool ${nameOf(pool.poolId)}`,
      see: 'see whether it has its nodes; a re-run of the job goes on with it'
    }
  }
  try {
    const done = await within(deps.clock, UNDO_WITHIN_MS, async limit => {
      const signal = anyOf([limit, cancelled])
      const azure = await connectTo(deps, toUndo, signal)
      const undoing = { clock: deps.clock, context: { ...deps.context, nonce }, azure, signal }
      return Promise.all([
        vmId === undefined ? [] : orWhyNot(left.vm, undoVm(undoing, vmId)),
        pool === undefined ? [] : orWhyNot(left.pool, undoPool(undoing, pool))
      ])
    })
    return done.flat().map(text)
  } catch (error) {
    return [...whyNot(left.vm, error), ...whyNot(left.pool, error)].map(text)
  }
}

/** What may be left half-done, and what somebody can do about it. */
type Left = { what: string; see: string } | undefined

/** What goes wrong with the one is no reason to leave the other. */
async function orWhyNot(left: Left, work: Promise<string[]>): Promise<string[]> {
  try {
    return await work
  } catch (error) {
    return whyNot(left, error)
  }
}

/** What it was left as can't be known here. */
function whyNot(left: Left, error: unknown): string[] {
  return left ? [`not undone: ${left.what} (${messageOf(error)}); ${left.see}`] : []
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
