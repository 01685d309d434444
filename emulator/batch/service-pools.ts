import { find, nameOf } from '../kernel/resources.ts'
import { unknownProperty } from '../kernel/shape.ts'
import type { Answer, Call, Operation } from '../kernel/types.ts'
import { answering, refuse, refuseMissing } from './batch-errors.ts'
import { objectOf, textOf } from './json.ts'
import { filterOf } from './odata-filter.ts'
import { deletePool } from './pool-delete.ts'
import { createPool, patchPool } from './pool-writes.ts'
import { armPoolBody, newPoolShape, poolChangeShape } from './service-pool-body.ts'
import { changing, done, validators } from './service-pool-change.ts'
import { servicePoolView } from './service-pool-view.ts'
import { itemAnswer, ITEM_QUERY, LIST_QUERY, listAnswer, same } from './service-scope.ts'
import { serviceAccount, servicePool, servicePools, serviceRow } from './service-scope.ts'

const POOL = '/pools/{poolId}'
const query = ['timeout']

export const servicePoolOperations: Operation[] = [
  { ...serviceRow, id: 'Pool_List', method: 'GET', path: '/pools', query: LIST_QUERY, handle: answering(list) },
  {
    ...{ ...serviceRow, id: 'Pool_Add', method: 'POST', path: '/pools', query, handle: answering(add) },
    unknownProperty: (body, apiVersion) => unknownProperty(body, newPoolShape(apiVersion))
  },
  { ...serviceRow, id: 'Pool_Get', method: 'GET', path: POOL, query: ITEM_QUERY, handle: answering(get) },
  { ...serviceRow, id: 'Pool_Exists', method: 'HEAD', path: POOL, query, handle: answering(exists) },
  {
    ...{ ...serviceRow, id: 'Pool_Patch', method: 'PATCH', path: POOL, query, handle: answering(patch) },
    unknownProperty: (body, apiVersion) => unknownProperty(body, poolChangeShape(apiVersion))
  },
  { ...serviceRow, id: 'Pool_Delete', method: 'DELETE', path: POOL, query, handle: answering(remove) }
]

function list(call: Call): Answer {
  const views = servicePools(call).map(pool => servicePoolView(pool, call))
  return listAnswer(call, 'pools', { items: views.filter(filterOf(call)), view: same })
}

function get(call: Call): Answer {
  const pool = servicePool(call)
  const answer = itemAnswer(call, 'pools', servicePoolView(pool, call))
  return { ...answer, headers: { ...answer.headers, ...validators(pool) } }
}

/** 201 without a body (recorded). */
function add(call: Call): Answer {
  const account = serviceAccount(call)
  const id = `${account.id}/pools/${textOf(objectOf(call.body)['id']) ?? refuseMissing(call, 'id')}`
  if (find(call.world, id, call.now) !== undefined) {
    return refuse(call, { status: 409, code: 'PoolExists', message: 'The specified pool already exists.' })
  }
  const pool = createPool({ ...call, body: armPoolBody(objectOf(call.body), account) }, id)
  const location = `${call.origin}/pools/${nameOf(pool.id)}`
  return { status: 201, headers: { ...validators(pool), location, dataserviceid: location } }
}

function exists(call: Call): Answer {
  const pool = find(call.world, `${serviceAccount(call).id}/pools/${call.params['poolId'] ?? ''}`, call.now)
  return pool === undefined ? { status: 404 } : { status: 200, headers: validators(pool) }
}

/** What is there replaces the property as a whole; 200 without a body (recorded). */
function patch(call: Call): Answer {
  const pool = changing(call)
  patchPool({ ...call, body: armPoolBody(objectOf(call.body), serviceAccount(call)) }, pool)
  return done(call, pool, 200)
}

function remove(call: Call): Answer {
  deletePool(call, changing(call))
  return { status: 202 }
}
