import { expect, test } from '@jest/globals'
import type { E2eAzure } from './azure.ts'
import { releaseInputs, withAzure } from './azure.ts'
import type { RunningStep } from './harness.ts'

const MINUTES = 60_000
/** GitHub sends SIGINT, after 7.5 s SIGTERM, and after 2.5 s more it kills. */
const GRANTED_MS = 5_000

/** Only Windows can send it; Node hands it to listeners by this name wherever it comes from. */
const SIGBREAK_FOR_SIGUSR2 = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent("process.on('SIGUSR2', () => process.emit('SIGBREAK', 'SIGBREAK'))")}`
}

type When = { sight: RegExp; env?: Record<string, string>; inputs?: Record<string, string> }

/** Starts a release, and does `act` once it has printed `sight`. */
function startAndWhen(
  azure: E2eAzure,
  { sight, env = {}, inputs }: When,
  act: (running: RunningStep) => void
): RunningStep {
  let printed = ''
  let acted = false
  const running = azure.start({
    env,
    ...(inputs && { inputs }),
    onOutput: piece => {
      printed += piece
      if (acted || !sight.test(printed)) return
      acted = true
      act(running)
    }
  })
  return running
}

test.each([
  { name: 'SIGINT', signal: 'SIGINT' },
  { name: 'SIGTERM', signal: 'SIGTERM' },
  { name: 'SIGBREAK', signal: 'SIGUSR2', env: SIGBREAK_FOR_SIGUSR2 }
] as const)(
  '$name in the middle of a wave ends the run within 5 seconds, with outputs and summary, and post lets go of the pool',
  async ({ name, signal, ...rest }) => {
    await withAzure({}, async azure => {
      let sentAt = 0
      const { done } = startAndWhen(azure, { sight: /next wave to/, ...rest }, ({ child }) => {
        sentAt = performance.now()
        child.kill(signal)
      })
      const step = await done
      expect([step.exitCode, step.signal]).toEqual([1, null])
      expect(performance.now() - sentAt).toBeLessThan(GRANTED_MS)
      expect(step.outputs).toMatchObject({
        'failure-reason': 'cancelled',
        'failed-step': 'scale-pool',
        'image-name': 'farm/render-node/1.0.0',
        changed: 'true'
      })
      expect(step.summary).toContain(`cancelled (${name})`)
      expect(step.summary).toContain('renderfarm/render')
      const post = await azure.step({ phase: 'post', state: step.state })
      expect(post.exitCode).toBe(0)
      expect(post.summary).toContain('pool render: released')
      expect(JSON.stringify(azure.standing('Microsoft.Batch/batchAccounts/pools'))).not.toContain(
        'batch-image-rollout-lease'
      )
      const again = await azure.step({ phase: 'post', state: step.state })
      expect([again.exitCode, again.summary]).toEqual([0, ''])
    })
  },
  MINUTES
)

test.each([
  {
    when: 'the snapshots are made',
    sight: /^ +\d+:\d\d +snapshot-os /m,
    under: 'snapshot-os',
    again: { GITHUB_RUN_ID: '17000000002' }
  },
  {
    when: 'the image is replicated',
    sight: /^ +\d+:\d\d +image-version +eastus2/m,
    under: 'image-version',
    again: { GITHUB_RUN_ID: '17000000002' }
  },
  // Post has let go of the pool: another run needn't wait for the lease.
  {
    when: 'a wave is under way',
    sight: /next wave to/,
    under: 'scale-pool',
    again: { GITHUB_RUN_ID: '17000000002' }
  }
])(
  'killed while $when: post says what may stand, and the next run goes on from there and makes nothing twice',
  async ({ sight, under, again }) => {
    await withAzure({}, async azure => {
      const killed = await startAndWhen(azure, { sight }, ({ child }) => child.kill('SIGKILL')).done
      expect([killed.exitCode, killed.signal]).toEqual([null, 'SIGKILL'])
      const post = await azure.step({ phase: 'post', state: killed.state })
      expect(post.exitCode).toBe(0)
      expect(post.commands.filter(({ command }) => command === 'error')).toEqual([
        expect.objectContaining({ command: 'error', message: expect.stringContaining(under) })
      ])
      expect(post.summary).toContain('the same inputs')
      if (under !== 'snapshot-os')
        expect(post.summary).toMatch(/its last change was asked for at [\d:]{8} UTC: [A-Z]+ \w+\//)

      const next = await azure.step({ env: again })
      expect([next.exitCode, next.outputs['current-dedicated-nodes']]).toEqual([0, '6'])
      const puts = azure.changes().filter(line => line.startsWith('PUT ') && !line.endsWith('versions/1.0.0'))
      expect(puts).toEqual([...new Set(puts)])
      expect(azure.standing('Microsoft.Compute/snapshots')).toEqual([])
      expect(azure.standing('Microsoft.Compute/galleries/images/versions')).toHaveLength(1)

      const from = azure.served.emulator.journal().length
      const third = await azure.step({ env: { GITHUB_RUN_ID: '17000000003' } })
      expect([third.exitCode, azure.changes(from)]).toEqual([0, []])
    })
  },
  2 * MINUTES
)

test.each(['SIGKILL', 'SIGINT'] as const)(
  '%s while the source VM is stopped for its snapshots: post starts it again, and takes its lease off',
  async signal => {
    await withAzure({ behaviour: { durationsMs: { 'snapshot.create': 20 * MINUTES } } }, async azure => {
      const sight = /^ +\d+:\d\d +snapshot-os /m
      const inputs = { ...releaseInputs(azure.served), 'stop-vm': 'true' }
      const { done } = startAndWhen(azure, { sight, inputs }, ({ child }) => child.kill(signal))
      const { state } = await done
      const from = azure.served.emulator.journal().length
      // Neither inputs nor pool spec are asked for again: they may be gone by then.
      const post = await azure.step({ phase: 'post', state, inputs: {}, poolSpec: '[' })
      expect([post.exitCode, post.stderr]).toEqual([0, ''])
      expect(post.summary).toContain('source VM render-source: started again')
      expect(azure.changes(from).map(line => line.split('/').at(-1))).toEqual([
        'render-source',
        'start',
        'render-source'
      ])
    })
  },
  MINUTES
)

test(
  'a run that fails with its VM still stopped: post starts it, though the run had ended by itself',
  async () => {
    const outcome = { outcome: 'Failed' as const, code: 'AllocationFailed', message: 'no room' }
    await withAzure({ faults: [{ operation: 'VirtualMachines_Start', times: 2, ...outcome }] }, async azure => {
      const step = await azure.step({ inputs: { ...releaseInputs(azure.served), 'stop-vm': 'true' } })
      expect([step.exitCode, step.outputs['failure-reason']]).toEqual([1, 'vm-failed'])
      const post = await azure.step({ phase: 'post', state: step.state })
      expect([post.exitCode, post.stderr]).toEqual([0, ''])
      expect(post.summary).toContain('### After the failed run')
      expect(post.summary).toContain('source VM render-source: started again')
    })
  },
  MINUTES
)

test(
  'a post step that is cancelled itself says within its time what it couldn’t undo, and fails no job',
  async () => {
    const faults = [{ operation: 'VirtualMachines_Start', times: 9, respond: { status: 503 } }]
    await withAzure({ faults, behaviour: { durationsMs: { 'snapshot.create': 20 * MINUTES } } }, async azure => {
      const sight = /^ +\d+:\d\d +snapshot-os /m
      const inputs = { ...releaseInputs(azure.served), 'stop-vm': 'true' }
      const { state } = await startAndWhen(azure, { sight, inputs }, ({ child }) => child.kill('SIGINT')).done
      const from = azure.served.emulator.journal().length
      const { child, done } = azure.start({ phase: 'post', state })
      while (!azure.changes(from).some(line => line.endsWith('/start'))) await new Promise(go => setTimeout(go, 50))
      const sentAt = performance.now()
      child.kill('SIGINT')
      const post = await done
      expect([post.exitCode, post.signal]).toEqual([0, null])
      expect(performance.now() - sentAt).toBeLessThan(GRANTED_MS + 1_000)
      expect(post.stdout).toContain('source VM render-source: asked to start, and not seen running in time')
      expect(post.summary).toContain('az vm start')
    })
  },
  MINUTES
)
