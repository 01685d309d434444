/** What is held against an image, and what isn’t: each told as a run that could have blamed it. */
import { expect, test } from '@jest/globals'
import { poolNow } from '../support/foreign-writer.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type World } from '../support/story.ts'

const MINUTE = 60_000
const SECOND = 1_000

type Nodes = NonNullable<NonNullable<World['behaviour']>['nodes']>[string]

function worldOf(render: Nodes, denied: string[] = []): World {
  const base = defaultWorld()
  return { ...base, behaviour: { ...base.behaviour, nodes: { render }, denied } }
}

const AUTO = { ...RELEASE_INPUTS, 'image-version': 'auto' }
const LOW = POOL_SPEC.replace('{ targetDedicatedNodes: 20 }', '{ targetLowPriorityNodes: 8 }')
const versions = (state: { type?: unknown }[]) =>
  state.filter(({ type }) => type === 'Microsoft.Compute/galleries/images/versions') as {
    name: string
    tags: Record<string, string>
  }[]
const stateTag = (state: { type?: unknown }[]) => versions(state).map(({ tags }) => tags['batch-image-rollout-state'])
const posts = (changes: readonly string[], verb: string) => changes.filter(line => line.includes(verb))

test('a start task that takes 25 minutes is waited for', async () => {
  await onAzure({ world: worldOf({ startTaskMs: 25 * MINUTE }) }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.ok).toBe(true)
  })
})

test('a start task that takes longer than twice node-timeout is given a second chance, and ends the run', async () => {
  await onAzure({ world: worldOf({ startTaskMs: 25 * MINUTE }) }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'node-timeout': '10m' } })
    expect(told.outputs['failure-reason']).toBe('nodes-stuck')
    expect(posts(told.changes, '/reboot')).toHaveLength(1)
  })
})

test('a canary that is preempted while it starts is blamed on nobody: another proves the image', async () => {
  const preempted = [{ index: 0, afterMs: 20 * SECOND }]
  await onAzure({ world: worldOf({ preempted }) }, async ({ emulator, story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': LOW, 'wave-size': '4' } })
    expect(told.ok).toBe(true)
    expect(told.log.join('\n')).toContain('1 preempted: on to 2 low-priority nodes')
    expect(stateTag(emulator.state())).toEqual(['complete'])
  })
})

test('a preempted canary that is all of the goal is waited for until Batch brings it back', async () => {
  const preempted = [{ index: 0, afterMs: 20 * SECOND, restoredAfterMs: 20 * MINUTE }]
  const one = POOL_SPEC.replace('{ targetDedicatedNodes: 20 }', '{ targetLowPriorityNodes: 1 }')
  await onAzure({ world: worldOf({ preempted }) }, async ({ story }) => {
    expect((await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': one } })).ok).toBe(true)
  })
})

test('where Batch brings none back, the region is named, and the image isn’t', async () => {
  const one = POOL_SPEC.replace('{ targetDedicatedNodes: 20 }', '{ targetLowPriorityNodes: 1 }')
  await onAzure({ world: worldOf({ preempted: [{ index: 0, afterMs: 1 }] }) }, async ({ emulator, story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': one } })
    expect(told.outputs['failure-reason']).toBe('allocation-failed')
    expect(told.log.join('\n')).not.toMatch(/start task/)
    expect(stateTag(emulator.state())).toEqual(['open'])
  })
})

test('a start task that fails once, on a registry’s 503, does not end the release', async () => {
  const nodes = { startTaskFails: 'all' as const, startTaskFailsTimes: 1 }
  await onAzure({ world: worldOf(nodes) }, async ({ emulator, story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'wave-size': 'all' } })
    expect(told.ok).toBe(true)
    expect(told.outputs['current-dedicated-nodes']).toBe('20')
    expect(posts(told.changes, '/reboot')).toHaveLength(20)
    expect(posts(told.changes, '/removenodes')).toEqual([])
    expect(stateTag(emulator.state())).toEqual(['complete'])
  })
})

test('a node that fails after its reboot too is replaced, and the release goes on', async () => {
  await onAzure({ world: worldOf({ startTaskFails: [0, 12] }) }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'max-unhealthy': '0' } })
    expect(told.ok).toBe(true)
    expect(posts(told.changes, '/removenodes')).toHaveLength(2)
    expect(told.outputs['node-states']).not.toContain('starttaskfailed')
  })
})

test('an unusable node that Batch gets back after 20 minutes is no failure', async () => {
  await onAzure({ world: worldOf({ unusable: 'all', unusableForMs: 20 * MINUTE }) }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'canary-nodes': '0', 'wave-size': 'all' } })
    expect(told.ok).toBe(true)
    expect(posts(told.changes, 'POST')).toEqual([])
    expect(told.log.join('\n')).toContain('Batch has 30 minutes to get an unusable node back')
  })
})

test('nodes that stay unusable are replaced, for Batch reboots none, and then judged', async () => {
  await onAzure({ world: worldOf({ unusable: 'all' }) }, async ({ emulator, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(posts(told.changes, '/reboot')[0]).toContain('409')
    expect(posts(told.changes, '/removenodes')).toHaveLength(1)
    expect(told.log.join('\n')).toContain('Batch’s agent on the VM doesn’t answer')
    expect(told.log.join('\n')).not.toContain('network')
    expect(stateTag(emulator.state())).toEqual(['failed'])
  })
})

test('after an image that failed on all of its nodes, auto makes another and changes the pool that its own run had made', async () => {
  // In order of creation: the canary, and the one in its place.
  await onAzure({ world: worldOf({ startTaskFails: [0, 1] }) }, async ({ emulator, story }) => {
    const failed = await story({ inputs: AUTO })
    expect(failed.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'image-version': '2026.1123.1' })
    const told = await story({ inputs: AUTO, context: { runId: '4712' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': '', 'image-version': '2026.1123.2' })
    expect(told.outputs['current-dedicated-nodes']).toBe('20')
    expect(told.log.join('\n')).toContain('its nodes are only those of a run that failed')
    expect(stateTag(emulator.state())).toEqual(['failed', 'complete'])
  })
})

test('a rollout changes the pool that a rollout of another image left with nodes that had failed', async () => {
  await onAzure({ world: worldOf({ startTaskFails: [0, 1] }) }, async ({ story }) => {
    for (const version of ['1.0.0', '1.0.1']) {
      const image = { 'source-vm': IDS.vm, generalize: 'done', 'publish-to': IDS.definition, 'image-version': version }
      expect((await story({ inputs: { command: 'image', ...image } })).ok).toBe(true)
    }
    const rollout = (version: string) => ({
      command: 'rollout',
      'image-id': `${IDS.definition}/versions/${version}`,
      'pool-spec-inline': POOL_SPEC,
      'batch-account': IDS.account
    })
    const failed = await story({ inputs: rollout('1.0.0') })
    expect(failed.outputs['failure-reason']).toBe('nodes-unhealthy')
    const told = await story({ inputs: rollout('1.0.1'), context: { runId: '4712' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '20' })
    expect(told.log.join('\n')).toContain('its nodes are only those of a run that failed')
    expect(JSON.stringify(told.changes.at(-1))).not.toContain('batch-image-rollout-failed')
  })
})

test('a pool with work keeps its nodes, though their image has failed', async () => {
  const nodes = { startTaskFails: [0, 1], runningTasks: [{ index: 5, endsAfterMs: 900 * MINUTE }] }
  await onAzure({ world: worldOf(nodes) }, async ({ story }) => {
    await story({ inputs: AUTO })
    const told = await story({ inputs: AUTO, context: { runId: '4712' } })
    expect(told.outputs['failure-reason']).toBe('pool-change-refused')
  })
})

const REBOOT = 'Microsoft.Batch/batchAccounts/computePools/computeNodes/reboot/action'

test('an identity that may not reboot nodes gives no second chance, and the image is not tagged', async () => {
  await onAzure({ world: worldOf({ startTaskFails: 'all' }, [REBOOT]) }, async ({ emulator, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(told.log.join('\n')).toContain('warning: the identity may not do it, so failed nodes got no second chance')
    expect(told.summary).toContain(`give the identity a role with ${REBOOT}`)
    expect(told.log.join('\n')).toContain('isn’t tagged as failed')
    expect(stateTag(emulator.state())).toEqual(['open'])
  })
})

test('repair-attempts: 0 judges at once', async () => {
  await onAzure({ world: worldOf({ startTaskFails: 'all' }) }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'repair-attempts': '0' } })
    expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(posts(told.changes, 'POST')).toEqual([])
  })
})

const HUNDRED = POOL_SPEC.replace('Nodes: 20', 'Nodes: 100')

test('one of a hundred nodes that is unknown fails neither the pool nor a version that was promoted long ago', async () => {
  await onAzure({ world: worldOf({ unknown: [41] }) }, async ({ clock, emulator, story }) => {
    const inputs = { ...RELEASE_INPUTS, 'pool-spec-inline': HUNDRED, 'wave-size': 'all' }
    expect((await story({ inputs })).ok).toBe(true)
    await clock.sleep(24 * 60 * MINUTE)
    const told = await story({ inputs, context: { runId: '4712' } })
    expect(told.ok).toBe(true)
    expect(told.outputs.changed).toBe('false')
    expect(told.minutes).toBeLessThan(1)
    expect(stateTag(emulator.state())).toEqual(['complete'])
  })
})

test('nodes that are lost long after the version was promoted fail a run that changes nothing, and mark and touch nothing', async () => {
  const world = worldOf({ unknown: 'all', unknownAfterMs: 20 * 60 * MINUTE })
  await onAzure({ world }, async ({ clock, emulator, story }) => {
    expect((await story({ inputs: RELEASE_INPUTS })).ok).toBe(true)
    await clock.sleep(24 * 60 * MINUTE)
    const told = await story({ inputs: RELEASE_INPUTS, context: { runId: '4712' } })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-stuck', changed: 'false' })
    expect(told.changes).toEqual([])
    expect(stateTag(emulator.state())).toEqual(['complete'])
  })
})

test('a version that was finished is not marked by nodes that come later and fail', async () => {
  const nodes = { startTaskFails: Array.from({ length: 40 }, (_, index) => index + 3) }
  const three = POOL_SPEC.replace('Nodes: 20', 'Nodes: 3')
  await onAzure({ world: worldOf(nodes) }, async ({ emulator, story }) => {
    expect((await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': three } })).ok).toBe(true)
    const more = { ...RELEASE_INPUTS, 'target-regions': 'eastus2, westus3' }
    const told = await story({ inputs: more, context: { runId: '4712' } })
    expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(posts(told.changes, '/removenodes')).toHaveLength(1)
    expect(stateTag(emulator.state())).toEqual(['complete'])
    expect(told.log.join('\n')).not.toContain('tagged as failed')
  })
})

const FORMULA = 'autoScale: { formula: "$TargetDedicatedNodes = FORMULA;", evaluationInterval: PT5M }'
const scaling = (formula: string) =>
  POOL_SPEC.replace('fixedScale: { targetDedicatedNodes: 20 }', FORMULA.replace('FORMULA', formula))

test('a formula whose first evaluation finds no samples is evaluated again', async () => {
  await onAzure({}, async ({ story }) => {
    const spec = scaling('max(1, avg($PendingTasks.GetSample(180 * TimeInterval_Second)))')
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': spec } })
    expect(told.ok).toBe(true)
    expect(told.log.join('\n')).toContain('InsufficientSampleData')
    expect(told.log.join('\n')).toContain('the next evaluation is waited for')
  })
})

test('what the start task wrote at its end is in log and summary, though its node is gone', async () => {
  const world = worldOf({
    startTaskFails: 'all',
    files: [
      { path: 'startup/stdout.txt', text: `${'x'.repeat(9_000)}\npulling render:7\n` },
      { path: 'startup/stderr.txt', text: 'docker: 503 from registry.example\n::error::<b>not a command</b>\n' }
    ]
  })
  await onAzure({ world }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    for (const text of [told.log.join('\n'), told.summary]) {
      expect(text).toContain('exit code 1')
      expect(text).toContain('docker: 503 from registry.example')
      expect(text).toContain('pulling render:7')
      expect(text).not.toContain('xxxx')
    }
    expect(told.log.some(line => line.trimStart().startsWith('::error'))).toBe(false)
    expect(told.summary).not.toContain('<b>not a command')
    const urls = told.exchanges.map(({ request }) => request.url)
    const [firstFile, reboot] = ['startup%2Fstderr.txt', '/reboot'].map(part =>
      urls.findIndex(url => url.includes(part))
    )
    expect(firstFile).toBeLessThan(reboot ?? 0)
  })
})

const SECRET = 'canary-4b1d-license'
const LICENSED = POOL_SPEC.replace(
  'waitForSuccess: true',
  "waitForSuccess: true\n    environmentSettings: [{ name: LICENSE, value: '${env:LICENSE}' }]"
)

test('a start task that echoes a secret shows it nowhere', async () => {
  // The last 4,096 bytes begin within the secret.
  const text = `refused: ${SECRET}${'y'.repeat(4_056)}\nLICENSE=${encodeURIComponent(SECRET)}\n`
  const world = worldOf({ startTaskFails: 'all', files: [{ path: 'startup/stderr.txt', text }] })
  await onAzure({ world }, async ({ story }) => {
    const told = await story({
      inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': LICENSED },
      env: { LICENSE: SECRET }
    })
    const { exchanges: _exchanges, masked: _masked, changes: _changes, ...written } = told
    expect(told.log.join('\n')).toContain('LICENSE=(hidden)')
    expect(JSON.stringify(written)).not.toContain(SECRET)
    expect(JSON.stringify(written)).not.toMatch(/d-license|yyyy/)
  })
})

test('a node whose files can’t be read is judged without them', async () => {
  // Two files, before each second chance and at the end.
  const faults = [
    { operation: 'File_GetPropertiesFromComputeNode', times: 6, respond: { status: 404, code: 'FileNotFound' } }
  ]
  await onAzure({ world: worldOf({ startTaskFails: 'all' }), faults }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('nodes-unhealthy')
    expect(told.log.join('\n')).not.toContain('stderr.txt')
  })
})

test('a second chance of many nodes at a slow Batch service is under the lease from the first reboot to the last', async () => {
  const world = worldOf({ startTaskFails: 'all', startTaskFailsTimes: 1 })
  // 60 nodes at three a minute: longer than a lease lasts that isn’t renewed.
  world.behaviour = { ...world.behaviour, throttling: { BatchService: { size: 10, refillPerMinute: 3 } } }
  const sixty = POOL_SPEC.replace('Nodes: 20', 'Nodes: 60')
  await onAzure({ world }, async ({ clock, emulator, story }) => {
    const lapsed: string[] = []
    const told = await story({
      inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': sixty, 'wave-size': 'all', 'canary-nodes': '0' },
      onExchange: (_count, { method, url }) => {
        if (method !== 'POST' || !url.includes('/reboot')) return
        const lease = poolNow(emulator).properties.metadata?.find(({ name }) => name === 'batch-image-rollout-lease')
        const until = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(lease?.value ?? '')?.[0] ?? ''
        if (!(Date.parse(until) > clock.now())) lapsed.push(`${new Date(clock.now()).toISOString()}: ${lease?.value}`)
      }
    })
    expect(told.outputs['failure-reason']).toBe('')
    expect(posts(told.changes, '/reboot -> 202')).toHaveLength(60)
    expect(lapsed).toEqual([])
  })
})
