import type { JsonObject } from '../kernel/types.ts'
import { compact, textOf } from './json.ts'
import type { Look } from './node-tasks.ts'
import { behaviourOf, runsAt, runsSince, worldTaskEnds } from './node-tasks.ts'
import { bootsOf, isNamed, lastBoot, preemptionOf, startTaskFails, unusableWhile, type Boot } from './node-times.ts'
import type { NodeFact } from './pool-facts.ts'
import { poolProperties } from './pool-nodes.ts'
import { serviceImageReference, serviceStartTask } from './service-words.ts'
import { affinityOf, FAILURE_EXIT_CODE, recentTasks, runsDoneOn } from './task-view.ts'
import { isoOf } from './time.ts'

/** As the Batch service spells them. */
export type NodeState =
  | 'creating'
  | 'starting'
  | 'waitingforstarttask'
  | 'idle'
  | 'running'
  | 'rebooting'
  | 'reimaging'
  | 'unknown'
  | 'starttaskfailed'
  | 'unusable'
  | 'preempted'
  | 'leavingpool'

/** A node's state at `now`, and since when. */
export function nodeState(
  look: Look,
  node: NodeFact,
  boots: readonly Boot[] = bootsOf(look, node)
): { state: NodeState; since: number } {
  const { now } = look
  if (node.leavingAt !== undefined && node.leavingAt <= now) return { state: 'leavingpool', since: node.leavingAt }
  const { preemptedAt, restoredAt } = preemptionOf(look, node)
  if (preemptedAt <= now && now < restoredAt) return { state: 'preempted', since: preemptedAt }
  return startedState(look, node, lastBoot(look, node, boots))
}

const AWAY = { start: 'creating', reboot: 'rebooting', reimage: 'reimaging' } as const

function startedState(look: Look, node: NodeFact, boot: Boot): { state: NodeState; since: number } {
  const { now } = look
  if (now < boot.starting) return { state: AWAY[boot.restart ?? 'start'], since: boot.at }
  if (now < boot.started) return { state: 'starting', since: boot.starting }
  const { unknown, unknownAfterMs = 0 } = behaviourOf(look)
  const lostAt = boot.started + (isNamed(unknown, node) ? unknownAfterMs : Infinity)
  if (now >= lostAt) return { state: 'unknown', since: lostAt }
  const lost = unusableWhile(look, node, boot)
  if (lost.from <= now && now < lost.until) return { state: 'unusable', since: lost.from }
  if (now < boot.usable) return { state: 'unusable', since: boot.started }
  if (node.hasStartTask && node.waitsForStartTask) {
    if (now < boot.startTaskEnd) return { state: 'waitingforstarttask', since: boot.usable }
    if (startTaskFails(look, node, boot)) return { state: 'starttaskfailed', since: boot.startTaskEnd }
  }
  const startedWork = node.waitsForStartTask ? boot.startTaskEnd : boot.usable
  const idleSince = lost.until <= now ? lost.until : startedWork
  const isRunning = worldTaskEnds(look, node).length + runsAt(node, now).length > 0
  return { state: isRunning ? 'running' : 'idle', since: Math.max(idleSince, runsSince(node, now) ?? 0) }
}

/** The newest recorded, 2025; it says nothing. */
const NODE_AGENT_VERSION = '1.12.24'

/** A node as the Batch service shows it. `origin` is that of the account's endpoint. */
export function nodeView(look: Look & { origin: string; apiVersion: string }, node: NodeFact): JsonObject {
  const { pool, now, origin, apiVersion } = look
  const boots = bootsOf(look, node)
  const { state, since } = nodeState(look, node, boots)
  const boot = lastBoot(look, node, boots)
  // While it reboots, a node shows what it knew of its boot before (recorded).
  const booted = boots.findLast(({ started }) => started <= now)
  const worlds = state === 'running' && worldTaskEnds(look, node).length > 0 ? 1 : 0
  const runs = runsAt(node, now)
  const done = runsDoneOn(node, now)
  return compact({
    id: node.id,
    url: `${origin}/pools/${pool.id.split('/').at(-1)}/nodes/${node.id}`,
    state,
    schedulingState: 'enabled',
    stateTransitionTime: isoOf(since),
    lastBootTime: booted && isoOf(booted.started),
    allocationTime: isoOf(node.createdAt),
    ipAddress: `10.0.${Math.floor((node.index + 4) / 256)}.${(node.index + 4) % 256}`,
    affinityId: affinityOf(node),
    vmSize: textOf(poolProperties(pool)['vmSize'])?.toLowerCase(),
    totalTasksRun: worlds + done.length,
    totalTasksSucceeded: done.filter(run => run.ended?.by === 'itself' && run.exitCode === 0).length,
    runningTasksCount: worlds + runs.length,
    runningTaskSlotsCount: worlds + runs.reduce((sum, run) => sum + run.slots, 0),
    recentTasks: recentTasks(node, { now, origin }),
    startTask: node.hasStartTask ? serviceStartTask(poolProperties(pool)['startTask']) : undefined,
    startTaskInfo: node.hasStartTask && now >= boot.usable ? startTaskInfo(look, node, boot) : undefined,
    // gone with 2025-06-01
    certificateReferences: booted && apiVersion !== '2025-06-01' ? [] : undefined,
    isDedicated: node.isDedicated,
    nodeAgentInfo: booted && { version: NODE_AGENT_VERSION, lastUpdateTime: isoOf(booted.started) },
    virtualMachineInfo: { imageReference: withExactVersion(serviceImageReference(node.imageReference)) }
  })
}

/** A Marketplace image's version once more, `latest` too: it proves nothing (recorded, 2025). */
const withExactVersion = (reference: JsonObject): JsonObject =>
  reference['publisher'] === undefined ? reference : { ...reference, exactVersion: reference['version'] }

function startTaskInfo(look: Look, node: NodeFact, boot: Boot): JsonObject {
  const startTime = isoOf(boot.usable)
  if (look.now < boot.startTaskEnd) return { state: 'running', startTime, retryCount: 0 }
  const ended = { state: 'completed', startTime, endTime: isoOf(boot.startTaskEnd) }
  if (!startTaskFails(look, node, boot)) return { ...ended, exitCode: 0, result: 'success', retryCount: 0 }
  return { ...ended, exitCode: 1, failureInfo: FAILURE_EXIT_CODE, result: 'failure', retryCount: 0 }
}
