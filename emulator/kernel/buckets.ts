import type { BucketSize, Call, Operation } from './types.ts'

/** Who grants: Resource Manager, which is asked first; its provider Compute; the Batch service. */
export type Granter = 'resource-manager' | 'compute' | 'batch'

/** One limit as one call meets it: a token bucket, or a count in windows of `windowMs`. */
export type Bucket = BucketSize & {
  windowMs?: number
  /** As worlds and error bodies call it: `UpdateVMResource`. */
  name: string
  granter: Granter
  /** Of the one bucket among those of this name: that of a VM, or of a subscription. */
  key: string
  /** The header that shows what is left; none where Azure shows nothing. */
  header?: string
}

const PER_SECOND = 60

/** By subscription and principal (Resource Manager's page on throttling, 2024); a subscription as a whole has 15 times that. */
const RESOURCE_MANAGER = {
  Reads: { size: 250, refillPerMinute: 25 * PER_SECOND },
  Writes: { size: 200, refillPerMinute: 10 * PER_SECOND },
  Deletes: { size: 200, refillPerMinute: 10 * PER_SECOND }
} as const
type Kind = keyof typeof RESOURCE_MANAGER
const GLOBAL_FACTOR = 15
const BATCH_SERVICE = 'BatchService'

/** The buckets that a call takes from, those of the first granter first. Changes nothing. */
export function bucketsOf(call: Call): Bucket[] {
  const { operation, world } = call
  const throttling = world.behaviour.throttling ?? {}
  if (operation.host === 'batch') {
    const size = throttling[BATCH_SERVICE]
    if (size === undefined) return []
    return [{ ...size, name: BATCH_SERVICE, granter: 'batch', key: `${BATCH_SERVICE} ${new URL(call.origin).host}` }]
  }
  if (operation.host !== 'resource-manager') return []
  const path = new URL(call.url ?? call.origin).pathname.toLowerCase()
  return [...managerBuckets(operation, path), ...computeBuckets(operation, path)].map(bucket => ({
    ...bucket,
    ...throttling[bucket.name]
  }))
}

function managerBuckets({ method }: Operation, path: string): Bucket[] {
  const [, scope = '', subscription = ''] = path.split('/')
  const kind = kindOf(method)
  const limit = RESOURCE_MANAGER[kind]
  const bucket = (where: string, size: BucketSize): Bucket => {
    const name = `${where}${kind}`
    const shown = `x-ms-ratelimit-remaining-${where.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')}-${kind}`.toLowerCase()
    return { ...size, name, granter: 'resource-manager', key: `${name} ${subscription}`, header: shown }
  }
  if (scope === 'subscriptions' && subscription !== '') {
    const whole = { size: limit.size * GLOBAL_FACTOR, refillPerMinute: limit.refillPerMinute * GLOBAL_FACTOR }
    return [bucket('Subscription', limit), bucket('SubscriptionGlobal', whole)]
  }
  return scope === 'subscriptions' || scope === 'tenants' ? [bucket('Tenant', limit)] : []
}

const kindOf = (method: Operation['method']): Kind =>
  method === 'GET' || method === 'HEAD' ? 'Reads' : method === 'DELETE' ? 'Deletes' : 'Writes'

function computeBuckets({ ratelimit }: Operation, path: string): Bucket[] {
  const [, subscription = ''] = /^\/subscriptions\/([^/]+)/.exec(path) ?? []
  const [resource = path] = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers(\/[^/]+){3}/.exec(path) ?? []
  return policiesOf(ratelimit).map(policy => {
    const key = `${policy.name} ${policy.name.endsWith('Resource') ? resource : subscription}`
    return { ...policy, granter: 'compute', key, header: 'x-ms-ratelimit-remaining-resource' }
  })
}

type Policy = Pick<Bucket, 'name' | 'size' | 'refillPerMinute' | 'windowMs'>
const read = new Map<string, Policy[]>()

/** A third comes back in a minute (Compute's page on throttling, 2024-05-27). A `3Min` or `30Min` policy counts in windows (recorded). */
function policiesOf(grants = ''): Policy[] {
  const known = read.get(grants)
  if (known !== undefined) return known
  const policies = [...grants.matchAll(/Microsoft\.Compute\/(\w+);(\d+)/g)].map(([, name = '', left]) => {
    const size = Number(left) + 1
    const [, minutes] = /(30|3)Min$/.exec(name) ?? []
    return { name, size, ...(minutes ? { windowMs: Number(minutes) * 60_000 } : { refillPerMinute: size / 3 }) }
  })
  read.set(grants, policies)
  return policies
}

/** Every bucket that some operation takes from. */
export function bucketNames(operations: readonly Operation[]): string[] {
  const ofCompute = operations.flatMap(({ ratelimit }) => policiesOf(ratelimit).map(({ name }) => name))
  const ofManager = ['Subscription', 'SubscriptionGlobal', 'Tenant'].flatMap(where =>
    Object.keys(RESOURCE_MANAGER).map(kind => `${where}${kind}`)
  )
  return [...new Set([...ofManager, ...ofCompute, BATCH_SERVICE])]
}

/** What is wrong with the size that a world gives a bucket; undefined where it can be. */
export function bucketProblem(name: string, { size, refillPerMinute }: BucketSize): string | undefined {
  const counts = /Min$/.test(name)
  if (size >= 1 && (counts ? refillPerMinute === undefined : (refillPerMinute ?? 0) > 0)) return undefined
  return counts ? 'a size of 1 or more alone is needed' : 'a size of 1 or more and a refill above 0 are needed'
}
