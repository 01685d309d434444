import { expect, test } from '@jest/globals'
import { nameOf } from '../../../src/model/arm-id.ts'
import type { Observed } from '../../../src/model/observed.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { imageKey, TAG } from '../../../src/rules/run-tags.ts'
import * as f from '../../support/observed-fixtures.ts'

const key8 = imageKey(f.imageSpec()).slice(0, 8)
const nameFor = (role: string) => `node-1.0.0-${key8}-${role}`
const ALL = ['os', 'lun0', 'lun1']

function fresh(publishTo: Parameters<typeof f.toGallery>[0] = {}): Plan {
  return f.planOf(f.releaseSpec({ publishTo: f.toGallery(publishTo) }), f.observed())
}

test('a fresh release: snapshots side by side, then the version, then the pool, and what follows its proof', () => {
  expect(f.outline(fresh())).toEqual([
    'snapshot-os',
    'snapshot-lun0',
    'snapshot-lun1',
    'image-version < snapshot-os, snapshot-lun0, snapshot-lun1',
    'create-pool < image-version',
    'scale-pool < create-pool',
    'finish-pool < scale-pool',
    'image-settled < image-version',
    'drop-snapshot-os < image-settled',
    'drop-snapshot-lun0 < image-settled',
    'drop-snapshot-lun1 < image-settled',
    'promote-image < image-settled, scale-pool',
    'mark-image < promote-image'
  ])
})

test('the plan says which image it will be, and from which snapshots', () => {
  expect(fresh().image).toEqual({
    kind: 'gallery',
    imageId: f.versionIdOf('1.0.0'),
    imageName: 'farm/node/1.0.0',
    version: '1.0.0',
    decision: 'create',
    reason: 'image-version names it',
    snapshotIds: ALL.map(role => f.snapshotIdOf(nameFor(role)))
  })
})

test('a definition that is missing is made beside the snapshots, with the source’s properties, where the gallery is', () => {
  const { galleryImage: _gone, ...rest } = f.observed()
  const plan = f.planOf(f.releaseSpec(), { ...rest, gallery: { exists: true, location: 'westeurope' } })
  const step = f.stepOf(plan, 'create-gallery-image')
  expect(step.after).toEqual([])
  expect(step.body).toMatchObject({
    location: 'westeurope',
    properties: { osType: 'Linux', osState: 'Generalized', hyperVGeneration: 'V2', architecture: 'x64' }
  })
  expect(f.stepOf(plan, 'create-image-version').after).toEqual([
    ...ALL.map(role => `snapshot-${role}`),
    'image-definition'
  ])
})

test.each([
  ['Failed', f.tagsOf('open'), 'an earlier run’s creation of it is Failed; sent again'],
  ['Canceled', f.tagsOf('open'), 'an earlier run’s creation of it is Canceled; sent again'],
  ['Succeeded', f.tagsOf('open'), undefined],
  ['Failed', {}, undefined],
  ['Failed', { team: 'fx' }, undefined]
])(
  'a definition that is %s with tags %j: only what was begun here is sent again',
  (provisioningState, tags, reason) => {
    const galleryImage = f.galleryImage({ provisioningState, tags })
    const { steps } = f.planOf(f.releaseSpec(), f.observed({ galleryImage }))
    expect(steps.find(({ kind }) => kind === 'create-gallery-image')?.reason).toBe(reason)
  }
)

test.each<[Parameters<typeof f.imageSpec>[0], string[]]>([
  [{ dataDisks: 'all' }, ['os', 'lun0', 'lun1']],
  [{ dataDisks: 'none' }, ['os']],
  [{ dataDisks: [1] }, ['os', 'lun1']]
])('data-disks %j selects %j', (image, roles) => {
  const plan = f.planOf(f.releaseSpec(image), f.observed())
  const snapshots = plan.steps.filter(({ kind }) => kind === 'create-snapshot')
  expect(snapshots.map(({ id }) => id)).toEqual(roles.map(role => `snapshot-${role}`))
  const { storageProfile } = f.stepOf(plan, 'create-image-version').body.properties as never as {
    storageProfile: { dataDiskImages?: { lun: number }[] }
  }
  expect(storageProfile.dataDiskImages?.map(({ lun }) => `lun${lun}`) ?? []).toEqual(roles.slice(1))
})

test('snapshots go where work-resource-group says', () => {
  const plan = f.planOf(f.releaseSpec({ workResourceGroup: 'scratch' }), f.observed())
  expect(plan.image?.snapshotIds.every(id => id.includes('/resourceGroups/scratch/'))).toBe(true)
})

test.each([80, 81, 200])(
  'snapshots of a definition of %i characters have names of at most 80, each its own',
  length => {
    const long = (end: string) =>
      f.toGallery({ galleryImageId: `${f.DEFINITION}${'x'.repeat(length - 5)}${end}` as never })
    const ids = ['a', 'b'].flatMap(end => {
      const { galleryImage: _gone, ...rest } = f.observed()
      return f.planOf(f.releaseSpec({ publishTo: long(end) }), rest).image?.snapshotIds ?? []
    })
    const names = ids.map(nameOf)
    expect(Math.max(...names.map(name => name.length))).toBe(80)
    expect(new Set(names).size).toBe(6)
  }
)

test('every snapshot and the version carry key, run and state “open”', () => {
  const made = fresh().steps.filter(one => one.kind === 'create-snapshot' || one.kind === 'create-image-version')
  expect(made).toHaveLength(4)
  for (const step of made) {
    expect(step.body.tags).toMatchObject({
      [TAG.key]: imageKey(f.imageSpec()),
      [TAG.state]: 'open',
      [TAG.version]: '1.0.0',
      [TAG.run]: '4711',
      [TAG.baseImage]: 'Canonical:jammy:22_04-lts-gen2'
    })
  }
})

const openSnapshot = (role: string, change = {}) =>
  f.snapshot(nameFor(role), { tags: f.tagsOf('open'), provisioningState: 'Creating', ...change })

test('snapshots that an earlier run began are waited for; a failed one is made again', () => {
  const snapshots = [openSnapshot('os'), openSnapshot('lun0', { provisioningState: 'Failed' })]
  const plan = f.planOf(f.releaseSpec(), f.observed({ snapshots }))
  expect(plan.steps.slice(0, 3).map(({ id, kind, reason }) => [id, kind, reason])).toEqual([
    ['snapshot-os', 'await-snapshot', 'run 4000 attempt 2 had begun it'],
    ['snapshot-lun0', 'create-snapshot', 'an earlier attempt failed'],
    ['snapshot-lun1', 'create-snapshot', 'the image is made from it']
  ])
})

/** Nodes of an earlier run have proved it. */
const PROVED = { [TAG.proved]: '2026-11-22T10:00:00Z: 20 nodes Standard_D4s_v5 of render' }
const there = (state: 'open' | 'complete' | 'failed', change: Parameters<typeof f.version>[1] = {}) =>
  f.version('1.0.0', { tags: f.tagsOf(state), ...change })

test('a version that is there needs no snapshots; one left open is taken up', () => {
  const plan = f.planOf(f.releaseSpec(), f.observed({ versions: [there('open', { provisioningState: 'Creating' })] }))
  expect(plan.image).toMatchObject({
    decision: 'resume',
    reason: 'run 4000 attempt 2 made it from the same inputs, and didn’t finish',
    snapshotIds: []
  })
  expect(f.outline(plan)).toEqual([
    'image-version',
    'create-pool < image-version',
    'scale-pool < create-pool',
    'finish-pool < scale-pool',
    'image-settled < image-version',
    'promote-image < image-settled, scale-pool',
    'mark-image < promote-image'
  ])
  expect(f.stepOf(plan, 'await-image-version')).toMatchObject({
    reason: 'is Creating; run 4000 attempt 2 began it',
    untilRegions: ['eastus2']
  })
})

test('snapshots that are left of a version taken up go when it has settled', () => {
  const left = f.snapshot(nameFor('os'), { tags: { ...f.tagsOf('open'), [TAG.version]: '1.0.0' } })
  const plan = f.planOf(f.releaseSpec(), f.observed({ versions: [there('open')], snapshots: [left] }))
  expect(f.stepOf(plan, 'delete-snapshot')).toMatchObject({ after: ['image-settled'], snapshotId: left.snapshotId })
  expect(plan.image?.snapshotIds).toEqual([left.snapshotId])
})

test('a version that was finished is kept: a pool may use it where it is replicated', () => {
  const versions = [there('complete', { excludeFromLatest: false, tags: { ...f.tagsOf('complete'), ...PROVED } })]
  const plan = f.planOf(f.releaseSpec(), f.observed({ versions }))
  expect(plan.image).toMatchObject({
    decision: 'keep',
    reason: 'run 4000 attempt 2 made it from the same inputs, and finished'
  })
  expect(f.outline(plan)).toEqual([
    'image-version',
    'create-pool < image-version',
    'scale-pool < create-pool',
    'finish-pool < scale-pool'
  ])
})

test('one that doesn’t say yet that it is proved is tagged, where nothing else is written to it', () => {
  const versions = [there('complete', { excludeFromLatest: false })]
  const plan = f.planOf(f.releaseSpec(), f.observed({ versions }))
  expect(f.stepOf(plan, 'mark-image-proved')).toEqual({
    id: 'mark-image-proved',
    kind: 'mark-image-proved',
    after: ['scale-pool'],
    title: 'tag image version 1.0.0 as proved',
    reason: 'healthy nodes run it, and it doesn’t say so yet',
    housekeeping: true,
    versionId: f.versionIdOf('1.0.0'),
    provedBy: [f.POOL],
    tags: {}
  })
  expect(f.planOf(f.imageOnlySpec(), f.observed({ versions })).steps).toEqual([])
})

const FURTHER = [
  { region: 'eastus2', replicas: 1 },
  { region: 'westus3', replicas: 1 }
]

test.each<[string, Parameters<typeof f.toGallery>[0], string]>([
  ['the promotion', {}, 'promote-image'],
  ['the mark, where it stays hidden', { promote: 'never' }, 'mark-image'],
  ['the mark, where it is shown from the start', { promote: 'now' }, 'mark-image'],
  ['its further regions', { promote: 'never', targetRegions: FURTHER }, 'image-regions'],
  ['the mark after them', { promote: 'never', targetRegions: FURTHER, waitForRegions: 'all' }, 'mark-image']
])('%s says on which pool’s nodes it is proved, and nothing else does', (_, change, id) => {
  const plan = f.planOf(f.releaseSpec({ publishTo: f.toGallery(change) }), f.observed())
  const proving = plan.steps.filter(step => 'provedBy' in step)
  expect(proving.map(step => step.id)).toEqual([id])
  expect(proving[0]).toMatchObject({ provedBy: [f.POOL] })
})

test('nothing says so of a version without nodes', () => {
  const none = f.rolloutSpec({ pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 0 } } } })
  const plans = [f.planOf(f.releaseSpec({}, none), f.observed()), f.planOf(f.imageOnlySpec(), f.observed())]
  for (const { steps } of plans) expect(steps.filter(step => 'provedBy' in step)).toEqual([])
})

test('an image alone that was finished needs nothing', () => {
  expect(f.planOf(f.imageOnlySpec(), f.observed({ versions: [there('complete')] })).steps).toEqual([])
})

test('a finished version that is still hidden is promoted once its nodes are healthy', () => {
  const plan = f.planOf(f.releaseSpec(), f.observed({ versions: [there('complete')] }))
  expect(f.stepOf(plan, 'update-image-version')).toMatchObject({
    after: ['image-settled', 'scale-pool'],
    title: 'promote image version 1.0.0',
    excludeFromLatest: false
  })
})

test('a pool without nodes proves nothing: the version stays hidden', () => {
  const rollout = f.rolloutSpec({ pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 0 } } } })
  const finish = f.stepOf(f.planOf(f.releaseSpec({}, rollout), f.observed()), 'update-image-version')
  expect(finish.reason).toBe('no node has proved it, so it stays hidden')
  expect(finish).not.toHaveProperty('excludeFromLatest')
})

test('a version that is not in the pool’s region gets that region before the pool', () => {
  const elsewhere = there('complete', {
    excludeFromLatest: false,
    tags: { ...f.tagsOf('complete'), ...PROVED },
    targetRegions: [{ region: 'westus3', replicas: 1 }]
  })
  const plan = f.planOf(f.releaseSpec(), f.observed({ versions: [elsewhere] }))
  expect(f.outline(plan)).toEqual([
    'image-pool-region',
    'image-version < image-pool-region',
    'create-pool < image-version',
    'scale-pool < create-pool',
    'finish-pool < scale-pool'
  ])
  expect(f.stepOf(plan, 'change-image-regions')).toMatchObject({
    takeOff: [],
    regions: [{ region: 'eastus2', replicas: 1 }],
    tags: {}
  })
})

test('a version that failed is made again, with its snapshots', () => {
  const plan = f.planOf(f.releaseSpec(), f.observed({ versions: [there('open', { provisioningState: 'Failed' })] }))
  expect(plan.image).toMatchObject({ decision: 'create', reason: 'run 4000 attempt 2 failed to make it; made again' })
  expect(f.outline(plan)).toEqual(f.outline(fresh()))
})

test('a finished version whose last change failed is kept, as pools may run on it, and the change is sent again', () => {
  const versions = [there('complete', { provisioningState: 'Failed', excludeFromLatest: false })]
  const publishTo = f.toGallery({ targetRegions: [{ region: 'westus3' }] })
  const plan = f.planOf(f.releaseSpec({ publishTo }), f.observed({ versions }))
  expect(plan.image?.decision).toBe('keep')
  expect(f.outline(plan)).toEqual([
    'image-version',
    'create-pool < image-version',
    'scale-pool < create-pool',
    'finish-pool < scale-pool',
    'image-regions < scale-pool'
  ])
  expect(f.stepOf(plan, 'change-image-regions')).toMatchObject({
    reason: 'its last change failed; sent again',
    regions: [{ region: 'westus3', replicas: 1 }],
    tags: { [TAG.state]: 'complete' }
  })
})

test('the last change that failed is sent again even where nothing is missing', () => {
  const versions = [there('complete', { provisioningState: 'Failed', excludeFromLatest: false })]
  const plan = f.planOf(f.releaseSpec(), f.observed({ versions }))
  expect(f.stepOf(plan, 'update-image-version').title).toBe('mark image version 1.0.0 as complete')
})

test.each([
  { promote: 'when-proved', hidden: true, title: 'promote image version 1.0.0', set: false },
  { promote: 'now', hidden: false, title: 'mark image version 1.0.0 as complete', set: undefined },
  { promote: 'never', hidden: true, title: 'mark image version 1.0.0 as complete', set: undefined }
] as const)(
  'promote: $promote publishes a version with excludeFromLatest $hidden',
  ({ promote, hidden, title, set }) => {
    const plan = fresh({ promote })
    const body = f.stepOf(plan, 'create-image-version').body as never as {
      properties: { publishingProfile: { excludeFromLatest: boolean } }
    }
    expect(body.properties.publishingProfile.excludeFromLatest).toBe(hidden)
    const [finish] = plan.steps.filter(one => one.kind === 'update-image-version')
    expect([finish?.title, finish?.excludeFromLatest]).toEqual([title, set])
  }
)

test('an image that nothing proves stays hidden', () => {
  const plan = f.planOf(f.imageOnlySpec(), f.observed())
  const finish = f.stepOf(plan, 'update-image-version')
  expect(finish).toMatchObject({
    after: ['image-settled'],
    housekeeping: true,
    reason: 'the image is whole',
    title: 'mark image version 1.0.0 as complete'
  })
  expect(finish).not.toHaveProperty('excludeFromLatest')
})

test('regions that can wait are added once the nodes are healthy', () => {
  const plan = fresh({ targetRegions: [{ region: 'westus3', replicas: 2 }] })
  const first = f.stepOf(plan, 'create-image-version')
  expect(first.untilRegions).toEqual(['eastus2'])
  expect(JSON.stringify(first.body)).not.toContain('westus3')
  expect(f.outline(plan).slice(-2)).toEqual([
    'promote-image < image-settled, scale-pool',
    'image-regions < promote-image'
  ])
  expect(f.stepOf(plan, 'update-image-version')).toMatchObject({
    title: 'promote image version 1.0.0',
    excludeFromLatest: false,
    tags: {}
  })
  expect(f.stepOf(plan, 'change-image-regions')).toMatchObject({
    title: 'add westus3: image version 1.0.0',
    regions: [{ region: 'westus3', replicas: 2 }],
    tags: { [TAG.state]: 'complete' }
  })
})

test('a shallow version has all its regions from the start', () => {
  const plan = fresh({ replicationMode: 'Shallow', targetRegions: [{ region: 'westus3' }] })
  expect(f.stepOf(plan, 'create-image-version').body.properties).toMatchObject({
    publishingProfile: {
      replicationMode: 'Shallow',
      targetRegions: [
        { name: 'westus3', regionalReplicaCount: 1 },
        { name: 'eastus2', regionalReplicaCount: 1 }
      ]
    }
  })
  expect(f.outline(plan).filter(line => line.startsWith('image-regions'))).toEqual([])
})

test('keep-snapshots leaves them', () => {
  expect(f.outline(fresh({ keepSnapshots: true })).filter(line => line.startsWith('drop-snapshot'))).toEqual([])
})

test.each<[string, Parameters<typeof f.toGallery>[0]]>([
  ['a release', {}],
  ['one with a further region', { targetRegions: [{ region: 'westus3' }] }],
  ['one that promotes nothing', { promote: 'never' }]
])('nothing but housekeeping comes after housekeeping: %s', (_, publishTo) => {
  const { steps } = fresh(publishTo)
  const tidies = new Set(steps.filter(({ housekeeping }) => housekeeping === true).map(({ id }) => id))
  expect([...tidies]).toEqual(expect.arrayContaining(['finish-pool', 'drop-snapshot-os']))
  const held = steps.filter(({ id, after }) => !tidies.has(id) && after.some(one => tidies.has(one)))
  expect(held).toEqual([])
})

const WITH_WEST = { targetRegions: [{ region: 'westus3' }] }
const later = (steps: Plan): string[] => f.outline(steps).filter(line => line.startsWith('image-re'))

test('wait-for-regions: all waits for every region, after the promotion and after the further regions', () => {
  const plan = fresh({ ...WITH_WEST, waitForRegions: 'all' })
  expect(later(plan)).toEqual(['image-regions < promote-image', 'image-replicated < image-regions'])
  expect(f.stepOf(plan, 'await-image-regions').regions).toEqual(['eastus2', 'westus3'])
  expect(later(fresh({ waitForRegions: 'all' }))).toEqual([])
})

const inRegions = (states: Record<string, string>, change: Parameters<typeof f.version>[1] = {}) =>
  there('complete', {
    excludeFromLatest: false,
    targetRegions: Object.keys(states).map(region => ({ region, replicas: 1 })),
    replication: {
      aggregatedState: 'Failed',
      regions: Object.entries(states).map(([region, state]) => ({
        region,
        state,
        progress: 0,
        ...(state === 'Failed' ? { details: 'Failed with internal server error.' } : {})
      }))
    },
    ...change
  })
const FAILED_WEST = { eastus2: 'Completed', westus3: 'Failed' }

test('a region whose replication failed is taken off and added again, and the plan says why', () => {
  const plan = f.planOf(
    f.releaseSpec({ publishTo: f.toGallery(WITH_WEST) }),
    f.observed({ versions: [inRegions(FAILED_WEST)] })
  )
  expect(f.stepOf(plan, 'change-image-regions')).toMatchObject({
    after: ['image-settled', 'scale-pool'],
    title: 'take westus3 off and add it again: image version 1.0.0',
    reason: 'its replication failed (westus3: Failed with internal server error.), and Azure advises this',
    takeOff: ['westus3'],
    regions: [{ region: 'westus3', replicas: 1 }]
  })
})

test('a failed region that the pool needs is fixed before the pool', () => {
  const versions = [inRegions({ westus3: 'Completed', eastus2: 'Failed' }, { location: 'westus3' })]
  const plan = f.planOf(f.releaseSpec(), f.observed({ versions }))
  expect(f.stepOf(plan, 'change-image-regions')).toMatchObject({ id: 'image-pool-region', takeOff: ['eastus2'] })
  expect(f.stepOf(plan, 'await-image-version').after).toEqual(['image-pool-region'])
})

test.each([
  ['the version’s own region', { eastus2: 'Failed', westus3: 'Completed' }, {}],
  ['a region of a shallow version', FAILED_WEST, { replicationMode: 'Shallow' }]
])('%s is never taken off', (_, states, change) => {
  const spec = f.imageOnlySpec({ publishTo: f.toGallery(WITH_WEST) })
  const plan = f.planOf(spec, f.observed({ versions: [inRegions(states, change)] }))
  expect(plan.steps.filter(({ kind }) => kind === 'change-image-regions')).toEqual([])
})

test('a version that failed in a further region alone is taken up, not made again', () => {
  const versions = [
    inRegions(FAILED_WEST, { tags: f.tagsOf('open'), provisioningState: 'Failed', excludeFromLatest: true })
  ]
  const plan = f.planOf(f.releaseSpec({ publishTo: f.toGallery(WITH_WEST) }), f.observed({ versions }))
  expect(plan.image?.decision).toBe('resume')
  expect(plan.steps.filter(({ kind }) => kind === 'create-image-version')).toEqual([])
})

test('more replicas are raised, fewer never', () => {
  const versions = [inRegions({ eastus2: 'Completed', westus3: 'Completed' })]
  const asking = (replicas: number) =>
    f.planOf(
      f.releaseSpec({ publishTo: f.toGallery({ targetRegions: [{ region: 'westus3', replicas }] }) }),
      f.observed({ versions })
    )
  expect(f.stepOf(asking(3), 'change-image-regions')).toMatchObject({
    title: 'raise westus3 to 3 replicas: image version 1.0.0',
    regions: [{ region: 'westus3', replicas: 3 }]
  })
  expect(later(asking(1))).toEqual([])
})

test('replicas that the pool needs are raised before it', () => {
  const rollout = f.rolloutSpec({ pool: { scaleSettings: { fixedScale: { targetDedicatedNodes: 700 } } } })
  const versions = [inRegions({ eastus2: 'Completed' })]
  const account = f.account({ dedicatedCoreQuota: 10_000 })
  const plan = f.planOf(f.releaseSpec({}, rollout), f.observed({ versions, account }))
  expect(f.stepOf(plan, 'change-image-regions')).toMatchObject({
    id: 'image-pool-region',
    reason: 'Batch’s rule is a replica for each 300 nodes',
    regions: [{ region: 'eastus2', replicas: 3 }]
  })
})

const AUTO = f.imageSpec({ publishTo: f.toGallery({ version: 'auto' }) })
/** A snapshot of the version of another run from the same inputs. */
const leftOver = (tags: Record<string, string> = {}) =>
  f.snapshot('left-os', {
    // Too old for the next run to go on with.
    timeCreated: '2026-11-01T09:00:00Z',
    tags: { ...f.tagsOf('open', AUTO), [TAG.version]: '2026.1122.1', [TAG.keep]: 'false', ...tags }
  })
const dropsOf = (
  snapshot: ReturnType<typeof leftOver>,
  state: 'open' | 'complete' | 'failed',
  change = {}
): string[] => {
  const versions = [
    f.version('2026.1122.1', { tags: f.tagsOf(state, AUTO), publishedAt: '2026-11-22T09:00:00Z', ...change })
  ]
  const plan = f.planOf(f.releaseSpec(AUTO), f.observed({ versions, snapshots: [snapshot] }))
  return f.outline(plan).filter(line => line.startsWith('drop-snapshot-2026'))
}

test('with image-version: auto, what an earlier run couldn’t delete goes beside the next version', () => {
  const line = 'drop-snapshot-2026.1122.1-os < image-version'
  expect(dropsOf(leftOver(), 'complete')).toEqual([line])
  expect(dropsOf(leftOver(), 'failed')).toEqual([line])
})

test.each<[string, () => string[]]>([
  ['of an unfinished version', () => dropsOf(leftOver(), 'open', { publishedAt: '2026-11-01T09:00:00Z' })],
  ['of a version that Azure still makes', () => dropsOf(leftOver(), 'complete', { provisioningState: 'Creating' })],
  ['of a version that is being deleted', () => dropsOf(leftOver(), 'complete', { provisioningState: 'Deleting' })],
  [
    'of a version from other inputs',
    () => dropsOf(leftOver(), 'complete', { tags: f.tagsOf('complete', f.imageSpec({ dataDisks: 'none' })) })
  ],
  ['that was to be kept', () => dropsOf(leftOver({ [TAG.keep]: 'true' }), 'complete')],
  ['that doesn’t say whether it was to be kept', () => dropsOf(leftOver({ [TAG.keep]: '' }), 'complete')],
  ['from other inputs', () => dropsOf(leftOver({ [TAG.key]: '0000000000000000' }), 'complete')],
  ['of a version that isn’t there', () => dropsOf(leftOver({ [TAG.version]: '2026.1101.1' }), 'complete')]
])('a snapshot %s is left alone', (_, drops) => {
  expect(drops()).toEqual([])
})

const toManaged = f.imageSpec({ publishTo: { kind: 'managed', imageId: f.MANAGED_IMAGE } })
const managedPlan = (change: Parameters<typeof f.observed>[0] = {}) =>
  f.planOf(f.imageOnlySpec(toManaged), f.observed(change))

test('a managed image is made from snapshots, which stay', () => {
  const plan = managedPlan()
  expect(f.outline(plan)).toEqual([
    'snapshot-os',
    'snapshot-lun0',
    'snapshot-lun1',
    'managed-image < snapshot-os, snapshot-lun0, snapshot-lun1'
  ])
  expect(plan.image).toMatchObject({
    kind: 'managed',
    imageName: 'node',
    decision: 'create',
    reason: 'there is none yet'
  })
  expect(plan.image?.snapshotIds).toHaveLength(3)
})

test('a managed image of a VM that Azure knows as generalized is made straight from it', () => {
  const plan = managedPlan({ source: f.source({ generalized: true }) })
  expect(f.outline(plan)).toEqual(['managed-image'])
  expect(f.stepOf(plan, 'create-managed-image').body.properties).toEqual({
    hyperVGeneration: 'V2',
    sourceVirtualMachine: { id: f.VM }
  })
})

test('where some data disks are left out, even a generalized VM goes by snapshots', () => {
  const spec = f.imageOnlySpec({ ...toManaged, dataDisks: 'none' })
  expect(f.outline(f.planOf(spec, f.observed({ source: f.source({ generalized: true }) })))).toEqual([
    'snapshot-os',
    'managed-image < snapshot-os'
  ])
})

test.each([
  ['Succeeded', []],
  ['Creating', ['managed-image']],
  [
    'Failed',
    ['snapshot-os', 'snapshot-lun0', 'snapshot-lun1', 'managed-image < snapshot-os, snapshot-lun0, snapshot-lun1']
  ]
])('a managed image of the same inputs that is %s', (provisioningState, steps) => {
  const tags = f.tagsOf('complete', toManaged)
  expect(f.outline(managedPlan({ managedImage: f.managedImage({ tags, provisioningState }) }))).toEqual(steps)
})

test('snapshots are named by what they are of', () => {
  const titles = fresh().steps.flatMap(({ kind, title }) => (kind === 'create-snapshot' ? [title] : []))
  expect(titles).toEqual([
    'snapshot OS disk source-os',
    'snapshot data disk 0 source-assets',
    'snapshot data disk 1 source-cache'
  ])
})

test.each([
  ['no room', 'its replication failed (westus: no room), and Azure advises this'],
  [undefined, 'its replication failed, and Azure advises this']
])('why a region is taken off and added again is told as Azure says it: %s', (details, reason) => {
  const targetRegions = [
    { region: 'eastus2', replicas: 1 },
    { region: 'westus', replicas: 1 }
  ]
  const row = { region: 'westus', state: 'Failed', progress: 0, ...(details === undefined ? {} : { details }) }
  const there = f.version('1.0.0', {
    tags: f.tagsOf('open'),
    targetRegions,
    replication: { aggregatedState: 'Failed', regions: [row] }
  })
  const plan = f.planOf(
    f.releaseSpec({ publishTo: f.toGallery({ targetRegions: [{ region: 'westus' }] }) }),
    f.observed({ versions: [there] })
  )
  expect(f.stepOf(plan, 'change-image-regions')).toMatchObject({ reason, takeOff: ['westus'] })
})

test('a version that is made again has no region to take off', () => {
  const plan = fresh({ targetRegions: [{ region: 'westus' }] })
  expect(f.stepOf(plan, 'change-image-regions')).toMatchObject({
    takeOff: [],
    regions: [{ region: 'westus', replicas: 1 }]
  })
  expect(f.stepOf(plan, 'change-image-regions').title).toMatch(/^add westus: /)
})

test('a region that is added is waited for, also where Azure tells nothing of the replication', () => {
  const targetRegions = [{ region: 'westus' }]
  const plan = f.planOf(
    f.releaseSpec({ publishTo: f.toGallery({ targetRegions, waitForRegions: 'all' }) }),
    f.observed({ versions: [f.version('1.0.0', { tags: f.tagsOf('open') })] })
  )
  expect(f.stepOf(plan, 'await-image-regions')).toMatchObject({ regions: ['eastus2', 'westus'] })
})

const snapshotOf = (role: string, change: Parameters<typeof f.snapshot>[1] = {}) =>
  f.snapshot(nameFor(role), {
    tags: { ...f.tagsOf('open'), [TAG.version]: '1.0.0', [TAG.keep]: 'false' },
    sourceResourceId: f.diskIdOf('source-os'),
    ...change
  })

test('a snapshot that is under way is told by who began it, and when, to the minute', () => {
  const snapshots = [snapshotOf('os', { timeCreated: '2026-11-23T08:30:15.123Z' })]
  const step = f.stepOf(f.planOf(f.releaseSpec(), f.observed({ snapshots })), 'await-snapshot')
  expect(step.reason).toBe('run 4000 attempt 2 had begun it at 2026-11-23T08:30')
})

test.each<[string, Observed]>([
  [
    'whose id Azure spells otherwise',
    f.observed({ snapshots: [snapshotOf('os', { snapshotId: f.snapshotIdOf(nameFor('os')).toUpperCase() as never })] })
  ],
  [
    'of a version that is finished',
    f.observed({ snapshots: [snapshotOf('os')], versions: [f.version('1.0.0', { tags: f.tagsOf('complete') })] })
  ]
])('a snapshot %s is deleted once', (_, seen) => {
  const ids = f
    .planOf(f.releaseSpec(), seen)
    .steps.flatMap(step => (step.kind === 'delete-snapshot' ? [step.snapshotId.toLowerCase()] : []))
  expect(ids.filter(id => id.endsWith('-os'))).toHaveLength(1)
})

test('of an image alone every region is waited for: there is no pool that could do with less', () => {
  const spec = f.imageOnlySpec({ publishTo: f.toGallery({ targetRegions: [{ region: 'westus' }] }) })
  const plan = f.planOf(spec, f.observed({ versions: [f.version('1.0.0', { tags: f.tagsOf('open') })] }))
  expect(f.stepOf(plan, 'await-image-regions').reason).toBe('there is no pool that could do with less')
})

test.each<[string[], string]>([
  [[], 'eastus2=1'],
  [['westus', 'uksouth'], 'eastus2=1; when proved: westus=1, uksouth=1']
])('with target-regions %j the plan tells where the version goes, and what can wait: %s', (names, value) => {
  const { found } = fresh({ targetRegions: names.map(region => ({ region })) })
  expect(found).toContainEqual({ label: 'regions', value })
})
