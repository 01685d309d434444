/** One way to send a request and to read its answer, whichever client's pipeline carries it. */
import {
  type HttpClient,
  type HttpMethods,
  type Pipeline,
  type PipelineResponse,
  createHttpHeaders,
  createPipelineRequest,
  isRestError
} from '@azure/core-rest-pipeline'
import { RunError } from '../model/failure.ts'
import { type Json, type JsonObject, isJsonObject } from '../model/json.ts'
import type { Clock } from '../shared/clock.ts'
import { AzureError } from './errors.ts'
import { type GivenUp } from './given-up.ts'
import { givenUpOf } from './persevere.ts'
import { triesOf } from './pipeline.ts'
import { isAbsent, readError } from './read/error.ts'
import { listAt } from './read/json.ts'
import { retryAfterMs } from './retry-after.ts'

/** What a call is about, for its errors: the operationId of Microsoft's OpenAPI files, and a name or id. */
export type What = { operation: string; target: string }

export type Answer = {
  url: string
  /** How often the request was sent until it came. */
  tries: number
  status: number
  headers: { get(name: string): string | undefined }
  body: Json | undefined
  /** As it came. */
  text: string
  /** When it came, in ms since the epoch. */
  at: number
  givenUp?: GivenUp | undefined
}

export type Message = { method: HttpMethods; url: string; body?: JsonObject; headers?: Record<string, string> }

export { PLAIN } from './persevere.ts'

/** A client's pipeline, and the signal that ends its calls. */
export type Line = { pipeline: Pipeline; httpClient: HttpClient; signal: AbortSignal; clock: Clock }

/** Sends plain JSON, verbatim. @throws AzureError unless the answer is a success */
export async function send(line: Line, what: What, message: Message): Promise<Answer> {
  const { body, headers = {}, method, url } = message
  const request = createPipelineRequest({
    url,
    method,
    headers: createHttpHeaders({
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers
    }),
    abortSignal: line.signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  try {
    line.signal.throwIfAborted()
    return checked(what, answerOf(await line.pipeline.sendRequest(line.httpClient, request), line))
  } catch (error) {
    throw toAzureError(error, what, line)
  }
}

/** Every item of every page; Resource Manager links pages by `nextLink`, the Batch service by `odata.nextLink`. */
export async function sendForAll(line: Line, what: What, firstUrl: string): Promise<Json[]> {
  const items: Json[] = []
  const seen = new Set<string>()
  for (let url: string | undefined = firstUrl; url !== undefined;) {
    if (seen.has(url)) throw unexpected(what, 'a list whose next page is one that was read before')
    seen.add(url)
    const { body }: Answer = await send(line, what, { method: 'GET', url })
    items.push(...listAt(body, 'value'))
    const next: Json | undefined = isJsonObject(body) ? (body['nextLink'] ?? body['odata.nextLink']) : undefined
    url = typeof next === 'string' && next !== '' ? linkIn(what, next, url) : undefined
  }
  return items
}

/** As it is where it is whole, byte for byte, for it may be signed; else in its place at the host that gave it. */
export function linkIn(what: What, link: string, base: string): string {
  if (/^https?:\/\//i.test(link) && URL.canParse(link)) return link
  if (URL.canParse(link, base)) return new URL(link, base).href
  throw unexpected(what, `the link "${link.slice(0, 100)}", which is no URL`)
}

export function unexpected(what: What, found: string): AzureError {
  return new AzureError({ ...what, code: 'UnexpectedAnswer', message: `Azure answered with ${found}` })
}

/** What the SDKs' operations take, of old and new generations alike. */
type SdkOptions = { abortSignal: AbortSignal; onResponse(response: PipelineResponse): void }

/** Calls an operation of an SDK client, for the answer as it came: the SDK's models lose properties and headers. */
export async function throughSdk(
  line: Line,
  what: What,
  call: (options: SdkOptions) => PromiseLike<unknown>
): Promise<Answer> {
  const came: { response?: PipelineResponse } = {}
  try {
    line.signal.throwIfAborted()
    await call({ abortSignal: line.signal, onResponse: response => void (came.response ??= response) })
  } catch (error) {
    if (came.response === undefined) throw toAzureError(error, what, line)
  }
  if (came.response === undefined) throw new AzureError({ ...what, code: 'NoAnswer', message: 'the SDK made no call' })
  return checked(what, answerOf(came.response, line))
}

/** Undefined where Azure says that the thing, or what it is in, isn't there. */
export async function ifThere<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read
  } catch (error) {
    if (error instanceof AzureError && isAbsent(error.status, error.code)) return undefined
    throw error
  }
}

/** Turns an answer into a view. @throws AzureError `UnexpectedAnswer` when it isn't what Azure documents */
export function view<T>(what: What, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new AzureError({ ...what, code: 'UnexpectedAnswer', message: (error as Error).message }, error)
  }
}

/** The one place where what goes wrong in the SDKs becomes ours. The reason of an abort is thrown as it is. */
function toAzureError(error: unknown, what: What, line: Line): unknown {
  if (line.signal.aborted) return line.signal.reason
  if (error instanceof AzureError || error instanceof RunError || !isRestError(error)) return error
  if (error.response !== undefined) return failed(what, answerOf(error.response, line), error)
  return new AzureError(
    {
      ...what,
      code: error.code ?? 'REQUEST_SEND_ERROR',
      message: `no answer: ${error.message}`,
      givenUp: givenUpOf(error.request)
    },
    error
  )
}

function checked(what: What, answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer
  throw failed(what, answer)
}

function failed(what: What, { status, headers, body, tries, at, givenUp }: Answer, cause?: unknown): AzureError {
  const requestId = headers.get('x-ms-request-id') ?? headers.get('request-id')
  return new AzureError(
    {
      ...what,
      status,
      tries,
      ...readError(body, status),
      ...(requestId === undefined ? {} : { requestId }),
      retryAfterMs: retryAfterMs(headers, at),
      givenUp
    },
    cause
  )
}

function answerOf({ request, status, headers, bodyAsText }: PipelineResponse, { clock }: Line): Answer {
  return {
    url: request.url,
    tries: triesOf(request),
    status,
    headers,
    body: parsed(bodyAsText),
    text: bodyAsText ?? '',
    at: clock.now(),
    givenUp: givenUpOf(request)
  }
}

/** Text that isn't JSON, such as a proxy's page, stays text. */
function parsed(text: string | null | undefined): Json | undefined {
  if (text === undefined || text === null || text.trim() === '') return undefined
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json
  } catch {
    return text
  }
}
