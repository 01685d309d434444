/** Pools whose nodes have failed with the image of an earlier run. */
import { sameId } from '../../model/arm-id.ts'
import { bearingOf } from '../../model/node-state.ts'
import type { Pool } from '../../model/observed.ts'
import { hasFailedNote, hasRunNote } from '../../rules/pool-metadata.ts'
import { TAG } from '../../rules/run-tags.ts'
import type { Situation } from '../situation.ts'
import { nodesOf, totalOf } from '../../rules/node-targets.ts'

/**
 * What an earlier run of this action left when its nodes failed: nodes that nobody can use, or that have an image which is tagged
 * for that, and no work. Such a pool may be changed as an empty one may.
 */
export function hasOnlyFailedNodes({ observed }: Situation, pool: Pool): boolean {
  const image = observed.versions.find(({ versionId }) => pool.imageId !== undefined && sameId(versionId, pool.imageId))
  const state = image?.tags[TAG.state]
  const hasFailed = state === 'open' || state === 'stopped' || state === 'failed' || hasFailedNote(pool)
  if (!hasFailed || !hasRunNote(pool.metadata)) return false
  if (pool.scale.kind !== 'fixed' || pool.allocationState !== 'Steady' || observed.activeWork?.tasks !== 0) return false
  const isListed = observed.nodes.length === totalOf(nodesOf(pool))
  return isListed && (state === 'failed' || observed.nodes.every(node => bearingOf(node) === 'unhealthy'))
}
