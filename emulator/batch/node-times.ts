import type { Look } from './node-tasks.ts'
import { behaviourOf } from './node-tasks.ts'
import type { NodeFact } from './pool-facts.ts'

/** From creation to idle without a start task: recorded 16 to 60 s for Linux. */
const START_MS = 60_000
const START_TASK_MS = 5_000
/** Share of the time to idle that a node is `creating`: recorded 11 of 47 s. */
const CREATING_SHARE = 0.2
/**
 * `rebooting`, or `reimaging`, and then `starting` of a node that is asked to (recorded 2025, Windows: 66 s and 5 s, 8 min 36 s and
 * 17 s).
 */
const RESTARTS = {
  reboot: { awayMs: 66_000, startMs: 5_000 },
  reimage: { awayMs: 516_000, startMs: 17_000 }
} as const

export type Restart = keyof typeof RESTARTS

/** How a node came to be where it is: made, given back by Azure, rebooted, or reimaged. */
export type Boot = {
  /** Its turn, from 0: how often the start task ran before. */
  turn: number
  /** Undefined where it was made, or given back. */
  restart: Restart | undefined
  at: number
  /** When it boots, has booted, can be used, and is through with its start task, which begins when it can be used. */
  starting: number
  started: number
  usable: number
  startTaskEnd: number
}

export function preemptionOf(look: Look, node: NodeFact): { preemptedAt: number; restoredAt: number } {
  const preempted = behaviourOf(look).preempted?.find(({ index }) => index === node.index && !node.isDedicated)
  const preemptedAt = node.createdAt + (preempted?.afterMs ?? Infinity)
  return { preemptedAt, restoredAt: preemptedAt + (preempted?.restoredAfterMs ?? Infinity) }
}

/** All that were until now, the last one last. A node that Azure has given back boots as a new one does. */
export function bootsOf(look: Look, node: NodeFact): Boot[] {
  const { restoredAt } = preemptionOf(look, node)
  const begun = [
    { at: node.createdAt, restart: undefined },
    { at: restoredAt, restart: undefined },
    ...(node.rebootsAt ?? []).map(at => ({ at, restart: 'reboot' as const })),
    ...(node.reimagesAt ?? []).map(at => ({ at, restart: 'reimage' as const }))
  ]
  return begun
    .filter(({ at }) => at <= look.now)
    .sort((a, b) => a.at - b.at)
    .map((begun, turn) => bootAt(look, node, { ...begun, turn }))
}

export function lastBoot(look: Look, node: NodeFact, boots: readonly Boot[] = bootsOf(look, node)): Boot {
  return boots.at(-1) ?? bootAt(look, node, { at: node.createdAt, restart: undefined, turn: 0 })
}

function bootAt(look: Look, node: NodeFact, begun: Pick<Boot, 'at' | 'restart' | 'turn'>): Boot {
  const { startMs = START_MS, startTaskMs = START_TASK_MS, unusable, unusableForMs = Infinity } = behaviourOf(look)
  const isFromStart = behaviourOf(look).unusableAfterMs === undefined && isNamed(unusable, node)
  const { at, restart } = begun
  const starting = at + (restart === undefined ? startMs * CREATING_SHARE : RESTARTS[restart].awayMs)
  const started = restart === undefined ? at + startMs : starting + RESTARTS[restart].startMs
  const usable = started + (isFromStart ? unusableForMs : 0)
  return { ...begun, starting, started, usable, startTaskEnd: usable + (node.hasStartTask ? startTaskMs : 0) }
}

/** When a node that was at work is lost to Batch, and when it has it back; never, mostly. */
export function unusableWhile(look: Look, node: NodeFact, { started }: Boot): { from: number; until: number } {
  const { unusable, unusableAfterMs = Infinity, unusableForMs = Infinity } = behaviourOf(look)
  const from = isNamed(unusable, node) ? started + unusableAfterMs : Infinity
  return { from, until: from + unusableForMs }
}

export function isNamed(indexes: number[] | 'all' | undefined, node: NodeFact): boolean {
  return indexes === 'all' || (indexes?.includes(node.index) ?? false)
}

/** Whether the start task of this boot fails. */
export function startTaskFails(look: Look, node: NodeFact, { turn }: Boot): boolean {
  const behaviour = behaviourOf(look)
  const { startTaskFails: failing, startTaskFailsTimes = Infinity, startTaskFailsFromTurn = 0 } = behaviour
  const isOnImage = String(node.imageReference.id ?? '').includes(behaviour.startTaskFailsOn ?? '')
  const isInTurn = turn >= startTaskFailsFromTurn && turn < startTaskFailsFromTurn + startTaskFailsTimes
  return node.hasStartTask && isNamed(failing, node) && isOnImage && isInTurn
}
