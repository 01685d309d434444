/** The closed loop of nodes that are only looked at: of a pool that needs no change, or that a formula asked for. */
import type { Pool } from '../model/observed.ts'
import type { Step } from '../model/plan.ts'
import { resizeMeaning } from '../model/remedy.ts'
import { formulaShortfall } from '../rules/formula-shortfall.ts'
import { apartVerdict, judgeHealth, type NodeTally, type Verdict } from '../rules/node-health.ts'
import { describeTargets, nodesOf, totalOf } from '../rules/node-targets.ts'
import type { Done, Halt, Wait } from './decision.ts'
import { describeError } from './wave.ts'

/** `nodes` is undefined until the decision `look-at-nodes` has been followed. */
export type VerifyView = {
  pool: Pool
  nodes?: NodeTally
  /** For how long fewer nodes have been listed than the pool has. */
  msShort: number
  /** Since the first look. */
  msSinceBegun: number
}

export type VerifyDecision =
  | Wait
  | { kind: 'look-at-nodes'; reason: string }
  /** `shortfall`: nodes that its formula didn’t get. It asks for them again by itself, unless their image is gone. */
  | (Done & { shortfall?: Verdict & { retried: string } })
  | Halt

type VerifySpec = Pick<Extract<Step, { kind: 'verify-nodes' }>, 'maxUnhealthy' | 'settleMs' | 'nodeTimeoutMs'>

/** A pool that goes on resizing for longer than `settleMs`, as a formula may have it, is judged as it is. */
export function decideVerify(step: VerifySpec, { pool, nodes, msShort, msSinceBegun }: VerifyView): VerifyDecision {
  const isOver = msSinceBegun >= step.settleMs
  const where = `${describeTargets(nodesOf(pool))}; the pool is ${pool.allocationState}`
  if (pool.allocationState !== 'Steady' && !isOver) return { kind: 'wait', reason: where }
  if (nodes === undefined) return { kind: 'look-at-nodes', reason: where }
  const expected = totalOf(nodesOf(pool))
  if (expected === 0) return unlessShort(pool, nodes)
  // A formula may start nodes for ever; past the time those that start are waited for only while none is healthy.
  const startsForEver = pool.scale.kind === 'auto' && isOver && nodes.healthy > 0
  const health = judgeHealth({
    tally: startsForEver ? { ...nodes, pending: 0 } : nodes,
    expected: startsForEver ? nodes.total : expected,
    msShort,
    outOf: expected,
    maxUnhealthy: step.maxUnhealthy,
    nodeTimeoutMs: step.nodeTimeoutMs,
    hasChance: false
  })
  switch (health.kind) {
    case 'healthy':
      return unlessShort(pool, nodes)
    case 'wait':
      return health
    case 'bad':
      return { ...health, kind: 'halt' }
    case 'apart':
      return (nodes.preemptedMs ?? Infinity) <= step.nodeTimeoutMs
        ? { kind: 'wait', reason: `${nodes.states}: Batch may bring them back` }
        : { kind: 'halt', ...apartVerdict(nodes, step.nodeTimeoutMs) }
  }
}

/** What a formula didn't get costs the run nothing but a warning, unless it got none. */
function unlessShort(pool: Pool, { states }: NodeTally): VerifyDecision {
  const short = formulaShortfall(pool)
  if (short === undefined) return { kind: 'done', reason: states }
  const { reason: failure, repetition, wayOut } = resizeMeaning(short.error)
  const { asked, has, error } = short
  const reason = `the formula asked for ${describeTargets(asked)}, and the pool has ${describeTargets(has)}: ${describeError(error)}`
  if (totalOf(has) === 0) return { kind: 'halt', failure, repetition, wayOut, reason }
  const retried = `the formula asks again at each evaluation; if it goes on: ${wayOut}`
  return { kind: 'done', reason: states, shortfall: { failure, repetition, wayOut, reason, retried } }
}
