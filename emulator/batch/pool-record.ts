import { shortRegion } from '../kernel/regions.ts'
import { isGone, sameText } from '../kernel/resources.ts'
import type { Stored, World } from '../kernel/types.ts'
import { textOf } from './json.ts'
import { factsFromBody } from './loaded-pool.ts'
import type { AllocationState, NodeFact, PoolFacts, Target } from './pool-facts.ts'
import { poolProperties } from './pool-nodes.ts'

export const POOL_TYPE = 'Microsoft.Batch/batchAccounts/pools'
export const ACCOUNT_TYPE = 'Microsoft.Batch/batchAccounts'

/** The facts of a pool's record; those of a world's pool are read off what its GET shows, at the first look. */
export function factsOf(record: Stored): PoolFacts {
  record.facts['pool'] ??= factsFromBody(record)
  return record.facts['pool'] as PoolFacts
}

/** Nodes that are there at `now`: made, and not gone. */
export function nodesAt(facts: PoolFacts, now: number): NodeFact[] {
  return facts.nodes.filter(node => node.createdAt <= now && (node.goneAt === undefined || node.goneAt > now))
}

export function countAt(facts: PoolFacts, now: number): Target {
  const dedicated = nodesAt(facts, now).filter(node => node.isDedicated).length
  return { dedicated, lowPriority: nodesAt(facts, now).length - dedicated }
}

/** Where the pool's allocation stands at `now`, and since when. */
export function allocationAt(record: Stored, now: number): { state: AllocationState; since: number } {
  const { resize } = factsOf(record)
  if (resize === undefined) return { state: 'Steady', since: shownTransition(record) ?? record.createdAt }
  if (now >= resize.endsAt) return { state: 'Steady', since: resize.endsAt }
  if (resize.cut === undefined) return { state: 'Resizing', since: resize.startedAt }
  return { state: resize.cut.by === 'stopResize' ? 'Stopping' : 'Resizing', since: resize.cut.at }
}

function shownTransition(record: Stored): number | undefined {
  const text = textOf(poolProperties(record)['allocationStateTransitionTime'])
  return text === undefined ? undefined : Date.parse(text)
}

/** Every pool of the world that isn't gone at `now`; with `accountId`, of that account. */
export function poolsOf(world: World, now: number, accountId?: string): Stored[] {
  const prefix = accountId === undefined ? undefined : `${accountId.toLowerCase()}/pools/`
  return [...world.records.values()].filter(
    record =>
      isPool(record) && !isGone(record, now) && (prefix === undefined || record.id.toLowerCase().startsWith(prefix))
  )
}

export const isPool = (record: Stored): boolean => sameText(record.type, POOL_TYPE)

/** The id of the account that a pool's id lies under. */
export function accountIdOf(poolId: string): string {
  return poolId.split('/').slice(0, 9).join('/')
}

export function accountOf(world: World, poolId: string): Stored | undefined {
  return world.records.get(accountIdOf(poolId).toLowerCase())
}

/** Region of a pool's account, in short form. */
export function regionOf(world: World, poolId: string): string {
  return shortRegion(textOf(accountOf(world, poolId)?.body['location']) ?? '')
}

/** When the world began: an account's record is made by loading it. */
export function worldStart(world: World): number {
  return [...world.records.values()].find(({ type }) => sameText(type, ACCOUNT_TYPE))?.createdAt ?? 0
}
