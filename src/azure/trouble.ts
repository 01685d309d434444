/** What of an answer, or of its absence, another try may better. */
import type { PipelineResponse, RestError } from '@azure/core-rest-pipeline'
import { retryAfterMs } from './retry-after.ts'

export type TroubleKind = 'throttled' | 'failing'

export type Trouble = {
  kind: TroubleKind
  /** `503`, `ECONNRESET`. */
  answered: string
  /** How long Azure asks to wait, in ms; undefined where it doesn't say. */
  askedMs?: number | undefined
  /** The limits that are used up, as the headers name them. */
  limits: string[]
}

/**
 * Codes of Node's sockets and resolver, and the SDK's for a body that broke off (`PARSE_ERROR`) and for an error without a code, as
 * of a proxy that hangs up. A certificate that nobody trusts is no better the next time.
 */
const NO_ANSWER: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'PARSE_ERROR',
  'REQUEST_SEND_ERROR'
])

export function troubleOf(
  outcome: { response: PipelineResponse } | { error: RestError },
  now: number
): Trouble | undefined {
  const response = 'error' in outcome ? outcome.error.response : outcome.response
  if (response === undefined) {
    const code = 'error' in outcome ? (outcome.error.code ?? '') : ''
    return NO_ANSWER.has(code) ? { kind: 'failing', answered: code, limits: [] } : undefined
  }
  const { status, headers } = response
  if (!mayBetter(status)) return undefined
  // 0 is as good as nothing: asked for at once, it would be refused at once.
  const askedMs = retryAfterMs(headers, now) || secondsInMessage(response)
  const kind = status === 429 ? 'throttled' : 'failing'
  return { kind, answered: String(status), askedMs, limits: kind === 'throttled' ? usedUp(response) : [] }
}

/** Not 501 and 505, which are for good; 409 and 412 are answers. */
function mayBetter(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505)
}

/** The gateway says it in words: "Please try again after '6' seconds." */
function secondsInMessage({ bodyAsText }: PipelineResponse): number | undefined {
  const [, seconds] = /try again after '?(\d+)'? seconds/i.exec(bodyAsText ?? '') ?? []
  return Number(seconds) > 0 ? Number(seconds) * 1_000 : undefined
}

const REMAINING = 'x-ms-ratelimit-remaining-'

/** Of Resource Manager, `x-ms-ratelimit-remaining-subscription-reads: 0`; of Compute, `…-resource: Microsoft.Compute/LowCostGetResource;0`. */
function usedUp({ headers }: PipelineResponse): string[] {
  return Object.entries(headers.toJSON()).flatMap(([name, value]) => {
    if (!name.toLowerCase().startsWith(REMAINING)) return []
    const buckets = value.split(',').filter(bucket => /(^|;)\s*0\s*$/.test(bucket))
    return buckets.map(
      bucket => (bucket.includes(';') ? bucket.trim().split(';')[0] : name.slice(REMAINING.length)) ?? ''
    )
  })
}
