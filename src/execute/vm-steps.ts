/** The source VM, stopped for its snapshots and started again: held by a lease in its tags, so that nobody else starts it. */
import { nameOf, type VmId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { Vm } from '../model/observed.ts'
import { describeHolder, heldMessage, isOfRun, leaseOfTags, withLeaseTag } from '../plan/lease.ts'
import { isInMotion, stateOf } from '../plan/vm-stop.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { orRefused } from './refused.ts'
import { watch } from './watch.ts'

/**
 * Snapshots take minutes. Where they take longer the lease is this run's own all the same, unless another run has taken it
 * over: then their being of one moment can't be told, and they are not used.
 */
const HOLD_MS = 60 * 60_000

export async function stopVm(run: Execution, { vmId, startsAgain }: StepOf<'stop-vm'>): Performed {
  const vm = await readVm(run, vmId)
  refuseHeld(run, vmId, vm)
  if (startsAgain) {
    // Also where the answer is lost: whoever cleans up looks at the tag itself.
    run.seen.vm = 'held'
    await setTags(run, vmId, { vm, tags: withLeaseTag(vm.tags, run.context, (vm.readAt ?? run.azureNow()) + HOLD_MS) })
  }
  await changed(vmId, 'deallocated', run.azure.compute.deallocateVm(vmId))
  return 'deallocated'
}

/** The image must not be made of disks that were written to meanwhile, now or by a later run that takes them up. */
export async function verifyVmStopped(run: Execution, step: StepOf<'verify-vm-stopped'>): Performed {
  const { vmId, startsAgain, snapshotIds } = step
  const vm = await readVm(run, vmId)
  const isHeld = !startsAgain || stateOf(vm, run.context, run.azureNow()) === 'mine'
  if (isHeld && vm.powerState === 'deallocated') return 'still stopped'
  const lease = leaseOfTags(vm.tags)
  if (!isHeld && lease !== undefined && !isOfRun(lease, run.context)) {
    // The snapshots are that run's by now: it has taken them up with the VM.
    const message = `VM ${nameOf(vmId)}: ${describeHolder(lease)} has taken over from this run`
    throw new RunError({ reason: 'vm-failed', message, wayOut: 'let that run end; then this one finds what it made' })
  }
  await Promise.all(snapshotIds.map(id => run.azure.compute.deleteSnapshot(id)))
  const what = isHeld ? `is ${vm.powerState ?? 'in an unknown state'}` : 'has lost the lease of this run'
  throw new RunError({
    reason: 'vm-failed',
    message: `VM ${nameOf(vmId)} ${what}, though it was stopped for its snapshots; they are deleted`,
    wayOut: 'find out who starts it (a post step, a schedule, a person), then run again: the snapshots are made anew'
  })
}

export async function startVm(run: Execution, step: StepOf<'start-vm'>): Performed {
  const { vmId } = step
  // A run that failed while the VM was being deallocated gets here.
  const vm = await watch(run, async () => {
    const seen = await readVm(run, vmId)
    return isInMotion(seen) ? undefined : seen
  })
  if (!MAY_START.has(stateOf(vm, run.context, run.azureNow()))) {
    const lease = leaseOfTags(vm.tags)
    run.seen.vm = 'released'
    return `left as it is: ${lease === undefined ? 'the lease is gone from its tags' : `${describeHolder(lease)} holds it`}`
  }
  run.seen.vm = 'held'
  if (!vm.generalized && vm.powerState !== 'running') {
    await changed(vmId, 'started again', run.azure.compute.startVm(vmId))
  }
  await letGo(run, step)
  return vm.generalized ? 'Azure knows it as generalized by now, and it can’t be started' : 'running'
}

/** `mine`, and what a dead run has left. */
const MAY_START: ReadonlySet<string> = new Set(['mine', 'earlier-attempt', 'ran-out'])

/** The VM runs again, and that is what counts: a lease that can't be taken off runs out by itself. */
async function letGo(run: Execution, { id, vmId }: StepOf<'start-vm'>): Promise<void> {
  try {
    await release(run, vmId)
  } catch (error) {
    if (run.signal.aborted) throw error
    run.seen.vm = 'released'
    run.warn(id, {
      message: `VM ${nameOf(vmId)} runs, and keeps the lease of this run in its tags: ${error instanceof Error ? error.message : String(error)}`,
      wayOut:
        'nothing, or delete the tag batch-image-rollout-lease: until it runs out, another run with stop-vm stops with vm-held'
    })
  }
}

async function release(run: Execution, vmId: VmId): Promise<void> {
  const vm = await readVm(run, vmId)
  await setTags(run, vmId, { vm, tags: withLeaseTag(vm.tags, run.context, undefined) })
  run.seen.vm = 'released'
}

async function readVm(run: Execution, vmId: VmId): Promise<Vm> {
  const vm = await run.azure.compute.getVm(vmId)
  if (vm === undefined) {
    throw new RunError({
      reason: 'vm-failed',
      message: `VM ${nameOf(vmId)} is gone`,
      wayOut: 'find out who deletes it'
    })
  }
  if (vm.provisioningState === 'Deleting') {
    throw new RunError({
      reason: 'vm-failed',
      message: `VM ${nameOf(vmId)} is being deleted`,
      wayOut: 'find out who deletes it'
    })
  }
  return vm
}

function refuseHeld(run: Execution, vmId: VmId, vm: Vm): void {
  const lease = leaseOfTags(vm.tags)
  if (lease === undefined) return
  const state = stateOf(vm, run.context, run.azureNow())
  if (state === 'held') {
    const { message, wayOut } = heldMessage(lease, 'VM')
    throw new RunError({ reason: 'vm-failed', message: `VM ${nameOf(vmId)}: ${message}`, wayOut })
  }
  if (state !== 'mine') run.say('stop-vm', `taken over from ${describeHolder(lease)}`)
}

type Tags = { vm: Vm; tags: Record<string, string> }

function setTags({ azure }: Execution, vmId: VmId, { vm, tags }: Tags): Promise<void> {
  return changed(vmId, 'given its lease', azure.compute.setVmTags(vmId, tags, vm.etag))
}

/** What Azure refuses, or fails at, of the VM is told as that; a missing role, or an Azure that is away, speaks for itself. */
function changed(vmId: VmId, how: string, change: Promise<void>): Promise<void> {
  return orRefused(change, {
    reason: 'vm-failed',
    message: error => `VM ${nameOf(vmId)} could not be ${how}: ${error.message}`,
    wayOut:
      how === 'started again'
        ? 'start it yourself when Azure has room for it (az vm start), or run again, which tries it once more'
        : 'see what else is done to the VM, then run again'
  })
}
