/** An embedded Azure, one exchange of which goes wrong. */
import type { Emulator, EmulatorAnswer, EmulatorRequest } from '../../emulator/index.ts'
import { typesOf, type Cell } from './cells.ts'
import { disturbanceOf, type Wrong } from './disturbances.ts'

export type Disturbed = {
  emulator: Emulator
  killedAt(): 'before' | 'after' | false
  /** Whether the exchange came that the cell is about. */
  reached(): boolean
}

const CUT: EmulatorAnswer = { status: 0, headers: {}, body: '', reset: true }

export function disturb(emulator: Emulator, cell: Cell, cancel: () => void): Disturbed {
  const { wrong, forGood = false } = disturbanceOf(cell.disturbance)
  let count = 0
  let reached = false
  const isMet = (request: EmulatorRequest, at: number): boolean => {
    if (at === cell.at) reached = isOfKind(request, cell)
    return reached && (at === cell.at || (forGood && at > cell.at && isOfKind(request, cell)))
  }
  return {
    emulator: {
      ...emulator,
      handle: request =>
        isMet(request, count++) ? answered(emulator, request, { wrong, cancel, cell }) : emulator.handle(request)
    },
    killedAt: () => {
      if (wrong.kind !== 'killed' || count !== cell.at) return false
      reached = true
      return wrong.when
    },
    reached: () => reached
  }
}

function isOfKind({ method, url }: EmulatorRequest, { exchange }: Cell): boolean {
  return method === exchange.method && typesOf(new URL(url).pathname) === typesOf(exchange.path)
}

type Going = { wrong: Wrong; cancel: () => void; cell: Cell }

function answered(emulator: Emulator, request: EmulatorRequest, { wrong, cancel, cell }: Going): EmulatorAnswer {
  switch (wrong.kind) {
    case 'killed':
      return emulator.handle(request)
    case 'cancelled':
      cancel()
      return emulator.handle(request)
    case 'answer':
      return refusal(request, wrong)
    case 'reset':
      if (wrong.when === 'after') emulator.handle(request)
      return CUT
    case 'silence':
      emulator.handle(request)
      return undefined as unknown as EmulatorAnswer
    case 'truncated': {
      const answer = emulator.handle(request)
      return { ...answer, body: answer.body.slice(0, answer.body.length / 2) }
    }
    case 'operation': {
      const { outcome } = wrong
      const { operation } = cell.exchange
      const said = { code: 'InternalOperationError', message: 'it was interrupted' }
      if (outcome !== 'endless') emulator.addFaults([{ operation, times: 1, outcome, ...said }])
      return emulator.handle(request)
    }
  }
}

/** In the words of the service that was asked. */
function refusal(
  { url }: EmulatorRequest,
  { status, code, headers = {} }: Extract<Wrong, { kind: 'answer' }>
): EmulatorAnswer {
  const { host } = new URL(url)
  const message = 'it is so by a disturbance'
  const body = /^login\./.test(host)
    ? { error: 'temporarily_unavailable', error_description: message }
    : /\.batch\./.test(host)
      ? { code, message: { lang: 'en-us', value: message } }
      : { error: { code, message } }
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: code === undefined ? '' : JSON.stringify(body)
  }
}
