/** Shapes of the Batch service in public recordings of 2025 (Azure/azure-sdk-assets: Azure.Compute.Batch, azure-batch). */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import { batchWorld, fixedScale, POOL, poolBody, SECOND, steadyPool } from './batch-world.ts'

const OLDER = '2024-07-01.20.0'
const WINDOWS = { publisher: 'MicrosoftWindowsServer', offer: 'WindowsServer', sku: '2022-datacenter' }
const machine = (more: JsonObject = {}): JsonObject => ({
  virtualMachineConfiguration: { imageReference: WINDOWS, nodeAgentSKUId: 'batch.node.windows amd64', ...more }
})
const newPool = (more: JsonObject = {}): JsonObject => ({
  id: 'frames',
  vmSize: 'standard_d2s_v3',
  ...machine(),
  ...more
})

function shown(body: JsonObject, apiVersion = '2025-06-01'): JsonObject {
  const { service } = batchWorld()
  expect(service('POST', '/pools', { body, apiVersion }).status).toBe(201)
  return service('GET', '/pools/frames', { apiVersion }).body as JsonObject
}

test('older enums of a machine come back in lower case, newer ones as the contract has them', () => {
  const pool = shown(
    newPool(
      machine({
        dataDisks: [{ lun: 1, diskSizeGB: 50, caching: 'ReadOnly' }],
        osDisk: { caching: 'readwrite', managedDisk: { storageAccountType: 'StandardSSD_LRS' } },
        nodePlacementConfiguration: { policy: 'zonal' },
        securityProfile: { securityType: 'TrustedLaunch', encryptionAtHost: true }
      })
    )
  )
  expect(pool['virtualMachineConfiguration']).toMatchObject({
    dataDisks: [{ lun: 1, diskSizeGB: 50, caching: 'readonly' }],
    osDisk: { caching: 'ReadWrite', managedDisk: { storageAccountType: 'standardssd_lrs' } },
    nodePlacementConfiguration: { policy: 'Zonal' },
    securityProfile: { securityType: 'trustedlaunch', encryptionAtHost: true }
  })
})

test.each([
  [OLDER, { lun: 1, diskSizeGB: 50, caching: 'none', storageAccountType: 'standard_lrs' }],
  ['2025-06-01', { lun: 1, diskSizeGB: 50, caching: 'none' }]
])('a data disk that says little is filled in (%s)', (apiVersion, disk) => {
  const pool = shown(newPool(machine({ dataDisks: [{ lun: 1, diskSizeGB: 50 }] })), apiVersion)
  expect(pool['virtualMachineConfiguration']).toMatchObject({ dataDisks: [disk] })
  expect((pool['virtualMachineConfiguration'] as { dataDisks: unknown[] }).dataDisks).toEqual([disk])
})

test('what is gone with 2025-06-01 is shown before it: certificates, an empty list, and the mode that was asked for', () => {
  const { service } = batchWorld()
  service('POST', '/pools', { body: newPool({ targetNodeCommunicationMode: 'Simplified' }), apiVersion: OLDER })
  const [before, since] = [OLDER, '2025-06-01'].map(
    apiVersion => service('GET', '/pools/frames', { apiVersion }).body as JsonObject
  )
  expect(before).toMatchObject({ certificateReferences: [], targetNodeCommunicationMode: 'simplified' })
  expect(before?.['taskSchedulingPolicy']).toEqual({ nodeFillType: 'Spread' })
  expect(since).not.toHaveProperty('certificateReferences')
  expect(since).not.toHaveProperty('targetNodeCommunicationMode')
  expect(since?.['taskSchedulingPolicy']).toEqual({ nodeFillType: 'Spread', jobDefaultOrder: 'none' })
})

test('a mode that nobody asked for isn’t shown, and since 2025-06-01 none can be', () => {
  expect(shown(newPool(), OLDER)).not.toHaveProperty('targetNodeCommunicationMode')
  const body = newPool({ targetNodeCommunicationMode: 'simplified' })
  expect(batchWorld().service('POST', '/pools', { body }).status).toBe(501)
})

test('users of a Windows pool log in as batch by default, and have nothing of Linux', () => {
  const userAccounts = [{ name: 'a', password: 'x', linuxUserConfiguration: { sshPrivateKey: 'x' } }]
  expect(shown(newPool({ userAccounts }))['userAccounts']).toEqual([
    { name: 'a', elevationLevel: 'nonadmin', windowsUserConfiguration: { loginMode: 'batch' } }
  ])
})

test('a network that says little is filled in', () => {
  const networkConfiguration = { publicIPAddressConfiguration: { provision: 'batchmanaged' } }
  expect(shown(newPool({ networkConfiguration }))['networkConfiguration']).toMatchObject({
    dynamicVNetAssignmentScope: 'none',
    enableAcceleratedNetworking: false
  })
})

test('a node shows its image and start task from the beginning, and no boot before there was one', () => {
  const { arm, pass, nodes } = batchWorld({ behaviour: { durationsMs: { 'pool.firstNode': 0 } } })
  const virtualMachineConfiguration = { imageReference: WINDOWS, nodeAgentSkuId: 'batch.node.windows amd64' }
  const deploymentConfiguration = { virtualMachineConfiguration }
  const startTask = { commandLine: 'cmd /c echo' }
  arm('PUT', POOL, { body: poolBody({ deploymentConfiguration, startTask, scaleSettings: fixedScale(1) }) })
  const seen: unknown[] = []
  for (const seconds of [2, 20]) {
    pass(seconds * SECOND)
    const [node] = nodes()
    seen.push(node?.['state'])
    expect(node).toMatchObject({
      virtualMachineInfo: { imageReference: { ...WINDOWS, version: 'latest', exactVersion: 'latest' } },
      startTask: { commandLine: 'cmd /c echo', maxTaskRetryCount: 0, waitForSuccess: true }
    })
    for (const name of ['lastBootTime', 'nodeAgentInfo', 'startTaskInfo']) expect(node).not.toHaveProperty(name)
  }
  expect(seen).toEqual(['creating', 'starting'])
})

test('certificates of a node are an empty list once it has started, before 2025-06-01', () => {
  const { service } = batchWorld({ pools: [steadyPool()] })
  const [before, since] = [OLDER, '2025-06-01'].map(
    apiVersion => (service('GET', '/pools/frames/nodes', { apiVersion }).body as { value: JsonObject[] }).value[0]
  )
  expect(before).toMatchObject({ certificateReferences: [] })
  expect(since).not.toHaveProperty('certificateReferences')
})

test('a pool of a world that is stopping is steady a little later, with why it fell short', () => {
  const errors = [{ code: 'ResizeStopped', message: 'Desired number of dedicated nodes could not be allocated' }]
  const resizeOperationStatus = { startTime: '2026-11-22T23:59:00Z', targetDedicatedNodes: 4, errors }
  const { service, pass } = batchWorld({ pools: [steadyPool({ allocationState: 'Stopping', resizeOperationStatus })] })
  const look = (): JsonObject => service('GET', '/pools/frames').body as JsonObject
  expect(look()).toMatchObject({ allocationState: 'stopping', currentDedicatedNodes: 2 })
  expect(look()).not.toHaveProperty('resizeErrors')
  pass(7 * SECOND)
  expect(look()).toMatchObject({
    allocationState: 'steady',
    currentDedicatedNodes: 2,
    resizeErrors: [{ code: 'ResizeStopped' }]
  })
})

test('a pool of a world with the former name of task slots shows them under the present one', () => {
  const { arm } = batchWorld({ pools: [steadyPool({ maxTasksPerNode: 4 })] })
  const shownBy = (apiVersion: string): JsonObject =>
    (arm('GET', POOL, { apiVersion }).body as { properties: JsonObject }).properties
  expect(shownBy('2019-08-01')).toMatchObject({ maxTasksPerNode: 4 })
  expect(shownBy('2025-06-01')).toMatchObject({ taskSlotsPerNode: 4 })
})
