import { shortRegion } from '../kernel/regions.ts'
import { find, listUnder } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { groupNotFound, subscriptionNotFound } from '../kernel/errors.ts'
import { ACCOUNT_PATH, armAccount, BATCH_API_VERSIONS } from './arm-scope.ts'
import { answering, BatchRefusal, refuseUnknown } from './batch-errors.ts'
import { textOf } from './json.ts'
import { pageOf } from './paging.ts'
import { ACCOUNT_TYPE } from './pool-record.ts'
import { etagOfTicks, httpDate, ticksOf } from './time.ts'

const LOCATION = '/subscriptions/{subscriptionId}/providers/Microsoft.Batch/locations/{locationName}'
const ACCOUNTS = 'providers/Microsoft.Batch/batchAccounts'
const shared = { host: 'resource-manager', apiVersions: BATCH_API_VERSIONS, method: 'GET' } as const
/** `{"accountQuota":3}` is what recordings show. */
const ACCOUNT_QUOTA = 3

export const armAccountOperations: Operation[] = [
  { ...shared, id: 'BatchAccount_Get', path: ACCOUNT_PATH, handle: answering(getAccount) },
  {
    ...shared,
    id: 'BatchAccount_List',
    path: `/subscriptions/{subscriptionId}/${ACCOUNTS}`,
    handle: answering(list)
  },
  {
    ...shared,
    id: 'BatchAccount_ListByResourceGroup',
    path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/${ACCOUNTS}`,
    handle: answering(list)
  },
  { ...shared, id: 'Location_GetQuotas', path: `${LOCATION}/quotas`, handle: answering(quotas) },
  {
    ...shared,
    id: 'Location_ListSupportedVirtualMachineSkus',
    path: `${LOCATION}/virtualMachineSkus`,
    query: ['maxresults', '$filter', '$skiptoken'],
    handle: answering(virtualMachineSkus)
  }
]

/** An account as a GET shows it: the world's own words. */
export function accountView(record: Stored): JsonObject {
  return record.body
}

function getAccount(call: Call): Answer {
  const account = armAccount(call)
  const etag = `"${etagOfTicks(ticksOf(account.createdAt))}"`
  return { status: 200, headers: { etag, 'last-modified': httpDate(account.createdAt) }, body: accountView(account) }
}

function list(call: Call): Answer {
  const { subscriptionId = '', resourceGroupName } = call.params
  const subscription = `/subscriptions/${subscriptionId}`
  if (find(call.world, subscription, call.now) === undefined)
    throw new BatchRefusal(subscriptionNotFound(subscriptionId))
  const scope = resourceGroupName === undefined ? subscription : `${subscription}/resourceGroups/${resourceGroupName}`
  if (find(call.world, scope, call.now) === undefined) throw new BatchRefusal(groupNotFound(resourceGroupName ?? ''))
  return { status: 200, body: { value: listUnder(call.world, scope, ACCOUNT_TYPE, call.now).map(accountView) } }
}

function quotas(call: Call): Answer {
  knownRegion(call)
  return { status: 200, body: { accountQuota: ACCOUNT_QUOTA } }
}

function virtualMachineSkus(call: Call): Answer {
  knownRegion(call)
  const filter = call.query.get('$filter')
  if (filter !== null) refuseUnknown(call, `the filter "${filter}"`)
  const { items, nextUrl } = pageOf(call, call.world.behaviour.virtualMachineSkus)
  return { status: 200, body: { value: items, ...(nextUrl !== undefined && { nextLink: nextUrl }) } }
}

/** Only regions in which the world has an account are known to offer anything. */
function knownRegion(call: Call): void {
  const region = shortRegion(call.params['locationName'] ?? '')
  const accounts = listUnder(
    call.world,
    `/subscriptions/${call.params['subscriptionId'] ?? ''}`,
    ACCOUNT_TYPE,
    call.now
  )
  if (accounts.some(account => shortRegion(textOf(account.body['location']) ?? '') === region)) return
  refuseUnknown(call, `what region "${region}" offers, as no account of the world is there`)
}
