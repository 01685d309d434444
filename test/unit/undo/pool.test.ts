import { expect, test } from '@jest/globals'
import type { Pool } from '../../../src/model/observed.ts'
import { leaseOf, withLease } from '../../../src/plan/lease.ts'
import { withFormer } from '../../../src/plan/pool-metadata.ts'
import { undoPool } from '../../../src/undo/pool.ts'
import { AT, CONTEXT, OTHER_RUN, pool, POOL, versionIdOf } from '../../support/observed-fixtures.ts'
import { fakeAzure } from './fake-azure.ts'

const HOUR = 3_600_000
const WHICH = { poolId: POOL, apiVersion: '2025-06-01' } as const
const FOREIGN = { name: 'team', value: 'lighting' }
const EMPTY = { kind: 'fixed', targetDedicatedNodes: 0, targetLowPriorityNodes: 0 } as const
const { scale: FULL } = pool()

const leasedBy = (context = CONTEXT, items = [FOREIGN]): Pool['metadata'] => withLease(items, context, AT + HOUR)

/** At zero nodes, with what it had kept in its metadata. */
const emptied = (change: Partial<Pool> = {}): Pool =>
  pool({
    scale: EMPTY,
    currentDedicatedNodes: 0,
    metadata: leasedBy(
      CONTEXT,
      withFormer({ set: [FOREIGN], remove: [] }, { scale: FULL, imageId: versionIdOf('1.0.0') }, CONTEXT).set
    ),
    ...change
  })

const TOOK_OFF = 'took the lease of the run off the pool'
const GAVE_BACK = 'gave the pool its former scale back; it grows to it from here'

test('a pool that was being emptied gets its former scale back, and keeps what others wrote', async () => {
  const { world, undoing } = fakeAzure({ pool: emptied() })
  expect(await undoPool(undoing, WHICH)).toEqual([GAVE_BACK, TOOK_OFF])
  expect(world.pool).toMatchObject({ scale: FULL, metadata: [FOREIGN] })
})

test('a resize under way is stopped first', async () => {
  const { calls, undoing } = fakeAzure({ pool: emptied({ allocationState: 'Resizing' }) })
  expect(await undoPool(undoing, WHICH)).toEqual([
    expect.stringContaining('stopped the resize that was under way'),
    GAVE_BACK,
    TOOK_OFF
  ])
  expect(calls).toEqual(['patchPool', 'stopResize', 'patchPool'])
})

test('a pool with another image already keeps it and its scale: those nodes are not proved', async () => {
  const { world, undoing } = fakeAzure({ pool: emptied({ imageId: versionIdOf('2.0.0') }) })
  const done = await undoPool(undoing, WHICH)
  expect(done).toEqual([expect.stringContaining('run again to bring it back'), TOOK_OFF])
  expect([world.pool?.scale, leaseOf(world.pool?.metadata ?? [])]).toEqual([EMPTY, undefined])
})

test.each<[string, Pool | undefined]>([
  ['another run holds', pool({ metadata: leasedBy(OTHER_RUN) })],
  ['nobody holds', pool({ metadata: [FOREIGN] })],
  ['is gone', undefined]
])('a pool that %s is left alone', async (_, seen) => {
  const { calls, undoing } = fakeAzure(seen === undefined ? {} : { pool: seen })
  expect([await undoPool(undoing, WHICH), calls]).toEqual([[], []])
})

test('while Batch takes no lease (409), the resize is stopped all the same', async () => {
  const { world, undoing, refuse } = fakeAzure({ pool: emptied({ allocationState: 'Resizing' }) })
  refuse('patchPool', 409)
  expect(await undoPool(undoing, WHICH)).toContain(GAVE_BACK)
  expect(world.pool?.metadata).toEqual([FOREIGN])
})

test('an item that somebody writes meanwhile (412) stays, whichever change it comes before', async () => {
  const { world, undoing, refuse } = fakeAzure({ pool: emptied() })
  const writes = (name: string) => (): void => {
    world.pool = { ...world.pool!, metadata: [...world.pool!.metadata, { name, value: '1' }] }
  }
  refuse('patchPool', 412, writes('first'))
  refuse('patchPool', 412, writes('second'))
  expect(await undoPool(undoing, WHICH)).toEqual([GAVE_BACK, TOOK_OFF])
  expect(world.pool?.metadata.map(({ name }) => name)).toEqual(['team', 'first', 'second'])
})

test('a pool that another run takes over meanwhile (412) is left to it', async () => {
  const { world, undoing, refuse } = fakeAzure({ pool: emptied() })
  refuse('patchPool', 412, () => (world.pool = emptied({ metadata: leasedBy(OTHER_RUN) })))
  await expect(undoPool(undoing, WHICH)).rejects.toThrow('412')
  expect(world.pool?.scale).toEqual(EMPTY)
})
