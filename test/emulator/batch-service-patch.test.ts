/** The Batch service's own PATCH of a pool: more than metadata since 2024-07-01, where there are no nodes (PatchPool, recorded 2025-09-04). */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import { batchWorld, MINUTE, POOL, SECOND, steadyPool, VERSION } from './batch-world.ts'

const OTHER_IMAGE = VERSION.replace('1.0.0', '2.0.0')
const EMPTY = steadyPool({
  currentDedicatedNodes: 0,
  scaleSettings: { fixedScale: { targetDedicatedNodes: 0, targetLowPriorityNodes: 0, resizeTimeout: 'PT15M' } }
})
const OTHER_VERSION = {
  id: OTHER_IMAGE,
  type: 'Microsoft.Compute/galleries/images/versions',
  location: 'eastus2',
  properties: {
    provisioningState: 'Succeeded',
    publishingProfile: { targetRegions: [{ name: 'East US 2', regionalReplicaCount: 1 }] }
  }
}
const image = (virtualMachineImageId: string): JsonObject => ({
  virtualMachineConfiguration: { imageReference: { virtualMachineImageId }, nodeAgentSKUId: 'batch.node.ubuntu 22.04' }
})
const world = (pool: JsonObject) => batchWorld({ pools: [pool], resources: [OTHER_VERSION] })

test('a PATCH of the Batch service gives an empty pool another image, which its next nodes run', () => {
  const { service, pool, pass, nodes } = world(EMPTY)
  const before = service('GET', '/pools/frames').headers?.['etag']
  pass(SECOND)
  const answer = service('PATCH', '/pools/frames', { body: image(OTHER_IMAGE) })
  expect([answer.status, answer.body]).toEqual([200, undefined])
  expect(answer.headers?.['etag']).not.toBe(before)
  expect(service('GET', '/pools/frames').headers?.['etag']).toBe(answer.headers?.['etag'])
  expect(pool()).toMatchObject({
    allocationState: 'Steady',
    deploymentConfiguration: { virtualMachineConfiguration: { imageReference: { id: OTHER_IMAGE } } }
  })
  service('POST', '/pools/frames/resize', { body: { targetDedicatedNodes: 1 } })
  pass(5 * MINUTE)
  expect(nodes()).toMatchObject([{ virtualMachineInfo: { imageReference: { virtualMachineImageId: OTHER_IMAGE } } }])
})

test('all else that a pool of the recording was given is shown with its defaults, and what was left out stays', () => {
  const { service, pool } = world(EMPTY)
  const body = {
    displayName: 'new name',
    vmSize: 'STANDARD_D4S_V3',
    taskSlotsPerNode: 2,
    enableInterNodeCommunication: true,
    startTask: { commandLine: 'echo hello' },
    taskSchedulingPolicy: { jobDefaultOrder: 'creationtime', nodeFillType: 'pack' },
    networkConfiguration: {
      endpointConfiguration: {
        inboundNATPools: [
          {
            name: 'rule',
            protocol: 'tcp',
            backendPort: 3389,
            frontendPortRangeStart: 15_000,
            frontendPortRangeEnd: 15_100
          }
        ]
      }
    },
    userAccounts: [{ name: 'a', password: 'x', elevationLevel: 'admin' }],
    mountConfiguration: [
      {
        azureBlobFileSystemConfiguration: {
          ...{ accountName: 'a', containerName: 'c', accountKey: 'k', relativeMountPath: 'p' }
        }
      }
    ],
    upgradePolicy: { mode: 'manual' }
  }
  expect(service('PATCH', '/pools/frames', { body }).status).toBe(200)
  const shown = service('GET', '/pools/frames').body as JsonObject
  expect(shown).toMatchObject({
    ...body,
    vmSize: 'standard_d4s_v3',
    startTask: {
      ...{ commandLine: 'echo hello', maxTaskRetryCount: 0, waitForSuccess: true },
      userIdentity: { autoUser: { scope: 'pool', elevationLevel: 'nonadmin' } }
    },
    taskSchedulingPolicy: { nodeFillType: 'Pack', jobDefaultOrder: 'creationtime' },
    networkConfiguration: { ...body.networkConfiguration, dynamicVNetAssignmentScope: 'none' },
    userAccounts: [{ name: 'a', elevationLevel: 'admin' }],
    mountConfiguration: [
      { azureBlobFileSystemConfiguration: { accountName: 'a', containerName: 'c', relativeMountPath: 'p' } }
    ],
    ...image(VERSION)
  })
  expect(JSON.stringify(shown)).not.toMatch(/accountKey|password/)
  expect(pool()).toMatchObject({
    taskSchedulingPolicy: { nodeFillType: 'Pack', jobDefaultOrder: 'CreationTime' },
    networkConfiguration: { endpointConfiguration: { inboundNatPools: [{ name: 'rule', protocol: 'TCP' }] } }
  })
})

test('a rule for the ports of nodes that names no source ports is for all of them', () => {
  const { service } = world(EMPTY)
  const rule = { priority: 150, access: 'allow', sourceAddressPrefix: '*' }
  const ports = {
    name: 'rule',
    protocol: 'udp',
    backendPort: 64_444,
    frontendPortRangeStart: 60_000,
    frontendPortRangeEnd: 61_000
  }
  const pools = (networkSecurityGroupRules: JsonObject[]): JsonObject => ({
    endpointConfiguration: { inboundNATPools: [{ ...ports, networkSecurityGroupRules }] }
  })
  service('PATCH', '/pools/frames', { body: { networkConfiguration: pools([rule]) } })
  expect(service('GET', '/pools/frames').body).toMatchObject({
    networkConfiguration: pools([{ ...rule, sourcePortRanges: ['*'] }])
  })
})

test.each([
  ['that has nodes', steadyPool()],
  [
    'that is being resized',
    {
      ...EMPTY,
      properties: {
        ...(EMPTY['properties'] as JsonObject),
        allocationState: 'Resizing',
        resizeOperationStatus: { startTime: '2026-11-23T00:00:00Z', targetDedicatedNodes: 2 }
      }
    }
  ]
])('a pool %s gets no other image by it, and stays as it is', (_, pool) => {
  const { service, arm } = world(pool)
  const before = service('GET', '/pools/frames').headers?.['etag']
  const { status, body } = service('PATCH', '/pools/frames', { body: { ...image(OTHER_IMAGE), metadata: [] } })
  expect([status, (body as JsonObject)['code']]).toEqual([400, 'PropertyCannotBeUpdated'])
  expect((body as JsonObject)['values']).toContainEqual({ key: 'PropertyName', value: 'virtualMachineConfiguration' })
  expect(JSON.stringify(arm('GET', POOL).body)).toContain(VERSION)
  expect(service('GET', '/pools/frames').headers?.['etag']).toBe(before)
})

test('targets, a formula and the id aren’t changed by a PATCH, nor anything but metadata, packages and start task before 2024-07-01', () => {
  const { service } = world(EMPTY)
  for (const body of [{ targetDedicatedNodes: 1 }, { enableAutoScale: true }, { id: 'other' }])
    expect(service('PATCH', '/pools/frames', { body }).status).toBe(501)
  const older = { body: image(OTHER_IMAGE), apiVersion: '2024-02-01.19.0' }
  expect(service('PATCH', '/pools/frames', older).status).toBe(501)
})
