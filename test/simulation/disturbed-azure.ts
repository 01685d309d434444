/** An embedded Azure as one run meets it: with what goes wrong on the way, and somebody who watches each exchange. */
import type { Emulator, EmulatorAnswer, EmulatorRequest, Exchange } from '../../emulator/index.ts'
import { applies, operationOf, type Disturbances, type Moment } from './disturbances-of.ts'

/** `lost`: Azure has acted, and its answer never came. */
export type Met = Exchange & { lost?: true }

export type Watcher = {
  /** Before Azure sees a request that changes something. */
  before(request: EmulatorRequest): void
  after(exchange: Met): void
}

/** A small wrong change on the way from the action to Azure. */
export type Wire = (request: EmulatorRequest, send: (request: EmulatorRequest) => EmulatorAnswer) => EmulatorAnswer

export type DisturbedAzure = {
  emulator: Emulator
  killedAt(): 'before' | 'after' | false
  isCancelled(): boolean
}

type Parts = { emulator: Emulator; disturbances: Disturbances; watcher: Watcher; wire?: Wire }

export function disturbedAzure({ emulator, disturbances, watcher, wire }: Parts): DisturbedAzure {
  const seen = { all: -1, changes: -1 }
  const left = disturbances.answers.map(answer => ({ ...answer }))
  const exchanges: Exchange[] = []
  const reached = ({ nth, among }: Moment, next = 0): boolean => seen[among] + next >= nth
  const wrongFor = (request: EmulatorRequest) => {
    const due = left.find(({ at, times, wrong }) => times > 0 && reached(at) && applies(wrong, request))
    if (due !== undefined) due.times -= 1
    return due?.wrong
  }
  const send = (request: EmulatorRequest): EmulatorAnswer => {
    if (isChange(request)) watcher.before(request)
    const [answer, exchange] = answered(emulator, request, isSignIn(request) ? undefined : wrongFor(request))
    exchanges.push(exchange)
    watcher.after(exchange)
    return answer
  }
  return {
    emulator: {
      ...emulator,
      journal: () => exchanges,
      handle(request) {
        if (!isSignIn(request)) seen.all += 1
        if (isChange(request)) seen.changes += 1
        return wire === undefined ? send(request) : wire(request, send)
      }
    },
    killedAt: () => {
      const { killed } = disturbances
      return killed !== undefined && reached(killed.at, 1) ? killed.when : false
    },
    isCancelled: () => disturbances.cancelled !== undefined && reached(disturbances.cancelled, 1)
  }
}

/** Sign-in apart: a token is not a change. */
export function isChange({ method, url }: Pick<EmulatorRequest, 'method' | 'url'>): boolean {
  return method !== 'GET' && method !== 'HEAD' && !isSignIn({ url })
}

const isSignIn = ({ url }: Pick<EmulatorRequest, 'url'>): boolean => /^https:\/\/(login|token)\./.test(url)

type Answered = [EmulatorAnswer, Met]

function answered(
  emulator: Emulator,
  request: EmulatorRequest,
  wrong: Disturbances['answers'][number]['wrong'] | undefined
): Answered {
  if (wrong?.kind === 'status' || (wrong?.kind === 'reset' && wrong.when === 'before')) {
    const answer = wrong.kind === 'reset' ? CUT : refusal(wrong)
    return [answer, scripted(emulator.now(), request, answer)]
  }
  const operation = operationOf(request.method, request.url)
  if (wrong?.kind === 'operation' && operation !== undefined) {
    const { outcome } = wrong
    emulator.addFaults([
      { operation, times: 1, outcome, code: 'InternalOperationError', message: 'it was interrupted' }
    ])
  }
  const answer = emulator.handle(request)
  const exchange = emulator.journal().at(-1) as Exchange
  return wrong?.kind === 'reset' ? [CUT, { ...exchange, lost: true }] : [answer, exchange]
}

const CUT: EmulatorAnswer = { status: 0, headers: {}, body: '', reset: true }

function refusal({ status, code, headers = {} }: { status: number; code?: string; headers?: Record<string, string> }) {
  const body = code === undefined ? '' : JSON.stringify({ error: { code, message: 'a fault of the simulation' } })
  return { status, headers: { 'content-type': 'application/json', ...headers }, body }
}

function scripted(at: number, { method, url, headers, body }: EmulatorRequest, answer: EmulatorAnswer): Exchange {
  const { authorization: _, ...kept } = headers
  const request = { method, url, headers: kept, body: body === undefined ? null : JSON.parse(body) }
  return { at, scripted: true, request, response: { status: answer.status, headers: answer.headers, body: null } }
}
