import { flat, unknownProperty } from '../kernel/shape.ts'
import type { Answer, Call, Operation } from '../kernel/types.ts'
import { answering, refuseProperty } from './batch-errors.ts'
import { objectOf, textOf } from './json.ts'
import { nodeState } from './nodes.ts'
import { refuseUnasked } from './service-files.ts'
import { serviceNode } from './service-nodes.ts'
import { serviceId } from './service-pool-change.ts'
import { serviceRow } from './service-scope.ts'

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

const OPTIONS = ['requeue', 'terminate', 'taskcompletion', 'retaineddata']

/** Tasks on the node aren't waited for: those of a world end when it says so. */
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
  node.rebootsAt = [...(node.rebootsAt ?? []), call.now]
  return { status: 202, headers: { dataserviceid: serviceId(call), dataserviceversion: '3.0' } }
}
