import type { Call } from '../kernel/types.ts'
import { refuse } from './batch-errors.ts'

/** The Batch service gives at most 1,000 items in one answer. */
const LONGEST_PAGE = 1_000

/** The part of a list that `maxresults` and `$skiptoken` ask for, and the URL of the next part. */
export function pageOf<T>(call: Call, items: T[]): { items: T[]; nextUrl?: string } {
  const size = pageSize(call)
  const from = Number(call.query.get('$skiptoken') ?? 0)
  const page = items.slice(from, from + size)
  if (from + size >= items.length) return { items: page }
  const query = new URLSearchParams(call.query)
  query.set('$skiptoken', String(from + size))
  const path = call.url === undefined ? pathOf(call) : new URL(call.url).pathname
  return { items: page, nextUrl: `${call.origin}${path}?${query.toString().replaceAll('%24', '$')}` }
}

function pathOf({ operation, params }: Call): string {
  return operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

function pageSize(call: Call): number {
  const text = call.query.get('maxresults')
  if (text === null) return LONGEST_PAGE
  const size = Number(text)
  if (Number.isInteger(size) && size >= 1) return Math.min(size, LONGEST_PAGE)
  return refuse(call, {
    status: 400,
    code: 'InvalidQueryParameterValue',
    message: 'Value for one of the query parameters specified in the request URI is invalid.',
    details: [
      { code: 'QueryParameterName', message: 'maxresults' },
      { code: 'QueryParameterValue', message: text },
      { code: 'Reason', message: 'MaxResults cannot be less than 1' }
    ]
  })
}
