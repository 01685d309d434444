/** The steps that change what a pool is: with its nodes there, or emptied for it. */
import type { Pool, Scale } from '../model/observed.ts'
import type { Difference, PoolChangeStep, PoolExpectation, RestorePoolStep, StepHead } from '../model/plan.ts'
import { hasOnlyFailedNodes } from './failed-nodes.ts'
import { hasOtherContent } from './other-content.ts'
import { carried } from './pool-body.ts'
import { changedBody, changedThings } from './pool-difference.ts'
import {
  keptImageId,
  keptScale,
  NO_CHANGE,
  NOTHING_OF_OURS,
  released,
  specChange,
  UNMADE_ITEM,
  withFormer,
  withRun
} from './pool-metadata.ts'
import type { Unchained } from './pool-steps.ts'
import { addressOf, type PoolWish, type Situation } from './situation.ts'

type Change = { pool: Pool; differences: Difference[] }

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
    reason: `Batch takes these while nodes are there; nodes that run keep what they started with until they restart${staysText(wish, own)}`,
    ...own,
    metadata
  }
}

function changeOf(wish: PoolWish, { pool, differences }: Change): PoolChangeStep {
  const body = changedBody(wish, differences)
  const metadata = specChange(wish.spec.pool.properties, pool)
  return {
    ...addressOf(wish),
    body,
    carries: carried(body, pool),
    metadata: { ...metadata, remove: [...metadata.remove, UNMADE_ITEM] },
    expects: asFound(pool)
  }
}

const asFound = ({ scale, imageId }: Pool): Pick<PoolExpectation, 'scale' | 'imageId'> => ({
  scale,
  ...(imageId === undefined ? {} : { imageId })
})

/** More than these are counted: a pool of many parts has many. */
const MOST_NAMED = 6

function staysText({ spec }: PoolWish, { carries }: PoolChangeStep): string {
  if (carries.length === 0) return ''
  const names = carries.slice(0, MOST_NAMED).map(path => path.replace(VM_CONFIGURATION, ''))
  const more = carries.length - names.length
  const rest = spec.poolFrom === 'pool' ? 'what else it has there' : 'what the spec leaves out'
  return `; ${rest} stays: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
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
  return {
    id: 'empty-pool',
    kind: 'empty-pool',
    title: `empty pool ${wish.spec.poolName} by ${wish.spec.drain}`,
    reason: 'Batch takes the change only at zero nodes; the present scale is kept in its metadata until it is back',
    ...addressOf(wish),
    drain: wish.spec.drain,
    drainTimeoutMs: wish.spec.drainTimeoutMs,
    metadata: withFormer(NO_CHANGE, formerOf(pool), situation.context),
    expects: {
      ...asFound(pool),
      mayBeAtZero: true,
      newImageId: wish.imageId,
      ...(onlyIfIdle(wish, pool) ? { idle: hasOnlyFailedNodes(situation, pool) ? 'no-tasks' : 'no-nodes' } : {})
    }
  }
}

/** `image-change: auto`: as it was when the plan was made. */
function onlyIfIdle({ spec }: PoolWish, pool: Pool): boolean {
  return spec.imageChange !== 'in-place' && keptScale(pool) === undefined
}

/** What takes the change back that empties it for nothing. */
export function restoreStep({ context }: Situation, wish: PoolWish, pool: Pool): RestorePoolStep & StepHead {
  const back = hasUnprovedImage(pool)
    ? { scale: pool.scale, metadata: released(withFormer(NO_CHANGE, formerOf(pool), context)) }
    : { scale: formerOf(pool).scale, metadata: NOTHING_OF_OURS }
  return {
    id: 'restore-pool',
    kind: 'restore-pool',
    after: [],
    title: `give pool ${wish.spec.poolName} its former scale back`,
    reason: 'it keeps its image until it gets another',
    ...addressOf(wish),
    former: { ...asFound(pool), scale: back.scale },
    metadata: back.metadata
  }
}

export function rebuildStep({ context }: Situation, wish: PoolWish, change: Change): Unchained {
  const own = changeOf(wish, change)
  return {
    id: 'change-pool-image',
    kind: 'change-pool-image',
    title: `change ${changedThings(change.differences)} of pool ${wish.spec.poolName}`,
    reason: `the pool has no nodes then, so Batch takes it${staysText(wish, own)}`,
    ...own,
    metadata: withFormer(own.metadata, formerAfter(change), context),
    // At zero, as it was found or as this run has left it.
    expects: { ...own.expects, mayBeAtZero: true, newImageId: wish.imageId }
  }
}
