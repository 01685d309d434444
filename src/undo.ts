/**
 * What the post step does after a run that didn't succeed: what it shouldn't have left half-done on its pool and its source VM is
 * undone, or begun to be and named. Only ever under the run's own lease: where the run has seen to it itself, there is none.
 */
import { nameOf } from './model/arm-id.ts'
import type { RunContext } from './model/spec.ts'
import type { ToUndo } from './model/to-undo.ts'
import { redactor, type Redactor } from './report/redact.ts'
import { joinWords, messageOf } from './shared/text.ts'
import { within } from './shared/time-limit.ts'
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

/** @returns what was done, a line each; what was left, and why. Never throws, and never with a secret in it. */
export async function undo(given: UndoDeps, toUndo: ToUndo): Promise<string[]> {
  const { hide, text } = redactor()
  const deps = withoutSecrets(given, { hide, text })
  const { vmId, pool, nonce } = toUndo
  const vmName = vmId === undefined ? [] : [`VM ${nameOf(vmId)}`]
  const poolName = pool === undefined ? [] : [`pool ${nameOf(pool.poolId)}`]
  try {
    const done = await within(deps.clock, UNDO_WITHIN_MS, async signal => {
      const azure = await connectTo(deps, toUndo, signal)
      const undoing = { clock: deps.clock, context: { ...deps.context, nonce }, azure, signal }
      return Promise.all([
        vmId === undefined ? [] : orWhyNot(vmName, undoVm(undoing, vmId)),
        pool === undefined ? [] : orWhyNot(poolName, undoPool(undoing, pool))
      ])
    })
    return done.flat().map(text)
  } catch (error) {
    return whyNot([...vmName, ...poolName], error).map(text)
  }
}

/** What goes wrong with the one is no reason to leave the other. */
async function orWhyNot(what: string[], work: Promise<string[]>): Promise<string[]> {
  try {
    return await work
  } catch (error) {
    return whyNot(what, error)
  }
}

/** What it was left as can't be known here. */
function whyNot(what: string[], error: unknown): string[] {
  return [`not undone: ${joinWords(what, 'and')}: ${messageOf(error)}; see whether all is as it was before the run`]
}

function withoutSecrets(deps: UndoDeps, { hide, text }: Pick<Redactor, 'hide' | 'text'>): UndoDeps {
  return {
    ...deps,
    hide,
    log: { debug: line => deps.log.debug(text(line)) },
    getIdToken: async audience => {
      const token = await deps.getIdToken(audience)
      hide(token)
      return token
    }
  }
}
