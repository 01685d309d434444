/** When a snapshot’s data is there, and when a managed image is. */
import { expect, test } from '@jest/globals'
import { decideManagedImage } from '../../../src/decide/managed-image.ts'
import { decideSnapshot } from '../../../src/decide/snapshot.ts'
import * as f from '../../support/observed-fixtures.ts'

type Seen = { provisioningState: string; completionPercent?: number } | undefined

const SNAPSHOT = { snapshotId: f.snapshotIdOf('os') }
const snapshotFailed = (state: string) => ({
  kind: 'halt',
  failure: 'snapshot-failed',
  reason: `snapshot os is ${state}`,
  wayOut: 'run again with the same inputs; a failed snapshot is made again',
  repetition: 'helps'
})

test.each<[string, Seen, object]>([
  ['Succeeded, where Azure gives no percent', { provisioningState: 'Succeeded' }, { kind: 'done', reason: 'copied' }],
  [
    'Succeeded at 100 percent',
    { provisioningState: 'Succeeded', completionPercent: 100 },
    { kind: 'done', reason: 'copied' }
  ],
  [
    'Succeeded below that: the data isn’t there yet',
    { provisioningState: 'Succeeded', completionPercent: 99.5 },
    { kind: 'wait', reason: 'Succeeded, 99.5% copied' }
  ],
  ['still being made', { provisioningState: 'Creating' }, { kind: 'wait', reason: 'Creating' }],
  [
    '100 percent alone is not enough',
    { provisioningState: 'Updating', completionPercent: 100 },
    { kind: 'wait', reason: 'Updating, 100% copied' }
  ],
  ['failed, at any percent', { provisioningState: 'Failed', completionPercent: 100 }, snapshotFailed('Failed')],
  ['gone', undefined, snapshotFailed('gone')]
])('a snapshot: %s', (_, seen, decision) => {
  expect(decideSnapshot(SNAPSHOT, seen)).toEqual(decision)
})

const imageFailed = (state: string, wayOut: string) => ({
  kind: 'halt',
  failure: 'image-failed',
  reason: `managed image node is ${state}`,
  wayOut,
  repetition: 'after-change'
})

test.each<[string, Seen, object]>([
  ['Succeeded is the end', { provisioningState: 'Succeeded' }, { kind: 'done', reason: 'Succeeded' }],
  [
    'everything unknown is waited for',
    { provisioningState: 'Creating' },
    { kind: 'wait', reason: 'managed image node is Creating' }
  ],
  [
    'one that has failed has to go first',
    { provisioningState: 'Failed' },
    imageFailed('Failed', 'delete it, and run again')
  ],
  [
    'one that is being deleted is somebody’s doing',
    { provisioningState: 'Deleting' },
    imageFailed('Deleting', 'find out who deletes it, then run again')
  ],
  ['so is one that is gone', undefined, imageFailed('gone', 'find out who deletes it, then run again')]
])('a managed image: %s', (_, seen, decision) => {
  expect(decideManagedImage({ imageId: f.MANAGED_IMAGE }, seen)).toEqual(decision)
})
