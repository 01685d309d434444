/** What a version is to say of itself: that nodes have proved it, or that they have failed with it. */
import { nameOf, type GalleryImageVersionId, type PoolId } from '../../model/arm-id.ts'
import type { Step, Undo } from '../../model/plan.ts'
import { TAG, type RunState } from '../../rules/run-tags.ts'

type ToProve = {
  versionId: GalleryImageVersionId
  provedBy: PoolId[]
  after: string[]
  /** Written with the proof. */
  tags?: Record<string, string>
}

/** Where nothing else is to be written to the version. */
export function markProvedStep({ versionId, provedBy, after, tags = {} }: ToProve): Step {
  return {
    id: 'mark-image-proved',
    kind: 'mark-image-proved',
    after,
    title: `tag image version ${nameOf(versionId)} as proved`,
    reason: 'healthy nodes run it, and it doesn’t say so yet',
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
