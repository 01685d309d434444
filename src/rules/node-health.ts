/** Judges nodes by their states, and by how long they have been in them. `steady` says nothing of them. */
import type { FailureReason, Repetition } from '../model/failure.ts'
import { bearingOf, speaksAgainstImage, type Aged } from '../model/node-state.ts'
import type { GalleryImageVersion, Node } from '../model/observed.ts'
import type { MaxUnhealthy } from '../model/spec.ts'
import { countStates } from './describe-nodes.ts'

export type NodeTally = {
  total: number
  healthy: number
  /** Their start task failed, or Batch has not got them back in the time that it was given. */
  unhealthy: number
  /** On their way, or in a state that nobody knows, for longer than they may. */
  stuck: number
  apart: number
  pending: number
  /** The unhealthy and the stuck ones. */
  bad: Aged[]
  /** Of those, how many say something of the image. */
  against: number
  /** For how long the last of the preempted ones has been so; undefined where there are none. */
  preemptedMs?: number
  /** `10 starting, 1 idle`. */
  states: string
}

type Standing = 'healthy' | 'unhealthy' | 'stuck' | 'apart' | 'pending'

/**
 * Batch gets many unusable nodes back by itself, in 15 to 45 minutes, and a start task may take longer than a boot: a node is
 * judged when its time is up.
 */
function standingOf({ node, ms }: Aged, nodeTimeoutMs: number): Standing {
  const bearing = bearingOf(node)
  const runsStartTask = node.state === 'waitingforstarttask' || node.startTask?.state === 'running'
  const isOver = ms > (runsStartTask ? 2 * nodeTimeoutMs : nodeTimeoutMs)
  if (node.state === 'unusable') return isOver ? 'unhealthy' : 'pending'
  return bearing === 'pending' && isOver ? 'stuck' : bearing
}

export function tallyNodes(nodes: readonly Aged[], nodeTimeoutMs: number): NodeTally {
  const standings = nodes.map(aged => standingOf(aged, nodeTimeoutMs))
  const count = (standing: Standing): number => standings.filter(one => one === standing).length
  const bad = nodes.filter((_, index) => standings[index] === 'unhealthy' || standings[index] === 'stuck')
  const preempted = nodes.filter(({ node }) => node.state === 'preempted').map(({ ms }) => ms)
  return {
    total: nodes.length,
    healthy: count('healthy'),
    unhealthy: count('unhealthy'),
    stuck: count('stuck'),
    apart: count('apart'),
    pending: count('pending'),
    bad,
    against: bad.filter(({ node }) => speaksAgainstImage(node)).length,
    ...(preempted.length === 0 ? {} : { preemptedMs: Math.min(...preempted) }),
    states: countStates(nodes.map(({ node }) => node.state))
  }
}

/** How many of `nodes` may be unhealthy; a share is rounded down. */
export function allowedUnhealthy(max: MaxUnhealthy, nodes: number): number {
  return 'nodes' in max ? max.nodes : Math.floor(max.share * nodes)
}

type HealthQuestion = {
  tally: NodeTally
  /** Nodes that the pool says it has; the list can lag behind. */
  expected: number
  /** Ms for which the list has had fewer. */
  msShort: number
  /** Nodes that the share of max-unhealthy is of. */
  outOf: number
  maxUnhealthy: MaxUnhealthy
  nodeTimeoutMs: number
  /** Something can still be done about nodes that failed: the others are waited for first. */
  hasChance: boolean
}

export type Verdict = { failure: FailureReason; reason: string; wayOut: string; repetition?: Repetition }
type Health =
  | { kind: 'healthy' }
  | { kind: 'wait'; reason: string }
  /** More than may be, or all that are left. */
  | ({ kind: 'bad' } & Verdict)
  /** Every one of them is preempted, or was taken out of scheduling: they prove nothing, and speak against nothing. */
  | { kind: 'apart' }

/** Healthy, not yet, or never. At least one node must be: preempted ones, and none at all, prove nothing. */
export function judgeHealth(question: HealthQuestion): Health {
  const { tally, expected, msShort, outOf, maxUnhealthy, nodeTimeoutMs, hasChance } = question
  const allowed = allowedUnhealthy(maxUnhealthy, outOf)
  const missing = Math.max(expected - tally.total, 0)
  const isLate = msShort > nodeTimeoutMs
  const unlisted = isLate ? missing : 0
  const pending = tally.pending + (isLate ? 0 : missing)
  const bad = tally.unhealthy + tally.stuck + unlisted
  if (bad > allowed && (pending === 0 || !hasChance)) {
    return badOf(tally, unlisted, `${describeBad(tally, unlisted)}, and max-unhealthy allows ${allowed}`)
  }
  if (pending > 0) return { kind: 'wait', reason: tally.states + patience(tally, nodeTimeoutMs) }
  if (tally.healthy > 0) return { kind: 'healthy' }
  return bad > 0 ? badOf(tally, unlisted, `${tally.states}, and none is healthy`) : { kind: 'apart' }
}

function badOf(tally: NodeTally, unlisted: number, reason: string): Health {
  return tally.unhealthy > 0
    ? {
        kind: 'bad',
        failure: 'nodes-unhealthy',
        reason,
        wayOut: 'look at the nodes’ errors; they stay as they are, so that you can sign in to one'
      }
    : {
        kind: 'bad',
        failure: 'nodes-stuck',
        reason: unlisted === 0 ? reason : `${reason}; Batch lists ${unlisted} fewer nodes than the pool has`,
        wayOut: 'look at what the waiting nodes do (start task, agent); a longer node-timeout waits longer'
      }
}

/** `2 unhealthy and 1 stuck (1 unknown)`. */
function describeBad(tally: NodeTally, unlisted: number): string {
  const stuck = tally.bad.map(({ node }) => node.state).filter(state => bearingOf({ state }) === 'pending')
  const parts = [
    ...(tally.unhealthy > 0 ? [`${tally.unhealthy} unhealthy`] : []),
    ...(stuck.length > 0 ? [`${stuck.length} stuck (${countStates(stuck)})`] : []),
    ...(unlisted > 0 ? [`${unlisted} not listed`] : [])
  ]
  return parts.join(' and ')
}

/** Only where a wait would surprise: an unusable node is no healthy one. */
function patience({ states }: NodeTally, nodeTimeoutMs: number): string {
  if (!/\bunusable\b/.test(states)) return ''
  return `; Batch has ${Math.round(nodeTimeoutMs / 60_000)} minutes to get an unusable node back (node-timeout)`
}

/** What is said of nodes that are all apart, when nothing more is waited for. */
export function apartVerdict({ states, preemptedMs }: NodeTally, nodeTimeoutMs: number): Verdict {
  const minutes = Math.round(nodeTimeoutMs / 60_000)
  return preemptedMs === undefined
    ? {
        failure: 'nodes-stuck',
        reason: `${states}, and none takes tasks`,
        wayOut: 'find out who has taken the nodes out of scheduling (az batch node scheduling enable), then run again'
      }
    : {
        failure: 'allocation-failed',
        reason: `${states}, and Batch has brought none back for ${minutes} minutes`,
        wayOut: 'run again later, or ask for dedicated nodes, another vmSize or another region'
      }
}

/**
 * Both times are Azure's own. A version keeps its `publishedDate` through all changes (recorded 2025-01-07), and a node its
 * allocation time (Batch data-plane contract), so that neither makes a node that runs it look older.
 */
export function isOlderThan({ allocatedAt }: Node, { publishedAt }: Pick<GalleryImageVersion, 'publishedAt'>): boolean {
  return allocatedAt !== undefined && publishedAt !== undefined && Date.parse(allocatedAt) < Date.parse(publishedAt)
}
