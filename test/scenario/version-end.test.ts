/** The end of a release: what holds back a proved version, and what doesn’t. */
import { expect, test } from '@jest/globals'
import type { Emulator, Fault } from '../../emulator/index.ts'
import { changesBefore, poolNow } from '../support/foreign-writer.ts'
import { somebodyElse } from '../support/somebody-else.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Told, type World } from '../support/story.ts'

const MINUTE = 60_000
const NEXT = { runId: '4712' }
const GROUP = IDS.vm.slice(0, IDS.vm.indexOf('/providers/'))

type VersionShown = {
  id: string
  tags: Record<string, string>
  properties: {
    provisioningState: string
    publishingProfile: { excludeFromLatest: boolean; targetRegions: { name: string; regionalReplicaCount: number }[] }
    safetyProfile: { allowDeletionOfReplicatedLocations: boolean }
  }
}
const versionNow = (emulator: Emulator, name = '1.0.0'): VersionShown | undefined =>
  emulator.state().find(({ id }) => id === `${IDS.definition}/versions/${name}`) as VersionShown | undefined
const isPromoted = (emulator: Emulator, name?: string): boolean =>
  versionNow(emulator, name)?.properties.publishingProfile.excludeFromLatest === false
const snapshotsOf = (emulator: Emulator): string[] =>
  emulator.state().flatMap(({ id, type }) => (type === 'Microsoft.Compute/snapshots' ? [String(id)] : []))
const warnings = ({ annotations }: Told): string[] =>
  annotations.flatMap(({ level, title, message }) => (level === 'warning' ? [`${title}: ${message}`] : []))
const versionPuts = ({ changes }: Told): string[] =>
  changes.filter(line => line.includes('PUT …/galleries/farm/images/render-node/versions'))

/** Somebody keeps everything in the group from being deleted, as is common in production. */
function lockedWorld(): World {
  const world = defaultWorld()
  const id = `${GROUP}/providers/Microsoft.Authorization/locks/keep`
  world.resources.push({
    id,
    name: 'keep',
    type: 'Microsoft.Authorization/locks',
    properties: { level: 'CanNotDelete' }
  })
  return world
}

const refused = (operation: string): Fault => ({
  operation,
  times: 1,
  respond: { status: 403, code: 'RequestDisallowedByPolicy', message: 'disallowed by policy' }
})

const failing = (operation: string): Fault => ({
  operation,
  times: 1,
  outcome: 'Failed',
  code: 'InternalOperationError',
  message: 'interrupted'
})

test('snapshots that a lock keeps are a warning: the version is proved and promoted, and the run succeeds', async () => {
  await onAzure({ world: lockedWorld() }, async ({ emulator, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
    expect(isPromoted(emulator)).toBe(true)
    expect(versionNow(emulator)?.tags['batch-image-rollout-state']).toBe('complete')
    expect(snapshotsOf(emulator)).toHaveLength(3)
    expect(JSON.parse(told.outputs['snapshot-ids'])).toHaveLength(3)
    expect(warnings(told)).toContainEqual(
      expect.stringMatching(
        /drop-snapshot-os: snapshot render-node-1.0.0-\w+-os is left.*ScopeLocked[^]*take the lock off/
      )
    )
    // At once, and in the list of warnings at the end: not once more as a failure.
    expect(told.log.filter(line => /drop-snapshot-os +(failed|warning):/.test(line))).toHaveLength(1)
    for (const text of [told.summary, told.log.join('\n')])
      expect(text).toMatch(/Warnings[^]*render-node-1\.0\.0-\w+-os is left/)
    expect(told.log.join('\n')).not.toMatch(/drop-snapshot-os +failed/)
  })
})

test.each([
  ['image version', 'GalleryImageVersions_CreateOrUpdate'],
  ['pool', 'Pool_Create']
])('%s: what Azure refused is not told as if it stood', async (what, operation) => {
  await onAzure({ faults: [refused(operation)] }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    const standing = /What is left standing[^]*?(?=\n### |$)/.exec(told.summary)?.[0]
    expect(standing).toContain('image definition')
    expect(standing).not.toContain(`| ${what} |`)
    expect(told.summary).not.toContain('which was there before')
  })
})

test.each<[what: string, world: () => World, faults: Fault[], inputs: Record<string, string>, now: string]>([
  ['can’t be deleted', lockedWorld, [], {}, 'nothing needs it any more'],
  ['are kept', defaultWorld, [], { 'keep-snapshots': 'true' }, 'stays under its image'],
  ['failed half-way', defaultWorld, [failing('Snapshots_CreateOrUpdate')], {}, 'is not there, or not whole']
])('a run that fails says what becomes of snapshots that %s', async (_, worldOf, faults, inputs, now) => {
  const world = worldOf()
  world.behaviour = { ...world.behaviour, nodes: { render: { startTaskFails: 'all' } } }
  await onAzure({ world, faults }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'repair-attempts': '0', ...inputs } })
    expect(told.ok).toBe(false)
    expect(told.summary).toMatch(new RegExp(`left standing[^]*-os.*snapshot.*${now}`))
  })
})

const locked = (times: number): Fault => ({
  operation: 'Snapshots_Delete',
  times,
  respond: {
    status: 409,
    code: 'ScopeLocked',
    message: `The scope '${GROUP}/providers/Microsoft.Compute/snapshots/x' cannot perform delete operation because following scope(s) are locked: '${GROUP}'. Please remove the lock and try again.`
  }
})

test('once the lock is off, another run with the same inputs deletes them, and changes nothing else', async () => {
  await onAzure({ faults: [locked(3)] }, async ({ emulator, story }) => {
    expect((await story({ inputs: RELEASE_INPUTS })).ok).toBe(true)
    expect(snapshotsOf(emulator)).toHaveLength(3)
    const told = await story({ inputs: RELEASE_INPUTS, context: NEXT })
    expect(told.ok).toBe(true)
    expect(told.changes.map(line => / (DELETE|PUT|PATCH|POST) /.exec(line)?.[1])).toEqual([
      'DELETE',
      'DELETE',
      'DELETE'
    ])
    expect(snapshotsOf(emulator)).toEqual([])
    expect(warnings(told).filter(line => line.includes('drop-snapshot'))).toEqual([])
  })
})

test('with image-version: auto the next version’s run deletes what was left of the one before', async () => {
  const inputs = { ...RELEASE_INPUTS, 'image-version': 'auto', 'image-change': 'in-place', prove: 'canary' }
  await onAzure({ faults: [locked(3)] }, async ({ emulator, story }) => {
    expect((await story({ inputs })).ok).toBe(true)
    const left = snapshotsOf(emulator)
    const told = await story({ inputs, context: NEXT })
    expect(told.outputs['image-version']).toBe('2026.1123.2')
    expect(left).toHaveLength(3)
    expect(snapshotsOf(emulator)).toEqual([])
  })
})

test('snapshots that were kept on purpose are never swept up by a later run', async () => {
  const inputs = { ...RELEASE_INPUTS, 'image-version': 'auto', 'image-change': 'in-place', prove: 'canary' }
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: { ...inputs, 'keep-snapshots': 'true' } })
    const kept = snapshotsOf(emulator)
    expect((await story({ inputs, context: NEXT })).ok).toBe(true)
    expect(kept).toHaveLength(3)
    expect(snapshotsOf(emulator)).toEqual(kept)
  })
})

test('a pool that can’t be let go of is a warning: its nodes have proved the version', async () => {
  const refused = { status: 403, code: 'AuthorizationFailed', message: 'no' }
  // The first waves pass; then the role is gone, and letting go is tried twice.
  const faults: Fault[] = [{ operation: 'Pool_Update', skip: 2, times: 2, respond: refused }]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
    expect(isPromoted(emulator)).toBe(true)
    expect(warnings(told)).toContainEqual(expect.stringMatching(/finish-pool: pool render keeps the lease/))
  })
})

test('a source VM whose lease can’t be taken off runs again, and the run goes on', async () => {
  const refused = { status: 403, code: 'AuthorizationFailed', message: 'no' }
  const faults: Fault[] = [{ operation: 'VirtualMachines_Update', skip: 1, times: 1, respond: refused }]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'stop-vm': 'true' } })
    expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
    expect(isPromoted(emulator)).toBe(true)
    expect(warnings(told)).toContainEqual(expect.stringMatching(/start-vm: VM render-source runs, and keeps the lease/))
  })
})

/** The first copies to a region fail. */
function failingWorld(region: string, times = 1): World {
  const world = defaultWorld()
  world.behaviour = {
    ...world.behaviour,
    durationsMs: { 'galleryImageVersion.replicate.northeurope': 20 * MINUTE },
    replicationFails: [{ region, times }]
  }
  return world
}
const FAR = { ...RELEASE_INPUTS, 'target-regions': 'eastus2, northeurope=2' }

test('a far region that fails after the run is taken off and added again by the next one', async () => {
  await onAzure({ world: failingWorld('northeurope') }, async ({ emulator, clock, story }) => {
    const first = await story({ inputs: FAR })
    expect(first.ok).toBe(true)
    expect(first.summary).toContain('Still replicating to northeurope, which it didn’t wait for.')
    await clock.sleep(30 * MINUTE)
    expect(versionNow(emulator)?.properties.provisioningState).toBe('Failed')
    expect(isPromoted(emulator)).toBe(true)
    const told = await story({ inputs: FAR, context: NEXT })
    expect(told.ok).toBe(true)
    expect(versionPuts(told).map(line => line.includes('North Europe') || line.includes('northeurope'))).toEqual([
      false,
      true
    ])
    expect(told.log.join('\n')).toMatch(
      /take northeurope off and add it again.*\n.*its replication failed \(northeurope: Failed with internal server error\.\)/
    )
    await clock.sleep(30 * MINUTE)
    const { properties } = versionNow(emulator) as VersionShown
    expect(properties.provisioningState).toBe('Succeeded')
    expect(properties.publishingProfile.targetRegions).toMatchObject([
      { name: 'East US 2' },
      { name: 'North Europe', regionalReplicaCount: 2 }
    ])
    expect(properties.safetyProfile.allowDeletionOfReplicatedLocations).toBe(false)
    const again = await story({ inputs: FAR, context: { runId: '4713' } })
    expect([again.ok, again.changes]).toEqual([true, []])
  })
})

test('a run that is killed between taking a region off and adding it again leaves a version that is protected again by the next', async () => {
  await onAzure({ world: failingWorld('northeurope') }, async ({ emulator, clock, story }) => {
    await story({ inputs: FAR })
    await clock.sleep(30 * MINUTE)
    const killedAt = (_: number, { method, url }: { method: string; url: string }) =>
      method === 'PUT' && url.includes('/versions/') && 'after'
    const told = await story({ inputs: FAR, context: NEXT, killedAt })
    expect(told.killed).toBe(true)
    expect(versionNow(emulator)?.properties.safetyProfile.allowDeletionOfReplicatedLocations).toBe(true)
    expect((await story({ inputs: FAR, context: { runId: '4713' } })).ok).toBe(true)
    await clock.sleep(30 * MINUTE)
    expect(versionNow(emulator)?.properties).toMatchObject({
      publishingProfile: { targetRegions: [{ name: 'East US 2' }, { name: 'North Europe' }] },
      safetyProfile: { allowDeletionOfReplicatedLocations: false }
    })
    expect(versionNow(emulator)?.tags).not.toHaveProperty('batch-image-rollout-unprotected')
    expect((await story({ inputs: FAR, context: { runId: '4714' } })).changes).toEqual([])
  })
})

test('wait-for-regions: all fails where a region can’t be replicated to, after the promotion; the next run mends it', async () => {
  const inputs = { ...FAR, 'wait-for-regions': 'all' }
  await onAzure({ world: failingWorld('northeurope') }, async ({ clock, emulator, story }) => {
    const first = await story({ inputs })
    expect(first.outputs).toMatchObject({ 'failure-reason': 'replication-failed', 'failed-step': 'image-replicated' })
    expect(first.log.join('\n')).toContain('Failed with internal server error.')
    expect(isPromoted(emulator)).toBe(true)
    const told = await story({ inputs, context: NEXT })
    expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
    // Azure has taken the last tag on.
    await clock.sleep(5 * 60_000)
    expect(versionNow(emulator)?.properties.provisioningState).toBe('Succeeded')
    const again = await story({ inputs, context: { runId: '4713' } })
    expect([again.ok, again.changes]).toEqual([true, []])
  })
})

test('wait-for-regions: all is never passed over: where the version can’t be seen to settle, the run fails', async () => {
  const inputs = { ...FAR, 'replication-mode': 'Shallow', 'wait-for-regions': 'all', promote: 'now' }
  const world = failingWorld('northeurope', 9)
  await onAzure({ world }, async ({ emulator, story }) => {
    const told = await story({
      inputs,
      onJournal: entry => {
        if (!('step' in entry) || entry.step !== 'finish-pool' || entry.event !== 'end') return
        const respond = { status: 403, code: 'AuthorizationFailed', message: 'no' }
        emulator.addFaults([{ operation: 'GalleryImageVersions_Get', times: 1, respond }])
      }
    })
    expect([told.ok, told.outputs['failed-step']]).toEqual([false, 'image-settled'])
  })
})

test('a region that Azure refuses fails the run, and the version is promoted all the same', async () => {
  const refusal = { status: 400, code: 'InvalidParameter', message: 'The region is not available.' }
  const faults: Fault[] = [{ operation: 'GalleryImageVersions_CreateOrUpdate', skip: 2, times: 1, respond: refusal }]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const told = await story({ inputs: FAR })
    expect(told.outputs['failed-step']).toBe('image-regions')
    expect(isPromoted(emulator)).toBe(true)
    const next = await story({ inputs: FAR, context: NEXT })
    expect(next.ok).toBe(true)
    expect(versionPuts(next)).toHaveLength(1)
  })
})

test('a shallow version whose far region fails is promoted: its pool doesn’t need that region', async () => {
  const inputs = { ...FAR, 'replication-mode': 'Shallow' }
  await onAzure({ world: failingWorld('northeurope', 9) }, async ({ emulator, story }) => {
    const told = await story({ inputs })
    expect([told.ok, told.outputs['failure-reason']]).toEqual([true, ''])
    expect(isPromoted(emulator)).toBe(true)
    expect(versionNow(emulator)?.tags['batch-image-rollout-state']).toBe('complete')
  })
})

test.each([
  ['Full', 'image-failed'],
  ['Shallow', 'replication-failed']
])('a %s version that its own region doesn’t get is advised to be made again, and is', async (mode, reason) => {
  const inputs = { ...FAR, 'replication-mode': mode }
  await onAzure({ world: failingWorld('eastus2') }, async ({ clock, story }) => {
    const told = await story({ inputs })
    expect(told.outputs).toMatchObject({ 'failure-reason': reason, 'failed-step': 'image-version' })
    expect(told.summary).toContain('un again with the same inputs')
    expect(told.summary).not.toMatch(/ublish another version|would fail in the same way/)
    await clock.sleep(30 * MINUTE)
    const next = await story({ inputs, context: NEXT })
    expect([next.ok, next.outputs['failure-reason']]).toEqual([true, ''])
  })
})

test('a version that was deleted and is made again isn’t proved by the nodes that were there before', async () => {
  await onAzure({}, async ({ emulator, clock, story }) => {
    expect((await story({ inputs: RELEASE_INPUTS })).ok).toBe(true)
    const id = `${IDS.definition}/versions/1.0.0`
    somebodyElse(emulator, 'DELETE', `${emulator.connection.resourceManagerUrl}${id}?api-version=2025-12-03`)
    await clock.sleep(30 * MINUTE)
    const refused = await story({ inputs: RELEASE_INPUTS, context: NEXT })
    expect([refused.outputs['failure-reason'], refused.changes]).toEqual(['pool-change-refused', []])
    expect(refused.log.join('\n').replaceAll(/\s+/g, ' ')).toContain(
      'its nodes run the image as it was before: the image is to be made again'
    )
    const inPlace = { ...RELEASE_INPUTS, 'image-change': 'in-place', prove: 'canary' }
    const told = await story({ inputs: inPlace, context: { runId: '4713' } })
    expect(told.ok).toBe(true)
    expect(told.changes.filter(line => line.includes('"targetDedicatedNodes":0'))).toHaveLength(1)
    expect(isPromoted(emulator)).toBe(true)
    const again = await story({ inputs: inPlace, context: { runId: '4714' } })
    expect([again.ok, again.changes]).toEqual([true, []])
  })
})

test('a run that is cancelled while it brings such a pool back leaves the rest to the next one: its nodes are new', async () => {
  await onAzure({}, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const id = `${IDS.definition}/versions/1.0.0`
    somebodyElse(emulator, 'DELETE', `${emulator.connection.resourceManagerUrl}${id}?api-version=2025-12-03`)
    await clock.sleep(30 * MINUTE)
    const cancel = new AbortController()
    const writes = changesBefore(4, () => cancel.abort(new Error('cancelled')))
    const inPlace = { inputs: { ...RELEASE_INPUTS, 'image-change': 'in-place', prove: 'canary' }, context: NEXT }
    const told = await story({ ...inPlace, cancel: cancel.signal, onExchange: writes })
    expect(await post(inPlace, told)).toEqual([
      'pool render: released; not all its nodes are back: run again to bring it back'
    ])
    const next = await story({ ...inPlace, context: { runId: '4713' } })
    expect([next.ok, next.outputs['current-dedicated-nodes']]).toEqual([true, '20'])
    expect(next.log.join('\n')).toContain('1 of 20 dedicated nodes healthy; next wave to 11')
    expect((await story({ ...inPlace, context: { runId: '4714' } })).changes).toEqual([])
  })
})

test.each([
  ['before a pool is drained for it', 'drain-pool', 0],
  ['while a pool is drained for it', 'change-pool-image', 1]
])('a version that somebody deletes %s takes no nodes from the pool for good', async (_, atStep, drains) => {
  await onAzure({}, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const id = `${IDS.definition}/versions/2.0.0`
    const inputs = { ...RELEASE_INPUTS, 'image-version': '2.0.0', 'image-change': 'in-place', prove: 'canary' }
    const told = await story({
      inputs,
      onJournal: entry => {
        if (!('step' in entry) || entry.step !== atStep || entry.event !== 'begin') return
        somebodyElse(emulator, 'DELETE', `${emulator.connection.resourceManagerUrl}${id}?api-version=2025-12-03`)
      }
    })
    expect(told.ok).toBe(false)
    expect(told.log.join('\n')).toContain(`${atStep.padEnd(18)}  failed: image version 2.0.0 is being deleted`)
    expect(told.changes.filter(line => line.includes('"targetDedicatedNodes":0'))).toHaveLength(drains)
    await clock.sleep(30 * MINUTE)
    expect(poolNow(emulator).properties).toMatchObject({ currentDedicatedNodes: 20 })
    expect(JSON.stringify(poolNow(emulator))).toContain('/versions/1.0.0')
    expect((await story({ inputs, context: NEXT })).ok).toBe(true)
  })
})

test('nor is one that an image run has made again: a rollout sees that the nodes are older', async () => {
  await onAzure({}, async ({ emulator, clock, story }) => {
    expect((await story({ inputs: RELEASE_INPUTS })).ok).toBe(true)
    const id = `${IDS.definition}/versions/1.0.0`
    somebodyElse(emulator, 'DELETE', `${emulator.connection.resourceManagerUrl}${id}?api-version=2025-12-03`)
    await clock.sleep(30 * MINUTE)
    const image = { ...RELEASE_INPUTS, command: 'image', 'pool-spec-inline': '', 'batch-account': '', 'wave-size': '' }
    expect((await story({ inputs: image, context: NEXT })).ok).toBe(true)
    const rollout = { command: 'rollout', 'image-id': id, 'pool-spec-inline': POOL_SPEC, 'batch-account': IDS.account }
    const refused = await story({ inputs: rollout, context: { runId: '4713' } })
    expect(refused.outputs['failure-reason']).toBe('pool-change-refused')
    expect(refused.log.join('\n').replaceAll(/\s+/g, ' ')).toContain('20 of 20 nodes are older')
  })
})

test('more replicas that are asked for of a version that is there are raised', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const more = { ...RELEASE_INPUTS, 'target-regions': 'eastus2=3' }
    const told = await story({ inputs: more, context: NEXT })
    expect(told.ok).toBe(true)
    expect(versionPuts(told)).toHaveLength(1)
    expect(versionNow(emulator)?.properties.publishingProfile.targetRegions).toMatchObject([
      { regionalReplicaCount: 3 }
    ])
    const fewer = await story({ inputs: { ...more, 'target-regions': 'eastus2=2' }, context: { runId: '4713' } })
    expect(fewer.changes).toEqual([])
    expect(fewer.log.join('\n').replaceAll(/\s+/g, ' ')).toContain(
      'has 3 replicas in "eastus2", more than the 2 asked for; they stay'
    )
  })
})

test('a promotion that Azure fails at isn’t told as done, and is sent again by the next run', async () => {
  const failed = { outcome: 'Failed' as const, code: 'InternalExecutionError', message: 'An internal error occurred.' }
  const faults: Fault[] = [{ operation: 'GalleryImageVersions_CreateOrUpdate', skip: 1, times: 1, ...failed }]
  await onAzure({ faults }, async ({ emulator, clock, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'image-failed', 'failed-step': 'promote-image' })
    expect(told.log.join('\n')).toContain('An internal error occurred.')
    const next = await story({ inputs: RELEASE_INPUTS, context: NEXT })
    expect(next.ok).toBe(true)
    expect(versionPuts(next)).toHaveLength(1)
    await clock.sleep(5 * MINUTE)
    expect(versionNow(emulator)?.properties.provisioningState).toBe('Succeeded')
  })
})
