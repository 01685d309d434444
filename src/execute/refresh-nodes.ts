/** Drives `decideRefresh`: nodes restart by Batch’s own calls, a wave at a time, under this run’s lease. */
import { AzureError } from '../azure/errors.ts'
import { nameOf } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { Node, Pool } from '../model/observed.ts'
import {
  decideRefresh,
  NOTHING_ASKED,
  withWave,
  type RefreshDecision,
  type RefreshProgress,
  type RefreshView
} from '../decide/refresh.ts'
import { nodesOf, totalOf } from '../rules/node-targets.ts'
import { changedAtOf } from '../rules/refresh.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { drive, teller } from './loop.ts'
import { halted, nodeLooks, readNodes, serviceOf } from './node-looks.ts'
import { patchPool, readPool, renewLease, unlessBusy } from './pool-changes.ts'
import { startTaskOutput } from './start-task-output.ts'

type Refresh = StepOf<'refresh-nodes'>
type Seen = RefreshView & { pool: Pool }

/** Calls side by side: a pool of thousands takes minutes so, and a service that is slow sees no flood. */
const SIDE_BY_SIDE = 5
/** Of nodes that keep what they started with, so many are named. */
const SAID_NODES = 3

export async function refreshNodes(run: Execution, step: Refresh): Performed {
  const looks = nodeLooks(run)
  const tell = teller(run, step.id)
  let changedAt: number | undefined
  const { done } = await drive<Seen, RefreshProgress, RefreshDecision>(run, {
    progress: NOTHING_ASKED,
    look: async ({ sinceMs }) => {
      const pool = await readPool(run, step)
      // Without the note, as somebody may have replaced all metadata, every node that is there now has started before.
      changedAt ??= changedAtOf(pool) ?? run.azureNow()
      const { nodes } = looks.at(await readNodes(run, step), totalOf(nodesOf(pool)))
      return { pool, nodes, changedAt, msSinceAsked: sinceMs() }
    },
    decide: (seen, progress) => decideRefresh(step, seen, progress),
    tell,
    act: async (decision, { look: seen, progress, pace }) => {
      if (decision.kind === 'wait') {
        await unlessBusy(renewLease(run, step, seen.pool))
        return { progress: decision.progress }
      }
      const isHeld = await hold(run, step, seen.pool)
      if (!isHeld) return undefined
      tell(decision.reason)
      const came = await restartAll(run, step, decision.nodeIds)
      pace.restart()
      return { progress: withWave(progress, seen, came) }
    },
    errorOf: async halt => {
      const output = await startTaskOutput(run, step, halt.bad)
      return halted(run, step, { verdict: halt, bad: halt.bad, output })
    }
  })
  warnOfLeft(run, step, done.left)
  return done.reason
}

/** Batch takes no condition with a restart: the lease is looked at, and renewed, just before. */
async function hold(run: Execution, step: Refresh, pool: Pool): Promise<boolean> {
  const { metadata, nodeTimeoutMs } = step
  const held = patchPool(run, step, { pool, body: { properties: {} }, metadata, holdMs: nodeTimeoutMs })
  return (await unlessBusy(held)) !== undefined
}

type Came = { taken: string[]; refused: string[] }

/** A node that can’t be restarted as it is, or is gone, is left out. */
async function restartAll(run: Execution, step: Refresh, nodeIds: readonly string[]): Promise<Came> {
  const came: Came = { taken: [], refused: [] }
  let refusal: AzureError | undefined
  const restart = async (nodeId: string): Promise<void> => {
    try {
      await ask(run, step, nodeId)
      came.taken.push(nodeId)
    } catch (error) {
      if (!(error instanceof AzureError) || (error.status !== 409 && error.status !== 404)) throw error
      if (error.code === 'OperationNotValidOnNode') throw notValid(step, error)
      const isUnderWay = error.code === 'NodeBeingRebooted' || error.code === 'NodeBeingReimaged'
      if (!isUnderWay) refusal = error
      came[isUnderWay ? 'taken' : 'refused'].push(nodeId)
    }
  }
  for (let at = 0; at < nodeIds.length; at += SIDE_BY_SIDE) {
    const { pool } = poolKnown(run, step)
    if (pool !== undefined) await renewLease(run, step, pool)
    await Promise.all(nodeIds.slice(at, at + SIDE_BY_SIDE).map(restart))
  }
  if (refusal !== undefined) {
    run.say(step.id, `${came.taken.length} of ${nodeIds.length} take a ${step.by}: ${refusal.message}`)
  }
  return came
}

function ask(run: Execution, step: Refresh, nodeId: string): Promise<void> {
  const service = serviceOf(run, step)
  const poolName = nameOf(step.poolId)
  return step.by === 'reboot'
    ? service.rebootNode(poolName, nodeId, step.drain)
    : service.reimageNode(poolName, nodeId, step.drain)
}

/** Batch took no reimage of a pool of virtual machines until 2022 (recorded). */
function notValid(step: Refresh, error: AzureError): RunError {
  const wayOut =
    step.by === 'reimage' ? 'say refresh-nodes: reboot' : 'restart the nodes yourself, with refresh-nodes: none'
  return new RunError({ reason: 'pool-refused', message: error.message, wayOut, cause: error })
}

function warnOfLeft(run: Execution, step: Refresh, left: readonly Node[]): void {
  if (left.length === 0) return
  const named = left.slice(0, SAID_NODES).map(({ nodeId, state }) => `${nodeId} is ${state}`)
  const more = left.length > SAID_NODES ? ` and ${left.length - SAID_NODES} more` : ''
  const keep = left.length === 1 ? '1 node keeps what it' : `${left.length} nodes keep what they`
  run.warn(step.id, {
    message: `${keep} started with, and Batch doesn’t restart ${left.length === 1 ? 'it' : 'them'} in that state: ${named.join(', ')}${more}`,
    wayOut: 'restart what is left once it is idle or running (az batch node reboot), or remove it'
  })
}
