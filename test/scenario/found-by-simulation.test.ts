/** What random faults have found: each with the seed that showed it first, as small as it could be made. */
import { expect, test } from '@jest/globals'
import { defaultWorld, onAzure, POOL_SPEC, RELEASE_INPUTS } from '../support/story.ts'

const AUTO = { ...RELEASE_INPUTS, 'image-version': 'auto' }
const interrupted = { code: 'InternalOperationError', message: 'it was interrupted' }

const ofType = (state: { type?: unknown }[], type: string) => state.filter(one => String(one.type).endsWith(type))

test.each([
  ['Snapshots_CreateOrUpdate', 'PUT …/snapshots'],
  ['GalleryImageVersions_CreateOrUpdate', 'PUT …/galleries/farm/images/render-node/versions']
])('seed 227: what %s has left Canceled is made again by the next run', async (operation, made) => {
  const faults = [{ operation, times: 1, outcome: 'Canceled' as const, ...interrupted }]
  await onAzure({ faults }, async ({ story }) => {
    const first = await story({ inputs: AUTO })
    expect(first.ok).toBe(false)
    const told = await story({ inputs: AUTO, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    expect(told.changes.join('\n')).toContain(made)
  })
})

test('seed 273: a snapshot whose deletion fails holds nothing back, and goes with the next run, whose image is another', async () => {
  const faults = [{ operation: 'Snapshots_Delete', times: 1, outcome: 'Failed' as const, ...interrupted }]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const first = await story({ inputs: AUTO })
    expect(first.ok).toBe(true)
    expect(ofType(emulator.state(), '/snapshots')).toHaveLength(1)
    const told = await story({
      inputs: { ...AUTO, 'image-change': 'in-place', prove: 'canary' },
      context: { runId: '4712' }
    })
    expect(told.ok).toBe(true)
    expect(ofType(emulator.state(), '/snapshots')).toEqual([])
    expect(ofType(emulator.state(), '/images/versions')).toHaveLength(2)
  })
})

test('seed 685: a pool that was emptied for its image and got no nodes back is named so', async () => {
  const next = { ...RELEASE_INPUTS, 'image-version': '2.0.0', 'image-change': 'in-place', prove: 'canary' }
  await onAzure({ world: defaultWorld() }, async ({ emulator, story }) => {
    await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': POOL_SPEC.replace('Nodes: 20', 'Nodes: 3') } })
    emulator.addFaults([
      {
        operation: 'Pool_Update',
        skip: 2,
        times: 5,
        respond: { status: 412, code: 'ConditionNotMet', message: 'changed' }
      }
    ])
    const told = await story({ inputs: next })
    expect(told.outputs['failure-reason']).toBe('pool-changed')
    expect(told.log.join('\n')).toContain('may not have all of its nodes back')
    expect(told.summary).toContain('may not have all of its nodes back')
  })
})

test('seed 92: a pool whose canary was unhealthy with one image gets the next one', async () => {
  const world = defaultWorld()
  // In order of creation: three nodes of the former image, then the canary of the bad one, and the one in its place.
  world.behaviour = { ...world.behaviour, nodes: { render: { startTaskFails: [3, 4] } } }
  const spec = POOL_SPEC.replace('Nodes: 20', 'Nodes: 3')
  const inPlace = {
    ...RELEASE_INPUTS,
    'pool-spec-inline': spec,
    'image-change': 'in-place',
    prove: 'canary',
    'max-unhealthy': '0'
  }
  await onAzure({ world }, async ({ story }) => {
    await story({ inputs: inPlace })
    const bad = await story({ inputs: { ...inPlace, 'image-version': '2.0.0' }, context: { runId: '4712' } })
    expect(bad.outputs['failure-reason']).toBe('nodes-unhealthy')
    const good = await story({ inputs: { ...inPlace, 'image-version': '3.0.0' }, context: { runId: '4713' } })
    expect(good.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '3' })
  })
})
