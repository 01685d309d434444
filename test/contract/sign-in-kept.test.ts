import { AggregateAuthenticationError, AuthenticationError, CredentialUnavailableError } from '@azure/identity'
import { expect, test } from '@jest/globals'
import { keepTokens } from '../../src/azure/credential.ts'

const clock = { now: () => 0, sleep: () => Promise.resolve() }
const SCOPE = 'https://management.azure.com/.default'

function refusedWith(error: Error): Promise<string> {
  const makeCredential = () => ({ getToken: () => Promise.reject(error) })
  return keepTokens({ makeCredential, clock, who: { kind: 'default' }, status: () => 400 }).get(SCOPE)
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
