import type { Operation, View } from '../kernel/types.ts'
import { accountView, armAccountOperations } from './arm-accounts.ts'
import { armPoolOperations } from './arm-pools.ts'
import { ACCOUNT_TYPE, POOL_TYPE } from './pool-record.ts'
import { poolView } from './pool-view.ts'
import { serviceJobOperations } from './service-jobs.ts'
import { serviceNodeOperations } from './service-nodes.ts'
import { serviceScaleOperations } from './service-pool-scale.ts'
import { servicePoolOperations } from './service-pools.ts'

/** All that is emulated of Batch, over Resource Manager and at the accounts' own hosts. */
export const batchOperations: Operation[] = [
  ...armAccountOperations,
  ...armPoolOperations,
  ...servicePoolOperations,
  ...serviceScaleOperations,
  ...serviceNodeOperations,
  ...serviceJobOperations
]

/** By type in lower case. Nothing needs loading: a pool's facts are read off its body when it is first looked at. */
export const batchViews: Record<string, View> = {
  [ACCOUNT_TYPE.toLowerCase()]: record => accountView(record),
  [POOL_TYPE.toLowerCase()]: (record, now) => poolView(record, now)
}
