import { decideManagedImage } from '../decide/managed-image.ts'
import {
  decideReplicated,
  decideSettled,
  describeReplication,
  isUnderWay,
  rowsOf,
  VERSION_FAILED,
  type VersionDecision
} from '../decide/replication.ts'
import { nameOf, type GalleryImageVersionId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import { objectOf } from '../model/json.ts'
import type { GalleryImageVersion, Replication } from '../model/observed.ts'
import { originOf, TAG } from '../rules/run-tags.ts'
import type { StartedOperation } from '../azure/gateway.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { drive, haltError, SILENT, teller } from './loop.ts'
import { orRefused, refused } from './refused.ts'
import type { Pace } from './watch.ts'

const REFUSED = { reason: VERSION_FAILED.failure, wayOut: VERSION_FAILED.wayOut }

export async function createGalleryImage(run: Execution, step: StepOf<'create-gallery-image'>): Performed {
  await orRefused(run.azure.gallery.createGalleryImage(step.galleryImageId, step.body), { reason: 'image-failed' })
  return 'created'
}

export async function createImageVersion(run: Execution, step: StepOf<'create-image-version'>): Performed {
  // The plan is older than the snapshots: a PUT over what somebody has made meanwhile would change it, and hide it.
  const there = await run.azure.gallery.getVersion(step.versionId)
  if (there === undefined || there.provisioningState === 'Failed') {
    const put = run.azure.gallery.putVersion(step.versionId, step.body)
    return untilReplicated(run, step, await orRefused(put, REFUSED))
  }
  if (there.tags[TAG.key] !== objectOf(step.body.tags)[TAG.key]) {
    const message = `image version ${nameOf(step.versionId)} was made by ${originOf(there.tags)} meanwhile, from other inputs`
    const wayOut = 'name another "image-version"; with "auto", run again: it takes the next number'
    throw new RunError({ reason: 'image-failed', message, wayOut, repetition: 'unknown' })
  }
  run.say(step.id, `${originOf(there.tags)} has made it meanwhile, from the same inputs`)
  return untilReplicated(run, step, undefined)
}

export async function awaitImageVersion(run: Execution, step: StepOf<'await-image-version'>): Performed {
  return untilReplicated(run, step, undefined)
}

type Awaited = { id: string; versionId: GalleryImageVersionId; untilRegions: string[] }

async function untilReplicated(run: Execution, step: Awaited, operation: StartedOperation | undefined): Performed {
  const tell = teller(run, step.id)
  const { done } = await drive(run, {
    progress: undefined,
    look: async ({ mark }) => {
      const version = await lookAtVersion(run, step.versionId)
      if (version.replication !== undefined) tell(describeReplication(version.replication))
      markRegions(mark, rowsOf(version, step.untilRegions))
      return version
    },
    decide: version => decideReplicated(step, version),
    tell: SILENT,
    errorOf: (halt, version) => versionError(halt, version, operation)
  })
  return done.reason
}

export async function settleImageVersion(run: Execution, step: StepOf<'settle-image-version'>): Performed {
  const tell = teller(run, step.id)
  const { done } = await drive(run, {
    progress: undefined,
    look: async ({ mark }) => {
      const version = await lookAtVersion(run, step.versionId)
      if (version.replication !== undefined && isUnderWay(version)) tell(describeReplication(version.replication))
      markRegions(mark, version.replication?.regions ?? [])
      return version
    },
    decide: decideSettled,
    tell: SILENT
  })
  return done.reason
}

/** Each by its percent; not those that Azure doesn't list. */
export function markRegions(mark: Pace['mark'], rows: readonly (Replication['regions'][number] | undefined)[]): void {
  for (const row of rows) if (row !== undefined) mark(row.region, row.progress, 100)
}

export async function lookAtVersion(run: Execution, versionId: GalleryImageVersionId): Promise<GalleryImageVersion> {
  const version = await run.azure.gallery.getVersion(versionId, { replication: true })
  if (version === undefined) {
    throw new RunError({
      reason: 'image-failed',
      message: `image version ${nameOf(versionId)} is gone`,
      wayOut: 'find out who deletes it'
    })
  }
  if (version.provisioningState === 'Deleting') {
    throw new RunError({
      reason: 'image-failed',
      message: `image version ${nameOf(versionId)} is being deleted`,
      wayOut: 'find out who deletes it'
    })
  }
  // Of a version that is only rolled out, its regions are no business of the run, nor of its report.
  if (version.replication !== undefined && run.makesImage) run.known.replication = version.replication
  return version
}

/** What a halt of a loop over a version means: of the operation, where this run began it, Azure says more than of the regions. */
export async function versionError(
  halt: Extract<VersionDecision, { kind: 'halt' }>,
  { versionId }: GalleryImageVersion,
  operation: StartedOperation | undefined
): Promise<unknown> {
  const error = halt.asksOperation === true ? await operation?.failure() : undefined
  if (error === undefined) return haltError(halt)
  return refused(error, {
    ...REFUSED,
    message: ({ message }) => `image version ${nameOf(versionId)} failed: ${message}`
  })
}

export async function createManagedImage(run: Execution, step: StepOf<'create-managed-image'>): Performed {
  await orRefused(run.azure.compute.createManagedImage(step.imageId, step.body), { reason: 'image-failed' })
  return 'created'
}

export async function awaitManagedImage(run: Execution, step: StepOf<'await-managed-image'>): Performed {
  const { done } = await drive(run, {
    progress: undefined,
    look: () => run.azure.compute.getManagedImage(step.imageId),
    decide: image => decideManagedImage(step, image),
    tell: SILENT
  })
  return done.reason
}
