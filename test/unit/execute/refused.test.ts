/** What Azure's refusal means for a step, and what a step that only tidies up leaves behind. */
import { expect, test } from '@jest/globals'
import { AzureError } from '../../../src/azure/errors.ts'
import { leftBehind } from '../../../src/execute/left-behind.ts'
import { orRefused, refused } from '../../../src/execute/refused.ts'
import type { RunError } from '../../../src/model/failure.ts'
import * as f from '../../support/observed-fixtures.ts'

const OWN = {
  reason: 'image-failed',
  wayOut: 'run again',
  message: ({ code }: AzureError) => `failed: ${code}`
} as const

function errorOf(status: number | undefined, code: string, cause?: unknown): AzureError {
  return new AzureError(
    { operation: 'Op', target: 't', code, message: 'm', ...(status === undefined ? {} : { status }) },
    cause
  )
}

test.each([400, 404, 409, 412, undefined])(
  '%s: what passes by itself is the step’s own failure, with its words and its way out',
  status => {
    expect(refused(errorOf(status, 'PreconditionFailed'), OWN)).toMatchObject({
      reason: 'image-failed',
      message: 'failed: PreconditionFailed',
      wayOut: 'run again',
      repetition: 'helps',
      cause: { code: 'PreconditionFailed' }
    })
  }
)

test('without words of its own a step says Azure’s, and the way out that is known of the code', () => {
  const error = errorOf(409, 'PreconditionFailed')
  expect(refused(error, { reason: 'pool-refused' })).toMatchObject({
    reason: 'pool-refused',
    message: error.message,
    wayOut: expect.stringContaining('activity log')
  })
})

test('what helps only after a change keeps the way out that is known of it', () => {
  const { wayOut, repetition } = refused(errorOf(400, 'InvalidParameter'), OWN) as RunError
  expect([repetition, wayOut === OWN.wayOut]).toEqual(['after-change', false])
})

test('a code that nobody knows promises nothing', () => {
  expect(refused(errorOf(400, 'NeverHeardOf'), OWN)).toMatchObject({
    repetition: 'unknown',
    wayOut: expect.stringContaining('NeverHeardOf')
  })
})

test.each<[string, unknown]>([
  ['a role that is missing', errorOf(403, 'AuthorizationFailed')],
  ['a 403 that nobody knows', errorOf(403, 'NeverHeardOf')],
  ['a policy', errorOf(403, 'RequestDisallowedByPolicy')],
  ['a service that is away', errorOf(503, 'NeverHeardOf')],
  ['too many requests', errorOf(429, 'TooManyRequests')],
  ['no answer', errorOf(undefined, 'ECONNRESET', new Error('reset'))],
  ['a defect', new TypeError('x is undefined')]
])('%s is told by itself', async (_, error) => {
  expect(refused(error, OWN)).toBe(error)
  await expect(orRefused(Promise.reject(error), OWN)).rejects.toBe(error)
})

test('what goes well is handed on', async () => {
  expect(await orRefused(Promise.resolve(7), OWN)).toBe(7)
})

const PLAN = f.planOf(f.releaseSpec(), f.observed())
const DROP = PLAN.steps.find(({ kind }) => kind === 'delete-snapshot')!
const stepOf = (id: string) => PLAN.steps.find(step => step.id === id)!

test.each<[string, Error, RegExp]>([
  [
    'a lock',
    errorOf(409, 'ScopeLocked'),
    /^have an Owner or User Access Administrator take the lock off .*az snapshot delete --ids .*; a later run/
  ],
  [
    'a missing role',
    errorOf(403, 'AuthorizationFailed'),
    /^give the identity a role with Microsoft.Compute\/snapshots\/delete, or delete it \(az snapshot delete/
  ],
  [
    'anything else of Azure’s',
    errorOf(500, 'InternalServerError'),
    /^delete it \(az snapshot delete --ids \/subscriptions/
  ],
  ['anything else', new TypeError('x'), /^delete it \(az snapshot delete/]
])('a snapshot that is left because of %s costs money, and somebody can see to it', (_, error, wayOut) => {
  const left = leftBehind(DROP, error)
  expect(left.message).toMatch(/^snapshot .* is left, and costs money; nothing needs it any more: /)
  expect(left.message).toContain(error.message)
  expect(left.wayOut).toMatch(wayOut)
})

test.each<[string, RegExp, RegExp]>([
  [
    'image-settled',
    /^the snapshots of image version 1.0.0 are left, for it has not settled: why$/,
    /az sig image-version show/
  ],
  ['mark-image', /^image version 1.0.0 is not tagged as complete: why$/, /within a day/],
  [
    'finish-pool',
    /^pool render keeps the lease of this run in its metadata, until it runs out: why$/,
    /batch-image-rollout-lease/
  ],
  ['scale-pool', /^not done: bring pool render/, /a later run/]
])('%s that isn’t done is said with what follows from it', (id, message, wayOut) => {
  const left = leftBehind(stepOf(id), 'why')
  expect([left.message, left.wayOut]).toEqual([expect.stringMatching(message), expect.stringMatching(wayOut)])
})
