import { expect, test } from '@jest/globals'
import type { Azure } from '../../../src/azure/gateway.ts'
import type { Execution } from '../../../src/execute/context.ts'
import { withImageLookedAt } from '../../../src/execute/image-still-there.ts'
import type { FailureReason } from '../../../src/model/failure.ts'
import type { Plan } from '../../../src/model/plan.ts'
import * as f from '../../support/observed-fixtures.ts'
import { knowing } from '../../support/one-step.ts'

const GROUP = '/subscriptions/6f1b2c3d-0000-4000-8000-000000000001/resourceGroups/images/providers/Microsoft.Compute'
const VERSION = `${GROUP}/galleries/farm/images/render-node/versions/1.0.0`
const MANAGED = `${GROUP}/images/render-node`

type There = {
  gallery?: boolean
  definition?: boolean
  version?: { provisioningState?: string; regions?: string[]; state?: string }
  managed?: { snapshots: string[] }
  snapshots?: string[]
}

/** An Azure in which only this is there. */
function azureWith({ gallery = true, definition = true, version, managed, snapshots = [] }: There): Azure {
  const seen = version && {
    versionId: VERSION,
    provisioningState: version.provisioningState ?? 'Succeeded',
    targetRegions: (version.regions ?? ['eastus2']).map(region => ({ region, replicas: 1 })),
    replication: { regions: [{ region: 'eastus2', state: version.state ?? 'Completed', progress: 100 }] }
  }
  const found = <T>(value: T) => Promise.resolve(value)
  return {
    gallery: {
      getVersion: () => found(seen),
      getGalleryImage: () => found(definition ? {} : undefined),
      getGallery: () => found(gallery ? {} : undefined)
    },
    compute: {
      getManagedImage: () =>
        found(managed && { snapshotIds: managed.snapshots.map(name => `${GROUP}/snapshots/${name}`) }),
      getSnapshot: (id: string) => found(snapshots.includes(id.split('/').at(-1) ?? '') ? {} : undefined)
    },
    batch: { getAccount: () => found({ location: 'eastus2' }) }
  } as unknown as Azure
}

const HALT = { failure: 'allocation-failed' as FailureReason, reason: 'AllocationFailed: m', wayOut: 'w' }

function looked(azure: Azure, imageId: string, command: Plan['command'] = 'release') {
  const run = { azure, known: knowing({ pool: f.pool({ imageId }) }), makesImage: command === 'release' }
  return withImageLookedAt(run as Execution, f.POOL_ADDRESS, HALT)
}

test.each<[name: string, there: There, image: string, found: string]>([
  ['the version', {}, VERSION, 'image version 1.0.0 isn’t there any more'],
  ['its definition', { definition: false }, VERSION, 'the definition render-node of its image isn’t there any more'],
  ['its gallery', { definition: false, gallery: false }, VERSION, 'the gallery farm of its image isn’t there any more'],
  [
    'a version that goes',
    { version: { provisioningState: 'Deleting' } },
    VERSION,
    'image version 1.0.0 is being deleted'
  ],
  ['its replica', { version: { regions: ['westus3'] } }, VERSION, 'has no replica in eastus2'],
  [
    'a replica that failed',
    { version: { state: 'Failed' } },
    VERSION,
    'the replica of image version 1.0.0 in eastus2 is Failed'
  ],
  ['a managed image', {}, MANAGED, 'managed image render-node isn’t there any more'],
  [
    'its snapshot',
    { managed: { snapshots: ['os', 'data'] }, snapshots: ['os'] },
    MANAGED,
    'snapshot data, which managed image'
  ]
])('%s that is missing is said beside what Batch has said', async (_, there, image, found) => {
  const { reason } = await looked(azureWith(there), image)
  expect(reason).toMatch(/^AllocationFailed: m; /)
  expect(reason).toContain(found)
})

test.each<[name: string, there: There, image: string]>([
  ['a version with its replica', { version: {} }, VERSION],
  ['a managed image with its snapshots', { managed: { snapshots: ['os'] }, snapshots: ['os'] }, MANAGED],
  ['the newest version, whichever that is', {}, VERSION.replace(/\/versions.*/, '')]
])('%s is no news', async (_, there, image) => {
  expect(await looked(azureWith(there), image)).toEqual(HALT)
})

test('what can’t be read takes nothing from what Batch has said', async () => {
  const refusing = { gallery: { getVersion: () => Promise.reject(new Error('403')) } } as unknown as Azure
  expect(await looked(refusing, VERSION)).toEqual(HALT)
})

test.each<FailureReason>(['quota-reached', 'pool-changed', 'nodes-unhealthy'])(
  'after %s nothing is read',
  async failure => {
    const run = { azure: {}, known: knowing({ pool: f.pool({ imageId: VERSION }) }) } as Execution
    expect(await withImageLookedAt(run, f.POOL_ADDRESS, { ...HALT, failure })).toEqual({ ...HALT, failure })
  }
)

test.each([
  ['release', 'helps', 'makes what is missing again'],
  ['rollout', 'after-change', 'roll out another image']
] as const)('after a %s whose version is gone, a repetition: %s', async (command, repetition, wayOut) => {
  const halt = await looked(azureWith({}), VERSION, command)
  expect(halt).toMatchObject({ repetition, wayOut: expect.stringContaining(wayOut) })
})
