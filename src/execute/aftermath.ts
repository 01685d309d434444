/** What a run still does when its steps are over: undoes what it owes, and looks at how things stand for the report. */
import { nameOf } from '../model/arm-id.ts'
import type { StepOutcome } from '../model/outcome.ts'
import type { PoolAddress, Undo } from '../model/plan.ts'
import { anyOf, within } from '../shared/time-limit.ts'
import { poolKnown, type ExecuteDeps, type Execution, type Known } from './context.ts'
import { rest } from './execute.ts'
import { serviceOf } from './node-looks.ts'
import { undo } from './undo.ts'

/** In ms. The runner gives a cancelled step 7.5 seconds, and this action promises to need 5. */
const LIMITS = { ended: { undo: 60_000, look: 15_000 }, cancelled: { undo: 2_000, look: 1_500 } }

type Ended = {
  owed: readonly Undo[]
  /** What the run failed at, where it did. */
  error: unknown
  /** Those of the plan. */
  pools: readonly PoolAddress[]
  cancelled: AbortSignal
}

/**
 * The run has ended, one way or the other. Never throws.
 * @returns what came of the undoing
 */
export async function aftermath(
  deps: ExecuteDeps & { known: Known },
  { owed, error, pools, cancelled }: Ended
): Promise<StepOutcome[]> {
  const limits = cancelled.aborted ? LIMITS.cancelled : LIMITS.ended
  const ends = cancelled.aborted ? [] : [cancelled]
  const limited = <T>(ms: number, work: (run: Execution) => Promise<T>): Promise<T> =>
    within(deps.clock, ms, timeIsUp => {
      const signal = anyOf([timeIsUp, ...ends])
      return work({ ...deps, azure: deps.azure.until(signal), signal })
    })
  const undone = await limited(limits.undo, async run => {
    if (owed.length > 0 && !cancelled.aborted) await rest(run, error)
    return undo({ ...run, undoing: { isPatient: false } }, owed)
  })
  await limited(limits.look, run => Promise.all(pools.map(pool => lastLook(run, pool))))
  return undone
}

/** The report is of pool and nodes as they are, not of the last thing that a step saw. Best effort. */
async function lastLook(run: Execution, address: PoolAddress): Promise<void> {
  const { poolId, apiVersion } = address
  const known = poolKnown(run, address)
  if (known.pool === undefined) return
  try {
    const pool = await run.azure.batch.getPool(poolId, apiVersion)
    if (pool === undefined) return
    const nodes = await serviceOf(run, address).listNodes(nameOf(poolId))
    Object.assign(known, { pool, nodes })
  } catch {
    // What a step saw is better than nothing.
  }
}
