import { expect, test } from '@jest/globals'
import { expectGolden } from '../support/golden.ts'
import { onAzure, RELEASE_INPUTS } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

test('a fresh run makes snapshots, image and pool, and ends with healthy nodes and nothing left over', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.ok).toBe(true)
    expect(told.outputs).toMatchObject({ changed: 'true', 'current-dedicated-nodes': '20', 'failure-reason': '' })
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/snapshots')).toEqual([])
    expectGolden('fresh-run', transcript([{ title: 'a fresh run', told }]))
  })
})

test('a second run with the same inputs changes nothing, though the snapshots of the first are gone', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const again = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect(again.ok).toBe(true)
    expect(again.changes).toEqual([])
    expect(again.outputs.changed).toBe('false')
    expectGolden('second-run', transcript([{ title: 'a second run', told: again }]))
  })
})

test('a dry run plans everything and changes nothing', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const before = emulator.state()
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'dry-run': 'true' } })
    expect(told.ok).toBe(true)
    expect(told.changes).toEqual([])
    expect(emulator.state()).toEqual(before)
    expectGolden('dry-run', transcript([{ title: 'a dry run', told }]))
  })
})
