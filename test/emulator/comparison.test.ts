/** By what rules an answer is held against a recorded one. */
import { expect, test } from '@jest/globals'
import type { Json } from '../../emulator/kernel/types.ts'
import { differences, factsOf } from '../support/replay/compare.ts'
import { explanationOf } from '../support/replay/explained.ts'
import { isPast, type Compared } from '../support/replay/past.ts'

const answer = (body: Json, status = 200, headers: Record<string, string> = {}) => ({ status, headers, body })
const between = (recorded: Json, ours: Json): string[] =>
  differences(factsOf(answer(recorded), { withRetryAfter: true }), factsOf(answer(ours), { withRetryAfter: true })).map(
    ({ about, recorded: before, ours: now }) => `${about}: ${before}, ours ${now}`
  )

test.each<[string, Json, Json, string[]]>([
  ['a size', { diskSizeGB: 30 }, { diskSizeGB: 31 }, ['body .diskSizeGB: 30, ours 31']],
  ['a word', { caching: 'None' }, { caching: 'none' }, ['body .caching: None, ours none']],
  ['a region', { location: 'eastus' }, { location: 'East US' }, ['body .location: eastus, ours East US']],
  ['a truth', { incremental: true }, { incremental: false }, ['body .incremental: true, ours false']],
  ['the length of a list', { value: [1, 2] }, { value: [1] }, ['body .value: a list of 2, ours a list of 1']],
  [
    'a code among details',
    { error: { details: [{ code: 'A', message: 'x' }] } },
    { error: { details: [{ code: 'B', message: 'y' }] } },
    ['body .error.details.code: A, ours B']
  ],
  ['a property that is missing, but not what is in it', { a: { b: 1 } }, {}, ['body .a: there, ours none']],
  [
    'a form of an id',
    { id: '/subscriptions/s/resourceGroups/G/providers/x' },
    { id: '/subscriptions/s/resourceGroups/g/providers/x' },
    ['body .id: id with an upper-case group, ours id']
  ]
])('%s is compared', (_, recorded, ours, found) => expect(between(recorded, ours)).toEqual(found))

test.each<[string, Json, Json]>([
  ['names', { name: 'a', properties: { computerName: 'b' } }, { name: 'c', properties: { computerName: 'd' } }],
  ['times', { at: '2024-01-01T00:00:00Z' }, { at: '2025-02-03T04:05:06Z' }],
  ['GUIDs', { vmId: '00000000-0000-0000-0000-000000000001' }, { vmId: '00000000-0000-0000-0000-00000000000f' }],
  ['tags', { tags: { a: '1' } }, { tags: { b: '2' } }],
  [
    'the order of things that have names',
    {
      value: [
        { id: 'a', n: 1 },
        { id: 'b', n: 2 }
      ]
    },
    {
      value: [
        { id: 'b', n: 2 },
        { id: 'a', n: 1 }
      ]
    }
  ]
])('%s are the caller’s or the run’s own, and aren’t compared', (_, recorded, ours) =>
  expect(between(recorded, ours)).toEqual([])
)

test('another status hides nothing else', () => {
  const [recorded, ours] = [answer({ a: 1 }, 200), answer({ a: 2 }, 400)].map(one =>
    factsOf(one, { withRetryAfter: true })
  )
  expect(differences(recorded ?? new Map(), ours ?? new Map()).map(({ about }) => about)).toEqual(['status', 'body .a'])
})

test('a content type without a charset is another one', () => {
  const [recorded, ours] = ['application/json; charset=utf-8', 'application/json'].map(type =>
    factsOf(answer({}, 200, { 'content-type': type }), { withRetryAfter: true })
  )
  expect(differences(recorded ?? new Map(), ours ?? new Map()).map(({ about }) => about)).toEqual(['content-type'])
})

type Look = { day: string; version?: string; body?: { [name: string]: Json }; differs?: boolean; edited?: true }

/** A recorded answer of which `property` differs, or doesn't. */
function look({ day, version = '2024-01-01', body = {}, differs = false, edited }: Look): Compared {
  const exchange = {
    op: 'compute:disk.get',
    request: { method: 'GET', uri: `https://management.azure.com/disks/d?api-version=${version}` },
    response: answer({ properties: body }),
    recordedAt: `${day}T00:00:00Z`,
    ...(edited && { apiVersionEdited: edited })
  }
  const facts = factsOf(exchange.response, { withRetryAfter: false })
  return { exchange, recording: day, index: 0, facts, differing: differs ? [GONE] : [] }
}

const GONE = { about: 'body .properties.a', recorded: 'none', ours: '1' }
const old = look({ day: '2019-01-01', differs: true })

test.each<[string, boolean, Look[]]>([
  ['a later answer doesn’t show it', true, [{ day: '2020-01-01', body: { a: 1 } }]],
  ['no later answer is there', false, [{ day: '2018-01-01', body: { a: 1 } }]],
  [
    'it came back since',
    false,
    [
      { day: '2020-01-01', body: { a: 1 } },
      { day: '2021-01-01', differs: true }
    ]
  ],
  ['a later answer is of an older version', false, [{ day: '2020-01-01', body: { a: 1 }, version: '2020-01-01' }]],
  ['a later answer’s version was edited', false, [{ day: '2020-01-01', body: { a: 1 }, edited: true }]],
  ['a later answer is about another kind of resource', false, [{ day: '2020-01-01', body: { a: 1, osState: 'x' } }]]
])('a difference is past or not, when %s: %s', (_, past, others) =>
  expect(isPast(GONE, old, [old, ...others.map(look)])).toBe(past)
)

test.each([
  ['a status', { about: 'status', recorded: '400', ours: '201' }],
  ['another value', { about: 'body .properties.a', recorded: '1', ours: '2' }]
])('%s is never past', (_, difference) => {
  const one = { ...old, differing: [difference] }
  expect(isPast(difference, one, [one, look({ day: '2020-01-01', body: { a: 1 } })])).toBe(false)
})

test('an explanation of what Azure answered once explains nothing that is recorded later', () => {
  const of = (recordedAt: string) =>
    explanationOf({
      ...{ op: 'armbatch:pool.get', about: 'body .properties.displayName', recorded: 'none', ours: 'string' },
      ...{ recordedAt, recording: 'x', index: 0, onOwnState: false }
    })
  expect(of('2019-05-01T00:00:00Z')?.why).toMatch(/since 2020/)
  expect(of('2021-05-01T00:00:00Z')).toBeUndefined()
})
