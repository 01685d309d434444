import type { Look } from './node-tasks.ts'
import { behaviourOf } from './node-tasks.ts'
import type { NodeFact } from './pool-facts.ts'

/** From creation to idle without a start task: recorded 16 to 60 s for Linux. */
const START_MS = 60_000
const START_TASK_MS = 5_000
/** Share of the time to idle that a node is `creating`: recorded 11 of 47 s. */
const CREATING_SHARE = 0.2
/** `rebooting` and then `starting` of a node that is rebooted (recorded 2025, Windows: 66 s and 5 s). */
const REBOOTING_MS = 66_000
const REBOOTED_START_MS = 5_000

/** How a node came to be where it is: made, given back by Azure, or rebooted. */
export type Boot = {
  /** Its turn, from 0: how often the start task ran before. */
  turn: number
  isReboot: boolean
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
    { at: node.createdAt, isReboot: false },
    { at: restoredAt, isReboot: false },
    ...(node.rebootsAt ?? []).map(at => ({ at, isReboot: true }))
  ]
  return begun
    .filter(({ at }) => at <= look.now)
    .sort((a, b) => a.at - b.at)
    .map(({ at, isReboot }, turn) => bootAt(look, node, { at, isReboot, turn }))
}

export function lastBoot(look: Look, node: NodeFact, boots: readonly Boot[] = bootsOf(look, node)): Boot {
  return boots.at(-1) ?? bootAt(look, node, { at: node.createdAt, isReboot: false, turn: 0 })
}

function bootAt(look: Look, node: NodeFact, begun: Pick<Boot, 'at' | 'isReboot' | 'turn'>): Boot {
  const { startMs = START_MS, startTaskMs = START_TASK_MS, unusable, unusableForMs = Infinity } = behaviourOf(look)
  const isFromStart = behaviourOf(look).unusableAfterMs === undefined && isNamed(unusable, node)
  const { at, isReboot } = begun
  const starting = at + (isReboot ? REBOOTING_MS : startMs * CREATING_SHARE)
  const started = isReboot ? starting + REBOOTED_START_MS : at + startMs
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
  const { startTaskFails: failing, startTaskFailsTimes = Infinity, startTaskFailsOn = '' } = behaviourOf(look)
  const isOnImage = String(node.imageReference.id ?? '').includes(startTaskFailsOn)
  return node.hasStartTask && isNamed(failing, node) && isOnImage && turn < startTaskFailsTimes
}
