/** Judges nodes by their states. `steady` says nothing of them. */
import type { FailureReason } from '../model/failure.ts'
import { bearingOf, type Bearing } from '../model/node-state.ts'
import type { Node } from '../model/observed.ts'
import type { MaxUnhealthy } from '../model/spec.ts'

export type NodeTally = {
  total: number
  healthy: number
  unhealthy: number
  apart: number
  pending: number
  /** `10 starting, 1 idle`. */
  states: string
}

export function tallyNodes(nodes: readonly Node[]): NodeTally {
  const count = (bearing: Bearing): number => nodes.filter(node => bearingOf(node) === bearing).length
  return {
    total: nodes.length,
    healthy: count('healthy'),
    unhealthy: count('unhealthy'),
    apart: count('apart'),
    pending: count('pending'),
    states: countStates(nodes.map(({ state }) => state))
  }
}

export function unhealthyNodes(nodes: readonly Node[]): Node[] {
  return nodes.filter(node => bearingOf(node) === 'unhealthy')
}

/** How many of `nodes` may be unhealthy; a share is rounded down. */
export function allowedUnhealthy(max: MaxUnhealthy, nodes: number): number {
  return 'nodes' in max ? max.nodes : Math.floor(max.share * nodes)
}

/** `3 idle, 1 starting`, the most first. */
export function countStates(states: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1)
  const parts = [...counts].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b))
  return parts.length === 0 ? 'no nodes' : parts.map(([state, count]) => `${count} ${state}`).join(', ')
}

/** What a node says of itself, one line. */
export function describeNode(node: Node): string {
  const errors = node.errors.map(error => [`${error.code}: ${error.message}`, ...error.details].join('; '))
  const { startTask } = node
  if (node.state === 'starttaskfailed' && startTask !== undefined) {
    const exit = startTask.exitCode === undefined ? '' : `exit code ${startTask.exitCode}`
    errors.push(['start task failed', exit, startTask.failure ?? ''].filter(part => part !== '').join(', '))
  }
  const said =
    errors.length === 0 ? 'no error given: Batch can’t reach the VM (network rules, DNS, routes)' : errors.join('; ')
  return `${node.nodeId} is ${node.state}: ${said}`
}

export type HealthQuestion = {
  tally: NodeTally
  /** Nodes that the pool says it has; the list can lag behind. */
  expected: number
  /** Nodes that the share of max-unhealthy is of. */
  outOf: number
  maxUnhealthy: MaxUnhealthy
  /** How long nodes may stay as they are without being ready. */
  settleMs: number
  msWithoutChange: number
}

/** Within max-unhealthy, and still nothing that speaks for the image: not one node is healthy. */
function noneHealthy({ states }: NodeTally): Health {
  return {
    kind: 'halt',
    failure: 'nodes-unhealthy',
    reason: `${states}, and none is healthy`,
    wayOut: 'look at the nodes’ errors; they stay as they are, so that you can sign in to one'
  }
}

export type Health =
  | { kind: 'healthy' }
  | { kind: 'wait'; reason: string }
  | { kind: 'halt'; failure: FailureReason; reason: string; wayOut: string }

/** Healthy, not yet, or never. At least one node must be: preempted ones, and none at all, prove nothing. */
export function judgeHealth({
  tally,
  expected,
  outOf,
  maxUnhealthy,
  settleMs,
  msWithoutChange
}: HealthQuestion): Health {
  const allowed = allowedUnhealthy(maxUnhealthy, outOf)
  if (tally.unhealthy > allowed) {
    return {
      kind: 'halt',
      failure: 'nodes-unhealthy',
      reason: `${tally.unhealthy} unhealthy, and max-unhealthy allows ${allowed}`,
      wayOut: 'look at the nodes’ errors; they stay as they are, so that you can sign in to one'
    }
  }
  const missing = Math.max(expected - tally.total, 0) + tally.pending
  if (missing === 0 && tally.healthy > 0) return { kind: 'healthy' }
  if (missing === 0 && tally.unhealthy > 0) return noneHealthy(tally)
  if (msWithoutChange <= settleMs) return { kind: 'wait', reason: tally.states }
  return {
    kind: 'halt',
    failure: 'nodes-stuck',
    reason: `${tally.states}, and nothing has changed for ${Math.round(msWithoutChange / 60_000)} minutes`,
    wayOut: 'look at the start task of the waiting nodes; a longer resize-timeout waits longer'
  }
}
