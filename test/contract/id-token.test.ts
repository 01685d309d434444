import { createHttpHeaders, type HttpClient, RestError } from '@azure/core-rest-pipeline'
import { expect, test } from '@jest/globals'
import { IdTokenError, requestIdToken } from '../../src/azure/sign-in/github-id-token.ts'
import { inVirtualTime } from '../support/virtual-time.ts'

const URL_OF_GITHUB = 'https://run.actions.example/idtoken?api-version=2.0'
const ENV = { ACTIONS_ID_TOKEN_REQUEST_URL: URL_OF_GITHUB, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token' }

type Reply = { status: number; headers?: Record<string, string>; text?: string } | 'silence' | RestError

/** What was asked, and what came of it. */
function ask(reply: Reply, env: Record<string, string> = ENV) {
  const sent: { url: string; authorization: string | undefined; open: boolean | undefined }[] = []
  const httpClient: HttpClient = {
    sendRequest: async request => {
      const { allowInsecureConnection: open, headers, url } = request
      sent.push({ url, authorization: headers.get('authorization'), open })
      if (reply instanceof RestError) throw reply
      if (reply === 'silence') {
        return new Promise((_, reject) =>
          request.abortSignal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
        )
      }
      return { request, status: reply.status, headers: createHttpHeaders(reply.headers), bodyAsText: reply.text ?? '' }
    }
  }
  return inVirtualTime(0, async clock => {
    const token = await requestIdToken({ env, clock, httpClient }, 'api://x y').catch((error: IdTokenError) => error)
    return { token, sent, tookMs: clock.now() }
  })
}

test('an ID token is asked for as the runner says, for the audience', async () => {
  const { token, sent } = await ask({ status: 200, text: '{"value":"it"}' })
  expect(token).toBe('it')
  expect(sent).toEqual([
    { url: `${URL_OF_GITHUB}&audience=api%3A%2F%2Fx%20y`, authorization: 'Bearer request-token', open: false }
  ])
})

test.each(['https://evil.example', `${URL_OF_GITHUB}&again`])(
  'a redirect to %s is not followed, and the job’s token not shown there',
  async location => {
    const { token, sent } = await ask({ status: 302, headers: { location } })
    expect(token).toMatchObject({ mayPass: false, message: 'GitHub answered 302: a redirect, which is not followed' })
    expect(sent).toHaveLength(1)
  }
)

test.each([
  ['http://run.actions.example/idtoken?x', 0],
  ['ftp://run.actions.example/idtoken?x', 0],
  ['ftp://localhost/idtoken?x', 0],
  ['nonsense', 0],
  ['http://localhost.evil.example/idtoken?x', 0],
  ['http://localhost:8080/idtoken?x', 1],
  ['http://127.0.0.1:8080/idtoken?x', 1],
  ['https://run.actions.example/idtoken?x', 1]
])('at %s it is asked for %d times: over https, or on the machine itself', async (url, times) => {
  const { token, sent } = await ask(
    { status: 200, text: '{"value":"it"}' },
    { ...ENV, ACTIONS_ID_TOKEN_REQUEST_URL: url }
  )
  expect(sent).toHaveLength(times)
  if (times === 0) expect(token).toMatchObject({ name: 'IdTokenError', mayPass: false })
})

test.each<[string, Reply, object]>([
  [
    'a refusal, with GitHub’s reason',
    { status: 403, text: '{"message":"no"}' },
    { status: 403, mayPass: false, message: 'GitHub answered 403: no' }
  ],
  [
    'a page of a proxy',
    { status: 502, text: '<html>' },
    { status: 502, mayPass: true, message: 'GitHub answered 502' }
  ],
  [
    'too many requests',
    { status: 429, headers: { 'retry-after': '17' } },
    { mayPass: true, retryAfterMs: 17_000, message: 'GitHub answered 429, and asks to wait 17s' }
  ],
  ['half of the JSON', { status: 200, text: '{"val' }, { mayPass: true }],
  ['no token', { status: 200, text: '{}' }, { message: 'GitHub answered 200: an answer without a token' }],
  [
    'an empty token',
    { status: 200, text: '{"value":""}' },
    { message: 'GitHub answered 200: an answer without a token' }
  ],
  ['a request that took too long', { status: 408 }, { mayPass: true }],
  ['a server that fails', { status: 500 }, { mayPass: true }],
  ['what isn’t there', { status: 404 }, { mayPass: false }],
  ['a choice of places', { status: 300 }, { message: 'GitHub answered 300: a redirect, which is not followed' }],
  [
    'a broken connection',
    new RestError('read ECONNRESET', { code: 'ECONNRESET' }),
    { mayPass: true, status: undefined }
  ]
])('%s is told as it is, and asked for once', async (_, reply, facts) => {
  const { token, sent } = await ask(reply)
  expect(token).toBeInstanceOf(IdTokenError)
  expect(token).toMatchObject(facts)
  expect(sent).toHaveLength(1)
})

test('what is never answered ends after two minutes', async () => {
  const { token, tookMs } = await ask('silence')
  expect([tookMs, token]).toEqual([120_000, expect.objectContaining({ mayPass: true })])
})
