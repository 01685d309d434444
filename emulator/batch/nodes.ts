import type { JsonObject } from '../kernel/types.ts'
import { compact, textOf } from './json.ts'
import type { Look } from './node-tasks.ts'
import { behaviourOf, taskEndOf } from './node-tasks.ts'
import type { NodeFact } from './pool-facts.ts'
import { poolProperties } from './pool-nodes.ts'
import { serviceImageReference, serviceStartTask } from './service-words.ts'
import { isoOf } from './time.ts'

/** From creation to idle without a start task: recorded 16 to 60 s for Linux. */
const START_MS = 60_000
const START_TASK_MS = 5_000
/** Share of the time to idle that a node is `creating`: recorded 11 of 47 s. */
const CREATING_SHARE = 0.2

/** As the Batch service spells them. */
export type NodeState =
  | 'creating'
  | 'starting'
  | 'waitingforstarttask'
  | 'idle'
  | 'running'
  | 'starttaskfailed'
  | 'unusable'
  | 'preempted'
  | 'leavingpool'

/** A node's state at `now`, and since when. */
export function nodeState(look: Look, node: NodeFact): { state: NodeState; since: number } {
  const { now } = look
  if (node.leavingAt !== undefined && node.leavingAt <= now) return { state: 'leavingpool', since: node.leavingAt }
  const { preemptedAt, restoredAt } = preemptionOf(look, node)
  if (preemptedAt <= now && now < restoredAt) return { state: 'preempted', since: preemptedAt }
  return startedState(look, restored(look, node))
}

function preemptionOf(look: Look, node: NodeFact): { preemptedAt: number; restoredAt: number } {
  const preempted = behaviourOf(look).preempted?.find(({ index }) => index === node.index && !node.isDedicated)
  const preemptedAt = node.createdAt + (preempted?.afterMs ?? Infinity)
  return { preemptedAt, restoredAt: preemptedAt + (preempted?.restoredAfterMs ?? Infinity) }
}

/** A node that Azure has given back boots as a new one does. */
function restored(look: Look, node: NodeFact): NodeFact {
  const { restoredAt } = preemptionOf(look, node)
  return restoredAt <= look.now ? { ...node, createdAt: restoredAt } : node
}

function startedState(look: Look, node: NodeFact): { state: NodeState; since: number } {
  const { now } = look
  const times = startTimes(look, node)
  if (now < times.starting) return { state: 'creating', since: node.createdAt }
  if (now < times.started) return { state: 'starting', since: times.starting }
  if (isNamed(behaviourOf(look).unusable, node)) return { state: 'unusable', since: times.started }
  if (node.hasStartTask && node.waitsForStartTask) {
    if (now < times.startTaskEnd) return { state: 'waitingforstarttask', since: times.started }
    if (startTaskFails(look, node)) return { state: 'starttaskfailed', since: times.startTaskEnd }
  }
  const idleSince = node.waitsForStartTask ? times.startTaskEnd : times.started
  return { state: taskEndOf(look, node) === undefined ? 'idle' : 'running', since: idleSince }
}

/** When a node boots, has booted (its start task begins then), and is through with its start task. */
export function startTimes(look: Look, node: NodeFact): { starting: number; started: number; startTaskEnd: number } {
  const { startMs = START_MS, startTaskMs = START_TASK_MS } = behaviourOf(look)
  const started = node.createdAt + startMs
  return {
    starting: node.createdAt + startMs * CREATING_SHARE,
    started,
    startTaskEnd: started + (node.hasStartTask ? startTaskMs : 0)
  }
}

function isNamed(indexes: number[] | 'all' | undefined, node: NodeFact): boolean {
  return indexes === 'all' || (indexes?.includes(node.index) ?? false)
}

export function startTaskFails(look: Look, node: NodeFact): boolean {
  return node.hasStartTask && isNamed(behaviourOf(look).startTaskFails, node)
}

/** The newest recorded; it says nothing. */
const NODE_AGENT_VERSION = '1.9.22'

/** A node as the Batch service shows it. `origin` is that of the account's endpoint. */
export function nodeView(look: Look & { origin: string }, asCreated: NodeFact): JsonObject {
  const { pool, now, origin } = look
  const { state, since } = nodeState(look, asCreated)
  const node = restored(look, asCreated)
  const booted = now >= startTimes(look, node).started
  const running = state === 'running' ? 1 : 0
  return compact({
    id: node.id,
    url: `${origin}/pools/${pool.id.split('/').at(-1)}/nodes/${node.id}`,
    state,
    schedulingState: 'enabled',
    stateTransitionTime: isoOf(since),
    lastBootTime: booted ? isoOf(startTimes(look, node).started) : undefined,
    allocationTime: isoOf(asCreated.createdAt),
    ipAddress: `10.0.${Math.floor((node.index + 4) / 256)}.${(node.index + 4) % 256}`,
    affinityId: `TVM:${node.id}`,
    vmSize: textOf(poolProperties(pool)['vmSize'])?.toLowerCase(),
    totalTasksRun: running,
    totalTasksSucceeded: 0,
    runningTasksCount: running,
    runningTaskSlotsCount: running,
    startTask: booted && node.hasStartTask ? serviceStartTask(poolProperties(pool)['startTask']) : undefined,
    startTaskInfo: booted && node.hasStartTask ? startTaskInfo(look, node) : undefined,
    isDedicated: node.isDedicated,
    nodeAgentInfo: booted
      ? { version: NODE_AGENT_VERSION, lastUpdateTime: isoOf(startTimes(look, node).started) }
      : undefined,
    virtualMachineInfo: booted ? { imageReference: serviceImageReference(node.imageReference) } : undefined
  })
}

function startTaskInfo(look: Look, node: NodeFact): JsonObject {
  const { started, startTaskEnd } = startTimes(look, node)
  const startTime = isoOf(started)
  if (look.now < startTaskEnd) return { state: 'running', startTime, retryCount: 0 }
  const ended = { state: 'completed', startTime, endTime: isoOf(startTaskEnd) }
  if (!startTaskFails(look, node)) return { ...ended, exitCode: 0, result: 'success', retryCount: 0 }
  const message = 'The task exited with an exit code representing a failure'
  const failureInfo = {
    category: 'usererror',
    code: 'FailureExitCode',
    message,
    details: [{ name: 'Message', value: message }]
  }
  return { ...ended, exitCode: 1, failureInfo, result: 'failure', retryCount: 0 }
}
