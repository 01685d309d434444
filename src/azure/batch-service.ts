/** The Batch service itself, which alone knows nodes, supported images and jobs. Read-only. */
import type { Json } from '../model/json.ts'
import type { ActiveWork } from '../model/observed.ts'
import { type What, ifThere, send, sendForAll, view } from './connection.ts'
import type { BatchServiceGateway } from './gateway.ts'
import { objectOf } from './read-json.ts'
import { jobOnPool, readNode, readNodeCounts, readSupportedImage, readTaskCount } from './read-node.ts'
import type { Services } from './services.ts'

const API_VERSION = '2025-06-01'
/** Of a node, 5,000 of which may be listed, without its tasks and its start task's text. */
const NODE_PROPERTIES = 'id,state,isDedicated,allocationTime,errors,startTaskInfo,virtualMachineInfo'

/** @param accountEndpoint host, as ARM gives it. @throws RunError for a host outside of the cloud */
export function batchServiceGateway(
  services: Services,
  signal: AbortSignal,
  accountEndpoint: string
): BatchServiceGateway {
  const { url: base, client } = services.batchService(accountEndpoint)
  const line = services.line(client, signal)
  const urlOf = (path: string, query: Record<string, string> = {}) => {
    const pairs = Object.entries({ 'api-version': API_VERSION, ...query })
    return `${base}${path}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
  }
  return {
    listNodes: async poolName => {
      const what = { operation: 'ComputeNode_List', target: poolName }
      const url = urlOf(`/pools/${encodeURIComponent(poolName)}/nodes`, { $select: NODE_PROPERTIES })
      const nodes = await ifThere(sendForAll(line, what, url))
      return view(what, () => (nodes ?? []).map(readNode))
    },
    nodeCounts: async poolName => {
      const what = { operation: 'Account_ListPoolNodeCounts', target: poolName }
      const [counts] = await sendForAll(line, what, urlOf('/nodecounts', { $filter: `poolId eq '${poolName}'` }))
      return counts === undefined ? undefined : view(what, () => readNodeCounts(counts))
    },
    listSupportedImages: async () => {
      const what = { operation: 'Account_ListSupportedImages', target: accountEndpoint }
      const images = await sendForAll(line, what, urlOf('/supportedimages'))
      return view(what, () => images.map(readSupportedImage))
    },
    activeWork: async (poolName): Promise<ActiveWork> => {
      const what = { operation: 'Job_List', target: poolName }
      const query = { $filter: "state eq 'active'", $select: 'id,poolInfo,executionInfo' }
      const all = await sendForAll(line, what, urlOf('/jobs', query))
      const jobs = view(what, () => all.map(job => jobOnPool(job, poolName)).filter(id => id !== undefined))
      const counts = await Promise.all(jobs.map(job => countTasks(job)))
      return { jobs, tasks: counts.reduce((sum, count) => sum + count, 0) }
    }
  }

  /** A job that ends meanwhile has no more tasks. */
  async function countTasks(job: string): Promise<number> {
    const what: What = { operation: 'Job_GetTaskCounts', target: job }
    const url = urlOf(`/jobs/${encodeURIComponent(job)}/taskcounts`)
    const answer = await ifThere(send(line, what, { method: 'GET', url }))
    return answer === undefined ? 0 : view(what, () => readTaskCount(objectOf(answer.body as Json)))
  }
}
