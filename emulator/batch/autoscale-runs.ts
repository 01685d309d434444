import { isDeepStrictEqual } from 'node:util'
import type { Stored, World } from '../kernel/types.ts'
import { evaluateFormula } from './autoscale.ts'
import { objectOf, textOf } from './json.ts'
import { poolProperties } from './pool-nodes.ts'
import { allocationAt, countAt, factsOf, poolsOf } from './pool-record.ts'
import { startResize } from './resize.ts'
import { settleTasks } from './task-scheduling.ts'
import { durationMs } from './time.ts'

const DEFAULT_INTERVAL_MS = 15 * 60_000
/** Of `evaluationInterval` (ARM contract); also keeps a world's odd interval from being evaluated without end. */
const SHORTEST_INTERVAL_MS = 5 * 60_000

type Run = { pool: Stored; at: number }

/**
 * Evaluates formulas as often as they were due until `now`, in the order in which they were due, and runs tasks meanwhile. What comes of it depends on
 * the facts before and on the time alone, not on who looks or how often.
 */
export function catchUp(world: World, now: number): void {
  for (let run = nextRun(world, now); run !== undefined; run = nextRun(world, now)) {
    settleTasks(world, run.at)
    evaluate(world, run)
  }
  settleTasks(world, now)
}

function nextRun(world: World, now: number): Run | undefined {
  const due = poolsOf(world, now)
    .filter(pool => pool.deletedAt === undefined)
    .flatMap(pool => dueRun(pool, now))
  return due.reduce<Run | undefined>(
    (first, run) => (first === undefined || run.at < first.at ? run : first),
    undefined
  )
}

function dueRun(pool: Stored, now: number): Run[] {
  const { autoScale } = objectOf(poolProperties(pool)['scaleSettings'])
  if (autoScale === undefined) return []
  const asked = durationMs(textOf(objectOf(autoScale)['evaluationInterval']) ?? '') ?? DEFAULT_INTERVAL_MS
  const interval = Math.max(asked, SHORTEST_INTERVAL_MS)
  const last = factsOf(pool).autoScaleRun?.at ?? pool.createdAt
  // a world's pool may have been evaluated last long before the world began
  const missed = Math.max(0, Math.floor((pool.createdAt - last) / interval))
  const at = last + (missed + 1) * interval
  return at <= now ? [{ pool, at }] : []
}

/** Another size than the present one, or than what a resize is bringing, begins a resize: targets may change before they are reached (doc). */
function evaluate(world: World, { pool, at }: Run): void {
  const facts = factsOf(pool)
  const { autoScale } = objectOf(poolProperties(pool)['scaleSettings'])
  const { target, option, results, error } = evaluateFormula(pool, textOf(objectOf(autoScale)['formula']) ?? '', at)
  facts.autoScaleRun = { at, results, ...(error && { error }) }
  if (error !== undefined) return
  const coming = allocationAt(pool, at).state === 'Steady' ? undefined : facts.resize?.target
  if (isDeepStrictEqual(target, coming ?? countAt(facts, at))) return
  startResize(world, pool, { target, option, resizeTimeout: 'PT15M', now: at })
}
