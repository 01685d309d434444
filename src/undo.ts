/**
 * What the post step does after a run that was killed or cancelled: what it shouldn't have left half-done on its pool and its
 * source VM is undone, or begun to be and named. Only ever under the run's own lease; nothing to do after a run that ended by itself.
 */
import { parseInputs } from './inputs/parse-inputs.ts'
import type { RunContext } from './model/spec.ts'
import { redactor, type Redactor } from './report/redact.ts'
import { within } from './shared/time-limit.ts'
import { connectTo } from './connect-to.ts'
import type { ConnectDeps } from './deps.ts'
import { undoPool } from './undo/pool.ts'
import { undoVm } from './undo/vm.ts'

export type UndoDeps = ConnectDeps & {
  readInput(name: string): string
  readText(path: string): string
  /** Of the main step: its nonce makes its lease this one's. */
  context: RunContext
}

/** How long the post step may take. */
const UNDO_WITHIN_MS = 4 * 60_000

/** @returns what was done, a line each; what was left, and why. Never throws, and never with a secret in it. */
export async function undo(given: UndoDeps): Promise<string[]> {
  const { hide, text } = redactor()
  const deps = withoutSecrets(given, { hide, text })
  try {
    const spec = parseInputs(deps.readInput, { readText: deps.readText, env: deps.env })
    if (spec.dryRun || (spec.rollout === undefined && spec.image?.stopVm !== true)) return []
    const done = await within(deps.clock, UNDO_WITHIN_MS, async signal => {
      const undoing = { ...deps, azure: await connectTo(deps, spec, signal), spec, signal }
      return Promise.all([undoVm(undoing), undoPool(undoing)].map(orWhyNot))
    })
    return done.flat().map(text)
  } catch (error) {
    return [text(`not undone: ${error instanceof Error ? error.message : String(error)}`)]
  }
}

/** What goes wrong with the one is no reason to leave the other. */
async function orWhyNot(work: Promise<string[]>): Promise<string[]> {
  try {
    return await work
  } catch (error) {
    return [`not undone: ${error instanceof Error ? error.message : String(error)}`]
  }
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
