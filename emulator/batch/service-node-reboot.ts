import { flat, unknownProperty } from '../kernel/shape.ts'
import type { Answer, Call, Operation } from '../kernel/types.ts'
import { answering, refuseProperty, refuseUnknown } from './batch-errors.ts'
import { objectOf, textOf } from './json.ts'
import { runsAt } from './node-tasks.ts'
import { nodeState } from './nodes.ts'
import type { NodeFact } from './pool-facts.ts'
import { refuseUnasked } from './service-files.ts'
import { serviceNode } from './service-nodes.ts'
import { serviceId } from './service-pool-change.ts'
import { serviceRow } from './service-scope.ts'
import { stopRunsOn } from './task-scheduling.ts'

export const serviceRebootOperations: Operation[] = [
  {
    ...serviceRow,
    id: 'ComputeNode_Reboot',
    method: 'POST',
    path: '/pools/{poolId}/nodes/{nodeId}/reboot',
    query: ['timeout'],
    action: 'Microsoft.Batch/batchAccounts/computePools/computeNodes/reboot/action',
    unknownProperty: body => unknownProperty(body, flat('nodeRebootOption')),
    handle: answering(reboot)
  }
]

function rebootTime(call: Call, node: NodeFact, option: string): number {
  const { world, now } = call
  const ends = runsAt(node, now).map(run => run.endsAt)
  if (ends.length === 0) return now
  if (option === 'taskcompletion') return Math.max(now, ...ends)
  if (option === 'retaineddata') return refuseUnknown(call, 'how long a reboot waits for the data of running tasks')
  stopRunsOn(world, node, { at: now, by: option === 'terminate' ? 'user' : 'requeue' })
  return now
}

const OPTIONS = ['requeue', 'terminate', 'taskcompletion', 'retaineddata']

/** Clients' tasks on the node run again, are ended, or are waited for; those of a world end when it says so. */
function reboot(call: Call): Answer {
  const { pool, node } = serviceNode(call)
  const option = textOf(objectOf(call.body)['nodeRebootOption'])
  if (option !== undefined && !OPTIONS.includes(option)) {
    refuseProperty(call, {
      name: 'nodeRebootOption',
      value: option,
      reason: 'The value is not one of the known options'
    })
  }
  refuseUnasked(call, nodeState({ world: call.world, pool, now: call.now }, node).state)
  node.rebootsAt = [...(node.rebootsAt ?? []), rebootTime(call, node, option ?? 'requeue')]
  return { status: 202, headers: { dataserviceid: serviceId(call), dataserviceversion: '3.0' } }
}
