import { nameOf } from '../kernel/resources.ts'
import type { NodeBehaviour, Stored, World } from '../kernel/types.ts'
import type { NodeFact, TaskRun } from './pool-facts.ts'
import { worldStart } from './pool-record.ts'

export type Look = { world: World; pool: Stored; now: number }

/** How the world says that nodes of this pool behave. */
export function behaviourOf({ world, pool }: Look): NodeBehaviour {
  const { nodes } = world.behaviour
  return nodes[nameOf(pool.id)] ?? nodes['*'] ?? {}
}

/** When the tasks end that the world has on a node at `now`. */
export function worldTaskEnds(look: Look, node: NodeFact): number[] {
  return (behaviourOf(look).runningTasks ?? [])
    .filter(task => task.index === node.index)
    .map(task => worldStart(look.world) + task.endsAfterMs)
    .filter(at => at > look.now)
}

/** Runs of clients' tasks on a node at `now`. */
export const runsAt = (node: NodeFact, now: number): TaskRun[] =>
  (node.runs ?? []).filter(run => run.at <= now && now < (run.ended?.at ?? Infinity))

/** When the last of the tasks that run on a node ends; undefined when none runs at `now`. */
export function taskEndOf(look: Look, node: NodeFact): number | undefined {
  const ends = [...worldTaskEnds(look, node), ...runsAt(node, look.now).map(run => run.endsAt)].filter(
    at => at > look.now
  )
  return ends.length === 0 ? undefined : Math.max(...ends)
}

/** Since when clients' tasks have run on the node without a break, or none has; undefined where none ever did. */
export function runsSince(node: NodeFact, now: number): number | undefined {
  let since: number | undefined
  let until = -Infinity
  for (const run of node.runs ?? []) {
    if (run.at > now) continue
    if (run.at > until) since = run.at
    until = Math.max(until, run.ended?.at ?? Infinity)
  }
  if (since === undefined) return undefined
  return until > now ? since : until
}
