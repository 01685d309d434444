/**
 * The tags that everything made here carries: where it comes from, which inputs it answers (`key`), and whether the run
 * that made it got to its end (`state`). They are how a later run finds what an earlier one left. A version also says where
 * nodes have proved it (`proved`), or have failed with it (`failed`): `image-proof.ts`.
 */
import { sameId, type ArmId } from '../model/arm-id.ts'
import type { ImageSpec, RunContext } from '../model/spec.ts'
import { shortDigest } from '../shared/digest.ts'

export const TAG = {
  key: 'batch-image-rollout-key',
  state: 'batch-image-rollout-state',
  proved: 'batch-image-rollout-proved',
  failed: 'batch-image-rollout-failed',
  version: 'batch-image-rollout-version',
  keep: 'batch-image-rollout-keep',
  unprotected: 'batch-image-rollout-unprotected',
  source: 'batch-image-rollout-source',
  baseImage: 'batch-image-rollout-base-image',
  repository: 'batch-image-rollout-repository',
  commit: 'batch-image-rollout-commit',
  run: 'batch-image-rollout-run',
  attempt: 'batch-image-rollout-attempt'
} as const

/**
 * `open`: its run hasn't got to its end; `stopped`: it was to end when a temporary pool had proved the version (`stop-after`);
 * `complete`: it has; `failed`: its nodes were not healthy with it.
 */
export type RunState = 'open' | 'stopped' | 'complete' | 'failed'

/** Longest value of a tag that Azure takes (Resource Manager, tag limits). */
export const LONGEST_TAG_VALUE = 256

/**
 * A digest of the inputs that decide what the image is. Regions, replicas and promotion aren't among them: they can change
 * without making another image.
 */
export function imageKey(image: ImageSpec): string {
  const { publishTo } = image
  const disks = Array.isArray(image.dataDisks) ? image.dataDisks.toSorted((a, b) => a - b).join(',') : image.dataDisks
  const target =
    publishTo.kind === 'gallery'
      ? [publishTo.galleryImageId, publishTo.version, publishTo.replicationMode]
      : [publishTo.imageId]
  // Snapshots of a running VM are not taken for those of a stopped one.
  const stopped = image.stopVm ? ['stopped'] : []
  return shortDigest([image.source.id, disks, ...target, ...stopped].join('\n').toLowerCase(), 16)
}

type MadeTags = {
  key: string
  source: ArmId
  state?: RunState
  version?: string
  baseImage?: string
  /** Of a snapshot: whether it stays when its version is complete (`keep-snapshots`). */
  keep?: boolean
}

/** The tags of one resource: ours over the user's. */
export function tagsFor(made: MadeTags, context: RunContext, own: Record<string, string>): Record<string, string> {
  const tags: Record<string, string | undefined> = {
    [TAG.key]: made.key,
    [TAG.state]: made.state,
    [TAG.version]: made.version,
    [TAG.keep]: made.keep === undefined ? undefined : String(made.keep),
    [TAG.source]: made.source,
    [TAG.baseImage]: made.baseImage,
    [TAG.repository]: context.repository,
    [TAG.commit]: context.commit,
    [TAG.run]: context.runId,
    [TAG.attempt]: String(context.runAttempt)
  }
  const entries = Object.entries(tags).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value.slice(0, LONGEST_TAG_VALUE)] as const]
  )
  return { ...own, ...Object.fromEntries(entries) }
}

/**
 * Whether this run may go on with what carries `tags`: everything of its own inputs that its own earlier attempts made, and
 * what other runs left open, or stopped with.
 */
export function mayTakeUp(tags: Record<string, string>, key: string, context: RunContext): boolean {
  if (tags[TAG.key] !== key) return false
  return tags[TAG.state] === 'open' || tags[TAG.state] === 'stopped' || isOfRun(tags, context)
}

export function isOfRun(tags: Record<string, string>, context: RunContext): boolean {
  return tags[TAG.run] === context.runId && tags[TAG.repository] === context.repository
}

/** `run 123 attempt 2 of owner/repo`, as far as the tags tell. */
export function originOf(tags: Record<string, string>): string {
  const run = tags[TAG.run]
  if (run === undefined) return 'an unknown run'
  return `run ${run} attempt ${tags[TAG.attempt] ?? '1'}`
}

export function isFrom(tags: Record<string, string>, source: ArmId): boolean {
  const tagged = tags[TAG.source]
  return tagged !== undefined && sameId(tagged, source.slice(0, LONGEST_TAG_VALUE))
}
