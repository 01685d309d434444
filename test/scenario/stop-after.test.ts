/** A run that stops when its image has proved itself leaves the pool in use alone, and the next one goes on as if it had not been. */
import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import type { Plan } from '../../src/model/plan.ts'
import { expectGolden } from '../support/golden.ts'
import { defaultWorld, IDS, onAzure, RELEASE_INPUTS, type Told } from '../support/story.ts'
import { transcript } from '../support/transcript.ts'

const DAY = 86_400_000
const IN_PLACE = { ...RELEASE_INPUTS, 'image-version': 'auto', 'image-change': 'in-place' }
const STOPPING = { ...IN_PLACE, 'stop-after': 'proof' }
/** Of run 4711, attempt 1, for version 2026.1123.1. */
const PROOF = 'render-proof-56755689'
const FIRST = { ...RELEASE_INPUTS, 'image-version': '1.0.0' }

type Shown = { name: string; tags: Record<string, string>; properties: Record<string, never> }

const versionsOf = (emulator: Emulator): string[] =>
  (emulator.state() as unknown as (Shown & { type: string })[])
    .filter(({ type }) => type.toLowerCase().endsWith('/images/versions'))
    .map(({ name, tags, properties }) => {
      const { excludeFromLatest } = properties['publishingProfile'] as unknown as { excludeFromLatest: boolean }
      const proved = tags['batch-image-rollout-proved'] === undefined ? '' : ', proved'
      return `${name} ${tags['batch-image-rollout-state']}${excludeFromLatest ? ', hidden' : ''}${proved}`
    })
const poolsOf = (emulator: Emulator): string[] =>
  emulator
    .state()
    .filter(({ type }) => String(type).toLowerCase() === 'microsoft.batch/batchaccounts/pools')
    .map(({ name }) => String(name))
const render = (emulator: Emulator): unknown => emulator.state().find(({ id }) => id === IDS.pool)
const onRender = ({ changes }: Told): string[] => changes.filter(line => line.includes('/pools/render '))
const kindsOf = ({ plan }: Told): string[] => (plan as Plan).steps.map(({ kind }) => kind)
const text = ({ log }: Told): string => log.join(' ').replaceAll(/\s+/g, ' ')

test('the image is made and proved, the pool in use is as it was, and a later run goes on with that image', async () => {
  await onAzure({}, async ({ emulator, clock, story }) => {
    await story({ inputs: FIRST })
    const before = render(emulator)
    const told = await story({ inputs: STOPPING })
    expect(told.ok).toBe(true)
    expect([onRender(told), render(emulator)]).toEqual([[], before])
    expect(versionsOf(emulator)).toEqual(['1.0.0 complete, proved', '2026.1123.1 stopped, hidden'])
    expect(told.outputs).toMatchObject({
      changed: 'true',
      'image-version': '2026.1123.1',
      'pool-name': 'render',
      'current-dedicated-nodes': '20'
    })
    expect(text(told)).toContain('"farm/render-node/2026.1123.1" has proved itself; pool "render" is as it was')
    expect(text(told)).toContain(
      'The run stops there (stop-after: proof): the next one without that proves the image once more, and changes the pool.'
    )
    expect(told.summary).toContain('The run stops there')
    await clock.sleep(3 * DAY)
    expect(poolsOf(emulator)).toEqual(['render'])
    const next = await story({ inputs: IN_PLACE, context: { runId: '4712' } })
    expect(next.ok).toBe(true)
    expect(versionsOf(emulator)).toEqual(['1.0.0 complete, proved', '2026.1123.1 complete, proved'])
    expect(next.changes.filter(line => /PUT \S*\/(snapshots|versions)\//.test(line) && line.includes('201'))).toEqual(
      []
    )
    expect(onRender(next).length).toBeGreaterThan(0)
    expectGolden(
      'stop-after',
      transcript([
        { title: 'the run stops when the image has proved itself', told },
        { title: 'three days later a run without it goes on', told: next }
      ])
    )
  })
})

test('what the run before has proved a rollout can take by its id', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: FIRST })
    const { outputs } = await story({ inputs: STOPPING })
    const { 'pool-spec-inline': spec = '', 'batch-account': account = '' } = RELEASE_INPUTS
    const told = await story({
      inputs: {
        command: 'rollout',
        'image-id': outputs['image-id'],
        'pool-spec-inline': spec,
        'batch-account': account,
        'image-change': 'in-place'
      }
    })
    expect([told.ok, versionsOf(emulator)[1]]).toEqual([true, '2026.1123.1 complete, hidden, proved'])
  })
})

test('an image that fails its proof is marked as failed, and the next run makes another', async () => {
  const failing = defaultWorld()
  failing.behaviour = { ...failing.behaviour, nodes: { [PROOF]: { startTaskFails: 'all' } } }
  await onAzure({ world: failing }, async ({ emulator, story }) => {
    await story({ inputs: FIRST })
    const before = render(emulator)
    const told = await story({ inputs: STOPPING })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'nodes-unhealthy', 'failed-step': 'scale-proof-pool' })
    expect([render(emulator), versionsOf(emulator)[1]]).toEqual([before, '2026.1123.1 failed, hidden'])
  })
})
test('the same run once more does the same; when the pool has the image there is nothing to prove', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    await story({ inputs: FIRST })
    await story({ inputs: STOPPING })
    const again = await story({ inputs: STOPPING, context: { runId: '4712' } })
    expect([again.ok, versionsOf(emulator)]).toEqual([true, ['1.0.0 complete, proved', '2026.1123.1 stopped, hidden']])
    await story({ inputs: IN_PLACE, context: { runId: '4713' } })
    const over = await story({
      inputs: { ...STOPPING, 'image-version': '1.0.0', 'image-change': 'auto' },
      context: { runId: '4714' }
    })
    // It would take nodes of the pool that is in use away, and nobody has said that it may.
    expect(over.outputs['failure-reason']).toBe('pool-change-refused')
    const done = await story({
      inputs: { ...FIRST, 'stop-after': 'proof', 'image-change': 'in-place', command: 'release' }
    })
    expect(done.ok).toBe(true)
  })
})

test('a pool that has the image is only looked at', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: FIRST })
    const told = await story({ inputs: { ...FIRST, 'stop-after': 'proof' } })
    expect([told.ok, told.changes, kindsOf(told)]).toEqual([true, [], ['await-image-version', 'verify-nodes']])
    expect(told.outputs).toMatchObject({ changed: 'false', 'pool-name': 'render' })
  })
})

test('a dry run says where it would stop', async () => {
  await onAzure({}, async ({ story }) => {
    await story({ inputs: FIRST })
    const told = await story({ inputs: { ...STOPPING, 'dry-run': 'true' } })
    expect(text(told)).toContain('Pool "render" keeps its nodes. The run stops there (stop-after: proof)')
    expect(told.changes).toEqual([])
  })
})

test('a run that is killed in its proof leaves nothing, and the next one without the stop goes on', async () => {
  await onAzure({}, async ({ emulator, clock, story, post }) => {
    await story({ inputs: FIRST })
    const killed = {
      inputs: STOPPING,
      killedAt: (_: number, { method, url }: { method: string; url: string }) =>
        method === 'PUT' && url.includes('/pools/render-proof') ? ('after' as const) : (false as const)
    }
    await post(killed, await story(killed))
    await clock.sleep(DAY / 48)
    expect([poolsOf(emulator), versionsOf(emulator)[1]]).toEqual([['render'], '2026.1123.1 open, hidden'])
    const next = await story({ inputs: IN_PLACE, context: { runId: '4712' } })
    expect([next.ok, versionsOf(emulator)[1]]).toEqual([true, '2026.1123.1 complete, proved'])
  })
})
