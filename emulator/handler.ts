import { armError, batchError, notEmulated } from './kernel/errors.ts'
import type { Fault, FaultAnswer, FaultScript } from './kernel/faults.ts'
import { locked } from './kernel/locks.ts'
import { route, unknownQuery } from './kernel/router.ts'
import { commonHeaders } from './kernel/headers.ts'
import { remainingHeaders, throttle } from './kernel/throttling.ts'
import type { Answer, Call, Host, Json, Operation, World } from './kernel/types.ts'
import { refuse } from './sign-in/authorize.ts'
import type { SignInContext } from './sign-in/context.ts'

export type EmulatorRequest = {
  method: string
  url: string
  headers: Record<string, string>
  body?: string | undefined
}

/** `reset`: the connection is to be cut instead of answering; `body` and `headers` are empty then. */
export type EmulatorAnswer = { status: number; headers: Record<string, string>; body: string; reset?: true }

export type Azure = {
  world: World
  operations: readonly Operation[]
  faults: FaultScript
  signIn: SignInContext
  /** Which of Azure's hosts answer under a host name (with its port). */
  hostsOf(host: string): readonly Host[]
  requestId(): string
}

/** `operation` is the id of the one that was meant; `scripted`: a fault spoke in Azure's stead. */
export type Answered = { answer: EmulatorAnswer; operation?: string; scripted?: true }

/** One call, from its URL to its bytes. */
export function answerTo(azure: Azure, request: EmulatorRequest, now: number): Answered {
  const url = new URL(request.url)
  const hosts = azure.hostsOf(url.host)
  if (hosts.length === 0) return { answer: finish(azure, notEmulated(`host "${url.host}"`), { now, hosts }) }
  const routed = route(azure.operations, { method: request.method, hosts, url })
  if ('status' in routed) return { answer: finish(azure, routed, { now, hosts }) }
  const { operation, params } = routed
  const call: Call = {
    operation,
    params,
    query: url.searchParams,
    apiVersion: url.searchParams.get('api-version') ?? '',
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: undefined,
    now,
    origin: url.origin,
    url: request.url,
    world: azure.world
  }
  const fault = azure.faults.take(operation.id, request.url)
  const scripted = fault && 'respond' in fault ? fault.respond : undefined
  const done = { operation: operation.id, ...(scripted && { scripted: true as const }) }
  if (scripted?.reset === 'before') return { ...done, answer: CUT }
  const answer =
    scripted !== undefined && scripted.reset === undefined
      ? scriptedAnswer(scripted, operation)
      : perform(azure, { ...call, ...outcomeOf(fault) }, request.body)
  return { ...done, answer: scripted?.reset === 'after' ? CUT : finish(azure, answer, { now, hosts, call }) }
}

const CUT: EmulatorAnswer = { status: 0, headers: {}, body: '', reset: true }

const outcomeOf = (fault: Fault | undefined): Pick<Call, 'outcome'> =>
  fault !== undefined && 'outcome' in fault
    ? { outcome: { outcome: fault.outcome, code: fault.code, message: fault.message } }
    : {}

function perform(azure: Azure, call: Call, text: string | undefined): Answer {
  const { operation } = call
  const body = parseBody(call, text)
  const refused = refuse(azure.signIn, { ...call, body: body === INVALID ? undefined : body })
  if (refused !== undefined) return refused
  const lock = locked(call)
  if (lock !== undefined) return lock
  const throttled = throttle(call)
  if (throttled !== undefined) return throttled
  const parameter = unknownQuery(operation, { searchParams: call.query })
  if (parameter !== undefined) return notEmulated(`query parameter "${parameter}" of ${operation.id}`)
  if (body === INVALID) {
    return armError(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.')
  }
  const property = operation.unknownProperty?.(body, call.apiVersion)
  if (property !== undefined) return notEmulated(`body property "${property}" of ${operation.id}`)
  return operation.handle({ ...call, body })
}

const INVALID = Symbol('invalid')

function parseBody({ headers }: Call, text: string | undefined): Json | undefined | typeof INVALID {
  if (text === undefined || text === '') return undefined
  if (headers['content-type']?.includes('x-www-form-urlencoded')) return text
  try {
    return JSON.parse(text) as Json
  } catch {
    return INVALID
  }
}

function scriptedAnswer(
  { status = 500, code, message = 'A scripted fault.', headers, body }: FaultAnswer,
  operation: Operation
): Answer {
  if (body !== undefined || code === undefined) return { status, ...(headers && { headers }), body }
  const answer = operation.host === 'batch' ? batchError(status, code, message) : armError(status, code, message)
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

type Served = { now: number; hosts: readonly Host[]; call?: Call }

/** Adds what every answer of a host carries. */
function finish(azure: Azure, answer: Answer, { now, hosts, call }: Served): EmulatorAnswer {
  const { status, headers = {}, body } = answer
  const text = body === undefined ? '' : isRaw(body, headers) ? body : JSON.stringify(body)
  const common = commonHeaders({
    ...{ now, hosts, hasBody: text !== '', length: Buffer.byteLength(text), id: azure.requestId() },
    ...(call && { operation: call.operation, remaining: remainingHeaders(call, answer) })
  })
  return { status, headers: { ...common, ...lowerCased(headers) }, body: text }
}

/** A file's text goes out as it is. */
const isRaw = (body: Json, headers: Record<string, string>): body is string =>
  typeof body === 'string' && /^(?:text\/|application\/octet-stream)/.test(headers['content-type'] ?? '')

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
