/** Drives `decideWave` until it is done or halts. It counts nothing itself: progress is what the decision hands back. */
import { AzureError } from '../azure/errors.ts'
import { nameOf } from '../model/arm-id.ts'
import type { NodeCounts, Pool } from '../model/observed.ts'
import { bearingOf, type Aged } from '../model/node-state.ts'
import { describeNode } from '../rules/describe-nodes.ts'
import { tallyNodes } from '../rules/node-health.ts'
import { fixedScale } from '../rules/scale-body.ts'
import { isShort, nodesOf, sameTargets, totalOf } from '../rules/node-targets.ts'
import { decideWave, type WaveDecision, type WaveProgress, type WaveView } from '../decide/wave.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { drive, teller } from './loop.ts'
import { halted, nodeLooks, readNodes, serviceOf, type NodeLooks } from './node-looks.ts'
import { isBusy, patchPool, readPool, renewLease } from './pool-changes.ts'
import { deallocationOption } from '../rules/scale-body.ts'
import { giveChance } from './second-chance.ts'
import { startTaskOutput } from './start-task-output.ts'
import type { Pace } from './watch.ts'

type Grow = StepOf<'scale-pool'>

/** The first node is hardly there sooner (recorded: 31 to 100 s until one or two are). */
const FIRST_NODE_MS = 30_000
/** Of nodes that get a second chance, so many are named. */
const SAID_NODES = 3

export async function scalePool(run: Execution, step: Grow): Performed {
  const looks = nodeLooks(run)
  const tell = teller(run, step.id)
  const output = new Map<string, string[]>()
  const { done } = await drive<Seen, WaveProgress | undefined, WaveDecision>(run, {
    // A pool that was just created has been asked for its first wave.
    progress:
      step.alreadyAsked === undefined
        ? undefined
        : { target: step.alreadyAsked, attempt: 1, had: { dedicated: 0, lowPriority: 0 } },
    look: (pace, progress) => lookAt(run, step, { pace, progress, looks }),
    decide: (seen, progress) => {
      const decision = decideWave(step, seen, progress)
      return decision.kind === 'wait' ? { ...decision, reason: decision.reason + seen.states } : decision
    },
    tell,
    act: async (decision, { look: seen, progress, pace }) => {
      const { pool } = seen
      switch (decision.kind) {
        case 'second-chance': {
          await learn(run, step, { bad: badOf(seen), output, isFirst: progress?.chances === undefined })
          // Last, so that this is what is said again while a slow service takes its time over it.
          tell(decision.reason)
          const next = await giveChance(run, step, { pool, chance: decision, looks })
          if (next === undefined) return undefined
          pace.restart()
          return { progress: next }
        }
        case 'resize':
          tell(decision.reason)
          if (!(await resize(run, step, { pool, progress: decision.progress }))) return undefined
          pace.restart(expectedMs(seen.msSinceAsked, progress, decision.progress))
          return { progress: decision.progress }
        case 'wait':
        case 'look-at-nodes':
          await renewLease(run, step, pool)
          return undefined
      }
    },
    errorOf: async (halt, seen) => {
      await learn(run, step, { bad: badOf(seen), output, isFirst: false })
      if (halt.blamesImage === true) run.known.conditions.add('image-blamed')
      return halted(run, step, { verdict: halt, bad: badOf(seen), output, isTemporary: step.proofOf !== undefined })
    },
    expectMs: FIRST_NODE_MS
  })
  return done.reason
}

/** `states`: what is said of the nodes while they come. */
type Seen = WaveView & { states: string }
type Looking = { pace: Pace; progress: WaveProgress | undefined; looks: NodeLooks }
type Count = (what: string, done: number) => void

const badOf = ({ nodes }: Seen): readonly Aged[] => nodes?.bad ?? []

/** Asks for the nodes where the decision is theirs, and for how many are in which state while they come. */
async function lookAt(run: Execution, step: Grow, { pace, progress, looks }: Looking): Promise<Seen> {
  const pool = await readPool(run, step)
  const count: Count = (what, done) => pace.mark(what, done, totalOf(progress?.target ?? step.goal))
  const view = { pool, msShort: 0, msSinceAsked: pace.sinceMs() }
  count('present', totalOf(nodesOf(pool)))
  const { kind } = decideWave(step, view, progress)
  if (kind === 'wait') return { ...view, states: await statesNow(run, step, { pool, count }) }
  if (kind !== 'look-at-nodes') return { ...view, states: '' }
  const { nodes, msShort } = looks.at(await readNodes(run, step), totalOf(nodesOf(pool)))
  const tally = tallyNodes(nodes, step.nodeTimeoutMs)
  count('settled', tally.total - tally.pending)
  return { ...view, nodes: tally, msShort, states: '' }
}

type Learning = { bad: readonly Aged[]; output: Map<string, string[]>; isFirst: boolean }

/** Reads what their start tasks wrote before anything is done to the nodes; said once, for the next time it is mostly the same. */
async function learn(run: Execution, step: Grow, { bad, output, isFirst }: Learning): Promise<void> {
  for (const [nodeId, lines] of await startTaskOutput(run, step, bad)) output.set(nodeId, lines)
  if (!isFirst) return
  for (const aged of bad.slice(0, SAID_NODES)) {
    run.say(step.id, describeNode(aged, poolKnown(run, step).pool))
    for (const line of output.get(aged.node.nodeId) ?? []) run.say(step.id, line)
  }
}

/** Ms that the next wave takes at least, as far as is known: as long as the one before, where that one got what it asked for. */
function expectedMs(tookMs: number, before: WaveProgress | undefined, next: WaveProgress): number | undefined {
  if (totalOf(next.target) < totalOf(next.had)) return undefined
  const got = before !== undefined && before.then === undefined && !sameTargets(before.target, next.target)
  return got ? tookMs : FIRST_NODE_MS
}

/** For progress only: Batch’s own counts can lag behind, and no verdict rests on them. */
async function statesNow(run: Execution, step: Grow, { pool, count }: { pool: Pool; count: Count }): Promise<string> {
  if (totalOf(nodesOf(pool)) === 0) return ''
  const counts = await nodeCounts(run, step)
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
async function nodeCounts(run: Execution, step: Grow): Promise<NodeCounts | undefined> {
  try {
    return await serviceOf(run, step).nodeCounts(nameOf(step.poolId))
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
    await patchPool(run, step, { pool, body, metadata: step.metadata, holdMs: timeoutMs })
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}
