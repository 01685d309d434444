/** A source VM that a run had stopped for its snapshots: it is started again. */
import { AzureError } from '../azure/errors.ts'
import { nameOf, type VmId } from '../model/arm-id.ts'
import type { Vm } from '../model/observed.ts'
import type { RunContext } from '../model/spec.ts'
import { withLeaseTag } from '../plan/lease.ts'
import { isInMotion, stateOf } from '../plan/vm-stop.ts'
import { HOLD_MS, LOOK_EVERY_MS, MOST_TRIES, postsOwn, type Undoing } from './undoing.ts'

/** @returns what was done, a line each; nothing where the run doesn't hold the VM */
export async function undoVm(undoing: Undoing, id: VmId): Promise<string[]> {
  const { azure, clock, context, signal } = undoing
  const { compute } = azure
  let vm = await compute.getVm(id)
  if (vm === undefined || !isHeldBy(vm, [context], clock.now())) return []
  await claim(undoing, id, vm)
  for (;;) {
    vm = await compute.getVm(id)
    if (vm === undefined) return []
    if (!isInMotion(vm)) break
    await clock.sleep(LOOK_EVERY_MS, signal)
  }
  const starts = !vm.generalized && vm.powerState !== 'running'
  if (starts) {
    try {
      await compute.startVm(id)
    } catch (error) {
      if (!signal.aborted) throw error
      return [
        `asked for VM ${nameOf(id)} to be started again; it was not seen running in time: see whether it runs, and start it (az vm start)`
      ]
    }
  }
  await letGo(undoing, id)
  return [
    starts
      ? `started VM ${nameOf(id)} again, which the run had stopped for its snapshots`
      : `took the lease of the run off VM ${nameOf(id)}, which is ${vm.generalized ? 'generalized' : 'running'}`
  ]
}

/** A main that still runs finds the lease taken, and makes no image. While Azure takes no tags, it can't do so either. */
async function claim({ azure, clock, context }: Undoing, id: VmId, vm: Vm): Promise<void> {
  const until = (vm.readAt ?? clock.now()) + HOLD_MS
  try {
    await azure.compute.setVmTags(id, withLeaseTag(vm.tags, postsOwn(context), until), vm.etag)
  } catch (error) {
    // It is on its way to where it is looked at next.
    if (!(error instanceof AzureError) || ![409, 412].includes(error.status ?? 0)) throw error
  }
}

/** Others may tag the VM at the same time: what they write stays. */
async function letGo({ azure, clock, context }: Undoing, id: VmId): Promise<void> {
  for (let tries = 1; ; tries++) {
    const vm = await azure.compute.getVm(id)
    if (vm === undefined || !isHeldBy(vm, [context, postsOwn(context)], clock.now())) return
    try {
      return await azure.compute.setVmTags(id, withLeaseTag(vm.tags, context, undefined), vm.etag)
    } catch (error) {
      if (tries === MOST_TRIES || !(error instanceof AzureError) || error.status !== 412) throw error
    }
  }
}

const isHeldBy = (vm: Vm, contexts: readonly RunContext[], now: number): boolean =>
  contexts.some(context => stateOf(vm, context, now) === 'mine')
