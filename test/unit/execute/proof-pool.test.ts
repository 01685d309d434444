/** A temporary pool is made like the one in use, and never does anything but this action’s own go. */
import { expect, test } from '@jest/globals'
import type { RunError } from '../../../src/model/failure.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Pool } from '../../../src/model/observed.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { fails, refuses } from '../../support/fake-azure/index.ts'
import * as m from '../../support/mixed-pool.ts'
import * as f from '../../support/observed-fixtures.ts'

const { MINUTE } = m

const proving = (pool: JsonObject = {}, has: JsonObject = {}): Plan =>
  m.rolloutPlan({ rollout: { prove: 'auto' }, pool, seen: { pool: m.mixedPool({ properties: has }) } })

const making = (has: Parameters<typeof m.mixedPool>[0] = {}, pool: JsonObject = {}, env = {}) =>
  m.rolling('create-proof-pool', { pool: m.mixedPool(has) }, { plan: proving(pool), env })

test('it is made with what the pool has and the spec leaves out, and with this run’s lease alone', async () => {
  const has = { properties: { displayName: 'Farm', taskSlotsPerNode: 2 }, tags: { team: 'lighting' } }
  const run = making({ ...has, metadata: [m.FOREIGN, { name: 'batch-image-rollout-former', value: '{}' }] })
  expect(await run.ends()).toBe('created; Resizing')
  const [sent] = run.sent('createPool') as JsonObject[]
  expect(sent).toMatchObject({ tags: { team: 'lighting' }, properties: { displayName: 'Farm', taskSlotsPerNode: 2 } })
  const { metadata } = sent?.properties as { metadata: { name: string }[] }
  expect(metadata.map(({ name }) => name)).toEqual([
    'batch-image-rollout',
    'batch-image-rollout-proof-of',
    'batch-image-rollout-lease'
  ])
})

test('what only Azure sets of a pool, and its scale, are not sent', async () => {
  const run = making({ properties: { allocationState: 'Steady', currentDedicatedNodes: 12, autoScaleRun: {} } })
  await run.ends()
  const { properties } = run.sent('createPool')[0] as { properties: JsonObject }
  expect(Object.keys(properties).toSorted()).toEqual([
    'deploymentConfiguration',
    'metadata',
    'scaleSettings',
    'startTask',
    'vmSize'
  ])
  expect(properties.scaleSettings).toMatchObject({ fixedScale: { targetDedicatedNodes: 1 } })
})

test('secrets of the spec are put in, and what the pool has is no reference of ours', async () => {
  const startTask = { commandLine: 'mount ${env:KEY}' }
  const run = making({ properties: { displayName: '${env:PATH}' } }, { startTask }, { KEY: 's3cret' })
  await run.ends()
  expect(run.sent('createPool')[0]).toMatchObject({
    properties: { displayName: '${env:PATH}', startTask: { commandLine: 'mount s3cret' } }
  })
})

test('a pool that has got a password since is not copied without it', async () => {
  const run = making({ properties: { userAccounts: [{ name: 'artist' }] } })
  expect(await run.fails()).toMatchObject({ reason: 'pool-changed' })
  expect(run.changes()).toEqual([])
})

test('what Batch takes and leaves as it was proves nothing: nothing more is done', async () => {
  const run = making()
  const { createPool } = run.azure.batch
  run.azure.batch.createPool = (id, body, version) =>
    createPool(id, { properties: { ...(body.properties as JsonObject), vmSize: 'STANDARD_A1' } }, version)
  const error = (await run.fails()) as RunError
  expect([error.reason, error.message]).toEqual(['pool-refused', expect.stringContaining('left vmSize as it was')])
})

test('an answer that is behind is not taken for something that Batch left undone', async () => {
  const run = making()
  const { createPool } = run.azure.batch
  run.azure.batch.createPool = async (...args) => ({ ...(await createPool(...args)), body: { properties: {} } })
  expect(await run.ends()).toBe('created; Resizing')
})

const OURS = [{ name: 'batch-image-rollout-proof-of', value: 'render' }]

const deleting = (pool: Partial<Pool> | undefined, undoing?: { isPatient: boolean }) =>
  m.rolling(
    'delete-proof-pool',
    { pool: pool && m.mixedPool({ metadata: OURS, ...pool }) },
    { plan: proving(), ...(undoing && { undoing }) }
  )

test('a temporary pool is deleted, and its nodes are not waited for', async () => {
  const run = deleting({})
  const began = run.time.clock.now()
  expect(await run.ends()).toBe('is being deleted')
  expect([run.changes(), run.time.clock.now() - began < MINUTE]).toEqual([['deletePool'], true])
})

test.each<[string, Partial<Pool>, string]>([
  ['without our mark', { metadata: [m.FOREIGN] }, 'pool-changed'],
  [
    'that proves another pool',
    { metadata: [{ name: 'batch-image-rollout-proof-of', value: 'other' }] },
    'pool-changed'
  ],
  [
    'that another run holds',
    {
      metadata: [
        ...OURS,
        { name: 'batch-image-rollout-lease', value: JSON.stringify({ ...f.OTHER_RUN, until: '2999-01-01T00:00:00Z' }) }
      ]
    },
    'pool-leased'
  ]
])('a pool %s is not deleted', async (_, pool, reason) => {
  const run = deleting(pool)
  expect(await run.fails()).toMatchObject({ reason })
  expect(run.changes()).toEqual([])
})

test('one that is gone, or goes already, is left alone; while a run is undone that is nothing', async () => {
  expect(await deleting(undefined).ends()).toBe('gone already')
  expect(await deleting(undefined, { isPatient: false }).ends()).toBe('')
  const going = deleting({ provisioningState: 'Deleting' })
  expect([await going.ends(), going.changes()]).toEqual(['is being deleted', []])
})

test('a deletion that somebody else has begun is done', async () => {
  const run = deleting({})
  run.next('deletePool', refuses(409, 'PoolBeingDeleted'))
  expect(await run.ends()).toBe('is being deleted')
})

test.each([
  [403, 'AuthorizationFailed', 'permission-denied'],
  [409, 'ScopeLocked', 'pool-refused']
])('one that may not be deleted (%s %s) is emptied, and released', async (status, code, reason) => {
  const run = deleting({})
  run.next('deletePool', refuses(status, code))
  const error = (await run.fails()) as RunError
  expect([error.reason, error.message]).toEqual([reason, expect.stringContaining('it has no nodes, and costs nothing')])
  expect(run.sent('patchPool')).toEqual([
    {
      properties: {
        scaleSettings: {
          fixedScale: { targetDedicatedNodes: 0, targetLowPriorityNodes: 0, resizeTimeout: 'PT15M' }
        },
        metadata: OURS
      }
    }
  ])
})

test('one that can’t be emptied either is told as it is', async () => {
  const run = deleting({})
  run.next('deletePool', refuses(403, 'AuthorizationFailed'))
  run.next('patchPool', refuses(403, 'AuthorizationFailed'))
  const error = (await run.fails()) as RunError
  expect(error.message).not.toContain('costs nothing')
})

test('whatever else goes wrong with the deletion is told', async () => {
  const run = deleting({})
  run.next('deletePool', fails())
  await expect(run.fails()).resolves.toMatchObject({ message: expect.stringContaining('lost') })
  expect(run.changes()).toEqual(['deletePool'])
})
