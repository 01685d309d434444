/** When a pool that was emptied gets its former scale back, when it is only let go of, and when it is left alone. */
import { expect, test } from '@jest/globals'
import { decideRestore, type RestoreProgress, type RestoreView } from '../../../src/decide/restore.ts'
import type { Pool, Scale } from '../../../src/model/observed.ts'
import type { RestorePoint, RestorePoolStep } from '../../../src/model/plan.ts'
import { withLease } from '../../../src/rules/lease.ts'
import { changedMetadata, NO_CHANGE, withRestorePoint } from '../../../src/rules/pool-metadata.ts'
import * as f from '../../support/observed-fixtures.ts'

const OLD = f.versionIdOf('0.9.0')
const NEW = f.versionIdOf('1.0.0')
const fixed = (targetDedicatedNodes: number): Scale => ({
  kind: 'fixed',
  targetDedicatedNodes,
  targetLowPriorityNodes: 0
})
const FORMER: RestorePoint = { scale: fixed(20), imageId: OLD }
const LEASED = withLease([], f.CONTEXT, f.AT)
const noted = (imageId: string | undefined): Pool['metadata'] =>
  changedMetadata(LEASED, withRestorePoint(NO_CHANGE, { ...FORMER, imageId }, f.CONTEXT))
const EMPTIED: Partial<Pool> = {
  currentDedicatedNodes: 0,
  scale: fixed(0),
  imageId: OLD,
  metadata: noted(OLD)
}

type Case = { pool?: Partial<Pool>; former?: RestorePoint; view?: Partial<RestoreView>; progress?: RestoreProgress }

function decide({ pool = {}, former = FORMER, view = {}, progress }: Case) {
  const step: RestorePoolStep = {
    kind: 'restore-pool',
    ...f.POOL_ADDRESS,
    restorePoint: former,
    notedImageId: OLD,
    metadata: NO_CHANGE
  }
  return decideRestore(step, { pool: f.pool({ ...EMPTIED, ...pool }), isPatient: true, ...view }, progress)
}

const RESTORED = { kind: 'restore', reason: 'the pool was emptied, and kept its image' }
const RELEASED = { kind: 'release', reason: 'the pool was not emptied, or has another image' }

test.each<[string, Case, object]>([
  ['emptied, with its former image', {}, RESTORED],
  [
    'on its way to zero, at what the drain asked for',
    { pool: { scale: fixed(7) }, view: { onTheWay: { dedicated: 7, lowPriority: 0 } } },
    RESTORED
  ],
  [
    'given another size meanwhile',
    { pool: { scale: fixed(6) }, view: { onTheWay: { dedicated: 7, lowPriority: 0 } } },
    RELEASED
  ],
  ['not emptied yet', { pool: { scale: fixed(20) } }, RELEASED],
  [
    'handed to a formula',
    { pool: { scale: { kind: 'auto', formula: 'x' } }, view: { onTheWay: { dedicated: 0, lowPriority: 0 } } },
    RELEASED
  ],
  ['with another image', { pool: { imageId: NEW } }, RELEASED],
  [
    'with the note of another change: other content may be under the same id',
    { pool: { metadata: noted(NEW) } },
    RELEASED
  ],
  ['without a note', { pool: { metadata: LEASED } }, RESTORED],
  [
    'not emptied, and held by nobody',
    { pool: { scale: fixed(20), metadata: [] } },
    { kind: 'done', reason: 'the pool was not emptied, or has another image, and nobody holds it', isNothing: true }
  ],
  [
    'not the run’s any more, or gone',
    { view: { pool: undefined } },
    { kind: 'done', reason: 'the pool is not this run’s any more', isNothing: true }
  ],
  [
    'a resize under way is stopped first',
    { pool: { allocationState: 'Resizing' } },
    { kind: 'stop-resize', reason: 'the pool is Resizing' }
  ],
  [
    'a stop under way is waited for',
    { pool: { allocationState: 'Stopping' } },
    { kind: 'wait', reason: 'the pool is Stopping' }
  ]
])('a pool: %s', (_, seen, decision) => {
  expect(decide(seen)).toEqual(decision)
})

const SCALED_BACK: Case = { pool: { scale: fixed(20), metadata: [] }, progress: { kind: 'restored' } }
const back = (nodes: number, change: Partial<Pool> = {}): Case => ({
  ...SCALED_BACK,
  pool: { ...SCALED_BACK.pool, currentDedicatedNodes: nodes, ...change }
})

test('once it has its scale, its nodes are waited for until it is steady', () => {
  expect(decide(back(3, { allocationState: 'Resizing' }))).toEqual({
    kind: 'wait',
    reason: '3 dedicated nodes; the pool is Resizing'
  })
  expect(decide(back(20))).toEqual({
    kind: 'done',
    reason: 'got its former scale back, kept its image, and has 20 dedicated nodes',
    isRestored: true
  })
})

test('with fewer nodes than it had it isn’t said to be restored', () => {
  expect(decide(back(19))).toEqual({
    kind: 'done',
    reason: 'got its former scale back, kept its image, and has 19 dedicated nodes'
  })
})

test('how many a formula asks for is its own affair', () => {
  const scale: Scale = { kind: 'auto', formula: 'x' }
  expect(decide({ ...back(1, { scale }), former: { ...FORMER, scale } })).toMatchObject({ isRestored: true })
})

test('where there is no time for that, it is over when it has its scale', () => {
  expect(decide({ ...back(0, { allocationState: 'Resizing' }), view: { isPatient: false } })).toEqual({
    kind: 'done',
    reason: 'got its former scale back, and kept its image; it grows from here'
  })
})

test('what was released is over', () => {
  expect(decide({ progress: { kind: 'released', how: 'keeps its scale, and is released' } })).toEqual({
    kind: 'done',
    reason: 'keeps its scale, and is released'
  })
})
