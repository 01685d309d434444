/** What the Batch service knew when an exchange with it was recorded: an account, its pools, and nodes of those. */
import type { Behaviour, JsonObject } from '../../../emulator/kernel/types.ts'
import { isObject, pathOf } from './recorded-resources.ts'
import { accountProperties } from './recorded-world.ts'
import type { Recorded, Recording } from './recordings.ts'
import { filesAreOfWindows, lacksWork } from './service-work.ts'

/** The account at the host that was called. */
export function accountOf({ request }: Recorded): JsonObject {
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

/** Of the account at the host that was called. */
export const accountIdOf = (exchange: Recorded): string => String(accountOf(exchange)['id'])

const accountId = (name: string): string =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/recorded/providers/Microsoft.Batch/batchAccounts/${name}`

/**
 * Pools of the Batch service, as ARM's, for that is how a world holds them: those of the GETs before, or of the one that is replayed,
 * else as they were added.
 */
export function poolsBefore({ exchanges }: Recording, index: number): JsonObject[] {
  const asked = exchanges[index]
  if (asked === undefined) return []
  const [, account = ''] = /^([^.]+)/.exec(new URL(asked.request.uri).host) ?? []
  const known = new Map<string, JsonObject>()
  const named = poolsIn(asked)
  for (const [at, { op, request, response }] of exchanges.entries()) {
    const [, name] = /^\/pools\/?([^/]*)/.exec(new URL(request.uri).pathname) ?? []
    if (name === undefined || (response.status >= 400 && response.status !== 404)) continue
    const isShown = typeof response.body === 'object' && response.body !== null
    const shown = !isShown
      ? []
      : op === 'dp:pool.list'
        ? ((response.body as { value: JsonObject[] }).value ?? [])
        : op === 'dp:pool.get'
          ? [response.body as JsonObject]
          : []
    const added = op === 'dp:pool.add' && request.body ? [request.body as JsonObject] : []
    if (at < index) for (const pool of [...shown, ...added]) known.set(String(pool['id']), pool)
    else
      for (const pool of shown)
        if (at === index || (named.has(String(pool['id'])) && !known.has(String(pool['id']))))
          known.set(String(pool['id']), pool)
    if (at < index && (op === 'dp:pool.delete' || response.status === 404)) known.delete(name)
    if (at < index && op === 'dp:pool.enableautoscale')
      known.set(name, { ...known.get(name), id: name, enableAutoScale: true })
  }
  const [, missing = ''] = /^\/pools\/([^/]+)/.exec(pathOf(asked)) ?? []
  if (asked.response.status === 404) known.delete(missing)
  const listed = poolWithNodes(asked)
  const shown = nodesOf({ exchanges }, index)
  const isBare = listed !== undefined && known.get(listed)?.['vmSize'] === undefined
  if (listed !== undefined && shown[0] !== undefined && (isBare || asked.op === 'dp:node.files')) {
    const isWindows = asked.op === 'dp:node.files' && filesAreOfWindows(exchanges, asked)
    known.set(listed, poolOfNode(listed, shown[0], isWindows))
  }
  if (asked.op === 'dp:pool.add' && asked.response.status === 201)
    known.delete(String((asked.request.body as JsonObject)['id']))
  for (const { poolId, dedicated } of countsIn(asked)) {
    const pool = known.get(String(poolId))
    if (pool !== undefined)
      known.set(String(poolId), { ...pool, currentDedicatedNodes: objectIn({ dedicated }, 'dedicated')['total'] })
  }
  const nodes = shown.length
  return [...known.values()].map(pool => armPool(accountId(account), pool, { nodes, at: asked.recordedAt }))
}

/** Pools that an exchange is about: by its path, or by the counts that it gives of each. */
function poolsIn(exchange: Recorded): Set<string> {
  const [, inPath] = /^\/pools\/([^/]+)/.exec(pathOf(exchange)) ?? []
  const counted = countsIn(exchange).map(({ poolId }) => String(poolId))
  return new Set([...(inPath === undefined ? [] : [inPath]), ...counted])
}

function countsIn({ op, response: { body } }: Recorded): JsonObject[] {
  return op === 'dp:nodecounts' && isObject(body) && Array.isArray(body['value']) ? body['value'].filter(isObject) : []
}

/** Nodes of a world are a day old: in the states that a list shows they are by what they take to start. */
export function nodesInState(exchange: Recorded): Behaviour['nodes'] {
  const pool = poolWithNodes(exchange)
  if (pool === undefined || exchange.response.status !== 200 || !isObject(exchange.response.body)) return {}
  const { body } = exchange.response
  const nodes = Array.isArray(body['value']) ? body['value'].filter(isObject) : [body]
  const state = String(nodes[0]?.['state'])
  const startMs = STARTING[state]
  return startMs === undefined ? {} : { [pool]: { startMs } }
}

const DAY_MS = 24 * 3_600_000
/** A fifth of the time is `creating`. */
const STARTING: Record<string, number> = { creating: 10 * DAY_MS, starting: 2 * DAY_MS }

/** The pool whose nodes an exchange is about. */
const poolWithNodes = (exchange: Recorded): string | undefined =>
  /^\/pools\/([^/]+)\/(?:nodes|removenodes)/.exec(pathOf(exchange))?.[1]

/** Nodes of the pool that an exchange is about: as itself lists them, else the last list before, else the first one after. */
function nodesOf({ exchanges }: Pick<Recording, 'exchanges'>, index: number): JsonObject[] {
  const asked = exchanges[index]
  const pool = asked === undefined ? undefined : poolWithNodes(asked)
  const shows = ({ op, response }: Recorded): boolean => op === 'dp:node.list' && response.status === 200
  const lists = exchanges.map((one, at) => (shows(one) && poolWithNodes(one) === pool ? at : -1)).filter(at => at >= 0)
  const at = lists.findLast(one => one <= index) ?? lists[0]
  if (pool === undefined || at === undefined) return []
  return (exchanges[at]?.response.body as { value: JsonObject[] }).value
}

/** A pool that only its nodes show. */
function poolOfNode(id: string, node: JsonObject, isWindows: boolean): JsonObject {
  const machine = objectIn(node, 'virtualMachineInfo')
  const virtualMachineConfiguration = { ...machine, ...(isWindows && { nodeAgentSKUId: 'batch.node.windows amd64' }) }
  return { id, vmSize: node['vmSize'], virtualMachineConfiguration, startTask: node['startTask'] }
}

const OF_CLOUD_SERVICES = /"(?:ofCloudServices|cloudServiceConfiguration)":/

const showsPools = (exchange: Recorded | undefined): boolean =>
  exchange?.response.status === 200 &&
  isObject(exchange.response.body) &&
  /^dp:(?:pool|node(?:\.list|\.get|counts))/.test(exchange.op)

/** Whether the path names a pool, node, job or schedule that the recording doesn't show, and that was there. */
export function lacksPoolOrJob(recording: Recording, index: number): boolean {
  const exchange = recording.exchanges[index]
  const path = exchange === undefined ? '' : pathOf(exchange)
  const [, pool] = /^\/pools\/([^/]+)/.exec(path) ?? []
  if (exchange?.response.status === 404) return false
  if (lacksWork(recording, index) || exchange?.response.status === 409) return true
  const there = poolsBefore(recording, index)
  if (showsPools(exchange) && JSON.stringify([there, exchange?.response.body]).match(OF_CLOUD_SERVICES)) return true
  return pool !== undefined && !there.some(({ id }) => String(id).endsWith(`/${pool}`))
}

const objectIn = (of: JsonObject, name: string): JsonObject => (of[name] ?? {}) as JsonObject

function armPool(
  account: string,
  pool: JsonObject,
  { nodes, at }: { nodes: number; at: string | undefined }
): JsonObject {
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
      ...{
        startTask,
        userAccounts,
        metadata,
        displayName,
        ofCloudServices: pool['cloudServiceConfiguration'] !== undefined || undefined
      },
      taskSlotsPerNode: taskSlotsPerNode ?? 1,
      taskSchedulingPolicy: rest['taskSchedulingPolicy'] ?? { nodeFillType: 'Spread' },
      networkConfiguration: armNetwork(rest['networkConfiguration']),
      resourceTags: rest['resourceTags'],
      interNodeCommunication: 'Disabled',
      deploymentConfiguration: {
        virtualMachineConfiguration: { ...image, nodeAgentSkuId: nodeAgentSKUId } as JsonObject
      },
      scaleSettings: pool['enableAutoScale'] === true ? { autoScale } : { fixedScale },
      ...{
        ...allocation(pool, at),
        currentDedicatedNodes: size,
        currentLowPriorityNodes: Number(pool['currentLowPriorityNodes'] ?? 0)
      }
    }
  }
}

/** What the two contracts spell differently. */
function armNetwork(network: JsonObject | undefined): JsonObject | undefined {
  if (network === undefined) return undefined
  const { dynamicVNetAssignmentScope, endpointConfiguration, ...rest } = network
  const inboundNatPools = objectIn({ endpointConfiguration }, 'endpointConfiguration')['inboundNATPools']
  return {
    ...rest,
    ...(dynamicVNetAssignmentScope !== undefined && { dynamicVnetAssignmentScope: dynamicVNetAssignmentScope }),
    ...(endpointConfiguration !== undefined && { endpointConfiguration: { inboundNatPools } })
  }
}

/** A pool that was resizing or stopping at the time of the look is so in the world, and one that fell short says why. */
function allocation(pool: JsonObject, at: string | undefined): JsonObject {
  const { allocationState, targetDedicatedNodes, targetLowPriorityNodes, resizeTimeout, resizeErrors } = pool
  const status = { startTime: at, targetDedicatedNodes, targetLowPriorityNodes, resizeTimeout }
  if (allocationState === 'resizing') return { allocationState: 'Resizing', resizeOperationStatus: status }
  if (allocationState === 'stopping') return { allocationState: 'Stopping', resizeOperationStatus: status }
  if (!Array.isArray(resizeErrors)) return { allocationState: 'Steady' }
  const errors = resizeErrors.filter(isObject).map(({ code, message, values }) => ({
    ...{ code, message },
    ...(Array.isArray(values) && {
      details: values.filter(isObject).map(({ name, value }) => ({ code: name, message: value }))
    })
  }))
  return { allocationState: 'Steady', resizeOperationStatus: { ...status, errors } }
}
