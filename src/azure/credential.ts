/** Who signs in, and tokens that are asked for once, kept, and renewed before their end. */
import type { AccessToken, TokenCredential } from '@azure/core-auth'
import type { HttpClient } from '@azure/core-rest-pipeline'
import type { SignIn } from '../model/spec.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cloud } from './cloud.ts'
import { idTokenFailed, signInFailed } from './sign-in-error.ts'

/** MSAL holds a token for ended 5 minutes before its end: asked later than that, it gets a new one and awaits it. */
const RENEW_BEFORE_END_MS = 4 * 60_000
/** MSAL asks for the assertion twice for each token. */
const ID_TOKEN_KEPT_MS = 10_000

export type Tokens = {
  /** A token with some minutes left. @throws RunError `sign-in-failed` */
  get(scope: string): Promise<string>
  /** Forgets a token that Azure has refused. */
  drop(scope: string, token: string): void
}

export type SignInDeps = {
  cloud: Cloud
  signIn: SignIn
  clock: Clock
  httpClient: HttpClient
  getIdToken(audience: string): Promise<string>
}

/** Loads @azure/identity only here. */
export async function signIn(deps: SignInDeps): Promise<Tokens> {
  const { ClientAssertionCredential, DefaultAzureCredential } = await import('@azure/identity')
  const { cloud, httpClient, signIn: who } = deps
  const options = { authorityHost: cloud.loginUrl, disableInstanceDiscovery: cloud.custom, httpClient }
  if (who.kind === 'default') {
    const credential = new DefaultAzureCredential({
      ...options,
      ...(who.tenantId === undefined ? {} : { tenantId: who.tenantId })
    })
    return keepTokens(credential, { clock: deps.clock, who })
  }
  const assertion = keepIdToken(deps, who.audience)
  const credential = new ClientAssertionCredential(who.tenantId, who.clientId, assertion.get, options)
  return keepTokens(credential, { clock: deps.clock, who, cause: assertion.failure })
}

/** A fresh ID token each time, kept for a few seconds; its failure is kept too, since MSAL wraps it beyond recognition. */
function keepIdToken({ clock, getIdToken }: SignInDeps, audience: string) {
  let kept: { until: number; token: Promise<string> } | undefined
  let failure: Error | undefined
  const ask = async () => {
    failure = undefined
    try {
      return await getIdToken(audience)
    } catch (error) {
      kept = undefined
      throw (failure = idTokenFailed(error))
    }
  }
  return {
    get: () => {
      if (kept === undefined || kept.until <= clock.now())
        kept = { until: clock.now() + ID_TOKEN_KEPT_MS, token: ask() }
      return kept.token
    },
    failure: () => failure
  }
}

/** Side-by-side calls share one request for a token; whoever needs a new one waits for it, never the background. */
export function keepTokens(
  credential: TokenCredential,
  { clock, who, cause }: { clock: Clock; who: SignIn; cause?: () => Error | undefined }
): Tokens {
  const kept = new Map<string, AccessToken & { renewAt: number }>()
  const asked = new Map<string, Promise<string>>()
  const ask = async (scope: string) => {
    try {
      const token = await credential.getToken(scope)
      if (token === null) throw new Error('no token was given')
      const leftMs = token.expiresOnTimestamp - clock.now()
      kept.set(scope, { ...token, renewAt: token.expiresOnTimestamp - Math.min(RENEW_BEFORE_END_MS, leftMs / 2) })
      return token.token
    } catch (error) {
      throw cause?.() ?? signInFailed(error, { scope, who })
    }
  }
  return {
    get: async scope => {
      const present = kept.get(scope)
      if (present !== undefined && clock.now() < present.renewAt) return present.token
      const request = asked.get(scope) ?? ask(scope).finally(() => asked.delete(scope))
      asked.set(scope, request)
      return request
    },
    drop: (scope, token) => {
      if (kept.get(scope)?.token === token) kept.delete(scope)
    }
  }
}
