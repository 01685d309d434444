import { nameOf } from '../kernel/resources.ts'
import type { Answer, Call, JsonObject, Operation, Stored } from '../kernel/types.ts'
import { answering, refuse } from './batch-errors.ts'
import type { NodeState } from './nodes.ts'
import { nodeState, nodeView } from './nodes.ts'
import { filterOf } from './odata-filter.ts'
import type { NodeFact } from './pool-facts.ts'
import { factsOf, nodesAt, worldStart } from './pool-record.ts'
import {
  itemAnswer,
  ITEM_QUERY,
  LIST_QUERY,
  listAnswer,
  same,
  servicePool,
  servicePools,
  serviceRow
} from './service-scope.ts'

const shared = { ...serviceRow, method: 'GET' } as const

export const serviceNodeOperations: Operation[] = [
  { ...shared, id: 'ComputeNode_List', path: '/pools/{poolId}/nodes', query: LIST_QUERY, handle: answering(list) },
  {
    ...shared,
    id: 'ComputeNode_Get',
    path: '/pools/{poolId}/nodes/{nodeId}',
    query: ITEM_QUERY,
    handle: answering(get)
  },
  { ...shared, id: 'Account_ListPoolNodeCounts', path: '/nodecounts', query: LIST_QUERY, handle: answering(counts) },
  {
    ...shared,
    id: 'Account_ListSupportedImages',
    path: '/supportedimages',
    query: LIST_QUERY,
    handle: answering(supportedImages)
  }
]

/** Without a filter only the page that is asked for is looked at closely: pools have thousands of nodes. */
function list(call: Call): Answer {
  const pool = servicePool(call)
  const { world, now, origin, apiVersion } = call
  const look = { world, pool, now, origin, apiVersion }
  const nodes = nodesAt(factsOf(pool), now)
  if (!call.query.has('$filter')) return listAnswer(call, 'nodes', { items: nodes, view: node => nodeView(look, node) })
  const views = nodes.map(node => nodeView(look, node)).filter(filterOf(call))
  return listAnswer(call, 'nodes', { items: views, view: same })
}

/** The node that the path names, or 404. */
export function serviceNode(call: Call): { pool: Stored; node: NodeFact } {
  const pool = servicePool(call)
  const node = nodesAt(factsOf(pool), call.now).find(({ id }) => id === call.params['nodeId'])
  if (node !== undefined) return { pool, node }
  return refuse(call, { status: 404, code: 'NodeNotFound', message: 'The specified node does not exist.' })
}

function get(call: Call): Answer {
  const { pool, node } = serviceNode(call)
  const { world, now, origin, apiVersion } = call
  return itemAnswer(call, 'nodes', nodeView({ world, pool, now, origin, apiVersion }, node))
}

/** Names of the states as counts have them in every version. */
const COUNT_NAMES: Record<string, NodeState | undefined> = {
  creating: 'creating',
  idle: 'idle',
  offline: undefined,
  preempted: 'preempted',
  rebooting: 'rebooting',
  reimaging: 'reimaging',
  running: 'running',
  starting: 'starting',
  startTaskFailed: 'starttaskfailed',
  leavingPool: 'leavingpool',
  unknown: 'unknown',
  unusable: 'unusable',
  waitingForStartTask: 'waitingforstarttask'
}
/** `upgradingOS` came with upgrade policies, the others with the deallocation of nodes. */
const NEWER_COUNT_NAMES: Record<string, string[]> = {
  '2022-10-01.16.0': [],
  '2024-02-01.19.0': ['upgradingOS']
}
const NEWEST_COUNT_NAMES = ['upgradingOS', 'deallocated', 'deallocating']

/** Pools as they were `nodeCountsLagMs` ago, though never as before the world began. */
function counts(call: Call): Answer {
  const { behaviour } = call.world
  const then = { ...call, now: Math.max(call.now - (behaviour.nodeCountsLagMs ?? 0), worldStart(call.world)) }
  const items = servicePools(then)
    .filter(pool => pool.createdAt <= then.now)
    .map(pool => ({
      poolId: nameOf(pool.id),
      dedicated: countsOf(then, pool, true),
      lowPriority: countsOf(then, pool, false)
    }))
  return listAnswer(call, 'poolnodecounts', { items: items.filter(filterOf(call)), view: same })
}

function countsOf(call: Call, pool: Stored, isDedicated: boolean): JsonObject {
  const nodes = nodesAt(factsOf(pool), call.now).filter(node => node.isDedicated === isDedicated)
  const states = nodes.map(node => nodeState({ world: call.world, pool, now: call.now }, node).state)
  const numbers = new Map<NodeState, number>()
  for (const state of states) numbers.set(state, (numbers.get(state) ?? 0) + 1)
  const known = Object.entries(COUNT_NAMES).map(([name, state]) => [name, (state && numbers.get(state)) ?? 0] as const)
  const names = NEWER_COUNT_NAMES[call.apiVersion] ?? NEWEST_COUNT_NAMES
  const newer = names.map(name => [name, 0] as const)
  return { ...Object.fromEntries([...known, ...newer]), total: nodes.length }
}

function supportedImages(call: Call): Answer {
  const items = call.world.behaviour.supportedImages.filter(filterOf(call))
  return listAnswer(call, 'supportedimages', { items, view: same })
}
