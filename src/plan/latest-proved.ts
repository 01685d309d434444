/** What is said of the search for the newest proved version. */
import { nameOf } from '../model/arm-id.ts'
import type { Fact } from '../model/plan.ts'
import { TAG } from '../rules/run-tags.ts'
import type { Situation } from './situation.ts'
import type { LatestProved } from '../model/observed.ts'

/** Of the versions that were passed over: `2 are not proved, 1 is marked as failed`. */
export function describePassedOver({ passedOver }: Pick<LatestProved, 'passedOver'>): string {
  const reasons = Map.groupBy(passedOver, ({ why }) => why)
  return [...reasons].map(([why, rows]) => `${rows.length} ${rows.length === 1 ? 'is' : 'are'} ${why}`).join(', ')
}

export function latestProvedFacts({ spec, observed: { latestProved: found, rolloutVersion } }: Situation): Fact[] {
  const definition = spec.rollout?.latestProvedOf
  if (definition === undefined || found?.versionId === undefined || rolloutVersion === undefined) return []
  const newer =
    found.passedOver.length === 0 ? '' : `; of ${found.passedOver.length} newer, ${describePassedOver(found)}`
  const proof = rolloutVersion.tags[TAG.proved] ?? ''
  return [
    {
      label: 'image',
      value: `${nameOf(found.versionId)} of ${nameOf(definition)}, the latest that is proved (${proof})${newer}`
    }
  ]
}
