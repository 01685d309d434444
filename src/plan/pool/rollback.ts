/**
 * The way back of a pool that is emptied for another image, should its nodes fail with that: planned whole beforehand, so that the
 * plan says what it costs, and where there is none.
 */
import type { GalleryImageVersionId } from '../../model/arm-id.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Pool } from '../../model/observed.ts'
import type { Difference, Finding, PlannedRollback, Undo } from '../../model/plan.ts'
import { describeTargets, targetsOf, totalOf } from '../../rules/node-targets.ts'
import { NO_CHANGE, NOTHING_OF_OURS, released, undoneChange, withRestorePoint } from '../../rules/pool-metadata.ts'
import { addressOf, scaleFrom, type Situation, type WantedPool } from '../situation.ts'
import { finishStep, handOver, scaleStep, type StepDraft } from './steps.ts'
import { withLease } from './undo.ts'
import { changedNames, imageNameOf, wayBack, type ImageChange, type NoWay } from './way-back.ts'

/** Its nodes are of no use, and the tasks on them are queued again: nothing is worth a longer wait. */
const DRAIN_MS = 10 * 60_000
/** What a drain leaves of the deadline for the pool to come back. */
const WAY_BACK_MS = 10 * 60_000

/** Unique in a plan with one pool, and apart from those of the change itself. */
const ID = {
  drain: 'rollback-drain',
  image: 'rollback-image',
  scale: 'rollback-scale',
  finish: 'rollback-finish',
  verify: 'rollback-verify',
  stop: 'rollback-stop',
  restore: 'rollback-restore',
  release: 'rollback-release'
} as const

type RollbackAnswer = { rollback?: PlannedRollback; undo: Undo[]; findings: Finding[] }

type Changing = { pool: Pool | undefined; differences: readonly Difference[]; steps: readonly StepDraft[] }

/** Steps in which nodes can fail. */
const JUDGES: ReadonlySet<StepDraft['kind']> = new Set(['scale-pool', 'run-smoke-test', 'verify-nodes', 'bake-nodes'])

type Way = { pool: Pool; change: ImageChange; versionId: GalleryImageVersionId; until: string }

const NONE: RollbackAnswer = { undo: [], findings: [] }

/** @param changing what is planned for the pool; nothing is answered where its image stays, or where no node of it is judged */
export function planRollback(situation: Situation, wanted: WantedPool, changing: Changing): RollbackAnswer {
  const { pool, differences, steps } = changing
  const change = steps.find((step): step is ImageChange => step.kind === 'change-pool-image')
  const until = steps.findLast(({ kind }) => JUDGES.has(kind))?.id
  if (wanted.spec.onFailure === 'keep' || pool === undefined || change === undefined || until === undefined) return NONE
  if (!differences.some(({ path }) => path.endsWith('imageReference.id'))) return NONE
  const way = wayBack(situation, { pool, change, differences })
  return 'why' in way
    ? { undo: [], findings: [noWay(wanted, way)] }
    : plannedWay(situation, wanted, { pool, change, until, ...way })
}

function noWay({ spec }: WantedPool, { why, wayOut, isNothingLost }: NoWay): Finding {
  const isRefused = spec.onFailure === 'rollback' && isNothingLost !== true
  return {
    rule: 'rollback-possible',
    severity: isRefused ? 'error' : 'note',
    message: isRefused
      ? `on-failure: "rollback" asks for a way back, and pool "${spec.poolName}" has none: ${why}`
      : `pool "${spec.poolName}" stays as it is if its nodes fail with the new image: ${why}`,
    wayOut: isRefused ? `${wayOut}; or say on-failure: keep, and it stays as it is then` : wayOut,
    source: 'learn.microsoft.com/azure/batch/batch-pool-update-properties'
  }
}

function plannedWay(situation: Situation, wanted: WantedPool, way: Way): RollbackAnswer {
  const { pool, change, until, versionId } = way
  const { poolName } = wanted.spec
  const imageName = imageNameOf(versionId)
  const drainTimeoutMs = Math.min(wanted.spec.drainTimeoutMs, DRAIN_MS)
  const steps = withLease(wayOf(situation, wanted, { ...way, imageName, drainTimeoutMs }), situation.context)
  return {
    rollback: {
      poolId: wanted.poolId,
      after: change.id,
      until,
      imageName,
      reason: `the nodes of pool ${poolName} have failed with the image that this run gave it`,
      cost: `its tasks are queued again, it is at zero nodes for some minutes, and then gets ${describeFormer(pool)} again`,
      needsMs: drainTimeoutMs + WAY_BACK_MS,
      steps: steps.map((step, index) => ({ ...step, after: index === 0 ? [] : [steps[index - 1]?.id ?? ''] }))
    },
    undo: undoOf(wanted, { pool, versionId }),
    findings: []
  }
}

function describeFormer({ scale }: Pool): string {
  return scale.kind === 'auto' ? 'its autoscale formula' : describeTargets(targetsOf(scale))
}

type Drafting = Way & { imageName: string; drainTimeoutMs: number }

function wayOf(situation: Situation, wanted: WantedPool, way: Drafting): StepDraft[] {
  const { pool, change, versionId, imageName, drainTimeoutMs } = way
  const { poolName } = wanted.spec
  const { scale } = pool
  const address = addressOf(wanted)
  const undone = undoneChange(change.metadata, pool)
  const former = { scale, imageId: versionId }
  const expects = {
    scale: 'as-left',
    imageId: wanted.imageId,
    written: change.body,
    mayBeAtZero: true,
    newImageId: versionId
  } as const
  const drain: StepDraft = {
    id: ID.drain,
    kind: 'drain-pool',
    title: `drain pool ${poolName} by requeue`,
    reason: 'its nodes have failed; the tasks on them are queued again',
    ...address,
    drain: 'requeue',
    drainTimeoutMs,
    metadata: withRestorePoint(NO_CHANGE, former, situation.context),
    expects
  }
  const image: StepDraft = {
    id: ID.image,
    kind: 'change-pool-image',
    title: `give pool ${poolName} its former image ${imageName} back`,
    reason: 'with everything else that this run has changed, as it was',
    ...address,
    body: formerTags(pool, change),
    carries: [],
    restores: { properties: changedNames(change), metadata: undone.restores },
    metadata: withRestorePoint({ set: [], remove: undone.removes }, former, situation.context),
    expects
  }
  return [drain, image, ...backToScale(situation, { ...wanted, scale: { ...scaleFrom(scale), from: 'pool' } })]
}

/** What was there before has proved itself: no canary. */
function backToScale(situation: Situation, wanted: WantedPool): StepDraft[] {
  const reason = 'the pool is as it was'
  if (wanted.scale.kind === 'auto') {
    const ids: Record<string, string> = { 'finish-pool': ID.finish, 'verify-nodes': ID.verify }
    return handOver(situation, wanted, 'gives the former autoscale formula back').map(step => ({
      ...step,
      id: ids[step.kind] ?? step.id
    }))
  }
  const finish = { ...finishStep(situation, wanted, reason), id: ID.finish }
  const goal = wanted.scale.kind === 'fixed' ? wanted.scale.goal : { dedicated: 0, lowPriority: 0 }
  if (totalOf(goal) === 0) return [finish]
  const scale = scaleStep(wanted, goal, { isProved: true })
  return [{ ...scale, id: ID.scale, reason: `${scale.reason}; its former image needs no canary` }, finish]
}

/** Tags and identities that the change has added stay: Batch takes no identity away, and tags are set one by one. */
function formerTags(pool: Pool, change: ImageChange): JsonObject {
  const there = (pool.body.tags ?? {}) as JsonObject
  const tags = Object.fromEntries(
    Object.keys((change.body.tags ?? {}) as JsonObject).flatMap(name => {
      const value = there[name]
      return value === undefined ? [] : [[name, value] as const]
    })
  )
  return {
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    properties: {}
  }
}

/** In the place of what the change itself owes, from the first step of the way back on. */
function undoOf(wanted: WantedPool, { pool: { scale }, versionId }: Pick<Way, 'pool' | 'versionId'>): Undo[] {
  const name = wanted.spec.poolName
  const address = addressOf(wanted)
  return [
    {
      after: ID.drain,
      until: ID.finish,
      on: ['cancelled', 'killed'],
      step: {
        id: ID.stop,
        kind: 'stop-resize',
        after: [],
        title: `stop the resize of pool ${name}`,
        reason: 'the nodes that are there stay',
        ...address
      }
    },
    {
      after: ID.image,
      until: ID.finish,
      on: ['failed', 'killed'],
      atOnce: true,
      step: {
        id: ID.restore,
        kind: 'restore-pool',
        after: [ID.stop],
        title: `give pool ${name} its former scale back`,
        reason: 'it has its former image again',
        ...address,
        restorePoint: { scale, imageId: versionId },
        notedImageId: versionId,
        metadata: NOTHING_OF_OURS
      }
    },
    {
      after: ID.drain,
      until: ID.finish,
      on: ['failed', 'killed'],
      step: {
        id: ID.release,
        kind: 'release-pool',
        after: [ID.stop, 'mark-image-failed', ID.restore],
        title: `release pool ${name}`,
        reason: 'its nodes stay, and the next run goes on with it',
        ...address,
        metadata: released(NO_CHANGE)
      }
    }
  ]
}
