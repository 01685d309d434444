/** The closed loop of nodes that must stay healthy for a while: of a pool that has all of them, or of a formula. */
import { bearingOf, type Aged } from '../model/node-state.ts'
import type { Pool } from '../model/observed.ts'
import type { BakeNodesStep } from '../model/plan.ts'
import { apartVerdict, judgeHealth, tallyNodes, type NodeTally } from '../rules/node-health.ts'
import { nodesOf, totalOf } from '../rules/node-targets.ts'
import { formatDurationMs } from '../shared/duration.ts'
import type { Done, Halt, Wait } from './decision.ts'
import { overruledBy } from './overruled.ts'

export type BakeView = {
  pool: Pool
  nodes: readonly Aged[]
  /** For how long fewer nodes have been listed than the pool has. */
  msShort: number
  /** Since the first look. */
  msSinceBegun: number
  /** Until the run’s deadline. */
  msLeft: number
}

/** `blamesImage`: so many nodes that were healthy have failed that it is hardly their hosts. */
export type BakeDecision = Wait | Done | (Halt & { blamesImage?: true })

type BakeSpec = Pick<BakeNodesStep, 'bakeMs' | 'maxUnhealthy' | 'nodeTimeoutMs' | 'goal'>

/**
 * Nodes are judged as in a wave. One that Batch may still get back when the time is up is waited for (`nodeTimeoutMs`); nodes that a
 * formula starts are not, for it may start some for ever.
 */
export function decideBake(step: BakeSpec, view: BakeView): BakeDecision {
  const { pool, nodes, msSinceBegun } = view
  const overruled = step.goal && overruledBy(pool, step.goal)
  if (overruled !== undefined) return overruled
  const isOver = msSinceBegun >= step.bakeMs
  const expected = totalOf(nodesOf(pool))
  const all = tallyNodes(nodes, step.nodeTimeoutMs)
  const [tally, here] = isOver && step.goal === undefined ? withoutNew(step, nodes, all, expected) : [all, expected]
  const where = describeTally(all)
  const health = judgeHealth({
    tally,
    expected: here,
    msShort: view.msShort,
    outOf: expected,
    maxUnhealthy: step.maxUnhealthy,
    nodeTimeoutMs: step.nodeTimeoutMs,
    hasChance: false
  })
  const bake = `the bake of ${formatDurationMs(step.bakeMs)}`
  const time = isOver ? `after ${bake}` : `${formatDurationMs(minutes(msSinceBegun))} into ${bake}`
  if (health.kind === 'bad') {
    const { kind: _kind, reason, ...verdict } = health
    return {
      kind: 'halt',
      ...verdict,
      reason: `${time}: ${reason}`,
      ...(isCommon(nodes, expected) ? { blamesImage: true as const } : {})
    }
  }
  if (!isOver) return step.bakeMs - msSinceBegun > view.msLeft ? tooLate(step, view) : { kind: 'wait', reason: where }
  switch (health.kind) {
    case 'healthy':
      return { kind: 'done', reason: `${where} after ${formatDurationMs(step.bakeMs)}` }
    case 'wait':
      return health
    case 'apart':
      if (expected === 0 && step.goal === undefined) return { kind: 'done', reason: all.states }
      return (tally.preemptedMs ?? Infinity) <= step.nodeTimeoutMs
        ? { kind: 'wait', reason: `${all.states}: Batch may bring them back` }
        : { kind: 'halt', ...apartVerdict(all, step.nodeTimeoutMs) }
  }
}

/** States of a node that has never run a task. */
const NEW: ReadonlySet<string> = new Set(['creating', 'starting', 'waitingforstarttask'])

/** They are waited for only while there is none that is healthy. */
function withoutNew(
  { nodeTimeoutMs }: BakeSpec,
  nodes: readonly Aged[],
  all: NodeTally,
  expected: number
): [NodeTally, number] {
  if (all.healthy === 0) return [all, expected]
  const bad = new Set(all.bad)
  const settled = nodes.filter(aged => bad.has(aged) || !NEW.has(aged.node.state))
  return [tallyNodes(settled, nodeTimeoutMs), settled.length]
}

/**
 * They were healthy, and have had no second chance: a host, or a rack, takes some of them along. The image is what more than half of
 * them have in common, and two at least. Those of which Batch has lost sight say nothing of it.
 */
function isCommon(nodes: readonly Aged[], expected: number): boolean {
  const failed = nodes.filter(({ node }) => bearingOf(node) === 'unhealthy').length
  return failed >= 2 && 2 * failed > expected
}

function tooLate({ bakeMs }: BakeSpec, { msLeft, msSinceBegun }: BakeView): BakeDecision {
  const [left, needed] = [minutes(Math.max(0, msLeft)), bakeMs - minutes(msSinceBegun)]
  return {
    kind: 'halt',
    failure: 'deadline-exceeded',
    reason: `the nodes are to stay healthy for another ${formatDurationMs(needed)}, and the deadline is up in ${formatDurationMs(left)}`,
    wayOut: 'run again, which begins with the bake; or give it longer (deadline), or less of it (bake)'
  }
}

/** Whole ones, in ms. */
const minutes = (ms: number): number => Math.floor(ms / 60_000) * 60_000

/** Without the states of the healthy ones, which change with each task. */
function describeTally({ total, healthy, unhealthy, stuck, apart, pending }: NodeTally): string {
  const parts = [
    [unhealthy, 'unhealthy'],
    [stuck, 'stuck'],
    [pending, 'not ready, or awaited back'],
    [apart, 'preempted or taken out']
  ] as const
  const others = parts.filter(([count]) => count > 0).map(([count, what]) => `, ${count} ${what}`)
  return total === 0 ? 'no nodes' : `${healthy} of ${total} ${total === 1 ? 'node' : 'nodes'} healthy${others.join('')}`
}
