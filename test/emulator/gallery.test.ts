import { expect, test } from '@jest/globals'
import type { Json } from '../../emulator/kernel/types.ts'
import * as c from './caller.ts'

const URL = `${c.VERSION}?api-version=${c.GALLERIES}`
const REPLICATION = `${c.VERSION}?$expand=ReplicationStatus&api-version=${c.GALLERIES}`
const durationsMs = { 'galleryImageVersion.create': 100_000, 'galleryImageVersion.replicate.westus3': 200_000 }

function prepared(options: c.CallerOptions = { behaviour: { durationsMs } }): c.Caller {
  return c.withSnapshotAndDefinition(c.makeCaller(options))
}

const TWO: Json[] = [{ name: 'eastus2', regionalReplicaCount: 2 }, { name: 'West US 3' }]

function replicationAt(caller: c.Caller): { state: string; aggregated: string; regions: string[] } {
  const { provisioningState, replicationStatus } = caller.arm('GET', REPLICATION).body.properties
  const summary = replicationStatus.summary as { region: string; state: string; progress: number }[]
  const regions = summary.map(({ region, state, progress }) => `${region} ${state} ${progress}`)
  return { state: provisioningState, aggregated: replicationStatus.aggregatedState, regions }
}

test('each region replicates in its own time, and the version succeeds with the last', () => {
  const caller = prepared()
  caller.arm('PUT', URL, c.versionBody(TWO))
  caller.time.now += 50_000
  expect(replicationAt(caller)).toEqual({
    state: 'Creating',
    aggregated: 'InProgress',
    regions: ['eastus2 Replicating 50', 'westus3 Replicating 25']
  })
  caller.time.now += 50_000
  expect(replicationAt(caller)).toEqual({
    state: 'Creating',
    aggregated: 'InProgress',
    regions: ['eastus2 Completed 100', 'westus3 Replicating 50']
  })
  caller.time.now += 100_000
  expect(replicationAt(caller)).toEqual({
    state: 'Succeeded',
    aggregated: 'Completed',
    regions: ['eastus2 Completed 100', 'westus3 Completed 100']
  })
})

test('regions come back by display name, with defaults filled in, and without replication unless it is asked for', () => {
  const { body } = prepared().arm('PUT', URL, c.versionBody(TWO))
  const standard = { storageAccountType: 'Standard_LRS' }
  expect(body.properties.publishingProfile).toMatchObject({
    targetRegions: [
      { name: 'East US 2', regionalReplicaCount: 2, ...standard },
      { name: 'West US 3', regionalReplicaCount: 1, ...standard }
    ],
    replicaCount: 1,
    excludeFromLatest: true
  })
  expect(body.properties.storageProfile.osDiskImage.hostCaching).toBe('ReadWrite')
  expect(body.properties).not.toHaveProperty('replicationStatus')
})

test('sizes are known only when the version is done', () => {
  const caller = prepared()
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  const sizeNow = (): number | undefined => caller.arm('GET', URL).body.properties.storageProfile.osDiskImage.sizeInGB
  expect(sizeNow()).toBeUndefined()
  caller.time.now += 100_000
  expect(sizeNow()).toBe(30)
})

test('a version without own durations takes the recorded median in its own region, and others are slower', () => {
  const caller = prepared({})
  const { headers } = caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }, { name: 'westeurope' }]))
  caller.time.now += 452_000
  expect(replicationAt(caller).regions[0]).toBe('eastus2 Completed 100')
  expect(caller.arm('GET', headers['azure-asyncoperation'] ?? '').body.status).toBe('InProgress')
})

test('a PUT of what a GET showed, with a further region, updates: what is there stays replicated', () => {
  const caller = prepared()
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 100_000
  const shown = caller.arm('GET', REPLICATION).body
  const published = shown.properties.publishedDate
  shown.properties.publishingProfile.targetRegions.push({ name: 'westus3' })
  shown.properties.publishingProfile.excludeFromLatest = false
  const updated = caller.arm('PUT', URL, shown)
  expect([updated.status, updated.body.properties.provisioningState]).toEqual([200, 'Updating'])
  expect(updated.body.properties.publishedDate).toBe(published)
  expect(replicationAt(caller).regions).toEqual(['eastus2 Completed 100', 'westus3 Replicating 0'])
  expect(caller.arm('PUT', URL, shown)).toMatchObject({ status: 409, body: { error: { code: 'Conflict' } } })
})

test('a PATCH changes visibility and keeps the regions', () => {
  const caller = prepared()
  caller.arm('PUT', URL, c.versionBody(TWO))
  caller.time.now += 200_000
  const { status, body } = caller.arm('PATCH', URL, { properties: { publishingProfile: { excludeFromLatest: false } } })
  expect([status, body.properties.publishingProfile.excludeFromLatest]).toEqual([200, false])
  expect(body.properties.publishingProfile.targetRegions).toHaveLength(2)
})

test('a PATCH keeps the tags of a version, and one that names tags sets all of them anew', () => {
  const caller = prepared()
  caller.arm('PUT', URL, { ...(c.versionBody([{ name: 'eastus2' }]) as object), tags: { run: '7', key: 'k' } })
  const patched = (body: Json): unknown => {
    caller.time.now += 600_000
    const first = caller.arm('PATCH', URL, body).body.tags
    caller.time.now += 600_000
    return [first, caller.arm('GET', URL).body.tags]
  }
  const [kept, anew] = [{ run: '7', key: 'k' }, { run: '8' }]
  expect(patched({ properties: { publishingProfile: { excludeFromLatest: false } } })).toEqual([kept, kept])
  expect(patched({ tags: anew })).toEqual([anew, anew])
})

const refusals: [string, string, Json, number, string][] = [
  [
    'a name that is no version',
    URL.replace('1.0.0', '1.0'),
    c.versionBody([{ name: 'eastus2' }]),
    400,
    'InvalidParameter'
  ],
  ['no replica in its own region', URL, c.versionBody([{ name: 'westus3' }]), 400, 'InvalidParameter'],
  [
    'a region that Azure lacks',
    URL,
    c.versionBody([{ name: 'eastus2' }, { name: 'atlantis' }]),
    400,
    'InvalidParameter'
  ],
  ['101 replicas', URL, c.versionBody([{ name: 'eastus2', regionalReplicaCount: 101 }]), 400, 'InvalidParameter'],
  [
    'no source',
    URL,
    { location: 'eastus2', properties: { publishingProfile: { targetRegions: [{ name: 'eastus2' }] } } },
    400,
    'InvalidParameter'
  ]
]

test.each(refusals)('a version with %s is refused', (_, url, body, status, code) => {
  const answer = prepared().arm('PUT', url, body)
  expect([answer.status, answer.body.error.code]).toEqual([status, code])
})

test('a version may have a disk from a blob, whose storage account is not looked for', () => {
  const id = c.COMPUTE.replace('Microsoft.Compute', 'Microsoft.Storage/storageAccounts/vhds')
  const source = { id, uri: 'https://vhds.blob.core.windows.net/vhds/os.vhd' }
  const { properties, ...body } = c.versionBody([{ name: 'eastus2' }]) as { properties: object }
  const storageProfile = { osDiskImage: { source } }
  const answer = prepared().arm('PUT', URL, { ...body, properties: { ...properties, storageProfile } })
  expect(answer).toMatchObject({ status: 201, body: { properties: { storageProfile: { osDiskImage: { source } } } } })
})

test('a version of a snapshot that is not there names it', () => {
  const caller = prepared()
  caller.arm('DELETE', `${c.COMPUTE}/snapshots/os?api-version=${c.DISKS}`)
  caller.time.now += 1_000
  const { status, body } = caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  expect([status, body.error.code, body.error.target]).toEqual([404, 'NotFound', `${c.COMPUTE}/snapshots/os`])
})

test('a definition that says nothing of security is TrustedLaunchSupported, and takes no snapshot', () => {
  const caller = prepared()
  const definition = `${c.COMPUTE}/galleries/farm/images/plain`
  const { features: _, ...properties } = (c.definitionBody() as { properties: Record<string, Json> }).properties
  const body = {
    location: 'eastus2',
    properties: { ...properties, identifier: { publisher: 'p', offer: 'o', sku: 's' } }
  }
  const made = caller.arm('PUT', `${definition}?api-version=${c.GALLERIES}`, body)
  expect(made.body.properties.features).toEqual([{ name: 'SecurityType', value: 'TrustedLaunchSupported' }])
  const version = caller.arm(
    'PUT',
    `${definition}/versions/1.0.0?api-version=${c.GALLERIES}`,
    c.versionBody([{ name: 'eastus2' }])
  )
  expect([version.status, version.body.error.message]).toEqual([400, expect.stringContaining('TrustedLaunchSupported')])
})

test.each(['osType', 'osState', 'hyperVGeneration'])('%s of a definition never changes', name => {
  const caller = prepared()
  const { status, body } = caller.arm(
    'PUT',
    `${c.DEFINITION}?api-version=${c.GALLERIES}`,
    c.definitionBody({ [name]: 'other' })
  )
  expect([status, body.error.code, body.error.target]).toEqual([
    409,
    'PropertyChangeNotAllowed',
    `galleryImage.properties.${name}`
  ])
})

test('two definitions of a gallery cannot have one identifier', () => {
  const caller = prepared()
  const other = `${c.COMPUTE}/galleries/farm/images/other?api-version=${c.GALLERIES}`
  expect(caller.arm('PUT', other, c.definitionBody()).status).toBe(409)
})

test('a shallow version gains neither regions nor replicas', () => {
  const caller = prepared()
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }], { replicationMode: 'Shallow' }))
  caller.time.now += 100_000
  const more = c.versionBody([{ name: 'eastus2', regionalReplicaCount: 2 }], { replicationMode: 'Shallow' })
  expect(caller.arm('PUT', URL, more)).toMatchObject({ status: 409, body: { error: { code: 'OperationNotAllowed' } } })
})

test('a version that fails says which regions did not get it', () => {
  const fault = {
    operation: 'GalleryImageVersions_CreateOrUpdate',
    times: 1,
    outcome: 'Failed' as const,
    code: 'ReplicationJobFailed',
    message: 'no room'
  }
  const caller = prepared({ behaviour: { durationsMs }, faults: [fault] })
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 100_000
  expect(replicationAt(caller)).toEqual({ state: 'Failed', aggregated: 'Failed', regions: ['eastus2 Failed 0'] })
})

test('a version that failed is replicated anew by another PUT', () => {
  const scope = { operation: 'GalleryImageVersions_CreateOrUpdate', times: 1 }
  const fault = { ...scope, outcome: 'Failed' as const, code: 'ReplicationJobFailed', message: 'no room' }
  const caller = prepared({ behaviour: { durationsMs }, faults: [fault] })
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 100_000
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  expect(replicationAt(caller).regions).toEqual(['eastus2 Replicating 0'])
  caller.time.now += 150_000
  expect(replicationAt(caller)).toEqual({
    state: 'Succeeded',
    aggregated: 'Completed',
    regions: ['eastus2 Completed 100']
  })
})

test('an update that adds no replica takes 150 s all the same', () => {
  const caller = prepared({ behaviour: { durationsMs } })
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 100_000
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 149_999
  expect(replicationAt(caller)).toMatchObject({ state: 'Updating', aggregated: 'Completed' })
  caller.time.now += 1
  expect(replicationAt(caller).state).toBe('Succeeded')
})

test('a version whose deletion failed takes no update, only another deletion', () => {
  const fault = {
    operation: 'GalleryImageVersions_Delete',
    times: 1,
    outcome: 'Failed' as const,
    code: 'InternalError',
    message: 'no'
  }
  const caller = prepared({ behaviour: { durationsMs }, faults: [fault] })
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 100_000
  caller.arm('DELETE', URL)
  caller.time.now += 200_000
  const { status, body } = caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  expect([status, body.error.code]).toEqual([409, 'OperationNotAllowed'])
  expect(caller.arm('DELETE', URL).status).toBe(202)
})

test('a version under deletion says so and is gone after the recorded median', () => {
  const caller = prepared()
  caller.arm('PUT', URL, c.versionBody([{ name: 'eastus2' }]))
  caller.time.now += 100_000
  expect(caller.arm('DELETE', URL).status).toBe(202)
  expect(caller.arm('DELETE', `${c.DEFINITION}?api-version=${c.GALLERIES}`).status).toBe(409)
  caller.time.now += 134_999
  expect(caller.arm('GET', URL).body.properties.provisioningState).toBe('Deleting')
  caller.time.now += 1
  expect(caller.arm('GET', URL).status).toBe(404)
})

test('a region that fails leaves the others done, and is copied anew when it is taken off and added again', () => {
  const replicationFails = [{ region: 'westus3', times: 1 }]
  const caller = prepared({ behaviour: { durationsMs, replicationFails } })
  caller.arm('PUT', URL, c.versionBody(TWO))
  caller.time.now += 200_000
  expect(replicationAt(caller)).toEqual({
    state: 'Failed',
    aggregated: 'Failed',
    regions: ['eastus2 Completed 100', 'westus3 Failed 0']
  })
  const { body } = caller.arm('GET', URL)
  const { provisioningState: _state, ...properties } = body.properties
  const put = (targetRegions: Json[], allow: boolean): number => {
    const safetyProfile = { allowDeletionOfReplicatedLocations: allow }
    const publishingProfile = { excludeFromLatest: true, targetRegions }
    const sent = { location: body.location, properties: { ...properties, safetyProfile, publishingProfile } }
    return caller.arm('PUT', URL, sent).status
  }
  expect(put([TWO[0]!], false)).toBe(501)
  expect(put([TWO[0]!], true)).toBe(200)
  caller.time.now += 150_000
  expect(replicationAt(caller).regions).toEqual(['eastus2 Completed 100'])
  expect(put(TWO, false)).toBe(200)
  caller.time.now += 200_000
  expect(replicationAt(caller)).toEqual({
    state: 'Succeeded',
    aggregated: 'Completed',
    regions: ['eastus2 Completed 100', 'westus3 Completed 100']
  })
})
