/** What Azure answered when a VM was tagged, deallocated and started: fed to the gateway as bytes. */
import { expect } from '@jest/globals'
import { textAt } from '../../src/azure/read/json.ts'
import type { ComputeGateway } from '../../src/azure/gateway.ts'
import type { VmId } from '../../src/model/arm-id.ts'
import { readRecordings, withoutRecordings, type Recorded } from '../support/replay/recordings.ts'
import { testIf } from '../support/test-if.ts'
import { calls, type ScriptedAnswer, withAzure } from './azure.ts'

const fed = testIf(withoutRecordings)
const recordings = readRecordings()
const VM = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/x' as VmId

const answer = ({ response: { status, headers, body } }: Recorded): ScriptedAnswer => ({
  status,
  headers,
  text: body === null ? '' : JSON.stringify(body)
})

/** The first answers of an operation and the polls of its `Azure-AsyncOperation`, of those that were recorded to their end. */
function operationsOf(op: string): { first: Recorded; polls: Recorded[] }[] {
  return recordings.flatMap(({ exchanges }) =>
    exchanges.flatMap((first, index) => {
      const url = first.response.headers['azure-asyncoperation']
      if (first.op !== op || url === undefined || !url.startsWith('https://management.azure.com/')) return []
      const polls = exchanges.slice(index + 1).filter(({ request }) => request.uri === url)
      const last = polls.at(-1)?.response.body ?? null
      return textAt(last, 'status') === 'Succeeded' ? [{ first, polls }] : []
    })
  )
}

const CALLS: [string, string, (compute: ComputeGateway) => Promise<void>][] = [
  ['compute:vm.update', `PATCH ${VM}`, compute => compute.setVmTags(VM, { a: 'b' }, '"1"')],
  ['compute:vm.deallocate', `POST ${VM}/deallocate`, compute => compute.deallocateVm(VM)],
  ['compute:vm.start', `POST ${VM}/start`, compute => compute.startVm(VM)]
]

for (const [op, call, make] of CALLS) {
  fed(`every recorded ${op} is followed to its end, at the recorded URL`, async () => {
    const operations = operationsOf(op)
    expect(operations.length).toBeGreaterThan(10)
    for (const { first, polls } of operations) {
      const url = polls[0]?.request.uri ?? ''
      const script = { [call]: [answer(first)], [`GET ${url}`.toLowerCase()]: polls.map(answer) }
      await withAzure(script, async ({ azure, sent }) => {
        await make(azure.compute)
        expect(
          calls(sent)
            .map(({ url }) => url)
            .slice(1)
        ).toEqual(polls.map(({ request }) => request.uri))
      })
    }
  })
}
