import { expect, test } from '@jest/globals'
import type { StepEntry } from '../../../src/model/journal.ts'
import { renderLeftovers } from '../../../src/report/leftovers.ts'

const GROUP = '/subscriptions/s/resourceGroups/g/providers'
const SNAPSHOT = `${GROUP}/Microsoft.Compute/snapshots/one`
const POOL = `${GROUP}/Microsoft.Batch/batchAccounts/a/pools/render`

const entry = (step: string, kind: string, target: string): StepEntry => {
  return { at: 0, step, event: 'begin', kind, target, title: `title of ${step}` }
}
const createSnapshot = entry('snapshot-os', 'create-snapshot', SNAPSHOT)
const dropSnapshot = entry('drop-snapshot-os', 'delete-snapshot', SNAPSHOT)
const createPool = entry('create-pool', 'create-pool', POOL)
const growPool = entry('scale-pool', 'scale-pool', POOL)

test('what was made and not deleted stands', () => {
  const { lines, markdown } = renderLeftovers({ unfinished: [], finished: [createSnapshot, createPool], failed: [] })
  expect(lines).toContain(`  snapshot-os  made       ${SNAPSHOT}\n  create-pool  made       ${POOL}`)
  expect(markdown).toContain('| `one` | made | title of snapshot-os |')
})

test('what was deleted is not told as standing', () => {
  const { lines, markdown } = renderLeftovers({ unfinished: [], finished: [createSnapshot, dropSnapshot], failed: [] })
  expect(lines).not.toContain(SNAPSHOT)
  expect(markdown).toContain('Nothing that it made stands')
})

test('a thing that two steps touched is told once, by the later one', () => {
  const { lines, annotation } = renderLeftovers({ unfinished: [growPool], finished: [createPool], failed: [] })
  expect(lines.split(POOL)).toHaveLength(2)
  expect(lines).toContain('under way')
  expect(annotation.message).toContain('in the middle of scale-pool')
})

test('a pool is told as what costs money, without one nothing is', () => {
  const told = (finished: StepEntry[]): string => renderLeftovers({ unfinished: [], finished, failed: [] }).lines
  expect(told([createPool])).toContain('cost money')
  expect(told([createSnapshot])).not.toContain('cost money')
})

test('the last change that was asked for is told, with its time', () => {
  const lastCall = { at: Date.UTC(2026, 10, 23, 9, 7, 5), event: 'call', method: 'PATCH', target: POOL } as const
  const { lines, markdown } = renderLeftovers({ unfinished: [growPool], finished: [], failed: [], lastCall })
  expect(lines).toContain(`its last change was asked for at 09:07:05 UTC: PATCH batchAccounts/a/pools/render`)
  expect(markdown).toContain('its last change was asked for at 09:07:05 UTC')
})
