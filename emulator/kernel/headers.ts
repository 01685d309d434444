import type { Host, Operation } from './types.ts'

export type Served = {
  now: number
  hosts: readonly Host[]
  operation?: Operation
  status: number
  hasBody: boolean
  /** Bytes of the body. */
  length: number
  /** Of this exchange. */
  id: string
}

/** What the answers of a host carry besides their own headers. Names and values as recorded since 2024. */
export function commonHeaders(served: Served): Record<string, string> {
  const { now, hosts, operation, hasBody, length, id } = served
  const host = operation?.host ?? hosts[0]
  return {
    date: new Date(now).toUTCString(),
    'content-length': String(length),
    ...(hasBody && { 'content-type': 'application/json; charset=utf-8' }),
    ...(host === 'resource-manager' && armHeaders(served)),
    ...(host === 'batch' && { 'request-id': id, dataserviceversion: '3.0' }),
    ...(host === 'login' && { 'x-ms-request-id': id })
  }
}

function armHeaders({ operation, now, status, id }: Served): Record<string, string> {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return {
    'x-ms-request-id': id,
    'x-ms-correlation-request-id': id,
    'x-ms-routing-request-id': `EASTUS2:${stamp}:${id}`,
    ...(operation !== undefined && REMAINING[operation.method]),
    ...(operation?.ratelimit !== undefined &&
      status < 400 && { 'x-ms-ratelimit-remaining-resource': operation.ratelimit })
  }
}

const reads = { 'x-ms-ratelimit-remaining-subscription-global-reads': '3749' }
const writes = {
  'x-ms-ratelimit-remaining-subscription-writes': '199',
  'x-ms-ratelimit-remaining-subscription-global-writes': '2999'
}
const deletes = {
  'x-ms-ratelimit-remaining-subscription-deletes': '199',
  'x-ms-ratelimit-remaining-subscription-global-deletes': '2999'
}
const REMAINING = { GET: reads, HEAD: reads, PUT: writes, PATCH: writes, POST: writes, DELETE: deletes }
