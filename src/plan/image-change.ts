/** Whether a change that needs a pool of zero nodes may be made, and what the choices are when it may not. */
import { sameId } from '../model/arm-id.ts'
import { bearingOf } from '../model/node-state.ts'
import type { Difference, Finding } from '../model/plan.ts'
import type { Pool } from '../model/observed.ts'
import { describeOther } from './other-content.ts'
import { changedThings } from './pool-difference.ts'
import { hasFailedNote, hasRunNote, keptScale } from './pool-metadata.ts'
import { TAG } from './run-tags.ts'
import type { PoolWish, Situation } from './situation.ts'
import { describeTargets, totalOf } from './wave-targets.ts'
import { nodesOf } from './wave.ts'

const SOURCE = 'learn.microsoft.com/azure/batch/batch-pool-update-properties'

/** The finding that stops the run; undefined when the change may be made. */
export function refusal(
  situation: Situation,
  wish: PoolWish,
  { pool, differences }: { pool: Pool; differences: readonly Difference[] }
): Finding | undefined {
  const paths = (needs: Difference['needs']): string => changedThings(differences.filter(row => row.needs === needs))
  const another = paths('another-pool')
  if (another !== '') {
    return finding(
      'another-pool',
      `pool "${wish.spec.poolName}": ${another} can’t change over api-version ${wish.apiVersion}, which pools from managed images need`,
      'give the pool spec another name, so that a new pool is made, or publish to a gallery, whose images a pool can change'
    )
  }
  const { imageChange } = wish.spec
  const begun = keptScale(pool) !== undefined
  if (imageChange === 'in-place' || begun || differences.every(({ needs }) => needs === 'patch')) return undefined
  const has = nodesOf(pool)
  const work = situation.observed.activeWork
  const idle = totalOf(has) === 0 && pool.allocationState === 'Steady' && (work?.tasks ?? 0) === 0
  if (imageChange === 'auto' && (idle || hasOnlyFailedNodes(situation, pool))) return undefined
  const state = `it has ${describeTargets(has)}${work === undefined ? '' : ` and ${work.tasks === 0 ? 'no' : work.tasks} active or running ${work.tasks === 1 ? 'task' : 'tasks'}`}`
  const why = imageChange === 'refuse' ? 'image-change is "refuse"' : state
  return finding(
    'image-change',
    `pool "${wish.spec.poolName}": ${paths('zero-nodes')} can only change at zero nodes, and ${why}${describeOther(differences)}`,
    `choose: image-change: in-place (the pool is drained by ${wish.spec.drain} for at most drain-timeout, is at zero nodes for ` +
      'some minutes, and comes back in waves); or another pool name (the new pool costs quota for both until you move your ' +
      'jobs and delete the old one); or leave it, and scale the pool to zero yourself before the next run'
  )
}

/**
 * What an earlier run of this action left when its nodes failed: nodes that nobody can use, or that have an image which is tagged
 * for that, and no work. Such a pool may be changed as an empty one may.
 */
export function hasOnlyFailedNodes({ observed }: Situation, pool: Pool): boolean {
  const image = observed.versions.find(({ versionId }) => pool.imageId !== undefined && sameId(versionId, pool.imageId))
  const state = image?.tags[TAG.state]
  const hasFailed = state === 'open' || state === 'failed' || hasFailedNote(pool)
  if (!hasFailed || !hasRunNote(pool.metadata)) return false
  if (pool.scale.kind !== 'fixed' || pool.allocationState !== 'Steady' || observed.activeWork?.tasks !== 0) return false
  const isListed = observed.nodes.length === totalOf(nodesOf(pool))
  return isListed && (state === 'failed' || observed.nodes.every(node => bearingOf(node) === 'unhealthy'))
}

function finding(rule: string, message: string, wayOut: string): Finding {
  return { rule, severity: 'error', message, wayOut, source: SOURCE }
}
