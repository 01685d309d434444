import { shortRegion } from '../kernel/regions.ts'
import type { Stored, World } from '../kernel/types.ts'
import { factsOf, poolsOf, regionOf, worldStart } from './pool-record.ts'
import { sizeOfPool } from './vm-sizes.ts'

/** What a region can still give to one pool, over time. Times are asked for in rising order, or at least not before `from`. */
export type Supply = {
  /** The first time, at or after `at`, at which the region has cores for one more node; undefined: never, as things stand. */
  next(at: number): number | undefined
  /** Whether the region refuses at `at` what it can't give then, and with whose error. */
  refuses(at: number): { relays?: ProviderError } | undefined
  /** One node was taken, from now on. */
  take(): void
}

/**
 * The cores of the region that `behaviour.capacity` names: all that nodes of the family (or, by `*`, of the families
 * without entries of their own) can hold together, in every pool of the world. No entry: no bound.
 */
export function supplyOf(world: World, pool: Stored, from: number): Supply {
  const size = sizeOfPool(world, pool)
  const steps = size === undefined ? [] : capacitySteps(world, regionOf(world, pool.id), size.family)
  if (size === undefined || steps.length === 0) return { next: at => at, refuses: () => undefined, take: () => {} }
  const use = useOverTime(world, pool, from)
  let taken = 0
  const free = (at: number): number => coresAt(steps, at) - use.at(at) - taken * size.vCpus
  const moments = [...steps.map(step => step.from), ...use.moments].sort((a, b) => a - b)
  return {
    next: at => (free(at) >= size.vCpus ? at : moments.find(moment => moment > at && free(moment) >= size.vCpus)),
    refuses: at => {
      const step = stepAt(steps, at)
      return step?.refuses === true ? { ...(step.relays && { relays: step.relays }) } : undefined
    },
    take: () => void taken++
  }
}

export type ProviderError = { code: string; message: string }
type Step = { from: number; cores: number; refuses: boolean; relays?: ProviderError }

function capacitySteps(world: World, region: string, family: string): Step[] {
  const inRegion = world.behaviour.capacity.filter(entry => shortRegion(entry.region) === region)
  const own = inRegion.filter(entry => entry.family.toLowerCase() === family.toLowerCase())
  const start = worldStart(world)
  return (own.length > 0 ? own : inRegion.filter(entry => entry.family === '*'))
    .map(({ from, refuses = false, ...step }) => ({ ...step, from: start + from, refuses }))
    .sort((a, b) => a.from - b.from)
}

const stepAt = (steps: Step[], at: number): Step | undefined => steps.findLast(step => step.from <= at)

/** Before its first entry a region is unbounded. */
const coresAt = (steps: Step[], at: number): number => stepAt(steps, at)?.cores ?? Infinity

/** Cores held by the nodes that compete with this pool's, itself included: now, and as resizes under way will have it. */
function useOverTime(world: World, pool: Stored, from: number): { at(time: number): number; moments: number[] } {
  const changes: { at: number; cores: number }[] = []
  let base = 0
  for (const other of rivalsOf(world, pool, from)) {
    const cores = sizeOfPool(world, other)?.vCpus ?? 0
    for (const { createdAt, goneAt } of factsOf(other).nodes) {
      if (goneAt !== undefined && goneAt <= from) continue
      if (createdAt <= from) base += cores
      else changes.push({ at: createdAt, cores })
      if (goneAt !== undefined) changes.push({ at: goneAt, cores: -cores })
    }
  }
  changes.sort((a, b) => a.at - b.at)
  const at = (time: number): number =>
    changes.reduce((sum, change) => (change.at <= time ? sum + change.cores : sum), base)
  return { at, moments: changes.filter(({ cores }) => cores < 0).map(change => change.at) }
}

function rivalsOf(world: World, pool: Stored, now: number): Stored[] {
  const own = shareOf(world, pool)
  return poolsOf(world, now).filter(other => shareOf(world, other) === own)
}

/** Pools that draw on the same entries of `behaviour.capacity` have the same key. */
function shareOf(world: World, pool: Stored): string {
  const region = regionOf(world, pool.id)
  const family = sizeOfPool(world, pool)?.family.toLowerCase() ?? ''
  const own = world.behaviour.capacity.some(
    entry => shortRegion(entry.region) === region && entry.family.toLowerCase() === family
  )
  return `${region}|${own ? family : '*'}`
}

/** Pools that a change of this one's nodes can give room to, or take it from. */
export function poolsSharing(world: World, pool: Stored, now: number): Stored[] {
  return rivalsOf(world, pool, now).filter(other => other !== pool)
}
