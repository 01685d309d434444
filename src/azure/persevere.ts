/**
 * The one place where a request is sent again: refused for too many, or without a usable answer. The SDK's own retries are taken
 * out: they count tries instead of time, and obey any Retry-After, be it a day, without a word.
 */
import {
  RestError,
  isRestError,
  type Pipeline,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse
} from '@azure/core-rest-pipeline'
import type { Clock } from '../shared/clock.ts'
import { endOf } from '../shared/time-limit.ts'
import { type TroubleKind, troubleOf } from './trouble.ts'
import { type GivenUp, type Wait, giveUp, waitsText } from './given-up.ts'

/** Where Azure names no time, in ms; the last goes on. */
const WAITS_MS: Record<TroubleKind, readonly number[]> = {
  throttled: [5_000, 10_000, 20_000, 40_000, 60_000],
  failing: [1_000, 2_000, 4_000, 8_000, 16_000, 30_000]
}
/**
 * How long a request is refused, or fails, until it is given up. Compute's largest buckets fill up in half an hour, by small
 * steps; a service that is away comes back in minutes, or not soon.
 */
const PATIENCE_MS: Record<TroubleKind, number> = { throttled: 30 * 60_000, failing: 5 * 60_000 }
/** Of a wait of its own choice, up or down: runs that are refused together don't come back together. */
const JITTER = 0.25
/** Between calls that wait at the same time. */
const APART_MS = 100
/** Waits up to this need no word. */
export const QUIET_MS = 60_000
const SAY_EVERY_MS = 5 * 60_000

export type PerseveranceDeps = {
  clock: Clock
  /** In [0, 1). */
  random(): number
  /** Takes a line about a wait of more than a minute. */
  say(line: string): void
  /** In the place of the usual patience with what doesn't answer. */
  failingMs?: number
}

const givenUp = new WeakMap<PipelineRequest, GivenUp>()

/** Why a request that failed was not sent once more, because there was no time left. */
export function givenUpOf(request: PipelineRequest | undefined): GivenUp | undefined {
  return request && givenUp.get(request)
}

/** Its name in a pipeline of the SDK. */
const SDK_RETRIES = 'defaultRetryPolicy'

/** Makes a pipeline persevere by `policy`, and no longer by the SDK's own. */
export function persevere(pipeline: Pipeline, policy: PipelinePolicy): void {
  pipeline.removePolicy({ name: SDK_RETRIES })
  pipeline.addPolicy(policy, { phase: 'Retry' })
  pipeline.addPolicy(refuseCutOff(), { afterPhase: 'Sign' })
}

type Outcome = { response: PipelineResponse } | { error: RestError }

/** One for all clients of a connection: calls that wait at the same time know of each other. */
export function perseverance(deps: PerseveranceDeps): PipelinePolicy {
  const { clock, random } = deps
  const say = sayer(deps)
  /** What was given up because Azure asked for longer: until then the same question has the same answer, and isn't sent. */
  const refused = new Map<string, { outcome: Outcome; end: GivenUp }>()
  let waiting = 0
  return {
    name: 'persevere',
    sendRequest: async (request, next) => {
      const signal = request.abortSignal as AbortSignal | undefined
      const key = `${request.method} ${request.url}`
      const last = refused.get(key)
      if (last?.end.notBefore !== undefined && clock.now() < last.end.notBefore) {
        givenUp.set(request, last.end)
        return settled(last.outcome)
      }
      refused.delete(key)
      const since = new Map<TroubleKind, number>()
      const count: Record<TroubleKind, number> = { throttled: 0, failing: 0 }
      for (let tries = 1; ; tries++) {
        const outcome = await attempt(request, next)
        signal?.throwIfAborted()
        const now = clock.now()
        const trouble = troubleOf(outcome, now)
        if (trouble === undefined) return settled(outcome)
        const { kind, askedMs } = trouble
        const began = since.get(kind) ?? now
        since.set(kind, began)
        const waits = WAITS_MS[kind]
        const own = waits[Math.min(count[kind]++, waits.length - 1)] ?? 0
        const wait: Wait = {
          trouble,
          waitMs: askedMs ?? own * (1 + JITTER * (2 * random() - 1)),
          now,
          since: began,
          tries,
          endsAt: endOf(signal),
          patienceMs: kind === 'failing' ? (deps.failingMs ?? PATIENCE_MS.failing) : PATIENCE_MS[kind]
        }
        const end = giveUp(wait)
        if (end !== undefined) {
          givenUp.set(request, end)
          refused.set(key, { outcome, end })
          return settled(outcome)
        }
        say(request, wait)
        await clock.sleep(wait.waitMs + waiting++ * APART_MS, signal).finally(() => {
          waiting -= 1
        })
      }
    }
  }
}

async function attempt(
  request: PipelineRequest,
  next: (request: PipelineRequest) => Promise<PipelineResponse>
): Promise<Outcome> {
  try {
    return { response: await next(request) }
  } catch (error) {
    if (isRestError(error)) return { error }
    throw error
  }
}

function settled(outcome: Outcome): PipelineResponse {
  if ('error' in outcome) throw outcome.error
  return outcome.response
}

/**
 * A wait of more than a minute, or many short ones that together are; of calls side by side that wait for about the same, and of
 * short waits in a row, not each.
 */
function sayer({ say }: PerseveranceDeps): (request: PipelineRequest, wait: Wait) => void {
  const said = new Map<TroubleKind, { at: number; until: number }>()
  return (request, wait) => {
    const { now, since, trouble, waitMs } = wait
    const until = now + waitMs
    const last = said.get(trouble.kind) ?? { at: -Infinity, until: -Infinity }
    const isKnown = until <= last.until + QUIET_MS || (waitMs <= QUIET_MS && now - last.at < SAY_EVERY_MS)
    if (until - since <= QUIET_MS || isKnown) return
    said.set(trouble.kind, { at: now, until })
    say(`${nameOf(request)}: ${waitsText(wait)}`)
  }
}

/** `PUT …/snapshots/os` */
function nameOf({ method, url }: PipelineRequest): string {
  return `${method} …/${new URL(url).pathname.split('/').filter(Boolean).slice(-2).join('/')}`
}

/** Accepted where the answer is a file's own text, and not JSON. */
export const PLAIN = 'application/octet-stream'

/** JSON that breaks off says nothing: as if the connection had. Only an error may be a proxy’s page. */
function refuseCutOff(): PipelinePolicy {
  return {
    name: 'refuseCutOff',
    sendRequest: async (request, next) => {
      const response = await next(request)
      const isPlain = request.headers.get('accept') === PLAIN
      const isJson = (response.status < 300 && !isPlain) || /json/i.test(response.headers.get('content-type') ?? '')
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
