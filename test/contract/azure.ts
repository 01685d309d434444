/** The gateway over answers that were recorded, or written by hand after them; the embedded Azure has no part in it. */
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline'
import { RestError, createHttpHeaders } from '@azure/core-rest-pipeline'
import { type ConnectDeps, connect } from '../../src/azure/connect.ts'
import type { Azure } from '../../src/azure/gateway.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { inVirtualTime } from '../support/virtual-time.ts'

export const START = Date.UTC(2026, 10, 23, 7)
export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001'
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/images-rg`
export const TENANT = '00000000-0000-0000-0000-0000000000aa'

export type ScriptedAnswer =
  { status: number; headers?: Record<string, string>; body?: unknown; text?: string } | { fails: string }
/** By method and path, or method and whole URL: the answers in their order. One that is asked for and missing fails the test. */
export type Script = Record<string, ScriptedAnswer[]>

export type Sent = { at: number; method: string; url: string; body: unknown; headers: Record<string, string> }

export function scripted(
  script: Script,
  now: () => number
): { httpClient: HttpClient; sent: Sent[]; left(): string[] } {
  const queues = new Map(Object.entries(script).map(([key, answers]) => [key.toLowerCase(), [...answers]]))
  const sent: Sent[] = []
  const sendRequest = async (request: PipelineRequest): Promise<PipelineResponse> => {
    const { host, pathname, search } = new URL(request.url)
    const body = typeof request.body === 'string' ? parse(request.body) : undefined
    sent.push({ at: now(), method: request.method, url: request.url, body, headers: request.headers.toJSON() })
    const keys = [
      `${request.method} ${request.url}`,
      `${request.method} ${pathname}${search}`,
      `${request.method} ${pathname}`
    ]
    const queue =
      keys.map(key => queues.get(key.toLowerCase())).find(found => found !== undefined) ??
      signInAnswers(new URL(request.url), now())
    const answer = queue.shift()
    if (answer === undefined)
      throw new Error(`no answer is scripted for ${request.method} https://${host}${pathname}${search}`)
    if ('fails' in answer) throw new RestError(answer.fails, { code: answer.fails, request })
    const bodyAsText = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
    return { request, status: answer.status, headers: createHttpHeaders(answer.headers ?? {}), bodyAsText }
  }
  return {
    httpClient: { sendRequest },
    sent,
    left: () => [...queues].filter(([, queue]) => queue.length > 0).map(([key]) => key)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What a login endpoint says when all is well; each token lasts an hour and is named for its time. */
function signInAnswers({ origin, pathname }: URL, now: number): ScriptedAnswer[] {
  const login = `${origin}/${TENANT}`
  if (pathname.endsWith('/.well-known/openid-configuration')) {
    const endpoints = {
      token_endpoint: `${login}/oauth2/v2.0/token`,
      authorization_endpoint: `${login}/authorize`,
      jwks_uri: `${login}/keys`
    }
    return [{ status: 200, body: { issuer: `${login}/v2.0`, ...endpoints } }]
  }
  if (pathname.endsWith('/oauth2/v2.0/token')) {
    return [
      {
        status: 200,
        body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: `token-${now}` }
      }
    ]
  }
  if (pathname === '/common/discovery/instance')
    return [
      {
        status: 200,
        body: { tenant_discovery_endpoint: `${login}/v2.0/.well-known/openid-configuration`, metadata: [] }
      }
    ]
  return []
}

export type Told = {
  azure: Azure
  clock: Clock
  sent: Sent[]
  abort: AbortController
  lines: string[]
  /** Of the log that everybody sees. */
  said: string[]
  idTokens: string[]
}

/** A connection as a run makes it. */
export function connectOver(
  deps: Pick<ConnectDeps, 'clock' | 'httpClient' | 'signal'> & Partial<ConnectDeps>
): Promise<Azure> {
  return connect({
    cloud: { kind: 'named', name: 'AzureCloud' },
    signIn: { kind: 'github-oidc', clientId: 'client', tenantId: TENANT, audience: 'api://AzureADTokenExchange' },
    getIdToken: async () => 'id-token',
    pollIntervalMs: 30_000,
    userAgent: 'batch-image-rollout/test',
    debug: () => undefined,
    say: () => undefined,
    random: () => 0.5,
    ...deps
  })
}

/** Connects in virtual time and tells the story; every scripted answer must have been asked for. */
export async function withAzure<T>(
  script: Script,
  story: (told: Told) => Promise<T>,
  deps: Partial<ConnectDeps> = {}
): Promise<T> {
  return inVirtualTime(START, async clock => {
    const { httpClient, sent, left } = scripted(script, () => clock.now())
    const [abort, lines, said, idTokens] = [new AbortController(), [] as string[], [] as string[], [] as string[]]
    const azure = await connectOver({
      clock,
      httpClient,
      getIdToken: async audience => idTokens[idTokens.push(`${audience} ${clock.now()}`) - 1] ?? '',
      debug: line => lines.push(line),
      say: line => said.push(line),
      signal: abort.signal,
      ...deps
    })
    const result = await story({ azure, clock, sent, abort, lines, said, idTokens })
    if (left().length > 0) throw new Error(`never asked for: ${left().join(', ')}`)
    return result
  })
}

/** Requests for an access token. */
export function tokenCalls(sent: Sent[]): Sent[] {
  return sent.filter(({ url }) => new URL(url).pathname.endsWith('/oauth2/v2.0/token'))
}

/** Requests to Resource Manager and Batch, without sign-in. */
export function calls(sent: Sent[]): Sent[] {
  return sent.filter(({ url }) => !url.includes('login.') && !url.includes('/metadata/'))
}
