/** Whether a pool that gets another image can go back to the one that it has. */
import { isArmIdOf, namesOf, type GalleryImageVersionId } from '../../model/arm-id.ts'
import type { JsonObject } from '../../model/json.ts'
import type { GalleryImageVersion, Pool } from '../../model/observed.ts'
import type { Difference } from '../../model/plan.ts'
import { sameRegion } from '../../model/region.ts'
import { hiddenOf, wholeOf } from '../../rules/pool-body.ts'
import { scaleToRestore } from '../../rules/pool-metadata.ts'
import { TAG } from '../../rules/run-tags.ts'
import type { Situation } from '../situation.ts'
import { hasOnlyFailedNodes } from './failed-nodes.ts'
import { hasOtherContent } from './other-content.ts'
import type { StepDraft } from './steps.ts'

export type ImageChange = Extract<StepDraft, { kind: 'change-pool-image' }>
type Change = { pool: Pool; change: ImageChange; differences: readonly Difference[] }

export type NoWay = {
  /** Why there is none, as the end of a sentence. */
  why: string
  wayOut: string
  /** Nothing that works is lost: an explicit `rollback` isn’t refused for it. */
  isNothingLost?: true
}
type WayBack = { versionId: GalleryImageVersionId }

export function wayBack(situation: Situation, { pool, change, differences }: Change): NoWay | WayBack {
  if (scaleToRestore(pool) !== undefined) {
    return {
      why: 'an earlier run was cut off on it, and what it had before that isn’t known as a whole',
      wayOut: 'nothing is to be done: this run goes on from there',
      isNothingLost: true
    }
  }
  if (hasOnlyFailedNodes(situation, pool)) {
    return {
      why: 'its nodes have failed with the image that it has, too',
      wayOut: 'nothing is to be done: what it has is of no use to go back to',
      isNothingLost: true
    }
  }
  const id = pool.imageId
  if (id === undefined || !isArmIdOf(id, 'Microsoft.Compute/galleries/images/versions')) {
    const is = id === undefined ? 'is of the Marketplace' : `is ${id}`
    return {
      why: `the image that it has ${is}, which is no version of a gallery`,
      wayOut: 'after this change there is one'
    }
  }
  return notThere(situation, id, differences) ?? notWritable(pool, change) ?? { versionId: id }
}

function notThere(
  { observed }: Situation,
  id: GalleryImageVersionId,
  differences: readonly Difference[]
): NoWay | undefined {
  const name = imageNameOf(id)
  if (hasOtherContent(differences)) {
    return {
      why: `the image that it has, ${name}, has other content now under the same id`,
      wayOut: 'give each image a version of its own (image-version: auto)'
    }
  }
  const looked = observed.formerVersion
  if (looked === undefined || 'unread' in looked) {
    const [why, action] =
      looked === undefined
        ? ['nobody has looked', '']
        : [looked.unread.why, ` with the action "${looked.unread.action}"`]
    return {
      why: `whether the image that it has, ${name}, is still there can’t be read: ${why}`,
      wayOut: `give the identity that signs in a role${action} on its gallery`
    }
  }
  const why = whyUnusable(looked.found, observed)
  return why === undefined
    ? undefined
    : { why: `the image that it has, ${name}, ${why}`, wayOut: 'see to it that the version can be used, and run again' }
}

/** A version that is deleted softly is 404, as one that is gone. */
function whyUnusable(
  version: GalleryImageVersion | undefined,
  { account, at }: Situation['observed']
): string | undefined {
  if (version === undefined) return 'isn’t there any more'
  const { provisioningState, endOfLifeDate, tags, replication } = version
  // One that gets other tags or regions can be used meanwhile.
  if (provisioningState !== 'Succeeded' && provisioningState !== 'Updating') return `is ${provisioningState}`
  if (Date.parse(endOfLifeDate ?? '') <= (account?.readAt ?? at))
    return `has reached its end of life (${endOfLifeDate})`
  if (tags[TAG.state] === 'failed') return 'is tagged as failed'
  if (account === undefined) return undefined
  const { location } = account
  if (!version.targetRegions.some(({ region }) => sameRegion(region, location))) return `has no replica in ${location}`
  const state = replication?.regions.find(({ region }) => sameRegion(region, location))?.state ?? 'Completed'
  return state === 'Completed' ? undefined : `is ${state} in ${location}`
}

/** A PATCH replaces a property as a whole, and takes none away. */
function notWritable(pool: Pool, change: ImageChange): NoWay | undefined {
  const names = changedNames(change)
  const hidden = hiddenOf(names, pool)
  if (hidden.length > 0) {
    return {
      why: `it has ${hidden.join(', ')}, which no answer of Batch shows`,
      wayOut: 'use an identity in place of the secret, so that the pool can be written as it was'
    }
  }
  const there = wholeOf(names, pool)
  const added = names.filter(name => there[name] === undefined)
  return added.length === 0
    ? undefined
    : {
        why: `it has no ${added.join(', ')} yet, which Batch doesn’t take away again`,
        wayOut: 'make that change by a run of its own, before this one'
      }
}

export const changedNames = ({ body }: ImageChange): string[] => Object.keys(body.properties as JsonObject)

/** `gallery/definition/version`. */
export const imageNameOf = (id: GalleryImageVersionId): string => namesOf(id).join('/')
