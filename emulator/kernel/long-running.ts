import { createHmac } from 'node:crypto'
import { armError, notEmulated } from './errors.ts'
import { offsetOf } from './regions.ts'
import { find, put } from './resources.ts'
import { azureTime } from './time.ts'
import type { Answer, Call, JsonObject, Operation, Outcome, View } from './types.ts'

export const OPERATION_TYPE = 'Microsoft.Compute/locations/operations'

/** The three families of operation URLs: disks and snapshots; VMs and images; galleries and what is in them. Recorded. */
export type Family = 'DiskOperations' | 'operations' | 'capsOperations'

export type Begun = {
  family: Family
  /** Of the resource; any casing. */
  location: string
  /** Id of the resource. */
  target: string
  endsAt: number
  /** Whether `Location` is sent beside `Azure-AsyncOperation`. */
  monitor?: boolean
  /** Whether the resource is in the operation's `properties.output`. */
  output?: boolean
  notification?: boolean
  /** Whole seconds; none where Azure sends none. */
  retryAfter?: number
  pollRetryAfter?: number
}

type Running = Begun & { startedAt: number; query: string; monitorQuery: string; outcome?: Outcome }

/** Records the operation and returns the headers that tell where to ask for it. */
export function begin(call: Call, begun: Begun): Record<string, string> {
  const { world, now, origin, params } = call
  const guid = world.guid()
  const path = `/subscriptions/${params['subscriptionId']}/providers/Microsoft.Compute/locations/${begun.location}/${begun.family}/${guid}`
  const running: Running = {
    ...begun,
    startedAt: now,
    query: signedQuery(call, begun, ''),
    monitorQuery: signedQuery(call, begun, 'monitor=true&'),
    ...(call.outcome && { outcome: call.outcome })
  }
  put(world, { id: path, type: OPERATION_TYPE, createdAt: now, body: { name: guid }, facts: { running } })
  return {
    'azure-asyncoperation': `${origin}${path}?${running.query}`,
    ...(begun.monitor && { location: `${origin}${path}?${running.monitorQuery}` }),
    ...(begun.notification && { 'azure-asyncnotification': 'Enabled' }),
    ...(begun.retryAfter !== undefined && { 'retry-after': String(begun.retryAfter) })
  }
}

/** `p`, the api-version of the call, and 3 KB of time, certificate, signature and hash, as recorded since 2023. */
function signedQuery({ world, apiVersion, now }: Call, { family, location }: Begun, monitor: string): string {
  const p = family === 'capsOperations' ? '' : `p=${digest(location, 'p')}&`
  const ticks = BigInt(Math.trunc(now)) * 10_000n + 621_355_968_000_000_000n
  const nonce = world.guid()
  return `${p}${monitor}api-version=${apiVersion}&t=${ticks}&c=${CERTIFICATE}&s=${filler(`s${nonce}`, 342)}&h=${filler(`h${nonce}`, 43)}`
}

const digest = (text: string, key: string): string => {
  const hex = createHmac('sha256', key).update(text.toLowerCase()).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

function filler(seed: string, length: number): string {
  let text = ''
  for (let part = 0; text.length < length; part += 1) {
    text += createHmac('sha512', seed).update(String(part)).digest('base64url')
  }
  return text.slice(0, length)
}

const CERTIFICATE = filler('certificate', 2400)

const GRANTS: Record<Family, string> = {
  DiskOperations: 'Microsoft.Compute/GetOperation3Min;49999,Microsoft.Compute/GetOperation30Min;399999',
  operations: 'Microsoft.Compute/GetOperationSubscriptionMaximum;14999,Microsoft.Compute/GetOperationResource;44',
  capsOperations: 'Microsoft.Compute/GetOperationStatus3Min;4999,Microsoft.Compute/GetOperationStatus30Min;14999'
}

/** The operations by which long-running operations are polled. `views` shows what they made. */
export function longRunningOperations(views: Record<string, View>): Operation[] {
  const families: Family[] = ['DiskOperations', 'operations', 'capsOperations']
  return families.map(family => ({
    id: family === 'operations' ? 'Operations_Get' : `${family.charAt(0).toUpperCase()}${family.slice(1)}_Get`,
    host: 'resource-manager',
    method: 'GET',
    path: `/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/${family}/{operationId}`,
    apiVersions: [],
    query: ['*'],
    ratelimit: GRANTS[family],
    handle: call => poll(call, family, views)
  }))
}

function poll(call: Call, family: Family, views: Record<string, View>): Answer {
  const { world, now, url = '' } = call
  const record = find(world, new URL(url).pathname, now)
  const running = record?.facts['running'] as Running | undefined
  if (record === undefined || running?.family !== family) {
    return notEmulated(`operation "${call.params['operationId']}", which was never begun,`)
  }
  const query = url.slice(url.indexOf('?') + 1)
  if (query !== running.query && query !== running.monitorQuery) {
    const message =
      'Unable to verify that the user that sent this request is the original caller of the asynchronous operation being polled.'
    return armError(401, 'AuthorizationFailed', message)
  }
  return query === running.query ? asyncOperation(call, running, views) : monitorAnswer(call, running, views)
}

function asyncOperation(call: Call, running: Running, views: Record<string, View>): Answer {
  const { startedAt, endsAt, location, outcome } = running
  const offset = offsetOf(location)
  const body: JsonObject = { startTime: azureTime(startedAt, offset) }
  const name = call.params['operationId']
  if (call.now < endsAt)
    return { status: 200, headers: pollHeaders(running), body: { ...body, status: 'InProgress', name } }
  body['endTime'] = azureTime(endsAt, offset)
  if (outcome !== undefined) {
    const error = { code: outcome.code, message: outcome.message }
    return { status: 200, body: { ...body, status: outcome.outcome, error, name } }
  }
  const output = running.output ? resultOf(call, running, views) : undefined
  return { status: 200, body: { ...body, status: 'Succeeded', ...(output && { properties: { output } }), name } }
}

function monitorAnswer(call: Call, running: Running, views: Record<string, View>): Answer {
  if (call.now < running.endsAt) {
    const { url = '' } = call
    return { status: 202, headers: { location: url, ...pollHeaders(running) } }
  }
  if (running.outcome !== undefined) return armError(409, running.outcome.code, running.outcome.message)
  const body = running.output ? resultOf(call, running, views) : undefined
  return { status: 200, ...(body && { body }) }
}

const pollHeaders = ({ pollRetryAfter }: Running): Record<string, string> =>
  pollRetryAfter === undefined ? {} : { 'retry-after': String(pollRetryAfter) }

function resultOf({ world, now }: Call, { target }: Running, views: Record<string, View>): JsonObject | undefined {
  const record = find(world, target, now)
  return record && views[record.type.toLowerCase()]?.(record, now, world)
}
