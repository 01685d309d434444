/** What a version is to say of itself: that nodes have proved it, or that they have failed with it. */
import { nameOf, sameId, subscriptionOf, type GalleryImageVersionId, type PoolId } from '../../model/arm-id.ts'
import type { GalleryImageVersion } from '../../model/observed.ts'
import type { Step, Undo } from '../../model/plan.ts'
import type { Spec } from '../../model/spec.ts'
import { TAG, type RunState } from '../../rules/run-tags.ts'
import type { Proof } from './image-build.ts'

/**
 * Of a version that is only rolled out. Whatever this action hasn’t made is never written to, nor what `subscription-id` keeps
 * this run from writing to.
 * @param first the first step on each pool: from there on nodes may run the version
 */
export function provingSteps(
  { signIn }: Spec,
  version: GalleryImageVersion | undefined,
  { proof, first }: { proof: Proof | undefined; first: string | undefined }
): { steps: Step[]; undo: Undo[] } {
  if (version === undefined || proof === undefined || first === undefined || !isToBeTagged(signIn, version)) {
    return { steps: [], undo: [] }
  }
  const { versionId, excludeFromLatest, tags } = version
  const { poolIds, after, stops, proves } = proof
  const last = after.at(-1)
  if (stops?.isProved === true && last !== undefined && excludeFromLatest) {
    return {
      steps: [],
      undo: [markedFailed({ versionId, failedOn: poolIds, isOwn: false }, { after: first, until: last })]
    }
  }
  if (!proves) return { steps: [], undo: [] }
  // It was rolled out all the same (`force`), and is as good as any other then. Or it has waited for that (`stop-after`).
  const isOpen = tags[TAG.state] === 'failed' || tags[TAG.state] === 'stopped'
  const mended = isOpen ? { tags: { [TAG.state]: 'complete' satisfies RunState } } : {}
  const marking = markProvedStep({
    versionId,
    provedBy: poolIds,
    after,
    isSentAgain: isHalfChanged(version),
    ...mended
  })
  const failing = markedFailed({ versionId, failedOn: poolIds, isOwn: false }, { after: first, until: marking.id })
  // Whoever has promoted it vouches for it.
  return { steps: [marking], undo: excludeFromLatest ? [failing] : [] }
}

/**
 * Of a version that is only rolled out: this run may write to it, and has a reason to. It doesn’t say yet that nodes have proved it,
 * or Azure has failed at its last change, which the next one fixes.
 */
export function isToBeTagged({ subscriptionId: guard }: Spec['signIn'], version: GalleryImageVersion): boolean {
  const { versionId, tags } = version
  if (guard !== undefined && !sameId(guard, subscriptionOf(versionId))) return false
  if (tags[TAG.key] === undefined) return false
  return isHalfChanged(version) || (tags[TAG.proved] === undefined && !isUnmade(version))
}

const isUnmade = ({ provisioningState }: GalleryImageVersion): boolean =>
  provisioningState === 'Failed' || provisioningState === 'Canceled'

/** It was whole before. */
const isHalfChanged = (version: GalleryImageVersion): boolean => {
  const state = version.tags[TAG.state]
  return isUnmade(version) && (state === 'complete' || state === 'stopped')
}

type ToProve = {
  versionId: GalleryImageVersionId
  provedBy: PoolId[]
  after: string[]
  /** Azure has failed at it before. */
  isSentAgain?: boolean
  /** Written with the proof. */
  tags?: Record<string, string>
}

/** Where nothing else is to be written to the version. */
export function markProvedStep({ versionId, provedBy, after, isSentAgain = false, tags = {} }: ToProve): Step {
  return {
    id: 'mark-image-proved',
    kind: 'mark-image-proved',
    after,
    title: `tag image version ${nameOf(versionId)} as proved`,
    reason: isSentAgain ? 'its last change failed; sent again' : 'healthy nodes run it, and it doesn’t say so yet',
    housekeeping: true,
    versionId,
    provedBy,
    tags
  }
}

type ToBlame = {
  versionId: GalleryImageVersionId
  failedOn: PoolId[]
  /** Made by this run. */
  isOwn: boolean
}

/** Where nodes that run it fail again and again. */
export function markedFailed({ versionId, failedOn, isOwn }: ToBlame, owed: Pick<Undo, 'after' | 'until'>): Undo {
  const step: Step = {
    id: 'mark-image-failed',
    kind: 'mark-image-failed',
    after: [],
    title: `mark image version ${nameOf(versionId)} as failed`,
    reason: 'nodes that ran it have failed again and again',
    housekeeping: true,
    versionId,
    tags: { [TAG.state]: 'failed' satisfies RunState },
    failedOn,
    isOwn
  }
  return { ...owed, on: ['failed'], given: 'image-blamed', step }
}
