/** What the parts of undoing share. */
import type { Azure } from '../azure/gateway.ts'
import type { RunContext } from '../model/spec.ts'
import type { Clock } from '../shared/clock.ts'

export type Undoing = {
  azure: Azure
  clock: Clock
  /** Of the main step: its nonce makes its lease this one's. */
  context: RunContext
  signal: AbortSignal
}

export const LOOK_EVERY_MS = 5_000
/** Of a change that others come before. */
export const MOST_TRIES = 5
/** The post step's own hold on what it undoes: a main that still runs finds it, and stops. */
export const HOLD_MS = 10 * 60_000

export function postsOwn(context: RunContext): RunContext {
  return { ...context, nonce: `${context.nonce} post` }
}
