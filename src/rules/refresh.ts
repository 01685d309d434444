/**
 * Nodes take another start task, and other application packages, only when they start: which of them have started before a
 * change, and in which waves they restart. All times are Azure's.
 */
import type { Node, Pool } from '../model/observed.ts'
import { REFRESH_ITEM } from '../model/own-metadata.ts'
import type { MetadataItem, RefreshNodesStep } from '../model/plan.ts'
import { bearingOf } from '../model/node-state.ts'

const ON_START: ReadonlySet<string> = new Set(['startTask', 'applicationPackages'])

/** @param path of a difference: dotted, from `properties` down */
export const isTakenOnStart = ({ path }: { path: string }): boolean => ON_START.has(path.split(/[.[]/)[0] ?? path)

/** The time of the change is known only when it is written (`refreshItemAt`). */
export const PLANNED_REFRESH: MetadataItem = { name: REFRESH_ITEM, value: '{}' }

/** @param now of the change that is written, in ms since the epoch */
export function refreshItemAt(items: readonly MetadataItem[], now: number): MetadataItem[] {
  const value = JSON.stringify({ changedAt: new Date(now).toISOString() })
  return items.map(item => (item.name === REFRESH_ITEM ? { name: REFRESH_ITEM, value } : item))
}

/** When the last change was made that nodes are still to restart for, in ms since the epoch. Undefined: none is noted. */
export function changedAtOf({ metadata }: Pick<Pool, 'metadata'>): number | undefined {
  const note = metadata.find(({ name }) => name === REFRESH_ITEM)?.value
  if (note === undefined) return undefined
  try {
    const at = Date.parse((JSON.parse(note) as { changedAt: string }).changedAt)
    return Number.isNaN(at) ? undefined : at
  } catch {
    return undefined // nobody's: this action writes whole ones
  }
}

/** A node that starts while the change is on its way may have got either: it restarts once more, which costs little. */
const DOUBTFUL_MS = 60_000

/** One that has not started yet, or is given back after it was preempted, starts after the change. */
export function startedBefore({ bootedAt }: Node, changedAt: number): boolean {
  return bootedAt !== undefined && Date.parse(bootedAt) < changedAt + DOUBTFUL_MS
}

/** What Batch restarts: idle and running nodes (service contract), and those whose start task has failed, which cost no capacity. */
const RESTARTABLE = ['idle', 'running', 'starttaskfailed']

/** Those that cost the least first; those that have failed last, as they would speak for nothing in a first wave. */
export function nodesToRefresh(nodes: readonly Node[], changedAt: number): Node[] {
  return nodes
    .filter(node => node.state === 'starttaskfailed' || startedBefore(node, changedAt))
    .filter(({ state }) => RESTARTABLE.includes(state))
    .toSorted((a, b) => RESTARTABLE.indexOf(a.state) - RESTARTABLE.indexOf(b.state))
}

/** Of nodes that have started before the change, those that nothing restarts: out of scheduling, or lost to Batch. */
export function isLeft(node: Node, changedAt: number): boolean {
  return ['offline', 'unusable', 'unknown'].includes(node.state) && startedBefore(node, changedAt)
}

type Waves = Pick<RefreshNodesStep, 'canaryNodes' | 'waveSize'>

/**
 * Nodes that may be out at a time: `all` is a tenth of the pool, and half of it are always left.
 * @param nodes that the pool has
 */
export function mostAtOnce({ waveSize }: Pick<Waves, 'waveSize'>, nodes: number): number {
  const asked = waveSize === 'all' ? Math.floor(nodes / 10) : waveSize
  return Math.max(1, Math.min(asked, Math.floor(nodes / 2)))
}

/**
 * Nodes of the next wave.
 * @param begun how many waves there were
 */
export function nextWaveSize(waves: Waves, { nodes, begun }: { nodes: number; begun: number }): number {
  const most = mostAtOnce(waves, nodes)
  return begun === 0 && waves.canaryNodes > 0 ? Math.min(waves.canaryNodes, most) : most
}

/** How many waves `toRestart` of the pool’s `nodes` take. */
export function wavesFor(waves: Waves, { nodes, toRestart }: { nodes: number; toRestart: number }): number {
  const first = nextWaveSize(waves, { nodes, begun: 0 })
  return 1 + Math.ceil(Math.max(0, toRestart - first) / mostAtOnce(waves, nodes))
}

/** Nodes that a pool is reckoned to have: what is preempted, or on its way out, is no capacity. */
export const countedNodes = (nodes: readonly Node[]): number => nodes.filter(node => bearingOf(node) !== 'apart').length
