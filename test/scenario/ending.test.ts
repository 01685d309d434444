import { expect, test } from '@jest/globals'
import { RunError } from '../../src/model/failure.ts'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS } from '../support/story.ts'
import { somebodyElse } from '../support/somebody-else.ts'
import { transcript } from '../support/transcript.ts'

const cancelledBy = () =>
  new RunError({
    reason: 'cancelled',
    message: 'the run was cancelled (SIGINT)',
    wayOut: 'run it again with the same inputs'
  })

test('a cancelled run starts nothing more, and says what stands', async () => {
  await onAzure({}, async ({ story }) => {
    const cancel = new AbortController()
    let patches = 0
    const told = await story({
      inputs: RELEASE_INPUTS,
      cancel: cancel.signal,
      onExchange: (_, { method }) => {
        if (method === 'PATCH' && ++patches === 2) cancel.abort(cancelledBy())
      }
    })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'cancelled', 'failed-step': 'scale-pool', changed: 'true' })
    expectGolden('cancelled', transcript([{ title: 'cancelled in its second wave', told }]))
  })
})

test('no wait outlives the deadline', async () => {
  await onAzure({}, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, deadline: '5m' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'deadline-exceeded', 'failed-step': 'image-version' })
    expect(told.minutes).toBe(5)
    expectGolden('deadline', transcript([{ title: 'the deadline comes while the version replicates', told }]))
  })
})

test('a role that is missing is named, with the action', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, denied: ['Microsoft.Compute/galleries/images/versions/write'] }
  await onAzure({ world }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('permission-denied')
    expectGolden('permission-denied', transcript([{ title: 'a role is missing', told }]))
  })
})

test('of an action that is missing on what a resource is made from, that one is named, not the one that is granted', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, denied: ['Microsoft.Compute/disks/beginGetAccess/action'] }
  await onAzure({ world }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('permission-denied')
    expect(told.summary).toContain('a role with the action "Microsoft.Compute/disks/beginGetAccess/action"')
  })
})

test('somebody else who changes the pool meanwhile is noticed, and not overruled', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const spec = POOL_SPEC.replace('Nodes: 20', 'Nodes: 60')
    let isFirst = true
    const told = await story({
      inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec },
      onExchange: (_, { method, url }) => {
        if (method !== 'PATCH' || !isFirst) return
        isFirst = false
        const scaleSettings = { fixedScale: { targetDedicatedNodes: 19, targetLowPriorityNodes: 0 } }
        somebodyElse(emulator, 'PATCH', url, { properties: { scaleSettings } })
      }
    })
    expect(told.outputs['failure-reason']).toBe('pool-changed')
    expect(told.changes.filter(line => line.includes('If-Match -> 200'))).toEqual([])
  })
})

const HOSTILE = '`|<img src=x onerror=alert(1)>\n::set-output name=a::b\n[x](javascript:1)'

test('foreign text stays text wherever it goes', async () => {
  const world = defaultWorld()
  const vm = world.resources.find(({ id }) => id === IDS.vm) as {
    properties: { storageProfile: { imageReference: Record<string, string> } }
  }
  vm.properties.storageProfile.imageReference['sku'] = HOSTILE
  await onAzure({ world }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.log.join('\n')).not.toMatch(/^::/m)
    expect(told.summary).not.toContain('<img')
    expect(told.summary).not.toContain('](javascript')
  })
})

test('a secret of the pool spec goes to Batch alone, and is masked', async () => {
  const spec = POOL_SPEC.replace('mount -a', 'mount --key ${env:SHARE_KEY}')
  await onAzure({}, async ({ story }) => {
    const told = await story({
      inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec },
      env: { SHARE_KEY: 'canary-1d8f' }
    })
    expect(told.ok).toBe(true)
    const sent = told.exchanges.filter(({ request }) => JSON.stringify(request.body ?? '').includes('canary-1d8f'))
    expect(sent.map(({ request }) => request.method)).toEqual(['PUT'])
    const { exchanges: _exchanges, changes: _changes, masked, ...written } = told
    expect(JSON.stringify(written)).not.toContain('canary-1d8f')
    expect(masked).toContain('canary-1d8f')
    const again = await story({
      inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec },
      env: { SHARE_KEY: 'canary-1d8f' }
    })
    expect(again.changes).toEqual([])
  })
})
