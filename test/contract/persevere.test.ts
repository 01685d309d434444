import { describe, expect, test } from '@jest/globals'
import type { PoolId, SnapshotId } from '../../src/model/arm-id.ts'
import { failureOf } from '../../src/report/failure.ts'
import { abortAfter, anyOf } from '../../src/shared/time-limit.ts'
import { GROUP, START, type ScriptedAnswer, type Told, calls, withAzure } from './azure.ts'

const SNAPSHOT = `${GROUP}/providers/Microsoft.Compute/snapshots/os` as SnapshotId
const POOL = `${GROUP}/providers/Microsoft.Batch/batchAccounts/renders/pools/frames` as PoolId
const there = {
  status: 200,
  body: { id: SNAPSHOT, location: 'westus3', properties: { provisioningState: 'Succeeded' } }
}
const HOUR = 3_600_000
const MINUTE = 60_000
const throttled = (headers: Record<string, string> = {}) => ({
  status: 429,
  headers,
  body: { error: { code: 'TooManyRequests', message: 'too many' } }
})
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)

/** One read, under the limit of a run: how it ended, when, and what was said meanwhile. */
function read(answers: ScriptedAnswer[], limitMs = 5 * HOUR) {
  return withAzure({ [`GET ${SNAPSHOT}`]: answers }, async told => ({
    failure: await failureWithin(told, limitMs),
    tookMs: told.clock.now() - START,
    tries: calls(told.sent).length,
    said: told.said
  }))
}

async function failureWithin({ azure, clock }: Told, limitMs: number) {
  const [over, never] = [new AbortController(), new AbortController()]
  const deadline = abortAfter(clock, limitMs, { reason: new Error('deadline'), over: over.signal })
  try {
    await azure.until(anyOf([never.signal, deadline])).compute.getSnapshot(SNAPSHOT)
    return undefined
  } catch (error) {
    return failureOf(error)
  } finally {
    over.abort()
  }
}

describe('a time that Azure asks for', () => {
  test.each([
    [429, 'throttled'],
    [503, 'azure-unreachable']
  ])('and that outlasts the run ends it at once, at %d, with what was asked', async (status, reason) => {
    const { failure, tookMs, said } = await read([{ ...throttled({ 'retry-after': '86400' }), status }])
    expect([tookMs, said]).toEqual([0, []])
    expect(failure).toMatchObject({
      reason,
      message: expect.stringContaining(
        'Azure asks to wait 24h 00m, until 2026-11-24 07:00:00 UTC, and this run ends at 2026-11-23 12:00:00 UTC'
      ),
      wayOut: expect.stringContaining('run again after 2026-11-24 07:00 UTC')
    })
    expect(failure?.message).toMatch(/^Snapshots_Get of os failed with/)
    expect(failure?.wayOut).not.toMatch(/proxy|firewall|DNS/)
  })

  test('holds for who asks next too: until then the same question isn’t sent', async () => {
    const answers = { [`GET ${SNAPSHOT}`]: [throttled({ 'retry-after': '600' }), there] }
    await withAzure(answers, async told => {
      const first = await failureWithin(told, MINUTE)
      const second = await failureWithin(told, MINUTE)
      expect([first?.reason, second?.reason, calls(told.sent).length]).toEqual(['throttled', 'throttled', 1])
      await told.clock.sleep(10 * MINUTE)
      expect([await failureWithin(told, MINUTE), calls(told.sent).length]).toEqual([undefined, 2])
    })
  })

  test('is waited for where the run lasts longer, be it an hour, and said with its end', async () => {
    const { failure, tookMs, said } = await read([throttled({ 'retry-after': '3600' }), there])
    expect([failure, tookMs]).toEqual([undefined, HOUR])
    expect(said).toEqual([
      'GET …/snapshots/os: too many requests (429); Azure asks to wait 1h 00m: sent again at 2026-11-23 08:00:00 UTC'
    ])
  })

  test.each([
    [
      'a date, by Azure’s own clock',
      { 'retry-after': 'Mon, 23 Nov 2026 09:00:30 GMT', date: 'Mon, 23 Nov 2026 09:00:00 GMT' }
    ],
    ['a date, where Azure tells no time of its own', { 'retry-after': 'Mon, 23 Nov 2026 07:00:30 GMT' }]
  ])('may be %s', async (_, headers) => {
    expect(await read([throttled(headers), there])).toMatchObject({ tookMs: 30_000 })
  })

  test('of no seconds at all isn’t taken at its word: the request would come back at once, and for ever', async () => {
    const answers = times(3, { ...throttled({ 'retry-after': '0' }), status: 503 })
    expect(await read([...answers, there])).toMatchObject({ failure: undefined, tookMs: 7_000 })
  })

  test('counts for an answer of the Batch service too', async () => {
    const refused = {
      ...throttled({ 'retry-after': '90' }),
      body: { code: 'TooManyRequests', message: { value: 'x' } }
    }
    const script = { 'GET /supportedimages': [refused, { status: 200, body: { value: [] } }] }
    await withAzure(script, async ({ azure, clock, said }) => {
      await azure.batchService('renders.westus3.batch.azure.com').listSupportedImages()
      expect([clock.now() - START, said.length]).toEqual([90_000, 1])
    })
  })
})

describe('where Azure names no time', () => {
  test('what is throttled for half an hour is told as that, with the limit that is used up', async () => {
    const remaining = 'Microsoft.Compute/LowCostGetSubscriptionMaximum;23964,Microsoft.Compute/LowCostGetResource;0'
    const { failure, tookMs } = await read(times(33, throttled({ 'x-ms-ratelimit-remaining-resource': remaining })))
    expect(tookMs).toBeLessThanOrEqual(30 * MINUTE)
    expect(tookMs).toBeGreaterThan(28 * MINUTE)
    expect(failure).toMatchObject({
      reason: 'throttled',
      message: expect.stringMatching(
        /so for 2\dm \d\ds, in \d+ tries; used up: Microsoft.Compute\/LowCostGetResource$/
      ),
      wayOut: expect.stringContaining('see what else calls Azure in this subscription')
    })
  })

  test('a limit of Resource Manager is named as its header names it', async () => {
    const headers = { 'x-ms-ratelimit-remaining-subscription-reads': '0', 'retry-after': '86400' }
    const { failure } = await read([throttled(headers)])
    expect(failure?.message).toContain('used up: subscription-reads')
  })

  test('what fails for five minutes is given up, and said after the first', async () => {
    const { failure, tookMs, said } = await read(times(14, { status: 503 }))
    expect(tookMs).toBeGreaterThan(4 * MINUTE)
    expect(tookMs).toBeLessThanOrEqual(5 * MINUTE)
    expect(failure).toMatchObject({ reason: 'azure-unreachable', wayOut: expect.stringContaining('firewall') })
    expect(said).toEqual([
      'GET …/snapshots/os: no usable answer (503), for 31s now; sent again at 2026-11-23 07:01:01 UTC, and given up at 2026-11-23 07:05:00 UTC'
    ])
  })

  test('a host that isn’t found for five minutes has no status, and the code of the connection', async () => {
    const { failure } = await read(times(14, { fails: 'ENOTFOUND' }))
    expect(failure).toMatchObject({
      reason: 'azure-unreachable',
      message: expect.stringMatching(/ENOTFOUND: no answer: .*; so for 4m 31s, in 14 tries/)
    })
  })

  test('the waits of two runs that are refused together differ', async () => {
    const at = (chance: number) =>
      withAzure(
        { [`GET ${SNAPSHOT}`]: [throttled(), there] },
        async ({ azure, clock }) => {
          await azure.compute.getSnapshot(SNAPSHOT)
          return clock.now() - START
        },
        { random: () => chance }
      )
    expect([await at(0), await at(0.5), await at(1)]).toEqual([3_750, 5_000, 6_250])
  })
})

test.each([
  ['409', { status: 409, body: { error: { code: 'PoolBeingResized', message: 'x' } } }],
  ['412', { status: 412, body: { error: { code: 'ConditionNotMet', message: 'x' } } }],
  ['501', { status: 501 }],
  ['505', { status: 505 }],
  ['a certificate that nobody trusts', { fails: 'SELF_SIGNED_CERT_IN_CHAIN' }]
])('%s is final', async (_, answer) => {
  await withAzure({ [`PATCH ${POOL}`]: [answer] }, async ({ azure, sent }) => {
    const patched = azure.batch.patchPool(POOL, {}, { ifMatch: '*', apiVersion: '2025-06-01' })
    await expect(patched).rejects.toMatchObject({ name: 'AzureError', tries: 1 })
    expect(calls(sent)).toHaveLength(1)
  })
})

test('calls side by side that wait for the same say it once, and don’t come back at the same moment', async () => {
  const answers = [...times(5, throttled({ 'retry-after': '120' })), ...times(5, there)]
  await withAzure({ [`GET ${SNAPSHOT}`]: answers }, async ({ azure, said, sent }) => {
    await Promise.all(times(5, undefined).map(() => azure.compute.getSnapshot(SNAPSHOT)))
    expect(said).toHaveLength(1)
    expect(
      new Set(
        calls(sent)
          .slice(5)
          .map(({ at }) => at)
      ).size
    ).toBe(5)
  })
})

describe('polls', () => {
  const STATUS = 'https://management.azure.com/subscriptions/s/providers/Microsoft.Compute/locations/w/DiskOperations/1'
  const accepted = { status: 202, headers: { 'azure-asyncoperation': STATUS, 'retry-after': '2' }, body: {} }
  const running = (seconds: number) => ({
    status: 200,
    headers: { 'retry-after': String(seconds) },
    body: { status: 'InProgress' }
  })
  const make = (polls: ScriptedAnswer[]) =>
    withAzure({ [`PUT ${SNAPSHOT}`]: [accepted], [`GET ${STATUS}`]: polls }, async ({ azure, clock, said }) => {
      const over = new AbortController()
      const deadline = abortAfter(clock, 5 * HOUR, { reason: new Error('deadline'), over: over.signal })
      const made = azure.until(deadline).compute.createSnapshot(SNAPSHOT, {})
      const failure = await made.then(() => undefined, failureOf)
      over.abort()
      return { failure, tookMs: clock.now() - START, said }
    })

  test('that Azure doesn’t want for longer than the run lasts end it at once', async () => {
    const { failure, tookMs } = await make([running(86_400)])
    expect(tookMs).toBe(2_000)
    expect(failure).toMatchObject({
      reason: 'deadline-exceeded',
      message:
        'Snapshots_CreateOrUpdate of os is under way, and Azure asks to look again in 24h 00m, at 2026-11-24 07:00:02 UTC; this run ends at 2026-11-23 12:00:00 UTC'
    })
  })

  test('that it wants at the very end of the run end it too', async () => {
    const { failure, tookMs } = await make([running(5 * 3_600 - 2)])
    expect([failure?.reason, tookMs]).toEqual(['deadline-exceeded', 2_000])
  })

  test('that are far apart by the run’s own choice aren’t put to Azure', async () => {
    const slow = { status: 200, body: { status: 'InProgress' } }
    const script = {
      [`PUT ${SNAPSHOT}`]: [accepted],
      [`GET ${STATUS}`]: [...times(60, slow), { status: 200, body: { status: 'Succeeded' } }]
    }
    const { said, tookMs } = await withAzure(
      script,
      async ({ azure, clock, said }) => {
        await azure.compute.createSnapshot(SNAPSHOT, {})
        return { said, tookMs: clock.now() - START }
      },
      { pollIntervalMs: 10 * MINUTE }
    )
    expect(tookMs).toBeGreaterThan(30 * MINUTE)
    expect(said).toEqual([])
  })

  test('that it wants after minutes are said with their time', async () => {
    const { said } = await make([running(600), { status: 200, body: { status: 'Succeeded' } }])
    expect(said).toEqual([
      'Snapshots_CreateOrUpdate of os is under way, and Azure asks to look again in 10m 00s, at 2026-11-23 07:10:02 UTC'
    ])
  })

  test('are made at the host that answered, where Azure gives only the path', async () => {
    const { pathname } = new URL(STATUS)
    const script = {
      [`PUT ${SNAPSHOT}`]: [{ status: 202, headers: { location: pathname } }],
      [`GET ${STATUS}`]: [{ status: 200 }]
    }
    await withAzure(script, async ({ azure }) => {
      await expect(azure.compute.createSnapshot(SNAPSHOT, {})).resolves.toBeUndefined()
    })
  })
})

test('short waits in a row are said every five minutes; a long one is said though they just were', async () => {
  const own = (count: number) => read([...times(count, throttled()), there])
  const minutesOf = (said: string[]) => said.map(line => /for (\d+)m/.exec(line)?.[1] ?? '0')
  expect(minutesOf((await own(20)).said)).toEqual(['0', '6', '11', '16'])
  const { said } = await read([...times(6, throttled()), throttled({ 'retry-after': '600' }), there])
  expect(said).toEqual([expect.stringContaining('given up at'), expect.stringContaining('Azure asks to wait 10m 00s')])
})

test('an answer of JSON that breaks off is asked for again; a page in the place of an error is that error', async () => {
  expect(await read([{ status: 200, text: '{"id":' }, there])).toMatchObject({ failure: undefined, tries: 2 })
  const json = { 'content-type': 'application/json; charset=utf-8' }
  expect(await read([{ status: 409, headers: json, text: '{"err' }, there])).toMatchObject({ tries: 2 })
  expect(await read([{ status: 409, headers: { 'content-type': 'text/html' }, text: '<html>' }])).toMatchObject({
    tries: 1
  })
  expect(await read([{ status: 300, text: '<html>' }])).toMatchObject({ tries: 1 })
})

test('a request that is sent again after hours has a token that is still good', async () => {
  const answers = [throttled({ 'retry-after': '7200' }), there]
  await withAzure({ [`GET ${SNAPSHOT}`]: answers }, async ({ azure, sent }) => {
    await azure.compute.getSnapshot(SNAPSHOT)
    const [first, second] = calls(sent).map(({ headers }) => headers['authorization'])
    expect(second).not.toBe(first)
  })
})

test('a byte order mark is passed over at the beginning of an answer, and nowhere else', async () => {
  const text = JSON.stringify(there.body)
  expect(await read([{ status: 200, text: `\uFEFF${text}` }])).toMatchObject({ failure: undefined, tries: 1 })
  expect(await read([{ status: 200, text: text.replace(':', ':\uFEFF') }, there])).toMatchObject({ tries: 2 })
})
