/** What versions say of themselves: whether nodes have proved them, or have failed with them. */
import { nameOf, sameId } from '../../model/arm-id.ts'
import { TAG } from '../../rules/run-tags.ts'
import { describePassedOver } from '../latest-proved.ts'
import { givenImageId } from '../situation.ts'
import { error, warning, type Rule } from './rule.ts'

const SOURCE = 'tags of the version, which this action writes'

export const PROOF_RULES: readonly Rule[] = [
  {
    id: 'latest-proved',
    source: SOURCE,
    check: ({ spec: { rollout }, observed: { latestProved: found, rolloutDefinition } }) => {
      const definition = rollout?.latestProvedOf
      if (definition === undefined || found === undefined || found.versionId !== undefined) return undefined
      if (rolloutDefinition === undefined) {
        return error(
          `image-id: image definition "${definition}" does not exist, or the caller may not see it`,
          'correct the id, or give the caller a role on the gallery'
        )
      }
      const why = found.versions === 0 ? 'it has no version' : `of ${found.versions}, ${describePassedOver(found)}`
      return error(
        `image-id: no version of "${nameOf(definition)}" counts as latest-proved: ${why}`,
        `name a version (image-id: …/images/${nameOf(definition)}/versions/{version}): a rollout that ends well tags one that this action made with ${TAG.proved}`
      )
    }
  },
  {
    id: 'image-agrees',
    source: 'image-id, and the pool spec',
    check: ({ spec, observed }) => {
      const { latestProvedOf, imageId: pinned, poolFrom } = spec.rollout ?? {}
      const latest = givenImageId(spec, observed)
      if (latestProvedOf === undefined || latest === undefined || pinned === undefined || sameId(pinned, latest)) {
        return undefined
      }
      return error(
        `image-id: the latest proved version of "${nameOf(latestProvedOf)}" is "${nameOf(latest)}", and ${poolFrom} pins "${nameOf(pinned)}"`,
        `leave image-id out to roll out the one that is pinned, or pin "${nameOf(latest)}"`
      )
    }
  },
  {
    id: 'image-failed-before',
    source: SOURCE,
    check: ({ spec: { rollout }, observed: { rolloutVersion: version } }) => {
      if (rollout === undefined || version?.tags[TAG.state] !== 'failed') return undefined
      const { imageFrom = 'image-id', force } = rollout
      const why = version.tags[TAG.failed] ?? `its tag ${TAG.state} says so`
      const message = `${imageFrom}: image version "${nameOf(version.versionId)}" failed before: ${why}`
      return force
        ? warning(`${message}; force is "true"`, 'watch the first nodes; where they are healthy, the tag goes')
        : error(
            message,
            'roll out another version, or the newest that nodes have proved (image-id: {definition}/latest-proved); where the image wasn’t to blame, force: true'
          )
    }
  }
]
