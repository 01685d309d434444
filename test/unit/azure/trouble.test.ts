import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline'
import { expect, test } from '@jest/globals'
import { azureTimeOf } from '../../../src/azure/azure-time.ts'
import { type Wait, giveUp, waitsText } from '../../../src/azure/given-up.ts'
import { retryAfterMs } from '../../../src/azure/retry-after.ts'
import { troubleOf } from '../../../src/azure/trouble.ts'

const NOW = Date.UTC(2026, 10, 23, 7)
const MINUTE = 60_000
const request = createPipelineRequest({ url: 'https://management.azure.com/x' })
const answered = (status: number, headers: Record<string, string> = {}, bodyAsText = '') =>
  troubleOf({ response: { request, status, headers: createHttpHeaders(headers), bodyAsText } }, NOW)

test.each<[Record<string, string>, number | undefined]>([
  [{}, undefined],
  [{ 'retry-after': '17' }, 17_000],
  [{ 'retry-after': ' 1.5 ' }, 1_500],
  [{ 'retry-after': '17x' }, undefined],
  [{ 'retry-after': 'x17' }, undefined],
  [{ 'retry-after-ms': '250', 'retry-after': '17' }, 250],
  [{ 'x-ms-retry-after-ms': '350', 'retry-after': '17' }, 350],
  [{ 'retry-after-ms': '250', 'x-ms-retry-after-ms': '350' }, 250],
  [{ 'retry-after-ms': 'soon', 'retry-after': '17' }, 17_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 07:02:00 GMT' }, 2 * MINUTE],
  [{ 'retry-after': 'Mon, 23 Nov 2026 07:02:00 GMT', date: 'Mon, 23 Nov 2026 07:01:00 GMT' }, MINUTE],
  [{ 'retry-after': 'Mon, 23 Nov 2026 06:00:00 GMT' }, 0],
  [{ date: 'Mon, 23 Nov 2026 07:01:00 GMT' }, undefined]
])('the headers %j ask for a wait of %s ms', (headers, expected) => {
  expect(retryAfterMs(createHttpHeaders(headers), NOW)).toBe(expected)
})

test.each([
  [408, 'failing'],
  [429, 'throttled'],
  [500, 'failing'],
  [503, 'failing'],
  [599, 'failing'],
  [200, undefined],
  [404, undefined],
  [409, undefined],
  [412, undefined],
  [499, undefined],
  [501, undefined],
  [505, undefined]
])('another try after %d: %s', (status, kind) => {
  expect(answered(status)?.kind).toBe(kind)
})

test.each([
  ['ETIMEDOUT', true],
  ['PARSE_ERROR', true],
  ['REQUEST_SEND_ERROR', true],
  ['CERT_HAS_EXPIRED', false],
  ['SELF_SIGNED_CERT_IN_CHAIN', false]
])('another try after a connection that ended with %s may help: %s', (code, may) => {
  expect(troubleOf({ error: new RestError('x', { code }) }, NOW)).toEqual(
    may ? { kind: 'failing', answered: code, limits: [] } : undefined
  )
})

test('an error that carries an answer counts as that answer; one without code is no trouble that passes', () => {
  const response = { request, status: 503, headers: createHttpHeaders() }
  expect(troubleOf({ error: new RestError('x', { code: 'E', response }) }, NOW)).toMatchObject({ answered: '503' })
  expect(troubleOf({ error: new RestError('x') }, NOW)).toBeUndefined()
})

test.each<[string, Record<string, string>, string, number | undefined]>([
  ['in a header', { 'retry-after': '17' }, "Please try again after '6' seconds.", 17_000],
  ['in words', {}, "Please try again after '6' seconds.", 6_000],
  ['in words without quotes', {}, 'Try again after 6 seconds', 6_000],
  ['of 0 in a header, and more in words', { 'retry-after': '0' }, "try again after '6' seconds", 6_000],
  ['of 0 in words', {}, "try again after '0' seconds", undefined],
  ['of 0 in a header', { 'retry-after': '0' }, '', undefined]
])('a wait that is asked for %s', (_, headers, text, expected) => {
  expect(answered(429, headers, text)?.askedMs).toBe(expected)
})

test('limits that are used up are named: as Compute lists them, or as the header of Resource Manager is called', () => {
  const headers = {
    'X-Ms-Ratelimit-Remaining-Subscription-Reads': '0',
    'x-ms-ratelimit-remaining-subscription-writes': '10',
    'x-ms-ratelimit-remaining-resource': 'Microsoft.Compute/A;0, Microsoft.Compute/B;10,Microsoft.Compute/C; 0 ',
    'x-other': '0'
  }
  const limits = ['subscription-reads', 'Microsoft.Compute/A', 'Microsoft.Compute/C']
  expect(answered(429, headers)?.limits.toSorted()).toEqual(limits.toSorted())
  expect(answered(503, headers)?.limits).toEqual([])
})

const throttled = { kind: 'throttled' as const, answered: '429', limits: [] as string[] }
const wait = (change: Partial<Wait> = {}): Wait => ({
  trouble: throttled,
  waitMs: MINUTE,
  now: NOW,
  since: NOW,
  tries: 3,
  endsAt: undefined,
  patienceMs: 30 * MINUTE,
  ...change
})
const asks = (askedMs: number) => ({ trouble: { ...throttled, askedMs }, waitMs: askedMs })

test.each<[string, Partial<Wait>, object | undefined]>([
  ['a wait that ends within the patience', { since: NOW - 29 * MINUTE + 1 }, undefined],
  ['a wait that ends with the patience', { since: NOW - 29 * MINUTE }, { text: 'so for 29m 00s, in 3 tries' }],
  ['a wait that Azure asks for, be it longer than the patience', asks(40 * MINUTE), undefined],
  [
    'one more of these after the patience',
    { ...asks(40 * MINUTE), since: NOW - 30 * MINUTE },
    {
      text: 'so for 30m 00s, in 3 tries; Azure asks to wait 40m 00s, until 2026-11-23 07:40:00 UTC',
      notBefore: NOW + 40 * MINUTE
    }
  ],
  ['one of these that ends before the run', { ...asks(MINUTE), endsAt: NOW + MINUTE + 1 }, undefined],
  [
    'one of these that ends with the run',
    { ...asks(MINUTE), endsAt: NOW + MINUTE },
    {
      text: 'Azure asks to wait 1m 00s, until 2026-11-23 07:01:00 UTC, and this run ends at 2026-11-23 07:01:00 UTC',
      notBefore: NOW + MINUTE
    }
  ],
  ['a wait of its own that outlasts the run', { endsAt: NOW + 1 }, undefined]
])('what is given up: %s', (_, change, expected) => {
  expect(giveUp(wait(change))).toEqual(expected)
})

test.each<[Partial<Wait>, string]>([
  [{}, 'too many requests (429); sent again at 2026-11-23 07:01:00 UTC, and given up at 2026-11-23 07:30:00 UTC'],
  [
    { since: NOW - MINUTE, trouble: { ...throttled, limits: ['a', 'b'] } },
    'too many requests (429); used up: a, b, for 1m 00s now; sent again at 2026-11-23 07:01:00 UTC, and given up at 2026-11-23 07:29:00 UTC'
  ],
  [
    { trouble: { kind: 'failing', answered: '503', askedMs: MINUTE, limits: [] } },
    'no usable answer (503); Azure asks to wait 1m 00s: sent again at 2026-11-23 07:01:00 UTC'
  ]
])('a wait that goes on is told with its end: %#', (change, text) => {
  expect(waitsText(wait(change))).toBe(text)
})

test('Azure’s time is that of the answer, with what it is ahead of ours; an answer without a Date tells none', () => {
  const clock = { now: () => NOW, sleep: () => Promise.resolve() }
  const timeOf = (headers: Record<string, string>) => azureTimeOf({ headers: createHttpHeaders(headers) }, clock)
  expect(timeOf({ date: 'Mon, 23 Nov 2026 07:01:00 GMT' })).toEqual({ readAt: NOW + MINUTE, aheadMs: MINUTE })
  expect([timeOf({}), timeOf({ date: 'soon' })]).toEqual([{}, {}])
})
