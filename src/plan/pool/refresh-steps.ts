/** Nodes that keep what they started with: whether they restart, in which waves, and when nothing is owed to them any more. */
import { bearingOf } from '../../model/node-state.ts'
import type { Node, Pool } from '../../model/observed.ts'
import type { Difference } from '../../model/plan.ts'
import {
  changedAtOf,
  countedNodes,
  isTakenOnStart,
  mostAtOnce,
  nextWaveSize,
  nodesToRefresh,
  startedBefore,
  wavesFor
} from '../../rules/refresh.ts'
import { withoutRefreshNote } from './change-steps.ts'
import { addressOf, type Situation, type WantedPool } from '../situation.ts'
import { firstWaveOf, releaseStep, verifySteps, type StepDraft } from './steps.ts'
import { NO_CHANGE } from '../../rules/pool-metadata.ts'

/** What a node is away at least, in minutes: recorded 71 s of a reboot, and 8 min 53 s of a reimage. */
const LEAST_MINUTES = { reboot: 71 / 60, reimage: 533 / 60 } as const

type Change = { pool: Pool; differences: readonly Difference[] }

/** Undefined where none is asked for, and where no node needs one. */
export function refreshStep(situation: Situation, wanted: WantedPool, change: Change): StepDraft | undefined {
  const { spec } = wanted
  const by = spec.refreshNodes
  const nodes = owed(situation, change)
  const isEmptied = wanted.scale.kind === 'fixed' && wanted.nodes === 0
  if (by === 'none' || nodes.length === 0 || isEmptied) return undefined
  const waves = { canaryNodes: firstWaveOf(wanted), waveSize: spec.waveSize }
  const counts = { nodes: countedNodes(situation.observed.nodes), toRestart: nodes.length }
  return {
    id: 'refresh-nodes',
    kind: 'refresh-nodes',
    title: `restart ${describeNodes(nodes.length)} of pool ${spec.poolName} by ${by}`,
    reason: reasonOf(waves, counts, { by, drain: spec.drain }),
    ...addressOf(wanted),
    by,
    ...waves,
    drain: spec.drain,
    drainTimeoutMs: spec.drainTimeoutMs,
    nodeTimeoutMs: spec.nodeTimeoutMs,
    maxUnhealthy: spec.maxUnhealthy,
    metadata: NO_CHANGE
  }
}

/** Those that are there when the pool is changed; without a change those that an earlier run has left. */
function owed({ observed }: Situation, { pool, differences }: Change): Node[] {
  if (differences.some(isTakenOnStart)) return observed.nodes.filter(node => bearingOf(node) !== 'apart')
  const changedAt = changedAtOf(pool)
  return changedAt === undefined ? [] : nodesToRefresh(observed.nodes, changedAt)
}

type Waves = Parameters<typeof wavesFor>[0]
type Counts = Parameters<typeof wavesFor>[1]
type How = { by: keyof typeof LEAST_MINUTES; drain: WantedPool['spec']['drain'] }

/** `1 node first, then 10 at a time, each wave healthy before the next; 3 waves, 4 minutes at least`. */
function reasonOf(waves: Waves, counts: Counts, { by, drain }: How): string {
  const [first, most, count] = [
    nextWaveSize(waves, { nodes: counts.nodes, begun: 0 }),
    mostAtOnce(waves, counts.nodes),
    wavesFor(waves, counts)
  ]
  const order =
    count === 1
      ? `${describeNodes(Math.min(first, counts.toRestart))} at a time`
      : first === most
        ? `${most} at a time, each wave healthy before the next`
        : `${first} first, then ${most} at a time, each wave healthy before the next`
  const minutes = Math.ceil(count * LEAST_MINUTES[by])
  const tasks = drain === 'task-completion' ? ', and as long as their tasks take' : ''
  const least = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} at least${tasks}`
  return `they take the change only when they start; ${order}; ${count} ${count === 1 ? 'wave' : 'waves'}, ${least}`
}

const describeNodes = (nodes: number): string => (nodes === 1 ? '1 node' : `${nodes} nodes`)

type Around = { situation: Situation; wanted: WantedPool; pool: Pool }

/** Once the pool has its size, and before it is let go of. */
export function withRefresh(
  { situation, wanted, pool }: Around,
  refresh: StepDraft,
  scaling: readonly StepDraft[]
): StepDraft[] {
  const finish = scaling.findIndex(({ kind }) => kind === 'finish-pool')
  if (finish >= 0) return [...scaling.slice(0, finish), refresh, ...scaling.slice(finish).map(refreshIsDone)]
  const release = releaseStep(
    situation,
    wanted,
    'this run’s lease goes from its metadata, and the note of what is still to restart'
  )
  return [...scaling, refresh, ...verifySteps(wanted, pool), refreshIsDone(release)]
}

export function refreshIsDone(step: StepDraft): StepDraft {
  return step.kind === 'finish-pool' ? { ...step, metadata: withoutRefreshNote(step.metadata) } : step
}

/** An earlier run has noted that nodes are to restart, and all have, whoever restarted them. */
export function isRefreshed({ observed }: Situation, pool: Pool): boolean {
  const changedAt = changedAtOf(pool)
  if (changedAt === undefined) return false
  return stillOwed(observed.nodes, changedAt) === 0
}

/** For a pool that is as wanted save for what its nodes run. */
export function owedText({ observed }: Situation, pool: Pool): string {
  const changedAt = changedAtOf(pool)
  if (changedAt === undefined) return ''
  const nodes = stillOwed(observed.nodes, changedAt)
  const [have, take] = nodes === 1 ? ['has', 'takes it on its'] : ['have', 'take it on their']
  return `; ${describeNodes(nodes)} of it ${have} started before its last change, and ${take} next start (refresh-nodes)`
}

function stillOwed(nodes: readonly Node[], changedAt: number): number {
  return nodes.filter(node => isThere(node) && startedBefore(node, changedAt)).length
}

/** A node that is out of scheduling goes on with what it has, once somebody takes it back. */
const isThere = (node: Node): boolean => bearingOf(node) !== 'apart' || node.state === 'offline'
