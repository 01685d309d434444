import { expect, test } from '@jest/globals'
import { serialRollout } from '../../../bench/serial.ts'
import { rollout } from '../../../bench/told.ts'
import { benchOf, LARGE } from '../../../bench/world.ts'

test('the rollouts that are measured go well, and the serial script performs every step that this action plans', async () => {
  const size = { ...LARGE, nodes: 20 }
  const ours = await rollout(benchOf(size))
  const serial = await serialRollout(benchOf(size), 30_000)
  expect(serial.ms).toBeGreaterThan(ours.minutes * 60_000)
})
