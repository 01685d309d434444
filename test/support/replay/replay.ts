/** A recorded request, sent to an embedded Azure that is as Azure was then. */
import { createEmulator, type Exchange, type WorldFile } from '../../../emulator/index.ts'
import type { Json, JsonObject } from '../../../emulator/kernel/types.ts'
import type { Recorded, Recording } from './recordings.ts'
import { worldBefore } from './recorded-world.ts'
import { onOwnNodes } from './own-nodes.ts'
import { filesOf, workBefore } from './service-work.ts'
import { accountIdOf, accountOf, lacksPoolOrJob, poolsBefore } from './service-world.ts'
import { token } from './sign-in.ts'
import { spoken } from './spoken.ts'

export type Answer = { status: number; headers: Record<string, string>; body: Json }
/** `absent`: the recording doesn't show the world that it would need. */
export type Replayed =
  { kind: 'answered'; answer: Answer; exchange: Exchange } | { kind: 'not emulated'; what: string } | { kind: 'absent' }

const URLS = {
  resourceManager: 'https://management.azure.com',
  login: 'https://login.azure.example',
  github: 'https://github.example'
}
const LONG_MS = 3_600_000

/** Replays the exchange at `index`; a poll, as the one after the call that it belongs to. */
export function replay(recording: Recording, index: number): Replayed {
  const exchange = recording.exchanges[index]
  if (exchange === undefined) return { kind: 'absent' }
  if (spoken(exchange.request) === undefined) return { kind: 'not emulated', what: exchange.request.uri }
  if (exchange.op.endsWith(':poll')) return replayPoll(recording, exchange)
  if (
    typeof exchange.request.body === 'string' ||
    exchange.request.bodyUnrecorded === true ||
    (exchange.request.body === undefined && exchange.request.method === 'PUT')
  )
    return { kind: 'absent' }
  if (exchange.op.startsWith('dp:') && lacksPoolOrJob(recording, index)) return { kind: 'absent' }
  const begun = begin(recording, index)
  if (begun === undefined) return { kind: 'absent' }
  return begun.send(exchange.op.startsWith('dp:') ? onOwnNodes(exchange.request, begun.send) : exchange.request)
}

function replayPoll(recording: Recording, poll: Recorded): Replayed {
  const isOf = ({ response }: Recorded): boolean =>
    [response.headers['azure-asyncoperation'], response.headers['location']].includes(poll.request.uri)
  const first = recording.exchanges.findIndex(isOf)
  const initial = recording.exchanges[first]
  if (initial === undefined || initial.op.endsWith(':poll')) return { kind: 'absent' }
  const begun = begin(recording, first)
  const answered = begun?.send(initial.request)
  if (begun === undefined || answered?.kind !== 'answered') return answered ?? { kind: 'absent' }
  const header =
    initial.response.headers['azure-asyncoperation'] === poll.request.uri ? 'azure-asyncoperation' : 'location'
  const uri = answered.answer.headers[header]
  if (uri === undefined) return { kind: 'absent' }
  const status = (poll.response.body as JsonObject | null)?.['status']
  if (status === 'Succeeded' || (status === undefined && poll.response.status === 200)) begun.pass(LONG_MS)
  return begun.send({ method: 'GET', uri })
}

type Begun = { send(request: Recorded['request']): Replayed; pass(ms: number): void }

function begin(recording: Recording, index: number): Begun | undefined {
  const exchange = recording.exchanges[index]
  const world = worldBefore(recording, index)
  if (exchange === undefined || world === undefined) return undefined
  let now = Date.parse(exchange.recordedAt ?? '') || Date.UTC(2024, 0, 1)
  const emulator = createEmulator({ world: withBehaviour(world, recording, exchange), clock: () => now, urls: URLS })
  const send: Begun['send'] = request => {
    const url = spoken(request)
    if (url === undefined) return { kind: 'not emulated', what: request.uri }
    const headers = {
      ...conditions(request),
      authorization: `Bearer ${token(emulator, url, URLS.login)}`,
      'content-type': 'application/json'
    }
    const body = request.body === undefined || request.body === null ? undefined : JSON.stringify(request.body)
    const { status, headers: shown, body: text } = emulator.handle({ method: request.method, url, headers, body })
    if (status === 501) return { kind: 'not emulated', what: text }
    const made = emulator.journal().at(-1) as Exchange
    return {
      kind: 'answered',
      answer: { status, headers: shown, body: bodyOf(text, shown) },
      exchange: made
    }
  }
  return { send, pass: ms => void (now += ms) }
}

/** A file's text is no JSON. */
function bodyOf(text: string, headers: Record<string, string>): Json {
  if (text === '') return null
  return headers['content-type']?.includes('json') ? (JSON.parse(text) as Json) : text
}

const conditions = ({ headers = {} }: Recorded['request']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^if-/i.test(name)))

function withBehaviour(world: WorldFile, recording: Recording, exchange: Recorded): WorldFile {
  const { exchanges } = recording
  const sizes = [...new Set(JSON.stringify(exchanges).match(/"vmSize":"[^"]+"/gi) ?? [])].map(text =>
    text.slice(10, -1)
  )
  const unique = [...new Map(sizes.map(size => [size.toLowerCase(), size])).values()]
  const skus = unique.map(name => ({ name, familyName: 'any', capabilities: [{ name: 'vCPUs', value: '2' }] }))
  const behaviour = { virtualMachineSkus: skus, supportedImages: supported(exchange) }
  if (!exchange.op.startsWith('dp:')) return { resources: world.resources, behaviour }
  const index = exchanges.indexOf(exchange)
  const resources = [
    ...world.resources.filter(({ type }) => !/batchAccounts$/i.test(String(type))),
    accountOf(exchange),
    ...poolsBefore(recording, index),
    ...workBefore(recording, index, accountIdOf(exchange))
  ]
  return { resources, behaviour: { ...behaviour, nodes: filesOf(recording, exchange) } }
}

const supported = ({ op, response }: Recorded): JsonObject[] =>
  op === 'dp:supportedimages' ? (response.body as { value: JsonObject[] }).value : []
