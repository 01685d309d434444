import { describe, expect, test } from '@jest/globals'
import type { Azure } from '../../src/azure/gateway.ts'
import type {
  GalleryImageId,
  GalleryImageVersionId,
  ImageId,
  PoolId,
  SnapshotId,
  VmId
} from '../../src/model/arm-id.ts'
import { GROUP, START, SUBSCRIPTION, type Script, type ScriptedAnswer, calls, withAzure } from './azure.ts'

const COMPUTE = `${GROUP}/providers/Microsoft.Compute`
const SNAPSHOT = `${COMPUTE}/snapshots/os` as SnapshotId
const IMAGE = `${COMPUTE}/images/image` as ImageId
const DEFINITION = `${COMPUTE}/galleries/g/images/d` as GalleryImageId
const VERSION = `${DEFINITION}/versions/1.0.0` as GalleryImageVersionId
const VM = `${COMPUTE}/virtualMachines/source` as VmId
const POOL = `${GROUP}/providers/Microsoft.Batch/batchAccounts/renders/pools/frames` as PoolId
const HOST = 'renders.westus3.batch.azure.com'
const API = '2025-06-01'
const MINUTE = 60_000

const absent: ScriptedAnswer = { status: 404, body: { error: { code: 'ResourceNotFound', message: 'not found' } } }
const done = { provisioningState: 'Succeeded' }
const shown = (id: string, properties: object = done) => ({
  status: 200,
  body: { id, name: 'x', location: 'westus3', tags: {}, etag: 'W/"1"', properties }
})
const fixedScale = { targetDedicatedNodes: 2, targetLowPriorityNodes: 0 }
const pool = shown(POOL, { ...done, allocationState: 'Steady', scaleSettings: { fixedScale } })
const definition = shown(DEFINITION, {
  ...done,
  osType: 'Linux',
  osState: 'Generalized',
  hyperVGeneration: 'V2',
  identifier: { publisher: 'p', offer: 'o', sku: 's' }
})
const vm = shown(VM, { ...done, storageProfile: { osDisk: {} }, instanceView: { statuses: [] } })
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)

type Kind = {
  of: string
  id: string
  write: string
  there: ScriptedAnswer
  make(azure: Azure): Promise<unknown>
  read(azure: Azure): Promise<unknown>
}
const KINDS: Kind[] = [
  {
    of: 'a snapshot',
    id: SNAPSHOT,
    write: 'PUT',
    there: shown(SNAPSHOT),
    make: ({ compute }) => compute.createSnapshot(SNAPSHOT, {}),
    read: ({ compute }) => compute.getSnapshot(SNAPSHOT)
  },
  {
    of: 'a managed image',
    id: IMAGE,
    write: 'PUT',
    there: shown(IMAGE),
    make: ({ compute }) => compute.createManagedImage(IMAGE, {}),
    read: ({ compute }) => compute.getManagedImage(IMAGE)
  },
  {
    of: 'an image definition',
    id: DEFINITION,
    write: 'PUT',
    there: definition,
    make: ({ gallery }) => gallery.createGalleryImage(DEFINITION, {}),
    read: ({ gallery }) => gallery.getGalleryImage(DEFINITION)
  },
  {
    of: 'an image version',
    id: VERSION,
    write: 'PUT',
    there: shown(VERSION, { ...done, publishingProfile: { targetRegions: [] } }),
    make: ({ gallery }) => gallery.putVersion(VERSION, {}),
    read: ({ gallery }) => gallery.getVersion(VERSION, { replication: true })
  },
  {
    of: 'a pool that was created',
    id: POOL,
    write: 'PUT',
    there: pool,
    make: ({ batch }) => batch.createPool(POOL, {}, API),
    read: ({ batch }) => batch.getPool(POOL, API)
  },
  {
    of: 'a pool that was changed',
    id: POOL,
    write: 'PATCH',
    there: pool,
    make: ({ batch }) => batch.patchPool(POOL, {}, { ifMatch: '*', apiVersion: API }),
    read: ({ batch }) => batch.getPool(POOL, API)
  },
  {
    of: 'a VM whose tags were changed',
    id: VM,
    write: 'PATCH',
    there: vm,
    make: ({ compute }) => compute.setVmTags(VM, {}, undefined),
    read: ({ compute }) => compute.getVm(VM)
  }
]

describe.each(KINDS)('$of that this run has just written', ({ id, write, there, make, read }) => {
  const tell = (reads: ScriptedAnswer[]) =>
    withAzure({ [`${write} ${id}`]: [there], [`GET ${id}`]: reads }, async ({ azure, clock }) => {
      await make(azure)
      return { found: (await read(azure)) !== undefined, tookMs: clock.now() - START }
    })

  test('and that a replica doesn’t show yet is asked for again', async () => {
    expect(await tell([...times(4, absent), there])).toEqual({ found: true, tookMs: 15_000 })
  })

  test('is gone when its absence has lasted two minutes', async () => {
    expect(await tell(times(12, absent))).toEqual({ found: false, tookMs: 2 * MINUTE })
  })
})

const reads = (script: Script, act: (azure: Azure) => Promise<unknown>) =>
  withAzure(script, async ({ azure, clock, said }) => ({
    result: await act(azure).catch((error: Error) => error),
    tookMs: clock.now() - START,
    said
  }))

test('what this run never knew is absent at once', async () => {
  expect(await reads({ [`GET ${SNAPSHOT}`]: [absent] }, ({ compute }) => compute.getSnapshot(SNAPSHOT))).toMatchObject({
    result: undefined,
    tookMs: 0
  })
})

test('a list in what this run knows to be there is asked for again', async () => {
  const list = `GET ${DEFINITION}/versions`
  const script = { [`GET ${DEFINITION}`]: [definition], [list]: [absent, { status: 200, body: { value: [] } }] }
  const { result, tookMs } = await reads(script, async ({ gallery }) => {
    await gallery.getGalleryImage(DEFINITION)
    return gallery.listVersions(DEFINITION)
  })
  expect({ result, tookMs }).toEqual({ result: [], tookMs: 1000 })
})

test('what it has deleted is absent at once', async () => {
  const script = {
    [`PUT ${SNAPSHOT}`]: [shown(SNAPSHOT)],
    [`DELETE ${SNAPSHOT}`]: [{ status: 204 }],
    [`GET ${SNAPSHOT}`]: [absent]
  }
  const { result, tookMs } = await reads(script, async ({ compute }) => {
    await compute.createSnapshot(SNAPSHOT, {})
    await compute.deleteSnapshot(SNAPSHOT)
    return compute.getSnapshot(SNAPSHOT)
  })
  expect([result, tookMs]).toEqual([undefined, 0])
})

test('what it wrote long ago is doubted as long, and once it is gone it is gone', async () => {
  const script = { [`PUT ${SNAPSHOT}`]: [shown(SNAPSHOT)], [`GET ${SNAPSHOT}`]: times(13, absent) }
  await withAzure(script, async ({ azure, clock }) => {
    await azure.compute.createSnapshot(SNAPSHOT, {})
    await clock.sleep(10 * MINUTE)
    expect(await azure.compute.getSnapshot(SNAPSHOT)).toBeUndefined()
    expect(clock.now() - START).toBe(12 * MINUTE)
    expect(await azure.compute.getSnapshot(SNAPSHOT)).toBeUndefined()
    expect(clock.now() - START).toBe(12 * MINUTE)
  })
})

test('an operation that Azure has just begun, and doesn’t know yet where it is looked at, is asked for again', async () => {
  const STATUS = '/subscriptions/s/providers/Microsoft.Compute/locations/w/DiskOperations/1'
  const accepted = { status: 202, headers: { 'azure-asyncoperation': `https://management.azure.com${STATUS}?t=1` } }
  const script = {
    [`PUT ${SNAPSHOT}`]: [accepted],
    [`GET ${STATUS}`]: [absent, { status: 200, body: { status: 'Succeeded' } }]
  }
  const { result, tookMs } = await reads(script, ({ compute }) => compute.createSnapshot(SNAPSHOT, {}))
  expect([result, tookMs]).toEqual([undefined, 3_000])
})

test('a deletion whose operation is no longer known has ended', async () => {
  const LOCATION = '/subscriptions/s/providers/Microsoft.Compute/locations/w/DiskOperations/2'
  const accepted = { status: 202, headers: { location: `https://management.azure.com${LOCATION}` } }
  const script = { [`DELETE ${SNAPSHOT}`]: [accepted], [`GET ${LOCATION}`]: [{ status: 202 }, absent] }
  const { result, tookMs } = await reads(script, ({ compute }) => compute.deleteSnapshot(SNAPSHOT))
  expect([result, tookMs]).toEqual([undefined, 4_000])
})

test('a write whose source isn’t there fails at once, where what it is in was seen long ago', async () => {
  const script = { [`PUT ${DEFINITION}`]: [definition], [`PUT ${VERSION}`]: [absent] }
  await withAzure(script, async ({ azure, clock }) => {
    await azure.gallery.createGalleryImage(DEFINITION, {})
    await clock.sleep(10 * MINUTE)
    await expect(azure.gallery.putVersion(VERSION, {})).rejects.toMatchObject({ status: 404 })
    expect(clock.now() - START).toBe(10 * MINUTE)
  })
})

test('what it sees again and again isn’t gone for one 404', async () => {
  await withAzure({ [`GET ${POOL}`]: [pool, absent, pool] }, async ({ azure, clock }) => {
    await azure.batch.getPool(POOL, API)
    await clock.sleep(30_000)
    expect(await azure.batch.getPool(POOL, API)).toBeDefined()
  })
})

test('what a list has shown is known', async () => {
  const list = { status: 200, body: { value: [shown(SNAPSHOT).body] } }
  const script = { [`GET ${COMPUTE}/snapshots`]: [list], [`GET ${SNAPSHOT}`]: [absent, shown(SNAPSHOT)] }
  const { result } = await reads(script, async ({ compute }) => {
    await compute.listSnapshots(SUBSCRIPTION, 'images-rg')
    return compute.getSnapshot(SNAPSHOT)
  })
  expect(result).toBeDefined()
})

test('an operation that is followed by the resource itself goes on over a 404', async () => {
  const creating = shown(IMAGE, { provisioningState: 'Creating' })
  const script = { [`PUT ${IMAGE}`]: [creating], [`GET ${IMAGE}`]: [absent, creating, absent, shown(IMAGE)] }
  await withAzure(script, async ({ azure }) => {
    await expect(azure.compute.createManagedImage(IMAGE, {})).resolves.toBeUndefined()
  })
})

test('a write on, or in, what was written a moment ago is sent again too', async () => {
  const version = { ...shown(VERSION), status: 201 }
  const script = { [`PUT ${DEFINITION}`]: [definition], [`PUT ${VERSION}`]: [absent, version] }
  await withAzure(script, async ({ azure, sent }) => {
    await azure.gallery.createGalleryImage(DEFINITION, {})
    await azure.gallery.putVersion(VERSION, {})
    expect(calls(sent)).toHaveLength(3)
  })
})

test('nodes are asked for again where the Batch service doesn’t know the pool yet that Resource Manager shows', async () => {
  const unknown = { status: 404, body: { code: 'PoolNotFound', message: { value: 'x' } } }
  const node = { id: 'n', state: 'idle', isDedicated: true }
  const script = { 'GET /pools/frames/nodes': [unknown, unknown, { status: 200, body: { value: [node] } }] }
  const { result } = await reads(script, azure => azure.batchService(HOST).listNodes('frames'))
  expect(result).toHaveLength(1)
})

test('an absence of more than a minute is said, with its end', async () => {
  const script = { [`PUT ${SNAPSHOT}`]: [shown(SNAPSHOT)], [`GET ${SNAPSHOT}`]: times(12, absent) }
  const { said } = await reads(script, async ({ compute }) => {
    await compute.createSnapshot(SNAPSHOT, {})
    return compute.getSnapshot(SNAPSHOT)
  })
  expect(said).toEqual(['snapshots/os: 404 of what was there before; asked again until 2026-11-23 07:02:00 UTC'])
})

test('a run that ends doesn’t wait for it', async () => {
  await withAzure({ [`PUT ${SNAPSHOT}`]: [shown(SNAPSHOT)], [`GET ${SNAPSHOT}`]: [absent] }, async told => {
    const { azure, clock, abort } = told
    await azure.compute.createSnapshot(SNAPSHOT, {})
    void clock.sleep(500).then(() => abort.abort(new Error('over')))
    await expect(azure.compute.getSnapshot(SNAPSHOT)).rejects.toThrow('over')
    expect(clock.now() - START).toBe(500)
  })
})

test('a write in what was seen long ago is doubted where it was itself seen a moment ago', async () => {
  const version = shown(VERSION, { ...done, publishingProfile: { targetRegions: [] } })
  const script = {
    [`GET ${DEFINITION}`]: [definition],
    [`GET ${VERSION}`]: [version],
    [`PUT ${VERSION}`]: [absent, version]
  }
  await withAzure(script, async ({ azure, clock }) => {
    await azure.gallery.getGalleryImage(DEFINITION)
    await clock.sleep(10 * MINUTE)
    await azure.gallery.getVersion(VERSION)
    await expect(azure.gallery.putVersion(VERSION, {})).resolves.toBeDefined()
  })
})

test('a file that isn’t on a node is told at once: the pool’s nodes are known, what is on them isn’t', async () => {
  const node = { id: 'n', state: 'idle', isDedicated: true }
  const missing = { status: 404, body: { code: 'FileNotFound', message: { value: 'x' } } }
  const script = {
    'GET /pools/frames/nodes': [{ status: 200, body: { value: [node] } }],
    'HEAD /pools/frames/nodes/n/files/startup%2Fstderr.txt': [missing]
  }
  await withAzure(script, async ({ azure, clock }) => {
    const service = azure.batchService(HOST)
    await service.listNodes('frames')
    const file = { nodeId: 'n', path: 'startup/stderr.txt', bytes: 100 }
    await expect(service.nodeFileEnd('frames', file)).rejects.toMatchObject({ status: 404 })
    expect(clock.now()).toBe(START)
  })
})

test('a service that fails meanwhile prolongs no doubt', async () => {
  const script = {
    [`PUT ${SNAPSHOT}`]: [shown(SNAPSHOT)],
    [`GET ${SNAPSHOT}`]: [absent, ...times(6, { status: 503 }), ...times(7, absent)]
  }
  await withAzure(script, async ({ azure, clock }) => {
    await azure.compute.createSnapshot(SNAPSHOT, {})
    expect(await azure.compute.getSnapshot(SNAPSHOT)).toBeUndefined()
    expect(clock.now() - START).toBe(2 * MINUTE)
  })
})
