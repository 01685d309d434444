import type { Answer, Call, Operation, View } from '../kernel/types.ts'
import { keptOut } from './account-access.ts'
import { accountView, armAccountOperations } from './arm-accounts.ts'
import { armApplicationOperations } from './arm-applications.ts'
import { armPoolOperations } from './arm-pools.ts'
import { catchUp } from './autoscale-runs.ts'
import { JOB_TYPE } from './job-record.ts'
import { jobRecordView } from './jobs.ts'
import { ACCOUNT_TYPE, POOL_TYPE } from './pool-record.ts'
import { poolView } from './pool-view.ts'
import { serviceJobOperations } from './service-jobs.ts'
import { serviceJobStateOperations } from './service-job-states.ts'
import { serviceJobWriteOperations } from './service-job-writes.ts'
import { serviceTaskFileOperations } from './service-task-files.ts'
import { serviceTaskOperations } from './service-tasks.ts'
import { serviceFileOperations } from './service-files.ts'
import { serviceJobScheduleOperations } from './service-job-schedules.ts'
import { serviceRebootOperations } from './service-node-reboot.ts'
import { serviceNodeOperations } from './service-nodes.ts'
import { serviceScaleOperations } from './service-pool-scale.ts'
import { servicePoolReplaceOperations } from './service-pool-replace.ts'
import { servicePoolOperations } from './service-pools.ts'

/** All that is emulated of Batch, over Resource Manager and at the accounts' own hosts. */
export const batchOperations: Operation[] = (
  [
    ...armAccountOperations,
    ...armApplicationOperations,
    ...armPoolOperations,
    ...servicePoolOperations,
    ...servicePoolReplaceOperations,
    ...serviceScaleOperations,
    ...serviceNodeOperations,
    ...serviceRebootOperations,
    ...serviceFileOperations,
    ...serviceJobOperations,
    ...serviceJobWriteOperations,
    ...serviceJobStateOperations,
    ...serviceTaskOperations,
    ...serviceTaskFileOperations,
    ...serviceJobScheduleOperations
  ] satisfies Operation[]
).map(operation => atTheDoor(caughtUp(operation)))

/** An account's own host lets in whom the account does. */
function atTheDoor(operation: Operation): Operation {
  return operation.host === 'batch'
    ? { ...operation, handle: call => keptOut(call) ?? operation.handle(call) }
    : operation
}

/** Finds pools and tasks as they are at the time of the call: with all that automatic scaling and nodes have done until then. */
function caughtUp(operation: Operation): Operation {
  const handle = (call: Call): Answer => {
    catchUp(call.world, call.now)
    return operation.handle(call)
  }
  return { ...operation, handle }
}

/** By type in lower case. Nothing needs loading: a pool's facts are read off its body when it is first looked at. */
export const batchViews: Record<string, View> = {
  [ACCOUNT_TYPE.toLowerCase()]: record => accountView(record),
  [POOL_TYPE.toLowerCase()]: (record, now, world) => {
    catchUp(world, now)
    return poolView(record, now)
  },
  [JOB_TYPE.toLowerCase()]: (record, now, world) => {
    catchUp(world, now)
    return jobRecordView(record, now)
  }
}
