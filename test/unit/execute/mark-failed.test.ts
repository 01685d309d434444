/** A version whose nodes have failed again and again is marked, so that a new run makes another one. */
import { expect, test } from '@jest/globals'
import { undo } from '../../../src/execute/undo.ts'
import type { GalleryImageVersion, Node } from '../../../src/model/observed.ts'
import { TAG } from '../../../src/rules/run-tags.ts'
import { fakeAzure, refuses } from '../../support/fake-azure/index.ts'
import * as f from '../../support/observed-fixtures.ts'
import { knowing, runOn } from '../../support/one-step.ts'

const NAME = '1.0.0'
/** Of a release that has made its version, unless an earlier one has. */
const PLAN = f.planOf(f.releaseSpec(), f.observed())

const failed = (nodeId: string, state: string): Node => ({ nodeId, state, isDedicated: true, errors: [] })
const NODES = [failed('a', 'starttaskfailed'), failed('b', 'starttaskfailed'), failed('c', 'idle')]
const WHY = 'run 4711 attempt 1 of pixel/farm: 2 of 3 nodes starttaskfailed of render, 2026-11-23T09:00:00Z'

function marking(change: Partial<GalleryImageVersion> | undefined, { isOwn = true } = {}) {
  const open = { tags: f.tagsOf('open'), body: { tags: f.tagsOf('open'), location: 'eastus2' } }
  const fake = fakeAzure({ versions: change === undefined ? {} : { [NAME]: f.version(NAME, { ...open, ...change }) } })
  const one = runOn(fake, PLAN, { known: knowing({ nodes: NODES }) })
  const owed = f.undoOf(PLAN, 'mark-image-failed')
  const run = { ...one.run, undoing: { isPatient: false } }
  return {
    ...fake,
    ...one,
    undone: () => fake.time.run(undo(run, [{ ...owed, step: { ...owed.step, isOwn } }]))
  }
}

test('it is tagged as failed, by which run and why, with all its other tags', async () => {
  const run = marking({})
  await run.undone()
  expect(run.sent('putVersion')).toEqual([
    {
      tags: { ...f.tagsOf('open'), [TAG.state]: 'failed', [TAG.failed]: WHY },
      location: 'eastus2',
      properties: expect.anything()
    }
  ])
  expect([run.run.known.isTaggedFailed, run.said]).toEqual([
    true,
    ['mark-image-failed: 1.0.0 is marked as failed: a new run makes another version']
  ])
})

test('one that was finished without a pool is, as nothing has proved it', async () => {
  const run = marking({ tags: f.tagsOf('complete') })
  await run.undone()
  expect(run.changes()).toEqual(['putVersion'])
})

test('a version that is shown from the start (promote: now) is, where this run made it', async () => {
  const run = marking({ excludeFromLatest: false })
  await run.undone()
  expect(run.changes()).toEqual(['putVersion'])
})

test.each<[string, Partial<GalleryImageVersion> | undefined, { isOwn?: boolean }]>([
  ['that nodes have proved, here or elsewhere', { tags: { ...f.tagsOf('open'), [TAG.proved]: 'x' } }, {}],
  ['that is still being changed', { provisioningState: 'Updating' }, {}],
  ['that an earlier run has promoted', { excludeFromLatest: false }, { isOwn: false }],
  ['that is gone', undefined, {}]
])('one %s is not, and nothing is said', async (_, change, options) => {
  const run = marking(change, options)
  await run.undone()
  expect([run.changes(), run.said, run.warnings]).toEqual([[], [], []])
  expect(run.run.known.isTaggedFailed).toBeUndefined()
})

test('a tag that can’t be set is a warning', async () => {
  const run = marking({})
  run.next('putVersion', refuses(403, 'AuthorizationFailed'))
  await run.undone()
  expect([run.run.known.isTaggedFailed, run.said]).toEqual([undefined, []])
  expect(run.warnings).toEqual([
    {
      step: 'mark-image-failed',
      message: expect.stringMatching(/^image version 1.0.0 could not be marked as failed: .*AuthorizationFailed/),
      wayOut: expect.stringMatching(
        /goes on with it.*unless its tag.*Microsoft.Compute.galleries.images.versions.write/
      )
    }
  ])
})
