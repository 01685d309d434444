import { expect, test } from '@jest/globals'
import { expectGolden } from '../support/golden.ts'
import { onAzure, RELEASE_INPUTS, type Told } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const AUTO = { ...RELEASE_INPUTS, 'image-version': 'auto' }

/** PUTs by path, of the runs together: what was made, and how often. */
function made(...runs: Told[]): Map<string, number> {
  const puts = runs.flatMap(run => run.exchanges).filter(({ request }) => request.method === 'PUT')
  const counts = new Map<string, number>()
  for (const { request } of puts) {
    const { pathname } = new URL(request.url)
    counts.set(pathname, (counts.get(pathname) ?? 0) + 1)
  }
  return counts
}

test('a run with an auto version that was killed while its pool grew is taken up by a new run', async () => {
  await onAzure({}, async ({ emulator, story, post }) => {
    let patches = 0
    const killed = await story({
      inputs: AUTO,
      killedAt: (_, { method }) => method === 'PATCH' && ++patches === 2 && 'after'
    })
    expect(killed.killed).toBe(true)
    await post({ inputs: AUTO }, killed)
    const told = await story({ inputs: AUTO, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    expect(told.outputs['image-version']).toBe('2026.1123.1')
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/galleries/images/versions')).toHaveLength(
      1
    )
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/snapshots')).toEqual([])
    expectGolden(
      'killed-while-growing',
      transcript([
        { title: 'killed while the pool grew', told: killed },
        { title: 'resumed', told }
      ])
    )
  })
})

test('a run that was killed between its snapshots is taken up with those that are there', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    let puts = 0
    const killed = await story({
      inputs: AUTO,
      killedAt: (_, { method }) => method === 'PUT' && ++puts === 2 && 'after'
    })
    const told = await story({ inputs: AUTO, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    const snapshots = [...made(killed, told)].filter(([path]) => path.includes('/snapshots/'))
    expect(snapshots.map(([, count]) => count)).toEqual([1, 1, 1])
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/snapshots')).toEqual([])
    expectGolden('killed-between-snapshots', transcript([{ title: 'resumed', told }]))
  })
})

test('a run that was killed while its version replicated waits for that version, and makes no other', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    let looks = 0
    await story({
      inputs: AUTO,
      killedAt: (_, { url }) => url.includes('ReplicationStatus') && ++looks === 3 && 'before'
    })
    const told = await story({ inputs: AUTO, context: { runAttempt: 2 } })
    expect(told.ok).toBe(true)
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/galleries/images/versions')).toHaveLength(
      1
    )
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/snapshots')).toEqual([])
    expect(told.changes.filter(line => line.includes('PUT …/snapshots'))).toEqual([])
  })
})

test('a new run after one that finished makes the next version of the day', async () => {
  await onAzure({}, async ({ story }) => {
    const inputs = { ...AUTO, command: 'image', 'pool-spec-inline': '', 'batch-account': '', 'wave-size': '' }
    const first = await story({ inputs })
    const second = await story({ inputs, context: { runId: '4712' } })
    expect([first, second].map(({ outputs }) => outputs['image-version'])).toEqual(['2026.1123.1', '2026.1123.2'])
    const attempt = await story({ inputs, context: { runId: '4712', runAttempt: 2 } })
    expect(attempt.outputs['image-version']).toBe('2026.1123.2')
    expect(attempt.changes).toEqual([])
  })
})

test('a pool that a killed run left at zero nodes gets its image and its size from the next run', async () => {
  const next = { ...RELEASE_INPUTS, 'image-version': '2.0.0', 'image-change': 'in-place', prove: 'canary' }
  await onAzure({}, async ({ clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    let patches = 0
    const killed = await story({
      inputs: next,
      killedAt: (_, { method }) => method === 'PATCH' && ++patches === 2 && 'before'
    })
    // The runner died with it: there was no post step, and its lease runs out.
    await clock.sleep(3 * 3_600_000)
    const told = await story({ inputs: next, context: { runId: '4712' } })
    expect(told.outputs).toMatchObject({ 'current-dedicated-nodes': '20', 'failure-reason': '' })
    const again = await story({ inputs: next })
    expect(again.changes).toEqual([])
    expectGolden(
      'killed-at-zero',
      transcript([
        { title: 'killed at zero nodes', told: killed },
        { title: 'resumed', told }
      ])
    )
  })
})
