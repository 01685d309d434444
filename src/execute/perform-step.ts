/** One performer for each kind of step; the compiler asks for the missing ones. */
import type { Step } from '../model/plan.ts'
import type { Execution, Performed } from './context.ts'
import { bakeNodes } from './bake-nodes.ts'
import { scalePool } from './scale-pool.ts'
import {
  awaitImageVersion,
  awaitManagedImage,
  createGalleryImage,
  createImageVersion,
  createManagedImage,
  settleImageVersion
} from './image-steps.ts'
import { awaitImageRegions, changeImageRegions, updateImageVersion } from './version-changes.ts'
import { drainPool } from './drain-pool.ts'
import { changePoolImage, createPool, finishPool, patchPool } from './pool-steps.ts'
import { markImageFailed } from './mark-failed.ts'
import { markImageProved } from './mark-proved.ts'
import { createProofPool, deleteProofPool } from './proof-pool.ts'
import { refreshNodes } from './refresh-nodes.ts'
import { deleteSmokeJob, runSmokeTest } from './smoke-test.ts'
import { releasePool, restorePool, stopPoolResize } from './undo-pool.ts'
import { verifyNodes } from './verify-nodes.ts'
import { startVm, stopVm, verifyVmStopped } from './vm-steps.ts'
import { awaitSnapshot, createSnapshot, deleteSnapshot } from './snapshot-steps.ts'

export function performStep(run: Execution, step: Step): Performed {
  switch (step.kind) {
    case 'stop-vm':
      return stopVm(run, step)
    case 'verify-vm-stopped':
      return verifyVmStopped(run, step)
    case 'start-vm':
      return startVm(run, step)
    case 'create-snapshot':
      return createSnapshot(run, step)
    case 'await-snapshot':
      return awaitSnapshot(run, step)
    case 'delete-snapshot':
      return deleteSnapshot(run, step)
    case 'create-gallery-image':
      return createGalleryImage(run, step)
    case 'create-image-version':
      return createImageVersion(run, step)
    case 'await-image-version':
      return awaitImageVersion(run, step)
    case 'settle-image-version':
      return settleImageVersion(run, step)
    case 'update-image-version':
      return updateImageVersion(run, step)
    case 'change-image-regions':
      return changeImageRegions(run, step)
    case 'await-image-regions':
      return awaitImageRegions(run, step)
    case 'mark-image-proved':
      return markImageProved(run, step)
    case 'mark-image-failed':
      return markImageFailed(run, step)
    case 'create-managed-image':
      return createManagedImage(run, step)
    case 'await-managed-image':
      return awaitManagedImage(run, step)
    case 'create-pool':
      return createPool(run, step)
    case 'create-proof-pool':
      return createProofPool(run, step)
    case 'delete-proof-pool':
      return deleteProofPool(run, step)
    case 'run-smoke-test':
      return runSmokeTest(run, step)
    case 'delete-smoke-job':
      return deleteSmokeJob(run, step)
    case 'patch-pool':
      return patchPool(run, step)
    case 'drain-pool':
      return drainPool(run, step)
    case 'change-pool-image':
      return changePoolImage(run, step)
    case 'scale-pool':
      return scalePool(run, step)
    case 'bake-nodes':
      return bakeNodes(run, step)
    case 'refresh-nodes':
      return refreshNodes(run, step)
    case 'finish-pool':
      return finishPool(run, step)
    case 'verify-nodes':
      return verifyNodes(run, step)
    case 'stop-resize':
      return stopPoolResize(run, step)
    case 'restore-pool':
      return restorePool(run, step)
    case 'release-pool':
      return releasePool(run, step)
  }
}
