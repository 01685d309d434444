/** A smoke test runs on each node that proves the image, says what went wrong, and leaves no job. */
import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import { RunError } from '../../src/model/failure.ts'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Told, type World } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const MINUTE = 60_000
const SMOKE = { 'smoke-test': '/bin/bash -c "render --probe"' }
const NEW_POOL = { ...RELEASE_INPUTS, ...SMOKE }
const IN_PLACE = { ...RELEASE_INPUTS, ...SMOKE, 'image-version': '2.0.0', 'image-change': 'in-place' }
/** Of run 4711, attempt 1, for version 2.0.0. */
const PROOF = 'render-proof-a02c32d7'

function world(nodes: object): World {
  const changed = defaultWorld()
  changed.behaviour = { ...changed.behaviour, nodes: nodes as never }
  return changed
}

const tasks = (...runs: object[]) => ({ tasks: runs })
const jobsOf = (emulator: Emulator): string[] =>
  emulator
    .state()
    .filter(({ type }) => String(type).toLowerCase() === 'microsoft.batch/batchaccounts/jobs')
    .map(({ name }) => String(name))

const render = (emulator: Emulator): unknown => emulator.state().find(({ id }) => id === IDS.pool)
const log = ({ log: lines }: Told): string => lines.join('\n')
const sent = ({ exchanges }: Told, method: string, part: string) =>
  exchanges
    .filter(({ request }) => request.method === method && request.url.includes(part))
    .map(({ request }) => request.body)

test('a new pool’s first node passes the test before any more are bought', async () => {
  const passing = world({ render: tasks({ stdout: 'GPU found\nrender: ok\n' }) })
  await onAzure({ world: passing }, async ({ emulator, clock, story }) => {
    const told = await story({ inputs: NEW_POOL })
    expect(told.ok).toBe(true)
    expect(log(told)).toContain('render: ok')
    expect(told.summary).toMatch(/### Smoke test[^]*exit code 0 on 1 node[^]*render: ok/)
    const steps = (told.plan as { steps: { id: string; after: string[] }[] }).steps
    expect(steps.find(({ id }) => id === 'scale-pool')?.after).toEqual(['smoke-test'])
    expect(sent(told, 'POST', '/addtaskcollection')).toHaveLength(1)
    await clock.sleep(MINUTE)
    expect(jobsOf(emulator)).toEqual([])
    expectGolden('smoke-test', transcript([{ title: 'a smoke test on the first node of a new pool', told }]))
  })
})

test('a test that fails on the temporary pool leaves the pool in use untouched, and its output is told', async () => {
  const failing = world({ [PROOF]: tasks({ exitCode: 3, stderr: 'no GPU\n' }) })
  await onAzure({ world: failing }, async ({ emulator, clock, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const before = render(emulator)
    const told = await story({ inputs: IN_PLACE })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'smoke-test-failed', 'failed-step': 'smoke-test' })
    expect(render(emulator)).toEqual(before)
    expect(log(told)).toContain('stderr.txt: no GPU')
    await clock.sleep(10 * MINUTE)
    expect([jobsOf(emulator), emulator.state().filter(({ name }) => name === PROOF)]).toEqual([[], []])
    // The next run makes another version, for this one has failed.
    expect(log(told)).toContain('is marked as failed')
    expectGolden('smoke-test-fails', transcript([{ title: 'the smoke test fails on the temporary pool', told }]))
  })
})

test('each of several nodes runs it, wherever Batch puts the task of which', async () => {
  const straying = world({ render: { ...tasks({}), affinityMissedTimes: 1 } })
  await onAzure({ world: straying }, async ({ story }) => {
    const told = await story({ inputs: { ...NEW_POOL, 'canary-nodes': '3' } })
    expect(told.ok).toBe(true)
    expect(log(told)).toContain('exit code 0 on 3 nodes')
  })
})

test('it has all slots of its node, no second try, its time, and the environment of the start task, secrets put in', async () => {
  const spec = POOL_SPEC.replace(
    'waitForSuccess: true',
    "waitForSuccess: true\n    environmentSettings: [{ name: LICENSE, value: '${env:LICENSE}' }, { name: MODE, value: start }]"
  )
  const task = {
    commandLine: 'probe',
    environmentSettings: [
      { name: 'MODE', value: 'smoke' },
      { name: 'KEY', value: '${env:KEY}' }
    ]
  }
  await onAzure({}, async ({ story }) => {
    const told = await story({
      inputs: { ...NEW_POOL, 'pool-spec-inline': spec, 'smoke-test': JSON.stringify(task), 'smoke-test-timeout': '4m' },
      env: { LICENSE: 'l1cense-0f', KEY: 'k3y-55aa' }
    })
    expect(told.ok).toBe(true)
    expect(sent(told, 'POST', '/addtaskcollection')).toEqual([
      {
        value: [
          {
            id: 'node-0001',
            commandLine: 'probe',
            environmentSettings: [
              { name: 'LICENSE', value: 'l1cense-0f' },
              { name: 'MODE', value: 'smoke' },
              { name: 'KEY', value: 'k3y-55aa' }
            ],
            affinityInfo: { affinityId: expect.any(String) },
            requiredSlots: 4,
            constraints: { maxTaskRetryCount: 0, maxWallClockTime: 'PT4M' }
          }
        ]
      }
    ])
    expect(JSON.stringify([told.plan, told.summary, told.log, told.outputs])).not.toMatch(/l1cense-0f|k3y-55aa/)
  })
})

test('a test that outlives its time fails, and the image is not blamed for it', async () => {
  const slow = world({ render: tasks({ takesMs: 60 * MINUTE }) })
  await onAzure({ world: slow }, async ({ emulator, clock, story }) => {
    const told = await story({ inputs: { ...NEW_POOL, 'smoke-test-timeout': '5m' } })
    expect(told.outputs['failure-reason']).toBe('smoke-test-failed')
    expect(told.outputs['current-dedicated-nodes']).toBe('1')
    await clock.sleep(10 * MINUTE)
    expect(jobsOf(emulator)).toEqual([])
  })
})

const cancelled = (): RunError =>
  new RunError({ reason: 'cancelled', message: 'the run was cancelled (SIGINT)', wayOut: 'run it again' })

test('a run that is cancelled while the test runs deletes its job', async () => {
  const slow = world({ render: tasks({ takesMs: 8 * MINUTE }) })
  await onAzure({ world: slow }, async ({ emulator, clock, story }) => {
    const cancel = new AbortController()
    const told = await story({
      inputs: NEW_POOL,
      cancel: cancel.signal,
      onExchange: (_, { method, url }) => {
        if (method === 'POST' && url.includes('/addtaskcollection'))
          void clock.sleep(MINUTE).then(() => cancel.abort(cancelled()))
      }
    })
    expect(told.outputs['failure-reason']).toBe('cancelled')
    await clock.sleep(MINUTE)
    expect(jobsOf(emulator)).toEqual([])
  })
})

test('the post step of a run that was killed in its smoke test deletes job and temporary pool', async () => {
  await onAzure({}, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const killed = {
      inputs: IN_PLACE,
      killedAt: (_: number, { method, url }: { method: string; url: string }) =>
        method === 'POST' && url.includes('/addtaskcollection') ? ('after' as const) : (false as const)
    }
    const told = await story(killed)
    const done = await post(killed, told)
    expect(done.toSorted()).toEqual([
      expect.stringMatching(/^job batch-image-rollout-smoke-[0-9a-f]{12}: is being deleted$/),
      `temporary pool ${PROOF}: is being deleted`
    ])
    await clock.sleep(10 * MINUTE)
    expect(jobsOf(emulator)).toEqual([])
  })
})

test('with the pool’s own first wave as the proof, the drained pool passes the test before it grows', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs: { ...IN_PLACE, prove: 'canary' } })
    expect(told.ok).toBe(true)
    const ids = (told.plan as { steps: { id: string }[] }).steps.map(({ id }) => id)
    expect(ids.slice(ids.indexOf('drain-pool'), ids.indexOf('finish-pool'))).toEqual([
      'drain-pool',
      'change-pool-image',
      'scale-canary',
      'smoke-test',
      'delete-smoke-job',
      'scale-pool'
    ])
  })
})

test('a job that may not be made is told with the action that is missing, and the pool in use is untouched', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: RELEASE_INPUTS })
    const before = render(emulator)
    emulator.addFaults([
      {
        operation: 'Job_Add',
        times: 1,
        respond: { status: 403, code: 'AuthorizationPermissionMismatch', message: 'not allowed' }
      }
    ])
    const told = await story({ inputs: IN_PLACE })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'permission-denied', 'failed-step': 'smoke-test' })
    expect(render(emulator)).toEqual(before)
  })
})
