/** Every operation of the embedded Azure, called by hand: request and answer against Microsoft's contracts. */
import { expect, test } from '@jest/globals'
import { batchOperations } from '../../emulator/batch/index.ts'
import { computeOperations } from '../../emulator/compute/index.ts'
import type { Exchange } from '../../emulator/index.ts'
import type { Host } from '../../emulator/kernel/types.ts'
import * as c from '../emulator/caller.ts'
import { violations } from '../support/contract/contract.ts'
import { contractOf, withoutSpecifications } from '../support/contract/specifications.ts'
import { testIf } from '../support/test-if.ts'
import { COMPUTE_CALLS, managerCalls, serviceCalls, type Row } from './every-call.ts'

const SCHEDULE = {
  id: `${c.SUBSCRIPTION}/resourceGroups/render-batch/providers/Microsoft.Batch/batchAccounts/renderfarm/jobSchedules/nightly`,
  type: 'Microsoft.Batch/batchAccounts/jobSchedules',
  properties: {
    schedule: { recurrenceInterval: 'P1D' },
    jobSpecification: { priority: 0, poolInfo: { poolId: 'by-service' } }
  }
}

/** An Azure with an image for pools, and a schedule of jobs. */
function withVersion(): c.Caller {
  const tasks = { 'by-service': { runningTasks: [{ index: 0, endsAfterMs: 1 }] } }
  const caller = c.withSnapshotAndDefinition(
    c.makeCaller({ behaviour: { nodes: tasks }, change: world => void world.resources.push(SCHEDULE) })
  )
  caller.arm('PUT', `${c.VERSION}?api-version=${c.GALLERIES}`, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 900_000
  return caller
}

/** Makes the calls one after the other; names of nodes are known only then. */
function run(caller: c.Caller, rows: readonly Row[], host: Host): readonly Exchange[] {
  const from = caller.emulator.journal().length
  let node = ''
  for (const [method, path, body, waitMs = 0] of rows) {
    const [url, sent] = [path, JSON.stringify(body)].map(text => text?.replaceAll('{node}', node))
    const answer = host === 'batch' ? service(caller, method, url ?? '', sent) : caller.arm(method, url ?? '', body)
    if (answer.status >= 500) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    if (path.startsWith('/pools/by-service/nodes?')) node = answer.body.value[0]?.id
    caller.time.now += waitMs
  }
  return caller.emulator.journal().slice(from)
}

function service(caller: c.Caller, method: string, path: string, body?: string): c.Answer {
  const authorization = `Bearer ${caller.token('https://batch.core.emulated.azure/').body.access_token}`
  const headers = { authorization, 'content-type': 'application/json; odata=minimalmetadata' }
  const url = `https://renderfarm.eastus2.batch.emulated.azure${path}`
  return caller.raw({ method, url, headers, ...(body !== undefined && { body }) })
}

const versionsOf = (id: string, host: Host): readonly string[] =>
  batchOperations.find(operation => operation.id === id && operation.host === host)?.apiVersions ?? []

const walked = (): Exchange[] => [
  ...run(c.makeCaller(), COMPUTE_CALLS, 'resource-manager'),
  ...versionsOf('Pool_Get', 'resource-manager').flatMap(version =>
    run(withVersion(), managerCalls(version), 'resource-manager')
  ),
  ...versionsOf('Pool_Get', 'batch').flatMap(version => run(withVersion(), serviceCalls(version), 'batch'))
]

test('every operation of Compute and Batch that is emulated is called by hand, and does what was asked', () => {
  const done = new Set(
    walked()
      .filter(({ response }) => response.status < 300)
      .map(({ operation, request }) => `${operation} ${request.url.includes('.batch.')}`)
  )
  const emulated = [...computeOperations, ...batchOperations].filter(({ path }) => !path.includes('OperationResults'))
  expect(emulated.map(({ id, host }) => `${id} ${host === 'batch'}`).filter(id => !done.has(id))).toEqual([])
})

testIf(withoutSpecifications)(
  'every operation, over every version, is asked and answers as the contracts say',
  async () => {
    const exchanges = walked()
    expect(exchanges.filter(({ request }) => contractOf(request.url) !== undefined).length).toBeGreaterThan(100)
    expect(await violations(exchanges, 'requests and answers')).toEqual([])
  }
)
