/** Changes of a version that is there: promoted, given its regions. Each is a PUT of its own, which Azure takes one at a time. */
import { AzureError } from '../azure/errors.ts'
import type { StartedOperation } from '../azure/gateway.ts'
import { decidePromoted, decideRegionsAdded, isBusy, rowsOf, stateIn } from '../decide/replication.ts'
import { nameOf, type GalleryImageVersionId, type PoolId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { GalleryImageVersion, Replication } from '../model/observed.ts'
import { isOlderThan } from '../rules/node-health.ts'
import { TAG } from '../rules/run-tags.ts'
import { poolKnown, type Execution, type Performed, type StepOf } from './context.ts'
import { lookAtVersion, markRegions, versionError } from './image-steps.ts'
import { drive, SILENT } from './loop.ts'
import { mergedVersion, type VersionChange } from './merged-version.ts'
import { proofTags } from './proof-tags.ts'
import { refused } from './refused.ts'
import { isImageUnmade } from './take-stock.ts'
import { watch } from './watch.ts'

/** An update that adds no replica took this long each time (recorded since 2022). */
const UPDATE_MS = 150_000

type Of = { id: string; versionId: GalleryImageVersionId }

/** A promotion is awaited: what Azure fails at is not told as done. */
export async function updateImageVersion(run: Execution, step: StepOf<'update-image-version'>): Performed {
  const { excludeFromLatest, provedBy, tags } = step
  if (excludeFromLatest === undefined) {
    await changeVersion(run, step, { tags, provedBy })
    return tellRegions(run, step, { version: await lookAtVersion(run, step.versionId), done: 'Azure has taken it on' })
  }
  const version = await lookAtVersion(run, step.versionId)
  if (excludeFromLatest === false && provesNothing(run, step, version)) return 'stays hidden'
  const operation = await changeVersion(run, step, { excludeFromLatest, tags, provedBy })
  const { done, look: after } = await drive(run, {
    progress: undefined,
    look: () => lookAtVersion(run, step.versionId),
    decide: seen => decidePromoted({ excludeFromLatest }, seen),
    tell: SILENT,
    errorOf: async (halt, seen) => notPromoted(await versionError(halt, seen, operation)),
    expectMs: UPDATE_MS
  })
  return tellRegions(run, step, { version: after, done: done.reason })
}

/** What Azure refuses for a reason of its own is told as that. */
function notPromoted(why: unknown): unknown {
  if (!(why instanceof RunError)) return why
  const { cause, message, repetition } = why
  const wayOut = repetition === 'after-change' ? why.wayOut : 'run again with the same inputs: the change is sent again'
  return new RunError({ reason: 'image-failed', message: `not promoted: ${message}`, wayOut, cause, repetition })
}

/** Nodes that were there before the version was made run something else, whatever the pool's image id says. */
function provesNothing(
  run: Execution,
  { id, provedBy = [] }: StepOf<'update-image-version'>,
  version: GalleryImageVersion
): boolean {
  if (provedBy.length === 0) return false
  const pools = provedBy.map(poolId => poolKnown(run, { poolId })).filter(pool => !isImageUnmade(pool))
  if (pools.length === 0) return true
  const nodes = pools.flatMap(({ nodes: its = [] }) => its)
  if (nodes.length === 0 || !nodes.every(node => isOlderThan(node, version))) return false
  run.warn(id, {
    message: `image version ${nameOf(version.versionId)} stays hidden: every node of the pool is older than it, so none runs it`,
    wayOut: 'run again with image-change: in-place, which gives the pool nodes that run it'
  })
  return true
}

/** A region that failed is taken off by a first change, and added by a second one. */
export async function changeImageRegions(run: Execution, step: StepOf<'change-image-regions'>): Performed {
  const { takeOff, regions, provedBy, tags } = step
  if (takeOff.length > 0) {
    await changeVersion(run, step, { takeOff, mayLoseRegions: true, tags: {} })
    run.say(step.id, `${takeOff.join(', ')} taken off`)
  }
  await changeVersion(run, step, { regions, tags, provedBy })
  const version = await lookAtVersion(run, step.versionId)
  return tellRegions(run, step, { version, asked: regions.map(({ region }) => region), done: 'Azure has taken it on' })
}

export async function awaitImageRegions(run: Execution, step: StepOf<'await-image-regions'>): Performed {
  const { done } = await drive(run, {
    progress: undefined,
    look: async ({ mark }) => {
      const version = await lookAtVersion(run, step.versionId)
      markRegions(mark, rowsOf(version, step.regions))
      return version
    },
    decide: version => decideRegionsAdded(step, version),
    tell: SILENT
  })
  return done.reason
}

/** In a row, of a version that isn't said to be busy. */
const MOST_CONFLICTS = 3

/** `provedBy`: pools that have proved it, as far as their nodes run it. */
type Asked = VersionChange & { provedBy?: readonly PoolId[] | undefined }

/**
 * Merged with the version as it is when Azure has time for it. Throws where it has none for `patienceMs`.
 */
export async function changeVersion(
  run: Execution,
  step: Of,
  { provedBy = [], ...asked }: Asked,
  patienceMs = Infinity
): Promise<StartedOperation> {
  const until = run.clock.now() + patienceMs
  let conflicts = 0
  return watch(run, async () => {
    const version = await lookAtVersion(run, step.versionId)
    if (isBusy(version)) {
      if (run.clock.now() >= until) throw stillBusy(version)
      return undefined
    }
    try {
      const asProved = withProof(asked, proofTags(run, provedBy, version))
      return await run.azure.gallery.putVersion(step.versionId, mergedVersion(version.body, asProved))
    } catch (error) {
      // Somebody else's change came between the two, or its end hasn't come through yet.
      if (!isConflict(error) || ++conflicts >= MOST_CONFLICTS) throw refused(error, { reason: 'image-failed' })
      return undefined
    }
  })
}

/** What was said of nodes that had failed with it is over then. */
function withProof(asked: VersionChange, proof: Record<string, string>): VersionChange {
  if (Object.keys(proof).length === 0) return asked
  return { ...asked, tags: { ...asked.tags, ...proof }, dropsTags: [TAG.failed] }
}

function stillBusy({ versionId, provisioningState }: GalleryImageVersion): RunError {
  return new RunError({
    reason: 'image-failed',
    message: `image version ${nameOf(versionId)} is still ${provisioningState}, and Azure takes one change at a time`,
    wayOut: 'run again when it is Succeeded'
  })
}

/** Another operation is under way; a lock, or what a version may not have, is refused with a code of its own. */
const isConflict = (error: unknown): boolean =>
  error instanceof AzureError && error.status === 409 && error.code === 'Conflict'

/** What the run doesn't wait for is said: regions on their way in a note, failed ones in a warning. */
function tellRegions(
  run: Execution,
  step: Of,
  { version, done, asked = [] }: { version: GalleryImageVersion; done: string; asked?: readonly string[] }
): string {
  const seen = withAsked(version.replication, asked)
  if (seen !== undefined) run.known.replication = seen
  const rows = seen?.regions ?? []
  // What has failed of those that were only just asked for had failed before.
  const failed = rows.filter(({ state, region }) => state === 'Failed' && !asked.includes(region))
  for (const row of failed) run.warn(step.id, failedRegion(version, row))
  const underWay = rows.filter(row => row.state !== 'Completed' && !failed.includes(row)).map(({ region }) => region)
  return underWay.length === 0 ? done : `${done}; still replicating to ${underWay.join(', ')}`
}

function failedRegion(
  { versionId, replicationMode }: GalleryImageVersion,
  { region, details }: Replication['regions'][number]
): { message: string; wayOut: string } {
  const why = details === undefined ? '' : `: ${details}`
  return {
    message: `image version ${nameOf(versionId)} is not in ${region}: its replication failed${why}`,
    wayOut:
      replicationMode === 'Shallow'
        ? 'publish another version, or one with replication-mode: Full: a shallow one gains no region later'
        : 'run again with the same inputs (where image-version is auto, re-run this run): the region is taken off and added again, as Azure advises'
  }
}

/** Right after a change, Azure may not list a region yet that was added by it. */
function withAsked(replication: Replication | undefined, asked: readonly string[]): Replication | undefined {
  if (replication === undefined) return undefined
  const missing = asked.filter(region => stateIn(replication, region) === undefined)
  const rows = missing.map(region => ({ region, state: 'Replicating', progress: 0 }))
  return { ...replication, regions: [...replication.regions, ...rows] }
}
