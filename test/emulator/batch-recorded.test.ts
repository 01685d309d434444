import { existsSync, readFileSync } from 'node:fs'
import { expect } from '@jest/globals'
import type { Json, JsonObject } from '../../emulator/kernel/types.ts'
import { testIf } from '../support/test-if.ts'
import { ACCOUNT, batchWorld, sku, SECOND } from './batch-world.ts'

const FILE = '../shared/recorded/azure-sdk-for-python-2020__test_mgmt_batch.test_mgmt_batch_pools.jsonl'
const recorded = testIf(existsSync(FILE) ? undefined : 'no recordings beside the checkout')

type Exchange = {
  op: string
  request: { method: string; uri: string; body: Json }
  response: { status: number; body: JsonObject | null }
}

/** Without times, ids and tags that differ from run to run, and `displayName`, which Azure shows only since 2020. */
function timeless(value: Json | undefined): Json | undefined {
  return value === undefined
    ? undefined
    : (JSON.parse(JSON.stringify(value).replaceAll(VARYING, '~').replaceAll('"displayName":"test_pool",', '')) as Json)
}
const VARYING =
  /\d{4}-\d\d-\d\dT[\d:.]+Z|0x8D[0-9A-F]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\/subscriptions[^"]*\/batchAccounts\/[^/"]+/g

recorded('the recorded life of a virtual machine pool over 2019-08-01 is answered as Azure answered it', () => {
  const exchanges = readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Exchange)
    .filter(
      ({ op, request }) =>
        op.startsWith('armbatch:pool.') && !op.endsWith('list') && request.uri.includes('test_iaas_pool')
    )
  const { arm, pass } = batchWorld({
    account: { dedicatedCoreQuotaPerVMFamilyEnforced: false },
    behaviour: { virtualMachineSkus: [sku('Standard_A1', 1)] }
  })
  const compared = []
  for (const { op, request, response } of exchanges) {
    if (op === 'armbatch:pool.update') pass(2 * SECOND)
    if (op === 'armbatch:pool.disableautoscale') pass(300 * SECOND)
    const path = `${ACCOUNT}${/\/(?:pools|poolOperationResults)\/[^?]+/.exec(request.uri)?.[0] ?? ''}`
    const answer = arm(request.method, path, {
      apiVersion: '2019-08-01',
      ...(request.body !== null && { body: request.body })
    })
    if (op === 'armbatch:pool.delete:poll') break
    compared.push(op)
    expect([op, answer.status, timeless(answer.body ?? null)]).toEqual([op, response.status, timeless(response.body)])
  }
  expect(compared).toEqual(
    ['createOrUpdate', 'update', 'get', 'stopresize', 'disableautoscale', 'delete'].map(verb => `armbatch:pool.${verb}`)
  )
})
