/** A source VM that some run has stopped for its snapshots. */
import { nameOf } from '../../model/arm-id.ts'
import { describeHolder, heldMessage, leaseOfTags } from '../../rules/lease.ts'
import { stateOf } from '../../rules/vm-state.ts'
import { error, note, warning, type Rule } from './rule.ts'

const SOURCE = 'this action: a VM that is stopped for its snapshots carries the lease of its run in its tags'

export const VM_LEASE_RULES: readonly Rule[] = [
  {
    id: 'vm-held',
    source: SOURCE,
    check: ({ spec, imageExists, context, observed: { source, at } }) => {
      const lease = source && leaseOfTags(source.tags)
      if (source === undefined || lease === undefined || spec.image?.stopVm !== true || imageExists) return
      if (stateOf(source, context, at) !== 'held') return
      const { message, wayOut } = heldMessage(lease, 'VM')
      return error(`${source.input}: "${nameOf(source.id)}": ${message}`, wayOut)
    }
  },
  {
    id: 'vm-left-stopped',
    source: SOURCE,
    check: ({ spec, imageExists, context, observed: { source, at } }) => {
      const lease = source && leaseOfTags(source.tags)
      if (source === undefined || lease === undefined || /^(running|starting)$/.test(source.powerState ?? '')) return
      const isHeld = stateOf(source, context, at) === 'held'
      // What this run has to stop, or to start again, is in its plan.
      if (spec.image === undefined || (spec.image.stopVm && !(imageExists && isHeld))) return
      const is = `${source.input}: "${nameOf(source.id)}" is ${source.powerState ?? 'in an unknown state'}: ${describeHolder(lease)}`
      return isHeld
        ? note(
            `${is} has stopped it for its snapshots, and holds it until ${lease.until}`,
            'let that run end; if it is dead, start the VM'
          )
        : warning(
            `${is} stopped it, and has not started it again`,
            'run once with stop-vm: true, which starts it again; or start it, and delete the lease from its tags'
          )
    }
  }
]
