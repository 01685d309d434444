/** Changes of a version that is there: promoted, marked, given its regions; each merged with the version as it is then. */
import { expect, test } from '@jest/globals'
import { AzureError } from '../../../src/azure/errors.ts'
import type { Execution, KnownPool } from '../../../src/execute/context.ts'
import type { RunError } from '../../../src/model/failure.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { GalleryImageVersion, Node, Replication } from '../../../src/model/observed.ts'
import type { Plan, Step } from '../../../src/model/plan.ts'
import { refuses, fakeAzure } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'
import { failureOf, knowing, performed, runOn } from '../../support/one-step.ts'

const { MINUTE } = m
const PLAN: Plan = m.rolloutPlan()
const head = { after: [], title: 't', reason: 'r', versionId: f.versionIdOf('1.0.0') }
const PROMOTE: Extract<Step, { kind: 'update-image-version' }> = {
  ...head,
  id: 'promote-image',
  kind: 'update-image-version',
  excludeFromLatest: false,
  provedBy: [f.POOL],
  tags: { state: 'x' }
}
const HIDE: Step = { ...PROMOTE, excludeFromLatest: true }
const MARK: Step = { ...head, id: 'mark-image', kind: 'update-image-version', tags: { state: 'complete' } }
const REGIONS: Step = {
  ...head,
  id: 'image-regions',
  kind: 'change-image-regions',
  takeOff: ['westus3'],
  regions: [{ region: 'westus3', replicas: 2 }],
  tags: { state: 'complete' }
}
const AWAIT: Step = { ...head, id: 'image-replicated', kind: 'await-image-regions', regions: ['eastus2', 'westus3'] }

function replication(...rows: string[]): Replication {
  const regions = rows.map(row => {
    const [region = '', state = '', ...details] = row.split(' ')
    return { region, state, progress: 0, ...(details.length === 0 ? {} : { details: details.join(' ') }) }
  })
  return { aggregatedState: 'InProgress', regions }
}

const TARGETS = [
  { name: 'East US 2', regionalReplicaCount: 1 },
  { name: 'West US 3', regionalReplicaCount: 1 }
]
const versionIs = (change: Partial<GalleryImageVersion> = {}, ...rows: string[]): GalleryImageVersion =>
  f.version('1.0.0', {
    publishedAt: '2026-11-23T08:00:00Z',
    ...(rows.length === 0 ? {} : { replication: replication(...rows) }),
    body: {
      location: 'eastus2',
      tags: { team: 'fx' },
      properties: {
        publishingProfile: { targetRegions: TARGETS, excludeFromLatest: true },
        provisioningState: 'Succeeded'
      }
    },
    ...change
  })

function doing(step: Step, there: GalleryImageVersion | undefined, change: Partial<Execution> = {}) {
  const fake = fakeAzure({ versions: there === undefined ? {} : { '1.0.0': there } })
  const one = runOn(fake, PLAN, change)
  const now = (): GalleryImageVersion | undefined => fake.world.versions?.['1.0.0']
  return {
    ...fake,
    ...one,
    now,
    /** Somebody else's, or Azure's own. */
    becomes: (change: Partial<GalleryImageVersion>): void => {
      fake.world.versions = { '1.0.0': { ...now()!, ...change } }
    },
    minutes: () => (fake.time.clock.now() - f.AT) / MINUTE,
    puts: () =>
      fake.sent('putVersion') as {
        tags: JsonObject
        properties: { publishingProfile: JsonObject; safetyProfile?: JsonObject }
      }[],
    ends: () => performed(fake, one, step),
    fails: async () => (await failureOf(fake, one, step)) as RunError
  }
}

test('a version is promoted by a change of its own, which keeps what others wrote, and is awaited', async () => {
  const run = doing(PROMOTE, versionIs())
  expect(await run.ends()).toBe('promoted')
  expect(run.puts()).toHaveLength(1)
  expect(run.puts()[0]).toMatchObject({
    tags: { team: 'fx', state: 'x' },
    properties: { publishingProfile: { excludeFromLatest: false, targetRegions: TARGETS } }
  })
  expect(run.minutes()).toBeGreaterThanOrEqual(1)
})

const PROVED = 'batch-image-rollout-proved'
const healthy = (nodeId: string, change: Partial<Node> = {}): Node => ({
  nodeId,
  state: 'idle',
  isDedicated: true,
  allocatedAt: '2026-11-23T08:30:00Z',
  errors: [],
  ...change
})
const OF_FOUR = [
  healthy('a'),
  healthy('b', { state: 'running' }),
  healthy('c', { imageId: f.versionIdOf('1.0.0') }),
  healthy('d')
]
const IMAGE_LEFT = {
  path: 'deploymentConfiguration.virtualMachineConfiguration.imageReference.id',
  present: 'a',
  wanted: 'b'
}
const onNodes = (healthyNodes: Node[], known: Partial<KnownPool> = {}): Partial<Execution> => ({
  known: knowing({ pool: f.pool(), nodes: healthyNodes, healthyNodes, ...known })
})

test.each<[string, Step]>([
  ['a promotion', PROMOTE],
  ['a mark', { ...MARK, provedBy: [f.POOL] }],
  ['further regions', { ...REGIONS, takeOff: [], provedBy: [f.POOL] }],
  ['the mark of a rollout', { ...head, id: 'm', kind: 'mark-image-proved', provedBy: [f.POOL], tags: {} }]
])('%s says when and on how many nodes of which pool and size it is proved', async (_, step) => {
  const run = doing(step, versionIs(), onNodes(OF_FOUR))
  await run.ends()
  expect(run.puts().map(({ tags }) => tags[PROVED])).toEqual([
    '2026-11-23T09:00:00Z: 4 nodes STANDARD_D4S_V5 of render'
  ])
})

test('so where a formula has sent the nodes away since they were seen', async () => {
  const run = doing(PROMOTE, versionIs(), onNodes(OF_FOUR, { nodes: [] }))
  await run.ends()
  expect(run.puts()[0]?.tags[PROVED]).toContain('4 nodes')
})

test.each<[string, Partial<Execution>]>([
  ['older than it', onNodes([healthy('a', { allocatedAt: '2026-11-23T07:00:00Z' })])],
  ['that say they run another', onNodes([healthy('a', { imageId: f.versionIdOf('0.9.0') })])],
  ['of a pool that Batch gave no other image', onNodes(OF_FOUR, { unmade: { stepId: 'c', rows: [IMAGE_LEFT] } })],
  ['that nobody has seen', {}]
])('nodes %s prove nothing of it', async (_, change) => {
  const marked = doing({ ...MARK, provedBy: [f.POOL] }, versionIs(), change)
  await marked.ends()
  expect(marked.puts().map(({ tags }) => tags)).toEqual([{ team: 'fx', state: 'complete' }])
  const step: Step = { ...head, id: 'm', kind: 'mark-image-proved', provedBy: [f.POOL], tags: {} }
  const alone = doing(step, versionIs(), change)
  expect(await alone.ends()).toBe('no node of the pool runs it, so it isn’t tagged')
  expect(alone.puts()).toEqual([])
})

const MARK_PROVED: Step = {
  ...head,
  id: 'm',
  kind: 'mark-image-proved',
  provedBy: [f.POOL],
  tags: { state: 'complete' }
}
const tagged = (tags: Record<string, string>): GalleryImageVersion => {
  const there = versionIs()
  return { ...there, tags, body: { ...there.body, tags } }
}

test('what it says already stays', async () => {
  const there = { [PROVED]: '2026-11-01T10:00:00Z: 1 node of other' }
  const promoted = doing(PROMOTE, tagged(there), onNodes(OF_FOUR))
  await promoted.ends()
  expect(promoted.puts()[0]?.tags).toEqual({ ...there, state: 'x' })
  const marked = doing(MARK_PROVED, tagged(there), onNodes(OF_FOUR))
  expect(await marked.ends()).toBe('says so already')
  expect(marked.puts()).toEqual([])
})

test('that nodes failed with it before is over then', async () => {
  const run = doing(
    MARK_PROVED,
    tagged({ state: 'failed', 'batch-image-rollout-failed': 'run 1', team: 'fx' }),
    onNodes(OF_FOUR)
  )
  expect(await run.ends()).toBe('2026-11-23T09:00:00Z: 4 nodes STANDARD_D4S_V5 of render')
  expect(run.puts()[0]?.tags).toEqual({ state: 'complete', team: 'fx', [PROVED]: expect.any(String) })
})

test('a rollout waits ten minutes for a version that Azure is busy with, and leaves it then', async () => {
  const soon = doing(MARK_PROVED, versionIs({ provisioningState: 'Updating' }), onNodes(OF_FOUR))
  soon.time.later(5 * MINUTE, () => soon.becomes({ provisioningState: 'Succeeded' }))
  expect(await soon.ends()).toContain('4 nodes')
  const late = doing(MARK_PROVED, versionIs({ provisioningState: 'Updating' }), onNodes(OF_FOUR))
  expect((await late.fails()).message).toBe(
    'image version 1.0.0 is still Updating, and Azure takes one change at a time'
  )
  expect(late.minutes()).toBeGreaterThanOrEqual(10)
  expect(late.minutes()).toBeLessThan(12)
  const gone = doing(MARK_PROVED, undefined, onNodes(OF_FOUR))
  expect((await gone.fails()).message).toBe('image version 1.0.0 is gone')
})

test('so is one that is to be hidden', async () => {
  const run = doing(HIDE, versionIs({ excludeFromLatest: false }))
  expect(await run.ends()).toBe('hidden')
})

test('regions on their way are said, and not waited for; one that failed is a warning', async () => {
  const run = doing(
    PROMOTE,
    versionIs({}, 'eastus2 Completed', 'westus3 Replicating', 'centralus Failed no disks there')
  )
  expect(await run.ends()).toBe('promoted; still replicating to westus3')
  expect(run.warnings).toEqual([
    {
      step: 'promote-image',
      message: 'image version 1.0.0 is not in centralus: its replication failed: no disks there',
      wayOut: expect.stringContaining('taken off and added again')
    }
  ])
  const shallow = doing(PROMOTE, versionIs({ replicationMode: 'Shallow' }, 'centralus Failed'))
  expect(await shallow.ends()).toBe('promoted')
  expect(shallow.warnings).toEqual([
    {
      step: 'promote-image',
      message: 'image version 1.0.0 is not in centralus: its replication failed',
      wayOut: expect.stringContaining('replication-mode: Full')
    }
  ])
})

test('an operation that goes on with regions alone has taken the promotion on', async () => {
  const run = doing(PROMOTE, versionIs({}, 'eastus2 Completed', 'westus3 Replicating'))
  run.world.takes = { update: 60 * MINUTE }
  expect(await run.ends()).toBe('promoted; still replicating to westus3')
  expect(run.minutes()).toBeLessThan(1)
})

test.each<[string, string[]]>([
  ['no region is on its way', ['eastus2 Completed', 'westus3 Failed']],
  ['Azure says nothing of regions', []]
])('one under way where %s is waited for', async (_, rows) => {
  const run = doing(PROMOTE, versionIs({}, ...rows))
  run.world.takes = { update: 7 * MINUTE }
  await run.ends()
  expect(run.minutes()).toBeGreaterThanOrEqual(7)
})

const failedBy = (error: AzureError) => async () => ({ failure: async () => error })
const OPERATION = { operation: 'GalleryImageVersions_CreateOrUpdate', target: '1.0.0', message: 'm' }

test('a promotion that Azure fails at is told as that, with what the operation says', async () => {
  const run = doing(PROMOTE, versionIs())
  run.azure.gallery.putVersion = failedBy(new AzureError({ ...OPERATION, code: 'PreconditionFailed' }))
  const error = await run.fails()
  expect(error).toMatchObject({
    reason: 'image-failed',
    message: expect.stringMatching(/^not promoted: image version 1.0.0 failed: .*PreconditionFailed/),
    wayOut: expect.stringContaining('the change is sent again'),
    repetition: 'helps'
  })
  expect(error.cause).toMatchObject({ code: 'PreconditionFailed' })
})

test('what helps no repetition keeps its own way out', async () => {
  const run = doing(PROMOTE, versionIs())
  run.azure.gallery.putVersion = failedBy(new AzureError({ ...OPERATION, code: 'InvalidParameter' }))
  const { wayOut, repetition } = await run.fails()
  expect([repetition, wayOut.includes('the change is sent again')]).toEqual(['after-change', false])
})

test('a policy, or a role, that forbids it is told by itself', async () => {
  const run = doing(PROMOTE, versionIs())
  const denied = new AzureError({ ...OPERATION, code: 'RequestDisallowedByPolicy' })
  run.azure.gallery.putVersion = failedBy(denied)
  expect(await run.fails()).toBe(denied)
})

test('a version that failed with its flag set is not promoted, unless it is a region that failed', async () => {
  const failing = (rows: string[]) => {
    const run = doing(PROMOTE, versionIs({}, ...rows))
    run.world.takes = { update: 60 * MINUTE }
    run.time.later(MINUTE, () => run.becomes({ provisioningState: 'Failed' }))
    return run
  }
  expect(await failing(['eastus2 Completed']).fails()).toMatchObject({
    reason: 'image-failed',
    message: expect.stringContaining('not promoted')
  })
  expect(await failing([]).fails()).toMatchObject({ reason: 'image-failed' })
  expect(await failing(['eastus2 Completed', 'westus3 Failed']).ends()).toBe('promoted')
})

const node = (nodeId: string, allocatedAt: string): Node => ({
  nodeId,
  state: 'idle',
  isDedicated: false,
  errors: [],
  allocatedAt
})

test('nodes that are all older than the version prove nothing of it: it stays hidden', async () => {
  const old = [node('a', '2026-11-23T07:00:00Z'), node('b', '2026-11-23T09:59:00+02:00')]
  const run = doing(PROMOTE, versionIs(), { known: knowing({ nodes: old }) })
  expect([await run.ends(), run.changes()]).toEqual(['stays hidden', []])
  expect(run.warnings).toEqual([
    {
      step: 'promote-image',
      message: expect.stringMatching(/^image version 1.0.0 stays hidden: every node .* is older/),
      wayOut: expect.stringContaining('image-change: in-place')
    }
  ])
})

const { provedBy: _, ...WITHOUT_POOL } = PROMOTE

test.each<[string, Node[] | undefined, Step]>([
  ['one node is newer', [node('a', '2026-11-23T07:00:00Z'), node('b', '2026-11-23T08:00:01Z')], PROMOTE],
  ['there are no nodes', [], PROMOTE],
  ['none was seen', undefined, PROMOTE],
  ['no pool is to prove it', [node('a', '2026-11-23T07:00:00Z')], WITHOUT_POOL]
])('where %s it is promoted', async (_, nodes, step) => {
  const known = knowing(nodes === undefined ? {} : { nodes })
  expect(await doing(step, versionIs(), { known }).ends()).toBe('promoted')
})

const unmade = (path: string): Partial<Execution> => ({
  known: knowing({ unmade: { stepId: 'change-pool-image', rows: [{ path, present: 'a', wanted: 'b' }] } })
})

test('an image that Batch answered well and left as it was proves nothing; another property that it left doesn’t matter', async () => {
  const image = doing(
    PROMOTE,
    versionIs(),
    unmade('deploymentConfiguration.virtualMachineConfiguration.imageReference.id')
  )
  expect([await image.ends(), image.changes()]).toEqual(['stays hidden', []])
  expect(await doing(PROMOTE, versionIs(), unmade('startTask.commandLine')).ends()).toBe('promoted')
})

test('a version is hidden whatever its nodes prove', async () => {
  const known = knowing({ nodes: [node('a', '2026-11-23T07:00:00Z')] })
  expect(await doing(HIDE, versionIs(), { known }).ends()).toBe('hidden')
})

test('a tag alone is not awaited, and leaves the flag', async () => {
  const run = doing(MARK, versionIs({}, 'eastus2 Completed', 'westus3 Replicating'))
  expect(await run.ends()).toBe('Azure has taken it on; still replicating to westus3')
  expect(run.puts()[0]).toMatchObject({
    tags: { team: 'fx', state: 'complete' },
    properties: { publishingProfile: { excludeFromLatest: true } }
  })
  expect(run.minutes()).toBe(0)
})

test.each(['Creating', 'Updating'])(
  'a version that is %s is changed when Azure has time for it, as it is then',
  async provisioningState => {
    const run = doing(MARK, versionIs({ provisioningState }))
    const theirs = { ...versionIs().body, tags: { team: 'lighting' } }
    run.time.later(4 * MINUTE, () => run.becomes({ provisioningState: 'Succeeded', body: theirs }))
    await run.ends()
    expect(run.puts()).toEqual([expect.objectContaining({ tags: { team: 'lighting', state: 'complete' } })])
  }
)

test('somebody else’s change that came between (409) is waited out, twice and no third time', async () => {
  const twice = doing(MARK, versionIs())
  twice.next('putVersion', refuses(409, 'Conflict'), refuses(409, 'Conflict'))
  await twice.ends()
  expect(twice.changes()).toHaveLength(3)
  const thrice = doing(MARK, versionIs())
  thrice.always('putVersion', refuses(409, 'Conflict'))
  expect(await thrice.fails()).toMatchObject({ reason: 'image-failed' })
  expect(thrice.changes()).toHaveLength(3)
})

test.each([refuses(409, 'ScopeLocked'), refuses(400, 'Conflict'), refuses(403, 'AuthorizationFailed')])(
  'any other refusal ends it at once',
  async refusal => {
    const run = doing(MARK, versionIs())
    run.next('putVersion', refusal)
    await run.fails()
    expect(run.changes()).toHaveLength(1)
  }
)

test('a region that failed is taken off by a change of its own, which allows it, and added by a second one, which forbids it again', async () => {
  const { body } = versionIs()
  const properties = {
    ...(body.properties as JsonObject),
    safetyProfile: { allowDeletionOfReplicatedLocations: false }
  }
  const run = doing(REGIONS, versionIs({ body: { ...body, properties } }, 'eastus2 Completed', 'westus3 Failed'))
  expect(await run.ends()).toBe('Azure has taken it on; still replicating to westus3')
  const [off, on] = run.puts().map(({ tags, properties: { publishingProfile, safetyProfile } }) => ({
    regions: (publishingProfile['targetRegions'] as { name: string }[]).map(({ name }) => name),
    mayLose: safetyProfile?.['allowDeletionOfReplicatedLocations'],
    tags: Object.keys(tags)
  }))
  expect(off).toEqual({ regions: ['East US 2'], mayLose: true, tags: ['team', 'batch-image-rollout-unprotected'] })
  expect(on).toEqual({ regions: ['East US 2', 'westus3'], mayLose: false, tags: ['team', 'state'] })
  expect(run.said).toEqual(['image-regions: westus3 taken off'])
  // What had failed before isn't told as failed again.
  expect(run.warnings).toEqual([])
})

test('without one that failed, regions are added by one change; Azure may not list them yet', async () => {
  const run = doing(
    { ...REGIONS, takeOff: [], regions: [{ region: 'centralus', replicas: 1 }] },
    versionIs({}, 'eastus2 Completed')
  )
  expect(await run.ends()).toBe('Azure has taken it on; still replicating to centralus')
  expect(run.puts()).toHaveLength(1)
  expect(run.run.known.replication?.regions).toEqual([
    { region: 'eastus2', state: 'Completed', progress: 0 },
    { region: 'centralus', state: 'Replicating', progress: 0 }
  ])
})

test('all regions that are asked for are awaited', async () => {
  const run = doing(AWAIT, versionIs({}, 'eastus2 Completed'))
  run.time.later(2 * MINUTE, () =>
    run.becomes({ replication: replication('eastus2 Completed', 'westus3 Replicating') })
  )
  run.time.later(4 * MINUTE, () => run.becomes({ replication: replication('eastus2 Completed', 'WestUS3 Completed') }))
  expect(await run.ends()).toBe('replicated to eastus2, westus3')
  expect(Math.floor(run.minutes())).toBe(4)
})

test('one that failed ends the wait, once Azure is no longer at it', async () => {
  const run = doing(AWAIT, versionIs({ provisioningState: 'Updating' }, 'eastus2 Completed', 'westus3 Failed'))
  run.time.later(3 * MINUTE, () => run.becomes({ provisioningState: 'Succeeded' }))
  expect(await run.fails()).toMatchObject({ reason: 'replication-failed' })
  expect(Math.floor(run.minutes())).toBe(3)
})

test('a version of which Azure tells no regions is looked at again', async () => {
  const run = doing(AWAIT, versionIs())
  run.time.later(3 * MINUTE, () => run.becomes({ replication: replication('eastus2 Completed', 'westus3 Completed') }))
  await run.ends()
  expect(Math.floor(run.minutes())).toBe(3)
})
