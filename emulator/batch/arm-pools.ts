import { find, listUnder } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { ACCOUNT_PATH, armAccount, armPool, BATCH_API_VERSIONS, poolBody, poolIdOf } from './arm-scope.ts'
import { answering, refuse, refuseUnknown } from './batch-errors.ts'
import { objectOf } from './json.ts'
import { filterOf } from './odata-filter.ts'
import { pageOf } from './paging.ts'
import { checkNotDeleting, deletePool } from './pool-delete.ts'
import { replacePool } from './pool-replace.ts'
import { createPool, patchPool } from './pool-writes.ts'
import { disableAutoScale, stopResize } from './pool-scale.ts'
import { factsOf, POOL_TYPE } from './pool-record.ts'
import { armEtag, poolView } from './pool-view.ts'
import { httpDate, msOfTicks, ticksOfEtag } from './time.ts'

const POOLS = `${ACCOUNT_PATH}/pools`
const POOL = `${POOLS}/{poolName}`

const shared = { host: 'resource-manager', apiVersions: BATCH_API_VERSIONS } as const

export const armPoolOperations: Operation[] = [
  { ...shared, ...poolBody, id: 'Pool_Create', method: 'PUT', path: POOL, handle: answering(put) },
  { ...shared, ...poolBody, id: 'Pool_Update', method: 'PATCH', path: POOL, handle: answering(patch) },
  { ...shared, id: 'Pool_Get', method: 'GET', path: POOL, handle: answering(call => shown(call, armPool(call))) },
  { ...shared, id: 'Pool_Delete', method: 'DELETE', path: POOL, handle: answering(remove) },
  { ...shared, id: 'Pool_StopResize', method: 'POST', path: `${POOL}/stopResize`, handle: answering(stop) },
  {
    ...shared,
    id: 'Pool_DisableAutoScale',
    method: 'POST',
    path: `${POOL}/disableAutoScale`,
    handle: answering(disable)
  },
  {
    ...shared,
    id: 'Pool_ListByBatchAccount',
    method: 'GET',
    path: POOLS,
    query: ['maxresults', '$select', '$filter', '$skiptoken'],
    handle: answering(list)
  },
  {
    ...shared,
    id: 'Pool_GetDeleteResult',
    method: 'GET',
    path: `${ACCOUNT_PATH}/poolOperationResults/{operationId}`,
    handle: answering(deleteResult)
  }
]

/** Every pool verb save DELETE answers 200 at once with the whole pool (recorded). */
function shown(call: Call, pool: Stored): Answer {
  const headers = { etag: armEtag(pool), 'last-modified': httpDate(msOfTicks(factsOf(pool).ticks)) }
  return { status: 200, headers, body: viewOf(call, pool) }
}

function viewOf({ now, apiVersion, world }: Call, pool: Stored): JsonObject {
  return poolView(pool, now, { apiVersion, otherForms: world.behaviour.otherForms === true })
}

function put(call: Call): Answer {
  const id = poolIdOf(call)
  const pool = find(call.world, id, call.now)
  if (call.headers['if-none-match'] === '*' && pool !== undefined) conditionNotMet(call)
  checkIfMatch(call, pool)
  if (pool === undefined) return shown(call, createPool(call, id))
  checkNotDeleting(call, pool)
  replacePool(call, pool)
  return shown(call, pool)
}

function patch(call: Call): Answer {
  const pool = armPool(call)
  checkIfMatch(call, pool)
  checkNotDeleting(call, pool)
  patchPool(call, pool)
  return shown(call, pool)
}

function checkIfMatch(call: Call, pool: Stored | undefined): void {
  const wanted = call.headers['if-match']
  if (wanted === undefined) return
  if (pool !== undefined && (wanted === '*' || wanted === armEtag(pool))) return
  if (pool !== undefined && ticksOfEtag(wanted) === factsOf(pool).ticks)
    refuseUnknown(call, 'the ETag in another spelling')
  conditionNotMet(call)
}

function conditionNotMet(call: Call): never {
  const message = 'The condition specified using HTTP conditional header(s) is not met.'
  return refuse(call, { status: 412, code: 'ConditionNotMet', message })
}

function stop(call: Call): Answer {
  const pool = armPool(call)
  checkNotDeleting(call, pool)
  stopResize(call, pool)
  return shown(call, pool)
}

function disable(call: Call): Answer {
  const pool = armPool(call)
  checkNotDeleting(call, pool)
  disableAutoScale(call, pool)
  return shown(call, pool)
}

function remove(call: Call): Answer {
  const pool = find(call.world, poolIdOf(call), call.now)
  if (pool === undefined) return { status: 204 }
  deletePool(call, pool)
  return underDeletion(call, `delete-${call.params['poolName'] ?? ''}`)
}

function underDeletion(call: Call, operationId: string): Answer {
  const base = `${call.origin}${armAccount(call).id}/poolOperationResults/${operationId}`
  return { status: 202, headers: { location: `${base}?api-version=${call.apiVersion}`, 'retry-after': '15' } }
}

function deleteResult(call: Call): Answer {
  const operationId = call.params['operationId'] ?? ''
  const poolId = `${armAccount(call).id}/pools/${operationId.replace(/^delete-/, '')}`
  const record = call.world.records.get(poolId.toLowerCase())
  if (!operationId.startsWith('delete-') || record?.deletedAt === undefined) {
    return refuseUnknown(call, `the pool operation "${operationId}"`)
  }
  return record.deletedAt > call.now ? underDeletion(call, operationId) : { status: 200 }
}

function list(call: Call): Answer {
  const account = armAccount(call)
  const pools = listUnder(call.world, account.id, POOL_TYPE, call.now)
    .map(pool => viewOf(call, pool))
    .filter(filterOf(call))
    .map(pool => selected(call, pool))
  const { items, nextUrl } = pageOf(call, pools)
  return { status: 200, body: { value: items, ...(nextUrl !== undefined && { nextLink: nextUrl }) } }
}

/** `$select` names properties by path, such as `properties/vmSize`, or top-level ones of `properties`. */
function selected(call: Call, pool: JsonObject): JsonObject {
  const select = call.query.get('$select')
  if (select === null) return pool
  const names = select.split(',').map(
    name =>
      name
        .trim()
        .replace(/^properties\//, '')
        .split('/')[0]
  )
  const properties = Object.entries(objectOf(pool['properties'])).filter(
    ([name]) => names.includes(name) || names.includes('properties')
  )
  return { ...pool, properties: Object.fromEntries(properties) }
}
