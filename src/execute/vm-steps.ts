/** The source VM, stopped for its snapshots and started again: held by a lease in its tags, so that nobody else starts it. */
import { AzureError } from '../azure/errors.ts'
import { writeAgain } from '../azure/write-again.ts'
import { nameOf, type VmId } from '../model/arm-id.ts'
import { RunError } from '../model/failure.ts'
import type { Vm } from '../model/observed.ts'
import { describeHolder, heldMessage, isOfRun, leaseOfTags, withLeaseTag } from '../rules/lease.ts'
import { isInMotion } from '../rules/vm-state.ts'
import type { Execution, Performed, StepOf } from './context.ts'
import { messageOf } from '../shared/text.ts'
import { anyOf, within } from '../shared/time-limit.ts'
import { holdOn } from './hold.ts'
import { orRefused } from './refused.ts'
import { NOTHING_TO_UNDO } from './undo-pool.ts'
import { watch } from './watch.ts'

/**
 * Snapshots take minutes. Where they take longer the lease is this run's own all the same, unless another run has taken it
 * over: then their being of one moment can't be told, and they are not used.
 */
const HOLD_MS = 60 * 60_000
/** What the post step can’t start in its time, the next run may soon try. */
const POSTS_HOLD_MS = 10 * 60_000

export async function stopVm(run: Execution, { vmId, startsAgain }: StepOf<'stop-vm'>): Performed {
  const vm = await readVm(run, vmId)
  refuseHeld(run, vmId, vm)
  if (startsAgain) {
    // Also where the answer is lost: whoever cleans up looks at the tag itself.
    run.known.vm = 'held'
    const tags = withLeaseTag(vm.tags, run.context, (vm.readAt ?? run.azureNow()) + HOLD_MS)
    await changed(vmId, 'given its lease', run.azure.compute.setVmTags(vmId, tags, vm.etag))
  }
  await changed(vmId, 'deallocated', run.azure.compute.deallocateVm(vmId))
  return 'deallocated'
}

/** The image must not be made of disks that were written to meanwhile, now or by a later run that takes them up. */
export async function verifyVmStopped(run: Execution, step: StepOf<'verify-vm-stopped'>): Performed {
  const { vmId, startsAgain } = step
  const vm = await readVm(run, vmId)
  const lease = leaseOfTags(vm.tags)
  const isHeld = !startsAgain || holdOn(run, lease, vm.readAt) === 'mine'
  if (isHeld && vm.powerState === 'deallocated') return 'still stopped'
  if (!isHeld && lease !== undefined && !isOfRun(lease, run.context)) {
    // The snapshots are that run's by now: it has taken them up with the VM.
    throw new RunError({
      reason: 'vm-failed',
      message: `VM ${nameOf(vmId)}: ${describeHolder(lease)} has taken over from this run`,
      wayOut: 'let that run end; then this one finds what it made'
    })
  }
  run.known.conditions.add('vm-has-run')
  const what = isHeld ? `is ${vm.powerState ?? 'in an unknown state'}` : 'has lost the lease of this run'
  throw new RunError({
    reason: 'vm-failed',
    message: `VM ${nameOf(vmId)} ${what}, though it was stopped for its snapshots, which are of no use now and are deleted`,
    wayOut: 'find out who starts it (a post step, a schedule, a person), then run again: the snapshots are made again'
  })
}

export async function startVm(run: Execution, step: StepOf<'start-vm'>): Performed {
  const { undoing, clock, deadlineAt } = run
  if (undoing === undefined) return startHeld(run, step)
  if (!(await isToBeStarted(run, step.vmId))) return NOTHING_TO_UNDO
  if (clock.now() < deadlineAt) return startHeld(run, step)
  return within(clock, START_WITHIN_MS, limit => {
    const signal = anyOf([limit, run.signal])
    return startHeld({ ...run, azure: run.azure.until(signal), signal }, step)
  })
}

/** At the deadline there is no time to see it run. */
const START_WITHIN_MS = 4_000

async function startHeld(run: Execution, step: StepOf<'start-vm'>): Performed {
  const { vmId } = step
  // A run that failed while the VM was being deallocated gets here.
  const { vm } = await watch(run, async () => {
    const seen = await (run.undoing === undefined ? readVm(run, vmId) : run.azure.compute.getVm(vmId))
    return seen !== undefined && isInMotion(seen) ? undefined : { vm: seen }
  })
  if (vm === undefined) return NOTHING_TO_UNDO
  const lease = leaseOfTags(vm.tags)
  if (!MAY_START.has(holdOn(run, lease, vm.readAt))) {
    run.known.vm = 'released'
    return `left as it is: ${lease === undefined ? 'the lease is gone from its tags' : `${describeHolder(lease)} holds it`}`
  }
  run.known.vm = 'held'
  await takeOver(run, vmId, vm)
  const starts = !vm.generalized && vm.powerState !== 'running'
  if (starts && !(await isSeenRunning(run, vmId))) {
    return 'asked to start, and not seen running in time: see whether it runs, and start it (az vm start)'
  }
  await takeLeaseOff(run, step, vm)
  if (vm.generalized) return 'Azure knows it as generalized by now, and it can’t be started'
  return run.undoing !== undefined && starts ? 'started again' : 'running'
}

/** What a dead run has left becomes this run’s own, so that its post step goes on where it has to stop. */
async function takeOver(run: Execution, vmId: VmId, vm: Vm): Promise<void> {
  if (holdOn(run, leaseOfTags(vm.tags), vm.readAt) === 'mine') return
  const tags = withLeaseTag(vm.tags, run.context, (vm.readAt ?? run.azureNow()) + HOLD_MS)
  await changed(vmId, 'given its lease', run.azure.compute.setVmTags(vmId, tags, vm.etag))
}

/** `mine`, and what a dead run has left. */
const MAY_START: ReadonlySet<string> = new Set(['mine', 'earlier-attempt', 'ran-out'])

/**
 * Azure goes on with a start that it has taken, though the time for undoing is up. After the post step nobody looks again;
 * what the main step hasn’t seen is not done, so that the post step does.
 */
async function isSeenRunning(run: Execution, vmId: VmId): Promise<boolean> {
  try {
    await changed(vmId, 'started again', run.azure.compute.startVm(vmId))
    return true
  } catch (error) {
    if (run.undoing?.actsFor !== undefined && run.signal.aborted) return false
    throw error
  }
}

/** Whether this run has it stopped still. A main step that still runs finds it taken over by the post step, and makes no image. */
async function isToBeStarted(run: Execution, vmId: VmId): Promise<boolean> {
  const isPostStep = run.undoing?.actsFor !== undefined
  if (!isPostStep) return run.known.vm === 'held'
  const vm = await run.azure.compute.getVm(vmId)
  if (vm === undefined || holdOn(run, leaseOfTags(vm.tags), vm.readAt) !== 'mine') return false
  const until = (vm.readAt ?? run.azureNow()) + POSTS_HOLD_MS
  try {
    await run.azure.compute.setVmTags(vmId, withLeaseTag(vm.tags, run.context, until), vm.etag)
  } catch (error) {
    // It is on its way to where it is looked at next; while Azure takes no tags, a main step can’t set them either.
    if (!(error instanceof AzureError) || ![409, 412].includes(error.status ?? 0)) throw error
  }
  return true
}

/** The VM runs again, and that is what counts: a lease that can't be taken off runs out by itself. */
async function takeLeaseOff(run: Execution, { id, vmId }: StepOf<'start-vm'>, vm: Vm): Promise<void> {
  try {
    await release(run, vmId, vm)
  } catch (error) {
    if (run.signal.aborted) throw error
    run.known.vm = 'released'
    run.warn(id, {
      message: `VM ${nameOf(vmId)} runs, and keeps the lease of this run in its tags: ${messageOf(error)}`,
      wayOut:
        'nothing, or delete the tag batch-image-rollout-lease: until it runs out, another run with stop-vm stops with vm-held'
    })
  }
}

/** Others may tag the VM at the same time: what they write stays. */
async function release(run: Execution, vmId: VmId, vm: Vm): Promise<void> {
  const write = async (seen: Vm): Promise<Vm> => {
    await run.azure.compute.setVmTags(vmId, withLeaseTag(seen.tags, run.context, undefined), seen.etag)
    return seen
  }
  // A VM that is gone keeps no lease.
  const lookAgain = async (before: Vm): Promise<{ seen: Vm; done: boolean }> => {
    const seen = await run.azure.compute.getVm(vmId)
    const done = seen === undefined || !MAY_START.has(holdOn(run, leaseOfTags(seen.tags), seen.readAt))
    return { seen: seen ?? before, done }
  }
  const { seen, done } = await lookAgain(vm)
  if (!done) await changed(vmId, 'released', writeAgain(seen, { write, lookAgain }))
  run.known.vm = 'released'
}

async function readVm(run: Execution, vmId: VmId): Promise<Vm> {
  const vm = await run.azure.compute.getVm(vmId)
  if (vm !== undefined && vm.provisioningState !== 'Deleting') return vm
  throw new RunError({
    reason: 'vm-failed',
    message: `VM ${nameOf(vmId)} is ${vm === undefined ? 'gone' : 'being deleted'}`,
    wayOut: 'find out who deletes it'
  })
}

function refuseHeld(run: Execution, vmId: VmId, vm: Vm): void {
  const lease = leaseOfTags(vm.tags)
  if (lease === undefined) return
  const state = holdOn(run, lease, vm.readAt)
  if (state === 'held') {
    const { message, wayOut } = heldMessage(lease, 'VM')
    throw new RunError({ reason: 'vm-failed', message: `VM ${nameOf(vmId)}: ${message}`, wayOut })
  }
  if (state !== 'mine') run.say('stop-vm', `taken over from ${describeHolder(lease)}`)
}

/** What Azure refuses, or fails at, of the VM is told as that; a missing role, or an Azure that is away, speaks for itself. */
function changed<T>(vmId: VmId, how: string, change: Promise<T>): Promise<T> {
  return orRefused(change, {
    reason: 'vm-failed',
    message: error => `VM ${nameOf(vmId)} could not be ${how}: ${error.message}`,
    wayOut:
      how === 'started again'
        ? 'start it yourself when Azure has room for it (az vm start), or run again, which tries it once more'
        : 'see what else is done to the VM, then run again'
  })
}
