/** The steps that change what a pool is: with its nodes there, or emptied for it. */
import type { Pool, Scale } from '../model/observed.ts'
import type { Difference, PoolChangeStep, PoolFound } from '../model/plan.ts'
import { hasOnlyFailedNodes } from './image-change.ts'
import { hasOtherContent } from './other-content.ts'
import { carried } from './pool-body.ts'
import { changedBody, changedThings } from './pool-difference.ts'
import {
  keptImageId,
  keptScale,
  NO_CHANGE,
  NOTHING_OF_OURS,
  specChange,
  UNMADE_ITEM,
  withFormer,
  withRun
} from './pool-metadata.ts'
import type { Unchained } from './pool-steps.ts'
import type { PoolWish, Situation } from './situation.ts'

export type Change = { pool: Pool; differences: Difference[] }

export function patchStep(situation: Situation, wish: PoolWish, change: Change): Unchained {
  const { pool, differences } = change
  const own = changeOf(wish, change)
  // Of a pool that an earlier run emptied, the note stays until it is back.
  const { context } = situation
  const isBack = keptScale(pool) === undefined
  const metadata = isBack ? withRun(own.metadata, context) : withFormer(own.metadata, formerOf(pool), context)
  return {
    id: 'patch-pool',
    kind: 'patch-pool',
    title: `change ${changedThings(differences)} of pool ${wish.spec.poolName}`,
    reason: `Batch takes these while nodes are there; nodes that run keep what they started with until they restart${staysText(own)}`,
    ...own,
    metadata
  }
}

function changeOf(wish: PoolWish, { pool, differences }: Change): PoolChangeStep {
  const body = changedBody(wish, differences)
  const metadata = specChange(wish.spec.pool.properties, pool)
  return {
    poolId: wish.poolId,
    body,
    carries: carried(body, pool),
    metadata: { ...metadata, remove: [...metadata.remove, UNMADE_ITEM] },
    found: foundOf(pool)
  }
}

const foundOf = ({ scale, imageId }: Pool): PoolFound => ({ scale, ...(imageId === undefined ? {} : { imageId }) })

/** More than these are counted: a pool of many parts has many. */
const MOST_NAMED = 6

function staysText({ carries }: PoolChangeStep): string {
  if (carries.length === 0) return ''
  const names = carries.slice(0, MOST_NAMED).map(path => path.replace(VM_CONFIGURATION, ''))
  const more = carries.length - names.length
  return `; what the spec leaves out stays: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const VM_CONFIGURATION = 'deploymentConfiguration.virtualMachineConfiguration.'

/** What an earlier run kept, when that was cut off: the pool as it is now is only half-way. */
function formerOf(pool: Pool): { scale: Scale; imageId?: string | undefined } {
  const scale = keptScale(pool)
  return scale === undefined ? pool : { scale, imageId: keptImageId(pool.metadata) }
}

/** Where other content comes under the same id, nodes aren't what they were: the note says so by naming no image. */
function formerAfter({ pool, differences }: Change): { scale: Scale; imageId?: string | undefined } {
  const { scale, imageId } = formerOf(pool)
  return hasOtherContent(differences) ? { scale } : { scale, imageId }
}

/** An earlier run gave it another image, and was cut off, or failed, before it had its nodes. */
function hasUnprovedImage(pool: Pool): boolean {
  return keptScale(pool) !== undefined && keptImageId(pool.metadata) !== pool.imageId
}

export function emptyStep(situation: Situation, wish: PoolWish, pool: Pool): Unchained {
  const keptMetadata = withFormer(NO_CHANGE, formerOf(pool), situation.context)
  const back = hasUnprovedImage(pool)
    ? { formerScale: pool.scale, formerMetadata: keptMetadata }
    : { formerScale: formerOf(pool).scale, formerMetadata: NOTHING_OF_OURS }
  return {
    id: 'empty-pool',
    kind: 'empty-pool',
    title: `empty pool ${wish.spec.poolName} by ${wish.spec.drain}`,
    reason: 'Batch takes the change only at zero nodes; the present scale is kept in its metadata until it is back',
    poolId: wish.poolId,
    drain: wish.spec.drain,
    drainTimeoutMs: wish.spec.drainTimeoutMs,
    found: foundOf(pool),
    keptMetadata,
    ...back,
    onlyIfIdle: wish.spec.imageChange !== 'in-place' && keptScale(pool) === undefined,
    ...(hasOnlyFailedNodes(situation, pool) ? { hasOnlyFailedNodes: true as const } : {})
  }
}

export function rebuildStep({ context }: Situation, wish: PoolWish, change: Change): Unchained {
  const own = changeOf(wish, change)
  return {
    id: 'change-pool-image',
    kind: 'change-pool-image',
    title: `change ${changedThings(change.differences)} of pool ${wish.spec.poolName}`,
    reason: `the pool has no nodes then, so Batch takes it${staysText(own)}`,
    ...own,
    metadata: withFormer(own.metadata, formerAfter(change), context)
  }
}
