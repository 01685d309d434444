/** The report is made of what Azure answered, not of what was planned. */
import { expect, test } from '@jest/globals'
import type { Emulator } from '../../emulator/index.ts'
import { somebodyElse } from '../support/somebody-else.ts'
import { defaultWorld, IDS, onAzure, RELEASE_INPUTS, type Told } from '../support/story.ts'

const STANDING = /What is left standing[\s\S]*?(?=\n### |$)/
const standing = ({ summary }: Told): string => STANDING.exec(summary)?.[0] ?? ''
const touched = ({ summary }: Told): string => /### What was touched[\s\S]*?(?=\n### |$)/.exec(summary)?.[0] ?? ''

const refusing = (operation: string, times = 1) => ({
  operation,
  times,
  respond: { status: 400, code: 'InvalidParameter' }
})

test('a snapshot that Azure refused is no output, and is not left standing', async () => {
  const faults = [refusing('Snapshots_CreateOrUpdate', 3)]
  await onAzure({ faults }, async ({ emulator, story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('snapshot-failed')
    expect(emulator.state().filter(({ type }) => type === 'Microsoft.Compute/snapshots')).toEqual([])
    expect(told.outputs['snapshot-ids']).toBe('[]')
    expect(standing(told)).not.toContain('-os')
  })
})

test('a run whose first call is refused has changed nothing, and says so', async () => {
  const world = defaultWorld()
  world.behaviour = {
    ...world.behaviour,
    denied: ['Microsoft.Compute/galleries/images/write', 'Microsoft.Compute/snapshots/write']
  }
  await onAzure({ world }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs).toMatchObject({
      'failure-reason': 'permission-denied',
      changed: 'false',
      'snapshot-ids': '[]'
    })
    expect(told.summary).toContain('Nothing was changed in Azure')
    expect(standing(told)).toContain('this run left nothing of its own in Azure')
  })
})

test('a pool that Batch refused has no nodes that cost money', async () => {
  await onAzure({ faults: [refusing('Pool_Create')] }, async ({ story }) => {
    const told = await story({ inputs: RELEASE_INPUTS })
    expect(told.outputs['failure-reason']).toBe('pool-refused')
    expect(standing(told)).not.toContain('render]')
    expect(told.summary).not.toContain('cost money')
  })
})

test('an image that the inputs name and that isn’t there is no output', async () => {
  await onAzure({}, async ({ story }) => {
    const { 'pool-spec-inline': spec = '', 'batch-account': account = '' } = RELEASE_INPUTS
    const image = `${IDS.definition}/versions/9.9.9`
    const inputs = { command: 'rollout', 'image-id': image, 'pool-spec-inline': spec, 'batch-account': account }
    const told = await story({ inputs })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'check-failed', 'image-id': '' })
  })
})

function starts(emulator: Emulator): void {
  somebodyElse(emulator, 'POST', `${emulator.connection.resourceManagerUrl}${IDS.vm}/start?api-version=2024-07-01`)
}

test('snapshots of a VM that somebody has started are deleted, and told as that', async () => {
  await onAzure({}, async ({ emulator, story }) => {
    let isStarted = false
    const told = await story({
      inputs: { ...RELEASE_INPUTS, 'stop-vm': 'true' },
      onExchange: (_, { method, url }) => {
        if (isStarted || method !== 'PUT' || !url.includes('/snapshots/')) return
        isStarted = true
        starts(emulator)
      }
    })
    expect(told.outputs).toMatchObject({ 'failure-reason': 'vm-failed', 'snapshot-ids': '[]' })
    expect(standing(told)).not.toContain('-os')
    expect(touched(told)).toMatch(/snapshot \| made, deleted/)
  })
})

test('a VM that the failed run has started again is told as started', async () => {
  const faults = [refusing('Snapshots_CreateOrUpdate', 3)]
  await onAzure({ faults }, async ({ story }) => {
    const told = await story({ inputs: { ...RELEASE_INPUTS, 'stop-vm': 'true' } })
    expect(told.outputs['failure-reason']).toBe('snapshot-failed')
    expect(touched(told)).toMatch(/source VM \| stopped, started \| running \|/)
    expect(standing(told)).not.toContain('source VM')
  })
})

test('a pool that somebody deletes during the waves keeps no nodes in the report', async () => {
  const world = defaultWorld()
  world.behaviour = { ...world.behaviour, durationsMs: { 'pool.delete': 0 } }
  await onAzure({ world }, async ({ emulator, story }) => {
    const url = `${emulator.connection.resourceManagerUrl}${IDS.pool}?api-version=2025-06-01`
    let isDeleted = false
    const told = await story({
      inputs: RELEASE_INPUTS,
      onExchange: (_, request) => {
        if (isDeleted || !request.url.includes('/pools/render/nodes')) return
        isDeleted = true
        somebodyElse(emulator, 'DELETE', url)
      }
    })
    expect(told.outputs).toMatchObject({
      'failure-reason': 'pool-changed',
      'pool-state': 'null',
      'current-dedicated-nodes': ''
    })
    expect(standing(told)).not.toContain('pool')
  })
})
