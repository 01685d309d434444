/** What is held against nodes and their image, and what isn’t. */
import { expect, test } from '@jest/globals'
import type { Behaviour, WorldFile } from '../../emulator/index.ts'
import { POOL_SPEC, releaseInputs, rolloutInputs, withAzure } from './azure.ts'
import { images, poolOf, versionId } from './made-before.ts'

const MINUTE = 60_000

test.concurrent(
  'a start task that fails once on each node does not end a release: the nodes are rebooted',
  async () => {
    const nodes = { render: { startTaskFails: 'all' as const, startTaskFailsTimes: 1 } }
    await withAzure({ hurried: 60, behaviour: { nodes } }, async azure => {
      const step = await azure.step()
      expect([step.exitCode, step.stderr]).toEqual([0, ''])
      expect(step.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '6' })
      expect(azure.changes().filter(change => change.endsWith('/reboot'))).toHaveLength(6)
    })
  },
  3 * MINUTE
)

test.concurrent(
  'one that fails again and again ends it, with what it wrote, and marks the image',
  async () => {
    const files = [{ path: 'startup/stderr.txt', text: 'cannot mount /assets\n' }]
    await withAzure(
      { hurried: 60, behaviour: { nodes: { render: { startTaskFails: 'all', files } } } },
      async azure => {
        const step = await azure.step()
        expect(step.exitCode).toBe(1)
        expect(step.outputs['failure-reason']).toBe('nodes-unhealthy')
        expect(step.summary).toContain('stderr.txt: cannot mount /assets')
        expect(step.stdout).toContain('stderr.txt: cannot mount /assets')
        const version = azure.served.emulator.state().find(({ id }) => String(id).endsWith('/versions/1.0.0'))
        expect(JSON.stringify(version?.['tags'])).toContain('"batch-image-rollout-state":"failed"')
      }
    )
  },
  3 * MINUTE
)

type Nodes = Behaviour['nodes'][string]
const ONE_FORMULA =
  'autoScale: { formula: "$TargetDedicatedNodes = max(1, avg($PendingTasks.GetSample(180 * TimeInterval_Second)));", evaluationInterval: PT5M }'

test.concurrent.each<[string, { nodes: Nodes; scale: string; says: string }]>([
  [
    'a start task of 25 minutes is waited for',
    { nodes: { startTaskMs: 25 * MINUTE }, scale: 'fixedScale: { targetDedicatedNodes: 3 }', says: 'healthy' }
  ],
  [
    'an unusable node has the time that Batch needs to get it back',
    {
      nodes: { unusable: 'all', unusableForMs: 20 * MINUTE },
      scale: 'fixedScale: { targetDedicatedNodes: 3 }',
      says: 'Batch has 30 minutes to get an unusable node back'
    }
  ],
  [
    'a canary that is preempted while it starts is blamed on nobody',
    {
      nodes: { preempted: [{ index: 0, afterMs: 20_000 }] },
      scale: 'fixedScale: { targetLowPriorityNodes: 8 }',
      says: '1 preempted: on to 2 low-priority nodes'
    }
  ],
  [
    'a formula whose first evaluation finds no samples is evaluated again',
    { nodes: {}, scale: ONE_FORMULA, says: 'the next evaluation is waited for' }
  ]
])('no failure: %s', async (_, { nodes, scale, says }) => {
  const change = ({ resources }: WorldFile): void => void resources.push(...images('1.0.0'))
  await withAzure(
    { hurried: 150, behaviour: { nodes: { render: nodes } }, change },
    async ({ served, step, changes }) => {
      const canary = says.includes('preempted') || scale === ONE_FORMULA ? '1' : '0'
      const inputs = { ...rolloutInputs(served, versionId('1.0.0')), 'canary-nodes': canary }
      const poolSpec = POOL_SPEC.replace('fixedScale: { targetDedicatedNodes: 6 }', scale)
      const { exitCode, outputs, stdout } = await step({ inputs, poolSpec })
      expect([exitCode, outputs['failure-reason']]).toEqual([0, ''])
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(says)
      expect(changes().filter(line => /reboot|removenodes/.test(line))).toEqual([])
    }
  )
})

test.concurrent(
  'an image that failed on all nodes of its pool is followed by another, which takes that pool over',
  async () => {
    const nodes = { render: { startTaskFails: [0, 1] } }
    await withAzure({ hurried: 60, behaviour: { nodes } }, async ({ served, step }) => {
      const inputs = { ...releaseInputs(served), 'image-version': 'auto' }
      const failed = await step({ inputs })
      expect([failed.exitCode, failed.outputs['failure-reason']]).toEqual([1, 'nodes-unhealthy'])
      const next = await step({ inputs, env: { GITHUB_RUN_ID: '17000000002' } })
      expect(next.outputs).toMatchObject({ 'failure-reason': '', 'current-dedicated-nodes': '6' })
      expect(next.stdout).toContain('its nodes are only those of a run that failed')
    })
  }
)

test.concurrent(
  'one of a hundred nodes that is unknown fails no run that changes nothing, and marks no image',
  async () => {
    const change = ({ resources }: WorldFile): void => {
      resources.push(...images('1.0.0'), poolOf('1.0.0', 100))
    }
    await withAzure(
      { behaviour: { nodes: { render: { unknown: [41] } } }, change },
      async ({ served, step, changes }) => {
        const poolSpec = POOL_SPEC.replace('Nodes: 6', 'Nodes: 100')
        const { exitCode, outputs } = await step({ inputs: rolloutInputs(served, versionId('1.0.0')), poolSpec })
        expect([exitCode, outputs['failure-reason'], outputs['changed']]).toEqual([0, '', 'false'])
        expect(outputs['node-states']).toContain('"unknown":1')
        expect(changes()).toEqual([])
      }
    )
  }
)
