/** A region for which Batch lists no VM size at all: that says nothing about any, and doubts none. */
import { expect, test } from '@jest/globals'
import type { Finding, Plan } from '../../src/model/plan.ts'
import { defaultWorld, onAzure, RELEASE_INPUTS, type World } from '../support/story.ts'

const unlisted = (): World => {
  const world: World = defaultWorld()
  world.behaviour = { ...world.behaviour, virtualMachineSkusByRegion: { eastus2: [] } }
  return world
}

const findingsIn = (world: World): Promise<Finding[]> =>
  onAzure({ world }, async ({ story }) => {
    const { plan } = await story({ inputs: { ...RELEASE_INPUTS, 'dry-run': 'true' } })
    return (plan as Plan).findings
  })

test('a plan has the findings that it has where the size is listed', async () => {
  expect(await findingsIn(unlisted())).toEqual(await findingsIn(defaultWorld()))
})

test('a release goes through', async () => {
  await onAzure({ world: unlisted() }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told).toMatchObject({ ok: true, outputs: { 'current-dedicated-nodes': '20', 'failure-reason': '' } })
  })
})
