import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/model/json.ts'
import { isAbsent, readError } from '../../../src/azure/read/error.ts'

const LONG = 'x'.repeat(5_000_000)

test('of an error that echoes megabytes, only so much is kept that a person could read it', () => {
  const error = {
    code: LONG,
    message: LONG,
    details: Array.from({ length: 500 }, () => ({ code: 'a', message: LONG }))
  }
  const { code, message, details } = readError({ error }, 400)
  expect([code.length, message.length, details.length, details[99]?.message.length]).toEqual([200, 10_000, 100, 10_000])
  expect(message.endsWith('…')).toBe(true)
})

test('a page of text in the place of an error is cut where it shows', () => {
  expect(readError('y'.repeat(1_000), 502).message).toBe(`${'y'.repeat(199)}…`)
})

test.each<[number | undefined, string, boolean]>([
  [404, 'ResourceNotFound', true],
  [404, 'PoolNotFound', true],
  [404, 'InvalidResourceType', false],
  [404, 'SubscriptionNotFound', false],
  [404, 'HTTP404', false],
  [403, 'ResourceNotFound', false],
  [undefined, 'NotFound', false]
])('what is answered by %s %s is not there: %s', (status, code, absent) => {
  expect(isAbsent(status, code)).toBe(absent)
})

const violation = (info: JsonObject): JsonObject => ({ type: 'PolicyViolation', info })
const policies = (...infos: JsonObject[]) =>
  readError({ error: { code: 'RequestDisallowedByPolicy', message: 'm', additionalInfo: infos } }, 403).details

test('a policy is named by what people know and by what they can look up, each once', () => {
  const cost = {
    policyAssignmentDisplayName: 'Cost centre',
    policyAssignmentName: 'cost',
    policyDefinitionName: 'tags'
  }
  expect(policies(violation(cost), violation({ ...cost, policyDefinitionName: 'sizes' }))).toEqual([
    { code: 'policy assignment', message: 'Cost centre (cost)' },
    { code: 'policy definition', message: 'tags' },
    { code: 'policy definition', message: 'sizes' }
  ])
})

test.each([
  [{ policyAssignmentDisplayName: 'Same', policyAssignmentName: 'Same' }, 'Same'],
  [{ policyAssignmentDisplayName: '', policyAssignmentName: 'cost' }, 'cost'],
  [{ policyAssignmentDisplayName: 'Cost centre' }, 'Cost centre']
])('a policy that tells %j is called %s', (info, message) => {
  expect(policies(violation(info))).toEqual([{ code: 'policy assignment', message }])
})

test('what an error adds that is no policy names none', () => {
  expect(policies({ type: 'Other', info: { policyAssignmentName: 'cost' } })).toEqual([])
})

test('an older message names its policies as JSON', () => {
  const told = (identifiers: string) =>
    readError({ error: { code: 'c', message: `denied. Policy identifiers: '${identifiers}'.` } }, 403).details
  const listed = [{ policyAssignment: { name: 'cost', id: 'x' }, policyDefinition: { name: 'tags' } }]
  expect(told(JSON.stringify(listed))).toEqual([
    { code: 'policy assignment', message: 'cost' },
    { code: 'policy definition', message: 'tags' }
  ])
  expect(told('[no JSON]')).toEqual([])
})

test.each<[JsonObject | string | undefined, string]>([
  [{ message: '', values: [{ key: 'Reason', value: 'no room' }] }, 'no room'],
  [{ message: 'refused.', values: [{ key: 'Reason', value: 'no room' }] }, 'refused. no room'],
  [{ message: 'refused.' }, 'refused.'],
  [{ message: { value: 'refused.\nRequestId:1\nTime:2' } }, 'refused.'],
  [{ message: ' refused. \nRequestId:1' }, 'refused.'],
  [{}, 'without a message'],
  ['  a page  ', 'a page'],
  ['   ', 'the answer has no body'],
  [undefined, 'the answer has no body']
])('of %j the message is: %s', (error, message) => {
  expect(readError(typeof error === 'object' ? { error } : error, 400).message).toBe(message)
})

test('what an error is about is told, save the account that Batch always names', () => {
  const about = (target?: string) =>
    readError({ error: { code: 'c', message: 'm', ...(target && { target }) } }, 400).about
  expect([about('vmSize'), about('BatchAccount'), about()]).toEqual(['vmSize', undefined, undefined])
})

test('details of details come as one list, each with what is its own', () => {
  const inner = { code: 'B', message: 'b', details: [{ message: 'c\r\nRequestId:1' }] }
  expect(
    readError({ error: { code: 'A', message: 'a', details: [inner], values: [{ name: 'N', value: 'n' }, {}] } }, 400)
  ).toMatchObject({
    code: 'A',
    details: [
      { code: 'B', message: 'b' },
      { code: '', message: 'c' },
      { code: 'N', message: 'n' },
      { code: '', message: '' }
    ]
  })
})
