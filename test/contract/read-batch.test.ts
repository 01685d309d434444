import { describe, expect, test } from '@jest/globals'
import type { BatchAccountId, PoolId } from '../../src/model/arm-id.ts'
import { GROUP, SUBSCRIPTION, calls, withAzure } from './azure.ts'

const VERSION = `${GROUP}/providers/Microsoft.Compute/galleries/g/images/d/versions/1.0.0`
const ACCOUNT = `${GROUP}/providers/Microsoft.Batch/batchAccounts/renders` as BatchAccountId
const POOL = `${ACCOUNT}/pools/frames` as PoolId
const ok = (body: unknown) => ({ status: 200, body })

describe('Batch over Resource Manager', () => {
  const resize = {
    targetDedicatedNodes: 50,
    startTime: '2026-11-23T07:00:00.1234567Z',
    errors: [
      { code: 'AllocationFailed', message: 'no', details: [{ code: 'Reason', message: 'insufficient capacity' }] }
    ]
  }
  const pool = {
    id: POOL,
    etag: 'W/"0x8D1"',
    properties: {
      provisioningState: 'Succeeded',
      allocationState: 'Steady',
      vmSize: 'STANDARD_D4',
      currentDedicatedNodes: 31,
      currentLowPriorityNodes: 0,
      deploymentConfiguration: {
        virtualMachineConfiguration: { imageReference: { id: VERSION }, nodeAgentSkuId: 'batch.node.ubuntu 24.04' }
      },
      scaleSettings: { fixedScale: { targetDedicatedNodes: 50, resizeTimeout: 'PT15M' } },
      resizeOperationStatus: resize,
      metadata: [{ name: 'a', value: 'b' }],
      upgradePolicy: { mode: 'manual' }
    }
  }

  test('a pool: scale, last resize, image, and the whole answer', async () => {
    await withAzure({ [`GET ${POOL}`]: [ok(pool)] }, async ({ azure }) => {
      expect(await azure.batch.getPool(POOL, '2025-06-01')).toEqual({
        poolId: POOL,
        etag: 'W/"0x8D1"',
        provisioningState: 'Succeeded',
        allocationState: 'Steady',
        vmSize: 'STANDARD_D4',
        currentDedicatedNodes: 31,
        currentLowPriorityNodes: 0,
        scale: { kind: 'fixed', targetDedicatedNodes: 50, targetLowPriorityNodes: 0, resizeTimeout: 'PT15M' },
        resize: { targetDedicatedNodes: 50, startTime: resize.startTime, errors: resize.errors },
        imageId: VERSION,
        metadata: [{ name: 'a', value: 'b' }],
        body: pool
      })
    })
  })

  test('automatic scale, with an evaluation that failed', async () => {
    const scaleSettings = { autoScale: { formula: '$TargetDedicatedNodes=1;', evaluationInterval: 'PT5M' } }
    const autoScaleRun = {
      evaluationTime: '2026-11-23T07:00:00Z',
      error: { code: 'AutoScaleFormulaEvaluationError', message: 'x' }
    }
    const auto = { ...pool, properties: { ...pool.properties, scaleSettings, autoScaleRun } }
    await withAzure({ [`GET ${POOL}`]: [ok(auto)] }, async ({ azure }) => {
      expect(await azure.batch.getPool(POOL, '2025-06-01')).toMatchObject({
        scale: { kind: 'auto', formula: '$TargetDedicatedNodes=1;', evaluationInterval: 'PT5M' },
        autoScaleRun: { error: { code: 'AutoScaleFormulaEvaluationError', details: [] } }
      })
    })
  })

  test.each(['2025-06-01', '2019-08-01'] as const)(
    'every call on a pool speaks the api-version asked for: %s',
    async apiVersion => {
      const script = {
        [`GET ${POOL}`]: [{ status: 404, body: { error: { code: 'PoolNotFound', message: 'x' } } }],
        [`PUT ${POOL}`]: [ok(pool)],
        [`PATCH ${POOL}`]: [ok(pool)],
        [`POST ${POOL}/stopResize`]: [ok(pool)]
      }
      await withAzure(script, async ({ azure, sent }) => {
        expect(await azure.batch.getPool(POOL, apiVersion)).toBeUndefined()
        await azure.batch.createPool(POOL, { properties: { unheardOf: 1 } }, apiVersion)
        await azure.batch.patchPool(POOL, { properties: {} }, { ifMatch: 'W/"0x8D1"', apiVersion })
        expect((await azure.batch.stopResize(POOL, apiVersion)).currentDedicatedNodes).toBe(31)
        expect(calls(sent).map(({ url }) => new URL(url).searchParams.get('api-version'))).toEqual(
          Array(4).fill(apiVersion)
        )
        expect(calls(sent)[1]).toMatchObject({
          body: { properties: { unheardOf: 1 } },
          headers: { 'if-none-match': '*' }
        })
        expect(calls(sent)[2]).toMatchObject({ headers: { 'if-match': 'W/"0x8D1"' } })
      })
    }
  )

  test('an account of a user subscription has no quota', async () => {
    const properties = { accountEndpoint: 'renders.westus3.batch.azure.com', poolAllocationMode: 'UserSubscription' }
    await withAzure(
      { [`GET ${ACCOUNT}`]: [ok({ id: ACCOUNT, location: 'westus3', properties })] },
      async ({ azure, sent }) => {
        const expected = {
          accountId: ACCOUNT,
          location: 'westus3',
          dedicatedCoreQuotaPerVMFamilyEnforced: false,
          network: { publicAccess: 'Enabled', privateEndpoints: [] },
          ...properties
        }
        expect(await azure.batch.getAccount(ACCOUNT)).toEqual(expected)
        expect(calls(sent)[0]?.url).toContain('api-version=2025-06-01')
      }
    )
  })

  test('an account’s network rules, and the endpoints that have an approved private one', async () => {
    const connection = (group: string, status: string) => ({
      properties: { groupIds: [group], privateLinkServiceConnectionState: { status } }
    })
    const properties = {
      accountEndpoint: 'renders.westus3.batch.azure.com',
      poolQuota: 100,
      publicNetworkAccess: 'Enabled',
      networkProfile: {
        accountAccess: { defaultAction: 'Deny', ipRules: [{ action: 'Allow', value: '198.51.100.0/24' }] },
        nodeManagementAccess: { defaultAction: 'Allow', ipRules: [{ action: 'Allow', value: '198.51.100.7' }] }
      },
      privateEndpointConnections: [connection('nodeManagement', 'Approved'), connection('batchAccount', 'Pending')]
    }
    const script = { [`GET ${ACCOUNT}`]: [ok({ id: ACCOUNT, location: 'westus3', properties })] }
    await withAzure(script, async ({ azure }) => {
      expect(await azure.batch.getAccount(ACCOUNT)).toMatchObject({
        poolQuota: 100,
        network: {
          publicAccess: 'Enabled',
          account: { allowed: ['198.51.100.0/24'] },
          privateEndpoints: ['nodeManagement']
        }
      })
    })
  })

  test('sizes with what they can do', async () => {
    const path = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Batch/locations/westus3/virtualMachineSkus`
    const capabilities = [
      { name: 'vCPUs', value: '4' },
      { name: 'HyperVGenerations', value: 'V1,V2' },
      { name: 'EphemeralOSDiskSupported', value: 'True' },
      { name: 'PremiumIO', value: 'False' },
      { name: 'AcceleratedNetworkingEnabled', value: 'true' },
      { name: 'MaxDataDiskCount', value: '8' },
      { name: 'CachedDiskBytes', value: '107374182400' },
      { name: 'TrustedLaunchDisabled', value: 'True' },
      { name: 'ConfidentialComputingType', value: 'SNP' }
    ]
    const size = {
      name: 'Standard_D4s_v5',
      familyName: 'standardDSv5Family',
      capabilities,
      batchSupportEndOfLife: '2030-01-01T00:00:00Z'
    }
    await withAzure({ [`GET ${path}`]: [ok({ value: [size] })] }, async ({ azure }) => {
      const { capabilities: _, ...rest } = size
      expect(await azure.batch.listVmSizes(SUBSCRIPTION, 'westus3')).toEqual([
        {
          ...rest,
          vCpus: 4,
          hyperVGenerations: ['V1', 'V2'],
          ephemeralOsDisk: true,
          premiumStorage: false,
          acceleratedNetworking: true,
          maxDataDisks: 8,
          cachedDiskGB: 100,
          trustedLaunchDisabled: true,
          confidentialComputingType: 'SNP'
        }
      ])
    })
  })
})

describe('the Batch service', () => {
  const HOST = 'renders.westus3.batch.azure.com'

  test('nodes over pages, each with its errors and its start task', async () => {
    const unusable = {
      id: 'tvm-1',
      state: 'unusable',
      stateTransitionTime: '2026-11-23T06:21:49.3085497Z',
      isDedicated: true,
      errors: [{ code: 'InvalidImage', message: 'm', errorDetails: [{ name: 'Reason', value: 'r' }] }],
      virtualMachineInfo: { imageReference: { virtualMachineImageId: VERSION } }
    }
    const failed = {
      id: 'tvm-2',
      state: 'startTaskFailed',
      isDedicated: false,
      startTaskInfo: {
        state: 'completed',
        exitCode: 3,
        failureInfo: { code: 'FailureExitCode', message: 'The task exited with 3' }
      }
    }
    const next = `https://${HOST}/pools/frames/nodes?api-version=2025-06-01&$skiptoken=x`
    const script = {
      [`GET ${next}`]: [ok({ value: [failed] })],
      'GET /pools/frames/nodes': [ok({ value: [unusable], 'odata.nextLink': next })]
    }
    await withAzure(script, async ({ azure, sent }) => {
      expect(await azure.batchService(HOST).listNodes('frames')).toEqual([
        {
          nodeId: 'tvm-1',
          state: 'unusable',
          stateSince: '2026-11-23T06:21:49.3085497Z',
          isDedicated: true,
          imageId: VERSION,
          errors: [{ code: 'InvalidImage', message: 'm', details: ['Reason: r'] }]
        },
        {
          nodeId: 'tvm-2',
          state: 'starttaskfailed',
          isDedicated: false,
          errors: [],
          startTask: { state: 'completed', exitCode: 3, failure: 'FailureExitCode: The task exited with 3' }
        }
      ])
      // Without the tasks and the start task's text of each of thousands of nodes.
      expect(new URL(calls(sent)[0]?.url ?? '').searchParams.get('$select')).toMatch(
        /^id,state,(?!.*(recentTasks|startTask,))/
      )
    })
  })

  const FILE = '/pools/frames/nodes/tvm-1/files/startup%2Fstderr.txt'
  // As recorded in 2025: the length by HEAD, then the text, which is no JSON.
  const ofLength = (length: number) => ({
    status: 200,
    headers: { 'content-length': String(length), 'content-type': 'text/plain' }
  })
  const plain = (text: string) => ({ status: 200, text, headers: { 'content-type': 'text/plain' } })

  test.each([
    ['a short file is read whole', 20, 'Hello World task-0\r\n', 'bytes=0-19', 'Hello World task-0\r\n'],
    [
      'of a long one the end, without the line that is cut off',
      9_000,
      'cret\n{not json\n',
      'bytes=8900-8999',
      '{not json\n'
    ],
    ['one line that is longer than that is left out', 9_000, 'x'.repeat(100), 'bytes=8900-8999', ''],
    ['a text that could be JSON stays text', 2, '7\n', 'bytes=0-1', '7\n']
  ])('%s', async (_, length, text, range, expected) => {
    const script = { [`HEAD ${FILE}`]: [ofLength(length)], [`GET ${FILE}`]: [plain(text)] }
    await withAzure(script, async ({ azure, sent }) => {
      const file = { nodeId: 'tvm-1', path: 'startup/stderr.txt', bytes: 100 }
      expect(await azure.batchService(HOST).nodeFileEnd('frames', file)).toBe(expected)
      expect(calls(sent).at(-1)?.headers['ocp-range']).toBe(range)
    })
  })

  test('an empty file is not asked for', async () => {
    await withAzure({ [`HEAD ${FILE}`]: [ofLength(0)] }, async ({ azure }) => {
      const file = { nodeId: 'tvm-1', path: 'startup/stderr.txt', bytes: 100 }
      expect(await azure.batchService(HOST).nodeFileEnd('frames', file)).toBe('')
    })
  })

  test.each([
    ['task-completion', 'taskcompletion'],
    ['requeue', 'requeue'],
    ['terminate', 'terminate']
  ] as const)('%s is %s to a node that reboots, or is reimaged', async (drain, option) => {
    const script = {
      'POST /pools/frames/nodes/tvm-1/reboot': [{ status: 202 }],
      'POST /pools/frames/nodes/tvm-1/reimage': [{ status: 202 }]
    }
    await withAzure(script, async ({ azure, sent }) => {
      await azure.batchService(HOST).rebootNode('frames', 'tvm-1', drain)
      await azure.batchService(HOST).reimageNode('frames', 'tvm-1', drain)
      expect(calls(sent).map(({ body }) => body)).toEqual([{ nodeRebootOption: option }, { nodeReimageOption: option }])
    })
  })

  test('a reboot, and a removal, in the words of the service', async () => {
    const script = {
      'POST /pools/frames/nodes/tvm-1/reboot': [{ status: 202 }],
      'POST /pools/frames/removenodes': [{ status: 202 }]
    }
    await withAzure(script, async ({ azure, sent }) => {
      await azure.batchService(HOST).rebootNode('frames', 'tvm-1', 'requeue')
      await azure.batchService(HOST).removeNodes('frames', { nodeIds: ['tvm-1'], resizeTimeoutMs: 1_200_000 })
      const [reboot, removal] = calls(sent)
      expect([reboot?.body, removal?.body]).toEqual([
        { nodeRebootOption: 'requeue' },
        { nodeList: ['tvm-1'], resizeTimeout: 'PT20M', nodeDeallocationOption: 'requeue' }
      ])
      expect(reboot?.headers['content-type']).toBe('application/json; odata=minimalmetadata')
    })
  })

  test('a job, its tasks, and the end of what one wrote, in the words of the service', async () => {
    const file = '/jobs/smoke/tasks/node-0001/files/stdout.txt'
    const task = { id: 'node-0001', state: 'Completed', nodeInfo: { nodeId: 'tvm-1' }, executionInfo: { exitCode: 0 } }
    const failed = {
      ...{ id: 'node-0002', state: 'completed' },
      executionInfo: { exitCode: 3, failureInfo: { category: 'usererror', code: 'FailureExitCode', message: 'not 0' } }
    }
    const script = {
      'POST /jobs': [{ status: 201 }],
      'POST /jobs/smoke/addtaskcollection': [ok({ value: [{ status: 'Success', taskId: 'node-0001' }] })],
      'GET /jobs/smoke/tasks': [ok({ value: [task, failed] })],
      [`HEAD ${file}`]: [ofLength(3)],
      [`GET ${file}`]: [plain('ok\n')],
      'DELETE /jobs/smoke': [{ status: 202 }]
    }
    await withAzure(script, async ({ azure, sent }) => {
      const service = azure.batchService(HOST)
      await service.createJob({ id: 'smoke', poolInfo: { poolId: 'frames' } })
      await service.addTasks('smoke', [{ id: 'node-0001', commandLine: 'probe' }])
      expect(await service.listTasks('smoke')).toEqual([
        { taskId: 'node-0001', state: 'completed', nodeId: 'tvm-1', exitCode: 0 },
        { taskId: 'node-0002', state: 'completed', exitCode: 3, failure: 'FailureExitCode: not 0' }
      ])
      expect(await service.taskFileEnd('smoke', { taskId: 'node-0001', path: 'stdout.txt', bytes: 100 })).toBe('ok\n')
      await service.deleteJob('smoke')
      const [job, tasks] = calls(sent)
      expect([job?.body, tasks?.body]).toEqual([
        { id: 'smoke', poolInfo: { poolId: 'frames' } },
        { value: [{ id: 'node-0001', commandLine: 'probe' }] }
      ])
      expect(job?.headers['content-type']).toBe('application/json; odata=minimalmetadata')
    })
  })

  const added = (code: string) => ({
    ...{ status: 'ClientError', taskId: 'node-0001' },
    error: { code, message: { lang: 'en-US', value: `it is ${code}` } }
  })

  test('what is there already of a job is no failure; a task that isn’t taken is one', async () => {
    const refusal = (code: string) => ({ status: 409, body: { code, message: { value: 'there' } } })
    const script = {
      'POST /jobs': [refusal('JobExists'), refusal('ActiveJobAndScheduleQuotaReached')],
      'POST /jobs/smoke/addtaskcollection': [
        ok({ value: [added('TaskExists')] }),
        ok({ value: [added('InvalidPropertyValue')] })
      ],
      'DELETE /jobs/smoke': [
        refusal('JobBeingDeleted'),
        { status: 404, body: { code: 'JobNotFound', message: { value: 'no' } } }
      ]
    }
    await withAzure(script, async ({ azure }) => {
      const service = azure.batchService(HOST)
      await service.createJob({ id: 'smoke' })
      await expect(service.createJob({ id: 'smoke' })).rejects.toMatchObject({
        code: 'ActiveJobAndScheduleQuotaReached'
      })
      await service.addTasks('smoke', [])
      await expect(service.addTasks('smoke', [])).rejects.toMatchObject({
        code: 'InvalidPropertyValue',
        message: expect.stringContaining('it is InvalidPropertyValue')
      })
      await service.deleteJob('smoke')
      await service.deleteJob('smoke')
    })
  })

  test('counts are spelt as the states of nodes', async () => {
    const counts = { poolId: 'frames', dedicated: { idle: 3, startTaskFailed: 1, total: 4 }, lowPriority: { total: 0 } }
    await withAzure({ 'GET /nodecounts': [ok({ value: [counts] }), ok({ value: [] })] }, async ({ azure, sent }) => {
      const service = azure.batchService(HOST)
      expect(await service.nodeCounts('frames')).toEqual({
        dedicated: { idle: 3, starttaskfailed: 1 },
        lowPriority: {}
      })
      expect(await service.nodeCounts('frames')).toBeUndefined()
      expect(new URL(calls(sent)[0]?.url ?? '').searchParams.get('$filter')).toBe("poolId eq 'frames'")
    })
  })

  test('supported images', async () => {
    const image = {
      nodeAgentSKUId: 'batch.node.ubuntu 24.04',
      imageReference: { publisher: 'canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
      osType: 'linux',
      verificationType: 'verified'
    }
    await withAzure({ 'GET /supportedimages': [ok({ value: [image] })] }, async ({ azure }) => {
      expect(await azure.batchService(HOST).listSupportedImages()).toEqual([
        { nodeAgentSkuId: image.nodeAgentSKUId, ...image.imageReference, osType: 'linux', verified: true }
      ])
    })
  })

  test('active work is that of the active jobs on this pool alone', async () => {
    const value = [
      { id: 'here', poolInfo: { poolId: 'Frames' } },
      { id: 'elsewhere', poolInfo: { poolId: 'other' } },
      { id: 'own', poolInfo: { autoPoolSpecification: {} }, executionInfo: { poolId: 'auto_1' } }
    ]
    const taskCounts = { active: 5, running: 2, completed: 9 }
    const script = { 'GET /jobs': [ok({ value })], 'GET /jobs/here/taskcounts': [ok({ taskCounts })] }
    await withAzure(script, async ({ azure, sent }) => {
      expect(await azure.batchService(HOST).activeWork('frames')).toEqual({ jobs: ['here'], tasks: 7 })
      expect(new URL(calls(sent)[0]?.url ?? '').searchParams.get('$filter')).toBe("state eq 'active'")
    })
  })
})
