/** What is being deleted, or isn't whole: nothing is made for it, and nothing of it. */
import { nameOf } from '../../model/arm-id.ts'
import type { GalleryImage } from '../../model/observed.ts'
import type { RolloutSpec } from '../../model/spec.ts'
import { TAG } from '../../rules/run-tags.ts'
import { error, warning, type Rule, type Verdict } from './rule.ts'

const SOURCE = 'provisioningState in its GET'

export const GOING_AWAY_RULES: readonly Rule[] = [
  {
    id: 'vm-deleting',
    source: SOURCE,
    check: ({ observed: { source }, imageExists }) =>
      source?.provisioningState === 'Deleting' && !imageExists
        ? error(`${source.input}: "${nameOf(source.id)}" is being deleted`, 'find out who deletes it; name another VM')
        : undefined
  },
  {
    id: 'gallery-state',
    source: SOURCE,
    check: ({ observed: { gallery, galleryImage, rolloutDefinition } }) => {
      const definition = rolloutDefinition ?? galleryImage
      const input = rolloutDefinition === undefined ? 'publish-to' : 'image-id'
      return [
        ...stateOf(`${input}: the gallery`, gallery?.provisioningState),
        ...(definition === undefined || isSentAgain(definition)
          ? []
          : stateOf(`${input}: definition "${nameOf(definition.galleryImageId)}"`, definition.provisioningState))
      ]
    }
  },
  {
    id: 'image-deleting',
    source: SOURCE,
    check: ({ spec, observed: { managedImage, rolloutVersion } }) => {
      const image = rolloutVersion ?? managedImage
      if (image === undefined) return undefined
      const name = 'versionId' in image ? nameOf(image.versionId) : nameOf(image.imageId)
      const input = spec.image === undefined ? 'image-id' : 'publish-to'
      if (image.provisioningState === 'Deleting') {
        return error(
          `${input}: "${name}" is being deleted`,
          spec.image === undefined ? 'roll out another image' : 'wait until it is gone, or publish under another name'
        )
      }
      const isUseless = spec.image === undefined && rolloutVersion === undefined && image.provisioningState === 'Failed'
      return isUseless
        ? error(`${input}: managed image "${name}" is Failed`, 'make it again, or roll out another')
        : undefined
    }
  },
  {
    id: 'account-state',
    source: `${SOURCE}; Microsoft.Batch resource manager contract, 2024-07-01`,
    check: ({ pool, observed: { account } }) => {
      if (pool === undefined || account === undefined) return undefined
      const state = account.provisioningState ?? 'Succeeded'
      const is = `batch-account: "${nameOf(account.accountId)}" is`
      if (state === 'Deleting') return error(`${is} being deleted`, 'find out who deletes it; name another account')
      if (state === 'Invalid')
        return error(`${is} Invalid: Batch can’t use it`, 'name another account, or make it again')
      return ['Creating', 'Failed', 'Cancelled'].includes(state)
        ? warning(`${is} ${state}; pools may not be made in it`, 'look at the account; make it again, or wait for it')
        : undefined
    }
  },
  {
    id: 'pool-deleting',
    source: SOURCE,
    check: ({ pool, observed }) => poolState(pool?.spec, observed.pool?.provisioningState)
  }
]

/** What an earlier run began and couldn't finish. */
const isSentAgain = ({ tags, provisioningState }: GalleryImage): boolean =>
  tags?.[TAG.key] !== undefined && provisioningState !== 'Deleting'

function poolState(spec: RolloutSpec | undefined, state: string | undefined): Verdict | undefined {
  if (spec === undefined || state !== 'Deleting') return undefined
  return error(
    `pool "${spec.poolName}" is being deleted; it can’t be changed, and no other can have its name until it is gone`,
    spec.poolFrom === 'pool'
      ? 'find out who deletes it; name another pool'
      : 'run again when it is gone: the pool is made again then; or give the pool another name'
  )
}

/** A creation or an update that has failed may leave it usable; nobody documents which. */
function stateOf(what: string, state: string | undefined): Verdict[] {
  if (state === 'Deleting') return [error(`${what} is being deleted`, 'find out who deletes it; name another')]
  return state === 'Failed' || state === 'Canceled'
    ? [
        warning(
          `${what} is ${state}; Azure may refuse what is made in it`,
          'look at it in the portal; name another, or fix it'
        )
      ]
    : []
}
