/** A recorded request, sent to an embedded Azure that is as Azure was then. */
import { batchOperations } from '../../../emulator/batch/index.ts'
import { computeOperations } from '../../../emulator/compute/index.ts'
import { createEmulator, type Emulator, type Exchange, type WorldFile } from '../../../emulator/index.ts'
import { route } from '../../../emulator/kernel/router.ts'
import type { Json, JsonObject } from '../../../emulator/kernel/types.ts'
import type { Recorded, Recording } from './recordings.ts'
import { accountProperties, pathOf, worldBefore } from './recorded-world.ts'

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
    exchange.request.bodyUnrecorded === true ||
    (exchange.request.body === undefined && exchange.request.method === 'PUT')
  )
    return { kind: 'absent' }
  if (exchange.op.startsWith('dp:') && lacksPoolOrJob(recording, index)) return { kind: 'absent' }
  return begin(recording, index)?.send(exchange.request) ?? { kind: 'absent' }
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
      authorization: `Bearer ${token(emulator, url)}`,
      'content-type': 'application/json'
    }
    const body = request.body === undefined || request.body === null ? undefined : JSON.stringify(request.body)
    const { status, headers: shown, body: text } = emulator.handle({ method: request.method, url, headers, body })
    if (status === 501) return { kind: 'not emulated', what: text }
    const made = emulator.journal().at(-1) as Exchange
    return {
      kind: 'answered',
      answer: { status, headers: shown, body: text === '' ? null : (JSON.parse(text) as Json) },
      exchange: made
    }
  }
  return { send, pass: ms => void (now += ms) }
}

const conditions = ({ headers = {} }: Recorded['request']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^if-/i.test(name)))

/** The URL in the version that is spoken here and nearest after the recorded one; undefined where no operation answers to it. */
function spoken({ method, uri }: Recorded['request']): string | undefined {
  const url = new URL(uri)
  if (/\/(?:operations|DiskOperations|capsOperations)\//.test(url.pathname)) return uri
  const host = url.host === 'management.azure.com' ? 'resource-manager' : 'batch'
  const asked = url.searchParams.get('api-version') ?? '0'
  const versions = [...computeOperations, ...batchOperations]
    .filter(operation => {
      const probe = new URL(url)
      probe.searchParams.set('api-version', operation.apiVersions[0] ?? '')
      const routed = route([operation], { method, hosts: [host], url: probe })
      return 'operation' in routed
    })
    .flatMap(({ apiVersions }) => apiVersions)
    .sort()
  if (versions.length === 0) return undefined
  url.searchParams.set('api-version', versions.find(version => version >= asked) ?? versions.at(-1) ?? '')
  return url.href
}

function withBehaviour(world: WorldFile, recording: Recording, exchange: Recorded): WorldFile {
  const { exchanges } = recording
  const sizes = [...new Set(JSON.stringify(exchanges).match(/"vmSize":"[^"]+"/gi) ?? [])].map(text =>
    text.slice(10, -1)
  )
  const unique = [...new Map(sizes.map(size => [size.toLowerCase(), size])).values()]
  const skus = unique.map(name => ({ name, familyName: 'any', capabilities: [{ name: 'vCPUs', value: '2' }] }))
  const resources = exchange.op.startsWith('dp:')
    ? [...world.resources, accountOf(exchange), ...poolsBefore(recording, recording.exchanges.indexOf(exchange))]
    : world.resources
  return { resources, behaviour: { virtualMachineSkus: skus } }
}

/** The account at the host that was called. */
function accountOf({ request }: Recorded): JsonObject {
  const { host } = new URL(request.uri)
  const name = host.split('.')[0] ?? ''
  return {
    id: accountId(name),
    name,
    type: 'Microsoft.Batch/batchAccounts',
    location: 'eastus2',
    properties: accountProperties(host)
  }
}

const accountId = (name: string): string =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/recorded/providers/Microsoft.Batch/batchAccounts/${name}`

/**
 * Pools of the Batch service, as ARM's, for that is how a world holds them: those of the GETs before, or of the one that is replayed,
 * else as they were added.
 */
function poolsBefore({ exchanges }: Recording, index: number): JsonObject[] {
  const asked = exchanges[index]
  if (asked === undefined) return []
  const [, account = ''] = /^([^.]+)/.exec(new URL(asked.request.uri).host) ?? []
  const known = new Map<string, JsonObject>()
  for (const [at, { op, request, response }] of exchanges.entries()) {
    const [, name] = /^\/pools\/?([^/]*)/.exec(new URL(request.uri).pathname) ?? []
    if (name === undefined || (response.status >= 400 && response.status !== 404)) continue
    const shown =
      op === 'dp:pool.list'
        ? ((response.body as { value: JsonObject[] }).value ?? [])
        : op === 'dp:pool.get'
          ? [response.body as JsonObject]
          : []
    const added = op === 'dp:pool.add' && request.body ? [request.body as JsonObject] : []
    if (at < index) for (const pool of [...shown, ...added]) known.set(String(pool['id']), pool)
    else
      for (const pool of shown) if (at === index || !known.has(String(pool['id']))) known.set(String(pool['id']), pool)
    if (at < index && (op === 'dp:pool.delete' || response.status === 404)) known.delete(name)
    if (at < index && op === 'dp:pool.enableautoscale')
      known.set(name, { ...known.get(name), id: name, enableAutoScale: true })
  }
  if (asked.op === 'dp:pool.add' && asked.response.status === 201)
    known.delete(String((asked.request.body as JsonObject)['id']))
  const nodes = listedNodes(asked)
  return [...known.values()].map(pool => armPool(accountId(account), pool, nodes))
}

/** Whether the path names a pool, node or job that the recording doesn't show, and that was there. */
function lacksPoolOrJob(recording: Recording, index: number): boolean {
  const exchange = recording.exchanges[index]
  const path = exchange === undefined ? '' : pathOf(exchange)
  const [, pool] = /^\/pools\/([^/]+)/.exec(path) ?? []
  if (exchange?.response.status === 404) return false
  if (/^\/jobs\/|\/nodes\/|removenodes$/.test(path) || exchange?.response.status === 409) return true
  return pool !== undefined && !poolsBefore(recording, index).some(({ id }) => String(id).endsWith(`/${pool}`))
}

const listedNodes = ({ op, response }: Recorded): number =>
  op === 'dp:node.list' ? (response.body as { value: Json[] }).value.length : op === 'dp:node.get' ? 1 : 0

function armPool(account: string, pool: JsonObject, nodes: number): JsonObject {
  const { virtualMachineConfiguration: machine, ...rest } = pool as Record<string, JsonObject>
  const { nodeAgentSKUId, ...image } = machine ?? {}
  const size = Number(pool['currentDedicatedNodes'] ?? 0) || nodes
  const {
    targetDedicatedNodes,
    targetLowPriorityNodes,
    resizeTimeout,
    startTask,
    userAccounts,
    metadata,
    taskSlotsPerNode,
    displayName
  } = rest
  const fixedScale = {
    targetDedicatedNodes: targetDedicatedNodes ?? size,
    targetLowPriorityNodes: targetLowPriorityNodes ?? 0,
    resizeTimeout: resizeTimeout ?? 'PT15M'
  }
  const autoScale = {
    formula: pool['autoScaleFormula'],
    evaluationInterval: pool['autoScaleEvaluationInterval'] ?? 'PT15M'
  }
  return {
    id: `${account}/pools/${String(pool['id'])}`,
    type: 'Microsoft.Batch/batchAccounts/pools',
    properties: {
      vmSize: String(pool['vmSize'] ?? 'x').toUpperCase(),
      ...{ startTask, userAccounts, metadata, displayName },
      taskSlotsPerNode: taskSlotsPerNode ?? 1,
      taskSchedulingPolicy: { nodeFillType: 'Spread' },
      interNodeCommunication: 'Disabled',
      deploymentConfiguration: {
        virtualMachineConfiguration: { ...image, nodeAgentSkuId: nodeAgentSKUId } as JsonObject
      },
      scaleSettings: pool['enableAutoScale'] === true ? { autoScale } : { fixedScale },
      ...{
        allocationState: 'Steady',
        currentDedicatedNodes: size,
        currentLowPriorityNodes: Number(pool['currentLowPriorityNodes'] ?? 0)
      }
    }
  } as JsonObject
}

function token(emulator: Emulator, url: string): string {
  const { 'client-id': client_id, 'tenant-id': tenant } = emulator.connection.signIn
  const { ACTIONS_ID_TOKEN_REQUEST_URL: asked, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = emulator.connection.env
  const authorization = `Bearer ${bearer}`
  const id = emulator.handle({
    method: 'GET',
    url: `${asked}&audience=api://AzureADTokenExchange`,
    headers: { authorization }
  })
  const audience =
    new URL(url).host === 'management.azure.com'
      ? 'https://management.core.emulated.azure/'
      : 'https://batch.core.emulated.azure/'
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id,
    scope: `${audience}/.default`,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: (JSON.parse(id.body) as { value: string }).value
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const granted = emulator.handle({
    method: 'POST',
    url: `${URLS.login}/${tenant}/oauth2/v2.0/token`,
    headers,
    body: form.toString()
  })
  return (JSON.parse(granted.body) as { access_token: string }).access_token
}

export const operationOf = (exchange: Recorded): string => exchange.op
export { pathOf }
