/** Who signs in, and tokens that are asked for once, kept, and renewed before their end. */
import type { AccessToken, TokenCredential } from '@azure/core-auth'
import { isRestError, type HttpClient, type PipelineResponse } from '@azure/core-rest-pipeline'
import type { SignIn } from '../../model/spec.ts'
import type { Clock } from '../../shared/clock.ts'
import { messageOf } from '../../shared/text.ts'
import { endOf } from '../../shared/time-limit.ts'
import { utcSeconds } from '../../shared/utc.ts'
import type { Cloud } from '../cloud.ts'
import { type IdTokens, keepIdToken } from './id-token.ts'
import type { Tokens } from '../pipeline.ts'
import type { Job } from './job.ts'
import { QUIET_MS } from '../persevere.ts'
import type { ProxySettings } from '../proxy.ts'
import { type LoginAnswer, mayPass, signInFailed } from './sign-in-error.ts'
import { retryAfterMs } from '../retry-after.ts'

/** Time enough for Entra or GitHub to be away for a while. */
const RENEW_BEFORE_END_MS = 10 * 60_000
/** A token that could not be renewed serves on until then, and is tried again so often. */
const LAST_USE_BEFORE_END_MS = 60_000
const TRY_RENEWAL_EVERY_MS = 60_000
/** Waits before another try without any token. Once there has been one, hours of work hang on it. */
const WAITS_MS = [5_000, 15_000, 45_000, 60_000]
const FIRST_WAITS_MS = [2_000, 5_000, 15_000]

type SignInDeps = {
  cloud: Cloud
  signIn: SignIn
  clock: Clock
  httpClient: HttpClient
  job: Job
  getIdToken(audience: string): Promise<string>
  /** Hears of every token, so that it can be kept out of whatever is written. */
  hide(secret: string): void
  /** Takes a line about a wait of more than a minute. */
  say(line: string): void
  proxy?: ProxySettings | undefined
  /** The run's: a wait that outlasts it is none. */
  signal: AbortSignal
}

/** Loads @azure/identity only here. */
export async function signIn(deps: SignInDeps): Promise<Tokens> {
  const { ClientAssertionCredential, DefaultAzureCredential } = await import('@azure/identity')
  const { cloud, job, proxy, signIn: who } = deps
  const { httpClient, said } = watched(deps.httpClient, deps.clock)
  const options = {
    authorityHost: cloud.loginUrl,
    disableInstanceDiscovery: cloud.custom,
    httpClient,
    ...(proxy && { proxyOptions: proxy })
  }
  const keeping = { ...deps, who, said }
  if (who.kind === 'default') {
    const tenant = who.tenantId === undefined ? {} : { tenantId: who.tenantId }
    const credential = new DefaultAzureCredential({ ...options, ...tenant })
    return keepTokens({ ...keeping, makeCredential: () => credential })
  }
  const idTokens = keepIdToken({ ...deps, audience: who.audience })
  // Who is away is asked again here, and only here.
  const once = { ...options, retryOptions: { maxRetries: 0 } }
  return keepTokens({
    ...keeping,
    makeCredential: () => new ClientAssertionCredential(who.tenantId, who.clientId, idTokens.get, once),
    idTokens,
    ...(job.asksUntil === undefined ? {} : { asksUntil: job.asksUntil })
  })
}

/**
 * Tells how the last request to a login endpoint was answered: MSAL's errors don't. Its Retry-After is kept from the SDK's own
 * retries, which would obey it however long it is.
 */
function watched(inner: HttpClient, clock: Clock): { httpClient: HttpClient; said(): LoginAnswer | undefined } {
  let last: LoginAnswer | undefined
  return {
    said: () => last,
    httpClient: {
      sendRequest: async request => {
        const { host } = new URL(request.url)
        try {
          const response = await inner.sendRequest(request)
          const { status, headers } = response
          last = { host, status, retryAfterMs: retryAfterMs(headers, clock.now()), says: refusalIn(response) }
          for (const name of ['retry-after', 'retry-after-ms', 'x-ms-retry-after-ms']) headers.delete(name)
          return response
        } catch (error) {
          last = { host, code: isRestError(error) ? error.code : undefined }
          throw error
        }
      }
    }
  }
}

/** Entra's own sentence: "AADSTS90002: Tenant … not found." */
function refusalIn({ status, bodyAsText }: PipelineResponse): string | undefined {
  if (status < 400) return undefined
  const [said] = /AADSTS\d+:(?:[^"\\]|\\.)*/.exec(bodyAsText ?? '') ?? []
  return said?.replaceAll(/\\[rn]/g, '\n')
}

type KeepTokensDeps = {
  /** Credentials keep tokens of their own: only a new one is sure to ask again. */
  makeCredential(): TokenCredential
  clock: Clock
  who: SignIn
  idTokens?: IdTokens
  hide?(secret: string): void
  /** Takes a line about a wait of more than a minute. */
  say?(line: string): void
  /** The run's. */
  signal?: AbortSignal
  /** The last word of a login endpoint; undefined where none was asked. */
  said?(): LoginAnswer | undefined
  /** After this no new token can be had, in ms since the epoch: shortly before, all are renewed once more. */
  asksUntil?: number
}

type Kept = AccessToken & { renewAt: number }

/** Side-by-side calls share one request for a token; whoever needs a new one waits for it, never the background. */
export function keepTokens(deps: KeepTokensDeps): Tokens {
  const { clock } = deps
  const kept = new Map<string, Kept>()
  const asked = new Map<string, Promise<string>>()
  const ask = asker(deps)
  const renew = async (scope: string): Promise<string> => {
    const present = kept.get(scope)
    const usable = present !== undefined && clock.now() < present.expiresOnTimestamp - LAST_USE_BEFORE_END_MS
    try {
      const token = await ask(scope, { patient: !usable })
      kept.set(scope, { ...token, renewAt: renewalOf(token, deps) })
      return token.token
    } catch (error) {
      if (!usable) throw error
      kept.set(scope, { ...present, renewAt: clock.now() + TRY_RENEWAL_EVERY_MS })
      return present.token
    }
  }
  const get = async (scope: string): Promise<string> => {
    const present = kept.get(scope)
    if (present !== undefined && clock.now() < present.renewAt) return present.token
    const request = asked.get(scope) ?? renew(scope).finally(() => asked.delete(scope))
    asked.set(scope, request)
    return request
  }
  let calledLast = false
  /** The tokens of audiences that nobody needs just now too: later it is too late. */
  const callLast = (): void => {
    if (calledLast || clock.now() < lastCallOf(deps)) return
    calledLast = true
    for (const scope of kept.keys()) void get(scope).catch(() => undefined)
  }
  return {
    get: scope => {
      callLast()
      return get(scope)
    },
    drop: (scope, token) => {
      if (kept.get(scope)?.token === token) kept.delete(scope)
    }
  }
}

function lastCallOf({ asksUntil = Infinity }: KeepTokensDeps): number {
  return asksUntil - RENEW_BEFORE_END_MS
}

function renewalOf({ expiresOnTimestamp }: AccessToken, deps: KeepTokensDeps): number {
  const now = deps.clock.now()
  const renewAt = expiresOnTimestamp - Math.min(RENEW_BEFORE_END_MS, (expiresOnTimestamp - now) / 2)
  const lastCall = lastCallOf(deps)
  return now < lastCall ? Math.min(renewAt, lastCall) : renewAt
}

/** Asks, and asks again where that may help: at once for an ID token that came too late, later for whoever is away. */
function asker({ clock, hide, idTokens, makeCredential, said, say, signal, who }: KeepTokensDeps) {
  let current: { credential: TokenCredential; scopes: Set<string> } | undefined
  let hadOne = false
  const once = async (scope: string): Promise<AccessToken> => {
    if (current === undefined || current.scopes.has(scope)) {
      current = { credential: makeCredential(), scopes: new Set() }
    }
    current.scopes.add(scope)
    const token = await current.credential.getToken(scope)
    if (token === null) throw new Error('no token was given')
    hide?.(token.token)
    hadOne = true
    return token
  }
  return async (scope: string, { patient }: { patient: boolean }): Promise<AccessToken> => {
    const waits = !patient ? [] : hadOne ? WAITS_MS : FIRST_WAITS_MS
    for (let attempt = 0, late = false; ;) {
      try {
        return await once(scope)
      } catch (error) {
        const noIdToken = idTokens?.failure()
        if (!late && /AADSTS700024\b/.test(messageOf(error))) {
          late = true
          idTokens?.drop()
          continue
        }
        const answer = said?.()
        const isAway = mayPass(error, answer, hadOne || who.kind === 'github-oidc')
        const passes = noIdToken?.mayPass ?? isAway
        const facts = { scope, who, idToken: idTokens?.facts(), answer, isAway }
        const failure = noIdToken?.error ?? signInFailed(error, facts)
        const waitMs = waits[attempt++]
        if (waitMs === undefined || !passes) throw failure
        const asked = noIdToken === undefined ? answer?.retryAfterMs : noIdToken.retryAfterMs
        const longMs = Math.max(waitMs, asked ?? 0)
        const again = clock.now() + longMs
        if (again >= (endOf(signal) ?? Infinity)) throw failure
        if (longMs > QUIET_MS) say?.(`sign-in: ${failure.message}; tried again at ${utcSeconds(again)}`)
        await clock.sleep(longMs)
      }
    }
  }
}
