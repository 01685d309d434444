import { groupNotFound, resourceNotFound } from '../kernel/errors.ts'
import { find, wentLately } from '../kernel/resources.ts'
import type { Answer, Call, Stored } from '../kernel/types.ts'
import { ACCOUNT_NOT_FOUND, BatchRefusal, refuse } from './batch-errors.ts'
import { ACCOUNT_TYPE } from './pool-record.ts'
import { POOL_API_VERSIONS, poolShape } from './pool-shape.ts'
import { unknownProperty } from '../kernel/shape.ts'
import type { Json, Operation } from '../kernel/types.ts'

/** 2025-06-01 is the newest that is out; 2019-08-01 the last whose contract names a managed image. */
export const BATCH_API_VERSIONS: readonly string[] = POOL_API_VERSIONS

export const ACCOUNT_PATH =
  '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Batch/batchAccounts/{accountName}'

/** The account that the path names; its absence is the gateway's 404, and Batch's own right after its deletion (both recorded). */
export function armAccount(call: Call): Stored {
  const { subscriptionId = '', resourceGroupName = '', accountName = '' } = call.params
  const groupId = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`
  const id = `${groupId}/providers/${ACCOUNT_TYPE}/${accountName}`
  const account = find(call.world, id, call.now)
  if (account !== undefined) return account
  if (scopeAnswer(call, groupId) === undefined && wentLately(call.world, id, call.now)) refuse(call, ACCOUNT_NOT_FOUND)
  throw new BatchRefusal(scopeAnswer(call, groupId) ?? resourceNotFound(ACCOUNT_TYPE, accountName, resourceGroupName))
}

function scopeAnswer(call: Call, groupId: string): Answer | undefined {
  return find(call.world, groupId, call.now) === undefined
    ? groupNotFound(call.params['resourceGroupName'] ?? '')
    : undefined
}

export function poolIdOf(call: Call): string {
  return `${armAccount(call).id}/pools/${call.params['poolName'] ?? ''}`
}

/** The pool that the path names, or the 404 of the provider. */
export function armPool(call: Call): Stored {
  const pool = find(call.world, poolIdOf(call), call.now)
  return pool ?? refuse(call, { status: 404, code: 'PoolNotFound', message: 'The specified pool does not exist.' })
}

/** For operations whose body is a pool. */
export const poolBody: Pick<Operation, 'unknownProperty'> = {
  unknownProperty: (body: Json | undefined, apiVersion: string) => unknownProperty(body, poolShape(apiVersion))
}
