import { nameOf } from '../kernel/resources.ts'
import type { NodeBehaviour, Stored, World } from '../kernel/types.ts'
import type { NodeFact } from './pool-facts.ts'
import { worldStart } from './pool-record.ts'

export type Look = { world: World; pool: Stored; now: number }

/** How the world says that nodes of this pool behave. */
export function behaviourOf({ world, pool }: Look): NodeBehaviour {
  return world.behaviour.nodes[nameOf(pool.id)] ?? {}
}

/** When the last of the tasks that run on a node ends; undefined when none runs at `now`. */
export function taskEndOf(look: Look, node: NodeFact): number | undefined {
  const ends = (behaviourOf(look).runningTasks ?? [])
    .filter(task => task.index === node.index)
    .map(task => worldStart(look.world) + task.endsAfterMs)
    .filter(at => at > look.now)
  return ends.length === 0 ? undefined : Math.max(...ends)
}
