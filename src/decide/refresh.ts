/** The closed loop of nodes that restart, a wave at a time: one look in, one decision out. */
import type { Aged } from '../model/node-state.ts'
import { bearingOf } from '../model/node-state.ts'
import type { Node } from '../model/observed.ts'
import type { RefreshNodesStep } from '../model/plan.ts'
import { countStates } from '../rules/describe-nodes.ts'
import { judgeHealth, tallyNodes } from '../rules/node-health.ts'
import { countedNodes, isLeft, nextWaveSize, nodesToRefresh, startedBefore } from '../rules/refresh.ts'
import type { Done, Halt, Wait } from './decision.ts'

export type RefreshView = {
  nodes: readonly Aged[]
  /** When the pool was changed: Azure's time, in ms since the epoch. */
  changedAt: number
  /** Since the wave under way was asked to restart. */
  msSinceAsked: number
}

type Shown = Pick<Node, 'state' | 'bootedAt'>

export type RefreshProgress = {
  /** What each node showed when this run asked it to restart, by its id: of all waves. */
  asked: Readonly<Record<string, Shown>>
  /** Ids of the wave under way, and of those of it that were seen restarting. */
  wave: readonly string[]
  away: readonly string[]
  /** Ids of nodes that Batch didn’t restart. */
  refused: readonly string[]
  /** That were begun. */
  waves: number
}

export const NOTHING_ASKED: RefreshProgress = { asked: {}, wave: [], away: [], refused: [], waves: 0 }

export type RefreshDecision =
  | (Wait & { progress: RefreshProgress })
  | { kind: 'restart'; nodeIds: string[]; reason: string }
  /** `left`: they keep what they started with. */
  | (Done & { left: Node[] })
  /** `bad`: the nodes that are the reason. */
  | (Halt & { bad: readonly Aged[] })

type RefreshSpec = Pick<
  RefreshNodesStep,
  'by' | 'canaryNodes' | 'waveSize' | 'drainTimeoutMs' | 'nodeTimeoutMs' | 'maxUnhealthy'
>

/** Nodes that are preempted or gone are not waited for. */
export function decideRefresh(step: RefreshSpec, view: RefreshView, before: RefreshProgress): RefreshDecision {
  const progress = { ...before, away: awayIn(view, before) }
  const waiting = view.nodes.filter(({ node }) => isWaiting(node, progress))
  if (waiting.length > 0 && view.msSinceAsked > step.drainTimeoutMs) return overdue(waiting)
  const judged = view.nodes.filter(({ node }) => isJudged(node, progress))
  const tally = tallyNodes(judged, step.nodeTimeoutMs)
  const asked = Object.keys(progress.asked).length
  const health = judgeHealth({
    tally: { ...tally, pending: tally.pending + waiting.length, total: tally.total + waiting.length },
    expected: tally.total + waiting.length,
    msShort: 0,
    outOf: asked,
    maxUnhealthy: step.maxUnhealthy,
    nodeTimeoutMs: step.nodeTimeoutMs,
    hasChance: false
  })
  const remaining = nodesToRefresh(nodesOf(view), view.changedAt).filter(({ nodeId }) => isOpen(nodeId, progress))
  const where = `${asked} of ${asked + remaining.length} nodes asked to restart`
  if (health.kind === 'bad') {
    const wayOut = `${health.wayOut}; those that weren’t asked to restart run what they started with`
    return { ...health, kind: 'halt', reason: `${where}; ${health.reason}`, wayOut, bad: tally.bad }
  }
  if (health.kind === 'wait')
    return { kind: 'wait', reason: `${where}; ${waveText(view, progress, waiting)}`, progress }
  const others = view.nodes.filter(aged => isAwayAnyhow(aged, step, { view, progress }))
  if (others.length > 0) {
    const which = countStates(others.map(({ node }) => node.state))
    return { kind: 'wait', reason: `${where}; ${which}, which this run hasn’t asked`, progress }
  }
  if (remaining.length === 0) return done(view, progress, asked)
  const size = nextWaveSize(step, { nodes: countedNodes(nodesOf(view)), begun: progress.waves })
  const nodeIds = remaining.slice(0, size).map(({ nodeId }) => nodeId)
  const next = `${nodeIds.length} ${nodeIds.length === 1 ? 'node' : 'nodes'} by ${step.by}`
  return { kind: 'restart', nodeIds, reason: `${where}; ${progress.waves === 0 ? 'first wave' : 'next wave'}: ${next}` }
}

const nodesOf = ({ nodes }: RefreshView): Node[] => nodes.map(({ node }) => node)

const isOpen = (nodeId: string, { asked, refused }: RefreshProgress): boolean =>
  asked[nodeId] === undefined && !refused.includes(nodeId)

/** What became of a wave that was asked for. */
export function withWave(
  progress: RefreshProgress,
  { nodes }: Pick<RefreshView, 'nodes'>,
  { taken, refused }: { taken: readonly string[]; refused: readonly string[] }
): RefreshProgress {
  const shown = nodes
    .filter(({ node }) => taken.includes(node.nodeId))
    .map(({ node: { nodeId, state, bootedAt } }) => [nodeId, { state, ...(bootedAt && { bootedAt }) }] as const)
  return {
    asked: { ...progress.asked, ...Object.fromEntries(shown) },
    wave: taken,
    away: [],
    refused: [...progress.refused, ...refused],
    waves: progress.waves + (taken.length > 0 ? 1 : 0)
  }
}

/** States of a node that restarts: whoever was seen in one has begun to. */
const AWAY: ReadonlySet<string> = new Set(['rebooting', 'reimaging', 'starting', 'waitingforstarttask'])

/** By somebody else’s request, or that of a run that was cut off: it is out as well, and takes the change. Not one that is new. */
function isAwayAnyhow(
  { node, ms }: Aged,
  { nodeTimeoutMs }: RefreshSpec,
  { view, progress }: { view: RefreshView; progress: RefreshProgress }
): boolean {
  const isOwn = progress.asked[node.nodeId] !== undefined
  return !isOwn && AWAY.has(node.state) && isFormer(node, view.changedAt) && ms <= nodeTimeoutMs
}

const isFormer = (node: Node, changedAt: number): boolean =>
  node.allocatedAt === undefined ? startedBefore(node, changedAt) : Date.parse(node.allocatedAt) < changedAt

function awayIn({ nodes }: RefreshView, { wave, away }: RefreshProgress): string[] {
  const seen = nodes.filter(({ node }) => AWAY.has(node.state)).map(({ node }) => node.nodeId)
  return wave.filter(nodeId => away.includes(nodeId) || seen.includes(nodeId))
}

/** For its tasks, or for Batch’s answers to show that it restarts: it looks as it did when it was asked. */
function isWaiting(node: Node, { asked, wave, away }: RefreshProgress): boolean {
  const before = asked[node.nodeId]
  if (before === undefined || !wave.includes(node.nodeId) || away.includes(node.nodeId)) return false
  return node.bootedAt === before.bootedAt && (bearingOf(node) === 'healthy' || node.state === before.state)
}

/** Of earlier waves all but those that start anew, as one that was preempted may. */
function isJudged(node: Node, progress: RefreshProgress): boolean {
  if (progress.asked[node.nodeId] === undefined || isWaiting(node, progress)) return false
  return progress.wave.includes(node.nodeId) || bearingOf(node) !== 'pending'
}

function overdue(waiting: readonly Aged[]): RefreshDecision {
  const which = waiting.length === 1 ? '1 node has' : `${waiting.length} nodes have`
  return {
    kind: 'halt',
    failure: 'drain-timeout',
    reason: `${which} not begun to restart, and the drain-timeout is up`,
    wayOut:
      'give the tasks longer (drain-timeout, within the deadline), or drain: requeue; a node that was asked restarts when its ' +
      'tasks are done, and the next run goes on with the others',
    bad: waiting
  }
}

function waveText({ nodes }: RefreshView, { wave }: RefreshProgress, waiting: readonly Aged[]): string {
  const shown = nodes.filter(aged => wave.includes(aged.node.nodeId) && !waiting.includes(aged))
  const parts = [
    ...(waiting.length > 0 ? [`${waiting.length} not begun yet`] : []),
    ...(shown.length > 0 ? [countStates(shown.map(({ node }) => node.state))] : [])
  ]
  return `of this wave ${parts.join(', ')}`
}

function done(view: RefreshView, { asked, refused }: RefreshProgress, count: number): RefreshDecision {
  const left = nodesOf(view).filter(
    node =>
      asked[node.nodeId] === undefined &&
      (isLeft(node, view.changedAt) || (refused.includes(node.nodeId) && startedBefore(node, view.changedAt)))
  )
  const restarted = `${count} ${count === 1 ? 'node has' : 'nodes have'} restarted`
  return { kind: 'done', reason: count === 0 ? 'no node has started before the change' : restarted, left }
}
