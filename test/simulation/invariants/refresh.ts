/** Nodes that restart to take a change: never too many at a time, and nothing is left to say that they still have to. */
import { IDS } from '../../support/story.ts'
import { find, idIn, type Change, type Invariant, type Life, type Loose, type Run } from './invariant.ts'

const CALL = /^\/pools\/render\/nodes\/([^/]+)\/(?:reboot|reimage)$/
const NOTE = 'batch-image-rollout-refresh'

const HEALTHY = new Set(['idle', 'running'])
const AWAY = new Set(['rebooting', 'reimaging', 'starting', 'waitingforstarttask'])
const APART = new Set(['preempted', 'offline', 'leavingpool'])

type Asked = { nodeId: string; at: number }

/** An answer that was lost counts. */
const askedBy = ({ exchanges }: Run): Asked[] =>
  exchanges.flatMap(({ at, request, response, lost }) => {
    const nodeId = request.method === 'POST' ? CALL.exec(idIn(request.url))?.[1] : undefined
    return nodeId !== undefined && (lost === true || response.status < 300) ? [{ nodeId, at }] : []
  })

const isOf = (node: Loose) => (asked: Asked) => asked.nodeId === String(node.id).toLowerCase()

/** It restarts, or waits for its tasks and then does. */
function isOut(node: Loose, { runs }: Life, run: Run): boolean {
  if (AWAY.has(node.state)) return runs.flatMap(askedBy).some(isOf(node))
  const last = askedBy(run).findLast(isOf(node))
  return HEALTHY.has(node.state) && last !== undefined && Date.parse(node.lastBootTime) < last.at
}

function mostOf({ inputs }: Run, nodes: number): number {
  const size = inputs['wave-size'] ?? 'all'
  const asked = size === 'all' ? Math.floor(nodes / 10) : Number(size)
  return Math.max(1, Math.min(asked, Math.floor(nodes / 2)))
}

export const refreshInvariants: Invariant[] = [
  {
    rule: 'never are more nodes out for a refresh than a wave has',
    atChange({ life, run, method, target, nodes }: Change) {
      const nodeId = method === 'POST' ? CALL.exec(target)?.[1] : undefined
      if (nodeId === undefined) return
      const all = nodes()
      const node = all.find(({ id }) => String(id).toLowerCase() === nodeId)
      // One that has failed is no capacity, and may get a second chance.
      if (node === undefined || !HEALTHY.has(node.state)) return
      const out = all.filter(one => one !== node && isOut(one, life, run)).length + 1
      const most = mostOf(run, all.filter(({ state }) => !APART.has(state)).length)
      return out > most ? `${out} of ${all.length} nodes are out; ${most} may be` : undefined
    }
  },
  {
    alone: true,
    rule: 'no healthy node restarts unless refresh-nodes says so',
    atChange({ run, method, target, nodes }: Change) {
      const nodeId = method === 'POST' ? CALL.exec(target)?.[1] : undefined
      if (nodeId === undefined || (run.inputs['refresh-nodes'] ?? 'none') !== 'none') return
      const node = nodes().find(({ id }) => String(id).toLowerCase() === nodeId)
      return HEALTHY.has(node?.state) ? `${nodeId} was ${node.state}` : undefined
    }
  },
  {
    alone: true,
    rule: 'after a refresh that went well no note says that nodes are still to restart, unless it says so',
    atEndOfRun(_, { inputs, told, left }) {
      if (!told.ok || (inputs['refresh-nodes'] ?? 'none') === 'none') return
      if (told.log.some(line => line.includes('warning: '))) return
      const metadata = find(left, IDS.pool)?.properties.metadata ?? []
      return metadata.some(({ name }: Loose) => name === NOTE) ? `${NOTE} is left` : undefined
    }
  }
]
