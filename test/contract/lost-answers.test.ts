import { expect, test } from '@jest/globals'
import type { PoolId } from '../../src/model/arm-id.ts'
import { GROUP, type ScriptedAnswer, calls, withAzure } from './azure.ts'

const POOL = `${GROUP}/providers/Microsoft.Batch/batchAccounts/renders/pools/frames` as PoolId
const LOST: ScriptedAnswer = { fails: 'ECONNRESET' }
const refused = (status: number, code: string) => ({ status, body: { error: { code, message: 'x' } } })

const fixedScale = { targetDedicatedNodes: 2, targetLowPriorityNodes: 0 }
const written = {
  properties: {
    scaleSettings: { fixedScale: { ...fixedScale, nodeDeallocationOption: 'Requeue' } },
    metadata: [{ name: 'lease', value: 'run-1' }]
  }
}
const shown = (lease: string) => ({
  status: 200,
  body: {
    id: POOL,
    etag: 'W/"2"',
    properties: {
      provisioningState: 'Succeeded',
      allocationState: 'Resizing',
      scaleSettings: { fixedScale: { ...fixedScale, resizeTimeout: 'PT15M' } },
      metadata: [{ name: 'lease', value: lease }]
    }
  }
})
const condition = { ifMatch: 'W/"1"', apiVersion: '2025-06-01' } as const

test.each([
  ['PUT', refused(412, 'ConditionNotMet')],
  ['PUT', refused(409, 'PoolExists')],
  ['PATCH', refused(412, 'ConditionNotMet')]
])(
  'a %s whose answer was lost, and whose repetition is refused, has worked when the pool shows it',
  async (method, refusal) => {
    await withAzure(
      { [`${method} ${POOL}`]: [LOST, refusal], [`GET ${POOL}`]: [shown('run-1')] },
      async ({ azure }) => {
        const write =
          method === 'PUT'
            ? azure.batch.createPool(POOL, written, '2025-06-01')
            : azure.batch.patchPool(POOL, written, condition)
        expect((await write).etag).toBe('W/"2"')
      }
    )
  }
)

test('a pool that shows another’s write is not ours', async () => {
  const script = { [`PATCH ${POOL}`]: [LOST, refused(412, 'ConditionNotMet')], [`GET ${POOL}`]: [shown('run-2')] }
  await withAzure(script, async ({ azure }) => {
    await expect(azure.batch.patchPool(POOL, written, condition)).rejects.toMatchObject({ status: 412, tries: 2 })
  })
})

test('a refusal of the first try is never ours', async () => {
  await withAzure({ [`PATCH ${POOL}`]: [refused(412, 'ConditionNotMet')] }, async ({ azure, sent }) => {
    await expect(azure.batch.patchPool(POOL, written, condition)).rejects.toMatchObject({ status: 412, tries: 1 })
    expect(calls(sent)).toHaveLength(1)
  })
})

test('another conflict than a pool that is there says nothing of a lost answer', async () => {
  await withAzure({ [`PUT ${POOL}`]: [LOST, refused(409, 'AccountNotReady')] }, async ({ azure, sent }) => {
    await expect(azure.batch.createPool(POOL, written, '2025-06-01')).rejects.toMatchObject({ status: 409, tries: 2 })
    expect(calls(sent)).toHaveLength(2)
  })
})
