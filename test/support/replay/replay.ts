/** A recorded request, sent to an embedded Azure that is as Azure was then. */
import { createEmulator, type Exchange, type WorldFile } from '../../../emulator/index.ts'
import type { Json, JsonObject } from '../../../emulator/kernel/types.ts'
import type { Recorded, Recording } from './recordings.ts'
import { isObject } from './recorded-resources.ts'
import { accountJustDeleted, worldBefore } from './recorded-world.ts'
import { onOwnNodes } from './own-nodes.ts'
import { outputIn, ranBefore, runBefore } from './own-tasks.ts'
import { filesOf, workBefore } from './service-work.ts'
import { accountIdOf, accountOf, lacksPoolOrJob, nodesInState, poolsBefore } from './service-world.ts'
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
/** Replays the exchange at `index`; a poll, as the one after the call that it belongs to. */
export function replay(recording: Recording, index: number): Replayed {
  const exchange = recording.exchanges[index]
  if (exchange === undefined) return { kind: 'absent' }
  if (spoken(exchange.request) === undefined) return { kind: 'not emulated', what: exchange.request.uri }
  if (exchange.op.endsWith(':poll')) return replayPoll(recording, exchange)
  if (lacksBody(exchange)) return { kind: 'absent' }
  if (exchange.op.startsWith('dp:') && lacksPoolOrJob(recording, index)) return { kind: 'absent' }
  const begun = begin(recording, index)
  if (begun === undefined) return { kind: 'absent' }
  runBefore(exchange, begun)
  return begun.send(exchange.op.startsWith('dp:') ? onOwnNodes(exchange.request, begun.send) : exchange.request)
}

/** Whether the recorder left out what was sent. */
export const lacksBody = ({ request: { body, bodyUnrecorded, method } }: Recorded): boolean =>
  typeof body === 'string' || bodyUnrecorded === true || (body === undefined && method === 'PUT')

export const timeOf = ({ recordedAt }: Recorded): number => Date.parse(recordedAt ?? '') || Date.UTC(2024, 0, 1)

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
  const look = (): Replayed => begun.send({ method: 'GET', uri })
  const isUnderWay = poll.response.status === 202 || statusOf(poll.response) === 'InProgress'
  return isUnderWay
    ? look()
    : awaited(begun, look, ({ status, body }) => status === 202 || statusOf({ body }) === 'InProgress')
}

const statusOf = ({ body }: Pick<Answer, 'body'>): Json | undefined => (isObject(body) ? body['status'] : undefined)

/** What is looked at until it isn't as `waits` says: how long things take isn't compared. */
export function awaited({ pass }: Begun, look: () => Replayed, waits: (answer: Answer) => boolean): Replayed {
  let looked = look()
  for (const ms of STEPS_MS) {
    if (looked.kind !== 'answered' || !waits(looked.answer)) return looked
    pass(ms)
    looked = look()
  }
  return looked
}

const STEPS_MS = [1_000, 10_000, 60_000, 600_000, 3_600_000]

export type Begun = { send(request: Recorded['request']): Replayed; pass(ms: number): void }

/** An embedded Azure as Azure was just before the exchange at `index`; undefined where the recording doesn't show that world. */
export function begin(recording: Recording, index: number): Begun | undefined {
  const exchange = recording.exchanges[index]
  const world = worldBefore(recording, index)
  if (exchange === undefined || world === undefined) return undefined
  let now = timeOf(exchange)
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
  const unique = [...new Map(exchanges.flatMap(sizesIn).map(size => [size.toLowerCase(), size])).values()]
  const skus = unique.map(name => ({ name, familyName: 'any', capabilities: [{ name: 'vCPUs', value: '2' }] }))
  const listed = exchange.op === 'armbatch:location.virtualmachineskus' ? itemsOf(exchange) : skus
  const behaviour = { virtualMachineSkus: listed, supportedImages: supported(exchange) }
  const deleted = accountJustDeleted(exchange, exchanges)
  if (deleted.length > 0) {
    return { resources: [...world.resources, ...deleted], behaviour: { ...behaviour, durationsMs: { deleting: 0 } } }
  }
  if (!exchange.op.startsWith('dp:')) return { resources: world.resources, behaviour }
  const index = exchanges.indexOf(exchange)
  const resources = [
    ...world.resources.filter(({ type }) => !/batchAccounts$/i.test(String(type))),
    accountOf(exchange),
    ...poolsBefore(recording, index),
    ...workBefore(recording, index, accountIdOf(exchange)),
    ...ranBefore(exchange, accountIdOf(exchange))
  ]
  const nodes = { ...filesOf(recording, exchange), ...outputIn(recording, exchange), ...nodesInState(exchange) }
  return { resources, behaviour: { ...behaviour, nodes } }
}

const known = new WeakMap<Recorded, string[]>()

/** VM sizes that an exchange names. */
function sizesIn(exchange: Recorded): string[] {
  const found = known.get(exchange) ?? JSON.stringify(exchange).match(/(?<="vmSize":")[^"]+/gi) ?? []
  known.set(exchange, found)
  return found
}

const supported = (exchange: Recorded): JsonObject[] => (exchange.op === 'dp:supportedimages' ? itemsOf(exchange) : [])

const itemsOf = ({ response }: Recorded): JsonObject[] => (response.body as { value: JsonObject[] }).value
