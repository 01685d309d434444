import { createHttpHeaders } from '@azure/core-rest-pipeline'
import { expect, test } from '@jest/globals'
import { type Answer, linkIn } from '../../../src/azure/connection.ts'
import { AzureError } from '../../../src/azure/errors.ts'
import { nextWatch, watchOf, type Watch } from '../../../src/azure/operation.ts'
import type { Json } from '../../../src/model/json.ts'

const WHAT = { operation: 'Snapshots_CreateOrUpdate', target: 'os' }
const URL_OF = 'https://management.azure.com/a/b?x=1'
const POLL = 'https://management.azure.com/poll'

function answer(status: number, headers: Record<string, string> = {}, body?: Json): Answer {
  return { url: URL_OF, tries: 1, status, headers: createHttpHeaders(headers), body, text: '', at: 0 }
}
const state = (provisioningState: string): Json => ({ properties: { provisioningState } })

test.each<[string, Answer, Watch | undefined]>([
  ['a status URL', answer(202, { 'azure-asyncoperation': POLL, location: `${POLL}2` }), { by: 'status', url: POLL }],
  ['Operation-Location', answer(202, { 'operation-location': POLL }), { by: 'status', url: POLL }],
  ['Location with 202', answer(202, { location: POLL }), { by: 'location', url: POLL }],
  ['Location with 201, which names what was made', answer(201, { location: POLL }, state('Succeeded')), undefined],
  ['a state that goes on', answer(200, {}, state('Creating')), { by: 'resource', url: URL_OF }],
  ['nothing', answer(200), undefined],
  ...['Succeeded', 'Failed', 'Canceled', 'cancelled'].map((end): [string, Answer, undefined] => [
    `the state ${end}`,
    answer(200, {}, state(end)),
    undefined
  ])
])('a first answer with %s', (_, first, watch) => {
  expect(watchOf(WHAT, first)).toEqual(watch)
})

const status: Watch = { by: 'status', url: POLL }
const location: Watch = { by: 'location', url: POLL }
const resource: Watch = { by: 'resource', url: POLL }

test.each<[string, Watch, Answer, Watch | undefined]>([
  ['a status that goes on', status, answer(200, {}, { status: 'Running' }), status],
  ['Succeeded in any casing', status, answer(200, {}, { status: 'SUCCEEDED' }), undefined],
  ['202 without a new Location', location, answer(202), location],
  ['202 with a new Location', location, answer(202, { location: `${POLL}2` }), { by: 'location', url: `${POLL}2` }],
  ['200 at a Location', location, answer(200), undefined],
  ['a resource that goes on', resource, answer(200, {}, state('Updating')), resource],
  ['a resource without a state', resource, answer(200, {}, {}), undefined],
  ['a resource that is whole', resource, answer(200, {}, state('Succeeded')), undefined]
])('a look that finds %s', (_, watch, found, next) => {
  expect(nextWatch(WHAT, watch, found)).toEqual(next)
})

test.each<[string, Watch, Answer, object]>([
  ['no status', status, answer(200, {}, {}), { code: 'UnexpectedAnswer' }],
  [
    'an end without a reason',
    status,
    answer(200, { 'x-ms-request-id': 'r' }, { status: 'Canceled' }),
    { code: 'Canceled', requestId: 'r', message: expect.stringContaining('without saying why') }
  ],
  [
    'a reason at the top',
    status,
    answer(200, {}, { status: 'Failed', error: { code: 'A', message: 'a' } }),
    { code: 'A', requestId: undefined, status: undefined }
  ],
  [
    'a reason in the properties',
    resource,
    answer(200, {}, { properties: { provisioningState: 'Failed', error: { code: 'B', message: 'b' } } }),
    { code: 'B' }
  ]
])('a look that finds %s is an error', (_, watch, found, error) => {
  const look = (): unknown => nextWatch(WHAT, watch, found)
  expect(look).toThrow(AzureError)
  expect(look).toThrow(expect.objectContaining(error))
})

test.each([
  ['https://management.azure.com/poll?t=1&c=MII%2b+x', 'https://management.azure.com/poll?t=1&c=MII%2b+x'],
  ['http://management.azure.com/a b', 'http://management.azure.com/a b'],
  ['/poll?t=1', 'https://management.azure.com/poll?t=1'],
  ['next', 'https://management.azure.com/a/next'],
  ['x?u=https://other.example', 'https://management.azure.com/a/x?u=https://other.example']
])('the link %s leads to %s', (link, url) => {
  expect(linkIn(WHAT, link, URL_OF)).toBe(url)
})

test('what is no URL is told by its beginning, however long it is', () => {
  const link = `https://[${'x'.repeat(5_000)}`
  expect(() => linkIn(WHAT, link, URL_OF)).toThrow(`the link "${link.slice(0, 100)}", which is no URL`)
})

test('an error is one line that names operation, target, status, code, request and what it was waited for', () => {
  const facts = { ...WHAT, code: 'Conflict', message: 'busy' }
  expect(new AzureError(facts).message).toBe('Snapshots_CreateOrUpdate of os failed with Conflict: busy')
  expect(new AzureError({ ...facts, status: 409, requestId: 'r-1', givenUp: { text: 'so for 5m 00s' } }).message).toBe(
    'Snapshots_CreateOrUpdate of os failed with 409 Conflict: busy (x-ms-request-id r-1); so for 5m 00s'
  )
  expect(new AzureError(facts)).toMatchObject({ tries: 1, details: [], status: undefined })
  expect('cause' in new AzureError(facts)).toBe(false)
  expect(new AzureError(facts, 'why').cause).toBe('why')
})
