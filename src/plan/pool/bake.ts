/** Nodes that come new, or with another image, must stay healthy for a while before the run counts as done. */
import { sameId } from '../../model/arm-id.ts'
import { formatDurationMs } from '../../shared/duration.ts'
import { TAG } from '../../rules/run-tags.ts'
import { isShort, nodesOf, totalOf } from '../../rules/node-targets.ts'
import { isToBeTagged } from '../image/prove-version.ts'
import { addressOf, type Situation, type WantedPool } from '../situation.ts'
import type { StepDraft } from './steps.ts'

/** Behind the last wave, and before the lease goes; of a formula's pool, behind the look at its nodes. */
export function withBake(situation: Situation, wanted: WantedPool, steps: readonly StepDraft[]): StepDraft[] {
  const { bakeMs, stopAfter } = wanted.spec
  if (bakeMs === 0 || stopAfter !== undefined || !isDue(situation, wanted, steps)) return [...steps]
  const release = steps.findIndex(step => step.kind === 'finish-pool' && step.evaluationIntervalMs === undefined)
  const at = release === -1 ? steps.length : release
  return [...steps.slice(0, at), bakeStep(wanted), ...steps.slice(at)]
}

function bakeStep(wanted: WantedPool): StepDraft {
  const { spec, scale } = wanted
  return {
    id: 'bake-nodes',
    kind: 'bake-nodes',
    title: `watch the nodes of pool ${spec.poolName} for ${formatDurationMs(spec.bakeMs)}`,
    reason: 'they must stay healthy that long before the run is done (bake)',
    ...addressOf(wanted),
    bakeMs: spec.bakeMs,
    maxUnhealthy: spec.maxUnhealthy,
    nodeTimeoutMs: spec.nodeTimeoutMs,
    ...(scale.kind === 'fixed' ? { goal: scale.goal } : {})
  }
}

/**
 * Where nodes come new or changed. Of a pool that is as wanted, only where an earlier run was cut off before it was done: it has left
 * its lease, or a version that still waits for its proof.
 */
function isDue(situation: Situation, { imageId }: WantedPool, steps: readonly StepDraft[]): boolean {
  const waves = steps.filter(step => step.kind === 'scale-pool' && totalOf(step.goal) > 0)
  const handsOver = steps.some(step => step.kind === 'finish-pool' && step.evaluationIntervalMs !== undefined)
  const looks = steps.some(({ kind }) => kind === 'verify-nodes')
  const isRefreshed = steps.some(({ kind }) => kind === 'refresh-nodes')
  if (handsOver || isRefreshed || waves.some(step => step.kind === 'scale-pool' && grows(situation, steps, step.goal)))
    return true
  if (waves.length === 0 && !looks) return false
  const isLeft = looks && steps.some(({ kind }) => kind === 'finish-pool')
  return isLeft || isUnproved(situation, imageId)
}

type Goal = Extract<StepDraft, { kind: 'scale-pool' }>['goal']

function grows({ observed: { pool } }: Situation, steps: readonly StepDraft[], goal: Goal): boolean {
  return pool === undefined || steps.some(({ kind }) => kind === 'change-pool-image') || isShort(nodesOf(pool), goal)
}

/** It would be tagged as proved, and promoted, at the end of this run. */
function isUnproved({ spec, observed: { rolloutVersion, versions } }: Situation, imageId: string): boolean {
  const there = spec.image === undefined ? rolloutVersion : versions.find(({ versionId }) => sameId(versionId, imageId))
  if (there === undefined || there.tags[TAG.proved] !== undefined) return false
  return spec.image !== undefined || isToBeTagged(spec.signIn, there)
}
