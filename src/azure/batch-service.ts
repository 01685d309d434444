/** The Batch service itself, which alone knows nodes, supported images, jobs and tasks. */
import type { Json } from '../model/json.ts'
import type { ActiveWork } from '../model/observed.ts'
import type { Drain } from '../model/spec.ts'
import { formatIso8601 } from '../shared/iso8601.ts'
import { AzureError } from './errors.ts'
import { PLAIN, type What, ifThere, send, sendForAll, view } from './connection.ts'
import type { BatchServiceGateway } from './gateway.ts'
import { listAt, objectOf } from './read/json.ts'
import {
  jobOnPool,
  readNode,
  readNodeCounts,
  readSupportedImage,
  readTask,
  readTaskCount,
  refusalOfAdded
} from './read/node.ts'
import type { Services } from './services.ts'

const API_VERSION = '2025-06-01'
/** Of a node, 5,000 of which may be listed, without its tasks and its start task's text. */
const NODE_PROPERTIES =
  'id,state,stateTransitionTime,isDedicated,affinityId,allocationTime,lastBootTime,errors,startTaskInfo,virtualMachineInfo'

/** What the Batch service takes for a body (service contract). */
const JSON_BODY = { 'content-type': 'application/json; odata=minimalmetadata' }

/** The words of the Batch service for what becomes of a node’s tasks when it restarts (`NodeRebootParameter`, `NodeReimageParameter`). */
const RESTART_OPTIONS: Readonly<Record<Drain, string>> = {
  'task-completion': 'taskcompletion',
  requeue: 'requeue',
  terminate: 'terminate'
}

const nodePath = (poolName: string, nodeId: string): string =>
  `/pools/${encodeURIComponent(poolName)}/nodes/${encodeURIComponent(nodeId)}`

const jobPath = (jobName: string): string => `/jobs/${encodeURIComponent(jobName)}`

/** What is asked for is so already: a first try, whose answer was lost, or an earlier one of the same run. */
async function unlessThere(code: string, sent: Promise<unknown>): Promise<void> {
  try {
    await sent
  } catch (error) {
    if (!(error instanceof AzureError) || error.status !== 409 || error.code !== code) throw error
  }
}

/** The line that the cut goes through is left out: the rest of a secret can't be told from any other text. */
function endOf(text: string, { bytes, isCut }: { bytes: number; isCut: boolean }): string {
  const end = text.slice(-bytes)
  return isCut || end.length < text.length ? end.slice(end.indexOf('\n') + 1 || end.length) : end
}

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
    nodeFileEnd: async (poolName, { nodeId, path, bytes }) => {
      const url = urlOf(`${nodePath(poolName, nodeId)}/files/${encodeURIComponent(path)}`)
      return fileEnd(url, { of: 'ComputeNode', target: `${poolName}/${nodeId}/${path}`, bytes })
    },
    rebootNode: async (poolName, nodeId, drain) => {
      const what: What = { operation: 'ComputeNode_Reboot', target: `${poolName}/${nodeId}` }
      const url = urlOf(`${nodePath(poolName, nodeId)}/reboot`)
      await send(line, what, {
        method: 'POST',
        url,
        headers: JSON_BODY,
        body: { nodeRebootOption: RESTART_OPTIONS[drain] }
      })
    },
    reimageNode: async (poolName, nodeId, drain) => {
      const what: What = { operation: 'ComputeNode_Reimage', target: `${poolName}/${nodeId}` }
      const url = urlOf(`${nodePath(poolName, nodeId)}/reimage`)
      await send(line, what, {
        method: 'POST',
        url,
        headers: JSON_BODY,
        body: { nodeReimageOption: RESTART_OPTIONS[drain] }
      })
    },
    removeNodes: async (poolName, { nodeIds, resizeTimeoutMs }) => {
      const what: What = { operation: 'Pool_RemoveNodes', target: poolName }
      const body = {
        nodeList: [...nodeIds],
        resizeTimeout: formatIso8601(resizeTimeoutMs),
        nodeDeallocationOption: 'requeue'
      }
      const url = urlOf(`/pools/${encodeURIComponent(poolName)}/removenodes`)
      await send(line, what, { method: 'POST', url, headers: JSON_BODY, body })
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
    createJob: async job => {
      const what: What = { operation: 'Job_Add', target: String(job.id) }
      await unlessThere(
        'JobExists',
        send(line, what, { method: 'POST', url: urlOf('/jobs'), headers: JSON_BODY, body: job })
      )
    },
    addTasks: async (jobName, tasks) => {
      const what: What = { operation: 'Task_AddCollection', target: jobName }
      const url = urlOf(`${jobPath(jobName)}/addtaskcollection`)
      const { body } = await send(line, what, { method: 'POST', url, headers: JSON_BODY, body: { value: [...tasks] } })
      const refusals = view(what, () => listAt(body, 'value').flatMap(added => refusalOfAdded(added) ?? []))
      const refused = refusals.find(({ code }) => code !== 'TaskExists')
      if (refused !== undefined) throw new AzureError({ ...what, ...refused, status: 400 })
    },
    listTasks: async jobName => {
      const what = { operation: 'Task_List', target: jobName }
      const url = urlOf(`${jobPath(jobName)}/tasks`, { $select: 'id,state,nodeInfo,executionInfo' })
      const tasks = await sendForAll(line, what, url)
      return view(what, () => tasks.map(readTask))
    },
    taskFileEnd: (jobName, { taskId, path, bytes }) => {
      const url = urlOf(`${jobPath(jobName)}/tasks/${encodeURIComponent(taskId)}/files/${encodeURIComponent(path)}`)
      return fileEnd(url, { of: 'Task', target: `${jobName}/${taskId}/${path}`, bytes })
    },
    deleteJob: async jobName => {
      const what: What = { operation: 'Job_Delete', target: jobName }
      const sent = send(line, what, { method: 'DELETE', url: urlOf(jobPath(jobName)) })
      await unlessThere('JobBeingDeleted', ifThere(sent))
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

  type FileEnd = { of: 'ComputeNode' | 'Task'; target: string; bytes: number }

  async function fileEnd(url: string, { of, target, bytes }: FileEnd): Promise<string> {
    const asked: What = { operation: `File_GetPropertiesFrom${of}`, target }
    const size = Number((await send(line, asked, { method: 'HEAD', url })).headers.get('content-length'))
    if (!(size > 0)) return ''
    const start = Math.max(0, size - bytes)
    const headers = { accept: PLAIN, 'ocp-range': `bytes=${start}-${size - 1}` }
    const what: What = { operation: `File_GetFrom${of}`, target }
    const { text } = await send(line, what, { method: 'GET', url, headers })
    return endOf(text, { bytes, isCut: start > 0 })
  }

  /** A job that ends meanwhile has no more tasks. */
  async function countTasks(job: string): Promise<number> {
    const what: What = { operation: 'Job_GetTaskCounts', target: job }
    const url = urlOf(`/jobs/${encodeURIComponent(job)}/taskcounts`)
    const answer = await ifThere(send(line, what, { method: 'GET', url }))
    return answer === undefined ? 0 : view(what, () => readTaskCount(objectOf(answer.body as Json)))
  }
}
