/** Gives nodes that failed their second chance: by Batch’s own calls, under this run’s lease. */
import { AzureError } from '../azure/errors.ts'
import { nameOf } from '../model/arm-id.ts'
import { bearingOf } from '../model/node-state.ts'
import type { Pool } from '../model/observed.ts'
import type { ScalePoolStep } from '../model/plan.ts'
import type { WaveDecision, WaveProgress } from '../decide/wave.ts'
import { poolKnown, type Execution, type StepOf } from './context.ts'
import { readNodes, serviceOf, type NodeLooks } from './node-looks.ts'
import { isBusy, patchPool, renewLease } from './pool-changes.ts'

/** Reboots asked for at once: thousands of nodes take minutes so, and a service that is slow sees no flood. */
const SIDE_BY_SIDE = 5

const ACTIONS: Readonly<Record<Chance['by'], string>> = {
  reboot: 'Microsoft.Batch/batchAccounts/computePools/computeNodes/reboot/action',
  replace: 'Microsoft.Batch/batchAccounts/computePools/computeNodes/remove/action'
}

type Chance = Extract<WaveDecision, { kind: 'second-chance' }>

/**
 * @returns the progress to go on with; undefined where Batch takes it only later.
 * Batch takes no condition with these calls: the lease is looked at, and renewed for as long as they take, just before.
 */
export async function giveChance(
  run: Execution,
  step: StepOf<'scale-pool'>,
  { pool, chance, looks }: { pool: Pool; chance: Chance; looks: NodeLooks }
): Promise<WaveProgress | undefined> {
  try {
    await patchPool(run, step, {
      pool,
      body: { properties: {} },
      metadata: step.metadata,
      holdMs: holdMs(step, chance)
    })
    if (chance.by === 'reboot') {
      const taken = await rebootAll(run, step, { nodeIds: chance.nodeIds, looks })
      return taken === 0 ? chance.ifRefused : chance.progress
    }
    if (!(await areAllStillBad(run, step, chance.nodeIds))) return undefined
    await remove(run, step, chance.nodeIds)
    return chance.progress
  } catch (error) {
    if (isBusy(error)) return undefined
    if (!(error instanceof AzureError) || error.status !== 403) throw error
    run.warn(step.id, {
      message: `the identity may not do it, so failed nodes got no second chance: ${error.message}`,
      wayOut: `give the identity a role with ${ACTIONS[chance.by]}, or say repair-attempts: 0`
    })
    return chance.ifDenied
  }
}

/** Batch may have got one back since it was looked at: then the wave is looked at again. */
async function areAllStillBad(run: Execution, step: ScalePoolStep, nodeIds: readonly string[]): Promise<boolean> {
  const nodes = await readNodes(run, step)
  return nodes.every(node => !nodeIds.includes(node.nodeId) || bearingOf(node) !== 'healthy')
}

const holdMs = (step: ScalePoolStep, { by }: Chance): number => (by === 'reboot' ? 0 : step.resizeTimeoutMs)

async function remove(run: Execution, step: StepOf<'scale-pool'>, nodeIds: readonly string[]): Promise<void> {
  try {
    const { poolId, resizeTimeoutMs } = step
    await serviceOf(run, step).removeNodes(nameOf(poolId), { nodeIds, resizeTimeoutMs })
  } catch (error) {
    // Taken at the first try, whose answer was lost; or a node has gone by itself.
    const isDone = error instanceof AzureError && ((isBusy(error) && error.tries > 1) || error.status === 404)
    if (!isDone) throw error
  }
}

/** A node that can’t be rebooted as it is, or is gone, is left to what comes next. */
async function rebootAll(
  run: Execution,
  step: StepOf<'scale-pool'>,
  { nodeIds, looks }: { nodeIds: readonly string[]; looks: NodeLooks }
): Promise<number> {
  const taken: string[] = []
  let refusal: AzureError | undefined
  const reboot = async (nodeId: string): Promise<void> => {
    try {
      await serviceOf(run, step).rebootNode(nameOf(step.poolId), nodeId, 'requeue')
      taken.push(nodeId)
    } catch (error) {
      if (!(error instanceof AzureError) || (error.status !== 409 && error.status !== 404)) throw error
      refusal = error
    }
  }
  for (let at = 0; at < nodeIds.length; at += SIDE_BY_SIDE) {
    const { pool } = poolKnown(run, step)
    if (pool !== undefined) await renewLease(run, step, pool)
    await Promise.all(nodeIds.slice(at, at + SIDE_BY_SIDE).map(reboot))
  }
  looks.rebooted(taken)
  if (refusal !== undefined) run.say(step.id, `${taken.length} of ${nodeIds.length} take a reboot: ${refusal.message}`)
  return taken.length
}
