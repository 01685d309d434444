import { bucketsOf, type Bucket, type Granter } from './buckets.ts'
import { armError, batchError, notEmulated } from './errors.ts'
import { azureTime } from './time.ts'
import type { Answer, Call, World } from './types.ts'

/** Levels are sums of fractions: a token that is all there but for rounding is there. */
const ROUNDING = 1e-6

/**
 * Takes a token from each bucket of the call, or returns the 429 of the first granter that has none left. That one takes nothing from its
 * token buckets; where it counts in windows, it counts what it refuses too.
 */
export function throttle(call: Call): Answer | undefined {
  const { world, now } = call
  const buckets = bucketsOf(call)
  for (const granter of ['resource-manager', 'compute', 'batch'] as const) {
    const asked = buckets.filter(bucket => bucket.granter === granter)
    const empty = asked.filter(bucket => wholeTokens(levelOf(world, bucket, now)) < 1)
    for (const bucket of asked) if (empty.length === 0 || bucket.windowMs !== undefined) take(world, bucket, now)
    if (empty.length > 0) return tooMany(call, granter, empty)
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
    const left = Math.max(0, wholeTokens(levelOf(call.world, bucket, call.now)))
    const before = shown[header] === undefined ? '' : `${shown[header]},`
    shown[header] = granter === 'compute' ? `${before}Microsoft.Compute/${name};${left}` : String(left)
  }
  return shown
}

function take(world: World, bucket: Bucket, now: number): void {
  const left = levelOf(world, bucket, now) - 1
  world.levels.set(bucket.key, { left, at: bucket.windowMs === undefined ? now : windowOf(world, bucket, now).from })
}

/** The window that `now` is in; without one, it begins with this call. */
function windowOf({ levels }: World, { key, windowMs = 0 }: Bucket, now: number): { from: number; to: number } {
  const from = levels.get(key)?.at ?? now
  return now < from + windowMs ? { from, to: from + windowMs } : { from: now, to: now + windowMs }
}

/** Tokens at `now`; below zero by what was refused in a window. Changes nothing. */
function levelOf(world: World, bucket: Bucket, now: number): number {
  const { key, size, refillPerMinute = 0, windowMs } = bucket
  const last = world.levels.get(key)
  if (last === undefined) return size
  if (windowMs !== undefined) return windowOf(world, bucket, now).from === last.at ? last.left : size
  return Math.min(size, last.left + ((now - last.at) / 60_000) * refillPerMinute)
}

/** Ms until the bucket grants again. */
function waitMs(world: World, bucket: Bucket, now: number): number {
  if (bucket.windowMs !== undefined) return windowOf(world, bucket, now).to - now
  return ((1 - levelOf(world, bucket, now)) / (bucket.refillPerMinute ?? 0)) * 60_000
}

const wholeTokens = (level: number): number => Math.floor(level + ROUNDING)

function tooMany(call: Call, granter: Granter, empty: readonly Bucket[]): Answer {
  const waits = empty.map(bucket => waitMs(call.world, bucket, call.now))
  const seconds = Math.max(1, Math.ceil(Math.max(...waits) / 1_000))
  const answer = REFUSALS[granter](call, empty, seconds)
  return answer.status === 429 ? { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } } : answer
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
  if (empty.some(({ name }) => name.startsWith('Tenant')))
    return notEmulated('the refusal of a tenant’s request too many')
  const what = `${operation.method}${operation.path.replaceAll(/\/\{[^}]*\}/g, '')}`.toUpperCase()
  const message = `Number of requests for subscription '${params['subscriptionId']}' and operation '${what}' exceeded the backend storage limit. Please try again after '${seconds}' seconds.`
  return armError(429, 'SubscriptionRequestsThrottled', message, { headers: { 'x-ms-failure-cause': 'gateway' } })
}

/** From the refusal to when calls are granted again (kubernetes/kubernetes#93796, Azure/aks-engine#2295). */
function refusedByCompute({ world, now }: Call, empty: readonly Bucket[]): Answer {
  const details = empty.map(bucket => {
    const { name, size, windowMs } = bucket
    const measured = {
      operationGroup: name,
      startTime: azureTime(now),
      endTime: azureTime(now + waitMs(world, bucket, now)),
      allowedRequestCount: size,
      measuredRequestCount: windowMs === undefined ? size + 1 : size - levelOf(world, bucket, now)
    }
    return { code: 'TooManyRequests', target: name, message: JSON.stringify(measured) }
  })
  const message = 'The server rejected the request because too many requests have been received for this subscription.'
  return armError(429, 'OperationNotAllowed', message, { details })
}
