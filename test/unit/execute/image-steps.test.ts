/** An image version is made, awaited where it is needed, and settles. */
import { expect, test } from '@jest/globals'
import type { RunError } from '../../../src/model/failure.ts'
import type { GalleryImageVersion, ManagedImage, Replication } from '../../../src/model/observed.ts'
import type { Plan, Step, StepKind } from '../../../src/model/plan.ts'
import { AzureError } from '../../../src/azure/errors.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import { breaks, fakeAzure, refuses, type World } from '../../support/fake-azure/index.ts'
import * as f from '../../support/observed-fixtures.ts'
import { failureOf, performed, runOn } from '../../support/one-step.ts'

const MINUTE = 60_000
const PLAN: Plan = f.planOf(
  f.releaseSpec({ publishTo: f.toGallery({ targetRegions: [{ region: 'westus3', replicas: 2 }] }) }),
  f.observed({ galleryImage: undefined as never, regions: { found: ['eastus2', 'westus3'] } })
)
const AWAIT: Step = {
  id: 'image-version',
  kind: 'await-image-version',
  after: [],
  title: 'take up',
  reason: 'begun',
  versionId: f.versionIdOf('1.0.0'),
  untilRegions: ['eastus2', 'westus3']
}

/** `eastus2 Completed`, `westus3 Replicating 40`: as Azure tells it, with a region's name as people write it. */
function replication(...rows: string[]): Replication {
  const regions = rows.map(row => {
    const [region = '', state = '', progress = '0', ...details] = row.split(' ')
    return {
      region,
      state,
      progress: Number(progress),
      ...(details.length === 0 ? {} : { details: details.join(' ') })
    }
  })
  return { aggregatedState: 'InProgress', regions }
}

const BOTH = [
  { region: 'eastus2', replicas: 1 },
  { region: 'westus3', replicas: 2 }
]
const versionIs = (change: Partial<GalleryImageVersion> = {}, ...rows: string[]): GalleryImageVersion =>
  f.version('1.0.0', {
    provisioningState: 'Creating',
    targetRegions: BOTH,
    tags: f.tagsOf('open'),
    ...(rows.length === 0 ? {} : { replication: replication(...rows) }),
    ...change
  })

function doing(step: Step, there?: GalleryImageVersion, world: World = {}) {
  const fake = fakeAzure({
    versions: there === undefined ? {} : { '1.0.0': there },
    takes: { update: 24 * 60 * MINUTE },
    ...world
  })
  const one = runOn(fake, PLAN)
  return {
    ...fake,
    ...one,
    becomes: (minute: number, next: GalleryImageVersion | undefined) =>
      fake.time.later(minute * MINUTE, () => (fake.world.versions = next === undefined ? {} : { '1.0.0': next })),
    minutes: () => Math.floor((fake.time.clock.now() - f.AT) / MINUTE),
    ends: () => performed(fake, one, step),
    fails: async () => (await failureOf(fake, one, step)) as RunError
  }
}
const stepOf = <K extends StepKind>(kind: K) => f.stepOf(PLAN, kind)

test('a definition is created by the plan’s body; what Azure refuses of it is told as the image’s', async () => {
  const run = doing(stepOf('create-gallery-image'))
  expect([await run.ends(), run.world.galleryImage]).toEqual(['created', stepOf('create-gallery-image').body])
  const refused = doing(stepOf('create-gallery-image'))
  refused.next('createGalleryImage', refuses(409, 'Conflict'))
  expect(await refused.fails()).toMatchObject({ reason: 'image-failed' })
})

test('a version is created, and over as soon as its pool’s region has it, whatever other regions do', async () => {
  const step = { ...stepOf('create-image-version'), untilRegions: ['eastus2'] }
  const run = doing(step)
  run.becomes(2, versionIs({}, 'eastus2 Replicating 40', 'westus3 Replicating'))
  run.becomes(4, versionIs({}, 'eastus2 Completed 100', 'westus3 Failed 0 no disks there'))
  expect(await run.ends()).toBe('replicated to eastus2')
  expect([run.sent('putVersion'), run.minutes()]).toEqual([[step.body], 4])
  expect(run.said).toEqual(['image-version: eastus2 40%, westus3 0%', 'image-version: eastus2 done, westus3 0%'])
  expect(run.run.known.replication).toEqual(replication('eastus2 Completed 100', 'westus3 Failed 0 no disks there'))
})

test('Succeeded without its regions is not enough', async () => {
  const run = doing(AWAIT, versionIs({ provisioningState: 'Succeeded' }))
  run.becomes(3, versionIs({ provisioningState: 'Succeeded' }, 'eastus2 Completed', 'westus3 Replicating 90'))
  run.becomes(6, versionIs({ provisioningState: 'Updating' }, 'EastUS2 Completed', 'westus3 Completed'))
  expect(await run.ends()).toBe('replicated to eastus2, westus3')
  expect(run.minutes()).toBe(6)
})

test('a version that failed is made again', async () => {
  const run = doing(
    { ...stepOf('create-image-version'), untilRegions: ['eastus2'] },
    versionIs({ provisioningState: 'Failed' })
  )
  run.becomes(2, versionIs({}, 'eastus2 Completed'))
  await run.ends()
  expect(run.changes()).toEqual(['putVersion'])
})

test('one that a run with the same inputs has made meanwhile is awaited, and not written over', async () => {
  const { tags } = stepOf('create-image-version').body as { tags: Record<string, string> }
  const theirs = { tags: { ...f.tagsOf('open'), [TAG.key]: tags[TAG.key]! } }
  const run = doing(
    { ...stepOf('create-image-version'), untilRegions: ['eastus2'] },
    versionIs(theirs, 'eastus2 Completed')
  )
  expect([await run.ends(), run.changes()]).toEqual(['replicated to eastus2', []])
  expect(run.said[0]).toMatch(/^image-version: run 4000.* has made it meanwhile, from the same inputs$/)
})

test.each<[string, Record<string, string>]>([
  ['other inputs', { ...f.tagsOf('open'), [TAG.key]: 'another' }],
  ['somebody, by hand', {}]
])('one that was made meanwhile from %s is not written over either, and fails the run', async (_, tags) => {
  const run = doing(stepOf('create-image-version'), versionIs({ tags }, 'eastus2 Completed'))
  expect(await run.fails()).toMatchObject({
    reason: 'image-failed',
    repetition: 'unknown',
    wayOut: expect.stringContaining('image-version')
  })
  expect(run.changes()).toEqual([])
})

test('what Azure refuses of a version is told as the image’s', async () => {
  const run = doing(stepOf('create-image-version'))
  run.next('putVersion', refuses(412, 'PreconditionFailed'))
  expect(await run.fails()).toMatchObject({
    reason: 'image-failed',
    wayOut: 'run again with the same inputs; a failed version is made again'
  })
})

test.each<[string, Partial<GalleryImageVersion>, string[], object]>([
  [
    'a region that failed',
    {},
    ['eastus2 Completed', 'westus3 Failed 0 no disks there'],
    {
      reason: 'replication-failed',
      repetition: 'unknown',
      message: 'replication of 1.0.0 to westus3 failed: no disks there',
      wayOut: expect.stringContaining('taken off')
    }
  ],
  [
    'a region that failed without a word',
    {},
    ['eastus2 Completed', 'westus3 Failed'],
    { message: 'replication of 1.0.0 to westus3 failed' }
  ],
  [
    'its own region, however it replicates',
    { replicationMode: 'Shallow', location: 'East US 2' },
    ['eastus2 Failed'],
    { reason: 'replication-failed', repetition: 'helps', wayOut: expect.stringContaining('made again') }
  ],
  [
    'a region of a shallow version that failed',
    { replicationMode: 'Shallow' },
    ['eastus2 Completed', 'westus3 Failed'],
    {
      reason: 'replication-failed',
      repetition: 'after-change',
      wayOut: expect.stringContaining('publish another version')
    }
  ],
  [
    'a region that somebody has taken off',
    { targetRegions: [{ region: 'eastus2', replicas: 1 }] },
    ['eastus2 Replicating'],
    { reason: 'replication-failed', message: 'image version 1.0.0 isn’t published to westus3, where the pool is' }
  ],
  [
    'the version, whose regions say why',
    { provisioningState: 'Failed' },
    ['eastus2 Replicating', 'westus3 Failed 0 no disks', 'centralus Failed'],
    {
      reason: 'image-failed',
      repetition: 'unknown',
      message: 'image version 1.0.0 failed: westus3: no disks; centralus: failed, without details'
    }
  ],
  [
    'the version, for a far region of a shallow one',
    { provisioningState: 'Failed', replicationMode: 'Shallow' },
    ['eastus2 Completed', 'westus3 Failed 0 no disks'],
    {
      reason: 'replication-failed',
      repetition: 'after-change',
      message: 'replication of 1.0.0 to westus3 failed: no disks',
      wayOut: expect.stringContaining('publish another version')
    }
  ],
  [
    'the version, without a word',
    { provisioningState: 'Failed' },
    ['eastus2 Replicating'],
    { reason: 'image-failed', message: 'image version 1.0.0 failed: Azure gives no reason' }
  ],
  [
    'the version, which is being deleted',
    { provisioningState: 'Deleting' },
    [],
    { message: 'image version 1.0.0 is being deleted' }
  ]
])('what would never come true ends the wait: %s', async (_, change, rows, told) => {
  expect(await doing(AWAIT, versionIs(change, ...rows)).fails()).toMatchObject(told)
})

test('a version that goes while it is awaited is told as gone', async () => {
  const run = doing(AWAIT, versionIs({}, 'eastus2 Replicating'))
  run.becomes(2, undefined)
  expect(await run.fails()).toMatchObject({ reason: 'image-failed', message: 'image version 1.0.0 is gone' })
})

test('what this run began says itself why it failed', async () => {
  const run = doing(stepOf('create-image-version'))
  const why = new AzureError({
    operation: 'GalleryImageVersions_CreateOrUpdate',
    target: '1.0.0',
    code: 'PreconditionFailed',
    message: 'a disk is gone'
  })
  run.azure.gallery.putVersion = async () => ({ failure: async () => why })
  run.next(
    'getVersion',
    undefined,
    () => (run.world.versions = { '1.0.0': versionIs({ provisioningState: 'Failed' }) })
  )
  const { message, cause } = await run.fails()
  expect(message).toMatch(/^image version 1.0.0 failed: .*a disk is gone/)
  expect(cause).toBe(why)
})

const SETTLE = stepOf('settle-image-version')
const settling = (there: GalleryImageVersion) => doing(SETTLE, there)

test('a version has settled when its operation has ended and no region is under way', async () => {
  const run = settling(versionIs({ provisioningState: 'Succeeded' }))
  run.becomes(2, versionIs({ provisioningState: 'Succeeded' }, 'eastus2 Completed 100', 'westus3 Replicating 50'))
  run.becomes(4, versionIs({ provisioningState: 'Updating' }, 'eastus2 Completed 100', 'westus3 Completed 100'))
  run.becomes(6, versionIs({ provisioningState: 'Succeeded' }, 'eastus2 Completed 100', 'westus3 Completed 100'))
  expect(await run.ends()).toBe('Succeeded, and replicated wherever it was asked for')
  expect([run.minutes(), run.said]).toEqual([6, ['image-settled: eastus2 done, westus3 50%']])
})

test('regions of which Azure says nothing yet are under way', async () => {
  const run = settling(versionIs({ provisioningState: 'Succeeded', replication: replication() }))
  run.becomes(3, versionIs({ provisioningState: 'Succeeded' }, 'eastus2 Completed'))
  await run.ends()
  expect([run.minutes(), run.said]).toEqual([3, []])
})

test('a region that failed has settled too', async () => {
  const run = settling(
    versionIs({ provisioningState: 'Succeeded' }, 'eastus2 Completed', 'westus3 Failed', 'centralus Failed')
  )
  expect(await run.ends()).toBe('Succeeded; not replicated to westus3, centralus')
})

test('a version that failed has settled where its own region has its copy', async () => {
  const failed = { provisioningState: 'Failed', location: 'westus3' }
  const run = settling(versionIs(failed, 'eastus2 Failed', 'westus3 Completed'))
  expect(await run.ends()).toBe('ended; not replicated to eastus2')
})

test.each<[string, GalleryImageVersion]>([
  [
    'its own region has none',
    versionIs({ provisioningState: 'Failed', location: 'westus3' }, 'eastus2 Completed', 'westus3 Failed')
  ],
  ['Azure says nothing of its regions', versionIs({ provisioningState: 'Failed' })]
])('and needs its snapshots where %s', async (_, there) => {
  expect(await settling(there).fails()).toMatchObject({ reason: 'image-failed' })
})

const MANAGED: Plan = f.planOf(
  f.imageOnlySpec({ publishTo: { kind: 'managed', imageId: f.MANAGED_IMAGE } as never }),
  f.observed({ source: f.source({ generalized: true }) })
)

test('a managed image is created by the plan’s body, and awaited', async () => {
  const create = f.stepOf(MANAGED, 'create-managed-image')
  const run = doing(create)
  expect([await run.ends(), run.sent('createManagedImage')]).toEqual(['created', [create.body]])
  run.next('createManagedImage', refuses(412, 'PreconditionFailed'))
  const broken = doing(create)
  broken.next('createManagedImage', breaks())
  expect((await broken.fails()).message).toBe('x is undefined')
  expect(await run.fails()).toMatchObject({ reason: 'image-failed' })
})

test.each<[string, ManagedImage | undefined, string]>([
  ['Failed', f.managedImage({ provisioningState: 'Failed' }), 'delete it, and run again'],
  ['Deleting', f.managedImage({ provisioningState: 'Deleting' }), 'find out who deletes it, then run again'],
  ['gone', undefined, 'find out who deletes it, then run again']
])('a managed image that is %s ends the wait', async (state, managedImage, wayOut) => {
  const step: Step = {
    id: 'image',
    kind: 'await-managed-image',
    after: [],
    title: 't',
    reason: 'r',
    imageId: f.MANAGED_IMAGE
  }
  const run = doing(step, undefined, { managedImage: f.managedImage({ provisioningState: 'Creating' }) })
  run.time.later(MINUTE, () => (run.world.managedImage = managedImage))
  expect(await run.fails()).toMatchObject({
    reason: 'image-failed',
    repetition: 'after-change',
    message: `managed image node is ${state}`,
    wayOut
  })
  const well = doing(step, undefined, { managedImage: f.managedImage({ provisioningState: 'Creating' }) })
  well.time.later(2 * MINUTE, () => (well.world.managedImage = f.managedImage()))
  expect([await well.ends(), well.minutes()]).toEqual(['Succeeded', 2])
})
