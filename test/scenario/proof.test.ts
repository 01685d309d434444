/** A pool that is in use is touched only once a temporary pool has proved the change; and of that nothing is ever left. */
import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import { RunError } from '../../src/model/failure.ts'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Told, type World } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const MINUTE = 60_000
const IN_PLACE = { ...RELEASE_INPUTS, 'image-version': '2.0.0', 'image-change': 'in-place' }
/** Of run 4711, attempt 1, for version 2.0.0. */
const PROOF = 'render-proof-a02c32d7'

function world(behaviour: object, properties: object = {}): World {
  const changed = defaultWorld()
  changed.behaviour = { ...changed.behaviour, ...behaviour }
  const account = changed.resources.find(({ id }) => id === IDS.account) as { properties: object }
  account.properties = { ...account.properties, ...properties }
  return changed
}

const poolsOf = (emulator: Emulator): string[] =>
  emulator
    .state()
    .filter(({ type }) => String(type).toLowerCase() === 'microsoft.batch/batchaccounts/pools')
    .map(({ name }) => String(name))

const render = (emulator: Emulator): unknown => emulator.state().find(({ id }) => id === IDS.pool)
const onRender = ({ changes }: Told): string[] => changes.filter(line => line.includes('/pools/render '))

test('an image whose start task fails on the temporary pool leaves the pool that is in use untouched', async () => {
  await onAzure({ world: world({ nodes: { [PROOF]: { startTaskFails: 'all' } } }) }, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const before = render(emulator)
    const told = await story({ inputs: IN_PLACE })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'scale-proof-pool' })
    expect([onRender(told), render(emulator)]).toEqual([[], before])
    expect(told.changes.filter(line => line.includes(`DELETE`) && line.includes(PROOF))).toHaveLength(1)
    expectGolden('proof-fails', transcript([{ title: 'the start task fails on the temporary pool', told }]))
  })
})

test('where the quota leaves no room the plan says so, and the pool’s own first wave proves the image', async () => {
  const full = world({}, { poolQuota: 1 })
  await onAzure({ world: full }, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: IN_PLACE })
    expect(told.ok).toBe(true)
    expect(told.log.join('\n')).toContain('account "renderfarm" has 1 pool, and its quota is 1')
    expect(poolsOf(emulator)).toEqual(['render'])
    const first = told.changes.find(line => line.includes('"targetDedicatedNodes":1,'))
    expect(first).toContain('/pools/render ')
    expectGolden('proof-no-room', transcript([{ title: 'a pool quota that is used up', told }]))
  })
})

test('a temporary pool that was asked for, and can’t be made, is an error before anything is', async () => {
  await onAzure({ world: world({}, { poolQuota: 1 }) }, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: { ...IN_PLACE, prove: 'temporary-pool' } })
    expect(told.changes).toEqual([])
    expect(told.log.join('\n')).toContain('error    proof-room')
  })
})

test('the temporary pool has what the pool has and its spec leaves out', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const whole = POOL_SPEC.replace('properties:', 'tags: { team: lighting }\nproperties:\n  displayName: Render farm')
    await story({ inputs: { ...RELEASE_INPUTS, 'pool-spec-inline': whole } })
    const told = await story({ inputs: { ...IN_PLACE, 'pool-spec-inline': '', pool: 'render' } })
    expect(told.ok).toBe(true)
    const made = told.exchanges.find(({ request }) => request.method === 'PUT' && request.url.includes(PROOF))
    expect(made?.request.body).toMatchObject({
      tags: { team: 'lighting' },
      properties: {
        displayName: 'Render farm',
        vmSize: 'STANDARD_D4S_V5',
        startTask: { commandLine: "/bin/bash -c 'mount -a'", waitForSuccess: true },
        deploymentConfiguration: {
          virtualMachineConfiguration: { imageReference: { id: `${IDS.definition}/versions/2.0.0` } }
        },
        scaleSettings: { fixedScale: { targetDedicatedNodes: 1, targetLowPriorityNodes: 0 } }
      }
    })
    expect(poolsOf(emulator)).toEqual(['render'])
  })
})

const cancelled = (): RunError =>
  new RunError({ reason: 'cancelled', message: 'the run was cancelled (SIGINT)', wayOut: 'run it again' })

test('a run that is cancelled while the temporary pool’s node comes deletes it at once', async () => {
  await onAzure({}, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const before = render(emulator)
    const cancel = new AbortController()
    const told = await story({
      inputs: IN_PLACE,
      cancel: cancel.signal,
      onExchange: (_, { method, url }) => {
        if (method === 'PUT' && url.includes(PROOF)) void clock.sleep(MINUTE).then(() => cancel.abort(cancelled()))
      }
    })
    expect(told.outputs['failure-reason']).toBe('cancelled')
    await clock.sleep(10 * MINUTE)
    expect([poolsOf(emulator), render(emulator)]).toEqual([['render'], before])
  })
})

const killedAtCreation = {
  inputs: IN_PLACE,
  killedAt: (_: number, { method, url }: { method: string; url: string }) =>
    method === 'PUT' && url.includes(PROOF) ? ('after' as const) : (false as const)
}

test('the post step of a run that was killed deletes the temporary pool', async () => {
  await onAzure({}, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story(killedAtCreation)
    expect([told.killed, poolsOf(emulator).toSorted()]).toEqual([true, ['render', PROOF]])
    expect(await post(killedAtCreation, told)).toEqual([`temporary pool ${PROOF}: is being deleted`])
    await clock.sleep(10 * MINUTE)
    expect(poolsOf(emulator)).toEqual(['render'])
  })
})

test('what a run left whose post step never ran the next run for the pool deletes, once its lease is over', async () => {
  await onAzure({}, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    await story(killedAtCreation)
    const next = { inputs: RELEASE_INPUTS, context: { runId: '4712' } }
    // Another run may still be at work on it.
    expect((await story(next)).changes).toEqual([])
    await clock.sleep(60 * MINUTE)
    const told = await story(next)
    expect(told.ok).toBe(true)
    expect(told.changes).toEqual([expect.stringContaining(`DELETE …/batchAccounts/renderfarm/pools/${PROOF}`)])
    await clock.sleep(10 * MINUTE)
    expect(poolsOf(emulator)).toEqual(['render'])
    expect((await story(next)).changes).toEqual([])
  })
})

test('another attempt of the same run deletes at once what the former one left', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    await story(killedAtCreation)
    const told = await story({ inputs: IN_PLACE, context: { runAttempt: 2 } })
    expect([told.ok, poolsOf(emulator)]).toEqual([true, ['render']])
  })
})

test('a temporary pool that may not be deleted is emptied, and named with the role that is missing', async () => {
  await onAzure({}, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    emulator.addFaults([
      {
        operation: 'Pool_Delete',
        times: 1,
        respond: { status: 403, code: 'AuthorizationFailed', message: 'may not delete' }
      }
    ])
    const told = await story({ inputs: IN_PLACE })
    expect(told.ok).toBe(true)
    await clock.sleep(10 * MINUTE)
    const left = emulator.state().find(({ name }) => name === PROOF)
    expect(left?.['properties']).toMatchObject({ currentDedicatedNodes: 0 })
    const log = told.log.join(' ').replaceAll(/\s+/g, ' ')
    expect(log).toContain(`temporary pool ${PROOF} is left; nothing needs it any more`)
    expect(log).toContain('it has no nodes, and costs nothing')
    expect(log).toContain('give the identity a role with Microsoft.Batch/batchAccounts/pools/delete')
  })
})

test('low-priority nodes prove a pool that has no others, or where dedicated cores are used up', async () => {
  await onAzure({}, async ({ story }) => {
    const inputs = { 'pool-spec-inline': POOL_SPEC.replace('targetDedicatedNodes: 20', 'targetLowPriorityNodes: 20') }
    await story({ inputs: { ...RELEASE_INPUTS, ...inputs } })
    const told = await story({ inputs: { ...IN_PLACE, ...inputs } })
    expect(told.ok).toBe(true)
    expect(told.changes.find(line => line.includes(PROOF))).toContain('"targetLowPriorityNodes":1')
  })
  await onAzure(
    { world: world({}, { dedicatedCoreQuota: 80, dedicatedCoreQuotaPerVMFamilyEnforced: false }) },
    async ({ story }) => {
      await story({ inputs: RELEASE_INPUTS })
      const told = await story({ inputs: IN_PLACE })
      expect(told.ok).toBe(true)
      expect(told.changes.find(line => line.includes(PROOF))).toContain(
        '"targetDedicatedNodes":0,"targetLowPriorityNodes":1'
      )
    }
  )
})

test('what Azure says of a temporary pool that gets no node is reported, though the pool is gone', async () => {
  const capacity = [{ region: 'eastus2', family: '*', from: 0, cores: 80 }]
  await onAzure({ world: world({ capacity }) }, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: IN_PLACE })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'allocation-failed', 'failed-step': 'scale-proof-pool' })
    const errors = JSON.parse(told.outputs['resize-errors']) as { code: string; message: string }[]
    expect(errors).toMatchObject([{ code: expect.stringMatching(/^Allocation/) }])
    expect(told.log.join('\n')).toContain(`${errors[0]?.code}: ${errors[0]?.message}`)
    expect(told.summary).toContain(errors[0]?.message)
    await clock.sleep(15 * MINUTE)
    expect(poolsOf(emulator)).toEqual(['render'])
  })
})
