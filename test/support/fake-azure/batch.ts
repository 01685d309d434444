/** Batch's part of the fake Azure. */
import type { BatchGateway, BatchServiceGateway } from '../../../src/azure/gateway.ts'
import { AzureError } from '../../../src/azure/errors.ts'
import { nameOf, type PoolId } from '../../../src/model/arm-id.ts'
import { isJsonObject, type JsonObject } from '../../../src/model/json.ts'
import type { Node, Pool, Scale, Task } from '../../../src/model/observed.ts'
import { parseIso8601Ms } from '../../../src/shared/iso8601.ts'
import type { Around } from './index.ts'
import { nextEtag, patched, shown } from './pool.ts'

const MINUTE = 60_000

function refusal(status: number, code: string): AzureError {
  return new AzureError({ operation: 'Pool', target: 'render', status, code, message: code })
}

export function batch(around: Around): BatchGateway {
  const { world, make } = around
  const poolNow = (): Pool => {
    if (world.pool === undefined) throw refusal(404, 'PoolNotFound')
    return world.pool
  }
  return {
    getAccount: id => make({ name: 'getAccount', target: nameOf(id) }, () => world.account),
    listVmSizes: () => Promise.reject(new Error('no step asks for sizes')),
    listPools: () => Promise.reject(new Error('no step asks for pools')),
    getPool: (id, apiVersion) =>
      make({ name: 'getPool', target: nameOf(id), under: apiVersion }, () => world.pool && shown(world.pool)),
    createPool: (id, body, apiVersion) =>
      make({ name: 'createPool', target: nameOf(id), body, under: apiVersion }, () => {
        world.pool = patched(emptyPool(id), body)
        resize(around)
        return shown(world.pool)
      }),
    patchPool: (id, body, { ifMatch }) =>
      make({ name: 'patchPool', target: nameOf(id), body, under: ifMatch }, () => {
        const before = poolNow()
        if (ifMatch !== before.etag) throw refusal(412, 'UpdateConditionNotSatisfied')
        const scales = isJsonObject(body.properties) && body.properties.scaleSettings !== undefined
        if (scales && before.allocationState !== 'Steady') throw refusal(409, 'PoolBeingResized')
        world.pool = patched(before, body)
        if (!sameScale(before.scale, world.pool.scale)) resize(around)
        return shown(world.pool)
      }),
    stopResize: (id, apiVersion) =>
      make({ name: 'stopResize', target: nameOf(id), under: apiVersion }, () => {
        const pool = { ...poolNow(), allocationState: 'Stopping' }
        world.pool = { ...pool, etag: nextEtag(pool.etag) }
        around.time.later(world.takes?.stop ?? 5_000, () => {
          const stopped = { code: 'ResizeStopped', message: 'by request', details: [] }
          const resize = { ...world.pool?.resize, errors: [stopped] }
          world.pool = { ...poolNow(), allocationState: 'Steady', resize, etag: nextEtag(poolNow().etag) }
        })
        return shown(world.pool)
      }),
    deletePool: (id, apiVersion) =>
      make({ name: 'deletePool', target: nameOf(id), under: apiVersion }, () => {
        world.pool = { ...poolNow(), provisioningState: 'Deleting' }
        around.time.later(world.takes?.delete ?? 16_000, () => {
          delete world.pool
        })
      })
  }
}

function emptyPool(poolId: PoolId): Pool {
  return {
    poolId,
    etag: 'W/"0"',
    provisioningState: 'Succeeded',
    allocationState: 'Steady',
    currentDedicatedNodes: 0,
    currentLowPriorityNodes: 0,
    scale: { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 0 },
    metadata: [],
    body: {}
  }
}

/** Batch takes the scale that a pool has already for no change (see `ask-nodes.ts`). */
function sameScale(a: Scale, b: Scale): boolean {
  if (a.kind === 'auto' || b.kind === 'auto') return b.kind === 'auto'
  return (
    a.targetDedicatedNodes === b.targetDedicatedNodes &&
    a.targetLowPriorityNodes === b.targetLowPriorityNodes &&
    (a.resizeTimeout ?? 'PT15M') === (b.resizeTimeout ?? 'PT15M')
  )
}

/** Ends with what the region gives, and without those that are busy only when the time of the resize is up. */
function resize({ world, time }: Around): void {
  const { pool } = world
  if (pool?.scale.kind !== 'fixed') return
  const { targetDedicatedNodes, targetLowPriorityNodes, resizeTimeout = 'PT15M' } = pool.scale
  const { dedicated: most, lowPriority: mostLow } = world.room ?? { dedicated: Infinity, lowPriority: Infinity }
  const dedicated = Math.max(Math.min(targetDedicatedNodes, most), world.busy ?? 0)
  const lowPriority = Math.min(targetLowPriorityNodes, mostLow)
  const isWhole = dedicated === targetDedicatedNodes && lowPriority === targetLowPriorityNodes
  const begun = { targetDedicatedNodes, targetLowPriorityNodes, startTime: new Date(time.clock.now()).toISOString() }
  world.pool = { ...pool, allocationState: 'Resizing', resize: { ...begun, errors: [] } }
  const ms = isWhole ? (world.takes?.resize ?? MINUTE) : (world.takes?.short ?? parseIso8601Ms(resizeTimeout) ?? MINUTE)
  time.later(ms, () => {
    const now = world.pool
    if (now?.allocationState !== 'Resizing' || now.resize?.startTime !== begun.startTime) return
    const short = { code: 'AllocationTimedout', message: 'not in time', details: [] }
    world.pool = {
      ...now,
      etag: nextEtag(now.etag),
      allocationState: 'Steady',
      currentDedicatedNodes: dedicated,
      currentLowPriorityNodes: lowPriority,
      resize: { ...begun, errors: isWhole ? [] : [short] }
    }
    settleNodes({ world, time }, { dedicated, lowPriority })
  })
}

function settleNodes(
  { world, time }: Pick<Around, 'world' | 'time'>,
  wanted: { dedicated: number; lowPriority: number }
): void {
  const allocatedAt = new Date(time.clock.now()).toISOString()
  const kind = (isDedicated: boolean, count: number): Node[] => {
    const there = (world.nodes ?? []).filter(node => node.isDedicated === isDedicated).slice(0, count)
    const fresh = Array.from({ length: count - there.length }, (_, index): Node => {
      const nodeId = `tvm-${isDedicated ? 'd' : 'p'}${(nodesMade += 1)}-${index}`
      return { nodeId, state: 'idle', isDedicated, allocatedAt, errors: [], ...world.becomes?.(nodeId) }
    })
    return [...there, ...fresh]
  }
  world.nodes = [...kind(true, wanted.dedicated), ...kind(false, wanted.lowPriority)]
}

let nodesMade = 0

export function batchService({ world, time, make }: Around, endpoint: string): BatchServiceGateway {
  const restart = (nodeId: string, state: string): void => {
    const set = (change: Partial<Node>): void => {
      world.nodes = (world.nodes ?? []).map(node => (node.nodeId === nodeId ? { ...node, ...change } : node))
    }
    set({ state })
    time.later(world.takes?.reboot ?? MINUTE, () => {
      const bootedAt = new Date(time.clock.now()).toISOString()
      set({ state: 'idle', bootedAt, ...world.becomes?.(nodeId) })
    })
  }
  return {
    listNodes: pool => make({ name: 'listNodes', target: pool, under: endpoint }, () => world.nodes ?? []),
    nodeFileEnd: (_pool, { nodeId, path, bytes }) =>
      make({ name: 'nodeFileEnd', target: `${nodeId}/${path}`, body: bytes, under: endpoint }, () => {
        const text = world.files?.[`${nodeId}/${path}`]
        if (text === undefined) throw refusal(404, 'FileNotFound')
        return text
      }),
    rebootNode: (_pool, nodeId, drain) =>
      make({ name: 'rebootNode', target: nodeId, body: drain, under: endpoint }, () => restart(nodeId, 'rebooting')),
    reimageNode: (_pool, nodeId, drain) =>
      make({ name: 'reimageNode', target: nodeId, body: drain, under: endpoint }, () => restart(nodeId, 'reimaging')),
    removeNodes: (pool, { nodeIds, resizeTimeoutMs }) =>
      make({ name: 'removeNodes', target: pool, body: { nodeIds, resizeTimeoutMs }, under: endpoint }, () => {
        const left = (world.nodes ?? []).filter(({ nodeId }) => !nodeIds.includes(nodeId))
        const dedicated = left.filter(({ isDedicated }) => isDedicated).length
        const targets = { targetDedicatedNodes: dedicated, targetLowPriorityNodes: left.length - dedicated }
        if (world.pool !== undefined) {
          world.pool = { ...world.pool, etag: nextEtag(world.pool.etag), scale: { kind: 'fixed', ...targets } }
        }
        world.nodes = left
        resize({ world, time, make })
      }),
    nodeCounts: pool => make({ name: 'nodeCounts', target: pool, under: endpoint }, () => world.counts),
    listSupportedImages: () => Promise.reject(new Error('no step asks for images')),
    createJob: job => make({ name: 'createJob', target: String(job.id), body: job, under: endpoint }, () => undefined),
    addTasks: (job, tasks) =>
      make({ name: 'addTasks', target: job, body: [...tasks], under: endpoint }, () => {
        const added = tasks.map((task): Task => ({ taskId: String(task.id), state: 'active', ...world.runs?.(task) }))
        world.tasks = [...(world.tasks ?? []), ...added]
      }),
    listTasks: job => make({ name: 'listTasks', target: job, under: endpoint }, () => world.tasks ?? []),
    taskFileEnd: (_job, { taskId, path, bytes }) =>
      make({ name: 'taskFileEnd', target: `${taskId}/${path}`, body: bytes, under: endpoint }, () => {
        const text = world.files?.[`${taskId}/${path}`]
        if (text === undefined) throw refusal(404, 'FileNotFound')
        return text
      }),
    deleteJob: job => make({ name: 'deleteJob', target: job, under: endpoint }, () => undefined),
    activeWork: pool =>
      make({ name: 'activeWork', target: pool, under: endpoint }, () => world.work ?? { jobs: [], tasks: 0 })
  }
}

/** Somebody else's write of it: another ETag, whatever it changes. */
export function written(pool: Pool, change: Partial<Pool> | JsonObject = {}): Pool {
  return { ...pool, ...change, etag: nextEtag(pool.etag) }
}
