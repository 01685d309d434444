import { expect, test } from '@jest/globals'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, IDS, onAzure, RELEASE_INPUTS } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

test('throttled calls are waited for as Azure asks, and repeated', async () => {
  const throttled = { status: 429, code: 'TooManyRequests', message: 'too many requests' }
  const faults = [
    { operation: 'Snapshots_CreateOrUpdate', times: 2, respond: { ...throttled, headers: { 'retry-after': '40' } } },
    { operation: 'Pool_Get', skip: 1, times: 1, respond: throttled },
    { operation: 'GalleryImageVersions_Get', skip: 2, times: 1, respond: { status: 503 } }
  ]
  await onAzure({ faults }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.ok).toBe(true)
    expectGolden('throttled', transcript([{ title: 'throttled', told }]))
  })
})

test('an operation that fails while it is polled keeps its code, names what stands, and is made again by the next run', async () => {
  const faults = [
    {
      operation: 'GalleryImageVersions_CreateOrUpdate',
      times: 1,
      outcome: 'Failed' as const,
      code: 'InternalOperationError',
      message: 'the copy of the source was interrupted'
    }
  ]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const failed = await story({ inputs: RELEASE_INPUTS })
    expect(failed.outputs).toMatchObject({ 'failure-reason': 'image-failed', 'failed-step': 'image-version' })
    const told = await story({ inputs: RELEASE_INPUTS, context: { runAttempt: 2 } })
    expect(told.ok).toBe(true)
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/snapshots')).toEqual([])
    expectGolden(
      'operation-fails',
      transcript([
        { title: 'the version fails', told: failed },
        { title: 'again', told }
      ])
    )
  })
})

test('data disks are selected by LUN, and the others are left alone', async () => {
  await onAzure({}, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, command: 'image', 'data-disks': '1', ...imageOnly } })
    expect(told.ok).toBe(true)
    expect(told.changes.filter(line => line.includes('PUT …/snapshots'))).toHaveLength(2)
    expectGolden('data-disks-selected', transcript([{ title: 'one data disk', told }]))
  })
})

const imageOnly = { 'pool-spec-inline': '', 'batch-account': '', 'wave-size': '' }

test('a managed image and its pool, where Batch still takes them', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, managedImagePools: 'accepted' }
  await onAzure({ world }, async ({ emulator, story }) => {
    const told = await story({ inputs: managed })
    expect(told.ok).toBe(true)
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/snapshots')).toHaveLength(3)
    const poolCalls = told.exchanges.filter(({ request }) =>
      /batchAccounts\/renderfarm\/pools\/render/.test(request.url)
    )
    expect(new Set(poolCalls.map(({ request }) => new URL(request.url).searchParams.get('api-version')))).toEqual(
      new Set(['2019-08-01'])
    )
    const again = await story({ inputs: managed })
    expect(again.changes).toEqual([])
    expectGolden(
      'managed-image-accepted',
      transcript([
        { title: 'a managed image', told },
        { title: 'again', told: again }
      ])
    )
  })
})

test('where Batch refuses a managed image, its answer is explained with the gallery way', async () => {
  await onAzure({}, async ({ story }) => {
    const told = await story({ inputs: managed })
    expect(told.outputs['failure-reason']).toBe('pool-refused')
    expectGolden('managed-image-refused', transcript([{ title: 'a managed image, refused', told }]))
  })
})

const { 'image-version': _version, ...withoutVersion } = RELEASE_INPUTS
const managed = {
  ...withoutVersion,
  'publish-to': IDS.managedImage,
  'allow-retired': 'true',
  'pool-spec-inline': (RELEASE_INPUTS['pool-spec-inline'] ?? '').replace('taskSlotsPerNode', 'maxTasksPerNode')
}
