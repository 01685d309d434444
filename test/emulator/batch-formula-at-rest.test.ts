/** A PATCH to a formula that asks for what is there (test_mgmt_batch_pools of Azure's Python library, recorded 2023-12-06 on 2023-11-01). */
import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../emulator/kernel/types.ts'
import { batchWorld, fixedScale, MINUTE, patch, POOL, poolBody, propertiesOf, SECOND } from './batch-world.ts'

const formula = (text: string): JsonObject => ({ scaleSettings: { autoScale: { formula: text } } })

/** A pool that was made without nodes, steady. */
function atRest() {
  const world = batchWorld()
  world.arm('PUT', POOL, { body: poolBody({ scaleSettings: fixedScale(0) }) })
  world.pass(MINUTE)
  return world
}

test('a formula that asks for what is there shows as a resize for a moment, without a status', () => {
  const { arm, pool, pass, service } = atRest()
  const before = pool()
  expect(before).toMatchObject({ allocationState: 'Steady', resizeOperationStatus: { targetDedicatedNodes: 0 } })
  const shown = propertiesOf(arm('PATCH', POOL, patch(formula('$TargetDedicatedNodes=0'))))
  expect(shown).toMatchObject({ allocationState: 'Resizing', currentDedicatedNodes: 0 })
  expect(shown).not.toHaveProperty('resizeOperationStatus')
  expect(service('GET', '/pools/frames').body).toMatchObject({ allocationState: 'resizing' })
  pass(SECOND)
  expect(pool()).toMatchObject({ allocationState: 'Steady', resizeOperationStatus: before['resizeOperationStatus'] })
})

test('one that asks for more begins a resize at once, with its status', () => {
  const { arm } = atRest()
  expect(propertiesOf(arm('PATCH', POOL, patch(formula('$TargetDedicatedNodes=1'))))).toMatchObject({
    allocationState: 'Resizing',
    resizeOperationStatus: { targetDedicatedNodes: 1 }
  })
})

test('task slots as they are may come along in a version that never changes them, others not', () => {
  const { arm } = atRest()
  const sent = (taskSlotsPerNode: number) =>
    arm('PATCH', POOL, {
      ...patch({ ...formula('$TargetDedicatedNodes=0'), taskSlotsPerNode }),
      apiVersion: '2023-11-01'
    })
  expect(sent(1).status).toBe(200)
  expect(sent(2)).toMatchObject({ status: 400, body: { error: { code: 'PropertyCannotBeUpdated' } } })
})
