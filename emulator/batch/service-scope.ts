import { find, isGone, listUnder, sameText } from '../kernel/resources.ts'
import type { Call, JsonObject, Stored } from '../kernel/types.ts'
import { ACCOUNT_NOT_FOUND, refuse, SERVICE_HEADERS } from './batch-errors.ts'
import { objectOf, textOf } from './json.ts'
import type { Answer } from '../kernel/types.ts'
import { pageOf } from './paging.ts'
import { ACCOUNT_TYPE, POOL_TYPE } from './pool-record.ts'
import { httpDate } from './time.ts'

/** Versions of the Batch service; az 2.45 speaks 2022-10-01.16.0, az 2.91 2024-02-01.19.0. The newest has no suffix. */
export const SERVICE_API_VERSIONS = ['2025-06-01', '2024-07-01.20.0', '2024-02-01.19.0', '2022-10-01.16.0'] as const

export const serviceRow = { host: 'batch', apiVersions: SERVICE_API_VERSIONS } as const
export const LIST_QUERY = ['$filter', '$select', 'maxresults', 'timeout', '$skiptoken']
export const ITEM_QUERY = ['$select', 'timeout']

/** The account whose `accountEndpoint` was called; once it is gone its host says so. */
export function serviceAccount(call: Call): Stored {
  const { host } = new URL(call.origin)
  const accounts = [...call.world.records.values()].filter(record => sameText(record.type, ACCOUNT_TYPE))
  const account = accounts.find(({ body }) => objectOf(body['properties'])['accountEndpoint'] === host)
  return account === undefined || isGone(account, call.now) ? refuse(call, ACCOUNT_NOT_FOUND) : account
}

export function servicePool(call: Call): Stored {
  const pool = find(call.world, `${serviceAccount(call).id}/pools/${call.params['poolId'] ?? ''}`, call.now)
  return pool ?? refuse(call, { status: 404, code: 'PoolNotFound', message: 'The specified pool does not exist.' })
}

export function servicePools(call: Call): Stored[] {
  return listUnder(call.world, serviceAccount(call).id, POOL_TYPE, call.now)
}

/** A list, a page at a time. @param element what OData's metadata calls it, such as `nodes`. */
export function listAnswer<T>(
  call: Call,
  element: string,
  { items, view }: { items: T[]; view: (item: T) => JsonObject }
): Answer {
  const page = pageOf(call, items)
  const names = selectedNames(call)
  const value = page.items.map(item => withNames(names, view(item)))
  const body: JsonObject = { 'odata.metadata': `${call.origin}/$metadata#${element}`, value }
  if (page.nextUrl !== undefined) body['odata.nextLink'] = page.nextUrl
  return { status: 200, headers: { ...SERVICE_HEADERS }, body }
}

export const same = (item: JsonObject): JsonObject => item

export function itemAnswer(call: Call, element: string, item: JsonObject): Answer {
  const body = {
    'odata.metadata': `${call.origin}/$metadata#${element}/@Element`,
    ...withNames(selectedNames(call), item)
  }
  return { status: 200, headers: { ...SERVICE_HEADERS }, body }
}

/** An item with the validators that its body shows. */
export function validatedAnswer(call: Call, element: string, item: JsonObject): Answer {
  const answer = itemAnswer(call, element, item)
  const modified = httpDate(Date.parse(textOf(item['lastModified']) ?? ''))
  return { ...answer, headers: { ...answer.headers, etag: textOf(item['eTag']) ?? '', 'last-modified': modified } }
}

/** `$select` of top-level names, and of names below them by their first word. */
function selectedNames({ query }: Call): string[] | undefined {
  return query
    .get('$select')
    ?.split(',')
    .map(name => name.trim().split('/')[0] ?? '')
}

function withNames(names: readonly string[] | undefined, item: JsonObject): JsonObject {
  return names === undefined ? item : Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)))
}
