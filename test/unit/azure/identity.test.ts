/** What a job's tokens say, and what is advised about them. */
import { expect, test } from '@jest/globals'
import { registrationOf } from '../../../src/azure/sign-in/federated-credential.ts'
import { readJob } from '../../../src/azure/sign-in/job.ts'
import { claimsOf, factsOf } from '../../../src/azure/sign-in/jwt.ts'

const tokenOf = (claims: unknown): string =>
  `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`
const CLAIMS = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'api://AzureADTokenExchange',
  nbf: 100,
  exp: 400
}

test('an ID token tells its subject, issuer, audience and times', () => {
  expect(factsOf(tokenOf({ ...CLAIMS, sub: 'user:me' }))).toEqual({
    subject: 'user:me',
    issuer: CLAIMS.iss,
    audience: CLAIMS.aud,
    from: 100_000,
    until: 400_000
  })
  expect(factsOf(tokenOf({ sub: 'x', iat: 7 }))).toEqual({
    subject: 'x',
    issuer: '',
    audience: '',
    from: 7_000,
    until: 0
  })
})

test.each(['', 'no token', 'a.b.c', tokenOf('text'), tokenOf([1]), tokenOf({ aud: 'no subject' })])(
  'what is no ID token tells nothing: %s',
  token => expect(factsOf(token)).toBeUndefined()
)

test('what is no JSON Web Token has no claims', () => {
  expect(['', 'text', 'a.%%%.c', tokenOf(7)].map(claimsOf)).toEqual([undefined, undefined, undefined, undefined])
})

const IDS = { repository_owner_id: '12', repository_id: '34' }

test.each([
  ['repo:pixel/farm:ref:refs/heads/main', IDS, 'repo:pixel@12/farm@34:ref:refs/heads/main'],
  ['repo:pixel@12/farm@34:environment:prod', {}, 'repo:pixel/farm:environment:prod'],
  ['repo:pixel/farm:environment:a\nb', IDS, 'repo:pixel@12/farm@34:environment:a\nb'],
  ['repo:pixel/farm:ref:x', { repository_id: '34' }, undefined],
  ['repo:pixel/farm:ref:x', { repository_owner_id: '12' }, undefined],
  ['xrepo:pixel/farm:ref:x', IDS, undefined],
  ['repo:pixel/farm', IDS, undefined]
])('of the subject "%s", with %j, the other form is %s', (sub, ids, otherForm) => {
  expect(factsOf(tokenOf({ ...CLAIMS, ...ids, sub }))?.otherForm).toBe(otherForm)
})

const facts = (subject: string, otherForm?: string) => ({
  subject,
  issuer: 'https://i',
  audience: 'api://a',
  from: 0,
  until: 0,
  ...(otherForm === undefined ? {} : { otherForm })
})

test('how GitHub’s subject is registered is a line to be copied, whatever a branch is named', () => {
  const lines = registrationOf(facts("repo:pixel/farm:ref:refs/heads/it's"), 'c1')
  expect(lines).toEqual([
    `GitHub sent the subject "repo:pixel/farm:ref:refs/heads/it's", issuer "https://i", audience "api://a"`,
    `on an application: az ad app federated-credential create --id c1 --parameters '{"name":"github-repo-pixel-farm-ref-refs-heads-it-s","issuer":"https://i","subject":"repo:pixel/farm:ref:refs/heads/it'\\''s","audiences":["api://a"]}'`,
    `on a managed identity: az identity federated-credential create --resource-group GROUP --identity-name IDENTITY --name github-repo-pixel-farm-ref-refs-heads-it-s --issuer 'https://i' --subject 'repo:pixel/farm:ref:refs/heads/it'\\''s' --audiences 'api://a'`
  ])
})

test.each([
  ['repo:pixel@12/farm@34:x', 'repo:pixel/farm:x', 'this repository sends immutable subjects'],
  ['repo:pixel/farm:x', 'repo:pixel@12/farm@34:x', 'this repository sends subjects without the numbers']
])('a credential for the other form of %s is said not to match', (subject, otherForm, why) => {
  const [, line, ...more] = registrationOf(facts(subject, otherForm), 'c1')
  expect(line).toContain(`a credential that was made for "${otherForm}" does not match it: ${why}`)
  expect(more).toHaveLength(2)
})

test.each([
  [`repo:pixel@12/farm@34:ref:${'x'.repeat(200)}`, `github-repo-pixel-farm-ref-${'x'.repeat(93)}`],
  [`repo:pixel/farm:${'x'.repeat(96)}/y`, `github-repo-pixel-farm-${'x'.repeat(96)}`],
  ['repo:pixel/farm:ref:**', 'github-repo-pixel-farm-ref']
])('the name of a credential is one that Entra takes: of %s', (subject, name) => {
  const [, line = ''] = registrationOf(facts(subject), 'c1')
  expect(/"name":"([^"]*)"/.exec(line)?.[1]).toBe(name)
})

const PULL = {
  GITHUB_EVENT_NAME: 'pull_request_target',
  GITHUB_EVENT_PATH: '/event.json',
  GITHUB_REPOSITORY: 'pixel/farm'
}
const event = (head: unknown) => () => JSON.stringify({ pull_request: { head } })

test.each<[string, Record<string, string>, () => string, string | undefined]>([
  ['of a fork', PULL, event({ repo: { full_name: 'someone/farm' } }), 'someone/farm'],
  ['of the repository itself, in another casing', PULL, event({ repo: { full_name: 'Pixel/Farm' } }), undefined],
  ['of a fork that is gone', PULL, event({ repo: null, label: 'someone:patch' }), 'someone:patch'],
  ['that tells no head', PULL, event({}), undefined],
  ['that is no JSON', PULL, () => 'no JSON', undefined],
  ['that is a push', { ...PULL, GITHUB_EVENT_NAME: 'push' }, event({ repo: { full_name: 'someone/farm' } }), undefined],
  [
    'that only speaks of pull requests',
    { ...PULL, GITHUB_EVENT_NAME: 'not_a_pull_request' },
    event({ repo: { full_name: 'someone/farm' } }),
    undefined
  ],
  ['without a file', { ...PULL, GITHUB_EVENT_PATH: '' }, event({ repo: { full_name: 'someone/farm' } }), undefined]
])('the job knows the fork of an event %s', (_, env, readText, fork) => {
  expect(readJob(env, readText).fork).toBe(fork)
})

test('a job may ask for ID tokens where GitHub gives both address and token, until the token ends', () => {
  const both = { ACTIONS_ID_TOKEN_REQUEST_URL: 'u', ACTIONS_ID_TOKEN_REQUEST_TOKEN: tokenOf({ exp: 5 }) }
  const read = (env: Record<string, string>) => readJob(env, () => '')
  expect(read({ ...both, GITHUB_ACTIONS: 'true' })).toEqual({
    inGitHub: true,
    mayAskForIdTokens: true,
    asksUntil: 5_000
  })
  expect(read({ ...both, ACTIONS_ID_TOKEN_REQUEST_URL: '' }).mayAskForIdTokens).toBe(false)
  expect(read({ ...both, ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' })).toEqual({ inGitHub: false, mayAskForIdTokens: false })
})
