import type { Stored, World } from '../kernel/types.ts'
import { numberOf, objectOf, textOf } from './json.ts'
import { behaviourOf, runsAt, worldTaskEnds, type Look } from './node-tasks.ts'
import { bootsOf, lastBoot } from './node-times.ts'
import { nodeState } from './nodes.ts'
import type { NodeFact, TaskRun } from './pool-facts.ts'
import { poolProperties } from './pool-nodes.ts'
import { factsOf, nodesAt } from './pool-record.ts'
import { affinityOf } from './task-view.ts'

/** A node that takes tasks, with the slots that it has left. */
export type Place = { node: NodeFact; free: number }

/** The nodes of the pool that take tasks at `look.now`: those that are idle or running, with slots left, and not on their way out. */
export function placesOf(look: Look): Place[] {
  const { pool, now } = look
  if (pool.deletedAt !== undefined) return []
  const properties = poolProperties(pool)
  const slots = numberOf(properties['taskSlotsPerNode'] ?? properties['maxTasksPerNode']) ?? 1
  return nodesAt(factsOf(pool), now)
    .filter(node => node.leavingAt === undefined && !isToRestart(node, now))
    .filter(node => ['idle', 'running'].includes(nodeState(look, node).state))
    .map(node => ({ node, free: slots - takenSlots(look, node) }))
    .filter(({ free }) => free > 0)
}

/** It waits for its tasks, and then reboots or is reimaged. */
const isToRestart = ({ rebootsAt = [], reimagesAt = [] }: NodeFact, now: number): boolean =>
  [...rebootsAt, ...reimagesAt].some(at => at > now)

function takenSlots(look: Look, node: NodeFact): number {
  const runs = runsAt(node, look.now)
  return worldTaskEnds(look, node).length + runs.reduce((sum, run) => sum + run.slots, 0)
}

/** When nodes of the pool get ready for tasks in the time from `from` to `look.now`. */
export function readyTimes(look: Look, from: number): number[] {
  const nodes = nodesAt(factsOf(look.pool), look.now)
  const boots = nodes.flatMap(node =>
    bootsOf(look, node).map(boot => (node.waitsForStartTask ? boot.startTaskEnd : boot.usable))
  )
  const ends = nodes.flatMap(node => worldTaskEnds({ ...look, now: from }, node))
  return [...boots, ...ends].filter(at => at > from && at <= look.now)
}

type Wish = { slots: number; affinityId: string | undefined }

/**
 * The place that a task gets. The node whose `affinityId` it names is a hint: where that is busy or unavailable, or where the world says
 * that it is missed, the task goes elsewhere. Else it goes where most is free, or least where the pool packs its nodes.
 */
export function choosePlace(look: Look, places: Place[], { slots, affinityId }: Wish): Place | undefined {
  const roomy = places.filter(({ free }) => free >= slots)
  const wanted = roomy.find(({ node }) => affinityOf(node) === affinityId)
  const others = roomy.filter(place => place !== wanted)
  if (wanted !== undefined) {
    const missed = wanted.node.affinityMissed ?? 0
    if (others.length === 0 || missed >= (behaviourOf(look).affinityMissedTimes ?? 0)) return wanted
    wanted.node.affinityMissed = missed + 1
  }
  const policy = textOf(objectOf(poolProperties(look.pool)['taskSchedulingPolicy'])['nodeFillType'])
  const sign = policy?.toLowerCase() === 'pack' ? -1 : 1
  return others.sort((a, b) => sign * (b.free - a.free) || a.node.index - b.node.index)[0]
}

/** Whether the job's preparation task has run on the node since it booted. */
export const isPrepared = (look: Look, node: NodeFact, jobId: string): boolean =>
  (node.runs ?? []).some(run => run.jobId === jobId && run.at >= lastBoot(look, node).at)

export const poolOfRun = (world: World, run: TaskRun): Stored | undefined => world.records.get(run.poolId.toLowerCase())

export const nodeOfRun = (world: World, run: TaskRun): NodeFact | undefined => {
  const pool = poolOfRun(world, run)
  return pool && factsOf(pool).nodes.find(({ id }) => id === run.nodeId)
}
