/** A source VM that a run had stopped for its snapshots: it is started again. */
import { nameOf, type VmId } from '../model/arm-id.ts'
import type { Vm } from '../model/observed.ts'
import { withLeaseTag } from '../plan/lease.ts'
import { isInMotion, stateOf } from '../plan/vm-stop.ts'
import { HOLD_MS, LOOK_EVERY_MS, postsOwn, type Undoing } from './undoing.ts'

/** @returns what was done, a line each; nothing where the run didn't hold the VM */
export async function undoVm({ azure, clock, context, signal }: Undoing, id: VmId): Promise<string[]> {
  const { compute } = azure
  let vm: Vm | undefined = await compute.getVm(id)
  if (vm === undefined || stateOf(vm, context, clock.now()) !== 'mine') return []
  const until = (vm.readAt ?? clock.now()) + HOLD_MS
  await compute.setVmTags(id, withLeaseTag(vm.tags, postsOwn(context), until), vm.etag)
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
      return [`began to start VM ${nameOf(id)} again; it was not seen running in time`]
    }
    vm = (await compute.getVm(id)) ?? vm
  }
  await compute.setVmTags(id, withLeaseTag(vm.tags, context, undefined), vm.etag)
  return [
    starts
      ? `started VM ${nameOf(id)} again, which the run had stopped for its snapshots`
      : `took the lease of the run off VM ${nameOf(id)}, which is ${vm.generalized ? 'generalized' : 'running'}`
  ]
}
