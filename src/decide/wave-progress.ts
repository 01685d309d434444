/** What is known of a wave under way, what a look at it shows, and what comes of the look. */
import type { Pool } from '../model/observed.ts'
import type { NodeTargets } from '../model/plan.ts'
import type { NodeTally } from '../rules/node-health.ts'
import type { Done, Halt, Wait } from './decision.ts'

/** The wave under way. Undefined before this run has asked for the first one. */
export type WaveProgress = {
  target: NodeTargets
  /** What is asked for after `target`, whatever comes of that. */
  then?: NodeTargets
  /** 1-based; counts attempts without progress only. */
  attempt: number
  /** What the pool had when this attempt was asked for. */
  had: NodeTargets
  /** `resizeOperationStatus.startTime` before it was asked for: another one since is this run's own. */
  formerStartTime?: string
  /** What the pool's scale says, where this run has asked for nothing yet. */
  found?: NodeTargets
  /** Second chances that nodes of this wave were to have, and whether Batch took one of them. */
  chances?: number
  hadChance?: true
  /** The identity may give none. */
  isDenied?: true
  /** Nodes are on their way out; `then` comes in their place. */
  isReplacing?: true
}

/** `nodes` is undefined until the decision `look-at-nodes` has been followed. */
export type WaveView = {
  pool: Pool
  nodes?: NodeTally
  /** For how long fewer nodes have been listed than the pool has. */
  msShort: number
  /** Since this run’s last resize was taken on. */
  msSinceAsked: number
}

/** What is done to which nodes, and the wave's progress when it was, when Batch took it for none, and when the identity may not do it. */
export type SecondChance = {
  kind: 'second-chance'
  by: 'reboot' | 'replace'
  nodeIds: string[]
  progress: WaveProgress
  ifRefused: WaveProgress
  ifDenied: WaveProgress
  reason: string
}

export type WaveDecision =
  | Wait
  | Done
  | { kind: 'resize'; progress: WaveProgress; reason: string }
  | { kind: 'look-at-nodes'; reason: string }
  | SecondChance
  /** `blamesImage`: nodes that run it have failed again after their second chance. */
  | (Halt & { blamesImage?: true })
