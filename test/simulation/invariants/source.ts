/** The source VM, which is somebody's. */
import type { Invariant } from './invariant.ts'

/** Of the run itself, or of one that is dead and whose lease hasn't run out. */
const SAYS_SO = /not seen running again|vm-left-stopped|vm-held/

export const sourceInvariants: Invariant[] = [
  {
    alone: true,
    rule: 'no snapshot is asked for while the source VM runs, where it shall be stopped',
    atChange({ run, method, target, vm }) {
      if (run.inputs['stop-vm'] !== 'true' || method !== 'PUT' || !target.includes('/snapshots/')) return
      const { power } = vm()
      return power === 'deallocated' ? undefined : `PUT ${target} while the VM is ${power}`
    }
  },
  {
    alone: true,
    rule: 'a source VM that ran is running again when all of a run is over, or the run says that it may not be',
    afterPost(_, { told, vm }) {
      if (vm === undefined || /^(running|starting)$/.test(vm.power)) return
      return SAYS_SO.test(told.summary) ? undefined : `the VM is ${vm.power}`
    }
  },
  {
    rule: 'nobody holds the source VM when a rollout has succeeded',
    afterPost(_, { told, vm }) {
      return told.ok && vm?.leased && !SAYS_SO.test(told.summary) ? 'its lease is still in its tags' : undefined
    }
  }
]
