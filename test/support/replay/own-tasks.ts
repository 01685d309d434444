/** A task whose files are asked for has run before: on a node of a pool of its own, with the output that the recording shows. */
import type { Behaviour, JsonObject } from '../../../emulator/kernel/types.ts'
import { pathOf } from './recorded-resources.ts'
import type { Recorded, Recording } from './recordings.ts'
import type { Begun } from './replay.ts'

const FILES = /^\/jobs\/([^/]+)\/tasks\/([^/]+)\/files/
const POOL = 'ran'

/** The pool, and the job with it. */
export function ranBefore(exchange: Recorded, account: string): JsonObject[] {
  const [, job] = FILES.exec(pathOf(exchange)) ?? []
  if (job === undefined) return []
  const isWindows = exchange.response.headers['ocp-creation-time'] !== undefined
  const nodeAgentSkuId = `batch.node.${isWindows ? 'windows amd64' : 'ubuntu 22.04'}`
  const pool = {
    ...{ vmSize: 'X', allocationState: 'Steady', currentDedicatedNodes: 1, currentLowPriorityNodes: 0 },
    scaleSettings: { fixedScale: { targetDedicatedNodes: 1 } },
    deploymentConfiguration: { virtualMachineConfiguration: { imageReference: {}, nodeAgentSkuId } }
  }
  return [
    { id: `${account}/pools/${POOL}`, type: 'Microsoft.Batch/batchAccounts/pools', properties: pool },
    {
      id: `${account}/jobs/${job}`,
      type: 'Microsoft.Batch/batchAccounts/jobs',
      properties: { poolInfo: { poolId: POOL } }
    }
  ]
}

/** What a task wrote that the recording shows. */
export function outputIn({ exchanges }: Recording, exchange: Recorded): Behaviour['nodes'] {
  const [path] = FILES.exec(pathOf(exchange)) ?? []
  if (path === undefined) return {}
  const textOf = (file: string): string => {
    const got = exchanges.find(one => one.request.method === 'GET' && pathOf(one) === `${path}/${file}`)
    return typeof got?.response.body === 'string' ? got.response.body : ''
  }
  return { [POOL]: { tasks: [{ stdout: textOf('stdout.txt'), stderr: textOf('stderr.txt') }] } }
}

/** Adds the task, and waits until it is through. */
export function runBefore({ request }: Recorded, { send, pass }: Begun): void {
  const url = new URL(request.uri)
  const [, job, task] = FILES.exec(url.pathname) ?? []
  if (job === undefined) return
  const uri = new URL(`/jobs/${job}/tasks${url.search}`, url).href
  send({ method: 'POST', uri, body: { id: task, commandLine: 'true' } })
  pass(60_000)
}
