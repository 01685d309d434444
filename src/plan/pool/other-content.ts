/**
 * An image id says which version a node was made from, not which content: a version can be deleted and made again under its
 * name. What was there before it was made doesn't run it, and proves nothing of it.
 */
import type { Pool } from '../../model/observed.ts'
import type { Difference } from '../../model/plan.ts'
import { sameId } from '../../model/arm-id.ts'
import type { WantedPool, Situation } from '../situation.ts'
import { nodesOf, totalOf } from '../../rules/node-targets.ts'
import { isOlderThan } from '../../rules/node-health.ts'

const PATH = 'deploymentConfiguration.virtualMachineConfiguration.imageReference.id'

/** The pool has nodes under the image's id that run something else: they can only go. */
export function otherContent(situation: Situation, wanted: WantedPool, pool: Pool): Difference[] {
  const hasNodes = totalOf(nodesOf(pool)) > 0 || pool.allocationState !== 'Steady'
  if (!hasNodes || !sameId(pool.imageId ?? '', wanted.imageId)) return []
  const why = whyOther(situation, wanted)
  if (why === undefined) return []
  const needs = wanted.managed ? 'another-pool' : 'zero-nodes'
  return [{ path: PATH, present: `${wanted.imageId} (${why})`, wanted: wanted.imageId, needs }]
}

function whyOther({ spec, imageExists, observed }: Situation, { imageId }: WantedPool): string | undefined {
  if (spec.image !== undefined && !imageExists) return 'as it was before: the image is to be made again'
  const version = [observed.rolloutVersion, ...observed.versions].find(
    one => one !== undefined && sameId(one.versionId, imageId)
  )
  const older = version === undefined ? [] : observed.nodes.filter(node => isOlderThan(node, version))
  return older.length === 0 || version === undefined
    ? undefined
    : `as it was before ${version.publishedAt}: ${older.length} of ${observed.nodes.length} nodes are older`
}

/** For the refusal: ids alone don't show what is other about the image. Empty where nothing is. */
export function describeOther(differences: readonly Difference[]): string {
  const other = differences.find(isOther)
  return other === undefined
    ? ''
    : `; its nodes run the image ${String(other.present).slice(String(other.wanted).length + 2, -1)}`
}

const isOther = ({ path, present, wanted }: Difference): boolean =>
  path === PATH && typeof present === 'string' && present.startsWith(`${String(wanted)} (`)

export const hasOtherContent = (differences: readonly Difference[]): boolean => differences.some(isOther)
