/** What every call to Azure passes through, on top of the SDK's own pipeline: token, host, throttling, log. */
import {
  RestError,
  type Pipeline,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  bearerTokenAuthenticationPolicyName
} from '@azure/core-rest-pipeline'
import { RunError } from '../model/failure.ts'
import type { Clock } from '../shared/clock.ts'
import type { Tokens } from './credential.ts'
import { retryAfterMs } from './retry-after.ts'

/** SDK options of every client. Redirects are no part of these services, and would carry the token elsewhere. */
export const CLIENT_OPTIONS = { retryOptions: { maxRetries: 5 }, redirectOptions: { maxRetries: 0 } }

/** Where Azure names no time. */
const THROTTLE_WAITS_MS = [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]
/** Compute's largest buckets fill up in half an hour, by small steps. */
const THROTTLED_AT_MOST_MS = 30 * 60_000
/** Between calls that wait at the same time. */
const APART_MS = 100

const tries = new WeakMap<PipelineRequest, number>()

/** How often a request has gone out, retries included. */
export function triesOf(request: PipelineRequest): number {
  return tries.get(request) ?? 0
}

/** `path` of the URL: an ARM id, of a POST with the action behind it. */
export type Call = { method: string; path: string }

export type PipelineDeps = {
  clock: Clock
  tokens: Tokens
  scope: string
  /** Whether the token may go there. */
  allows(url: URL): boolean
  debug(line: string): void
  /** Told of each call that creates, changes or deletes something, before it is sent; when it throws, nothing is sent. */
  ahead(call: Call): void
  /** A GUID that Azure writes into its activity log. */
  clientRequestId?: string | undefined
}

/** Puts our policies in the place of the SDK's bearer policy, which renews tokens in the background, unawaited. */
export function prepare<T extends { pipeline: Pipeline }>(client: T, deps: PipelineDeps): T {
  const { pipeline } = client
  pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName })
  pipeline.addPolicy(correlate(deps.clientRequestId))
  pipeline.addPolicy(announce(deps))
  pipeline.addPolicy(authorize(deps), { phase: 'Sign' })
  persevere(pipeline, deps.clock)
  pipeline.addPolicy(logExchange(deps), { afterPhase: 'Sign' })
  return client
}

/** What the SDK's own retries leave out: a 429 that names no time, and an answer that broke off on its way. */
export function persevere(pipeline: Pipeline, clock: Clock): void {
  pipeline.addPolicy(waitWhenThrottled(clock), { phase: 'Retry' })
  pipeline.addPolicy(refuseCutOff(), { afterPhase: 'Sign' })
}

function correlate(clientRequestId: string | undefined): PipelinePolicy {
  return {
    name: 'correlate',
    sendRequest: (request, next) => {
      if (clientRequestId !== undefined) request.headers.set('x-ms-correlation-request-id', clientRequestId)
      return next(request)
    }
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Outside of all retries: they are the same call. */
function announce({ ahead }: PipelineDeps): PipelinePolicy {
  return {
    name: 'announce',
    sendRequest: (request, next) => {
      const { method, url } = request
      if (!READS.has(method)) ahead({ method, path: decodeURIComponent(new URL(url).pathname) })
      return next(request)
    }
  }
}

/** Sets the token, only over https and only for hosts of the cloud; a refused one is replaced once. */
function authorize({ tokens, scope, allows }: PipelineDeps): PipelinePolicy {
  return {
    name: 'authorize',
    sendRequest: async (request, next) => {
      refuseForeign(request.url, allows)
      for (let last = false; ; last = true) {
        const token = await orAborted(tokens.get(scope), request.abortSignal as AbortSignal | undefined)
        request.headers.set('authorization', `Bearer ${token}`)
        const response = await next(request)
        if (response.status !== 401 || last) return response
        tokens.drop(scope, token)
      }
    }
  }
}

function refuseForeign(url: string, allows: PipelineDeps['allows']): void {
  const { protocol, host } = new URL(url)
  if (protocol === 'https:' && allows(new URL(url))) return
  throw new RunError(
    'sign-in-failed',
    `${protocol}//${host}: not a host of this cloud; tokens are sent over https, and only to its own hosts`,
    'check cloud, and where the address comes from'
  )
}

/** Work that can't be stopped is no longer waited for once the signal is aborted: rejects with its reason. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/**
 * The SDK counts tries: calls side by side that are told the same short time come back together, one of them is served, and
 * the others have used up a try. Here the time counts that Azure has asked for; where it asks for none, there are a few tries.
 */
function waitWhenThrottled(clock: Clock): PipelinePolicy {
  const firstAt = new WeakMap<PipelineRequest, number>()
  let waiting = 0
  return {
    name: 'waitWhenThrottled',
    sendRequest: async (request, next) => {
      for (let unasked = 0; ;) {
        const response = await next(request)
        if (response.status !== 429) return response
        const since = firstAt.get(request) ?? clock.now()
        firstAt.set(request, since)
        const asked = retryAfterMs(response.headers) ?? secondsInMessage(response)
        const waitMs = asked ?? THROTTLE_WAITS_MS[unasked++]
        if (waitMs === undefined || clock.now() + waitMs - since > THROTTLED_AT_MOST_MS) return response
        await clock.sleep(waitMs + waiting++ * APART_MS, request.abortSignal as AbortSignal | undefined).finally(() => {
          waiting -= 1
        })
      }
    }
  }
}

/** The gateway says it in words: "Please try again after '6' seconds." */
function secondsInMessage(response: PipelineResponse): number | undefined {
  const [, seconds] = /try again after '?(\d+)'? seconds/i.exec(response.bodyAsText ?? '') ?? []
  return seconds === undefined ? undefined : Number(seconds) * 1_000
}

/** JSON that breaks off says nothing: as if the connection had, and the SDK tries again. Only an error may be a proxy’s page. */
function refuseCutOff(): PipelinePolicy {
  return {
    name: 'refuseCutOff',
    sendRequest: async (request, next) => {
      const response = await next(request)
      const isJson = response.status < 300 || /json/i.test(response.headers.get('content-type') ?? '')
      if (!isJson || isWholeJson(response.bodyAsText)) return response
      throw new RestError('the answer is not whole JSON', { code: 'ECONNRESET', request })
    }
  }
}

function isWholeJson(text: string | null | undefined): boolean {
  if (text === undefined || text === null || text.trim() === '') return true
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''))
    return true
  } catch {
    return false
  }
}

function logExchange({ clock, debug }: PipelineDeps): PipelinePolicy {
  return {
    name: 'logExchange',
    sendRequest: async (request, next) => {
      tries.set(request, triesOf(request) + 1)
      const startedAt = clock.now()
      const log = (end: string) =>
        debug(`${request.method} ${loggable(request.url)}: ${end} in ${clock.now() - startedAt} ms`)
      try {
        const response = await next(request)
        log(String(response.status))
        return response
      } catch (error) {
        log((error as { code?: string }).code ?? (error as Error).name)
        throw error
      }
    }
  }
}

/** Without the query, which is signed on the URLs of operations, save its api-version. */
function loggable(url: string): string {
  const { host, pathname, searchParams } = new URL(url)
  const version = searchParams.get('api-version')
  return `${host}${pathname}${version === null ? '' : ` (${version})`}`
}
