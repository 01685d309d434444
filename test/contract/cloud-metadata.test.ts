import { expect, test } from '@jest/globals'
import { START, type ScriptedAnswer, calls, withAzure } from './azure.ts'

const BASE = 'https://management.azure.test'
const METADATA = {
  name: 'Test',
  authentication: { loginEndpoint: 'https://login.azure.test//', audiences: [`${BASE}/`] },
  batch: 'https://batch.azure.test/'
}
const asked = `GET ${BASE}/metadata/endpoints?api-version=2022-09-01`

/** A connection to a Resource Manager by its URL whose metadata is answered so. */
function connectBy(answers: ScriptedAnswer[], url = BASE, signal?: AbortSignal) {
  return withAzure({ [asked]: answers }, async ({ sent, clock }) => ({ sent, tookMs: clock.now() - START }), {
    cloud: { kind: 'resource-manager', url },
    ...(signal && { signal })
  })
}

const times = (count: number, answer: ScriptedAnswer): ScriptedAnswer[] => Array.from({ length: count }, () => answer)

test('metadata is asked for as JSON and without a token, whatever slashes end the URL', async () => {
  const { sent } = await connectBy([{ status: 200, body: METADATA }], `${BASE}//`)
  const [first] = sent
  expect(first?.headers).toMatchObject({ accept: 'application/json' })
  expect(first?.headers).not.toHaveProperty('authorization')
  expect(sent.filter(({ url }) => url.startsWith('https://login.azure.test/')).length).toBeGreaterThan(0)
  expect(sent.some(({ url }) => url.includes('azure.test//'))).toBe(false)
  expect(calls(sent)).toEqual([])
})

test.each<[string, ScriptedAnswer]>([
  ['500', { status: 500 }],
  ['408', { status: 408 }],
  ['502 with a page of a proxy', { status: 502, text: '<html>' }],
  ['501, which no repetition betters', { status: 501 }],
  ['no connection', { fails: 'ECONNREFUSED' }]
])('%s is a cloud that can’t be reached', async (_, answer) => {
  const count = 'status' in answer && answer.status === 501 ? 1 : 5
  await expect(connectBy(times(count, answer))).rejects.toMatchObject({
    reason: 'azure-unreachable',
    message: expect.stringMatching(
      /^cloud: "https:\/\/management\.azure\.test\/metadata\/endpoints.*" can't be read: /
    ),
    wayOut: expect.stringContaining('NODE_EXTRA_CA_CERTS')
  })
})

test('how long it was tried is said', async () => {
  await expect(connectBy(times(5, { status: 503 }))).rejects.toThrow(
    /can't be read: answered 503; so for 15s, in 5 tries$/
  )
})

test('what is answered at once with another status is told bare', async () => {
  await expect(connectBy([{ status: 404 }])).rejects.toMatchObject({
    reason: 'sign-in-failed',
    message: expect.stringMatching(/can't be read: answered 404$/)
  })
})

test('a cloud that has too many requests is no address to be corrected', async () => {
  const failed = connectBy(times(2, { status: 429, headers: { 'retry-after': '7200' } }))
  await expect(failed).rejects.toMatchObject({ reason: 'throttled', wayOut: 'run again later with the same inputs' })
})

test('an answer with another success than 200 is no metadata', async () => {
  await expect(connectBy([{ status: 203, body: METADATA }])).rejects.toMatchObject({ reason: 'sign-in-failed' })
})

test('an abort is thrown as it is', async () => {
  const aborted = AbortSignal.abort(new Error('deadline'))
  await expect(connectBy([], BASE, aborted)).rejects.toThrow(/^deadline$/)
})
