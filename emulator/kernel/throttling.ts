import { bucketsOf, type Bucket, type Granter } from './buckets.ts'
import { armError, batchError } from './errors.ts'
import { azureTime } from './time.ts'
import type { Answer, Call, World } from './types.ts'

/** Levels are sums of fractions: a token that is all there but for rounding is there. */
const ROUNDING = 1e-6

/** Takes a token from each bucket of the call, or returns the 429 of the first granter that has none left; that one takes nothing. */
export function throttle(call: Call): Answer | undefined {
  const { world, now } = call
  const buckets = bucketsOf(call)
  for (const granter of ['resource-manager', 'compute', 'batch'] as const) {
    const asked = buckets.filter(bucket => bucket.granter === granter)
    const empty = asked.filter(bucket => wholeTokens(levelOf(world, bucket, now)) < 1)
    if (empty.length > 0) return tooMany(call, granter, empty)
    for (const bucket of asked) world.levels.set(bucket.key, { left: levelOf(world, bucket, now) - 1, at: now })
  }
  return undefined
}

/** What is left, as Azure's answers show it: Compute only where Compute itself answered, and not with an error of another kind. */
export function remainingHeaders(call: Call, { status, headers = {} }: Answer): Record<string, string> {
  const byProvider = headers['x-ms-failure-cause'] === undefined && (status < 400 || status === 429)
  const shown: Record<string, string> = {}
  for (const bucket of bucketsOf(call)) {
    const { header, granter, name } = bucket
    if (header === undefined || (granter === 'compute' && !byProvider)) continue
    const left = wholeTokens(levelOf(call.world, bucket, call.now))
    const before = shown[header] === undefined ? '' : `${shown[header]},`
    shown[header] = granter === 'compute' ? `${before}Microsoft.Compute/${name};${left}` : String(left)
  }
  return shown
}

/** Tokens at `now`. Changes nothing. */
function levelOf({ levels }: World, { key, size, refillPerMinute }: Bucket, now: number): number {
  const last = levels.get(key)
  if (last === undefined) return size
  return Math.min(size, last.left + ((now - last.at) / 60_000) * refillPerMinute)
}

const wholeTokens = (level: number): number => Math.floor(level + ROUNDING)

function tooMany(call: Call, granter: Granter, empty: readonly Bucket[]): Answer {
  const waits = empty.map(bucket => ((1 - levelOf(call.world, bucket, call.now)) / bucket.refillPerMinute) * 60)
  const seconds = Math.max(1, Math.ceil(Math.max(...waits)))
  const answer = REFUSALS[granter](call, empty, seconds)
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
}

const REFUSALS: Record<Granter, (call: Call, empty: readonly Bucket[], seconds: number) => Answer> = {
  'resource-manager': refusedByManager,
  compute: refusedByCompute,
  batch: ({ operation }) => {
    const words = 'Request failed as server encountered too many requests. Please try again.'
    const { body, ...answer } = batchError(429, 'TooManyRequests', words)
    return operation.method === 'HEAD' ? answer : { ...answer, body }
  }
}

function refusedByManager({ operation, params }: Call, empty: readonly Bucket[], seconds: number): Answer {
  const ofTenant = empty.some(({ name }) => name.startsWith('Tenant'))
  const whose = ofTenant ? 'tenant' : `subscription '${params['subscriptionId']}'`
  const what = `${operation.method}${operation.path.replaceAll(/\/\{[^}]*\}/g, '')}`.toUpperCase()
  const message = `Number of requests for ${whose} and operation '${what}' exceeded the backend storage limit. Please try again after '${seconds}' seconds.`
  const code = ofTenant ? 'TenantRequestsThrottled' : 'SubscriptionRequestsThrottled'
  return armError(429, code, message, { headers: { 'x-ms-failure-cause': 'gateway' } })
}

function refusedByCompute({ now }: Call, empty: readonly Bucket[]): Answer {
  const details = empty.map(({ name, size }) => {
    const minutes = name.endsWith('30Min') ? 30 : name.endsWith('3Min') ? 3 : 1
    const measured = {
      operationGroup: name,
      startTime: azureTime(now - minutes * 60_000),
      endTime: azureTime(now),
      allowedRequestCount: size,
      measuredRequestCount: size + 1
    }
    return { code: 'TooManyRequests', target: name, message: JSON.stringify(measured) }
  })
  const message = 'The server rejected the request because too many requests have been received for this subscription.'
  return armError(429, 'OperationNotAllowed', message, { details })
}
