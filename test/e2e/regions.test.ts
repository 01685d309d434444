/** The further regions of a version: how they end is told, and decides nothing of its promotion. */
import { expect, test } from '@jest/globals'
import { releaseInputs, withAzure } from './azure.ts'
import { versionId } from './made-before.ts'

test('wait-for-regions: all fails where a region can’t be replicated to, after the promotion; the next run mends it, and raises replicas', async () => {
  const behaviour = {
    durationsMs: { 'galleryImageVersion.replicate.northeurope': 60_000 },
    replicationFails: [{ region: 'northeurope', times: 1 }]
  }
  await withAzure({ hurried: 60, behaviour }, async azure => {
    const versionNow = () => azure.served.emulator.state().find(({ id }) => id === versionId('1.0.0'))
    const inputs = { ...releaseInputs(azure.served), 'wait-for-regions': 'all' }
    const first = await azure.step({ inputs: { ...inputs, 'target-regions': 'eastus2, northeurope=2' } })
    expect(first.exitCode).toBe(1)
    expect(first.outputs).toMatchObject({ 'failure-reason': 'replication-failed', 'failed-step': 'image-replicated' })
    expect(first.stdout).toContain('Failed with internal server error.')
    const promoted = { properties: { publishingProfile: { excludeFromLatest: false } } }
    expect(versionNow()).toMatchObject(promoted)

    const more = { ...inputs, 'target-regions': 'eastus2=3, northeurope=2' }
    const next = await azure.step({ inputs: more, env: { GITHUB_RUN_ID: '17000000002' } })
    expect([next.exitCode, next.outputs['failure-reason']]).toEqual([0, ''])
    expect(next.stdout).toContain('take northeurope off and add it again')
    expect(versionNow()).toMatchObject({
      tags: { 'batch-image-rollout-state': 'complete' },
      properties: {
        publishingProfile: {
          targetRegions: [
            { name: 'East US 2', regionalReplicaCount: 3 },
            { name: 'North Europe', regionalReplicaCount: 2 }
          ]
        }
      }
    })
  })
}, 120_000)
