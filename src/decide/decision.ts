/** What every closed loop can come to after a look at Azure. What a loop does besides is in its own decisions. */
import type { Verdict } from '../rules/node-health.ts'

export type Wait = { kind: 'wait'; reason: string }
export type Done = { kind: 'done'; reason: string }
/** It can’t end well any more. */
export type Halt = { kind: 'halt' } & Verdict
