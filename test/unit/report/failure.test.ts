import { describe, expect, test } from '@jest/globals'
import { AzureError } from '../../../src/azure/errors.ts'
import type { AzureErrorFacts } from '../../../src/azure/errors.ts'
import type { FailureReason } from '../../../src/model/failure.ts'
import { RunError } from '../../../src/model/failure.ts'
import { failureOf } from '../../../src/report/failure.ts'

const azure = (facts: Partial<AzureErrorFacts>, cause?: unknown): AzureError =>
  new AzureError(
    { operation: 'Snapshots_CreateOrUpdate', target: 'snap', code: 'Code', message: 'text', ...facts },
    cause
  )

const named = (name: string, message = 'text', more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more })

const unauthorized = `The client 'a' does not have authorization to perform action 'Microsoft.Compute/snapshots/write' over scope '/subscriptions/s'.`

const cases: [name: string, thrown: unknown, reason: FailureReason][] = [
  [
    'an error that knows its reason',
    new RunError({ reason: 'quota-reached', message: 'm', wayOut: 'w' }),
    'quota-reached'
  ],
  ['403 AuthorizationFailed', azure({ status: 403, code: 'AuthorizationFailed' }), 'permission-denied'],
  ['403 LinkedAuthorizationFailed', azure({ status: 403, code: 'LinkedAuthorizationFailed' }), 'permission-denied'],
  [
    'an operation that failed because a role is missing',
    azure({ code: 'LinkedAuthorizationFailed' }),
    'permission-denied'
  ],
  ['403 of a policy', azure({ status: 403, code: 'RequestDisallowedByPolicy' }), 'policy-denied'],
  ['403 with a code that nobody knows', azure({ status: 403, code: 'X' }), 'permission-denied'],
  [
    '403 of a gallery in another tenant',
    azure({
      status: 403,
      code: 'LinkedAuthorizationFailed',
      message: "however the current tenant 'a' is not authorized to access linked subscription 'b'"
    }),
    'azure-error'
  ],
  [
    'a token of another tenant',
    azure({
      status: 401,
      code: 'InvalidAuthenticationTokenTenant',
      message: 'the access token is from the wrong issuer'
    }),
    'sign-in-failed'
  ],
  ['a quota of Azure', azure({ status: 409, code: 'QuotaExceeded' }), 'azure-quota-reached'],
  ['a quota of the Batch account', azure({ status: 409, code: 'PoolQuotaReached' }), 'quota-reached'],
  ['503 that speaks of a quota', azure({ status: 503, code: 'QuotaExceeded' }), 'azure-unreachable'],
  ['401', azure({ status: 401, code: 'InvalidAuthenticationToken' }), 'sign-in-failed'],
  ['412 on a pool', azure({ status: 412, operation: 'Pool_Update' }), 'pool-changed'],
  ['412 elsewhere', azure({ status: 412 }), 'azure-error'],
  ['409', azure({ status: 409 }), 'azure-error'],
  ['a failed operation', azure({}), 'azure-error'],
  ['500', azure({ status: 500 }), 'azure-unreachable'],
  ['503', azure({ status: 503 }), 'azure-unreachable'],
  ['429 after all retries', azure({ status: 429 }), 'throttled'],
  ['no answer', azure({ code: 'ECONNRESET' }), 'azure-unreachable'],
  [
    'no answer, said by the cause',
    azure({ code: 'x' }, named('Error', 't', { code: 'ENOTFOUND' })),
    'azure-unreachable'
  ],
  ['a bare connection error', named('RestError', 't', { code: 'REQUEST_SEND_ERROR' }), 'azure-unreachable'],
  ['the identity library', named('AuthenticationError'), 'sign-in-failed'],
  ['a cancellation', named('AbortError'), 'cancelled'],
  ['a timeout', named('TimeoutError'), 'deadline-exceeded'],
  ['a defect', new TypeError('x is not a function'), 'internal-error'],
  ['a thrown string', 'boo', 'internal-error'],
  ['undefined', undefined, 'internal-error']
]

test.each(cases)('%s is classified', (_, thrown, reason) => {
  const failure = failureOf(thrown, 'step-1')
  expect(failure).toMatchObject({ reason, step: 'step-1' })
  expect(failure.message).not.toBe('')
  expect(failure.wayOut).not.toBe('')
})

test('before the first step there is no step', () => {
  expect('step' in failureOf(new Error('x'))).toBe(false)
})

describe('a missing role', () => {
  test.each([
    ['in the message', azure({ status: 403, code: 'AuthorizationFailed', message: unauthorized })],
    ['in a detail', azure({ status: 403, code: 'X', details: [{ code: 'Y', message: unauthorized }] })],
    ['as action(s)', azure({ status: 403, code: 'X', message: unauthorized.replace('action', 'action(s)') })]
  ])('is named %s', (_, error) => {
    expect(failureOf(error).wayOut).toContain('a role with the action "Microsoft.Compute/snapshots/write"')
  })
})

describe('an abort', () => {
  test('has the reason of the signal', () => {
    const abortReason = new RunError({
      reason: 'deadline-exceeded',
      message: 'the deadline of 5h came',
      wayOut: 'raise it'
    })
    expect(failureOf(named('AbortError'), 's', { abortReason })).toMatchObject({
      reason: 'deadline-exceeded',
      message: 'the deadline of 5h came'
    })
  })

  test('has the reason that its cause tells', () => {
    const error = named('AbortError', 'aborted', {
      cause: new RunError({ reason: 'cancelled', message: 'SIGTERM', wayOut: 'w' })
    })
    expect(failureOf(error).message).toBe('SIGTERM')
  })
})

test('details of Azure’s error and of a cause are kept', () => {
  const error = azure({ status: 409, details: [{ code: 'Inner', message: 'why' }] })
  expect(failureOf(error).details).toEqual(['Inner: why'])
  expect(failureOf(new RunError({ reason: 'image-failed', message: 'm', wayOut: 'w', cause: error })).details).toEqual([
    error.message,
    'Inner: why'
  ])
})

test('a message that lists problems becomes a line for each', () => {
  expect(
    failureOf(new RunError({ reason: 'input-invalid', message: 'a: x\nb: y', wayOut: 'correct them' }))
  ).toMatchObject({
    message: '2 problems, all of which must be solved',
    details: ['a: x', 'b: y']
  })
})

test('details that the error brings come before those of its cause', () => {
  const error = new RunError({
    reason: 'nodes-unhealthy',
    message: 'm',
    wayOut: 'w',
    cause: new Error('cause'),
    details: ['node 1', 'node 2']
  })
  expect(failureOf(error).details).toEqual(['node 1', 'node 2', 'cause'])
})

test('the stack of a defect shows only in debug', () => {
  expect(failureOf(new Error('x')).details).toEqual([])
  expect(failureOf(new Error('x'), undefined, { debug: true }).details.join('\n')).toContain('failure.test.ts')
})

test('a cause that the message tells already isn’t told again', () => {
  const error = new RunError({
    reason: 'azure-unreachable',
    message: 'cloud: connect ECONNREFUSED',
    wayOut: 'w',
    cause: new Error('connect ECONNREFUSED')
  })
  expect(failureOf(error).details).toEqual([])
})

describe('whether a run with the same inputs can go well', () => {
  test.each([
    ['is what the code means', azure({ status: 409, code: 'ScopeLocked' }), 'after-change'],
    [
      'is what the code of the cause means',
      new RunError({ reason: 'image-failed', message: 'm', wayOut: 'w', cause: azure({ code: 'ScopeLocked' }) }),
      'after-change'
    ],
    [
      'is what the failure itself says',
      new RunError({
        reason: 'image-failed',
        message: 'm',
        wayOut: 'w',
        cause: azure({ code: 'ScopeLocked' }),
        repetition: 'helps'
      }),
      'helps'
    ],
    ['is open where nobody knows the code', azure({ status: 409, code: 'X' }), undefined]
  ] as const)('%s', (_, thrown, repetition) => {
    expect(failureOf(thrown).repetition).toBe(repetition)
  })
})

test('what Azure says in several lines is one problem, and one line', () => {
  const said = azure({ status: 400, message: 'The pool is refused.\r\nIts size is unknown.' })
  const line = 'Snapshots_CreateOrUpdate of snap failed with 400 Code: The pool is refused. Its size is unknown.'
  for (const error of [
    said,
    new RunError({ reason: 'pool-refused', message: said.message, wayOut: 'w', cause: said })
  ]) {
    expect(failureOf(error)).toMatchObject({ message: line, details: [] })
  }
})
