/** Somebody else writes into the pool's metadata while a run is at it: that is no reason to stop, and nothing of it is lost. */
import { expect, test } from '@jest/globals'
import { changesPool, notes, poolNow, writesBefore } from '../support/foreign-writer.ts'
import { defaultWorld, onAzure, POOL_SPEC, RELEASE_INPUTS } from '../support/story.ts'

const MINUTE = 60_000
const FEW = { ...RELEASE_INPUTS, 'pool-spec-inline': POOL_SPEC.replace('Nodes: 20', 'Nodes: 3'), 'wave-size': 'all' }
const IN_PLACE = {
  ...FEW,
  'image-version': '2.0.0',
  'image-change': 'in-place',
  prove: 'canary',
  'drain-timeout': '30m'
}

type Items = { name: string }[]
const names = (items: Items | undefined): string[] => (items ?? []).map(({ name }) => name)

test.each([
  ['a drain', 1],
  ['the change of the image', 2],
  ['the first wave', 3],
  ['the second wave', 4],
  ['letting go', 5]
])('once and twice before %s: the run goes on, and the items stay', async (_, nth) => {
  for (const times of [1, 2]) {
    await onAzure({}, async ({ emulator, story }) => {
      await story({ inputs: FEW })
      const told = await story({ inputs: IN_PLACE, onExchange: writesBefore(emulator, nth, times) })
      expect(told.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '3' })
      const left = names(poolNow(emulator).properties.metadata)
      expect(left).toEqual(expect.arrayContaining(Array.from({ length: times }, (_, index) => `note-${index + 1}`)))
      expect(left.filter(name => /-(?:former|lease|unmade)$/.test(name))).toEqual([])
    })
  }
})

test.each([1, 2])('%i times before a pool gets its former scale back: it gets it', async times => {
  const world = defaultWorld()
  const runningTasks = [{ index: 0, endsAfterMs: 900 * MINUTE }]
  world.behaviour = { ...world.behaviour, nodes: { render: { runningTasks } } }
  await onAzure({ world }, async ({ emulator, story }) => {
    await story({ inputs: FEW })
    const told = await story({ inputs: IN_PLACE, onExchange: writesBefore(emulator, 2, times) })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'drain-timeout', 'current-dedicated-nodes': '3' })
    const left = names(poolNow(emulator).properties.metadata)
    expect(left).toEqual(Array.from({ length: times }, (_, index) => `note-${index + 1}`))
  })
})

test('once before the image change, which Batch then refuses, and twice before giving back: no pool stays at zero', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: FEW })
    const refused = { status: 400, code: 'PropertyCannotBeUpdated', message: 'A property cannot be updated.' }
    let changes = 0
    const told = await story({
      inputs: IN_PLACE,
      onExchange: (_, { method }) => {
        if (method !== 'PATCH') return
        changes += 1
        if (changes === 2) emulator.addFaults([{ operation: 'Pool_Update', times: 1, respond: refused }])
        if (changes === 3 || changes === 4) notes(emulator, `note-${changes}`)
      }
    })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'pool-refused', 'current-dedicated-nodes': '3' })
    expect(names(poolNow(emulator).properties.metadata)).toEqual(['note-3', 'note-4'])
  })
})

test('an item that somebody adds while the image is made survives, where the spec has metadata of its own too', async () => {
  const inputs = {
    ...FEW,
    'pool-spec-inline': `${FEW['pool-spec-inline']}  metadata: [{ name: team, value: light }]\n`
  }
  await onAzure({}, async ({ emulator, clock, story }) => {
    await story({ inputs })
    notes(emulator, 'before')
    const told = story({ inputs: { ...IN_PLACE, 'pool-spec-inline': inputs['pool-spec-inline'] } })
    await clock.sleep(3 * MINUTE)
    notes(emulator, 'meanwhile')
    expect((await told).ok).toBe(true)
    expect(names(poolNow(emulator).properties.metadata).toSorted()).toEqual([
      'batch-image-rollout',
      'meanwhile',
      'team'
    ])
  })
})

test('somebody else who gives the pool another scale between two looks is not overruled', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: FEW })
    let changes = 0
    const told = await story({
      inputs: IN_PLACE,
      onExchange: (_, { method, url }) => {
        if (method !== 'PATCH' || !url.includes('/pools/render?') || ++changes !== 2) return
        changesPool(emulator, { properties: { scaleSettings: { fixedScale: { targetDedicatedNodes: 1 } } } })
      }
    })
    expect(told.outputs['failure-reason']).toBe('pool-changed')
    expect(JSON.stringify(poolNow(emulator))).toContain('/versions/1.0.0')
  })
})

test('somebody who writes for ever ends the run, with who it may be', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: FEW })
    const told = await story({ inputs: IN_PLACE, onExchange: writesBefore(emulator, 1, 5) })
    expect(told.outputs['failure-reason']).toBe('pool-changed')
    expect(told.summary).toContain('omebody else keeps changing the pool')
    expect(told.changes.filter(line => line.includes('If-Match -> 412'))).toHaveLength(5)
  })
})

test('a run that is cancelled just before it lets go of a pool leaves a note, and the next one takes it off', async () => {
  const FEWER_SLOTS = {
    ...FEW,
    'image-change': 'in-place',
    prove: 'canary',
    'pool-spec-inline': FEW['pool-spec-inline'].replace('taskSlotsPerNode: 4', 'taskSlotsPerNode: 2')
  }
  await onAzure({}, async ({ emulator, story, post }) => {
    await story({ inputs: FEW })
    const cancel = new AbortController()
    const told = await story({
      inputs: FEWER_SLOTS,
      cancel: cancel.signal,
      onJournal: entry => {
        if ('step' in entry && entry.step === 'finish-pool') cancel.abort(new Error('cancelled'))
      }
    })
    await post({ inputs: FEWER_SLOTS }, told)
    expect(names(poolNow(emulator).properties.metadata)).toContain('batch-image-rollout-former')
    expect((await story({ inputs: FEWER_SLOTS, context: { runId: '4712' } })).ok).toBe(true)
    expect(names(poolNow(emulator).properties.metadata)).toEqual(['batch-image-rollout'])
    expect((await story({ inputs: FEWER_SLOTS, context: { runId: '4713' } })).changes).toEqual([])
  })
})

test('whoever writes all metadata anew while a pool is drained stops the run, and the pool gets its former scale back', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: FEW })
    const told = await story({
      inputs: IN_PLACE,
      onJournal: entry => {
        if (!('step' in entry) || entry.step !== 'drain-pool' || entry.event !== 'end') return
        changesPool(emulator, { properties: { metadata: [{ name: 'theirs', value: 'whole' }] } })
      }
    })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'pool-leased', 'current-dedicated-nodes': '3' })
    expect(poolNow(emulator).properties).toMatchObject({ metadata: [{ name: 'theirs', value: 'whole' }] })
  })
})
