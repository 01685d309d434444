/** What must not happen to a pool, an image or a secret, each told as a run that could have done it. */
import { expect, test } from '@jest/globals'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type World } from '../support/story.ts'

const MINUTE = 60_000
const IMAGE_ONLY = { command: 'image', 'pool-spec-inline': '', 'batch-account': '', 'wave-size': '' }

function world(behaviour: Partial<World['behaviour']>): World {
  const base = defaultWorld()
  return { ...base, behaviour: { ...base.behaviour, ...behaviour } }
}

const versionOf = (state: { type?: unknown }[]) =>
  JSON.stringify(state.find(({ type }) => type === 'Microsoft.Compute/galleries/images/versions'))
const poolOf = (state: { type?: unknown }[]) =>
  JSON.stringify(state.find(({ type }) => type === 'Microsoft.Batch/batchAccounts/pools'))

test('an image is not promoted by a run that changes only the start task of nodes that have all failed', async () => {
  const failing = world({ nodes: { render: { startTaskFails: 'all' } } })
  await onAzure({ world: failing }, async ({ emulator, story }) => {
    await story({ inputs: { ...RELEASE_INPUTS, 'max-unhealthy': '100%', 'canary-nodes': '0', 'wave-size': 'all' } })
    const fixed = POOL_SPEC.replace("'mount -a'", "'true'")
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': fixed } })
    expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(versionOf(emulator.state())).toContain('"excludeFromLatest":true')
  })
})

test('max-unhealthy never lets a wave pass in which no node is healthy', async () => {
  const failing = world({ nodes: { render: { startTaskFails: 'all' } } })
  await onAzure({ world: failing }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'max-unhealthy': '2' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'current-dedicated-nodes': '1' })
  })
})

test('a pool without nodes proves nothing: the image stays hidden', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const told = await story({
      inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': POOL_SPEC.replace('Nodes: 20', 'Nodes: 0') }
    })
    expect(told.ok).toBe(true)
    expect(versionOf(emulator.state())).toContain('"excludeFromLatest":true')
    expect(told.log.join('\n')).toContain('no node has proved it')
  })
})

test('a secret that the pool still has, and the spec no longer names, is not shown in the difference', async () => {
  const with2 = POOL_SPEC.replace(
    'waitForSuccess: true',
    "waitForSuccess: true\n    environmentSettings: [{ name: LICENSE, value: '${env:LICENSE}' }, { name: MODE, value: fast }]"
  )
  const without = with2.replace("{ name: LICENSE, value: '${env:LICENSE}' }, ", '').replace("'mount -a'", "'df'")
  await onAzure({}, async ({ story }) => {
    await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': with2 }, env: { LICENSE: 'canary-77aa' } })
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': without } })
    const { exchanges: _exchanges, ...written } = told
    expect(told.ok).toBe(true)
    expect(told.changes).toHaveLength(1)
    expect(JSON.stringify(written)).not.toContain('canary-77aa')
    expect(told.log.join('\n')).toContain('LICENSE')
  })
})

test('a command line that changes around its secret is a difference', async () => {
  const one = POOL_SPEC.replace('mount -a', 'mount --key ${env:KEY}')
  const two = POOL_SPEC.replace('mount -a', 'mount --verbose --key ${env:KEY}')
  await onAzure({}, async ({ story }) => {
    await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': one }, env: { KEY: 'canary-1' } })
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': two }, env: { KEY: 'canary-1' } })
    expect(told.changes).toHaveLength(1)
  })
})

test('a canary that is there already is judged before any more nodes are bought', async () => {
  const failing = world({ nodes: { render: { startTaskFails: 'all' } } })
  await onAzure({ world: failing }, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const again = await story({ inputs: RELEASE_INPUTS })
    expect(again.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'current-dedicated-nodes': '1' })
    expect(again.changes.filter(line => line.includes('scaleSettings') || line.includes('removenodes'))).toEqual([])
  })
})

const IN_PLACE = { ...RELEASE_INPUTS, 'image-version': '2.0.0', 'image-change': 'in-place', prove: 'canary' }

test('a drain ends in time for the pool to come back before the deadline', async () => {
  const busy = world({ nodes: { render: { runningTasks: [{ index: 0, endsAfterMs: 900 * MINUTE }] } } })
  await onAzure({ world: busy }, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: { ...IN_PLACE, deadline: '45m', 'drain-timeout': '3h' } })
    expect(told.outputs['failure-reason']).toBe('drain-timeout')
    expect(told.outputs['current-dedicated-nodes']).toBe('20')
    expect(poolOf(emulator.state())).not.toContain('batch-image-rollout-former')
  })
})

test('a pool whose image change is refused at zero nodes gets its nodes back', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    emulator.addFaults([
      {
        operation: 'Pool_Update',
        skip: 1,
        times: 1,
        respond: { status: 400, code: 'PropertyCannotBeUpdated', message: 'A property cannot be updated.' }
      }
    ])
    const told = await story({ inputs: IN_PLACE })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'pool-refused', 'current-dedicated-nodes': '20' })
  })
})

test('a pool in a region that its image is not in gets the image there first', async () => {
  const elsewhere = defaultWorld()
  const account = elsewhere.resources.find(({ id }) => id === IDS.account) as { location: string }
  account.location = 'westus3'
  await onAzure({ world: elsewhere }, async ({ story }) => {
    await story({ inputs: { ...RELEASE_INPUTS, ...IMAGE_ONLY } })
    const told = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    const [first] = told.changes
    expect(first).toContain('westus3')
    const again = await story({ inputs: RELEASE_INPUTS, context: { runId: '4713' } })
    expect(again.changes).toEqual([])
  })
})

test('a second run does not wait for a far region that the first one added', async () => {
  const slow = world({ durationsMs: { 'galleryImageVersion.replicate.westus3': 400 * MINUTE } })
  await onAzure({ world: slow }, async ({ story }) => {
    const inputs = { ...RELEASE_INPUTS, 'target-regions': 'eastus2, westus3' }
    await story({ inputs })
    const again = await story({ inputs, context: { runId: '4712' } })
    expect(again.ok).toBe(true)
    expect(again.changes).toEqual([])
    expect(again.minutes).toBeLessThan(1)
  })
})

test('a finished version whose last change failed is not made again, but finished again', async () => {
  const faults = [
    {
      operation: 'GalleryImageVersions_CreateOrUpdate',
      skip: 1,
      times: 1,
      outcome: 'Failed' as const,
      code: 'InternalOperationError',
      message: 'the update was interrupted'
    }
  ]
  await onAzure({ faults }, async ({ clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    await clock.sleep(30 * MINUTE)
    const told = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect(told.changes.filter(line => line.includes('PUT …/snapshots'))).toHaveLength(0)
    expect(told.changes.filter(line => line.includes('PUT'))).toHaveLength(1)
    expect(told.ok).toBe(true)
  })
})

test('snapshots that were kept for weeks are not published as a new image', async () => {
  const inputs = { ...RELEASE_INPUTS, ...IMAGE_ONLY, 'image-version': 'auto', 'keep-snapshots': 'true' }
  await onAzure({}, async ({ clock, story }) => {
    const first = await story({ inputs })
    await clock.sleep(30 * 24 * 60 * MINUTE)
    const told = await story({ inputs, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    expect(told.outputs['image-version']).not.toBe(first.outputs['image-version'])
    expect(told.changes.filter(line => line.includes('PUT …/snapshots'))).toHaveLength(3)
  })
})

test('the snapshot of a disk that was detached meanwhile is deleted too', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    let looks = 0
    await story({
      inputs: RELEASE_INPUTS,
      killedAt: (_, { url }) => url.includes('ReplicationStatus') && ++looks === 3 && 'before'
    })
    const vm = emulator.state().find(({ id }) => id === IDS.vm) as {
      properties: { storageProfile: { dataDisks: unknown[] } }
    }
    expect(vm.properties.storageProfile.dataDisks).toHaveLength(2)
    const told = await story({ inputs: { ...RELEASE_INPUTS }, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/snapshots')).toEqual([])
  })
})

test('auto numbering does not take up a version whose nodes were unhealthy, not even in the same run', async () => {
  const failing = world({ nodes: { render: { startTaskFails: 'all' } } })
  await onAzure({ world: failing }, async ({ story }) => {
    const inputs = { ...RELEASE_INPUTS, 'image-version': 'auto' }
    const first = await story({ inputs })
    const second = await story({ inputs: { ...inputs, 'dry-run': 'true' }, context: { runAttempt: 2 } })
    expect(first.outputs['image-version']).toBe('2026.1123.1')
    expect(second.plan).toMatchObject({ image: { version: '2026.1123.2' } })
  })
})

test('a formula is handed over only when the pool is steady', async () => {
  const auto = (nodes: number) =>
    POOL_SPEC.replace(
      'fixedScale: { targetDedicatedNodes: 20 }',
      `autoScale: { formula: "$TargetDedicatedNodes = ${nodes};", evaluationInterval: PT10M }`
    )
  await onAzure({}, async ({ story }) => {
    await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': auto(6) } })
    let patches = 0
    await story({
      inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': auto(40) },
      killedAt: (_, { method }) => method === 'PATCH' && ++patches === 1 && 'after'
    })
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': auto(8) }, context: { runId: '4712' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '8' })
  })
})
