/**
 * Asks GitHub for the job's ID token. Not by @actions/core, whose client follows redirects, with the request token, to wherever
 * they lead, takes http, and tries ten times by itself.
 */
import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline'
import type { Json } from '../../model/json.ts'
import type { Clock } from '../../shared/clock.ts'
import { elapsedText } from '../../shared/elapsed.ts'
import { proxyOf } from '../proxy.ts'
import { textAt } from '../read/json.ts'
import { retryAfterMs } from '../retry-after.ts'

type IdTokenRequest = {
  env: Readonly<Record<string, string | undefined>>
  clock: Clock
  /** The SDK's own when absent. */
  httpClient?: HttpClient
}

/** No ID token. `status`: of GitHub's answer; undefined where there was none. */
export class IdTokenError extends Error {
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined
  /** Whether another try may better it. */
  readonly mayPass: boolean
  constructor(message: string, facts: { status?: number; retryAfterMs?: number | undefined; mayPass: boolean }) {
    super(message)
    this.name = 'IdTokenError'
    this.status = facts.status
    this.retryAfterMs = facts.retryAfterMs
    this.mayPass = facts.mayPass
  }
}

/** @throws IdTokenError */
export async function requestIdToken({ env, clock, httpClient }: IdTokenRequest, audience: string): Promise<string> {
  const [base, token] = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'].map(name => {
    const value = env[name]
    if (!value) throw new IdTokenError(`Unable to get ${name} env variable`, { mayPass: false })
    return value
  }) as [string, string]
  const url = `${base}&audience=${encodeURIComponent(audience)}`
  refuseOpen(url)
  // The SDK is loaded only now: bad inputs never wait for it.
  const { withPatience } = await import('../patience.ts')
  const { createDefaultHttpClient, createHttpHeaders, createPipelineFromOptions, createPipelineRequest, isRestError } =
    await import('@azure/core-rest-pipeline')
  const proxy = proxyOf(env)
  const options = { redirectOptions: { maxRetries: 0 }, retryOptions: { maxRetries: 0 } }
  const pipeline = createPipelineFromOptions({ ...options, ...(proxy && { proxyOptions: proxy }) })
  const headers = createHttpHeaders({ accept: 'application/json', authorization: `Bearer ${token}` })
  const request = createPipelineRequest({ url, headers, allowInsecureConnection: url.startsWith('http:') })
  try {
    const client = withPatience(httpClient ?? createDefaultHttpClient(), clock)
    return tokenOf(await pipeline.sendRequest(client, request), clock.now())
  } catch (error) {
    if (isRestError(error)) throw new IdTokenError(`no answer: ${error.message}`, { mayPass: true })
    throw error
  }
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The request token goes with it. On the machine itself nobody listens. */
function refuseOpen(url: string): void {
  const { protocol, hostname, host } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '', host: '' }
  if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))) return
  const message = `ACTIONS_ID_TOKEN_REQUEST_URL: "${protocol}//${host}" is not an https URL; the job’s token travels over https only`
  throw new IdTokenError(message, { mayPass: false })
}

function tokenOf({ status, headers, bodyAsText }: PipelineResponse, now: number): string {
  const body = parsed(bodyAsText ?? '')
  const token = textAt(body, 'value')
  if (status === 200 && token !== undefined && token !== '') return token
  const said = textAt(body, 'message') ?? (status === 200 ? 'an answer without a token' : '')
  const elsewhere = status >= 300 && status < 400 ? 'a redirect, which is not followed' : said
  const askedMs = retryAfterMs(headers, now)
  const asks = askedMs === undefined ? '' : `, and asks to wait ${elapsedText(askedMs)}`
  throw new IdTokenError(`GitHub answered ${status}${elsewhere === '' ? '' : `: ${elsewhere}`}${asks}`, {
    status,
    retryAfterMs: askedMs,
    // With a 200 the text broke off on the way.
    mayPass: status === 200 || status === 408 || status === 429 || status >= 500
  })
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
