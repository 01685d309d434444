import { expect, test } from '@jest/globals'
import type { Pool, Scale } from '../../../src/model/observed.ts'
import type { RunContext } from '../../../src/model/spec.ts'
import { leaseOf, leaseState, withLease } from '../../../src/plan/lease.ts'
import { withFormer } from '../../../src/plan/pool-metadata.ts'
import { undoPool } from '../../../src/undo/pool.ts'
import { written } from '../../support/fake-azure/batch.ts'
import { breaks, fails, fakeAzure, refuses, type FakeAzure, type World } from '../../support/fake-azure/index.ts'
import { account, AT, CONTEXT, OTHER_RUN, pool, POOL, versionIdOf } from '../../support/observed-fixtures.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const WHICH = { poolId: POOL, apiVersion: '2019-08-01' } as const
const FOREIGN = { name: 'team', value: 'lighting' }
const EMPTY: Scale = { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 0 }
const FULL: Scale = { kind: 'fixed', targetDedicatedNodes: 12, targetLowPriorityNodes: 8, resizeTimeout: 'PT30M' }
const FORMULA: Scale = { kind: 'auto', formula: '$TargetLowPriorityNodes=8', evaluationInterval: 'PT5M' }
const POSTS_OWN: RunContext = { ...CONTEXT, nonce: `${CONTEXT.nonce} post` }

const leasedBy = (context: RunContext, items = [FOREIGN]): Pool['metadata'] => withLease(items, context, AT + HOUR)

function kept(scale: Scale, context = CONTEXT): Pool['metadata'] {
  const former = withFormer({ set: [FOREIGN], remove: [] }, { scale, imageId: versionIdOf('1.0.0') }, CONTEXT)
  return leasedBy(context, former.set)
}

/** At zero nodes, with what it had kept in its metadata. */
const emptied = (change: Partial<Pool> = {}): Pool =>
  pool({ scale: EMPTY, currentDedicatedNodes: 0, metadata: kept(FULL), ...change })

/** Three dedicated and two low-priority nodes are left of a drain under way. */
const draining = (change: Partial<Pool> = {}): Pool =>
  emptied({ allocationState: 'Resizing', currentDedicatedNodes: 3, currentLowPriorityNodes: 2, ...change })

const TOOK_OFF = 'took the lease of the run off the pool'
const GAVE_BACK = 'gave the pool its former scale back; it grows to it from here'
const STOPPED = 'stopped the resize that was under way, at 3 dedicated and 2 low-priority nodes'

function azureWith(world: World, signal = new AbortController().signal) {
  const fake = fakeAzure(world)
  const undoing = { azure: fake.azure, clock: fake.time.clock, context: CONTEXT, signal }
  return { ...fake, undoing, undone: () => fake.time.run(undoPool(undoing, WHICH)) }
}

const poolNow = ({ world }: Pick<FakeAzure, 'world'>): Pool => world.pool!

/** Somebody else writes to the pool first, so that what is sent under its ETag fails. */
const comesBefore =
  ({ world }: FakeAzure, change: (pool: Pool) => Partial<Pool>) =>
  (): void => {
    world.pool = written(world.pool!, change(world.pool!))
  }
const adds = (name: string) => (one: Pool) => ({ metadata: [...one.metadata, { name, value: '1' }] })

test.each<[string, Scale]>([
  ['a fixed scale of both kinds of nodes', FULL],
  ['an autoscale formula', FORMULA]
])('a pool that was being emptied gets %s back, and keeps what others wrote', async (_, former) => {
  const azure = azureWith({ pool: emptied({ metadata: kept(former) }) })
  expect(await azure.undone()).toEqual([GAVE_BACK, TOOK_OFF])
  expect(poolNow(azure)).toMatchObject({ scale: former, metadata: [FOREIGN], imageId: versionIdOf('1.0.0') })
})

test('a resize under way is stopped first, and its end awaited', async () => {
  const azure = azureWith({ pool: draining(), takes: { stop: 12_000 } })
  expect(await azure.undone()).toEqual([STOPPED, GAVE_BACK, TOOK_OFF])
  expect(azure.changes()).toEqual(['patchPool', 'stopResize', 'patchPool'])
  expect(azure.time.clock.now() - AT).toBe(15_000)
})

test('a stop that is on its way is awaited, not sent again', async () => {
  const azure = azureWith({ pool: draining({ allocationState: 'Stopping' }) })
  azure.time.later(7_000, () => (azure.world.pool = written(poolNow(azure), { allocationState: 'Steady' })))
  expect(await azure.undone()).toEqual([GAVE_BACK, TOOK_OFF])
  expect(azure.changes()).toEqual(['patchPool', 'patchPool'])
})

test('all of it speaks the api-version of the run', async () => {
  const azure = azureWith({ pool: draining() })
  await azure.undone()
  const reads = azure.asked.filter(({ name }) => name === 'getPool' || name === 'stopResize')
  expect(new Set(reads.map(({ under }) => under))).toEqual(new Set([WHICH.apiVersion]))
})

test('a pool with another image already keeps it and its scale: those nodes are not proved', async () => {
  const azure = azureWith({ pool: emptied({ imageId: versionIdOf('2.0.0') }) })
  expect(await azure.undone()).toEqual([
    'the pool has its new image and not all its nodes; run again to bring it back',
    TOOK_OFF
  ])
  const { scale, metadata } = poolNow(azure)
  expect([scale, leaseOf(metadata)]).toEqual([EMPTY, undefined])
  expect(metadata.map(({ name }) => name)).toEqual(['team', 'batch-image-rollout', 'batch-image-rollout-former'])
})

test.each<[string, Partial<Pool>]>([
  ['was only growing', { metadata: leasedBy(CONTEXT) }],
  ['somebody has brought back since', { metadata: kept(FULL), scale: FULL }]
])('of a pool that %s the lease alone goes', async (_, change) => {
  const azure = azureWith({ pool: emptied(change) })
  const { scale } = poolNow(azure)
  expect(await azure.undone()).toEqual([TOOK_OFF])
  expect([poolNow(azure).scale, leaseOf(poolNow(azure).metadata)]).toEqual([scale, undefined])
  expect(azure.sent('patchPool')).toEqual([
    { properties: { metadata: expect.anything() } },
    { properties: { metadata: expect.anything() } }
  ])
})

test.each<[string, Pool | undefined]>([
  ['another run holds', draining({ metadata: kept(FULL, OTHER_RUN) })],
  ['another process of the same run holds', draining({ metadata: kept(FULL, { ...CONTEXT, nonce: 'n-4712' }) })],
  ['an earlier run left leased long ago', draining({ metadata: withLease(kept(FULL), OTHER_RUN, AT - HOUR) })],
  ['nobody holds', draining({ metadata: [FOREIGN] })],
  ['is gone', undefined]
])('a pool that %s is left alone', async (_, seen) => {
  const azure = azureWith({ pool: seen })
  expect([await azure.undone(), azure.changes()]).toEqual([[], []])
})

test('first of all the post step takes the pool for itself, for ten minutes of Azure’s time: a main that still runs finds it held', async () => {
  const readAt = AT + 3 * HOUR
  const azure = azureWith({ pool: draining(), account: account({ readAt }) })
  const claims: Pool['metadata'][] = []
  azure.next('stopResize', () => claims.push(poolNow(azure).metadata))
  await azure.undone()
  const lease = leaseOf(claims[0]!)
  expect(lease?.until).toBe(new Date(readAt + 10 * MINUTE).toISOString())
  expect(leaseState(lease, CONTEXT, readAt)).toBe('held')
})

test('where the account can’t be read, the runner’s own time must do', async () => {
  const azure = azureWith({ pool: draining() })
  let until: string | undefined
  azure.next('stopResize', () => (until = leaseOf(poolNow(azure).metadata)?.until))
  await azure.undone()
  expect(until).toBe(new Date(AT + 10 * MINUTE).toISOString())
})

test('while Batch takes no lease (409), the resize is stopped all the same', async () => {
  const azure = azureWith({ pool: draining() })
  azure.next('patchPool', refuses(409))
  expect(await azure.undone()).toEqual([STOPPED, GAVE_BACK, TOOK_OFF])
  expect(poolNow(azure).metadata).toEqual([FOREIGN])
})

test('an item that somebody writes meanwhile (412) stays, whichever change it comes before', async () => {
  const azure = azureWith({ pool: emptied() })
  const first = comesBefore(azure, adds('first'))
  azure.next('patchPool', first, undefined, comesBefore(azure, adds('second')))
  expect(await azure.undone()).toEqual([GAVE_BACK, TOOK_OFF])
  expect(poolNow(azure).metadata.map(({ name }) => name)).toEqual(['team', 'first', 'second'])
  expect(azure.changes()).toHaveLength(4)
})

test.each<[string, (number | undefined)[]]>([
  ['the lease', []],
  ['the former scale', [undefined]]
])('somebody who changes the pool each time before %s is written is given way to at the fifth', async (_, before) => {
  const azure = azureWith({ pool: emptied() })
  const again = comesBefore(azure, () => ({}))
  azure.next('patchPool', ...before.map(() => undefined), again, again, again, again, again)
  await expect(azure.undone()).rejects.toThrow('UpdateConditionNotSatisfied')
  expect(azure.changes()).toHaveLength(before.length + 5)
  expect(poolNow(azure).scale).toEqual(EMPTY)
})

test.each<[string, (number | undefined)[]]>([
  ['the lease', []],
  ['the former scale', [undefined]]
])('four changes that come before %s are borne', async (_, before) => {
  const azure = azureWith({ pool: emptied() })
  const again = comesBefore(azure, () => ({}))
  azure.next('patchPool', ...before.map(() => undefined), again, again, again, again)
  expect(await azure.undone()).toEqual([GAVE_BACK, TOOK_OFF])
})

const LOST_TO: [string, (one: Pool) => Pool | undefined][] = [
  ['that another run takes over', one => written(one, { metadata: kept(FULL, OTHER_RUN) })],
  ['whose lease somebody takes off', one => written(one, { metadata: [FOREIGN] })],
  ['that is deleted', () => undefined]
]

test.each(LOST_TO)('a pool %s before it is claimed is left to them, and Azure’s word is told', async (_, becomes) => {
  const azure = azureWith({ pool: draining() })
  azure.next('patchPool', () => {
    azure.world.pool = becomes(poolNow(azure))
    refuses(412, 'MeanwhileChanged')()
  })
  await expect(azure.undone()).rejects.toThrow('MeanwhileChanged')
  expect(azure.changes()).toEqual(['patchPool'])
})

test.each(LOST_TO)(
  'a pool %s before it gets its scale is left to them, and Azure’s word is told',
  async (_, becomes) => {
    const azure = azureWith({ pool: emptied() })
    azure.next('patchPool', undefined, () => {
      azure.world.pool = becomes(poolNow(azure))
      refuses(412, 'MeanwhileChanged')()
    })
    await expect(azure.undone()).rejects.toThrow('MeanwhileChanged')
    expect(azure.changes()).toEqual(['patchPool', 'patchPool'])
  }
)

test('the post step’s own lease is not taken for somebody else’s when it looks again', async () => {
  const azure = azureWith({ pool: emptied() })
  azure.next('patchPool', undefined, comesBefore(azure, adds('more')))
  expect(await azure.undone()).toEqual([GAVE_BACK, TOOK_OFF])
})

test('nor is the run’s, where Batch took none of the post step', async () => {
  const azure = azureWith({ pool: draining() })
  azure.next('patchPool', refuses(409), comesBefore(azure, adds('more')))
  expect(await azure.undone()).toEqual([STOPPED, GAVE_BACK, TOOK_OFF])
})

test('one that the post step has claimed, and the run holds again, is the run’s: it is not claimed a second time', async () => {
  const azure = azureWith({ pool: emptied({ metadata: kept(FULL, POSTS_OWN) }) })
  expect([await azure.undone(), azure.changes()]).toEqual([[], []])
})

test.each<[string, () => void, string]>([
  ['a missing role', refuses(403, 'AuthorizationFailed'), 'AuthorizationFailed'],
  ['no answer', fails(), 'ECONNRESET'],
  ['a defect', breaks(), 'x is undefined']
])('%s is told, at whichever change, and nothing comes after it', async (_, meets, told) => {
  const first = azureWith({ pool: draining() })
  first.next('patchPool', meets)
  await expect(first.undone()).rejects.toThrow(told)
  expect(first.changes()).toEqual(['patchPool'])
  const second = azureWith({ pool: draining() })
  second.next('patchPool', undefined, meets)
  await expect(second.undone()).rejects.toThrow(told)
  expect(second.changes()).toEqual(['patchPool', 'stopResize', 'patchPool'])
})

test('a pool that goes while its stop is awaited leaves what was done', async () => {
  const azure = azureWith({ pool: draining(), takes: { stop: HOUR } })
  azure.time.later(12_000, () => (azure.world.pool = undefined))
  expect(await azure.undone()).toEqual([STOPPED])
  expect(azure.changes()).toEqual(['patchPool', 'stopResize'])
})

test('when its time is up the post step waits no longer', async () => {
  const limit = new AbortController()
  const azure = azureWith({ pool: draining(), takes: { stop: HOUR } }, limit.signal)
  azure.time.later(MINUTE, () => limit.abort(new Error('the time is up')))
  await expect(azure.undone()).rejects.toThrow('the time is up')
  expect(azure.changes()).toEqual(['patchPool', 'stopResize'])
})
