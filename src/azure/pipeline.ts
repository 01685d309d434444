/** What every call to Azure passes through, on top of the SDK's own pipeline: token, host, throttling, log. */
import {
  type Pipeline,
  type PipelinePolicy,
  type PipelineRequest,
  bearerTokenAuthenticationPolicyName
} from '@azure/core-rest-pipeline'
import { RunError } from '../model/failure.ts'
import type { Clock } from '../shared/clock.ts'
import { persevere } from './persevere.ts'

export type Tokens = {
  /** A token with some time left. @throws RunError `sign-in-failed` */
  get(scope: string): Promise<string>
  /** Forgets a token that Azure has refused. */
  drop(scope: string, token: string): void
}

/** SDK options of every client. Redirects are no part of these services, and would carry the token elsewhere. */
export const CLIENT_OPTIONS = { redirectOptions: { maxRetries: 0 } }

const tries = new WeakMap<PipelineRequest, number>()

/** How often a request has gone out, retries included. */
export function triesOf(request: PipelineRequest): number {
  return tries.get(request) ?? 0
}

/** `path` of the URL: an ARM id, of a POST with the action behind it. */
export type Call = { method: string; path: string }

type PipelineDeps = {
  clock: Clock
  tokens: Tokens
  scope: string
  /** Whether the token may go there. */
  allows(url: URL): boolean
  debug(line: string): void
  /** When a request is sent again, and what of an absence is believed; one each for all clients. */
  perseverance: PipelinePolicy
  absence: PipelinePolicy
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
  persevere(pipeline, deps.perseverance)
  // Within the SDK's deserialization, which makes an error of a 404.
  pipeline.addPolicy(deps.absence, { phase: 'Retry', beforePolicies: [deps.perseverance.name] })
  pipeline.addPolicy(logExchange(deps), { afterPhase: 'Sign' })
  return client
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
  throw new RunError({
    reason: 'sign-in-failed',
    message: `${protocol}//${host}: not a host of this cloud; tokens are sent over https, and only to its own hosts`,
    wayOut: 'check cloud, and where the address comes from'
  })
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
