/** Follows long-running operations to their end, in each of Resource Manager's dialects. */
import { RunError } from '../model/failure.ts'
import type { Json } from '../model/json.ts'
import type { Clock } from '../shared/clock.ts'
import { elapsedText } from '../shared/elapsed.ts'
import { endOf } from '../shared/time-limit.ts'
import { utcSeconds } from '../shared/utc.ts'
import { type Answer, type Line, type What, linkIn, send, unexpected } from './connection.ts'
import { AzureError } from './errors.ts'
import { pollPace } from './pacing.ts'
import { QUIET_MS } from './persevere.ts'
import { at, textAt } from './read/json.ts'
import { readError } from './read/error.ts'
import { retryAfterMs } from './retry-after.ts'

type Pacing = {
  clock: Clock
  pollIntervalMs: number
  /** Takes a line about a wait of more than a minute. */
  say(line: string): void
}

/**
 * Where to look next. `status`: a body that says how it stands (`Azure-AsyncOperation`); `location`: 202 until it is done;
 * `resource`: the resource's own provisioningState. The URL is sent back byte for byte: it may be signed.
 */
export type Watch = { by: 'status' | 'location' | 'resource'; url: string }

/** Answers that say nothing about the operation. */
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504])

/** Undefined where the first answer says that it is done. */
export function watchOf(what: What, first: Answer): Watch | undefined {
  const status = first.headers.get('azure-asyncoperation') ?? first.headers.get('operation-location')
  if (status !== undefined) return { by: 'status', url: linkIn(what, status, first.url) }
  const location = first.headers.get('location')
  if (location !== undefined && first.status === 202) return { by: 'location', url: linkIn(what, location, first.url) }
  const state = textAt(first.body, 'properties.provisioningState')
  return state === undefined || isEnd(state) ? undefined : { by: 'resource', url: first.url }
}

/** Resolves when it has succeeded. @throws AzureError with the operation's own code, message and details */
export async function followOperation(line: Line, what: What, options: Pacing & { first: Answer }): Promise<void> {
  const { clock, first, pollIntervalMs } = options
  const pace = pollPace({ longestMs: pollIntervalMs, now: () => clock.now() })
  let watch = watchOf(what, first)
  for (let answer = first; watch !== undefined;) {
    const askedMs = retryAfterMs(answer.headers, answer.at)
    const waitMs = pace({ retryAfterMs: askedMs })
    if (askedMs !== undefined) refuseEndless(line, what, { ...options, waitMs })
    await clock.sleep(waitMs, line.signal)
    // What a poll isn't answered, or answered with 500, 503 or 504, is no result: the pipeline asks again.
    answer = await look(line, what, watch)
    watch = nextWatch(what, watch, answer)
  }
}

/** @throws RunError where Azure doesn't want to be asked before the run has ended */
function refuseEndless({ signal }: Line, what: What, { clock, say, waitMs }: Pacing & { waitMs: number }): void {
  if (waitMs <= QUIET_MS) return
  const at = clock.now() + waitMs
  const endsAt = endOf(signal)
  const asks = `${what.operation} of ${what.target} is under way, and Azure asks to look again in ${elapsedText(waitMs)}, at ${utcSeconds(at)}`
  if (endsAt !== undefined && at >= endsAt) {
    const wayOut = `run again after ${utcSeconds(at)} with the same inputs, or give the run longer (deadline)`
    throw new RunError({
      reason: 'deadline-exceeded',
      message: `${asks}; this run ends at ${utcSeconds(endsAt)}`,
      wayOut
    })
  }
  say(asks)
}

/** One look: the error of an operation that has failed, else undefined, also when Azure couldn't say or no longer knows. */
export async function failureOf(line: Line, what: What, watch: Watch | undefined): Promise<AzureError | undefined> {
  if (watch === undefined) return undefined
  try {
    nextWatch(what, watch, await look(line, what, watch))
    return undefined
  } catch (error) {
    if (isTransient(error)) return undefined
    if (!(error instanceof AzureError)) throw error
    // On a Location the operation's failure is the poll's own status.
    if (error.status === undefined || watch.by === 'location') return error
    if (error.status === 404) return undefined
    throw error
  }
}

function look(line: Line, what: What, watch: Watch): Promise<Answer> {
  return send(line, what, { method: 'GET', url: watch.url })
}

/** What one look says: where to look next, undefined when it has succeeded, or the AzureError that it ended with. */
export function nextWatch(what: What, watch: Watch, answer: Answer): Watch | undefined {
  // A new Location may come with each answer; the newest counts.
  if (watch.by === 'location') {
    if (answer.status !== 202) return undefined
    return { by: 'location', url: linkIn(what, answer.headers.get('location') ?? watch.url, watch.url) }
  }
  const status = textAt(answer.body, watch.by === 'status' ? 'status' : 'properties.provisioningState')
  if (status === undefined) {
    if (watch.by === 'status') throw unexpected(what, `${answer.status} and no status to a poll`)
    return undefined
  }
  if (!isEnd(status)) return watch
  if (status.toLowerCase() === 'succeeded') return undefined
  throw ended(what, status, answer)
}

function isEnd(status: string): boolean {
  return ['succeeded', 'failed', 'canceled', 'cancelled'].includes(status.toLowerCase())
}

/** No HTTP status: the poll itself was answered with 200. */
function ended(what: What, status: string, { body, headers }: Answer): AzureError {
  const said: Json | undefined = at(body, 'error') ?? at(body, 'properties.error')
  const facts =
    said === undefined
      ? { code: status, message: 'the operation ended so, without saying why', details: [] }
      : readError(said, 200)
  const requestId = headers.get('x-ms-request-id')
  return new AzureError({ ...what, ...facts, ...(requestId === undefined ? {} : { requestId }) })
}

/** No answer at all, or one that another try may better. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof AzureError)) return false
  return error.status === undefined
    ? error.cause !== undefined && error.code !== 'UnexpectedAnswer'
    : TRANSIENT.has(error.status)
}
