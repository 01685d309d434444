/** GitHub's ID tokens: one request serves calls side by side, and what it said last is kept to explain a refusal. */
import type { RunError } from '../../model/failure.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Job } from './job.ts'
import { IdTokenError } from './github-id-token.ts'
import { type IdTokenFacts, factsOf } from './jwt.ts'
import { idTokenFailed } from './sign-in-error.ts'

/** MSAL asks for the assertion twice for each token. */
const ID_TOKEN_KEPT_MS = 10_000

type NoIdToken = {
  error: RunError
  /** Whether another try may better it, and how long GitHub asks to wait before. */
  mayPass: boolean
  retryAfterMs?: number | undefined
}

export type IdTokens = {
  /** A fresh one each time, but for a few seconds. @throws RunError `sign-in-failed` */
  get(): Promise<string>
  /** Why the last request failed, where it did: MSAL wraps it beyond recognition. */
  failure(): NoIdToken | undefined
  /** What the last one said. */
  facts(): IdTokenFacts | undefined
  /** Gives up the one that is kept. */
  drop(): void
}

type IdTokenDeps = { clock: Clock; job: Job; audience: string; getIdToken(audience: string): Promise<string> }

export function keepIdToken({ audience, clock, getIdToken, job }: IdTokenDeps): IdTokens {
  let kept: { until: number; token: Promise<string> } | undefined
  let failure: NoIdToken | undefined
  let facts: IdTokenFacts | undefined
  const ask = async (): Promise<string> => {
    failure = undefined
    try {
      const token = await getIdToken(audience)
      facts = factsOf(token)
      return token
    } catch (error) {
      kept = undefined
      failure = { error: idTokenFailed(error, job, clock.now()), mayPass: true }
      if (error instanceof IdTokenError)
        failure = { ...failure, mayPass: error.mayPass, retryAfterMs: error.retryAfterMs }
      if (!job.mayAskForIdTokens) failure.mayPass = false
      throw failure.error
    }
  }
  return {
    get: () => {
      if (kept === undefined || kept.until <= clock.now())
        kept = { until: clock.now() + ID_TOKEN_KEPT_MS, token: ask() }
      return kept.token
    },
    failure: () => failure,
    facts: () => facts,
    drop: () => void (kept = undefined)
  }
}
