/**
 * The closed loop of a smoke test: each node that proves the image is to run one task to its end. A task asks for its node, and Batch
 * may give it another one (`affinityInfo` is a wish, service contract): what counts is where it ran.
 */
import type { Node, Task } from '../model/observed.ts'
import { bearingOf } from '../model/node-state.ts'
import type { RunSmokeTestStep } from '../model/plan.ts'
import type { Done, Halt, Wait } from './decision.ts'

/** For a task to get its node, and for Batch to tell of its end. */
export const SLACK_MS = 10 * 60_000
/** Tasks that ask for one node, and run elsewhere, before it is given up. */
const MOST_TRIES = 5
/** The node that ran a task is named where its task failed. */
const MOST_NAMED = 3

export type SmokeView = {
  nodes: readonly Node[]
  tasks: readonly Task[]
  /** Since the first look. */
  msSinceBegun: number
}

/** Which node each task asks for, by its id; in the order in which they were added. */
export type SmokeProgress = ReadonlyMap<string, string>

export type SmokeDecision =
  | Wait
  | { kind: 'add-tasks'; reason: string; wanted: { taskId: string; nodeId: string }[] }
  | Done
  /** `failed`: tasks whose output says why. `blamesImage`: the command itself has failed. */
  | (Halt & { failed: Task[]; blamesImage?: true })

type Spec = Pick<RunSmokeTestStep, 'timeoutMs' | 'proofOf'>

export function decideSmokeTest(step: Spec, view: SmokeView, asked: SmokeProgress): SmokeDecision {
  const nodes = view.nodes.filter(node => bearingOf(node) === 'healthy').map(({ nodeId }) => nodeId)
  const failed = view.tasks.filter(({ state, failure }) => state === 'completed' && failure !== undefined)
  if (failed.length > 0) return halted(step, failed, nodes.length)
  const proved = new Set(view.tasks.filter(hasPassed).map(({ nodeId }) => nodeId))
  const open = nodes.filter(nodeId => !proved.has(nodeId))
  const where = `${nodes.length - open.length} of ${nodes.length} nodes`
  if (nodes.length > 0 && open.length === 0) return { kind: 'done', reason: `exit code 0 on ${counted(nodes.length)}` }
  if (view.msSinceBegun >= step.timeoutMs + SLACK_MS) return unjudged(step, where, nodes.length)
  const pending = new Set(view.tasks.filter(({ state }) => state !== 'completed').map(({ taskId }) => taskId))
  const isAsked = (nodeId: string): boolean =>
    [...asked].some(([taskId, one]) => one === nodeId && (pending.has(taskId) || isUnlisted(taskId, view)))
  const missing = open.filter(nodeId => !isAsked(nodeId))
  const tries = (nodeId: string): number => [...asked.values()].filter(one => one === nodeId).length
  const lost = missing.find(nodeId => tries(nodeId) >= MOST_TRIES)
  if (lost !== undefined) return misplaced(lost, where)
  if (missing.length === 0) return { kind: 'wait', reason: `${where} passed${statesOf(view.tasks)}` }
  const wanted = missing.map((nodeId, index) => ({ taskId: taskIdOf(asked.size + index), nodeId }))
  const again = asked.size > 0 ? '; tasks ran on other nodes than they asked for' : ''
  return { kind: 'add-tasks', reason: `${where} passed${again}; ${counted(missing.length)} to run it`, wanted }
}

const hasPassed = ({ state, failure, exitCode }: Task): boolean =>
  state === 'completed' && failure === undefined && exitCode === 0

/** A list may lag behind. */
const isUnlisted = (taskId: string, { tasks }: SmokeView): boolean => tasks.every(task => task.taskId !== taskId)

const taskIdOf = (index: number): string => `node-${String(index + 1).padStart(4, '0')}`

const counted = (nodes: number): string => `${nodes} ${nodes === 1 ? 'node' : 'nodes'}`

function statesOf(tasks: readonly Task[]): string {
  const states = [...Map.groupBy(tasks, ({ state }) => state)].filter(([state]) => state !== 'completed')
  return states.map(([state, { length }]) => `; ${length} ${state}`).join('')
}

function halted(step: Spec, failed: readonly Task[], nodes: number): SmokeDecision {
  const named = failed.slice(0, MOST_NAMED).map(({ nodeId, exitCode, failure = '' }) => {
    const how = exitCode === undefined || exitCode === 0 ? failure : `exit code ${exitCode}`
    return `${how} on ${nodeId ?? 'a node'}`
  })
  const more = failed.length > MOST_NAMED ? ` and ${failed.length - MOST_NAMED} more` : ''
  const isOwn = failed.some(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
  return {
    kind: 'halt',
    failure: 'smoke-test-failed',
    reason: `the smoke test failed on ${failed.length} of ${counted(nodes)}: ${named.join(', ')}${more}`,
    wayOut: `look at what it wrote; fix the image, or the test${untouched(step)}`,
    failed: failed.slice(0, MOST_NAMED),
    ...(isOwn ? { blamesImage: true as const } : {})
  }
}

/** Neither proof nor failure. */
function unjudged(step: Spec, where: string, nodes: number): SmokeDecision {
  const why = nodes === 0 ? 'no node is left to run it on' : `${where} have run it to its end`
  return {
    kind: 'halt',
    failure: 'smoke-test-failed',
    repetition: 'unknown',
    reason: `after ${Math.round((step.timeoutMs + SLACK_MS) / 60_000)} minutes ${why}: that proves nothing, and says nothing against the image`,
    wayOut: `see what else runs on the nodes; run again, or give it longer (smoke-test-timeout)${untouched(step)}`,
    failed: []
  }
}

function misplaced(nodeId: string, where: string): SmokeDecision {
  return {
    kind: 'halt',
    failure: 'smoke-test-failed',
    repetition: 'unknown',
    reason: `${where} passed; ${MOST_TRIES} tasks that asked for ${nodeId} ran elsewhere`,
    wayOut: 'see what else runs on that node, then run again',
    failed: []
  }
}

const untouched = ({ proofOf }: Spec): string => (proofOf === undefined ? '' : `; pool ${proofOf} is as it was`)
