import { AggregateAuthenticationError, CredentialUnavailableError } from '@azure/identity'
import { expect, test } from '@jest/globals'
import { RunError } from '../../../src/model/failure.ts'
import type { SignIn } from '../../../src/model/spec.ts'
import { IdTokenError } from '../../../src/azure/sign-in/github-id-token.ts'
import type { Job } from '../../../src/azure/sign-in/job.ts'
import { signInEndsEarly } from '../../../src/azure/sign-in/sign-in-end.ts'
import {
  idTokenFailed,
  mayPass,
  signInFailed,
  type LoginAnswer,
  type SignInFacts
} from '../../../src/azure/sign-in/sign-in-error.ts'

const MINUTE = 60_000
const END = Date.UTC(2026, 10, 23, 12)
const GITHUB: SignIn = { kind: 'github-oidc', clientId: 'c', tenantId: 't', audience: 'a' }
const JOB: Job = { inGitHub: true, mayAskForIdTokens: true }
const idToken = {
  subject: 'repo:pixel/farm:ref:x',
  issuer: 'https://i',
  audience: 'api://a',
  from: END,
  until: END + 5 * MINUTE
}

const failed = (error: unknown, facts: Partial<SignInFacts> = {}): RunError =>
  signInFailed(error, { scope: 'https://management.azure.com//.default', who: GITHUB, ...facts })

test('what is a failure of the run already stays as it is', () => {
  const error = new RunError({ reason: 'deadline-exceeded', message: 'too late', wayOut: 'begin earlier' })
  expect(failed(error)).toBe(error)
})

test.each([
  ['AADSTS700024', [/was good from 2026-11-23 12:00 UTC until 2026-11-23 12:05 UTC, by its clock$/]],
  ['AADSTS7002138', [/^GitHub sent the subject/, /^on an application/, /^on a managed identity/]],
  ['AADSTS700211', [/^GitHub sent the subject/, /^on an application/, /^on a managed identity/]],
  ['AADSTS700212', [/^GitHub sent the subject/, /^on an application/, /^on a managed identity/]],
  ['AADSTS70021', [/^GitHub sent the subject/, /^on an application/, /^on a managed identity/]],
  ['AADSTS70021x', []],
  ['AADSTS700016', []]
])('with %s go the facts of the ID token that explain it', (code, lines) => {
  const { details } = failed(new Error(`${code}: no.`), { idToken })
  expect(details).toEqual(lines.map(line => expect.stringMatching(line)))
})

test('an ID token explains nothing of a sign-in that doesn’t send one', () => {
  expect(failed(new Error('AADSTS700211: no.'), { idToken, who: { kind: 'default' } }).details).toEqual([])
})

test('Entra’s own words stand over what the library makes of them; a code in the error stands over both', () => {
  const says = 'AADSTS90002: Tenant not found.'
  expect(failed(new Error('endpoints'), { answer: { status: 400, says } }).message).toMatch(/: AADSTS90002: Tenant/)
  expect(failed(new Error('AADSTS53003: blocked.'), { answer: { says } }).message).toMatch(/: AADSTS53003: blocked\.$/)
  expect(failed(new Error('odd\n  words'), { answer: { status: 400 } }).message).toMatch(
    /client "c" in tenant "t": odd words$/
  )
})

test.each<[string, LoginAnswer, string, string]>([
  ['429', { host: 'h', status: 429 }, 'throttled', 'h refuses it for too many requests (429)'],
  [
    '429 with a time',
    { host: 'h', status: 429, retryAfterMs: 90_000 },
    'throttled',
    'h refuses it for too many requests (429), and asks to wait 1m 30s'
  ],
  ['503', { host: 'h', status: 503 }, 'azure-unreachable', 'h answered 503'],
  [
    '503 with a time',
    { host: 'h', status: 503, retryAfterMs: 90_000 },
    'azure-unreachable',
    'h answered 503, and asks to wait 1m 30s'
  ],
  ['no answer', { host: 'h', code: 'ENOTFOUND' }, 'azure-unreachable', 'h doesn’t answer (ENOTFOUND)'],
  ['no answer without a code', { host: 'h' }, 'azure-unreachable', 'h doesn’t answer (x)'],
  ['503 of nobody knows whom', { status: 503 }, 'azure-unreachable', 'the login endpoint answered 503']
])('a login endpoint that is away with %s is told as that', (_, answer, reason, text) => {
  const error = failed(new Error('x'), { answer, isAway: true })
  expect(error).toMatchObject({
    reason,
    message: `no token for https://management.azure.com as client "c" in tenant "t": ${text}`
  })
  expect(failed(new Error('x'), { answer }).reason).toBe('sign-in-failed')
})

test('a machine on which there is nobody to ask is not away', () => {
  expect(failed(new Error('x'), { isAway: true, who: { kind: 'default' } })).toMatchObject({
    reason: 'sign-in-failed',
    wayOut: expect.stringContaining('az login')
  })
})

test('of each way to sign in, what was said stays, and what to read on doesn’t', () => {
  const advice = ['To troubleshoot, visit x', 'Please visit x', 'More details: x', 'See https://x', 'See http://x']
  const tried = ['. ', ' '].flatMap(between =>
    advice.map(text => new CredentialUnavailableError(`EnvironmentCredential: none${between}${text}`))
  )
  const { details, message } = failed(new AggregateAuthenticationError(tried, 'chain'), { who: { kind: 'default' } })
  expect(details).toEqual(tried.map(() => 'EnvironmentCredential: none'))
  expect(message).toMatch(/none of the 10 ways worked$/)
})

test('an error of megabytes is cut', () => {
  expect(failed(new Error('x'.repeat(10_000))).message.length).toBeLessThan(800)
})

const refused = (status: number) => new IdTokenError(`GitHub answered ${status}`, { status, mayPass: false })

test.each([
  [-5 * MINUTE - 1, 401, false],
  [-5 * MINUTE, 401, true],
  [-5 * MINUTE, 400, true],
  [-5 * MINUTE, 403, true],
  [MINUTE, 401, true],
  [MINUTE, 404, false],
  [MINUTE, 500, false]
])('%d ms from the end of GitHub’s ID tokens, a %d is told as that end: %s', (from, status, isEnd) => {
  const { message } = idTokenFailed(refused(status), { ...JOB, asksUntil: END }, END + from)
  expect(/this job could ask for one until 2026-11-23 12:00 UTC/.test(message)).toBe(isEnd)
})

test.each([
  [401, 'give the job the permission "id-token: write"'],
  [500, 'see GitHub’s status page'],
  [404, 'see GitHub’s status page']
])('after a %d of a job whose end is not known: %s', (status, wayOut) => {
  expect(idTokenFailed(refused(status), JOB, END).wayOut).toMatch(new RegExp(`^${wayOut}`))
})

test.each<[string, Error, Job, RegExp, RegExp]>([
  [
    'a job of a fork',
    refused(401),
    { ...JOB, mayAskForIdTokens: false, fork: 'someone/farm' },
    /from the fork "someone\/farm"/,
    /after the merge/
  ],
  [
    'a job without the permission',
    refused(401),
    { ...JOB, mayAskForIdTokens: false },
    /this job may not ask for one \(GitHub answered 401\)$/,
    /^give the job the permission "id-token: write", in a reusable workflow/
  ],
  [
    'no job at all',
    new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable'),
    { ...JOB, inGitHub: false },
    /this job may not ask for one/,
    /^this is no job of GitHub/
  ]
])('%s is told what it lacks', (_, error, job, message, wayOut) => {
  const told = idTokenFailed(error, job, END)
  expect(told.message).toMatch(message)
  expect(told.wayOut).toMatch(wayOut)
})

test.each<[string, LoginAnswer | undefined, boolean, boolean]>([
  ['nothing, where somebody is there to ask', undefined, true, true],
  ['nothing, where perhaps nobody is', undefined, false, false],
  ['a broken connection', { code: 'ECONNRESET' }, true, true],
  ['an expired certificate', { code: 'CERT_HAS_EXPIRED' }, true, false],
  ['a certificate nobody trusts', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, true, false],
  ['an unknown issuer', { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, true, false],
  ['an unverified leaf', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, true, false],
  ['200', { status: 200 }, false, true],
  ['408', { status: 408 }, false, true],
  ['429', { status: 429 }, false, true],
  ['500', { status: 500 }, false, true],
  ['499', { status: 499 }, true, false],
  ['400', { status: 400 }, true, false]
])('after %s another try may help: %#', (_, answer, works, may) => {
  expect(mayPass(new Error('x'), answer, works)).toBe(may)
})

test('Entra’s own word for a passing trouble counts, whatever the status', () => {
  expect(mayPass(new Error('AADSTS90033: A transient error has occurred.'), { status: 400 }, false)).toBe(true)
})

test.each([
  [END + 1, true],
  [END, false],
  [END - 1, false]
])('a deadline %d outlasts GitHub’s ID tokens: %s', (deadline, isEarly) => {
  expect(signInEndsEarly(GITHUB, { ...JOB, asksUntil: END }, deadline) !== undefined).toBe(isEarly)
})

test('who needs no ID token of GitHub’s, or doesn’t know their end, isn’t told of it', () => {
  expect(signInEndsEarly({ kind: 'default' }, { ...JOB, asksUntil: END }, END + 1)).toBeUndefined()
  expect(signInEndsEarly(GITHUB, JOB, END + 1)).toBeUndefined()
})
