import { expect, test } from '@jest/globals'
import * as c from './caller.ts'

const VM = `${c.COMPUTE}/virtualMachines/render-source`
const VM_URL = `${VM}?api-version=${c.IMAGES}`
const SNAPSHOT = `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`
const PROVIDER = 'x-ms-ratelimit-remaining-resource'
const manager = (what: string): string => `x-ms-ratelimit-remaining-${what}`

const times = <T>(count: number, call: () => T): T[] => Array.from({ length: count }, call)
const statuses = (answers: c.Answer[]): number[] => answers.map(({ status }) => status)

test('what is left goes down by one with each request, and comes back with time up to what the bucket holds', () => {
  const caller = c.makeCaller()
  const start = (): string => caller.arm('POST', `${VM}/start?api-version=${c.IMAGES}`).headers[PROVIDER] ?? ''
  const shown = (subscription: number, vm: number): string =>
    `Microsoft.Compute/UpdateVMSubscriptionMaximum;${subscription},Microsoft.Compute/UpdateVMResource;${vm}`
  expect([start(), start()]).toEqual([shown(1499, 11), shown(1498, 10)])
  caller.time.now += 15_000
  expect(start()).toBe(shown(1499, 10))
  caller.time.now += 3_600_000
  expect(start()).toBe(shown(1499, 11))
})

test('a VM grants 36 looks at once and 12 a minute; one more is 429 with the bucket, its figures and the wait', () => {
  const caller = c.makeCaller()
  const get = (): c.Answer => caller.arm('GET', VM_URL)
  expect(new Set(statuses(times(36, get)))).toEqual(new Set([200]))
  const { status, headers, body } = get()
  expect(status).toBe(429)
  expect(headers['retry-after']).toBe('5')
  expect(headers[PROVIDER]).toBe(
    'Microsoft.Compute/LowCostGetSubscriptionMaximum;23964,Microsoft.Compute/LowCostGetResource;0'
  )
  expect(body.error.code).toBe('OperationNotAllowed')
  expect(body.error.details).toHaveLength(1)
  expect(body.error.details[0]).toMatchObject({ code: 'TooManyRequests', target: 'LowCostGetResource' })
  expect(JSON.parse(body.error.details[0].message)).toMatchObject({ allowedRequestCount: 36, measuredRequestCount: 37 })
  caller.time.now += 4_999
  expect(get().status).toBe(429)
  caller.time.now += 1
  expect(statuses([get(), get()])).toEqual([200, 429])
})

test('each VM has its own bucket, by id in any casing; the bucket of the subscription is for all of them', () => {
  const throttling = { LowCostGetResource: { size: 2, refillPerMinute: 1 } }
  const caller = c.makeCaller({
    behaviour: { throttling },
    change: world => {
      const vm = world.resources.find(({ id }) => id === VM)
      world.resources.push({ ...vm, id: `${VM}-2`, name: 'render-source-2' })
    }
  })
  const get = (path: string): c.Answer => caller.arm('GET', `${path}?api-version=${c.IMAGES}`)
  expect(statuses([get(VM), get(`${VM}/instanceView`), get(VM.toUpperCase())])).toEqual([200, 200, 429])
  expect(get(`${VM}-2`).headers[PROVIDER]).toBe(
    'Microsoft.Compute/LowCostGetSubscriptionMaximum;23997,Microsoft.Compute/LowCostGetResource;1'
  )
})

test('a refused request takes nothing from any bucket of Compute, but Resource Manager has let it pass and counts it', () => {
  const caller = c.makeCaller({ behaviour: { throttling: { LowCostGetResource: { size: 1, refillPerMinute: 1 } } } })
  const [, refused, again] = times(3, () => caller.arm('GET', VM_URL).headers)
  expect(refused?.[PROVIDER]).toBe(again?.[PROVIDER])
  expect(refused?.[manager('subscription-reads')]).toBe('248')
  expect(again?.[manager('subscription-reads')]).toBe('247')
})

test.each([
  ['HighCostSnapshotCreateHydrate3Min', 3],
  ['HighCostSnapshotCreateHydrate30Min', 30]
])('snapshots are granted requests by two buckets, of which %s alone can be empty', (target, minutes) => {
  const caller = c.makeCaller({ behaviour: { throttling: { [target]: { size: 1 } } } })
  expect(caller.arm('PUT', SNAPSHOT, c.snapshotBody()).status).toBe(202)
  caller.time.now += 60_000
  const { status, headers, body } = caller.arm('PUT', SNAPSHOT, c.snapshotBody())
  expect([status, headers['retry-after']]).toEqual([429, String((minutes - 1) * 60)])
  expect(body.error.details).toHaveLength(1)
  expect(body.error.details[0].target).toBe(target)
  const { startTime, endTime } = JSON.parse(body.error.details[0].message)
  expect(Date.parse(endTime) - Date.parse(startTime)).toBe((minutes - 1) * 60_000)
})

test('3 and 30 minutes are windows: nothing comes back before they end, all does then, and what is refused counts too', () => {
  const target = 'HighCostSnapshotCreateHydrate3Min'
  const caller = c.makeCaller({ behaviour: { throttling: { [target]: { size: 2 } } } })
  const ask = (): c.Answer => caller.arm('PUT', SNAPSHOT, c.snapshotBody())
  const wait = (ms: number): void => void (caller.time.now += ms)
  ask()
  wait(100_000)
  expect(ask().headers[PROVIDER]).toContain(`${target};0,`)
  wait(79_999)
  const [, again] = [ask(), ask()]
  expect(JSON.parse(again.body.error.details[0].message).measuredRequestCount).toBe(4)
  wait(1)
  expect(ask().headers[PROVIDER]).toContain(`${target};1,`)
})

type Kind = { method: string; path: string; kind: string; own: string; all: string }
const kinds: Kind[] = [
  { method: 'GET', path: VM_URL, kind: 'reads', own: '249', all: '3749' },
  { method: 'PUT', path: SNAPSHOT, kind: 'writes', own: '199', all: '2999' },
  { method: 'DELETE', path: SNAPSHOT, kind: 'deletes', own: '199', all: '2999' }
]

test.each(kinds)('Resource Manager counts $method among the $kind of the subscription', one => {
  const { method, path, kind, own, all } = one
  const caller = c.makeCaller()
  const { headers } = caller.arm(method, path, method === 'PUT' ? c.snapshotBody() : undefined)
  expect(headers).toMatchObject({
    [manager(`subscription-${kind}`)]: String(own),
    [manager(`subscription-global-${kind}`)]: String(all)
  })
  expect(Object.keys(headers).filter(name => name.includes('subscription-'))).toHaveLength(2)
})

test('250 reads at once, 25 a second come back; one more is 429 of Resource Manager, and Compute is never asked', () => {
  const caller = c.makeCaller()
  const get = (): c.Answer => caller.arm('GET', `${c.OS_DISK}?api-version=${c.DISKS}`)
  expect(new Set(statuses(times(250, get)))).toEqual(new Set([200]))
  const { status, headers, body } = get()
  expect(status).toBe(429)
  expect(body.error.code).toBe('SubscriptionRequestsThrottled')
  expect(body.error.message).toContain("Please try again after '1' seconds.")
  expect(headers).toMatchObject({ 'retry-after': '1', [manager('subscription-reads')]: '0' })
  expect(headers[PROVIDER]).toBeUndefined()
  caller.time.now += 1_000
  expect(statuses(times(26, get))).toEqual([...times(25, () => 200), 429])
})

test('200 writes at once, 10 a second come back, and reads go on meanwhile', () => {
  const caller = c.makeCaller()
  const patch = (): c.Answer => caller.arm('PATCH', SNAPSHOT, { tags: {} })
  expect(new Set(statuses(times(200, patch)))).toEqual(new Set([404]))
  expect(patch().status).toBe(429)
  expect(caller.arm('GET', VM_URL).status).toBe(200)
  caller.time.now += 1_000
  expect(statuses(times(11, patch))).toEqual([...times(10, () => 404), 429])
})

test('what has no subscription is counted among the reads of the tenant', () => {
  const caller = c.makeCaller()
  const { headers } = caller.arm('GET', '/subscriptions?api-version=2022-12-01')
  expect(headers[manager('tenant-reads')]).toBe('249')
  expect(headers[manager('subscription-reads')]).toBeUndefined()
})

test('looks at an operation count for it alone, and for the subscription', () => {
  const caller = c.makeCaller()
  const begin = (): string =>
    caller.arm('POST', `${VM}/start?api-version=${c.IMAGES}`).headers['azure-asyncoperation'] ?? ''
  const [first, second] = [begin(), begin()]
  const poll = (url: string): string | undefined => caller.arm('GET', url).headers[PROVIDER]
  const shown = (all: number, one: number): string =>
    `Microsoft.Compute/GetOperationSubscriptionMaximum;${all},Microsoft.Compute/GetOperationResource;${one}`
  expect([poll(first), poll(first), poll(second)]).toEqual([shown(14999, 44), shown(14998, 43), shown(14997, 44)])
})

test('a request that fails to sign in takes nothing', () => {
  const caller = c.makeCaller()
  caller.raw({ method: 'GET', url: `${c.RESOURCE_MANAGER}${VM_URL}` })
  expect(caller.arm('GET', VM_URL).headers[manager('subscription-reads')]).toBe('249')
})

test('looking at state, journal and faults takes nothing', () => {
  const caller = c.makeCaller()
  times(5, () => [caller.emulator.state(), caller.emulator.journal(), caller.emulator.unusedFaults()])
  expect(caller.arm('GET', VM_URL).headers[manager('subscription-reads')]).toBe('249')
})

function poolGetter(caller: c.Caller): () => c.Answer {
  const account = '/resourceGroups/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm'
  const { accountEndpoint } = caller.arm('GET', `${c.SUBSCRIPTION}${account}?api-version=2025-06-01`).body.properties
  const token = caller.token('https://batch.core.emulated.azure/').body.access_token
  const headers = { authorization: `Bearer ${token}` }
  return () =>
    caller.raw({ method: 'GET', url: `https://${accountEndpoint}/pools/none?api-version=2024-07-01.20.0`, headers })
}

test('the Batch service grants without end, unless the world says otherwise; then 429 in its own words', () => {
  const free = poolGetter(c.makeCaller())
  expect(new Set(statuses(times(1_000, free)))).toEqual(new Set([404]))
  const caller = c.makeCaller({ behaviour: { throttling: { BatchService: { size: 2, refillPerMinute: 6 } } } })
  const get = poolGetter(caller)
  expect(statuses([get(), get()])).toEqual([404, 404])
  const { status, headers, body } = get()
  expect({ status, code: body.code, wait: headers['retry-after'] }).toEqual({
    status: 429,
    code: 'TooManyRequests',
    wait: '10'
  })
  caller.time.now += 10_000
  expect(get().status).toBe(404)
})

test.each([
  [{ Reads: { size: 1, refillPerMinute: 1 } }, 'not a bucket of any operation; known: SubscriptionReads, '],
  [
    { SubscriptionReads: { size: 0, refillPerMinute: 1 } },
    '({"size":0,"refillPerMinute":1}): a size of 1 or more and a refill above 0 are needed'
  ],
  [
    { SubscriptionReads: { size: 1, refillPerMinute: 0 } },
    '({"size":1,"refillPerMinute":0}): a size of 1 or more and a refill above 0 are needed'
  ],
  [{ GetGallery3Min: { size: 1, refillPerMinute: 1 } }, 'a size of 1 or more alone is needed']
])('a world with buckets %j is refused', (throttling, message) => {
  expect(() => c.makeCaller({ behaviour: { throttling } })).toThrow(message)
})

test('a tenant’s request too many is answered 501: how Azure refuses it isn’t known', () => {
  const caller = c.makeCaller({ behaviour: { throttling: { TenantReads: { size: 1, refillPerMinute: 1 } } } })
  const statuses = [1, 2].map(() => caller.arm('GET', '/tenants?api-version=2022-12-01').status)
  expect(statuses).toEqual([200, 501])
})
