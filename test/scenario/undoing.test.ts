/** What a run leaves half-done is undone: by itself, or by its post step with what it kept for that. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { RunError } from '../../src/model/failure.ts'
import { vmNow as lookAt } from '../support/somebody-else.ts'
import { defaultWorld, IDS, onAzure, POOL_SPEC, RELEASE_INPUTS, type Story, type World } from '../support/story.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const STOP = { ...RELEASE_INPUTS, 'stop-vm': 'true' }
const IN_PLACE = {
  ...RELEASE_INPUTS,
  'image-version': '2.0.0',
  'image-change': 'in-place',
  prove: 'canary',
  'drain-timeout': '2h'
}
const RUNS_FREE = { power: 'running', leased: false, generalized: false }
const LEASE = 'batch-image-rollout-lease'

function worldThat(behaviour: Partial<NonNullable<World['behaviour']>>): World {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, ...behaviour }
  return world
}

type Shown = { currentDedicatedNodes: number; metadata?: { name: string }[] }
type State = { type?: unknown; properties?: unknown }[]
const poolOf = (state: State): Shown =>
  state.find(({ type }) => type === 'Microsoft.Batch/batchAccounts/pools')?.properties as Shown
const isLeased = (state: State): boolean => (poolOf(state).metadata ?? []).some(({ name }) => name === LEASE)

/** From the first line that fits on, nothing can be written. */
function fullDiskAt(fits: (line: string) => boolean): Pick<Story, 'onJournal'> {
  let isFull = false
  return {
    onJournal: entry => {
      isFull ||= fits(JSON.stringify(entry))
      if (isFull) throw new Error('ENOSPC: no space left on device, write')
    }
  }
}

test('a deadline that falls into the deallocation of the VM: the post step starts it again', async () => {
  const world = worldThat({ durationsMs: { 'virtualMachine.deallocate': 2 * MINUTE } })
  await onAzure({ world }, async ({ emulator, story, post }) => {
    const told = await story({ inputs: { ...STOP, deadline: '1m' } })
    expect(told.outputs['failure-reason']).toBe('deadline-exceeded')
    expect(lookAt(emulator, IDS.vm)).toMatchObject({ leased: true })
    expect(told.summary).toContain('the post step tries it too')
    expect(await post({ inputs: STOP }, told)).toEqual(['source VM render-source: started again'])
    expect(lookAt(emulator, IDS.vm)).toEqual(RUNS_FREE)
  })
})

test('a deallocation that outlasts the post step too is told, within five minutes', async () => {
  const world = worldThat({ durationsMs: { 'virtualMachine.deallocate': HOUR } })
  await onAzure({ world }, async ({ clock, story, post }) => {
    const told = await story({ inputs: { ...STOP, deadline: '1m' } })
    const from = clock.now()
    const [line = ''] = await post({ inputs: STOP }, told)
    expect(line).toMatch(/^not undone: source VM render-source \(not within 240 s\); see whether it runs/)
    expect(clock.now() - from).toBeLessThan(5 * MINUTE)
  })
})

test('a journal that can’t be written once the VM is stopped ends the run, which starts the VM again', async () => {
  await onAzure({}, async ({ emulator, story, post }) => {
    const told = await story({ inputs: STOP, ...fullDiskAt(line => line.includes('/snapshots/')) })
    expect(told.outputs['failure-reason']).toBe('runner-failed')
    expect(told.changes.filter(line => line.includes('/snapshots/'))).toEqual([])
    expect(told.log.join('\n')).toContain('the journal of changes could not be written: ENOSPC')
    expect(lookAt(emulator, IDS.vm)).toEqual(RUNS_FREE)
    expect(await post({ inputs: STOP }, told)).toEqual([])
  })
})

test.each([
  ['while the pool is drained', '"step":"change-pool-image"'],
  ['when the pool gets its image', 'a call after the drain']
])('a journal that can’t be written %s leaves the pool its former image and nodes, and no lease', async (_, when) => {
  await onAzure({}, async ({ emulator, clock, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    let begun = false
    const full = fullDiskAt(line => {
      begun ||= line.includes('"step":"change-pool-image"')
      return line.includes(when) || (when.startsWith('a call') && begun && line.includes('"call"'))
    })
    const told = await story({ inputs: IN_PLACE, ...full })
    expect(told.outputs['failure-reason']).toBe('runner-failed')
    expect(await post({ inputs: IN_PLACE }, told)).toEqual([])
    await clock.sleep(30 * MINUTE)
    expect(poolOf(emulator.state())).toMatchObject({ currentDedicatedNodes: 20 })
    expect(JSON.stringify(poolOf(emulator.state()))).toContain('/versions/1.0.0')
    expect(isLeased(emulator.state())).toBe(false)
  })
})

test('a journal that can’t be written from the start changes nothing', async () => {
  await onAzure({}, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS, ...fullDiskAt(() => true) })
    expect([told.outputs['failure-reason'], told.changes]).toEqual(['runner-failed', []])
  })
})

test('where nothing can be kept for the post step, nothing is changed', async () => {
  const saveToUndo = (): void => {
    throw new Error('Missing file at path: /runner/state')
  }
  await onAzure({}, async ({ story }) => {
    const told = await story({ inputs: STOP, deps: { saveToUndo } })
    expect([told.outputs['failure-reason'], told.changes]).toEqual(['runner-failed', []])
    expect(told.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('Missing file at path') })
    )
    const dryRun = await story({ inputs: { ...STOP, 'dry-run': 'true' }, deps: { saveToUndo } })
    expect(dryRun.ok).toBe(true)
  })
})

test('the post step needs no pool spec: one that is gone hinders it as little as one that is changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spec-'))
  const file = join(folder, 'pool.yml')
  writeFileSync(file, POOL_SPEC)
  const inputs = { ...STOP, 'pool-spec-inline': '', 'pool-spec': file }
  const world = worldThat({ durationsMs: { 'snapshot.create': HOUR } })
  await onAzure({ world }, async ({ emulator, clock, story, post }) => {
    const cancel = new AbortController()
    const reason = new RunError({
      reason: 'cancelled',
      message: 'the run was cancelled (SIGINT)',
      wayOut: 'run it again'
    })
    const aborts = clock.sleep(10 * MINUTE).then(() => cancel.abort(reason))
    const told = await story({ inputs, cancel: cancel.signal })
    await aborts
    rmSync(folder, { recursive: true })
    expect((await post({ inputs }, told)).join('\n')).toContain('source VM render-source: started again')
    expect(lookAt(emulator, IDS.vm)).toEqual(RUNS_FREE)
  })
})

test.each<[string, Record<string, string>, Partial<Story>]>([
  ['a dry run', { ...STOP, 'dry-run': 'true' }, {}],
  ['a run whose checks refuse', { ...STOP, 'batch-account': IDS.account.replace('renderfarm', 'elsewhere') }, {}],
  ['a run that had nothing to change', RELEASE_INPUTS, {}]
])('%s keeps nothing for the post step, which asks Azure nothing', async (_, inputs, rest) => {
  await onAzure({}, async ({ emulator, story, post }) => {
    await story({ inputs: RELEASE_INPUTS })
    const told = await story({ inputs, ...rest, context: { runId: '4712' } })
    expect(told.toUndo).toBeUndefined()
    const from = emulator.journal().length
    expect(await post({ inputs }, told)).toEqual([])
    expect(emulator.journal()).toHaveLength(from)
  })
})

test('what is kept for the post step holds ids, and no secret', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    const { toUndo } = await story({ inputs: STOP })
    expect(toUndo).toEqual({
      nonce: expect.any(String),
      cloud: { kind: 'resource-manager', url: emulator.connection.resourceManagerUrl },
      signIn: expect.objectContaining({ kind: 'github-oidc' }),
      pollIntervalMs: 30_000,
      undo: ['start-vm', 'stop-resize', 'release-pool'].map(kind =>
        expect.objectContaining({ step: expect.objectContaining({ kind }) })
      )
    })
    const secrets = Object.values(emulator.connection.env).filter(text => !text.startsWith('http'))
    expect(secrets).not.toEqual([])
    for (const secret of secrets) expect(JSON.stringify(toUndo)).not.toContain(secret)
  })
})

test('a run that fails by itself and has undone all leaves its post step nothing to say', async () => {
  await onAzure(
    { world: worldThat({ nodes: { render: { startTaskFails: 'all' } } }) },
    async ({ emulator, story, post }) => {
      const told = await story({ inputs: STOP })
      expect(told.ok).toBe(false)
      const state = emulator.state()
      expect(await post({ inputs: STOP }, told)).toEqual([])
      expect(emulator.state()).toEqual(state)
    }
  )
})

test('outputs that can’t be written end a good run red, and cost neither log nor summary', async () => {
  const setOutputs = (): void => {
    throw new Error('ENOSPC: no space left on device, write')
  }
  await onAzure({}, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS, deps: { setOutputs } })
    expect(told.ok).toBe(false)
    const sentence = 'the outputs (GITHUB_OUTPUT) could not be written: ENOSPC: no space left on device, write'
    for (const text of [told.log.join('\n'), told.summary]) expect(text).toContain('runner-failed')
    expect(told.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining(sentence) })
    )
  })
})

test.each(['writeSummary', 'writePlan'] as const)(
  'a %s that fails is one sentence and a warning, and the run succeeds',
  async name => {
    const fails = (): never => {
      throw new Error('ENOENT: no such file or directory')
    }
    await onAzure({}, async ({ story }) => {
      const told = await story({ inputs: RELEASE_INPUTS, deps: { [name]: fails } })
      expect([told.ok, told.outputs['current-dedicated-nodes']]).toEqual([true, '20'])
      expect(told.log.filter(line => line.includes('could not be written: ENOENT'))).toHaveLength(1)
      expect(told.annotations.filter(({ message }) => message.includes('could not be written'))).toHaveLength(1)
    })
  }
)
