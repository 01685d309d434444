import { describe, expect, test } from '@jest/globals'
import type { PoolId, SnapshotId } from '../../src/model/arm-id.ts'
import { GROUP, START, type Script, type ScriptedAnswer, calls, withAzure } from './azure.ts'

const SNAPSHOT = `${GROUP}/providers/Microsoft.Compute/snapshots/os` as SnapshotId
const POOL = `${GROUP}/providers/Microsoft.Batch/batchAccounts/renders/pools/frames` as PoolId
const HOST = 'renders.westus3.batch.azure.com'
const there = {
  status: 200,
  body: { id: SNAPSHOT, location: 'westus3', properties: { provisioningState: 'Succeeded' } }
}

/** Times of the calls, in ms since the start, of one read. */
async function readTimes(answers: ScriptedAnswer[]): Promise<number[]> {
  return withAzure({ [`GET ${SNAPSHOT}`]: answers }, async ({ azure, sent }) => {
    await azure.compute.getSnapshot(SNAPSHOT)
    return calls(sent).map(({ at }) => at - START)
  })
}

describe('bodies of errors', () => {
  test.each<{ says: string; answer: ScriptedAnswer; facts: object }>([
    {
      says: 'Resource Manager, details first, and details in details',
      answer: {
        status: 409,
        headers: { 'x-ms-request-id': 'r-1' },
        body: {
          error: {
            details: [{ code: 'a', message: 'A', details: [{ code: 'b', message: 'B' }] }],
            code: 'OperationNotAllowed',
            message: 'no'
          }
        }
      },
      facts: {
        code: 'OperationNotAllowed',
        details: [
          { code: 'a', message: 'A' },
          { code: 'b', message: 'B' }
        ],
        requestId: 'r-1'
      }
    },
    {
      says: 'Batch over Resource Manager: the Reason tells more than the message, and its request id is cut off',
      answer: {
        status: 409,
        body: {
          error: {
            code: 'OperationInvalidForCurrentState',
            message: 'The operation is invalid.\nRequestId:c5\nTime:2026',
            details: [{ code: 'Reason', message: 'AutoScale is enabled' }]
          }
        }
      },
      facts: {
        message: expect.stringContaining(
          'OperationInvalidForCurrentState: The operation is invalid. AutoScale is enabled'
        )
      }
    },
    {
      says: 'a web app, without an error around it',
      answer: { status: 400, body: { Code: '400', Message: 'in capitals' } },
      facts: { code: '400', message: expect.stringContaining('in capitals') }
    },
    {
      says: 'a page of a proxy',
      answer: { status: 403, text: '<html>blocked</html>' },
      facts: { code: 'HTTP403', message: expect.stringContaining('<html>blocked') }
    },
    {
      says: 'nothing at all',
      answer: { status: 403 },
      facts: { code: 'HTTP403', message: expect.stringContaining('no body') }
    },
    {
      says: '400 with the code of another status',
      answer: { status: 400, body: { error: { code: 'Conflict', message: 'x' } } },
      facts: { status: 400, code: 'Conflict' }
    },
    {
      says: 'a policy’s, which names assignment and definition beside the message',
      answer: {
        status: 403,
        body: {
          error: {
            code: 'RequestDisallowedByPolicy',
            target: 'frames',
            message: "Resource 'frames' was disallowed by policy. See error details for policy resource IDs.",
            additionalInfo: [
              {
                type: 'PolicyViolation',
                info: {
                  policyDefinitionName: '4fdffd35',
                  policyDefinitionEffect: 'Deny',
                  policyAssignmentName: 'fd5e2cb3',
                  policyAssignmentDisplayName: 'Only small sizes'
                }
              },
              { type: 'SomeOtherViolation', info: { policyAssignmentName: 'not this' } }
            ]
          }
        }
      },
      facts: {
        details: [
          { code: 'policy assignment', message: 'Only small sizes (fd5e2cb3)' },
          { code: 'policy definition', message: '4fdffd35' }
        ]
      }
    },
    {
      says: 'a policy’s of before, with its identifiers as JSON in the message',
      answer: {
        status: 403,
        body: {
          error: {
            code: 'RequestDisallowedByPolicy',
            message: `Resource 'frames' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"tags","id":"/a"},"policyDefinition":{"name":"require","id":"/d"}}]'.`
          }
        }
      },
      facts: {
        details: [
          { code: 'policy assignment', message: 'tags' },
          { code: 'policy definition', message: 'require' }
        ]
      }
    },
    {
      says: 'an error of another service, relayed as JSON in a detail’s message',
      answer: {
        status: 400,
        body: {
          error: {
            code: 'DeploymentFailed',
            message: 'At least one operation failed.',
            details: [
              {
                code: 'BadRequest',
                message:
                  '{\r\n  "error": {\r\n    "code": "SubnetIsFull",\r\n    "message": "no room",\r\n    "details": []\r\n  }\r\n}'
              }
            ]
          }
        }
      },
      facts: {
        details: [
          { code: 'BadRequest', message: expect.stringContaining('SubnetIsFull') },
          { code: 'SubnetIsFull', message: 'no room' }
        ]
      }
    },
    {
      says: 'what it is about, where it says so',
      answer: { status: 400, body: { error: { code: 'InvalidParameter', message: 'x', target: 'vmSize' } } },
      facts: { about: 'vmSize' }
    },
    {
      says: 'Batch over Resource Manager, which says that it is about the account whatever it is',
      answer: { status: 400, body: { error: { code: 'InvalidRequestBody', message: 'x', target: 'BatchAccount' } } },
      facts: { about: undefined }
    }
  ])('$says', async ({ answer, facts }) => {
    await withAzure({ [`PATCH ${POOL}`]: [answer] }, async ({ azure }) => {
      const patched = azure.batch.patchPool(POOL, {}, { ifMatch: 'W/"1"', apiVersion: '2025-06-01' })
      await expect(patched).rejects.toMatchObject({
        name: 'AzureError',
        operation: 'Pool_Update',
        target: 'renders/frames',
        ...facts
      })
    })
  })

  test('an error of a call through the SDK keeps its details', async () => {
    const error = {
      code: 'OperationInvalidForCurrentState',
      message: 'x',
      details: [{ code: 'Reason', message: 'AutoScale' }]
    }
    await withAzure({ [`POST ${POOL}/stopResize`]: [{ status: 409, body: { error } }] }, async ({ azure }) => {
      const expected = { operation: 'Pool_StopResize', status: 409, code: error.code, details: error.details }
      await expect(azure.batch.stopResize(POOL, '2025-06-01')).rejects.toMatchObject(expected)
    })
  })

  test('the Batch service: message and values', async () => {
    const body = {
      'odata.metadata': 'https://x/$metadata#errors/@Element',
      code: 'InvalidPropertyValue',
      message: { lang: 'en-US', value: 'The value is invalid.\nRequestId:1\nTime:2025' },
      values: [
        { key: 'PropertyName', value: 'virtualMachineImageId' },
        { key: 'Reason', value: 'The specified resource id must be of a gallery image' }
      ]
    }
    await withAzure(
      { 'GET /supportedimages': [{ status: 400, body, headers: { 'request-id': 'b-1' } }] },
      async ({ azure }) => {
        await expect(azure.batchService(HOST).listSupportedImages()).rejects.toMatchObject({
          operation: 'Account_ListSupportedImages',
          code: 'InvalidPropertyValue',
          message: expect.stringContaining(
            'The value is invalid. The specified resource id must be of a gallery image'
          ),
          details: [
            { code: 'PropertyName', message: 'virtualMachineImageId' },
            { code: 'Reason', message: 'The specified resource id must be of a gallery image' }
          ],
          requestId: 'b-1'
        })
      }
    )
  })
})

describe('throttling and trouble on the way', () => {
  test.each<{ says: string; refusals: ScriptedAnswer[]; times: number[] }>([
    {
      says: '429 with Retry-After: exactly then',
      refusals: [{ status: 429, headers: { 'retry-after': '17' } }],
      times: [0, 17_000]
    },
    {
      says: '429 without: longer each time',
      refusals: Array(3).fill({ status: 429 }),
      times: [0, 5_000, 15_000, 35_000]
    },
    {
      says: '429 that says it in words',
      refusals: [
        {
          status: 429,
          body: { error: { code: 'ResourceRequestsThrottled', message: "Please try again after '324' seconds." } }
        }
      ],
      times: [0, 324_000]
    },
    { says: '503 with Retry-After', refusals: [{ status: 503, headers: { 'retry-after': '3' } }], times: [0, 3_000] },
    {
      says: 'retry-after-ms, of a clock that runs faster',
      refusals: [{ status: 429, headers: { 'retry-after-ms': '250' } }],
      times: [0, 250]
    }
  ])('$says', async ({ refusals, times }) => {
    expect(await readTimes([...refusals, there])).toEqual(times)
  })

  test.each<ScriptedAnswer>([
    { status: 503 },
    { status: 500 },
    { status: 504 },
    { status: 408 },
    { fails: 'ECONNRESET' },
    { fails: 'ENOTFOUND' }
  ])('five failures in a row are overcome: %o', async failure => {
    expect(await readTimes([...Array<ScriptedAnswer>(5).fill(failure), there])).toHaveLength(6)
  })

  test.each<ScriptedAnswer>([{ status: 429 }, { status: 503 }, { status: 429, headers: { 'retry-after': '3600' } }])(
    'an abort ends the wait after %o',
    async answer => {
      await withAzure({ [`GET ${SNAPSHOT}`]: [answer] }, async ({ azure, clock, abort }) => {
        const read = azure.compute.getSnapshot(SNAPSHOT)
        void clock.sleep(500).then(() => abort.abort(new Error('deadline')))
        await expect(read).rejects.toThrow('deadline')
        expect(clock.now()).toBe(START + 500)
      })
    }
  )

  test('409 is never retried', async () => {
    const script: Script = {
      [`PATCH ${POOL}`]: [{ status: 409, body: { error: { code: 'PoolBeingResized', message: 'x' } } }]
    }
    await withAzure(script, async ({ azure, sent }) => {
      await expect(azure.batch.patchPool(POOL, {}, { ifMatch: '*', apiVersion: '2025-06-01' })).rejects.toMatchObject({
        status: 409
      })
      expect(calls(sent)).toHaveLength(1)
    })
  })
})

test('the log has a line for each exchange, without the query of signed URLs and without tokens', async () => {
  const url = `https://management.azure.com/subscriptions/s/providers/Microsoft.Compute/locations/w/DiskOperations/1?api-version=2026-03-02&s=SIGNED`
  const script = {
    [`PUT ${SNAPSHOT}`]: [{ status: 202, headers: { 'azure-asyncoperation': url } }],
    [`GET ${url}`]: [{ status: 200, body: { status: 'Succeeded' } }]
  }
  await withAzure(script, async ({ azure, lines, sent }) => {
    await azure.compute.createSnapshot(SNAPSHOT, {})
    expect(lines).toEqual([
      `PUT management.azure.com${SNAPSHOT} (2026-03-02): 202 in 0 ms`,
      'GET management.azure.com/subscriptions/s/providers/Microsoft.Compute/locations/w/DiskOperations/1 (2026-03-02): 200 in 0 ms'
    ])
    expect(calls(sent)[0]?.headers['authorization']).toMatch(/^Bearer token-/)
  })
})

test('every call carries the run’s own id and name', async () => {
  const script = { [`GET ${SNAPSHOT}`]: [there], 'GET /supportedimages': [{ status: 200, body: { value: [] } }] }
  await withAzure(
    script,
    async ({ azure, sent }) => {
      await azure.compute.getSnapshot(SNAPSHOT)
      await azure.batchService(HOST).listSupportedImages()
      expect(calls(sent)).toHaveLength(2)
      for (const { headers } of calls(sent)) {
        expect(headers['x-ms-correlation-request-id']).toBe('guid')
        expect(headers['user-agent']).toMatch(/^batch-image-rollout\/test/)
      }
    },
    { clientRequestId: 'guid' }
  )
})
