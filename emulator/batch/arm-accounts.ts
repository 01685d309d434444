import { shortRegion } from '../kernel/regions.ts'
import { find, listUnder } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { groupNotFound, subscriptionNotFound } from '../kernel/errors.ts'
import { ACCOUNT_PATH, armAccount, BATCH_API_VERSIONS } from './arm-scope.ts'
import { answering, BatchRefusal, refuseUnknown } from './batch-errors.ts'
import { objectOf, textOf } from './json.ts'
import { pageOf } from './paging.ts'
import { ACCOUNT_TYPE } from './pool-record.ts'
import { etagOfTicks, httpDate, ticksOf } from './time.ts'
import { sizesIn } from './vm-sizes.ts'

const LOCATION = '/subscriptions/{subscriptionId}/providers/Microsoft.Batch/locations/{locationName}'
const ACCOUNTS = 'providers/Microsoft.Batch/batchAccounts'
/** Accounts and locations have the same bodies in the versions that az 2.45 and 2.91 speak. */
const ACCOUNT_API_VERSIONS = [...BATCH_API_VERSIONS, '2024-02-01', '2022-10-01']
const shared = { host: 'resource-manager', apiVersions: ACCOUNT_API_VERSIONS, method: 'GET' } as const
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

/** Not in the contract of 2019-08-01. */
const NEWER = [
  ...['nodeManagementEndpoint', 'publicNetworkAccess', 'networkProfile', 'privateEndpointConnections', 'encryption'],
  'allowedAuthenticationModes'
]

/** An account as a GET shows it: the world's own words, as far as the version has them. */
export function accountView(record: Stored, apiVersion = ''): JsonObject {
  if (apiVersion !== '2019-08-01') return record.body
  const { identity: _identity, ...body } = record.body
  const properties = Object.entries(objectOf(body['properties'])).filter(([name]) => !NEWER.includes(name))
  return { ...body, properties: Object.fromEntries(properties) }
}

function getAccount(call: Call): Answer {
  const account = armAccount(call)
  const etag = `"${etagOfTicks(ticksOf(account.createdAt))}"`
  return {
    status: 200,
    headers: { etag, 'last-modified': httpDate(account.createdAt) },
    body: accountView(account, call.apiVersion)
  }
}

function list(call: Call): Answer {
  const { subscriptionId = '', resourceGroupName } = call.params
  const subscription = `/subscriptions/${subscriptionId}`
  if (find(call.world, subscription, call.now) === undefined)
    throw new BatchRefusal(subscriptionNotFound(subscriptionId))
  const scope = resourceGroupName === undefined ? subscription : `${subscription}/resourceGroups/${resourceGroupName}`
  if (find(call.world, scope, call.now) === undefined) throw new BatchRefusal(groupNotFound(resourceGroupName ?? ''))
  const accounts = listUnder(call.world, scope, ACCOUNT_TYPE, call.now)
  return { status: 200, body: { value: accounts.map(account => accountView(account, call.apiVersion)) } }
}

function quotas(call: Call): Answer {
  knownRegion(call)
  return { status: 200, body: { accountQuota: ACCOUNT_QUOTA } }
}

function virtualMachineSkus(call: Call): Answer {
  knownRegion(call)
  const filter = call.query.get('$filter')
  if (filter !== null) refuseUnknown(call, `the filter "${filter}"`)
  const { items, nextUrl } = pageOf(call, sizesIn(call.world, shortRegion(call.params['locationName'] ?? '')))
  const value = items.map(({ batchSupportEndOfLife, ...sku }) =>
    call.apiVersion < '2024-02-01' || batchSupportEndOfLife === undefined ? sku : { ...sku, batchSupportEndOfLife }
  )
  return { status: 200, body: { value, ...(nextUrl !== undefined && { nextLink: nextUrl }) } }
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
