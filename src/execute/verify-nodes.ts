/** Judges the nodes of a pool that needs no change, or that a formula asked for. Reads only: nothing is done about them. */
import { RunError } from '../model/failure.ts'
import type { Pool } from '../model/observed.ts'
import { resizeMeaning } from '../model/remedy.ts'
import { formulaShortfall } from '../rules/formula-shortfall.ts'
import { apartVerdict, judgeHealth, tallyNodes, type NodeTally, type Verdict } from '../rules/node-health.ts'
import { describeTargets, nodesOf, totalOf } from '../rules/node-targets.ts'
import { describeError } from '../decide/wave.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { withImageLookedAt } from './image-still-there.ts'
import { teller } from './loop.ts'
import { halted, nodeLooks, readNodes } from './node-looks.ts'
import { readPool } from './pool-changes.ts'
import { startTaskOutput } from './start-task-output.ts'
import { watch } from './watch.ts'

/** A pool that goes on resizing for longer than `settleMs`, as a formula may have it, is judged as it is. */
export async function verifyNodes(run: Execution, step: StepOf<'verify-nodes'>): Performed {
  const until = run.clock.now() + step.settleMs
  const looks = nodeLooks(run)
  const said = teller(run, step.id)
  return watch(run, async ({ mark: progress }) => {
    const pool = await readPool(run, step)
    const expected = totalOf(nodesOf(pool))
    if (pool.allocationState !== 'Steady' && run.clock.now() < until) {
      said(`${describeTargets(nodesOf(pool))}; the pool is ${pool.allocationState}`)
      return undefined
    }
    const { nodes, msShort } = looks.at(await readNodes(run, step), expected)
    const tally = tallyNodes(nodes, step.nodeTimeoutMs)
    progress('settled', tally.total - tally.pending, expected)
    if (expected === 0) return unlessShort(run, step, { pool, done: tally.states })
    const isOver = pool.scale.kind === 'auto' && run.clock.now() >= until
    const health = judged(step, { tally, msShort, expected, isOver })
    if (health.kind === 'halt') throw await failed(run, step, { tally, verdict: health.verdict })
    if (health.kind === 'healthy') return unlessShort(run, step, { pool, done: tally.states })
    said(health.reason)
    return undefined
  })
}

type Judged = { kind: 'healthy' } | { kind: 'wait'; reason: string } | { kind: 'halt'; verdict: Verdict }
type Seen = { tally: NodeTally; msShort: number; expected: number; isOver: boolean }

/** `isOver`: a formula may start nodes for ever; past the time those that start are waited for only while none is healthy. */
function judged(step: StepOf<'verify-nodes'>, { tally, msShort, expected, isOver }: Seen): Judged {
  const { maxUnhealthy, nodeTimeoutMs } = step
  const startsForEver = isOver && tally.healthy > 0
  const health = judgeHealth({
    tally: startsForEver ? { ...tally, pending: 0 } : tally,
    expected: startsForEver ? tally.total : expected,
    msShort,
    outOf: expected,
    maxUnhealthy,
    nodeTimeoutMs,
    hasChance: false
  })
  if (health.kind === 'healthy' || health.kind === 'wait') return health
  if (health.kind === 'bad') return { kind: 'halt', verdict: health }
  const mayComeBack = (tally.preemptedMs ?? Infinity) <= nodeTimeoutMs
  return mayComeBack
    ? { kind: 'wait', reason: `${tally.states}: Batch may bring them back` }
    : { kind: 'halt', verdict: apartVerdict(tally, nodeTimeoutMs) }
}

/**
 * Nodes that a formula didn't get it asks for again by itself, and they cost the run nothing but a warning: unless it got none, or
 * their image is gone, so that none can come any more.
 */
async function unlessShort(
  run: Execution,
  step: StepOf<'verify-nodes'>,
  { pool, done }: { pool: Pool; done: string }
): Performed {
  const shortfall = formulaShortfall(pool)
  if (shortfall === undefined) return done
  const { asked, has, error } = shortfall
  const { reason: failure, repetition, wayOut } = resizeMeaning(error)
  const reason = `the formula asked for ${describeTargets(asked)}, and the pool has ${describeTargets(has)}: ${describeError(error)}`
  const verdict = { failure, repetition, wayOut, reason }
  const looked = await withImageLookedAt(run, step, verdict)
  const isImageGone = looked !== verdict
  if (isImageGone || totalOf(has) === 0) {
    throw new RunError({
      reason: looked.failure,
      message: looked.reason,
      wayOut: looked.wayOut,
      repetition: looked.repetition
    })
  }
  run.warn(step.id, { message: reason, wayOut: `the formula asks again at each evaluation; if it goes on: ${wayOut}` })
  return done
}

async function failed(
  run: Execution,
  step: StepOf<'verify-nodes'>,
  { tally, verdict }: { tally: NodeTally; verdict: Verdict }
) {
  return halted(run, step, { verdict, bad: tally.bad, output: await startTaskOutput(run, step, tally.bad) })
}
