import type { Host, Operation } from './types.ts'

export type Served = {
  now: number
  hosts: readonly Host[]
  operation?: Operation
  hasBody: boolean
  /** Bytes of the body. */
  length: number
  /** Of this exchange. */
  id: string
  /** What is left of Resource Manager's and its provider's token buckets. */
  remaining?: Record<string, string>
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

function armHeaders({ now, id, remaining }: Served): Record<string, string> {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return {
    'x-ms-request-id': id,
    'x-ms-correlation-request-id': id,
    'x-ms-routing-request-id': `EASTUS2:${stamp}:${id}`,
    ...remaining
  }
}
