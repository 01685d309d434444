import { AggregateAuthenticationError, AuthenticationError, CredentialUnavailableError } from '@azure/identity'
import { describe, expect, test } from '@jest/globals'
import { keepTokens } from '../../src/azure/sign-in/credential.ts'
import type { LoginAnswer } from '../../src/azure/sign-in/sign-in-error.ts'

const clock = { now: () => 0, sleep: () => Promise.resolve() }
const SCOPE = 'https://management.azure.com/.default'

function refusedWith(error: Error): Promise<string> {
  const makeCredential = () => ({ getToken: () => Promise.reject(error) })
  return keepTokens({ makeCredential, clock, who: { kind: 'default' }, said: () => ({ status: 400 }) }).get(SCOPE)
}

test('where nothing on the machine can sign in, each way that was tried is a line', async () => {
  const tried = [
    'EnvironmentCredential is unavailable. No underlying credential could be used. To troubleshoot, visit https://aka.ms/x.',
    'ManagedIdentityCredential: The managed identity endpoint is not currently available\nAttempted http://169.254.169.254',
    "Azure CLI could not be found. Please visit https://aka.ms/azure-cli for instructions and then, once installed, authenticate to your Azure account using 'az login'."
  ].map(message => new CredentialUnavailableError(message))
  const error = new AggregateAuthenticationError(tried, 'ChainedTokenCredential authentication failed.')
  await expect(refusedWith(error)).rejects.toMatchObject({
    reason: 'sign-in-failed',
    message: 'no token for https://management.azure.com as the credentials found here: none of the 3 ways worked',
    wayOut: expect.stringContaining('az login'),
    details: [
      'EnvironmentCredential is unavailable. No underlying credential could be used',
      'ManagedIdentityCredential: The managed identity endpoint is not currently available Attempted http://169.254.169.254',
      'Azure CLI could not be found'
    ]
  })
})

test('a way that Entra refuses is told in Entra’s words, without its trace', async () => {
  const description = 'AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1\r\nCorrelation ID: 2'
  const error = new AuthenticationError(401, { error: 'invalid_client', error_description: description })
  await expect(refusedWith(error)).rejects.toMatchObject({
    message: expect.stringMatching(/: AADSTS7000215: Invalid client secret provided\.$/),
    details: []
  })
})

test('shortly before GitHub gives no more ID tokens, the tokens of every audience are had anew', async () => {
  const MINUTE = 60_000
  let now = 0
  const asked: string[] = []
  const getToken = (scope: string | string[]) => {
    asked.push(`${now / MINUTE} ${String(scope)}`)
    return Promise.resolve({ token: `${scope}-${now}`, expiresOnTimestamp: now + 60 * MINUTE })
  }
  const tokens = keepTokens({
    makeCredential: () => ({ getToken }),
    clock: { ...clock, now: () => now },
    who: { kind: 'default' },
    asksUntil: 65 * MINUTE
  })
  await Promise.all([tokens.get('a'), tokens.get('b')])
  for (now = MINUTE; now < 100 * MINUTE; now += MINUTE) await tokens.get('a')
  expect(asked).toEqual(['0 a', '0 b', '50 a', '55 a', '55 b'])
})

/** A first sign-in whose tries end in turn as `answers` say; how often it was tried, and what was waited in seconds. */
async function firstSignIn(kind: 'github-oidc' | 'default', answers: (LoginAnswer | undefined)[]) {
  const waited: number[] = []
  let tries = 0
  const who = kind === 'default' ? { kind } : { kind, clientId: 'c', tenantId: 't', audience: 'a' }
  const tokens = keepTokens({
    makeCredential: () => ({
      getToken: () =>
        tries++ < answers.length
          ? Promise.reject(new Error('no token'))
          : Promise.resolve({ token: 'it', expiresOnTimestamp: 3_600_000 })
    }),
    clock: { now: () => 0, sleep: async ms => void waited.push(ms / 1_000) },
    who,
    said: () => answers[tries - 1]
  })
  const token = await tokens.get(SCOPE).catch((error: Error) => error.message)
  return { token, tries, waited }
}

test.each<[string, LoginAnswer]>([
  ['503', { status: 503 }],
  ['429', { status: 429 }],
  ['half of the JSON', { status: 200 }],
  ['no answer', { code: 'ECONNRESET' }]
])('a login endpoint that fails with %s at the first token is asked again', async (_, answer) => {
  expect(await firstSignIn('github-oidc', [answer])).toEqual({ token: 'it', tries: 2, waited: [2] })
})

test('the Retry-After of a login endpoint is waited for', async () => {
  const { waited } = await firstSignIn('github-oidc', [{ status: 429, retryAfterMs: 17_000 }])
  expect(waited).toEqual([17])
})

test('a login endpoint that stays away ends a run that has no token yet within half a minute', async () => {
  const { token, tries, waited } = await firstSignIn('github-oidc', Array<LoginAnswer>(9).fill({ status: 503 }))
  expect({ tries, waited }).toEqual({ tries: 4, waited: [2, 5, 15] })
  expect(token).toContain('no token for https://management.azure.com')
})

test.each<[string, 'github-oidc' | 'default', LoginAnswer | undefined]>([
  ['a no of Entra', 'github-oidc', { status: 400 }],
  ['a certificate that nobody trusts', 'github-oidc', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
  ['a machine on which nothing can sign in', 'default', undefined],
  ['a machine without a managed identity', 'default', { code: 'EHOSTUNREACH' }]
])('%s is not asked again', async (_, kind, answer) => {
  expect(await firstSignIn(kind, [answer, answer])).toMatchObject({ tries: 1, waited: [] })
})

describe('a token that is kept', () => {
  const MINUTE = 60_000
  type Given = { lastsMs: number } | Error

  /** At each time of `at` in minutes the token is asked for; those that were made, with the minute of each request. */
  async function keep(given: Given[], at: number[], more: Partial<Parameters<typeof keepTokens>[0]> = {}) {
    let now = 0
    const asked: number[] = []
    const getToken = () => {
      const one = given[asked.push(now / MINUTE) - 1] ?? new Error('asked once too often')
      return one instanceof Error
        ? Promise.reject(one)
        : Promise.resolve({ token: `t${asked.length}`, expiresOnTimestamp: now + one.lastsMs })
    }
    const tokens = keepTokens({
      makeCredential: () => ({ getToken }),
      clock: { ...clock, now: () => now },
      who: { kind: 'default' },
      ...more
    })
    const had: string[] = []
    for (const minute of at) {
      now = minute * MINUTE
      had.push(await tokens.get(SCOPE))
    }
    return { asked, had }
  }

  test('is renewed ten minutes before its end, or at half of a short life', async () => {
    expect((await keep([{ lastsMs: 60 * MINUTE }, { lastsMs: 60 * MINUTE }], [5, 54, 55, 56])).asked).toEqual([5, 55])
    expect((await keep([{ lastsMs: 10 * MINUTE }, { lastsMs: 10 * MINUTE }], [5, 9, 10, 14])).asked).toEqual([5, 10])
  })

  test('that can’t be renewed serves on, is tried again each minute, and not in its last minute', async () => {
    const no = new Error('no')
    const { asked, had } = await keep(
      [{ lastsMs: 60 * MINUTE }, no, no, { lastsMs: 60 * MINUTE }],
      [0, 50, 50.5, 51, 58.9]
    )
    expect({ asked, had }).toEqual({ asked: [0, 50, 51, 58.9], had: ['t1', 't1', 't1', 't1', 't4'] })
    await expect(keep([{ lastsMs: 60 * MINUTE }, no], [0, 59])).rejects.toThrow('no token for')
  })

  test('for an audience that nobody needs is renewed once before GitHub’s last word, and then let be', async () => {
    let now = 0
    const asked: string[] = []
    const getToken = (scope: string | string[]) => {
      asked.push(`${now / MINUTE} ${String(scope)}`)
      return Promise.resolve({ token: `${scope}-${now}`, expiresOnTimestamp: now + 60 * MINUTE })
    }
    const tokens = keepTokens({
      makeCredential: () => ({ getToken }),
      clock: { ...clock, now: () => now },
      who: { kind: 'default' },
      asksUntil: 65 * MINUTE
    })
    await Promise.all([tokens.get('a'), tokens.get('b')])
    for (now = 55 * MINUTE; now < 150 * MINUTE; now += MINUTE) await tokens.get('a')
    expect(asked.filter(line => line.endsWith('b'))).toEqual(['0 b', '55 b'])
  })
})
