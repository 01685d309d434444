import { expect, test } from '@jest/globals'
import type { GalleryImageId, SnapshotId, VmId } from '../../src/model/arm-id.ts'
import type { Azure } from '../../src/azure/gateway.ts'
import type { Call } from '../../src/azure/pipeline.ts'
import { GROUP, calls, withAzure } from './azure.ts'

const SNAPSHOT = `${GROUP}/providers/Microsoft.Compute/snapshots/os` as SnapshotId
const SPACED = `${GROUP}/providers/Microsoft.Compute/snapshots/two words` as SnapshotId
const VM = `${GROUP}/providers/Microsoft.Compute/virtualMachines/build` as VmId
const IMAGE = `${GROUP}/providers/Microsoft.Compute/galleries/g/images/node` as GalleryImageId
const done = {
  status: 200,
  body: { id: SNAPSHOT, location: 'westus3', properties: { provisioningState: 'Succeeded' } }
}

test.each<[string, string, (azure: Azure) => Promise<unknown>, Call]>([
  ['PUT', SNAPSHOT, azure => azure.compute.createSnapshot(SNAPSHOT, {}), { method: 'PUT', path: SNAPSHOT }],
  ['PUT', encodeURI(SPACED), azure => azure.compute.createSnapshot(SPACED, {}), { method: 'PUT', path: SPACED }],
  ['PUT', IMAGE, azure => azure.gallery.createGalleryImage(IMAGE, {}), { method: 'PUT', path: IMAGE }],
  ['DELETE', SNAPSHOT, azure => azure.compute.deleteSnapshot(SNAPSHOT), { method: 'DELETE', path: SNAPSHOT }],
  [
    'POST',
    `${VM}/deallocate`,
    azure => azure.compute.deallocateVm(VM),
    { method: 'POST', path: expect.stringMatching(/virtualMachines\/build\/deallocate$/) as unknown as string }
  ]
])('a %s of %s is announced before it is sent, once', async (method, path, write, expected) => {
  const ahead: Call[] = []
  const script = { [`${method} ${path}`]: [{ status: 503 }, done] }
  await withAzure(script, ({ azure }) => write(azure), { ahead: call => ahead.push(call) })
  expect(ahead).toEqual([expected])
})

test('reads are not announced', async () => {
  const ahead: Call[] = []
  const reads = { [`GET ${SNAPSHOT}`]: [done] }
  await withAzure(reads, ({ azure }) => azure.compute.getSnapshot(SNAPSHOT), { ahead: call => ahead.push(call) })
  expect(ahead).toEqual([])
})

test('a write whose announcement fails is not sent', async () => {
  const ahead = () => {
    throw new Error('not noted')
  }
  await withAzure(
    {},
    async ({ azure, sent }) => {
      await expect(azure.compute.createSnapshot(SNAPSHOT, {})).rejects.toThrow('not noted')
      expect(calls(sent)).toEqual([])
    },
    { ahead }
  )
})

test('each exchange is a line for debugging, with the api-version and without the rest of the query', async () => {
  const poll = 'https://management.azure.com/poll?sig=secret'
  const script = {
    [`PUT ${SNAPSHOT}`]: [{ status: 202, headers: { 'azure-asyncoperation': poll } }],
    [`GET ${poll}`]: [{ fails: 'ECONNRESET' }, { status: 200, body: { status: 'Succeeded' } }]
  }
  await withAzure(script, async ({ azure, lines }) => {
    await azure.compute.createSnapshot(SNAPSHOT, {})
    expect(lines).toEqual([
      expect.stringMatching(
        /^PUT management\.azure\.com\/subscriptions\/.*\/snapshots\/os \(\d{4}-\d\d-\d\d\): 202 in 0 ms$/
      ),
      'GET management.azure.com/poll: ECONNRESET in 0 ms',
      'GET management.azure.com/poll: 200 in 0 ms'
    ])
  })
})

test('the run’s own id goes with each call, where it has one', async () => {
  const id = '00000000-0000-0000-0000-0000000000cc'
  const idOf = (clientRequestId?: string) =>
    withAzure(
      { [`GET ${SNAPSHOT}`]: [done] },
      async ({ azure, sent }) => {
        await azure.compute.getSnapshot(SNAPSHOT)
        return calls(sent)[0]?.headers['x-ms-correlation-request-id']
      },
      clientRequestId === undefined ? {} : { clientRequestId }
    )
  expect([await idOf(id), await idOf()]).toEqual([id, undefined])
})
