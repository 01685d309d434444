import { flat, unknownProperty } from '../kernel/shape.ts'
import type { Answer, Call, Operation } from '../kernel/types.ts'
import { answering, refuse, refuseProperty, refuseUnknown } from './batch-errors.ts'
import { objectOf, textOf } from './json.ts'
import { runsAt, taskEndOf } from './node-tasks.ts'
import type { Restart } from './node-times.ts'
import { nodeState } from './nodes.ts'
import type { NodeFact } from './pool-facts.ts'
import { refuseUnasked } from './service-files.ts'
import { serviceNode } from './service-nodes.ts'
import { serviceId } from './service-pool-change.ts'
import { serviceRow } from './service-scope.ts'
import { stopRunsOn } from './task-scheduling.ts'

const operationOf = (restart: Restart, id: string, option: string): Operation => ({
  ...serviceRow,
  id,
  method: 'POST',
  path: `/pools/{poolId}/nodes/{nodeId}/${restart}`,
  query: ['timeout'],
  action: `Microsoft.Batch/batchAccounts/computePools/computeNodes/${restart}/action`,
  unknownProperty: body => unknownProperty(body, flat(option)),
  handle: answering(call => restarted(call, restart, option))
})

export const serviceRebootOperations: Operation[] = [
  operationOf('reboot', 'ComputeNode_Reboot', 'nodeRebootOption'),
  operationOf('reimage', 'ComputeNode_Reimage', 'nodeReimageOption')
]

/** When it begins. Clients’ tasks run again, or are ended; those of a world end when it says so, and are waited for as the others are. */
function restartTime(call: Call, node: NodeFact, option: string): number {
  const { world, now } = call
  const { pool } = serviceNode(call)
  if (option === 'taskcompletion') return taskEndOf({ world, pool, now }, node) ?? now
  if (runsAt(node, now).length === 0) return now
  if (option === 'retaineddata') return refuseUnknown(call, 'how long a reboot waits for the data of running tasks')
  stopRunsOn(world, node, { at: now, by: option === 'terminate' ? 'user' : 'requeue' })
  return now
}

const OPTIONS = ['requeue', 'terminate', 'taskcompletion', 'retaineddata']

/** Recorded of pools of virtual machines from 2020 to 2022; taken of such a pool in 2025. */
const REFUSING_REIMAGE = '2022-10-01.16.0'

function restarted(call: Call, restart: Restart, name: string): Answer {
  const { pool, node } = serviceNode(call)
  const option = textOf(objectOf(call.body)[name])
  if (option !== undefined && !OPTIONS.includes(option)) {
    refuseProperty(call, { name, value: option, reason: 'The value is not one of the known options' })
  }
  if (restart === 'reimage' && call.apiVersion === REFUSING_REIMAGE) {
    const code = 'OperationNotValidOnNode'
    refuse(call, { status: 409, code, message: 'The specified operation is not valid on the node.' })
  }
  refuseUnasked(call, nodeState({ world: call.world, pool, now: call.now }, node).state)
  const at = restartTime(call, node, option ?? 'requeue')
  if (restart === 'reboot') node.rebootsAt = [...(node.rebootsAt ?? []), at]
  else node.reimagesAt = [...(node.reimagesAt ?? []), at]
  return { status: 202, headers: { dataserviceid: serviceId(call), dataserviceversion: '3.0' } }
}
