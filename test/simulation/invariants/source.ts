/** The source VM, which is somebody's. */
import type { Invariant, State } from './invariant.ts'

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
    afterPost(_, { told, vm, left, startedAt, context }) {
      if (!told.ok || !vm?.leased || SAYS_SO.test(told.summary)) return
      const ofOthers = leasesOf(left).every(one => one.runId !== context.runId && Date.parse(one.until) > startedAt)
      return ofOthers ? undefined : 'its lease is still in its tags'
    }
  }
]

/** Another run's may be alive: it stays until it has run out. */
function leasesOf(left: State): { runId: string; until: string }[] {
  const tags: (Record<string, string> | undefined)[] = left.map(({ tags }) => tags)
  return tags.flatMap(its => {
    const lease = its?.['batch-image-rollout-lease']
    return lease === undefined ? [] : [JSON.parse(lease)]
  })
}
