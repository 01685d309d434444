/** Drives `decideWave` until it is done or halts. It counts nothing itself: progress is what the decision hands back. */
import { RunError } from '../model/failure.ts'
import { AzureError } from '../azure/errors.ts'
import type { Node, NodeCounts, Pool } from '../model/observed.ts'
import { bearingOf } from '../model/node-state.ts'
import { describeNode, judgeHealth, tallyNodes, unhealthyNodes, type NodeTally } from '../plan/nodes.ts'
import { fixedScale } from '../plan/pool-steps.ts'
import { describeTargets, isShort, sameTargets, totalOf } from '../plan/wave-targets.ts'
import { decideWave, nodesOf, type WaveDecision, type WaveProgress } from '../plan/wave.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { isBusy, patchPool, readPool, renewLease } from './pool-changes.ts'
import { withImageLookedAt } from './image-still-there.ts'
import { deallocationOption } from './scale-body.ts'
import { watch, type Look } from './watch.ts'

type Grow = StepOf<'grow-pool'>

/** The first node is hardly there sooner (recorded: 31 to 100 s until one or two are). */
const FIRST_NODE_MS = 30_000

export async function growPool(run: Execution, step: Grow): Performed {
  let progress: WaveProgress | undefined =
    step.alreadyAsked === undefined
      ? undefined
      : { target: step.alreadyAsked, attempt: 1, had: { dedicated: 0, lowPriority: 0 } }
  // A pool that was just created has been asked for its first wave.
  let askedAt = run.clock.now()
  const still = stillness(run)
  const said = teller(run, step.id)
  const look: Look<string> = async (restart, advance) => {
    const pool = await readPool(run, step.poolId)
    const count: Count = (what, done) => advance(what, done, totalOf(progress?.target ?? step.goal))
    const msSinceAsked = run.clock.now() - askedAt
    const decision = await decide(run, step, { pool, progress, msSinceAsked, count, still })
    switch (decision.kind) {
      case 'resize':
        said(decision.reason)
        if (await resize(run, step, { pool, progress: decision.progress })) {
          restart(expectedMs(msSinceAsked, progress, decision.progress))
          progress = decision.progress
          askedAt = run.clock.now()
        }
        return undefined
      case 'done':
        return decision.reason
      case 'halt':
        throw await halted(run, decision)
      case 'wait':
      case 'look-at-nodes':
        said(decision.reason)
        await renewLease(run, pool)
        return undefined
    }
  }
  return watch(run, look, FIRST_NODE_MS)
}

type Count = (what: string, done: number) => void
type Seen = {
  pool: Pool
  progress: WaveProgress | undefined
  msSinceAsked: number
  count: Count
  still(nodes: readonly Node[]): number
}

/** Asks for the nodes where the decision is theirs, and for how many are in which state while they come. */
async function decide(run: Execution, step: Grow, seen: Seen): Promise<WaveDecision> {
  const { pool, progress, msSinceAsked, count, still } = seen
  count('present', totalOf(nodesOf(pool)))
  const decision = decideWave(step, { pool, msWithoutChange: 0, msSinceAsked }, progress)
  if (decision.kind === 'wait') return { ...decision, reason: decision.reason + (await statesNow(run, pool, count)) }
  if (decision.kind !== 'look-at-nodes') return decision
  const nodes = await readNodes(run)
  const tally = tallyNodes(nodes)
  count('settled', tally.total - tally.pending)
  return decideWave(step, { pool, nodes: tally, msWithoutChange: still(nodes), msSinceAsked }, progress)
}

/** Ms that the next wave takes at least, as far as is known: as long as the one before, where that one got what it asked for. */
function expectedMs(tookMs: number, before: WaveProgress | undefined, next: WaveProgress): number | undefined {
  if (totalOf(next.target) < totalOf(next.had)) return undefined
  const got = before !== undefined && before.then === undefined && !sameTargets(before.target, next.target)
  return got ? tookMs : FIRST_NODE_MS
}

/** For progress only: Batch’s own counts can lag behind, and no verdict rests on them. */
async function statesNow(run: Execution, pool: Pool, count: Count): Promise<string> {
  if (run.plan.pool === undefined || totalOf(nodesOf(pool)) === 0) return ''
  const counts = await nodeCounts(run, run.plan.pool.accountEndpoint)
  const rows = Object.entries({ ...counts?.dedicated }).map(
    ([state, count]) => [state, count + (counts?.lowPriority[state] ?? 0)] as const
  )
  const settled = rows.filter(([state]) => bearingOf({ state }) !== 'pending' && state !== 'total')
  count(
    'settled',
    settled.reduce((sum, [, nodes]) => sum + nodes, 0)
  )
  const present = rows.filter(([state, count]) => count > 0 && state !== 'total').toSorted(([, a], [, b]) => b - a)
  return present.length === 0 ? '' : ` (${present.map(([state, count]) => `${count} ${state}`).join(', ')})`
}

/** Where Batch can't say, the run does without. */
async function nodeCounts(run: Execution, accountEndpoint: string): Promise<NodeCounts | undefined> {
  try {
    return await run.azure.batchService(accountEndpoint).nodeCounts(poolNameOf(run))
  } catch (error) {
    if (error instanceof AzureError && !run.signal.aborted) return undefined
    throw error
  }
}

/**
 * Both targets each time; nodes that leave are drained as asked.
 * @returns whether Batch took it; it doesn't while somebody else's resize is under way.
 */
async function resize(
  run: Execution,
  step: Grow,
  { pool, progress }: { pool: Pool; progress: WaveProgress }
): Promise<boolean> {
  const shrinks = isShort(progress.target, nodesOf(pool))
  const timeoutMs = shrinks ? step.drainTimeoutMs : step.resizeTimeoutMs
  const drained = shrinks ? { nodeDeallocationOption: deallocationOption(step.drain) } : {}
  const scale = { ...fixedScale(progress.target, timeoutMs), ...drained }
  const body = { properties: { scaleSettings: { fixedScale: scale } } }
  try {
    await patchPool(run, pool, { body, holdMs: timeoutMs })
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}

async function readNodes(run: Execution): Promise<Node[]> {
  const { pool } = run.plan
  if (pool === undefined) return []
  const nodes = await run.azure.batchService(pool.accountEndpoint).listNodes(poolNameOf(run))
  run.seen.nodes = nodes
  return nodes
}

const poolNameOf = ({ plan }: Execution): string => plan.pool?.poolId.split('/').at(-1) ?? ''

/** Ms for which the nodes that are still on their way have been in the same states; those that work go to and fro. */
function stillness(run: Execution): (nodes: readonly Node[]) => number {
  let signature = ''
  let since = run.clock.now()
  return nodes => {
    const now = nodes
      .filter(node => bearingOf(node) === 'pending')
      .map(({ nodeId, state }) => `${nodeId} ${state}`)
      .sort()
      .join('\n')
    if (now !== signature) [signature, since] = [now, run.clock.now()]
    return run.clock.now() - since
  }
}

/** Says a line when it isn't the one that it said last. */
function teller(run: Execution, stepId: string): (line: string) => void {
  let last = ''
  return line => {
    if (line !== last) run.say(stepId, line)
    last = line
  }
}

async function halted(run: Execution, halt: Halt): Promise<RunError> {
  const nodes = run.seen.nodes ?? (await readNodes(run))
  const { failure, reason, wayOut, repetition } = await withImageLookedAt(run, halt)
  const details = unhealthyNodes(nodes).map(describeNode)
  return new RunError(failure, reason, wayOut, undefined, details).thatRepeats(repetition)
}

type Halt = Pick<Extract<WaveDecision, { kind: 'halt' }>, 'failure' | 'reason' | 'wayOut' | 'repetition'>

/**
 * Reads only: what holds for new nodes holds for those of a pool that needs no change, and for those that a formula asked
 * for. A pool that goes on resizing for longer than `settleMs`, as a formula may have it, is judged as it is.
 */
export async function verifyNodes(run: Execution, step: StepOf<'verify-nodes'>): Performed {
  const until = run.clock.now() + step.settleMs
  const still = stillness(run)
  const said = teller(run, step.id)
  return watch(run, async (_restart, progress) => {
    const pool = await readPool(run, step.poolId)
    const expected = totalOf(nodesOf(pool))
    if (pool.allocationState !== 'Steady' && run.clock.now() < until) {
      said(`${describeTargets(nodesOf(pool))}; the pool is ${pool.allocationState}`)
      return undefined
    }
    const nodes = await readNodes(run)
    const { maxUnhealthy, settleMs } = step
    // A formula may start nodes for ever: past the time, only unhealthy ones count.
    const isOver = pool.scale.kind === 'auto' && run.clock.now() >= until
    const tally = isOver ? settledOnly(tallyNodes(nodes)) : tallyNodes(nodes)
    progress('settled', tally.total - tally.pending, expected)
    const health = judgeHealth({
      tally,
      expected: isOver ? tally.total : expected,
      outOf: expected,
      maxUnhealthy,
      settleMs,
      msWithoutChange: still(nodes)
    })
    if (health.kind === 'halt') throw await halted(run, health)
    if (isOver && tally.healthy === 0 && expected > 0) throw await halted(run, noneHealthy(tally))
    if (health.kind === 'healthy' || isOver || expected === 0) return tally.states
    said(health.reason)
    return undefined
  })
}

/** A formula may start nodes for ever, but one of them must have become healthy by then. */
function noneHealthy({ states }: NodeTally): Halt {
  return {
    failure: 'nodes-stuck',
    reason: `none of the nodes that the formula asked for is healthy: ${states}`,
    wayOut: 'look at the start task of the nodes that wait, or give them longer (resize-timeout)'
  }
}

function settledOnly(tally: NodeTally): NodeTally {
  return { ...tally, total: tally.total - tally.pending, pending: 0 }
}
