import { expect, test } from '@jest/globals'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import { readAccount, readPool, readVmSize } from '../../../src/azure/read/pool.ts'

const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Batch/batchAccounts/renders'
const account = (properties: JsonObject = {}) =>
  readAccount({
    id: ACCOUNT,
    location: 'West US 3',
    properties: { accountEndpoint: 'renders.westus3.batch.azure.com', ...properties }
  })
const pool = (properties: JsonObject = {}) =>
  readPool({
    id: `${ACCOUNT}/pools/frames`,
    etag: 'e',
    properties: { provisioningState: 'Succeeded', allocationState: 'Steady', ...properties }
  })
const size = (capabilities: Record<string, string>) =>
  readVmSize({
    name: 'Standard_D4s_v5',
    capabilities: Object.entries(capabilities).map(([name, value]) => ({ name, value }))
  })

test('an account that says little is open, serves pools itself and has no quota by family', () => {
  expect(account()).toEqual({
    accountId: ACCOUNT,
    location: 'westus3',
    accountEndpoint: 'renders.westus3.batch.azure.com',
    poolAllocationMode: 'BatchService',
    network: { publicAccess: 'Enabled', privateEndpoints: [] },
    dedicatedCoreQuotaPerVMFamilyEnforced: false
  })
})

test.each(['https://renders.batch.azure.com', 'HTTPS://renders.batch.azure.com', 'renders.batch.azure.com'])(
  'of the endpoint %s the host counts',
  accountEndpoint => {
    expect(account({ accountEndpoint }).accountEndpoint).toBe('renders.batch.azure.com')
  }
)

test('only a scheme in front of an endpoint is taken off', () => {
  expect(account({ accountEndpoint: 'a.https://b' }).accountEndpoint).toBe('a.https://b')
})

test('of authentication modes and private endpoints only texts count, and only approved endpoints', () => {
  const endpoint = (status: string, groupIds: Json[]): JsonObject => ({
    properties: { privateLinkServiceConnectionState: { status }, groupIds }
  })
  const read = account({
    allowedAuthenticationModes: ['AAD', null, 7],
    privateEndpointConnections: [endpoint('Approved', ['batchAccount', null]), endpoint('Pending', ['nodeManagement'])]
  })
  expect(read.allowedAuthenticationModes).toEqual(['AAD'])
  expect(read.network.privateEndpoints).toEqual(['batchAccount'])
})

test.each<[string, Json, object | undefined]>([
  ['Deny with addresses', { defaultAction: 'Deny', ipRules: [{ value: '1.2.3.4' }, {}] }, { allowed: ['1.2.3.4'] }],
  ['Deny alone', { defaultAction: 'Deny' }, { allowed: [] }],
  ['Allow', { defaultAction: 'Allow', ipRules: [{ value: '1.2.3.4' }] }, undefined]
])('network rules with %s', (_, rules, expected) => {
  const { network } = account({ networkProfile: { accountAccess: rules, nodeManagementAccess: rules } })
  expect([network.account, network.nodeManagement]).toEqual([expected, expected])
})

test('a family without a number has no cores', () => {
  const read = account({ dedicatedCoreQuotaPerVMFamily: [{ name: 'a' }, { name: 'b', coreQuota: 8 }] })
  expect(read.dedicatedCoreQuotaPerVMFamily).toEqual([
    { name: 'a', coreQuota: 0 },
    { name: 'b', coreQuota: 8 }
  ])
})

test('what a size says of itself is found in any casing; what it doesn’t say, or says badly, is not known', () => {
  expect(
    size({
      vcpus: '4',
      HyperVGenerations: 'V1, V2',
      PremiumIO: 'TRUE',
      EphemeralOSDiskSupported: 'False',
      MaxDataDiskCount: 'many',
      CachedDiskBytes: String(2.5 * 2 ** 30)
    })
  ).toEqual({
    name: 'Standard_D4s_v5',
    vCpus: 4,
    hyperVGenerations: ['V1', 'V2'],
    premiumStorage: true,
    ephemeralOsDisk: false,
    cachedDiskGB: 2
  })
  expect(size({})).toEqual({ name: 'Standard_D4s_v5' })
})

test('a pool without scale settings, counts and metadata is fixed at no nodes', () => {
  expect(pool()).toMatchObject({
    currentDedicatedNodes: 0,
    currentLowPriorityNodes: 0,
    scale: { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 0 },
    metadata: []
  })
  expect(Object.keys(pool())).not.toEqual(expect.arrayContaining(['resize']))
})

test('the ETag in the body stands over that of the header; without either the answer is refused', () => {
  const answer = {
    id: `${ACCOUNT}/pools/frames`,
    properties: { provisioningState: 'Succeeded', allocationState: 'Steady' }
  }
  expect(readPool({ ...answer, etag: 'body' }, 'header').etag).toBe('body')
  expect(readPool(answer, 'header').etag).toBe('header')
  expect(() => readPool(answer)).toThrow('etag: missing in the answer')
})

test('metadata without a value is empty text', () => {
  expect(pool({ metadata: [{ name: 'a' }] }).metadata).toEqual([{ name: 'a', value: '' }])
})

test('errors of a resize say what they can, their details as one list', () => {
  const errors = [{ code: 'A', message: 'a', details: [{ code: 'B', details: [{ message: 'c' }] }] }, {}]
  expect(pool({ resizeOperationStatus: { errors } }).resize?.errors).toEqual([
    {
      code: 'A',
      message: 'a',
      details: [
        { code: 'B', message: '' },
        { code: 'Unknown', message: 'c' }
      ]
    },
    { code: 'Unknown', message: '', details: [] }
  ])
})

test('an evaluation of a formula that went well has no error', () => {
  expect(pool({ autoScaleRun: { results: '$x=1' } }).autoScaleRun).toEqual({ evaluationTime: '', results: '$x=1' })
  expect(pool({ autoScaleRun: { error: {} } }).autoScaleRun?.error).toEqual({
    code: 'Unknown',
    message: '',
    details: []
  })
})
