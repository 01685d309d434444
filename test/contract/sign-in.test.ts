import { describe, expect, test } from '@jest/globals'
import { IdTokenError } from '../../src/azure/sign-in/github-id-token.ts'
import type { SnapshotId } from '../../src/model/arm-id.ts'
import { abortAfter } from '../../src/shared/time-limit.ts'
import { inVirtualTime } from '../support/virtual-time.ts'
import {
  GROUP,
  START,
  type Script,
  type ScriptedAnswer,
  TENANT,
  calls,
  connectOver,
  scripted,
  tokenCalls,
  withAzure
} from './azure.ts'

const SNAPSHOT = `${GROUP}/providers/Microsoft.Compute/snapshots/os` as SnapshotId
const HOUR = 3_600_000
const tokenAnswer = { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: 'token-0' } }
const TOKEN = `POST /${TENANT}/oauth2/v2.0/token`
const there = {
  status: 200,
  body: { id: SNAPSHOT, location: 'westus3', properties: { provisioningState: 'Succeeded' } }
}
const reads = (count: number): Script => ({ [`GET ${SNAPSHOT}`]: Array<ScriptedAnswer>(count).fill(there) })

describe('tokens', () => {
  test('calls side by side share one request for a token; it is kept for all that follow', async () => {
    const images = { 'GET /supportedimages': Array<ScriptedAnswer>(20).fill({ status: 200, body: { value: [] } }) }
    await withAzure({ ...reads(20), ...images }, async ({ azure, sent }) => {
      const service = azure.batchService('a.westus3.batch.azure.com')
      const both = () => [azure.compute.getSnapshot(SNAPSHOT), service.listSupportedImages()]
      await Promise.all(Array.from({ length: 20 }, both).flat())
      expect(tokenCalls(sent)).toHaveLength(2)
    })
  })

  test('over hours no call is made with a token that has ended, and each new one has an ID token of its own', async () => {
    await withAzure(reads(72), async ({ azure, clock, sent, idTokens }) => {
      for (let call = 0; call < 72; call++) {
        await azure.compute.getSnapshot(SNAPSHOT)
        await clock.sleep(HOUR / 12)
      }
      const ages = calls(sent).map(
        ({ at, headers }) => at - Number(headers['authorization']?.replace('Bearer token-', ''))
      )
      expect(Math.max(...ages)).toBeLessThan(HOUR)
      expect(tokenCalls(sent)).toHaveLength(idTokens.length)
      expect(idTokens.length).toBeLessThanOrEqual(8)
    })
  })

  test('a token that Azure refuses is replaced once, by one that was not had before', async () => {
    await withAzure(
      { [`GET ${SNAPSHOT}`]: [{ status: 401 }, there, { status: 401 }, { status: 401 }] },
      async ({ azure, clock, sent }) => {
        await clock.sleep(1_000)
        expect(await azure.compute.getSnapshot(SNAPSHOT)).toBeDefined()
        const [first, second] = calls(sent).map(({ headers }) => headers['authorization'])
        expect([tokenCalls(sent).length, first === second]).toEqual([2, false])
        await expect(azure.compute.getSnapshot(SNAPSHOT)).rejects.toMatchObject({ status: 401 })
      }
    )
  })

  test('shortly before GitHub gives no more ID tokens, a token that is good for longer is renewed all the same', async () => {
    const MINUTE = 60_000
    const askedAt = (asksUntil?: number) =>
      withAzure(
        reads(40),
        async ({ azure, clock, sent }) => {
          for (let call = 0; call < 40; call++) {
            await azure.compute.getSnapshot(SNAPSHOT)
            await clock.sleep(MINUTE)
          }
          return tokenCalls(sent).map(({ at }) => (at - START) / MINUTE)
        },
        { job: { inGitHub: true, mayAskForIdTokens: true, ...(asksUntil === undefined ? {} : { asksUntil }) } }
      )
    expect(await askedAt(START + 40 * MINUTE)).toEqual([0, 30])
    expect(await askedAt()).toEqual([0])
  })

  test('Batch has a token of its own, for its own audience', async () => {
    await withAzure({ 'GET /supportedimages': [{ status: 200, body: { value: [] } }] }, async ({ azure, sent }) => {
      await azure.batchService('a.westus3.batch.azure.com').listSupportedImages()
      const scopes = tokenCalls(sent).map(({ body }) => new URLSearchParams(String(body)).get('scope'))
      expect(scopes.map(scope => scope?.split(' ')[0])).toEqual([
        'https://management.azure.com/.default',
        'https://batch.core.windows.net//.default'
      ])
    })
  })
})

describe('a sign-in that fails says what helps', () => {
  const refused = (code: string) => ({
    status: 400,
    body: { error: 'invalid_request', error_description: `${code}: no.\r\nTrace ID: 1` }
  })
  test.each([
    ['AADSTS700016', 'check client-id and tenant-id'],
    ['AADSTS90002', 'check tenant-id'],
    ['AADSTS700024', "check the runner's clock"],
    ['AADSTS500011', 'register the resource provider Microsoft.Batch'],
    ['AADSTS53003', 'a conditional access policy'],
    ['AADSTS700213', 'register the subject that GitHub sent'],
    ['AADSTS7002138', 'upper and lower case only'],
    ['AADSTS999999', 'check client-id, tenant-id and the federated credential']
  ])('%s', async (code, wayOut) => {
    const told = withAzure({ [TOKEN]: Array<ScriptedAnswer>(2).fill(refused(code)) }, async () => undefined)
    const message = expect.stringMatching(
      new RegExp(`no token for https://management.azure.com as client "client".*${code}`)
    )
    await expect(told).rejects.toMatchObject({
      reason: 'sign-in-failed',
      message,
      wayOut: expect.stringContaining(wayOut)
    })
    await expect(told).rejects.not.toMatchObject({ message: expect.stringContaining('Trace ID') })
  })

  test('no ID token: the permission, at once', async () => {
    const asked: string[] = []
    const getIdToken = (audience: string) => {
      asked.push(audience)
      return Promise.reject(new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable'))
    }
    const job = { inGitHub: true, mayAskForIdTokens: false }
    const told = withAzure({}, async () => undefined, { getIdToken, job })
    const wayOut = expect.stringContaining('"id-token: write"')
    await expect(told).rejects.toMatchObject({
      reason: 'sign-in-failed',
      wayOut,
      message: expect.stringContaining('ACTIONS_ID_TOKEN')
    })
    expect(asked).toHaveLength(1)
  })

  test('a tenant that a login endpoint of one’s own doesn’t know is told in its words, though only looked up', async () => {
    const metadata = {
      authentication: { loginEndpoint: 'https://login.azure.test', audiences: ['https://management.azure.test'] },
      batch: 'https://batch.azure.test'
    }
    const script = {
      'GET /metadata/endpoints': [{ status: 200, body: metadata }],
      [`GET /${TENANT}/v2.0/.well-known/openid-configuration`]: [refused('AADSTS90002')]
    }
    const cloud = { kind: 'resource-manager', url: 'https://management.azure.test' } as const
    await expect(withAzure(script, async () => undefined, { cloud })).rejects.toMatchObject({
      reason: 'sign-in-failed',
      message: expect.stringContaining('AADSTS90002: no.'),
      wayOut: expect.stringContaining('check tenant-id, and that the cloud')
    })
  })

  test.each<[string, ScriptedAnswer, string]>([
    [
      '502 with a page, as of a proxy',
      { status: 502, text: '<html>Bad Gateway</html>' },
      'login.microsoftonline.com answered 502'
    ],
    ['503', { status: 503 }, 'login.microsoftonline.com answered 503'],
    ['nothing', { fails: 'ECONNREFUSED' }, 'login.microsoftonline.com doesn’t answer (ECONNREFUSED)']
  ])('a way to Entra that ends in %s is no refusal', async (_, answer, says) => {
    const told = withAzure({ [TOKEN]: Array<ScriptedAnswer>(4).fill(answer) }, async () => undefined)
    await expect(told).rejects.toMatchObject({
      reason: 'azure-unreachable',
      message: expect.stringContaining(says),
      wayOut: expect.stringContaining('proxy, firewall, DNS')
    })
  })

  test('a wait of Entra’s that outlasts the run ends it at once, with what was asked', async () => {
    const told = inVirtualTime(START, async clock => {
      const over = new AbortController()
      const signal = abortAfter(clock, 5 * HOUR, { reason: new Error('deadline'), over: over.signal })
      const answers: ScriptedAnswer[] = [{ status: 429, headers: { 'retry-after': '86400' } }]
      const { httpClient } = scripted({ [TOKEN]: answers }, () => clock.now())
      return connectOver({ clock, httpClient, signal }).finally(() => over.abort())
    })
    await expect(told).rejects.toMatchObject({
      reason: 'throttled',
      message: expect.stringContaining('too many requests (429), and asks to wait 24h 00m')
    })
  })

  test('a wait of Entra’s of minutes is said', async () => {
    const script = { [TOKEN]: [{ status: 503, headers: { 'retry-after': '600' } }, tokenAnswer] }
    await withAzure(script, async ({ said }) => {
      expect(said).toEqual([expect.stringMatching(/^sign-in: no token .* tried again at 2026-11-23 07:10:00 UTC$/)])
    })
  })
})

describe('where tokens go', () => {
  test.each([
    ['renders.westus3.batch.azure.com', true],
    ['renders.westus3.batch.azure.com.evil.example', false],
    ['batch.azure.com', false],
    ['evilbatch.azure.com', false],
    ['evil.example/x.batch.azure.com', false],
    ['user@x.batch.azure.com', false],
    ['management.azure.com', false]
  ])('Batch endpoint "%s" is taken: %s', async (endpoint, taken) => {
    await withAzure({}, async ({ azure }) => {
      const open = () => azure.batchService(endpoint)
      if (taken) expect(open()).toBeDefined()
      else expect(open).toThrow(/is not a Batch host of AzureCloud/)
    })
  })

  test.each([
    ['another host', 'https://evil.example/poll'],
    ['a host that ends alike', 'https://evilmanagement.azure.com/poll'],
    ['a host below it', 'https://evil.management.azure.com/poll'],
    ['a host that begins alike', 'https://management.azure.com.evil.example/poll'],
    ['another host of the cloud', 'https://vault.azure.com/poll'],
    ['http', 'http://management.azure.com/poll']
  ])('an operation that is to be polled at %s gets no token', async (_, url) => {
    const script = { [`PUT ${SNAPSHOT}`]: [{ status: 202, headers: { 'azure-asyncoperation': url } }] }
    await withAzure(script, async ({ azure, sent }) => {
      await expect(azure.compute.createSnapshot(SNAPSHOT, {})).rejects.toMatchObject({ reason: 'sign-in-failed' })
      expect(calls(sent)).toHaveLength(1)
    })
  })

  test('a redirect is not followed', async () => {
    await withAzure(
      { [`GET ${SNAPSHOT}`]: [{ status: 307, headers: { location: 'https://management.azure.com/elsewhere' } }] },
      async ({ azure, sent }) => {
        await expect(azure.compute.getSnapshot(SNAPSHOT)).rejects.toMatchObject({ status: 307 })
        expect(calls(sent)).toHaveLength(1)
      }
    )
  })
})

describe('a Resource Manager by its URL', () => {
  const URL_CLOUD = { cloud: { kind: 'resource-manager', url: 'https://management.azure.test:4443/' } as const }
  const metadata = {
    name: 'Test',
    authentication: { loginEndpoint: 'https://login.azure.test:4443/', audiences: ['https://management.azure.test/'] },
    batch: 'https://batch.azure.test/'
  }
  const asked = 'GET https://management.azure.test:4443/metadata/endpoints?api-version=2022-09-01'

  test('tells its login endpoint and audiences', async () => {
    await withAzure(
      {
        [asked]: [{ status: 503 }, { status: 200, body: metadata }],
        ...reads(1),
        'GET /supportedimages': [{ status: 200, body: { value: [] } }]
      },
      async ({ azure, sent }) => {
        await azure.compute.getSnapshot(SNAPSHOT)
        await azure.batchService('renders.batch.azure.test:4443').listSupportedImages()
        expect(calls(sent).map(({ url }) => new URL(url).host)).toEqual([
          'management.azure.test:4443',
          'renders.batch.azure.test:4443'
        ])
        expect(() => azure.batchService('renders.westus3.batch.azure.com')).toThrow('not a Batch host of Test')
        expect(tokenCalls(sent).map(({ url }) => new URL(url).host)).toEqual(Array(2).fill('login.azure.test:4443'))
      },
      URL_CLOUD
    )
  })

  test.each([
    ['metadata without a login endpoint', { ...metadata, authentication: { audiences: ['x'] } }],
    ['metadata without Batch', { ...metadata, batch: undefined }],
    [
      'a login endpoint over http',
      { ...metadata, authentication: { ...metadata.authentication, loginEndpoint: 'http://login.azure.test' } }
    ],
    ['a list of other clouds', [{ ...metadata, resourceManager: 'https://management.other.test' }]]
  ])('%s: refused before any token', async (_, body) => {
    const told = withAzure({ [asked]: [{ status: 200, body }] }, async () => undefined, URL_CLOUD)
    await expect(told).rejects.toMatchObject({
      reason: 'sign-in-failed',
      message: expect.stringContaining('management.azure.test')
    })
  })

  test('http is refused', async () => {
    const told = withAzure({}, async () => undefined, {
      cloud: { kind: 'resource-manager', url: 'http://localhost:1' }
    })
    await expect(told).rejects.toMatchObject({
      message: expect.stringContaining('"http://localhost:1" is not an https URL')
    })
  })

  test('the URL of a cloud of Microsoft’s is that cloud', async () => {
    await withAzure(
      {},
      async ({ azure }) => {
        expect(azure.batchService('a.westus3.batch.azure.com')).toBeDefined()
        expect(() => azure.batchService('a.azure.com')).toThrow('not a Batch host of AzureCloud')
      },
      { cloud: { kind: 'resource-manager', url: 'https://management.azure.com/' } }
    )
  })
})

test('a job of which nothing is told is one of GitHub’s that may ask, and is asked for again', async () => {
  let asked = 0
  const getIdToken = () =>
    asked++ === 0
      ? Promise.reject(new IdTokenError('GitHub answered 503', { status: 503, mayPass: true }))
      : Promise.resolve('id-token')
  await expect(withAzure({}, async () => 'connected', { getIdToken })).resolves.toBe('connected')
  expect(asked).toBeGreaterThan(1)
  const refused = () => Promise.reject(new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable'))
  await expect(withAzure({}, async () => undefined, { getIdToken: refused })).rejects.toMatchObject({
    wayOut: expect.stringContaining('in a reusable workflow the calling job too')
  })
})
