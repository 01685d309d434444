import { durationOf } from '../kernel/durations.ts'
import type { Stored, World } from '../kernel/types.ts'
import type { NodeFact } from './pool-facts.ts'
import { factsOf, nodesAt } from './pool-record.ts'
import { taskEndOf } from './node-tasks.ts'
import { durationMs } from './time.ts'

/** From a node's beginning to leave to its being gone; recorded 135 to 230 s for deletions and a stop. */
const LEAVE_MS = 150_000

type Departure = { world: World; pool: Stored; now: number; removeIds?: string[] | undefined }

/**
 * Writes down which nodes the pool's new resize takes away, and when. Idle nodes go before running ones, the newest first.
 * `TaskCompletion` waits for a node's task; a node whose task would outlast `resizeTimeout` stays.
 */
export function leaveTimes(departure: Departure): void {
  const { world, pool, now, removeIds } = departure
  const facts = factsOf(pool)
  const resize = facts.resize
  if (resize === undefined) return
  const leaveMs = durationOf(world, 'node.leave', LEAVE_MS)
  const deadline = now + (durationMs(resize.resizeTimeout) ?? 0)
  for (const node of removeIds === undefined
    ? surplus(departure)
    : nodesAt(facts, now).filter(({ id }) => removeIds.includes(id))) {
    if (node.leavingAt !== undefined) continue
    const taskEnd = resize.option === 'TaskCompletion' ? (taskEndOf(departure, node) ?? now) : now
    if (taskEnd + leaveMs > deadline) {
      resize.staying[node.isDedicated ? 'dedicated' : 'lowPriority']++
      continue
    }
    node.leavingAt = taskEnd
    node.goneAt = taskEnd + leaveMs
  }
}

function surplus({ world, pool, now }: Departure): NodeFact[] {
  const facts = factsOf(pool)
  const target = facts.resize?.target ?? { dedicated: 0, lowPriority: 0 }
  return [true, false].flatMap(isDedicated => {
    const nodes = nodesAt(facts, now).filter(node => node.isDedicated === isDedicated)
    const tooMany = Math.max(0, nodes.length - (isDedicated ? target.dedicated : target.lowPriority))
    return nodes
      .map(node => ({ node, busyUntil: taskEndOf({ world, pool, now }, node) ?? 0 }))
      .sort((a, b) => a.busyUntil - b.busyUntil || b.node.index - a.node.index)
      .slice(0, tooMany)
      .map(({ node }) => node)
  })
}
