import { expect, test } from '@jest/globals'
import { withAzure } from './azure.ts'

const MINUTES = 60_000

test(
  'a start task that fails once on each node does not end a release: the nodes are rebooted',
  async () => {
    const nodes = { render: { startTaskFails: 'all' as const, startTaskFailsTimes: 1 } }
    await withAzure({ behaviour: { nodes } }, async azure => {
      const step = await azure.step()
      expect([step.exitCode, step.stderr]).toEqual([0, ''])
      expect(step.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '6' })
      expect(azure.changes().filter(change => change.endsWith('/reboot'))).toHaveLength(6)
    })
  },
  3 * MINUTES
)

test(
  'one that fails again and again ends it, with what it wrote, and marks the image',
  async () => {
    const files = [{ path: 'startup/stderr.txt', text: 'cannot mount /assets\n' }]
    await withAzure({ behaviour: { nodes: { render: { startTaskFails: 'all', files } } } }, async azure => {
      const step = await azure.step()
      expect(step.exitCode).toBe(1)
      expect(step.outputs['failure-reason']).toBe('nodes-unhealthy')
      expect(step.summary).toContain('stderr.txt: cannot mount /assets')
      expect(step.stdout).toContain('stderr.txt: cannot mount /assets')
      const version = azure.served.emulator.state().find(({ id }) => String(id).endsWith('/versions/1.0.0'))
      expect(JSON.stringify(version?.['tags'])).toContain('"batch-image-rollout-state":"failed"')
    })
  },
  3 * MINUTES
)
