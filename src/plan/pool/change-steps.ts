/** The steps that change what a pool is: with its nodes there, or emptied for it. */
import type { Pool } from '../../model/observed.ts'
import { REFRESH_ITEM } from '../../model/own-metadata.ts'
import type {
  Difference,
  MetadataChange,
  PoolChangeStep,
  PoolExpectation,
  RestorePoint,
  RestorePoolStep,
  StepHead
} from '../../model/plan.ts'
import { hasOnlyFailedNodes } from './failed-nodes.ts'
import { hasOtherContent } from './other-content.ts'
import { carried } from '../../rules/pool-body.ts'
import { countedNodes, isTakenOnStart, PLANNED_REFRESH } from '../../rules/refresh.ts'
import { changedBody, changedThings } from './difference.ts'
import {
  restorePointImageId,
  scaleToRestore,
  NO_CHANGE,
  NOTHING_OF_OURS,
  released,
  specChange,
  UNMADE_ITEM,
  withRestorePoint,
  withRun
} from '../../rules/pool-metadata.ts'
import type { StepDraft } from './steps.ts'
import { addressOf, type WantedPool, type Situation } from '../situation.ts'

type Change = { pool: Pool; differences: Difference[] }

export function patchStep(situation: Situation, wanted: WantedPool, change: Change): StepDraft {
  const { pool, differences } = change
  const own = changeOf(wanted, change)
  // Of a pool that an earlier run emptied, the note stays until it is back.
  const { context } = situation
  const isBack = scaleToRestore(pool) === undefined
  const metadata = isBack
    ? withRun(own.metadata, context)
    : withRestorePoint(own.metadata, restorePointOf(pool), context)
  const nodes = nodesKeeping(situation, differences)
  return {
    id: 'patch-pool',
    kind: 'patch-pool',
    title: `change ${changedThings(differences)} of pool ${wanted.spec.poolName}`,
    reason: `Batch takes these while nodes are there${keepingText(wanted, nodes)}${staysText(wanted, own)}`,
    ...own,
    metadata: nodes === 0 ? metadata : { ...metadata, set: [...metadata.set, PLANNED_REFRESH] }
  }
}

/** How many nodes go on with what they started with. */
function nodesKeeping({ observed }: Situation, differences: readonly Difference[]): number {
  return differences.some(isTakenOnStart) ? countedNodes(observed.nodes) : 0
}

function keepingText({ spec }: WantedPool, nodes: number): string {
  if (nodes === 0) return ''
  const which = nodes === 1 ? '1 node keeps' : `${nodes} nodes keep`
  const until = `; ${which} what ${nodes === 1 ? 'it' : 'they'} started with until ${nodes === 1 ? 'it restarts' : 'they restart'}`
  return spec.refreshNodes === 'none' ? `${until} (refresh-nodes restarts them, in this run or a later one)` : until
}

function changeOf(wanted: WantedPool, { pool, differences }: Change): PoolChangeStep {
  const body = changedBody(wanted, differences)
  const metadata = specChange(wanted.spec.pool.properties, pool)
  return {
    ...addressOf(wanted),
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

function staysText({ spec }: WantedPool, { carries }: PoolChangeStep): string {
  if (carries.length === 0) return ''
  const names = carries.slice(0, MOST_NAMED).map(path => path.replace(VM_CONFIGURATION, ''))
  const more = carries.length - names.length
  const rest = spec.poolFrom === 'pool' ? 'what else it has there' : 'what the spec leaves out'
  return `; ${rest} stays: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const VM_CONFIGURATION = 'deploymentConfiguration.virtualMachineConfiguration.'

/** What an earlier run kept, when that was cut off: the pool as it is now is only half-way. */
function restorePointOf(pool: Pool): RestorePoint {
  const scale = scaleToRestore(pool)
  return scale === undefined ? pool : { scale, imageId: restorePointImageId(pool.metadata) }
}

/** Where other content comes under the same id, nodes aren't what they were: the note says so by naming no image. */
function restorePointAfter({ pool, differences }: Change): RestorePoint {
  const { scale, imageId } = restorePointOf(pool)
  return hasOtherContent(differences) ? { scale } : { scale, imageId }
}

/** An earlier run gave it another image, and was cut off, or failed, before it had its nodes. */
function hasUnprovedImage(pool: Pool): boolean {
  return scaleToRestore(pool) !== undefined && restorePointImageId(pool.metadata) !== pool.imageId
}

export function drainStep(situation: Situation, wanted: WantedPool, pool: Pool): StepDraft {
  return {
    id: 'drain-pool',
    kind: 'drain-pool',
    title: `drain pool ${wanted.spec.poolName} by ${wanted.spec.drain}`,
    reason: 'Batch takes the change only at zero nodes; the present scale is kept in its metadata until it is back',
    ...addressOf(wanted),
    drain: wanted.spec.drain,
    drainTimeoutMs: wanted.spec.drainTimeoutMs,
    metadata: withRestorePoint(NO_CHANGE, restorePointOf(pool), situation.context),
    expects: {
      ...asFound(pool),
      mayBeAtZero: true,
      newImageId: wanted.imageId,
      ...(onlyIfIdle(wanted, pool) ? { idle: hasOnlyFailedNodes(situation, pool) ? 'no-tasks' : 'no-nodes' } : {})
    }
  }
}

/** `image-change: auto`: as it was when the plan was made. */
function onlyIfIdle({ spec }: WantedPool, pool: Pool): boolean {
  return spec.imageChange !== 'in-place' && scaleToRestore(pool) === undefined
}

/** What takes the change back that empties it for nothing. */
export function restoreStep({ context }: Situation, wanted: WantedPool, pool: Pool): RestorePoolStep & StepHead {
  const back = hasUnprovedImage(pool)
    ? { scale: pool.scale, metadata: released(withRestorePoint(NO_CHANGE, restorePointOf(pool), context)) }
    : { scale: restorePointOf(pool).scale, metadata: NOTHING_OF_OURS }
  return {
    id: 'restore-pool',
    kind: 'restore-pool',
    after: [],
    title: `give pool ${wanted.spec.poolName} its former scale back`,
    reason: 'it keeps its image until it gets another',
    ...addressOf(wanted),
    restorePoint: { ...asFound(pool), scale: back.scale },
    notedImageId: restorePointOf(pool).imageId,
    metadata: back.metadata
  }
}

/** All nodes that come from now on start with what the pool has. */
export const withoutRefreshNote = (change: MetadataChange): MetadataChange => ({
  ...change,
  remove: [...change.remove, REFRESH_ITEM]
})

export function changeImageStep({ context }: Situation, wanted: WantedPool, change: Change): StepDraft {
  const own = changeOf(wanted, change)
  return {
    id: 'change-pool-image',
    kind: 'change-pool-image',
    title: `change ${changedThings(change.differences)} of pool ${wanted.spec.poolName}`,
    reason: `the pool has no nodes then, so Batch takes it${staysText(wanted, own)}`,
    ...own,
    metadata: withRestorePoint(withoutRefreshNote(own.metadata), restorePointAfter(change), context),
    // At zero, as it was found or as this run has left it.
    expects: { ...own.expects, mayBeAtZero: true, newImageId: wanted.imageId }
  }
}
