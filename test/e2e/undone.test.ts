/** Time that runs out, and time that differs: what a run has stopped runs again, and leases end by Azure's time. */
import { expect, jest, test } from '@jest/globals'
import { vmNow } from '../support/somebody-else.ts'
import { releaseInputs, SOURCE_VM, withAzure, type E2eWorld } from './azure.ts'
import { fullFrom } from './full-disk.ts'
import { runnerTime } from './runner-time.ts'

jest.setTimeout(120_000)

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test.concurrent(
  'a deadline that falls into the deallocation of the source VM: the VM runs again after the post step',
  async () => {
    const behaviour = { durationsMs: { 'virtualMachine.deallocate': 10 * HOUR } }
    await withAzure({ hurried: 120, behaviour }, async azure => {
      const { emulator, advance } = azure.served
      const inputs = { ...releaseInputs(azure.served), 'stop-vm': 'true', deadline: '20m' }
      const main = await azure.step({ inputs })
      expect([main.exitCode, main.outputs['failure-reason']]).toEqual([1, 'deadline-exceeded'])
      expect(main.summary).toContain('the post step tries it too')
      expect(vmNow(emulator, SOURCE_VM)).toMatchObject({ leased: true })
      advance(10 * HOUR)
      // Its five minutes are long enough on a machine that is busy.
      const post = await azure.step({ phase: 'post', state: main.state, env: runnerTime({ speed: 20 }) })
      expect([post.exitCode, post.stderr]).toEqual([0, ''])
      expect(post.summary).toContain('source VM render-source: started again')
      expect(vmNow(emulator, SOURCE_VM)).toMatchObject({ power: 'running', leased: false })
    })
  }
)

test.concurrent(
  'a disk that is full when the VM is stopped ends the run, which starts the VM again and makes nothing more',
  async () => {
    await withAzure({}, async azure => {
      const inputs = { ...releaseInputs(azure.served), 'stop-vm': 'true' }
      const main = await azure.step({ inputs, env: fullFrom('/snapshots/') })
      expect([main.exitCode, main.stderr, main.outputs['failure-reason']]).toEqual([1, '', 'runner-failed'])
      expect(main.stdout).toContain('the journal of changes could not be written: ENOSPC')
      expect(azure.changes().filter(line => line.includes('/snapshots/'))).toEqual([])
      expect(vmNow(azure.served.emulator, SOURCE_VM)).toMatchObject({ power: 'running', leased: false })
    })
  }
)

test.concurrent('a VM that another run holds is left to it by a runner whose clock is 20 minutes fast', async () => {
  const change: E2eWorld['change'] = ({ resources }) => {
    const lease = {
      ...{ repository: 'pixel/farm', runId: '4000', runAttempt: 1, nonce: 'another' },
      until: new Date(Date.now() + 10 * MINUTE).toISOString()
    }
    const vm = resources.find(({ id }) => id === SOURCE_VM)
    Object.assign(vm ?? {}, { tags: { 'batch-image-rollout-lease': JSON.stringify(lease) } })
  }
  await withAzure({ hurried: 1, change }, async azure => {
    const inputs = { ...releaseInputs(azure.served), 'stop-vm': 'true' }
    const step = await azure.step({ inputs, env: runnerTime({ aheadMs: 20 * MINUTE }) })
    expect([step.exitCode, step.outputs['failure-reason']]).toEqual([1, 'check-failed'])
    expect(step.stdout.replaceAll(/\s+/g, ' ')).toContain('run 4000 attempt 1 of pixel/farm is at work on the VM')
    expect(azure.changes()).toEqual([])
  })
})
