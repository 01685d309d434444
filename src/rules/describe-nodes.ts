/** Nodes in words. */
import { bearingOf } from '../model/node-state.ts'
import type { Node, Pool } from '../model/observed.ts'
import type { Aged } from '../model/node-state.ts'

/** `3 idle, 1 starting`, the most first. */
export function countStates(states: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1)
  const parts = [...counts].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b))
  return parts.length === 0 ? 'no nodes' : parts.map(([state, count]) => `${count} ${state}`).join(', ')
}

/** What a node says of itself, one line. */
export function describeNode({ node, ms }: Aged, pool: Pool | undefined): string {
  const errors = node.errors.map(error => [`${error.code}: ${error.message}`, ...error.details].join('; '))
  const { startTask } = node
  if (node.state === 'starttaskfailed' && startTask !== undefined) {
    const exit = startTask.exitCode === undefined ? '' : `exit code ${startTask.exitCode}`
    errors.push(['start task failed', exit, startTask.failure ?? ''].filter(part => part !== '').join(', '))
  }
  return `${node.nodeId} is ${node.state}: ${errors.length === 0 ? withoutError(node, ms, pool) : errors.join('; ')}`
}

/**
 * A node without an error is one that Batch doesn't hear of ("Node and pool error checking"): by its network where the pool is
 * in one of the user's, else by what is on it.
 */
function withoutError(node: Node, ms: number, pool: Pool | undefined): string {
  const minutes = Math.round(ms / 60_000)
  if (bearingOf(node) === 'pending') return `for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
  return hasSubnet(pool)
    ? 'no error given: Batch can’t reach the VM (network rules, DNS, routes of the pool’s subnet)'
    : 'no error given: Batch’s agent on the VM doesn’t answer (does the image boot to its end, has it room on its disk, does its own firewall let the agent out?)'
}

function hasSubnet(pool: Pool | undefined): boolean {
  const properties = pool?.body['properties'] as { networkConfiguration?: { subnetId?: unknown } } | undefined
  return properties?.networkConfiguration?.subnetId !== undefined
}
